/* RPLC: what a feed takes the place of (xds.md §2, structuration minimale). */
#include "config.h"

#include "dmp-host-error.h"
#include "dmp-host-feed.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS_CDA "urn:hl7-org:v3"

static gboolean
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return FALSE;
}

static const DmpHostEntry *
find (GPtrArray *there, const char *entry_uuid, const char *unique_id)
{
  for (guint i = 0; i < there->len; i++)
    {
      const DmpHostEntry *entry = there->pdata[i];
      if ((entry_uuid != NULL && strcmp (entry->entry_uuid, entry_uuid) == 0) ||
          (unique_id != NULL && strcmp (entry->unique_id, unique_id) == 0))
        return entry;
    }
  return NULL;
}

/* Of a header: what it replaces, its set, its version. Missing ones are "". */
typedef struct
{
  char *replaces, *set;
  guint64 version;
} Header;

static void
header_clear (Header *self)
{
  g_free (self->replaces);
  g_free (self->set);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Header, header_clear)

static const char *
attribute (xmlNode *node, const char *name)
{
  const char *value = dmp_xml_attr (node, name);

  return value != NULL ? value : "";
}

static char *
dup_id (xmlNode *node)
{
  return g_strjoin ("^", attribute (node, "root"), dmp_xml_attr (node, "extension"), NULL);
}

static void
read_header (GBytes *body, Header *header)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  xmlDoc *doc = dmp_xml_parse (data, size, NULL);
  xmlNode *root = doc != NULL ? dmp_xml_root (doc) : NULL;

  dmp_xml_each (related, root, NS_CDA, "relatedDocument")
  {
    if (strcmp (attribute (related, "typeCode"), "RPLC") == 0 && header->replaces == NULL)
      header->replaces = dup_id (dmp_xml_path (related, NS_CDA, "parentDocument/id"));
  }
  header->set = dup_id (dmp_xml_child (root, NS_CDA, "setId"));
  header->version = g_ascii_strtoull (
      attribute (dmp_xml_child (root, NS_CDA, "versionNumber"), "value"), NULL, 10);
  if (doc != NULL)
    dmp_xml_free_wiped (doc);
}

/* The header continues the version before: that document, its set, a later number. A version before
 * that says nothing of its own is continued by anything. */
static gboolean
check_header (DmpHostRecord *record,
              const DmpHostEntry *target,
              const Header *header,
              GError **error)
{
  g_autoptr (GBytes) body = dmp_host_record_body (record, target, error);
  g_auto (Header) old = { 0 };

  if (body == NULL)
    return FALSE;
  read_header (body, &old);
  if (g_strcmp0 (header->replaces, target->unique_id) != 0)
    return refuse (error, DMP_HOST_ERROR_INVALID_CONTENT,
                   "L'en-tête du document ne nomme pas celui qu'il remplace");
  if (*old.set == '\0' || (strcmp (old.set, header->set) == 0 && header->version > old.version))
    return TRUE;
  return refuse (error, DMP_HOST_ERROR_INVALID_CONTENT,
                 "setId ou versionNumber ne suivent pas la version remplacée");
}

static gboolean
check_document (DmpHostRecord *record,
                GPtrArray *there,
                const DmpHostEntry *entry,
                GBytes *body,
                GError **error)
{
  const DmpHostEntry *target = find (there, entry->replaces, NULL);
  g_auto (Header) header = { 0 };

  read_header (body, &header);
  if (entry->replaces == NULL)
    {
      target = find (there, NULL, header.replaces);
      return target == NULL || target->status != DMP_HOST_STATUS_APPROVED ||
             refuse (error, DMP_HOST_ERROR_REGISTRY_METADATA,
                     "Remplacement dit dans l'en-tête, sans association RPLC");
    }
  if (target == NULL || target->status != DMP_HOST_STATUS_APPROVED ||
      !dmp_host_access_owns (&record->access, target))
    return refuse (error, DMP_HOST_ERROR_REPLACE_FAILED,
                   "Le document à remplacer est absent, déjà remplacé ou d'un autre auteur");
  return check_header (record, target, &header, error);
}

gboolean
dmp_host_feed_check_replaced (const DmpHostFeed *self, DmpHostRecord *record, GError **error)
{
  g_autoptr (GPtrArray) there = dmp_host_record_entries (record, FALSE, error);
  g_autoptr (GHashTable) targets = g_hash_table_new (g_str_hash, g_str_equal);

  if (there == NULL)
    return FALSE;
  for (guint i = 0; i < self->documents->len; i++)
    {
      const DmpHostEntry *entry = self->documents->pdata[i];

      if (find (there, NULL, entry->unique_id) !=
          NULL) /* a repeated feed has replaced it already */
        continue;
      if (entry->replaces != NULL && !g_hash_table_add (targets, entry->replaces))
        return refuse (error, DMP_HOST_ERROR_REPLACE_FAILED,
                       "Deux documents du lot remplacent le même");
      if (!check_document (record, there, entry, self->bodies->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}
