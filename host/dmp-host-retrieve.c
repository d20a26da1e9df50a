/* TD3.2: ITI-43 (xds.md §4). Absent and forbidden look the same. */
#include "config.h"

#include "dmp-host-error.h"
#include "dmp-host-rim.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS DMP_HOST_NS_XDSB
#define MAX_REQUESTS 1000
/* Of one answer; the rest is told as out of resources, to be asked for again. */
#define MAX_ANSWER_BYTES (200 * 1024 * 1024)

typedef struct
{
  DmpHostCall *call;
  DmpHostRecord *record;
  GPtrArray *documents;
  xmlNode *response;
  xmlNode *registry;
  guint found, missing;
  gsize bytes;
} Retrieve;

static gboolean
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return FALSE;
}

static const DmpHostEntry *
find (const Retrieve *self, const char *unique_id)
{
  for (guint i = 0; i < self->documents->len; i++)
    {
      const DmpHostEntry *entry = self->documents->pdata[i];
      if (strcmp (entry->unique_id, unique_id) == 0)
        return entry;
    }
  return NULL;
}

static void
put (Retrieve *self, const DmpHostEntry *entry, GBytes *bytes)
{
  g_autofree char *id = g_strdup_printf ("doc%u@dmp-host", self->found + 1);
  g_autofree char *href = g_strconcat ("cid:", id, NULL);
  const char *mime = entry->text[DMP_HOST_TEXT_MIME];
  xmlNode *node = dmp_xml_add (self->response, NS, "DocumentResponse", NULL);

  dmp_host_call_note (self->call, entry->unique_id, "ok");

  dmp_xml_add_text (node, NS, "RepositoryUniqueId", entry->repository, NULL);
  dmp_xml_add_text (node, NS, "DocumentUniqueId", entry->unique_id, NULL);
  dmp_xml_add_text (node, NS, "mimeType", mime != NULL ? mime : "text/xml", NULL);
  node = dmp_xml_add (node, NS, "Document", NULL);
  dmp_xml_add (node, DMP_HOST_NS_XOP, "Include", "href", href, NULL);
  g_ptr_array_add (self->call->reply_parts,
                   dmp_host_part_new (id, "application/octet-stream", bytes));
  self->bytes += g_bytes_get_size (bytes);
  self->found++;
}

static void
put_error (Retrieve *self, const char *unique_id, DmpHostErrorCode code)
{
  g_autofree char *context = g_strconcat ("uniqueId=", unique_id, NULL);
  g_autoptr (GError) error = g_error_new_literal (DMP_HOST_ERROR, (gint) code, context);

  dmp_host_call_note (self->call, unique_id, dmp_host_error_name (error));
  if (self->missing++ == 0)
    dmp_host_rim_add_error (self->registry, error);
  else
    {
      xmlNode *list = dmp_xml_child (self->registry, DMP_HOST_NS_RS, "RegistryErrorList");
      xmlNode *copy = xmlCopyNode (dmp_xml_child (list, DMP_HOST_NS_RS, "RegistryError"), 1);

      dmp_xml_set (copy, "errorCode", dmp_host_error_name (error));
      dmp_xml_set (copy, "codeContext", context);
      xmlAddChild (list, copy);
    }
}

static void
retrieve_one (Retrieve *self, const char *repository, const char *unique_id)
{
  const DmpHostEntry *entry = find (self, unique_id);
  g_autoptr (GBytes) bytes = NULL;

  if (entry == NULL || !dmp_host_access_reads (&self->record->access, entry))
    put_error (self, unique_id, DMP_HOST_ERROR_DOCUMENT_UNIQUE_ID);
  else if (strcmp (entry->repository, repository) != 0)
    put_error (self, unique_id, DMP_HOST_ERROR_UNKNOWN_REPOSITORY);
  else if (self->bytes + (gsize) entry->size > MAX_ANSWER_BYTES)
    put_error (self, unique_id, DMP_HOST_ERROR_OUT_OF_RESOURCES);
  else
    {
      bytes = dmp_host_record_body (self->record, entry, NULL);
      if (bytes != NULL)
        put (self, entry, bytes);
      else
        put_error (self, unique_id, DMP_HOST_ERROR_REPOSITORY);
    }
}

static gboolean
retrieve_all (Retrieve *self, GError **error)
{
  guint n = 0;

  dmp_xml_each (request, self->call->envelope->payload, NS, "DocumentRequest")
  {
    g_autofree char *repository = dmp_xml_text (dmp_xml_child (request, NS, "RepositoryUniqueId"));
    g_autofree char *unique_id = dmp_xml_text (dmp_xml_child (request, NS, "DocumentUniqueId"));

    if (repository == NULL || unique_id == NULL || ++n > MAX_REQUESTS)
      return refuse (error, DMP_HOST_ERROR_REPOSITORY, "Demande de document illisible");
    retrieve_one (self, repository, unique_id);
  }
  return n > 0 || refuse (error, DMP_HOST_ERROR_REPOSITORY, "Aucun document demandé");
}

static gboolean
check_access (const DmpHostRecord *record, GError **error)
{
  if (dmp_host_right (record->access.role, record->access.vihf->purpose, "read") ==
      DMP_HOST_RIGHT_NO)
    return refuse (error, DMP_HOST_ERROR_ACCESS_DENIED, "Action interdite pour ce profil");
  return dmp_host_access_check (&record->access, error);
}

static gboolean
handle (DmpHostCall *call, xmlNode *body, GError **error)
{
  g_autoptr (DmpHostRecord) record = dmp_host_rim_open (call, error);
  g_autoptr (GPtrArray) documents = NULL;
  Retrieve self = { .call = call, .record = record };

  if (record == NULL || !check_access (record, error))
    return FALSE;
  documents = self.documents = dmp_host_record_entries (record, FALSE, error);
  if (documents == NULL)
    return FALSE;
  self.response = dmp_xml_add (body, NS, "RetrieveDocumentSetResponse", NULL);
  self.registry = dmp_xml_add (self.response, DMP_HOST_NS_RS, "RegistryResponse", NULL);
  if (!retrieve_all (&self, error))
    {
      xmlUnlinkNode (self.response);
      xmlFreeNode (self.response);
      return FALSE;
    }
  dmp_xml_set (self.registry, "status",
               self.missing == 0 ? DMP_HOST_STATUS_SUCCESS
               : self.found == 0 ? DMP_HOST_STATUS_FAILURE
                                 : DMP_HOST_STATUS_PARTIAL);
  if (self.missing > 0)
    call->result = self.found == 0 ? "XDSDocumentUniqueIdError" : "PartialSuccess";
  return TRUE;
}

static void
tell (DmpHostCall *call, xmlNode *body, const GError *error)
{
  xmlNode *node = dmp_xml_add (body, NS, "RetrieveDocumentSetResponse", NULL);

  node = dmp_xml_add (node, DMP_HOST_NS_RS, "RegistryResponse", "status", DMP_HOST_STATUS_FAILURE,
                      NULL);
  dmp_host_rim_add_error (node, error);
}

const DmpHostTransaction dmp_host_td32 = { .id = "TD3.2",
                                           .endpoint = "repository",
                                           .ns = NS,
                                           .name = "RetrieveDocumentSetRequest",
                                           .action = "urn:ihe:iti:2007:RetrieveDocumentSetResponse",
                                           .mtom = TRUE,
                                           .handle = handle,
                                           .refuse = tell };
