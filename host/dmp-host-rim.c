#include "config.h"

#include "dmp-host-rim.h"

#include "dmp-host-error.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS DMP_HOST_NS_RIM
#define OBJECT_TYPE "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:"
#define SEVERITY "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error"

const DmpHostSlotRow dmp_host_slots[] = {
  { DMP_HOST_TEXT_CREATION, "creationTime", TRUE },
  { DMP_HOST_TEXT_LANGUAGE, "languageCode", TRUE },
  { DMP_HOST_TEXT_LEGAL_AUTHENTICATOR, "legalAuthenticator", TRUE },
  { DMP_HOST_TEXT_SERVICE_START, "serviceStartTime", TRUE },
  { DMP_HOST_TEXT_SERVICE_STOP, "serviceStopTime", FALSE },
  { DMP_HOST_TEXT_SOURCE_PATIENT_ID, "sourcePatientId", TRUE },
  { DMP_HOST_TEXT_SUBMISSION_TIME, "submissionTime", FALSE },
};
const gsize dmp_host_n_slots = G_N_ELEMENTS (dmp_host_slots);

const DmpHostSchemeRow dmp_host_schemes[] = {
  { DMP_HOST_CODE_CONFIDENTIALITY, "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f", TRUE, TRUE },
  { DMP_HOST_CODE_CLASS, "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a", TRUE, FALSE },
  { DMP_HOST_CODE_TYPE, "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983", TRUE, FALSE },
  { DMP_HOST_CODE_FORMAT, "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d", TRUE, FALSE },
  { DMP_HOST_CODE_FACILITY, "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1", TRUE, FALSE },
  { DMP_HOST_CODE_PRACTICE_SETTING, "urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead", TRUE, FALSE },
  { DMP_HOST_CODE_EVENT, "urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4", FALSE, TRUE },
  { DMP_HOST_CODE_CONTENT_TYPE, "urn:uuid:aa543740-bdda-424e-8c96-df4873be8500", FALSE, FALSE },
};
const gsize dmp_host_n_schemes = G_N_ELEMENTS (dmp_host_schemes);

const char *
dmp_host_scheme_author (gboolean is_set)
{
  return is_set ? "urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d"
                : "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d";
}

const char *
dmp_host_scheme_patient (gboolean is_set)
{
  return is_set ? "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446"
                : "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427";
}

const char *
dmp_host_scheme_unique_id (gboolean is_set)
{
  return is_set ? "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8"
                : "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab";
}

static void
add_slot (xmlNode *parent, const char *name, const char *value)
{
  xmlNode *slot;

  if (value == NULL)
    return;
  slot = dmp_xml_add (parent, NS, "Slot", "name", name, NULL);
  dmp_xml_add_text (dmp_xml_add (slot, NS, "ValueList", NULL), NS, "Value", value, NULL);
}

static void
add_slots (xmlNode *parent, const char *name, GPtrArray *values)
{
  xmlNode *list;

  if (values->len == 0)
    return;
  list = dmp_xml_add (parent, NS, "Slot", "name", name, NULL);
  list = dmp_xml_add (list, NS, "ValueList", NULL);
  for (guint i = 0; i < values->len; i++)
    dmp_xml_add_text (list, NS, "Value", values->pdata[i], NULL);
}

static void
add_label (xmlNode *parent, const char *element, const char *value)
{
  if (value != NULL && *value != '\0')
    dmp_xml_add (dmp_xml_add (parent, NS, element, NULL), NS, "LocalizedString", "charset", "UTF8",
                 "xml:lang", "FR", "value", value, NULL);
}

static xmlNode *
add_classification (
    DmpHostRimWriter *self, xmlNode *object, const char *uuid, const char *scheme, const char *code)
{
  g_autofree char *id = g_strdup_printf ("c%u", ++self->ids);

  return dmp_xml_add (object, NS, "Classification", "id", id, "classificationScheme", scheme,
                      "classifiedObject", uuid, "nodeRepresentation", code, NULL);
}

static void
add_authors (DmpHostRimWriter *self, xmlNode *object, const DmpHostEntry *entry)
{
  for (guint i = 0; i < entry->authors->len; i++)
    {
      const DmpHostAuthor *author = entry->authors->pdata[i];
      xmlNode *node = add_classification (self, object, entry->entry_uuid,
                                          dmp_host_scheme_author (entry->is_set), "");

      add_slot (node, "authorInstitution", author->institution);
      add_slot (node, "authorPerson", author->person);
      add_slot (node, "authorRole", author->role);
      add_slot (node, "authorSpecialty", author->specialty);
    }
}

static void
add_codes (DmpHostRimWriter *self, xmlNode *object, const DmpHostEntry *entry)
{
  for (gsize row = 0; row < dmp_host_n_schemes; row++)
    for (guint i = 0; i < entry->codes->len; i++)
      {
        const DmpHostCode *code = entry->codes->pdata[i];
        xmlNode *node;

        if (code->kind != dmp_host_schemes[row].kind)
          continue;
        node = add_classification (self, object, entry->entry_uuid, dmp_host_schemes[row].scheme,
                                   code->code);
        add_slot (node, "codingScheme", code->system);
        add_label (node, "Name", code->display);
      }
}

static void
add_identifier (DmpHostRimWriter *self,
                xmlNode *object,
                const DmpHostEntry *entry,
                const char *scheme,
                const char *value,
                const char *name)
{
  g_autofree char *id = g_strdup_printf ("c%u", ++self->ids);
  g_autofree char *label =
      g_strconcat (entry->is_set ? "XDSSubmissionSet." : "XDSDocumentEntry.", name, NULL);
  xmlNode *node;

  if (value == NULL)
    return;
  node = dmp_xml_add (object, NS, "ExternalIdentifier", "id", id, "registryObject",
                      entry->entry_uuid, "identificationScheme", scheme, "value", value, NULL);
  add_label (node, "Name", label);
}

static void
add_object_slots (xmlNode *object, const DmpHostEntry *entry)
{
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, entry->size);

  for (gsize i = 0; i < dmp_host_n_slots; i++)
    add_slot (object, dmp_host_slots[i].slot, entry->text[dmp_host_slots[i].text]);
  if (!entry->is_set)
    {
      add_slot (object, "hash", entry->hash);
      add_slot (object, "size", size);
      add_slot (object, "repositoryUniqueId", entry->repository);
    }
  add_slots (object, "sourcePatientInfo", entry->infos);
  add_slots (object, DMP_HOST_SLOT_REFERENCES, entry->refs);
}

void
dmp_host_rim_write_entry (DmpHostRimWriter *self, const DmpHostEntry *entry)
{
  g_autofree char *version = g_strdup_printf ("%u", entry->version);
  gboolean set = entry->is_set;
  const char *uuid = entry->entry_uuid;
  xmlNode *object = dmp_xml_add (
      self->list, NS, set ? "RegistryPackage" : "ExtrinsicObject", "id", uuid, "lid", uuid,
      "objectType", set ? OBJECT_TYPE "RegistryPackage" : DMP_HOST_TYPE_DOCUMENT, "status",
      dmp_host_status_urn (entry->status), "mimeType", set ? NULL : entry->text[DMP_HOST_TEXT_MIME],
      "isOpaque", set ? NULL : "false", NULL);

  add_object_slots (object, entry);
  add_label (object, "Name", entry->text[DMP_HOST_TEXT_TITLE]);
  add_label (object, "Description", entry->text[DMP_HOST_TEXT_COMMENTS]);
  dmp_xml_add (object, NS, "VersionInfo", "versionName", version, NULL);
  add_authors (self, object, entry);
  add_codes (self, object, entry);
  if (set)
    {
      g_autofree char *id = g_strdup_printf ("c%u", ++self->ids);
      dmp_xml_add (object, NS, "Classification", "id", id, "classifiedObject", uuid,
                   "classificationNode", DMP_HOST_NODE_SET, NULL);
    }
  add_identifier (self, object, entry, dmp_host_scheme_patient (set), self->patient, "patientId");
  if (set)
    add_identifier (self, object, entry, DMP_HOST_SCHEME_SOURCE_ID,
                    entry->text[DMP_HOST_TEXT_SOURCE_ID], "sourceId");
  add_identifier (self, object, entry, dmp_host_scheme_unique_id (set), entry->unique_id,
                  "uniqueId");
}

void
dmp_host_rim_write_reference (DmpHostRimWriter *self, const char *entry_uuid)
{
  dmp_xml_add (self->list, NS, "ObjectRef", "id", entry_uuid, NULL);
}

/* Associations are not stored: their id is made of what they say (the shape of a version 5 UUID).
 */
static char *
dup_association_id (const char *type, const char *source, const char *target)
{
  g_autofree char *words = g_strjoin (" ", type, source, target, NULL);
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA1, words, -1);

  return g_strdup_printf ("urn:uuid:%.8s-%.4s-5%.3s-a%.3s-%.12s", hex, hex + 8, hex + 13, hex + 17,
                          hex + 20);
}

void
dmp_host_rim_write_association (DmpHostRimWriter *self,
                                const char *type,
                                const char *source,
                                const char *target,
                                const char *slot_value)
{
  g_autofree char *id = dup_association_id (type, source, target);
  xmlNode *node =
      dmp_xml_add (self->list, NS, "Association", "id", id, "objectType", OBJECT_TYPE "Association",
                   "associationType", type, "sourceObject", source, "targetObject", target, NULL);

  add_slot (node, "SubmissionSetStatus", slot_value);
}

char *
dmp_host_rim_dup_patient (const DmpHostRecord *record)
{
  return g_strdup_printf ("%s^^^&%s&ISO^NH", dmp_host_record_trait (record, "ins"),
                          dmp_host_record_trait (record, "oid"));
}

void
dmp_host_rim_add_error (xmlNode *parent, const GError *error)
{
  xmlNode *list =
      dmp_xml_add (parent, DMP_HOST_NS_RS, "RegistryErrorList", "highestSeverity", SEVERITY, NULL);

  dmp_xml_add (list, DMP_HOST_NS_RS, "RegistryError", "errorCode", dmp_host_error_name (error),
               "codeContext", error->message, "severity", SEVERITY, "location", "DMP", NULL);
}

DmpHostRecord *
dmp_host_rim_open (DmpHostCall *call, GError **error)
{
  GError *local = NULL;
  g_autoptr (DmpHostRecord) record = dmp_host_record_open (call, &local);

  if (record != NULL && record->row.closed)
    g_set_error_literal (&local, DMP_HOST_ERROR, DMP_HOST_ERROR_CLOSED,
                         "Le DMP de ce patient est fermé");
  if (local == NULL)
    return g_steal_pointer (&record);
  if (g_error_matches (local, DMP_HOST_ERROR, DMP_HOST_ERROR_NOT_FOUND))
    local->code = DMP_HOST_ERROR_UNKNOWN_PATIENT;
  g_propagate_error (error, local);
  return NULL;
}
