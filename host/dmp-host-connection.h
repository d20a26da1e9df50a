#pragma once

#include "dmp-host-tls.h"

G_BEGIN_DECLS

/* Connections and their deadlines. libmicrohttpd only knows idle time: a peer that sends a byte now
 * and then would stay for ever. */

typedef enum
{
  DMP_HOST_PHASE_OPENING, /* handshake and request line of the first request */
  DMP_HOST_PHASE_HEADERS,
  DMP_HOST_PHASE_BODY,
  DMP_HOST_PHASE_WORKING, /* no deadline */
  DMP_HOST_PHASE_ANSWER,  /* the peer reads */
  DMP_HOST_PHASE_IDLE     /* kept alive: a new handshake costs a card's signature */
} DmpHostPhase;

/* Longest stay in a phase, in seconds. */
#define DMP_HOST_IDLE_SECONDS (20 * 60)

typedef struct _DmpHostWatch DmpHostWatch;

typedef struct
{
  DmpHostWatch *watch;
  int fd;
  /* under the watch's lock */
  DmpHostPhase phase;
  gint64 deadline; /* monotonic microseconds */
  gboolean ended;  /* the peer had gone at the last look */
  /* its own */
  DmpHostTlsPeer peer;
} DmpHostConnection;

/* Starts the watchman. Returns: (transfer full) */
DmpHostWatch *dmp_host_watch_new (void);
void dmp_host_watch_free (DmpHostWatch *self);

/* A connection that begins. Returns: (transfer full): give it to dmp_host_connection_free() before
 * @fd is closed */
DmpHostConnection *dmp_host_connection_new (DmpHostWatch *watch, int fd);
void dmp_host_connection_free (DmpHostConnection *self);

void dmp_host_connection_enter (DmpHostConnection *self, DmpHostPhase phase);

G_END_DECLS
