#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A new OID that nobody else has: 2.25 and a random UUID as a decimal number (ITU-T X.667 §6.3), 44
 * characters at most, so it fits the 64 of XDS. Documents and submission sets are named with it.
 * Returns: (transfer full) */
char *dmp_unique_id_new_oid (void);

/* "urn:uuid:…", random (version 4). Returns: (transfer full) */
char *dmp_unique_id_new_urn (void);

/* Whether @text is an OID of at most 64 characters (ITI TF-3 §4.2.3.1.2). */
gboolean dmp_unique_id_is_oid (const char *text);

G_END_DECLS
