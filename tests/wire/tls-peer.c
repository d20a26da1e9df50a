#include "config.h"

#include "tls-peer.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_SIZE 65536
#define DRIP_MICROSECONDS 1000

struct _Peer
{
  SSL_CTX *context;
  int listener;
  guint16 port;
  GThread *thread;
  gint stopping; /* atomic */
  GMutex lock;
  GCond changed;
  PeerManner manner;
  GString *answer;
  guint hang_up_at;
  GString *head;
  GByteArray *body;
  char *client;
  guint requests;
  guint connections;
  int socket; /* of the connection being served, -1 */
};

/* --- One connection -----------------------------------------------------------------------------
 */

/* Reads into @buffer until it holds @marker. Returns: where that ends, or 0 */
static gsize
read_until (SSL *ssl, GByteArray *buffer, const char *marker)
{
  guint8 bytes[READ_SIZE];

  for (;;)
    {
      const guint8 *found = memmem (buffer->data != NULL ? buffer->data : (const guint8 *) "",
                                    buffer->len, marker, strlen (marker));
      int n;

      if (found != NULL)
        return (gsize) (found - buffer->data) + strlen (marker);
      n = SSL_read (ssl, bytes, sizeof bytes);
      if (n <= 0)
        return 0;
      g_byte_array_append (buffer, bytes, (guint) n);
    }
}

static gboolean
read_bytes (SSL *ssl, GByteArray *buffer, gsize wanted)
{
  guint8 bytes[READ_SIZE];

  while (buffer->len < wanted)
    {
      int n = SSL_read (ssl, bytes, sizeof bytes);

      if (n <= 0)
        return FALSE;
      g_byte_array_append (buffer, bytes, (guint) n);
    }

  return TRUE;
}

static gsize
content_length (const char *head)
{
  const char *line = strcasestr (head, "\r\nContent-Length:");

  return line != NULL ? g_ascii_strtoull (line + strlen ("\r\nContent-Length:"), NULL, 10) : 0;
}

static gboolean
read_request (Peer *self, SSL *ssl)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  gsize end = read_until (ssl, buffer, "\r\n\r\n");
  g_autofree char *head = NULL;
  gsize length;

  if (end == 0)
    return FALSE;
  head = g_strndup ((const char *) buffer->data, end);
  length = content_length (head);
  if (!read_bytes (ssl, buffer, end + length))
    return FALSE;

  g_mutex_lock (&self->lock);
  g_string_assign (self->head, head);
  g_byte_array_set_size (self->body, 0);
  g_byte_array_append (self->body, buffer->data + end, (guint) length);
  self->requests++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* The answer with the request's MessageID in its place, and with its Content-Length for "@LEN@". */
static GString *
dup_answer (Peer *self)
{
  GString *answer = g_string_new_len (self->answer->str, (gssize) self->answer->len);
  g_autofree char *text = g_strndup ((const char *) self->body->data, self->body->len);
  const char *id = strstr (text, "urn:uuid:");
  const char *body;

  if (id != NULL && strlen (answer->str) == answer->len)
    {
      g_autofree char *message_id = g_strndup (id, strcspn (id, "<"));

      g_string_replace (answer, "@ID@", message_id, 0);
    }
  body = g_strstr_len (answer->str, (gssize) answer->len, "\r\n\r\n");
  if (body != NULL)
    {
      g_autofree char *length =
          g_strdup_printf ("%" G_GSIZE_FORMAT, answer->len - (gsize) (body + 4 - answer->str));

      g_string_replace (answer, "@LEN@", length, 1);
    }

  return answer;
}

static gboolean
write_all (SSL *ssl, const char *bytes, gsize len)
{
  while (len > 0)
    {
      int n = SSL_write (ssl, bytes, (int) MIN (len, READ_SIZE));

      if (n <= 0)
        return FALSE;
      bytes += n;
      len -= (gsize) n;
    }

  return TRUE;
}

static void
drip (Peer *self, SSL *ssl, GString *answer)
{
  for (gsize i = 0; i < answer->len && !g_atomic_int_get (&self->stopping); i++)
    {
      if (!write_all (ssl, answer->str + i, 1))
        return;
      g_usleep (DRIP_MICROSECONDS);
    }
}

static void
flood (Peer *self, SSL *ssl)
{
  char blanks[READ_SIZE];

  memset (blanks, ' ', sizeof blanks);
  while (!g_atomic_int_get (&self->stopping) && write_all (ssl, blanks, sizeof blanks))
    continue;
}

/* Returns: whether the connection goes on */
static gboolean
answer_request (Peer *self, SSL *ssl)
{
  PeerManner manner;
  GString *answer;
  gboolean goes_on = FALSE;
  guint8 byte;

  g_mutex_lock (&self->lock);
  manner = self->hang_up_at == self->requests ? PEER_HANG_UP : self->manner;
  answer = dup_answer (self);
  g_mutex_unlock (&self->lock);
  switch (manner)
    {
    case PEER_ANSWER:
      goes_on = write_all (ssl, answer->str, answer->len);
      break;
    case PEER_LAST:
      write_all (ssl, answer->str, answer->len);
      break;
    case PEER_SILENT:
      SSL_read (ssl, &byte, 1);
      break;
    case PEER_DRIP:
      drip (self, ssl, answer);
      break;
    case PEER_ENDLESS:
      if (write_all (ssl, answer->str, answer->len))
        flood (self, ssl);
      break;
    case PEER_HANG_UP:
    default:
      break;
    }
  g_string_free (answer, TRUE);

  return goes_on;
}

static void
note_client (Peer *self, SSL *ssl)
{
  X509 *certificate = SSL_get0_peer_certificate (ssl);
  char name[256];

  g_mutex_lock (&self->lock);
  self->connections++;
  g_clear_pointer (&self->client, g_free);
  if (certificate != NULL && X509_NAME_get_text_by_NID (X509_get_subject_name (certificate),
                                                        NID_commonName, name, sizeof name) > 0)
    self->client = g_strdup (name);
  g_mutex_unlock (&self->lock);
}

static void
serve (Peer *self, int fd)
{
  SSL *ssl = SSL_new (self->context);

  SSL_set_fd (ssl, fd);
  if (SSL_accept (ssl) == 1)
    {
      note_client (self, ssl);
      while (read_request (self, ssl) && answer_request (self, ssl))
        continue;
      SSL_shutdown (ssl);
    }
  SSL_free (ssl);
  ERR_clear_error ();
}

static gpointer
run (gpointer data)
{
  Peer *self = data;
  sigset_t pipe;
  int fd;

  /* The other side often leaves first. */
  sigemptyset (&pipe);
  sigaddset (&pipe, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &pipe, NULL);
  while ((fd = accept (self->listener, NULL, NULL)) >= 0)
    {
      g_mutex_lock (&self->lock);
      self->socket = fd;
      g_mutex_unlock (&self->lock);
      if (!g_atomic_int_get (&self->stopping))
        serve (self, fd);
      g_mutex_lock (&self->lock);
      self->socket = -1;
      g_mutex_unlock (&self->lock);
      close (fd);
    }

  return NULL;
}

/* --- Life ---------------------------------------------------------------------------------------
 */

static SSL_CTX *
new_context (const PeerOptions *options)
{
  SSL_CTX *context = SSL_CTX_new (TLS_server_method ());
  const int version = options->max_version != 0 ? options->max_version : TLS1_2_VERSION;

  SSL_CTX_set_security_level (context, options->min_version != 0 ? 0 : 2);
  SSL_CTX_set_min_proto_version (context, options->min_version);
  SSL_CTX_set_max_proto_version (context, version);
  if (options->ciphers != NULL)
    g_assert_cmpint (SSL_CTX_set_cipher_list (context, options->ciphers), ==, 1);
  SSL_CTX_use_certificate (context, options->identity->certificate);
  SSL_CTX_use_PrivateKey (context, options->identity->key);
  SSL_CTX_set_session_id_context (context, (const guint8 *) "peer", 4);
  if (options->no_tickets || options->no_sessions)
    SSL_CTX_set_options (context, SSL_OP_NO_TICKET);
  if (options->no_sessions)
    SSL_CTX_set_session_cache_mode (context, SSL_SESS_CACHE_OFF);
  if (options->client_authority != NULL)
    {
      X509_STORE_add_cert (SSL_CTX_get_cert_store (context),
                           options->client_authority->certificate);
      SSL_CTX_set_verify (context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    }

  return context;
}

Peer *
peer_new (const PeerOptions *options)
{
  Peer *self = g_new0 (Peer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->context = new_context (options);
  self->answer = g_string_new (NULL);
  self->head = g_string_new (NULL);
  self->body = g_byte_array_new ();
  self->socket = -1;
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, size), ==, 0);
  g_assert_cmpint (listen (self->listener, 4), ==, 0);
  getsockname (self->listener, (struct sockaddr *) &address, &size);
  self->port = ntohs (address.sin_port);
  self->thread = g_thread_new ("peer", run, self);

  return self;
}

void
peer_free (Peer *self)
{
  g_atomic_int_set (&self->stopping, TRUE);
  shutdown (self->listener, SHUT_RDWR);
  g_mutex_lock (&self->lock);
  if (self->socket >= 0)
    shutdown (self->socket, SHUT_RDWR);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  close (self->listener);
  SSL_CTX_free (self->context);
  g_string_free (self->answer, TRUE);
  g_string_free (self->head, TRUE);
  g_byte_array_unref (self->body);
  g_free (self->client);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

guint16
peer_get_port (Peer *self)
{
  return self->port;
}

void
peer_set_answer (Peer *self, PeerManner manner, const char *answer, gssize len)
{
  g_mutex_lock (&self->lock);
  self->manner = manner;
  g_string_truncate (self->answer, 0);
  g_string_append_len (self->answer, answer, len);
  g_mutex_unlock (&self->lock);
}

void
peer_hang_up_at (Peer *self, guint n)
{
  g_mutex_lock (&self->lock);
  self->hang_up_at = self->requests + n;
  g_mutex_unlock (&self->lock);
}

char *
peer_dup_head (Peer *self)
{
  char *head;

  g_mutex_lock (&self->lock);
  head = g_strdup (self->head->str);
  g_mutex_unlock (&self->lock);

  return head;
}

GBytes *
peer_dup_body (Peer *self)
{
  GBytes *body;

  g_mutex_lock (&self->lock);
  body = g_bytes_new (self->body->data, self->body->len);
  g_mutex_unlock (&self->lock);

  return body;
}

char *
peer_dup_client (Peer *self)
{
  char *client;

  g_mutex_lock (&self->lock);
  client = g_strdup (self->client);
  g_mutex_unlock (&self->lock);

  return client;
}

guint
peer_get_requests (Peer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->requests;
  g_mutex_unlock (&self->lock);

  return n;
}

guint
peer_get_connections (Peer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->connections;
  g_mutex_unlock (&self->lock);

  return n;
}

void
peer_wait (Peer *self, guint n)
{
  g_mutex_lock (&self->lock);
  while (self->requests < n)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}
