#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DMP_ERROR (dmp_error_quark ())

/* What can go wrong above the card. Each code has a stable name and an exit status
 * (dmp_error_name(), dmp_error_exit_status()); the message is a French sentence for the person:
 * what happened, whether anything was lost, what to do. */
typedef enum
{
  DMP_ERROR_INTERNAL,           /* a rule of ours is broken */
  DMP_ERROR_USAGE,              /* the caller's words are off */
  DMP_ERROR_INVALID_INS,        /* the number fails its own check key */
  DMP_ERROR_INVALID_CONFIG,     /* the settings cannot be used */
  DMP_ERROR_INVALID_XML,        /* not well-formed, or refused by the guarded parser */
  DMP_ERROR_LIMIT,              /* larger, deeper or longer than a named limit */
  DMP_ERROR_INVALID_MESSAGE,    /* the host's answer is not what the protocol says */
  DMP_ERROR_INVALID_DOCUMENT,   /* a document that cannot be read, or must not be sent */
  DMP_ERROR_SIGNATURE,          /* a signature is missing or wrong */
  DMP_ERROR_NETWORK,            /* the host cannot be reached, or the connection broke */
  DMP_ERROR_TIMEOUT,            /* the host did not answer in time */
  DMP_ERROR_TLS,                /* the host's certificate is not the expected one */
  DMP_ERROR_TLS_CLIENT,         /* the host refuses our certificate */
  DMP_ERROR_CLOCK,              /* this machine's clock is off */
  DMP_ERROR_FAULT,              /* the host refused; see dmp_error_get_host_code() */
  DMP_ERROR_NO_RECORD,          /* the patient has no record */
  DMP_ERROR_RECORD_CLOSED,      /* the record is closed */
  DMP_ERROR_NOT_AUTHORISED,     /* no valid authorisation: ask the patient */
  DMP_ERROR_BLOCKED_BY_PATIENT, /* the patient blocked this professional */
  DMP_ERROR_FORBIDDEN,          /* the profession's rights do not allow it */
  DMP_ERROR_NOT_FOUND,          /* no such document */
  DMP_ERROR_WRONG_PATIENT,      /* what came speaks of another patient */
  DMP_ERROR_ALTERED,            /* size or hash is not the announced one */
  DMP_ERROR_DUPLICATE,          /* the record holds this document already */
  DMP_ERROR_UNKNOWN_OUTCOME,    /* sent, but no answer: nobody knows yet */
  DMP_ERROR_CANCELLED,          /* stopped on demand */
  DMP_ERROR_SIGNED_OUT,         /* no card session is open */
  DMP_ERROR_LAST                /* not a code: how many there are */
} DmpErrorCode;

GQuark dmp_error_quark (void);

/* Returns: (transfer none): the stable name of @code, e.g. "not-authorised" (docs/cli.md) */
const char *dmp_error_name (DmpErrorCode code);

/* Returns: the exit status of the command line for @code: 2, 10 … 20 (docs/cli.md) */
int dmp_error_exit_status (DmpErrorCode code);

/* Sets a %DMP_ERROR that keeps the host's own code beside the sentence.
 * @host_code: (nullable): e.g. "XDSUnknownPatientId", as it stood on the wire
 * @format: the French sentence, then its arguments */
void dmp_error_set_host (GError **error,
                         DmpErrorCode code,
                         const char *host_code,
                         const char *format,
                         ...) G_GNUC_PRINTF (4, 5);

/* Returns: (transfer none) (nullable): the host's code kept in @error, or NULL */
const char *dmp_error_get_host_code (const GError *error);

G_END_DECLS
