#include "config.h"

#include "dmp-session-private.h"
#include "model/dmp-error.h"
#include "model/dmp-ins.h"
#include "td/dmp-td-authorise.h"
#include "td/dmp-td-status.h"

#include <glib/gi18n-lib.h>

/* --- Who asks, for whom ---------------------------------------------------------------------- */

DmpJobContext *
dmp_job_context_new (DmpSession *self, DmpPatient *patient, DmpAccessMode mode, GError **error)
{
  DmpJobContext *context;

  if (self->state != DMP_SESSION_SIGNED_IN)
    {
      g_set_error_literal (
          error, DMP_ERROR, DMP_ERROR_SIGNED_OUT,
          _ ("La session est fermée. Insérez votre carte et saisissez votre code."));
      return NULL;
    }
  if (self->situation == NULL)
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                           _ ("Choisissez d’abord votre situation d’exercice."));
      return NULL;
    }
  context = g_new0 (DmpJobContext, 1);
  context->practitioner = g_object_ref (self->practitioner);
  context->situation = g_object_ref (self->situation);
  context->patient = g_object_ref (patient);
  context->mode = mode;

  return context;
}

void
dmp_job_context_free (DmpJobContext *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->practitioner);
  g_object_unref (self->situation);
  g_object_unref (self->patient);
  g_free (self);
}

DmpLinkContext
dmp_job_context_borrow (const DmpJobContext *self)
{
  const DmpLinkContext context = { .practitioner = self->practitioner,
                                   .situation = self->situation,
                                   .patient = self->patient,
                                   .mode = self->mode };

  return context;
}

/* --- Open: TD0.2 ----------------------------------------------------------------------------- */

typedef struct
{
  DmpJobContext *context;
  DmpRecord *record; /* main context only: whose status is asked */
  /* TD0.3 first */
  gboolean authorise, add, medecin_traitant;
  GPtrArray *places; /* (element-type DmpSituation): what may be sent again, from where */
  /* the answer */
  DmpTdStatusResult *status;
} RecordJob;

static void
record_job_free (gpointer data)
{
  RecordJob *job = data;

  dmp_job_context_free (job->context);
  g_clear_object (&job->record);
  g_clear_pointer (&job->places, g_ptr_array_unref);
  g_clear_pointer (&job->status, dmp_td_status_result_free);
  g_free (job);
}

/* Patients differ from what the caller read elsewhere: nothing of the record is shown
 * (EX_GEN-1270). */
static gboolean
check_identity (DmpPatient *asked, DmpPatient *known, GError **error)
{
  if (known == NULL || dmp_patient_matches (asked, known))
    return TRUE;
  g_set_error_literal (
      error, DMP_ERROR, DMP_ERROR_WRONG_PATIENT,
      _ ("L’identité demandée ne correspond pas à celle du DMP pour ce matricule. Rien n’est "
         "affiché. Vérifiez l’identité du patient."));
  return FALSE;
}

static DmpTdStatusResult *
ask_status (DmpLink *link, const DmpJobContext *context, GCancellable *cancellable, GError **error)
{
  const DmpLinkContext who = dmp_job_context_borrow (context);
  const DmpTdSender sender = dmp_link_get_sender (link);
  g_autoptr (DmpMessage) request = dmp_td_status_write (
      &sender, dmp_patient_get_ins (context->patient), dmp_patient_get_ins_oid (context->patient));
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (DmpTdStatusResult) status = NULL;

  if (!dmp_link_call (link, &who, &dmp_td_status, request, cancellable, &reply, error))
    return NULL;
  status = dmp_td_status_parse (reply, error);
  if (status == NULL || !check_identity (context->patient, status->patient, error))
    return NULL;
  return g_steal_pointer (&status);
}

static gboolean
authorise (DmpLink *link, const RecordJob *job, GCancellable *cancellable, GError **error)
{
  const DmpLinkContext who = dmp_job_context_borrow (job->context);
  g_autoptr (DmpMessage) request = dmp_td_authorise_write (job->add, job->medecin_traitant);
  g_autoptr (DmpMessage) reply = NULL;

  if (!dmp_link_call (link, &who, &dmp_td_authorise, request, cancellable, &reply, error))
    return FALSE;
  if (dmp_td_authorise_parse (reply, NULL, error))
    return TRUE;
  if (g_error_matches (*error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE))
    dmp_link_doubt_outcome (error);
  return FALSE;
}

/* The record is open to this professional: what is not yet known of an earlier sending can be asked
 * for. */
static gboolean
may_resolve (const RecordJob *job)
{
  return job->status->exists && !job->status->closed &&
         (job->context->mode != DMP_ACCESS_NORMAL ||
          job->status->authorisation == DMP_AUTHORISATION_VALID);
}

static void
record_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  DmpLink *link = DMP_SESSION (source)->link;
  RecordJob *job = data;
  GError *error = NULL;

  if (!job->authorise || authorise (link, job, cancellable, &error))
    {
      job->status = ask_status (link, job->context, cancellable, &error);
      if (job->status == NULL && job->authorise) /* the patient's word is recorded */
        dmp_link_doubt_outcome (&error);
    }
  if (job->status != NULL && may_resolve (job))
    dmp_session_resolve_record (DMP_SESSION (source), job->context, job->places, cancellable);
  if (job->status != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The host's traits, and what it does not tell but the caller knew: all given names, the place of
 * birth. */
static DmpPatient *
merge_patients (DmpPatient *asked, DmpPatient *known)
{
  const char *ins = dmp_patient_get_ins (asked), *oid = dmp_patient_get_ins_oid (asked);
  const char *own_place = dmp_patient_get_birth_place (known);
  const char *own_names = dmp_patient_get_given_all (known);
  g_autofree char *derived = dmp_ins_dup_birth_place (ins, oid);
  const char *asked_place =
      dmp_patient_get_birth_place (asked) != NULL ? dmp_patient_get_birth_place (asked) : derived;
  const DmpPatientFields fields = {
    .ins = ins,
    .ins_oid = oid,
    .birth_family = dmp_patient_get_birth_family (known),
    .family = dmp_patient_get_family (known),
    .given = dmp_patient_get_given (known),
    .given_all = own_names != NULL ? own_names : dmp_patient_get_given_all (asked),
    .birth_date = dmp_patient_get_birth_date (known),
    .birth_place = own_place != NULL ? own_place : asked_place,
    .prefix = dmp_patient_get_prefix (known),
    .sex = dmp_patient_get_sex (known),
  };

  return dmp_patient_new (&fields);
}

static void
take_status (DmpRecord *record, const DmpTdStatusResult *result)
{
  g_autoptr (DmpPatient) merged =
      result->patient != NULL ? merge_patients (dmp_record_get_patient (record), result->patient)
                              : NULL;
  const DmpRecordStatus status = { .exists = result->exists,
                                   .closed = result->closed,
                                   .closed_at = result->closed_at,
                                   .authorisation = result->authorisation,
                                   .medecin_traitant = result->medecin_traitant,
                                   .patient = merged };

  dmp_record_set_status (record, &status);
}

/* The patient that requests name: an INS without its OID gets the installation's. */
static DmpPatient *
dup_named_patient (DmpSession *self, DmpPatient *patient)
{
  const DmpPatientFields fields = {
    .ins = dmp_patient_get_ins (patient),
    .ins_oid = dmp_patient_get_ins_oid (patient) != NULL ? dmp_patient_get_ins_oid (patient)
                                                         : dmp_config_get_ins_oid (self->config),
    .birth_family = dmp_patient_get_birth_family (patient),
    .family = dmp_patient_get_family (patient),
    .given = dmp_patient_get_given (patient),
    .given_all = dmp_patient_get_given_all (patient),
    .birth_date = dmp_patient_get_birth_date (patient),
    .birth_place = dmp_patient_get_birth_place (patient),
    .prefix = dmp_patient_get_prefix (patient),
    .sex = dmp_patient_get_sex (patient),
  };

  return dmp_patient_new (&fields);
}

static void
push_record_job (DmpSession *self, GTask *task, RecordJob *job, DmpRecord *record)
{
  GError *error = NULL;

  g_task_set_task_data (task, job, record_job_free);
  job->record = g_object_ref (record);
  job->places = dmp_session_dup_places (self);
  job->context = dmp_job_context_new (self, dmp_record_get_patient (record),
                                      dmp_record_get_mode (record), &error);
  if (job->context != NULL)
    dmp_worker_push (self->worker, task, DMP_JOB_URGENT, record_worker);
  else
    g_task_return_error (task, error);
}

void
dmp_session_open_record_async (DmpSession *self,
                               DmpPatient *patient,
                               DmpAccessMode mode,
                               const char *reason,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_open_record_async, cancellable, callback, user_data);
  g_autoptr (DmpPatient) named = dup_named_patient (self, patient);
  g_autoptr (DmpRecord) record = dmp_record_new (named, mode, reason);
  GError *error = NULL;

  if (dmp_patient_get_ins (named) == NULL)
    {
      g_task_return_new_error (
          task, DMP_ERROR, DMP_ERROR_INVALID_INS,
          _ ("Le matricule INS de cette personne n’est pas connu. Saisissez-le."));
      return;
    }
  if (!dmp_ins_check (dmp_patient_get_ins (named), &error) ||
      !dmp_ins_check_oid (dmp_patient_get_ins_oid (named), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  push_record_job (self, task, g_new0 (RecordJob, 1), record);
}

DmpRecord *
dmp_session_open_record_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  RecordJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  take_status (job->record, job->status);
  dmp_session_set_record (self, job->record);

  return g_object_ref (job->record);
}

/* --- Authorise: TD0.3, then TD0.2 again ------------------------------------------------------ */

void
dmp_session_authorise_async (DmpSession *self,
                             DmpRecord *record,
                             gboolean add,
                             gboolean medecin_traitant,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_authorise_async, cancellable, callback, user_data);
  RecordJob *job = g_new0 (RecordJob, 1);

  g_task_set_check_cancellable (task, FALSE); /* what became of it is wanted either way */
  job->authorise = TRUE;
  job->add = add;
  job->medecin_traitant = medecin_traitant;
  push_record_job (self, task, job, record);
}

gboolean
dmp_session_authorise_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  RecordJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  job = g_task_get_task_data (G_TASK (result));
  take_status (job->record, job->status);
  return TRUE;
}
