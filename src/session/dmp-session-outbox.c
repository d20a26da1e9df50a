#include "config.h"

#include "dmp-delivery.h"
#include "dmp-session-private.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>

GPtrArray *
dmp_session_dup_places (DmpSession *self)
{
  GListModel *model = G_LIST_MODEL (self->situations);
  GPtrArray *places = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (places, g_list_model_get_item (model, i));
  return places;
}

void
dmp_session_forget_sent (DmpOutbox *outbox, gint64 id)
{
  g_autoptr (GError) error = NULL;

  if (!dmp_outbox_drop (outbox, id, &error))
    g_debug ("acknowledged, but not forgotten: %s", error->message); /* its bodies are gone */
}

/* --- One row --------------------------------------------------------------------------------- */

/* The professional at a card, and where it may act. */
typedef struct
{
  DmpPractitioner *practitioner;
  GPtrArray *places;
  guint delay;
} Sender;

static DmpSituation *
find_place (GPtrArray *places, const char *id, GError **error)
{
  for (guint i = 0; i < places->len; i++)
    if (g_strcmp0 (dmp_situation_get_structure_id (g_ptr_array_index (places, i)), id) == 0)
      return g_ptr_array_index (places, i);
  g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE,
               _ ("Cet envoi a été préparé pour une autre situation d’exercice (%s), que la carte "
                  "ne porte pas. Il reste dans la boîte d’envoi."),
               id);
  return NULL;
}

/* As it was asked for then: same patient, same place, same mode. */
static gboolean
resolve_row (DmpLink *link,
             const Sender *sender,
             DmpOutbox *outbox,
             DmpOutboxRow *row,
             GCancellable *cancellable,
             GError **error)
{
  const DmpPatientFields fields = { .ins = row->ins, .ins_oid = row->ins_oid };
  g_autoptr (DmpPatient) patient = dmp_patient_new (&fields);
  const DmpLinkContext who = { .practitioner = sender->practitioner,
                               .situation = find_place (sender->places, row->place, error),
                               .patient = patient,
                               .mode = (DmpAccessMode) row->mode };
  const DmpDelivery delivery = { .link = link, .context = &who, .outbox = outbox, .row = row };

  return who.situation != NULL &&
         dmp_delivery_resolve (&delivery, sender->delay, cancellable, error);
}

/* Somebody else may have settled it between the list and the claim. */
static DmpOutboxRow *
claim_row (DmpOutbox *outbox, const DmpOutboxRow *seen)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (!dmp_outbox_claim (outbox, seen->id))
    return NULL;
  rows = dmp_outbox_list (outbox, seen->professional, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (((DmpOutboxRow *) g_ptr_array_index (rows, i))->id == seen->id)
      return g_ptr_array_steal_index (rows, i);
  return NULL;
}

/* --- When a record is opened ----------------------------------------------------------------- */

void
dmp_session_resolve_record (DmpSession *self,
                            const DmpJobContext *context,
                            GPtrArray *places,
                            GCancellable *cancellable)
{
  const Sender sender = { .practitioner = context->practitioner,
                          .places = places,
                          .delay = dmp_config_get_resend_delay (self->config) };
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpOutbox) outbox = dmp_outbox_exists (NULL) ? dmp_outbox_open (NULL, &error) : NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (outbox != NULL)
    rows =
        dmp_outbox_list (outbox, dmp_practitioner_get_national_id (context->practitioner), &error);
  for (guint i = 0; rows != NULL && error == NULL && i < rows->len; i++)
    {
      const DmpOutboxRow *seen = g_ptr_array_index (rows, i);
      g_autoptr (DmpOutboxRow) row = NULL;

      if ((seen->state != DMP_OUTBOX_UNKNOWN && seen->state != DMP_OUTBOX_ACKED) ||
          g_strcmp0 (seen->ins, dmp_patient_get_ins (context->patient)) != 0)
        continue;
      row = claim_row (outbox, seen);
      /* Acknowledged, but its sender ended before it could tell: the list tells now. */
      if (row != NULL && (row->state == DMP_OUTBOX_ACKED ||
                          (row->state == DMP_OUTBOX_UNKNOWN &&
                           resolve_row (self->link, &sender, outbox, row, cancellable, &error))))
        dmp_outbox_drop (outbox, row->id, NULL);
    }
  if (error != NULL)
    g_debug ("outbox: %s", error->message);
}

/* --- On demand ------------------------------------------------------------------------------- */

typedef struct
{
  DmpPractitioner *practitioner;
  GPtrArray *places;
  gint64 id; /* 0: all */
  /* the answer */
  GPtrArray *rows;
  GError *trouble;
} RetryJob;

static void
retry_job_free (gpointer data)
{
  RetryJob *job = data;

  g_clear_object (&job->practitioner);
  g_ptr_array_unref (job->places);
  g_clear_pointer (&job->rows, g_ptr_array_unref);
  g_clear_error (&job->trouble);
  g_free (job);
}

static gboolean
is_wanted (const RetryJob *job, const DmpOutboxRow *row)
{
  if (job->id != 0)
    return row->id == job->id;
  return row->state == DMP_OUTBOX_UNKNOWN || row->state == DMP_OUTBOX_ACKED;
}

/* Once all are done, and right before they are told: whoever ends meanwhile finds them here. */
static void
forget_acknowledged (const RetryJob *job, DmpOutbox *outbox)
{
  for (guint i = 0; i < job->rows->len; i++)
    {
      const DmpOutboxRow *row = g_ptr_array_index (job->rows, i);

      if (row->state == DMP_OUTBOX_ACKED)
        dmp_session_forget_sent (outbox, row->id);
    }
}

static void
retry_row (DmpSession *self,
           RetryJob *job,
           DmpOutbox *outbox,
           DmpOutboxRow *row,
           GCancellable *cancellable)
{
  const Sender sender = { .practitioner = job->practitioner,
                          .places = job->places,
                          .delay = dmp_config_get_resend_delay (self->config) };
  g_autoptr (GError) cause = NULL;

  if (row->state == DMP_OUTBOX_ACKED ||
      resolve_row (self->link, &sender, outbox, row, cancellable, &cause))
    return;
  if (row->sentence == NULL)
    row->sentence = g_strdup (cause->message);
  if (job->trouble == NULL)
    job->trouble = g_steal_pointer (&cause);
}

static gboolean
retry (DmpSession *self, RetryJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (DmpOutbox) outbox = dmp_outbox_open (NULL, error);
  g_autoptr (GPtrArray) rows = NULL;

  if (outbox != NULL)
    rows = dmp_outbox_list (outbox, dmp_practitioner_get_national_id (job->practitioner), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      DmpOutboxRow *row = is_wanted (job, g_ptr_array_index (rows, i))
                              ? claim_row (outbox, g_ptr_array_index (rows, i))
                              : NULL;

      if (row == NULL)
        continue;
      g_ptr_array_add (job->rows, row);
      retry_row (self, job, outbox, row, cancellable);
    }
  forget_acknowledged (job, outbox);
  if (job->id == 0 || job->rows->len > 0)
    return TRUE;
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_NOT_FOUND,
                       _ ("Aucun envoi ne porte ce numéro dans votre boîte d’envoi, ou il est en "
                          "cours."));
  return FALSE;
}

static void
retry_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (retry (DMP_SESSION (source), data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dmp_session_retry_outbox_async (DmpSession *self,
                                gint64 id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_retry_outbox_async, cancellable, callback, user_data);
  RetryJob *job = g_new0 (RetryJob, 1);

  job->id = id;
  job->places = dmp_session_dup_places (self);
  job->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_outbox_row_free);
  g_set_object (&job->practitioner, self->practitioner);
  g_task_set_task_data (task, job, retry_job_free);
  g_task_set_check_cancellable (task, FALSE); /* what is known by then is said */
  if (self->state == DMP_SESSION_SIGNED_IN)
    dmp_worker_push (self->worker, task, id != 0 ? DMP_JOB_URGENT : DMP_JOB_BACKGROUND,
                     retry_worker);
  else
    g_task_return_new_error (
        task, DMP_ERROR, DMP_ERROR_SIGNED_OUT,
        _ ("La session est fermée. Insérez votre carte et saisissez votre code."));
}

GPtrArray *
dmp_session_retry_outbox_finish (DmpSession *self,
                                 GAsyncResult *result,
                                 GError **trouble,
                                 GError **error)
{
  RetryJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  if (trouble != NULL)
    *trouble = g_steal_pointer (&job->trouble);
  return g_steal_pointer (&job->rows);
}

/* --- Looking, and forgetting ----------------------------------------------------------------- */

typedef struct
{
  char *professional;
  gint64 id; /* of the row to drop */
} LookJob;

static void
look_job_free (gpointer data)
{
  LookJob *job = data;

  g_free (job->professional);
  g_free (job);
}

/* In a thread of its own: the worker may be waiting for the host. */
static void
run_look (DmpSession *self, GTask *task, gint64 id, GTaskThreadFunc run)
{
  LookJob *job = g_new0 (LookJob, 1);

  job->id = id;
  if (self->practitioner != NULL)
    job->professional = g_strdup (dmp_practitioner_get_national_id (self->practitioner));
  g_task_set_task_data (task, job, look_job_free);
  if (self->state == DMP_SESSION_SIGNED_IN)
    g_task_run_in_thread (task, run);
  else
    g_task_return_new_error (
        task, DMP_ERROR, DMP_ERROR_SIGNED_OUT,
        _ ("La session est fermée. Insérez votre carte et saisissez votre code."));
}

static void
list_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const LookJob *job = data;
  GError *error = NULL;
  g_autoptr (DmpOutbox) outbox = dmp_outbox_exists (NULL) ? dmp_outbox_open (NULL, &error) : NULL;
  GPtrArray *rows = outbox != NULL ? dmp_outbox_list (outbox, job->professional, &error)
                    : error == NULL
                        ? g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_outbox_row_free)
                        : NULL;

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
dmp_session_list_outbox_async (DmpSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  run_look (self, task, 0, list_worker);
}

GPtrArray *
dmp_session_list_outbox_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
drop_row (const LookJob *job, GError **error)
{
  g_autoptr (DmpOutbox) outbox = dmp_outbox_open (NULL, error);
  const DmpOutboxRow seen = { .id = job->id, .professional = job->professional };
  g_autoptr (DmpOutboxRow) row = outbox != NULL ? claim_row (outbox, &seen) : NULL;

  if (outbox == NULL)
    return FALSE;
  if (row != NULL)
    return dmp_outbox_drop (outbox, row->id, error);
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_NOT_FOUND,
                       _ ("Cet envoi n’est plus dans la boîte d’envoi, ou il est en cours. Rien "
                          "n’a été retiré."));
  return FALSE;
}

static void
drop_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (drop_row (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dmp_session_drop_outbox_async (DmpSession *self,
                               gint64 id,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  run_look (self, task, id, drop_worker);
}

gboolean
dmp_session_drop_outbox_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
