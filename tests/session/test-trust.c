#include "config.h"

/* Whom a signature is believed to be from: certificates of a known authority, of none, at another
 * time, for another use, with a key that nobody can read; and what the reader of a document is
 * told. */

#include "session/dmp-signature-fact.h"
#include "session/dmp-trust.h"
#include "td/dmp-set-signature.h"
#include "../xml/software-key.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#define DAY (24 * 60 * 60)
#define SIGNS "critical,nonRepudiation"
#define DOCUMENT "1.2.3.2"
#define SIGNATURE "1.2.3.9"

static EVP_PKEY *authority_key, *holder_key; /* P-256: made at once */
static X509 *authority, *stranger;
static char *folder, *authority_file, *stranger_file;

static void
add_extension (X509 *certificate, int nid, const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, nid, value);

  g_assert_nonnull (extension);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

/* The key identifiers that strict verification asks for: from its key, and from its issuer's. */
static void
add_identifiers (X509 *certificate, X509 *issuer)
{
  X509V3_CTX context;
  const int nids[] = { NID_subject_key_identifier, NID_authority_key_identifier };
  const char *const values[] = { "hash", "keyid" };

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (nids); i++)
    {
      X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, &context, nids[i], values[i]);

      g_assert_nonnull (extension);
      X509_add_ext (certificate, extension, -1);
      X509_EXTENSION_free (extension);
    }
}

/* @issuer: (nullable): its own. @usage: as openssl.cnf writes it; from @begin to @end seconds from
 * now. */
static X509 *
new_certificate (
    const char *name, EVP_PKEY *key, X509 *issuer, const char *usage, long begin, long end)
{
  X509 *certificate = X509_new ();
  X509_NAME *subject = X509_get_subject_name (certificate);

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), 7);
  X509_gmtime_adj (X509_getm_notBefore (certificate), begin);
  X509_gmtime_adj (X509_getm_notAfter (certificate), end);
  X509_set_pubkey (certificate, key);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guchar *) name, -1, -1, 0);
  X509_set_issuer_name (certificate, issuer != NULL ? X509_get_subject_name (issuer) : subject);
  add_extension (certificate, NID_basic_constraints,
                 issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
  add_extension (certificate, NID_key_usage, usage);
  add_identifiers (certificate, issuer != NULL ? issuer : certificate);
  g_assert_cmpint (X509_sign (certificate, authority_key, EVP_sha256 ()), >, 0);
  return certificate;
}

static char *
save (X509 *certificate, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);
  FILE *file = g_fopen (path, "w");

  g_assert_cmpint (PEM_write_X509 (file, certificate), ==, 1);
  fclose (file);
  return path;
}

static DmpTrust
check (const char *ca_file, const char *usage, long begin, long end)
{
  X509 *certificate = new_certificate ("899700000017", holder_key, authority, usage, begin, end);
  DmpTrust trust = dmp_trust_check (ca_file, certificate, g_get_real_time () / G_USEC_PER_SEC);

  X509_free (certificate);
  return trust;
}

static void
test_chains (void)
{
  g_autofree char *nowhere = g_build_filename (folder, "none.pem", NULL);

  g_assert_cmpint (check (authority_file, SIGNS, -DAY, DAY), ==, DMP_TRUST_VALID);
  g_assert_cmpint (check (authority_file, "digitalSignature,nonRepudiation", -DAY, DAY), ==,
                   DMP_TRUST_VALID);
  g_assert_cmpint (check (stranger_file, SIGNS, -DAY, DAY), ==, DMP_TRUST_STRANGER);
  g_assert_cmpint (check ("", SIGNS, -DAY, DAY), ==, DMP_TRUST_UNKNOWN);
  g_assert_cmpint (check (nowhere, SIGNS, -DAY, DAY), ==, DMP_TRUST_UNKNOWN);
}

/* What was issued for something else is no signature; who was never known did not just expire. */
static void
test_uses_and_times (void)
{
  g_assert_cmpint (check (authority_file, "critical,digitalSignature", -DAY, DAY), ==,
                   DMP_TRUST_STRANGER);
  g_assert_cmpint (check (authority_file, SIGNS, -2 * DAY, -DAY), ==, DMP_TRUST_EXPIRED);
  g_assert_cmpint (check (authority_file, SIGNS, DAY, 2 * DAY), ==, DMP_TRUST_EXPIRED);
  g_assert_cmpint (check (stranger_file, SIGNS, -2 * DAY, -DAY), ==, DMP_TRUST_STRANGER);
}

/* The same certificate with a key of a kind that nobody knows: the last byte of its OID.
 * @oid: that of the key. Returns: (transfer full): DER */
static GBytes *
spoil_key (X509 *certificate, const guchar *oid, gsize length)
{
  guchar *der = NULL;
  int size = i2d_X509 (certificate, &der);
  GBytes *spoiled = NULL;

  for (int i = 0; i + (int) length <= size && spoiled == NULL; i++)
    if (memcmp (der + i, oid, length) == 0)
      {
        der[i + (int) length - 1] = 0x7f;
        spoiled = g_bytes_new (der, (gsize) size);
      }
  OPENSSL_free (der);
  g_assert_nonnull (spoiled);
  return spoiled;
}

static void
test_unreadable_key (void)
{
  static const guchar ec[] = { 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 };
  X509 *certificate = new_certificate ("8997", holder_key, authority, SIGNS, -DAY, DAY);
  g_autoptr (GBytes) der = spoil_key (certificate, ec, sizeof ec);
  const guchar *data = g_bytes_get_data (der, NULL);
  X509 *odd = d2i_X509 (NULL, &data, (long) g_bytes_get_size (der));
  g_autofree char *name = NULL;

  g_assert_nonnull (odd);
  g_assert_null (X509_get0_pubkey (odd));
  g_assert_cmpint (dmp_trust_check (authority_file, odd, g_get_real_time () / G_USEC_PER_SEC), ==,
                   DMP_TRUST_STRANGER);
  name = dmp_trust_dup_name (odd);
  g_assert_cmpstr (name, ==, "8997");
  X509_free (odd);
  X509_free (certificate);
}

/* --- What the reader of a document is told --------------------------------------------------- */

typedef struct
{
  SoftwareKey *key;
  GBytes *document, *signature;
} Signed;

static void
setup (Signed *s, gconstpointer data)
{
  const DmpDocumentEntryFields entry = { .unique_id = DOCUMENT, .mime = "text/plain" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;
  DmpXmlSigner signer;

  s->key = software_key_new ("899700000017", SIGNS);
  signer = software_key_signer (s->key);
  s->document = g_bytes_new_static ("texte", 5);
  s->signature = dmp_set_signature_write (
      "1.2.3.1", &(DmpTdSubmissionDocument){ .entry = &entry, .bytes = s->document }, 1, now,
      &signer, &error);
  g_assert_no_error (error);
}

static void
teardown (Signed *s, gconstpointer data)
{
  software_key_free (s->key);
  g_bytes_unref (s->document);
  g_bytes_unref (s->signature);
}

static void
assert_told (DmpSignatureFact *fact, DmpSignatureState state, const char *words)
{
  g_test_message ("%s", fact->sentence);
  g_assert_cmpint (fact->state, ==, state);
  g_assert_nonnull (strstr (fact->sentence, words));
  dmp_signature_fact_free (fact);
}

static void
test_states (Signed *s, gconstpointer data)
{
  g_autofree char *own = save (s->key->certificate, "own.pem");
  g_autoptr (GBytes) other = g_bytes_new_static ("autre", 5);

  assert_told (dmp_signature_fact_new (DOCUMENT, s->document, SIGNATURE, s->signature, own),
               DMP_SIGNATURE_VALID,
               "Signé par MOREAU CAMILLE le"); /* named in the settings itself */
  assert_told (
      dmp_signature_fact_new (DOCUMENT, s->document, SIGNATURE, s->signature, authority_file),
      DMP_SIGNATURE_UNTRUSTED, "aucune autorité connue");
  assert_told (dmp_signature_fact_new (DOCUMENT, s->document, SIGNATURE, s->signature, ""),
               DMP_SIGNATURE_UNTRUSTED, "aucune autorité n’est réglée");
  assert_told (dmp_signature_fact_new (DOCUMENT, other, SIGNATURE, s->signature, authority_file),
               DMP_SIGNATURE_INVALID, "Ne vous y fiez pas");
  assert_told (dmp_signature_fact_new ("1.2.3.4", other, SIGNATURE, s->signature, authority_file),
               DMP_SIGNATURE_INVALID, "ne porte pas sur ce document");
  assert_told (dmp_signature_fact_new (DOCUMENT, s->document, NULL, NULL, authority_file),
               DMP_SIGNATURE_NONE, "Sans signature");
  assert_told (dmp_signature_fact_new (DOCUMENT, s->document, SIGNATURE, NULL, authority_file),
               DMP_SIGNATURE_INVALID, "n’a pas pu être lue");
  assert_told (dmp_signature_fact_new (DOCUMENT, NULL, SIGNATURE, s->signature, authority_file),
               DMP_SIGNATURE_INVALID, "n’a pas pu être comparé");
}

/* A signature whose certificate has a key that nobody can read does not verify, and that is said.
 */
static void
test_unreadable_signer (Signed *s, gconstpointer data)
{
  static const guchar rsa[] = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 };
  g_autoptr (GBytes) odd = spoil_key (s->key->certificate, rsa, sizeof rsa);
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (odd, NULL), g_bytes_get_size (odd));
  g_autofree char *text =
      g_strndup (g_bytes_get_data (s->signature, NULL), g_bytes_get_size (s->signature));
  const char *from = strstr (text, "X509Certificate>") + strlen ("X509Certificate>");
  const char *to = strchr (from, '<');
  g_autofree char *head = g_strndup (text, (gsize) (from - text));
  g_autofree char *changed = g_strconcat (head, base64, to, NULL);
  g_autoptr (GBytes) signature = g_bytes_new (changed, strlen (changed));

  assert_told (dmp_signature_fact_new (DOCUMENT, s->document, SIGNATURE, signature, authority_file),
               DMP_SIGNATURE_INVALID, "ne se vérifie pas");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("trust-XXXXXX", NULL);
  authority_key = EVP_EC_gen ("P-256");
  holder_key = EVP_EC_gen ("P-256");
  authority =
      new_certificate ("AC", authority_key, NULL, "critical,keyCertSign", -10 * DAY, 10 * DAY);
  stranger =
      new_certificate ("AC 2", authority_key, NULL, "critical,keyCertSign", -10 * DAY, 10 * DAY);
  authority_file = save (authority, "authority.pem");
  stranger_file = save (stranger, "stranger.pem");
  g_test_add_func ("/trust/chains", test_chains);
  g_test_add_func ("/trust/uses-and-times", test_uses_and_times);
  g_test_add_func ("/trust/unreadable-key", test_unreadable_key);
  g_test_add ("/signature-fact/states", Signed, NULL, setup, test_states, teardown);
  g_test_add ("/signature-fact/unreadable-signer", Signed, NULL, setup, test_unreadable_signer,
              teardown);
  status = g_test_run ();
  for (const char *const *name =
           (const char *const[]){ "authority.pem", "stranger.pem", "own.pem", NULL };
       *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  X509_free (authority);
  X509_free (stranger);
  EVP_PKEY_free (authority_key);
  EVP_PKEY_free (holder_key);
  g_free (authority_file);
  g_free (stranger_file);
  g_free (folder);
  return status;
}
