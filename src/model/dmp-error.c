#include "config.h"

#include "dmp-error.h"

typedef struct
{
  char *host_code;
} DmpErrorPrivate;

static void
dmp_error_private_init (DmpErrorPrivate *priv)
{
}

static void
dmp_error_private_copy (const DmpErrorPrivate *from, DmpErrorPrivate *to)
{
  to->host_code = g_strdup (from->host_code);
}

static void
dmp_error_private_clear (DmpErrorPrivate *priv)
{
  g_free (priv->host_code);
}

/* The parentheses of GLib's macro hide a static getter named after the type. */
G_DEFINE_EXTENDED_ERROR (DmpError, dmp_error)

static const struct
{
  const char *name;
  int exit_status;
} rows[] = {
  [DMP_ERROR_INTERNAL] = { "internal", 20 },
  [DMP_ERROR_USAGE] = { "usage", 2 },
  [DMP_ERROR_INVALID_INS] = { "invalid-ins", 2 },
  [DMP_ERROR_INVALID_CONFIG] = { "invalid-config", 2 },
  [DMP_ERROR_INVALID_XML] = { "invalid-xml", 17 },
  [DMP_ERROR_LIMIT] = { "limit", 17 },
  [DMP_ERROR_INVALID_MESSAGE] = { "invalid-message", 15 },
  [DMP_ERROR_INVALID_DOCUMENT] = { "invalid-document", 17 },
  [DMP_ERROR_SIGNATURE] = { "signature", 15 },
  [DMP_ERROR_NETWORK] = { "network", 15 },
  [DMP_ERROR_TIMEOUT] = { "timeout", 15 },
  [DMP_ERROR_TLS] = { "tls", 15 },
  [DMP_ERROR_TLS_CLIENT] = { "tls-client", 15 },
  [DMP_ERROR_CLOCK] = { "clock", 15 },
  [DMP_ERROR_FAULT] = { "fault", 14 },
  [DMP_ERROR_NO_RECORD] = { "no-record", 12 },
  [DMP_ERROR_RECORD_CLOSED] = { "record-closed", 12 },
  [DMP_ERROR_NOT_AUTHORISED] = { "not-authorised", 13 },
  [DMP_ERROR_BLOCKED_BY_PATIENT] = { "blocked-by-patient", 13 },
  [DMP_ERROR_FORBIDDEN] = { "forbidden", 13 },
  [DMP_ERROR_NOT_FOUND] = { "not-found", 14 },
  [DMP_ERROR_WRONG_PATIENT] = { "wrong-patient", 17 },
  [DMP_ERROR_ALTERED] = { "altered", 17 },
  [DMP_ERROR_DUPLICATE] = { "duplicate", 17 },
  [DMP_ERROR_UNKNOWN_OUTCOME] = { "unknown-outcome", 18 },
  [DMP_ERROR_CANCELLED] = { "cancelled", 20 },
  [DMP_ERROR_SIGNED_OUT] = { "signed-out", 10 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == DMP_ERROR_LAST);

const char *
dmp_error_name (DmpErrorCode code)
{
  return (guint) code < G_N_ELEMENTS (rows) ? rows[code].name : "internal";
}

int
dmp_error_exit_status (DmpErrorCode code)
{
  return (guint) code < G_N_ELEMENTS (rows) ? rows[code].exit_status : 20;
}

void
dmp_error_set_host (
    GError **error, DmpErrorCode code, const char *host_code, const char *format, ...)
{
  g_autofree char *message = NULL;
  DmpErrorPrivate *priv;
  va_list args;

  if (error == NULL)
    return;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  *error = g_error_new_literal (DMP_ERROR, (gint) code, message);
  priv = dmp_error_get_private (*error);
  priv->host_code = g_strdup (host_code);
}

const char *
dmp_error_get_host_code (const GError *error)
{
  DmpErrorPrivate *priv;

  if (error == NULL || error->domain != DMP_ERROR)
    return NULL;

  priv = dmp_error_get_private (error);
  return priv->host_code;
}
