#include "config.h"

#include "software-key.h"

#include <gio/gio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#define VALID_SECONDS (24 * 60 * 60)

EVP_PKEY *
software_rsa_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openssl",
      "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", NULL);
  g_autofree char *pem = NULL;
  EVP_PKEY *key;
  BIO *bio;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &pem, NULL, &error));
  g_assert_no_error (error);
  bio = BIO_new_mem_buf (pem, -1);
  key = PEM_read_bio_PrivateKey (bio, NULL, NULL, NULL);
  BIO_free (bio);
  g_assert_nonnull (key);

  return key;
}

static void
add_name (X509_NAME *name, const char *type, const char *value, int set)
{
  X509_NAME_add_entry_by_txt (name, type, MBSTRING_UTF8, (const guchar *) value, -1, -1, set);
}

static X509 *
new_certificate (EVP_PKEY *key, const char *national_id, const char *key_usage)
{
  X509 *certificate = X509_new ();
  X509_NAME *name = X509_get_subject_name (certificate);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, NID_key_usage, key_usage);

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), 1);
  X509_gmtime_adj (X509_getm_notBefore (certificate), -VALID_SECONDS);
  X509_gmtime_adj (X509_getm_notAfter (certificate), VALID_SECONDS);
  X509_set_pubkey (certificate, key);
  add_name (name, "C", "FR", 0);
  add_name (name, "O", "TEST", 0);
  add_name (name, "OU", "Médecin", 0);
  add_name (name, "CN", national_id, 0);
  add_name (name, "SN", "MOREAU", -1);
  add_name (name, "GN", "CAMILLE", -1);
  X509_set_issuer_name (certificate, name);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
  X509_sign (certificate, key, EVP_sha256 ());

  return certificate;
}

SoftwareKey *
software_key_new (const char *national_id, const char *key_usage)
{
  SoftwareKey *self = g_new0 (SoftwareKey, 1);

  self->key = software_rsa_new ();
  self->certificate = new_certificate (self->key, national_id, key_usage);

  return self;
}

void
software_key_free (SoftwareKey *self)
{
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_free (self);
}

static GBytes *
sign (gconstpointer data, gsize len, gpointer user_data, GError **error)
{
  SoftwareKey *self = user_data;
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gsize size = (gsize) EVP_PKEY_get_size (self->key);
  guint8 *value = g_malloc (size);

  g_assert_cmpint (EVP_DigestSignInit (context, NULL, EVP_sha256 (), NULL, self->key), ==, 1);
  g_assert_cmpint (EVP_DigestSign (context, value, &size, data, len), ==, 1);
  EVP_MD_CTX_free (context);
  self->signatures++;

  return g_bytes_new_take (value, size);
}

DmpXmlSigner
software_key_signer (SoftwareKey *self)
{
  return (DmpXmlSigner){ .sign = sign, .user_data = self, .certificate = self->certificate };
}
