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

/* --- The whole fact -------------------------------------------------------------------------- */

const DmpNoteField *
dmp_note_kind_find_field (const DmpNoteKind *kind, DmpNoteSlot slot, DmpDetailRole role)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].slot == slot && (slot != DMP_SLOT_DETAIL || kind->fields[i].role == role))
      return &kind->fields[i];
  return NULL;
}

/* As dmp_note_field_set() takes it. */
static const char *
get_raw (const DmpNoteField *field, const DmpFact *fact)
{
  const DmpFactDetail *detail = NULL;

  switch (field->slot)
    {
    case DMP_SLOT_MAIN:
      return fact->text;
    case DMP_SLOT_DATE:
      return fact->date;
    case DMP_SLOT_END:
      return fact->end_date;
    case DMP_SLOT_DOSAGE:
      return fact->dosage_text;
    case DMP_SLOT_VALUE:
      return fact->value == NULL   ? NULL
             : fact->value->number ? fact->value->number
                                   : fact->value->text;
    case DMP_SLOT_DETAIL:
      detail = dmp_fact_get_detail (fact, field->role);
      return detail ? detail->text : NULL;
    case DMP_SLOT_TYPE:
    default:
      return NULL;
    }
}

static gboolean
may_stand (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact, DmpCode *code)
{
  DmpCodeTable tables[2];
  guint n = dmp_note_field_get_tables (kind, field, fact, tables);

  for (guint i = 0; i < n; i++)
    {
      const DmpCodeTableData *table = dmp_code_table_get (tables[i]);

      if (dmp_code_table_find (tables[i], dmp_code_get_code (code), dmp_code_get_system (code)) ||
          (field->free_text && table->n_rows > 0 &&
           strcmp (table->rows[0].system, dmp_code_get_system (code)) == 0))
        return TRUE;
    }
  return FALSE;
}

/* A medicine may come with its class first: any of the keys will do. */
static DmpCode *
find_code (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact)
{
  DmpCode *code = dmp_note_field_get_code (field, fact);

  if (field->slot != DMP_SLOT_MAIN)
    return code && may_stand (kind, field, fact, code) ? code : NULL;
  if (kind->questions)
    return code;
  for (guint i = 0; i < fact->keys->len; i++)
    if (may_stand (kind, field, fact, g_ptr_array_index (fact->keys, i)))
      return g_ptr_array_index (fact->keys, i);
  return NULL;
}

static void
copy_field (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *from, DmpFact *to)
{
  DmpCode *code = find_code (kind, field, from);
  const char *text = get_raw (field, from);

  if (field->input == DMP_INPUT_CODE && !field->free_text && code == NULL)
    text = NULL;
  if (code || (text && *text))
    dmp_note_field_set (kind, field, to, text, code);
}

DmpFact *
dmp_note_kind_dup_fact (const DmpNoteKind *kind, const DmpFact *fact)
{
  const DmpNoteField *asks = dmp_note_kind_find_field (kind, DMP_SLOT_MAIN, 0);
  DmpFact *copy = dmp_fact_new (kind->kind);

  if (asks)
    copy_field (kind, asks, fact, copy); /* an answer follows its question */
  for (guint i = 0; i < kind->n_fields; i++)
    if (&kind->fields[i] != asks)
      copy_field (kind, &kind->fields[i], fact, copy);
  return copy;
}
