#pragma once

#include "dmp-host-service.h"

G_BEGIN_DECLS

/* The network of the host: libmicrohttpd with GnuTLS in front of dmp_host_answer(). Two threads
 * move bytes, a small pool does the work, a watchman closes connections that take too long. */
typedef struct _DmpHostServer DmpHostServer;

/* Largest request (transport.md §2: 50 MB). */
#define DMP_HOST_MAX_BODY (50 * 1024 * 1024)

typedef struct
{
  const char *listen;      /* "127.0.0.1:0", "[::1]:8443" */
  const char *certificate; /* files, PEM; the certificate with its chain */
  const char *key;
  const char *client_ca;
  gboolean tls13;
  guint latency_ms;   /* added to every answer, for tests */
  const char *record; /* (nullable): folder that keeps every message, for tests */
} DmpHostServerOptions;

/* Listens. Returns: (transfer full) */
DmpHostServer *
dmp_host_server_new (DmpHost *host, const DmpHostServerOptions *options, GError **error);

/* Returns: the port that was bound */
guint dmp_host_server_get_port (DmpHostServer *self);

/* Finishes the requests at work, then closes everything. */
void dmp_host_server_free (DmpHostServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostServer, dmp_host_server_free)

G_END_DECLS
