#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Refusals of the host, by the names the protocol gives them (protocol: errors.md). The message is
 * the French text that goes on the wire beside the name; it never holds data of a patient. */
#define DMP_HOST_ERROR (dmp_host_error_quark ())

typedef enum
{
  /* Always a SOAP fault, whatever the service. */
  DMP_HOST_ERROR_BAD_REQUEST,         /* DMPBadRequest */
  DMP_HOST_ERROR_ADDRESSING,          /* a WS-Addressing header is missing */
  DMP_HOST_ERROR_UNSUPPORTED,         /* this host does not serve the transaction */
  DMP_HOST_ERROR_INTERNAL,            /* DMPInternalError */
  DMP_HOST_ERROR_INVALID_CERTIFICATE, /* DMPInvalidCertificate */
  DMP_HOST_ERROR_INVALID_SIGNATURE,   /* DMPInvalidSignature */
  DMP_HOST_ERROR_INVALID_VIHF,        /* DMPInvalidVIHF */
  /* In the answer of the service: acknowledgement, status or RegistryError. */
  DMP_HOST_ERROR_ACCESS_DENIED,
  DMP_HOST_ERROR_AUTHORISATION_REQUIRED,
  DMP_HOST_ERROR_AUTHORISATION_DENIED,
  DMP_HOST_ERROR_EMERGENCY_DENIED,
  DMP_HOST_ERROR_NOT_FOUND,
  DMP_HOST_ERROR_CLOSED,
  DMP_HOST_ERROR_UNKNOWN_PATIENT,
  DMP_HOST_ERROR_OTHER_PATIENT,
  DMP_HOST_ERROR_DOCUMENT_UNIQUE_ID,
  DMP_HOST_ERROR_REGISTRY,
  DMP_HOST_ERROR_REPOSITORY,
  DMP_HOST_ERROR_REGISTRY_METADATA,
  DMP_HOST_ERROR_REPOSITORY_METADATA,
  DMP_HOST_ERROR_MISSING_DOCUMENT,
  DMP_HOST_ERROR_MISSING_METADATA,
  DMP_HOST_ERROR_DUPLICATE_UNIQUE_ID,
  DMP_HOST_ERROR_NON_IDENTICAL_HASH,
  DMP_HOST_ERROR_REPLACE_FAILED,
  DMP_HOST_ERROR_UNKNOWN_QUERY,
  DMP_HOST_ERROR_MISSING_PARAM,
  DMP_HOST_ERROR_PARAM_NUMBER,
  DMP_HOST_ERROR_TOO_MANY,
  DMP_HOST_ERROR_UNKNOWN_REPOSITORY,
  DMP_HOST_ERROR_INVALID_CONTENT,
  DMP_HOST_ERROR_OUT_OF_RESOURCES,
  DMP_HOST_ERROR_LAST /* not a code: how many there are */
} DmpHostErrorCode;

GQuark dmp_host_error_quark (void);

/* Returns: (transfer none): the name on the wire, e.g. "XDSUnknownPatientId" */
const char *dmp_host_error_name (const GError *error);

/* Whether @error is told as a SOAP fault in every service. Errors of other domains are. */
gboolean dmp_host_error_is_fault (const GError *error);

/* Whether the request is to blame (soap:Sender) rather than the host (soap:Receiver). */
gboolean dmp_host_error_is_sender (const GError *error);

G_END_DECLS
