#include "config.h"

#include "dmp-host-connection.h"

#include <sys/socket.h>

static const gint64 seconds[] = {
  [DMP_HOST_PHASE_OPENING] = 30, /* a card may take its second to sign, its holder a while */
  [DMP_HOST_PHASE_HEADERS] = 15,
  [DMP_HOST_PHASE_BODY] = 180,
  [DMP_HOST_PHASE_WORKING] = 0,
  [DMP_HOST_PHASE_ANSWER] = 180,
  [DMP_HOST_PHASE_IDLE] = DMP_HOST_IDLE_SECONDS,
};

struct _DmpHostWatch
{
  GMutex lock;
  GCond wake;
  GHashTable *connections;
  GThread *thread;
  gboolean stopping;
};

/* The library waits for a change of the socket, and the rest of a TLS record and the end of file
 * may come as one: then it never looks again. Whoever works or answers may still be listened to. */
static gboolean
has_ended (DmpHostConnection *self)
{
  gboolean before = self->ended;
  char byte;

  self->ended = self->phase != DMP_HOST_PHASE_WORKING && self->phase != DMP_HOST_PHASE_ANSWER &&
                recv (self->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
  return before && self->ended;
}

static void
close_late (DmpHostWatch *self)
{
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      DmpHostConnection *connection = key;

      if (connection->deadline == 0 || (connection->deadline > now && !has_ended (connection)))
        continue;
      /* The library sees an end of file and cleans up; the descriptor is still its own. */
      shutdown (connection->fd, SHUT_RDWR);
      connection->deadline = 0;
    }
}

static gpointer
run (gpointer data)
{
  DmpHostWatch *self = data;

  g_mutex_lock (&self->lock);
  while (!self->stopping)
    {
      g_cond_wait_until (&self->wake, &self->lock, g_get_monotonic_time () + G_TIME_SPAN_SECOND);
      close_late (self);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

DmpHostWatch *
dmp_host_watch_new (void)
{
  DmpHostWatch *self = g_new0 (DmpHostWatch, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->connections = g_hash_table_new (NULL, NULL);
  self->thread = g_thread_new ("watch", run, self);
  return self;
}

void
dmp_host_watch_free (DmpHostWatch *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_hash_table_unref (self->connections);
  g_cond_clear (&self->wake);
  g_mutex_clear (&self->lock);
  g_free (self);
}

DmpHostConnection *
dmp_host_connection_new (DmpHostWatch *watch, int fd)
{
  DmpHostConnection *self = g_new0 (DmpHostConnection, 1);

  self->watch = watch;
  self->fd = fd;
  g_mutex_lock (&watch->lock);
  g_hash_table_add (watch->connections, self);
  g_mutex_unlock (&watch->lock);
  dmp_host_connection_enter (self, DMP_HOST_PHASE_OPENING);
  return self;
}

void
dmp_host_connection_free (DmpHostConnection *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->watch->lock);
  g_hash_table_remove (self->watch->connections, self);
  g_mutex_unlock (&self->watch->lock);
  dmp_host_identity_free (self->peer.identity);
  g_free (self);
}

void
dmp_host_connection_enter (DmpHostConnection *self, DmpHostPhase phase)
{
  gint64 span = seconds[phase] * G_TIME_SPAN_SECOND;

  g_mutex_lock (&self->watch->lock);
  self->phase = phase;
  self->ended = FALSE;
  self->deadline = span == 0 ? 0 : g_get_monotonic_time () + span;
  g_mutex_unlock (&self->watch->lock);
}
