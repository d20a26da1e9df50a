#include "config.h"

/* Examining and repairing in threads of their own. */

#include "dmp-file-report.h"

typedef struct
{
  GBytes *bytes;
  DmpFileContext context;
  char *mime;
  DmpRepair repair;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->bytes);
  g_clear_object (&job->context.patient);
  g_free ((char *) job->context.holder);
  g_free ((char *) job->context.today);
  g_free (job->mime);
  g_free (job);
}

static void
examine_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  DmpFileReport *report = dmp_file_examine (job->bytes, &job->context, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) dmp_file_report_free);
  else
    g_task_return_error (task, error);
}

void
dmp_file_examine_async (GBytes *bytes,
                        const DmpFileContext *context,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->bytes = g_bytes_ref (bytes);
  g_set_object (&job->context.patient, context->patient);
  job->context.holder = g_strdup (context->holder);
  job->context.today = g_strdup (context->today);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, examine_thread);
}

DmpFileReport *
dmp_file_examine_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
repair_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  GBytes *made = dmp_file_repair (job->bytes, job->mime, job->repair, cancellable, &error);

  if (made != NULL)
    g_task_return_pointer (task, made, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
dmp_file_repair_async (GBytes *bytes,
                       const char *mime,
                       DmpRepair repair,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->bytes = g_bytes_ref (bytes);
  job->mime = g_strdup (mime);
  job->repair = repair;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, repair_thread);
}

GBytes *
dmp_file_repair_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
