#include "config.h"

#include "dmp-decode-private.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"
#include "model/dmp-oid.h"
#include "model/dmp-xds-strings.h"
#include "td/dmp-registry-response.h"
#include "td/dmp-rim-read.h"
#include "td/dmp-td-authorise.h"
#include "td/dmp-td-status.h"
#include "td/dmp-td.h"
#include "wire/dmp-soap.h"

#include <string.h>

#define HL7 DMP_NS_HL7
#define RIM DMP_NS_RIM

/* --- Which transaction ----------------------------------------------------------------------- */

/* Bodies of all transactions of the DMP, also of those this client does not speak yet. @reason: of
 * an HL7 message; @action: part of the SOAP action, where bodies are alike. */
static const struct
{
  const char *id;
  const char *request;
  const char *reply;
  const char *reason;
  const char *action;
} rows[] = {
  { "TD0.2", "PRPA_IN201307UV02", "PRPA_IN201308UV02", "TEST_EXST", NULL },
  { "TD1.3a", "PRPA_IN201307UV02", "PRPA_IN201308UV02", "CNSLT_DATA", NULL },
  { "TD0.5", "PRPA_IN201305UV02", "PRPA_IN201306UV02", NULL, NULL },
  { "TD1.1", "PRPA_IN201311UV02", "PRPA_IN201311UV02_Response", NULL, NULL },
  { "TD1.2", "PRPA_IN201314UV02", "PRPA_IN201314UV02_Response", "REAC", NULL },
  { "TD1.3b", "PRPA_IN201314UV02", "PRPA_IN201314UV02_Response", "MODIF_DATA", NULL },
  { "TD1.4", "PRPA_IN201314UV02", "PRPA_IN201314UV02_Response", "FERM", NULL },
  { "TD0.3", "setAuthorization", "setAuthorizationResponse", NULL, NULL },
  { "TD1.6", "listAuthorizationByPatient", "listAuthorizationByPatientResponse", NULL, NULL },
  { "TD0.4", "patientList", "patientListResponse", NULL, NULL },
  { "TD1.5a", "createPatientAccess", "createPatientAccessResponse", NULL, NULL },
  { "TD1.5b", "patientOTPUpdate", "patientOTPUpdateResponse", NULL, NULL },
  { "TD1.5d", "updatePatientAccess", "updatePatientAccessResponse", NULL, NULL },
  { "TD2.1", "ProvideAndRegisterDocumentSetRequest", "RegistryResponse", NULL,
    "ProvideAndRegister" },
  { "TD3.3", "SubmitObjectsRequest", "RegistryResponse", NULL, "UpdateDocumentSet" },
  { "TD3.1", "AdhocQueryRequest", "AdhocQueryResponse", NULL, NULL },
  { "TD3.2", "RetrieveDocumentSetRequest", "RetrieveDocumentSetResponse", NULL, NULL },
};

/* The reason code of an HL7 message, or of the one inside a "_Response". */
static const char *
find_reason (xmlNode *body)
{
  xmlNode *act = dmp_xml_child (body, HL7, "controlActProcess");

  if (act == NULL)
    act = dmp_xml_child (dmp_xml_child (body, HL7, "*"), HL7, "controlActProcess");

  return dmp_xml_attr (dmp_xml_child (act, HL7, "reasonCode"), "code");
}

const char *
dmp_decode_find_transaction (xmlNode *body, const char *action)
{
  const char *reason = find_reason (body);

  for (gsize i = 0; body != NULL && i < G_N_ELEMENTS (rows); i++)
    {
      gboolean reply = dmp_xml_is (body, "*", rows[i].reply);

      if (!reply && !dmp_xml_is (body, "*", rows[i].request))
        continue;
      if (rows[i].reason != NULL && reason != NULL && strcmp (reason, rows[i].reason) != 0)
        continue;
      if (reply && rows[i].action != NULL &&
          (action == NULL || strstr (action, rows[i].action) == NULL))
        continue;

      return rows[i].id;
    }

  return NULL;
}

/* --- Parts of bodies ------------------------------------------------------------------------- */

void
dmp_decode_add_error (JsonBuilder *json, const GError *error)
{
  dmp_json_begin_object (json, "error");
  dmp_json_add_string (json, "code", dmp_error_name ((DmpErrorCode) error->code));
  dmp_json_add_string (json, "host_code", dmp_error_get_host_code (error));
  dmp_json_add_string (json, "message", error->message);
  json_builder_end_object (json);
}

static void
add_text (JsonBuilder *json, const char *key, xmlNode *node)
{
  g_autofree char *text = dmp_xml_text (node);

  dmp_json_add_string (json, key, text);
}

static void
add_registry_response (JsonBuilder *json, xmlNode *node)
{
  g_auto (DmpRegistryResponse) response = { 0 };
  const char *status = dmp_xml_attr (node, "status");
  const char *colon = status != NULL ? strrchr (status, ':') : NULL;

  dmp_json_add_string (json, "status", colon != NULL ? colon + 1 : status);
  dmp_json_begin_array (json, "errors");
  if (dmp_registry_response_parse (node, &dmp_td_find, &response, NULL))
    for (guint i = 0; i < response.errors->len; i++)
      {
        const DmpRegistryError *one = g_ptr_array_index (response.errors, i);

        json_builder_begin_object (json);
        dmp_json_add_string (json, "code", one->code);
        dmp_json_add_string (json, "context", one->context);
        dmp_json_add_bool (json, "warning", one->warning);
        json_builder_end_object (json);
      }
  json_builder_end_array (json);
}

static void
add_document (JsonBuilder *json, DmpDocumentEntry *entry)
{
  const DmpDocumentEntryFields *f = dmp_document_entry_get_fields (entry);
  g_autofree char *author = dmp_document_entry_dup_author (entry);
  g_autoptr (GPtrArray) codes = dmp_visibility_dup_codes (f->visibility);

  json_builder_begin_object (json);
  dmp_json_add_string (json, "unique_id", f->unique_id);
  dmp_json_add_string (json, "entry_uuid", f->entry_uuid);
  dmp_json_add_string (json, "repository", f->repository_id);
  dmp_json_add_string (json, "patient_id", f->patient_id);
  dmp_json_add_string (json, "title", f->title);
  dmp_json_add_code (json, "type", f->type_code);
  dmp_json_add_code (json, "class", f->class_code);
  dmp_json_add_code (json, "format", f->format_code);
  dmp_json_add_string (json, "creation", f->creation);
  dmp_json_add_string (json, "service_start", f->service_start);
  dmp_json_add_string (json, "author", author);
  dmp_json_add_string (json, "status", dmp_status_get_name (f->status));
  dmp_json_begin_array (json, "confidentiality");
  for (guint i = 0; i < codes->len; i++)
    json_builder_add_string_value (json, dmp_code_get_code (codes->pdata[i]));
  json_builder_end_array (json);
  dmp_json_add_string (json, "mime", f->mime);
  dmp_json_add_int (json, "size", f->size);
  dmp_json_add_string (json, "hash", f->hash);
  dmp_json_add_int (json, "version", f->version);
  json_builder_end_object (json);
}

static void
add_submission_set (JsonBuilder *json, const DmpSubmissionSet *set)
{
  json_builder_begin_object (json);
  dmp_json_add_string (json, "unique_id", set->unique_id);
  dmp_json_add_string (json, "source_id", set->source_id);
  dmp_json_add_string (json, "patient_id", set->patient_id);
  dmp_json_add_string (json, "submission_time", set->submission_time);
  dmp_json_add_string (json, "title", set->title);
  dmp_json_add_code (json, "content_type", set->content_type);
  if (set->authors->len > 0)
    {
      g_autofree char *author = dmp_author_dup_display (set->authors->pdata[0]);

      dmp_json_add_string (json, "author", author);
    }
  json_builder_end_object (json);
}

static void
add_association (JsonBuilder *json, const DmpAssociation *one)
{
  const char *colon = strrchr (one->type, ':');

  json_builder_begin_object (json);
  dmp_json_add_string (json, "type", colon != NULL ? colon + 1 : one->type);
  dmp_json_add_string (json, "source", one->source);
  dmp_json_add_string (json, "target", one->target);
  json_builder_end_object (json);
}

/* What is in a RegistryObjectList, one array a kind. */
static void
add_objects (JsonBuilder *json, xmlNode *list)
{
  g_autoptr (DmpRimReader) reader = dmp_rim_reader_new ();

  dmp_json_begin_array (json, "documents");
  dmp_xml_each (object, list, RIM, "ExtrinsicObject")
  {
    g_autoptr (DmpDocumentEntry) entry = dmp_rim_read_document (reader, object, NULL);

    if (entry != NULL)
      add_document (json, entry);
  }
  json_builder_end_array (json);
  dmp_json_begin_array (json, "submission_sets");
  dmp_xml_each (object, list, RIM, "RegistryPackage")
  {
    g_autoptr (DmpSubmissionSet) set = dmp_rim_read_submission_set (reader, object);

    if (set != NULL)
      add_submission_set (json, set);
  }
  json_builder_end_array (json);
  dmp_json_begin_array (json, "associations");
  dmp_xml_each (object, list, RIM, "Association")
  {
    g_autoptr (DmpAssociation) one = dmp_rim_read_association (object);

    if (one != NULL)
      add_association (json, one);
  }
  json_builder_end_array (json);
  dmp_json_begin_array (json, "references");
  dmp_xml_each (object, list, RIM, "ObjectRef")
  {
    const char *id = dmp_xml_attr (object, "id");

    json_builder_add_string_value (json, id != NULL ? id : "");
  }
  json_builder_end_array (json);
}

/* --- Bodies ---------------------------------------------------------------------------------- */

static void
add_query (JsonBuilder *json, xmlNode *root)
{
  static const char *const names[][2] = {
    { DMP_QUERY_FIND_DOCUMENTS, "FindDocuments" },
    { DMP_QUERY_FIND_SUBMISSION_SETS, "FindSubmissionSets" },
    { DMP_QUERY_GET_DOCUMENTS, "GetDocuments" },
    { DMP_QUERY_GET_ASSOCIATIONS, "GetAssociations" },
    { DMP_QUERY_GET_ALL, "GetAll" },
  };
  xmlNode *query = dmp_xml_child (root, RIM, "AdhocQuery");
  const char *id = dmp_xml_attr (query, "id"), *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (id, names[i][0]) == 0)
      name = names[i][1];
  dmp_json_add_string (json, "query", name != NULL ? name : id);
  dmp_json_add_string (
      json, "return_type",
      dmp_xml_attr (dmp_xml_child (root, DMP_NS_QUERY, "ResponseOption"), "returnType"));
  dmp_json_begin_object (json, "parameters");
  dmp_xml_each (slot, query, RIM, "Slot")
  {
    const char *key = dmp_xml_attr (slot, "name");

    dmp_json_begin_array (json, key != NULL ? key : "");
    dmp_xml_each (value, dmp_xml_child (slot, RIM, "ValueList"), RIM, "Value")
    {
      g_autofree char *text = dmp_xml_text (value);

      json_builder_add_string_value (json, text);
    }
    json_builder_end_array (json);
  }
  json_builder_end_object (json);
}

static void
add_retrieved (JsonBuilder *json, const DmpMessage *message, xmlNode *one)
{
  xmlNode *document = dmp_xml_child (one, DMP_NS_XDSB, "Document");
  g_autoptr (GBytes) bytes =
      document != NULL ? dmp_message_get_bytes (message, document, NULL) : NULL;
  g_autofree char *hash =
      bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes) : NULL;

  json_builder_begin_object (json);
  add_text (json, "repository", dmp_xml_child (one, DMP_NS_XDSB, "RepositoryUniqueId"));
  add_text (json, "unique_id", dmp_xml_child (one, DMP_NS_XDSB, "DocumentUniqueId"));
  if (dmp_xml_is (one, DMP_NS_XDSB, "DocumentResponse"))
    {
      add_text (json, "mime", dmp_xml_child (one, DMP_NS_XDSB, "mimeType"));
      dmp_json_add_int (json, "size", bytes != NULL ? (gint64) g_bytes_get_size (bytes) : -1);
      dmp_json_add_string (json, "sha1", hash);
    }
  json_builder_end_object (json);
}

static void
add_retrieval (JsonBuilder *json, const DmpMessage *message)
{
  xmlNode *root = dmp_message_root (message);
  xmlNode *response = dmp_xml_child (root, DMP_NS_RS, "RegistryResponse");

  if (response != NULL)
    add_registry_response (json, response);
  dmp_json_begin_array (json, "documents");
  dmp_xml_each (one, root, DMP_NS_XDSB, "*") add_retrieved (json, message, one);
  json_builder_end_array (json);
}

static void
add_status (JsonBuilder *json, const DmpMessage *message)
{
  static const char *const states[] = { [DMP_AUTHORISATION_NONE] = "none",
                                        [DMP_AUTHORISATION_VALID] = "valid",
                                        [DMP_AUTHORISATION_EXPIRED] = "expired",
                                        [DMP_AUTHORISATION_DENIED] = "denied" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpTdStatusResult) r = dmp_td_status_parse (message, &error);

  if (r == NULL)
    {
      dmp_decode_add_error (json, error);
      return;
    }
  dmp_json_add_bool (json, "exists", r->exists);
  if (!r->exists)
    return;
  dmp_json_add_string (json, "state", r->closed ? "closed" : "active");
  dmp_json_add_string (json, "closed_at", r->closed_at);
  dmp_json_add_string (json, "closed_reason", r->closed_reason);
  dmp_json_add_string (json, "authorisation", states[r->authorisation]);
  dmp_json_add_string (json, "authorisation_code", r->authorisation_code);
  dmp_json_add_bool (json, "medecin_traitant", r->medecin_traitant);
  dmp_json_add_bool (json, "attached_to_ens", r->attached_to_ens);
  {
    g_autofree char *name = dmp_patient_dup_display_name (r->patient);

    dmp_json_add_string (json, "patient", name);
    dmp_json_add_string (json, "ins", dmp_patient_get_ins (r->patient));
    dmp_json_add_string (json, "birth_date", dmp_patient_get_birth_date (r->patient));
  }
}

static void
add_hl7_request (JsonBuilder *json, xmlNode *root)
{
  xmlNode *value = dmp_xml_path (
      root, HL7, "controlActProcess/queryByParameter/parameterList/patientIdentifier/value");

  dmp_json_add_string (json, "reason", find_reason (root));
  dmp_json_add_string (json, "message_id",
                       dmp_xml_attr (dmp_xml_child (root, HL7, "id"), "extension"));
  add_text (json, "sender", dmp_xml_path (root, HL7, "sender/device/softwareName"));
  dmp_json_add_string (json, "patient", dmp_xml_attr (value, "extension"));
  dmp_json_add_string (json, "patient_oid", dmp_xml_attr (value, "root"));
}

static void
add_fault (JsonBuilder *json, xmlNode *root)
{
  xmlNode *code = dmp_xml_child (root, DMP_NS_SOAP, "Code");

  if (code == NULL) /* SOAP 1.1 */
    {
      add_text (json, "code", dmp_xml_child (root, "*", "faultcode"));
      add_text (json, "reason", dmp_xml_child (root, "*", "faultstring"));
      return;
    }
  add_text (json, "code", dmp_xml_child (code, DMP_NS_SOAP, "Value"));
  add_text (json, "subcode", dmp_xml_path (code, DMP_NS_SOAP, "Subcode/Value"));
  add_text (json, "reason", dmp_xml_path (root, DMP_NS_SOAP, "Reason/Text"));
}

/* A service of the DMP's own: the leaves of its body by name. */
static void
add_leaves (JsonBuilder *json, xmlNode *node)
{
  dmp_xml_each (child, node, "*", "*")
  {
    if (dmp_xml_child (child, "*", "*") != NULL)
      add_leaves (json, child);
    else
      add_text (json, (const char *) child->name, child);
  }
}

static void
add_by_name (JsonBuilder *json, const DmpMessage *message)
{
  xmlNode *root = dmp_message_root (message);
  xmlNode *submitted = dmp_xml_is (root, DMP_NS_LCM, "SubmitObjectsRequest")
                           ? root
                           : dmp_xml_child (root, DMP_NS_LCM, "SubmitObjectsRequest");

  if (dmp_xml_is (root, "*", "Fault"))
    add_fault (json, root);
  else if (dmp_xml_is (root, DMP_NS_QUERY, "AdhocQueryRequest"))
    add_query (json, root);
  else if (dmp_xml_is (root, DMP_NS_QUERY, "AdhocQueryResponse"))
    {
      add_registry_response (json, root);
      add_objects (json, dmp_xml_child (root, RIM, "RegistryObjectList"));
    }
  else if (submitted != NULL)
    add_objects (json, dmp_xml_child (submitted, RIM, "RegistryObjectList"));
  else if (dmp_xml_is (root, DMP_NS_RS, "RegistryResponse"))
    add_registry_response (json, root);
  else if (g_str_has_prefix ((const char *) root->name, "RetrieveDocumentSet"))
    add_retrieval (json, message);
  else if (dmp_xml_is (root, HL7, "PRPA_IN201308UV02"))
    add_status (json, message);
  else if (dmp_xml_is (root, HL7, "*"))
    add_hl7_request (json, root);
  else if (root->ns != NULL && g_str_has_prefix ((const char *) root->ns->href, "urn:si-dmp-"))
    add_leaves (json, root);
}

void
dmp_decode_add_body (JsonBuilder *json, const char *id, const DmpMessage *message)
{
  xmlNode *root = dmp_message_root (message);

  dmp_json_begin_object (json, "body");
  if (root != NULL)
    {
      dmp_json_add_string (json, "element", (const char *) root->name);
      dmp_json_add_string (json, "namespace",
                           root->ns != NULL ? (const char *) root->ns->href : NULL);
      add_by_name (json, message);
    }
  json_builder_end_object (json);
}
