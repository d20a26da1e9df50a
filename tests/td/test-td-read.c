#include "config.h"

#include "model/dmp-oid.h"
#include "td-support.h"
#include "td/dmp-td-authorise.h"
#include "td/dmp-td-find.h"
#include "td/dmp-td-retrieve.h"
#include "td/dmp-td-status.h"
#include "td/dmp-td-submit.h"

#include <string.h>

/* --- TD0.2 ----------------------------------------------------------------------------------- */

static DmpTdStatusResult *
status_of (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply = td_message_from_reply (name);
  DmpTdStatusResult *result = dmp_td_status_parse (reply, &error);

  g_assert_no_error (error);

  return result;
}

static void
test_status_open (void)
{
  g_autoptr (DmpTdStatusResult) r = status_of ("status-open.xml");
  const DmpPatientFields *f = dmp_patient_get_fields (r->patient);

  g_assert_true (r->exists);
  g_assert_false (r->closed);
  g_assert_cmpint (r->authorisation, ==, DMP_AUTHORISATION_VALID);
  g_assert_cmpstr (r->authorisation_code, ==, "VALIDE");
  g_assert_true (r->medecin_traitant);
  g_assert_true (r->attached_to_ens);
  g_assert_false (r->internet_account);
  /* The INS is taken, not the old computed number before it. */
  g_assert_cmpstr (f->ins, ==, "258127512300197");
  g_assert_cmpstr (f->ins_oid, ==, DMP_OID_INS_NIR_TEST);
  g_assert_cmpstr (f->birth_family, ==, "D'AUBIGNÉ");
  g_assert_null (f->family); /* NON RENSEIGNE */
  g_assert_cmpstr (f->given, ==, "LÉONIE");
  g_assert_cmpstr (f->given_all, ==, "LÉONIE ANNE");
  g_assert_cmpstr (f->birth_date, ==, "19581203");
  g_assert_cmpint (f->sex, ==, DMP_SEX_FEMALE);
}

static void
test_status_closed (void)
{
  g_autoptr (DmpTdStatusResult) r = status_of ("status-closed.xml");

  g_assert_true (r->exists);
  g_assert_true (r->closed);
  g_assert_cmpstr (r->closed_at, ==, "20260115");
  g_assert_cmpstr (r->closed_reason, ==, "FERMETURE_DEMANDE_PATIENT");
  g_assert_cmpstr (r->closed_text, ==, "Demande du patient");
  g_assert_cmpint (r->authorisation, ==, DMP_AUTHORISATION_NONE);
}

static void
test_status_none (void)
{
  g_autoptr (DmpTdStatusResult) plain = status_of ("status-none.xml");
  g_autoptr (DmpTdStatusResult) refused = status_of ("status-none-refused.xml");

  g_assert_false (plain->exists);
  g_assert_false (refused->exists);
  g_assert_null (plain->patient);
}

/* The words for each state, as guides and other clients spell them. */
static void
test_status_spellings (void)
{
  static const struct
  {
    const char *word;
    DmpAuthorisation state;
  } rows[] = {
    { "VALIDE", DMP_AUTHORISATION_VALID },     { "valide", DMP_AUTHORISATION_VALID },
    { "EXPIRE", DMP_AUTHORISATION_EXPIRED },   { "EXPIREE", DMP_AUTHORISATION_EXPIRED },
    { "Expirée", DMP_AUTHORISATION_EXPIRED },  { "INTERDIT", DMP_AUTHORISATION_DENIED },
    { "INTERDITE", DMP_AUTHORISATION_DENIED }, { "denied", DMP_AUTHORISATION_DENIED },
    { "NON_EXISTE", DMP_AUTHORISATION_NONE },  { "INEXISTANTE", DMP_AUTHORISATION_NONE },
    { "QUOI_ENCORE", DMP_AUTHORISATION_NONE }, { "", DMP_AUTHORISATION_NONE },
    { "INVALIDE", DMP_AUTHORISATION_NONE },
  };
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "td", "replies", "status-open.xml", NULL);
  g_autofree char *xml = NULL;

  g_assert_true (g_file_get_contents (path, &xml, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) parts = g_strsplit (xml, "VALIDE", 2);
      g_autofree char *other = g_strjoinv (rows[i].word, parts);
      g_autoptr (DmpMessage) reply = td_message_from_xml (other, -1);
      g_autoptr (DmpTdStatusResult) r = dmp_td_status_parse (reply, NULL);

      g_assert_nonnull (r);
      g_assert_cmpint (r->authorisation, ==, rows[i].state);
      g_assert_cmpstr (r->authorisation_code, ==, rows[i].word);
    }
}

static void
assert_status_error (const char *name, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply = td_message_from_reply (name);

  g_assert_null (dmp_td_status_parse (reply, &error));
  td_assert_error (error, code);
}

static void
test_status_refused (void)
{
  g_autoptr (DmpTdStatusResult) expired = status_of ("status-expired.xml");

  g_assert_cmpint (expired->authorisation, ==, DMP_AUTHORISATION_EXPIRED);
  assert_status_error ("status-refused.xml", DMP_ERROR_FORBIDDEN);
  assert_status_error ("status-contradiction.xml", DMP_ERROR_INVALID_MESSAGE);
  assert_status_error ("status-odd-state.xml", DMP_ERROR_INVALID_MESSAGE);
  assert_status_error ("find-mixed.xml", DMP_ERROR_INVALID_MESSAGE);
}

/* --- TD0.3 ----------------------------------------------------------------------------------- */

static void
test_authorise (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remark = NULL, *nothing = NULL;
  g_autoptr (DmpMessage) done = td_message_from_reply ("authorise-done.xml");
  g_autoptr (DmpMessage) already = td_message_from_reply ("authorise-already.xml");

  g_assert_true (dmp_td_authorise_parse (done, &nothing, &error));
  g_assert_null (nothing);
  g_assert_true (dmp_td_authorise_parse (already, &remark, &error));
  g_assert_cmpstr (remark, ==, "Autorisation déjà présente aucune action effectuée");
}

static void
assert_authorise_error (const char *name, int code, const char *host_code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply = td_message_from_reply (name);

  g_assert_false (dmp_td_authorise_parse (reply, NULL, &error));
  td_assert_error (error, code);
  g_assert_cmpstr (dmp_error_get_host_code (error), ==, host_code);
}

static void
test_authorise_refused (void)
{
  assert_authorise_error ("authorise-refused.xml", DMP_ERROR_FORBIDDEN,
                          "DMPAccessDeniedByRightsService");
  assert_authorise_error ("authorise-new-code.xml", DMP_ERROR_FAULT, "DMPTotallyNew");
  assert_authorise_error ("authorise-empty.xml", DMP_ERROR_INVALID_MESSAGE, NULL);
  assert_authorise_error ("submit-ok.xml", DMP_ERROR_INVALID_MESSAGE, NULL);
}

/* --- TD3.1 ----------------------------------------------------------------------------------- */

static DmpTdFindResult *
found_in (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply = td_message_from_reply (name);
  DmpTdFindResult *result = dmp_td_find_parse (reply, &error);

  g_assert_no_error (error);

  return result;
}

static const DmpDocumentEntryFields *
entry_fields (const DmpTdFindResult *result, guint i)
{
  return dmp_document_entry_get_fields (g_ptr_array_index (result->entries, i));
}

static void
test_find_one (void)
{
  g_autoptr (DmpTdFindResult) r = found_in ("find-mixed.xml");
  const DmpDocumentEntryFields *f = entry_fields (r, 0);
  const DmpAuthor *author = g_ptr_array_index (f->authors, 0);

  g_assert_cmpstr (f->entry_uuid, ==, "urn:uuid:00000000-0000-4000-8000-000000000001");
  g_assert_cmpstr (f->unique_id, ==, "2.25.1");
  g_assert_cmpstr (f->repository_id, ==, DMP_OID_REPOSITORY);
  g_assert_cmpstr (f->patient_id, ==, "258127512300197^^^&1.2.250.1.213.1.4.10&ISO^NH");
  g_assert_cmpstr (f->title, ==, "Consultation & suite");
  g_assert_cmpstr (f->comments, ==, "Relire");
  g_assert_cmpstr (f->mime, ==, "text/xml");
  g_assert_cmpstr (f->language, ==, "fr-FR");
  g_assert_cmpint (f->size, ==, 1234);
  g_assert_cmpuint (f->version, ==, 2);
  g_assert_cmpint (f->status, ==, DMP_STATUS_APPROVED);
  g_assert_cmpint (f->visibility, ==, DMP_VISIBILITY_NORMAL);
  g_assert_cmpstr (f->creation, ==, "20260110083000");
  g_assert_cmpstr (f->service_start, ==, "202601100815");
  g_assert_null (f->service_stop);
  g_assert_cmpstr (dmp_code_get_code (f->type_code), ==, "11488-4");
  g_assert_cmpstr (dmp_code_get_system (f->type_code), ==, DMP_OID_LOINC);
  g_assert_cmpstr (dmp_code_get_code (f->facility_type), ==, "SA07");
  g_assert_cmpstr (dmp_code_get_code (f->practice_setting), ==, "AMBULATOIRE");
  g_assert_cmpstr (dmp_code_get_display (f->format_code), ==, "PDF");
  g_assert_cmpstr (author->id, ==, "899700000017");
  g_assert_cmpstr (author->id_oid, ==, DMP_OID_PROFESSIONAL);
  g_assert_cmpstr (author->institution_id, ==, "499700000017001");
  g_assert_cmpstr (dmp_code_get_code (author->specialty), ==, "G15_10/SM26");
}

static void
test_find_mixed (void)
{
  g_autoptr (DmpTdFindResult) r = found_in ("find-mixed.xml");
  const DmpDocumentEntryFields *lab = entry_fields (r, 2), *own = entry_fields (r, 3);
  g_autofree char *lab_author = dmp_document_entry_dup_author (r->entries->pdata[2]);
  g_autofree char *own_author = dmp_document_entry_dup_author (r->entries->pdata[3]);
  DmpSubmissionSet *set = g_ptr_array_index (r->submission_sets, 0);

  g_assert_cmpuint (r->entries->len, ==, 4);
  g_assert_cmpint (r->total, ==, 4);
  g_assert_cmpuint (r->unusable, ==, 0);
  g_assert_false (r->partial);
  /* What the associations say. */
  g_assert_cmpstr (entry_fields (r, 0)->replaces, ==, entry_fields (r, 1)->entry_uuid);
  g_assert_cmpstr (entry_fields (r, 0)->submission_set, ==, "2.25.900");
  g_assert_cmpstr (entry_fields (r, 0)->submission_time, ==, "20260110084500");
  g_assert_null (entry_fields (r, 1)->submission_set);
  /* Another repository, hidden twice over, archived, a size that is none. */
  g_assert_cmpstr (lab->repository_id, ==, "1.2.250.1.213.4.1.1.1.4");
  g_assert_cmpint (lab->visibility, ==,
                   DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS |
                       DMP_VISIBILITY_HIDDEN_FROM_REPRESENTATIVES);
  g_assert_cmpint (lab->status, ==, DMP_STATUS_ARCHIVED);
  g_assert_cmpint (lab->size, ==, -1);
  g_assert_cmpuint (lab->authors->len, ==, 2);
  g_assert_cmpstr (lab_author, ==, "LBM Bioval");
  g_assert_cmpstr (own_author, ==, "Léonie D'AUBIGNÉ");
  g_assert_true (dmp_document_entry_is_from_patient (r->entries->pdata[3]));
  g_assert_cmpint (own->visibility, ==, DMP_VISIBILITY_HIDDEN_FROM_PATIENT);
  /* Equal codes are one object. */
  g_assert_true (entry_fields (r, 0)->class_code == entry_fields (r, 1)->class_code);
  g_assert_cmpstr (set->source_id, ==, "1.2.250.1.999.1.1.4242");
  g_assert_cmpstr (set->comments, ==, "Remarque");
  g_assert_cmpstr (dmp_code_get_code (set->content_type), ==, "07");
  g_assert_cmpuint (set->authors->len, ==, 1);
  g_assert_cmpuint (r->associations->len, ==, 2);
  g_assert_cmpstr (r->references->pdata[0], ==, "urn:uuid:00000000-0000-4000-8000-000000000300");
}

/* One there twice, one without identifier, a broken association: counted, the rest is kept. */
static void
test_find_odd (void)
{
  g_autoptr (DmpTdFindResult) r = found_in ("find-odd.xml");
  g_autofree char *author = NULL;

  g_assert_cmpuint (r->entries->len, ==, 2);
  g_assert_cmpuint (r->unusable, ==, 3);
  g_assert_cmpint (r->total, ==, -1);
  g_assert_cmpint (entry_fields (r, 1)->status, ==, DMP_STATUS_UNKNOWN);
  g_assert_cmpuint (entry_fields (r, 1)->version, ==, 1);
  g_assert_null (entry_fields (r, 1)->title);
  author = dmp_document_entry_dup_author (r->entries->pdata[1]);
  g_assert_cmpstr (author, ==, "texte libre");
}

static void
test_find_partial (void)
{
  g_autoptr (DmpTdFindResult) r = found_in ("find-partial.xml");
  DmpRegistryError *warning = g_ptr_array_index (r->warnings, 0);

  g_assert_true (r->partial);
  g_assert_cmpuint (r->entries->len, ==, 1);
  g_assert_cmpstr (warning->code, ==, "XDSRegistryNotAvailable");
  g_assert_cmpstr (warning->context, ==, "un registre");
  g_assert_true (warning->warning);
}

static void
assert_find_error (const char *name, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply = td_message_from_reply (name);

  g_assert_null (dmp_td_find_parse (reply, &error));
  td_assert_error (error, code);
}

static void
test_find_refused (void)
{
  assert_find_error ("find-failure.xml",
                     DMP_ERROR_NO_RECORD); /* the warning before does not count */
  assert_find_error ("find-blocked.xml", DMP_ERROR_NOT_AUTHORISED);
  assert_find_error ("status-open.xml", DMP_ERROR_INVALID_MESSAGE);
}

/* --- TD3.2 ----------------------------------------------------------------------------------- */

#define REPOSITORY DMP_OID_REPOSITORY

static const DmpTdDocumentId asked[] = { { REPOSITORY, "2.25.1" },  { REPOSITORY, "2.25.2" },
                                         { REPOSITORY, "2.25.3" },  { REPOSITORY, "2.25.4" },
                                         { REPOSITORY, "2.25.5" },  { REPOSITORY, "2.25.10" },
                                         { REPOSITORY, "2.25.100" } };

static void
assert_row (GPtrArray *rows, guint i, const char *content, int code)
{
  const DmpRetrieved *row = g_ptr_array_index (rows, i);

  g_assert_cmpstr (row->unique_id, ==, asked[i].unique_id);
  if (content != NULL)
    {
      g_assert_no_error (row->error);
      g_assert_cmpmem (g_bytes_get_data (row->bytes, NULL), g_bytes_get_size (row->bytes), content,
                       strlen (content));
      return;
    }
  g_assert_null (row->bytes);
  td_assert_error (row->error, code);
}

static void
test_retrieve (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply = td_message_from_reply ("retrieve-some.xml");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("<b/>", 4);
  g_autoptr (GPtrArray) rows = NULL;
  guint unasked = 0;

  g_ptr_array_add (reply->attachments, dmp_attachment_new ("b@host", "text/xml", bytes));
  rows = dmp_td_retrieve_parse (reply, asked, G_N_ELEMENTS (asked), &unasked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (asked));
  g_assert_cmpuint (unasked, ==, 1);
  assert_row (rows, 0, "Allo", 0);                       /* inline base64 */
  assert_row (rows, 1, "<b/>", 0);                       /* attached */
  assert_row (rows, 2, NULL, DMP_ERROR_INVALID_MESSAGE); /* its part is missing */
  assert_row (rows, 3, NULL, DMP_ERROR_INVALID_MESSAGE); /* twice */
  assert_row (rows, 4, NULL, DMP_ERROR_INVALID_MESSAGE); /* no content */
  assert_row (rows, 5, NULL, DMP_ERROR_NOT_FOUND);       /* named by the host's error */
  assert_row (rows, 6, NULL, DMP_ERROR_NOT_FOUND);       /* not named: the first error */
}

static void
test_retrieve_failure (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply = td_message_from_reply ("retrieve-failure.xml");

  g_assert_null (dmp_td_retrieve_parse (reply, asked, 2, NULL, &error));
  td_assert_error (error, DMP_ERROR_FAULT);
  g_assert_cmpstr (dmp_error_get_host_code (error), ==, "XDSRepositoryBusy");
}

static gboolean
check (gint64 size, const char *hash, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  DmpDocumentEntryFields f = { .unique_id = "1.2", .size = size, .hash = hash };
  g_autoptr (DmpDocumentEntry) entry = dmp_document_entry_new (&f);

  return dmp_td_retrieve_check (bytes, entry, error);
}

static void
test_retrieve_check (void)
{
  g_autoptr (GError) size = NULL, hash = NULL;

  /* SHA-1 of "abc": FIPS 180-2, appendix A. */
  g_assert_true (check (3, "A9993E364706816ABA3E25717850C26C9CD0D89D", NULL));
  g_assert_true (check (-1, NULL, NULL));
  g_assert_false (check (4, NULL, &size));
  td_assert_error (size, DMP_ERROR_ALTERED);
  g_assert_false (check (3, "a9993e364706816aba3e25717850c26c9cd0d89e", &hash));
  td_assert_error (hash, DMP_ERROR_ALTERED);
}

/* --- TD2.1 ----------------------------------------------------------------------------------- */

static void
test_submit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) warnings = NULL;
  g_autoptr (DmpMessage) ok = td_message_from_reply ("submit-ok.xml");
  g_autoptr (DmpMessage) again = td_message_from_reply ("submit-duplicate.xml");
  g_autoptr (DmpMessage) other = td_message_from_reply ("find-mixed.xml");
  g_autoptr (GError) wrong = NULL;

  g_assert_true (dmp_td_submit_parse (ok, &warnings, &error));
  g_assert_cmpuint (warnings->len, ==, 1);
  g_assert_false (dmp_td_submit_parse (again, NULL, &error));
  td_assert_error (error, DMP_ERROR_DUPLICATE);
  g_assert_false (dmp_td_submit_parse (other, NULL, &wrong));
  td_assert_error (wrong, DMP_ERROR_INVALID_MESSAGE);
  /* Whoever reads it must know that something may have happened. */
  g_assert_nonnull (strstr (wrong->message, "peut-être"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/td/read/status-open", test_status_open);
  g_test_add_func ("/td/read/status-closed", test_status_closed);
  g_test_add_func ("/td/read/status-none", test_status_none);
  g_test_add_func ("/td/read/status-spellings", test_status_spellings);
  g_test_add_func ("/td/read/status-refused", test_status_refused);
  g_test_add_func ("/td/read/authorise", test_authorise);
  g_test_add_func ("/td/read/authorise-refused", test_authorise_refused);
  g_test_add_func ("/td/read/find-one", test_find_one);
  g_test_add_func ("/td/read/find-mixed", test_find_mixed);
  g_test_add_func ("/td/read/find-odd", test_find_odd);
  g_test_add_func ("/td/read/find-partial", test_find_partial);
  g_test_add_func ("/td/read/find-refused", test_find_refused);
  g_test_add_func ("/td/read/retrieve", test_retrieve);
  g_test_add_func ("/td/read/retrieve-failure", test_retrieve_failure);
  g_test_add_func ("/td/read/retrieve-check", test_retrieve_check);
  g_test_add_func ("/td/read/submit", test_submit);

  return g_test_run ();
}
