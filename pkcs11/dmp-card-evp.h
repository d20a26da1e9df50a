#pragma once

#include "dmp-card-token.h"

G_BEGIN_DECLS

/* For pkcs11/ only: a private key for OpenSSL whose operations are those of @signer. It can be used
 * for RSA PKCS#1 v1.5 signatures and nothing else; after the card has left it refuses.
 *
 * libp11 would make such a key too; it is not used, because it keeps a copy of the PIN, asks for
 * the token's description (13 commands with OpenSC), and its keys must not outlive the module.
 *
 * @x509: the certificate of the key. Returns: (transfer full) (nullable): NULL unless it is RSA */
EVP_PKEY *dmp_card_evp_new (X509 *x509, DmpCardSigner *signer);

G_END_DECLS
