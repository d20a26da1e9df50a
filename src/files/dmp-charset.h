#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The encoding of a plain text: "UTF-8" when it is that, "UTF-16" by its mark, else the one of the
 * encodings of French stations in which its accents make French letters.
 * Returns: (transfer none): for g_convert() */
const char *dmp_charset_guess (GBytes *bytes);

/* Whether @text (UTF-8) has control characters other than tab, line ends and page ends. */
gboolean dmp_charset_has_controls (const char *text);

/* As a text to send: UTF-8 without mark, of @charset, without control characters.
 * @error: %DMP_ERROR_INVALID_DOCUMENT. Returns: (transfer full) */
GBytes *dmp_charset_clean (GBytes *bytes, const char *charset, GError **error);

G_END_DECLS
