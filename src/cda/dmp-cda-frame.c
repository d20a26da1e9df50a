#include "config.h"

#include "dmp-cda-frame-private.h"

#include "model/dmp-code-table.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-oid.h"
#include "model/dmp-unique-id.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NS DMP_NS_CDA

/* Everything that one writing needs besides what the caller said. */
typedef struct
{
  const DmpCdaFrame *in;
  char *now;
  DmpCode *specialty; /* (nullable): no health professional */
  DmpCode *setting;
  DmpCode *facility;
} Writer;

static void
writer_clear (Writer *self)
{
  g_free (self->now);
  g_clear_object (&self->specialty);
  g_clear_object (&self->setting);
  g_clear_object (&self->facility);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

gboolean
dmp_cda_frame_missing (GError **error, const char *what)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
               _ ("Le document ne peut pas être préparé : il manque %s. Rien n’a été envoyé."),
               what);
  return FALSE;
}

static gboolean
check_patient (DmpPatient *patient, GError **error)
{
  if (patient == NULL || is_blank (dmp_patient_get_ins (patient)) ||
      is_blank (dmp_patient_get_ins_oid (patient)))
    return dmp_cda_frame_missing (error, _ ("l’identifiant national de santé (INS) du patient"));
  if (is_blank (dmp_patient_get_birth_family (patient)))
    return dmp_cda_frame_missing (error, _ ("le nom de naissance du patient"));
  if (is_blank (dmp_patient_get_given (patient)))
    return dmp_cda_frame_missing (error, _ ("le prénom du patient"));
  if (is_blank (dmp_patient_get_birth_date (patient)))
    return dmp_cda_frame_missing (error, _ ("la date de naissance du patient"));
  return TRUE;
}

/* "root" or "root^extension": a set that other software began may have one. */
static gboolean
is_identifier (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "^", 2);

  return parts[0] != NULL && dmp_unique_id_is_oid (parts[0]);
}

static gboolean
check_identifiers (const DmpCdaFrame *in, GError **error)
{
  if (in->unique_id && in->set_id && dmp_unique_id_is_oid (in->unique_id) &&
      is_identifier (in->set_id) && (!in->replaces || dmp_unique_id_is_oid (in->replaces)))
    return TRUE;
  return dmp_cda_frame_missing (error, _ ("un identifiant de document valide"));
}

/* What has not taken place yet cannot be told; nothing ends before it began. */
static gboolean
check_service (const DmpCdaFrame *in)
{
  g_autofree char *now = g_date_time_format (in->now, "%Y%m%d");

  return !dmp_date_is_before (now, in->service_start) &&
         !dmp_date_is_before (in->service_stop, in->service_start);
}

static gboolean
check (const DmpCdaFrame *in, GError **error)
{
  if (is_blank (in->title) || !dmp_xml_check_text (in->title, NULL))
    return dmp_cda_frame_missing (error, _ ("un titre lisible"));
  if (in->type == NULL)
    return dmp_cda_frame_missing (error, _ ("le type du document"));
  if (in->service_start == NULL || !dmp_date_check (in->service_start))
    return dmp_cda_frame_missing (error, _ ("la date de l’acte"));
  if (in->practitioner == NULL || is_blank (dmp_practitioner_get_national_id (in->practitioner)) ||
      is_blank (dmp_practitioner_get_family (in->practitioner)))
    return dmp_cda_frame_missing (error, _ ("l’identité de l’auteur (carte CPS)"));
  if (in->situation == NULL || is_blank (dmp_situation_get_structure_id (in->situation)))
    return dmp_cda_frame_missing (error, _ ("la situation d’exercice de l’auteur"));
  if (in->now == NULL)
    return dmp_cda_frame_missing (error, _ ("la date du jour"));
  if (!check_service (in))
    return dmp_cda_frame_missing (error, _ ("une date de l’acte qui ne soit ni dans le futur, ni "
                                            "après sa fin"));
  return check_identifiers (in, error) && check_patient (in->patient, error);
}

DmpCode *
dmp_cda_dup_facility_type (DmpSituation *situation)
{
  const char *sector = dmp_situation_get_sector (situation);
  DmpCode *code = sector ? dmp_code_table_dup_code (DMP_TABLE_SECTOR, sector, NULL) : NULL;

  return code ? code : dmp_code_table_dup_code (DMP_TABLE_SECTOR, "SA43", NULL);
}

DmpCode *
dmp_cda_dup_activity (DmpSituation *situation)
{
  static const char *const practices[] = { "SA07", "SA08", "SA09", NULL };
  gboolean practice = g_strv_contains (practices, dmp_situation_get_sector (situation));

  return dmp_code_table_dup_code (DMP_TABLE_CONTENT_TYPE, practice ? "07" : "97", NULL);
}

DmpCode *
dmp_cda_dup_practice_setting (DmpSituation *situation)
{
  static const char *const hospital[] = { "SA01", "SA02", "SA03", "SA04", "SA30",
                                          "SA34", "SA36", "SA53", NULL };
  static const char *const social[] = { "SA16", "SA17", "SA18", "SA20", "SA21", "SA41", NULL };
  const char *sector = dmp_situation_get_sector (situation);
  const char *setting = "AMBULATOIRE";

  if (sector && g_strv_contains (hospital, sector))
    setting = "ETABLISSEMENT";
  else if (sector && g_strv_contains (social, sector))
    setting = "ESSMS";
  else if (g_strcmp0 (sector, "SA24") == 0)
    setting = "AMO";
  return dmp_code_table_dup_code (DMP_TABLE_PRACTICE_SETTING, setting, NULL);
}

const char *
dmp_cda_system_name (const char *oid)
{
  static const char *const names[][2] = {
    { DMP_OID_LOINC, "LOINC" },
    { DMP_OID_SNOMED_CT, "SNOMED CT" },
    { DMP_OID_CIM10, "CIM-10" },
    { DMP_OID_ATC, "ATC" },
    { DMP_OID_CIS, "CIS" },
    { DMP_OID_CIP, "CIP" },
    { DMP_OID_CCAM_BODY, "CCAM" },
    { DMP_OID_EDQM, "EDQM" },
    { DMP_OID_ACT_CODE, "HL7:ActCode" },
    { DMP_OID_ROLE_CODE, "HL7:RoleCode" },
    { DMP_OID_ANS_CONCEPT, "TA_ASIP" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (oid, names[i][0]) == 0)
      return names[i][1];
  return NULL;
}

xmlNode *
dmp_cda_add_code (xmlNode *parent, const char *name, DmpCode *code)
{
  return dmp_xml_add (parent, NS, name, "code", dmp_code_get_code (code), "displayName",
                      dmp_code_get_display (code), "codeSystem", dmp_code_get_system (code),
                      "codeSystemName", dmp_cda_system_name (dmp_code_get_system (code)), NULL);
}

/* A stamp to the second carries its zone; a day stays a day. */
static char *
dup_stamp (const char *ts)
{
  g_autoptr (GDateTime) time = NULL;

  if (strlen (ts) <= 8 || strpbrk (ts, "+-"))
    return g_strdup (ts);
  time = dmp_date_parse (ts, FALSE);
  return time ? dmp_date_dup_cda (time) : g_strdup (ts);
}

static void
add_interval (xmlNode *parent, const DmpCdaFrame *in)
{
  xmlNode *time = dmp_xml_add (parent, NS, "effectiveTime", NULL);
  g_autofree char *start = dup_stamp (in->service_start);
  g_autofree char *stop = in->service_stop ? dup_stamp (in->service_stop) : NULL;

  dmp_xml_add (time, NS, "low", "value", start, NULL);
  if (stop)
    dmp_xml_add (time, NS, "high", "value", stop, NULL);
}

static void
add_identifiers (xmlNode *root, const Writer *writer)
{
  g_auto (GStrv) set = g_strsplit (writer->in->set_id, "^", 2);
  static const char *const level1[] = { "1.3.6.1.4.1.19376.1.2.20", NULL }; /* XDS-SD */
  const DmpCdaFrame *in = writer->in;
  const char *const *templates = in->templates ? in->templates : level1;
  g_autofree char *version = g_strdup_printf ("%u", MAX (in->version, 1));

  dmp_xml_add (root, NS, "realmCode", "code", "FR", NULL);
  dmp_xml_add (root, NS, "typeId", "root", "2.16.840.1.113883.1.3", "extension", "POCD_HD000040",
               NULL);
  dmp_xml_add (root, NS, "templateId", "root", "2.16.840.1.113883.2.8.2.1", NULL);
  dmp_xml_add (root, NS, "templateId", "root", "1.2.250.1.213.1.1.1.1", NULL);
  for (guint i = 0; templates[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (templates[i], "|", 2);

      dmp_xml_add (root, NS, "templateId", "root", parts[0], "extension", parts[1], NULL);
    }
  dmp_xml_add (root, NS, "id", "root", in->unique_id, NULL);
  dmp_cda_add_code (root, "code", in->type);
  dmp_xml_add_text (root, NS, "title", in->title, NULL);
  dmp_xml_add (root, NS, "effectiveTime", "value", writer->now, NULL);
  dmp_xml_add (root, NS, "confidentialityCode", "code", "N", "displayName", "Normal", "codeSystem",
               "2.16.840.1.113883.5.25", NULL);
  dmp_xml_add (root, NS, "languageCode", "code", in->language ? in->language : "fr-FR", NULL);
  dmp_xml_add (root, NS, "setId", "root", set[0], "extension", set[1], NULL);
  dmp_xml_add (root, NS, "versionNumber", "value", version, NULL);
}

static void
add_patient_name (xmlNode *person, DmpPatient *patient)
{
  xmlNode *name = dmp_xml_add (person, NS, "name", NULL);
  const char *birth = dmp_patient_get_birth_family (patient);
  const char *family = dmp_patient_get_family (patient);
  const char *given = dmp_patient_get_given (patient);
  const char *all = dmp_patient_get_given_all (patient);

  dmp_xml_add_text (name, NS, "family", birth, "qualifier", "BR", NULL);
  dmp_xml_add_text (name, NS, "given", all ? all : given, NULL);
  dmp_xml_add_text (name, NS, "given", given, "qualifier", "BR", NULL);
  if (family)
    {
      dmp_xml_add_text (name, NS, "family", family, "qualifier", "CL", NULL);
      dmp_xml_add_text (name, NS, "given", given, "qualifier", "CL", NULL);
    }
}

static gboolean
is_insee (const char *place)
{
  return place && strlen (place) == 5 && g_ascii_isdigit (place[0]) && g_ascii_isalnum (place[1]) &&
         g_ascii_isdigit (place[2]) && g_ascii_isdigit (place[3]) && g_ascii_isdigit (place[4]);
}

static void
add_patient (xmlNode *root, DmpPatient *patient)
{
  static const char *const codes[] = { "U", "F", "M" };
  static const char *const labels[] = { "Inconnu", "Féminin", "Masculin" };
  DmpSex sex = dmp_patient_get_sex (patient);
  const char *place = dmp_patient_get_birth_place (patient);
  xmlNode *role =
      dmp_xml_add (dmp_xml_add (root, NS, "recordTarget", NULL), NS, "patientRole", NULL);
  xmlNode *person;

  dmp_xml_add (role, NS, "id", "root", dmp_patient_get_ins_oid (patient), "extension",
               dmp_patient_get_ins (patient), NULL);
  dmp_xml_add (role, NS, "addr", "nullFlavor", "NAV", NULL);
  dmp_xml_add (role, NS, "telecom", "nullFlavor", "NAV", NULL);
  person = dmp_xml_add (role, NS, "patient", "classCode", "PSN", NULL);
  add_patient_name (person, patient);
  dmp_xml_add (person, NS, "administrativeGenderCode", "code", codes[sex], "displayName",
               labels[sex], "codeSystem", "2.16.840.1.113883.5.1", NULL);
  dmp_xml_add (person, NS, "birthTime", "value", dmp_patient_get_birth_date (patient), NULL);
  if (!is_blank (place))
    {
      xmlNode *inside =
          dmp_xml_add (dmp_xml_add (person, NS, "birthplace", NULL), NS, "place", NULL);

      dmp_xml_add_text (dmp_xml_add (inside, NS, "addr", NULL), NS,
                        is_insee (place) ? "county" : "city", place, NULL);
    }
}

static void
add_organisation (xmlNode *parent, const char *name, const Writer *writer, gboolean setting)
{
  DmpSituation *situation = writer->in->situation;
  xmlNode *node = dmp_xml_add (parent, NS, name, NULL);

  dmp_xml_add (node, NS, "id", "root", DMP_OID_STRUCTURE, "extension",
               dmp_situation_get_structure_id (situation), NULL);
  dmp_xml_add_text (node, NS, "name", dmp_situation_get_name (situation), NULL);
  dmp_xml_add (node, NS, "telecom", "nullFlavor", "NASK", NULL);
  dmp_xml_add (node, NS, "addr", "nullFlavor", "NASK", NULL);
  if (setting)
    dmp_cda_add_code (node, "standardIndustryClassCode", writer->setting);
}

/* Civility M, MME, MLLE is a prefix; DR, PR and the like are a title (J245, J246). */
static void
add_professional_name (xmlNode *person, DmpPractitioner *practitioner)
{
  static const char *const prefixes[] = { "M", "MME", "MLLE", NULL };
  xmlNode *name = dmp_xml_add (person, NS, "name", NULL);
  const char *civility = dmp_practitioner_get_civility (practitioner);
  gboolean prefix = civility && g_strv_contains (prefixes, civility);

  if (prefix)
    dmp_xml_add_text (name, NS, "prefix", civility, NULL);
  if (!is_blank (dmp_practitioner_get_given (practitioner)))
    dmp_xml_add_text (name, NS, "given", dmp_practitioner_get_given (practitioner), NULL);
  dmp_xml_add_text (name, NS, "family", dmp_practitioner_get_family (practitioner), NULL);
  if (civility && !prefix && *civility)
    dmp_xml_add_text (name, NS, "suffix", civility, NULL);
}

/* assignedAuthor or assignedEntity: the professional at the chosen place of practice. */
static void
add_professional (xmlNode *parent, const char *name, const Writer *writer, gboolean setting)
{
  xmlNode *node = dmp_xml_add (parent, NS, name, NULL);

  dmp_xml_add (node, NS, "id", "root", DMP_OID_PROFESSIONAL, "extension",
               dmp_practitioner_get_national_id (writer->in->practitioner), NULL);
  if (writer->specialty)
    dmp_cda_add_code (node, "code", writer->specialty);
  dmp_xml_add (node, NS, "addr", "nullFlavor", "NASK", NULL);
  dmp_xml_add (node, NS, "telecom", "nullFlavor", "NASK", NULL);
  add_professional_name (dmp_xml_add (node, NS, "assignedPerson", NULL), writer->in->practitioner);
  add_organisation (node, "representedOrganization", writer, setting);
}

static void
add_participants (xmlNode *root, const Writer *writer)
{
  xmlNode *author = dmp_xml_add (root, NS, "author", NULL);
  xmlNode *signer;

  dmp_xml_add (author, NS, "time", "value", writer->now, NULL);
  add_professional (author, "assignedAuthor", writer, FALSE);
  add_organisation (
      dmp_xml_add (dmp_xml_add (root, NS, "custodian", NULL), NS, "assignedCustodian", NULL),
      "representedCustodianOrganization", writer, FALSE);
  signer = dmp_xml_add (root, NS, "legalAuthenticator", NULL);
  dmp_xml_add (signer, NS, "time", "value", writer->now, NULL);
  dmp_xml_add (signer, NS, "signatureCode", "code", "S", NULL);
  add_professional (signer, "assignedEntity", writer, FALSE);
}

/* The médecin traitant (functionCode PCP), who is the author. */
static void
add_regular_doctor (xmlNode *root, const Writer *writer)
{
  xmlNode *participant = dmp_xml_add (root, NS, "participant", "typeCode", "INF", NULL);
  xmlNode *entity;

  dmp_xml_add (participant, NS, "functionCode", "code", "PCP", "displayName", "Médecin Traitant",
               "codeSystem", "2.16.840.1.113883.5.88", NULL);
  dmp_xml_add (participant, NS, "time", "nullFlavor", "NA", NULL);
  entity = dmp_xml_add (participant, NS, "associatedEntity", "classCode", "PROV", NULL);
  dmp_xml_add (entity, NS, "id", "root", DMP_OID_PROFESSIONAL, "extension",
               dmp_practitioner_get_national_id (writer->in->practitioner), NULL);
  if (writer->specialty)
    dmp_cda_add_code (entity, "code", writer->specialty);
  dmp_xml_add (entity, NS, "addr", "nullFlavor", "NASK", NULL);
  dmp_xml_add (entity, NS, "telecom", "nullFlavor", "NASK", NULL);
  add_professional_name (dmp_xml_add (entity, NS, "associatedPerson", NULL),
                         writer->in->practitioner);
  add_organisation (entity, "scopingOrganization", writer, FALSE);
}

static void
add_event (xmlNode *root, const Writer *writer)
{
  const DmpCdaFrame *in = writer->in;
  xmlNode *event =
      dmp_xml_add (dmp_xml_add (root, NS, "documentationOf", NULL), NS, "serviceEvent", NULL);
  xmlNode *encounter, *place;

  if (in->event)
    dmp_cda_add_code (event, "code", in->event);
  add_interval (event, in);
  add_professional (dmp_xml_add (event, NS, "performer", "typeCode", "PRF", NULL), "assignedEntity",
                    writer, TRUE);
  if (in->replaces)
    {
      xmlNode *related = dmp_xml_add (root, NS, "relatedDocument", "typeCode", "RPLC", NULL);

      dmp_xml_add (dmp_xml_add (related, NS, "parentDocument", NULL), NS, "id", "root",
                   in->replaces, NULL);
    }
  encounter =
      dmp_xml_add (dmp_xml_add (root, NS, "componentOf", NULL), NS, "encompassingEncounter", NULL);
  if (in->event_id)
    {
      g_auto (GStrv) parts = g_strsplit (in->event_id, "^", 2);

      dmp_xml_add (encounter, NS, "id", "root", parts[0], "extension", parts[1], NULL);
    }
  add_interval (encounter, in);
  place =
      dmp_xml_add (dmp_xml_add (encounter, NS, "location", NULL), NS, "healthCareFacility", NULL);
  dmp_cda_add_code (place, "code", writer->facility);
}

static void
writer_init (Writer *writer, const DmpCdaFrame *frame)
{
  writer->in = frame;
  writer->now = dmp_date_dup_cda (frame->now);
  writer->specialty = dmp_practitioner_dup_author_specialty (frame->practitioner);
  writer->setting = frame->practice_setting ? g_object_ref (frame->practice_setting)
                                            : dmp_cda_dup_practice_setting (frame->situation);
  writer->facility = dmp_cda_dup_facility_type (frame->situation);
}

xmlDoc *
dmp_cda_frame_new_document (const DmpCdaFrame *frame, GError **error)
{
  g_auto (Writer) writer = { 0 };
  xmlDoc *doc;
  xmlNode *root;

  if (!check (frame, error))
    return NULL;
  writer_init (&writer, frame);
  doc = dmp_xml_new (NS, NULL, "ClinicalDocument");
  root = xmlDocGetRootElement (doc);
  add_identifiers (root, &writer);
  add_patient (root, frame->patient);
  add_participants (root, &writer);
  if (frame->regular_doctor)
    add_regular_doctor (root, &writer);
  add_event (root, &writer);
  return doc;
}

void
dmp_cda_frame_add_performer (xmlNode *entry, const DmpCdaFrame *frame)
{
  g_auto (Writer) writer = { 0 };

  writer_init (&writer, frame);
  add_professional (dmp_xml_add (entry, NS, "performer", "typeCode", "PRF", NULL), "assignedEntity",
                    &writer, FALSE);
}

void
dmp_cda_frame_add_entry_author (xmlNode *entry, const DmpCdaFrame *frame, const char *time)
{
  g_auto (Writer) writer = { 0 };
  xmlNode *author =
      dmp_xml_add (entry, NS, "author", "typeCode", "AUT", "contextControlCode", "OP", NULL);

  writer_init (&writer, frame);
  dmp_xml_add (author, NS, "time", "value", time, NULL);
  add_professional (author, "assignedAuthor", &writer, FALSE);
}
