#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One thread that runs tasks one by one. All that may block or is not thread-safe (card,
 * connection) lives there and needs no lock. */
typedef struct _DmpWorker DmpWorker;

typedef enum
{
  DMP_JOB_URGENT, /* a person waits for it: sign-in, a click on a document, lock */
  DMP_JOB_NORMAL,
  DMP_JOB_BACKGROUND /* the batches of a record */
} DmpJobPriority;

DmpWorker *dmp_worker_new (const char *name);

/* Queues @run; equal priorities run in the order of the calls.
 * @task: kept until @run has returned
 * @run: called in the worker; must answer @task with one g_task_return_*() */
void dmp_worker_push (DmpWorker *self, GTask *task, DmpJobPriority priority, GTaskThreadFunc run);

/* Waits for the jobs already pushed: cancel them first. NULL is fine. */
void dmp_worker_free (DmpWorker *self);

G_END_DECLS
