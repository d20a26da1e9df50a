/* The signature of a submission set: what is written, what is read, what is not believed. */
#include "config.h"

#include "model/dmp-error.h"
#include "model/dmp-oid.h"
#include "td/dmp-set-signature.h"
#include "xml/software-key.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define SET "1.2.3.1"
#define ONE "1.2.3.2"
#define TWO "1.2.3.3"

static SoftwareKey *key;
static const char text1[] =
    "<?xml version=\"1.0\"?>\n<?look here?><!-- before -->\n<a b='1' xmlns:x='urn:x'>"
    "<x:c/>é<!-- in --></a>\n<!-- after -->";
static const char text2[] = "not xml <";

typedef struct
{
  GBytes *one, *two, *signature;
} Set;

static GBytes *
sign (const DmpTdSubmissionDocument *documents, gsize n, GError **error)
{
  const DmpXmlSigner signer = software_key_signer (key);
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 3, 2, 8, 15, 30.5);

  return dmp_set_signature_write (SET, documents, n, now, &signer, error);
}

static void
setup (Set *s, gconstpointer data)
{
  const DmpDocumentEntryFields one = { .unique_id = ONE, .mime = "text/xml" };
  const DmpDocumentEntryFields two = { .unique_id = TWO, .mime = "text/plain" };
  g_autoptr (GError) error = NULL;
  guint before = key->signatures;

  s->one = g_bytes_new_static (text1, strlen (text1));
  s->two = g_bytes_new_static (text2, strlen (text2));
  s->signature = sign ((DmpTdSubmissionDocument[]){ { .entry = &one, .bytes = s->one },
                                                    { .entry = &two, .bytes = s->two } },
                       2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (key->signatures, ==, before + 1);
}

static void
teardown (Set *s, gconstpointer data)
{
  g_bytes_unref (s->one);
  g_bytes_unref (s->two);
  g_bytes_unref (s->signature);
}

static void
test_read (Set *s, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpSetSignature) read = dmp_set_signature_read (s->signature, &error);
  g_autoptr (GBytes) spaced = g_bytes_new_static ("<a/>", 4);

  g_assert_no_error (error);
  g_assert_cmpstr (read->set_id, ==, SET);
  g_assert_cmpstr (read->time, ==, "2026-03-02T08:15:30Z");
  g_assert_cmpint (X509_cmp (read->certificate, key->certificate), ==, 0);
  g_assert_cmpint (dmp_set_signature_covers (read, ONE, s->one), ==, DMP_SET_SIGNATURE_SAME);
  g_assert_cmpint (dmp_set_signature_covers (read, TWO, s->two), ==, DMP_SET_SIGNATURE_SAME);
  g_assert_cmpint (dmp_set_signature_covers (read, ONE, s->two), ==, DMP_SET_SIGNATURE_OTHER);
  g_assert_cmpint (dmp_set_signature_covers (read, ONE, spaced), ==, DMP_SET_SIGNATURE_OTHER);
  g_assert_cmpint (dmp_set_signature_covers (read, SET, s->one), ==, DMP_SET_SIGNATURE_ABSENT);
  g_assert_cmpint (dmp_set_signature_covers (read, "1.2.3", s->one), ==, DMP_SET_SIGNATURE_ABSENT);
  g_assert_true (dmp_set_signature_is (s->signature));
  g_assert_false (dmp_set_signature_is (s->one));
}

/* The same document written another way is the same; a comment is not. */
static void
test_canonical (Set *s, gconstpointer data)
{
  static const struct
  {
    const char *text;
    DmpSetSignatureCover cover;
  } rows[] = {
    { "<?look here?><!-- before --><a xmlns:x=\"urn:x\"  b=\"1\"><x:c></x:c>\xc3\xa9<!-- in --></a>"
      "<!-- after -->",
      DMP_SET_SIGNATURE_SAME },
    { "<?xml version='1.0' encoding='ISO-8859-1'?><?look here?><!-- before --><a b='1' "
      "xmlns:x='urn:x'><x:c/>\xe9<!-- in --></a><!-- after -->",
      DMP_SET_SIGNATURE_SAME },
    { "<?look here?><!-- before --><a b='1' xmlns:x='urn:x'><x:c/>\xc3\xa9</a><!-- after -->",
      DMP_SET_SIGNATURE_OTHER },
    { "<?look here?><a b='1' xmlns:x='urn:x'><x:c/>\xc3\xa9<!-- in --></a><!-- after -->",
      DMP_SET_SIGNATURE_OTHER },
  };
  g_autoptr (DmpSetSignature) read = dmp_set_signature_read (s->signature, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (rows[i].text, strlen (rows[i].text));

      g_assert_cmpint (dmp_set_signature_covers (read, ONE, bytes), ==, rows[i].cover);
    }
}

static void
assert_refused (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_set_signature_read (bytes, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_SIGNATURE);
}

static char *
replace (Set *s, const char *old, const char *new)
{
  g_autofree char *text =
      g_strndup (g_bytes_get_data (s->signature, NULL), g_bytes_get_size (s->signature));
  g_autoptr (GString) out = g_string_new (text);

  g_assert_cmpuint (g_string_replace (out, old, new, 1), ==, 1);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_altered (Set *s, gconstpointer data)
{
  static const char *const edits[][2] = {
    { "urn:oid:" ONE, "urn:oid:" TWO },
    { "urn:oid:" SET, "urn:oid:1.2.3.4" },
    { "2026-03-02T08", "2025-03-02T08" },
    { "Id=\"IHEManifest\"", "Id=\"Other\"" },
    { "URI=\"#IHEManifest\"", "URI=\"\"" },
    { "rsa-sha256", "hmac-sha256" },
    { "xmlenc#sha256", "xmldsig#md5" },
    { "<ds:SignatureValue>", "<ds:SignatureValue>AAAA" },
    { "<ds:X509Certificate>", "<ds:X509Certificate>AAAA" },
    { "<ds:X509Certificate>", "<ds:X509Certificate/><ds:X509Certificate>" },
    { "<ds:Object>", "<ds:Object><ds:Manifest Id=\"IHEManifest\"/></ds:Object><ds:Object>" },
    { "<ds:Object>", "<ds:Object><ds:Manifest Id=\"Fake\"/></ds:Object><ds:Object>" },
    { "<ds:Object>", "<ds:Object Id=\"IHEManifest\">" },
    { "</ds:SignedInfo>", "<ds:Reference URI=\"#S0\"/></ds:SignedInfo>" },
    { "<ds:SignatureValue>", "<ds:SignedInfo/><ds:SignatureValue>" },
    { "CertDigest", "CertDigestx" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *text = replace (s, edits[i][0], edits[i][1]);

      assert_refused (text);
    }
  assert_refused ("");
  assert_refused ("<a/>");
  assert_refused ("<ds:Signature xmlns:ds='" DMP_NS_DS "'/>");
}

/* Signed by another key than the certificate beside it. */
static void
test_certificate (Set *s, gconstpointer data)
{
  g_autoptr (SoftwareKey) other = software_key_new ("899700000025", "critical,nonRepudiation");
  DmpXmlSigner signer = software_key_signer (key);
  const DmpDocumentEntryFields one = { .unique_id = ONE, .mime = "text/xml" };
  const DmpTdSubmissionDocument document = { .entry = &one, .bytes = s->one };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  signer.certificate = other->certificate;
  bytes = dmp_set_signature_write (SET, &document, 1, now, &signer, NULL);
  g_assert_nonnull (bytes);
  g_assert_null (dmp_set_signature_read (bytes, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_SIGNATURE);
}

static GBytes *
no (gconstpointer data, gsize len, gpointer user_data, GError **error)
{
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT, "no");
  return NULL;
}

static void
test_refused (Set *s, gconstpointer data)
{
  const DmpDocumentEntryFields broken = { .unique_id = ONE, .mime = "text/xml" };
  const DmpDocumentEntryFields fine = { .unique_id = TWO, .mime = "text/plain" };
  const DmpXmlSigner signer = { .sign = no, .certificate = key->certificate };
  const DmpTdSubmissionDocument document = { .entry = &fine, .bytes = s->two };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;

  g_assert_null (sign (&(DmpTdSubmissionDocument){ .entry = &broken, .bytes = s->two }, 1, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_XML);
  g_clear_error (&error);
  g_assert_null (dmp_set_signature_write (SET, &document, 1, now, &signer, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  key = software_key_new ("899700000017", "critical,nonRepudiation");
#define ADD(name, func) g_test_add ("/td/set-signature/" name, Set, NULL, setup, func, teardown)
  ADD ("read", test_read);
  ADD ("canonical", test_canonical);
  ADD ("altered", test_altered);
  ADD ("certificate", test_certificate);
  ADD ("refused", test_refused);
  status = g_test_run ();
  software_key_free (key);

  return status;
}
