#include "config.h"

#include "model/dmp-host-codes.h"

#include <string.h>

/* Every code of the protocol notes that names an error is found: the table is sorted. */
static void
test_known (void)
{
  static const struct
  {
    const char *code;
    DmpErrorCode error;
  } rows[] = {
    { "DMPInvalidCertificate", DMP_ERROR_FAULT },
    { "DMPInvalidVIHF", DMP_ERROR_FAULT },
    { "DMPInvalidSignature", DMP_ERROR_FAULT },
    { "DMPNotFound", DMP_ERROR_NO_RECORD },
    { "XDSUnknownPatientId", DMP_ERROR_NO_RECORD },
    { "DMPClosed", DMP_ERROR_RECORD_CLOSED },
    { "DMPFound", DMP_ERROR_FAULT },
    { "DMPAccessDeniedByRightsService", DMP_ERROR_FORBIDDEN },
    { "DMPAuthorizationRequired", DMP_ERROR_NOT_AUTHORISED },
    { "DMPAuthorizationDenied", DMP_ERROR_BLOCKED_BY_PATIENT },
    { "DMPEmergencyAccessDenied", DMP_ERROR_FORBIDDEN },
    { "DMPPatientAccessAlreadyExists", DMP_ERROR_FAULT },
    { "DMPPatientAccessOTPAlreadyExists", DMP_ERROR_FAULT },
    { "DMPBadRequest", DMP_ERROR_FAULT },
    { "DMPInternalError", DMP_ERROR_FAULT },
    { "XDSPatientIdDoesNotMatch", DMP_ERROR_WRONG_PATIENT },
    { "XDSDocumentUniqueIdError", DMP_ERROR_NOT_FOUND },
    { "XDSRepositoryError", DMP_ERROR_FAULT },
    { "XDSRegistryError", DMP_ERROR_FAULT },
    { "XDSRepositoryMetadataError", DMP_ERROR_FAULT },
    { "XDSRegistryMetadataError", DMP_ERROR_FAULT },
    { "XDSRegistryNotAvailable", DMP_ERROR_FAULT },
    { "XDSRegistryBusy", DMP_ERROR_FAULT },
    { "XDSRepositoryBusy", DMP_ERROR_FAULT },
    { "XDSRepositoryOutOfResources", DMP_ERROR_FAULT },
    { "XDSRegistryOutOfResources", DMP_ERROR_FAULT },
    { "XDSMissingDocument", DMP_ERROR_FAULT },
    { "XDSMissingDocumentMetadata", DMP_ERROR_FAULT },
    { "XDSDuplicateUniqueIdInRegistry", DMP_ERROR_DUPLICATE },
    { "XDSNonIdenticalHash", DMP_ERROR_DUPLICATE },
    { "XDSExtraMetadataNotSaved", DMP_ERROR_FAULT },
    { "XDSReplaceFailed", DMP_ERROR_FAULT },
    { "XDSUnknownStoredQuery", DMP_ERROR_FAULT },
    { "XDSStoredQueryMissingParam", DMP_ERROR_FAULT },
    { "XDSStoredQueryParamNumber", DMP_ERROR_FAULT },
    { "XDSTooManyResults", DMP_ERROR_FAULT },
    { "XDSUnknownRepositoryId", DMP_ERROR_NOT_FOUND },
    { "XDSMetadataUpdateError", DMP_ERROR_FAULT },
    { "XDSMetadataVersionError", DMP_ERROR_FAULT },
    { "XDSMetadataIdentifierError", DMP_ERROR_FAULT },
    { "InvalidDocumentContent", DMP_ERROR_FAULT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].code);
      g_assert_true (dmp_host_code_is_known (rows[i].code));
      g_assert_cmpint (dmp_host_code_get_error (rows[i].code), ==, rows[i].error);
    }
  g_assert_false (dmp_host_code_is_known ("DMPSomethingNew"));
  g_assert_false (dmp_host_code_is_known (NULL));
  g_assert_true (dmp_host_code_is_ok ("DMPOk"));
  g_assert_true (dmp_host_code_is_ok ("DMPOK"));
  g_assert_false (dmp_host_code_is_ok ("DMPClosed"));
}

static void
test_sentence (void)
{
  g_autoptr (GError) error = NULL;

  dmp_host_code_set_error (&error, "DMPClosed", NULL);
  g_assert_error (error, DMP_ERROR, DMP_ERROR_RECORD_CLOSED);
  g_assert_cmpstr (error->message, ==, "Le DMP de ce patient est fermé. (DMPClosed)");
  g_assert_cmpstr (dmp_error_get_host_code (error), ==, "DMPClosed");
  g_clear_error (&error);

  dmp_host_code_set_error (&error, "Xyz", "Structure\nintrouvable\xe2\x80\xae ou Inactive");
  g_assert_error (error, DMP_ERROR, DMP_ERROR_FAULT);
  g_assert_cmpstr (error->message, ==,
                   "Le DMP a refusé la demande. (Xyz : « Structure introuvable ou Inactive »)");
  g_clear_error (&error);

  dmp_host_code_set_error (&error, NULL, NULL);
  g_assert_error (error, DMP_ERROR, DMP_ERROR_FAULT);
  g_assert_null (dmp_error_get_host_code (error));
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL;

  dmp_host_code_set_error (&error, text, text);
  g_assert_cmpuint (strlen (error->message), <, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-codes/known", test_known);
  g_test_add_func ("/host-codes/sentence", test_sentence);
  g_test_add_func ("/host-codes/long-text", test_long_text);

  return g_test_run ();
}
