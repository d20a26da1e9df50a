#pragma once

#include "tls-peer.h"
#include "model/dmp-error.h"
#include "wire/dmp-wire-client.h"

G_BEGIN_DECLS

/* One demonstration world for a whole test program. */
typedef struct
{
  EVP_PKEY *key; /* RSA, as the suites of the DMP want: one for all, they are slow to make */
  char *dir;
  char *ca_file;
  Identity *authority; /* of host and client */
  Identity *stranger;  /* another authority */
  Identity *host;      /* localhost and 127.0.0.1 */
  Identity *client;
  Identity *intruder; /* a client of the other authority */
} World;

World *world_new (void);
void world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

typedef struct
{
  const Identity *identity; /* (nullable) */
  gsize max_reply;
  guint patience_ms; /* 0: as the product */
} ConnectOptions;

DmpWireClient *world_connect (const World *self, Peer *peer, const ConnectOptions *options);

/* A peer that wants a client certificate, with the good answer set. */
Peer *world_new_peer (const World *self);

/* An answer of soap:Body content, as PEER_ANSWER sends it. */
char *wire_answer (const char *status, const char *headers, const char *body_content);

/* The good answer. */
#define WIRE_GOOD "<r xmlns='urn:r'/>"

/* Sends <request xmlns="urn:q"/> with an attachment for each of @attached (nullable). */
gboolean wire_call (DmpWireClient *client,
                    GBytes *attached,
                    gboolean repeatable,
                    GCancellable *cancellable,
                    DmpMessage **reply,
                    GError **error);

/* The call must fail so. Returns: (transfer full): the error */
GError *wire_call_fails (DmpWireClient *client, DmpErrorCode code);

/* The call must succeed. */
void wire_call_works (DmpWireClient *client);

G_END_DECLS
