#pragma once

#include "cda/dmp-note.h"
#include "summary/dmp-summary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One line of a document that is being written: what it says, and where it was taken from. */
#define DMP_TYPE_DRAFT_LINE (dmp_draft_line_get_type ())
G_DECLARE_FINAL_TYPE (DmpDraftLine, dmp_draft_line, DMP, DRAFT_LINE, GObject)

const DmpFact *dmp_draft_line_get_fact (DmpDraftLine *self);

/* (nullable): "D’après « Synthèse », Dr Leroy, 12/01/2026": taken over, not typed */
const char *dmp_draft_line_get_source (DmpDraftLine *self);

/* What was taken over stands only once a person said so. */
gboolean dmp_draft_line_get_confirmed (DmpDraftLine *self);

/* A document while it is being written, in memory only. Signal "changed". */
#define DMP_TYPE_NOTE_DRAFT (dmp_note_draft_get_type ())
G_DECLARE_FINAL_TYPE (DmpNoteDraft, dmp_note_draft, DMP, NOTE_DRAFT, GObject)

/* Empty but for the questions that must be answered. */
DmpNoteDraft *dmp_note_draft_new (const DmpNoteType *type);
const DmpNoteType *dmp_note_draft_get_note_type (DmpNoteDraft *self);

/* Takes over what @summary knows: each line with its source, to be confirmed or removed. */
void dmp_note_draft_fill (DmpNoteDraft *self, DmpSummary *summary);

/* @section: index into the type's sections. Returns: (transfer none): of DmpDraftLine */
GListModel *dmp_note_draft_get_lines (DmpNoteDraft *self, guint section);
gboolean dmp_note_draft_get_none (DmpNoteDraft *self, guint section);
void dmp_note_draft_set_none (DmpNoteDraft *self, guint section, gboolean none);

/* @line: (nullable): the one that it takes the place of. What a person typed is confirmed.
 * @fact: (transfer full) */
void dmp_note_draft_put (DmpNoteDraft *self, guint section, DmpDraftLine *line, DmpFact *fact);
void dmp_note_draft_remove (DmpNoteDraft *self, guint section, DmpDraftLine *line);
void dmp_note_draft_confirm (DmpNoteDraft *self, guint section, DmpDraftLine *line);

/* Whether a person put something in that would be lost. */
gboolean dmp_note_draft_is_touched (DmpNoteDraft *self);

/* Why it cannot be sent yet, in French, one sentence each. Returns: (transfer full) */
GPtrArray *dmp_note_draft_check (DmpNoteDraft *self);

/* Returns: (transfer full): the note as it stands */
DmpNote *dmp_note_draft_dup_note (DmpNoteDraft *self);

/* When the care took place: a stay from its beginning to its end, the day of a vaccination; NULL
 * when the lines do not say. Returns: (transfer none) (nullable) */
const char *dmp_note_draft_get_start (DmpNoteDraft *self);
const char *dmp_note_draft_get_stop (DmpNoteDraft *self);

G_END_DECLS
