#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes a multipart/related answer apart while it arrives: every part grows in its own buffer, and
 * nothing else is kept, so memory is what the parts weigh. Strict: CRLF, one header of a kind,
 * binary, 8bit or 7bit encoding. */

#define DMP_MIME_MAX_HEADERS 8192 /* bytes of one part's headers */
#define DMP_MIME_MAX_BOUNDARY 70  /* RFC 2046 §5.1.1 */
#define DMP_MIME_MAX_PREAMBLE 8192

typedef struct
{
  char *content_id;   /* (nullable): without <> */
  char *content_type; /* (nullable) */
  GBytes *bytes;      /* wiped when freed */
} DmpMimePart;

void dmp_mime_part_free (DmpMimePart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpMimePart, dmp_mime_part_free)

typedef struct _DmpMimeSplitter DmpMimeSplitter;

/* @boundary: without the leading hyphens
 * @error: %DMP_ERROR_INVALID_MESSAGE: not a boundary
 * Returns: (transfer full) (nullable) */
DmpMimeSplitter *
dmp_mime_splitter_new (const char *boundary, guint max_parts, gsize max_part, GError **error);
void dmp_mime_splitter_free (DmpMimeSplitter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpMimeSplitter, dmp_mime_splitter_free)

/* Says how many bytes will come in all, so that a large part needs not move while it grows. */
void dmp_mime_splitter_expect (DmpMimeSplitter *self, gsize len);

/* Takes the next bytes, cut anywhere.
 * @error: %DMP_ERROR_LIMIT, %DMP_ERROR_INVALID_MESSAGE; the splitter is then of no more use */
gboolean
dmp_mime_splitter_push (DmpMimeSplitter *self, const char *bytes, gsize len, GError **error);

/* After the last byte.
 * @error: %DMP_ERROR_INVALID_MESSAGE: the closing boundary has not come, or there is no part
 * Returns: (transfer full) (nullable) (element-type DmpMimePart) */
GPtrArray *dmp_mime_splitter_finish (DmpMimeSplitter *self, GError **error);

G_END_DECLS
