#pragma once

#include "dmp-link.h"
#include "outbox/dmp-outbox.h"

G_BEGIN_DECLS

/* Carries one row of the outbox to the host exactly once. For the worker thread; the row must be
 * claimed. Every change of state is on the disk before the function returns. */

/* The row that @request (transfer none) is to be kept in; documents are added with
 * dmp_delivery_add_document() in the order of its attachments. Returns: (transfer full) */
DmpOutboxRow *dmp_delivery_new_row (const DmpLinkContext *context,
                                    const char *submission_id,
                                    const DmpMessage *request);
void dmp_delivery_add_document (DmpOutboxRow *row,
                                const DmpMessage *request,
                                const char *unique_id,
                                const char *title);

/* One row on its way: everything is the caller's, and outlives the call. */
typedef struct
{
  DmpLink *link;
  const DmpLinkContext *context;
  DmpOutbox *outbox; /* holds the claim on @row */
  DmpOutboxRow *row;
} DmpDelivery;

/* A way to send @request, which is stored as the row, for the first time.
 * Returns: TRUE when acknowledged */
typedef gboolean (*DmpDeliver) (const DmpDelivery *self,
                                const DmpMessage *request,
                                GCancellable *cancellable,
                                GError **error);

/* When nothing left this machine the row is dropped (its id becomes 0) and the error says why.
 * @error: %DMP_ERROR_UNKNOWN_OUTCOME: kept as UNKNOWN, also where the disk would not take the
 *   outcome or let go of the row; else the host's refusal, kept as REFUSED or CONFLICT */
gboolean dmp_delivery_send (const DmpDelivery *self,
                            const DmpMessage *request,
                            GCancellable *cancellable,
                            GError **error);

/* For a row that nothing has left of and that could not be dropped: it will go by itself.
 * @error: becomes %DMP_ERROR_UNKNOWN_OUTCOME. @cause: (transfer full): taken and cleared */
void dmp_delivery_set_not_withdrawn (GError **error, GError **cause);

/* The same for a row that nobody waits for any more: when nothing left this machine it is kept as
 * UNKNOWN, and cleared up later. */
gboolean dmp_delivery_start (const DmpDelivery *self,
                             const DmpMessage *request,
                             GCancellable *cancellable,
                             GError **error);

/* Asks the host whether it has the row: the same hashes: ACKED; another hash: CONFLICT; nothing:
 * the same bytes and identifiers are sent again, no sooner than @delay seconds after they were last
 * on the wire; a part of it only: UNKNOWN still.
 * Returns: TRUE when acknowledged; else @error, and the row's state tells where it stands */
gboolean dmp_delivery_resolve (const DmpDelivery *self,
                               guint delay,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
