#include "config.h"

#include "on-card.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>

static void
test_situations (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  GPtrArray *situations = dmp_card_get_situations (card);
  const DmpCardSituation *first, *second;

  on_card_sign_in (card);
  g_assert_cmpuint (situations->len, ==, 2);
  first = g_ptr_array_index (situations, 0);
  second = g_ptr_array_index (situations, 1);
  g_assert_cmpuint (first->index, ==, 1);
  g_assert_cmpstr (first->name, ==, "Cabinet du Dr LEROY");
  g_assert_cmpstr (first->structure_id, ==, "499700000017001");
  g_assert_cmpstr (first->sector, ==, "SA07");
  g_assert_cmpuint (second->index, ==, 2);
  g_assert_cmpstr (second->structure_id, ==, "10B0770001");
  g_assert_cmpstr (second->sector, ==, "SA01");
}

static guint32
usage_of (DmpCardKey *key)
{
  return X509_get_key_usage (dmp_card_key_get_x509 (key));
}

/* Each key has its own duty; one PIN opens both. */
static void
test_sign (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;
  DmpCardKey *keys[2];
  DmpCardCounts counts;

  on_card_sign_in (card);
  g_assert_true (dmp_card_is_signed_in (card));
  g_assert_cmpuint (on_card_count (ON_CARD_VERIFY), ==, 1);
  keys[0] = dmp_card_get_key (card, DMP_CARD_KEY_AUTHENTICATION);
  keys[1] = dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE);
  g_assert_cmphex (usage_of (keys[0]), ==, KU_DIGITAL_SIGNATURE);
  g_assert_cmphex (usage_of (keys[1]), ==, KU_NON_REPUDIATION);
  g_assert_nonnull (dmp_card_key_get_pkey (keys[0]));
  g_assert_null (dmp_card_key_get_pkey (keys[1]));
  g_assert_true (dmp_card_key_is_pkcs1_only (keys[0]));

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GBytes) signature = on_card_sign (keys[i % 2], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (signature), ==, 256);
    }
  g_assert_cmpuint (dmp_card_key_get_signatures (keys[0]), ==, 3);
  g_assert_cmpuint (dmp_card_key_get_signatures (keys[1]), ==, 3);
  dmp_card_get_counts (card, &counts);
  g_assert_cmpuint (counts.signatures, ==, 6);
  g_assert_cmpuint (counts.handshakes, ==, 0);
  g_assert_cmpuint (on_card_count ("> 00880000"), ==, 3); /* INTERNAL AUTHENTICATE */
  g_assert_cmpuint (on_card_count ("> 002A9E9A"), ==, 3); /* PSO */
  g_assert_cmpuint (on_card_count (ON_CARD_VERIFY), ==, 1);
}

/* --- TLS, between two ends in memory --------------------------------------------------------- */

static int
accept_any (int ok, X509_STORE_CTX *store)
{
  return 1;
}

static SSL *
new_server (void)
{
  SSL_CTX *context = SSL_CTX_new (TLS_server_method ());
  g_autofree char *certificate = g_build_filename (g_getenv ("PKI_DIR"), "server.pem", NULL);
  g_autofree char *key = g_build_filename (g_getenv ("PKI_DIR"), "server.key", NULL);
  SSL *ssl;

  g_assert_cmpint (SSL_CTX_use_certificate_file (context, certificate, SSL_FILETYPE_PEM), ==, 1);
  g_assert_cmpint (SSL_CTX_use_PrivateKey_file (context, key, SSL_FILETYPE_PEM), ==, 1);
  SSL_CTX_set_verify (context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, accept_any);
  ssl = SSL_new (context);
  SSL_CTX_free (context);
  SSL_set_accept_state (ssl);
  return ssl;
}

static SSL *
new_client (DmpCardKey *key, const char *algorithms)
{
  SSL_CTX *context = SSL_CTX_new (TLS_client_method ());
  SSL *ssl;

  SSL_CTX_set_max_proto_version (context, TLS1_2_VERSION);
  g_assert_cmpint (SSL_CTX_set1_client_sigalgs_list (context, algorithms), ==, 1);
  g_assert_cmpint (SSL_CTX_use_certificate (context, dmp_card_key_get_x509 (key)), ==, 1);
  g_assert_cmpint (SSL_CTX_use_PrivateKey (context, dmp_card_key_get_pkey (key)), ==, 1);
  ssl = SSL_new (context);
  SSL_CTX_free (context);
  SSL_set_connect_state (ssl);
  return ssl;
}

static gboolean
shake_hands (DmpCardKey *key, const char *algorithms)
{
  SSL *client = new_client (key, algorithms), *server = new_server ();
  BIO *client_end, *server_end;
  gboolean done = FALSE;
  X509 *seen;

  BIO_new_bio_pair (&client_end, 0, &server_end, 0);
  SSL_set_bio (client, client_end, client_end);
  SSL_set_bio (server, server_end, server_end);
  for (guint i = 0; i < 20 && !done; i++)
    {
      SSL_do_handshake (client);
      SSL_do_handshake (server);
      done = SSL_is_init_finished (client) && SSL_is_init_finished (server);
    }
  if (done)
    {
      seen = SSL_get1_peer_certificate (server);
      g_assert_cmpint (X509_cmp (seen, dmp_card_key_get_x509 (key)), ==, 0);
      X509_free (seen);
    }
  SSL_free (client);
  SSL_free (server);
  return done;
}

static void
test_tls (void)
{
  static const char pkcs1[] = "RSA+SHA256:RSA+SHA384:RSA+SHA512";
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (DmpCardKey) key = NULL;
  g_autoptr (GError) error = NULL;
  DmpCardCounts counts;

  on_card_sign_in (card);
  key = g_object_ref (dmp_card_get_key (card, DMP_CARD_KEY_AUTHENTICATION));
  g_assert_true (shake_hands (key, pkcs1));
  g_assert_true (dmp_card_key_check (key, &error));
  dmp_card_get_counts (card, &counts);
  g_assert_cmpuint (counts.signatures, ==, 1);
  g_assert_cmpuint (counts.handshakes, ==, 1);

  /* what the card cannot do is refused before it is asked, and said */
  g_assert_false (shake_hands (key, "rsa_pss_rsae_sha256"));
  g_assert_false (dmp_card_key_check (key, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_KEY);
  g_assert_true (dmp_card_key_check (key, &error));

  g_assert_true (dmp_card_lock (card, &error));
  g_assert_false (shake_hands (key, pkcs1));
  g_assert_false (dmp_card_key_check (key, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_PIN_NEEDED);

  /* a key outlives its card */
  g_clear_object (&card);
  g_assert_false (shake_hands (key, pkcs1));
  g_assert_false (dmp_card_key_check (key, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_REMOVED);
}

/* The module's calls and ours, counted on the card's side: numbers for the notes, and ceilings. */
static guint
step (const char *what, guint *before, guint most)
{
  guint now = on_card_count (">"), n = now - *before;

  g_test_message ("%-28s %3u commands", what, n);
  g_assert_cmpuint (n, <=, most);
  *before = now;
  return n;
}

static void
test_counts (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;
  DmpCardKeyUse uses[] = { DMP_CARD_KEY_AUTHENTICATION, DMP_CARD_KEY_SIGNATURE };
  guint most[] = { 10, 4 };
  guint n = 0;

  step ("open", &n, 55);
  on_card_sign_in (card);
  step ("sign in, two situations", &n, 21);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) signature = on_card_sign (dmp_card_get_key (card, uses[i % 2]), &error);

      g_assert_no_error (error);
      step (i % 2 == 0 ? "authentication key" : "signature key", &n, most[i % 2]);
    }
  g_assert_true (dmp_card_lock (card, &error));
  step ("lock", &n, 4);
  on_card_sign_in (card);
  step ("sign in again", &n, 21);
  g_clear_object (&card);
  step ("close", &n, 4);
  card = on_card_open ();
  step ("open, files known", &n, 28);
}

void
on_card_add_keys (void)
{
  g_test_add_func ("/keys/situations", test_situations);
  g_test_add_func ("/keys/sign", test_sign);
  g_test_add_func ("/keys/tls", test_tls);
  g_test_add_func ("/keys/counts", test_counts);
}
