#include "config.h"

#include "dmp-worker.h"

struct _DmpWorker
{
  GThread *thread;
  GAsyncQueue *jobs; /* of Job, sorted by priority, then age */
  guint64 pushed;    /* age of the next job; only touched by the owner */
};

typedef struct
{
  GTask *task; /* owned; NULL ends the thread */
  GTaskThreadFunc run;
  int priority;
  guint64 age;
} Job;

static gint
job_compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Job *left = a, *right = b;

  if (left->priority != right->priority)
    return left->priority < right->priority ? -1 : 1;
  return left->age < right->age ? -1 : left->age > right->age;
}

static void
job_run (const Job *job)
{
  if (!g_task_return_error_if_cancelled (job->task))
    job->run (job->task, g_task_get_source_object (job->task), g_task_get_task_data (job->task),
              g_task_get_cancellable (job->task));
}

static gboolean
drop_task (gpointer task)
{
  return G_SOURCE_REMOVE; /* the source's destroy notify does it */
}

/* The task may hold the last reference to its source, and that to us: were it
 * dropped here, the worker would have to join itself. So its owner drops it. */
static void
release_task (GTask *task)
{
  g_autoptr (GSource) idle = g_idle_source_new ();

  g_source_set_callback (idle, drop_task, task, g_object_unref);
  g_source_attach (idle, g_task_get_context (task));
}

static gpointer
worker_main (gpointer data)
{
  g_autoptr (GAsyncQueue) jobs = data;

  for (;;)
    {
      g_autofree Job *job = g_async_queue_pop (jobs);

      if (job->task == NULL)
        return NULL;
      job_run (job);
      release_task (job->task);
    }
}

DmpWorker *
dmp_worker_new (const char *name)
{
  DmpWorker *self = g_new0 (DmpWorker, 1);

  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new (name, worker_main, g_async_queue_ref (self->jobs));

  return self;
}

static void
push_job (DmpWorker *self, GTask *task, int priority, GTaskThreadFunc run)
{
  Job *job = g_new0 (Job, 1);

  job->task = task;
  job->run = run;
  job->priority = priority;
  job->age = self->pushed++;
  g_async_queue_push_sorted (self->jobs, job, job_compare, NULL);
}

void
dmp_worker_push (DmpWorker *self, GTask *task, DmpJobPriority priority, GTaskThreadFunc run)
{
  push_job (self, g_object_ref (task), (int) priority, run);
}

void
dmp_worker_free (DmpWorker *self)
{
  if (self == NULL)
    return;

  push_job (self, NULL, G_MAXINT, NULL);
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_free (self);
}
