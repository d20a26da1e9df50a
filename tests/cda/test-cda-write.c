#include "config.h"

#include "cda/dmp-cda-document.h"
#include "cda/dmp-cda-write.h"
#include "cda/dmp-file-check.h"
#include "model/dmp-error.h"
#include "model/dmp-oid.h"

#include <string.h>

static const char pdf[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/* Everything a document needs, in one place so that a test may take one thing away. */
typedef struct
{
  DmpCdaLevel1 level1;
  DmpPatientFields patient;
} Draft;

static void
draft_clear (Draft *draft)
{
  g_clear_pointer (&draft->level1.bytes, g_bytes_unref);
  g_clear_pointer (&draft->level1.frame.now, g_date_time_unref);
  g_clear_object (&draft->level1.frame.type);
  g_clear_object (&draft->level1.frame.patient);
  g_clear_object (&draft->level1.frame.practitioner);
  g_clear_object (&draft->level1.frame.situation);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

static DmpPractitioner *
make_practitioner (const char *id,
                   const char *civility,
                   const char *profession,
                   const char *speciality)
{
  g_autoptr (DmpCode) g15 =
      profession ? dmp_code_new (profession, DMP_OID_PROFESSION, "Médecin") : NULL;
  g_autoptr (DmpCode) r01 =
      speciality ? dmp_code_new (speciality, DMP_OID_SPECIALITY, "Médecine générale") : NULL;
  DmpPractitionerFields fields = { .national_id = id,
                                   .family = "LEROY",
                                   .given = "Claire",
                                   .civility = civility,
                                   .profession = g15,
                                   .speciality = r01,
                                   .card_kind = profession ? "CPS" : "CPE" };

  return dmp_practitioner_new (&fields);
}

static void
draft_init (Draft *draft)
{
  draft->patient = (DmpPatientFields){ .ins = "253027700412387",
                                       .ins_oid = DMP_OID_INS_NIR_TEST,
                                       .birth_family = "DUPONT",
                                       .family = "MARTIN",
                                       .given = "JEANNE",
                                       .given_all = "JEANNE MARIE",
                                       .birth_date = "19530203",
                                       .birth_place = "77284",
                                       .sex = DMP_SEX_FEMALE };
  draft->level1 = (DmpCdaLevel1){
    .bytes = g_bytes_new (pdf, sizeof pdf - 1),
    .mime = "application/pdf",
    .frame.unique_id = "2.25.329800735698586629295641978511506172918",
    .frame.set_id = "2.25.329800735698586629295641978511506172919",
    .frame.version = 1,
    .frame.title = "Consultation du 12 janvier <& « suite »>",
    .frame.type =
        dmp_code_new ("11488-4", DMP_OID_LOINC, "CR ou fiche de consultation ou de visite"),
    .frame.service_start = "202601121430",
    .frame.now = g_date_time_new_from_iso8601 ("2026-01-12T15:02:03+01:00", NULL),
    .frame.patient = dmp_patient_new (&draft->patient),
    .frame.practitioner = make_practitioner ("899700000017", "DR", "10", "SM26"),
    .frame.situation = dmp_situation_new ("Cabinet du Dr LEROY", "499700000017001", "SA07"),
  };
}

static DmpCdaDocument *
write_and_read (const Draft *draft, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dmp_cda_write_level1 (&draft->level1, &error);
  const char *folder = g_getenv ("DMP_TEST_OUT");
  DmpCdaDocument *document;

  g_assert_no_error (error);
  if (folder)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                           &error);
      g_assert_no_error (error);
    }
  document = dmp_cda_document_parse (bytes, &error);
  g_assert_no_error (error);
  return document;
}

static void
test_read_back (void)
{
  g_auto (Draft) draft = { 0 };
  g_autoptr (DmpCdaDocument) document = NULL;
  const DmpCdaHeader *header;
  const DmpCdaPerson *author;
  const DmpCdaAttachment *file;
  g_autofree char *name = NULL;

  draft_init (&draft);
  document = write_and_read (&draft, "pdf.xml");
  header = dmp_cda_document_get_header (document);
  g_assert_cmpstr (header->unique_id, ==, draft.level1.frame.unique_id);
  g_assert_cmpstr (header->set_id, ==, draft.level1.frame.set_id);
  g_assert_cmpstr (header->title, ==, draft.level1.frame.title);
  g_assert_cmpstr (header->effective_time, ==, "20260112150203+0100");
  g_assert_true (g_str_has_prefix (header->service_start, "202601121430"));
  g_assert_true (dmp_code_equal (header->code, draft.level1.frame.type));
  g_assert_cmpstr (dmp_code_get_code (header->facility_type), ==, "SA07");
  g_assert_cmpstr (dmp_code_get_code (header->practice_setting), ==, "AMBULATOIRE");
  g_assert_true (dmp_patient_matches (header->patient, draft.level1.frame.patient));
  g_assert_cmpstr (dmp_patient_get_family (header->patient), ==, "MARTIN");
  g_assert_cmpstr (dmp_patient_get_given_all (header->patient), ==, "JEANNE MARIE");
  author = dmp_cda_document_get_person (document, DMP_CDA_ROLE_AUTHOR);
  name = dmp_cda_person_dup_display (author);
  g_assert_cmpstr (name, ==, "Dr Claire LEROY");
  g_assert_cmpstr (author->organisation_id, ==, "499700000017001");
  g_assert_cmpint (dmp_cda_document_get_body (document), ==, DMP_CDA_BODY_NON_XML);
  file = g_ptr_array_index (dmp_cda_document_get_attachments (document), 0);
  g_assert_cmpstr (file->mime, ==, "application/pdf");
  g_assert_true (g_bytes_equal (file->bytes, draft.level1.bytes));
}

static void
test_replacement (void)
{
  g_auto (Draft) draft = { 0 };
  g_autoptr (DmpCdaDocument) document = NULL;
  const DmpCdaHeader *header;

  draft_init (&draft);
  draft.level1.frame.version = 2;
  draft.level1.frame.replaces = "2.25.329800735698586629295641978511506172917";
  draft.level1.frame.service_stop = "20260112";
  draft.level1.frame.service_start = "20260110";
  draft.level1.frame.event_id = "1.2.250.1.999^séjour 1";
  document = write_and_read (&draft, "version2.xml");
  header = dmp_cda_document_get_header (document);
  g_assert_cmpuint (header->version, ==, 2);
  g_assert_cmpstr (header->replaces, ==, draft.level1.frame.replaces);
  g_assert_cmpstr (header->service_start, ==, "20260110");
  g_assert_cmpstr (header->service_stop, ==, "20260112");
}

/* A hospital doctor, a nurse without speciality, a secretary's card; other kinds of file. */
static void
test_authors (void)
{
  g_auto (Draft) draft = { 0 };
  g_autoptr (DmpCdaDocument) hospital = NULL;
  g_autoptr (DmpCdaDocument) nurse = NULL;

  draft_init (&draft);
  g_clear_object (&draft.level1.frame.situation);
  draft.level1.frame.situation =
      dmp_situation_new ("Centre hospitalier de Meaux", "10B0770001", "SA01");
  hospital = write_and_read (&draft, "hospital.xml");
  g_assert_cmpstr (dmp_code_get_code (dmp_cda_document_get_header (hospital)->practice_setting), ==,
                   "ETABLISSEMENT");
  g_clear_object (&draft.level1.frame.practitioner);
  draft.level1.frame.practitioner = make_practitioner ("899700000041", "MME", "60", NULL);
  g_clear_pointer (&draft.level1.bytes, g_bytes_unref);
  draft.level1.bytes = g_bytes_new_static ("Élève : réfection du pansement", 33);
  draft.level1.mime = "text/plain";
  nurse = write_and_read (&draft, "text.xml");
  g_assert_cmpstr (dmp_cda_document_get_person (nurse, DMP_CDA_ROLE_AUTHOR)->prefix, ==, "MME");
}

static void
assert_refused (const Draft *draft, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dmp_cda_write_level1 (&draft->level1, &error);

  g_assert_null (bytes);
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_missing (void)
{
  g_auto (Draft) draft = { 0 };
  g_autoptr (DmpPatient) nameless = NULL;
  DmpCdaLevel1 whole;

  draft_init (&draft);
  whole = draft.level1;
  draft.level1.frame.title = " ";
  assert_refused (&draft, "titre");
  draft.level1 = whole;
  draft.level1.frame.service_start = "hier";
  assert_refused (&draft, "date");
  draft.level1 = whole;
  draft.level1.frame.unique_id = "urn:uuid:1";
  assert_refused (&draft, "identifiant");
  draft.level1 = whole;
  draft.level1.mime = "application/zip";
  assert_refused (&draft, "format");
  draft.level1 = whole;
  draft.patient.birth_family = NULL;
  nameless = dmp_patient_new (&draft.patient);
  draft.level1.frame.patient = nameless;
  assert_refused (&draft, "nom de naissance");
  draft.level1 = whole;
}

/* What a file is, by its first bytes. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *data;
    gsize len;
    const char *mime;
  } files[] = {
    { "", 0, NULL },
    { "junk\n%PDF-1.4", 13, "application/pdf" },
    { "\xff\xd8\xff\xe0", 4, "image/jpeg" },
    { "\x89PNG\r\n\x1a\n", 8, "image/png" },
    { "II*\0abc", 7, "image/tiff" },
    { "{\\rtf1}", 7, "text/rtf" },
    { "\xef\xbb\xbf <?xml version='1.0'?>", 25, "text/xml" },
    { "<x xmlns='urn:hl7-org:v3'/>", 27, "text/xml" },
    { "<html>", 6, "text/plain" },
    { "caf\xe9", 4, NULL },
    { "a\x1b[2J", 5, NULL },
    { "Bonjour\n", 8, "text/plain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (files[i].data, files[i].len);

      g_assert_cmpstr (dmp_file_guess_mime (bytes), ==, files[i].mime);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cda/write/read-back", test_read_back);
  g_test_add_func ("/cda/write/replacement", test_replacement);
  g_test_add_func ("/cda/write/authors", test_authors);
  g_test_add_func ("/cda/write/missing", test_missing);
  g_test_add_func ("/cda/kinds", test_kinds);
  return g_test_run ();
}
