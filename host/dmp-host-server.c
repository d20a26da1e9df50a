#include "config.h"

#include "dmp-host-server.h"

#include "dmp-host-connection.h"
#include "dmp-host-error.h"
#include "dmp-host-recorder.h"

#include <gio/gio.h>
#include <microhttpd.h>
#include <string.h>

#define MAX_CONNECTIONS 1024
#define MAX_CONNECTIONS_OF_ONE_ADDRESS 512
#define MAX_HEADER_BYTES (128 * 1024)
#define MAX_WAITING 64
/* Bodies held in memory by all connections together; beyond it the host says 503. */
#define MAX_HELD (256 * 1024 * 1024)
#define NETWORK_THREADS 2

struct _DmpHostServer
{
  DmpHost *host;
  guint latency_ms;
  struct MHD_Daemon *daemon;
  gnutls_datum_t ticket_key;
  DmpHostWatch *watch;
  DmpHostRecorder *recorder; /* (nullable) */
  GThreadPool *workers;
  gsize held; /* atomic: bytes of all bodies */
};

typedef struct
{
  DmpHostServer *server;
  DmpHostConnection *owner;
  struct MHD_Connection *connection;
  char *path;
  char *content_type;
  GByteArray *body;
  gsize held;
  gboolean started;
  guint refused; /* HTTP status, 0 = go on */
  DmpHostReply *reply;
} Request;

static DmpHostConnection *
owner_of (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

  return info != NULL ? info->socket_context : NULL;
}

static gnutls_session_t
session_of (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);

  return info != NULL ? info->tls_session : NULL;
}

/* Once a connection, before its handshake and after its end. */
static void
on_connection (void *data,
               struct MHD_Connection *connection,
               void **context,
               enum MHD_ConnectionNotificationCode code)
{
  DmpHostServer *self = data;
  DmpHostConnection *owner;
  const union MHD_ConnectionInfo *info;

  if (code == MHD_CONNECTION_NOTIFY_CLOSED)
    {
      dmp_host_connection_free (*context);
      *context = NULL;
      return;
    }
  info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  owner = dmp_host_connection_new (self->watch, info->connect_fd);
  owner->peer.pki = self->host->pki;
  owner->peer.clock_offset = self->host->settings.clock_offset;
  dmp_host_tls_arm (session_of (connection), &owner->peer, &self->ticket_key);
  *context = owner;
}

/* Once a request, when its first line has come. */
static void *
on_request_line (void *data, const char *uri, struct MHD_Connection *connection)
{
  Request *request = g_new0 (Request, 1);

  request->server = data;
  request->connection = connection;
  request->owner = owner_of (connection);
  dmp_host_connection_enter (request->owner, DMP_HOST_PHASE_HEADERS);
  return request;
}

static void
on_completed (void *data,
              struct MHD_Connection *connection,
              void **context,
              enum MHD_RequestTerminationCode code)
{
  Request *request = *context;

  *context = NULL;
  if (request == NULL)
    return;
  g_atomic_pointer_add (&request->server->held, -(gssize) request->held);
  if (code == MHD_REQUEST_TERMINATED_COMPLETED_OK)
    dmp_host_connection_enter (request->owner, DMP_HOST_PHASE_IDLE);
  g_clear_pointer (&request->body, g_byte_array_unref);
  dmp_host_reply_free (request->reply);
  g_free (request->path);
  g_free (request->content_type);
  g_free (request);
}

static void
log_reply (const DmpHostReply *reply, gint64 began)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format_iso8601 (now);

  g_printerr ("%s %s %u %s %.1fms\n", stamp, reply->transaction, reply->status, reply->result,
              (double) (g_get_monotonic_time () - began) / 1000.0);
}

/* In the pool. */
static void
work (gpointer data, gpointer user_data)
{
  Request *request = data;
  DmpHostServer *self = user_data;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&request->body));
  DmpHostRequest question = { .path = request->path,
                              .content_type = request->content_type,
                              .body = body,
                              .peer = request->owner->peer.identity };

  request->reply = dmp_host_answer (self->host, &question);
  if (self->recorder != NULL)
    dmp_host_recorder_write (self->recorder, request->connection, &question, request->reply);
  if (self->latency_ms > 0)
    g_usleep (self->latency_ms * 1000UL);
  log_reply (request->reply, began);
  dmp_host_connection_enter (request->owner, DMP_HOST_PHASE_ANSWER);
  MHD_resume_connection (request->connection);
}

static void
free_pieces (void *pieces)
{
  g_ptr_array_unref (pieces);
}

static enum MHD_Result
send_reply (Request *request)
{
  DmpHostReply *reply = request->reply;
  GPtrArray *pieces = reply->pieces;
  g_autofree struct MHD_IoVec *iov = g_new0 (struct MHD_IoVec, pieces->len);
  struct MHD_Response *response;
  enum MHD_Result result;

  for (guint i = 0; i < pieces->len; i++)
    iov[i].iov_base = g_bytes_get_data (pieces->pdata[i], &iov[i].iov_len);
  response =
      MHD_create_response_from_iovec (iov, pieces->len, free_pieces, g_ptr_array_ref (pieces));
  if (response == NULL)
    return MHD_NO;
  MHD_add_response_header (response, "Content-Type", reply->content_type);
  MHD_add_response_header (response, "Cache-Control", "no-store");
  result = MHD_queue_response (request->connection, reply->status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
send_status (struct MHD_Connection *connection, guint status)
{
  struct MHD_Response *response =
      MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT);
  enum MHD_Result result;

  if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
    MHD_add_response_header (response, "Allow", "POST");
  if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
    MHD_add_response_header (response, "Retry-After", "2");
  MHD_add_response_header (response, "Connection", "close");
  result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

/* The headers are there. */
static enum MHD_Result
begin_request (Request *request, const char *url, const char *method)
{
  struct MHD_Connection *connection = request->connection;
  const char *length =
      MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);

  request->started = TRUE;
  if (!dmp_host_tls_know (session_of (connection), &request->owner->peer))
    return MHD_NO;
  if (strcmp (method, MHD_HTTP_METHOD_POST) != 0)
    return send_status (connection, MHD_HTTP_METHOD_NOT_ALLOWED);
  if (length != NULL && g_ascii_strtoull (length, NULL, 10) > DMP_HOST_MAX_BODY)
    return send_status (connection, MHD_HTTP_CONTENT_TOO_LARGE);
  request->path = g_strdup (url);
  request->content_type = g_strdup (
      MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE));
  request->body = g_byte_array_new ();
  dmp_host_connection_enter (request->owner, DMP_HOST_PHASE_BODY);
  return MHD_YES;
}

/* A piece of the body. What is too much is read and dropped, so that the peer reads our answer. */
static void
take_piece (Request *request, const char *data, size_t size)
{
  gsize *held = &request->server->held;

  if (request->refused != 0)
    return;
  if (request->body->len + size > DMP_HOST_MAX_BODY)
    request->refused = MHD_HTTP_CONTENT_TOO_LARGE;
  else if (g_atomic_pointer_add (held, (gssize) size) + (gssize) size > MAX_HELD)
    {
      g_atomic_pointer_add (held, -(gssize) size);
      request->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
    }
  if (request->refused != 0)
    {
      g_byte_array_set_size (request->body, 0);
      return;
    }
  request->held += size;
  g_byte_array_append (request->body, (const guint8 *) data, (guint) size);
}

static enum MHD_Result
on_request (void *data,
            struct MHD_Connection *connection,
            const char *url,
            const char *method,
            const char *version,
            const char *upload,
            size_t *upload_size,
            void **context)
{
  DmpHostServer *self = data;
  Request *request = *context;

  if (!request->started)
    return begin_request (request, url, method);
  if (*upload_size > 0)
    {
      take_piece (request, upload, *upload_size);
      *upload_size = 0;
      return MHD_YES;
    }
  if (request->reply != NULL)
    return send_reply (request);
  if (request->refused == 0 && g_thread_pool_unprocessed (self->workers) >= MAX_WAITING)
    request->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
  if (request->refused != 0)
    return send_status (connection, request->refused);
  dmp_host_connection_enter (request->owner, DMP_HOST_PHASE_WORKING);
  MHD_suspend_connection (connection);
  g_thread_pool_push (self->workers, request, NULL);
  return MHD_YES;
}

static void
on_library_log (void *data, const char *format, va_list args)
{
  /* Peers that go away are no news. */
}

static GSocketAddress *
parse_address (const char *text, GError **error)
{
  g_autoptr (GSocketConnectable) connectable = g_network_address_parse (text, 0, error);
  GSocketAddress *address = NULL;

  if (connectable == NULL)
    return NULL;
  address = g_inet_socket_address_new_from_string (
      g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable)),
      g_network_address_get_port (G_NETWORK_ADDRESS (connectable)));
  if (address == NULL)
    g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "%s: not an address", text);
  return address;
}

static gboolean
start (DmpHostServer *self, const DmpHostServerOptions *options, GError **error)
{
  g_autoptr (GSocketAddress) address = parse_address (options->listen, error);
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *trust = NULL;
  guint8 native[128];
  gsize key_size = 0;

  if (address == NULL || !g_file_get_contents (options->certificate, &certificate, NULL, error) ||
      !g_file_get_contents (options->client_ca, &trust, NULL, error) ||
      !g_file_get_contents (options->key, &key, &key_size, error) ||
      !g_socket_address_to_native (address, native, sizeof native, error))
    return FALSE;
  /* Not epoll: with TLS it leaves a connection that was cut within a body unnoticed for seconds,
   * and the bodies of a dozen of them fill MAX_HELD. */
  self->daemon = MHD_start_daemon (
      MHD_USE_TLS | MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
          (g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? MHD_USE_IPv6 : 0),
      0, NULL, NULL, on_request, self, MHD_OPTION_EXTERNAL_LOGGER, on_library_log, NULL,
      MHD_OPTION_SOCK_ADDR, native, MHD_OPTION_THREAD_POOL_SIZE, NETWORK_THREADS,
      MHD_OPTION_HTTPS_MEM_CERT, certificate, MHD_OPTION_HTTPS_MEM_KEY, key,
      MHD_OPTION_HTTPS_MEM_TRUST, trust, MHD_OPTION_HTTPS_PRIORITIES,
      dmp_host_tls_priorities (options->tls13), MHD_OPTION_NOTIFY_CONNECTION, on_connection, self,
      MHD_OPTION_URI_LOG_CALLBACK, on_request_line, self, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
      self, MHD_OPTION_CONNECTION_LIMIT, MAX_CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
      MAX_CONNECTIONS_OF_ONE_ADDRESS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) MAX_HEADER_BYTES,
      MHD_OPTION_CONNECTION_TIMEOUT, DMP_HOST_IDLE_SECONDS, MHD_OPTION_END);
  dmp_host_wipe (key, key_size);
  if (self->daemon != NULL)
    return TRUE;
  g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL,
               "%s: cannot listen (address in use, or certificate and key do not fit)",
               options->listen);
  return FALSE;
}

DmpHostServer *
dmp_host_server_new (DmpHost *host, const DmpHostServerOptions *options, GError **error)
{
  g_autoptr (DmpHostServer) self = g_new0 (DmpHostServer, 1);

  self->host = host;
  self->latency_ms = options->latency_ms;
  self->watch = dmp_host_watch_new ();
  self->workers =
      g_thread_pool_new (work, self, CLAMP ((int) g_get_num_processors () * 2, 2, 16), FALSE, NULL);
  if (gnutls_session_ticket_key_generate (&self->ticket_key) < 0)
    {
      g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "no ticket key");
      return NULL;
    }
  if (options->record != NULL)
    {
      self->recorder = dmp_host_recorder_new (options->record, error);
      if (self->recorder == NULL)
        return NULL;
    }
  if (!start (self, options, error))
    return NULL;
  return g_steal_pointer (&self);
}

guint
dmp_host_server_get_port (DmpHostServer *self)
{
  const union MHD_DaemonInfo *info = MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT);

  return info != NULL ? info->port : 0;
}

void
dmp_host_server_free (DmpHostServer *self)
{
  if (self == NULL)
    return;
  if (self->daemon != NULL)
    MHD_quiesce_daemon (self->daemon);
  g_thread_pool_free (self->workers, FALSE, TRUE);
  if (self->daemon != NULL)
    MHD_stop_daemon (self->daemon);
  dmp_host_watch_free (self->watch);
  dmp_host_recorder_free (self->recorder);
  dmp_host_wipe (self->ticket_key.data, self->ticket_key.size);
  gnutls_free (self->ticket_key.data);
  g_free (self);
}
