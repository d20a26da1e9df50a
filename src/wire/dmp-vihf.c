#include "config.h"

#include "dmp-vihf.h"
#include "model/dmp-code-table.h"
#include "model/dmp-error.h"
#include "model/dmp-oid.h"
#include "model/dmp-xds-strings.h"
#include "xml/dmp-xml.h"

#include <glib/gi18n-lib.h>
#include <openssl/x509v3.h>
#include <string.h>

#define NS_SAML "urn:oasis:names:tc:SAML:2.0:assertion"
#define NS_XS "http://www.w3.org/2001/XMLSchema"
#define NS_XSI "http://www.w3.org/2001/XMLSchema-instance"
#define X509_SUBJECT_NAME "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"
#define CLASS_SMARTCARD "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI"
#define CLASS_PASSWORD "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
#define ATTRIBUTE_ROLE "urn:oasis:names:tc:xacml:2.0:subject:role"
#define ATTRIBUTE_SUBJECT_ID "urn:oasis:names:tc:xspa:1.0:subject:subject-id"
#define ATTRIBUTE_RESOURCE_ID "urn:oasis:names:tc:xacml:2.0:resource:resource-id"
#define ATTRIBUTE_PURPOSE "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse"
#define ATTRIBUTE_SECRET "urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code"
#define SECRET_CONNECTION "INVISIBLE_REPRESENTANTS_LEGAUX"
#define CODE_DOCTOR "10"
#define CODE_PHARMACIST "21"
#define CODE_SECRETARY "331" /* J48 */
#define OID_OTHER_ACTOR "1.2.250.1.213.1.6.1.107"

struct _DmpVihf
{
  gatomicrefcount references;
  xmlDoc *doc;
};

static gboolean
refuse (GError **error, DmpErrorCode code, const char *sentence)
{
  g_set_error_literal (error, DMP_ERROR, (gint) code, sentence);
  return FALSE;
}

static gboolean
needs_speciality (DmpCode *profession)
{
  const char *code = profession != NULL ? dmp_code_get_code (profession) : "";

  return strcmp (code, CODE_DOCTOR) == 0 || strcmp (code, CODE_PHARMACIST) == 0;
}

/* What the DMP would refuse is refused before the card is asked to sign. */
static gboolean
check (const DmpVihfParams *params, const DmpXmlSigner *signer, GError **error)
{
  DmpPractitioner *who = params->practitioner;

  if (params->authentication == DMP_VIHF_DIRECT &&
      (X509_get_key_usage (signer->certificate) & KU_NON_REPUDIATION) == 0)
    return refuse (error, DMP_ERROR_SIGNATURE,
                   _ ("Ce certificat n’est pas un certificat de signature : le DMP le refuserait. "
                      "Rien n’a été envoyé."));
  if (dmp_practitioner_get_national_id (who) == NULL)
    return refuse (error, DMP_ERROR_USAGE,
                   _ ("La carte ne donne pas l’identifiant national du professionnel. Rien n’a "
                      "été envoyé."));
  if (params->situation == NULL || dmp_situation_get_structure_id (params->situation) == NULL)
    return refuse (error, DMP_ERROR_USAGE,
                   _ ("Choisissez d’abord votre lieu d’exercice. Rien n’a été envoyé."));
  if (needs_speciality (dmp_practitioner_get_profession (who)) &&
      dmp_practitioner_get_speciality (who) == NULL)
    return refuse (error, DMP_ERROR_USAGE,
                   _ ("La carte ne donne pas votre spécialité, que le DMP exige pour un médecin ou "
                      "un pharmacien. Rien n’a été envoyé ; contactez le support CPS."));
  if (params->patient != NULL && (dmp_patient_get_ins (params->patient) == NULL ||
                                  dmp_patient_get_ins_oid (params->patient) == NULL))
    return refuse (error, DMP_ERROR_USAGE,
                   _ ("L’INS de ce patient n’est pas connue. Rien n’a été envoyé."));

  return TRUE;
}

static char *
dup_instant (GDateTime *time)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (time);
  g_autofree char *seconds = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (utc) / 1000);
}

/* --- Attributes ------------------------------------------------------------------------------- */

static xmlNode *
add_attribute (xmlNode *statement, const char *name)
{
  return dmp_xml_add (statement, NS_SAML, "Attribute", "Name", name, NULL);
}

/* Nothing when there is no value. */
static void
add_string (xmlNode *statement, const char *name, const char *value)
{
  if (value != NULL)
    dmp_xml_add_text (add_attribute (statement, name), NS_SAML, "AttributeValue", value, "xsi:type",
                      "xs:string", NULL);
}

static void
add_role (xmlNode *attribute, const char *code, const char *system, const char *display)
{
  dmp_xml_add (dmp_xml_add (attribute, NS_SAML, "AttributeValue", NULL), DMP_NS_HL7, "Role",
               "xsi:type", "CE", "code", code, "codeSystem", system, "displayName", display, NULL);
}

static void
add_role_code (xmlNode *attribute, DmpCode *code, DmpCodeTable table)
{
  const char *display = dmp_code_get_display (code);

  if (display == NULL)
    display =
        dmp_code_table_get_label (table, dmp_code_get_code (code), dmp_code_get_system (code));
  add_role (attribute, dmp_code_get_code (code), dmp_code_get_system (code), display);
}

/* Profession first, then speciality; who has neither is a medical secretary. */
static void
add_roles (xmlNode *statement, DmpPractitioner *who)
{
  xmlNode *attribute = add_attribute (statement, ATTRIBUTE_ROLE);
  DmpCode *profession = dmp_practitioner_get_profession (who);
  DmpCode *speciality = dmp_practitioner_get_speciality (who);

  if (profession != NULL)
    add_role_code (attribute, profession, DMP_TABLE_PROFESSION);
  else
    add_role (attribute, CODE_SECRETARY, OID_OTHER_ACTOR,
              dmp_code_table_get_label (DMP_TABLE_OTHER_ACTOR, CODE_SECRETARY, OID_OTHER_ACTOR));
  if (speciality != NULL)
    add_role_code (attribute, speciality, DMP_TABLE_SPECIALITY);
}

/* TRE_R248 */
static void
add_purpose (xmlNode *statement, DmpAccessMode mode)
{
  static const struct
  {
    const char *code;
    const char *display;
  } rows[] = {
    [DMP_ACCESS_NORMAL] = { "normal", "Accès normal" },
    [DMP_ACCESS_BREAK_GLASS] = { "bris_de_glace", "Accès en bris de glace" },
    [DMP_ACCESS_CENTRE_15] = { "centre_15", "Accès par un centre de régulation médicale" },
  };
  xmlNode *attribute = add_attribute (statement, ATTRIBUTE_PURPOSE);

  dmp_xml_add (dmp_xml_add (attribute, NS_SAML, "AttributeValue", NULL), DMP_NS_HL7, "PurposeOfUse",
               "xsi:type", "CE", "code", rows[mode].code, "codeSystem", DMP_OID_ACCESS_MODE,
               "codeSystemName", "mode acces VIHF 2.0", "displayName", rows[mode].display, NULL);
}

static char *
dup_subject (const DmpVihfParams *params)
{
  const char *family = dmp_practitioner_get_family (params->practitioner);
  const char *given = dmp_practitioner_get_given (params->practitioner);

  if (params->authentication == DMP_VIHF_DIRECT || family == NULL)
    return NULL;

  return given != NULL ? g_strconcat (family, " ", given, NULL) : g_strdup (family);
}

static void
add_attributes (xmlNode *assertion, const DmpVihfParams *params)
{
  static const char *const modes[] = {
    [DMP_VIHF_DIRECT] = "DIRECTE",
    [DMP_VIHF_INDIRECT] = "INDIRECTE",
    [DMP_VIHF_INDIRECT_REINFORCED] = "INDIRECTE_RENFORCEE",
  };
  xmlNode *statement = dmp_xml_add (assertion, NS_SAML, "AttributeStatement", NULL);
  const char *sector = dmp_situation_get_sector (params->situation);
  g_autofree char *activity =
      sector != NULL ? g_strconcat (sector, "^" DMP_OID_SECTOR, NULL) : NULL;
  g_autofree char *subject = dup_subject (params);
  g_autofree char *resource = params->patient != NULL
                                  ? dmp_cx_write (dmp_patient_get_ins (params->patient),
                                                  dmp_patient_get_ins_oid (params->patient), "NH")
                                  : NULL;

  add_string (statement, "VIHF_Version", "3.0");
  add_string (statement, "Authentification_Mode", modes[params->authentication]);
  add_string (statement, "Identifiant_Structure",
              dmp_situation_get_structure_id (params->situation));
  add_string (statement, "Secteur_Activite", activity);
  add_string (statement, ATTRIBUTE_SUBJECT_ID, subject);
  add_roles (statement, params->practitioner);
  add_string (statement, ATTRIBUTE_RESOURCE_ID, resource);
  add_string (statement, "Ressource_URN", "urn:dmp");
  add_purpose (statement, params->mode);
  add_string (statement, ATTRIBUTE_SECRET, params->secret ? SECRET_CONNECTION : NULL);
  add_string (statement, "LPS_ID", params->software_id);
  add_string (statement, "LPS_Nom", params->software_name);
  add_string (statement, "LPS_Version", params->software_version);
  add_string (statement, "LPS_ID_HOMOLOGATION_DMP", params->homologation);
}

static void
add_authentication (xmlNode *assertion, const DmpVihfParams *params)
{
  g_autofree char *instant = dup_instant (params->authenticated);
  xmlNode *statement =
      dmp_xml_add (assertion, NS_SAML, "AuthnStatement", "AuthnInstant", instant, NULL);
  xmlNode *context = dmp_xml_add (statement, NS_SAML, "AuthnContext", NULL);
  const char *class = params->authn_class;

  if (class == NULL)
    class = params->authentication == DMP_VIHF_INDIRECT ? CLASS_PASSWORD : CLASS_SMARTCARD;
  dmp_xml_add_text (context, NS_SAML, "AuthnContextClassRef", class, NULL);
  if (params->authentication == DMP_VIHF_INDIRECT_REINFORCED)
    dmp_xml_add_text (context, NS_SAML, "AuthnContextDecl", class, NULL);
}

/* Returns: the Issuer, after which the signature goes */
static xmlNode *
add_content (xmlNode *assertion, const DmpVihfParams *params, X509 *certificate)
{
  g_autoptr (GDateTime) now =
      params->issued != NULL ? g_date_time_ref (params->issued) : g_date_time_new_now_utc ();
  g_autofree char *instant = dup_instant (now);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *id = g_strconcat ("_", uuid, NULL);
  g_autofree char *name = dmp_vihf_dup_issuer (certificate);
  xmlNode *issuer;

  dmp_xml_declare (assertion, "xsi", NS_XSI);
  dmp_xml_declare (assertion, "xs", NS_XS);
  dmp_xml_set (assertion, "ID", id);
  dmp_xml_set (assertion, "IssueInstant", instant);
  dmp_xml_set (assertion, "Version", "2.0");
  issuer = dmp_xml_add_text (assertion, NS_SAML, "Issuer", name, "Format", X509_SUBJECT_NAME, NULL);
  dmp_xml_add_text (dmp_xml_add (assertion, NS_SAML, "Subject", NULL), NS_SAML, "NameID",
                    dmp_practitioner_get_national_id (params->practitioner), NULL);
  add_authentication (assertion, params);
  add_attributes (assertion, params);

  return issuer;
}

DmpVihf *
dmp_vihf_new (const DmpVihfParams *params, const DmpXmlSigner *signer, GError **error)
{
  g_autoptr (DmpVihf) self = NULL;
  xmlNode *assertion;
  xmlNode *issuer;

  if (!check (params, signer, error))
    return NULL;

  self = g_new0 (DmpVihf, 1);
  g_atomic_ref_count_init (&self->references);
  self->doc = dmp_xml_new (NS_SAML, "saml2", "Assertion");
  assertion = dmp_xml_root (self->doc);
  issuer = add_content (assertion, params, signer->certificate);

  return dmp_xml_sign (assertion, "ID", issuer, signer, error) ? g_steal_pointer (&self) : NULL;
}

DmpVihf *
dmp_vihf_ref (DmpVihf *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
dmp_vihf_unref (DmpVihf *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  dmp_xml_free_wiped (self->doc);
  g_free (self);
}

xmlNode *
dmp_vihf_get_assertion (const DmpVihf *self)
{
  return dmp_xml_root (self->doc);
}
