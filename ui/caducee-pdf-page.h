#pragma once

#include "files/dmp-pdf-wire.h"

G_BEGIN_DECLS

/* A PDF or an image, in the confined child. */
typedef struct _PdfFile PdfFile;

/* Loads what must be loaded from the disk, before the cage is shut. */
void pdf_page_prepare (void);

/* @mime: as its bringer says; only its kind is used. @opening: (out): status and number of pages.
 * Returns: (transfer full) (nullable) */
PdfFile *pdf_file_open (GBytes *bytes, const char *mime, DmpPdfAnswer *opening);

guint pdf_file_get_n_pages (PdfFile *self);

/* They fill @answer. Returns: (transfer full) (nullable): @answer->length bytes */
guint8 *pdf_file_render (PdfFile *self, guint page, guint width, DmpPdfAnswer *answer);
guint8 *pdf_file_text (PdfFile *self, guint page, DmpPdfAnswer *answer);
guint8 *pdf_file_jpeg (PdfFile *self, DmpPdfAnswer *answer);
guint8 *pdf_file_places (PdfFile *self, guint page, DmpPdfAnswer *answer);

G_END_DECLS
