#pragma once

#include "dmp-host-pki.h"

#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/* The TLS side of a connection: who may knock, and who it is (protocol: transport.md §1). */

/* The four suites of the LPS access under TLS 1.2; @tls13 adds TLS 1.3.
 * Returns: (transfer none): a GnuTLS priority string */
const char *dmp_host_tls_priorities (gboolean tls13);

/* The peer of one connection. Set once, when its certificate has been verified. */
typedef struct
{
  DmpHostPki *pki;
  gint64 clock_offset; /* seconds */
  DmpHostIdentity *identity;
} DmpHostTlsPeer;

/* Arms @session before its handshake: a certificate is required and verified when it arrives; a
 * wrong one ends the handshake with an alert. @peer lives as long as the session.
 * @ticket_key: of gnutls_session_ticket_key_generate() */
void
dmp_host_tls_arm (gnutls_session_t session, DmpHostTlsPeer *peer, const gnutls_datum_t *ticket_key);

/* After the handshake: whether @peer is known. A resumed session has shown no certificate: the one
 * in its ticket is verified now. */
gboolean dmp_host_tls_know (gnutls_session_t session, DmpHostTlsPeer *peer);

G_END_DECLS
