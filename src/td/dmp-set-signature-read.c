#include "config.h"

#include "dmp-set-signature.h"
#include "xml/dmp-xml.h"

#include <glib/gi18n-lib.h>
#include <openssl/x509.h>
#include <string.h>

#define DS DMP_NS_DS
#define XADES DMP_NS_XADES
#define MAX_BYTES (1024 * 1024)
#define OID_PREFIX "urn:oid:"

void
dmp_set_signature_free (DmpSetSignature *self)
{
  if (self == NULL)
    return;
  g_free (self->set_id);
  g_free (self->time);
  X509_free (self->certificate);
  xmlFreeDoc (self->doc);
  g_free (self);
}

static gpointer
refuse (GError **error)
{
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_SIGNATURE,
                       _ ("La signature de l’envoi ne se vérifie pas."));
  return NULL;
}

/* The only element at @path in the Objects of @signature. */
static xmlNode *
find_only (xmlNode *signature, const char *ns, const char *path)
{
  xmlNode *found = NULL;

  dmp_xml_each (object, signature, DS, "Object")
  {
    xmlNode *node = dmp_xml_path (object, ns, path);

    if (node == NULL)
      continue;
    if (found != NULL || dmp_xml_next (node, "*", "*") != NULL)
      return NULL;
    found = node;
  }
  return found;
}

static gboolean
names_certificate (xmlNode *own, X509 *certificate)
{
  xmlNode *digest = dmp_xml_path (own, XADES, "SigningCertificate/Cert/CertDigest");
  g_autoptr (GBytes) bytes = NULL;
  guchar *der = NULL;
  int size = i2d_X509 (certificate, &der);

  if (size > 0)
    bytes = g_bytes_new (der, (gsize) size);
  OPENSSL_free (der);
  return bytes != NULL && dmp_xml_has_digest (digest, XADES, bytes);
}

static const char *
named_id (xmlNode *reference)
{
  const char *uri = dmp_xml_attr (reference, "URI");

  return uri != NULL && g_str_has_prefix (uri, OID_PREFIX) ? uri + strlen (OID_PREFIX) : NULL;
}

DmpSetSignature *
dmp_set_signature_read (GBytes *bytes, GError **error)
{
  g_autoptr (DmpSetSignature) self = g_new0 (DmpSetSignature, 1);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  xmlNode *parts[2], *signature, *own;

  self->doc = size <= MAX_BYTES ? dmp_xml_parse (data, size, NULL) : NULL;
  signature = self->doc != NULL ? dmp_xml_root (self->doc) : NULL;
  if (!dmp_xml_is (signature, DS, "Signature"))
    return refuse (error);
  parts[0] = find_only (signature, DS, "Manifest");
  parts[1] = find_only (signature, XADES, "QualifyingProperties/SignedProperties");
  self->certificate = dmp_xml_signature_dup_certificate (signature);
  if (parts[0] == NULL || parts[1] == NULL || self->certificate == NULL ||
      !dmp_xml_signature_verify (signature, parts, G_N_ELEMENTS (parts), self->certificate, NULL))
    return refuse (error);
  own = dmp_xml_child (parts[1], XADES, "SignedSignatureProperties");
  self->time = dmp_xml_text (dmp_xml_child (own, XADES, "SigningTime"));
  self->set_id = g_strdup (named_id (dmp_xml_child (parts[0], DS, "Reference")));
  if (self->time == NULL || self->set_id == NULL || !names_certificate (own, self->certificate))
    return refuse (error);
  return g_steal_pointer (&self);
}

/* As the reference wants it: canonical, or the bytes as they are. */
static GBytes *
transform (xmlNode *reference, GBytes *bytes)
{
  xmlNode *transforms = dmp_xml_child (reference, DS, "Transforms");
  xmlNode *only = dmp_xml_child (transforms, "*", "*");
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  GBytes *canonical = NULL;
  DmpC14n form;
  xmlDoc *doc;

  if (transforms == NULL)
    return g_bytes_ref (bytes);
  if (dmp_xml_next (only, "*", "*") != NULL || !dmp_xml_read_form (only, &form))
    return NULL;
  doc = dmp_xml_parse (data, size, NULL);
  if (doc != NULL)
    canonical = dmp_c14n ((xmlNode *) doc, form, NULL, NULL, NULL);
  dmp_xml_free_wiped (doc);
  return canonical;
}

DmpSetSignatureCover
dmp_set_signature_covers (const DmpSetSignature *self, const char *unique_id, GBytes *bytes)
{
  xmlNode *manifest = find_only (dmp_xml_root (self->doc), DS, "Manifest");
  xmlNode *set = dmp_xml_child (manifest, DS, "Reference");

  for (xmlNode *at = dmp_xml_next (set, DS, "Reference"); at != NULL;
       at = dmp_xml_next (at, DS, "Reference"))
    if (g_strcmp0 (named_id (at), unique_id) == 0)
      {
        g_autoptr (GBytes) signed_form = transform (at, bytes);

        return signed_form != NULL && dmp_xml_has_digest (at, DS, signed_form)
                   ? DMP_SET_SIGNATURE_SAME
                   : DMP_SET_SIGNATURE_OTHER;
      }
  return DMP_SET_SIGNATURE_ABSENT;
}
