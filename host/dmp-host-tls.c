#include "config.h"

#include "dmp-host-tls.h"

#include "dmp-host-error.h"

#include <openssl/err.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

/* ECDHE-RSA with CHACHA20-POLY1305, AES-128-GCM, AES-256-GCM, AES-256-CBC-SHA384. A CPS3 signs
 * with RSA PKCS#1 only. */
#define SUITES                                                                                     \
  "NONE:+VERS-TLS1.2:+ECDHE-RSA:+CHACHA20-POLY1305:+AES-128-GCM:+AES-256-GCM:+AES-256-CBC"         \
  ":+AEAD:+SHA384:+COMP-NULL:+CTYPE-X509:+SIGN-RSA-SHA256:+SIGN-RSA-SHA384:+SIGN-RSA-SHA512"       \
  ":+GROUP-SECP256R1:+GROUP-SECP384R1:+GROUP-X25519:%SERVER_PRECEDENCE"

const char *
dmp_host_tls_priorities (gboolean tls13)
{
  return tls13 ? SUITES ":+VERS-TLS1.3:+SIGN-RSA-PSS-RSAE-SHA256:+SIGN-RSA-PSS-RSAE-SHA384"
               : SUITES;
}

static X509 *
peer_certificate (gnutls_session_t session)
{
  unsigned n = 0;
  const gnutls_datum_t *list = gnutls_certificate_get_peers (session, &n);
  const unsigned char *p;
  X509 *certificate;

  if (list == NULL || n == 0)
    return NULL;
  p = list[0].data;
  certificate = d2i_X509 (NULL, &p, (long) list[0].size);
  ERR_clear_error ();
  return certificate;
}

static gboolean
identify (gnutls_session_t session, DmpHostTlsPeer *peer, GError **error)
{
  g_autoptr (X509) certificate = peer_certificate (session);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC + peer->clock_offset;

  if (certificate == NULL)
    {
      g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INVALID_CERTIFICATE, "none");
      return FALSE;
    }
  g_clear_pointer (&peer->identity, dmp_host_identity_free);
  peer->identity =
      dmp_host_pki_check (peer->pki, certificate, DMP_HOST_DUTY_AUTHENTICATION, now, error);
  return peer->identity != NULL;
}

/* GnuTLS ends the handshake on an error but leaves the alert to us. */
static int
verify (gnutls_session_t session)
{
  DmpHostTlsPeer *peer = gnutls_session_get_ptr (session);
  g_autoptr (GError) error = NULL;

  if (identify (session, peer, &error))
    return 0;
  gnutls_alert_send (session, GNUTLS_AL_FATAL,
                     strstr (error->message, "révoqué") != NULL   ? GNUTLS_A_CERTIFICATE_REVOKED
                     : strstr (error->message, "période") != NULL ? GNUTLS_A_CERTIFICATE_EXPIRED
                     : strstr (error->message, "reconnu") != NULL ? GNUTLS_A_UNKNOWN_CA
                                                                  : GNUTLS_A_BAD_CERTIFICATE);
  return GNUTLS_E_CERTIFICATE_ERROR;
}

/* An empty certificate message (three zero bytes, RFC 5246 §7.4.6) never reaches verify(). */
static int
watch_certificate (gnutls_session_t session,
                   unsigned type,
                   unsigned when,
                   unsigned incoming,
                   const gnutls_datum_t *message)
{
  static const guint8 empty[3] = { 0 };

  if (incoming && message->size <= sizeof empty &&
      memcmp (message->data, empty, message->size) == 0)
    {
      gnutls_alert_send (session, GNUTLS_AL_FATAL, GNUTLS_A_HANDSHAKE_FAILURE);
      return GNUTLS_E_CERTIFICATE_REQUIRED;
    }
  return 0;
}

void
dmp_host_tls_arm (gnutls_session_t session, DmpHostTlsPeer *peer, const gnutls_datum_t *ticket_key)
{
  gnutls_session_set_ptr (session, peer);
  gnutls_certificate_server_set_request (session, GNUTLS_CERT_REQUIRE);
  gnutls_session_set_verify_function (session, verify);
  gnutls_handshake_set_hook_function (session, GNUTLS_HANDSHAKE_CERTIFICATE_PKT, GNUTLS_HOOK_PRE,
                                      watch_certificate);
  gnutls_session_ticket_enable_server (session, ticket_key);
}

gboolean
dmp_host_tls_know (gnutls_session_t session, DmpHostTlsPeer *peer)
{
  return peer->identity != NULL || identify (session, peer, NULL);
}
