#include "config.h"

#include "test-pki.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>

#define DAY (24 * 60 * 60)

static void
add_extension (X509 *certificate, int nid, const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, nid, value);

  g_assert_nonnull (extension);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

Identity *
identity_new (const IdentityOptions *options, const Identity *issuer)
{
  Identity *self = g_new0 (Identity, 1);
  X509_NAME *name;

  self->key = options->key != NULL ? options->key : EVP_EC_gen ("P-256");
  if (options->key != NULL)
    EVP_PKEY_up_ref (self->key);
  self->certificate = X509_new ();
  if (issuer == NULL)
    issuer = self;
  X509_set_version (self->certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (self->certificate), (long) g_random_int ());
  X509_gmtime_adj (X509_getm_notBefore (self->certificate), (long) options->from_days * DAY);
  X509_gmtime_adj (X509_getm_notAfter (self->certificate), (long) options->to_days * DAY);
  X509_set_pubkey (self->certificate, self->key);
  name = X509_get_subject_name (self->certificate);
  X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guchar *) options->name, -1, -1, 0);
  X509_set_issuer_name (self->certificate, X509_get_subject_name (issuer->certificate));
  add_extension (self->certificate, NID_basic_constraints,
                 options->authority ? "critical,CA:TRUE" : "CA:FALSE");
  if (options->alt != NULL)
    add_extension (self->certificate, NID_subject_alt_name, options->alt);
  if (options->usage != NULL)
    add_extension (self->certificate, NID_ext_key_usage, options->usage);
  g_assert_cmpint (X509_sign (self->certificate, issuer->key, EVP_sha256 ()), >, 0);

  return self;
}

void
identity_free (Identity *self)
{
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_free (self);
}

void
identity_write (const Identity *self, const char *path)
{
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  PEM_write_X509 (file, self->certificate);
  fclose (file);
}
