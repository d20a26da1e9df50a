#pragma once

#include "dmp-note-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Writing a structured document: which kind, its sections, what is still missing, and how it will
 * read. Kept in memory only. Buttons activate "win.write-preview" and "win.write-send" (enabled by
 * the page). */
#define DMP_TYPE_WRITE_PAGE (dmp_write_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpWritePage, dmp_write_page, DMP, WRITE_PAGE, AdwBin)

/* Starts the drafts that are not there yet. @summary: (nullable): what a synthesis is
 * filled from
 * @regular_doctor: whether the author is the patient's médecin traitant: some documents are theirs
 * alone */
void dmp_write_page_prepare (DmpWritePage *self, DmpSummary *summary, gboolean regular_doctor);

/* How far the record is read. While it is being read, what is filled from the summary cannot be
 * sent; when that ends, it is filled again. @summary: (nullable) */
void dmp_write_page_set_reading (DmpWritePage *self, DmpSummary *summary, gboolean reading);

/* The version before of the draft of @type. @document: (nullable): none */
void
dmp_write_page_set_before (DmpWritePage *self, const DmpNoteType *type, DmpCdaDocument *document);

/* What is left to put right, one by one. */
void dmp_write_page_show_defects (DmpWritePage *self);

/* The focus goes to the next section, or to the one before. */
void dmp_write_page_step (DmpWritePage *self, int step);

/* Returns: (transfer none) (nullable): the draft in view */
DmpNoteDraft *dmp_write_page_get_draft (DmpWritePage *self);

/* The draft of this kind goes to the caller: on its way it is in no editor, and cannot go twice.
 * Returns: (transfer full) (nullable) */
DmpNoteDraft *dmp_write_page_take_draft (DmpWritePage *self, const DmpNoteType *type);

/* Brings one back, into view. Returns: FALSE when another of its kind has been begun: nothing
 * changes */
gboolean dmp_write_page_put_draft (DmpWritePage *self, DmpNoteDraft *draft);

/* Whether something would be lost. */
gboolean dmp_write_page_is_touched (DmpWritePage *self);

/* Whether nothing is left to put right. */
gboolean dmp_write_page_is_complete (DmpWritePage *self);

/* Shows @document as its readers will see it; NULL goes back to the form. */
void dmp_write_page_set_preview (DmpWritePage *self, DmpCdaDocument *document);
gboolean dmp_write_page_in_preview (DmpWritePage *self);

/* Why it could not be made; NULL takes it away. */
void dmp_write_page_set_problem (DmpWritePage *self, const char *problem);

void dmp_write_page_clear (DmpWritePage *self);
void dmp_write_page_focus (DmpWritePage *self);

G_END_DECLS
