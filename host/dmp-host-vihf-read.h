#pragma once

#include "dmp-host-vihf.h"

G_BEGIN_DECLS

/* Reads the canonical bytes of an assertion whose signature has been verified.
 * @issuer: (out) (transfer full): text of saml2:Issuer
 * @error: %DMP_HOST_ERROR_INVALID_VIHF
 * Returns: (transfer full) */
DmpHostVihf *dmp_host_vihf_read (GBytes *signed_bytes, char **issuer, GError **error);

/* Takes apart "«INS»^^^&«OID»&ISO^NH" with what may follow (patient-identity.md §3).
 * @ins, @oid: (out) (transfer full)
 * Returns: FALSE when @cx is no such thing */
gboolean dmp_host_parse_cx (const char *cx, char **ins, char **oid);

G_END_DECLS
