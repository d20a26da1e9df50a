#include "config.h"

#include "model/dmp-error.h"
#include "software-key.h"
#include "xml/dmp-xml.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <string.h>

#define NS "urn:a"

static SoftwareKey *key;

static xmlDoc *
new_signed (void)
{
  static const char text[] =
      "<e xmlns:x='urn:unused'><a:t xmlns:a='urn:a' ID='_1' b='é'><a:i>who</a:i> <!-- c -->"
      "<a:v x:n='1'>&lt;</a:v></a:t></e>";
  DmpXmlSigner signer = software_key_signer (key);
  g_autoptr (GError) error = NULL;
  xmlDoc *doc = dmp_xml_parse (text, strlen (text), &error);
  xmlNode *element = dmp_xml_child (dmp_xml_root (doc), NS, "t");

  g_assert_no_error (error);
  g_assert_true (dmp_xml_sign (element, "ID", dmp_xml_child (element, NS, "i"), &signer, &error));
  g_assert_no_error (error);

  return doc;
}

static gboolean
verify (xmlDoc *doc)
{
  g_autoptr (GError) error = NULL;
  gboolean valid =
      dmp_xml_verify (dmp_xml_child (dmp_xml_root (doc), NS, "t"), "ID", key->certificate, &error);

  if (!valid)
    g_assert_error (error, DMP_ERROR, DMP_ERROR_SIGNATURE);
  return valid;
}

/* Written out and read back, as the host does. */
static void
test_round_trip (void)
{
  g_autoptr (xmlDoc) doc = new_signed ();
  g_autoptr (GBytes) bytes = dmp_xml_write (doc);
  g_autoptr (xmlDoc) back =
      dmp_xml_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  xmlNode *element = dmp_xml_child (dmp_xml_root (back), NS, "t");

  g_assert_true (verify (back));
  g_assert_true (dmp_xml_is (element->children->next, DMP_NS_DS, "Signature"));
}

static void
test_tampered (void)
{
  static const char *const edits[] = { "who", "&lt;", "b=\"é\"", "ID=\"_1\"", "x:n=\"1\"" };
  g_autoptr (xmlDoc) doc = new_signed ();
  g_autoptr (GBytes) bytes = dmp_xml_write (doc);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      char *at = strstr (text, edits[i]);
      gsize last = strlen (edits[i]) - (g_str_has_suffix (edits[i], "\"") ? 2 : 1);
      g_autoptr (xmlDoc) back = NULL;
      char kept;

      g_assert_nonnull (at);
      kept = at[last];
      at[last] = kept == ';' ? ' ' : kept ^ 1;
      if (kept != ';')
        {
          back = dmp_xml_parse (text, strlen (text), NULL);
          g_assert_nonnull (back);
          g_assert_false (verify (back));
        }
      at[last] = kept;
    }
}

static void
test_other_forms (void)
{
  g_autoptr (xmlDoc) doc = new_signed ();
  g_autoptr (SoftwareKey) other = software_key_new ("899700000025", "critical,nonRepudiation");
  xmlNode *element = dmp_xml_child (dmp_xml_root (doc), NS, "t");
  xmlNode *info = dmp_xml_path (element, DMP_NS_DS, "Signature/SignedInfo");
  xmlNode *reference = dmp_xml_child (info, DMP_NS_DS, "Reference");
  xmlNode *copy;

  g_assert_true (verify (doc));
  g_assert_false (dmp_xml_verify (element, "ID", other->certificate, NULL));
  /* Another element with the same ID: which one was meant? */
  copy = dmp_xml_add (dmp_xml_root (doc), NULL, "x", "ID", "_1", NULL);
  g_assert_false (verify (doc));
  xmlUnlinkNode (copy);
  xmlFreeNode (copy);
  g_assert_true (verify (doc));
  dmp_xml_set (reference, "URI", "");
  g_assert_false (verify (doc));
  dmp_xml_set (reference, "URI", "#_1");
  dmp_xml_set (dmp_xml_child (info, DMP_NS_DS, "SignatureMethod"), "Algorithm",
               "http://www.w3.org/2000/09/xmldsig#hmac-sha1");
  g_assert_false (verify (doc));
}

static GBytes *
refuse (gconstpointer data, gsize len, gpointer user_data, GError **error)
{
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT, "no");
  return NULL;
}

/* A card that does not sign leaves the tree as it was. */
static void
test_refusing_signer (void)
{
  DmpXmlSigner signer = { .sign = refuse, .certificate = key->certificate };
  g_autoptr (xmlDoc) doc = dmp_xml_new (NS, "a", "t");
  g_autoptr (GError) error = NULL;

  dmp_xml_set (dmp_xml_root (doc), "ID", "_1");
  g_assert_false (dmp_xml_sign (dmp_xml_root (doc), "ID", NULL, &signer, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT);
  g_assert_null (dmp_xml_root (doc)->children);
}

/* The judge is another program. */
static void
test_xmlsec1 (void)
{
  const char *xmlsec1 = g_getenv ("XMLSEC1");
  g_autofree char *dir = NULL;
  g_autofree char *xml = NULL;
  g_autofree char *pem = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  FILE *file;

  if (xmlsec1 == NULL || *xmlsec1 == '\0')
    {
      g_test_skip ("no xmlsec1");
      return;
    }
  dir = g_dir_make_tmp ("caducee-XXXXXX", NULL);
  xml = g_build_filename (dir, "signed.xml", NULL);
  pem = g_build_filename (dir, "trusted.pem", NULL);
  doc = new_signed ();
  bytes = dmp_xml_write (doc);
  g_assert_true (g_file_set_contents (xml, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  file = g_fopen (pem, "w");
  PEM_write_X509 (file, key->certificate);
  fclose (file);

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error, xmlsec1, "--verify", "--trusted-pem", pem, "--id-attr:ID",
                              "t", xml, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  g_unlink (xml);
  g_unlink (pem);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  key = software_key_new ("899700000017", "critical,nonRepudiation");
  g_test_add_func ("/xml/signature/round-trip", test_round_trip);
  g_test_add_func ("/xml/signature/tampered", test_tampered);
  g_test_add_func ("/xml/signature/other-forms", test_other_forms);
  g_test_add_func ("/xml/signature/refusing-signer", test_refusing_signer);
  g_test_add_func ("/xml/signature/xmlsec1", test_xmlsec1);
  status = g_test_run ();
  software_key_free (key);

  return status;
}
