#include "config.h"

#include "dmp-xml-signature.h"
#include "dmp-xml.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

#define DIGEST_SIZE 32 /* SHA-256 */
#define RSA_SHA256_URI "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
#define SHA256_URI DMP_SHA256_URI
#define RSA_SHA1_URI DMP_NS_DS "rsa-sha1"
#define SHA1_URI DMP_NS_DS "sha1"
#define MAX_CERTIFICATE_CHARS 16384
#define ENVELOPED_URI DMP_NS_DS "enveloped-signature"

static const char *
form_uri (DmpC14n form)
{
  switch (form)
    {
    case DMP_C14N_INCLUSIVE:
      return DMP_C14N_INCLUSIVE_URI;
    case DMP_C14N_INCLUSIVE_COMMENTS:
      return DMP_C14N_INCLUSIVE_COMMENTS_URI;
    case DMP_C14N_EXCLUSIVE:
    default:
      return DMP_C14N_EXCLUSIVE_URI;
    }
}

static char *
dup_base64 (const guint8 *bytes, gsize len)
{
  char *text = g_malloc (4 * ((len + 2) / 3) + 1);

  EVP_EncodeBlock ((guchar *) text, bytes, (int) len);
  return text;
}

static gboolean
digest_bytes (GBytes *bytes, guint8 *digest)
{
  return EVP_Digest (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), digest, NULL,
                     EVP_sha256 (), NULL) == 1;
}

static gboolean
digest_without (xmlNode *node, DmpC14n form, xmlNode *omit, guint8 *digest, GError **error)
{
  g_autoptr (GBytes) canonical = dmp_c14n (node, form, omit, NULL, error);

  if (canonical == NULL)
    return FALSE;
  if (digest_bytes (canonical, digest))
    return TRUE;

  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INTERNAL,
                       _ ("L’empreinte du message n’a pas pu être calculée. Rien n’a été envoyé."));
  return FALSE;
}

gboolean
dmp_xml_digest (xmlNode *node, DmpC14n form, guint8 *digest, GError **error)
{
  return digest_without (node, form, NULL, digest, error);
}

void
dmp_xml_reference_add (xmlNode *parent, const DmpXmlReference *reference)
{
  xmlNode *node = dmp_xml_add (parent, DMP_NS_DS, "Reference", "Type", reference->type, "URI",
                               reference->uri, NULL);
  g_autofree char *digest =
      reference->sha256 != NULL ? dup_base64 (reference->sha256, DIGEST_SIZE) : g_strdup ("AA==");

  if (reference->transforms != NULL)
    {
      xmlNode *transforms = dmp_xml_add (node, DMP_NS_DS, "Transforms", NULL);

      for (gsize i = 0; reference->transforms[i] != NULL; i++)
        dmp_xml_add (transforms, DMP_NS_DS, "Transform", "Algorithm", reference->transforms[i],
                     NULL);
    }
  dmp_xml_add (node, DMP_NS_DS, "DigestMethod", "Algorithm", SHA256_URI, NULL);
  dmp_xml_add_text (node, DMP_NS_DS, "DigestValue", digest, NULL);
}

static void
add_key_info (xmlNode *info, X509 *certificate)
{
  xmlNode *data = dmp_xml_add (info, DMP_NS_DS, "X509Data", NULL);
  g_autofree char *text = NULL;
  guint8 *der = NULL;
  int len = i2d_X509 (certificate, &der);

  text = dup_base64 (der, (gsize) MAX (len, 0));
  dmp_xml_add_text (data, DMP_NS_DS, "X509Certificate", text, NULL);
  OPENSSL_free (der);
}

xmlNode *
dmp_xml_signature_new (xmlNode *parent, xmlNode *after)
{
  xmlNode *node = xmlNewDocNode (parent->doc, NULL, BAD_CAST "Signature", NULL);

  xmlSetNs (node, xmlNewNs (node, BAD_CAST DMP_NS_DS, BAD_CAST "ds"));
  if (after != NULL)
    xmlAddNextSibling (after, node);
  else if (parent->children != NULL)
    xmlAddPrevSibling (parent->children, node);
  else
    xmlAddChild (parent, node);

  return node;
}

/* A child of ds:Signature that stands after @after, in front of all when it is NULL. */
static xmlNode *
insert_part (xmlNode *signature, xmlNode *after, const char *name)
{
  xmlNode *node = xmlNewDocNode (signature->doc, signature->ns, BAD_CAST name, NULL);

  if (after != NULL)
    xmlAddNextSibling (after, node);
  else if (signature->children != NULL)
    xmlAddPrevSibling (signature->children, node);
  else
    xmlAddChild (signature, node);
  return node;
}

gboolean
dmp_xml_signature_sign (xmlNode *signature,
                        DmpC14n form,
                        const DmpXmlReference *references,
                        gsize n_references,
                        const DmpXmlSigner *signer,
                        GError **error)
{
  xmlNode *signed_info = insert_part (signature, NULL, "SignedInfo");
  g_autoptr (GBytes) canonical = NULL;
  g_autoptr (GBytes) value = NULL;
  g_autofree char *text = NULL;
  xmlNode *node;

  dmp_xml_add (signed_info, DMP_NS_DS, "CanonicalizationMethod", "Algorithm", form_uri (form),
               NULL);
  dmp_xml_add (signed_info, DMP_NS_DS, "SignatureMethod", "Algorithm", RSA_SHA256_URI, NULL);
  for (gsize i = 0; i < n_references; i++)
    dmp_xml_reference_add (signed_info, &references[i]);

  canonical = dmp_c14n (signed_info, form, NULL, NULL, error);
  if (canonical != NULL)
    value = signer->sign (g_bytes_get_data (canonical, NULL), g_bytes_get_size (canonical),
                          signer->user_data, error);
  if (value == NULL)
    {
      xmlUnlinkNode (signed_info);
      xmlFreeNode (signed_info);
      return FALSE;
    }

  text = dup_base64 (g_bytes_get_data (value, NULL), g_bytes_get_size (value));
  node = insert_part (signature, signed_info, "SignatureValue");
  dmp_xml_append (node, text);
  add_key_info (insert_part (signature, node, "KeyInfo"), signer->certificate);

  return TRUE;
}

gboolean
dmp_xml_sign (xmlNode *element,
              const char *id_attribute,
              xmlNode *after,
              const DmpXmlSigner *signer,
              GError **error)
{
  static const char *const transforms[] = { ENVELOPED_URI, DMP_C14N_EXCLUSIVE_URI, NULL };
  g_autofree char *uri = g_strconcat ("#", dmp_xml_attr (element, id_attribute), NULL);
  guint8 digest[DIGEST_SIZE];
  const DmpXmlReference reference = { .uri = uri, .transforms = transforms, .sha256 = digest };
  xmlNode *signature;

  if (!dmp_xml_digest (element, DMP_C14N_EXCLUSIVE, digest, error))
    return FALSE;
  signature = dmp_xml_signature_new (element, after);
  if (dmp_xml_signature_sign (signature, DMP_C14N_EXCLUSIVE, &reference, 1, signer, error))
    return TRUE;
  xmlUnlinkNode (signature);
  xmlFreeNode (signature);
  return FALSE;
}

/* --- Verifying -------------------------------------------------------------------------------- */

static gboolean
has_algorithm (xmlNode *parent, const char *name, const char *uri)
{
  return g_strcmp0 (dmp_xml_attr (dmp_xml_child (parent, DMP_NS_DS, name), "Algorithm"), uri) == 0;
}

static xmlNode *
only_child (xmlNode *parent, const char *name)
{
  xmlNode *child = dmp_xml_child (parent, DMP_NS_DS, name);

  return dmp_xml_next (child, DMP_NS_DS, name) == NULL ? child : NULL;
}

/* Exactly what dmp_xml_sign() writes, over exactly this element. */
static gboolean
has_expected_form (xmlNode *signed_info, const char *id)
{
  xmlNode *reference = only_child (signed_info, "Reference");
  xmlNode *transforms = only_child (reference, "Transforms");
  xmlNode *first = dmp_xml_child (transforms, "*", "*");
  xmlNode *second = dmp_xml_next (first, "*", "*");
  const char *uri = dmp_xml_attr (reference, "URI");

  return id != NULL && uri != NULL && uri[0] == '#' && strcmp (uri + 1, id) == 0 &&
         has_algorithm (signed_info, "CanonicalizationMethod", DMP_C14N_EXCLUSIVE_URI) &&
         has_algorithm (signed_info, "SignatureMethod", RSA_SHA256_URI) &&
         has_algorithm (reference, "DigestMethod", SHA256_URI) &&
         dmp_xml_next (second, "*", "*") == NULL &&
         g_strcmp0 (dmp_xml_attr (first, "Algorithm"), ENVELOPED_URI) == 0 &&
         g_strcmp0 (dmp_xml_attr (second, "Algorithm"), DMP_C14N_EXCLUSIVE_URI) == 0;
}

/* Whether @element alone bears that ID in its document. */
static gboolean
is_unique (xmlNode *element, const char *id_attribute)
{
  g_autofree char *expression = g_strdup_printf ("//*[@%s]", id_attribute);
  g_autoptr (GPtrArray) bearers = dmp_xml_xpath (element, expression, NULL);
  guint same = 0;

  for (guint i = 0; i < bearers->len; i++)
    if (g_strcmp0 (dmp_xml_attr (bearers->pdata[i], id_attribute),
                   dmp_xml_attr (element, id_attribute)) == 0)
      same++;

  return same == 1;
}

static gboolean
verify_value (GBytes *data, xmlNode *signature, X509 *certificate, const EVP_MD *method)
{
  g_autofree char *text = dmp_xml_text (dmp_xml_child (signature, DMP_NS_DS, "SignatureValue"));
  gsize len = 0;
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gboolean valid = FALSE;

  if (text != NULL && X509_get0_pubkey (certificate) != NULL)
    {
      guchar *value = g_base64_decode_inplace (text, &len);

      valid =
          EVP_DigestVerifyInit (context, NULL, method, NULL, X509_get0_pubkey (certificate)) == 1 &&
          EVP_DigestVerify (context, value, len, g_bytes_get_data (data, NULL),
                            g_bytes_get_size (data)) == 1;
    }
  EVP_MD_CTX_free (context);

  return valid;
}

gboolean
dmp_xml_verify (xmlNode *element, const char *id_attribute, X509 *certificate, GError **error)
{
  xmlNode *signature = only_child (element, "Signature");
  xmlNode *signed_info = only_child (signature, "SignedInfo");
  xmlNode *reference = dmp_xml_child (signed_info, DMP_NS_DS, "Reference");
  g_autofree char *said = dmp_xml_text (dmp_xml_child (reference, DMP_NS_DS, "DigestValue"));
  g_autofree char *found = NULL;
  g_autoptr (GBytes) canonical = NULL;
  guint8 digest[DIGEST_SIZE];

  if (has_expected_form (signed_info, dmp_xml_attr (element, id_attribute)) &&
      is_unique (element, id_attribute) &&
      digest_without (element, DMP_C14N_EXCLUSIVE, signature, digest, NULL) &&
      (canonical = dmp_c14n (signed_info, DMP_C14N_EXCLUSIVE, NULL, NULL, NULL)) != NULL)
    {
      found = dup_base64 (digest, sizeof digest);
      if (g_strcmp0 (found, said) == 0 &&
          verify_value (canonical, signature, certificate, EVP_sha256 ()))
        return TRUE;
    }

  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_SIGNATURE,
                       _ ("La signature de ce message manque ou n’est pas valable."));
  return FALSE;
}

/* --- What others sign ------------------------------------------------------------------------ */

X509 *
dmp_xml_signature_dup_certificate (xmlNode *signature)
{
  xmlNode *info = only_child (signature, "KeyInfo");
  xmlNode *node = only_child (only_child (info, "X509Data"), "X509Certificate");
  g_autofree char *text = dmp_xml_text (node);
  g_autofree guchar *der = NULL;
  const guchar *p;
  X509 *certificate;
  gsize size;

  if (text == NULL || strlen (text) > MAX_CERTIFICATE_CHARS)
    return NULL;
  p = der = g_base64_decode (text, &size);
  certificate = d2i_X509 (NULL, &p, (long) size);
  ERR_clear_error ();
  if (certificate != NULL && p == der + size)
    return certificate;
  X509_free (certificate);
  return NULL;
}

gboolean
dmp_xml_read_form (xmlNode *node, DmpC14n *form)
{
  const char *uri = dmp_xml_attr (node, "Algorithm");

  for (DmpC14n one = DMP_C14N_EXCLUSIVE; one <= DMP_C14N_INCLUSIVE_COMMENTS; one++)
    if (g_strcmp0 (uri, form_uri (one)) == 0 && dmp_xml_child (node, "*", "*") == NULL)
      {
        *form = one;
        return TRUE;
      }
  return FALSE;
}

gboolean
dmp_xml_has_digest (xmlNode *parent, const char *ns, GBytes *data)
{
  const char *uri = dmp_xml_attr (dmp_xml_child (parent, ns, "DigestMethod"), "Algorithm");
  const EVP_MD *method = g_strcmp0 (uri, SHA256_URI) == 0 ? EVP_sha256 ()
                         : g_strcmp0 (uri, SHA1_URI) == 0 ? EVP_sha1 ()
                                                          : NULL;
  g_autofree char *text = dmp_xml_text (dmp_xml_child (parent, ns, "DigestValue"));
  guchar digest[EVP_MAX_MD_SIZE];
  unsigned int len = 0;
  gsize said;

  if (method == NULL || text == NULL || *text == '\0' ||
      EVP_Digest (g_bytes_get_data (data, NULL), g_bytes_get_size (data), digest, &len, method,
                  NULL) != 1)
    return FALSE;
  g_base64_decode_inplace (text, &said);
  return said == len && memcmp (text, digest, len) == 0;
}

static guint
count_children (xmlNode *node)
{
  guint n = 0;

  dmp_xml_each (child, node, "*", "*") n++;
  return n;
}

/* The part that @reference names, without a way round. */
static gboolean
verify_reference (xmlNode *reference, xmlNode *const *parts, guint n)
{
  const char *uri = dmp_xml_attr (reference, "URI");
  xmlNode *part = NULL;
  g_autoptr (GBytes) canonical = NULL;

  for (guint i = 0; uri != NULL && *uri == '#' && i < n; i++)
    if (g_strcmp0 (dmp_xml_attr (parts[i], "Id"), uri + 1) == 0)
      part = part == NULL ? parts[i] : NULL;
  if (part == NULL || count_children (reference) != 2 || !is_unique (part, "Id"))
    return FALSE;
  canonical = dmp_c14n (part, DMP_C14N_INCLUSIVE, NULL, NULL, NULL);
  return canonical != NULL && dmp_xml_has_digest (reference, DMP_NS_DS, canonical);
}

static gboolean
verify_signed_info (xmlNode *signature, xmlNode *signed_info, X509 *certificate)
{
  const char *method =
      dmp_xml_attr (dmp_xml_child (signed_info, DMP_NS_DS, "SignatureMethod"), "Algorithm");
  gboolean sha1 = g_strcmp0 (method, RSA_SHA1_URI) == 0;
  EVP_PKEY *key = X509_get0_pubkey (certificate); /* NULL: of a kind that OpenSSL does not know */
  DmpC14n form;
  g_autoptr (GBytes) canonical = NULL;

  if ((!sha1 && g_strcmp0 (method, RSA_SHA256_URI) != 0) || key == NULL ||
      EVP_PKEY_get_base_id (key) != EVP_PKEY_RSA ||
      !dmp_xml_read_form (dmp_xml_child (signed_info, DMP_NS_DS, "CanonicalizationMethod"), &form))
    return FALSE;
  canonical = dmp_c14n (signed_info, form, NULL, NULL, NULL);
  return canonical != NULL &&
         verify_value (canonical, signature, certificate, sha1 ? EVP_sha1 () : EVP_sha256 ());
}

gboolean
dmp_xml_signature_verify (
    xmlNode *signature, xmlNode *const *parts, guint n, X509 *certificate, GError **error)
{
  xmlNode *signed_info = only_child (signature, "SignedInfo");
  gboolean ok = signed_info != NULL && count_children (signed_info) == n + 2;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  dmp_xml_each (reference, signed_info, DMP_NS_DS, "Reference")
  {
    ok = ok && verify_reference (reference, parts, n) &&
         g_hash_table_add (seen, (gpointer) dmp_xml_attr (reference, "URI"));
  }
  if (ok && g_hash_table_size (seen) == n &&
      verify_signed_info (signature, signed_info, certificate))
    return TRUE;
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_SIGNATURE,
                       _ ("Cette signature manque ou n’est pas valable."));
  ERR_clear_error ();
  return FALSE;
}
