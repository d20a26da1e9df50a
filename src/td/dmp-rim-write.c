#include "config.h"

#include "dmp-rim-write.h"
#include "model/dmp-code-table.h"
#include "model/dmp-oid.h"
#include "model/dmp-xds-strings.h"

#define NS DMP_NS_RIM

static char *
next_id (DmpRimIds *ids)
{
  return g_strdup_printf ("c%02u", ++ids->last);
}

void
dmp_rim_add_slot (xmlNode *parent, const char *name, const char *value)
{
  const char *const values[] = { value, NULL };

  dmp_rim_add_slot_list (parent, name, values);
}

void
dmp_rim_add_slot_list (xmlNode *parent, const char *name, const char *const *values)
{
  xmlNode *list;

  if (values[0] == NULL)
    return;
  list = dmp_xml_add (dmp_xml_add (parent, NS, "Slot", "name", name, NULL), NS, "ValueList", NULL);
  for (gsize i = 0; values[i] != NULL; i++)
    dmp_xml_add_text (list, NS, "Value", values[i], NULL);
}

void
dmp_rim_add_name (xmlNode *parent, const char *element, const char *text)
{
  if (text == NULL)
    return;
  dmp_xml_add (dmp_xml_add (parent, NS, element, NULL), NS, "LocalizedString", "charset", "UTF8",
               "xml:lang", "FR", "value", text, NULL);
}

static xmlNode *
add_classification (xmlNode *object, DmpRimIds *ids, const char *scheme, const char *value)
{
  g_autofree char *id = next_id (ids);

  return dmp_xml_add (object, NS, "Classification", "id", id, "classificationScheme", scheme,
                      "classifiedObject", dmp_xml_attr (object, "id"), "nodeRepresentation", value,
                      NULL);
}

void
dmp_rim_add_code (xmlNode *object, DmpRimIds *ids, const char *scheme, DmpCode *code)
{
  xmlNode *node = add_classification (object, ids, scheme, dmp_code_get_code (code));
  const char *label = dmp_code_get_display (code);

  dmp_rim_add_slot (node, "codingScheme", dmp_code_get_system (code));
  dmp_rim_add_name (node, "Name", label != NULL ? label : dmp_code_get_code (code));
}

void
dmp_rim_add_author (xmlNode *object, DmpRimIds *ids, const char *scheme, const DmpAuthor *author)
{
  xmlNode *node = add_classification (object, ids, scheme, "");
  g_autofree char *person = dmp_xcn_write_author (author);
  g_autofree char *specialty = author->specialty != NULL ? dmp_ce_write (author->specialty) : NULL;

  if (author->institution != NULL || author->institution_id != NULL)
    {
      g_autofree char *institution = dmp_xon_write (author->institution, author->institution_id);

      dmp_rim_add_slot (node, "authorInstitution", institution);
    }
  dmp_rim_add_slot (node, "authorPerson", person);
  dmp_rim_add_slot (node, "authorRole", author->role);
  dmp_rim_add_slot (node, "authorSpecialty", specialty);
}

void
dmp_rim_add_identifier (
    xmlNode *object, DmpRimIds *ids, const char *scheme, const char *name, const char *value)
{
  g_autofree char *id = next_id (ids);
  xmlNode *node = dmp_xml_add (object, NS, "ExternalIdentifier", "id", id, "registryObject",
                               dmp_xml_attr (object, "id"), "identificationScheme", scheme, "value",
                               value, NULL);

  dmp_rim_add_name (node, "Name", name);
}

void
dmp_rim_add_association (xmlNode *list,
                         DmpRimIds *ids,
                         const char *type,
                         const char *source,
                         const char *target,
                         const char *status)
{
  g_autofree char *id = next_id (ids);
  xmlNode *node =
      dmp_xml_add (list, NS, "Association", "id", id, "objectType", DMP_URN_ASSOCIATION,
                   "associationType", type, "sourceObject", source, "targetObject", target, NULL);

  dmp_rim_add_slot (node, "SubmissionSetStatus", status);
}
