#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DMP_RTF_ACTIVE = 1 << 0, /* an object, a remote template or a field that opens something */
  DMP_RTF_CUT = 1 << 1     /* there were more words than are given (4 MB) */
} DmpRtfFlags;

/* The words of an RTF text, and what else it is. Takes time in proportion to its size.
 * @text: (out) (transfer full): UTF-8, a paragraph or a table row a line
 * Returns: FALSE when it is no RTF or is not complete; nothing is set */
gboolean dmp_rtf_read (GBytes *bytes, char **text, DmpRtfFlags *flags);

G_END_DECLS
