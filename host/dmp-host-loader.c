#include "config.h"

#include "dmp-host-loader.h"

#include "dmp-host-error.h"
#include "dmp-host-loader-documents.h"
#include "dmp-host-record.h"

#include <openssl/rand.h>
#include <string.h>

static gboolean
fail (GError **error, const char *what, DmpHostStoreResult result)
{
  g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "%s: %s", what,
               dmp_host_store_result_name (result));
  return FALSE;
}

const char *
dmp_host_json_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

JsonArray *
dmp_host_json_list (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
dmp_host_json_item (JsonArray *list, guint i)
{
  JsonNode *node = json_array_get_element (list, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonNode *
dmp_host_json_load (const char *folder, const char *name, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  JsonNode *root;

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "%s: empty", path);
  return root;
}

static DmpHostStoreResult
put_professional (DmpHost *host, DmpHostTx *tx, JsonObject *person)
{
  const char *id = dmp_host_json_text (person, "id");
  const char *profession = dmp_host_json_text (person, "profession");
  const char *speciality = dmp_host_json_text (person, "speciality");
  DmpHostProfessional row = { (char *) id, (char *) (profession != NULL ? profession : ""),
                              (char *) (speciality != NULL ? speciality : "") };
  JsonArray *structures = dmp_host_json_list (person, "structures");
  DmpHostStoreResult result =
      id != NULL ? host->ops->professional_put (tx, &row) : DMP_HOST_STORE_CORRUPT;

  for (guint i = 0;
       result == DMP_HOST_STORE_OK && structures != NULL && i < json_array_get_length (structures);
       i++)
    {
      JsonObject *structure = dmp_host_json_item (structures, i);
      const char *structure_id = dmp_host_json_text (structure, "id");
      const char *name = dmp_host_json_text (structure, "name");

      if (structure_id == NULL)
        return DMP_HOST_STORE_CORRUPT;
      result = host->ops->structure_put (tx, structure_id, name != NULL ? name : structure_id);
      if (result == DMP_HOST_STORE_OK)
        result = host->ops->practice_put (tx, id, structure_id);
    }
  return result;
}

static gboolean
load_professionals (DmpHost *host, const char *folder, DmpHostLoad *load, GError **error)
{
  g_autoptr (JsonNode) root = dmp_host_json_load (folder, "professionals.json", error);
  JsonArray *list;
  DmpHostTx *tx;
  DmpHostStoreResult result;

  if (root == NULL)
    return FALSE;
  list = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  result = host->ops->begin (host->store, 0, TRUE, &tx);
  if (list == NULL || result != DMP_HOST_STORE_OK)
    return fail (error, "professionals.json", list == NULL ? DMP_HOST_STORE_CORRUPT : result);
  for (guint i = 0; result == DMP_HOST_STORE_OK && i < json_array_get_length (list); i++)
    result = put_professional (host, tx, dmp_host_json_item (list, i));
  if (result != DMP_HOST_STORE_OK)
    {
      host->ops->rollback (tx);
      return fail (error, "professionals.json", result);
    }
  result = host->ops->commit (tx);
  load->professionals += json_array_get_length (list);
  return result == DMP_HOST_STORE_OK || fail (error, "professionals.json", result);
}

/* "2026-03-02…" → seconds; 0 for nothing. */
static gint64
read_time (const char *iso)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *full =
      iso != NULL && strlen (iso) == 10 ? g_strconcat (iso, "T00:00:00Z", NULL) : g_strdup (iso);
  g_autoptr (GDateTime) time = full != NULL ? g_date_time_new_from_iso8601 (full, zone) : NULL;

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static DmpHostStoreResult
put_authorisation (DmpHost *host, DmpHostTx *tx, JsonObject *object)
{
  const char *professional = dmp_host_json_text (object, "professional");
  const char *structure = dmp_host_json_text (object, "structure");
  const char *state = dmp_host_json_text (object, "state");
  g_autofree char *holder = professional != NULL ? g_strconcat ("P:", professional, NULL)
                                                 : g_strconcat ("S:", structure, NULL);
  DmpHostAuthorisation row = { .holder = holder,
                               .from = read_time (dmp_host_json_text (object, "from")),
                               .until = read_time (dmp_host_json_text (object, "until")) };

  if (state == NULL || (professional == NULL && structure == NULL))
    return DMP_HOST_STORE_CORRUPT;
  if (strcmp (state, "valide") == 0)
    row.state = DMP_HOST_AUTHORISATION_VALID;
  else if (strcmp (state, "expire") == 0)
    row.state = DMP_HOST_AUTHORISATION_EXPIRED;
  else if (strcmp (state, "interdit") == 0)
    row.state = DMP_HOST_AUTHORISATION_DENIED;
  else
    return DMP_HOST_STORE_CORRUPT;
  return host->ops->authorisation_put (tx, &row);
}

/* A new patient gets a random number and a key of his own. */
static gboolean
make_row (DmpHost *host, JsonNode *root, DmpHostPatientRow *row, GError **error)
{
  JsonObject *object = json_node_get_object (root);
  g_autofree char *text = json_to_string (root, FALSE);
  guint8 key[DMP_HOST_KEY_BYTES];
  guint64 random;
  gboolean ok;

  if (RAND_bytes ((unsigned char *) &random, sizeof random) != 1 ||
      !dmp_host_keys_make (key, error))
    return FALSE;
  row->id = (gint64) (random >> 2) + 1;
  dmp_host_keys_index (host->keys, dmp_host_json_text (object, "ins"), row->index);
  row->closed = g_strcmp0 (dmp_host_json_text (object, "state"), "closed") == 0;
  row->physician = g_strdup (dmp_host_json_text (object, "medecin_traitant"));
  row->key = dmp_host_keys_wrap (host->keys, row->id, key, error);
  row->traits = dmp_host_seal (key, "traits", text, strlen (text), error);
  ok = row->key != NULL && row->traits != NULL;
  dmp_host_wipe (key, sizeof key);
  return ok;
}

static gboolean
put_patient (DmpHost *host, JsonNode *root, GError **error)
{
  g_auto (DmpHostPatientRow) row = { 0 };
  JsonArray *list = dmp_host_json_list (json_node_get_object (root), "authorisations");
  DmpHostTx *tx;
  DmpHostStoreResult result;

  if (!make_row (host, root, &row, error))
    return FALSE;
  result = host->ops->begin (host->store, row.id, TRUE, &tx);
  if (result != DMP_HOST_STORE_OK)
    return fail (error, "patient", result);
  result = host->ops->patient_put (tx, &row);
  for (guint i = 0; result == DMP_HOST_STORE_OK && list != NULL && i < json_array_get_length (list);
       i++)
    result = put_authorisation (host, tx, dmp_host_json_item (list, i));
  if (result != DMP_HOST_STORE_OK)
    {
      host->ops->rollback (tx);
      return fail (error, "patient", result);
    }
  result = host->ops->commit (tx);
  return result == DMP_HOST_STORE_OK || fail (error, "patient", result);
}

static gboolean
load_record (DmpHost *host, const char *folder, DmpHostLoad *load, GError **error)
{
  g_autoptr (JsonNode) root = dmp_host_json_load (folder, "patient.json", error);
  g_autoptr (DmpHostRecord) record = NULL;
  GError *local = NULL;
  const char *ins;

  if (root == NULL)
    return FALSE;
  ins = JSON_NODE_HOLDS_OBJECT (root) ? dmp_host_json_text (json_node_get_object (root), "ins")
                                      : NULL;
  if (ins == NULL)
    return fail (error, "patient.json", DMP_HOST_STORE_CORRUPT);
  record = dmp_host_record_find (host, ins, &local);
  if (record == NULL && local == NULL && put_patient (host, root, &local))
    {
      record = dmp_host_record_find (host, ins, &local);
      load->patients++;
    }
  if (record == NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return dmp_host_load_documents (record, folder, load, error);
}

gboolean
dmp_host_load (DmpHost *host, const char *folder, DmpHostLoad *load, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL || !load_professionals (host, folder, load, error))
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *patient = g_build_filename (path, "patient.json", NULL);

      if (g_file_test (patient, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (names, g_steal_pointer (&path));
    }
  for (guint i = 0; i < names->len; i++)
    if (!load_record (host, names->pdata[i], load, error))
      {
        g_prefix_error (error, "%s: ", (const char *) names->pdata[i]);
        return FALSE;
      }
  return TRUE;
}
