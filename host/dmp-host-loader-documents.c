#include "config.h"

#include "dmp-host-loader-documents.h"

#include "dmp-host-error.h"

#include <string.h>

static gboolean
fail (GError **error, const char *what, const char *why)
{
  g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "%s: %s",
               what != NULL ? what : "documents.json", why);
  return FALSE;
}

static const struct
{
  const char *name;
  DmpHostText text;
} texts[] = {
  { "title", DMP_HOST_TEXT_TITLE },
  { "comments", DMP_HOST_TEXT_COMMENTS },
  { "mime", DMP_HOST_TEXT_MIME },
  { "language", DMP_HOST_TEXT_LANGUAGE },
  { "creation", DMP_HOST_TEXT_CREATION },
  { "service_start", DMP_HOST_TEXT_SERVICE_START },
  { "service_stop", DMP_HOST_TEXT_SERVICE_STOP },
  { "legal_authenticator", DMP_HOST_TEXT_LEGAL_AUTHENTICATOR },
  { "source_patient_id", DMP_HOST_TEXT_SOURCE_PATIENT_ID },
};

static const struct
{
  const char *name;
  DmpHostCodeKind kind;
} codes[] = {
  { "class", DMP_HOST_CODE_CLASS },       { "type", DMP_HOST_CODE_TYPE },
  { "format", DMP_HOST_CODE_FORMAT },     { "practice_setting", DMP_HOST_CODE_PRACTICE_SETTING },
  { "facility", DMP_HOST_CODE_FACILITY },
};

static const struct
{
  const char *code, *system, *display;
} confidentialities[] = {
  { "N", "2.16.840.1.113883.5.25", "Normal" },
  { "R", "2.16.840.1.113883.5.25", "Restreint" },
  { "V", "2.16.840.1.113883.5.25", "Très restreint" },
  { "MASQUE_PS", "1.2.250.1.213.1.1.4.13", "Masqué aux professionnels de santé" },
  { "INVISIBLE_PATIENT", "1.2.250.1.213.1.1.4.13", "Non visible par le patient" },
  { "INVISIBLE_REPRESENTANTS_LEGAUX", "1.2.250.1.213.1.1.4.13",
    "Non visible par les représentants légaux du patient" },
};

static void
add_code (DmpHostEntry *entry, DmpHostCodeKind kind, JsonObject *object)
{
  const char *code = dmp_host_json_text (object, "code");
  const char *system = dmp_host_json_text (object, "system");

  if (code != NULL)
    dmp_host_entry_add_code (entry, kind, code, system != NULL ? system : "",
                             dmp_host_json_text (object, "display"));
}

static JsonObject *
object_of (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
length (JsonArray *list)
{
  return list != NULL ? json_array_get_length (list) : 0;
}

static void
add_authors (DmpHostEntry *entry, JsonArray *list)
{
  for (guint i = 0; i < length (list); i++)
    {
      JsonObject *author = dmp_host_json_item (list, i);
      dmp_host_entry_add_author (
          entry, dmp_host_json_text (author, "person"), dmp_host_json_text (author, "institution"),
          dmp_host_json_text (author, "specialty"), dmp_host_json_text (author, "role"));
    }
}

static void
add_lists (DmpHostEntry *entry, JsonObject *object)
{
  JsonArray *list = dmp_host_json_list (object, "confidentiality");

  for (guint i = 0; i < length (list); i++)
    for (guint j = 0; j < G_N_ELEMENTS (confidentialities); j++)
      if (g_strcmp0 (json_array_get_string_element (list, i), confidentialities[j].code) == 0)
        dmp_host_entry_add_code (entry, DMP_HOST_CODE_CONFIDENTIALITY, confidentialities[j].code,
                                 confidentialities[j].system, confidentialities[j].display);
  list = dmp_host_json_list (object, "event_codes");
  for (guint i = 0; i < length (list); i++)
    add_code (entry, DMP_HOST_CODE_EVENT, dmp_host_json_item (list, i));
  list = dmp_host_json_list (object, "source_patient_info");
  for (guint i = 0; i < length (list); i++)
    g_ptr_array_add (entry->infos, g_strdup (json_array_get_string_element (list, i)));
  list = dmp_host_json_list (object, "reference_ids");
  for (guint i = 0; i < length (list); i++)
    g_ptr_array_add (entry->refs, g_strdup (json_array_get_string_element (list, i)));
}

static DmpHostStatus
read_status (const char *word)
{
  static const char *const words[] = { "approved", "deprecated", "archived", "deleted" };

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (strcmp (word, words[i]) == 0)
      return (DmpHostStatus) i;
  return DMP_HOST_STATUS_LAST;
}

/* @uuids: uniqueId → entryUUID of what came before */
static DmpHostEntry *
read_document (JsonObject *object, GHashTable *uuids, GError **error)
{
  g_autoptr (DmpHostEntry) entry = dmp_host_entry_new (FALSE);
  const char *replaces = dmp_host_json_text (object, "replaces");

  entry->unique_id = g_strdup (dmp_host_json_text (object, "unique_id"));
  entry->entry_uuid = g_strdup (dmp_host_json_text (object, "entry_uuid"));
  entry->repository = g_strdup (dmp_host_json_text (object, "repository"));
  entry->status = read_status (dmp_host_json_text (object, "status"));
  if (entry->unique_id == NULL || entry->entry_uuid == NULL || entry->repository == NULL ||
      entry->status == DMP_HOST_STATUS_LAST)
    {
      fail (error, entry->unique_id, "identifier or status missing");
      return NULL;
    }
  if (replaces != NULL)
    entry->replaces = g_strdup (g_hash_table_lookup (uuids, replaces));
  if (json_object_has_member (object, "version"))
    entry->version = (guint) CLAMP (json_object_get_int_member (object, "version"), 1, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    entry->text[texts[i].text] = g_strdup (dmp_host_json_text (object, texts[i].name));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    add_code (entry, codes[i].kind, object_of (object, codes[i].name));
  add_lists (entry, object);
  add_authors (entry, dmp_host_json_list (object, "authors"));
  return g_steal_pointer (&entry);
}

static DmpHostEntry *
read_set (JsonObject *document)
{
  JsonObject *object = object_of (document, "submission_set");
  g_autoptr (DmpHostEntry) set = dmp_host_entry_new (TRUE);

  set->unique_id = g_strdup (dmp_host_json_text (object, "unique_id"));
  set->entry_uuid = g_strdup (dmp_host_json_text (object, "entry_uuid"));
  set->text[DMP_HOST_TEXT_TITLE] = g_strdup (dmp_host_json_text (object, "title"));
  set->text[DMP_HOST_TEXT_SUBMISSION_TIME] = g_strdup (dmp_host_json_text (object, "time"));
  set->text[DMP_HOST_TEXT_SOURCE_ID] = g_strdup (dmp_host_json_text (object, "source_id"));
  add_code (set, DMP_HOST_CODE_CONTENT_TYPE, object_of (object, "content_type"));
  add_authors (set, dmp_host_json_list (document, "authors"));
  if (set->unique_id == NULL || set->entry_uuid == NULL)
    return NULL;
  return g_steal_pointer (&set);
}

static void
clear_row (gpointer data)
{
  DmpHostSealedEntry *row = data;

  dmp_host_entry_free (row->entry);
  g_clear_pointer (&row->sealed, g_bytes_unref);
}

typedef struct
{
  DmpHostRecord *record;
  const char *folder;
  GHashTable *uuids;
  GHashTable *known; /* uniqueIds in the store */
  DmpHostLoad *load;
  DmpHostTx *tx;
} Loader;

static gboolean
add_document (Loader *self, JsonObject *object, GArray *rows, GError **error)
{
  DmpHostSealedEntry row = { read_document (object, self->uuids, error), NULL };
  const char *file = dmp_host_json_text (object, "file");
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;

  if (row.entry == NULL)
    return FALSE;
  g_array_append_val (rows, row);
  path = g_build_filename (self->folder, file != NULL ? file : "?", NULL);
  if (!g_file_get_contents (path, &data, &size, error))
    return FALSE;
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  g_hash_table_insert (self->uuids, g_strdup (row.entry->unique_id),
                       g_strdup (row.entry->entry_uuid));
  if (!dmp_host_record_put_body (self->record, row.entry, bytes, error))
    return FALSE;
  row.sealed = dmp_host_record_seal (self->record, row.entry, error);
  g_array_index (rows, DmpHostSealedEntry, rows->len - 1) = row;
  return row.sealed != NULL;
}

static gboolean
store_set (Loader *self, DmpHostEntry *set, GArray *rows, GError **error)
{
  g_autoptr (GBytes) sealed = dmp_host_record_seal (self->record, set, error);
  DmpHostSubmission submission = { .set = { set, sealed }, .documents = rows, .history = TRUE };
  DmpHostStoreResult result;

  if (sealed == NULL)
    return FALSE;
  result = self->record->host->ops->submission_put (self->tx, &submission);
  self->load->documents += rows->len;
  return result == DMP_HOST_STORE_OK ||
         fail (error, set->unique_id, dmp_host_store_result_name (result));
}

/* All documents of the set that @list[@first] belongs to. */
static gboolean
load_set (Loader *self, JsonArray *list, guint first, GHashTable *done, GError **error)
{
  g_autoptr (DmpHostEntry) set = read_set (dmp_host_json_item (list, first));
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (DmpHostSealedEntry));

  if (set == NULL)
    return fail (error, NULL, "a document without submission set");
  if (!g_hash_table_add (done, g_strdup (set->unique_id)))
    return TRUE;
  g_array_set_clear_func (rows, clear_row);
  for (guint i = first; i < length (list); i++)
    {
      JsonObject *document = dmp_host_json_item (list, i);
      const char *unique_id = dmp_host_json_text (document, "unique_id");

      if (g_strcmp0 (dmp_host_json_text (object_of (document, "submission_set"), "unique_id"),
                     set->unique_id) != 0)
        continue;
      if (unique_id != NULL && g_hash_table_contains (self->known, unique_id))
        {
          self->load->known++;
          continue;
        }
      if (!add_document (self, document, rows, error))
        return FALSE;
    }
  return rows->len == 0 || store_set (self, set, rows, error);
}

/* One record, one transaction, one sync. Bodies of a load that fails are left to the sweep. */
static gboolean
load_all (Loader *self, JsonArray *list, GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  DmpHost *host = self->record->host;
  DmpHostStoreResult result = host->ops->begin (host->store, self->record->row.id, TRUE, &self->tx);
  gboolean ok = TRUE;

  if (result != DMP_HOST_STORE_OK)
    return fail (error, NULL, dmp_host_store_result_name (result));
  dmp_host_blobs_set_bulk (host->blobs, TRUE);
  for (guint i = 0; ok && i < length (list); i++)
    ok = load_set (self, list, i, done, error);
  dmp_host_blobs_set_bulk (host->blobs, FALSE);
  ok = ok && dmp_host_blobs_sync (host->blobs, error);
  if (!ok)
    {
      host->ops->rollback (self->tx);
      return FALSE;
    }
  result = host->ops->commit (self->tx);
  return result == DMP_HOST_STORE_OK || fail (error, NULL, dmp_host_store_result_name (result));
}

gboolean
dmp_host_load_documents (DmpHostRecord *record,
                         const char *folder,
                         DmpHostLoad *load,
                         GError **error)
{
  g_autoptr (JsonNode) root = dmp_host_json_load (folder, "documents.json", error);
  g_autoptr (GPtrArray) there =
      root != NULL ? dmp_host_record_entries (record, FALSE, error) : NULL;
  g_autoptr (GHashTable) uuids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  Loader self = { record, folder, uuids, known, load, NULL };

  if (root == NULL || there == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (root))
    return fail (error, NULL, "no list");
  for (guint i = 0; i < there->len; i++)
    {
      const DmpHostEntry *entry = there->pdata[i];
      g_hash_table_add (known, entry->unique_id);
      g_hash_table_insert (uuids, g_strdup (entry->unique_id), g_strdup (entry->entry_uuid));
    }
  return load_all (&self, json_node_get_array (root), error);
}
