/* TD2.1: ITI-41 (xds.md §2). Bodies are sealed and synced, then metadata, associations and trail
 * are committed together, then the answer leaves. The same feed twice is one feed. */
#include "config.h"

#include "dmp-host-error.h"
#include "dmp-host-feed.h"
#include "xml/dmp-xml.h"

#include <string.h>

static gboolean
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return FALSE;
}

static char *
new_uuid (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat ("urn:uuid:", uuid, NULL);
}

/* Symbolic ids become real ones; what the registry gives is given. */
static void
complete (DmpHostFeed *feed)
{
  g_autofree char *signs = g_steal_pointer (&feed->signs);

  if (!g_str_has_prefix (feed->set->entry_uuid, "urn:uuid:"))
    {
      g_free (feed->set->entry_uuid);
      feed->set->entry_uuid = new_uuid ();
    }
  for (guint i = 0; i < feed->documents->len; i++)
    {
      DmpHostEntry *entry = feed->documents->pdata[i];
      gboolean signature = g_strcmp0 (entry->entry_uuid, signs) == 0;

      if (!g_str_has_prefix (entry->entry_uuid, "urn:uuid:"))
        {
          g_free (entry->entry_uuid);
          entry->entry_uuid = new_uuid ();
        }
      if (signature)
        feed->signs = g_strdup (entry->entry_uuid);
      entry->repository = g_strdup (DMP_HOST_REPOSITORY_OID);
      entry->submission_set = g_strdup (feed->set->entry_uuid);
      entry->status = DMP_HOST_STATUS_APPROVED;
    }
}

static void
clear_row (gpointer data)
{
  g_clear_pointer (&((DmpHostSealedEntry *) data)->sealed, g_bytes_unref);
}

static GArray *
seal (DmpHostRecord *record, DmpHostFeed *feed, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (DmpHostSealedEntry));

  g_array_set_clear_func (rows, clear_row);
  for (guint i = 0; i < feed->documents->len; i++)
    {
      DmpHostSealedEntry row = { feed->documents->pdata[i], NULL };

      if (!dmp_host_record_put_body (record, row.entry, feed->bodies->pdata[i], error))
        return NULL;
      row.sealed = dmp_host_record_seal (record, row.entry, error);
      if (row.sealed == NULL)
        return NULL;
      g_array_append_val (rows, row);
    }
  return g_steal_pointer (&rows);
}

/* What was written before the commit failed. */
static void
drop_bodies (DmpHost *host, const DmpHostFeed *feed)
{
  for (guint i = 0; i < feed->documents->len; i++)
    {
      const DmpHostEntry *entry = feed->documents->pdata[i];
      if (entry->blob != NULL)
        dmp_host_blobs_delete (host->blobs, entry->blob);
    }
}

static gboolean
tell_store (DmpHostStoreResult result, GError **error)
{
  switch (result)
    {
    case DMP_HOST_STORE_OK:
    case DMP_HOST_STORE_DUP_SAME:
      return TRUE;
    case DMP_HOST_STORE_DUP_OTHER:
      return refuse (error, DMP_HOST_ERROR_NON_IDENTICAL_HASH,
                     "Un autre document porte déjà cet uniqueId");
    case DMP_HOST_STORE_CONFLICT:
      return refuse (error, DMP_HOST_ERROR_DUPLICATE_UNIQUE_ID,
                     "Un identifiant du lot est déjà enregistré");
    case DMP_HOST_STORE_FULL:
      return refuse (error, DMP_HOST_ERROR_OUT_OF_RESOURCES, "Hébergement plein");
    case DMP_HOST_STORE_BUSY:
    case DMP_HOST_STORE_ABSENT:
    case DMP_HOST_STORE_IO:
    case DMP_HOST_STORE_CORRUPT:
    default:
      return refuse (error, DMP_HOST_ERROR_REPOSITORY, "Enregistrement impossible");
    }
}

static gboolean
commit (DmpHostCall *call,
        DmpHostRecord *record,
        DmpHostFeed *feed,
        GArray *rows,
        GBytes *set,
        GError **error)
{
  const DmpHostStoreOps *ops = call->host->ops;
  DmpHostSubmission submission = { .set = { feed->set, set },
                                   .documents = rows,
                                   .signs_uuid = feed->signs };
  DmpHostStoreResult stored, result;
  DmpHostTx *tx;

  stored = ops->begin (call->host->store, record->row.id, TRUE, &tx);
  if (stored != DMP_HOST_STORE_OK)
    return tell_store (stored, error);
  stored = ops->submission_put (tx, &submission);
  if (!tell_store (stored, error))
    {
      ops->rollback (tx);
      drop_bodies (call->host, feed);
      return FALSE;
    }
  result = dmp_host_call_audit (call, tx, "ok");
  if (result == DMP_HOST_STORE_OK)
    result = ops->commit (tx);
  else
    ops->rollback (tx);
  if (!tell_store (result, error))
    return FALSE;
  call->audit_done = TRUE;
  if (stored == DMP_HOST_STORE_DUP_SAME)
    drop_bodies (call->host, feed);
  return TRUE;
}

static gboolean
store (DmpHostCall *call, DmpHostRecord *record, DmpHostFeed *feed, GError **error)
{
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GBytes) set = NULL;

  for (guint i = 0; i < feed->documents->len; i++)
    dmp_host_call_note (call, ((const DmpHostEntry *) feed->documents->pdata[i])->unique_id, NULL);
  complete (feed);
  if (!dmp_host_feed_check_replaced (feed, record, error))
    return FALSE;
  rows = seal (record, feed, error);
  if (rows != NULL)
    set = dmp_host_record_seal (record, feed->set, error);
  if (set == NULL)
    {
      drop_bodies (call->host, feed);
      return FALSE;
    }
  /* A commit that failed half-way leaves the bodies: nobody knows, the sweep will. */
  return commit (call, record, feed, rows, set, error);
}

static gboolean
handle (DmpHostCall *call, xmlNode *body, GError **error)
{
  g_autoptr (DmpHostRecord) record = dmp_host_rim_open (call, error);
  g_autoptr (DmpHostFeed) feed = NULL;

  if (record == NULL)
    return FALSE;
  if (dmp_host_right (record->access.role, call->vihf->purpose, "feed") == DMP_HOST_RIGHT_NO)
    return refuse (error, DMP_HOST_ERROR_ACCESS_DENIED, "Action interdite pour ce profil");
  feed = dmp_host_feed_read (call, error);
  if (feed == NULL || !store (call, record, feed, error))
    return FALSE;
  dmp_xml_add (body, DMP_HOST_NS_RS, "RegistryResponse", "status", DMP_HOST_STATUS_SUCCESS, NULL);
  return TRUE;
}

static void
tell (DmpHostCall *call, xmlNode *body, const GError *error)
{
  xmlNode *node = dmp_xml_add (body, DMP_HOST_NS_RS, "RegistryResponse", "status",
                               DMP_HOST_STATUS_FAILURE, NULL);

  dmp_host_rim_add_error (node, error);
}

const DmpHostTransaction dmp_host_td21 = {
  .id = "TD2.1",
  .endpoint = "repository",
  .ns = DMP_HOST_NS_XDSB,
  .name = "ProvideAndRegisterDocumentSetRequest",
  .action = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse",
  .handle = handle,
  .refuse = tell
};
