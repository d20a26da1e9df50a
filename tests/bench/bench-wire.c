/* 20 MB through the client's network layer, both ways, against OpenSSL alone with the same peer.
 * The peer is another process, so that what is measured is the client. */
#include "config.h"

#include "bench.h"
#include "tests/wire/wire-fixture.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define DOCUMENT (20 * 1000 * 1000)
#define ROUNDS 15
#define BUFFER 65536
/* What the network layer may take beside the document itself, sent or received: a promise, and not
 * of time. */
#define MOST_MEMORY 8e6

enum
{
  SEND,
  SEND_PLAIN,
  RECEIVE,
  RECEIVE_PLAIN,
  N_PORTS
};

typedef struct
{
  World *world;
  DmpWireClient *client;
  SSL_CTX *context;
  SSL *ssl;
  GBytes *document; /* what goes out */
} Bench;

typedef double (*Transfer) (Bench *bench);

/* --- The peer, in a process of its own -------------------------------------------------------- */

/* Text without a pattern that a boundary could hide in, nor a NUL: PEER_ANSWER replaces words. */
static char *
new_document (void)
{
  char *text = g_malloc (DOCUMENT + 1);

  for (gsize i = 0; i < DOCUMENT; i++)
    text[i] = (char) ('a' + (i * i >> 7) % 26);
  text[DOCUMENT] = '\0';

  return text;
}

static char *
new_answer (void)
{
  g_autofree char *document = new_document ();

  return g_strconcat (
      "HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary=\"B\"; "
      "type=\"application/xop+xml\"; start=\"<root@x>\"\r\nContent-Length: @LEN@\r\n\r\n"
      "--B\r\nContent-Type: application/xop+xml\r\nContent-ID: <root@x>\r\n\r\n"
      "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><r xmlns='urn:r'>"
      "<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:d%40x'/></r></s:Body>"
      "</s:Envelope>\r\n--B\r\nContent-ID: <d@x>\r\n\r\n",
      document, "\r\n--B--\r\n", NULL);
}

/* Until @end is closed. A peer takes one connection at a time: one for each of us. */
static void
serve (const World *world, int ready, int end)
{
  g_autofree char *answer = new_answer ();
  Peer *peers[N_PORTS];
  guint16 ports[N_PORTS];
  char byte;

  for (guint i = 0; i < N_PORTS; i++)
    {
      peers[i] = world_new_peer (world);
      ports[i] = peer_get_port (peers[i]);
      if (i == RECEIVE || i == RECEIVE_PLAIN)
        peer_set_answer (peers[i], PEER_ANSWER, answer, -1);
    }
  if (write (ready, ports, sizeof ports) == sizeof ports && read (end, &byte, 1) < 0)
    perror ("bench-wire");
}

/* --- OpenSSL alone -----------------------------------------------------------------------------
 */

static SSL *
connect_plain (Bench *bench, guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  SSL *ssl;

  bench->context = SSL_CTX_new (TLS_client_method ());
  SSL_CTX_use_certificate (bench->context, bench->world->client->certificate);
  SSL_CTX_use_PrivateKey (bench->context, bench->world->client->key);
  /* As the client: TLS 1.2, the first of its suites. */
  SSL_CTX_set_max_proto_version (bench->context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list (bench->context, "ECDHE-RSA-CHACHA20-POLY1305");
  SSL_CTX_set_read_ahead (bench->context, 1);
  SSL_CTX_set_default_read_buffer_len (bench->context, BUFFER);
  ssl = SSL_new (bench->context);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) != 0 ||
      SSL_set_fd (ssl, fd) != 1 || SSL_connect (ssl) != 1)
    g_error ("no connection to the peer");

  return ssl;
}

static void
write_plain (SSL *ssl, const char *bytes, gsize len)
{
  while (len > 0)
    {
      int n = SSL_write (ssl, bytes, (int) MIN (len, BUFFER));

      if (n <= 0)
        g_error ("the peer has gone");
      bytes += n;
      len -= (gsize) n;
    }
}

/* Reads the head, then what it announces. */
static void
read_plain (SSL *ssl)
{
  char buffer[BUFFER];
  gsize wanted = 0;
  gsize got = 0;

  while (wanted == 0 || got < wanted)
    {
      int n = SSL_read (ssl, buffer, sizeof buffer - 1);
      const char *length;
      const char *end;

      if (n <= 0)
        g_error ("the peer has gone");
      buffer[n] = '\0';
      got += (gsize) n;
      if (wanted > 0)
        continue;
      length = strstr (buffer, "Content-Length: ");
      end = strstr (buffer, "\r\n\r\n");
      if (length == NULL || end == NULL)
        g_error ("an answer without a length");
      wanted = (gsize) (end + 4 - buffer) + g_ascii_strtoull (length + 16, NULL, 10);
    }
}

static double
call_plain (Bench *bench, const char *body, gsize len)
{
  g_autofree char *head = g_strdup_printf ("POST /services/patients HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           len);
  double start = bench_get_cpu ();

  write_plain (bench->ssl, head, strlen (head));
  write_plain (bench->ssl, body, len);
  read_plain (bench->ssl);
  return bench_get_cpu () - start;
}

static double
send_plain (Bench *bench)
{
  gsize len;
  const char *bytes = g_bytes_get_data (bench->document, &len);

  return call_plain (bench, bytes, len);
}

static double
receive_plain (Bench *bench)
{
  return call_plain (bench, "<r/>", 4);
}

/* --- The client ---------------------------------------------------------------------------------
 */

static double
call (Bench *bench, GBytes *attached)
{
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (GError) error = NULL;
  double start = bench_get_cpu ();

  if (!wire_call (bench->client, attached, TRUE, NULL, &reply, &error))
    g_error ("%s", error->message);
  return bench_get_cpu () - start;
}

static double
send_document (Bench *bench)
{
  return call (bench, bench->document);
}

static double
receive_document (Bench *bench)
{
  return call (bench, NULL);
}

/* --- What is told -------------------------------------------------------------------------------
 */

/* The highest while one transfer runs, above what was there before and the document that comes. */
static void
measure_memory (Bench *bench, const char *name, Transfer ours, double arriving)
{
  g_autofree char *memory = g_strconcat (name, ", memory beside the document", NULL);
  double before, grown;

  bench_reset_peak ();
  before = (double) bench_get_resident ();
  ours (bench);
  grown = MAX ((double) bench_get_peak () - before - arriving, 0);
  bench_print (memory, grown / 1e6, "MB", grown / DOCUMENT, "the document");
  if (grown > MOST_MEMORY)
    g_error ("more than %.0f MB", MOST_MEMORY / 1e6);
}

/* What the transfer takes of our processor: the best of each. */
static void
compare (Bench *bench, const char *name, Transfer ours, Transfer plain)
{
  BenchTimes best = { G_MAXDOUBLE, G_MAXDOUBLE };

  ours (bench); /* the handshakes */
  plain (bench);
  measure_memory (bench, name, ours, ours == receive_document ? DOCUMENT : 0);
  for (guint i = 0; i < ROUNDS; i++)
    {
      double w = ours (bench);
      double f = plain (bench);

      best.work = MIN (best.work, w);
      best.floor = MIN (best.floor, f);
    }
  bench_print (name, best.work * 1e3, "ms", best.work / best.floor, "OpenSSL alone");
}

static void
transfer (Bench *bench, const guint16 ports[2], const char *name, Transfer ours, Transfer plain)
{
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/services/", ports[0]);
  const DmpWireConfig config = { .base_url = url, .ca_file = bench->world->ca_file };
  const DmpWireCredential credential = { .key = bench->world->client->key,
                                         .certificate = bench->world->client->certificate,
                                         .pkcs1_only = TRUE };

  bench->client = dmp_wire_client_new (&config, &credential, NULL);
  bench->ssl = connect_plain (bench, ports[1]);
  compare (bench, name, ours, plain);
  close (SSL_get_fd (bench->ssl));
  SSL_free (bench->ssl);
  SSL_CTX_free (bench->context);
  dmp_wire_client_free (bench->client);
}

int
main (void)
{
  g_autoptr (World) world = world_new ();
  Bench bench = { .world = world };
  guint16 ports[N_PORTS];
  int ready[2];
  int end[2];
  pid_t child;

  if (pipe (ready) != 0 || pipe (end) != 0 || (child = fork ()) < 0)
    return 1;
  if (child == 0)
    {
      close (end[1]);
      serve (world, ready[1], end[0]);
      _exit (0);
    }
  if (read (ready[0], ports, sizeof ports) != sizeof ports)
    return 1;
  bench.document = g_bytes_new_take (new_document (), DOCUMENT);
  transfer (&bench, ports + SEND, "20 MB sent (MTOM)", send_document, send_plain);
  transfer (&bench, ports + RECEIVE, "20 MB received (MTOM)", receive_document, receive_plain);
  g_bytes_unref (bench.document);
  close (end[1]);
  waitpid (child, NULL, 0);

  return 0;
}
