/* The signature of a submission set (cda.md §10): XAdES 1.1.1, detached, one of its documents. What
 * is believed is read from the bytes that xmlsec has digested, nothing else. */
#include "config.h"

#include "dmp-host-error.h"
#include "dmp-host-feed.h"
#include "dmp-host-xmldsig.h"
#include "xml/dmp-c14n.h"
#include "xml/dmp-xml.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

#define NS_DS "http://www.w3.org/2000/09/xmldsig#"
#define NS_XADES "http://uri.etsi.org/01903/v1.1.1#"
#define TYPE_MANIFEST NS_DS "Manifest"
#define TYPE_PROPERTIES NS_XADES "SignedProperties"
#define PURPOSE_SOURCE "1.2.840.10065.1.12.1.14"
#define MAX_OBJECTS 8

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_REPOSITORY_METADATA, "Signature du lot : %s",
               why);
  return FALSE;
}

/* --- The document that signs ----------------------------------------------------------------- */

/* The element with that Id, where the profile puts it: in an Object of the one signature. */
static xmlNode *
find_signed (xmlNode *signature, const char *uri, const char *ns, const char *path)
{
  xmlNode *found = NULL;

  if (uri == NULL || uri[0] != '#' || uri[1] == '\0')
    return NULL;
  dmp_xml_each (object, signature, NS_DS, "Object")
  {
    xmlNode *node = dmp_xml_path (object, ns, path);

    if (node == NULL)
      continue;
    if (found != NULL || dmp_xml_next (node, "*", "*") != NULL)
      return NULL;
    found = node;
  }
  return g_strcmp0 (dmp_xml_attr (found, "Id"), uri + 1) == 0 ? found : NULL;
}

/* SignedInfo, SignatureValue, KeyInfo, then Objects; two references: the manifest, and the
 * properties. */
static gboolean
find_references (xmlNode *signature, xmlNode *parts[2])
{
  static const char *const order[] = { "SignedInfo", "SignatureValue", "KeyInfo" };
  xmlNode *at = dmp_xml_child (signature, "*", "*");
  guint objects = 0;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++, at = dmp_xml_next (at, "*", "*"))
    if (at == NULL || !dmp_xml_is (at, NS_DS, order[i]))
      return FALSE;
  for (; at != NULL; at = dmp_xml_next (at, "*", "*"))
    if (!dmp_xml_is (at, NS_DS, "Object") || ++objects > MAX_OBJECTS)
      return FALSE;
  dmp_xml_each (reference, dmp_xml_child (signature, NS_DS, "SignedInfo"), NS_DS, "Reference")
  {
    const char *type = dmp_xml_attr (reference, "Type");
    const char *uri = dmp_xml_attr (reference, "URI");
    guint which = g_strcmp0 (type, TYPE_PROPERTIES) == 0;

    if ((!which && g_strcmp0 (type, TYPE_MANIFEST) != 0) || parts[which] != NULL)
      return FALSE;
    parts[which] =
        which ? find_signed (signature, uri, NS_XADES, "QualifyingProperties/SignedProperties")
              : find_signed (signature, uri, NS_DS, "Manifest");
    if (parts[which] == NULL)
      return FALSE;
  }
  return parts[0] != NULL && parts[1] != NULL;
}

/* Not signed itself, so it may only say what the profile says. */
static gboolean
check_purpose (xmlNode *signature)
{
  dmp_xml_each (object, signature, NS_DS, "Object")
  {
    xmlNode *property = dmp_xml_path (object, NS_DS, "SignatureProperties/SignatureProperty");
    g_autofree char *text = dmp_xml_text (property);

    if (text != NULL && strcmp (text, PURPOSE_SOURCE) != 0)
      return FALSE;
  }
  return TRUE;
}

/* --- The manifest ---------------------------------------------------------------------------- */

static const EVP_MD *
digest_method (xmlNode *parent, const char *ns)
{
  const char *uri = dmp_xml_attr (dmp_xml_child (parent, ns, "DigestMethod"), "Algorithm");

  if (g_strcmp0 (uri, "http://www.w3.org/2001/04/xmlenc#sha256") == 0)
    return EVP_sha256 ();
  return g_strcmp0 (uri, NS_DS "sha1") == 0 ? EVP_sha1 () : NULL;
}

static gboolean
has_digest (xmlNode *parent, const char *ns, gconstpointer data, gsize size)
{
  const EVP_MD *method = digest_method (parent, ns);
  g_autofree char *text = dmp_xml_text (dmp_xml_child (parent, ns, "DigestValue"));
  guchar digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  gsize said;

  if (method == NULL || text == NULL || *text == '\0' ||
      EVP_Digest (data, size, digest, &length, method, NULL) != 1)
    return FALSE;
  g_base64_decode_inplace (text, &said);
  return said == length && memcmp (text, digest, length) == 0;
}

/* How the document is to be made canonical. */
static gboolean
read_form (xmlNode *reference, DmpC14n *form, gboolean *raw)
{
  xmlNode *transforms = dmp_xml_child (reference, NS_DS, "Transforms");
  xmlNode *transform = dmp_xml_child (transforms, "*", "*");
  const char *uri = dmp_xml_attr (transform, "Algorithm");

  *raw = transforms == NULL;
  if (*raw)
    return TRUE;
  if (uri == NULL || dmp_xml_next (transform, "*", "*") != NULL ||
      dmp_xml_child (transform, "*", "*") != NULL)
    return FALSE;
  if (strcmp (uri, DMP_C14N_INCLUSIVE_COMMENTS_URI) == 0)
    *form = DMP_C14N_INCLUSIVE_COMMENTS;
  else if (strcmp (uri, DMP_C14N_INCLUSIVE_URI) == 0)
    *form = DMP_C14N_INCLUSIVE;
  else if (strcmp (uri, DMP_C14N_EXCLUSIVE_URI) == 0)
    *form = DMP_C14N_EXCLUSIVE;
  else
    return FALSE;
  return TRUE;
}

static gboolean
covers (xmlNode *reference, GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  DmpC14n form = DMP_C14N_INCLUSIVE;
  g_autoptr (GBytes) canonical = NULL;
  gboolean raw;
  xmlDoc *doc;

  if (!read_form (reference, &form, &raw))
    return FALSE;
  if (raw)
    return has_digest (reference, NS_DS, data, size);
  doc = dmp_xml_parse (data, size, NULL);
  if (doc != NULL)
    canonical = dmp_c14n ((xmlNode *) doc, form, NULL, NULL, NULL);
  dmp_xml_free_wiped (doc);
  if (canonical == NULL)
    return FALSE;
  data = g_bytes_get_data (canonical, &size);
  return has_digest (reference, NS_DS, data, size);
}

static gboolean
names (xmlNode *reference, const char *unique_id)
{
  const char *uri = dmp_xml_attr (reference, "URI");

  return uri != NULL && g_str_has_prefix (uri, "urn:oid:") &&
         strcmp (uri + strlen ("urn:oid:"), unique_id) == 0;
}

/* Every document of the set once, in any order, after the set itself; nothing else. */
static gboolean
check_manifest (xmlNode *manifest, const DmpHostFeed *feed, GError **error)
{
  xmlNode *at = dmp_xml_child (manifest, "*", "*");
  g_autofree gboolean *seen = g_new0 (gboolean, feed->documents->len);
  guint n = 0;

  if (!dmp_xml_is (at, NS_DS, "Reference") || !names (at, feed->set->unique_id))
    return refuse (error, "ce n'est pas ce lot qui est signé");
  while ((at = dmp_xml_next (at, "*", "*")) != NULL)
    {
      guint i = 0;

      while (i < feed->documents->len &&
             !names (at, ((const DmpHostEntry *) feed->documents->pdata[i])->unique_id))
        i++;
      if (!dmp_xml_is (at, NS_DS, "Reference") || i == feed->documents->len || seen[i] ||
          dmp_host_entry_is_signature (feed->documents->pdata[i]))
        return refuse (error, "un document signé n'est pas dans le lot, ou y est deux fois");
      if (!covers (at, feed->bodies->pdata[i]))
        return refuse (error, "l'empreinte d'un document n'est pas celle qui est signée");
      seen[i] = TRUE;
      n++;
    }
  return n == feed->documents->len - 1 || refuse (error, "un document du lot n'est pas signé");
}

/* --- The signer ------------------------------------------------------------------------------ */

static gboolean
check_properties (xmlNode *properties, X509 *certificate, gint64 now, GError **error)
{
  xmlNode *own = dmp_xml_child (properties, NS_XADES, "SignedSignatureProperties");
  xmlNode *digest = dmp_xml_path (own, NS_XADES, "SigningCertificate/Cert/CertDigest");
  g_autofree char *time = dmp_xml_text (dmp_xml_child (own, NS_XADES, "SigningTime"));
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) signed_at = time != NULL ? g_date_time_new_from_iso8601 (time, utc) : NULL;
  guchar *der = NULL;
  int size = i2d_X509 (certificate, &der);
  gboolean same = size > 0 && has_digest (digest, NS_XADES, der, (gsize) size);

  OPENSSL_free (der);
  if (!same)
    return refuse (error, "le certificat n'est pas celui qui est signé");
  if (signed_at == NULL || g_date_time_to_unix (signed_at) > now + DMP_HOST_VIHF_WINDOW)
    return refuse (error, "heure de signature absente ou future");
  return TRUE;
}

/* Who signs is who sends: the subject of the token and an author of the set. */
static gboolean
check_signer (const DmpHostFeed *feed, const DmpHostCall *call, X509 *certificate, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (DmpHostIdentity) signer =
      dmp_host_pki_check (call->host->pki, certificate, DMP_HOST_DUTY_SIGNATURE, call->now, &cause);
  const DmpHostVihf *vihf = call->vihf;
  gboolean organisation, same;

  if (signer == NULL)
    return refuse (error, cause->message);
  organisation = signer->holder == DMP_HOST_HOLDER_ORGANISATION;
  same = organisation ? vihf->auth != DMP_HOST_AUTH_DIRECT &&
                            g_strcmp0 (signer->structure, vihf->structure) == 0 &&
                            dmp_host_entry_is_from (feed->set, signer->structure)
                      : strcmp (signer->id, vihf->name_id) == 0 &&
                            dmp_host_entry_is_by (feed->set, signer->id);
  return same || refuse (error, "le signataire n'est pas l'auteur du lot");
}

/* --- All of it ------------------------------------------------------------------------------- */

static gboolean
check_content (xmlDoc *doc, const DmpHostFeed *feed, const DmpHostCall *call, GError **error)
{
  xmlNode *signature = dmp_xml_root (doc);
  xmlNode *parts[2] = { NULL, NULL };
  g_autoptr (GPtrArray) bytes = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (xmlDoc) manifest = NULL;
  g_autoptr (xmlDoc) properties = NULL;
  X509 *certificate;
  gboolean ok;

  if (!dmp_xml_is (signature, NS_DS, "Signature") || !find_references (signature, parts) ||
      !check_purpose (signature))
    return refuse (error, "forme inattendue");
  certificate = dmp_host_xmldsig_certificate_of (signature, &cause);
  if (certificate != NULL)
    bytes =
        dmp_host_xmldsig_verify_parts (signature, parts, G_N_ELEMENTS (parts), certificate, &cause);
  ok = bytes != NULL || refuse (error, cause->message);
  if (ok)
    {
      GBytes *first = bytes->pdata[0], *second = bytes->pdata[1];

      manifest = dmp_xml_parse (g_bytes_get_data (first, NULL), g_bytes_get_size (first), NULL);
      properties = dmp_xml_parse (g_bytes_get_data (second, NULL), g_bytes_get_size (second), NULL);
      ok = dmp_xml_is (dmp_xml_root (manifest), NS_DS, "Manifest") &&
           dmp_xml_is (dmp_xml_root (properties), NS_XADES, "SignedProperties");
      ok = ok || refuse (error, "forme inattendue");
    }
  ok = ok && check_signer (feed, call, certificate, error) &&
       check_properties (dmp_xml_root (properties), certificate, call->now, error) &&
       check_manifest (dmp_xml_root (manifest), feed, error);
  X509_free (certificate);
  return ok;
}

gboolean
dmp_host_feed_check_signature (const DmpHostFeed *self, const DmpHostCall *call, GError **error)
{
  g_autoptr (xmlDoc) doc = NULL;
  GBytes *body = NULL;
  guint signatures = 0;

  for (guint i = 0; i < self->documents->len; i++)
    if (dmp_host_entry_is_signature (self->documents->pdata[i]))
      {
        body = self->bodies->pdata[i];
        signatures++;
      }
  if (signatures == 0)
    return !call->host->settings.require_signature || call->vihf->auth != DMP_HOST_AUTH_DIRECT ||
           refuse (error, "absente");
  if (signatures > 1 || self->signs == NULL)
    return refuse (error, "plusieurs, ou sans association « signs »");
  doc = dmp_xml_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  return doc != NULL ? check_content (doc, self, call, error) : refuse (error, "XML illisible");
}
