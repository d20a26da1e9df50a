#pragma once

#include <glib.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

/* Authorities and certificates made for one test run. */
typedef struct
{
  EVP_PKEY *key;
  X509 *certificate;
} Identity;

typedef struct
{
  const char *name;  /* CN */
  const char *alt;   /* (nullable): subjectAltName, e.g. "DNS:localhost,IP:127.0.0.1" */
  const char *usage; /* (nullable): extendedKeyUsage */
  int from_days;     /* validity, counted from now */
  int to_days;
  gboolean authority;
  EVP_PKEY *key; /* (nullable): NULL: a new one on P-256 */
} IdentityOptions;

/* @issuer: (nullable): NULL: signs itself */
Identity *identity_new (const IdentityOptions *options, const Identity *issuer);
void identity_free (Identity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Identity, identity_free)

/* Writes the certificate as PEM. */
void identity_write (const Identity *self, const char *path);

G_END_DECLS
