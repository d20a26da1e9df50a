#include "config.h"

#include "dmp-submission.h"

#include "cda/dmp-cda-write.h"
#include "dmp-draft-check.h"
#include "dmp-replacement.h"
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

struct _DmpSubmission
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
  DmpSubmissionReceipt *receipt; /* (nullable): the answer */
};

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
clear (gpointer data)
{
  DmpSubmission *job = data;

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

DmpSubmission *
dmp_submission_ref (DmpSubmission *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
dmp_submission_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* --- The documents --------------------------------------------------------------------------- */

static GBytes *
write_level1 (const DmpSubmission *job,
              const Item *item,
              const DmpReplacement *replaced,
              GError **error)
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
check_patient (const DmpSubmission *job, DmpCdaDocument *document, GError **error)
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
               const DmpSubmission *job,
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
    DmpLink *link, const DmpSubmission *job, Item *item, GCancellable *cancellable, GError **error)
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
list_documents (const DmpSubmission *job, gsize *n)
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
sign_set (
    DmpLink *link, DmpSubmission *job, const char *submission_id, GDateTime *now, GError **error)
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
write_submission (const DmpSubmission *job,
                  const char *submission_id,
                  const char *time,
                  GError **error)
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
fill_receipt (DmpSubmissionReceipt *receipt, const DmpSubmission *job)
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
new_row (const DmpSubmission *job, const char *submission_id, const DmpMessage *request)
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
store (DmpSubmission *job, const char *submission_id, GError **error)
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
check_targets (const DmpSubmission *job, GError **error)
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

gboolean
dmp_submission_prepare (DmpSubmission *job,
                        DmpLink *link,
                        GCancellable *cancellable,
                        GError **error)
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

gboolean
dmp_submission_deliver (
    DmpSubmission *job, DmpLink *link, DmpDeliver way, GCancellable *cancellable, GError **error)
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

gboolean
dmp_submission_withdraw (DmpSubmission *job, GError **error)
{
  GError *cause = NULL;
  gboolean done = dmp_outbox_drop (job->outbox, job->stored, &cause);

  if (!done)
    dmp_delivery_set_not_withdrawn (error, &cause);
  g_clear_pointer (&job->outbox, dmp_outbox_close);
  return done;
}

/* --- Making one, and asking it --------------------------------------------------------------- */

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

DmpSubmission *
dmp_submission_new (DmpSession *session, DmpRecord *record, GPtrArray *drafts, GError **error)
{
  g_autofree char *today = dmp_date_dup_today ();
  DmpJobContext *context;
  DmpSubmission *self;

  for (guint i = 0; i < drafts->len; i++)
    if (!dmp_draft_is_ready (g_ptr_array_index (drafts, i), today, error))
      return NULL;
  context = dmp_job_context_new (session, dmp_record_get_patient (record),
                                 dmp_record_get_mode (record), error);
  if (context == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (DmpSubmission);
  self->context = context;
  self->items = g_ptr_array_new_with_free_func (item_free);
  for (guint i = 0; i < drafts->len; i++)
    add_item (self->items, g_ptr_array_index (drafts, i));
  self->today = g_steal_pointer (&today);
  self->source_id = g_strdup (dmp_config_get_software_oid (session->config));
  self->software = g_strdup (dmp_config_get_software_name (session->config));
  self->sign = dmp_config_get_sign_submissions (session->config) != 0;
  return self;
}

gint64 *
dmp_submission_get_id (DmpSubmission *self)
{
  return &self->stored;
}

gint64
dmp_submission_get_kept (const DmpSubmission *self, const char **submission_set)
{
  if (self->stored == 0 || self->receipt != NULL)
    return 0;
  *submission_set = self->row->submission_id;
  return self->stored;
}

gboolean
dmp_submission_is_of (const DmpSubmission *self, DmpPractitioner *practitioner)
{
  return self->context->practitioner == practitioner;
}

DmpSubmissionReceipt *
dmp_submission_take_receipt (DmpSubmission *self)
{
  return g_steal_pointer (&self->receipt);
}
