#include "config.h"

#include "dmp-session-private.h"
#include "dmp-submission.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>

/* --- In the worker --------------------------------------------------------------------------- */

static void
return_result (GTask *task, gboolean done, GError *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
send_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  DmpLink *link = DMP_SESSION (source)->link;
  GError *error = NULL;
  gboolean done = dmp_submission_prepare (data, link, cancellable, &error) &&
                  dmp_submission_deliver (data, link, dmp_delivery_send, cancellable, &error);

  return_result (task, done, error);
}

static void
prepare_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gboolean done = dmp_submission_prepare (data, DMP_SESSION (source)->link, cancellable, &error);

  return_result (task, done, error);
}

static void
deliver_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  DmpLink *link = DMP_SESSION (source)->link;
  gboolean done = dmp_submission_deliver (data, link, dmp_delivery_start, cancellable, &error);

  return_result (task, done, error);
}

/* Once asked for it is not dropped because the caller no longer looks: the answer is wanted either
 * way. */
static void
push_send (
    DmpSession *self, DmpRecord *record, GPtrArray *drafts, GTask *task, GTaskThreadFunc worker)
{
  GError *error = NULL;
  DmpSubmission *submission = dmp_submission_new (self, record, drafts, &error);

  g_task_set_check_cancellable (task, FALSE);
  if (submission == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, submission, dmp_submission_unref);
  dmp_worker_push (self->worker, task, DMP_JOB_URGENT, worker);
}

void
dmp_session_send_async (DmpSession *self,
                        DmpRecord *record,
                        GPtrArray *drafts,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_send_async, cancellable, callback, user_data);

  push_send (self, record, drafts, task, send_worker);
}

DmpSubmissionReceipt *
dmp_session_send_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return dmp_submission_take_receipt (g_task_get_task_data (G_TASK (result)));
}

gint64
dmp_session_send_get_kept (GAsyncResult *result, const char **submission_set)
{
  const DmpSubmission *submission = g_task_get_task_data (G_TASK (result));

  *submission_set = NULL;
  return submission != NULL ? dmp_submission_get_kept (submission, submission_set) : 0;
}

void
dmp_session_prepare_async (DmpSession *self,
                           DmpRecord *record,
                           GPtrArray *drafts,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_prepare_async, cancellable, callback, user_data);

  push_send (self, record, drafts, task, prepare_worker);
}

/* Kept here with its claim, unless its card has gone meanwhile: then it waits for the next one. */
gint64
dmp_session_prepare_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  DmpSubmission *submission;
  gint64 *id;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return 0;
  submission = g_task_get_task_data (G_TASK (result));
  id = dmp_submission_get_id (submission);
  if (dmp_submission_is_of (submission, self->practitioner))
    g_hash_table_insert (self->held, id, dmp_submission_ref (submission));
  return *id;
}

static gboolean
take_held (DmpSession *self, gint64 id, GTask *task)
{
  gpointer submission = NULL;
  gboolean held = g_hash_table_steal_extended (self->held, &id, NULL, &submission);

  if (!held)
    g_task_return_new_error (task, DMP_ERROR, DMP_ERROR_NOT_FOUND,
                             _ ("Cet envoi n’est plus en attente ici. Voyez la boîte d’envoi."));
  else
    g_task_set_task_data (task, submission, dmp_submission_unref);
  g_task_set_check_cancellable (task, FALSE);
  return held;
}

void
dmp_session_deliver_async (DmpSession *self,
                           gint64 id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_deliver_async, cancellable, callback, user_data);

  if (take_held (self, id, task))
    dmp_worker_push (self->worker, task, DMP_JOB_URGENT, deliver_worker);
}

DmpSubmissionReceipt *
dmp_session_deliver_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  return dmp_session_send_finish (self, result, error);
}

static void
withdraw_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gboolean done = dmp_submission_withdraw (data, &error);

  return_result (task, done, error);
}

void
dmp_session_withdraw_async (DmpSession *self,
                            gint64 id,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (take_held (self, id, task))
    g_task_run_in_thread (task, withdraw_worker); /* the worker may be busy with the host */
}

gboolean
dmp_session_withdraw_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GHashTable *
dmp_session_new_held (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, dmp_submission_unref);
}
