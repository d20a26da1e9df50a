#pragma once

#include "dmp-card-token.h"

G_BEGIN_DECLS

/* For pkcs11/ only: a key of an open card.
 * @x509: (transfer none); @signer: (transfer full)
 * Returns: (transfer full) (nullable): NULL with KEY when the certificate is not an RSA one */
DmpCardKey *dmp_card_key_new_on_card (X509 *x509, DmpCardSigner *signer, GError **error);

/* From now on the key refuses to sign. */
void dmp_card_key_retire (DmpCardKey *self);

G_END_DECLS
