#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of an RTF text, and whether it carries something else than words.
 * @text: (out) (transfer full): UTF-8, a paragraph or a table row a line
 * @active: (out): whether it holds an object, a remote template or a field that opens something
 * Returns: FALSE when it is no RTF or is not complete; nothing is set */
gboolean dmp_rtf_read (GBytes *bytes, char **text, gboolean *active);

G_END_DECLS
