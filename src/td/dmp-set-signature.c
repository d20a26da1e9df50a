#include "config.h"

#include "dmp-set-signature.h"
#include "model/dmp-date.h"
#include "model/dmp-oid.h"
#include "model/dmp-xds-strings.h"
#include "xml/dmp-xml.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

#define DS DMP_NS_DS
#define XADES DMP_NS_XADES
#define DIGEST_BYTES 32 /* SHA-256 */
#define ID "S0"
#define MAX_BYTES (256 * 1024) /* 200 documents and their digests are a fifth of it */
#define MANIFEST_ID "IHEManifest"
#define PROPERTIES_ID "S0-SignedProperties"

/* --- What is signed -------------------------------------------------------------------------- */

static gboolean
is_xml (const char *mime)
{
  return g_str_equal (mime, "text/xml") || g_str_equal (mime, "application/xslt+xml");
}

/* The canonical form of the whole document as it is read from the bytes that are sent. */
static gboolean
digest_document (const DmpTdSubmissionDocument *document, guint8 *digest, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (document->bytes, &size);
  xmlDoc *doc;
  gboolean ok;

  if (!is_xml (document->entry->mime))
    return EVP_Digest (data, size, digest, NULL, EVP_sha256 (), NULL) == 1;
  doc = dmp_xml_parse (data, size, error);
  if (doc == NULL)
    return FALSE;
  ok = dmp_xml_digest ((xmlNode *) doc, DMP_C14N_INCLUSIVE_COMMENTS, digest, error);
  dmp_xml_free_wiped (doc);
  return ok;
}

static gboolean
add_document (xmlNode *manifest, const DmpTdSubmissionDocument *document, GError **error)
{
  static const char *const canonical[] = { DMP_C14N_INCLUSIVE_COMMENTS_URI, NULL };
  g_autofree char *uri = g_strconcat ("urn:oid:", document->entry->unique_id, NULL);
  guint8 digest[DIGEST_BYTES];
  const DmpXmlReference reference = {
    .uri = uri, .transforms = is_xml (document->entry->mime) ? canonical : NULL, .sha256 = digest
  };

  if (!digest_document (document, digest, error))
    return FALSE;
  dmp_xml_reference_add (manifest, &reference);
  return TRUE;
}

/* The set itself is named first, without a digest (IHE DSG). Returns: (nullable) */
static xmlNode *
add_manifest (xmlNode *signature,
              const char *set_id,
              const DmpTdSubmissionDocument *documents,
              gsize n,
              GError **error)
{
  g_autofree char *uri = g_strconcat ("urn:oid:", set_id, NULL);
  const DmpXmlReference set = { .uri = uri };
  xmlNode *object = dmp_xml_add (signature, DS, "Object", NULL);
  xmlNode *manifest = dmp_xml_add (object, DS, "Manifest", "Id", MANIFEST_ID, NULL);

  dmp_xml_reference_add (manifest, &set);
  for (gsize i = 0; i < n; i++)
    if (!add_document (manifest, &documents[i], error))
      return NULL;
  return manifest;
}

/* The schema of XML signature wants an element here, the reader of the DMP a text. */
static void
add_purpose (xmlNode *signature)
{
  xmlNode *object = dmp_xml_add (signature, DS, "Object", NULL);
  xmlNode *properties = dmp_xml_add (object, DS, "SignatureProperties", NULL);
  xmlNode *property = dmp_xml_add (properties, DS, "SignatureProperty", "Id", "purposeOfSignature",
                                   "Target", "#" ID, NULL);

  dmp_xml_add_text (dmp_xml_add (property, XADES, "ObjectIdentifier", NULL), XADES, "Identifier",
                    DMP_SIGNATURE_PURPOSE, NULL);
}

/* --- By whom, when --------------------------------------------------------------------------- */

static void
add_base64 (xmlNode *parent, const char *ns, const char *name, const guint8 *data, gsize len)
{
  g_autofree char *text = g_base64_encode (data, len);

  dmp_xml_add_text (parent, ns, name, text, NULL);
}

static void
add_issuer (xmlNode *cert, X509 *certificate)
{
  xmlNode *serial = dmp_xml_add (cert, XADES, "IssuerSerial", NULL);
  BIO *name = BIO_new (BIO_s_mem ());
  BIGNUM *number = ASN1_INTEGER_to_BN (X509_get0_serialNumber (certificate), NULL);
  char *digits = number != NULL ? BN_bn2dec (number) : NULL;
  g_autofree char *text = NULL;
  char *data;
  long len;

  X509_NAME_print_ex (name, X509_get_issuer_name (certificate), 0,
                      XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  len = BIO_get_mem_data (name, &data);
  text = g_strndup (data, (gsize) MAX (len, 0));
  dmp_xml_add_text (serial, DS, "X509IssuerName", text, NULL);
  dmp_xml_add_text (serial, DS, "X509SerialNumber", digits, NULL);
  OPENSSL_free (digits);
  BN_free (number);
  BIO_free (name);
}

static void
add_certificate (xmlNode *properties, X509 *certificate)
{
  xmlNode *signing = dmp_xml_add (properties, XADES, "SigningCertificate", NULL);
  xmlNode *cert = dmp_xml_add (signing, XADES, "Cert", NULL);
  xmlNode *digest = dmp_xml_add (cert, XADES, "CertDigest", NULL);
  guint8 hash[DIGEST_BYTES];
  unsigned int len = sizeof hash;

  X509_digest (certificate, EVP_sha256 (), hash, &len);
  dmp_xml_add (digest, XADES, "DigestMethod", "Algorithm", DMP_SHA256_URI, NULL);
  add_base64 (digest, XADES, "DigestValue", hash, len);
  add_issuer (cert, certificate);
}

static xmlNode *
add_properties (xmlNode *signature, GDateTime *now, X509 *certificate)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (now);
  g_autofree char *time = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
  xmlNode *object = dmp_xml_add (signature, DS, "Object", NULL);
  xmlNode *all = dmp_xml_add (object, XADES, "QualifyingProperties", "Target", "#" ID, NULL);
  xmlNode *sealed = dmp_xml_add (all, XADES, "SignedProperties", "Id", PROPERTIES_ID, NULL);
  xmlNode *own = dmp_xml_add (sealed, XADES, "SignedSignatureProperties", NULL);

  dmp_xml_add_text (own, XADES, "SigningTime", time, NULL);
  add_certificate (own, certificate);
  dmp_xml_add (dmp_xml_add (own, XADES, "SignaturePolicyIdentifier", NULL), XADES,
               "SignaturePolicyImplied", NULL);
  dmp_xml_add (sealed, XADES, "SignedDataObjectProperties", NULL);
  return sealed;
}

/* --- The document ---------------------------------------------------------------------------- */

GBytes *
dmp_set_signature_write (const char *set_id,
                         const DmpTdSubmissionDocument *documents,
                         gsize n,
                         GDateTime *now,
                         const DmpXmlSigner *signer,
                         GError **error)
{
  g_autoptr (xmlDoc) doc = dmp_xml_new (DS, "ds", "Signature");
  xmlNode *signature = dmp_xml_root (doc);
  xmlNode *manifest, *properties;
  guint8 digests[2][DIGEST_BYTES];
  const DmpXmlReference references[] = {
    { .uri = "#" MANIFEST_ID, .type = DS "Manifest", .sha256 = digests[0] },
    { .uri = "#" PROPERTIES_ID, .type = XADES "SignedProperties", .sha256 = digests[1] },
  };

  dmp_xml_declare (signature, "xades", XADES);
  dmp_xml_set (signature, "Id", ID);
  manifest = add_manifest (signature, set_id, documents, n, error);
  if (manifest == NULL)
    return NULL;
  add_purpose (signature);
  properties = add_properties (signature, now, signer->certificate);

  /* Without a transform the canonical form is the inclusive one (XML signature §4.4.3.2). */
  if (!dmp_xml_digest (manifest, DMP_C14N_INCLUSIVE, digests[0], error) ||
      !dmp_xml_digest (properties, DMP_C14N_INCLUSIVE, digests[1], error) ||
      !dmp_xml_signature_sign (signature, DMP_C14N_INCLUSIVE_COMMENTS, references,
                               G_N_ELEMENTS (references), signer, error))
    return NULL;
  return dmp_xml_write (doc);
}

gboolean
dmp_set_signature_is (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (xmlDoc) doc = size <= MAX_BYTES ? dmp_xml_parse (data, size, NULL) : NULL;

  return doc != NULL && dmp_xml_is (dmp_xml_root (doc), DS, "Signature");
}

DmpDocumentEntry *
dmp_set_signature_entry_new (const char *unique_id,
                             const char *time,
                             DmpPractitioner *signer,
                             const DmpDocumentEntryFields *like)
{
  g_autoptr (DmpCode) class_code = dmp_code_new (DMP_SIGNATURE_CLASS, "URN", "Digital Signature");
  g_autoptr (DmpCode) type = dmp_code_new (DMP_SIGNATURE_TYPE, "ASTM", "Full Document");
  g_autoptr (DmpCode) format = dmp_code_new (DS, "URN", "Default Signature Style");
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *authenticator = dmp_xcn_write_professional (
      dmp_practitioner_get_national_id (signer), dmp_practitioner_get_family (signer),
      dmp_practitioner_get_given (signer));
  const DmpDocumentEntryFields fields = {
    .unique_id = unique_id,
    .title = "Source",
    .mime = "text/xml",
    .language = "art",
    .creation = time,
    .service_start = time,
    .legal_authenticator = authenticator,
    .class_code = class_code,
    .type_code = type,
    .format_code = format,
    .practice_setting = like->practice_setting,
    .facility_type = like->facility_type,
    .event_codes = events,
    .visibility = DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS | DMP_VISIBILITY_HIDDEN_FROM_PATIENT,
    .version = 1,
    .size = -1,
  };

  g_ptr_array_add (events, dmp_code_new (DMP_SIGNATURE_PURPOSE, "1.2.840.10065.1.12", "Source"));
  return dmp_document_entry_new (&fields);
}
