#include "config.h"

#include "wire-fixture.h"

#include "tests/xml/software-key.h"

#include <glib/gstdio.h>

World *
world_new (void)
{
  static const IdentityOptions authority = {
    .name = "Demo authority", .from_days = -2, .to_days = 2, .authority = TRUE
  };
  IdentityOptions host = { .name = "localhost",
                           .alt = "DNS:localhost,IP:127.0.0.1",
                           .usage = "serverAuth",
                           .from_days = -1,
                           .to_days = 1 };
  IdentityOptions client = {
    .name = "899700000017", .usage = "clientAuth", .from_days = -1, .to_days = 1
  };
  World *self = g_new0 (World, 1);

  self->key = host.key = client.key = software_rsa_new ();
  self->dir = g_dir_make_tmp ("caducee-XXXXXX", NULL);
  self->ca_file = g_build_filename (self->dir, "ca.pem", NULL);
  self->authority = identity_new (&authority, NULL);
  self->stranger = identity_new (&authority, NULL);
  self->host = identity_new (&host, self->authority);
  self->client = identity_new (&client, self->authority);
  self->intruder = identity_new (&client, self->stranger);
  identity_write (self->authority, self->ca_file);

  return self;
}

void
world_free (World *self)
{
  g_unlink (self->ca_file);
  g_rmdir (self->dir);
  g_free (self->ca_file);
  g_free (self->dir);
  identity_free (self->authority);
  identity_free (self->stranger);
  identity_free (self->host);
  identity_free (self->client);
  identity_free (self->intruder);
  EVP_PKEY_free (self->key);
  g_free (self);
}

DmpWireClient *
world_connect (const World *self, Peer *peer, const ConnectOptions *options)
{
  const Identity *identity = options->identity;
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/services/", peer_get_port (peer));
  const DmpWireConfig config = { .base_url = url,
                                 .ca_file = self->ca_file,
                                 .response_timeout_ms = options->patience_ms,
                                 .max_reply = options->max_reply,
                                 .user_agent = "test" };
  const DmpWireCredential credential = { .key = identity != NULL ? identity->key : NULL,
                                         .certificate =
                                             identity != NULL ? identity->certificate : NULL,
                                         .pkcs1_only = TRUE };
  g_autoptr (GError) error = NULL;
  DmpWireClient *client = dmp_wire_client_new (&config, &credential, &error);

  g_assert_no_error (error);
  return client;
}

Peer *
world_new_peer (const World *self)
{
  const PeerOptions options = { .identity = self->host, .client_authority = self->authority };
  g_autofree char *answer = wire_answer ("200 OK", NULL, WIRE_GOOD);
  Peer *peer = peer_new (&options);

  peer_set_answer (peer, PEER_ANSWER, answer, -1);
  return peer;
}

char *
wire_answer (const char *status, const char *headers, const char *body_content)
{
  return g_strdup_printf (
      "HTTP/1.1 %s\r\nContent-Type: application/soap+xml; charset=UTF-8\r\n"
      "Content-Length: @LEN@\r\n%s\r\n"
      "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' "
      "xmlns:a='http://www.w3.org/2005/08/addressing'><s:Header><a:RelatesTo>@ID@</a:RelatesTo>"
      "</s:Header><s:Body>%s</s:Body></s:Envelope>",
      status, headers != NULL ? headers : "", body_content);
}

gboolean
wire_call (DmpWireClient *client,
           GBytes *attached,
           gboolean repeatable,
           GCancellable *cancellable,
           DmpMessage **reply,
           GError **error)
{
  g_autoptr (DmpMessage) message = dmp_message_new (dmp_xml_new ("urn:q", "q", "request"));
  const DmpWireRequest request = {
    .endpoint = "patients", .action = "urn:act", .message = message, .repeatable = repeatable
  };

  if (attached != NULL)
    dmp_message_include (message,
                         dmp_xml_add (dmp_message_root (message), "urn:q", "document", NULL),
                         "text/xml", attached);

  return dmp_wire_client_call (client, &request, cancellable, reply, error);
}

GError *
wire_call_fails (DmpWireClient *client, DmpErrorCode code)
{
  GError *error = NULL;
  DmpMessage *reply = NULL;

  g_assert_false (wire_call (client, NULL, FALSE, NULL, &reply, &error));
  g_assert_null (reply);
  g_assert_error (error, DMP_ERROR, (gint) code);
  g_test_message ("%s", error->message);

  return error;
}

void
wire_call_works (DmpWireClient *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply = NULL;

  wire_call (client, NULL, FALSE, NULL, &reply, &error);
  g_assert_no_error (error);
  g_assert_true (dmp_xml_is (dmp_message_root (reply), "urn:r", "r"));
}
