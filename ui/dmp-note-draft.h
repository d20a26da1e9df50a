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

/* Its source says it in words only, and nobody has coded it: a proposal, which is in the document
 * only once a person took it, as words, and does not keep the rest from being sent. */
gboolean dmp_draft_line_get_in_words (DmpDraftLine *self);

/* A document while it is being written, in memory only. Signal "changed". */
#define DMP_TYPE_NOTE_DRAFT (dmp_note_draft_get_type ())
G_DECLARE_FINAL_TYPE (DmpNoteDraft, dmp_note_draft, DMP, NOTE_DRAFT, GObject)

/* Empty but for the questions that must be answered. */
DmpNoteDraft *dmp_note_draft_new (const DmpNoteType *type);
const DmpNoteType *dmp_note_draft_get_note_type (DmpNoteDraft *self);

/* Takes over what @summary knows: each line with its source, to be confirmed or removed. Again with
 * a newer summary: what nobody has confirmed is taken anew, what a person typed, confirmed or
 * removed stays as it is. */
void dmp_note_draft_fill (DmpNoteDraft *self, DmpSummary *summary);

/* Whether a draft of @type takes something over from a summary. */
gboolean dmp_note_type_is_filled (const DmpNoteType *type);

/* Lets the lines of @section go that were taken over and not confirmed, but for those from
 * @source. */
void dmp_note_draft_drop_taken (DmpNoteDraft *self, guint section, const char *source);

/* Whether one of the first @n lines of @section, or one that was removed from it, says the same of
 * the same date as @fact. */
gboolean dmp_note_draft_knows (DmpNoteDraft *self, guint section, const DmpFact *fact, guint n);

/* Adds what was taken over; the caller tells when it is done. @fact, @source: (transfer full);
 * @in_words: dmp_draft_line_get_in_words() */
void dmp_note_draft_take (
    DmpNoteDraft *self, guint section, DmpFact *fact, char *source, gboolean in_words);

/* Lets lines go that say the same as @fact and come from elsewhere than @source. Returns: FALSE:
 * one of them was confirmed or typed, and stays: @fact is not needed */
gboolean dmp_note_draft_make_room (DmpNoteDraft *self,
                                   guint section,
                                   const DmpFact *fact,
                                   const char *source);
void dmp_note_draft_tell (DmpNoteDraft *self);

/* The version before, by the same author: a document of the same kind that this one takes the place
 * of unless the person says otherwise. @document: (nullable) */
void dmp_note_draft_set_before (DmpNoteDraft *self, DmpCdaDocument *document);
DmpCdaDocument *dmp_note_draft_get_before (DmpNoteDraft *self); /* (nullable) */
void dmp_note_draft_set_replaces (DmpNoteDraft *self, gboolean replaces);
gboolean dmp_note_draft_get_replaces (DmpNoteDraft *self);

/* Takes over what the version before says. What it denies is not taken, nor that nothing is known:
 * its section mentions that. Returns: (transfer full) (element-type utf8): what could not be taken,
 * in its words */
GPtrArray *dmp_note_draft_continue (DmpNoteDraft *self);
void dmp_note_draft_mention_none (DmpNoteDraft *self, guint section);
gboolean dmp_note_draft_get_had_none (DmpNoteDraft *self, guint section);

/* @section: index into the type's sections. Returns: (transfer none): of DmpDraftLine */
GListModel *dmp_note_draft_get_lines (DmpNoteDraft *self, guint section);
gboolean dmp_note_draft_get_none (DmpNoteDraft *self, guint section);
void dmp_note_draft_set_none (DmpNoteDraft *self, guint section, gboolean none);

/* @line: (nullable): the one that it takes the place of. What a person typed is confirmed.
 * @fact: (transfer full) */
void dmp_note_draft_put (DmpNoteDraft *self, guint section, DmpDraftLine *line, DmpFact *fact);
void dmp_note_draft_remove (DmpNoteDraft *self, guint section, DmpDraftLine *line);
void dmp_note_draft_confirm (DmpNoteDraft *self, guint section, DmpDraftLine *line);

/* Lines that must be confirmed or removed: no proposals. */
guint dmp_note_draft_count_unconfirmed (DmpNoteDraft *self, guint section);

/* Whether a person put something in that would be lost. */
gboolean dmp_note_draft_is_touched (DmpNoteDraft *self);

/* Why it cannot be sent yet, in French, one sentence each. Returns: (transfer full) */
GPtrArray *dmp_note_draft_check (DmpNoteDraft *self);

/* Returns: (transfer full): the note as it stands */
DmpNote *dmp_note_draft_dup_note (DmpNoteDraft *self);

G_END_DECLS
