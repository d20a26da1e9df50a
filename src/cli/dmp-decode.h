#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Explains a recorded message, offline: what it is, of which transaction, who speaks to whom, for
 * which patient, and what it carries. */

/* The shape is that of docs/cli.md, "decode". The homologation number of the software is never
 * shown.
 * @error: %DMP_ERROR_INVALID_MESSAGE, %DMP_ERROR_INVALID_XML, %DMP_ERROR_LIMIT
 * Returns: (transfer full) (nullable) */
JsonNode *dmp_decode_message (GBytes *bytes, GError **error);

/* The same for people, one fact a line. @decoded: from dmp_decode_message(). Returns: (transfer
 * full) */
char *dmp_decode_dup_text (JsonNode *decoded);

G_END_DECLS
