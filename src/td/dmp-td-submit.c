#include "config.h"

#include "dmp-td-submit.h"
#include "dmp-registry-response.h"
#include "dmp-rim-write.h"
#include "model/dmp-code-table.h"
#include "model/dmp-date.h"
#include "model/dmp-oid.h"
#include "model/dmp-unique-id.h"
#include "model/dmp-xds-strings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NS DMP_NS_XDSB
#define RIM DMP_NS_RIM
#define ACTION "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"
#define SET_ID "SubmissionSet01"

const DmpTd dmp_td_submit = {
  .id = "TD2.1",
  .action = ACTION,
  .response_action = ACTION "Response",
  .endpoint = "repository",
  .ns = NS,
  .request = "ProvideAndRegisterDocumentSetRequest",
  .reply_ns = DMP_NS_RS,
  .reply = "RegistryResponse",
};

/* --- Checks ---------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *field)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
               _ ("Ce document ne peut pas être envoyé : il lui manque « %s », ou ce qui y est "
                  "n’a pas la forme voulue. Rien n’a été envoyé."),
               field);

  return FALSE;
}

static gboolean
is_filled (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
check_set (const DmpTdSubmission *set, GError **error)
{
  if (set->unique_id == NULL || !dmp_unique_id_is_oid (set->unique_id))
    return refuse (error, "SubmissionSet.uniqueId");
  if (set->source_id == NULL || !dmp_unique_id_is_oid (set->source_id))
    return refuse (error, "SubmissionSet.sourceId");
  if (set->time == NULL || !dmp_date_check (set->time))
    return refuse (error, "SubmissionSet.submissionTime");
  if (set->content_type == NULL)
    return refuse (error, "SubmissionSet.contentTypeCode");
  if (dmp_patient_get_ins (set->patient) == NULL || dmp_patient_get_ins_oid (set->patient) == NULL)
    return refuse (error, "SubmissionSet.patientId");
  if (dmp_situation_get_structure_id (set->situation) == NULL)
    return refuse (error, "SubmissionSet.authorInstitution");

  return TRUE;
}

static gboolean
check_document (const DmpTdSubmissionDocument *document, GError **error)
{
  const DmpDocumentEntryFields *f = document->entry;
  const struct
  {
    const char *name;
    gboolean good;
  } rows[] = {
    { "uniqueId", f->unique_id != NULL && dmp_unique_id_is_oid (f->unique_id) },
    { "title", is_filled (f->title) },
    { "mimeType", is_filled (f->mime) },
    { "languageCode", is_filled (f->language) },
    { "creationTime", dmp_date_check (f->creation) },
    { "serviceStartTime", dmp_date_check (f->service_start) },
    { "serviceStopTime", f->service_stop == NULL || dmp_date_check (f->service_stop) },
    { "legalAuthenticator", is_filled (f->legal_authenticator) },
    { "classCode", f->class_code != NULL },
    { "typeCode", f->type_code != NULL },
    { "formatCode", f->format_code != NULL },
    { "practiceSettingCode", f->practice_setting != NULL },
    { "healthcareFacilityTypeCode", f->facility_type != NULL },
    { "Document", document->bytes != NULL && g_bytes_get_size (document->bytes) > 0 },
    { "RPLC", document->replaces == NULL || g_str_has_prefix (document->replaces, "urn:uuid:") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!rows[i].good)
      return refuse (error, rows[i].name);

  return TRUE;
}

static gboolean
check_all (const DmpTdSubmission *set,
           const DmpTdSubmissionDocument *documents,
           gsize n,
           GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  if (!check_set (set, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!check_document (&documents[i], error))
      return FALSE;
    else if (!g_hash_table_add (ids, (gpointer) documents[i].entry->unique_id))
      return refuse (error, "uniqueId");

  return n > 0 || refuse (error, "Document");
}

/* --- Writing --------------------------------------------------------------------------------- */

char *
dmp_td_submit_dup_patient_id (DmpPatient *patient)
{
  return dmp_cx_write (dmp_patient_get_ins (patient), dmp_patient_get_ins_oid (patient), "NH");
}

/* The submitter as an author. A card without profession is a secretary's (J01). */
static DmpAuthor *
author_from_card (const DmpTdSubmission *set)
{
  DmpAuthor *author = g_new0 (DmpAuthor, 1);

  author->id = g_strdup (dmp_practitioner_get_national_id (set->practitioner));
  author->id_oid = g_strdup (DMP_OID_PROFESSIONAL);
  author->family = g_strdup (dmp_practitioner_get_family (set->practitioner));
  author->given = g_strdup (dmp_practitioner_get_given (set->practitioner));
  author->institution = g_strdup (dmp_situation_get_name (set->situation));
  author->institution_id = g_strdup (dmp_situation_get_structure_id (set->situation));
  author->specialty = dmp_practitioner_dup_author_specialty (set->practitioner);
  if (author->specialty == NULL)
    author->specialty = dmp_code_table_dup_code (DMP_TABLE_AUTHOR_SPECIALTY, "SECRETARIAT_MEDICAL",
                                                 DMP_OID_OTHER_PRODUCER);

  return author;
}

static void
add_submission_set (xmlNode *list,
                    DmpRimIds *ids,
                    const DmpTdSubmission *set,
                    const DmpAuthor *author,
                    const char *patient_id)
{
  xmlNode *package = dmp_xml_add (list, RIM, "RegistryPackage", "id", SET_ID, NULL);
  g_autofree char *id = NULL;

  dmp_rim_add_slot (package, "submissionTime", set->time);
  dmp_rim_add_name (package, "Name", set->title);
  dmp_rim_add_author (package, ids, DMP_UUID_SUBMISSION_AUTHOR, author);
  dmp_rim_add_code (package, ids, DMP_UUID_SUBMISSION_CONTENT_TYPE, set->content_type);
  id = g_strdup_printf ("c%02u", ++ids->last);
  dmp_xml_add (package, RIM, "Classification", "id", id, "classifiedObject", SET_ID,
               "classificationNode", DMP_UUID_SUBMISSION_SET, NULL);
  dmp_rim_add_identifier (package, ids, DMP_UUID_SUBMISSION_PATIENT_ID,
                          "XDSSubmissionSet.patientId", patient_id);
  dmp_rim_add_identifier (package, ids, DMP_UUID_SUBMISSION_SOURCE_ID, "XDSSubmissionSet.sourceId",
                          set->source_id);
  dmp_rim_add_identifier (package, ids, DMP_UUID_SUBMISSION_UNIQUE_ID, "XDSSubmissionSet.uniqueId",
                          set->unique_id);
}

/* PID-5|FAMILY^GIVEN^^^^^«D: used, L: birth»; nothing without a family name. */
static void
add_pid_name (GPtrArray *values, const char *family, const char *given, const char *kind)
{
  if (family != NULL)
    g_ptr_array_add (
        values, g_strdup_printf ("PID-5|%s^%s^^^^^%s", family, given != NULL ? given : "", kind));
}

static void
add_patient_info (xmlNode *object, DmpPatient *patient)
{
  static const char sexes[] = {
    [DMP_SEX_UNKNOWN] = 'U', [DMP_SEX_FEMALE] = 'F', [DMP_SEX_MALE] = 'M'
  };
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  const char *given = dmp_patient_get_given (patient);
  const char *birth_date = dmp_patient_get_birth_date (patient);

  add_pid_name (values, dmp_patient_get_family (patient), given, "D");
  add_pid_name (values, dmp_patient_get_birth_family (patient), given, "L");
  if (birth_date != NULL)
    g_ptr_array_add (values, g_strconcat ("PID-7|", birth_date, NULL));
  g_ptr_array_add (values, g_strdup_printf ("PID-8|%c", sexes[dmp_patient_get_sex (patient)]));
  g_ptr_array_add (values, NULL);
  dmp_rim_add_slot_list (object, "sourcePatientInfo", (const char *const *) values->pdata);
}

static void
add_document_slots (xmlNode *object,
                    const DmpTdSubmission *set,
                    const DmpTdSubmissionDocument *document,
                    const char *patient_id)
{
  const DmpDocumentEntryFields *f = document->entry;

  dmp_rim_add_slot (object, "creationTime", f->creation);
  dmp_rim_add_slot (object, "languageCode", f->language);
  dmp_rim_add_slot (object, "legalAuthenticator", f->legal_authenticator);
  dmp_rim_add_slot (object, "serviceStartTime", f->service_start);
  dmp_rim_add_slot (object, "serviceStopTime", f->service_stop);
  dmp_rim_add_slot (object, "sourcePatientId",
                    document->source_patient_id != NULL ? document->source_patient_id : patient_id);
  if (!document->signature)
    add_patient_info (object, set->patient);
}

static void
add_document_codes (xmlNode *object, DmpRimIds *ids, const DmpDocumentEntryFields *f)
{
  g_autoptr (GPtrArray) confidentialities = dmp_visibility_dup_codes (f->visibility);

  for (guint i = 0; i < confidentialities->len; i++)
    dmp_rim_add_code (object, ids, DMP_UUID_DOCUMENT_CONFIDENTIALITY,
                      g_ptr_array_index (confidentialities, i));
  for (guint i = 0; f->event_codes != NULL && i < f->event_codes->len; i++)
    dmp_rim_add_code (object, ids, DMP_UUID_DOCUMENT_EVENT, g_ptr_array_index (f->event_codes, i));
  dmp_rim_add_code (object, ids, DMP_UUID_DOCUMENT_CLASS, f->class_code);
  dmp_rim_add_code (object, ids, DMP_UUID_DOCUMENT_TYPE, f->type_code);
  dmp_rim_add_code (object, ids, DMP_UUID_DOCUMENT_FORMAT, f->format_code);
  dmp_rim_add_code (object, ids, DMP_UUID_DOCUMENT_FACILITY, f->facility_type);
  dmp_rim_add_code (object, ids, DMP_UUID_DOCUMENT_PRACTICE_SETTING, f->practice_setting);
}

static void
add_document (xmlNode *list,
              DmpRimIds *ids,
              const char *id,
              const DmpTdSubmission *set,
              const DmpTdSubmissionDocument *document,
              const DmpAuthor *submitter)
{
  const DmpDocumentEntryFields *f = document->entry;
  g_autofree char *patient_id = dmp_td_submit_dup_patient_id (set->patient);
  xmlNode *object = dmp_xml_add (list, RIM, "ExtrinsicObject", "id", id, "mimeType", f->mime,
                                 "objectType", DMP_UUID_DOCUMENT, NULL);

  add_document_slots (object, set, document, patient_id);
  dmp_rim_add_name (object, "Name", f->title);
  dmp_rim_add_name (object, "Description", f->comments);
  for (guint i = 0; f->authors != NULL && i < f->authors->len; i++)
    dmp_rim_add_author (object, ids, DMP_UUID_DOCUMENT_AUTHOR, g_ptr_array_index (f->authors, i));
  if (f->authors == NULL || f->authors->len == 0)
    dmp_rim_add_author (object, ids, DMP_UUID_DOCUMENT_AUTHOR, submitter);
  add_document_codes (object, ids, f);
  dmp_rim_add_identifier (object, ids, DMP_UUID_DOCUMENT_PATIENT_ID, "XDSDocumentEntry.patientId",
                          patient_id);
  dmp_rim_add_identifier (object, ids, DMP_UUID_DOCUMENT_UNIQUE_ID, "XDSDocumentEntry.uniqueId",
                          f->unique_id);
}

static void
add_associations (xmlNode *list,
                  DmpRimIds *ids,
                  const char *id,
                  const DmpTdSubmissionDocument *document)
{
  dmp_rim_add_association (list, ids, DMP_URN_HAS_MEMBER, SET_ID, id, "Original");
  if (document->replaces != NULL)
    dmp_rim_add_association (list, ids, DMP_URN_REPLACES, id, document->replaces, NULL);
  if (document->signature)
    dmp_rim_add_association (list, ids, DMP_URN_SIGNS, id, SET_ID, "Original");
}

static char *
dup_document_id (gsize i)
{
  return g_strdup_printf ("Document%02" G_GSIZE_FORMAT, i + 1);
}

static void
add_registry_objects (xmlNode *list,
                      const DmpTdSubmission *set,
                      const DmpTdSubmissionDocument *documents,
                      gsize n)
{
  g_autoptr (DmpAuthor) submitter = author_from_card (set);
  g_autofree char *patient_id = dmp_td_submit_dup_patient_id (set->patient);
  DmpRimIds ids = { 0 };

  add_submission_set (list, &ids, set, submitter, patient_id);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *id = dup_document_id (i);

      add_document (list, &ids, id, set, &documents[i], submitter);
    }
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *id = dup_document_id (i);

      add_associations (list, &ids, id, &documents[i]);
    }
}

DmpMessage *
dmp_td_submit_write (const DmpTdSubmission *set,
                     const DmpTdSubmissionDocument *documents,
                     gsize n,
                     GError **error)
{
  g_autoptr (DmpMessage) message = NULL;
  xmlDoc *doc;
  xmlNode *root, *request;

  if (!check_all (set, documents, n, error))
    return NULL;

  doc = dmp_xml_new (NS, "xdsb", "ProvideAndRegisterDocumentSetRequest");
  root = dmp_xml_root (doc);
  dmp_xml_declare (root, "lcm", DMP_NS_LCM);
  dmp_xml_declare (root, "rim", RIM);
  message = dmp_message_new (doc);
  request = dmp_xml_add (root, DMP_NS_LCM, "SubmitObjectsRequest", NULL);
  add_registry_objects (dmp_xml_add (request, RIM, "RegistryObjectList", NULL), set, documents, n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *id = dup_document_id (i);
      xmlNode *node = dmp_xml_add (root, NS, "Document", "id", id, NULL);

      dmp_message_include (message, node, documents[i].entry->mime, documents[i].bytes);
    }

  return g_steal_pointer (&message);
}

/* --- Answer ---------------------------------------------------------------------------------- */

gboolean
dmp_td_submit_parse (const DmpMessage *reply, GPtrArray **warnings, GError **error)
{
  g_auto (DmpRegistryResponse) response = { 0 };

  if (!dmp_td_check_reply (&dmp_td_submit, reply, error) ||
      !dmp_registry_response_parse (dmp_message_root (reply), &dmp_td_submit, &response, error))
    return FALSE;

  if (response.status == DMP_RESPONSE_PARTIAL)
    {
      dmp_td_set_invalid (error, &dmp_td_submit, _ ("une partie seulement a été enregistrée"));
      return FALSE;
    }
  if (response.status != DMP_RESPONSE_SUCCESS)
    {
      dmp_registry_response_set_error (&response, error);
      return FALSE;
    }
  if (warnings != NULL)
    *warnings = g_steal_pointer (&response.errors);

  return TRUE;
}
