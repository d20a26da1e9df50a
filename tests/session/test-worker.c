#include "config.h"

#include "session/dmp-worker.h"

/* What ran, in order; the first job holds the worker until all are queued. */
typedef struct
{
  GMutex lock;
  GCond opened;
  gboolean open;
  GString *order;
  guint answered;
} Log;

static void
job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Log *log = g_object_get_data (G_OBJECT (task), "log");

  g_mutex_lock (&log->lock);
  while (!log->open)
    g_cond_wait (&log->opened, &log->lock);
  g_string_append (log->order, data);
  g_mutex_unlock (&log->lock);
  g_task_return_boolean (task, TRUE);
}

static void
answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Log *) user_data)->answered++;
}

static void
push (DmpWorker *worker,
      Log *log,
      const char *name,
      DmpJobPriority priority,
      GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, answered, log);

  g_task_set_task_data (task, g_strdup (name), g_free);
  g_object_set_data (G_OBJECT (task), "log", log);
  dmp_worker_push (worker, task, priority, job);
}

/* Urgent jobs overtake, equal ones keep their order, cancelled ones do not run but are answered. */
static void
test_order (void)
{
  DmpWorker *worker = dmp_worker_new ("test");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Log log = { .order = g_string_new (NULL) };

  g_mutex_init (&log.lock);
  g_cond_init (&log.opened);
  push (worker, &log, "1", DMP_JOB_URGENT, NULL);
  push (worker, &log, "e", DMP_JOB_BACKGROUND, NULL);
  push (worker, &log, "f", DMP_JOB_BACKGROUND, NULL);
  push (worker, &log, "c", DMP_JOB_NORMAL, NULL);
  push (worker, &log, "x", DMP_JOB_NORMAL, cancelled);
  push (worker, &log, "a", DMP_JOB_URGENT, NULL);
  push (worker, &log, "b", DMP_JOB_URGENT, NULL);
  g_cancellable_cancel (cancelled);

  g_mutex_lock (&log.lock);
  log.open = TRUE;
  g_cond_broadcast (&log.opened);
  g_mutex_unlock (&log.lock);
  while (log.answered < 7)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (log.order->str, ==, "1abcef");

  dmp_worker_free (worker);
  g_string_free (log.order, TRUE);
  g_mutex_clear (&log.lock);
  g_cond_clear (&log.opened);
}

/* The source owns the worker and the task holds the source's last reference: it must not go in the
 * worker. */
static void
free_worker (gpointer worker, GObject *source)
{
  g_assert_true (g_main_context_is_owner (NULL));
  dmp_worker_free (worker);
}

static void
answer (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

static void
test_last_reference (void)
{
  g_main_context_acquire (NULL);
  for (guint i = 0; i < 50; i++)
    {
      GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
      DmpWorker *worker = dmp_worker_new ("test");
      GTask *task = g_task_new (source, NULL, NULL, NULL);
      gpointer watched = source;

      g_object_weak_ref (source, free_worker, worker);
      g_object_add_weak_pointer (source, &watched);
      dmp_worker_push (worker, task, DMP_JOB_NORMAL, answer);
      g_object_unref (task);
      g_object_unref (source);
      while (watched != NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  g_main_context_release (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/order", test_order);
  g_test_add_func ("/worker/last-reference", test_last_reference);

  return g_test_run ();
}
