#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the objects of a PDF say. Debian has no validator of PDF/A; this looks at the essentials:
 * identification (XMP pdfaid), output intent with its profile, fonts embedded, no encryption, no
 * script, action, form, embedded file, transparency, layer, LZW, object stream or outside stream,
 * file identifier. Not looked at: operators of the pages, colours against the output intent, widths
 * of glyphs, the XMP properties one by one against the information dictionary. */
typedef struct
{
  guint pages;
  gboolean encrypted;
  gboolean intent;  /* an output intent of PDF/A */
  char part;        /* '1'…: as XMP says; 0: it does not */
  char conformance; /* 'A', 'B', 'U'; 0 */
  char **active;    /* what runs, opens or carries something: names of the format, maybe none */
  char **defects;   /* what PDF/A-1 forbids, as dmp-pdfa-wire.h names it */
} DmpPdfInfo;

void dmp_pdf_info_free (DmpPdfInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpPdfInfo, dmp_pdf_info_free)

/* Whether nothing looked at speaks against PDF/A-1. */
gboolean dmp_pdf_info_is_pdfa1 (const DmpPdfInfo *self);

/* Both run in a confined child and block: any thread but the main one.
 * @error: %DMP_ERROR_INVALID_DOCUMENT: damaged or (dmp_pdf_convert) protected; G_IO_ERROR_CANCELLED
 * Returns: (transfer full) */
DmpPdfInfo *dmp_pdf_inspect (GBytes *pdf, GCancellable *cancellable, GError **error);

/* The same pages as PDF/A-1b: fonts embedded, colours as sRGB, what is active dropped, links and
 * forms kept by their looks only. The result was inspected. */
GBytes *dmp_pdf_convert (GBytes *pdf, GCancellable *cancellable, GError **error);

G_END_DECLS
