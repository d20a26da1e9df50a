#include "config.h"

#include "dmp-note-draft.h"

#include "model/dmp-date.h"
#include "model/dmp-oid.h"

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
        dmp_note_draft_take (self, section, g_steal_pointer (&fact), dup_source (line));
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
                                 g_strdup (source));
        }
      if (list->none)
        dmp_note_draft_mention_none (self, i);
    }
  for (guint i = 0; i < note->left->len; i++)
    g_ptr_array_add (left, g_strdup (((DmpFact *) g_ptr_array_index (note->left, i))->text));
  dmp_note_draft_tell (self);
  return left;
}
