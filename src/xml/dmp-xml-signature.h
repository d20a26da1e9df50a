#pragma once

#include "dmp-c14n.h"

#include <glib.h>
#include <libxml/tree.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

#define DMP_NS_DS "http://www.w3.org/2000/09/xmldsig#"
#define DMP_SHA256_URI "http://www.w3.org/2001/04/xmlenc#sha256"

/* Whoever can sign: a card, a key in a file. This layer knows no cards. */
typedef struct
{
  /* RSA PKCS#1 v1.5 with SHA-256 over @data (not yet hashed).
   * Returns: (transfer full) (nullable): the signature, or NULL with @error set */
  GBytes *(*sign) (gconstpointer data, gsize len, gpointer user_data, GError **error);
  gpointer user_data;
  X509 *certificate; /* (transfer none): of the signing key, goes into KeyInfo */
} DmpXmlSigner;

/* One ds:Reference whose digest is known already. */
typedef struct
{
  const char *uri;
  const char *type;              /* (nullable) */
  const char *const *transforms; /* (nullable) (array zero-terminated=1): algorithm URIs */
  const guint8 *sha256;          /* 32 bytes; NULL: "AA==", for what is named but not digested */
} DmpXmlReference;

/* Appends a ds:Reference to @parent: a ds:Manifest. */
void dmp_xml_reference_add (xmlNode *parent, const DmpXmlReference *reference);

/* An empty ds:Signature in @parent, to which ds:Object may be added before it is signed. A
 * signature that is a document of its own begins with dmp_xml_new (%DMP_NS_DS, "ds", "Signature").
 * @after: (nullable): the child of @parent to stand after; NULL: in front of all
 * Returns: (transfer none) */
xmlNode *dmp_xml_signature_new (xmlNode *parent, xmlNode *after);

/* Puts SignedInfo, SignatureValue and KeyInfo in front of what @signature holds: one call of
 * @signer.
 * @form: canonical form of SignedInfo
 * @error: what the signer says, or %DMP_ERROR_INTERNAL; @signature is then as before */
gboolean dmp_xml_signature_sign (xmlNode *signature,
                                 DmpC14n form,
                                 const DmpXmlReference *references,
                                 gsize n_references,
                                 const DmpXmlSigner *signer,
                                 GError **error);

/* SHA-256 of the canonical form of @node: what a reference to it holds. The whole document with
 * what stands around its root: (xmlNode *) doc.
 * @digest: (out caller-allocates): 32 bytes */
gboolean dmp_xml_digest (xmlNode *node, DmpC14n form, guint8 *digest, GError **error);

/* The enveloped signature of SAML 2.0 §5.4: rsa-sha256, exclusive C14N, one reference to "#" + the
 * value of @id_attribute, certificate in KeyInfo. Do not change @element afterwards.
 * @after: (nullable): as above; SAML wants it after Issuer
 * Errors as dmp_xml_signature_sign(); @element is then as before */
gboolean dmp_xml_sign (xmlNode *element,
                       const char *id_attribute,
                       xmlNode *after,
                       const DmpXmlSigner *signer,
                       GError **error);

/* Verifies what dmp_xml_sign() makes, and nothing looser, against a known @certificate: for tests
 * and for a first look; a service that must decide on trust verifies with xmlsec.
 * @error: %DMP_ERROR_SIGNATURE */
gboolean
dmp_xml_verify (xmlNode *element, const char *id_attribute, X509 *certificate, GError **error);

/* The one certificate in KeyInfo of @signature (nullable); whether to trust it is another matter.
 * Returns: (transfer full) (nullable): NULL when there is none, several, or it cannot be read */
X509 *dmp_xml_signature_dup_certificate (xmlNode *signature);

/* Verifies a signature that others may have made: one reference, without transforms, to each of
 * @parts, elements that the caller has found in the document of @signature, and to nothing else;
 * their Id stands once; RSA with SHA-256 or SHA-1. What is then read from @parts is what was
 * signed.
 * @error: %DMP_ERROR_SIGNATURE */
gboolean dmp_xml_signature_verify (
    xmlNode *signature, xmlNode *const *parts, guint n, X509 *certificate, GError **error);

/* The form that the Algorithm of @node (a CanonicalizationMethod or Transform) names.
 * Returns: FALSE when it is none of them */
gboolean dmp_xml_read_form (xmlNode *node, DmpC14n *form);

/* Whether DigestMethod and DigestValue, children of @parent in @ns, are those of @data: SHA-256 or
 * SHA-1. */
gboolean dmp_xml_has_digest (xmlNode *parent, const char *ns, GBytes *data);

G_END_DECLS
