#pragma once

#include "dmp-secret.h"

#include <gio/gio.h>
#include <openssl/types.h>

G_BEGIN_DECLS

/* Two keys, two duties: the host refuses the wrong one. Told apart by the KeyUsage of their
 * certificates, never by an identifier of the card (cards differ in it). */
typedef enum
{
  DMP_CARD_KEY_AUTHENTICATION, /* mutual TLS: digitalSignature without nonRepudiation */
  DMP_CARD_KEY_SIGNATURE       /* VIHF, XAdES: nonRepudiation */
} DmpCardKeyUse;

/* A certificate and the way to sign with its key. The key of a card works while the card is signed
 * in; after dmp_card_lock(), after a removal and after the card is freed it refuses
 * (PIN_NEEDED, REMOVED) but stays safe to hold and to free.
 * Signing blocks (about a second on a real card) and belongs to the thread of the card. */
#define DMP_TYPE_CARD_KEY (dmp_card_key_get_type ())
G_DECLARE_FINAL_TYPE (DmpCardKey, dmp_card_key, DMP, CARD_KEY, GObject)

/* The software certificate of an establishment (indirect authentication).
 * @certificate_file: PEM; the first certificate is ours, the others its authorities
 * @key_file: PEM, PKCS#8 or RSA
 * @password: (nullable): of the key file
 * Returns: (transfer full)
 * Errors: DMP_CARD_ERROR: KEY (unreadable, or the two do not belong together), EXPIRED */
DmpCardKey *dmp_card_key_new_from_pem (const char *certificate_file,
                                       const char *key_file,
                                       const DmpSecret *password,
                                       GError **error);

/* Returns: (transfer none) */
X509 *dmp_card_key_get_x509 (DmpCardKey *self);

/* Returns: (transfer none) (element-type X509): the authorities that came with the certificate,
 * nearest first; empty for a card */
GPtrArray *dmp_card_key_get_chain (DmpCardKey *self);

/* The key for SSL_CTX_use_PrivateKey(): each handshake is one signature of the card.
 * Take a reference with EVP_PKEY_up_ref() to keep it.
 * Returns: (transfer none) (nullable): NULL for the signature key of a card, which signs documents
 * only, through dmp_card_key_sign_sha256() */
EVP_PKEY *dmp_card_key_get_pkey (DmpCardKey *self);

/* A CPS3 knows RSA PKCS#1 v1.5 alone: TLS must stop at 1.2, and offer no RSA-PSS
 * (SSL_CTX_set1_client_sigalgs_list "RSA+SHA256:RSA+SHA384:RSA+SHA512").
 * Returns: TRUE when the key has this limit */
gboolean dmp_card_key_is_pkcs1_only (DmpCardKey *self);

/* RSA PKCS#1 v1.5 over the SHA-256 of @data (rsa-sha256 of XML signature). The result is checked
 * against the certificate before it is returned.
 * Returns: (transfer full): as long as the modulus
 * Errors: DMP_CARD_ERROR: REMOVED, PIN_NEEDED, KEY, READ, BUSY */
GBytes *dmp_card_key_sign_sha256 (DmpCardKey *self, const void *data, gsize len, GError **error);

/* OpenSSL says only "EVP lib" when the card fails inside a handshake: this is the reason.
 * Returns: FALSE with @error when the last signature made through dmp_card_key_get_pkey() failed;
 * asking clears it */
gboolean dmp_card_key_check (DmpCardKey *self, GError **error);

/* Returns: signatures made with this key since it was opened */
guint dmp_card_key_get_signatures (DmpCardKey *self);

G_END_DECLS
