#include "config.h"

#include "dmp-note-draft.h"

#include "model/dmp-date.h"
#include "model/dmp-oid.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- A line --- */

struct _DmpDraftLine
{
  GObject parent_instance;

  DmpFact *fact;
  char *source;
  gboolean confirmed;
};

G_DEFINE_FINAL_TYPE (DmpDraftLine, dmp_draft_line, G_TYPE_OBJECT)

static void
dmp_draft_line_finalize (GObject *object)
{
  DmpDraftLine *self = DMP_DRAFT_LINE (object);

  dmp_fact_unref (self->fact);
  g_free (self->source);

  G_OBJECT_CLASS (dmp_draft_line_parent_class)->finalize (object);
}

static void
dmp_draft_line_class_init (DmpDraftLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_draft_line_finalize;
}

static void
dmp_draft_line_init (DmpDraftLine *self)
{
}

/* @fact: (transfer full); @source: (transfer full) (nullable) */
static DmpDraftLine *
new_line (DmpFact *fact, char *source)
{
  DmpDraftLine *self = g_object_new (DMP_TYPE_DRAFT_LINE, NULL);

  self->fact = fact;
  self->source = source;
  self->confirmed = source == NULL;
  return self;
}

const DmpFact *
dmp_draft_line_get_fact (DmpDraftLine *self)
{
  return self->fact;
}

const char *
dmp_draft_line_get_source (DmpDraftLine *self)
{
  return self->source;
}

gboolean
dmp_draft_line_get_confirmed (DmpDraftLine *self)
{
  return self->confirmed;
}

/* --- The draft --- */

struct _DmpNoteDraft
{
  GObject parent_instance;

  const DmpNoteType *type;
  GPtrArray *lines; /* (element-type GListStore): one a section */
  GArray *none;     /* gboolean: one a section */
  gboolean touched;
};

G_DEFINE_FINAL_TYPE (DmpNoteDraft, dmp_note_draft, G_TYPE_OBJECT)

static guint changed_signal;

static void
tell (DmpNoteDraft *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
dmp_note_draft_finalize (GObject *object)
{
  DmpNoteDraft *self = DMP_NOTE_DRAFT (object);

  g_ptr_array_unref (self->lines);
  g_array_unref (self->none);

  G_OBJECT_CLASS (dmp_note_draft_parent_class)->finalize (object);
}

static void
dmp_note_draft_class_init (DmpNoteDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_note_draft_finalize;
  changed_signal = g_signal_new ("changed", DMP_TYPE_NOTE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
dmp_note_draft_init (DmpNoteDraft *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  self->none = g_array_new (FALSE, TRUE, sizeof (gboolean));
}

static const DmpNoteField *
find_field (const DmpNoteKind *kind, DmpNoteSlot slot, DmpDetailRole role)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].slot == slot && (slot != DMP_SLOT_DETAIL || kind->fields[i].role == role))
      return &kind->fields[i];
  return NULL;
}

static void
set (const DmpNoteKind *kind,
     DmpFact *fact,
     DmpNoteSlot slot,
     DmpDetailRole role,
     const char *text,
     DmpCode *code)
{
  const DmpNoteField *field = find_field (kind, slot, role);

  if (field != NULL && (text != NULL || code != NULL))
    dmp_note_field_set (kind, field, fact, text, code);
}

/* The questions that must be answered stand there from the beginning. */
static void
ask (GListStore *lines, const DmpNoteKind *kind)
{
  for (guint i = 0; i < kind->n_questions; i++)
    {
      const DmpNoteQuestion *question = &kind->questions[i];
      g_autoptr (DmpCode) code = NULL;
      g_autoptr (DmpDraftLine) line = NULL;
      DmpFact *fact;

      if (!question->required)
        continue;
      code = dmp_code_new (question->code, question->system, question->label);
      fact = dmp_fact_new (kind->kind);
      set (kind, fact, DMP_SLOT_MAIN, 0, NULL, code);
      line = new_line (fact, NULL);
      g_list_store_append (lines, line);
    }
}

DmpNoteDraft *
dmp_note_draft_new (const DmpNoteType *type)
{
  DmpNoteDraft *self = g_object_new (DMP_TYPE_NOTE_DRAFT, NULL);

  self->type = type;
  g_array_set_size (self->none, type->n_sections);
  for (guint i = 0; i < type->n_sections; i++)
    {
      GListStore *lines = g_list_store_new (DMP_TYPE_DRAFT_LINE);

      g_ptr_array_add (self->lines, lines);
      if (type->sections[i].kind != NULL)
        ask (lines, type->sections[i].kind);
    }
  return self;
}

const DmpNoteType *
dmp_note_draft_get_note_type (DmpNoteDraft *self)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), NULL);

  return self->type;
}

GListModel *
dmp_note_draft_get_lines (DmpNoteDraft *self, guint section)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), NULL);

  return g_ptr_array_index (self->lines, section);
}

gboolean
dmp_note_draft_get_none (DmpNoteDraft *self, guint section)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), FALSE);

  return g_array_index (self->none, gboolean, section);
}

void
dmp_note_draft_set_none (DmpNoteDraft *self, guint section, gboolean none)
{
  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  if (g_array_index (self->none, gboolean, section) == none)
    return;
  g_array_index (self->none, gboolean, section) = none;
  self->touched = TRUE;
  tell (self);
}

void
dmp_note_draft_put (DmpNoteDraft *self, guint section, DmpDraftLine *line, DmpFact *fact)
{
  g_autoptr (DmpDraftLine) own = new_line (fact, NULL);
  GListStore *lines;
  guint at;

  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  lines = g_ptr_array_index (self->lines, section);
  if (line != NULL && g_list_store_find (lines, line, &at))
    g_list_store_splice (lines, at, 1, (gpointer *) &own, 1);
  else
    g_list_store_append (lines, own);
  g_array_index (self->none, gboolean, section) = FALSE;
  self->touched = TRUE;
  tell (self);
}

void
dmp_note_draft_remove (DmpNoteDraft *self, guint section, DmpDraftLine *line)
{
  GListStore *lines;
  guint at;

  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  lines = g_ptr_array_index (self->lines, section);
  if (!g_list_store_find (lines, line, &at))
    return;
  g_list_store_remove (lines, at);
  self->touched = TRUE;
  tell (self);
}

void
dmp_note_draft_confirm (DmpNoteDraft *self, guint section, DmpDraftLine *line)
{
  GListStore *lines;
  guint at;

  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  lines = g_ptr_array_index (self->lines, section);
  line->confirmed = TRUE;
  if (g_list_store_find (lines, line, &at))
    g_list_model_items_changed (G_LIST_MODEL (lines), at, 1, 1);
  self->touched = TRUE;
  tell (self);
}

gboolean
dmp_note_draft_is_touched (DmpNoteDraft *self)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), FALSE);

  return self->touched;
}

/* --- Taking over from the summary --- */

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
  set (kind, fact, DMP_SLOT_DATE, 0, line->date, NULL);
  set (kind, fact, DMP_SLOT_END, 0, line->end_date, NULL);
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
  return type->n_sections;
}

void
dmp_note_draft_fill (DmpNoteDraft *self, DmpSummary *summary)
{
  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  for (guint i = 0; self->type == &dmp_note_vsm && i < G_N_ELEMENTS (taken); i++)
    {
      const DmpSummaryBlock *block = dmp_summary_get_block (summary, taken[i].block);
      guint section = find_section (self->type, taken[i].section);
      const DmpNoteKind *kind = self->type->sections[section].kind;

      for (guint j = 0; j < block->lines->len; j++)
        {
          const DmpSummaryLine *line = g_ptr_array_index (block->lines, j);
          g_autoptr (DmpDraftLine) own = NULL;

          if (line->group != DMP_LINE_CURRENT)
            continue;
          own = new_line (fact_from_line (kind, line, taken[i].system), dup_source (line));
          g_list_store_append (g_ptr_array_index (self->lines, section), own);
        }
    }
  tell (self);
}

/* --- What it becomes --- */

DmpNote *
dmp_note_draft_dup_note (DmpNoteDraft *self)
{
  DmpNote *note;

  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), NULL);

  note = dmp_note_new (self->type);
  for (guint i = 0; i < self->type->n_sections; i++)
    {
      DmpNoteList *list = g_ptr_array_index (note->lists, i);
      GListModel *lines = g_ptr_array_index (self->lines, i);

      for (guint j = 0; j < g_list_model_get_n_items (lines); j++)
        {
          g_autoptr (DmpDraftLine) line = g_list_model_get_item (lines, j);

          g_ptr_array_add (list->facts, dmp_fact_ref (line->fact));
        }
      list->none = list->facts->len == 0 && g_array_index (self->none, gboolean, i);
    }
  return note;
}

static guint
count_unconfirmed (DmpNoteDraft *self)
{
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      GListModel *lines = g_ptr_array_index (self->lines, i);

      for (guint j = 0; j < g_list_model_get_n_items (lines); j++)
        {
          g_autoptr (DmpDraftLine) line = g_list_model_get_item (lines, j);

          n += !line->confirmed;
        }
    }
  return n;
}

GPtrArray *
dmp_note_draft_check (DmpNoteDraft *self)
{
  g_autoptr (DmpNote) note = dmp_note_draft_dup_note (self);
  GPtrArray *defects = dmp_note_check (note);
  guint n = count_unconfirmed (self);

  if (n > 0)
    g_ptr_array_insert (defects, 0,
                        g_strdup_printf (g_dngettext (NULL, "%u ligne à confirmer ou à retirer.",
                                                      "%u lignes à confirmer ou à retirer.", n),
                                         n));
  return defects;
}

/* The date of the line that answers @code, or of the only one. */
static const char *
date_of (DmpNoteDraft *self, const char *section, const char *code)
{
  guint at = find_section (self->type, section);
  GListModel *lines;

  if (at == self->type->n_sections)
    return NULL;
  lines = g_ptr_array_index (self->lines, at);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (DmpDraftLine) line = g_list_model_get_item (lines, i);
      const GPtrArray *keys = line->fact->keys;

      if (code == NULL ||
          (keys->len > 0 && strcmp (dmp_code_get_code (g_ptr_array_index (keys, 0)), code) == 0))
        return line->fact->date;
    }
  return NULL;
}

const char *
dmp_note_draft_get_start (DmpNoteDraft *self)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), NULL);

  return self->type == &dmp_note_vaccination ? date_of (self, "vaccine", NULL)
                                             : date_of (self, "stay", "ORG-070");
}

const char *
dmp_note_draft_get_stop (DmpNoteDraft *self)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), NULL);

  return date_of (self, "stay", "ORG-074");
}
