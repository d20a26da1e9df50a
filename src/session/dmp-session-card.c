#include "config.h"

#include "dmp-identity.h"
#include "dmp-session-private.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>

/* --- Dropping a card ------------------------------------------------------------------------- */

static void
close_link (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  dmp_link_close (DMP_SESSION (source)->link);
  g_task_return_boolean (task, TRUE);
}

void
dmp_session_drop_card (DmpSession *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  if (self->insertion_cancellable != NULL)
    g_cancellable_cancel (self->insertion_cancellable);
  g_clear_object (&self->insertion_cancellable);
  self->insertion = 0;
  g_hash_table_remove_all (self->held); /* stays stored, for the next time this card is here */
  g_clear_object (&self->practitioner);
  g_clear_object (&self->situation);
  g_list_store_remove_all (self->situations);
  dmp_session_set_tries_left (self, -1);
  dmp_session_notify_situation (self);
  dmp_worker_push (self->worker, task, DMP_JOB_URGENT, close_link);
}

/* --- Reading a card -------------------------------------------------------------------------- */

typedef struct
{
  char *reader;
  /* the answer */
  DmpPractitioner *practitioner;
  int tries_left;
} OpenJob;

static void
open_job_free (gpointer data)
{
  OpenJob *job = data;

  g_free (job->reader);
  g_clear_object (&job->practitioner);
  g_free (job);
}

static void
open_card_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OpenJob *job = data;
  GError *error = NULL;
  DmpCard *card = dmp_link_open_card (DMP_SESSION (source)->link, job->reader, cancellable, &error);

  if (card == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job->practitioner = dmp_identity_practitioner (dmp_card_get_identity (card));
  job->tries_left = dmp_card_get_tries_left (card);
  g_task_return_boolean (task, TRUE);
}

static void
card_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DmpSession *self = DMP_SESSION (source);
  OpenJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean opened = g_task_propagate_boolean (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->insertion_cancellable)
    return; /* that card has gone, or the session was locked and it is read anew */
  if (!opened)
    {
      dmp_session_set_state (self, DMP_SESSION_CARD_ERROR, error->message);
      return;
    }
  g_set_object (&self->practitioner, job->practitioner);
  dmp_session_set_tries_left (self, job->tries_left);
  if (job->tries_left == 0)
    dmp_session_set_state (
        self, DMP_SESSION_CARD_BLOCKED,
        _ ("Votre carte est bloquée. Utilisez le code de déblocage (PUK) reçu par courrier ou "
           "contactez le support CPS."));
  else
    dmp_session_set_state (self, DMP_SESSION_CARD_READY, NULL);
}

static void
open_card (DmpSession *self, const DmpCardReader *reader)
{
  g_autoptr (GTask) task = NULL;
  OpenJob *job = g_new0 (OpenJob, 1);

  g_clear_object (&self->insertion_cancellable);
  self->insertion_cancellable = g_cancellable_new ();
  self->insertion = reader->insertion;
  g_free (self->reader);
  self->reader = g_strdup (reader->name);

  job->reader = g_strdup (reader->name);
  task = g_task_new (self, self->insertion_cancellable, card_opened, NULL);
  g_task_set_task_data (task, job, open_job_free);
  dmp_session_set_state (self, DMP_SESSION_READING_CARD, NULL);
  dmp_worker_push (self->worker, task, DMP_JOB_NORMAL, open_card_worker);
}

/* --- The Vitale ------------------------------------------------------------------------------ */

static void
read_vitale_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *beneficiaries = dmp_vitale_read (data, cancellable, &error);

  if (beneficiaries != NULL)
    g_task_return_pointer (task, beneficiaries, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
vitale_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DmpSession *self = DMP_SESSION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = g_task_propagate_pointer (G_TASK (result), &error);

  if (GPOINTER_TO_UINT (user_data) != self->vitale_insertion)
    return;
  if (read == NULL)
    {
      g_debug ("the Vitale could not be read: %s", error->message);
      return;
    }
  g_list_store_remove_all (self->beneficiaries);
  for (guint i = 0; i < read->len; i++)
    {
      g_autoptr (DmpPatient) patient = dmp_identity_beneficiary (
          g_ptr_array_index (read, i), dmp_config_get_ins_oid (self->config));

      g_list_store_append (self->beneficiaries, patient);
    }
}

static void
follow_vitale (DmpSession *self)
{
  const DmpCardReader *reader = dmp_card_watch_find (self->watch, DMP_CARD_KIND_VITALE);
  guint insertion = reader != NULL ? reader->insertion : 0;
  g_autoptr (GTask) task = NULL;

  if (insertion == self->vitale_insertion &&
      (reader == NULL || g_strcmp0 (reader->name, self->vitale_reader) == 0))
    return;
  self->vitale_insertion = insertion;
  g_free (self->vitale_reader);
  self->vitale_reader = reader != NULL ? g_strdup (reader->name) : NULL;
  g_list_store_remove_all (self->beneficiaries);
  if (reader == NULL)
    return;

  task = g_task_new (self, NULL, vitale_read, GUINT_TO_POINTER (insertion));
  g_task_set_task_data (task, g_strdup (reader->name), g_free);
  dmp_worker_push (self->worker, task, DMP_JOB_NORMAL, read_vitale_worker);
}

/* --- Following the readers ------------------------------------------------------------------- */

static gboolean
same_card (DmpSession *self, const DmpCardReader *reader)
{
  return reader != NULL && reader->insertion == self->insertion &&
         g_strcmp0 (reader->name, self->reader) == 0;
}

/* The card that is read or used, while it is there: another one put in beside it changes nothing.
 * Else the first. */
static const DmpCardReader *
find_card (DmpSession *self)
{
  GPtrArray *readers = dmp_card_watch_get_readers (self->watch);

  for (guint i = 0; self->insertion != 0 && i < readers->len; i++)
    {
      const DmpCardReader *reader = g_ptr_array_index (readers, i);

      if (reader->kind == DMP_CARD_KIND_CPS && same_card (self, reader))
        return reader;
    }
  return dmp_card_watch_find (self->watch, DMP_CARD_KIND_CPS);
}

static const DmpCardReader *
first_reader (DmpSession *self)
{
  GPtrArray *readers = dmp_card_watch_get_readers (self->watch);

  return readers->len > 0 ? g_ptr_array_index (readers, 0) : NULL;
}

/* The reader that holds something else than a CPS or nothing. */
static const DmpCardReader *
other_card (DmpSession *self)
{
  static const DmpCardKind kinds[] = { DMP_CARD_KIND_UNKNOWN, DMP_CARD_KIND_MUTE,
                                       DMP_CARD_KIND_CPS_CONTACTLESS, DMP_CARD_KIND_VITALE };
  const DmpCardReader *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds) && found == NULL; i++)
    found = dmp_card_watch_find (self->watch, kinds[i]);
  return found;
}

static const char *
other_card_sentence (DmpCardKind kind)
{
  switch (kind)
    {
    case DMP_CARD_KIND_VITALE:
      return _ ("Cette carte est une carte Vitale. Insérez votre carte CPS.");
    case DMP_CARD_KIND_MUTE:
      return _ (
          "La carte ne répond pas. Vérifiez son sens et sa puce, puis insérez-la de nouveau.");
    case DMP_CARD_KIND_CPS_CONTACTLESS:
      return _ ("Votre carte est posée sur le lecteur. Insérez-la dans la fente.");
    case DMP_CARD_KIND_NONE:
    case DMP_CARD_KIND_CPS:
    case DMP_CARD_KIND_UNKNOWN:
    default:
      return _ (
          "Cette carte n’est pas une carte de professionnel de santé. Insérez votre carte CPS.");
    }
}

static void
await_card (DmpSession *self)
{
  const DmpCardReader *reader = first_reader (self);
  const DmpCardReader *other = other_card (self);

  g_free (self->reader);
  self->reader = g_strdup (reader != NULL ? reader->name : NULL);
  if (!dmp_card_watch_has_service (self->watch))
    dmp_session_set_state (
        self, DMP_SESSION_NO_SERVICE,
        _ ("Le service des cartes à puce de ce poste ne répond pas. Rien n’a été envoyé. "
           "Prévenez votre informaticien (service pcscd)."));
  else if (reader == NULL)
    dmp_session_set_state (
        self, DMP_SESSION_NO_READER,
        _ ("Aucun lecteur de carte détecté. Vérifiez le branchement USB. Rien n’a été envoyé."));
  else if (other != NULL)
    dmp_session_set_state (self, DMP_SESSION_WRONG_CARD, other_card_sentence (other->kind));
  else
    {
      g_autofree char *sentence =
          g_strdup_printf (_ ("Insérez votre carte CPS dans le lecteur %s."), reader->name);

      dmp_session_set_state (self, DMP_SESSION_NO_CARD, sentence);
    }
}

void
dmp_session_follow_readers (DmpSession *self)
{
  const DmpCardReader *reader;

  if (self->watch == NULL || !dmp_card_watch_is_ready (self->watch))
    return;
  reader = find_card (self);
  if (self->insertion != 0 && !same_card (self, reader))
    {
      dmp_session_lock (self, first_reader (self) != NULL ? DMP_LOCK_CARD_REMOVED
                                                          : DMP_LOCK_READER_REMOVED);
      return; /* which follows the readers again */
    }
  if (reader == NULL)
    await_card (self);
  else if (self->insertion == 0)
    open_card (self, reader);
  follow_vitale (self);
}

/* --- Sign-in --------------------------------------------------------------------------------- */

typedef struct
{
  DmpSecret *pin;
  gboolean last_try_allowed;
  GCancellable *insertion; /* (nullable): of the card that the code is for */
  /* the answer */
  GPtrArray *situations; /* (element-type DmpSituation) */
  int tries_left;
} SignInJob;

static void
sign_in_job_free (gpointer data)
{
  SignInJob *job = data;

  dmp_secret_free (job->pin);
  g_clear_object (&job->insertion);
  g_ptr_array_unref (job->situations);
  g_free (job);
}

static void
sign_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  DmpLink *link = DMP_SESSION (source)->link;
  SignInJob *job = data;
  DmpCard *card = dmp_link_get_card (link);
  GError *error = NULL;
  gboolean done = dmp_link_sign_in (link, job->pin, job->last_try_allowed, &error);

  g_clear_pointer (&job->pin, dmp_secret_free);
  job->tries_left = card != NULL ? dmp_card_get_tries_left (card) : -1;
  if (!done)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < dmp_card_get_situations (card)->len; i++)
    g_ptr_array_add (job->situations, dmp_identity_situation (
                                          g_ptr_array_index (dmp_card_get_situations (card), i)));
  g_task_return_boolean (task, TRUE);
}

void
dmp_session_sign_in_async (DmpSession *self,
                           DmpSecret *pin,
                           gboolean last_try_allowed,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_sign_in_async, cancellable, callback, user_data);
  SignInJob *job = g_new0 (SignInJob, 1);

  job->pin = pin;
  job->last_try_allowed = last_try_allowed;
  g_set_object (&job->insertion, self->insertion_cancellable);
  job->situations = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, job, sign_in_job_free);
  dmp_worker_push (self->worker, task, DMP_JOB_URGENT, sign_in_worker);
}

gboolean
dmp_session_sign_in_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  SignInJob *job;
  gboolean done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  done = g_task_propagate_boolean (G_TASK (result), error);
  if (self->insertion == 0 || job->insertion != self->insertion_cancellable)
    return done; /* pulled meanwhile: "locked" has said so; the card that is here is another */
  dmp_session_set_tries_left (self, job->tries_left);
  if (!done)
    {
      if (job->tries_left == 0)
        dmp_session_set_state (
            self, DMP_SESSION_CARD_BLOCKED,
            _ ("Votre carte est bloquée. Utilisez le code de déblocage (PUK) reçu par courrier "
               "ou contactez le support CPS."));
      return FALSE;
    }
  g_list_store_splice (self->situations, 0, 0, job->situations->pdata, job->situations->len);
  if (job->situations->len == 1)
    dmp_session_choose_situation (self, g_ptr_array_index (job->situations, 0));
  dmp_session_set_state (self, DMP_SESSION_SIGNED_IN, NULL);
  return TRUE;
}
