#include "config.h"

#include "dmp-host-feed.h"

#include "dmp-host-error.h"
#include "dmp-host-vihf-read.h"
#include "model/dmp-code-table.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS DMP_HOST_NS_RIM
#define MAX_DOCUMENTS 200

void
dmp_host_feed_free (DmpHostFeed *self)
{
  if (self == NULL)
    return;
  dmp_host_entry_free (self->set);
  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->bodies);
  g_free (self->signs);
  g_free (self);
}

static gboolean
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return FALSE;
}

static gboolean
metadata (GError **error, const char *text)
{
  return refuse (error, DMP_HOST_ERROR_REGISTRY_METADATA, text);
}

static void
entry_free (gpointer entry)
{
  dmp_host_entry_free (entry);
}

static gboolean
check_patient (const char *cx, const DmpHostVihf *vihf, GError **error)
{
  g_autofree char *ins = NULL;
  g_autofree char *oid = NULL;

  return (dmp_host_parse_cx (cx, &ins, &oid) && g_strcmp0 (ins, vihf->ins) == 0 &&
          g_strcmp0 (oid, vihf->ins_oid) == 0) ||
         refuse (error, DMP_HOST_ERROR_OTHER_PATIENT, "INS du message différent de celui du VIHF");
}

/* The set and the documents. */
static gboolean
read_objects (DmpHostFeed *self, xmlNode *list, const DmpHostVihf *vihf, GError **error)
{
  dmp_xml_each (object, list, NS, "*")
  {
    gboolean set = dmp_xml_is (object, NS, "RegistryPackage");
    g_autofree char *patient = NULL;
    DmpHostEntry *entry;

    if (!set && !dmp_xml_is (object, NS, "ExtrinsicObject"))
      continue;
    if (set && self->set != NULL)
      return metadata (error, "Un seul lot de soumission par message");
    entry = dmp_host_rim_read_entry (object, &patient, error);
    if (entry == NULL)
      return FALSE;
    if (set)
      self->set = entry;
    else
      g_ptr_array_add (self->documents, entry);
    if (!check_patient (patient, vihf, error))
      return FALSE;
  }
  if (self->set == NULL)
    return metadata (error, "Aucun lot de soumission");
  if (self->documents->len == 0)
    return refuse (error, DMP_HOST_ERROR_MISSING_METADATA, "Aucun document");
  return self->documents->len <= MAX_DOCUMENTS || metadata (error, "Trop de documents");
}

static DmpHostEntry *
find (const DmpHostFeed *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->documents->len; i++)
    {
      DmpHostEntry *entry = self->documents->pdata[i];
      if (strcmp (entry->entry_uuid, id) == 0)
        return entry;
    }
  return NULL;
}

static gboolean
read_association (DmpHostFeed *self, xmlNode *node, GHashTable *members, GError **error)
{
  const char *type = dmp_xml_attr (node, "associationType");
  const char *source = dmp_xml_attr (node, "sourceObject");
  const char *target = dmp_xml_attr (node, "targetObject");
  gboolean from_set = g_strcmp0 (source, self->set->entry_uuid) == 0;
  DmpHostEntry *document = find (self, from_set ? target : source);

  if (type == NULL || target == NULL || document == NULL)
    return metadata (error, "Association vers un objet inconnu");
  if (strcmp (type, DMP_HOST_ASSOCIATION_MEMBER) == 0 && from_set)
    {
      g_hash_table_add (members, document);
      return TRUE;
    }
  if (strcmp (type, DMP_HOST_ASSOCIATION_REPLACES) == 0 && !from_set &&
      g_str_has_prefix (target, "urn:uuid:") && document->replaces == NULL)
    {
      document->replaces = g_strdup (target);
      return TRUE;
    }
  if (strcmp (type, DMP_HOST_ASSOCIATION_SIGNS) == 0 && self->signs == NULL &&
      strcmp (target, self->set->entry_uuid) == 0 && dmp_host_entry_is_signature (document))
    {
      self->signs = g_strdup (source);
      return TRUE;
    }
  return metadata (error, "Association non admise");
}

static gboolean
read_associations (DmpHostFeed *self, xmlNode *list, GError **error)
{
  g_autoptr (GHashTable) members = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->documents->len; i++)
    {
      DmpHostEntry *entry = self->documents->pdata[i];
      if (!g_hash_table_add (ids, entry->entry_uuid) || !g_hash_table_add (ids, entry->unique_id) ||
          strcmp (entry->entry_uuid, self->set->entry_uuid) == 0)
        return metadata (error, "Deux objets portent le même identifiant");
    }
  dmp_xml_each (node, list, NS, "Association")
  {
    if (!read_association (self, node, members, error))
      return FALSE;
  }
  return g_hash_table_size (members) == self->documents->len ||
         metadata (error, "Document sans association HasMember à son lot");
}

/* "cid:…" → the part. */
static GBytes *
find_part (GPtrArray *parts, const char *href)
{
  g_autofree char *id = href != NULL && g_str_has_prefix (href, "cid:")
                            ? g_uri_unescape_string (href + strlen ("cid:"), NULL)
                            : NULL;

  for (guint i = 0; id != NULL && i < parts->len; i++)
    {
      const DmpHostPart *part = parts->pdata[i];
      if (g_strcmp0 (part->id, id) == 0)
        return g_bytes_ref (part->bytes);
    }
  return NULL;
}

/* XOP, or base64 on the spot (IHE ITI TF-2 V.8). */
static GBytes *
read_content (xmlNode *node, GPtrArray *parts)
{
  xmlNode *include = dmp_xml_child (node, DMP_HOST_NS_XOP, "Include");
  g_autofree char *text = NULL;
  guchar *data;
  gsize size;

  if (include != NULL)
    return find_part (parts, dmp_xml_attr (include, "href"));
  text = dmp_xml_text (node);
  if (text == NULL || *text == '\0' ||
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n") !=
          strlen (text))
    return NULL;
  data = g_base64_decode (text, &size);
  return g_bytes_new_take (data, size);
}

static gboolean
read_bodies (DmpHostFeed *self, xmlNode *request, GPtrArray *parts, GError **error)
{
  g_autoptr (GHashTable) nodes = g_hash_table_new (g_str_hash, g_str_equal);

  dmp_xml_each (node, request, DMP_HOST_NS_XDSB, "Document")
  {
    const char *id = dmp_xml_attr (node, "id");
    if (find (self, id) == NULL || !g_hash_table_insert (nodes, (gpointer) id, node))
      return refuse (error, DMP_HOST_ERROR_MISSING_METADATA,
                     "Document joint sans métadonnées, ou en double");
  }
  for (guint i = 0; i < self->documents->len; i++)
    {
      const DmpHostEntry *entry = self->documents->pdata[i];
      xmlNode *node = g_hash_table_lookup (nodes, entry->entry_uuid);
      GBytes *bytes = node != NULL ? read_content (node, parts) : NULL;

      if (bytes == NULL)
        return refuse (error, DMP_HOST_ERROR_MISSING_DOCUMENT, "Document annoncé mais non joint");
      g_ptr_array_add (self->bodies, bytes);
    }
  return TRUE;
}

/* classCode goes with typeCode (ASS_X16); a signature has a pair of its own. */
static gboolean
check_pair (const DmpHostEntry *entry, GError **error)
{
  const DmpHostCode *class = dmp_host_entry_get_code (entry, DMP_HOST_CODE_CLASS);
  const DmpHostCode *type = dmp_host_entry_get_code (entry, DMP_HOST_CODE_TYPE);
  const DmpCodeRow *row;

  if (dmp_host_entry_is_signature (entry))
    return strcmp (type->code, "E1762") == 0 || metadata (error, "typeCode de signature inconnu");
  row = dmp_code_table_find (DMP_TABLE_TYPE, type->code, type->system);
  if (row == NULL || row->extra == NULL)
    return metadata (error, "typeCode inconnu du DMP");
  return strcmp (row->extra, class->code) == 0 ||
         metadata (error, "classCode et typeCode ne vont pas ensemble");
}

static gboolean
check_confidentiality (const DmpHostEntry *entry,
                       const DmpHostVihf *vihf,
                       gboolean mask_and_hide,
                       GError **error)
{
  const DmpHostCodeKind kind = DMP_HOST_CODE_CONFIDENTIALITY;

  for (guint i = 0; i < entry->codes->len; i++)
    {
      const DmpHostCode *code = entry->codes->pdata[i];
      if (code->kind == kind &&
          dmp_code_table_find (DMP_TABLE_CONFIDENTIALITY, code->code, NULL) == NULL)
        return metadata (error, "confidentialityCode inconnu du DMP");
    }
  if (dmp_host_entry_is_signature (entry))
    return TRUE;
  if (!mask_and_hide && dmp_host_entry_has_code (entry, kind, "MASQUE_PS") &&
      dmp_host_entry_has_code (entry, kind, "INVISIBLE_PATIENT"))
    return metadata (error, "MASQUE_PS et INVISIBLE_PATIENT ne vont pas ensemble");
  return !vihf->secret || dmp_host_entry_has_code (entry, kind, "INVISIBLE_REPRESENTANTS_LEGAUX") ||
         metadata (error, "Connexion secrète : le document doit être invisible aux "
                          "représentants légaux");
}

static gboolean
check_all (const DmpHostFeed *self, DmpHostCall *call, GError **error)
{
  gboolean mask_and_hide = call->host->settings.mask_and_hide;

  if (!dmp_host_entry_is_from (self->set, call->vihf->structure))
    return metadata (error, "Aucun AuthorInstitution ne correspond à l'utilisateur du VIHF");
  for (guint i = 0; i < self->documents->len; i++)
    {
      const DmpHostEntry *entry = self->documents->pdata[i];

      if (!check_pair (entry, error) ||
          !check_confidentiality (entry, call->vihf, mask_and_hide, error) ||
          !dmp_host_content_check (entry, self->bodies->pdata[i], call->vihf, error))
        return FALSE;
    }
  return dmp_host_feed_check_signature (self, call, error);
}

DmpHostFeed *
dmp_host_feed_read (DmpHostCall *call, GError **error)
{
  g_autoptr (DmpHostFeed) self = g_new0 (DmpHostFeed, 1);
  xmlNode *request = call->envelope->payload;
  xmlNode *submit = dmp_xml_child (request, DMP_HOST_NS_LCM, "SubmitObjectsRequest");
  xmlNode *list = dmp_xml_child (submit, NS, "RegistryObjectList");

  self->documents = g_ptr_array_new_with_free_func (entry_free);
  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (!read_objects (self, list, call->vihf, error) || !read_associations (self, list, error) ||
      !read_bodies (self, request, call->parts, error) || !check_all (self, call, error))
    return NULL;
  return g_steal_pointer (&self);
}
