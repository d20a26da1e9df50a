/* TD0.2: does the record exist, may I read it, am I the médecin traitant (gdp-hl7v3.md §2). */
#include "config.h"

#include "dmp-host-error.h"
#include "dmp-host-record.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS "urn:hl7-org:v3"
#define CS_GDP "1.2.250.1.213.4.1.2.3"
#define UNKNOWN_NAME "NON RENSEIGNE"

static gboolean
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return FALSE;
}

static xmlNode *
add (xmlNode *parent, const char *name, const char *code)
{
  return dmp_xml_add (parent, NS, name, "code", code, NULL);
}

/* Copies id and softwareName of the request's sender, or says who we are. */
static void
add_device (xmlNode *parent, const char *name, const char *type, xmlNode *copy)
{
  xmlNode *device = dmp_xml_path (copy, NS, "device");
  xmlNode *id = dmp_xml_child (device, NS, "id");
  g_autofree char *software = dmp_xml_text (dmp_xml_child (device, NS, "softwareName"));
  const char *root = dmp_xml_attr (id, "root");
  xmlNode *node = dmp_xml_add (parent, NS, name, "typeCode", type, NULL);

  node = dmp_xml_add (node, NS, "device", "classCode", "DEV", "determinerCode", "INSTANCE", NULL);
  if (copy == NULL)
    {
      dmp_xml_add (node, NS, "id", "root", DMP_HOST_OID, NULL);
      dmp_xml_add_text (node, NS, "softwareName", "DMP", NULL);
      return;
    }
  dmp_xml_add (node, NS, "id", "root", root != NULL ? root : DMP_HOST_OID, "extension",
               dmp_xml_attr (id, "extension"), NULL);
  if (software != NULL)
    dmp_xml_add_text (node, NS, "softwareName", software, NULL);
}

static void
add_attention (xmlNode *message, const char *word, const char *system, const char *code)
{
  gboolean truth = code == NULL || strcmp (code, "true") == 0 || strcmp (code, "false") == 0;
  xmlNode *line = dmp_xml_add (message, NS, "attentionLine", NULL);
  xmlNode *value;

  dmp_xml_add (line, NS, "keyWordText", "code", word, "codeSystem", system, NULL);
  value = dmp_xml_add (line, NS, "value", NULL);
  dmp_xml_declare (value, "xsi", DMP_HOST_NS_XSI);
  dmp_xml_set (value, "xsi:type", truth ? "BL" : "CV");
  dmp_xml_set (value, truth ? "value" : "code", code);
  if (!truth)
    dmp_xml_set (value, "codeSystem", "1.2.250.1.213.4.1.2.6.2");
}

static void
add_access (xmlNode *message, const DmpHostRecord *record)
{
  static const char *const words[] = { [DMP_HOST_AUTHORISATION_NONE] = "NON_EXISTE",
                                       [DMP_HOST_AUTHORISATION_VALID] = "VALIDE",
                                       [DMP_HOST_AUTHORISATION_EXPIRED] = "EXPIRE",
                                       [DMP_HOST_AUTHORISATION_DENIED] = "INTERDIT" };
  gboolean physician = dmp_host_role_is_physician (record->access.role);

  add_attention (message, "AUTORISATION", "1.2.250.1.213.4.1.2.6.1",
                 words[record->access.authorisation]);
  add_attention (message, "STATUT_MT", "1.2.250.1.213.4.1.2.6.3", physician ? "true" : "false");
}

/* The wrapper of a 201308. Returns: controlActProcess */
static xmlNode *
add_message (xmlNode *body, xmlNode *request, const DmpHostRecord *record, const GError *error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d%H%M%S");
  xmlNode *id = dmp_xml_child (request, NS, "id");
  xmlNode *message = dmp_xml_add (body, NS, "PRPA_IN201308UV02", "ITSVersion", "XML_1.0", NULL);
  xmlNode *node;

  dmp_xml_add (message, NS, "id", "root", DMP_HOST_OID ".1", "extension", uuid, NULL);
  dmp_xml_add (message, NS, "creationTime", "value", stamp, NULL);
  dmp_xml_add (message, NS, "interactionId", "root", "2.16.840.1.113883.1.6", "extension",
               "PRPA_IN201308UV02", NULL);
  add (message, "processingCode", "P");
  add (message, "processingModeCode", "T");
  add (message, "acceptAckCode", "NE");
  add_device (message, "receiver", "RCV", dmp_xml_child (request, NS, "sender"));
  add_device (message, "sender", "SND", NULL);
  if (record != NULL && !record->row.closed)
    add_access (message, record);
  node =
      dmp_xml_add (message, NS, "acknowledgement", "typeCode", error == NULL ? "AA" : "AE", NULL);
  dmp_xml_add (dmp_xml_add (node, NS, "targetMessage", NULL), NS, "id", "root",
               dmp_xml_attr (id, "root"), "extension", dmp_xml_attr (id, "extension"), NULL);
  if (error != NULL)
    {
      node = dmp_xml_add (node, NS, "acknowledgementDetail", NULL);
      add (node, "code", dmp_host_error_name (error));
      dmp_xml_add_text (node, NS, "text", error->message, NULL);
    }
  node =
      dmp_xml_add (message, NS, "controlActProcess", "classCode", "CACT", "moodCode", "EVN", NULL);
  dmp_xml_add (node, NS, "reasonCode", "code", "TEST_EXST", "codeSystem", "1.2.250.1.213.1.1.4.11",
               "displayName", "Test d'existence de dossier", NULL);
  return node;
}

static void
add_query_ack (xmlNode *process, xmlNode *request, const char *code)
{
  xmlNode *id = dmp_xml_path (request, NS, "controlActProcess/queryByParameter/queryId");
  xmlNode *ack = dmp_xml_add (process, NS, "queryAck", NULL);

  if (id != NULL)
    dmp_xml_add (ack, NS, "queryId", "root", dmp_xml_attr (id, "root"), "extension",
                 dmp_xml_attr (id, "extension"), NULL);
  add (ack, "queryResponseCode", code);
}

static void
add_name (xmlNode *person, const DmpHostRecord *record)
{
  const char *family = dmp_host_record_trait (record, "family");
  const char *birth = dmp_host_record_trait (record, "birth_family");
  const char *given = dmp_host_record_trait (record, "given");
  const char *sex = dmp_host_record_trait (record, "sex");
  xmlNode *name = dmp_xml_add (person, NS, "name", NULL);

  if (g_strcmp0 (sex, "M") == 0 || g_strcmp0 (sex, "F") == 0)
    dmp_xml_add_text (name, NS, "prefix", *sex == 'M' ? "M" : "Mme", NULL);
  dmp_xml_add_text (name, NS, "given", given, NULL);
  dmp_xml_add_text (name, NS, "family", family != NULL ? family : UNKNOWN_NAME, "qualifier", "SP",
                    NULL);
  if (birth != NULL)
    dmp_xml_add_text (name, NS, "family", birth, "qualifier", "BR", NULL);
}

static void
add_telecoms (xmlNode *person, const DmpHostRecord *record)
{
  JsonNode *node = json_object_get_member (record->traits, "telecom");
  JsonArray *list =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const char *value = json_array_get_string_element (list, i);
      gboolean mobile =
          value != NULL &&
          (g_str_has_prefix (value, "tel:06") || g_str_has_prefix (value, "tel:07") ||
           g_str_has_prefix (value, "tel:+336") || g_str_has_prefix (value, "tel:+337"));
      const char *use =
          value != NULL && g_str_has_prefix (value, "tel:") ? mobile ? "MC" : "HP" : NULL;

      if (value != NULL)
        dmp_xml_add (person, NS, "telecom", "use", use, "value", value, NULL);
    }
}

static void
add_observation (xmlNode *patient, const char *code, const char *system, gboolean value)
{
  xmlNode *node = dmp_xml_add (patient, NS, "subjectOf", "typeCode", "SBJ", NULL);
  xmlNode *observation = dmp_xml_add (node, NS, "administrativeObservation", "classCode", "OBS",
                                      "moodCode", "EVN", NULL);

  dmp_xml_add (observation, NS, "code", "code", code, "codeSystem", system, NULL);
  node = dmp_xml_add (observation, NS, "value", NULL);
  dmp_xml_declare (node, "xsi", DMP_HOST_NS_XSI);
  dmp_xml_set (node, "xsi:type", "BL");
  dmp_xml_set (node, "value", value ? "true" : "false");
}

/* "yyyy-mm-dd…" → "yyyymmdd" */
static char *
dup_day (const char *iso)
{
  GString *day = g_string_new (NULL);

  for (; iso != NULL && *iso != '\0' && day->len < 8; iso++)
    if (g_ascii_isdigit (*iso))
      g_string_append_c (day, *iso);
  return g_string_free (day, FALSE);
}

static void
add_person (xmlNode *patient, const DmpHostRecord *record)
{
  g_autofree char *birth = dup_day (dmp_host_record_trait (record, "birth_date"));
  const char *sex = dmp_host_record_trait (record, "sex");
  xmlNode *person = dmp_xml_add (patient, NS, "patientPerson", "classCode", "PSN", "determinerCode",
                                 "INSTANCE", NULL);

  add_name (person, record);
  add_telecoms (person, record);
  add (person, "administrativeGenderCode", sex != NULL && strcmp (sex, "U") != 0 ? sex : "UN");
  dmp_xml_add (person, NS, "birthTime", "value", birth, NULL);
}

static void
add_patient (xmlNode *event, const DmpHostRecord *record)
{
  const char *insc = dmp_host_record_trait (record, "ins_c");
  gboolean ens = record->host->settings.ens_attached || dmp_host_record_flag (record, "ens");
  xmlNode *subject = dmp_xml_add (event, NS, "subject1", "typeCode", "SBJ", NULL);
  xmlNode *patient = dmp_xml_add (subject, NS, "patient", "classCode", "PAT", NULL);

  if (insc != NULL)
    dmp_xml_add (patient, NS, "id", "root", "1.2.250.1.213.1.4.2", "extension", insc, NULL);
  dmp_xml_add (patient, NS, "id", "root", dmp_host_record_trait (record, "oid"), "extension",
               dmp_host_record_trait (record, "ins"), NULL);
  add (patient, "statusCode", record->row.closed ? "terminated" : "active");
  add_person (patient, record);
  if (record->row.closed)
    return;
  add_observation (patient, "COMPTE_INTERNET_OUVERT", "1.2.250.1.213.4.1.2.9",
                   dmp_host_record_flag (record, "internet_account"));
  add_observation (patient, "RATTACHEMENT_ENS", CS_GDP, ens);
}

static void
add_record (xmlNode *process, const DmpHostRecord *record)
{
  xmlNode *subject = dmp_xml_add (process, NS, "subject", "typeCode", "SUBJ",
                                  "contextConductionInd", "false", NULL);
  xmlNode *event =
      dmp_xml_add (subject, NS, "registrationEvent", "classCode", "REG", "moodCode", "EVN", NULL);
  xmlNode *node;

  add (event, "statusCode", "completed");
  if (record->row.closed)
    {
      g_autofree char *day = dup_day (dmp_host_record_trait (record, "closed_at"));
      if (strlen (day) == 8)
        dmp_xml_add (event, NS, "effectiveTime", "value", day, NULL);
    }
  add_patient (event, record);
  node = dmp_xml_add (event, NS, "custodian", "typeCode", "CST", NULL);
  node = dmp_xml_add (node, NS, "assignedEntity", "classCode", "ASSIGNED", NULL);
  dmp_xml_add (node, NS, "id", "root", DMP_HOST_OID, NULL);
  if (record->row.closed)
    {
      const char *reason = dmp_host_record_trait (record, "closed_reason");

      node = dmp_xml_add (process, NS, "reasonOf", "typeCode", "RSON", NULL);
      node = dmp_xml_add (node, NS, "detectedIssueEvent", "classCode", "ALRT", "moodCode", "EVN",
                          NULL);
      dmp_xml_add (node, NS, "code", "code", "FERMETURE_DEMANDE_PATIENT", "codeSystem",
                   "1.2.250.1.213.4.1.2.4", NULL);
      dmp_xml_add_text (node, NS, "text", reason != NULL ? reason : "FERMETURE_DEMANDE_PATIENT",
                        NULL);
    }
}

static gboolean
check_request (DmpHostCall *call, GError **error)
{
  xmlNode *process = dmp_xml_child (call->envelope->payload, NS, "controlActProcess");
  xmlNode *value =
      dmp_xml_path (process, NS, "queryByParameter/parameterList/patientIdentifier/value");
  const char *reason = dmp_xml_attr (dmp_xml_child (process, NS, "reasonCode"), "code");
  const char *ins = dmp_xml_attr (value, "extension");
  const char *oid = dmp_xml_attr (value, "root");

  if (g_strcmp0 (reason, "CNSLT_DATA") == 0)
    return refuse (error, DMP_HOST_ERROR_UNSUPPORTED, "TD1.3a n'est pas servie par cet hébergeur");
  if (g_strcmp0 (reason, "TEST_EXST") != 0 || ins == NULL || oid == NULL)
    return refuse (error, DMP_HOST_ERROR_BAD_REQUEST, "Motif ou patient de la demande illisible");
  if (g_strcmp0 (ins, call->vihf->ins) != 0 || g_strcmp0 (oid, call->vihf->ins_oid) != 0)
    return refuse (error, DMP_HOST_ERROR_INVALID_VIHF, "INS du message différent de celui du VIHF");
  return TRUE;
}

static gboolean
handle (DmpHostCall *call, xmlNode *body, GError **error)
{
  xmlNode *request = call->envelope->payload;
  g_autoptr (DmpHostRecord) record = NULL;
  xmlNode *process;

  if (!check_request (call, error))
    return FALSE;
  record = dmp_host_record_open (call, error);
  if (record == NULL)
    return FALSE;
  if (dmp_host_right (record->access.role, call->vihf->purpose, "status") == DMP_HOST_RIGHT_NO)
    return refuse (error, DMP_HOST_ERROR_ACCESS_DENIED, "Action interdite pour ce profil");
  process = add_message (body, request, record, NULL);
  add_record (process, record);
  add_query_ack (process, request, "OK");
  return TRUE;
}

static void
tell (DmpHostCall *call, xmlNode *body, const GError *error)
{
  gboolean absent = g_error_matches (error, DMP_HOST_ERROR, DMP_HOST_ERROR_NOT_FOUND);
  xmlNode *process = add_message (body, call->envelope->payload, NULL, error);

  add_query_ack (process, call->envelope->payload, absent ? "NF" : "AE");
}

const DmpHostTransaction dmp_host_td02 = { .id = "TD0.2",
                                           .endpoint = "patients",
                                           .ns = NS,
                                           .name = "PRPA_IN201307UV02",
                                           .action = "urn:hl7-org:v3:PRPA_IN201308UV02",
                                           .handle = handle,
                                           .refuse = tell };
