#pragma once

#include "dmp-wire-client.h"

#include <curl/curl.h>
#include <openssl/ssl.h>

G_BEGIN_DECLS

/* TLS of one client: what it trusts, what it shows, and what the last handshake said. */
typedef struct
{
  X509_STORE *store;
  EVP_PKEY *key;
  X509 *certificate;
  GPtrArray *chain; /* (element-type X509) */
  gboolean pkcs1_only;
  gboolean (*check) (gpointer user_data, GError **error);
  gpointer user_data;
  gboolean asked; /* the host has asked for our certificate */
  int alert;      /* the fatal alert it sent, -1: none */
  int verify;     /* X509_V_…: what is wrong with its certificate */
  guint handshakes;
  guint resumptions;
} DmpWireTls;

/* @self: zeroed
 * @error: %DMP_ERROR_INVALID_CONFIG: @ca_file cannot be read or holds no certificate */
gboolean dmp_wire_tls_init (DmpWireTls *self,
                            const char *ca_file,
                            const DmpWireCredential *credential,
                            GError **error);
void dmp_wire_tls_clear (DmpWireTls *self);

/* Before a request: forgets the last handshake. */
void dmp_wire_tls_begin (DmpWireTls *self);

/* For CURLOPT_SSL_CTX_FUNCTION: sets all of the above on a new context, which points to @self. */
gboolean dmp_wire_tls_apply (DmpWireTls *self, SSL_CTX *context);

/* Whether the host's last alert says that it does not accept our certificate. */
gboolean dmp_wire_tls_is_refused (const DmpWireTls *self);

G_END_DECLS
