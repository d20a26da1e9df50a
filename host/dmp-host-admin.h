#pragma once

#include "dmp-host-service.h"

G_BEGIN_DECLS

/* What the administrator asks on the command line. */

/* Checks database, chain of the trail and presence of every blob; removes blobs that nothing names
 * and that are older than a day. Prints counts. */
gboolean dmp_host_admin_check (DmpHost *host, GError **error);

/* Prints the trail as tab-separated lines: number, time, actor, structure, mode, transaction,
 * record (its opaque number), document, result. */
gboolean dmp_host_admin_audit (DmpHost *host, GError **error);

G_END_DECLS
