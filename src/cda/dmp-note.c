#include "config.h"

#include "dmp-note-private.h"

#include "dmp-cda-facts.h"

#include "model/dmp-date.h"
#include "model/dmp-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const DmpNoteType *const *
dmp_note_types (void)
{
  static const DmpNoteType *const types[] = { &dmp_note_vsm, &dmp_note_vaccination,
                                              &dmp_note_letter, NULL };

  return types;
}

const DmpNoteType *
dmp_note_type_find (const char *name)
{
  const DmpNoteType *const *types = dmp_note_types ();

  for (guint i = 0; types[i]; i++)
    if (g_strcmp0 (types[i]->name, name) == 0)
      return types[i];
  return NULL;
}

static void
list_free (DmpNoteList *list)
{
  g_ptr_array_unref (list->facts);
  g_free (list);
}

DmpNote *
dmp_note_new (const DmpNoteType *type)
{
  DmpNote *self = g_new0 (DmpNote, 1);

  self->type = type;
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) list_free);
  self->left = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_fact_unref);
  for (guint i = 0; i < type->n_sections; i++)
    {
      DmpNoteList *list = g_new0 (DmpNoteList, 1);

      list->section = &type->sections[i];
      list->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_fact_unref);
      g_ptr_array_add (self->lists, list);
    }
  return self;
}

void
dmp_note_free (DmpNote *self)
{
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->left);
  g_free (self);
}

DmpNoteList *
dmp_note_get_list (DmpNote *self, const char *name)
{
  for (guint i = 0; i < self->lists->len; i++)
    {
      DmpNoteList *list = g_ptr_array_index (self->lists, i);

      if (strcmp (list->section->name, name) == 0)
        return list;
    }
  return NULL;
}

/* --- Reading back ---------------------------------------------------------------------------- */

static DmpNoteList *
find_by_code (DmpNote *self, const char *code)
{
  for (guint i = 0; i < self->lists->len; i++)
    {
      DmpNoteList *list = g_ptr_array_index (self->lists, i);

      if (list->section->kind && g_strcmp0 (list->section->code, code) == 0)
        return list;
    }
  return NULL;
}

static DmpNoteList *
list_of_fact (DmpNote *self, const DmpFact *fact)
{
  DmpNoteList *list = find_by_code (self, fact->section_code);
  const DmpNoteKind *kind = list ? list->section->kind : NULL;

  if (kind == NULL || kind->write == NULL || kind->kind != fact->kind)
    return NULL;
  return kind->questions && !dmp_note_kind_find_question (kind, fact) ? NULL : list;
}

static void
take_words (DmpNoteList *list, const DmpCdaBlock *block)
{
  g_autofree char *words = dmp_cda_block_dup_text (block);
  DmpFact *fact;

  if (strcmp (words, DMP_NOTE_UNSAID) == 0)
    return;
  if (g_strcmp0 (words, list->section->none) == 0)
    {
      list->none = TRUE;
      return;
    }
  fact = dmp_fact_new (list->section->kind->kind);
  fact->text = g_steal_pointer (&words);
  g_ptr_array_add (list->facts, fact);
}

/* Sections of words: each paragraph, each item of a list. */
static void
read_words (DmpNote *self, DmpCdaDocument *document)
{
  GPtrArray *blocks = dmp_cda_document_get_blocks (document);
  GPtrArray *sections = dmp_cda_document_get_sections (document);

  for (guint i = 0; i < blocks->len; i++)
    {
      const DmpCdaBlock *block = g_ptr_array_index (blocks, i);
      const DmpCdaSection *section = g_ptr_array_index (sections, block->section);
      DmpNoteList *list =
          find_by_code (self, section->code ? dmp_code_get_code (section->code) : NULL);

      if (list == NULL || list->section->kind->write || block->kind == DMP_CDA_BLOCK_HEADING)
        continue;
      if (block->kind != DMP_CDA_BLOCK_LIST)
        take_words (list, block);
      for (guint j = 0; block->kind == DMP_CDA_BLOCK_LIST && j < block->children->len; j++)
        take_words (list, g_ptr_array_index (block->children, j));
    }
}

/* Of the patient's health, and of an entry. */
static gboolean
is_clinical (const DmpFact *fact)
{
  return fact->entry > 0 && !fact->absent && !fact->no_information &&
         fact->kind != DMP_FACT_CONTACT && fact->kind != DMP_FACT_FILE &&
         fact->kind != DMP_FACT_NOTE;
}

static void
take_fact (DmpNote *self, DmpFact *fact)
{
  DmpNoteList *list = list_of_fact (self, fact);

  if (list != NULL && fact->absent)
    list->none = TRUE;
  else if (list != NULL && !fact->negated && !fact->uncertain && !fact->no_information)
    g_ptr_array_add (list->facts, dmp_fact_ref (fact));
  else if (is_clinical (fact))
    g_ptr_array_add (self->left, dmp_fact_ref (fact));
}

DmpNote *
dmp_note_read (const DmpNoteType *type, DmpCdaDocument *document)
{
  DmpNote *self = dmp_note_new (type);
  GPtrArray *facts = dmp_cda_document_get_facts (document);

  for (guint i = 0; i < facts->len; i++)
    take_fact (self, g_ptr_array_index (facts, i));
  read_words (self, document);
  return self;
}

/* --- Defects --------------------------------------------------------------------------------- */

static void
add_defect (GPtrArray *defects, const DmpNoteSection *section, const char *what)
{
  /* Translators: a part of a document, then what is wrong with it. */
  g_ptr_array_add (defects, g_strdup_printf (_ ("%s : %s"), _ (section->title), what));
}

static gboolean
is_stamp (DmpNoteInput input, const char *stamp)
{
  return stamp == NULL ||
         (dmp_date_check (stamp) && (input == DMP_INPUT_DATE || strlen (stamp) == 8));
}

static const char *
stamp_of (const DmpNoteField *field, const DmpFact *fact)
{
  return field->slot == DMP_SLOT_DATE  ? fact->date
         : field->slot == DMP_SLOT_END ? fact->end_date
                                       : NULL;
}

static gboolean
is_ahead (const char *stamp)
{
  g_autofree char *today = dmp_date_dup_today ();

  return dmp_date_is_before (today, stamp);
}

/* Digits with at most one point between them. */
static gboolean
is_number (const char *text)
{
  gsize whole = text ? strspn (text, "0123456789") : 0;
  gsize part = whole > 0 && text[whole] == '.' ? strspn (text + whole + 1, "0123456789") : 0;

  return whole > 0 && whole < 12 && part < 12 && text[whole + (part > 0 ? part + 1 : 0)] == '\0';
}

static gboolean
is_whole (const char *text)
{
  return is_number (text) && strchr (text, '.') == NULL;
}

/* Whether what stands in @field is of the kind that is asked for. */
static gboolean
is_of_kind (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact)
{
  const DmpNoteQuestion *question = dmp_note_kind_find_question (kind, fact);
  const DmpFactDetail *detail =
      field->slot == DMP_SLOT_DETAIL ? dmp_fact_get_detail (fact, field->role) : NULL;

  if (field->slot == DMP_SLOT_MAIN && kind->questions)
    return question != NULL;
  if (field->input == DMP_INPUT_NUMBER)
    return detail == NULL || is_whole (detail->text);
  if (field->input != DMP_INPUT_ANSWER || fact->value == NULL || question == NULL)
    return TRUE;
  if (question->answer == DMP_INPUT_CODE)
    return fact->value->code != NULL;
  if (question->answer == DMP_INPUT_NUMBER)
    return is_number (fact->value->number);
  if (question->answer == DMP_INPUT_BOOLEAN)
    return g_strcmp0 (fact->value->text, "true") == 0 ||
           g_strcmp0 (fact->value->text, "false") == 0;
  return fact->value->text != NULL;
}

char *
dmp_note_check_field (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact)
{
  g_autofree char *text = dmp_note_field_dup_text (kind, field, fact);
  DmpCode *code = dmp_note_field_get_code (field, fact);

  if (field->required && (text == NULL || *text == '\0'))
    return g_strdup_printf (_ ("il manque « %s »."), _ (field->label));
  if (text && !dmp_xml_check_text (text, NULL))
    return g_strdup_printf (_ ("« %s » contient des caractères interdits."), _ (field->label));
  if (text && field->input == DMP_INPUT_CODE && !field->free_text && code == NULL)
    return g_strdup_printf (_ ("« %s » doit être choisi dans la liste."), _ (field->label));
  if (text && !is_of_kind (kind, field, fact))
    return g_strdup_printf (_ ("« %s » n’est pas une réponse possible."), _ (field->label));
  if (!is_stamp (field->input, stamp_of (field, fact)))
    return g_strdup_printf (_ ("« %s » n’est pas une date possible."), _ (field->label));
  if (!kind->ahead && is_ahead (stamp_of (field, fact)))
    return g_strdup_printf (_ ("« %s » est dans le futur."), _ (field->label));
  return NULL;
}

const char *
dmp_note_check_together (const DmpNoteKind *kind, const DmpFact *fact)
{
  const char *what = kind->check ? kind->check (fact) : NULL;

  if (what == NULL && dmp_date_is_before (fact->end_date, fact->date))
    what = N_ ("la fin est avant le début.");

  return what ? _ (what) : NULL;
}

static void
check_fact (GPtrArray *defects, const DmpNoteSection *section, const DmpFact *fact)
{
  const char *together = dmp_note_check_together (section->kind, fact);

  for (guint i = 0; i < section->kind->n_fields; i++)
    {
      g_autofree char *what = dmp_note_check_field (section->kind, &section->kind->fields[i], fact);

      if (what)
        add_defect (defects, section, what);
    }
  if (together)
    add_defect (defects, section, together);
}

GPtrArray *
dmp_note_check_fact (const DmpNoteSection *section, const DmpFact *fact)
{
  GPtrArray *defects = g_ptr_array_new_with_free_func (g_free);

  check_fact (defects, section, fact);
  return defects;
}

static void
check_questions (GPtrArray *defects, const DmpNoteList *list)
{
  const DmpNoteKind *kind = list->section->kind;

  for (guint i = 0; i < kind->n_questions; i++)
    {
      guint n = 0;
      g_autofree char *what = NULL;

      for (guint j = 0; j < list->facts->len; j++)
        n += dmp_note_kind_find_question (kind, g_ptr_array_index (list->facts, j)) ==
             &kind->questions[i];
      if (n == 0 && kind->questions[i].required)
        what = g_strdup_printf (_ ("il manque « %s »."), kind->questions[i].label);
      if (what)
        add_defect (defects, list->section, what);
    }
}

static void
check_list (GPtrArray *defects, const DmpNoteList *list)
{
  const DmpNoteSection *section = list->section;

  if (section->kind == NULL)
    return;
  if (list->facts->len < section->min)
    add_defect (defects, section, _ ("il faut la remplir."));
  if (section->max > 0 && list->facts->len > section->max)
    add_defect (defects, section, _ ("une seule ligne est permise."));
  check_questions (defects, list);
  for (guint i = 0; i < list->facts->len; i++)
    check_fact (defects, section, g_ptr_array_index (list->facts, i));
}

GPtrArray *
dmp_note_check (const DmpNote *self)
{
  GPtrArray *defects = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->lists->len; i++)
    check_list (defects, g_ptr_array_index (self->lists, i));
  return defects;
}
