#include "config.h"

#include "host-bench.h"

#include "xml/dmp-xml.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <string.h>

static void
put_person (DmpHost *host, DmpHostTx *tx, const char *id, const char *speciality)
{
  DmpHostProfessional person = { (char *) id, (char *) "10", (char *) speciality };

  g_assert_cmpint (host->ops->professional_put (tx, &person), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (host->ops->practice_put (tx, id, BENCH_HOSPITAL), ==, DMP_HOST_STORE_OK);
}

static void
fill_directory (DmpHost *host)
{
  DmpHostTx *tx;

  g_assert_cmpint (host->ops->begin (host->store, 0, TRUE, &tx), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (host->ops->structure_put (tx, BENCH_CABINET, "C"), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (host->ops->structure_put (tx, BENCH_HOSPITAL, "H"), ==, DMP_HOST_STORE_OK);
  put_person (host, tx, BENCH_GP, "SM26");
  put_person (host, tx, BENCH_WARD, "SM04");
  host->ops->practice_put (tx, BENCH_GP, BENCH_CABINET);
  g_assert_cmpint (host->ops->commit (tx), ==, DMP_HOST_STORE_OK);
}

/* Made once for all tests; the script locks itself. */
static char *
make_pki (void)
{
  const char *given = g_getenv ("PKI_DIR");
  char *folder =
      given != NULL ? g_strdup (given) : g_test_build_filename (G_TEST_BUILT, "pki", NULL);
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "virtual-cards", "make-pki", NULL);
  char *argv[] = { script, folder, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return folder;
}

HostBench *
host_bench_new (void)
{
  HostBench *self = g_new0 (HostBench, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *ca = NULL;
  g_autofree char *crl = NULL;
  DmpHostSettings settings = { .authorisation_days = 365 };
  DmpHostPki *pki;

  self->folder = g_dir_make_tmp ("dmp-host-XXXXXX", &error);
  g_assert_no_error (error);
  self->pki = make_pki ();
  ca = g_build_filename (self->pki, "trust-clients.pem", NULL);
  crl = g_build_filename (self->pki, "crls.pem", NULL);
  pki = dmp_host_pki_new (ca, crl, &error);
  g_assert_no_error (error);
  settings.data = data = g_build_filename (self->folder, "data", NULL);
  self->host = dmp_host_new (&settings, pki, &error);
  g_assert_no_error (error);
  fill_directory (self->host);
  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

void
host_bench_free (HostBench *self)
{
  dmp_host_free (self->host);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->pki);
  g_free (self);
}

static FILE *
open_pki (const HostBench *bench, const char *name, const char *suffix)
{
  g_autofree char *path = g_strconcat (bench->pki, "/", name, suffix, NULL);
  FILE *file = g_fopen (path, "re");

  g_assert_nonnull (file);
  return file;
}

BenchKey *
bench_key_new (const HostBench *bench, const char *name)
{
  BenchKey *self = g_new0 (BenchKey, 1);
  FILE *file = open_pki (bench, name, ".key");

  self->key = PEM_read_PrivateKey (file, NULL, NULL, NULL);
  fclose (file);
  file = open_pki (bench, name, ".pem");
  self->certificate = PEM_read_X509 (file, NULL, NULL, NULL);
  fclose (file);
  g_assert_true (self->key != NULL && self->certificate != NULL);
  return self;
}

void
bench_key_free (BenchKey *self)
{
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_free (self);
}

static GBytes *
sign (gconstpointer data, gsize len, gpointer user_data, GError **error)
{
  BenchKey *key = user_data;
  EVP_MD_CTX *ctx = EVP_MD_CTX_new ();
  guint8 *out = g_malloc ((gsize) EVP_PKEY_get_size (key->key));
  size_t size = (size_t) EVP_PKEY_get_size (key->key);

  g_assert_cmpint (EVP_DigestSignInit (ctx, NULL, EVP_sha256 (), NULL, key->key), ==, 1);
  g_assert_cmpint (EVP_DigestSign (ctx, out, &size, data, len), ==, 1);
  EVP_MD_CTX_free (ctx);
  return g_bytes_new_take (out, size);
}

static char *
dup_subject (X509 *certificate)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data;
  long size;
  char *text;

  X509_NAME_print_ex (bio, X509_get_subject_name (certificate), 0,
                      XN_FLAG_RFC2253 & ~(unsigned long) ASN1_STRFLGS_ESC_MSB);
  size = BIO_get_mem_data (bio, &data);
  text = g_markup_escape_text (data, (gssize) size);
  BIO_free (bio);
  return text;
}

char *
bench_assertion (X509 *certificate, const char *id, gint age)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, -age);
  g_autofree char *stamp = g_date_time_format (then, "%Y-%m-%dT%H:%M:%S.000Z");
  g_autofree char *issuer = dup_subject (certificate);
  const char *value = "<s:AttributeValue xsi:type=\"xs:string\">";

  return g_strdup_printf (
      "<s:Assertion xmlns:s=\"urn:oasis:names:tc:SAML:2.0:assertion\""
      " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
      " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" ID=\"%s\" IssueInstant=\"%s\""
      " Version=\"2.0\"><s:Issuer>%s</s:Issuer><s:Subject><s:NameID>" BENCH_GP "</s:NameID>"
      "</s:Subject><s:AuthnStatement AuthnInstant=\"%s\"/><s:AttributeStatement>"
      "<s:Attribute Name=\"VIHF_Version\">%s3.0</s:AttributeValue></s:Attribute>"
      "<s:Attribute Name=\"Authentification_Mode\">%sDIRECTE</s:AttributeValue></s:Attribute>"
      "<s:Attribute Name=\"Identifiant_Structure\">%s" BENCH_CABINET "</s:AttributeValue>"
      "</s:Attribute><s:Attribute Name=\"urn:oasis:names:tc:xacml:2.0:subject:role\">"
      "<s:AttributeValue><Role xmlns=\"urn:hl7-org:v3\" code=\"10\""
      " codeSystem=\"1.2.250.1.71.1.2.7\"/></s:AttributeValue><s:AttributeValue>"
      "<Role xmlns=\"urn:hl7-org:v3\" code=\"SM26\" codeSystem=\"1.2.250.1.71.4.2.5\"/>"
      "</s:AttributeValue></s:Attribute>"
      "<s:Attribute Name=\"urn:oasis:names:tc:xacml:2.0:resource:resource-id\">%s" BENCH_INS
      "^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH</s:AttributeValue></s:Attribute>"
      "<s:Attribute Name=\"Ressource_URN\">%surn:dmp</s:AttributeValue></s:Attribute>"
      "<s:Attribute Name=\"urn:oasis:names:tc:xspa:1.0:subject:purposeofuse\"><s:AttributeValue>"
      "<PurposeOfUse xmlns=\"urn:hl7-org:v3\" code=\"normal\"/></s:AttributeValue></s:Attribute>"
      "<s:Attribute Name=\"LPS_Nom\">%st</s:AttributeValue></s:Attribute>"
      "<s:Attribute Name=\"LPS_Version\">%s1</s:AttributeValue></s:Attribute>"
      "<s:Attribute Name=\"LPS_ID_HOMOLOGATION_DMP\">%sx</s:AttributeValue></s:Attribute>"
      "</s:AttributeStatement></s:Assertion>",
      id, stamp, issuer, stamp, value, value, value, value, value, value, value, value);
}

xmlDoc *
bench_envelope (const char *assertion, BenchKey *key)
{
  g_autofree char *text =
      g_strdup_printf ("<e:Envelope xmlns:e=\"" DMP_HOST_NS_SOAP12
                       "\"><e:Header><w:Security xmlns:w=\"" DMP_HOST_NS_WSSE
                       "\">%s</w:Security></e:Header><e:Body><x/></e:Body></e:Envelope>",
                       assertion);
  g_autoptr (GError) error = NULL;
  xmlDoc *doc = dmp_xml_parse (text, strlen (text), &error);
  xmlNode *node;

  g_assert_no_error (error);
  if (key != NULL)
    {
      DmpXmlSigner signer = { sign, key, key->certificate };

      node = dmp_xml_child (dmp_xml_root (doc), DMP_HOST_NS_SOAP12, "Header");
      node = dmp_xml_child (dmp_xml_child (node, "*", "Security"), "*", "Assertion");
      dmp_xml_sign (node, "ID", dmp_xml_child (node, "*", "Issuer"), &signer, &error);
      g_assert_no_error (error);
    }
  return doc;
}
