/* TD3.1: ITI-18 stored queries (xds.md §3). What one may not see is simply absent. */
#include "config.h"

#include "dmp-host-adhoc.h"
#include "dmp-host-error.h"
#include "dmp-host-rim.h"
#include "dmp-host-vihf-read.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define PREFIX_DOCUMENT "$XDSDocumentEntry"
#define PREFIX_SET "$XDSSubmissionSet"

/* One query at work: what the asker may see, and where the answer goes. */
typedef struct
{
  DmpHostCall *call;
  const DmpHostAdhoc *adhoc;
  DmpHostRecord *record;
  gboolean own_only;    /* references of one's own documents, no more */
  GPtrArray *documents; /* (element-type DmpHostEntry), all of the patient */
  GPtrArray *sets;
  DmpHostRimWriter writer;
  guint count;
} Query;

static gboolean
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return FALSE;
}

static gboolean
sees (const Query *self, const DmpHostEntry *document)
{
  if (self->own_only)
    return dmp_host_access_owns (&self->record->access, document);
  return dmp_host_access_sees (&self->record->access, document);
}

/* A set is seen with one of its documents. */
static gboolean
sees_set (const Query *self, const DmpHostEntry *set)
{
  for (guint i = 0; i < self->documents->len; i++)
    {
      const DmpHostEntry *document = self->documents->pdata[i];
      if (g_strcmp0 (document->submission_set, set->entry_uuid) == 0 && sees (self, document))
        return TRUE;
    }
  return FALSE;
}

static void
put (Query *self, const DmpHostEntry *entry)
{
  if (self->adhoc->leaf)
    dmp_host_rim_write_entry (&self->writer, entry);
  else
    dmp_host_rim_write_reference (&self->writer, entry->entry_uuid);
  self->count++;
}

static gboolean
require (const Query *self, const char *name, GError **error)
{
  return dmp_host_adhoc_has (self->adhoc, name) ||
         refuse (error, DMP_HOST_ERROR_MISSING_PARAM, name);
}

/* The patient of the query is the one of the token (xds.md §3: no parentheses; patient-identity.md
 * §3: nothing after the type). */
static gboolean
check_patient (const Query *self, const char *name, GError **error)
{
  const char *cx;
  g_autofree char *ins = NULL;
  g_autofree char *oid = NULL;

  if (!require (self, name, error))
    return FALSE;
  cx = dmp_host_adhoc_single (self->adhoc, name, error);
  if (cx == NULL)
    return FALSE;
  if (!dmp_host_parse_cx (cx, &ins, &oid) || strcmp (ins, self->call->vihf->ins) != 0 ||
      strcmp (oid, self->call->vihf->ins_oid) != 0)
    return refuse (error, DMP_HOST_ERROR_OTHER_PATIENT,
                   "INS du message différent de celui du VIHF");
  return TRUE;
}

static gboolean
find_documents (Query *self, GError **error)
{
  if (!check_patient (self, PREFIX_DOCUMENT "PatientId", error) ||
      !require (self, PREFIX_DOCUMENT "Status", error))
    return FALSE;
  for (guint i = 0; i < self->documents->len; i++)
    {
      const DmpHostEntry *document = self->documents->pdata[i];
      if (dmp_host_adhoc_matches (self->adhoc, PREFIX_DOCUMENT, document) && sees (self, document))
        put (self, document);
    }
  return TRUE;
}

static gboolean
find_by_reference (Query *self, GError **error)
{
  return require (self, PREFIX_DOCUMENT "ReferenceIdList", error) && find_documents (self, error);
}

static gboolean
find_sets (Query *self, GError **error)
{
  if (!check_patient (self, PREFIX_SET "PatientId", error) ||
      !require (self, PREFIX_SET "Status", error))
    return FALSE;
  for (guint i = 0; i < self->sets->len; i++)
    {
      const DmpHostEntry *set = self->sets->pdata[i];
      if (dmp_host_adhoc_matches (self->adhoc, PREFIX_SET, set) && sees_set (self, set))
        put (self, set);
    }
  return TRUE;
}

static gboolean
listed (GPtrArray *values, const char *value)
{
  return value != NULL && g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL);
}

static gboolean
get_documents (Query *self, GError **error)
{
  gboolean by_uuid = dmp_host_adhoc_has (self->adhoc, PREFIX_DOCUMENT "EntryUUID");
  gboolean by_id = dmp_host_adhoc_has (self->adhoc, PREFIX_DOCUMENT "UniqueId");
  g_autoptr (GPtrArray) values = NULL;

  if (!by_uuid && !by_id)
    return refuse (error, DMP_HOST_ERROR_MISSING_PARAM, PREFIX_DOCUMENT "EntryUUID");
  if (by_uuid && by_id)
    return refuse (error, DMP_HOST_ERROR_PARAM_NUMBER, PREFIX_DOCUMENT "UniqueId");
  values = dmp_host_adhoc_all (self->adhoc,
                               by_uuid ? PREFIX_DOCUMENT "EntryUUID" : PREFIX_DOCUMENT "UniqueId");
  for (guint i = 0; i < self->documents->len; i++)
    {
      const DmpHostEntry *document = self->documents->pdata[i];
      if (listed (values, by_uuid ? document->entry_uuid : document->unique_id) &&
          sees (self, document))
        put (self, document);
    }
  return TRUE;
}

static void
put_association (
    Query *self, const char *type, const char *source, const char *target, const char *slot_value)
{
  dmp_host_rim_write_association (&self->writer, type, source, target, slot_value);
  self->count++;
}

static const DmpHostEntry *
by_uuid (GPtrArray *entries, const char *uuid)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const DmpHostEntry *entry = entries->pdata[i];
      if (g_strcmp0 (entry->entry_uuid, uuid) == 0)
        return entry;
    }
  return NULL;
}

static gboolean
get_associations (Query *self, GError **error)
{
  g_autoptr (GPtrArray) uuids = dmp_host_adhoc_all (self->adhoc, "$uuid");

  if (!require (self, "$uuid", error))
    return FALSE;
  for (guint i = 0; i < self->documents->len; i++)
    {
      const DmpHostEntry *document = self->documents->pdata[i];
      const char *uuid = document->entry_uuid;
      const DmpHostEntry *old, *set;

      if (!sees (self, document))
        continue;
      set = by_uuid (self->sets, document->submission_set);
      if (listed (uuids, uuid) || listed (uuids, document->submission_set))
        {
          put_association (self, DMP_HOST_ASSOCIATION_MEMBER, document->submission_set, uuid,
                           "Original");
          /* A set keeps in "replaces" the document that signs it. */
          if (set != NULL && g_strcmp0 (set->replaces, uuid) == 0)
            put_association (self, DMP_HOST_ASSOCIATION_SIGNS, uuid, set->entry_uuid, "Original");
        }
      old = document->replaces != NULL ? by_uuid (self->documents, document->replaces) : NULL;
      if (old != NULL && sees (self, old) &&
          (listed (uuids, uuid) || listed (uuids, old->entry_uuid)))
        put_association (self, DMP_HOST_ASSOCIATION_REPLACES, uuid, old->entry_uuid, NULL);
    }
  return TRUE;
}

static gboolean
get_sets (Query *self, GError **error)
{
  g_autoptr (GPtrArray) uuids = dmp_host_adhoc_all (self->adhoc, "$uuid");
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  if (!require (self, "$uuid", error))
    return FALSE;
  for (guint i = 0; i < self->documents->len; i++)
    {
      const DmpHostEntry *document = self->documents->pdata[i];
      const DmpHostEntry *set;

      if (!listed (uuids, document->entry_uuid) || !sees (self, document))
        continue;
      set = by_uuid (self->sets, document->submission_set);
      if (set == NULL)
        continue;
      if (g_hash_table_add (done, set->entry_uuid))
        put (self, set);
      put_association (self, DMP_HOST_ASSOCIATION_MEMBER, set->entry_uuid, document->entry_uuid,
                       "Original");
    }
  return TRUE;
}

static const struct
{
  const char *id;
  gboolean (*run) (Query *self, GError **error);
} queries[] = {
  { "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d", find_documents },
  { "urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9", find_sets },
  { "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4", get_documents },
  { "urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155", get_associations },
  { "urn:uuid:51224314-5390-4169-9b91-b1980040715a", get_sets },
  { "urn:uuid:12941a89-e02e-4be5-967c-ce4bfc8fe492", find_by_reference },
};

/* Full metadata need the patient's word; references of one's own documents do not (EX_3.3-1060: one
 * may always find what one has made). */
static gboolean
check_access (Query *self, GError **error)
{
  const DmpHostAccess *access = &self->record->access;
  DmpHostRight right = dmp_host_right (access->role, access->vihf->purpose,
                                       self->adhoc->leaf ? "search" : "search_reference");
  g_autoptr (GError) denied = NULL;

  if (right == DMP_HOST_RIGHT_NO)
    return refuse (error, DMP_HOST_ERROR_ACCESS_DENIED, "Action interdite pour ce profil");
  self->own_only = right != DMP_HOST_RIGHT_YES;
  if (self->own_only || dmp_host_access_check (access, &denied))
    return TRUE;
  if (self->adhoc->leaf)
    {
      g_propagate_error (error, g_steal_pointer (&denied));
      return FALSE;
    }
  self->own_only = TRUE;
  return TRUE;
}

static gboolean
run (Query *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    if (strcmp (queries[i].id, self->adhoc->id) == 0)
      {
        self->documents = dmp_host_record_entries (self->record, FALSE, error);
        if (self->documents != NULL)
          self->sets = dmp_host_record_entries (self->record, TRUE, error);
        return self->sets != NULL && queries[i].run (self, error);
      }
  return refuse (error, DMP_HOST_ERROR_UNKNOWN_QUERY, "Requête inconnue de cet hébergeur");
}

static xmlNode *
add_response (xmlNode *body, const char *status)
{
  xmlNode *node =
      dmp_xml_add (body, DMP_HOST_NS_QUERY, "AdhocQueryResponse", "status", status, NULL);

  dmp_xml_declare (node, "rim", DMP_HOST_NS_RIM);
  dmp_xml_declare (node, "rs", DMP_HOST_NS_RS);
  return node;
}

static gboolean
handle (DmpHostCall *call, xmlNode *body, GError **error)
{
  g_autoptr (DmpHostAdhoc) adhoc = dmp_host_adhoc_parse (call->envelope->payload, error);
  g_autoptr (DmpHostRecord) record = adhoc != NULL ? dmp_host_rim_open (call, error) : NULL;
  Query query = { .call = call, .adhoc = adhoc, .record = record };
  xmlNode *response;
  gboolean ok;

  if (record == NULL || !check_access (&query, error))
    return FALSE;
  response = add_response (body, DMP_HOST_STATUS_SUCCESS);
  query.writer.list = dmp_xml_add (response, DMP_HOST_NS_RIM, "RegistryObjectList", NULL);
  query.writer.patient = dmp_host_rim_dup_patient (record);
  ok = run (&query, error);
  if (ok)
    {
      g_autofree char *count = g_strdup_printf ("%u", query.count);
      dmp_xml_set (response, "startIndex", "0");
      dmp_xml_set (response, "totalResultCount", count);
    }
  else
    {
      xmlUnlinkNode (response);
      xmlFreeNode (response);
    }
  g_clear_pointer (&query.documents, g_ptr_array_unref);
  g_clear_pointer (&query.sets, g_ptr_array_unref);
  g_free (query.writer.patient);
  return ok;
}

static void
tell (DmpHostCall *call, xmlNode *body, const GError *error)
{
  xmlNode *response = add_response (body, DMP_HOST_STATUS_FAILURE);

  dmp_host_rim_add_error (response, error);
  dmp_xml_add (response, DMP_HOST_NS_RIM, "RegistryObjectList", NULL);
}

const DmpHostTransaction dmp_host_td31 = { .id = "TD3.1",
                                           .endpoint = "registry",
                                           .ns = DMP_HOST_NS_QUERY,
                                           .name = "AdhocQueryRequest",
                                           .action = "urn:ihe:iti:2007:RegistryStoredQueryResponse",
                                           .handle = handle,
                                           .refuse = tell };
