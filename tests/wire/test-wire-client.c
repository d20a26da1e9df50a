#include "config.h"

#include "wire-fixture.h"
#include "wire/dmp-wire-failure.h"

#include <string.h>

static World *world;

static DmpWireClient *
connect_to (Peer *peer)
{
  return world_connect (world, peer, &(ConnectOptions){ .identity = world->client });
}

/* --- What goes right ----------------------------------------------------------------------------
 */

static void
test_call (void)
{
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (DmpWireClient) client = connect_to (peer);
  g_autofree char *head = NULL;
  g_autofree char *who = NULL;
  DmpWireCounters counters;

  wire_call_works (client);
  head = peer_dup_head (peer);
  who = peer_dup_client (peer);
  g_assert_true (g_str_has_prefix (head, "POST /services/patients HTTP/1.1\r\n"));
  g_assert_nonnull (
      strstr (head, "Content-Type: application/soap+xml; charset=UTF-8; action=\"urn:act\"\r\n"));
  g_assert_null (strstr (head, "Expect:"));
  g_assert_cmpstr (who, ==, "899700000017");
  g_assert_true (dmp_wire_client_has_sent (client));

  /* One connection and one signature of the card for all. */
  wire_call_works (client);
  wire_call_works (client);
  dmp_wire_client_get_counters (client, &counters);
  g_assert_cmpuint (counters.requests, ==, 3);
  g_assert_cmpuint (counters.handshakes, ==, 1);
  g_assert_cmpuint (counters.resumptions, ==, 0);
  g_assert_cmpuint (counters.sent, >, 1000);
  g_assert_cmpuint (counters.received, >, 300);
  g_assert_cmpuint (peer_get_connections (peer), ==, 1);
}

static void
resume (gboolean tickets)
{
  const PeerOptions options = { .identity = world->host,
                                .client_authority = world->authority,
                                .no_tickets = !tickets };
  g_autoptr (Peer) peer = peer_new (&options);
  g_autoptr (DmpWireClient) client = connect_to (peer);
  g_autofree char *answer = wire_answer ("200 OK", "Connection: close\r\n", WIRE_GOOD);
  DmpWireCounters counters;

  peer_set_answer (peer, PEER_LAST, answer, -1);
  wire_call_works (client);
  wire_call_works (client);
  dmp_wire_client_get_counters (client, &counters);
  g_assert_cmpuint (counters.handshakes, ==, 1);
  g_assert_cmpuint (counters.resumptions, ==, 1);
  g_assert_cmpuint (peer_get_connections (peer), ==, 2);
}

/* A host that closes costs no second signature where it remembers us. */
static void
test_resumption (void)
{
  resume (TRUE);
  resume (FALSE);
}

static char *
new_multipart (const char *parts)
{
  return g_strconcat ("HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary=\"B\"; "
                      "type=\"application/xop+xml\"; start=\"<root@x>\"\r\n"
                      "Content-Length: @LEN@\r\n\r\n",
                      parts, NULL);
}

#define ROOT                                                                                       \
  "--B\r\nContent-Type: application/xop+xml\r\nContent-ID: <root@x>\r\n\r\n"                       \
  "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><r xmlns='urn:r'>"        \
  "<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:d%40x'/></r></s:Body>"     \
  "</s:Envelope>\r\n"
#define PART "--B\r\nContent-ID: <d@x>\r\n\r\n\x01\x02\r\n"
#define OTHER "--B\r\nContent-ID: <e@x>\r\n\r\nx\r\n"

static void
test_attachments (void)
{
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (DmpWireClient) client = connect_to (peer);
  g_autofree char *answer = new_multipart (PART ROOT "--B--\r\n");
  g_autofree guint8 *noise = g_malloc (1 << 20);
  g_autoptr (GBytes) attached = NULL;
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GBytes) got = NULL;
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *head = NULL;

  for (gsize i = 0; i < 1 << 20; i++)
    noise[i] = (guint8) (i * i >> 3);
  attached = g_bytes_new (noise, 1 << 20);
  peer_set_answer (peer, PEER_ANSWER, answer, -1);
  g_assert_true (wire_call (client, attached, FALSE, NULL, &reply, &error));
  g_assert_no_error (error);
  got = dmp_message_get_bytes (reply, dmp_message_root (reply), &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), "\x01\x02", 2);

  head = peer_dup_head (peer);
  g_assert_nonnull (strstr (head, "Content-Type: multipart/related; type=\"application/xop+xml\""));
  sent = peer_dup_body (peer);
  g_assert_nonnull (
      memmem (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent), noise, 1 << 20));
}

/* --- Answers that cannot be used ----------------------------------------------------------------
 */

/* A client for each: the connection is closed after the answer. Returns: (transfer full) */
static GError *
answer_fails (Peer *peer, PeerManner manner, const char *answer, DmpErrorCode code)
{
  g_autoptr (DmpWireClient) client = world_connect (
      world, peer, &(ConnectOptions){ .identity = world->client, .max_reply = 1 << 20 });

  peer_set_answer (peer, manner, answer, -1);
  return wire_call_fails (client, code);
}

static void
test_bad_multipart (void)
{
  static const char *const rows[] = {
    ROOT "--B--\r\n",
    ROOT PART OTHER "--B--\r\n",
    ROOT PART PART "--B--\r\n",
    ROOT OTHER "--B--\r\n",
    PART "--B--\r\n",
    ROOT PART,
    ROOT PART "--B",
    "",
    "no parts",
  };
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (GError) last = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *answer = new_multipart (rows[i]);

      g_autoptr (GError) error = answer_fails (peer, PEER_LAST, answer, DMP_ERROR_INVALID_MESSAGE);
    }
  last = answer_fails (peer, PEER_LAST,
                       "HTTP/1.1 200 OK\r\nContent-Type: multipart/related\r\n\r\n" ROOT PART
                       "--B--\r\n",
                       DMP_ERROR_INVALID_MESSAGE);
}

static void
test_status (void)
{
  static const struct
  {
    const char *answer;
    DmpErrorCode error;
    const char *code;
  } rows[] = {
    { "HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
      DMP_ERROR_INVALID_MESSAGE, "HTTP 302" },
    { "HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\nx", DMP_ERROR_INVALID_MESSAGE,
      "HTTP 404" },
    { "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", DMP_ERROR_TLS_CLIENT, "HTTP 403" },
    { "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", DMP_ERROR_NETWORK, "HTTP 503" },
    { "HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
      DMP_ERROR_INVALID_MESSAGE, "HTTP 500" },
    { "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", DMP_ERROR_INVALID_MESSAGE, "HTTP 500" },
    { "HTTP/1.1 500 Oops\r\nContent-Type: text/xml\r\nContent-Length: @LEN@\r\n\r\n"
      "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><r/></s:Body>"
      "</s:Envelope>",
      DMP_ERROR_INVALID_MESSAGE, "HTTP 500" },
    { "HTTP/1.1 200 OK\r\nContent-Type: text\r\nContent-Length: 1\r\n\r\nx",
      DMP_ERROR_INVALID_MESSAGE, NULL },
    { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", DMP_ERROR_INVALID_MESSAGE, NULL },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
      DMP_ERROR_INVALID_MESSAGE, NULL },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 6\r\n\r\n<html>",
      DMP_ERROR_INVALID_XML, NULL },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>",
      DMP_ERROR_INVALID_MESSAGE, NULL },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Type: text/xml\r\n\r\n<a/>",
      DMP_ERROR_INVALID_MESSAGE, NULL },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08",
      DMP_ERROR_INVALID_XML, NULL },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<a/>",
      DMP_ERROR_NETWORK, NULL },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      DMP_ERROR_NETWORK, NULL },
    { "SSH-2.0-OpenSSH\r\n", DMP_ERROR_INVALID_MESSAGE, NULL },
    { "", DMP_ERROR_NETWORK, NULL },
  };
  g_autoptr (Peer) peer = world_new_peer (world);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = answer_fails (peer, PEER_LAST, rows[i].answer, rows[i].error);

      g_assert_cmpstr (dmp_error_get_host_code (error), ==, rows[i].code);
    }
}

static void
test_fault (void)
{
  g_autofree char *answer = wire_answer (
      "500 Error", NULL,
      "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>s:DMPInvalidVIHF</s:Value>"
      "</s:Subcode></s:Code></s:Fault>");
  g_autofree char *late = wire_answer (
      "500 Error", "Date: Sun, 01 Mar 2015 10:00:00 GMT\r\n",
      "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>s:DMPInvalidVIHF</s:Value>"
      "</s:Subcode></s:Code></s:Fault>");
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (DmpWireClient) client = connect_to (peer);
  g_autoptr (GError) plain = answer_fails (peer, PEER_ANSWER, answer, DMP_ERROR_FAULT);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (dmp_error_get_host_code (plain), ==, "DMPInvalidVIHF");
  peer_set_answer (peer, PEER_ANSWER, late, -1);
  error = wire_call_fails (client, DMP_ERROR_CLOCK);
  g_assert_cmpstr (dmp_error_get_host_code (error), ==, "DMPInvalidVIHF");
  g_assert_cmpint (dmp_wire_client_get_clock_skew (client), <, -1000000);
}

static void
test_clock (void)
{
  static const struct
  {
    gint64 skew;
    DmpErrorCode code;
    DmpErrorCode becomes;
    const char *host_code;
    const char *says;
  } rows[] = {
    { 12 * 60, DMP_ERROR_FAULT, DMP_ERROR_CLOCK, "DMPInvalidVIHF", "décalée de 12 minutes" },
    { -3 * 3600, DMP_ERROR_FAULT, DMP_ERROR_CLOCK, "DMPInvalidSignature", "décalée de 3 heures" },
    { 3 * 86400, DMP_ERROR_FAULT, DMP_ERROR_FAULT, "DMPBadRequest", "décalée de 3 jours" },
    { -700, DMP_ERROR_TLS, DMP_ERROR_TLS, NULL, "x L’horloge" },
    { 300, DMP_ERROR_FAULT, DMP_ERROR_FAULT, "DMPInvalidVIHF", "x" },
    { 1000, DMP_ERROR_NETWORK, DMP_ERROR_NETWORK, NULL, "x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      dmp_error_set_host (&error, rows[i].code, rows[i].host_code, "x");
      dmp_wire_mention_clock (&error, rows[i].skew);
      g_assert_error (error, DMP_ERROR, (gint) rows[i].becomes);
      g_assert_nonnull (strstr (error->message, rows[i].says));
      g_assert_cmpstr (dmp_error_get_host_code (error), ==, rows[i].host_code);
    }
}

/* Neither announced nor endless answers get beyond the limit. */
static void
test_too_long (void)
{
  static const char endless[] = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<a>";
  static const char announced[] =
      "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 10000000000\r\n\r\n<a>";
  static const char ignored[] = "HTTP/1.1 404 No\r\n\r\n";
  g_autofree char *fill = g_strnfill (100000, 'x');
  g_autofree char *headers = g_strconcat ("HTTP/1.1 200 OK\r\nX: ", fill, "\r\n\r\n", NULL);
  const struct
  {
    PeerManner manner;
    const char *answer;
  } rows[] = { { PEER_ENDLESS, endless },
               { PEER_ENDLESS, ignored },
               { PEER_LAST, announced },
               { PEER_LAST, headers } };
  g_autoptr (Peer) peer = world_new_peer (world);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error =
          answer_fails (peer, rows[i].manner, rows[i].answer, DMP_ERROR_LIMIT);
    }
}

static void
test_slow (void)
{
  g_autofree char *answer = wire_answer ("200 OK", NULL, WIRE_GOOD);
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (DmpWireClient) client = world_connect (
      world, peer, &(ConnectOptions){ .identity = world->client, .patience_ms = 400 });
  g_autofree char *fill = g_strnfill (5000, ' ');
  g_autofree char *longer = g_strconcat (answer, fill, NULL);
  g_autoptr (GError) silent = NULL;
  g_autoptr (GError) dripping = NULL;

  peer_set_answer (peer, PEER_SILENT, "", 0);
  silent = wire_call_fails (client, DMP_ERROR_TIMEOUT);
  g_assert_true (dmp_wire_client_has_sent (client));
  peer_set_answer (peer, PEER_DRIP, longer, -1);
  dripping = wire_call_fails (client, DMP_ERROR_TIMEOUT);
}

/* --- A connection that dies ----------------------------------------------------------------------
 */

/* A submission is never sent twice behind the caller's back; a question may be. */
static void
test_dead_connection (void)
{
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (DmpWireClient) client = connect_to (peer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (DmpMessage) reply = NULL;
  DmpWireCounters counters;

  wire_call_works (client);
  peer_hang_up_at (peer, 1);
  error = wire_call_fails (client, DMP_ERROR_NETWORK);
  g_assert_true (dmp_wire_client_has_sent (client));
  g_assert_cmpuint (peer_get_requests (peer), ==, 2);
  dmp_wire_client_get_counters (client, &counters);
  g_assert_cmpuint (counters.handshakes + counters.resumptions, ==, 1);
  g_assert_cmpuint (peer_get_connections (peer), ==, 1);

  wire_call_works (client);
  peer_hang_up_at (peer, 1);
  g_assert_true (wire_call (client, NULL, TRUE, NULL, &reply, &none));
  g_assert_no_error (none);
  g_assert_cmpuint (peer_get_requests (peer), ==, 5);
}

static void
test_host_down (void)
{
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (DmpWireClient) client = connect_to (peer);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&peer, peer_free);
  error = wire_call_fails (client, DMP_ERROR_NETWORK);
  g_assert_false (dmp_wire_client_has_sent (client));
}

/* --- Stopping ------------------------------------------------------------------------------------
 */

typedef struct
{
  Peer *peer;
  GCancellable *cancellable;
  DmpWireClient *client;
} Stopper;

static gpointer
stop (gpointer data)
{
  Stopper *stopper = data;

  peer_wait (stopper->peer, 1);
  if (stopper->cancellable != NULL)
    g_cancellable_cancel (stopper->cancellable);
  else
    dmp_wire_client_close (stopper->client);

  return NULL;
}

/* At once, not when the patience ends. */
static void
stop_while_waiting (gboolean by_closing, DmpErrorCode code)
{
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (DmpWireClient) client = connect_to (peer);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stopper stopper = { peer, by_closing ? NULL : cancellable, client };
  g_autoptr (GError) error = NULL;
  DmpMessage *reply = NULL;
  GThread *thread;

  peer_set_answer (peer, PEER_SILENT, "", 0);
  thread = g_thread_new ("stopper", stop, &stopper);
  g_assert_false (wire_call (client, NULL, FALSE, cancellable, &reply, &error));
  g_assert_error (error, DMP_ERROR, (gint) code);
  g_thread_join (thread);
}

static void
test_stop (void)
{
  stop_while_waiting (FALSE, DMP_ERROR_CANCELLED);
  stop_while_waiting (TRUE, DMP_ERROR_SIGNED_OUT);
}

static void
test_closed (void)
{
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (DmpWireClient) client = connect_to (peer);
  g_autoptr (GError) error = NULL;

  wire_call_works (client);
  dmp_wire_client_close (client);
  dmp_wire_client_close (client);
  error = wire_call_fails (client, DMP_ERROR_SIGNED_OUT);
  g_assert_cmpuint (peer_get_requests (peer), ==, 1);
}

static void
test_cancelled_before (void)
{
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autoptr (DmpWireClient) client = connect_to (peer);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  DmpMessage *reply = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (wire_call (client, NULL, FALSE, cancellable, &reply, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_CANCELLED);
  g_assert_false (dmp_wire_client_has_sent (client));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  world = world_new ();
  g_test_add_func ("/wire/call", test_call);
  g_test_add_func ("/wire/resumption", test_resumption);
  g_test_add_func ("/wire/attachments", test_attachments);
  g_test_add_func ("/wire/bad-multipart", test_bad_multipart);
  g_test_add_func ("/wire/status", test_status);
  g_test_add_func ("/wire/fault", test_fault);
  g_test_add_func ("/wire/clock", test_clock);
  g_test_add_func ("/wire/too-long", test_too_long);
  g_test_add_func ("/wire/slow", test_slow);
  g_test_add_func ("/wire/dead-connection", test_dead_connection);
  g_test_add_func ("/wire/host-down", test_host_down);
  g_test_add_func ("/wire/stop", test_stop);
  g_test_add_func ("/wire/closed", test_closed);
  g_test_add_func ("/wire/cancelled-before", test_cancelled_before);
  status = g_test_run ();
  world_free (world);

  return status;
}
