#include "config.h"

#include "dmp-note-private.h"

#include "model/dmp-date.h"
#include "model/dmp-text.h"

#include <string.h>

/* The fields of a fact, one by one: what stands in them and how they are filled. Their words go
 * into the document, so they are French whatever the locale. */

const DmpNoteQuestion *
dmp_note_kind_find_question (const DmpNoteKind *kind, const DmpFact *fact)
{
  const DmpCode *code = fact->keys->len > 0 ? g_ptr_array_index (fact->keys, 0) : NULL;

  for (guint i = 0; code && i < kind->n_questions; i++)
    if (strcmp (dmp_code_get_code ((DmpCode *) code), kind->questions[i].code) == 0)
      return &kind->questions[i];
  return NULL;
}

static char *
dup_number (const DmpFactValue *value)
{
  g_autofree char *number = g_strdelimit (g_strdup (value->number), ".", ',');
  const char *unit = dmp_fact_value_get_unit (value);

  if (strcmp (unit, "{pack}/a") == 0)
    unit = "paquets-année";
  return *unit ? g_strdup_printf ("%s %s", number, unit) : g_steal_pointer (&number);
}

static char *
dup_value (const DmpNoteKind *kind, const DmpFact *fact)
{
  const DmpNoteQuestion *question = dmp_note_kind_find_question (kind, fact);

  if (fact->value == NULL)
    return NULL;
  if (fact->value->number)
    return dup_number (fact->value);
  if (question && question->answer == DMP_INPUT_BOOLEAN)
    return g_strdup (g_strcmp0 (fact->value->text, "true") == 0 ? "Oui" : "Non");
  return g_strdup (fact->value->text);
}

static char *
dup_date (const char *stamp)
{
  return stamp ? dmp_date_dup_display (stamp, FALSE, FALSE) : NULL;
}

static char *
dup_detail (const DmpFact *fact, DmpDetailRole role)
{
  const DmpFactDetail *detail = dmp_fact_get_detail (fact, role);

  return detail ? g_strdup (detail->text) : NULL;
}

char *
dmp_note_field_dup_text (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact)
{
  switch (field->slot)
    {
    case DMP_SLOT_MAIN:
      return g_strdup (fact->text);
    case DMP_SLOT_TYPE:
      return fact->type ? g_strdup (dmp_code_get_display (fact->type)) : NULL;
    case DMP_SLOT_DATE:
      return dup_date (fact->date);
    case DMP_SLOT_END:
      return dup_date (fact->end_date);
    case DMP_SLOT_DOSAGE:
      return g_strdup (fact->dosage_text);
    case DMP_SLOT_VALUE:
      return dup_value (kind, fact);
    case DMP_SLOT_DETAIL:
      return dup_detail (fact, field->role);
    default:
      g_return_val_if_reached (NULL);
    }
}

DmpCode *
dmp_note_field_get_code (const DmpNoteField *field, const DmpFact *fact)
{
  switch (field->slot)
    {
    case DMP_SLOT_MAIN:
      return fact->keys->len > 0 ? g_ptr_array_index (fact->keys, 0) : NULL;
    case DMP_SLOT_TYPE:
      return fact->type;
    case DMP_SLOT_VALUE:
      return fact->value ? fact->value->code : NULL;
    case DMP_SLOT_DETAIL:
      return dmp_entry_detail_code (fact, field->role);
    case DMP_SLOT_DATE:
    case DMP_SLOT_END:
    case DMP_SLOT_DOSAGE:
    default:
      return NULL;
    }
}

guint
dmp_note_field_get_tables (const DmpNoteKind *kind,
                           const DmpNoteField *field,
                           const DmpFact *fact,
                           DmpCodeTable *tables)
{
  const DmpNoteQuestion *question = dmp_note_kind_find_question (kind, fact);

  if (field->slot == DMP_SLOT_VALUE && question && question->answer == DMP_INPUT_CODE)
    {
      tables[0] = question->table;
      return 1;
    }
  for (guint i = 0; i < field->n_tables; i++)
    tables[i] = field->tables[i];
  return field->n_tables;
}

/* The class of a medicine or vaccine (ATC), from its table. */
static void
add_class (DmpFact *fact, DmpCode *code)
{
  const DmpCodeRow *row = NULL;
  const char *label;

  if (strcmp (dmp_code_get_system (code), DMP_OID_CIS) != 0)
    return;
  row = dmp_code_table_find (DMP_TABLE_VACCINE, dmp_code_get_code (code), NULL);
  if (row == NULL)
    row = dmp_code_table_find (DMP_TABLE_MEDICINE, dmp_code_get_code (code), NULL);
  if (row == NULL || row->extra == NULL)
    return;
  label = dmp_code_table_get_label (DMP_TABLE_ATC_VACCINE, row->extra, NULL);
  g_ptr_array_add (fact->keys, dmp_code_new (row->extra, DMP_OID_ATC, label));
}

static void
set_main (DmpFact *fact, const char *text, DmpCode *code)
{
  g_ptr_array_set_size (fact->keys, 0);
  g_free (fact->text);
  fact->text = g_strdup (text);
  if (code == NULL)
    return;
  g_ptr_array_add (fact->keys, g_object_ref (code));
  if (fact->kind == DMP_FACT_VACCINE || fact->kind == DMP_FACT_TREATMENT)
    add_class (fact, code);
}

static void
set_value (const DmpNoteKind *kind, DmpFact *fact, const char *text, DmpCode *code)
{
  const DmpNoteQuestion *question = dmp_note_kind_find_question (kind, fact);

  if (fact->value)
    dmp_fact_value_free (fact->value);
  fact->value = NULL;
  if (text == NULL && code == NULL)
    return;
  fact->value = g_new0 (DmpFactValue, 1);
  if (question && question->answer == DMP_INPUT_NUMBER)
    {
      fact->value->number = g_strdelimit (g_strdup (text), ",", '.');
      fact->value->unit = g_strdup (question->unit);
      return;
    }
  fact->value->text = g_strdup (text);
  g_set_object (&fact->value->code, code);
}

static void
set_detail (DmpFact *fact, DmpDetailRole role, const char *text, DmpCode *code)
{
  for (guint i = fact->details->len; i > 0; i--)
    if (((DmpFactDetail *) g_ptr_array_index (fact->details, i - 1))->role == role)
      g_ptr_array_remove_index (fact->details, i - 1);
  dmp_fact_take_detail (fact, role, g_strdup (text), code ? g_object_ref (code) : NULL);
}

static void
set_string (char **target, const char *text)
{
  g_free (*target);
  *target = g_strdup (text);
}

void
dmp_note_field_set (const DmpNoteKind *kind,
                    const DmpNoteField *field,
                    DmpFact *fact,
                    const char *text,
                    DmpCode *code)
{
  g_autofree char *stripped = dmp_text_dup_strip (text);

  text = stripped ? stripped : code ? dmp_code_get_display (code) : NULL;
  switch (field->slot)
    {
    case DMP_SLOT_MAIN:
      set_main (fact, text, code);
      break;
    case DMP_SLOT_TYPE:
      g_set_object (&fact->type, code);
      break;
    case DMP_SLOT_DATE:
      set_string (&fact->date, text);
      break;
    case DMP_SLOT_END:
      set_string (&fact->end_date, text);
      break;
    case DMP_SLOT_DOSAGE:
      set_string (&fact->dosage_text, text);
      break;
    case DMP_SLOT_VALUE:
      set_value (kind, fact, text, code);
      break;
    case DMP_SLOT_DETAIL:
      set_detail (fact, field->role, text, code);
      break;
    default:
      g_return_if_reached ();
    }
}
