#include "config.h"

#include "dmp-cda-write.h"

#include "dmp-cda-frame-private.h"

#include <glib/gi18n-lib.h>

static gboolean
check (const DmpCdaLevel1 *in, GError **error)
{
  static const char *const mimes[] = { "application/pdf", "image/jpeg", "image/tiff",
                                       "text/rtf",        "text/plain", NULL };

  if (in->bytes == NULL || g_bytes_get_size (in->bytes) == 0)
    return dmp_cda_frame_missing (error, _ ("le fichier à joindre"));
  if (in->mime == NULL || !g_strv_contains (mimes, in->mime))
    return dmp_cda_frame_missing (
        error, _ ("un format de fichier que le DMP accepte (PDF, JPEG, TIFF, RTF, texte)"));
  return TRUE;
}

static void
add_body (xmlNode *root, const DmpCdaLevel1 *in)
{
  gsize len = 0;
  const guchar *data = g_bytes_get_data (in->bytes, &len);
  g_autofree char *encoded = g_base64_encode (data, len);
  xmlNode *component = dmp_xml_add (root, DMP_NS_CDA, "component", NULL);
  xmlNode *body = dmp_xml_add (component, DMP_NS_CDA, "nonXMLBody", NULL);

  dmp_xml_add_text (body, DMP_NS_CDA, "text", encoded, "mediaType", in->mime, "representation",
                    "B64", NULL);
}

GBytes *
dmp_cda_write_level1 (const DmpCdaLevel1 *in, GError **error)
{
  g_autoptr (xmlDoc) doc = NULL;

  if (!check (in, error))
    return NULL;
  doc = dmp_cda_frame_new_document (&in->frame, error);
  if (doc == NULL)
    return NULL;
  add_body (xmlDocGetRootElement (doc), in);
  return dmp_xml_write (doc);
}
