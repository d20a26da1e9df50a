#pragma once

#include "cda/dmp-cda-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pieces of a document in the order they are printed, each drawn whole on one page. */
typedef struct _DmpPrintPiece DmpPrintPiece;

/* @pictures: (element-type cairo_surface_t): the pages of the files, by attachment, each a
 *   GPtrArray or NULL
 * @context, @width: of the paper between its margins, in points
 * Returns: (transfer full) (element-type DmpPrintPiece) */
GPtrArray *dmp_print_layout_new (DmpCdaDocument *document,
                                 const GPtrArray *pictures,
                                 GtkPrintContext *context,
                                 double width,
                                 double height);

double dmp_print_piece_get_height (const DmpPrintPiece *piece);
void dmp_print_piece_draw (const DmpPrintPiece *piece, cairo_t *cr, double y);

/* One line of text at @size points. Returns: (transfer full) */
PangoLayout *
dmp_print_layout_line (GtkPrintContext *context, const char *text, double size, double width);

G_END_DECLS
