#include "config.h"

#include "wire-fixture.h"

#include <string.h>

static World *world;

static DmpWireClient *
connect_to (Peer *peer)
{
  return world_connect (world, peer, &(ConnectOptions){ .identity = world->client });
}

static Peer *
new_peer (const PeerOptions *options)
{
  g_autofree char *answer = wire_answer ("200 OK", NULL, WIRE_GOOD);
  Peer *peer = peer_new (options);

  peer_set_answer (peer, PEER_ANSWER, answer, -1);
  return peer;
}

/* A host with this certificate: the request never leaves. */
static void
refuse_host (const IdentityOptions *options, const Identity *issuer, const char *says)
{
  IdentityOptions with_key = *options;
  g_autoptr (Identity) identity = NULL;
  PeerOptions peer_options = { .client_authority = world->authority };
  g_autoptr (Peer) peer = NULL;
  g_autoptr (DmpWireClient) client = NULL;
  g_autoptr (GError) error = NULL;

  with_key.key = world->key;
  identity = identity_new (&with_key, issuer);
  peer_options.identity = identity;
  peer = new_peer (&peer_options);
  client = connect_to (peer);
  error = wire_call_fails (client, DMP_ERROR_TLS);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_false (dmp_wire_client_has_sent (client));
  g_assert_cmpuint (peer_get_requests (peer), ==, 0);
}

#define NAMES "DNS:localhost,IP:127.0.0.1"

static void
test_host_certificate (void)
{
  static const IdentityOptions good = {
    .name = "localhost", .alt = NAMES, .usage = "serverAuth", .from_days = -1, .to_days = 1
  };
  static const IdentityOptions expired = {
    .name = "localhost", .alt = NAMES, .usage = "serverAuth", .from_days = -2, .to_days = -1
  };
  static const IdentityOptions future = {
    .name = "localhost", .alt = NAMES, .usage = "serverAuth", .from_days = 1, .to_days = 2
  };
  static const IdentityOptions name = {
    .name = "127.0.0.1", .alt = "DNS:other", .usage = "serverAuth", .from_days = -1, .to_days = 1
  };
  static const IdentityOptions duty = {
    .name = "localhost", .alt = NAMES, .usage = "clientAuth", .from_days = -1, .to_days = 1
  };

  refuse_host (&good, world->stranger, "pas reconnu");
  refuse_host (&good, NULL, "pas reconnu");
  refuse_host (&expired, world->authority, "a expiré");
  refuse_host (&future, world->authority, "pas encore valable");
  refuse_host (&name, world->authority, "127.0.0.1");
  refuse_host (&duty, world->authority, "pas reconnu");
}

/* The host does not take our certificate: another authority's, none at all, an expired one. */
static void
test_client_certificate (void)
{
  IdentityOptions old = {
    .name = "899700000017", .alt = NULL, .usage = "clientAuth", .from_days = -2, .to_days = -1
  };
  g_autoptr (Identity) expired = NULL;
  const Identity *identities[] = { world->intruder, NULL, NULL };

  old.key = world->key;
  expired = identity_new (&old, world->authority);
  identities[2] = expired;

  for (gsize i = 0; i < G_N_ELEMENTS (identities); i++)
    {
      g_autoptr (Peer) peer = world_new_peer (world);
      g_autoptr (DmpWireClient) client =
          world_connect (world, peer, &(ConnectOptions){ .identity = identities[i] });
      g_autoptr (GError) error = wire_call_fails (client, DMP_ERROR_TLS_CLIENT);

      g_assert_cmpuint (peer_get_requests (peer), ==, 0);
    }
}

/* Only TLS 1.2 with the suites of the DMP. */
static void
test_versions (void)
{
  static const struct
  {
    int min;
    int max;
    const char *ciphers;
  } rows[] = {
    { TLS1_3_VERSION, TLS1_3_VERSION, NULL },
    { TLS1_VERSION, TLS1_1_VERSION, "DEFAULT@SECLEVEL=0" },
    { TLS1_2_VERSION, TLS1_2_VERSION, "AES256-GCM-SHA384" },
    { TLS1_2_VERSION, TLS1_2_VERSION, "DHE-RSA-AES256-GCM-SHA384" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PeerOptions options = { .identity = world->host,
                                    .min_version = rows[i].min,
                                    .max_version = rows[i].max,
                                    .ciphers = rows[i].ciphers };
      g_autoptr (Peer) peer = new_peer (&options);
      g_autoptr (DmpWireClient) client = connect_to (peer);
      g_autoptr (GError) error = wire_call_fails (client, DMP_ERROR_TLS);
    }
}

static gboolean
card_gone (gpointer user_data, GError **error)
{
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT, "card gone");
  return FALSE;
}

/* Without its private half it is taken for a key, but cannot sign. */
static EVP_PKEY *
dup_public (EVP_PKEY *key)
{
  guint8 *der = NULL;
  int len = i2d_PUBKEY (key, &der);
  const guint8 *p = der;
  EVP_PKEY *half = d2i_PUBKEY (NULL, &p, len);

  OPENSSL_free (der);
  return half;
}

/* A key that does not sign (the card was pulled) gives its own reason. */
static void
test_key_refuses (void)
{
  g_autoptr (Peer) peer = world_new_peer (world);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", peer_get_port (peer));
  const DmpWireConfig config = { .base_url = url, .ca_file = world->ca_file };
  EVP_PKEY *public_only = dup_public (world->client->key);
  const DmpWireCredential credential = { .key = public_only,
                                         .certificate = world->client->certificate,
                                         .check = card_gone };
  g_autoptr (DmpWireClient) client = dmp_wire_client_new (&config, &credential, NULL);
  g_autoptr (GError) error = wire_call_fails (client, DMP_ERROR_SIGNED_OUT);

  g_assert_cmpstr (error->message, ==, "card gone");
  EVP_PKEY_free (public_only);
}

static void
test_config (void)
{
  static const char *const urls[] = { "http://127.0.0.1/",
                                      "",
                                      NULL,
                                      "127.0.0.1",
                                      "https:///x",
                                      "file:///etc/passwd",
                                      "https://u:p@h/",
                                      "https://h/?q",
                                      "https://h/#f" };
  DmpWireConfig config = { .ca_file = world->ca_file };
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) empty = NULL;
  g_autofree char *none = g_build_filename (world->dir, "none.pem", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;

      config.base_url = urls[i];
      g_assert_null (dmp_wire_client_new (&config, NULL, &error));
      g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG);
    }
  config.base_url = "https://127.0.0.1";
  config.ca_file = none;
  g_assert_null (dmp_wire_client_new (&config, NULL, &missing));
  g_assert_error (missing, DMP_ERROR, DMP_ERROR_INVALID_CONFIG);
  config.ca_file = "/dev/null";
  g_assert_null (dmp_wire_client_new (&config, NULL, &empty));
  g_assert_error (empty, DMP_ERROR, DMP_ERROR_INVALID_CONFIG);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  world = world_new ();
  g_test_add_func ("/wire/tls/host-certificate", test_host_certificate);
  g_test_add_func ("/wire/tls/client-certificate", test_client_certificate);
  g_test_add_func ("/wire/tls/versions", test_versions);
  g_test_add_func ("/wire/tls/key-refuses", test_key_refuses);
  g_test_add_func ("/wire/tls/config", test_config);
  status = g_test_run ();
  world_free (world);

  return status;
}
