#include "config.h"

#include "dmp-td-status.h"
#include "dmp-hl7-patient.h"
#include "model/dmp-date.h"
#include "model/dmp-host-codes.h"
#include "model/dmp-oid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NS DMP_NS_HL7
#define REQUEST "PRPA_IN201307UV02"
#define REPLY "PRPA_IN201308UV02"

const DmpTd dmp_td_status = {
  .id = "TD0.2",
  .action = "urn:hl7-org:v3:" REQUEST,
  .response_action = "urn:hl7-org:v3:" REPLY,
  .endpoint = "patients",
  .ns = NS,
  .request = REQUEST,
  .reply_ns = NS,
  .reply = REPLY,
  .repeatable = TRUE,
};

void
dmp_td_status_result_free (DmpTdStatusResult *self)
{
  if (self == NULL)
    return;

  g_free (self->closed_at);
  g_free (self->closed_reason);
  g_free (self->closed_text);
  g_free (self->authorisation_code);
  g_free (self->authorisation_text);
  g_clear_object (&self->patient);
  g_free (self);
}

/* --- Request --------------------------------------------------------------------------------- */

static char *
dup_uuid (const char *given)
{
  return given != NULL ? g_strdup (given) : g_uuid_string_random ();
}

static void
add_device (xmlNode *root, const char *role, const char *type, const char *oid, const char *name)
{
  xmlNode *party = dmp_xml_add (root, NS, role, "typeCode", type, NULL);
  xmlNode *device =
      dmp_xml_add (party, NS, "device", "classCode", "DEV", "determinerCode", "INSTANCE", NULL);

  dmp_xml_add (device, NS, "id", "root", oid, NULL);
  dmp_xml_add_text (device, NS, "softwareName", name, NULL);
}

/* What all HL7 V3 messages of the DMP begin with. */
static void
add_wrapper (xmlNode *root, const DmpTdSender *sender)
{
  g_autoptr (GDateTime) now =
      sender->now != NULL ? g_date_time_ref (sender->now) : g_date_time_new_now_local ();
  g_autofree char *created = g_date_time_format (now, "%Y%m%d%H%M%S");
  g_autofree char *branch = g_strconcat (sender->oid, ".3", NULL);
  g_autofree char *uuid = dup_uuid (sender->message_id);

  dmp_xml_set (root, "ITSVersion", "XML_1.0");
  dmp_xml_add (root, NS, "id", "root", branch, "extension", uuid, NULL);
  dmp_xml_add (root, NS, "creationTime", "value", created, NULL);
  dmp_xml_add (root, NS, "interactionId", "root", DMP_OID_HL7_INTERACTION, "extension", REQUEST,
               NULL);
  dmp_xml_add (root, NS, "processingCode", "code", sender->test ? "D" : "P", NULL);
  dmp_xml_add (root, NS, "processingModeCode", "code", "T", NULL);
  dmp_xml_add (root, NS, "acceptAckCode", "code", "AL", NULL);
  add_device (root, "receiver", "RCV", DMP_OID_HOST, "DMP");
  add_device (root, "sender", "SND", sender->oid, sender->name);
}

DmpMessage *
dmp_td_status_write (const DmpTdSender *sender, const char *ins, const char *oid)
{
  xmlDoc *doc = dmp_xml_new (NS, NULL, REQUEST);
  xmlNode *root = dmp_xml_root (doc);
  g_autofree char *branch = g_strconcat (sender->oid, ".4", NULL);
  g_autofree char *uuid = dup_uuid (sender->query_id);
  xmlNode *act, *query, *identifier;

  add_wrapper (root, sender);
  act = dmp_xml_add (root, NS, "controlActProcess", "classCode", "CACT", "moodCode", "EVN", NULL);
  dmp_xml_add (act, NS, "reasonCode", "code", "TEST_EXST", "codeSystem", DMP_OID_REASON,
               "displayName", "Test d'existence de dossier", NULL);
  query = dmp_xml_add (act, NS, "queryByParameter", NULL);
  dmp_xml_add (query, NS, "queryId", "root", branch, "extension", uuid, NULL);
  dmp_xml_add (query, NS, "statusCode", "code", "new", NULL);
  identifier =
      dmp_xml_add (dmp_xml_add (query, NS, "parameterList", NULL), NS, "patientIdentifier", NULL);
  dmp_xml_add (identifier, NS, "value", "root", oid, "extension", ins, NULL);
  dmp_xml_add_text (identifier, NS, "semanticsText", "Patient.id", NULL);

  return dmp_message_new (doc);
}

/* --- Answer ---------------------------------------------------------------------------------- */

static gboolean
is_true (xmlNode *value)
{
  const char *text = dmp_xml_attr (value, "value");

  return g_strcmp0 (text, "true") == 0 || g_strcmp0 (text, "1") == 0;
}

/* The words seen for each state in the DMP's guide, its sample clients and its parameter files. */
static DmpAuthorisation
authorisation_from_code (const char *code)
{
  static const struct
  {
    const char *stem; /* ASCII, capitals */
    DmpAuthorisation state;
  } rows[] = {
    { "VALID", DMP_AUTHORISATION_VALID },   { "EXIST", DMP_AUTHORISATION_VALID },
    { "EXPIR", DMP_AUTHORISATION_EXPIRED }, { "INTERDIT", DMP_AUTHORISATION_DENIED },
    { "DENIED", DMP_AUTHORISATION_DENIED }, { "REFUS", DMP_AUTHORISATION_DENIED },
    { "BLOQU", DMP_AUTHORISATION_DENIED },
  };
  g_autofree char *plain = code != NULL ? g_str_to_ascii (code, "C") : g_strdup ("");
  g_autofree char *upper = g_ascii_strup (plain, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_has_prefix (upper, rows[i].stem))
      return rows[i].state;

  return DMP_AUTHORISATION_NONE;
}

/* Two lines that contradict each other cannot be trusted. */
static gboolean
read_authorisation (xmlNode *line, DmpTdStatusResult *result, GError **error)
{
  xmlNode *value = dmp_xml_child (line, NS, "value");
  const char *code = dmp_xml_attr (value, "code");
  g_autofree char *text = dmp_xml_text (dmp_xml_child (value, NS, "originalText"));

  if (result->authorisation_code != NULL && g_strcmp0 (result->authorisation_code, code) != 0)
    {
      dmp_td_set_invalid (error, &dmp_td_status, _ ("deux autorisations différentes"));
      return FALSE;
    }
  g_clear_pointer (&result->authorisation_text, g_free);
  g_free (result->authorisation_code);
  result->authorisation_code = g_strdup (code != NULL ? code : "");
  result->authorisation = authorisation_from_code (code);
  if (text != NULL && *text != '\0')
    result->authorisation_text = g_steal_pointer (&text);
  else
    result->authorisation_text = g_strdup (dmp_xml_attr (value, "displayName"));

  return TRUE;
}

static gboolean
read_attention_lines (xmlNode *root, DmpTdStatusResult *result, GError **error)
{
  dmp_xml_each (line, root, NS, "attentionLine")
  {
    const char *key = dmp_xml_attr (dmp_xml_child (line, NS, "keyWordText"), "code");

    if (g_strcmp0 (key, "AUTORISATION") == 0)
      {
        if (!read_authorisation (line, result, error))
          return FALSE;
      }
    else if (g_strcmp0 (key, "STATUT_MT") == 0)
      result->medecin_traitant = is_true (dmp_xml_child (line, NS, "value"));
  }

  return TRUE;
}

static void
read_observations (xmlNode *patient, DmpTdStatusResult *result)
{
  dmp_xml_each (subject, patient, NS, "subjectOf")
  {
    xmlNode *observation = dmp_xml_child (subject, NS, "administrativeObservation");
    const char *code = dmp_xml_attr (dmp_xml_child (observation, NS, "code"), "code");
    gboolean value = is_true (dmp_xml_child (observation, NS, "value"));

    if (g_strcmp0 (code, "COMPTE_INTERNET_OUVERT") == 0)
      result->internet_account = value;
    else if (g_strcmp0 (code, "RATTACHEMENT_ENS") == 0)
      result->attached_to_ens = value;
  }
}

static void
read_closing (xmlNode *act, xmlNode *event, DmpTdStatusResult *result)
{
  xmlNode *issue = dmp_xml_path (act, NS, "reasonOf/detectedIssueEvent");
  const char *at = dmp_xml_attr (dmp_xml_child (event, NS, "effectiveTime"), "value");

  result->closed = TRUE;
  result->closed_at = dmp_date_check (at) ? g_strdup (at) : NULL;
  result->closed_reason = g_strdup (dmp_xml_attr (dmp_xml_child (issue, NS, "code"), "code"));
  result->closed_text = dmp_xml_text (dmp_xml_child (issue, NS, "text"));
}

static gboolean
read_record (xmlNode *act, DmpTdStatusResult *result, GError **error)
{
  xmlNode *event = dmp_xml_path (act, NS, "subject/registrationEvent");
  xmlNode *patient = dmp_xml_path (event, NS, "subject1/patient");
  const char *state = dmp_xml_attr (dmp_xml_child (patient, NS, "statusCode"), "code");

  if (patient == NULL || dmp_xml_child (patient, NS, "id") == NULL)
    {
      dmp_td_set_invalid (error, &dmp_td_status, _ ("le patient manque"));
      return FALSE;
    }
  if (g_strcmp0 (state, "terminated") == 0)
    read_closing (act, event, result);
  else if (g_strcmp0 (state, "active") != 0)
    {
      g_autofree char *shown = dmp_td_dup_shown (state);
      g_autofree char *what = g_strdup_printf (_ ("état du dossier inconnu (%s)"), shown);

      dmp_td_set_invalid (error, &dmp_td_status, what);
      return FALSE;
    }

  result->exists = TRUE;
  result->patient = dmp_hl7_patient_read (patient);
  read_observations (patient, result);

  return TRUE;
}

/* The error that the acknowledgement or the query's answer states.
 * Returns: FALSE when it states none, and nothing is set */
static gboolean
take_refusal (xmlNode *root, const char *found, GError **error)
{
  xmlNode *ack = dmp_xml_child (root, NS, "acknowledgement");
  xmlNode *detail = dmp_xml_child (ack, NS, "acknowledgementDetail");
  const char *type = dmp_xml_attr (ack, "typeCode");
  const char *code = dmp_xml_attr (dmp_xml_child (detail, NS, "code"), "code");
  g_autofree char *text = dmp_xml_text (dmp_xml_child (detail, NS, "text"));
  gboolean refused = g_strcmp0 (type, "AE") == 0 || g_strcmp0 (type, "AR") == 0 ||
                     g_strcmp0 (found, "AE") == 0 || g_strcmp0 (found, "QE") == 0;

  if (refused)
    dmp_host_code_set_error (error, code, text);

  return refused;
}

DmpTdStatusResult *
dmp_td_status_parse (const DmpMessage *reply, GError **error)
{
  g_autoptr (DmpTdStatusResult) result = NULL;
  g_autoptr (GError) refusal = NULL;
  xmlNode *root, *act;
  const char *found;

  if (!dmp_td_check_reply (&dmp_td_status, reply, error))
    return NULL;

  root = dmp_message_root (reply);
  act = dmp_xml_child (root, NS, "controlActProcess");
  found = dmp_xml_attr (dmp_xml_path (act, NS, "queryAck/queryResponseCode"), "code");
  result = g_new0 (DmpTdStatusResult, 1);
  if (g_strcmp0 (found, "NF") == 0)
    return g_steal_pointer (&result);
  if (take_refusal (root, found, &refusal))
    {
      if (g_error_matches (refusal, DMP_ERROR, DMP_ERROR_NO_RECORD))
        return g_steal_pointer (&result);
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  if (g_strcmp0 (found, "OK") != 0)
    {
      dmp_td_set_invalid (error, &dmp_td_status, _ ("pas de résultat de recherche"));
      return NULL;
    }
  if (!read_attention_lines (root, result, error) || !read_record (act, result, error))
    return NULL;

  return g_steal_pointer (&result);
}
