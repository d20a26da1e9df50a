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
  gboolean in_words;
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

gboolean
dmp_draft_line_get_in_words (DmpDraftLine *self)
{
  return self->in_words;
}

/* --- The draft --- */

struct _DmpNoteDraft
{
  GObject parent_instance;

  const DmpNoteType *type;
  GPtrArray *lines;   /* (element-type GListStore): one a section */
  GArray *none;       /* gboolean: one a section */
  GArray *had_none;   /* gboolean: the version before said so */
  GPtrArray *removed; /* (element-type DmpFact): taken over, and taken out by the person */
  gboolean touched;
  DmpCdaDocument *before; /* (nullable) */
  gboolean replaces;
};

G_DEFINE_FINAL_TYPE (DmpNoteDraft, dmp_note_draft, G_TYPE_OBJECT)

static guint changed_signal;

void
dmp_note_draft_tell (DmpNoteDraft *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
dmp_note_draft_finalize (GObject *object)
{
  DmpNoteDraft *self = DMP_NOTE_DRAFT (object);

  g_ptr_array_unref (self->lines);
  g_array_unref (self->none);
  g_array_unref (self->had_none);
  g_ptr_array_unref (self->removed);
  g_clear_object (&self->before);

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
  self->had_none = g_array_new (FALSE, TRUE, sizeof (gboolean));
  self->removed = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_fact_unref);
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
      dmp_note_field_set (kind, dmp_note_kind_find_field (kind, DMP_SLOT_MAIN, 0), fact, NULL,
                          code);
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
  g_array_set_size (self->had_none, type->n_sections);
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
  dmp_note_draft_tell (self);
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
  dmp_note_draft_tell (self);
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
  if (line->source != NULL)
    g_ptr_array_add (self->removed, dmp_fact_ref (line->fact));
  g_list_store_remove (lines, at);
  self->touched = TRUE;
  dmp_note_draft_tell (self);
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
  dmp_note_draft_tell (self);
}

guint
dmp_note_draft_count_unconfirmed (DmpNoteDraft *self, guint section)
{
  GListModel *lines;
  guint n = 0;

  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), 0);

  lines = g_ptr_array_index (self->lines, section);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (DmpDraftLine) line = g_list_model_get_item (lines, i);

      n += !line->confirmed && !line->in_words;
    }
  return n;
}

/* Whether both say the same thing: one code, or the same words. */
static gboolean
is_same (const DmpFact *a, const DmpFact *b)
{
  g_autofree char *left = g_utf8_casefold (a->text != NULL ? a->text : "", -1);
  g_autofree char *right = g_utf8_casefold (b->text != NULL ? b->text : "", -1);

  for (guint i = 0; i < a->keys->len; i++)
    for (guint j = 0; j < b->keys->len; j++)
      if (dmp_code_equal (g_ptr_array_index (a->keys, i), g_ptr_array_index (b->keys, j)))
        return TRUE;
  return g_str_equal (left, right);
}

void
dmp_note_draft_take (
    DmpNoteDraft *self, guint section, DmpFact *fact, char *source, gboolean in_words)
{
  g_autoptr (DmpDraftLine) own = new_line (fact, source);

  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  own->in_words = in_words;
  g_list_store_append (g_ptr_array_index (self->lines, section), own);
}

gboolean
dmp_note_draft_make_room (DmpNoteDraft *self,
                          guint section,
                          const DmpFact *fact,
                          const char *source)
{
  GListModel *lines;

  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), FALSE);

  lines = g_ptr_array_index (self->lines, section);
  for (guint i = g_list_model_get_n_items (lines); i > 0; i--)
    {
      g_autoptr (DmpDraftLine) line = g_list_model_get_item (lines, i - 1);

      if (g_strcmp0 (line->source, source) == 0 || !is_same (line->fact, fact))
        continue;
      if (line->confirmed)
        return FALSE;
      g_list_store_remove (G_LIST_STORE (lines), i - 1);
    }
  return TRUE;
}

void
dmp_note_draft_drop_taken (DmpNoteDraft *self, guint section, const char *source)
{
  GListModel *lines;

  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  lines = g_ptr_array_index (self->lines, section);
  for (guint i = g_list_model_get_n_items (lines); i > 0; i--)
    {
      g_autoptr (DmpDraftLine) line = g_list_model_get_item (lines, i - 1);

      if (!line->confirmed && g_strcmp0 (line->source, source) != 0)
        g_list_store_remove (G_LIST_STORE (lines), i - 1);
    }
}

gboolean
dmp_note_draft_knows (DmpNoteDraft *self, guint section, const DmpFact *fact, guint n)
{
  GListModel *lines;

  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), FALSE);

  lines = g_ptr_array_index (self->lines, section);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDraftLine) line = g_list_model_get_item (lines, i);

      if (is_same (line->fact, fact) && g_strcmp0 (line->fact->date, fact->date) == 0)
        return TRUE;
    }
  for (guint i = 0; i < self->removed->len; i++)
    {
      const DmpFact *gone = g_ptr_array_index (self->removed, i);

      if (gone->kind == fact->kind && is_same (gone, fact) &&
          g_strcmp0 (gone->date, fact->date) == 0)
        return TRUE;
    }
  return FALSE;
}

/* --- The version before --- */

void
dmp_note_draft_set_before (DmpNoteDraft *self, DmpCdaDocument *document)
{
  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  if (!g_set_object (&self->before, document))
    return;
  self->replaces = document != NULL;
  dmp_note_draft_tell (self);
}

DmpCdaDocument *
dmp_note_draft_get_before (DmpNoteDraft *self)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), NULL);

  return self->before;
}

void
dmp_note_draft_set_replaces (DmpNoteDraft *self, gboolean replaces)
{
  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  self->replaces = replaces;
}

gboolean
dmp_note_draft_get_replaces (DmpNoteDraft *self)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), FALSE);

  return self->replaces && self->before != NULL;
}

gboolean
dmp_note_draft_get_had_none (DmpNoteDraft *self, guint section)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), FALSE);

  return g_array_index (self->had_none, gboolean, section);
}

/* Rows show it: those of an empty list are drawn anew. */
void
dmp_note_draft_mention_none (DmpNoteDraft *self, guint section)
{
  g_return_if_fail (DMP_IS_NOTE_DRAFT (self));

  g_array_index (self->had_none, gboolean, section) = TRUE;
  g_list_model_items_changed (g_ptr_array_index (self->lines, section), 0, 0, 0);
}

gboolean
dmp_note_draft_is_touched (DmpNoteDraft *self)
{
  g_return_val_if_fail (DMP_IS_NOTE_DRAFT (self), FALSE);

  return self->touched;
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

          if (line->confirmed || !line->in_words)
            g_ptr_array_add (list->facts, dmp_fact_ref (line->fact));
        }
      list->none = list->facts->len == 0 && g_array_index (self->none, gboolean, i);
    }
  return note;
}

GPtrArray *
dmp_note_draft_check (DmpNoteDraft *self)
{
  g_autoptr (DmpNote) note = dmp_note_draft_dup_note (self);
  GPtrArray *defects = dmp_note_check (note);
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n += dmp_note_draft_count_unconfirmed (self, i);
  if (n > 0)
    g_ptr_array_insert (defects, 0,
                        g_strdup_printf (g_dngettext (NULL, "%u ligne à confirmer ou à retirer.",
                                                      "%u lignes à confirmer ou à retirer.", n),
                                         n));
  return defects;
}
