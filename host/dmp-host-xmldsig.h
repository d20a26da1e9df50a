#pragma once

#include <glib.h>
#include <libxml/tree.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

/* Verification of one enveloped XML signature, with xmlsec kept on the shortest leash: one
 * reference to the element itself, enveloped-signature and exclusive C14N only, RSA with SHA-1 or
 * SHA-256, the key taken by us from the one X509Certificate. */

/* Once a process, before any thread verifies. */
gboolean dmp_host_xmldsig_init (GError **error);

/* The certificate in the signature that is a child of @element, not yet trusted.
 * @error: %DMP_HOST_ERROR_INVALID_VIHF when it is missing or not alone
 * Returns: (transfer full) */
X509 *dmp_host_xmldsig_certificate (xmlNode *element, GError **error);

/* Verifies with the key of @certificate.
 * @id_attribute: the attribute of @element that the reference must name
 * @error: %DMP_HOST_ERROR_INVALID_SIGNATURE or _INVALID_VIHF
 * Returns: (transfer full): the very bytes that were digested. Whoever reads the element reads
 * these, nothing else. */
GBytes *dmp_host_xmldsig_verify (xmlNode *element,
                                 const char *id_attribute,
                                 X509 *certificate,
                                 GError **error);

G_END_DECLS
