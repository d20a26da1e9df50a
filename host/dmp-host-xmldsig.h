#pragma once

#include <glib.h>
#include <libxml/tree.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

/* Verification of XML signatures, with xmlsec kept on the shortest leash: RSA with SHA-1 or
 * SHA-256, the key taken by us from the one X509Certificate, references to elements that we have
 * found ourselves. Whoever reads what is signed reads the bytes that were digested, nothing else.
 */

/* Once a process, before any thread verifies. */
gboolean dmp_host_xmldsig_init (GError **error);

/* --- One enveloped signature: an assertion -------------------------------------------------- */

/* The certificate in the signature that is a child of @element, not yet trusted.
 * @error: %DMP_HOST_ERROR_INVALID_VIHF when it is missing or not alone
 * Returns: (transfer full) */
X509 *dmp_host_xmldsig_certificate (xmlNode *element, GError **error);

/* Verifies with the key of @certificate: one reference to the element itself, enveloped-signature
 * and exclusive C14N only.
 * @id_attribute: the attribute of @element that the reference must name
 * @error: %DMP_HOST_ERROR_INVALID_SIGNATURE or _INVALID_VIHF
 * Returns: (transfer full): the very bytes that were digested. Whoever reads the element reads
 * these, nothing else. */
GBytes *dmp_host_xmldsig_verify (xmlNode *element,
                                 const char *id_attribute,
                                 X509 *certificate,
                                 GError **error);

/* --- A signature that is a document: of a submission set ------------------------------------- */

/* The certificate in @signature, not yet trusted. @error: %DMP_HOST_ERROR_INVALID_VIHF
 * Returns: (transfer full) */
X509 *dmp_host_xmldsig_certificate_of (xmlNode *signature, GError **error);

/* Verifies with the key of @certificate: the references of @signature are those to @parts, elements
 * inside it, each once, without transforms (inclusive C14N); no other signature is in the document.
 * @error: %DMP_HOST_ERROR_INVALID_SIGNATURE
 * Returns: (transfer full) (element-type GBytes): the bytes digested of each part, in their order
 */
GPtrArray *dmp_host_xmldsig_verify_parts (
    xmlNode *signature, xmlNode *const *parts, guint n, X509 *certificate, GError **error);

G_END_DECLS
