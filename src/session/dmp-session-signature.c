/* Who signed documents of the record: TD3.1 twice (their sets, what signs these), TD3.2 once. */
#include "config.h"

#include "dmp-session-private.h"
#include "model/dmp-error.h"
#include "model/dmp-oid.h"
#include "td/dmp-td-find.h"
#include "td/dmp-td-retrieve.h"

#include <string.h>

#define BATCH 16 /* documents in one TD3.2 */

typedef struct
{
  DmpJobContext *context;
  char *ca_file;
  GPtrArray *entries;    /* (element-type DmpDocumentEntry) */
  GPtrArray *contents;   /* (nullable) (element-type GBytes): of @entries; else fetched here */
  GPtrArray *signatures; /* (element-type DmpDocumentEntry): all that the record lists */
  GPtrArray *facts;      /* (element-type DmpSignatureFact): the answer */
} SignatureJob;

static void
signature_job_free (gpointer data)
{
  SignatureJob *job = data;

  g_clear_pointer (&job->context, dmp_job_context_free);
  g_free (job->ca_file);
  g_ptr_array_unref (job->entries);
  g_clear_pointer (&job->contents, g_ptr_array_unref);
  g_ptr_array_unref (job->signatures);
  g_clear_pointer (&job->facts, g_ptr_array_unref);
  g_free (job);
}

static const char *
uuid_of (gpointer entry)
{
  return dmp_document_entry_get_fields (entry)->entry_uuid;
}

/* --- Which signs which ----------------------------------------------------------------------- */

/* The links of the objects with these entryUUIDs. @uuids: NULL-terminated. */
static DmpTdFindResult *
ask_links (DmpLink *link,
           const SignatureJob *job,
           GPtrArray *uuids,
           GCancellable *cancellable,
           GError **error)
{
  const DmpLinkContext who = dmp_job_context_borrow (job->context);
  g_autoptr (DmpMessage) request =
      dmp_td_find_write_associations ((const char *const *) uuids->pdata);
  g_autoptr (DmpMessage) reply = NULL;

  return dmp_link_call (link, &who, &dmp_td_find, request, cancellable, &reply, error)
             ? dmp_td_find_parse (reply, error)
             : NULL;
}

/* @what: of the association; the value is its source, or its target. Returns: (transfer full) */
static GHashTable *
map_links (const DmpTdFindResult *found, const char *what)
{
  GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < found->associations->len; i++)
    {
      const DmpAssociation *one = g_ptr_array_index (found->associations, i);

      if (g_str_equal (one->type, what))
        g_hash_table_insert (map, g_strdup (one->target), g_strdup (one->source));
    }
  return map;
}

/* The sets of the documents: entryUUID of a document → of its set. */
static GHashTable *
find_sets (DmpLink *link, const SignatureJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new ();
  g_autoptr (DmpTdFindResult) found = NULL;

  for (guint i = 0; i < job->entries->len; i++)
    g_ptr_array_add (uuids, (gpointer) uuid_of (g_ptr_array_index (job->entries, i)));
  g_ptr_array_add (uuids, NULL);
  found = ask_links (link, job, uuids, cancellable, error);
  return found != NULL ? map_links (found, DMP_URN_HAS_MEMBER) : NULL;
}

/* What signs these sets: entryUUID of a set → of its signature. */
static GHashTable *
find_signers (DmpLink *link,
              const SignatureJob *job,
              GHashTable *sets,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) uuids = g_ptr_array_new ();
  g_autoptr (DmpTdFindResult) found = NULL;
  GHashTableIter iter;
  gpointer set;

  g_hash_table_iter_init (&iter, sets);
  while (g_hash_table_iter_next (&iter, NULL, &set))
    if (g_hash_table_add (distinct, set))
      g_ptr_array_add (uuids, set);
  g_ptr_array_add (uuids, NULL);
  found = ask_links (link, job, uuids, cancellable, error);
  return found != NULL ? map_links (found, DMP_URN_SIGNS) : NULL;
}

/* --- Their bytes ----------------------------------------------------------------------------- */

static DmpDocumentEntry *
find_signature (const SignatureJob *job, const char *uuid)
{
  for (guint i = 0; uuid != NULL && i < job->signatures->len; i++)
    if (g_strcmp0 (uuid_of (g_ptr_array_index (job->signatures, i)), uuid) == 0)
      return g_ptr_array_index (job->signatures, i);
  return NULL;
}

/* The next of @wanted from @at on. @bytes: unique id → GBytes; those that did not come are missing.
 */
static gboolean
fetch (DmpLink *link,
       const SignatureJob *job,
       GPtrArray *wanted,
       guint at,
       GHashTable *bytes,
       GCancellable *cancellable,
       GError **error)
{
  const DmpLinkContext who = dmp_job_context_borrow (job->context);
  DmpTdDocumentId ids[BATCH];
  guint n = MIN (wanted->len - at, BATCH);
  g_autoptr (DmpMessage) request = NULL;
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (GPtrArray) results = NULL;

  for (guint i = 0; i < n; i++)
    {
      const DmpDocumentEntryFields *fields =
          dmp_document_entry_get_fields (g_ptr_array_index (wanted, at + i));

      ids[i] = (DmpTdDocumentId){ fields->repository_id, fields->unique_id };
    }
  request = dmp_td_retrieve_write (ids, n);
  if (!dmp_link_call (link, &who, &dmp_td_retrieve, request, cancellable, &reply, error))
    return FALSE;
  results = dmp_td_retrieve_parse (reply, ids, n, NULL, error);
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      DmpRetrieved *one = g_ptr_array_index (results, i);

      if (one->bytes != NULL)
        g_hash_table_insert (bytes, g_strdup (one->unique_id), g_bytes_ref (one->bytes));
    }
  return results != NULL;
}

/* Which signature each document has. @signers: what find_signers() told; @sets: of the documents.
 * Returns: (transfer none) (nullable) */
static DmpDocumentEntry *
signature_of (const SignatureJob *job, GHashTable *sets, GHashTable *signers, guint i)
{
  const char *uuid = uuid_of (g_ptr_array_index (job->entries, i));
  const char *set = sets != NULL ? g_hash_table_lookup (sets, uuid) : NULL;

  return find_signature (job, set != NULL && signers != NULL ? g_hash_table_lookup (signers, set)
                                                             : NULL);
}

static gboolean
fetch_all (DmpLink *link,
           const SignatureJob *job,
           GHashTable *sets,
           GHashTable *signers,
           GHashTable *bytes,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer uuid;

  g_hash_table_iter_init (&iter, signers);
  while (g_hash_table_iter_next (&iter, NULL, &uuid))
    if (find_signature (job, uuid) != NULL)
      g_ptr_array_add (wanted, find_signature (job, uuid));
  for (guint i = 0; job->contents == NULL && i < job->entries->len; i++)
    if (signature_of (job, sets, signers, i) != NULL)
      g_ptr_array_add (wanted, g_ptr_array_index (job->entries, i));
  for (guint at = 0; at < wanted->len; at += BATCH)
    if (!fetch (link, job, wanted, at, bytes, cancellable, error))
      return FALSE;
  return TRUE;
}

/* --- The answer ------------------------------------------------------------------------------ */

/* What was read, or what came here and is what the list announced. Returns: (transfer none)
 * (nullable) */
static GBytes *
content_of (const SignatureJob *job, guint i, GHashTable *bytes)
{
  DmpDocumentEntry *entry = g_ptr_array_index (job->entries, i);
  GBytes *content;

  if (job->contents != NULL)
    return g_ptr_array_index (job->contents, i);
  content = g_hash_table_lookup (bytes, dmp_document_entry_get_unique_id (entry));
  return content != NULL && dmp_td_retrieve_check (content, entry, NULL) ? content : NULL;
}

static DmpSignatureFact *
new_fact (const SignatureJob *job, guint i, DmpDocumentEntry *signature, GHashTable *bytes)
{
  const char *id = signature != NULL ? dmp_document_entry_get_unique_id (signature) : NULL;

  return dmp_signature_fact_new (
      dmp_document_entry_get_unique_id (g_ptr_array_index (job->entries, i)),
      content_of (job, i, bytes), id, id != NULL ? g_hash_table_lookup (bytes, id) : NULL,
      job->ca_file);
}

static gboolean
check (DmpLink *link, SignatureJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) bytes =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr (GHashTable) sets = NULL;
  g_autoptr (GHashTable) signers = NULL;

  if (job->signatures->len > 0) /* else nothing need be asked */
    {
      sets = find_sets (link, job, cancellable, error);
      signers = sets != NULL && g_hash_table_size (sets) > 0
                    ? find_signers (link, job, sets, cancellable, error)
                    : NULL;
      if (sets == NULL || (g_hash_table_size (sets) > 0 && signers == NULL) ||
          (signers != NULL && !fetch_all (link, job, sets, signers, bytes, cancellable, error)))
        return FALSE;
    }
  for (guint i = 0; i < job->entries->len; i++)
    g_ptr_array_add (job->facts, new_fact (job, i, signature_of (job, sets, signers, i), bytes));
  return TRUE;
}

static void
signature_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (check (DMP_SESSION (source)->link, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dmp_session_check_signatures_async (DmpSession *self,
                                    DmpRecord *record,
                                    GPtrArray *entries,
                                    GPtrArray *contents,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = dmp_session_new_task (self, dmp_session_check_signatures_async,
                                                 cancellable, callback, user_data);
  SignatureJob *job = g_new0 (SignatureJob, 1);
  GError *error = NULL;

  job->entries = g_ptr_array_ref (entries);
  job->contents = contents != NULL ? g_ptr_array_ref (contents) : NULL;
  job->signatures = g_ptr_array_ref (dmp_record_get_signatures (record));
  job->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_signature_fact_free);
  job->ca_file = g_strdup (dmp_config_get_signature_ca (self->config));
  job->context = dmp_job_context_new (self, dmp_record_get_patient (record),
                                      dmp_record_get_mode (record), &error);
  g_task_set_task_data (task, job, signature_job_free);
  if (job->context != NULL)
    dmp_worker_push (self->worker, task, DMP_JOB_URGENT, signature_worker);
  else
    g_task_return_error (task, error);
}

GPtrArray *
dmp_session_check_signatures_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  SignatureJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  return g_ptr_array_ref (job->facts);
}
