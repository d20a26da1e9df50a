#include "config.h"

#include "dmp-card-watch.h"

#include "dmp-card-readers.h"
#include "dmp-card-service.h"

#include <sys/eventfd.h>
#include <unistd.h>

/* A cancel that arrives between two waits is lost, so it is repeated until the thread has ended. */
#define CANCEL_AGAIN_US (5 * 1000)
/* A service that is stuck answers nothing and cannot be cancelled: the thread is left to it. */
#define GIVE_UP_US (2 * G_USEC_PER_SEC)
/* pcsc-lite 1.9 does not tell of a reader that comes between the listing and the waiting. Its own
 * library wakes up as often. */
#define LIST_AGAIN_MS (60 * 1000)

struct _DmpCardWatch
{
  GObject parent;
  GMainContext *main_context;
  GThread *thread;

  /* for the owner's thread */
  gboolean ready;
  gboolean service;
  GPtrArray *readers;

  /* shared, under the lock */
  GMutex lock;
  GCond ended_cond;
  gboolean stopping;
  gboolean ended;
  SCARDCONTEXT context; /* that the thread waits in, or 0 */
  gboolean next_service;
  GPtrArray *next_readers; /* what "changed" will publish, or NULL */
  GSource *source;         /* that will emit it, or NULL */
  int wake_fd;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpCardWatch, dmp_card_watch, G_TYPE_OBJECT)

static void
dmp_card_watch_dispose (GObject *object)
{
  dmp_card_watch_stop (DMP_CARD_WATCH (object));
  G_OBJECT_CLASS (dmp_card_watch_parent_class)->dispose (object);
}

static void
dmp_card_watch_finalize (GObject *object)
{
  DmpCardWatch *self = DMP_CARD_WATCH (object);

  if (self->wake_fd >= 0)
    close (self->wake_fd);
  g_clear_pointer (&self->readers, g_ptr_array_unref);
  g_clear_pointer (&self->next_readers, g_ptr_array_unref);
  g_clear_pointer (&self->main_context, g_main_context_unref);
  g_cond_clear (&self->ended_cond);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (dmp_card_watch_parent_class)->finalize (object);
}

static void
dmp_card_watch_class_init (DmpCardWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dmp_card_watch_dispose;
  object_class->finalize = dmp_card_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", DMP_TYPE_CARD_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
dmp_card_watch_init (DmpCardWatch *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended_cond);
  self->main_context = g_main_context_ref_thread_default ();
  self->readers = g_ptr_array_new ();
  self->wake_fd = -1;
}

/* --- in the main context --------------------------------------------------------------------- */

static gboolean
emit_changed (gpointer user_data)
{
  DmpCardWatch *self = user_data;
  g_autoptr (GPtrArray) old = NULL;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->source, g_source_unref);
  old = self->readers;
  self->readers = g_steal_pointer (&self->next_readers);
  self->service = self->next_service;
  self->ready = TRUE;
  g_mutex_unlock (&self->lock);

  g_object_ref (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* --- in the thread --------------------------------------------------------------------------- */

/* @readers: (transfer full). A list that was not emitted yet is replaced: only the newest counts,
 * and its numbers of insertion tell what was missed. */
static void
publish (DmpCardWatch *self, gboolean service, GPtrArray *readers)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->next_readers, g_ptr_array_unref);
  self->next_readers = readers;
  self->next_service = service;
  if (self->source == NULL && !self->stopping)
    {
      self->source = g_idle_source_new ();
      g_source_set_priority (self->source, G_PRIORITY_HIGH);
      g_source_set_callback (self->source, emit_changed, self, NULL);
      g_source_attach (self->source, self->main_context);
    }
  g_mutex_unlock (&self->lock);
}

static gboolean
is_stopping (DmpCardWatch *self)
{
  gboolean stopping;

  g_mutex_lock (&self->lock);
  stopping = self->stopping;
  g_mutex_unlock (&self->lock);
  return stopping;
}

static void
set_context (DmpCardWatch *self, SCARDCONTEXT context)
{
  g_mutex_lock (&self->lock);
  self->context = context;
  g_mutex_unlock (&self->lock);
}

/* Until the service goes away or we are stopped. */
static void
watch_service (DmpCardWatch *self, DmpCardReaders *readers, SCARDCONTEXT context)
{
  g_autoptr (GPtrArray) last = NULL;

  while (!is_stopping (self))
    {
      g_autoptr (GPtrArray) now = NULL;
      LONG rv = dmp_card_readers_wait (readers, context, LIST_AGAIN_MS);

      if (rv != SCARD_S_SUCCESS && rv != SCARD_E_TIMEOUT && rv != SCARD_E_CANCELLED)
        break;

      now = dmp_card_readers_dup (readers);
      if (last != NULL && dmp_card_readers_equal (last, now))
        continue;

      g_clear_pointer (&last, g_ptr_array_unref);
      last = g_ptr_array_ref (now);
      publish (self, TRUE, dmp_card_readers_dup (readers));
    }
}

static gpointer
run (gpointer user_data)
{
  DmpCardWatch *self = user_data;
  g_autoptr (DmpCardService) service = dmp_card_service_new (self->wake_fd);
  gboolean absent = FALSE;

  while (!is_stopping (self))
    {
      g_autoptr (DmpCardReaders) readers = dmp_card_readers_new ();
      SCARDCONTEXT context = 0;

      if (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context) == SCARD_S_SUCCESS)
        {
          gint64 start = g_get_monotonic_time ();

          absent = FALSE;
          set_context (self, context);
          watch_service (self, readers, context);
          set_context (self, 0);
          SCardReleaseContext (context);
          if (g_get_monotonic_time () - start > G_USEC_PER_SEC)
            dmp_card_service_answered (service);
        }
      if (is_stopping (self))
        break;

      if (!absent)
        publish (self, FALSE, g_ptr_array_new ());
      absent = TRUE;
      dmp_card_service_wait (service);
    }

  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  g_cond_signal (&self->ended_cond);
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* --- public ---------------------------------------------------------------------------------- */

DmpCardWatch *
dmp_card_watch_new (void)
{
  return g_object_new (DMP_TYPE_CARD_WATCH, NULL);
}

void
dmp_card_watch_start (DmpCardWatch *self)
{
  g_return_if_fail (DMP_IS_CARD_WATCH (self));

  if (self->thread != NULL)
    return;

  if (self->wake_fd < 0)
    self->wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->stopping = FALSE;
  self->ended = FALSE;
  self->thread = g_thread_new ("card-watch", run, self);
}

void
dmp_card_watch_stop (DmpCardWatch *self)
{
  gint64 patience = g_get_monotonic_time () + GIVE_UP_US;
  gboolean ended;

  g_return_if_fail (DMP_IS_CARD_WATCH (self));

  if (self->thread == NULL)
    return;

  eventfd_write (self->wake_fd, 1);
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  while (!self->ended && g_get_monotonic_time () < patience)
    {
      if (self->context != 0)
        SCardCancel (self->context);
      g_cond_wait_until (&self->ended_cond, &self->lock, g_get_monotonic_time () + CANCEL_AGAIN_US);
    }
  ended = self->ended;
  g_mutex_unlock (&self->lock);
  if (ended)
    g_clear_pointer (&self->thread, g_thread_join);
  else
    {
      g_object_ref (self); /* for that thread, as long as the process lives */
      g_clear_pointer (&self->thread, g_thread_unref);
    }

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  eventfd_read (self->wake_fd, &(eventfd_t){ 0 });
}

gboolean
dmp_card_watch_is_ready (DmpCardWatch *self)
{
  g_return_val_if_fail (DMP_IS_CARD_WATCH (self), FALSE);

  return self->ready;
}

gboolean
dmp_card_watch_has_service (DmpCardWatch *self)
{
  g_return_val_if_fail (DMP_IS_CARD_WATCH (self), FALSE);

  return self->service;
}

GPtrArray *
dmp_card_watch_get_readers (DmpCardWatch *self)
{
  g_return_val_if_fail (DMP_IS_CARD_WATCH (self), NULL);

  return self->readers;
}

const DmpCardReader *
dmp_card_watch_find (DmpCardWatch *self, DmpCardKind kind)
{
  g_return_val_if_fail (DMP_IS_CARD_WATCH (self), NULL);

  for (guint i = 0; i < self->readers->len; i++)
    {
      const DmpCardReader *reader = g_ptr_array_index (self->readers, i);

      if (reader->kind == kind)
        return reader;
    }
  return NULL;
}
