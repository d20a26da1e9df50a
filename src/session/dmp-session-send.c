#include "config.h"

#include "cda/dmp-cda-write.h"
#include "dmp-delivery.h"
#include "dmp-draft-check.h"
#include "dmp-replacement.h"
#include "dmp-session-private.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-unique-id.h"
#include "model/dmp-wipe-buffer.h"
#include "td/dmp-metadata.h"
#include "td/dmp-set-signature.h"
#include "td/dmp-td-submit.h"

#include <glib/gi18n-lib.h>

/* One document on its way. Identifiers are made once, here. */
typedef struct
{
  /* what the person gave */
  GBytes *file;
  char *mime, *title, *date, *replaces;
  DmpCode *type;
  DmpVisibility visibility;
  /* what became of it */
  GBytes *cda;
  DmpDocumentEntry *entry; /* metadata, from the header */
  char *replaced_entry;    /* (nullable): entryUUID */
} Item;

typedef struct
{
  DmpJobContext *context;
  char *source_id;
  char *software;
  char *today; /* when it was asked for */
  gboolean sign;
  GPtrArray *items;              /* of Item */
  GBytes *signature;             /* (nullable): of the whole set, its last document */
  DmpDocumentEntry *signs;       /* (nullable): entry of @signature */
  DmpMessage *request;           /* (nullable): once made */
  DmpOutbox *outbox;             /* (nullable): holds the claim on @row */
  DmpOutboxRow *row;             /* (nullable): once stored */
  gint64 stored;                 /* its id */
  DmpSubmissionReceipt *receipt; /* the answer */
} SendJob;                       /* counted: of one thread at a time */

static void
item_free (gpointer data)
{
  Item *item = data;

  g_bytes_unref (item->file);
  g_clear_pointer (&item->cda, g_bytes_unref);
  g_clear_object (&item->type);
  g_clear_object (&item->entry);
  g_free (item->mime);
  dmp_wipe_text (item->title);
  g_free (item->date);
  g_free (item->replaces);
  g_free (item->replaced_entry);
  g_free (item);
}

static void
send_job_clear (gpointer data)
{
  SendJob *job = data;

  dmp_job_context_free (job->context);
  g_free (job->source_id);
  g_free (job->software);
  g_free (job->today);
  g_ptr_array_unref (job->items);
  g_clear_pointer (&job->signature, g_bytes_unref);
  g_clear_object (&job->signs);
  g_clear_pointer (&job->receipt, dmp_submission_receipt_free);
  g_clear_pointer (&job->request, dmp_message_free);
  g_clear_pointer (&job->row, dmp_outbox_row_free);
  g_clear_pointer (&job->outbox, dmp_outbox_close);
}

static void
send_job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, send_job_clear);
}

/* --- The documents --------------------------------------------------------------------------- */

static GBytes *
write_level1 (const SendJob *job, const Item *item, const DmpReplacement *replaced, GError **error)
{
  g_autofree char *unique_id = dmp_unique_id_new_oid ();
  g_autofree char *own_set = dmp_unique_id_new_oid ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const DmpCdaHeader *old =
      replaced != NULL ? dmp_cda_document_get_header (replaced->document) : NULL;
  const DmpCdaLevel1 level1 = {
    .bytes = item->file,
    .mime = item->mime,
    .frame.unique_id = unique_id,
    .frame.set_id = old != NULL && old->set_id != NULL ? old->set_id : own_set,
    .frame.version = old != NULL ? old->version + 1 : 1,
    .frame.replaces = item->replaces,
    .frame.title = item->title,
    .frame.type = item->type,
    .frame.service_start = item->date,
    .frame.now = now,
    .frame.language = "fr-FR",
    .frame.software = job->software,
    .frame.patient = job->context->patient,
    .frame.practitioner = job->context->practitioner,
    .frame.situation = job->context->situation,
  };

  return dmp_cda_write_level1 (&level1, error);
}

static gboolean
check_patient (const SendJob *job, DmpCdaDocument *document, GError **error)
{
  if (dmp_patient_matches (job->context->patient, dmp_cda_document_get_patient (document)))
    return TRUE;
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_WRONG_PATIENT,
                       _ ("Ce document porte l’identité d’un autre patient. Rien n’a été envoyé. "
                          "Vérifiez le fichier."));
  return FALSE;
}

/* A whole CDA document says itself what it replaces. What was never in this record cannot be
 * replaced in it: then it comes as new, unless the person said otherwise. */
static gboolean
find_replaced (DmpLink *link,
               const SendJob *job,
               const Item *item,
               DmpReplacement **replaced,
               GCancellable *cancellable,
               GError **error)
{
  const DmpLinkContext who = dmp_job_context_borrow (job->context);
  const char *unique_id = item->replaces;
  g_autoptr (DmpCdaDocument) whole = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean absent;

  if (g_str_equal (item->mime, "text/xml"))
    {
      whole = dmp_cda_document_parse (item->file, error);
      if (whole == NULL || !dmp_replacement_check_header (whole, item->replaces, &unique_id, error))
        return FALSE;
    }
  if (unique_id == NULL)
    return TRUE;
  *replaced = dmp_replacement_find (link, &who, unique_id, &absent, cancellable, &cause);
  if (*replaced != NULL)
    return whole == NULL || dmp_replacement_check_version (*replaced, whole, error);
  if (item->replaces == NULL && absent)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* The CDA and its metadata; what is sent is read back before, as any reader would. */
static gboolean
make_document (
    DmpLink *link, const SendJob *job, Item *item, GCancellable *cancellable, GError **error)
{
  g_autoptr (DmpReplacement) replaced = NULL;
  g_autoptr (DmpCdaDocument) document = NULL;

  if (!find_replaced (link, job, item, &replaced, cancellable, error))
    return FALSE;
  item->replaced_entry = replaced != NULL ? g_strdup (replaced->entry_uuid) : NULL;
  item->cda = g_str_equal (item->mime, "text/xml") ? g_bytes_ref (item->file)
                                                   : write_level1 (job, item, replaced, error);
  if (item->cda == NULL)
    return FALSE;
  document = dmp_cda_document_parse (item->cda, error);
  if (document == NULL || !check_patient (job, document, error) ||
      !dmp_draft_is_possible (document, job->today, error))
    return FALSE;
  item->entry = dmp_metadata_from_cda (document, item->visibility, error);
  return item->entry != NULL;
}

/* --- The submission -------------------------------------------------------------------------- */

/* The documents as they are sent, the signature last once there is one. Returns: (transfer
 * container) (array length=n) */
static DmpTdSubmissionDocument *
list_documents (const SendJob *job, gsize *n)
{
  DmpTdSubmissionDocument *documents = g_new0 (DmpTdSubmissionDocument, job->items->len + 1);

  *n = 0;
  for (guint i = 0; i < job->items->len; i++)
    {
      const Item *item = g_ptr_array_index (job->items, i);
      DmpTdSubmissionDocument *document = &documents[(*n)++];

      document->entry = dmp_document_entry_get_fields (item->entry);
      document->replaces = item->replaced_entry;
      document->bytes = item->cda;
    }
  if (job->signature != NULL)
    documents[(*n)++] =
        (DmpTdSubmissionDocument){ .entry = dmp_document_entry_get_fields (job->signs),
                                   .signature = TRUE,
                                   .bytes = job->signature };
  return documents;
}

/* One signature of the card for the whole set. */
static gboolean
sign_set (DmpLink *link, SendJob *job, const char *submission_id, GDateTime *now, GError **error)
{
  g_autofree char *unique_id = dmp_unique_id_new_oid ();
  g_autofree char *time = dmp_date_dup_utc (now);
  g_autofree DmpTdSubmissionDocument *documents = NULL;
  DmpXmlSigner signer;
  gsize n;

  if (!dmp_link_get_signer (link, &signer, error))
    return FALSE;
  documents = list_documents (job, &n);
  job->signature = dmp_set_signature_write (submission_id, documents, n, now, &signer, error);
  if (job->signature == NULL)
    return FALSE;
  job->signs =
      dmp_set_signature_entry_new (unique_id, time, job->context->practitioner, documents[0].entry);
  return TRUE;
}

static DmpMessage *
write_submission (const SendJob *job, const char *submission_id, const char *time, GError **error)
{
  g_autoptr (DmpCode) content_type = dmp_cda_dup_activity (job->context->situation);
  g_autofree DmpTdSubmissionDocument *documents = NULL;
  const DmpTdSubmission set = {
    .unique_id = submission_id,
    .source_id = job->source_id,
    .time = time,
    .content_type = content_type,
    .practitioner = job->context->practitioner,
    .situation = job->context->situation,
    .patient = job->context->patient,
  };
  gsize n;

  documents = list_documents (job, &n);
  return dmp_td_submit_write (&set, documents, n, error);
}

static void
fill_receipt (DmpSubmissionReceipt *receipt, const SendJob *job)
{
  for (guint i = 0; i < job->items->len; i++)
    {
      const Item *item = g_ptr_array_index (job->items, i);
      DmpSubmittedDocument *document = g_new0 (DmpSubmittedDocument, 1);

      document->unique_id = g_strdup (dmp_document_entry_get_unique_id (item->entry));
      document->title = g_strdup (dmp_document_entry_get_title (item->entry));
      document->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, item->cda);
      g_ptr_array_add (receipt->documents, document);
    }
  if (job->signs != NULL)
    receipt->signature = g_strdup (dmp_document_entry_get_unique_id (job->signs));
}

static DmpOutboxRow *
new_row (const SendJob *job, const char *submission_id, const DmpMessage *request)
{
  const DmpLinkContext who = dmp_job_context_borrow (job->context);
  DmpOutboxRow *row = dmp_delivery_new_row (&who, submission_id, request);

  for (guint i = 0; i < job->items->len; i++)
    {
      const Item *item = g_ptr_array_index (job->items, i);

      dmp_delivery_add_document (row, request, dmp_document_entry_get_unique_id (item->entry),
                                 dmp_document_entry_get_title (item->entry));
    }
  /* Without a title: nobody looks for it in a list. */
  if (job->signs != NULL)
    dmp_delivery_add_document (row, request, dmp_document_entry_get_unique_id (job->signs), NULL);
  return row;
}

/* On the disk first: what may have left this machine is never forgotten. */
static gboolean
store (SendJob *job, const char *submission_id, GError **error)
{
  job->row = new_row (job, submission_id, job->request);
  job->outbox = dmp_outbox_open (NULL, error);
  if (job->outbox == NULL || !dmp_outbox_add (job->outbox, job->row, error))
    {
      g_prefix_error_literal (error, _ ("Rien n’a été envoyé. "));
      return FALSE;
    }
  job->stored = job->row->id;
  return TRUE;
}

/* One chain of versions: no two of them take the place of the same document. */
static gboolean
check_targets (const SendJob *job, GError **error)
{
  g_autoptr (GHashTable) targets = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < job->items->len; i++)
    {
      const Item *item = g_ptr_array_index (job->items, i);

      if (item->replaced_entry != NULL && !g_hash_table_add (targets, item->replaced_entry))
        {
          g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
                               _ ("Deux documents de cet envoi remplacent le même document. Rien "
                                  "n’a été envoyé ; n’en gardez qu’un."));
          return FALSE;
        }
    }
  return TRUE;
}

/* Made, signed, stored, and claimed: not a byte has left. */
static gboolean
prepare (DmpLink *link, SendJob *job, GCancellable *cancellable, GError **error)
{
  g_autofree char *submission_id = dmp_unique_id_new_oid ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = dmp_date_dup_utc (now);

  for (guint i = 0; i < job->items->len; i++)
    if (!make_document (link, job, g_ptr_array_index (job->items, i), cancellable, error))
      return FALSE;
  if (!check_targets (job, error))
    return FALSE;
  if (job->sign && !sign_set (link, job, submission_id, now, error))
    return FALSE;
  job->request = write_submission (job, submission_id, time, error);
  return job->request != NULL && store (job, submission_id, error);
}

static gboolean
deliver (DmpLink *link, SendJob *job, DmpDeliver way, GCancellable *cancellable, GError **error)
{
  const DmpLinkContext who = dmp_job_context_borrow (job->context);
  const DmpDelivery delivery = {
    .link = link, .context = &who, .outbox = job->outbox, .row = job->row
  };
  gboolean sent = way (&delivery, job->request, cancellable, error);
  g_autoptr (GDateTime) answered = g_date_time_new_now_utc ();

  if (sent)
    dmp_session_forget_sent (job->outbox, job->stored); /* the receipt is given now */
  g_clear_pointer (&job->outbox, dmp_outbox_close);     /* the claim is given back */
  if (!sent)
    return FALSE;
  job->receipt = dmp_submission_receipt_new (job->row->submission_id);
  job->receipt->acknowledged_at = dmp_date_dup_utc (answered);
  fill_receipt (job->receipt, job);
  return TRUE;
}

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
  gboolean done = prepare (link, data, cancellable, &error) &&
                  deliver (link, data, dmp_delivery_send, cancellable, &error);

  return_result (task, done, error);
}

static void
prepare_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gboolean done = prepare (DMP_SESSION (source)->link, data, cancellable, &error);

  return_result (task, done, error);
}

static void
deliver_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gboolean done =
      deliver (DMP_SESSION (source)->link, data, dmp_delivery_start, cancellable, &error);

  return_result (task, done, error);
}

/* --- The verbs ------------------------------------------------------------------------------- */

static void
add_item (GPtrArray *items, const DmpSubmissionDraft *draft)
{
  Item *item = g_new0 (Item, 1);

  item->file = g_bytes_ref (draft->bytes);
  item->mime = g_strdup (draft->mime);
  item->title = g_strdup (draft->title);
  item->date = g_strdup (draft->date);
  item->replaces = g_strdup (draft->replaces);
  g_set_object (&item->type, draft->type_code);
  item->visibility = draft->visibility;
  g_ptr_array_add (items, item);
}

/* Once asked for it is not dropped because the caller no longer looks: the answer is wanted either
 * way. */
static void
push_send (
    DmpSession *self, DmpRecord *record, GPtrArray *drafts, GTask *task, GTaskThreadFunc worker)
{
  SendJob *job = g_atomic_rc_box_new0 (SendJob);
  gboolean ready = TRUE;
  GError *error = NULL;

  job->items = g_ptr_array_new_with_free_func (item_free);
  job->today = dmp_date_dup_today ();
  for (guint i = 0; i < drafts->len && ready; i++)
    {
      add_item (job->items, g_ptr_array_index (drafts, i));
      ready = dmp_draft_is_ready (g_ptr_array_index (drafts, i), job->today, &error);
    }
  job->source_id = g_strdup (dmp_config_get_software_oid (self->config));
  job->software = g_strdup (dmp_config_get_software_name (self->config));
  job->sign = dmp_config_get_sign_submissions (self->config) != 0;
  if (ready)
    job->context = dmp_job_context_new (self, dmp_record_get_patient (record),
                                        dmp_record_get_mode (record), &error);
  g_task_set_task_data (task, job, send_job_unref);
  g_task_set_check_cancellable (task, FALSE);
  if (job->context != NULL)
    dmp_worker_push (self->worker, task, DMP_JOB_URGENT, worker);
  else
    g_task_return_error (task, error);
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
  SendJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  return g_steal_pointer (&job->receipt);
}

gint64
dmp_session_send_get_kept (GAsyncResult *result, const char **submission_set)
{
  const SendJob *job = g_task_get_task_data (G_TASK (result));

  *submission_set = NULL;
  if (job == NULL || job->row == NULL || job->row->id == 0 || job->receipt != NULL)
    return 0;
  *submission_set = job->row->submission_id;
  return job->row->id;
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
  SendJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return 0;
  job = g_task_get_task_data (G_TASK (result));
  if (self->practitioner == job->context->practitioner)
    g_hash_table_insert (self->held, &job->stored, g_atomic_rc_box_acquire (job));
  return job->stored;
}

static SendJob *
take_held (DmpSession *self, gint64 id, GTask *task)
{
  gpointer job = NULL;

  if (!g_hash_table_steal_extended (self->held, &id, NULL, &job))
    g_task_return_new_error (task, DMP_ERROR, DMP_ERROR_NOT_FOUND,
                             _ ("Cet envoi n’est plus en attente ici. Voyez la boîte d’envoi."));
  else
    g_task_set_task_data (task, job, send_job_unref);
  g_task_set_check_cancellable (task, FALSE);
  return job;
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

  if (take_held (self, id, task) != NULL)
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
  SendJob *job = data;
  GError *cause = NULL;
  GError *error = NULL;
  gboolean done = dmp_outbox_drop (job->outbox, job->stored, &cause);

  if (!done)
    dmp_delivery_set_not_withdrawn (&error, &cause);
  g_clear_pointer (&job->outbox, dmp_outbox_close);
  return_result (task, done, error);
}

void
dmp_session_withdraw_async (DmpSession *self,
                            gint64 id,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (take_held (self, id, task) != NULL)
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
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, send_job_unref);
}
