#include "config.h"

#include "dmp-host-error.h"

G_DEFINE_QUARK (dmp - host - error, dmp_host_error)

static const char *const names[] = {
  [DMP_HOST_ERROR_BAD_REQUEST] = "DMPBadRequest",
  [DMP_HOST_ERROR_ADDRESSING] = "MessageAddressingHeaderRequired",
  [DMP_HOST_ERROR_UNSUPPORTED] = "DMPUnsupportedTransaction",
  [DMP_HOST_ERROR_INTERNAL] = "DMPInternalError",
  [DMP_HOST_ERROR_INVALID_CERTIFICATE] = "DMPInvalidCertificate",
  [DMP_HOST_ERROR_INVALID_SIGNATURE] = "DMPInvalidSignature",
  [DMP_HOST_ERROR_INVALID_VIHF] = "DMPInvalidVIHF",
  [DMP_HOST_ERROR_ACCESS_DENIED] = "DMPAccessDeniedByRightsService",
  [DMP_HOST_ERROR_AUTHORISATION_REQUIRED] = "DMPAuthorizationRequired",
  [DMP_HOST_ERROR_AUTHORISATION_DENIED] = "DMPAuthorizationDenied",
  [DMP_HOST_ERROR_EMERGENCY_DENIED] = "DMPEmergencyAccessDenied",
  [DMP_HOST_ERROR_NOT_FOUND] = "DMPNotFound",
  [DMP_HOST_ERROR_CLOSED] = "DMPClosed",
  [DMP_HOST_ERROR_UNKNOWN_PATIENT] = "XDSUnknownPatientId",
  [DMP_HOST_ERROR_OTHER_PATIENT] = "XDSPatientIdDoesNotMatch",
  [DMP_HOST_ERROR_DOCUMENT_UNIQUE_ID] = "XDSDocumentUniqueIdError",
  [DMP_HOST_ERROR_REGISTRY] = "XDSRegistryError",
  [DMP_HOST_ERROR_REPOSITORY] = "XDSRepositoryError",
  [DMP_HOST_ERROR_REGISTRY_METADATA] = "XDSRegistryMetadataError",
  [DMP_HOST_ERROR_REPOSITORY_METADATA] = "XDSRepositoryMetadataError",
  [DMP_HOST_ERROR_MISSING_DOCUMENT] = "XDSMissingDocument",
  [DMP_HOST_ERROR_MISSING_METADATA] = "XDSMissingDocumentMetadata",
  [DMP_HOST_ERROR_DUPLICATE_UNIQUE_ID] = "XDSDuplicateUniqueIdInRegistry",
  [DMP_HOST_ERROR_NON_IDENTICAL_HASH] = "XDSNonIdenticalHash",
  [DMP_HOST_ERROR_REPLACE_FAILED] = "XDSReplaceFailed",
  [DMP_HOST_ERROR_UNKNOWN_QUERY] = "XDSUnknownStoredQuery",
  [DMP_HOST_ERROR_MISSING_PARAM] = "XDSStoredQueryMissingParam",
  [DMP_HOST_ERROR_PARAM_NUMBER] = "XDSStoredQueryParamNumber",
  [DMP_HOST_ERROR_TOO_MANY] = "XDSTooManyResults",
  [DMP_HOST_ERROR_UNKNOWN_REPOSITORY] = "XDSUnknownRepositoryId",
  [DMP_HOST_ERROR_INVALID_CONTENT] = "InvalidDocumentContent",
  [DMP_HOST_ERROR_OUT_OF_RESOURCES] = "XDSRepositoryOutOfResources",
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == DMP_HOST_ERROR_LAST);

const char *
dmp_host_error_name (const GError *error)
{
  if (error->domain != DMP_HOST_ERROR || (guint) error->code >= G_N_ELEMENTS (names))
    return names[DMP_HOST_ERROR_INTERNAL];
  return names[error->code];
}

gboolean
dmp_host_error_is_fault (const GError *error)
{
  return error->domain != DMP_HOST_ERROR || error->code <= DMP_HOST_ERROR_INVALID_VIHF;
}

gboolean
dmp_host_error_is_sender (const GError *error)
{
  return error->domain == DMP_HOST_ERROR && error->code != DMP_HOST_ERROR_INTERNAL;
}
