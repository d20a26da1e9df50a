#include "config.h"

#include "cda/dmp-cda-write.h"
#include "model/dmp-code-table.h"
#include "model/dmp-oid.h"
#include "model/dmp-text.h"
#include "td-support.h"
#include "td/dmp-metadata.h"
#include "td/dmp-rim-read.h"
#include "td/dmp-td-submit.h"

#include <string.h>

static DmpCdaDocument *
level1 (DmpCode *type, GError **error)
{
  g_autoptr (DmpPatient) patient = td_patient ();
  g_autoptr (DmpPractitioner) practitioner = td_practitioner ();
  g_autoptr (DmpSituation) situation = td_situation ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3600);
  g_autoptr (GDateTime) now = g_date_time_new (zone, 2026, 3, 2, 9, 15, 0);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.4\n%%EOF\n", 15);
  g_autoptr (GBytes) cda = NULL;
  DmpCdaLevel1 in = { .bytes = pdf,
                      .mime = "application/pdf",
                      .frame.unique_id = "2.25.41",
                      .frame.set_id = "2.25.40",
                      .frame.version = 1,
                      .frame.title = "Courrier du cardiologue",
                      .frame.type = type,
                      .frame.service_start = "20260301",
                      .frame.now = now,
                      .frame.software = "Caducée",
                      .frame.patient = patient,
                      .frame.practitioner = practitioner,
                      .frame.situation = situation };

  cda = dmp_cda_write_level1 (&in, error);

  return cda != NULL ? dmp_cda_document_parse (cda, error) : NULL;
}

static void
test_level1 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpCode) type = dmp_code_table_dup_code (DMP_TABLE_TYPE, "11488-4", NULL);
  g_autoptr (DmpCdaDocument) document = level1 (type, &error);
  g_autoptr (DmpDocumentEntry) entry = NULL;
  const DmpDocumentEntryFields *f;

  g_assert_no_error (error);
  entry = dmp_metadata_from_cda (document, DMP_VISIBILITY_HIDDEN_FROM_PATIENT, &error);
  g_assert_no_error (error);
  f = dmp_document_entry_get_fields (entry);
  g_assert_cmpstr (f->unique_id, ==, "2.25.41");
  g_assert_cmpstr (f->title, ==, "Courrier du cardiologue");
  g_assert_cmpstr (f->mime, ==, "text/xml");
  g_assert_cmpstr (f->creation, ==, "20260302081500");
  g_assert_cmpstr (f->service_start, ==, "20260301");
  g_assert_cmpstr (dmp_code_get_code (f->class_code), ==, "10");
  g_assert_cmpstr (dmp_code_get_code (f->format_code), ==, "urn:ihe:iti:xds-sd:pdf:2008");
  g_assert_cmpstr (dmp_code_get_code (f->facility_type), ==, "SA07");
  g_assert_cmpstr (dmp_code_get_code (f->practice_setting), ==, "AMBULATOIRE");
  g_assert_cmpint (f->visibility, ==, DMP_VISIBILITY_HIDDEN_FROM_PATIENT);
  g_assert_cmpstr (f->legal_authenticator, ==,
                   "899700012345^MOREAU^CAMILLE^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS");
}

/* What is derived is enough to be sent. */
static void
test_submittable (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpCode) type = dmp_code_table_dup_code (DMP_TABLE_TYPE, "11488-4", NULL);
  g_autoptr (DmpCode) content = dmp_code_table_dup_code (DMP_TABLE_CONTENT_TYPE, "07", NULL);
  g_autoptr (DmpCdaDocument) document = level1 (type, &error);
  g_autoptr (DmpDocumentEntry) entry = dmp_metadata_from_cda (document, 0, &error);
  g_autoptr (DmpPatient) patient = td_patient ();
  g_autoptr (DmpPractitioner) practitioner = td_practitioner ();
  g_autoptr (DmpSituation) situation = td_situation ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("<a/>", 4);
  DmpTdSubmission set = { .unique_id = "2.25.1",
                          .source_id = "2.25.2",
                          .time = "20260302081500",
                          .content_type = content,
                          .practitioner = practitioner,
                          .situation = situation,
                          .patient = patient };
  DmpTdSubmissionDocument one = { .entry = dmp_document_entry_get_fields (entry), .bytes = bytes };
  g_autoptr (DmpMessage) message = dmp_td_submit_write (&set, &one, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (message);
}

static void
test_untaken_type (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpCode) type = dmp_code_table_dup_code (DMP_TABLE_TYPE, "FICHE-CONTACTS", NULL);
  g_autoptr (DmpCdaDocument) document = level1 (type, &error);

  g_assert_no_error (error);
  g_assert_null (dmp_metadata_from_cda (document, 0, &error));
  td_assert_error (error, DMP_ERROR_INVALID_DOCUMENT);
}

static void
assert_same_author (const DmpAuthor *a, const DmpAuthor *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->id_oid, ==, b->id_oid);
  g_assert_cmpstr (a->family, ==, b->family);
  g_assert_true (dmp_text_same (a->given, b->given));
  g_assert_cmpstr (a->institution, ==, b->institution);
  g_assert_cmpstr (a->institution_id, ==, b->institution_id);
  g_assert_true (dmp_code_equal (a->specialty, b->specialty));
}

/* A document and the metadata that somebody else wrote for it. */
static void
test_shared_pair (void)
{
  g_autoptr (DmpMessage) request =
      td_message_from_shared ("protocol/samples/td2.1_request_root.xml");
  g_autofree char *path = td_shared_path ("protocol/samples/cda_n1_pdf.xml");
  g_autoptr (DmpRimReader) reader = dmp_rim_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DmpCdaDocument) document = NULL;
  g_autoptr (DmpDocumentEntry) derived = NULL, theirs = NULL;
  const DmpDocumentEntryFields *a, *b;
  g_autofree char *text = NULL;
  gsize len;

  if (request == NULL)
    return;
  theirs = dmp_rim_read_document (
      reader,
      dmp_xml_child (dmp_xml_path (dmp_xml_child (dmp_message_root (request), DMP_NS_LCM,
                                                  "SubmitObjectsRequest"),
                                   DMP_NS_RIM, "RegistryObjectList"),
                     DMP_NS_RIM, "ExtrinsicObject"),
      NULL);
  g_file_get_contents (path, &text, &len, &error);
  bytes = g_bytes_new (text, len);
  document = dmp_cda_document_parse (bytes, &error);
  g_assert_no_error (error);
  derived = dmp_metadata_from_cda (document, 0, &error);
  g_assert_no_error (error);

  a = dmp_document_entry_get_fields (derived);
  b = dmp_document_entry_get_fields (theirs);
  g_assert_cmpstr (a->unique_id, ==, b->unique_id);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->mime, ==, b->mime);
  g_assert_cmpstr (a->language, ==, b->language);
  g_assert_cmpstr (a->service_start, ==, b->service_start);
  g_assert_cmpstr (a->service_stop, ==, b->service_stop);
  /* They write names in capitals; the document does not. */
  g_assert_true (dmp_text_same (a->legal_authenticator, b->legal_authenticator));
  g_assert_true (dmp_code_equal (a->class_code, b->class_code));
  g_assert_true (dmp_code_equal (a->type_code, b->type_code));
  g_assert_true (dmp_code_equal (a->format_code, b->format_code));
  g_assert_true (dmp_code_equal (a->practice_setting, b->practice_setting));
  g_assert_true (dmp_code_equal (a->facility_type, b->facility_type));
  g_assert_cmpstr (dmp_code_get_display (a->format_code), ==,
                   dmp_code_get_display (b->format_code));
  g_assert_cmpuint (a->authors->len, ==, b->authors->len);
  assert_same_author (a->authors->pdata[0], b->authors->pdata[0]);
}

/* Published documents of every kind, and the format each must go under (ASS_A11). */
static void
test_shared_formats (void)
{
  static const struct
  {
    const char *file, *format, *class_code;
  } rows[] = {
    { "BIO-CR-BIO_2024.01_TSH_1.xml", "urn:ihe:lab:xd-lab:2008", "10" },
    { "BIO-CR-BIO_2021.01_CDA-R2-Niveau-1.xml", "urn:ihe:iti:xds-sd:pdf:2008", "10" },
    { "VSM_1.4_2022.01.xml", "urn:asip:ci-sis:vsm:2012", "11" },
    { "CNAM-HR_2021.01.xml", "urn:asip:ci-sis:hr:2019", "60" },
    { "eP-MED-DM_2024.01_PosoStruct.xml", "urn:ihe:pharm:pre:2010", "42" },
    { "eDISP-MED_2024.01.xml", "urn:ihe:pharm:dis:2010", "43" },
    { "VAC-NOTE_2023.01.xml", "urn:asip:ci-sis:vac-note:2021", "52" },
    { "IMG_CR_IMG_2024.01.xml", "urn:ihe:rad:CDA:ImagingReportStructuredHeadings:2013", "31" },
    { "LDL-SES_2022.01.xml", "urn:asip:ci-sis:ldl-ses:2017", "10" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folder = td_shared_path ("testdata/cda-examples");
      g_autofree char *path = g_build_filename (folder, rows[i].file, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (DmpCdaDocument) document = NULL;
      g_autoptr (DmpDocumentEntry) entry = NULL;
      char *text = NULL;
      gsize len;

      if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
        {
          g_test_skip ("no shared reference folder");
          return;
        }
      g_test_message ("%s", rows[i].file);
      g_assert_true (g_file_get_contents (path, &text, &len, NULL));
      bytes = g_bytes_new_take (text, len);
      document = dmp_cda_document_parse (bytes, &error);
      g_assert_no_error (error);
      entry = dmp_metadata_from_cda (document, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (dmp_code_get_code (dmp_document_entry_get_fields (entry)->format_code), ==,
                       rows[i].format);
      g_assert_cmpstr (dmp_code_get_code (dmp_document_entry_get_class_code (entry)), ==,
                       rows[i].class_code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/td/metadata/level1", test_level1);
  g_test_add_func ("/td/metadata/submittable", test_submittable);
  g_test_add_func ("/td/metadata/untaken-type", test_untaken_type);
  g_test_add_func ("/td/metadata/shared-pair", test_shared_pair);
  g_test_add_func ("/td/metadata/shared-formats", test_shared_formats);

  return g_test_run ();
}
