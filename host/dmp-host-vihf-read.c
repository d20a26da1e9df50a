#include "config.h"

#include "dmp-host-vihf-read.h"

#include "dmp-host-error.h"
#include "dmp-host-soap.h"
#include "model/dmp-ins.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS_V3 "urn:hl7-org:v3"
#define OID_PROFESSION "1.2.250.1.71.1.2.7"
#define OID_SPECIALITY "1.2.250.1.71.4.2.5"
#define MAX_ATTRIBUTES 64

static gpointer
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INVALID_VIHF, text);
  return NULL;
}

void
dmp_host_vihf_free (DmpHostVihf *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name_id);
  g_free (self->structure);
  g_free (self->profession);
  g_free (self->speciality);
  g_free (self->ins);
  g_free (self->ins_oid);
  g_free (self);
}

gboolean
dmp_host_parse_cx (const char *cx, char **ins, char **oid)
{
  g_auto (GStrv) parts = g_strsplit (cx, "^", -1);
  g_auto (GStrv) authority = NULL;

  if (g_strv_length (parts) < 4)
    return FALSE;
  authority = g_strsplit (parts[3], "&", -1);
  if (*parts[0] == '\0' || *parts[1] != '\0' || *parts[2] != '\0' ||
      g_strv_length (authority) != 3 || *authority[0] != '\0' || *authority[1] == '\0' ||
      strcmp (authority[2], "ISO") != 0)
    return FALSE;
  *ins = g_strdup (parts[0]);
  *oid = g_strdup (authority[1]);
  return TRUE;
}

/* Name → saml2:Attribute; NULL when a name comes twice. */
static GHashTable *
index_attributes (xmlNode *statement)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  dmp_xml_each (attribute, statement, DMP_HOST_NS_SAML2, "Attribute")
  {
    const char *name = dmp_xml_attr (attribute, "Name");
    g_autofree char *key = NULL;

    if (name == NULL || g_hash_table_size (table) >= MAX_ATTRIBUTES)
      return NULL;
    /* Both spellings of Authentification_Mode are one name. */
    key = g_ascii_strdown (name, -1);
    if (!g_hash_table_insert (table, g_steal_pointer (&key), attribute))
      return NULL;
  }
  return g_steal_pointer (&table);
}

static xmlNode *
value_of (GHashTable *attributes, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return dmp_xml_child (g_hash_table_lookup (attributes, key), DMP_HOST_NS_SAML2, "AttributeValue");
}

/* The text of the one value; NULL when missing, repeated or empty. */
static char *
dup_value (GHashTable *attributes, const char *name)
{
  xmlNode *value = value_of (attributes, name);
  g_autofree char *text = dmp_xml_text (value);

  if (text == NULL || *text == '\0' ||
      dmp_xml_next (value, DMP_HOST_NS_SAML2, "AttributeValue") != NULL)
    return NULL;
  return g_steal_pointer (&text);
}

static gboolean
read_auth (DmpHostVihf *self, GHashTable *attributes)
{
  static const char *const words[] = { "DIRECTE", "INDIRECTE", "INDIRECTE_RENFORCEE" };
  g_autofree char *mode = dup_value (attributes, "Authentification_Mode");

  for (guint i = 0; mode != NULL && i < G_N_ELEMENTS (words); i++)
    if (strcmp (mode, words[i]) == 0)
      {
        self->auth = (DmpHostAuth) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_purpose (DmpHostVihf *self, GHashTable *attributes)
{
  xmlNode *value = value_of (attributes, "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse");
  const char *code = dmp_xml_attr (dmp_xml_child (value, NS_V3, "PurposeOfUse"), "code");

  for (guint i = 0; code != NULL && i <= DMP_HOST_PURPOSE_BREAK_GLASS; i++)
    if (strcmp (code, dmp_host_purpose_name ((DmpHostPurpose) i)) == 0)
      {
        self->purpose = (DmpHostPurpose) i;
        return dmp_xml_next (value, DMP_HOST_NS_SAML2, "AttributeValue") == NULL;
      }
  return FALSE;
}

static gboolean
read_roles (DmpHostVihf *self, GHashTable *attributes)
{
  xmlNode *value = value_of (attributes, "urn:oasis:names:tc:xacml:2.0:subject:role");

  for (; value != NULL; value = dmp_xml_next (value, DMP_HOST_NS_SAML2, "AttributeValue"))
    {
      xmlNode *role = dmp_xml_child (value, NS_V3, "Role");
      const char *code = dmp_xml_attr (role, "code");
      const char *system = dmp_xml_attr (role, "codeSystem");
      char **field;

      if (code == NULL || system == NULL || dmp_xml_next (role, "*", "*") != NULL)
        return FALSE;
      field = strcmp (system, OID_PROFESSION) == 0   ? &self->profession
              : strcmp (system, OID_SPECIALITY) == 0 ? &self->speciality
                                                     : NULL;
      if (field != NULL && *field != NULL)
        return FALSE;
      if (field != NULL)
        *field = g_strdup (code);
    }
  if (self->profession == NULL)
    self->profession = g_strdup ("");
  if (self->speciality == NULL)
    self->speciality = g_strdup ("");
  return TRUE;
}

static gboolean
read_patient (DmpHostVihf *self, GHashTable *attributes)
{
  const char *name = "urn:oasis:names:tc:xacml:2.0:resource:resource-id";
  g_autofree char *cx = dup_value (attributes, name);

  if (cx == NULL)
    return value_of (attributes, name) == NULL;
  return dmp_host_parse_cx (cx, &self->ins, &self->ins_oid) && dmp_ins_check (self->ins, NULL);
}

static gboolean
read_attributes (DmpHostVihf *self, xmlNode *root, GError **error)
{
  static const char *const required[] = { "VIHF_Version", "Ressource_URN", "LPS_Nom", "LPS_Version",
                                          "LPS_ID_HOMOLOGATION_DMP" };
  const char *confidentiality =
      "urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code";
  xmlNode *statement = dmp_xml_child (root, DMP_HOST_NS_SAML2, "AttributeStatement");
  g_autoptr (GHashTable) attributes = index_attributes (statement);
  g_autofree char *version = NULL;

  if (attributes == NULL ||
      dmp_xml_next (statement, DMP_HOST_NS_SAML2, "AttributeStatement") != NULL)
    return refuse (error, "Attributs du VIHF illisibles ou en double") != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    {
      g_autofree char *text = dup_value (attributes, required[i]);
      if (text == NULL)
        return refuse (error, "Attribut obligatoire absent du VIHF") != NULL;
    }
  version = dup_value (attributes, "VIHF_Version");
  if (g_strcmp0 (version, "3.0") != 0 && g_strcmp0 (version, "4.0") != 0)
    return refuse (error, "Version de VIHF inconnue") != NULL;
  self->structure = dup_value (attributes, "Identifiant_Structure");
  self->secret = value_of (attributes, confidentiality) != NULL;
  if (self->structure == NULL || !read_auth (self, attributes) ||
      !read_purpose (self, attributes) || !read_roles (self, attributes))
    return refuse (error, "Structure, mode, rôle ou motif d'accès absent ou inconnu") != NULL;
  if (!read_patient (self, attributes))
    return refuse (error, "Patient du VIHF illisible") != NULL;
  return TRUE;
}

/* xs:dateTime with a zone → seconds; G_MININT64 when it is none. */
static gint64
read_instant (const char *text)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix (time) : G_MININT64;
}

static gboolean
read_conditions (DmpHostVihf *self, xmlNode *root)
{
  xmlNode *conditions = dmp_xml_child (root, DMP_HOST_NS_SAML2, "Conditions");
  const char *before = dmp_xml_attr (conditions, "NotBefore");
  const char *until = dmp_xml_attr (conditions, "NotOnOrAfter");

  self->until = G_MAXINT64;
  if (until != NULL)
    self->until = read_instant (until);
  if (before != NULL && (read_instant (before) == G_MININT64 ||
                         read_instant (before) > self->issued + DMP_HOST_VIHF_WINDOW))
    return FALSE;
  return self->until != G_MININT64 &&
         dmp_xml_next (conditions, DMP_HOST_NS_SAML2, "Conditions") == NULL;
}

DmpHostVihf *
dmp_host_vihf_read (GBytes *signed_bytes, char **issuer, GError **error)
{
  g_autoptr (DmpHostVihf) self = g_new0 (DmpHostVihf, 1);
  gsize size;
  const char *data = g_bytes_get_data (signed_bytes, &size);
  g_autoptr (xmlDoc) doc = dmp_xml_parse (data, size, NULL);
  xmlNode *root = doc != NULL ? dmp_xml_root (doc) : NULL;
  xmlNode *issuer_node = dmp_xml_child (root, DMP_HOST_NS_SAML2, "Issuer");
  xmlNode *subject = dmp_xml_child (root, DMP_HOST_NS_SAML2, "Subject");

  if (!dmp_xml_is (root, DMP_HOST_NS_SAML2, "Assertion") || issuer_node == NULL ||
      dmp_xml_next (issuer_node, DMP_HOST_NS_SAML2, "Issuer") != NULL ||
      dmp_xml_next (subject, DMP_HOST_NS_SAML2, "Subject") != NULL ||
      g_strcmp0 (dmp_xml_attr (root, "Version"), "2.0") != 0 ||
      dmp_xml_child (root, DMP_HOST_NS_SAML2, "AuthnStatement") == NULL)
    return refuse (error, "VIHF mal formé");
  self->id = g_strdup (dmp_xml_attr (root, "ID"));
  self->name_id = dmp_xml_text (dmp_xml_child (subject, DMP_HOST_NS_SAML2, "NameID"));
  self->issued = read_instant (dmp_xml_attr (root, "IssueInstant"));
  if (self->id == NULL || self->name_id == NULL || *self->name_id == '\0' ||
      self->issued == G_MININT64 || !read_conditions (self, root))
    return refuse (error, "Identifiant, titulaire ou dates du VIHF illisibles");
  if (!read_attributes (self, root, error))
    return NULL;
  *issuer = dmp_xml_text (issuer_node);
  return g_steal_pointer (&self);
}
