/* What stands in a document must be what its metadata say. */
#include "config.h"

#include "dmp-host-error.h"
#include "dmp-host-feed.h"
#include "dmp-host-mtom.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS_CDA "urn:hl7-org:v3"

static gboolean
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return FALSE;
}

gboolean
dmp_host_entry_is_signature (const DmpHostEntry *entry)
{
  return dmp_host_entry_has_code (entry, DMP_HOST_CODE_CLASS, DMP_HOST_CLASS_SIGNATURE);
}

static gboolean
patient_is (xmlNode *root, const DmpHostVihf *vihf)
{
  xmlNode *role = dmp_xml_path (root, NS_CDA, "recordTarget/patientRole");

  if (dmp_xml_next (dmp_xml_child (root, NS_CDA, "recordTarget"), NS_CDA, "recordTarget") != NULL)
    return FALSE;
  dmp_xml_each (id, role, NS_CDA, "id")
  {
    if (g_strcmp0 (dmp_xml_attr (id, "root"), vihf->ins_oid) == 0)
      return g_strcmp0 (dmp_xml_attr (id, "extension"), vihf->ins) == 0;
  }
  return FALSE;
}

static gboolean
check_cda (xmlNode *root, const DmpHostEntry *entry, const DmpHostVihf *vihf, GError **error)
{
  const DmpHostCode *type = dmp_host_entry_get_code (entry, DMP_HOST_CODE_TYPE);
  xmlNode *id = dmp_xml_child (root, NS_CDA, "id");
  xmlNode *code = dmp_xml_child (root, NS_CDA, "code");

  if (!dmp_xml_is (root, NS_CDA, "ClinicalDocument"))
    return refuse (error, DMP_HOST_ERROR_INVALID_CONTENT, "Le document n'est pas un CDA");
  if (!patient_is (root, vihf))
    return refuse (error, DMP_HOST_ERROR_OTHER_PATIENT,
                   "Patient du document différent de celui du VIHF");
  if (g_strcmp0 (dmp_xml_attr (id, "root"), entry->unique_id) != 0 ||
      dmp_xml_attr (id, "extension") != NULL)
    return refuse (error, DMP_HOST_ERROR_INVALID_CONTENT,
                   "Identifiant du document différent de son uniqueId");
  if (g_strcmp0 (dmp_xml_attr (code, "code"), type->code) != 0)
    return refuse (error, DMP_HOST_ERROR_INVALID_CONTENT,
                   "Type du document différent de son typeCode");
  return TRUE;
}

gboolean
dmp_host_content_check (const DmpHostEntry *entry,
                        GBytes *bytes,
                        const DmpHostVihf *vihf,
                        GError **error)
{
  const char *mime = entry->text[DMP_HOST_TEXT_MIME];
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  xmlDoc *doc;
  gboolean ok;

  if (size == 0)
    return refuse (error, DMP_HOST_ERROR_INVALID_CONTENT, "Document vide");
  if (!dmp_host_mime_is (mime, "text/xml") && !dmp_host_mime_is (mime, "application/xslt+xml"))
    return TRUE;
  doc = dmp_xml_parse (data, size, NULL);
  if (doc == NULL)
    return refuse (error, DMP_HOST_ERROR_INVALID_CONTENT, "Le document n'est pas du XML lisible");
  ok = dmp_host_entry_is_signature (entry) || check_cda (dmp_xml_root (doc), entry, vihf, error);
  dmp_xml_free_wiped (doc);
  return ok;
}
