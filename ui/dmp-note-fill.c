#include "config.h"

#include "dmp-note-draft.h"

#include "model/dmp-date.h"
#include "model/dmp-oid.h"
#include "model/dmp-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a draft takes over, each line with its source, for a person to confirm: from the summary,
 * from the version before. */

static void
set (const DmpNoteKind *kind,
     DmpFact *fact,
     DmpNoteSlot slot,
     DmpDetailRole role,
     const char *text,
     DmpCode *code)
{
  const DmpNoteField *field = dmp_note_kind_find_field (kind, slot, role);

  if (field != NULL && (text != NULL || code != NULL))
    dmp_note_field_set (kind, field, fact, text, code);
}

/* --- From the summary --- */

static DmpCode *
find_key (const DmpSummaryLine *line, const char *system)
{
  for (guint i = 0; system != NULL && i < line->keys->len; i++)
    {
      DmpCode *code = g_ptr_array_index (line->keys, i);

      if (strcmp (dmp_code_get_system (code), system) == 0)
        return code;
    }
  return NULL;
}

static char *
dup_source (const DmpSummaryLine *line)
{
  const DmpSummarySource *source = g_ptr_array_index (line->sources, 0);
  g_autofree char *day =
      source->date != NULL ? dmp_date_dup_display (source->date, FALSE, FALSE) : NULL;
  g_autofree char *where = g_strjoin (", ", source->title != NULL ? source->title : "?",
                                      source->author != NULL ? source->author : day,
                                      source->author != NULL ? day : NULL, NULL);

  /* Translators: a document with its author and date. */
  return g_strdup_printf (_ ("D’après %s"), where);
}

/* Where each block of the summary goes, and the code system of its lines. */
static const struct
{
  DmpBlockId block;
  const char *section;
  const char *system;
} taken[] = {
  { DMP_BLOCK_PROBLEM, "problems", DMP_OID_CIM10 },
  { DMP_BLOCK_HISTORY, "history", DMP_OID_CIM10 },
  { DMP_BLOCK_PROCEDURE, "procedures", DMP_OID_CCAM_BODY },
  { DMP_BLOCK_ALLERGY, "allergies", DMP_OID_CIS },
  { DMP_BLOCK_TREATMENT, "treatments", DMP_OID_CIS },
};

static DmpFact *
fact_from_line (const DmpNoteKind *kind, const DmpSummaryLine *line, const char *system)
{
  DmpFact *fact = dmp_fact_new (kind->kind);
  g_autoptr (DmpCode) allergy = dmp_code_table_dup_code (DMP_TABLE_ALLERGY_TYPE, "609328004", NULL);

  set (kind, fact, DMP_SLOT_MAIN, 0, line->text, find_key (line, system));
  if (kind->kind != DMP_FACT_TREATMENT) /* its date is of a prescription or of a delivery */
    {
      set (kind, fact, DMP_SLOT_DATE, 0, line->date, NULL);
      set (kind, fact, DMP_SLOT_END, 0, line->end_date, NULL);
    }
  if (kind->kind == DMP_FACT_ALLERGY)
    {
      set (kind, fact, DMP_SLOT_TYPE, 0, NULL, allergy);
      set (kind, fact, DMP_SLOT_DETAIL, DMP_DETAIL_REACTION, line->detail, NULL);
    }
  else if (kind->kind == DMP_FACT_TREATMENT)
    set (kind, fact, DMP_SLOT_DOSAGE, 0, line->detail, NULL);
  return fact;
}

static guint
find_section (const DmpNoteType *type, const char *name)
{
  for (guint i = 0; i < type->n_sections; i++)
    if (strcmp (type->sections[i].name, name) == 0)
      return i;
  g_return_val_if_reached (0);
}

static char *
dup_version (DmpCdaDocument *document)
{
  const char *stamp = dmp_cda_document_get_header (document)->effective_time;
  g_autofree char *day = stamp != NULL ? dmp_date_dup_display (stamp, FALSE, FALSE) : NULL;

  return g_strdup_printf (_ ("D’après la version du %s"), day != NULL ? day : "?");
}

/* Of what stands there, the version before and what a person has said are not taken anew. */
static void
take_block (DmpNoteDraft *self, guint section, const DmpSummaryBlock *block, const char *system)
{
  const DmpNoteKind *kind = dmp_note_draft_get_note_type (self)->sections[section].kind;
  guint n = g_list_model_get_n_items (dmp_note_draft_get_lines (self, section));

  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (block->lines, i);
      g_autoptr (DmpFact) fact = NULL;

      if (line->group != DMP_LINE_CURRENT ||
          dmp_act_kind_is_examination (dmp_summary_line_get_act (line)))
        continue;
      fact = fact_from_line (kind, line, system);
      if (!dmp_note_draft_knows (self, section, fact, n))
        dmp_note_draft_take (self, section, g_steal_pointer (&fact), dup_source (line), FALSE);
    }
}

/* --- What the sources say in words alone --- */

/* Where the words of each section go (LOINC). */
static const struct
{
  const char *code, *section;
} told[] = {
  { "11450-4", "problems" },   { "11535-2", "problems" },   { "11348-0", "history" },
  { "47519-4", "procedures" }, { "10160-0", "treatments" }, { "10183-2", "treatments" },
  { "10161-8", "occupation" }, { "30954-2", "vigilance" },  { "44944-7", "vigilance" },
};

/* "Aucun point particulier": nothing to take over; the section says it by a choice of its own. */
static gboolean
denies (const char *text)
{
  static const char *const starts[] = { "aucun", "pas d", "neant", "absence",
                                        "rien",  "sans ", "non " };
  g_autofree char *folded = dmp_text_fold (text);

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (folded, starts[i]))
      return TRUE;

  return FALSE;
}

static const char *
find_words_section (const DmpSummaryLine *line)
{
  for (guint i = 0; line->section != NULL && i < G_N_ELEMENTS (told); i++)
    if (strcmp (told[i].code, line->section) == 0)
      return told[i].section;

  return NULL;
}

/* As words, without a code: to be taken or left one by one. */
static void
take_words (DmpNoteDraft *self, const DmpSummaryBlock *block)
{
  const DmpNoteType *type = dmp_note_draft_get_note_type (self);

  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (block->lines, i);
      const char *name = find_words_section (line);
      g_autoptr (DmpFact) fact = NULL;
      guint section, n;

      if (name == NULL || denies (line->text))
        continue;
      section = find_section (type, name);
      n = g_list_model_get_n_items (dmp_note_draft_get_lines (self, section));
      fact = dmp_fact_new (type->sections[section].kind->kind);
      set (type->sections[section].kind, fact, DMP_SLOT_MAIN, 0, line->text, NULL);
      if (!dmp_note_draft_knows (self, section, fact, n))
        dmp_note_draft_take (self, section, g_steal_pointer (&fact), dup_source (line), TRUE);
    }
}

gboolean
dmp_note_type_is_filled (const DmpNoteType *type)
{
  return type == &dmp_note_vsm;
}

void
dmp_note_draft_fill (DmpNoteDraft *self, DmpSummary *summary)
{
  const DmpNoteType *type = dmp_note_draft_get_note_type (self);
  DmpCdaDocument *before = dmp_note_draft_get_before (self);
  g_autofree char *version = before != NULL ? dup_version (before) : NULL;

  for (guint i = 0; dmp_note_type_is_filled (type) && i < G_N_ELEMENTS (taken); i++)
    {
      guint section = find_section (type, taken[i].section);

      dmp_note_draft_drop_taken (self, section, version);
      take_block (self, section, dmp_summary_get_block (summary, taken[i].block), taken[i].system);
    }
  if (dmp_note_type_is_filled (type))
    {
      dmp_note_draft_drop_taken (self, find_section (type, "occupation"), version);
      dmp_note_draft_drop_taken (self, find_section (type, "vigilance"), version);
      take_words (self, dmp_summary_get_block (summary, DMP_BLOCK_RISK));
      take_words (self, dmp_summary_get_block (summary, DMP_BLOCK_UNCLASSIFIED));
    }
  dmp_note_draft_tell (self);
}

/* --- From the version before --- */

GPtrArray *
dmp_note_draft_continue (DmpNoteDraft *self)
{
  DmpCdaDocument *before = dmp_note_draft_get_before (self);
  GPtrArray *left = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DmpNote) note = NULL;
  g_autofree char *source = NULL;

  g_return_val_if_fail (before != NULL, left);

  source = dup_version (before);
  note = dmp_note_read (dmp_note_draft_get_note_type (self), before);
  for (guint i = 0; i < note->lists->len; i++)
    {
      const DmpNoteList *list = g_ptr_array_index (note->lists, i);

      for (guint j = 0; j < list->facts->len; j++)
        {
          const DmpFact *fact = g_ptr_array_index (list->facts, j);

          if (dmp_note_draft_make_room (self, i, fact, source))
            dmp_note_draft_take (self, i, dmp_note_kind_dup_fact (list->section->kind, fact),
                                 g_strdup (source), FALSE);
        }
      if (list->none)
        dmp_note_draft_mention_none (self, i);
    }
  for (guint i = 0; i < note->left->len; i++)
    g_ptr_array_add (left, g_strdup (((DmpFact *) g_ptr_array_index (note->left, i))->text));
  dmp_note_draft_tell (self);
  return left;
}
