#pragma once

#include <glib.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

/* The authorities the host trusts, and what a certificate of a card or structure says. Only leaves
 * issued directly by a pinned authority count: nothing a peer sends extends the chain. */
typedef struct _DmpHostPki DmpHostPki;

typedef enum
{
  DMP_HOST_DUTY_AUTHENTICATION, /* digitalSignature and clientAuth: TLS */
  DMP_HOST_DUTY_SIGNATURE       /* nonRepudiation: VIHF and documents */
} DmpHostDuty;

typedef enum
{
  DMP_HOST_HOLDER_PROFESSIONAL, /* CPS, CPF */
  DMP_HOST_HOLDER_STAFF,        /* CPE, CPA */
  DMP_HOST_HOLDER_ORGANISATION  /* a structure's own certificate */
} DmpHostHolder;

/* Whom a certificate stands for. */
typedef struct
{
  char *id;         /* CN: PS_IdNat, Struct/internal id, or the name of the machine */
  char *structure;  /* OU of staff and organisations (nullable) */
  char *profession; /* TRE_G15 code in the certificate (nullable) */
  DmpHostHolder holder;
} DmpHostIdentity;

void dmp_host_identity_free (DmpHostIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostIdentity, dmp_host_identity_free)

/* @ca: file of trusted certificates (PEM); @crl: (nullable) file of revocation lists (PEM): once
 * given, every authority needs one.
 * Returns: (transfer full) */
DmpHostPki *dmp_host_pki_new (const char *ca, const char *crl, GError **error);
void dmp_host_pki_free (DmpHostPki *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostPki, dmp_host_pki_free)

/* Checks issuer, signature (RSA 2048 and SHA-2 at least), validity at @now (seconds), revocation
 * and duty of @certificate, and reads whom it stands for. Thread-safe.
 * @error: %DMP_HOST_ERROR_INVALID_CERTIFICATE
 * Returns: (transfer full) */
DmpHostIdentity *dmp_host_pki_check (
    DmpHostPki *self, X509 *certificate, DmpHostDuty duty, gint64 now, GError **error);

/* Whether @text is the subject of @certificate in the order of RFC 2253, with keywords (SN, GN, ST)
 * or with object identifiers and #hex values (protocol: vihf.md §1, row 4). */
gboolean dmp_host_dn_matches (const char *text, X509 *certificate);

G_END_DECLS
