#pragma once

#include "session/dmp-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is being sent, what waits, what a person must look at, what was accepted. Signals "retry",
 * "drop", "correct" and "receipt" (gint64: id of the row); the button that takes back the last one
 * activates "win.undo-send". */
#define DMP_TYPE_OUTBOX_PAGE (dmp_outbox_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpOutboxPage, dmp_outbox_page, DMP, OUTBOX_PAGE, AdwBin)

/* @rows: (element-type DmpOutboxRow) (transfer none): of the outbox, oldest first; copied
 * @sent: (element-type DmpOutboxRow) (transfer none): accepted since the session began
 * @held: id of the one that can still be taken back, or 0
 * @forms: (nullable): its keys are the ids (gint64 *) of those that can be corrected once refused
 */
void dmp_outbox_page_set_rows (
    DmpOutboxPage *self, GPtrArray *rows, GPtrArray *sent, gint64 held, GHashTable *forms);

/* How many seconds are left to take back the held one. */
void dmp_outbox_page_set_seconds (DmpOutboxPage *self, guint seconds);

void dmp_outbox_page_clear (DmpOutboxPage *self);
void dmp_outbox_page_focus (DmpOutboxPage *self);

/* The title of a submission: its first document, and how many others. Returns: (transfer full) */
char *dmp_outbox_row_dup_title (const DmpOutboxRow *row);

G_END_DECLS
