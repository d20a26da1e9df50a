#include "config.h"

#include "model/dmp-code-table.h"
#include "model/dmp-oid.h"
#include "model/dmp-xds-strings.h"
#include "td-support.h"
#include "td/dmp-td-authorise.h"
#include "td/dmp-td-find.h"
#include "td/dmp-td-retrieve.h"
#include "td/dmp-td-status.h"
#include "td/dmp-td-submit.h"

#define INS "285067505612354"
#define OID DMP_OID_INS_NIR_TEST

static void
test_rows (void)
{
  guint n = 0;

  for (const DmpTd *td = dmp_td_get (0); td != NULL; td = dmp_td_get (++n))
    {
      g_assert_true (g_str_has_prefix (td->id, "TD"));
      g_assert_true (g_str_has_prefix (td->action, "urn:"));
      g_assert_true (g_str_has_prefix (td->response_action, "urn:"));
      g_assert_null (strchr (td->endpoint, '/'));
    }
  g_assert_cmpuint (n, ==, 5);
  g_assert_false (dmp_td_submit.repeatable);
  g_assert_true (dmp_td_find.repeatable);
}

static void
test_status (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) now = g_date_time_new (zone, 2026, 3, 2, 9, 15, 0);
  DmpTdSender sender = { .oid = "1.2.250.1.999.1.1.4242",
                         .name = "Caducée",
                         .test = TRUE,
                         .now = now,
                         .message_id = "11111111-2222-4333-8444-555555555555",
                         .query_id = "aaaaaaaa-0000-4000-8000-000000000001" };
  g_autoptr (DmpMessage) message = dmp_td_status_write (&sender, INS, OID);
  g_autoptr (DmpMessage) other = NULL;

  td_assert_request (message, "td0.2.xml");
  g_assert_cmpuint (message->attachments->len, ==, 0);

  /* Left to itself it makes an identifier of its own each time. */
  sender.message_id = sender.query_id = NULL;
  sender.now = NULL;
  other = dmp_td_status_write (&sender, INS, OID);
  g_assert_cmpstr (
      dmp_xml_attr (dmp_xml_child (dmp_message_root (other), DMP_NS_HL7, "id"), "extension"), !=,
      "11111111-2222-4333-8444-555555555555");
}

static void
test_authorise (void)
{
  g_autoptr (DmpMessage) add = dmp_td_authorise_write (TRUE, FALSE);
  g_autoptr (DmpMessage) add_mt = dmp_td_authorise_write (TRUE, TRUE);
  g_autoptr (DmpMessage) drop = dmp_td_authorise_write (FALSE, FALSE);
  g_autoptr (DmpMessage) drop_mt = dmp_td_authorise_write (FALSE, TRUE);

  td_assert_request (add, "td0.3-add.xml");
  td_assert_request (add_mt, "td0.3-add-mt.xml");
  td_assert_request (drop, "td0.3-remove.xml");
  td_assert_request (drop_mt, "td0.3-remove-mt.xml");
}

static void
test_find (void)
{
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) formats = g_ptr_array_new_with_free_func (g_object_unref);
  DmpTdFindFilter filter = {
    .statuses = 1u << DMP_STATUS_APPROVED | 1u << DMP_STATUS_ARCHIVED,
    .types = types,
    .formats = formats,
    .created_from = "20260101000000",
    .created_to = "20261231235959",
  };
  g_autoptr (DmpMessage) plain = dmp_td_find_write (INS, OID, NULL);
  g_autoptr (DmpMessage) filtered = NULL, references = NULL;

  g_ptr_array_add (types, dmp_code_table_dup_code (DMP_TABLE_TYPE, "11502-2", NULL));
  g_ptr_array_add (types, dmp_code_table_dup_code (DMP_TABLE_TYPE, "SYNTH", NULL));
  g_ptr_array_add (formats,
                   dmp_code_new ("urn:o'neill", DMP_OID_FORMAT_IHE, NULL)); /* to be escaped */
  td_assert_request (plain, "td3.1-find.xml");
  filtered = dmp_td_find_write (INS, OID, &filter);
  td_assert_request (filtered, "td3.1-find-filtered.xml");
  filter = (DmpTdFindFilter){ .references_only = TRUE };
  references = dmp_td_find_write (INS, OID, &filter);
  td_assert_request (references, "td3.1-find-references.xml");
}

static void
test_find_others (void)
{
  static const char *const unique_ids[] = { "1.2.250.1.999.1.1.4242.1.1", "2.25.7", NULL };
  static const char *const uuids[] = { "urn:uuid:2f4c2c52-5f5e-4a27-9a77-1f0c0a0e0001", NULL };
  g_autoptr (DmpMessage) by_id = dmp_td_find_write_documents (unique_ids, NULL, TRUE);
  g_autoptr (DmpMessage) by_uuid = dmp_td_find_write_documents (NULL, uuids, FALSE);
  g_autoptr (DmpMessage) sets =
      dmp_td_find_write_submission_sets (INS, OID, "20260301000000", NULL);
  g_autoptr (DmpMessage) associations = dmp_td_find_write_associations (uuids);

  td_assert_request (by_id, "td3.1-documents-by-id.xml");
  td_assert_request (by_uuid, "td3.1-documents-by-uuid.xml");
  td_assert_request (sets, "td3.1-submission-sets.xml");
  td_assert_request (associations, "td3.1-associations.xml");
}

static void
test_quote (void)
{
  g_autofree char *plain = dmp_td_find_quote ("a");
  g_autofree char *evil = dmp_td_find_quote ("a') or ('1'='1");

  g_assert_cmpstr (plain, ==, "'a'");
  g_assert_cmpstr (evil, ==, "'a'') or (''1''=''1'");
}

static void
test_retrieve (void)
{
  static const DmpTdDocumentId ids[] = {
    { DMP_OID_REPOSITORY, "1.2.250.1.999.1.1.4242.1.1" },
    { "1.2.250.1.213.4.1.1.1.4", "2.25.7" },
  };
  g_autoptr (DmpMessage) message = dmp_td_retrieve_write (ids, G_N_ELEMENTS (ids));

  td_assert_request (message, "td3.2.xml");
}

/* --- TD2.1 ------------------------------------------------------------------------------------ */

typedef struct
{
  DmpPatient *patient;
  DmpPractitioner *practitioner;
  DmpSituation *situation;
  DmpCode *content_type;
  DmpCode *codes[5];
  GBytes *bytes;
  char *authenticator;
  DmpTdSubmission set;
  DmpDocumentEntryFields entry;
} Submission;

static void
submission_setup (Submission *s, gconstpointer data)
{
  s->patient = td_patient ();
  s->practitioner = td_practitioner ();
  s->situation = td_situation ();
  s->content_type = dmp_code_table_dup_code (DMP_TABLE_CONTENT_TYPE, "07", DMP_OID_CONTENT_TYPE);
  s->codes[0] = dmp_code_table_dup_code (DMP_TABLE_TYPE, "11488-4", NULL);
  s->codes[1] = dmp_code_table_dup_class_of_type (s->codes[0]);
  s->codes[2] =
      dmp_code_table_dup_format_of_template ("1.3.6.1.4.1.19376.1.2.20", "application/pdf");
  s->codes[3] = dmp_code_table_dup_code (DMP_TABLE_PRACTICE_SETTING, "AMBULATOIRE", NULL);
  s->codes[4] = dmp_code_table_dup_code (DMP_TABLE_FACILITY, "SA07", NULL);
  s->bytes = g_bytes_new_static ("<ClinicalDocument/>", 19);
  s->authenticator = dmp_xcn_write_professional ("899700012345", "MOREAU", "CAMILLE");
  s->set = (DmpTdSubmission){ .unique_id = "1.2.250.1.999.1.1.4242.3.1",
                              .source_id = "1.2.250.1.999.1.1.4242",
                              .time = "20260302081500",
                              .title = "Lot de documents",
                              .content_type = s->content_type,
                              .practitioner = s->practitioner,
                              .situation = s->situation,
                              .patient = s->patient };
  s->entry = (DmpDocumentEntryFields){ .unique_id = "1.2.250.1.999.1.1.4242.1.1",
                                       .title = "Compte rendu de consultation",
                                       .mime = "text/xml",
                                       .language = "fr-FR",
                                       .creation = "20260302080000",
                                       .service_start = "20260302074500",
                                       .service_stop = "20260302080000",
                                       .legal_authenticator = s->authenticator,
                                       .type_code = s->codes[0],
                                       .class_code = s->codes[1],
                                       .format_code = s->codes[2],
                                       .practice_setting = s->codes[3],
                                       .facility_type = s->codes[4] };
}

static void
submission_teardown (Submission *s, gconstpointer data)
{
  g_object_unref (s->patient);
  g_object_unref (s->practitioner);
  g_object_unref (s->situation);
  g_object_unref (s->content_type);
  for (gsize i = 0; i < G_N_ELEMENTS (s->codes); i++)
    g_object_unref (s->codes[i]);
  g_bytes_unref (s->bytes);
  g_free (s->authenticator);
}

static void
test_submit (Submission *s, gconstpointer data)
{
  DmpTdSubmissionDocument one = { .entry = &s->entry,
                                  .source_patient_id =
                                      "000123456^^^&1.2.250.1.999.1.1.4242.2&ISO^PI",
                                  .bytes = s->bytes };
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) message = dmp_td_submit_write (&s->set, &one, 1, &error);
  DmpAttachment *part;

  g_assert_no_error (error);
  td_assert_request (message, "td2.1.xml");
  g_assert_cmpuint (message->attachments->len, ==, 1);
  part = g_ptr_array_index (message->attachments, 0);
  g_assert_cmpstr (part->content_type, ==, "text/xml");
  g_assert_true (g_bytes_equal (part->bytes, s->bytes));
}

/* Two documents: one replaces, one is hidden, has two authors, comments and an event. */
static void
test_submit_two (Submission *s, gconstpointer data)
{
  g_autoptr (GPtrArray) authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  DmpAuthor patient = { .id = (char *) INS,
                        .id_oid = (char *) OID,
                        .family = (char *) "DURIEUX",
                        .given = (char *) "CLAIRE" };
  DmpAuthor machine = { .id = (char *) "1.2.3",
                        .id_oid = (char *) "1.2.9",
                        .family = (char *) "Automate & Cie",
                        .role = (char *) "Préleveur",
                        .institution = (char *) "LBM",
                        .institution_id = (char *) "1010" };
  DmpDocumentEntryFields second = s->entry;
  DmpTdSubmissionDocument both[] = {
    { .entry = &s->entry,
      .replaces = "urn:uuid:7953af1a-ba1c-41eb-816f-0050569e422e",
      .bytes = s->bytes },
    { .entry = &second, .bytes = s->bytes },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) message = NULL;

  g_ptr_array_add (authors, dmp_author_copy (&patient));
  g_ptr_array_add (authors, dmp_author_copy (&machine));
  g_ptr_array_add (events, dmp_code_new ("DEQP003", DMP_OID_CCAM, NULL));
  second.unique_id = "2.25.1234";
  second.comments = "a < b \"et\" c";
  second.authors = authors;
  second.event_codes = events;
  second.service_stop = NULL;
  second.visibility = DMP_VISIBILITY_HIDDEN_FROM_PATIENT;
  message = dmp_td_submit_write (&s->set, both, G_N_ELEMENTS (both), &error);
  g_assert_no_error (error);
  td_assert_request (message, "td2.1-two.xml");
  g_assert_cmpuint (message->attachments->len, ==, 2);
}

/* A secretary's card: internal identifier, no profession, no name. */
static void
test_submit_secretary (Submission *s, gconstpointer data)
{
  DmpPractitionerFields f = { .national_id = "10B0770001/000000018", .card_kind = "CPE" };
  g_autoptr (DmpPractitioner) secretary = dmp_practitioner_new (&f);
  DmpTdSubmissionDocument one = { .entry = &s->entry, .bytes = s->bytes };
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) message = NULL;

  s->set.practitioner = secretary;
  message = dmp_td_submit_write (&s->set, &one, 1, &error);
  g_assert_no_error (error);
  td_assert_request (message, "td2.1-secretary.xml");
}

static void
assert_refused (Submission *s, const DmpDocumentEntryFields *entry, GBytes *bytes, gsize n)
{
  DmpTdSubmissionDocument both[] = { { .entry = entry, .bytes = bytes },
                                     { .entry = entry, .bytes = bytes } };
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_td_submit_write (&s->set, both, n, &error));
  td_assert_error (error, DMP_ERROR_INVALID_DOCUMENT);
}

static void
test_submit_refused (Submission *s, gconstpointer data)
{
  DmpDocumentEntryFields f = s->entry;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  assert_refused (s, &f, s->bytes, 0);
  assert_refused (s, &f, s->bytes, 2); /* twice the same identifier */
  assert_refused (s, &f, nothing, 1);
  f.title = "";
  assert_refused (s, &f, s->bytes, 1);
  f = s->entry;
  f.unique_id = "1.2.3^4";
  assert_refused (s, &f, s->bytes, 1);
  f = s->entry;
  f.service_start = "hier";
  assert_refused (s, &f, s->bytes, 1);
  f = s->entry;
  f.class_code = NULL;
  assert_refused (s, &f, s->bytes, 1);
  s->set.time = NULL;
  assert_refused (s, &s->entry, s->bytes, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/td/write/rows", test_rows);
  g_test_add_func ("/td/write/status", test_status);
  g_test_add_func ("/td/write/authorise", test_authorise);
  g_test_add_func ("/td/write/find", test_find);
  g_test_add_func ("/td/write/find-others", test_find_others);
  g_test_add_func ("/td/write/quote", test_quote);
  g_test_add_func ("/td/write/retrieve", test_retrieve);
#define ADD(name, func)                                                                            \
  g_test_add (name, Submission, NULL, submission_setup, func, submission_teardown)
  ADD ("/td/write/submit", test_submit);
  ADD ("/td/write/submit-two", test_submit_two);
  ADD ("/td/write/submit-secretary", test_submit_secretary);
  ADD ("/td/write/submit-refused", test_submit_refused);

  return g_test_run ();
}
