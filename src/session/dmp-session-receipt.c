#include "config.h"

#include "dmp-receipt-private.h"
#include "dmp-session-private.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *submission_id;
  gboolean sign;
  DmpPractitioner *practitioner; /* (nullable): nobody's card is there */
  GBytes *receipt;               /* the answer */
} ReceiptJob;

static void
receipt_job_free (gpointer data)
{
  ReceiptJob *job = data;

  g_free (job->submission_id);
  g_clear_object (&job->practitioner);
  g_clear_pointer (&job->receipt, g_bytes_unref);
  g_free (job);
}

static GBytes *
read_kept (DmpConfig *config, const char *submission_id, GError **error)
{
  g_autoptr (GPtrArray) kept = dmp_receipt_list_kept (config, submission_id, error);

  if (kept == NULL)
    return NULL;
  if (kept->len == 1)
    return g_bytes_ref (((DmpOutboxReceipt *) g_ptr_array_index (kept, 0))->content);
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_NOT_FOUND,
                       _ ("Aucun reçu de cet envoi n’est gardé sur ce poste : il n’y en a que "
                          "des envois acceptés par le DMP, et pour un temps limité."));
  return NULL;
}

static GBytes *
sign_receipt (DmpLink *link, const ReceiptJob *job, GBytes *receipt, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  DmpXmlSigner signer;

  if (!dmp_link_get_signer (link, &signer, error))
    return NULL;
  return dmp_receipt_sign (receipt, dmp_practitioner_get_national_id (job->practitioner), now,
                           &signer, error);
}

static void
receipt_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ReceiptJob *job = data;
  GError *error = NULL;
  g_autoptr (GBytes) kept = read_kept (DMP_SESSION (source)->config, job->submission_id, &error);

  if (kept != NULL)
    job->receipt = job->sign ? sign_receipt (DMP_SESSION (source)->link, job, kept, &error)
                             : g_bytes_ref (kept);
  if (job->receipt != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dmp_session_get_receipt_async (DmpSession *self,
                               const char *submission_id,
                               gboolean sign,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_get_receipt_async, cancellable, callback, user_data);
  ReceiptJob *job = g_new0 (ReceiptJob, 1);

  job->submission_id = g_strdup (submission_id);
  job->sign = sign;
  g_set_object (&job->practitioner, self->practitioner);
  g_task_set_task_data (task, job, receipt_job_free);
  dmp_worker_push (self->worker, task, DMP_JOB_URGENT, receipt_worker);
}

GBytes *
dmp_session_get_receipt_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  ReceiptJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  return g_steal_pointer (&job->receipt);
}
