#pragma once

#include "dmp-card-key.h"
#include "dmp-pcsc.h"
#include "dmp-pkcs11.h"

G_BEGIN_DECLS

/* For pkcs11/ only: the open card as its keys see it. DmpCard, its keys and OpenSSL share it, so
 * that a key that outlives the card finds a closed token instead of freed memory. */
typedef struct
{
  DmpPcsc *pcsc;         /* NULL once closed */
  DmpPkcs11 *pkcs11;     /* NULL once closed */
  gboolean gone;         /* the card has left: nothing works any more */
  gboolean lost_pin;     /* another program has reset the card since the sign-in */
  gboolean own_commands; /* the module cannot drive the signature key */
  guint apdus;           /* of a connection that is closed */
  guint signatures;
  guint handshakes;
} DmpCardToken;

/* @pcsc, @pkcs11: (transfer full). Returns: (transfer full) */
DmpCardToken *dmp_card_token_new (DmpPcsc *pcsc, DmpPkcs11 *pkcs11);
DmpCardToken *dmp_card_token_ref (DmpCardToken *self);
void dmp_card_token_unref (DmpCardToken *self);

/* Closes sessions, module and connection; what is left refuses everything. */
void dmp_card_token_close (DmpCardToken *self);

/* Returns: FALSE with REMOVED when the card has left, as far as is known */
gboolean dmp_card_token_check (DmpCardToken *self, GError **error);

/* Says why something failed: when the card has left meanwhile, that is the reason, whatever the
 * layer below has made of it. @cause: (transfer full). Returns: FALSE */
gboolean dmp_card_token_fail (DmpCardToken *self, GError *cause, GError **error);

/* The same for a CK_RV. */
gboolean dmp_card_token_fail_pkcs11 (DmpCardToken *self, CK_RV rv, GError **error);

/* The DER of DigestInfo for SHA-256 (RFC 8017 §9.2). */
typedef struct
{
  guint8 prefix[19];
  guint8 hash[32];
} DmpDigestInfo;

/* One key during one sign-in; shared by DmpCardKey and by OpenSSL. */
typedef struct
{
  DmpCardToken *token;
  DmpCardKeyUse use;
  CK_OBJECT_HANDLE object;
  gboolean open; /* from the sign-in to the lock */
  guint signatures;
  GError *error; /* of the last signature made inside OpenSSL, or NULL */
} DmpCardSigner;

/* Returns: (transfer full) */
DmpCardSigner *
dmp_card_signer_new (DmpCardToken *token, DmpCardKeyUse use, CK_OBJECT_HANDLE object);
DmpCardSigner *dmp_card_signer_ref (DmpCardSigner *self);
void dmp_card_signer_unref (DmpCardSigner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpCardSigner, dmp_card_signer_unref)

/* RSA PKCS#1 v1.5 over the DigestInfo @data, by the module or by our own commands.
 * @signature: (inout): as long as the modulus at least; @signature_len: (inout)
 * Errors: REMOVED, PIN_NEEDED, KEY, READ, BUSY */
gboolean dmp_card_signer_sign (DmpCardSigner *self,
                               const guint8 *data,
                               gsize len,
                               guint8 *signature,
                               gsize *signature_len,
                               GError **error);

G_END_DECLS
