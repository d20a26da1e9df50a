#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* dmp cda write MODEL: the structured document that the model in @path says, on standard output.
 * Offline.
 * @error: %DMP_ERROR_USAGE (no such file), %DMP_ERROR_INVALID_DOCUMENT */
gboolean dmp_cli_cda_write (const char *path, GError **error);

G_END_DECLS
