#include "config.h"

#include "td-support.h"
#include "td/dmp-td-authorise.h"
#include "td/dmp-td-find.h"
#include "td/dmp-td-retrieve.h"
#include "td/dmp-td-status.h"
#include "td/dmp-td-submit.h"

#include <string.h>

/* Answers that others wrote: the DMP's own as the protocol notes show them, and those of two other
 * systems. They lie in the shared reference folder; without it the tests are skipped. */

#define SAMPLES "protocol/samples/"
#define MESSAGES "testdata/messages/"

static void
test_status (void)
{
  static const struct
  {
    const char *file;
    gboolean exists, closed;
    DmpAuthorisation authorisation;
  } rows[] = {
    { SAMPLES "td0.2_response_active_authorised.xml", TRUE, FALSE, DMP_AUTHORISATION_VALID },
    { SAMPLES "td0.2_response_active_not_authorised.xml", TRUE, FALSE, DMP_AUTHORISATION_NONE },
    { SAMPLES "td0.2_response_closed.xml", TRUE, TRUE, DMP_AUTHORISATION_NONE },
    { SAMPLES "td0.2_response_notfound.xml", FALSE, FALSE, DMP_AUTHORISATION_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DmpMessage) reply = td_message_from_shared (rows[i].file);
      g_autoptr (DmpTdStatusResult) r = NULL;
      g_autofree char *name = NULL;

      if (reply == NULL)
        return;
      r = dmp_td_status_parse (reply, &error);
      g_assert_no_error (error);
      g_assert_cmpint (r->exists, ==, rows[i].exists);
      g_assert_cmpint (r->closed, ==, rows[i].closed);
      g_assert_cmpint (r->authorisation, ==, rows[i].authorisation);
      if (!r->exists)
        continue;
      name = dmp_patient_dup_display_name (r->patient);
      g_assert_cmpstr (name, ==, "LAMBERT Claire, née DURIEUX");
      g_assert_cmpstr (dmp_patient_get_ins (r->patient), ==, "285067505612354");
    }
}

static void
test_authorise (void)
{
  g_autoptr (DmpMessage) done = td_message_from_shared (SAMPLES "td0.3_response.xml");
  g_autoptr (DmpMessage) refused = td_message_from_shared (SAMPLES "td0.3_response_refused.xml");
  g_autoptr (GError) error = NULL;

  if (done == NULL)
    return;
  g_assert_true (dmp_td_authorise_parse (done, NULL, &error));
  g_assert_false (dmp_td_authorise_parse (refused, NULL, &error));
  td_assert_error (error, DMP_ERROR_FORBIDDEN);
}

/* Entries, references, associations and errors of each answer; NULL id: not looked at. */
static void
test_find (void)
{
  static const struct
  {
    const char *file;
    guint entries, references, associations, unusable;
    gboolean partial;
    const char *unique_id, *title;
  } rows[] = {
    { SAMPLES "td3.1_finddocuments_response.xml", 1, 0, 0, 0, FALSE,
      "1.2.250.1.999.1.1.4242.1.20260302081500.1", "Compte rendu de consultation" },
    { SAMPLES "td3.1_getassociations_response.xml", 0, 0, 1, 0, FALSE, NULL, NULL },
    { SAMPLES "td3.1_getdocuments_objectref_response.xml", 0, 1, 0, 0, FALSE, NULL, NULL },
    { SAMPLES "td3.1_response_empty.xml", 0, 0, 0, 0, FALSE, NULL, NULL },
    { MESSAGES "epr-ch/5e260c_epr_samples_ITI-18_response_raw.xml", 1, 0, 0, 0, FALSE,
      "2.25.306443472873218838784535217290635593269", "Vaccination - FSME-Immun 0.25 ml Junior" },
    { MESSAGES
      "openxds/052541_oxds_www_cn-project-pages_samples_RegistryStoredQueryFindDocsResponse"
      ".xml",
      1, 0, 0, 0, FALSE, "1.3.6.1.4.1.21367.2010.1.2.110.1260801017357.8",
      "Southside Clinic Clinical Summary" },
    /* Its two entries are abridged: they have no identifier. */
    { MESSAGES "openxds/54d2f6_oxds_www_cn-project-pages_samples_InitiatingGatewayResponse.xml", 0,
      0, 0, 2, TRUE, NULL, NULL },
    { MESSAGES "openxds/c7b93a_oxds_www_cn-project-pages_samples_CrossGatewayQueryResponse.xml", 0,
      0, 0, 0, FALSE, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DmpMessage) reply = td_message_from_shared (rows[i].file);
      g_autoptr (DmpTdFindResult) r = NULL;

      if (reply == NULL)
        return;
      r = dmp_td_find_parse (reply, &error);
      g_assert_no_error (error);
      g_test_message ("%s", rows[i].file);
      g_assert_cmpuint (r->entries->len, ==, rows[i].entries);
      g_assert_cmpuint (r->references->len, ==, rows[i].references);
      g_assert_cmpuint (r->associations->len, ==, rows[i].associations);
      g_assert_cmpuint (r->unusable, ==, rows[i].unusable);
      g_assert_cmpint (r->partial, ==, rows[i].partial);
      if (rows[i].unique_id == NULL)
        continue;
      g_assert_cmpstr (dmp_document_entry_get_unique_id (r->entries->pdata[0]), ==,
                       rows[i].unique_id);
      g_assert_cmpstr (dmp_document_entry_get_title (r->entries->pdata[0]), ==, rows[i].title);
    }
}

static void
test_find_failure (void)
{
  g_autoptr (DmpMessage) reply = td_message_from_shared (SAMPLES "td3.1_response_failure.xml");
  g_autoptr (GError) error = NULL;

  if (reply == NULL)
    return;
  g_assert_null (dmp_td_find_parse (reply, &error));
  td_assert_error (error, DMP_ERROR_NO_RECORD);
  g_assert_cmpstr (dmp_error_get_host_code (error), ==, "XDSUnknownPatientId");
}

static void
test_retrieve (void)
{
  static const DmpTdDocumentId ours = { "1.2.250.1.213.4.1.1.1.2",
                                        "1.2.250.1.999.1.1.4242.1.20260302081500.1" };
  static const DmpTdDocumentId theirs[] = {
    { "1.3.6.1.4.1.21367.2010.1.2.1125", "1.3.6.1.4.1.21367.2010.1.2.110.1260801017357.8" },
    { "1.2.3", "4.5.6" },
  };
  g_autoptr (DmpMessage) failure = td_message_from_shared (SAMPLES "td3.2_response_failure.xml");
  g_autoptr (DmpMessage) inlined = td_message_from_shared (
      MESSAGES "openxds/9c3cee_oxds_www_cn-project-pages_samples_RetrieveDocumentSetResponse.xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL, strangers = NULL;
  const DmpRetrieved *first;
  guint unasked = 0;

  if (failure == NULL)
    return;
  rows = dmp_td_retrieve_parse (failure, &ours, 1, NULL, &error);
  g_assert_no_error (error);
  td_assert_error (((DmpRetrieved *) rows->pdata[0])->error, DMP_ERROR_NOT_FOUND);
  strangers = dmp_td_retrieve_parse (inlined, theirs, 2, &unasked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unasked, ==, 0);
  first = strangers->pdata[0];
  /* Its base64 is cut short: one character more than a multiple of four. */
  td_assert_error (first->error, DMP_ERROR_INVALID_MESSAGE);
  td_assert_error (((DmpRetrieved *) strangers->pdata[1])->error, DMP_ERROR_NOT_FOUND);
}

static void
test_submit (void)
{
  static const char *const good[] = {
    SAMPLES "td2.1_response.xml",
    MESSAGES "epr-ch/eafa2e_epr_samples_ITI-41_response.xml",
    MESSAGES
    "openxds/35f5c3_oxds_www_cn-project-pages_samples_ProvideAndRegisterDocumentSet-bResponse.xml",
  };
  g_autoptr (DmpMessage) failure = td_message_from_shared (SAMPLES "td2.1_response_failure.xml");
  g_autoptr (GError) error = NULL;

  if (failure == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (DmpMessage) reply = td_message_from_shared (good[i]);

      g_assert_true (dmp_td_submit_parse (reply, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_false (dmp_td_submit_parse (failure, NULL, &error));
  td_assert_error (error, DMP_ERROR_WRONG_PATIENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/td/shared/status", test_status);
  g_test_add_func ("/td/shared/authorise", test_authorise);
  g_test_add_func ("/td/shared/find", test_find);
  g_test_add_func ("/td/shared/find-failure", test_find_failure);
  g_test_add_func ("/td/shared/retrieve", test_retrieve);
  g_test_add_func ("/td/shared/submit", test_submit);

  return g_test_run ();
}
