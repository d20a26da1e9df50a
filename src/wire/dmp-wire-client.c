#include "config.h"

#include "dmp-soap.h"
#include "dmp-wire-body.h"
#include "dmp-wire-client.h"
#include "dmp-wire-failure.h"
#include "dmp-wire-reply.h"
#include "dmp-wire-tls.h"
#include "model/dmp-error.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TRANSFER 5             /* response timeouts that a whole transfer may take */
#define MIN_BYTES_PER_MS 1         /* slower answers are given up */
#define MAX_IDLE_SECONDS (15 * 60) /* a kept-alive connection spares the card a signature */
#define RECEIVE_BUFFER (256 * 1024)

struct _DmpWireClient
{
  char *base_url; /* without a final slash */
  char *host;
  char *user_agent;
  guint connect_timeout_ms;
  guint response_timeout_ms;
  gsize max_reply;
  DmpWireTls tls;
  DmpWireCounters counters;
  gint64 skew;
  gboolean has_sent;

  /* dmp_wire_client_close() comes from other threads. */
  GMutex lock;
  gboolean running;
  gint closed; /* atomic */
  CURL *easy;
  CURLM *multi;
  CURLSH *share;
};

/* One transfer. */
typedef struct
{
  DmpWireClient *client;
  GCancellable *cancellable;
  DmpWireBody *body;
  DmpWireReply *reply;
  gboolean repeatable;
  gboolean issued;    /* the request has begun to go out, on this or an earlier connection */
  GError *error;      /* of our own callbacks */
  curl_off_t moved;   /* bytes both ways when last looked at */
  gint64 moved_at;    /* and when that changed, monotonic microseconds */
  gint64 answered_at; /* when the first byte of the answer was seen, 0: not yet */
} Transfer;

/* --- Life ------------------------------------------------------------------------------------- */

static void
init_once (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&done, 1);
    }
}

static gboolean
set_url (DmpWireClient *self, const char *url, GError **error)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG,
                           _ ("L’adresse du DMP doit commencer par « https:// » et ne porter ni "
                              "identifiant ni paramètre. Vérifiez la configuration."));
      return FALSE;
    }

  self->host = g_strdup (g_uri_get_host (uri));
  self->base_url = g_strdup (url);
  while (g_str_has_suffix (self->base_url, "/"))
    self->base_url[strlen (self->base_url) - 1] = '\0';
  return TRUE;
}

DmpWireClient *
dmp_wire_client_new (const DmpWireConfig *config,
                     const DmpWireCredential *credential,
                     GError **error)
{
  g_autoptr (DmpWireClient) self = g_new0 (DmpWireClient, 1);

  init_once ();
  g_mutex_init (&self->lock);
  if (!set_url (self, config->base_url, error) ||
      !dmp_wire_tls_init (&self->tls, config->ca_file, credential, error))
    return NULL;

  self->user_agent = g_strdup (config->user_agent);
  self->connect_timeout_ms =
      config->connect_timeout_ms > 0 ? config->connect_timeout_ms : DMP_WIRE_CONNECT_TIMEOUT * 1000;
  self->response_timeout_ms = config->response_timeout_ms > 0 ? config->response_timeout_ms
                                                              : DMP_WIRE_RESPONSE_TIMEOUT * 1000;
  self->max_reply = config->max_reply > 0 ? config->max_reply : DMP_WIRE_MAX_REPLY;
  self->easy = curl_easy_init ();
  self->multi = curl_multi_init ();
  self->share = curl_share_init ();
  curl_share_setopt (self->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);

  return g_steal_pointer (&self);
}

/* Connections and TLS sessions go with their handles. */
static void
drop_connections (DmpWireClient *self)
{
  g_clear_pointer (&self->easy, curl_easy_cleanup);
  g_clear_pointer (&self->multi, curl_multi_cleanup);
  g_clear_pointer (&self->share, curl_share_cleanup);
}

void
dmp_wire_client_close (DmpWireClient *self)
{
  g_mutex_lock (&self->lock);
  g_atomic_int_set (&self->closed, TRUE);
  if (self->running)
    curl_multi_wakeup (self->multi);
  else
    drop_connections (self);
  g_mutex_unlock (&self->lock);
}

void
dmp_wire_client_free (DmpWireClient *self)
{
  drop_connections (self);
  dmp_wire_tls_clear (&self->tls);
  g_mutex_clear (&self->lock);
  g_free (self->base_url);
  g_free (self->host);
  g_free (self->user_agent);
  g_free (self);
}

/* --- Callbacks of curl ------------------------------------------------------------------------ */

static size_t
on_read (char *buffer, size_t size, size_t n, void *data)
{
  Transfer *transfer = data;

  return dmp_wire_body_read (transfer->body, buffer, size * n);
}

/* curl rewinds to send a request again on a new connection: only where that does no harm. (It also
 * does so before a request when the one before could not be repeated.) */
static int
on_seek (void *data, curl_off_t offset, int origin)
{
  Transfer *transfer = data;

  if ((transfer->issued && !transfer->repeatable) || offset != 0 || origin != SEEK_SET)
    return CURL_SEEKFUNC_FAIL;

  dmp_wire_body_rewind (transfer->body);
  return CURL_SEEKFUNC_OK;
}

static size_t
on_header (char *line, size_t size, size_t n, void *data)
{
  Transfer *transfer = data;

  return dmp_wire_reply_add_header (transfer->reply, line, size * n, &transfer->error) ? size * n
                                                                                       : 0;
}

static size_t
on_body (char *bytes, size_t size, size_t n, void *data)
{
  Transfer *transfer = data;

  return dmp_wire_reply_add_body (transfer->reply, bytes, size * n, &transfer->error) ? size * n
                                                                                      : 0;
}

/* A new connection. When the request has gone out on one that turned out dead and must not be
 * repeated, no handshake is begun: it would cost a signature of the card for nothing. */
static CURLcode
on_ssl_context (CURL *easy, void *context, void *data)
{
  Transfer *transfer = data;

  if (transfer->issued && !transfer->repeatable)
    return CURLE_SEND_FAIL_REWIND;

  return dmp_wire_tls_apply (&transfer->client->tls, context) ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
}

/* The connection stands, the request goes. */
static int
on_request (void *data, char *ip, char *local_ip, int port, int local_port)
{
  Transfer *transfer = data;

  transfer->issued = TRUE;
  return CURL_PREREQFUNC_OK;
}

static void
on_cancelled (GCancellable *cancellable, gpointer multi)
{
  curl_multi_wakeup (multi);
}

/* --- One transfer ----------------------------------------------------------------------------- */

static void
configure_connection (DmpWireClient *self, Transfer *transfer)
{
  CURL *easy = self->easy;

  curl_easy_setopt (easy, CURLOPT_SHARE, self->share);
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt (easy, CURLOPT_MAXAGE_CONN, (long) MAX_IDLE_SECONDS);
  curl_easy_setopt (easy, CURLOPT_BUFFERSIZE, (long) RECEIVE_BUFFER);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, (long) self->connect_timeout_ms);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long) self->response_timeout_ms * MAX_TRANSFER);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  /* Neither the system's authorities nor curl's: dmp-wire-tls sets the pinned ones. */
  curl_easy_setopt (easy, CURLOPT_CAINFO, NULL);
  curl_easy_setopt (easy, CURLOPT_CAPATH, NULL);
  curl_easy_setopt (easy, CURLOPT_CA_CACHE_TIMEOUT, 0L);
  curl_easy_setopt (easy, CURLOPT_SSL_CTX_FUNCTION, on_ssl_context);
  curl_easy_setopt (easy, CURLOPT_SSL_CTX_DATA, transfer);
  if (self->user_agent != NULL)
    curl_easy_setopt (easy, CURLOPT_USERAGENT, self->user_agent);
}

static void
configure_transfer (DmpWireClient *self,
                    Transfer *transfer,
                    const char *url,
                    struct curl_slist *headers)
{
  CURL *easy = self->easy;

  curl_easy_setopt (easy, CURLOPT_URL, url);
  curl_easy_setopt (easy, CURLOPT_POST, 1L);
  curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) transfer->body->size);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, on_request);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, transfer);
  curl_easy_setopt (easy, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (easy, CURLOPT_READDATA, transfer);
  curl_easy_setopt (easy, CURLOPT_SEEKFUNCTION, on_seek);
  curl_easy_setopt (easy, CURLOPT_SEEKDATA, transfer);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, transfer);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, transfer);
}

/* Whether nothing has come or gone for too long, or the answer drips. */
static gboolean
is_stalled (DmpWireClient *self, Transfer *transfer)
{
  gint64 now = g_get_monotonic_time ();
  gint64 patience = (gint64) self->response_timeout_ms * 1000;
  curl_off_t ready = 0;
  curl_off_t up = 0;
  curl_off_t down = 0;

  /* Until then the connect timeout counts: the card may be signing. */
  curl_easy_getinfo (self->easy, CURLINFO_PRETRANSFER_TIME_T, &ready);
  if (ready == 0)
    return FALSE;
  curl_easy_getinfo (self->easy, CURLINFO_SIZE_UPLOAD_T, &up);
  curl_easy_getinfo (self->easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
  if (up + down != transfer->moved || transfer->moved_at == 0)
    {
      transfer->moved = up + down;
      transfer->moved_at = now;
    }
  if (down > 0 && transfer->answered_at == 0)
    transfer->answered_at = now;

  if (now - transfer->moved_at > patience)
    return TRUE;
  return transfer->answered_at > 0 && now - transfer->answered_at > patience &&
         down < (now - transfer->answered_at) / 1000 * MIN_BYTES_PER_MS;
}

static gboolean
is_stopped (DmpWireClient *self, Transfer *transfer)
{
  return g_atomic_int_get (&self->closed) || g_cancellable_is_cancelled (transfer->cancellable);
}

static CURLcode
get_result (DmpWireClient *self)
{
  CURLcode code = CURLE_OK;
  CURLMsg *message;
  int left;

  while ((message = curl_multi_info_read (self->multi, &left)) != NULL)
    if (message->msg == CURLMSG_DONE)
      code = message->data.result;

  return code;
}

static CURLcode
run (DmpWireClient *self, Transfer *transfer)
{
  int wait_ms = (int) MIN (1000, self->response_timeout_ms / 4 + 1);
  CURLcode code = CURLE_OK;
  int running = 1;

  curl_multi_add_handle (self->multi, self->easy);
  while (code == CURLE_OK)
    {
      if (is_stopped (self, transfer))
        code = CURLE_ABORTED_BY_CALLBACK;
      else if (curl_multi_perform (self->multi, &running) != CURLM_OK)
        code = CURLE_FAILED_INIT;
      else if (running == 0)
        break;
      else if (is_stalled (self, transfer))
        code = CURLE_OPERATION_TIMEDOUT;
      else
        curl_multi_poll (self->multi, NULL, 0, wait_ms, NULL);
    }
  if (code == CURLE_OK)
    code = get_result (self);
  curl_multi_remove_handle (self->multi, self->easy);

  return code;
}

static void
note_transfer (DmpWireClient *self, Transfer *transfer)
{
  gint64 date = dmp_wire_reply_get_date (transfer->reply);
  curl_off_t sent = 0;

  curl_easy_getinfo (self->easy, CURLINFO_SIZE_UPLOAD_T, &sent);
  self->has_sent = transfer->issued;
  self->counters.requests++;
  self->counters.sent += (guint64) sent;
  self->counters.received += dmp_wire_reply_get_size (transfer->reply);
  self->counters.handshakes = self->tls.handshakes;
  self->counters.resumptions = self->tls.resumptions;
  if (date != 0)
    self->skew = date - g_get_real_time () / G_USEC_PER_SEC;
}

static void
set_closed (GError **error)
{
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT,
                       _ ("La session est terminée. Insérez votre carte et saisissez votre code "
                          "pour continuer."));
}

static void
set_failure (DmpWireClient *self, CURLcode code, GError **error)
{
  double connected = 0;
  guint waited;

  if (g_atomic_int_get (&self->closed))
    {
      set_closed (error);
      return;
    }
  curl_easy_getinfo (self->easy, CURLINFO_APPCONNECT_TIME, &connected);
  waited = connected > 0 || self->has_sent ? self->response_timeout_ms : self->connect_timeout_ms;
  dmp_wire_set_failure (error, code, &self->tls, self->host, (waited + 999) / 1000);
}

static DmpMessage *
transfer_and_read (DmpWireClient *self,
                   Transfer *transfer,
                   const char *url,
                   const char *message_id,
                   GError **error)
{
  g_autofree char *type = g_strconcat ("Content-Type: ", transfer->body->content_type, NULL);
  struct curl_slist *headers = curl_slist_append (NULL, type);
  DmpMessage *message = NULL;
  gulong handler = 0;
  CURLcode code;

  headers = curl_slist_append (headers, "Accept: application/soap+xml, multipart/related");
  headers = curl_slist_append (headers, "Expect:");
  curl_easy_reset (self->easy);
  configure_connection (self, transfer);
  configure_transfer (self, transfer, url, headers);
  dmp_wire_tls_begin (&self->tls);
  if (transfer->cancellable != NULL)
    handler =
        g_cancellable_connect (transfer->cancellable, G_CALLBACK (on_cancelled), self->multi, NULL);
  code = run (self, transfer);
  g_cancellable_disconnect (transfer->cancellable, handler);
  note_transfer (self, transfer);
  if (transfer->error != NULL)
    g_propagate_error (error, g_steal_pointer (&transfer->error));
  else if (code != CURLE_OK)
    set_failure (self, code, error);
  else
    message = dmp_wire_reply_finish (transfer->reply, message_id, error);
  curl_slist_free_all (headers);

  return message;
}

static DmpMessage *
call (DmpWireClient *self, const DmpWireRequest *request, GCancellable *cancellable, GError **error)
{
  g_autofree char *url = g_strdup_printf ("%s/%s", self->base_url, request->endpoint);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *message_id = g_strconcat ("urn:uuid:", uuid, NULL);
  g_autoptr (GBytes) envelope =
      dmp_soap_write (url, request->action, message_id,
                      request->vihf != NULL ? dmp_vihf_get_assertion (request->vihf) : NULL,
                      dmp_message_root (request->message));
  g_autoptr (DmpWireBody) body =
      dmp_wire_body_new (envelope, request->action, request->message->attachments);
  g_autoptr (DmpWireReply) reply = dmp_wire_reply_new (self->max_reply);
  Transfer transfer = { .client = self,
                        .cancellable = cancellable,
                        .body = body,
                        .reply = reply,
                        .repeatable = request->repeatable };
  GError *failure = NULL;
  DmpMessage *message = transfer_and_read (self, &transfer, url, message_id, &failure);

  if (failure != NULL)
    {
      dmp_wire_mention_clock (&failure, self->skew);
      g_propagate_error (error, failure);
    }
  return message;
}

gboolean
dmp_wire_client_call (DmpWireClient *self,
                      const DmpWireRequest *request,
                      GCancellable *cancellable,
                      DmpMessage **reply,
                      GError **error)
{
  DmpMessage *message = NULL;

  self->has_sent = FALSE;
  g_mutex_lock (&self->lock);
  self->running = !g_atomic_int_get (&self->closed);
  g_mutex_unlock (&self->lock);
  if (!self->running)
    {
      set_closed (error);
      return FALSE;
    }

  message = call (self, request, cancellable, error);
  g_mutex_lock (&self->lock);
  self->running = FALSE;
  if (g_atomic_int_get (&self->closed))
    drop_connections (self);
  g_mutex_unlock (&self->lock);
  if (message == NULL)
    return FALSE;

  *reply = message;
  return TRUE;
}

/* --- What is known ---------------------------------------------------------------------------- */

gboolean
dmp_wire_client_has_sent (const DmpWireClient *self)
{
  return self->has_sent;
}

void
dmp_wire_client_get_counters (DmpWireClient *self, DmpWireCounters *counters)
{
  *counters = self->counters;
}

gint64
dmp_wire_client_get_clock_skew (const DmpWireClient *self)
{
  return self->skew;
}
