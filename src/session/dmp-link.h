#pragma once

#include "dmp-config.h"
#include "model/dmp-access.h"
#include "model/dmp-patient.h"
#include "model/dmp-practitioner.h"
#include "pkcs11/dmp-card.h"
#include "td/dmp-td.h"
#include "wire/dmp-wire-client.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The card and the connection of one session: everything that may block. All functions are for the
 * worker thread. */
typedef struct _DmpLink DmpLink;

/* Who asks, for whom, how: the same for every request of one job. */
typedef struct
{
  DmpPractitioner *practitioner;
  DmpSituation *situation;
  DmpPatient *patient; /* (nullable) */
  DmpAccessMode mode;
} DmpLinkContext;

/* What the hardware and the network were asked for since the card came in. */
typedef struct
{
  DmpCardCounts card;
  DmpWireCounters wire;
  guint assertions;
} DmpLinkCounts;

/* @config: (transfer none). Returns: (transfer full) */
DmpLink *dmp_link_new (DmpConfig *config);
void dmp_link_free (DmpLink *self);

/* Opens the card in @reader and reads its holder; a card open before is let go.
 * Returns: (transfer none) (nullable): valid until the next open or dmp_link_close() */
DmpCard *
dmp_link_open_card (DmpLink *self, const char *reader, GCancellable *cancellable, GError **error);

/* Returns: (transfer none) (nullable) */
DmpCard *dmp_link_get_card (DmpLink *self);

/* Verifies the PIN; afterwards dmp_link_call() works. */
gboolean
dmp_link_sign_in (DmpLink *self, const DmpSecret *pin, gboolean last_try_allowed, GError **error);

/* One transaction: assertion (signed now or reused), request, answer.
 * @reply: (out) (transfer full)
 * Errors: %DMP_ERROR_SIGNED_OUT without a PIN; %DMP_ERROR_UNKNOWN_OUTCOME when a transaction that
 * changes something left this machine and no answer came; else those of the wire and the card */
gboolean dmp_link_call (DmpLink *self,
                        const DmpLinkContext *context,
                        const DmpTd *td,
                        const DmpMessage *message,
                        GCancellable *cancellable,
                        DmpMessage **reply,
                        GError **error);

/* For what goes wrong after a transaction that changes something was answered, so that nobody takes
 * it for undone: *@error becomes %DMP_ERROR_UNKNOWN_OUTCOME. */
void dmp_link_doubt_outcome (GError **error);

/* Whether any byte of the last dmp_link_call() left this machine. */
gboolean dmp_link_has_sent (DmpLink *self);

/* Returns: (transfer none): the settings it was made with */
DmpConfig *dmp_link_get_config (DmpLink *self);

/* Who sends, for messages that say so in the body; valid as long as @self. */
DmpTdSender dmp_link_get_sender (DmpLink *self);

/* The signature key of the card, to sign a document with: each call of it is one signature.
 * @signer: (out caller-allocates): valid until the card is let go
 * @error: %DMP_ERROR_SIGNED_OUT without a PIN */
gboolean dmp_link_get_signer (DmpLink *self, DmpXmlSigner *signer, GError **error);

/* Signs the assertion of @context now, so that the next request need not wait for the card. */
gboolean dmp_link_prepare (DmpLink *self, const DmpLinkContext *context, GError **error);

/* Closes the connection, drops assertions and keys, resets the card and lets it go. */
void dmp_link_close (DmpLink *self);

void dmp_link_get_counts (DmpLink *self, DmpLinkCounts *counts);

G_END_DECLS
