/* The metadata of a feed (xds.md §1): what must be there is there, once, and of the right form. */
#include "config.h"

#include "dmp-host-error.h"
#include "dmp-host-rim.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS DMP_HOST_NS_RIM

static gpointer
refuse (GError **error, const char *what, const char *why)
{
  g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_REGISTRY_METADATA, "%s : %s", what, why);
  return NULL;
}

GPtrArray *
dmp_host_rim_slot (xmlNode *object, const char *name)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  dmp_xml_each (slot, object, NS, "Slot")
  {
    if (g_strcmp0 (dmp_xml_attr (slot, "name"), name) != 0)
      continue;
    dmp_xml_each (value, dmp_xml_child (slot, NS, "ValueList"), NS, "Value")
        g_ptr_array_add (values, dmp_xml_text (value));
  }
  return values;
}

/* "" counts as missing. Returns FALSE for more than one value. */
static gboolean
read_slot (xmlNode *object, const char *name, char **text)
{
  g_autoptr (GPtrArray) values = dmp_host_rim_slot (object, name);

  if (values->len == 1 && *(char *) values->pdata[0] != '\0')
    *text = g_strdup (values->pdata[0]);
  return values->len <= 1;
}

static char *
dup_label (xmlNode *object, const char *element)
{
  xmlNode *node = dmp_xml_path (object, NS, element);
  const char *value = dmp_xml_attr (dmp_xml_child (node, NS, "LocalizedString"), "value");

  return value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

static gboolean
is_time (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return text[n] == '\0' && n >= 4 && n <= 14 && n % 2 == 0;
}

static gboolean
read_texts (DmpHostEntry *entry, xmlNode *object, GError **error)
{
  for (gsize i = 0; i < dmp_host_n_slots; i++)
    {
      const DmpHostSlotRow *row = &dmp_host_slots[i];
      char **text = &entry->text[row->text];
      gboolean time = g_str_has_suffix (row->slot, "Time");

      if (!read_slot (object, row->slot, text))
        return refuse (error, row->slot, "plusieurs valeurs") != NULL;
      if (*text == NULL && row->required && !entry->is_set)
        return refuse (error, row->slot, "attribut obligatoire absent") != NULL;
      if (*text != NULL && time && !is_time (*text))
        return refuse (error, row->slot, "date illisible") != NULL;
    }
  entry->text[DMP_HOST_TEXT_TITLE] = dup_label (object, "Name");
  entry->text[DMP_HOST_TEXT_COMMENTS] = dup_label (object, "Description");
  if (entry->is_set)
    return entry->text[DMP_HOST_TEXT_SUBMISSION_TIME] != NULL ||
           refuse (error, "submissionTime", "attribut obligatoire absent") != NULL;
  entry->text[DMP_HOST_TEXT_MIME] = g_strdup (dmp_xml_attr (object, "mimeType"));
  if (entry->text[DMP_HOST_TEXT_MIME] == NULL)
    return refuse (error, "mimeType", "attribut obligatoire absent") != NULL;
  return entry->text[DMP_HOST_TEXT_TITLE] != NULL ||
         refuse (error, "title", "attribut obligatoire absent") != NULL;
}

static gboolean
read_author (DmpHostEntry *entry, xmlNode *node)
{
  g_autofree char *person = NULL;
  g_autofree char *institution = NULL;
  g_autofree char *specialty = NULL;
  g_autofree char *role = NULL;

  if (!read_slot (node, "authorPerson", &person) ||
      !read_slot (node, "authorInstitution", &institution) ||
      !read_slot (node, "authorSpecialty", &specialty) || !read_slot (node, "authorRole", &role) ||
      (person == NULL && institution == NULL))
    return FALSE;
  dmp_host_entry_add_author (entry, person, institution, specialty, role);
  return TRUE;
}

static gboolean
read_classifications (DmpHostEntry *entry, xmlNode *object, GError **error)
{
  dmp_xml_each (node, object, NS, "Classification")
  {
    const char *scheme = dmp_xml_attr (node, "classificationScheme");
    const char *code = dmp_xml_attr (node, "nodeRepresentation");
    g_autofree char *system = NULL;
    g_autofree char *display = dup_label (node, "Name");

    if (scheme == NULL)
      continue;
    if (strcmp (scheme, dmp_host_scheme_author (entry->is_set)) == 0)
      {
        if (!read_author (entry, node))
          return refuse (error, "author", "auteur illisible") != NULL;
        continue;
      }
    for (gsize i = 0; i < dmp_host_n_schemes; i++)
      if (strcmp (scheme, dmp_host_schemes[i].scheme) == 0)
        {
          if (code == NULL || *code == '\0' || !read_slot (node, "codingScheme", &system) ||
              system == NULL)
            return refuse (error, scheme, "code ou codingScheme absent") != NULL;
          dmp_host_entry_add_code (entry, dmp_host_schemes[i].kind, code, system, display);
        }
  }
  return TRUE;
}

static gboolean
check_codes (const DmpHostEntry *entry, GError **error)
{
  if (entry->authors->len == 0)
    return refuse (error, "author", "attribut obligatoire absent") != NULL;
  for (gsize i = 0; i < dmp_host_n_schemes; i++)
    {
      guint n = 0;

      for (guint j = 0; j < entry->codes->len; j++)
        n += ((const DmpHostCode *) entry->codes->pdata[j])->kind == dmp_host_schemes[i].kind;
      if (n == 0 && (entry->is_set ? dmp_host_schemes[i].kind == DMP_HOST_CODE_CONTENT_TYPE
                                   : dmp_host_schemes[i].required))
        return refuse (error, dmp_host_schemes[i].scheme, "attribut obligatoire absent") != NULL;
      if (n > 1 && !dmp_host_schemes[i].repeats)
        return refuse (error, dmp_host_schemes[i].scheme, "plusieurs valeurs") != NULL;
    }
  return TRUE;
}

/* The one ExternalIdentifier of that scheme. */
static char *
dup_identifier (xmlNode *object, const char *scheme)
{
  const char *value = NULL;
  guint n = 0;

  dmp_xml_each (node, object, NS, "ExternalIdentifier")
  {
    if (g_strcmp0 (dmp_xml_attr (node, "identificationScheme"), scheme) != 0)
      continue;
    value = dmp_xml_attr (node, "value");
    n++;
  }
  return n == 1 ? g_strdup (value) : NULL;
}

/* The DMP takes no OID^extension (VSMIN §3.5.5.4). */
static gboolean
is_oid (const char *text)
{
  gsize n = strlen (text);

  return n > 0 && n <= 128 && strspn (text, "0123456789.") == n && g_ascii_isdigit (text[0]) &&
         g_ascii_isdigit (text[n - 1]) && strstr (text, "..") == NULL;
}

DmpHostEntry *
dmp_host_rim_read_entry (xmlNode *object, char **patient, GError **error)
{
  gboolean set = dmp_xml_is (object, NS, "RegistryPackage");
  g_autoptr (DmpHostEntry) entry = dmp_host_entry_new (set);
  g_autofree char *cx = dup_identifier (object, dmp_host_scheme_patient (set));
  g_autoptr (GPtrArray) infos = dmp_host_rim_slot (object, "sourcePatientInfo");
  g_autoptr (GPtrArray) refs = dmp_host_rim_slot (object, DMP_HOST_SLOT_REFERENCES);

  entry->entry_uuid = g_strdup (dmp_xml_attr (object, "id"));
  entry->unique_id = dup_identifier (object, dmp_host_scheme_unique_id (set));
  if (entry->entry_uuid == NULL || *entry->entry_uuid == '\0' || cx == NULL)
    return refuse (error, set ? "XDSSubmissionSet" : "XDSDocumentEntry",
                   "identifiant ou patient absent");
  if (entry->unique_id == NULL || !is_oid (entry->unique_id))
    return refuse (error, "uniqueId", "un OID sans extension est attendu");
  if (set)
    {
      entry->text[DMP_HOST_TEXT_SOURCE_ID] = dup_identifier (object, DMP_HOST_SCHEME_SOURCE_ID);
      if (entry->text[DMP_HOST_TEXT_SOURCE_ID] == NULL)
        return refuse (error, "sourceId", "attribut obligatoire absent");
    }
  else if (g_strcmp0 (dmp_xml_attr (object, "objectType"), DMP_HOST_TYPE_DOCUMENT) != 0)
    return refuse (error, "objectType", "type d'objet inconnu");
  if (!read_texts (entry, object, error) || !read_classifications (entry, object, error) ||
      !check_codes (entry, error))
    return NULL;
  g_ptr_array_unref (entry->infos);
  g_ptr_array_unref (entry->refs);
  entry->infos = g_steal_pointer (&infos);
  entry->refs = g_steal_pointer (&refs);
  *patient = g_steal_pointer (&cx);
  return g_steal_pointer (&entry);
}
