#include "config.h"

#include "td-support.h"
#include "model/dmp-oid.h"
#include "xml/dmp-c14n.h"

#include <string.h>

#define NS_SOAP "http://www.w3.org/2003/05/soap-envelope"

DmpMessage *
td_message_from_xml (const char *xml, gssize len)
{
  g_autoptr (GError) error = NULL;
  xmlDoc *doc = dmp_xml_parse (xml, len < 0 ? strlen (xml) : (gsize) len, &error);
  xmlNode *body;

  g_assert_no_error (error);
  body = dmp_xml_child (dmp_xml_child (dmp_xml_root (doc), NS_SOAP, "Body"), "*", "*");
  if (body != NULL)
    dmp_xml_make_root (body);

  return dmp_message_new (doc);
}

static DmpMessage *
message_from_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = NULL;
  gsize len;

  g_file_get_contents (path, &xml, &len, &error);
  g_assert_no_error (error);

  return td_message_from_xml (xml, (gssize) len);
}

DmpMessage *
td_message_from_reply (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "td", "replies", name, NULL);

  return message_from_file (path);
}

char *
td_shared_path (const char *path)
{
  const char *folder = g_getenv ("DMP_SHARED");
  g_autofree char *fallback = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", NULL);

  return g_build_filename (folder != NULL ? folder : fallback, path, NULL);
}

DmpMessage *
td_message_from_shared (const char *path)
{
  g_autofree char *full = td_shared_path (path);

  if (g_file_test (full, G_FILE_TEST_EXISTS))
    return message_from_file (full);

  g_test_skip ("no shared reference folder");

  return NULL;
}

/* Content ids are random: "cid:…" becomes "cid:part". */
static char *
dup_canonical (const DmpMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      dmp_c14n (dmp_message_root (message), DMP_C14N_EXCLUSIVE, NULL, NULL, &error);
  g_autoptr (GRegex) cid = g_regex_new ("cid:[^\"]+", 0, 0, NULL);
  gsize size;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);

  return g_regex_replace_literal (cid, data, (gssize) size, 0, "cid:part", 0, NULL);
}

void
td_assert_request (const DmpMessage *message, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "td", "requests", name, NULL);
  g_autofree char *written = dup_canonical (message), *expected = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) stored = NULL;
  gsize len;

  if (g_getenv ("DMP_TD_RECORD") != NULL)
    {
      g_file_set_contents (path, written, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);
  stored = td_message_from_xml (text, (gssize) len);
  expected = dup_canonical (stored);
  g_assert_cmpstr (written, ==, expected);
}

void
td_assert_error (GError *error, int code)
{
  g_assert_error (error, DMP_ERROR, code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, ".") || g_str_has_suffix (error->message, ")") ||
                 g_str_has_suffix (error->message, "]"));
}

DmpPatient *
td_patient (void)
{
  DmpPatientFields f = { .ins = "285067505612354",
                         .ins_oid = DMP_OID_INS_NIR_TEST,
                         .birth_family = "DURIEUX",
                         .family = "LAMBERT",
                         .given = "CLAIRE",
                         .birth_date = "19850612",
                         .sex = DMP_SEX_FEMALE };

  return dmp_patient_new (&f);
}

DmpPractitioner *
td_practitioner (void)
{
  g_autoptr (DmpCode) profession = dmp_code_new ("10", DMP_OID_PROFESSION, "Médecin");
  g_autoptr (DmpCode) speciality = dmp_code_new ("SM26", DMP_OID_SPECIALITY, NULL);
  DmpPractitionerFields f = { .national_id = "899700012345",
                              .family = "MOREAU",
                              .given = "CAMILLE",
                              .civility = "DR",
                              .profession = profession,
                              .speciality = speciality,
                              .card_kind = "CPS" };

  return dmp_practitioner_new (&f);
}

DmpSituation *
td_situation (void)
{
  return dmp_situation_new ("CABINET DR MOREAU", "499700012345001", "SA07");
}
