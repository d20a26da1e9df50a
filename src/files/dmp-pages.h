#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The pages of a PDF or an image, as the confined child caducee-pdf sees them. */
typedef struct
{
  guint n_pages;
  gboolean blank; /* every page was painted, and nothing is on any */
  char *text;     /* of the first pages, UTF-8, never NULL */
} DmpPages;

void dmp_pages_free (DmpPages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpPages, dmp_pages_free)

/* Blocks: any thread but the main one. @mime: "application/pdf" or an image's
 * @error: %DMP_ERROR_INVALID_DOCUMENT, a French sentence; G_IO_ERROR_CANCELLED
 * Returns: (transfer full) */
DmpPages *
dmp_pages_read (GBytes *bytes, const char *mime, GCancellable *cancellable, GError **error);

/* The image as a JPEG, over white. Blocks. Returns: (transfer full) */
GBytes *
dmp_pages_to_jpeg (GBytes *bytes, const char *mime, GCancellable *cancellable, GError **error);

G_END_DECLS
