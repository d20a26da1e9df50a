#include "config.h"

#include "cda/dmp-cda-write.h"
#include "model/dmp-code-table.h"
#include "model/dmp-date.h"
#include "model/dmp-oid.h"
#include "model/dmp-unique-id.h"
#include "td/dmp-metadata.h"
#include "td/dmp-td-authorise.h"
#include "td/dmp-td-find.h"
#include "td/dmp-td-retrieve.h"
#include "td/dmp-td-status.h"
#include "td/dmp-td-submit.h"
#include "wire/dmp-wire-client.h"
#include "xml/software-key.h"

#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>

/* The client's transactions against the real reference host over mutual TLS, with the general
 * practitioner's keys from files in place of the card. Host and client read the specification
 * separately; here they must agree.
 * usage: td-exchange URL PKI-FOLDER (started by test-td-host.sh) */

typedef struct
{
  DmpWireClient *client;
  SoftwareKey *signature;
  DmpPractitioner *practitioner;
  DmpSituation *situation;
} Bench;

/* The patients of tests/host/tiny.py: the key completes a number in order. */
static DmpPatient *
patient_of (guint number)
{
  g_autofree char *digits = g_strdup_printf ("1500199999%03u", number);
  g_autofree char *ins =
      g_strdup_printf ("%s%02u", digits, 97 - (guint) (g_ascii_strtoull (digits, NULL, 10) % 97));
  DmpPatientFields f = { .ins = ins,
                         .ins_oid = DMP_OID_INS_NIR_TEST,
                         .birth_family = "ESSAI",
                         .given = "JEAN",
                         .given_all = "JEAN",
                         .birth_date = "19500101",
                         .birth_place = "99999",
                         .sex = DMP_SEX_MALE };

  return dmp_patient_new (&f);
}

/* @message: (transfer full) */
static DmpMessage *
call (const Bench *bench, const DmpTd *td, DmpMessage *message, DmpPatient *patient, GError **error)
{
  g_autoptr (DmpMessage) owned = message;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  DmpVihfParams params = { .authentication = DMP_VIHF_DIRECT,
                           .practitioner = bench->practitioner,
                           .situation = bench->situation,
                           .patient = patient,
                           .software_id = "1",
                           .software_name = "Caducée",
                           .software_version = "0.1",
                           .homologation = "TEST",
                           .authenticated = now };
  DmpXmlSigner signer = software_key_signer (bench->signature);
  g_autoptr (DmpVihf) vihf = dmp_vihf_new (&params, &signer, error);
  DmpWireRequest request = { td->endpoint, td->action, owned, vihf, td->repeatable };
  DmpMessage *reply = NULL;

  if (vihf == NULL)
    return NULL;
  dmp_wire_client_call (bench->client, &request, NULL, &reply, error);

  return reply;
}

static DmpTdStatusResult *
status (const Bench *bench, guint number)
{
  static const DmpTdSender sender = { .oid = "1.2.250.1.999.1", .name = "Caducée", .test = TRUE };
  g_autoptr (DmpPatient) patient = patient_of (number);
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply =
      call (bench, &dmp_td_status,
            dmp_td_status_write (&sender, dmp_patient_get_ins (patient), DMP_OID_INS_NIR_TEST),
            patient, &error);
  DmpTdStatusResult *result = NULL;

  g_assert_no_error (error);
  result = dmp_td_status_parse (reply, &error);
  g_assert_no_error (error);

  return result;
}

static DmpTdFindResult *
find (const Bench *bench, guint number, const DmpTdFindFilter *filter, GError **error)
{
  g_autoptr (DmpPatient) patient = patient_of (number);
  g_autoptr (DmpMessage) reply =
      call (bench, &dmp_td_find,
            dmp_td_find_write (dmp_patient_get_ins (patient), DMP_OID_INS_NIR_TEST, filter),
            patient, error);

  return reply != NULL ? dmp_td_find_parse (reply, error) : NULL;
}

static DmpTdFindResult *
find_all (const Bench *bench, guint number)
{
  DmpTdFindFilter filter = { .statuses = 1u << DMP_STATUS_APPROVED | 1u << DMP_STATUS_DEPRECATED |
                                         1u << DMP_STATUS_ARCHIVED };
  g_autoptr (GError) error = NULL;
  DmpTdFindResult *result = find (bench, number, &filter, &error);

  g_assert_no_error (error);

  return result;
}

static DmpDocumentEntry *
entry_of (const DmpTdFindResult *found, const char *unique_id)
{
  for (guint i = 0; i < found->entries->len; i++)
    if (g_str_equal (dmp_document_entry_get_unique_id (found->entries->pdata[i]), unique_id))
      return found->entries->pdata[i];

  return NULL;
}

static void
test_status (gconstpointer data)
{
  const Bench *bench = data;
  static const struct
  {
    guint number;
    gboolean exists, closed;
    DmpAuthorisation authorisation;
    gboolean medecin_traitant;
  } rows[] = {
    { 1, TRUE, FALSE, DMP_AUTHORISATION_VALID, TRUE },
    { 2, TRUE, FALSE, DMP_AUTHORISATION_NONE, FALSE },
    { 3, TRUE, FALSE, DMP_AUTHORISATION_EXPIRED, FALSE },
    { 4, TRUE, FALSE, DMP_AUTHORISATION_DENIED, FALSE },
    { 5, TRUE, TRUE, DMP_AUTHORISATION_NONE, FALSE },
    { 999, FALSE, FALSE, DMP_AUTHORISATION_NONE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DmpTdStatusResult) r = status (bench, rows[i].number);
      g_autoptr (DmpPatient) asked = patient_of (rows[i].number);

      g_test_message ("patient %u", rows[i].number);
      g_assert_cmpint (r->exists, ==, rows[i].exists);
      g_assert_cmpint (r->closed, ==, rows[i].closed);
      if (!r->closed)
        g_assert_cmpint (r->authorisation, ==, rows[i].authorisation);
      g_assert_cmpint (r->medecin_traitant, ==, rows[i].medecin_traitant);
      if (r->exists)
        g_assert_cmpstr (dmp_patient_get_ins (r->patient), ==, dmp_patient_get_ins (asked));
    }
}

static void
authorise (const Bench *bench, gboolean add)
{
  g_autoptr (DmpPatient) patient = patient_of (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply =
      call (bench, &dmp_td_authorise, dmp_td_authorise_write (add, FALSE), patient, &error);
  g_autofree char *remark = NULL;

  g_assert_no_error (error);
  g_assert_true (dmp_td_authorise_parse (reply, &remark, &error));
  g_assert_no_error (error);
}

static void
test_authorise (gconstpointer data)
{
  const Bench *bench = data;
  g_autoptr (GError) before = NULL;
  g_autoptr (DmpTdStatusResult) given = NULL, taken = NULL;
  g_autoptr (DmpTdFindResult) found = NULL;

  g_assert_null (find (bench, 2, NULL, &before));
  g_assert_error (before, DMP_ERROR, DMP_ERROR_NOT_AUTHORISED);
  authorise (bench, TRUE);
  authorise (bench, TRUE); /* done already: no error */
  given = status (bench, 2);
  g_assert_cmpint (given->authorisation, ==, DMP_AUTHORISATION_VALID);
  found = find_all (bench, 2);
  g_assert_cmpuint (found->entries->len, ==, 1);
  authorise (bench, FALSE);
  taken = status (bench, 2);
  g_assert_cmpint (taken->authorisation, ==, DMP_AUTHORISATION_NONE);
}

static void
test_refused (gconstpointer data)
{
  const Bench *bench = data;
  g_autoptr (GError) denied = NULL, unknown = NULL, other = NULL;
  g_autoptr (DmpPatient) main = patient_of (1);
  g_autoptr (DmpPatient) stranger = patient_of (2);
  g_autoptr (DmpMessage) reply = NULL;

  g_assert_null (find (bench, 4, NULL, &denied));
  g_assert_error (denied, DMP_ERROR, DMP_ERROR_BLOCKED_BY_PATIENT);
  g_assert_null (find (bench, 999, NULL, &unknown));
  g_assert_error (unknown, DMP_ERROR, DMP_ERROR_NO_RECORD);
  /* The assertion speaks of another patient than the query. */
  reply = call (bench, &dmp_td_find,
                dmp_td_find_write (dmp_patient_get_ins (stranger), DMP_OID_INS_NIR_TEST, NULL),
                main, &other);
  if (reply != NULL)
    g_assert_null (dmp_td_find_parse (reply, &other));
  g_assert_error (other, DMP_ERROR, DMP_ERROR_WRONG_PATIENT);
}

/* All documents in one request, each checked against its entry. */
static void
test_read (gconstpointer data)
{
  const Bench *bench = data;
  g_autoptr (DmpTdFindResult) found = find_all (bench, 1);
  g_autoptr (DmpPatient) patient = patient_of (1);
  g_autofree DmpTdDocumentId *ids = g_new0 (DmpTdDocumentId, found->entries->len + 1);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (GError) error = NULL;
  guint n = found->entries->len, unasked;

  g_assert_cmpuint (n, >=, 7);
  g_assert_cmpint (found->total, ==, n);
  g_assert_cmpuint (found->unusable, ==, 0);
  for (guint i = 0; i < n; i++)
    {
      const DmpDocumentEntryFields *f = dmp_document_entry_get_fields (found->entries->pdata[i]);

      g_assert_nonnull (f->hash);
      g_assert_cmpint (f->size, >, 0);
      g_assert_nonnull (f->type_code);
      ids[i] = (DmpTdDocumentId){ f->repository_id, f->unique_id };
    }
  ids[n] = (DmpTdDocumentId){ DMP_OID_REPOSITORY, "2.25.999" };
  reply = call (bench, &dmp_td_retrieve, dmp_td_retrieve_write (ids, n + 1), patient, &error);
  g_assert_no_error (error);
  rows = dmp_td_retrieve_parse (reply, ids, n + 1, &unasked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unasked, ==, 0);
  for (guint i = 0; i < n; i++)
    {
      const DmpRetrieved *row = rows->pdata[i];

      g_assert_no_error (row->error);
      g_assert_true (dmp_td_retrieve_check (row->bytes, found->entries->pdata[i], &error));
      g_assert_no_error (error);
    }
  g_assert_error (((DmpRetrieved *) rows->pdata[n])->error, DMP_ERROR, DMP_ERROR_NOT_FOUND);
}

static void
test_filter (gconstpointer data)
{
  const Bench *bench = data;
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func (g_object_unref);
  DmpTdFindFilter filter = { .types = types };
  g_autoptr (DmpTdFindResult) prescriptions = NULL, references = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (types, dmp_code_table_dup_code (DMP_TABLE_TYPE, "57833-6", NULL));
  prescriptions = find (bench, 1, &filter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (prescriptions->entries->len, ==, 1);
  filter.references_only = TRUE;
  references = find (bench, 1, &filter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (references->entries->len, ==, 0);
  g_assert_cmpuint (references->references->len, ==, 1);
}

/* --- TD2.1 ------------------------------------------------------------------------------------ */

/* A level 1 document, and its metadata. @bytes: (out) */
static DmpDocumentEntry *
make_document (const Bench *bench,
               DmpPatient *patient,
               const char *id,
               const char *set,
               const char *old,
               GBytes **bytes)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (DmpCode) type = dmp_code_table_dup_code (DMP_TABLE_TYPE, "11488-4", NULL);
  g_autoptr (GBytes) text = g_bytes_new_static ("Bonjour", 7);
  g_autoptr (DmpCdaDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  DmpDocumentEntry *entry;
  DmpCdaLevel1 level1 = { .bytes = text,
                          .mime = "text/plain",
                          .frame.unique_id = id,
                          .frame.set_id = set,
                          .frame.version = old != NULL ? 2 : 1,
                          .frame.replaces = old,
                          .frame.title = "Lettre d’essai",
                          .frame.type = type,
                          .frame.service_start = "20260110",
                          .frame.now = now,
                          .frame.patient = patient,
                          .frame.practitioner = bench->practitioner,
                          .frame.situation = bench->situation };

  *bytes = dmp_cda_write_level1 (&level1, &error);
  g_assert_no_error (error);
  document = dmp_cda_document_parse (*bytes, &error);
  g_assert_no_error (error);
  entry = dmp_metadata_from_cda (document, DMP_VISIBILITY_HIDDEN_FROM_PATIENT, &error);
  g_assert_no_error (error);

  return entry;
}

static gboolean
submit (const Bench *bench,
        DmpPatient *patient,
        DmpDocumentEntry *entry,
        GBytes *bytes,
        const char *replaces,
        GError **error)
{
  g_autofree char *set_id = dmp_unique_id_new_oid ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = dmp_date_dup_utc (now);
  g_autoptr (DmpCode) content = dmp_code_table_dup_code (DMP_TABLE_CONTENT_TYPE, "07", NULL);
  DmpTdSubmission set = { .unique_id = set_id,
                          .source_id = "1.2.250.1.999.1",
                          .time = time,
                          .title = "Envoi",
                          .content_type = content,
                          .practitioner = bench->practitioner,
                          .situation = bench->situation,
                          .patient = patient };
  DmpTdSubmissionDocument one = { .entry = dmp_document_entry_get_fields (entry),
                                  .replaces = replaces,
                                  .bytes = bytes };
  DmpMessage *message = dmp_td_submit_write (&set, &one, 1, error);
  g_autoptr (DmpMessage) reply =
      message != NULL ? call (bench, &dmp_td_submit, message, patient, error) : NULL;

  return reply != NULL && dmp_td_submit_parse (reply, NULL, error);
}

static GBytes *
retrieve (const Bench *bench, DmpPatient *patient, DmpDocumentEntry *entry)
{
  const DmpDocumentEntryFields *f = dmp_document_entry_get_fields (entry);
  DmpTdDocumentId id = { f->repository_id, f->unique_id };
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply =
      call (bench, &dmp_td_retrieve, dmp_td_retrieve_write (&id, 1), patient, &error);
  g_autoptr (GPtrArray) rows = NULL;
  DmpRetrieved *row;

  g_assert_no_error (error);
  rows = dmp_td_retrieve_parse (reply, &id, 1, NULL, &error);
  g_assert_no_error (error);
  row = rows->pdata[0];
  g_assert_no_error (row->error);

  return g_bytes_ref (row->bytes);
}

/* What was said of the document comes back as it was said. */
static void
assert_same_entry (DmpDocumentEntry *sent, DmpDocumentEntry *listed)
{
  const DmpDocumentEntryFields *a = dmp_document_entry_get_fields (sent);
  const DmpDocumentEntryFields *b = dmp_document_entry_get_fields (listed);
  g_autofree char *author_a = dmp_document_entry_dup_author (sent);
  g_autofree char *author_b = dmp_document_entry_dup_author (listed);

  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->mime, ==, b->mime);
  g_assert_cmpstr (a->language, ==, b->language);
  g_assert_cmpstr (a->creation, ==, b->creation);
  g_assert_cmpstr (a->service_start, ==, b->service_start);
  g_assert_cmpstr (a->legal_authenticator, ==, b->legal_authenticator);
  g_assert_cmpstr (author_a, ==, author_b);
  g_assert_cmpint (a->visibility, ==, b->visibility);
  g_assert_true (dmp_code_equal (a->type_code, b->type_code));
  g_assert_true (dmp_code_equal (a->class_code, b->class_code));
  g_assert_true (dmp_code_equal (a->format_code, b->format_code));
  g_assert_true (dmp_code_equal (a->practice_setting, b->practice_setting));
  g_assert_true (dmp_code_equal (a->facility_type, b->facility_type));
  g_assert_cmpint (b->status, ==, DMP_STATUS_APPROVED);
}

static void
test_submit (gconstpointer data)
{
  const Bench *bench = data;
  g_autoptr (DmpPatient) patient = patient_of (1);
  g_autofree char *id = dmp_unique_id_new_oid (), *next = dmp_unique_id_new_oid ();
  g_autofree char *set = dmp_unique_id_new_oid ();
  g_autoptr (GBytes) bytes = NULL, bytes2 = NULL, other = NULL, stored = NULL;
  g_autoptr (DmpDocumentEntry) entry = make_document (bench, patient, id, set, NULL, &bytes);
  g_autoptr (DmpDocumentEntry) twin = make_document (bench, patient, id, set, id, &other);
  g_autoptr (DmpDocumentEntry) entry2 = make_document (bench, patient, next, set, id, &bytes2);
  g_autoptr (DmpTdFindResult) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL, again = NULL;
  DmpDocumentEntry *listed, *listed2;

  g_assert_true (submit (bench, patient, entry, bytes, NULL, &error));
  g_assert_no_error (error);
  first = find_all (bench, 1);
  listed = entry_of (first, id);
  g_assert_nonnull (listed);
  assert_same_entry (entry, listed);
  stored = retrieve (bench, patient, listed);
  g_assert_true (g_bytes_equal (stored, bytes));
  g_assert_true (dmp_td_retrieve_check (stored, listed, &error));

  /* The same once more is one feed; other bytes under its name are refused; a new version replaces
   * it. */
  g_assert_true (submit (bench, patient, entry, bytes, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (submit (bench, patient, entry, other, NULL, &again));
  g_assert_error (again, DMP_ERROR, DMP_ERROR_DUPLICATE);
  g_assert_true (submit (bench, patient, entry2, bytes2,
                         dmp_document_entry_get_fields (listed)->entry_uuid, &error));
  g_assert_no_error (error);
  second = find_all (bench, 1);
  listed2 = entry_of (second, next);
  g_assert_nonnull (listed2);
  g_assert_cmpuint (second->entries->len, ==, first->entries->len + 1);
  g_assert_cmpint (dmp_document_entry_get_fields (entry_of (second, id))->status, ==,
                   DMP_STATUS_DEPRECATED);
}

/* --- Frame ------------------------------------------------------------------------------------ */

static SoftwareKey *
load_key (const char *folder, const char *name)
{
  g_autofree char *key_path = g_strdup_printf ("%s/cards/gp/%s.key", folder, name);
  g_autofree char *pem_path = g_strdup_printf ("%s/cards/gp/%s.pem", folder, name);
  SoftwareKey *key = g_new0 (SoftwareKey, 1);
  FILE *file = fopen (key_path, "re");

  g_assert_nonnull (file);
  key->key = PEM_read_PrivateKey (file, NULL, NULL, NULL);
  fclose (file);
  file = fopen (pem_path, "re");
  g_assert_nonnull (file);
  key->certificate = PEM_read_X509 (file, NULL, NULL, NULL);
  fclose (file);

  return key;
}

static void
bench_open (Bench *bench, const char *url, const char *folder)
{
  g_autofree char *ca = g_build_filename (folder, "trust-server.pem", NULL);
  g_autoptr (SoftwareKey) authentication = load_key (folder, "auth");
  DmpWireConfig config = { .base_url = url, .ca_file = ca };
  DmpWireCredential credential = { .key = authentication->key,
                                   .certificate = authentication->certificate };
  g_autoptr (DmpCode) profession = dmp_code_new ("10", DMP_OID_PROFESSION, "Médecin");
  g_autoptr (DmpCode) speciality = dmp_code_table_dup_code (DMP_TABLE_SPECIALITY, "SM26", NULL);
  DmpPractitionerFields f = { .national_id = "899700000017",
                              .family = "LEROY",
                              .given = "Claire",
                              .civility = "DR",
                              .profession = profession,
                              .speciality = speciality,
                              .card_kind = "CPS" };
  g_autoptr (GError) error = NULL;

  bench->signature = load_key (folder, "sign");
  bench->practitioner = dmp_practitioner_new (&f);
  bench->situation = dmp_situation_new ("Cabinet du Dr LEROY", "499700000017001", "SA07");
  bench->client = dmp_wire_client_new (&config, &credential, &error);
  g_assert_no_error (error);
}

static void
bench_close (Bench *bench)
{
  dmp_wire_client_free (bench->client);
  software_key_free (bench->signature);
  g_object_unref (bench->practitioner);
  g_object_unref (bench->situation);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  int failed;

  g_test_init (&argc, &argv, NULL);
  if (argc != 3)
    return EXIT_FAILURE;

  bench_open (&bench, argv[1], argv[2]);
  g_test_add_data_func ("/td/host/status", &bench, test_status);
  g_test_add_data_func ("/td/host/authorise", &bench, test_authorise);
  g_test_add_data_func ("/td/host/refused", &bench, test_refused);
  g_test_add_data_func ("/td/host/read", &bench, test_read);
  g_test_add_data_func ("/td/host/filter", &bench, test_filter);
  g_test_add_data_func ("/td/host/submit", &bench, test_submit);
  failed = g_test_run ();
  bench_close (&bench);

  return failed;
}
