#include "config.h"

#include "dmp-session-private.h"
#include "model/dmp-error.h"
#include "td/dmp-td-find.h"
#include "td/dmp-td-retrieve.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What one request may bring at most: a click on a document never waits longer than that. */
#define BATCH_BYTES (4 * 1024 * 1024)

/* --- The list: TD3.1 ------------------------------------------------------------------------- */

typedef struct
{
  DmpJobContext *context;
  DmpRecord *record; /* main context only */
  DmpListFilter filter;
  GPtrArray *entries; /* the answer (element-type DmpDocumentEntry) */
  char *problem;      /* (nullable): why it is not the whole list */
} ListJob;

static void
list_job_free (gpointer data)
{
  ListJob *job = data;

  dmp_job_context_free (job->context);
  g_clear_object (&job->record);
  g_clear_pointer (&job->entries, g_ptr_array_unref);
  g_free (job->problem);
  g_free (job);
}

/* Said by the host, or seen. */
static char *
list_problem (const DmpTdFindResult *result)
{
  if (result->partial)
    return g_strdup (
        _ ("Liste partielle : le DMP n’a pas pu interroger tous ses dépôts. Des documents peuvent "
           "manquer ; rafraîchissez plus tard."));
  if (result->total > (gint64) result->entries->len)
    return g_strdup_printf (_ ("Liste partielle : le DMP annonce %lld documents et en a donné %u. "
                               "Rafraîchissez la liste."),
                            (long long) result->total, result->entries->len);
  if (result->unusable > 0)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Liste partielle : %u document sans identifiant utilisable.",
                     "Liste partielle : %u documents sans identifiant utilisable.",
                     result->unusable),
        result->unusable);
  return NULL;
}

static guint
status_bits (DmpListFilter filter)
{
  return (filter & DMP_LIST_APPROVED ? 1u << DMP_STATUS_APPROVED : 0) |
         (filter & DMP_LIST_ARCHIVED ? 1u << DMP_STATUS_ARCHIVED : 0) |
         (filter & DMP_LIST_DEPRECATED ? 1u << DMP_STATUS_DEPRECATED : 0);
}

static GPtrArray *
find_documents (DmpLink *link, ListJob *job, GCancellable *cancellable, GError **error)
{
  const DmpLinkContext who = dmp_job_context_borrow (job->context);
  const DmpTdFindFilter filter = { .statuses = status_bits (job->filter) };
  g_autoptr (DmpMessage) request =
      dmp_td_find_write (dmp_patient_get_ins (job->context->patient),
                         dmp_patient_get_ins_oid (job->context->patient), &filter);
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (DmpTdFindResult) result = NULL;

  if (!dmp_link_call (link, &who, &dmp_td_find, request, cancellable, &reply, error))
    return NULL;
  result = dmp_td_find_parse (reply, error);
  if (result == NULL)
    return NULL;
  job->problem = list_problem (result);
  return g_ptr_array_ref (result->entries);
}

static void
list_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ListJob *job = data;
  GError *error = NULL;

  job->entries = find_documents (DMP_SESSION (source)->link, job, cancellable, &error);
  if (job->entries != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dmp_session_list_record_async (DmpSession *self,
                               DmpRecord *record,
                               DmpListFilter filter,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_list_record_async, cancellable, callback, user_data);
  ListJob *job = g_new0 (ListJob, 1);
  GError *error = NULL;

  job->record = g_object_ref (record);
  job->filter = filter;
  job->context = dmp_job_context_new (self, dmp_record_get_patient (record),
                                      dmp_record_get_mode (record), &error);
  g_task_set_task_data (task, job, list_job_free);
  if (job->context != NULL)
    dmp_worker_push (self->worker, task, DMP_JOB_URGENT, list_worker);
  else
    g_task_return_error (task, error);
}

gboolean
dmp_session_list_record_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  ListJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  job = g_task_get_task_data (G_TASK (result));
  dmp_record_set_list_problem (job->record, job->problem);
  dmp_record_set_documents (job->record, job->entries);
  return TRUE;
}

/* --- Contents: TD3.2 ------------------------------------------------------------------------- */

typedef struct
{
  DmpJobContext *context;
  GPtrArray *entries; /* (element-type DmpDocumentEntry): what is asked for */
  GPtrArray *results; /* the answer (element-type DmpRetrieved), in the same order */
} FetchJob;

static void
fetch_job_free (gpointer data)
{
  FetchJob *job = data;

  dmp_job_context_free (job->context);
  g_clear_pointer (&job->entries, g_ptr_array_unref);
  g_clear_pointer (&job->results, g_ptr_array_unref);
  g_free (job);
}

/* Size and hash are what the list announced, or the document counts as not received. */
static void
check_results (FetchJob *job)
{
  for (guint i = 0; i < job->results->len; i++)
    {
      DmpRetrieved *result = g_ptr_array_index (job->results, i);

      if (result->bytes != NULL &&
          !dmp_td_retrieve_check (result->bytes, g_ptr_array_index (job->entries, i),
                                  &result->error))
        g_clear_pointer (&result->bytes, g_bytes_unref);
    }
}

static gboolean
fetch_contents (DmpLink *link, FetchJob *job, GCancellable *cancellable, GError **error)
{
  const DmpLinkContext who = dmp_job_context_borrow (job->context);
  g_autofree DmpTdDocumentId *ids = g_new0 (DmpTdDocumentId, job->entries->len);
  g_autoptr (DmpMessage) request = NULL;
  g_autoptr (DmpMessage) reply = NULL;

  for (guint i = 0; i < job->entries->len; i++)
    {
      const DmpDocumentEntryFields *fields =
          dmp_document_entry_get_fields (g_ptr_array_index (job->entries, i));

      ids[i].repository_id = fields->repository_id;
      ids[i].unique_id = fields->unique_id;
    }
  request = dmp_td_retrieve_write (ids, job->entries->len);
  if (!dmp_link_call (link, &who, &dmp_td_retrieve, request, cancellable, &reply, error))
    return FALSE;
  job->results = dmp_td_retrieve_parse (reply, ids, job->entries->len, NULL, error);
  if (job->results != NULL)
    check_results (job);
  return job->results != NULL;
}

static void
fetch_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (fetch_contents (DMP_SESSION (source)->link, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* @entries: (transfer full). Returns: FALSE when the task has been answered */
static gboolean
push_fetch (
    DmpSession *self, GTask *task, DmpRecord *record, GPtrArray *entries, DmpJobPriority priority)
{
  FetchJob *job = g_new0 (FetchJob, 1);
  GError *error = NULL;

  job->entries = entries;
  job->context = dmp_job_context_new (self, dmp_record_get_patient (record),
                                      dmp_record_get_mode (record), &error);
  g_task_set_task_data (task, job, fetch_job_free);
  if (job->context == NULL)
    {
      g_task_return_error (task, error);
      return FALSE;
    }
  dmp_worker_push (self->worker, task, priority, fetch_worker);
  return TRUE;
}

/* --- One document now ------------------------------------------------------------------------ */

void
dmp_session_fetch_document_async (DmpSession *self,
                                  DmpRecord *record,
                                  DmpDocumentEntry *entry,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = dmp_session_new_task (self, dmp_session_fetch_document_async,
                                                 cancellable, callback, user_data);
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (entries, g_object_ref (entry));
  push_fetch (self, task, record, entries, DMP_JOB_URGENT);
}

/* The document is read at once for whoever asked, without waiting for the digest. */
static gboolean
read_now (
    DmpSession *self, DmpPatient *patient, DmpDocumentEntry *entry, GBytes *bytes, GError **error)
{
  g_autoptr (DmpDigested) digested = dmp_digest_read (entry, bytes, patient);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, digested);
  /* Another record may have been opened meanwhile. */
  if (self->record != NULL && dmp_patient_matches (patient, dmp_record_get_patient (self->record)))
    dmp_record_take_digested (self->record, one, NULL);
  if (!digested->wrong_patient)
    return TRUE; /* unreadable bytes are still what the record holds */
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_WRONG_PATIENT, digested->problem);
  return FALSE;
}

GBytes *
dmp_session_fetch_document_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  FetchJob *job;
  DmpRetrieved *retrieved;
  DmpDocumentEntry *entry;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  retrieved = g_ptr_array_index (job->results, 0);
  entry = g_ptr_array_index (job->entries, 0);
  if (retrieved->bytes == NULL)
    {
      g_propagate_error (error, g_error_copy (retrieved->error));
      return NULL;
    }
  return read_now (self, job->context->patient, entry, retrieved->bytes, error)
             ? g_bytes_ref (retrieved->bytes)
             : NULL;
}

/* --- The whole record ------------------------------------------------------------------------ */

typedef struct
{
  DmpRecord *record;
  DmpListFilter filter;
  GPtrArray *queue;  /* (element-type DmpDocumentEntry): most useful first */
  guint next;        /* of the queue */
  guint missing;     /* not fetched because the connection was lost */
  int lost;          /* then the #DmpErrorCode */
  gboolean ended;    /* all has been given to the digest */
  gboolean finished; /* the task is answered: what comes now is let go */
} Load;

static void fetch_next (DmpSession *self, GTask *task);

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->record);
  g_clear_pointer (&load->queue, g_ptr_array_unref);
  g_free (load);
}

/* Answers the task, once. @error: (transfer full) (nullable) */
static void
finish_load (DmpSession *self, GTask *task, GError *error)
{
  Load *load = g_task_get_task_data (task);
  g_autoptr (GTask) kept = g_object_ref (task);

  if (load->finished)
    {
      g_clear_error (&error);
      return;
    }
  load->finished = TRUE;
  if (self->load == task)
    {
      if (error != NULL &&
          !load->ended) /* what it still holds would be delivered to a task that is gone */
        g_clear_pointer (&self->digest, dmp_digest_free);
      g_clear_object (&self->load);
    }
  dmp_record_set_loading (load->record, FALSE);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
dmp_session_abandon_load (DmpSession *self)
{
  if (self->load != NULL)
    finish_load (
        self, self->load,
        g_error_new_literal (DMP_ERROR, DMP_ERROR_CANCELLED, _ ("Le dossier a été fermé.")));
  g_clear_pointer (&self->digest, dmp_digest_free);
}

/* Returns: (transfer full) (nullable): why not all has been fetched */
static GError *
dup_loss (const Load *load)
{
  if (load->missing == 0)
    return NULL;
  return g_error_new (DMP_ERROR, load->lost,
                      g_dngettext (GETTEXT_PACKAGE,
                                   "Le DMP ne répond plus : %u document n’a pas été lu. Réessayez.",
                                   "Le DMP ne répond plus : %u documents n’ont pas été lus. "
                                   "Réessayez.",
                                   load->missing),
                      load->missing);
}

/* Once all is read, it still answers when the reader takes a line apart. */
static void
digest_answered (GPtrArray *digested, DmpSummary *summary, guint pending, gpointer user_data)
{
  DmpSession *self = user_data;
  GTask *task = self->load;
  Load *load = task != NULL ? g_task_get_task_data (task) : NULL;

  if (self->record != NULL)
    dmp_record_take_digested (self->record, digested, summary);
  if (load != NULL && load->ended && pending == 0)
    finish_load (self, task, dup_loss (load));
}

void
dmp_session_set_line_apart (DmpSession *self, DmpRecord *record, const char *line, gboolean apart)
{
  dmp_record_set_line_apart (record, line, apart);
  if (record == self->record && self->digest != NULL)
    dmp_digest_set_apart (self->digest, line, apart);
}

/* What answers most questions first: syntheses, then the insurer's history and the vaccinations,
 * then the newest. */
static int
usefulness (DmpDocumentEntry *entry)
{
  DmpCode *type = dmp_document_entry_get_type_code (entry);
  static const char *const first[] = { "SYNTH", "60591-5", "REMB", "11369-6" };
  guint rank = 0;

  while (rank < G_N_ELEMENTS (first) &&
         (type == NULL || strcmp (first[rank], dmp_code_get_code (type)) != 0))
    rank++;
  return (int) rank;
}

static gint
compare_usefulness (gconstpointer a, gconstpointer b)
{
  return usefulness (*(DmpDocumentEntry *const *) a) - usefulness (*(DmpDocumentEntry *const *) b);
}

/* Archived and replaced documents are listed and counted; the summary is made without them (I3,
 * I5). */
static GPtrArray *
plan_queue (DmpSession *self, GListModel *documents)
{
  GPtrArray *queue = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (documents, i);

      if (dmp_document_entry_get_fields (entry)->status == DMP_STATUS_APPROVED)
        {
          dmp_digest_expect (self->digest, entry);
          g_ptr_array_add (queue, g_steal_pointer (&entry));
        }
      else
        dmp_digest_mention (self->digest, entry);
    }
  g_ptr_array_sort (queue, compare_usefulness); /* merge sort: newest first within a class */
  return queue;
}

/* Whether the next batch would wait as long for nothing. */
static gboolean
is_lost (const GError *error)
{
  return g_error_matches (error, DMP_ERROR, DMP_ERROR_NETWORK) ||
         g_error_matches (error, DMP_ERROR, DMP_ERROR_TIMEOUT) ||
         g_error_matches (error, DMP_ERROR, DMP_ERROR_TLS) ||
         g_error_matches (error, DMP_ERROR, DMP_ERROR_TLS_CLIENT);
}

static void
give_up (DmpSession *self, Load *load, guint batch, const GError *error)
{
  load->lost = error->code;
  load->missing = batch + (load->queue->len - load->next);
  for (; load->next < load->queue->len; load->next++)
    dmp_digest_fail (self->digest, g_ptr_array_index (load->queue, load->next), error);
}

static void
batch_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DmpSession *self = DMP_SESSION (source);
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  FetchJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (load->finished)
    return;
  if (!done && g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      finish_load (self, task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < job->entries->len; i++)
    {
      DmpDocumentEntry *entry = g_ptr_array_index (job->entries, i);
      const DmpRetrieved *retrieved = done ? g_ptr_array_index (job->results, i) : NULL;

      if (retrieved != NULL && retrieved->bytes != NULL)
        dmp_digest_feed (self->digest, entry, retrieved->bytes);
      else
        dmp_digest_fail (self->digest, entry, retrieved != NULL ? retrieved->error : error);
    }
  if (!done && is_lost (error))
    give_up (self, load, job->entries->len, error);
  fetch_next (self, task);
}

static GPtrArray *
next_batch (DmpSession *self, Load *load)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);
  guint most = dmp_config_get_batch_size (self->config);
  gint64 bytes = 0;

  while (load->next < load->queue->len && batch->len < most && bytes < BATCH_BYTES)
    {
      DmpDocumentEntry *entry = g_ptr_array_index (load->queue, load->next++);

      bytes += MAX (dmp_document_entry_get_fields (entry)->size, 0);
      g_ptr_array_add (batch, g_object_ref (entry));
    }
  return batch;
}

static void
fetch_next (DmpSession *self, GTask *task)
{
  Load *load = g_task_get_task_data (task);
  g_autoptr (GTask) batch = NULL;

  if (load->next == load->queue->len)
    {
      load->ended = TRUE;
      dmp_digest_end (self->digest, dmp_record_get_list_problem (load->record) == NULL);
      return;
    }
  batch = dmp_session_new_task (self, fetch_next, g_task_get_cancellable (task), batch_fetched,
                                g_object_ref (task));
  push_fetch (self, batch, load->record, next_batch (self, load), DMP_JOB_BACKGROUND);
}

static void
take_apart (gpointer line, gpointer value, gpointer digest)
{
  dmp_digest_set_apart (digest, line, TRUE);
}

static void
record_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DmpSession *self = DMP_SESSION (source);
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y%m%d");
  g_autoptr (DmpBdpm) bdpm = dmp_bdpm_open (NULL, NULL);
  GError *error = NULL;

  if (load->finished)
    return;
  if (!dmp_session_list_record_finish (self, result, &error))
    {
      finish_load (self, task, error);
      return;
    }
  g_clear_pointer (&self->digest, dmp_digest_free);
  self->digest =
      dmp_digest_new (dmp_record_get_patient (load->record), today,
                      dmp_practitioner_get_national_id (self->practitioner),
                      dmp_record_get_medecin_traitant (load->record), digest_answered, self);
  dmp_digest_set_search (self->digest, dmp_record_get_search (load->record));
  dmp_digest_set_rules (self->digest, dmp_config_get_checks (self->config), bdpm);
  dmp_record_foreach_apart (load->record, take_apart, self->digest);
  load->queue = plan_queue (self, dmp_record_get_documents (load->record));
  fetch_next (self, task);
}

void
dmp_session_load_record_async (DmpSession *self,
                               DmpRecord *record,
                               DmpListFilter filter,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task =
      dmp_session_new_task (self, dmp_session_load_record_async, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  dmp_session_abandon_load (self); /* a refresh starts anew */
  load->record = g_object_ref (record);
  load->filter = filter;
  g_task_set_task_data (task, load, load_free);
  self->load = g_object_ref (task);
  dmp_record_set_loading (record, TRUE);
  dmp_session_list_record_async (self, record, filter, g_task_get_cancellable (task), record_listed,
                                 g_object_ref (task));
}

gboolean
dmp_session_load_record_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
