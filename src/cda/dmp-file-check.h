#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest file we send. The DMP says no number; hosts refuse more than a few MB, and its test
 * kit takes messages up to 50 MB (protocol/cda.md §3). */
#define DMP_FILE_MAX_SIZE (20 * 1024 * 1024)

/* What @bytes is, from its first bytes only. Returns: (transfer none) (nullable): a mime of
 * dmp_cda_write_level1(), "text/xml" for XML, or NULL */
const char *dmp_file_guess_mime (GBytes *bytes);

/* Reads a file that is to be sent; one that is too large is refused by its size, unread. What has
 * no size (a pipe) is read no further than the limit.
 * @error: %DMP_ERROR_INVALID_DOCUMENT with a French sentence. Returns: (transfer full) */
GBytes *dmp_file_read (const char *path, GError **error);

/* First looks at a PDF, without opening it: whether it is encrypted, and whether it can hold text
 * at all (it names a font; PDF/A-1 has no compressed objects that could hide one). */
gboolean dmp_pdf_is_encrypted (GBytes *bytes);
gboolean dmp_pdf_has_text (GBytes *bytes);

G_END_DECLS
