#pragma once

#include "files/dmp-pdf-wire.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* A PDF or an image, opened in a child process that may read nothing but the file it is given:
 * what arrives here are pixels and plain text. One child a file; it dies with this object. */
#define DMP_TYPE_PDF (dmp_pdf_get_type ())
G_DECLARE_FINAL_TYPE (DmpPdf, dmp_pdf, DMP, PDF, GObject)

/* Starts the child on @bytes. @mime: "application/pdf", "image/png", "image/jpeg", "image/tiff"
 * @cancellable: (nullable): ends the child too, whenever it is cancelled */
void dmp_pdf_open_async (GBytes *bytes,
                         const char *mime,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/* @error: %DMP_ERROR_INVALID_DOCUMENT, a French sentence. Returns: (transfer full) */
DmpPdf *dmp_pdf_open_finish (GAsyncResult *result, GError **error);

guint dmp_pdf_get_n_pages (DmpPdf *self);

/* How wide an image is in its own pixels; 0 for a PDF. */
guint dmp_pdf_get_image_width (DmpPdf *self);

/* Page @page (from 0) as a picture @width pixels wide. Requests are answered one by one. */
void dmp_pdf_render_async (DmpPdf *self,
                           guint page,
                           guint width,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* Returns: (transfer full) */
GdkTexture *dmp_pdf_render_finish (DmpPdf *self, GAsyncResult *result, GError **error);

/* The words of a page, line by line. */
void dmp_pdf_text_async (DmpPdf *self,
                         guint page,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/* Returns: (transfer full): maybe "" */
char *dmp_pdf_text_finish (DmpPdf *self, GAsyncResult *result, GError **error);

/* Where each character of that text stands. */
void dmp_pdf_places_async (DmpPdf *self,
                           guint page,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* Returns: (transfer full) (element-type DmpPdfBox): as many as the text has characters, or none */
GArray *dmp_pdf_places_finish (DmpPdf *self, GAsyncResult *result, GError **error);

/* Ends the child now; what is still asked fails. */
void dmp_pdf_close (DmpPdf *self);

G_END_DECLS
