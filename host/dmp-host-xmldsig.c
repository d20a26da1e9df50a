#include "config.h"

#include "dmp-host-xmldsig.h"

#include "dmp-host-error.h"
#include "xml/dmp-xml.h"

#include <libxml/valid.h>
#include <openssl/err.h>
#include <string.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/openssl/app.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/templates.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#define NS_DS "http://www.w3.org/2000/09/xmldsig#"
#define NS_EXC "http://www.w3.org/2001/10/xml-exc-c14n#"
#define URI_ENVELOPED NS_DS "enveloped-signature"
#define MAX_CERTIFICATE_CHARS 16384

static void
quiet (const char *file,
       int line,
       const char *func,
       const char *object,
       const char *subject,
       int reason,
       const char *message)
{
}

gboolean
dmp_host_xmldsig_init (GError **error)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      gboolean ok;

      xmlInitParser ();
      ok = xmlSecInit () >= 0 && xmlSecCheckVersion () == 1 && xmlSecOpenSSLAppInit (NULL) >= 0 &&
           xmlSecOpenSSLInit () >= 0;
      xmlSecErrorsSetCallback (quiet);
      g_once_init_leave (&once, ok ? 1 : 2);
    }
  if (once == 1)
    return TRUE;
  g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "xmlsec does not start");
  return FALSE;
}

static gpointer
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return NULL;
}

/* The only child element of that name. */
static xmlNode *
only_child (xmlNode *parent, const char *ns, const char *name)
{
  xmlNode *child = dmp_xml_child (parent, ns, name);

  return child != NULL && dmp_xml_next (child, ns, name) == NULL ? child : NULL;
}

static guint
count_children (xmlNode *parent)
{
  guint n = 0;

  dmp_xml_each (child, parent, "*", "*") n++;
  return n;
}

static gboolean
algorithm_is (xmlNode *node, const char *first, const char *second)
{
  const char *uri = dmp_xml_attr (node, "Algorithm");

  return uri != NULL && (strcmp (uri, first) == 0 || strcmp (uri, second) == 0);
}

/* SignedInfo as SAML §5.4 and vihf.md §3 want it: nothing more, nothing elsewhere. */
static gboolean
check_shape (xmlNode *signature, const char *id, GError **error)
{
  xmlNode *info = only_child (signature, NS_DS, "SignedInfo");
  xmlNode *reference = only_child (info, NS_DS, "Reference");
  xmlNode *transforms = only_child (reference, NS_DS, "Transforms");
  xmlNode *first = dmp_xml_child (transforms, NS_DS, "Transform");
  xmlNode *second = dmp_xml_next (first, NS_DS, "Transform");
  const char *uri = dmp_xml_attr (reference, "URI");

  if (info == NULL || count_children (info) != 3 || count_children (signature) != 3 ||
      reference == NULL || uri == NULL || uri[0] != '#' || strcmp (uri + 1, id) != 0)
    return refuse (error, DMP_HOST_ERROR_INVALID_VIHF,
                   "La signature ne porte pas sur l'assertion et elle seule") != NULL;
  if (count_children (transforms) != 2 || !algorithm_is (first, URI_ENVELOPED, URI_ENVELOPED) ||
      !algorithm_is (second, NS_EXC, NS_EXC) || count_children (first) != 0 ||
      !algorithm_is (only_child (info, NS_DS, "CanonicalizationMethod"), NS_EXC, NS_EXC) ||
      !algorithm_is (only_child (info, NS_DS, "SignatureMethod"), NS_DS "rsa-sha1",
                     "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256") ||
      !algorithm_is (only_child (reference, NS_DS, "DigestMethod"), NS_DS "sha1",
                     "http://www.w3.org/2001/04/xmlenc#sha256"))
    return refuse (error, DMP_HOST_ERROR_INVALID_VIHF, "Algorithme de signature non admis") != NULL;
  return TRUE;
}

X509 *
dmp_host_xmldsig_certificate_of (xmlNode *signature, GError **error)
{
  xmlNode *info = only_child (signature, NS_DS, "KeyInfo");
  xmlNode *data = only_child (info, NS_DS, "X509Data");
  xmlNode *node = only_child (data, NS_DS, "X509Certificate");
  g_autofree char *text = NULL;
  const unsigned char *p;
  gsize size;
  X509 *certificate;

  if (node == NULL || count_children (info) != 1 || count_children (data) != 1)
    return refuse (error, DMP_HOST_ERROR_INVALID_VIHF, "KeyInfo sans certificat seul");
  text = dmp_xml_text (node);
  if (*text == '\0' || strlen (text) > MAX_CERTIFICATE_CHARS)
    return refuse (error, DMP_HOST_ERROR_INVALID_VIHF, "Certificat de signature illisible");
  p = g_base64_decode_inplace (text, &size);
  certificate = d2i_X509 (NULL, &p, (long) size);
  ERR_clear_error ();
  if (certificate == NULL || (const char *) p != text + size)
    {
      X509_free (certificate);
      return refuse (error, DMP_HOST_ERROR_INVALID_VIHF, "Certificat de signature illisible");
    }
  return certificate;
}

X509 *
dmp_host_xmldsig_certificate (xmlNode *element, GError **error)
{
  xmlNode *signature = only_child (element, NS_DS, "Signature");

  if (signature == NULL)
    return refuse (error, DMP_HOST_ERROR_INVALID_VIHF, "Assertion sans signature, ou plusieurs");
  return dmp_host_xmldsig_certificate_of (signature, error);
}

/* How many attributes of the document could be taken for the identifier @id. */
static guint
count_ids (xmlNode *node, const char *id)
{
  guint n = 0;

  for (xmlNode *at = node; at != NULL; at = at->next)
    {
      if (at->type != XML_ELEMENT_NODE)
        continue;
      for (xmlAttr *attr = at->properties; attr != NULL; attr = attr->next)
        {
          xmlChar *value;

          if (xmlStrcasecmp (attr->name, BAD_CAST "id") != 0 &&
              xmlStrcasecmp (attr->name, BAD_CAST "AssertionID") != 0)
            continue;
          value = xmlNodeListGetString (at->doc, attr->children, 1);
          n += value != NULL && strcmp ((const char *) value, id) == 0;
          xmlFree (value);
        }
      n += count_ids (at->children, id);
    }
  return n;
}

/* Which of them may stand where is for check_shape() and check_parts() to say. */
static gboolean
enable_transforms (xmlSecDSigCtx *ctx)
{
  const xmlSecTransformId reference[] = { xmlSecTransformEnvelopedId, xmlSecTransformExclC14NId,
                                          xmlSecTransformInclC14NId, xmlSecTransformSha1Id,
                                          xmlSecTransformSha256Id };
  const xmlSecTransformId signature[] = { xmlSecTransformExclC14NId, xmlSecTransformInclC14NId,
                                          xmlSecTransformInclC14NWithCommentsId,
                                          xmlSecTransformRsaSha1Id, xmlSecTransformRsaSha256Id };

  for (guint i = 0; i < G_N_ELEMENTS (reference); i++)
    if (xmlSecDSigCtxEnableReferenceTransform (ctx, reference[i]) < 0)
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (signature); i++)
    if (xmlSecDSigCtxEnableSignatureTransform (ctx, signature[i]) < 0)
      return FALSE;
  return TRUE;
}

static xmlSecDSigCtx *
new_context (X509 *certificate)
{
  xmlSecDSigCtx *ctx = xmlSecDSigCtxCreate (NULL);
  EVP_PKEY *public_key = X509_get_pubkey (certificate);
  xmlSecKeyData *data = NULL;
  xmlSecKey *key = xmlSecKeyCreate ();

  if (public_key != NULL && EVP_PKEY_get_base_id (public_key) == EVP_PKEY_RSA)
    data = xmlSecOpenSSLEvpKeyAdopt (public_key);
  if (data == NULL)
    EVP_PKEY_free (public_key);
  if (ctx == NULL || data == NULL || key == NULL || xmlSecKeySetValue (key, data) < 0)
    {
      if (data != NULL)
        xmlSecKeyDataDestroy (data);
      if (key != NULL)
        xmlSecKeyDestroy (key);
      if (ctx != NULL)
        xmlSecDSigCtxDestroy (ctx);
      return NULL;
    }
  ctx->signKey = key;
  ctx->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
  ctx->flags |= XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES | XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
  if (!enable_transforms (ctx))
    {
      xmlSecDSigCtxDestroy (ctx);
      return NULL;
    }
  return ctx;
}

/* The bytes digested of each of the @n references there must be; the first of none that failed. */
static GPtrArray *
run (xmlSecDSigCtx *ctx, xmlNode *signature, guint n)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (xmlSecDSigCtxVerify (ctx, signature) < 0 || ctx->status != xmlSecDSigStatusSucceeded ||
      xmlSecPtrListGetSize (&ctx->signedInfoReferences) != n ||
      xmlSecPtrListGetSize (&ctx->manifestReferences) != 0)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      xmlSecDSigReferenceCtx *reference = xmlSecPtrListGetItem (&ctx->signedInfoReferences, i);
      xmlSecBuffer *buffer = reference != NULL && reference->status == xmlSecDSigStatusSucceeded
                                 ? xmlSecDSigReferenceCtxGetPreDigestBuffer (reference)
                                 : NULL;

      if (buffer == NULL || xmlSecBufferGetSize (buffer) == 0)
        return NULL;
      g_ptr_array_add (all,
                       g_bytes_new (xmlSecBufferGetData (buffer), xmlSecBufferGetSize (buffer)));
    }
  return g_steal_pointer (&all);
}

GBytes *
dmp_host_xmldsig_verify (xmlNode *element,
                         const char *id_attribute,
                         X509 *certificate,
                         GError **error)
{
  xmlNode *signature = only_child (element, NS_DS, "Signature");
  xmlAttr *attribute = xmlHasProp (element, BAD_CAST id_attribute);
  const char *id = dmp_xml_attr (element, id_attribute);
  g_autoptr (GPtrArray) bytes = NULL;
  xmlSecDSigCtx *ctx;

  if (signature == NULL || id == NULL || attribute == NULL ||
      xmlValidateNCName (BAD_CAST id, 0) != 0)
    return refuse (error, DMP_HOST_ERROR_INVALID_VIHF, "Assertion sans identifiant ou signature");
  if (count_ids (xmlDocGetRootElement (element->doc), id) != 1)
    return refuse (error, DMP_HOST_ERROR_INVALID_VIHF, "Identifiant d'assertion en double");
  if (!check_shape (signature, id, error))
    return NULL;
  ctx = new_context (certificate);
  if (ctx == NULL)
    return refuse (error, DMP_HOST_ERROR_INVALID_SIGNATURE, "Clé de signature inutilisable");
  xmlAddID (NULL, element->doc, BAD_CAST id, attribute);
  bytes = run (ctx, signature, 1);
  xmlRemoveID (element->doc, attribute);
  xmlSecDSigCtxDestroy (ctx);
  ERR_clear_error ();
  if (bytes == NULL)
    return refuse (error, DMP_HOST_ERROR_INVALID_SIGNATURE,
                   "Signature de l'assertion non vérifiée");
  return g_bytes_ref (bytes->pdata[0]);
}

/* --- A signature that is a document ---------------------------------------------------------- */

static guint
count_signatures (xmlNode *node)
{
  guint n = dmp_xml_is (node, NS_DS, "Signature");

  dmp_xml_each (child, node, "*", "*") n += count_signatures (child);
  return n;
}

static gboolean
is_canonical_form (xmlNode *node)
{
  static const char *const forms[] = { NS_EXC, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
                                       "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
                                       "#WithComments",
                                       NULL };
  const char *uri = dmp_xml_attr (node, "Algorithm");

  return uri != NULL && g_strv_contains (forms, uri) && count_children (node) == 0;
}

/* One reference each, to an Id that is there once, with nothing between. */
static gboolean
check_parts (xmlNode *signature, xmlNode *const *parts, guint n)
{
  xmlNode *info = only_child (signature, NS_DS, "SignedInfo");
  xmlNode *reference = dmp_xml_child (info, NS_DS, "Reference");

  if (count_signatures (xmlDocGetRootElement (signature->doc)) != 1 ||
      count_children (info) != n + 2 ||
      !is_canonical_form (only_child (info, NS_DS, "CanonicalizationMethod")) ||
      !algorithm_is (only_child (info, NS_DS, "SignatureMethod"), NS_DS "rsa-sha1",
                     "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"))
    return FALSE;
  for (guint i = 0; i < n; i++, reference = dmp_xml_next (reference, NS_DS, "Reference"))
    {
      const char *uri = dmp_xml_attr (reference, "URI");
      guint same = 0;

      for (guint j = 0; uri != NULL && *uri == '#' && j < n; j++)
        same += g_strcmp0 (dmp_xml_attr (parts[j], "Id"), uri + 1) == 0;
      if (same != 1 || count_children (reference) != 2 ||
          count_ids (xmlDocGetRootElement (signature->doc), uri + 1) != 1 ||
          !algorithm_is (only_child (reference, NS_DS, "DigestMethod"), NS_DS "sha1",
                         "http://www.w3.org/2001/04/xmlenc#sha256"))
        return FALSE;
    }
  return TRUE;
}

/* As the references stand → as @parts stand. */
static GPtrArray *
sort_parts (GPtrArray *bytes, xmlNode *signature, xmlNode *const *parts, guint n)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  xmlNode *info = only_child (signature, NS_DS, "SignedInfo");

  for (guint i = 0; i < n; i++)
    {
      guint at = 0;

      dmp_xml_each (reference, info, NS_DS, "Reference")
      {
        if (g_strcmp0 (dmp_xml_attr (reference, "URI") + 1, dmp_xml_attr (parts[i], "Id")) == 0)
          g_ptr_array_add (sorted, g_bytes_ref (bytes->pdata[at]));
        at++;
      }
    }
  return sorted;
}

GPtrArray *
dmp_host_xmldsig_verify_parts (
    xmlNode *signature, xmlNode *const *parts, guint n, X509 *certificate, GError **error)
{
  g_autoptr (GPtrArray) bytes = NULL;
  xmlSecDSigCtx *ctx;

  for (guint i = 0; i < n; i++)
    if (dmp_xml_attr (parts[i], "Id") == NULL ||
        xmlValidateNCName (BAD_CAST dmp_xml_attr (parts[i], "Id"), 0) != 0)
      return refuse (error, DMP_HOST_ERROR_INVALID_SIGNATURE, "identifiant illisible");
  if (!check_parts (signature, parts, n))
    return refuse (error, DMP_HOST_ERROR_INVALID_SIGNATURE, "forme inattendue");
  ctx = new_context (certificate);
  if (ctx == NULL)
    return refuse (error, DMP_HOST_ERROR_INVALID_SIGNATURE, "clé inutilisable");
  for (guint i = 0; i < n; i++)
    xmlAddID (NULL, signature->doc, BAD_CAST dmp_xml_attr (parts[i], "Id"),
              xmlHasProp (parts[i], BAD_CAST "Id"));
  bytes = run (ctx, signature, n);
  xmlSecDSigCtxDestroy (ctx);
  ERR_clear_error ();
  if (bytes == NULL)
    return refuse (error, DMP_HOST_ERROR_INVALID_SIGNATURE, "non vérifiée");
  return sort_parts (bytes, signature, parts, n);
}
