#pragma once

#include "dmp-delivery.h"
#include "dmp-session-private.h"

G_BEGIN_DECLS

/* Documents on their way in one submission set: made out of drafts, signed, sealed in the outbox,
 * then sent or taken back. Counted; used by one thread at a time. The verbs are in
 * dmp-session-send.c. */
typedef struct _DmpSubmission DmpSubmission;

/* @drafts: (element-type DmpSubmissionDraft): copied
 * @error: what a draft lacks, or no card. Returns: (transfer full) */
DmpSubmission *
dmp_submission_new (DmpSession *session, DmpRecord *record, GPtrArray *drafts, GError **error);
DmpSubmission *dmp_submission_ref (DmpSubmission *self);
void dmp_submission_unref (gpointer self);

/* Makes, signs, stores and claims it: not a byte has left. In the worker.
 * @error: as dmp_session_prepare_finish() */
gboolean dmp_submission_prepare (DmpSubmission *self,
                                 DmpLink *link,
                                 GCancellable *cancellable,
                                 GError **error);

/* Sends what is prepared, and gives the claim back. In the worker.
 * @way: for the first time, or once more. @error: as dmp_session_send_finish() */
gboolean dmp_submission_deliver (
    DmpSubmission *self, DmpLink *link, DmpDeliver way, GCancellable *cancellable, GError **error);

/* Takes what is prepared out of the outbox, in any thread. */
gboolean dmp_submission_withdraw (DmpSubmission *self, GError **error);

/* Its id in the outbox, 0 before it is there. Returns: (transfer none) */
gint64 *dmp_submission_get_id (DmpSubmission *self);

/* The id when it is in the outbox and not acknowledged, else 0.
 * @submission_set: (out) (transfer none): set then */
gint64 dmp_submission_get_kept (const DmpSubmission *self, const char **submission_set);

/* Whether it was asked for with the card of @practitioner. */
gboolean dmp_submission_is_of (const DmpSubmission *self, DmpPractitioner *practitioner);

/* Returns: (transfer full) (nullable): the answer, once */
DmpSubmissionReceipt *dmp_submission_take_receipt (DmpSubmission *self);

G_END_DECLS
