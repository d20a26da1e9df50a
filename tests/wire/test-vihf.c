#include "config.h"

#include "model/dmp-error.h"
#include "vihf-params.h"
#include "xml/dmp-xml.h"

#include "tests/xml/software-key.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <string.h>

#define NS_SAML "urn:oasis:names:tc:SAML:2.0:assertion"

static SoftwareKey *key;

static DmpVihf *
new_vihf (const VihfSet *set)
{
  DmpXmlSigner signer = software_key_signer (key);
  g_autoptr (GError) error = NULL;
  DmpVihf *vihf = dmp_vihf_new (&set->params, &signer, &error);

  g_assert_no_error (error);
  return vihf;
}

/* "name=value" of every attribute in order; of a coded one its code, of two roles both. */
static char *
dup_attributes (xmlNode *assertion)
{
  GString *out = g_string_new (NULL);

  dmp_xml_each (attribute, dmp_xml_child (assertion, NS_SAML, "AttributeStatement"), NS_SAML,
                "Attribute")
  {
    g_string_append_printf (out, "%s=", dmp_xml_attr (attribute, "Name"));
    dmp_xml_each (value, attribute, NS_SAML, "AttributeValue")
    {
      xmlNode *coded = dmp_xml_child (value, "urn:hl7-org:v3", "*");
      g_autofree char *text = dmp_xml_text (value);

      g_string_append_printf (out, "%s ", coded != NULL ? dmp_xml_attr (coded, "code") : text);
    }
    g_string_append_c (out, '\n');
  }

  return g_string_free (out, FALSE);
}

static void
test_direct (void)
{
  g_autoptr (VihfSet) set = vihf_set_new ();
  g_autoptr (DmpVihf) vihf = new_vihf (set);
  xmlNode *assertion = dmp_vihf_get_assertion (vihf);
  g_autofree char *attributes = dup_attributes (assertion);
  g_autofree char *issuer = dmp_xml_text (dmp_xml_child (assertion, NS_SAML, "Issuer"));
  g_autofree char *subject = dmp_xml_text (dmp_xml_path (assertion, NS_SAML, "Subject/NameID"));
  xmlNode *second = dmp_xml_next (assertion->children, "*", "*");

  g_assert_cmpstr (dmp_xml_attr (assertion, "IssueInstant"), ==, "2026-03-02T09:15:00.000Z");
  g_assert_cmpint (dmp_xml_attr (assertion, "ID")[0], ==, '_');
  g_assert_true (dmp_xml_is (second, DMP_NS_DS, "Signature"));
  g_assert_cmpstr (issuer, ==,
                   "CN=899700012345+2.5.4.4=#0c064d4f52454155+2.5.4.42=#0c0743414d494c4c45,"
                   "OU=Médecin,O=TEST,C=FR");
  g_assert_cmpstr (subject, ==, "899700012345");
  g_assert_cmpstr (attributes, ==,
                   "VIHF_Version=3.0 \n"
                   "Authentification_Mode=DIRECTE \n"
                   "Identifiant_Structure=499700012345001 \n"
                   "Secteur_Activite=SA07^1.2.250.1.71.4.2.4 \n"
                   "urn:oasis:names:tc:xacml:2.0:subject:role=10 SM26 \n"
                   "urn:oasis:names:tc:xacml:2.0:resource:resource-id="
                   "285067505612354^^^&1.2.250.1.213.1.4.10&ISO^NH \n"
                   "Ressource_URN=urn:dmp \n"
                   "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse=normal \n"
                   "LPS_ID=0000-0001 \n"
                   "LPS_Nom=Client DMP GTK \n"
                   "LPS_Version=0.1 \n"
                   "LPS_ID_HOMOLOGATION_DMP=TEST-HOMOLOGATION \n");
}

static void
test_others (void)
{
  g_autoptr (VihfSet) set = vihf_set_new ();
  DmpVihfParams *params = &set->params;
  DmpPatient *patient = params->patient;
  g_autoptr (DmpVihf) emergency = NULL;
  g_autoptr (DmpVihf) indirect = NULL;
  g_autoptr (DmpVihf) reinforced = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  params->mode = DMP_ACCESS_BREAK_GLASS;
  params->secret = TRUE;
  emergency = new_vihf (set);
  first = dup_attributes (dmp_vihf_get_assertion (emergency));
  g_assert_nonnull (strstr (first, "purposeofuse=bris_de_glace \n"
                                   "urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:"
                                   "confidentiality-code=INVISIBLE_REPRESENTANTS_LEGAUX \n"));

  params->mode = DMP_ACCESS_CENTRE_15;
  params->secret = FALSE;
  params->authentication = DMP_VIHF_INDIRECT;
  params->patient = NULL;
  indirect = new_vihf (set);
  params->patient = patient;
  second = dup_attributes (dmp_vihf_get_assertion (indirect));
  g_assert_nonnull (strstr (second, "Authentification_Mode=INDIRECTE \n"));
  g_assert_nonnull (strstr (second, "subject-id=MOREAU CAMILLE \n"));
  g_assert_nonnull (strstr (second, "purposeofuse=centre_15 \n"));
  g_assert_null (strstr (second, "resource-id"));

  params->authentication = DMP_VIHF_INDIRECT_REINFORCED;
  params->authn_class = "CONF_EXI_PGSSIS";
  reinforced = new_vihf (set);
  third = dmp_xml_text (dmp_xml_path (dmp_vihf_get_assertion (reinforced), NS_SAML,
                                      "AuthnStatement/AuthnContext/AuthnContextDecl"));
  g_assert_cmpstr (third, ==, "CONF_EXI_PGSSIS");
}

/* A secretary's card has neither profession nor speciality. */
static void
test_secretary (void)
{
  const DmpPractitionerFields who = { .national_id = "10B0770001/000000018",
                                      .family = "MOREL",
                                      .card_kind = "CPE" };
  g_autoptr (VihfSet) set = vihf_set_new ();
  g_autoptr (DmpVihf) vihf = NULL;
  g_autofree char *attributes = NULL;

  g_object_unref (set->params.practitioner);
  set->params.practitioner = dmp_practitioner_new (&who);
  vihf = new_vihf (set);
  attributes = dup_attributes (dmp_vihf_get_assertion (vihf));
  g_assert_nonnull (strstr (attributes, "subject:role=331 \n"));
}

static void
assert_refused (const VihfSet *set, const SoftwareKey *with, DmpErrorCode code)
{
  DmpXmlSigner signer = software_key_signer ((SoftwareKey *) with);
  g_autoptr (GError) error = NULL;
  guint before = with->signatures;

  g_assert_null (dmp_vihf_new (&set->params, &signer, &error));
  g_assert_error (error, DMP_ERROR, (gint) code);
  g_assert_cmpuint (with->signatures, ==, before);
}

/* Refused before the card is asked. */
static void
test_refused (void)
{
  const DmpPractitionerFields who = { .national_id = "899700012345" };
  const DmpPatientFields nobody = { .birth_family = "DURIEUX" };
  g_autoptr (SoftwareKey) authentication =
      software_key_new ("899700012345", "critical,digitalSignature");
  g_autoptr (VihfSet) set = vihf_set_new ();
  DmpPractitionerFields doctor = who;

  assert_refused (set, authentication, DMP_ERROR_SIGNATURE);
  doctor.profession = set->profession;
  g_object_unref (set->params.practitioner);
  set->params.practitioner = dmp_practitioner_new (&doctor);
  assert_refused (set, key, DMP_ERROR_USAGE);
  g_object_unref (set->params.practitioner);
  set->params.practitioner = dmp_practitioner_new (&who);
  g_object_unref (set->params.patient);
  set->params.patient = dmp_patient_new (&nobody);
  assert_refused (set, key, DMP_ERROR_USAGE);
}

static xmlNode *
strip_blanks (xmlNode *node)
{
  for (xmlNode *child = node->children; child != NULL;)
    {
      xmlNode *next = child->next;

      if (child->type == XML_ELEMENT_NODE)
        strip_blanks (child);
      else if (child->type == XML_COMMENT_NODE || xmlIsBlankNode (child))
        {
          xmlUnlinkNode (child);
          xmlFreeNode (child);
        }
      child = next;
    }

  return node;
}

/* The example of the protocol notes, but for what differs each time. */
static void
test_example (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("DMP_SHARED") != NULL ? g_getenv ("DMP_SHARED") : "",
                        "protocol/samples/vihf_direct.xml", NULL);
  g_autofree char *text = NULL;
  gsize len;
  g_autoptr (VihfSet) set = vihf_set_new ();
  g_autoptr (DmpVihf) vihf = new_vihf (set);
  static const char *const parts[] = { "Subject", "AuthnStatement", "AttributeStatement" };
  g_autoptr (xmlDoc) example = NULL;

  if (!g_file_get_contents (path, &text, &len, NULL))
    {
      g_test_skip ("no protocol notes here");
      return;
    }
  example = dmp_xml_parse (text, len, NULL);
  strip_blanks (dmp_xml_root (example));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GBytes) theirs =
          dmp_c14n (dmp_xml_child (dmp_xml_root (example), NS_SAML, parts[i]), DMP_C14N_EXCLUSIVE,
                    NULL, NULL, NULL);
      g_autoptr (GBytes) ours =
          dmp_c14n (dmp_xml_child (dmp_vihf_get_assertion (vihf), NS_SAML, parts[i]),
                    DMP_C14N_EXCLUSIVE, NULL, NULL, NULL);

      g_assert_cmpmem (g_bytes_get_data (ours, NULL), g_bytes_get_size (ours),
                       g_bytes_get_data (theirs, NULL), g_bytes_get_size (theirs));
    }
}

static void
test_issuer (void)
{
  X509 *certificate = X509_new ();
  X509_NAME *name = X509_get_subject_name (certificate);
  g_autofree char *got = NULL;

#define ADD(type, value)                                                                           \
  X509_NAME_add_entry_by_txt (name, type, MBSTRING_UTF8, (const guchar *) (value), -1, -1, 0)
  ADD ("C", "FR");
  ADD ("ST", "Rhône (69)");
  ADD ("O", " A, \"B\" + <C>; \\");
  ADD ("OU", "#10B");
  ADD ("title", "Dr");
  ADD ("CN", "x ");
#undef ADD
  got = dmp_vihf_dup_issuer (certificate);
  g_assert_cmpstr (got, ==,
                   "CN=x\\ ,2.5.4.12=#0c024472,OU=\\#10B,"
                   "O=\\ A\\, \\\"B\\\" \\+ \\<C\\>\\; \\\\,ST=Rhône (69),C=FR");
  X509_free (certificate);
}

static DmpVihf *
get (DmpVihfCache *cache, const VihfSet *set)
{
  DmpXmlSigner signer = software_key_signer (key);
  g_autoptr (GError) error = NULL;
  DmpVihf *vihf = dmp_vihf_cache_get (cache, &set->params, &signer, &error);

  g_assert_no_error (error);
  return vihf;
}

static void
test_cache (void)
{
  g_autoptr (VihfSet) set = vihf_set_new ();
  g_autoptr (DmpVihfCache) cache = dmp_vihf_cache_new (600);
  g_autoptr (DmpVihfCache) never = dmp_vihf_cache_new (0);
  g_autoptr (DmpVihf) first = get (cache, set);
  g_autoptr (DmpVihf) again = get (cache, set);
  g_autoptr (DmpVihf) other = NULL;
  g_autoptr (DmpVihf) back = NULL;
  g_autoptr (DmpVihf) cleared = NULL;
  g_autoptr (DmpVihf) one = get (never, set);
  g_autoptr (DmpVihf) two = get (never, set);

  g_assert_true (first == again);
  set->params.mode = DMP_ACCESS_CENTRE_15;
  other = get (cache, set);
  g_assert_true (other != first);
  set->params.mode = DMP_ACCESS_NORMAL;
  back = get (cache, set);
  g_assert_true (back == first);
  g_assert_cmpuint (dmp_vihf_cache_get_signed (cache), ==, 2);
  dmp_vihf_cache_clear (cache);
  cleared = get (cache, set);
  g_assert_true (cleared != first);
  g_assert_true (one != two);
  g_assert_cmpuint (dmp_vihf_cache_get_signed (never), ==, 2);
}

/* The judge is another program. */
static void
test_xmlsec1 (void)
{
  const char *xmlsec1 = g_getenv ("XMLSEC1");
  g_autofree char *dir = NULL;
  g_autofree char *xml = NULL;
  g_autofree char *pem = NULL;
  g_autoptr (VihfSet) set = vihf_set_new ();
  g_autoptr (DmpVihf) vihf = new_vihf (set);
  g_autoptr (GBytes) bytes = dmp_xml_write (dmp_vihf_get_assertion (vihf)->doc);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  FILE *file;

  if (xmlsec1 == NULL || *xmlsec1 == '\0')
    {
      g_test_skip ("no xmlsec1");
      return;
    }
  dir = g_dir_make_tmp ("caducee-XXXXXX", NULL);
  xml = g_build_filename (dir, "vihf.xml", NULL);
  pem = g_build_filename (dir, "trusted.pem", NULL);
  g_file_set_contents (xml, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       NULL);
  file = g_fopen (pem, "w");
  PEM_write_X509 (file, key->certificate);
  fclose (file);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error, xmlsec1, "--verify", "--trusted-pem", pem, "--id-attr:ID",
                              "Assertion", xml, NULL);
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
  key = software_key_new ("899700012345", "critical,nonRepudiation");
  g_test_add_func ("/vihf/direct", test_direct);
  g_test_add_func ("/vihf/others", test_others);
  g_test_add_func ("/vihf/secretary", test_secretary);
  g_test_add_func ("/vihf/refused", test_refused);
  g_test_add_func ("/vihf/example", test_example);
  g_test_add_func ("/vihf/issuer", test_issuer);
  g_test_add_func ("/vihf/cache", test_cache);
  g_test_add_func ("/vihf/xmlsec1", test_xmlsec1);
  status = g_test_run ();
  software_key_free (key);

  return status;
}
