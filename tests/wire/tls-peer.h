#pragma once

#include "test-pki.h"

#include <openssl/ssl.h>

G_BEGIN_DECLS

/* A peer on the loopback that answers what it is told to: it stands for what a real host cannot be
 * made to do (garbage, drips, wrong certificates). One connection at a time. */

typedef enum
{
  PEER_ANSWER,  /* sends the answer, keeps the connection */
  PEER_LAST,    /* sends the answer, closes */
  PEER_HANG_UP, /* reads the request, closes without a word */
  PEER_SILENT,  /* reads the request, says nothing until the other side leaves */
  PEER_DRIP,    /* one byte of the answer every millisecond */
  PEER_ENDLESS  /* the answer, then blanks without end */
} PeerManner;

typedef struct
{
  const Identity *identity;
  const Identity *client_authority; /* (nullable): who signs the client certificates it takes */
  int max_version;                  /* 0: TLS 1.2 */
  int min_version;
  const char *ciphers; /* (nullable) */
  gboolean no_tickets;
  gboolean no_sessions;
} PeerOptions;

typedef struct _Peer Peer;

Peer *peer_new (const PeerOptions *options);
void peer_free (Peer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

guint16 peer_get_port (Peer *self);

/* The next answer, for all requests to come until another is set: the whole HTTP answer. "@ID@"
 * becomes the request's MessageID. @len: -1: ends by NUL */
void peer_set_answer (Peer *self, PeerManner manner, const char *answer, gssize len);

/* How the @n-th request from now (1: the next) is treated, whatever the manner. */
void peer_hang_up_at (Peer *self, guint n);

/* Of the last request: (transfer full) */
char *peer_dup_head (Peer *self);
GBytes *peer_dup_body (Peer *self);
char *peer_dup_client (Peer *self); /* CN of the client's certificate, or NULL */

guint peer_get_requests (Peer *self);
guint peer_get_connections (Peer *self);

/* Waits until it has read @n requests in all. */
void peer_wait (Peer *self, guint n);

G_END_DECLS
