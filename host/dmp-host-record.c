#include "config.h"

#include "dmp-host-record.h"

#include "dmp-host-error.h"

#include <string.h>

void
dmp_host_record_free (DmpHostRecord *self)
{
  if (self == NULL)
    return;
  dmp_host_patient_row_clear (&self->row);
  dmp_host_wipe (self->key, sizeof self->key);
  g_clear_pointer (&self->traits, json_object_unref);
  g_free (self);
}

const char *
dmp_host_record_trait (const DmpHostRecord *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->traits, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

gboolean
dmp_host_record_flag (const DmpHostRecord *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->traits, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

static gboolean
open_traits (DmpHostRecord *self, GError **error)
{
  g_autoptr (GBytes) clear = dmp_host_unseal (self->key, "traits", self->row.traits, error);
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root;
  gsize size;
  const char *data;

  if (clear == NULL)
    return FALSE;
  parser = json_parser_new_immutable ();
  data = g_bytes_get_data (clear, &size);
  if (!json_parser_load_from_data (parser, data, (gssize) size, error))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "traits are no object");
      return FALSE;
    }
  self->traits = json_object_ref (json_node_get_object (root));
  return TRUE;
}

DmpHostRecord *
dmp_host_record_find (DmpHost *host, const char *ins, GError **error)
{
  g_autoptr (DmpHostRecord) self = g_new0 (DmpHostRecord, 1);
  guint8 index[DMP_HOST_INDEX_BYTES];
  DmpHostStoreResult result;

  self->host = host;
  dmp_host_keys_index (host->keys, ins, index);
  result = host->ops->patient_find (host->store, index, &self->row);
  if (result == DMP_HOST_STORE_ABSENT)
    return NULL;
  if (result != DMP_HOST_STORE_OK)
    {
      g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "patient: %s",
                   dmp_host_store_result_name (result));
      return NULL;
    }
  if (!dmp_host_keys_unwrap (host->keys, self->row.id, self->row.key, self->key, error) ||
      !open_traits (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static DmpHostAuthorisationState
authorisation_of (DmpHostTx *tx, const DmpHost *host, const char *kind, const char *id, gint64 now)
{
  g_auto (DmpHostAuthorisation) row = { 0 };
  g_autofree char *holder = g_strconcat (kind, id, NULL);

  if (host->ops->authorisation_get (tx, holder, &row) != DMP_HOST_STORE_OK)
    return DMP_HOST_AUTHORISATION_NONE;
  return dmp_host_authorisation_at (&row, now);
}

static gboolean
read_access (DmpHostRecord *self, DmpHostCall *call, GError **error)
{
  const DmpHostVihf *vihf = call->vihf;
  DmpHost *host = self->host;
  DmpHostTx *tx;
  DmpHostStoreResult result = host->ops->begin (host->store, self->row.id, FALSE, &tx);

  if (result != DMP_HOST_STORE_OK)
    {
      g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "authorisations: %s",
                   dmp_host_store_result_name (result));
      return FALSE;
    }
  self->access.vihf = vihf;
  self->access.role = dmp_host_role (vihf, self->row.physician);
  self->access.authorisation =
      dmp_host_authorisation_join (authorisation_of (tx, host, "P:", vihf->name_id, call->now),
                                   authorisation_of (tx, host, "S:", vihf->structure, call->now));
  /* The patient's own doctor cannot be blocked (access-rules.md §2). */
  if (self->access.authorisation == DMP_HOST_AUTHORISATION_DENIED &&
      dmp_host_role_is_physician (self->access.role))
    self->access.authorisation = DMP_HOST_AUTHORISATION_VALID;
  self->access.opposed = (vihf->purpose == DMP_HOST_PURPOSE_BREAK_GLASS &&
                          dmp_host_record_flag (self, "opposition_bris_de_glace")) ||
                         (vihf->purpose == DMP_HOST_PURPOSE_CENTRE_15 &&
                          dmp_host_record_flag (self, "opposition_urgence"));
  host->ops->rollback (tx);
  return TRUE;
}

DmpHostRecord *
dmp_host_record_open (DmpHostCall *call, GError **error)
{
  g_autoptr (DmpHostRecord) self = NULL;
  GError *local = NULL;

  if (call->vihf->ins == NULL)
    {
      g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INVALID_VIHF,
                           "Aucun patient dans le VIHF");
      return NULL;
    }
  self = dmp_host_record_find (call->host, call->vihf->ins, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  if (self == NULL || g_strcmp0 (dmp_host_record_trait (self, "oid"), call->vihf->ins_oid) != 0)
    {
      g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_NOT_FOUND,
                           "Aucun DMP pour cet INS");
      return NULL;
    }
  call->patient = self->row.id;
  if (!read_access (self, call, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* What sealed metadata belong to. */
static char *
dup_aad (const DmpHostRecord *self, const DmpHostEntry *entry, const char *what)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %s", what, self->row.id, entry->unique_id);
}

typedef struct
{
  DmpHostRecord *record;
  GPtrArray *entries;
  GError *error;
} Collect;

static gboolean
collect (DmpHostEntry *entry, GBytes *sealed, gpointer data)
{
  Collect *self = data;
  g_autofree char *aad = dup_aad (self->record, entry, "entry");
  g_autoptr (GBytes) clear = NULL;

  g_ptr_array_add (self->entries, entry);
  clear = dmp_host_unseal (self->record->key, aad, sealed, &self->error);
  if (clear != NULL && !dmp_host_entry_read (entry, clear))
    g_set_error_literal (&self->error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "broken metadata");
  return self->error == NULL;
}

static void
entry_free (gpointer entry)
{
  dmp_host_entry_free (entry);
}

GPtrArray *
dmp_host_record_entries (DmpHostRecord *self, gboolean sets, GError **error)
{
  DmpHost *host = self->host;
  Collect all = { self, g_ptr_array_new_with_free_func (entry_free), NULL };
  DmpHostTx *tx;
  DmpHostStoreResult result = host->ops->begin (host->store, self->row.id, FALSE, &tx);

  if (result == DMP_HOST_STORE_OK)
    {
      result = host->ops->entries (tx, sets, collect, &all);
      host->ops->rollback (tx);
    }
  if (result != DMP_HOST_STORE_OK && all.error == NULL)
    g_set_error (&all.error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "entries: %s",
                 dmp_host_store_result_name (result));
  if (all.error != NULL)
    {
      g_propagate_error (error, all.error);
      g_ptr_array_unref (all.entries);
      return NULL;
    }
  return all.entries;
}

GBytes *
dmp_host_record_body (DmpHostRecord *self, const DmpHostEntry *entry, GError **error)
{
  g_autofree char *aad = dup_aad (self, entry, "body");
  g_autoptr (GBytes) sealed = dmp_host_blobs_get (self->host->blobs, entry->blob, NULL);
  GBytes *clear = NULL;

  if (sealed != NULL)
    clear = dmp_host_unseal (self->key, aad, sealed, NULL);
  if (clear == NULL)
    g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_REPOSITORY,
                         "Document perdu ou altéré dans l'hébergement");
  return clear;
}

GBytes *
dmp_host_record_seal (DmpHostRecord *self, const DmpHostEntry *entry, GError **error)
{
  g_autofree char *aad = dup_aad (self, entry, "entry");
  g_autoptr (GBytes) clear = dmp_host_entry_write (entry);
  gsize size;
  gconstpointer data = g_bytes_get_data (clear, &size);

  return dmp_host_seal (self->key, aad, data, size, error);
}

gboolean
dmp_host_record_put_body (DmpHostRecord *self, DmpHostEntry *entry, GBytes *bytes, GError **error)
{
  g_autofree char *aad = dup_aad (self, entry, "body");
  g_autoptr (GBytes) sealed = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  g_free (entry->hash);
  g_free (entry->blob);
  entry->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);
  entry->size = (gint64) size;
  entry->blob = dmp_host_blobs_new_name ();
  sealed = dmp_host_seal (self->key, aad, data, size, error);
  return sealed != NULL && dmp_host_blobs_put (self->host->blobs, entry->blob, sealed, error);
}
