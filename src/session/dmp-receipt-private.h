#pragma once

#include "dmp-link.h"
#include "dmp-receipt.h"

G_BEGIN_DECLS

/* Making receipts: for the delivery and for the session. */

/* Which answer of the host says that it has the submission. */
typedef struct
{
  const char *transaction; /* "TD2.1", or "TD3.1": asked afterwards */
  GPtrArray *warnings;     /* (nullable) (element-type DmpRegistryError) */
} DmpReceiptAnswer;

/* Writes the receipt of @row, whose bodies should be loaded (else it has no SHA-256).
 * @now: the time of the answer. Returns: (transfer full): UTF-8 XML, not signed */
GBytes *dmp_receipt_write (const DmpLinkContext *context,
                           DmpConfig *config,
                           const DmpOutboxRow *row,
                           const DmpReceiptAnswer *answer,
                           GDateTime *now);

/* Writes it and keeps it in the outbox, if the settings want that; those whose time has come go. */
gboolean dmp_receipt_keep (DmpOutbox *outbox,
                           DmpConfig *config,
                           const DmpLinkContext *context,
                           const DmpOutboxRow *row,
                           const DmpReceiptAnswer *answer,
                           GError **error);

/* The same receipt with the time and the signature of @signer: one call of it.
 * @error: %DMP_ERROR_FORBIDDEN: @by is not who sent; what the signer says
 * Returns: (transfer full) (nullable) */
GBytes *dmp_receipt_sign (
    GBytes *receipt, const char *by, GDateTime *now, const DmpXmlSigner *signer, GError **error);

G_END_DECLS
