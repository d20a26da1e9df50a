#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The pages of a TIFF, found without decoding anything: the image library reads the first one of a
 * file only. */

/* Returns: (transfer full) (element-type guint32): where each page's directory begins, at most
 * @most, pages that are small copies of others left out; empty for what is no plain TIFF */
GArray *tiff_find_pages (GBytes *bytes, guint most);

/* The same file with the page whose directory is at @at in front. Returns: (transfer full) */
GBytes *tiff_put_first (GBytes *bytes, guint32 at);

G_END_DECLS
