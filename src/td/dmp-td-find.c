#include "config.h"

#include "dmp-td-find.h"
#include "model/dmp-oid.h"
#include "model/dmp-xds-strings.h"

#include <string.h>

#define NS DMP_NS_QUERY
#define RIM DMP_NS_RIM
#define ACTION "urn:ihe:iti:2007:RegistryStoredQuery"

const DmpTd dmp_td_find = {
  .id = "TD3.1",
  .action = ACTION,
  .response_action = ACTION "Response",
  .endpoint = "registry",
  .ns = NS,
  .request = "AdhocQueryRequest",
  .reply_ns = NS,
  .reply = "AdhocQueryResponse",
  .repeatable = TRUE,
};

/* --- Request --------------------------------------------------------------------------------- */

char *
dmp_td_find_quote (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "'", -1);
  g_autofree char *doubled = g_strjoinv ("''", parts);

  return g_strconcat ("'", doubled, "'", NULL);
}

/* Starts a query. @doc: (out). Returns: rim:AdhocQuery, to which parameters are added */
static xmlNode *
start_query (xmlDoc **doc, const char *id, gboolean references_only)
{
  xmlNode *root;

  *doc = dmp_xml_new (NS, "query", "AdhocQueryRequest");
  root = dmp_xml_root (*doc);
  dmp_xml_declare (root, "rim", RIM);
  dmp_xml_add (root, NS, "ResponseOption", "returnComposedObjects", "true", "returnType",
               references_only ? "ObjectRef" : "LeafClass", NULL);

  return dmp_xml_add (root, RIM, "AdhocQuery", "id", id, NULL);
}

/* @value: as it shall stand; NULL: no parameter */
static void
add_parameter (xmlNode *query, const char *name, const char *value)
{
  xmlNode *slot;

  if (value == NULL)
    return;
  slot = dmp_xml_add (query, RIM, "Slot", "name", name, NULL);
  dmp_xml_add_text (dmp_xml_add (slot, RIM, "ValueList", NULL), RIM, "Value", value, NULL);
}

static void
append_item (GString *list, const char *text)
{
  g_autofree char *quoted = dmp_td_find_quote (text);

  g_string_append_printf (list, "%c%s", list->len == 0 ? '(' : ',', quoted);
}

static void
add_list (xmlNode *query, const char *name, const char *const *texts)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    append_item (list, texts[i]);
  if (list->len == 0)
    return;
  g_string_append_c (list, ')');
  add_parameter (query, name, list->str);
}

/* Codes are written code^^system. */
static void
add_codes (xmlNode *query, const char *name, GPtrArray *codes)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    {
      DmpCode *code = g_ptr_array_index (codes, i);
      g_autofree char *pair =
          g_strconcat (dmp_code_get_code (code), "^^", dmp_code_get_system (code), NULL);

      append_item (list, pair);
    }
  if (list->len == 0)
    return;
  g_string_append_c (list, ')');
  add_parameter (query, name, list->str);
}

/* The patient: quoted, without parentheses, without a date; any other form finds nothing. */
static void
add_patient (xmlNode *query, const char *name, const char *ins, const char *oid)
{
  g_autofree char *cx = dmp_cx_write (ins, oid, "NH");
  g_autofree char *quoted = dmp_td_find_quote (cx);

  add_parameter (query, name, quoted);
}

static void
add_statuses (xmlNode *query, const char *name, guint statuses)
{
  const char *urns[DMP_STATUS_UNKNOWN + 1] = { NULL };
  gsize n = 0;

  for (guint i = 0; i < DMP_STATUS_UNKNOWN; i++)
    if ((statuses & (1u << i)) != 0)
      urns[n++] = dmp_status_to_urn ((DmpStatus) i);
  if (n == 0)
    urns[0] = DMP_URN_STATUS_APPROVED;
  add_list (query, name, urns);
}

DmpMessage *
dmp_td_find_write (const char *ins, const char *oid, const DmpTdFindFilter *filter)
{
  static const DmpTdFindFilter everything = { 0 };
  xmlDoc *doc;
  xmlNode *query;

  if (filter == NULL)
    filter = &everything;
  query = start_query (&doc, DMP_QUERY_FIND_DOCUMENTS, filter->references_only);
  add_patient (query, "$XDSDocumentEntryPatientId", ins, oid);
  add_statuses (query, "$XDSDocumentEntryStatus", filter->statuses);
  add_codes (query, "$XDSDocumentEntryClassCode", filter->classes);
  add_codes (query, "$XDSDocumentEntryTypeCode", filter->types);
  add_codes (query, "$XDSDocumentEntryFormatCode", filter->formats);
  add_codes (query, "$XDSDocumentEntryConfidentialityCode", filter->confidentialities);
  add_parameter (query, "$XDSDocumentEntryCreationTimeFrom", filter->created_from);
  add_parameter (query, "$XDSDocumentEntryCreationTimeTo", filter->created_to);
  add_parameter (query, "$XDSDocumentEntryServiceStartTimeFrom", filter->service_from);
  add_parameter (query, "$XDSDocumentEntryServiceStartTimeTo", filter->service_to);

  return dmp_message_new (doc);
}

DmpMessage *
dmp_td_find_write_documents (const char *const *unique_ids,
                             const char *const *entry_uuids,
                             gboolean references_only)
{
  xmlDoc *doc;
  xmlNode *query = start_query (&doc, DMP_QUERY_GET_DOCUMENTS, references_only);

  if (unique_ids != NULL)
    add_list (query, "$XDSDocumentEntryUniqueId", unique_ids);
  else
    add_list (query, "$XDSDocumentEntryEntryUUID", entry_uuids);

  return dmp_message_new (doc);
}

DmpMessage *
dmp_td_find_write_submission_sets (const char *ins,
                                   const char *oid,
                                   const char *from,
                                   const char *to)
{
  xmlDoc *doc;
  xmlNode *query = start_query (&doc, DMP_QUERY_FIND_SUBMISSION_SETS, FALSE);

  add_patient (query, "$XDSSubmissionSetPatientId", ins, oid);
  add_statuses (query, "$XDSSubmissionSetStatus", 1u << DMP_STATUS_APPROVED);
  add_parameter (query, "$XDSSubmissionSetSubmissionTimeFrom", from);
  add_parameter (query, "$XDSSubmissionSetSubmissionTimeTo", to);

  return dmp_message_new (doc);
}

DmpMessage *
dmp_td_find_write_associations (const char *const *entry_uuids)
{
  xmlDoc *doc;
  xmlNode *query = start_query (&doc, DMP_QUERY_GET_ASSOCIATIONS, FALSE);

  add_list (query, "$uuid", entry_uuids);

  return dmp_message_new (doc);
}

/* --- Answer ---------------------------------------------------------------------------------- */

void
dmp_td_find_result_free (DmpTdFindResult *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_clear_pointer (&self->submission_sets, g_ptr_array_unref);
  g_clear_pointer (&self->associations, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_free (self);
}

static DmpTdFindResult *
result_new (void)
{
  DmpTdFindResult *self = g_new0 (DmpTdFindResult, 1);

  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->references = g_ptr_array_new_with_free_func (g_free);
  self->submission_sets = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_submission_set_free);
  self->associations = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_association_free);
  self->total = -1;

  return self;
}

/* What the associations of an answer say, by entryUUID of the document. */
typedef struct
{
  GHashTable *replaces; /* char → char: entryUUID of the replaced one */
  GHashTable *sets;     /* char → DmpSubmissionSet */
} Links;

static void
read_sets_and_associations (DmpRimReader *reader, xmlNode *list, DmpTdFindResult *result)
{
  dmp_xml_each (object, list, RIM, "*")
  {
    if (dmp_xml_is (object, RIM, "RegistryPackage"))
      {
        DmpSubmissionSet *set = dmp_rim_read_submission_set (reader, object);

        if (set != NULL)
          g_ptr_array_add (result->submission_sets, set);
        else
          result->unusable++;
      }
    else if (dmp_xml_is (object, RIM, "Association"))
      {
        DmpAssociation *one = dmp_rim_read_association (object);

        if (one != NULL)
          g_ptr_array_add (result->associations, one);
        else
          result->unusable++;
      }
  }
}

static void
gather_links (const DmpTdFindResult *result, Links *links)
{
  g_autoptr (GHashTable) by_uuid = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < result->submission_sets->len; i++)
    {
      DmpSubmissionSet *set = g_ptr_array_index (result->submission_sets, i);

      g_hash_table_insert (by_uuid, set->entry_uuid, set);
    }
  for (guint i = 0; i < result->associations->len; i++)
    {
      DmpAssociation *one = g_ptr_array_index (result->associations, i);
      DmpSubmissionSet *set = g_hash_table_lookup (by_uuid, one->source);

      if (g_str_equal (one->type, DMP_URN_REPLACES))
        g_hash_table_insert (links->replaces, one->source, one->target);
      else if (g_str_equal (one->type, DMP_URN_HAS_MEMBER) && set != NULL)
        g_hash_table_insert (links->sets, one->target, set);
    }
}

static void
read_document (DmpRimReader *reader,
               xmlNode *object,
               const Links *links,
               GHashTable *seen,
               DmpTdFindResult *result)
{
  const char *uuid = dmp_xml_attr (object, "id");
  DmpRimLinks own = { 0 };
  DmpDocumentEntry *entry;

  if (uuid == NULL || g_hash_table_contains (seen, uuid))
    {
      result->unusable++;
      return;
    }
  if (g_hash_table_lookup (links->sets, uuid) != NULL)
    {
      DmpSubmissionSet *set = g_hash_table_lookup (links->sets, uuid);

      own.submission_set = set->unique_id;
      own.submission_time = set->submission_time;
    }
  own.replaces = g_hash_table_lookup (links->replaces, uuid);
  entry = dmp_rim_read_document (reader, object, &own);
  if (entry == NULL)
    {
      result->unusable++;
      return;
    }
  g_hash_table_add (seen, (gpointer) dmp_document_entry_get_fields (entry)->entry_uuid);
  g_ptr_array_add (result->entries, entry);
}

static void
read_objects (xmlNode *list, DmpTdFindResult *result)
{
  g_autoptr (DmpRimReader) reader = dmp_rim_reader_new ();
  g_autoptr (GHashTable) replaces = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) sets = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Links links = { replaces, sets };

  read_sets_and_associations (reader, list, result);
  gather_links (result, &links);
  dmp_xml_each (object, list, RIM, "*")
  {
    if (dmp_xml_is (object, RIM, "ExtrinsicObject"))
      read_document (reader, object, &links, seen, result);
    else if (dmp_xml_is (object, RIM, "ObjectRef") && dmp_xml_attr (object, "id") != NULL)
      g_ptr_array_add (result->references, g_strdup (dmp_xml_attr (object, "id")));
  }
}

DmpTdFindResult *
dmp_td_find_parse (const DmpMessage *reply, GError **error)
{
  g_autoptr (DmpTdFindResult) result = NULL;
  g_auto (DmpRegistryResponse) response = { 0 };
  xmlNode *root;
  const char *total;
  guint64 count;

  if (!dmp_td_check_reply (&dmp_td_find, reply, error))
    return NULL;
  root = dmp_message_root (reply);
  if (!dmp_registry_response_parse (root, &dmp_td_find, &response, error))
    return NULL;
  if (response.status == DMP_RESPONSE_FAILURE)
    {
      dmp_registry_response_set_error (&response, error);
      return NULL;
    }

  result = result_new ();
  result->partial = response.status == DMP_RESPONSE_PARTIAL;
  result->warnings = g_steal_pointer (&response.errors);
  total = dmp_xml_attr (root, "totalResultCount");
  if (total != NULL && g_ascii_string_to_unsigned (total, 10, 0, G_MAXINT64, &count, NULL))
    result->total = (gint64) count;
  read_objects (dmp_xml_child (root, RIM, "RegistryObjectList"), result);

  return g_steal_pointer (&result);
}
