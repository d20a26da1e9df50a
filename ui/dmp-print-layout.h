#pragma once

#include "cda/dmp-cda-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pieces of a document in the order they are printed, each drawn whole on one page. */
typedef struct _DmpPrintPiece DmpPrintPiece;

/* What of an attachment is printed. */
typedef struct
{
  GPtrArray *pages; /* (element-type cairo_surface_t) */
  char *problem;    /* (nullable): why not all of it, in French; printed where it would stand */
} DmpPrintFile;

/* @files: (element-type DmpPrintFile): by attachment
 * @context, @width: of the paper between its margins, in points
 * Returns: (transfer full) (element-type DmpPrintPiece) */
GPtrArray *dmp_print_layout_new (DmpCdaDocument *document,
                                 const GPtrArray *files,
                                 GtkPrintContext *context,
                                 double width,
                                 double height);

double dmp_print_piece_get_height (const DmpPrintPiece *piece);

/* A heading, or the head of a table: it stands on the page of what follows. */
gboolean dmp_print_piece_keeps (const DmpPrintPiece *piece);

/* The pieces to draw again above @piece when it begins a page: the head of its table.
 * Returns: (transfer none) (nullable) (element-type DmpPrintPiece) */
const GPtrArray *dmp_print_piece_get_heads (const DmpPrintPiece *piece);

void dmp_print_piece_draw (const DmpPrintPiece *piece, cairo_t *cr, double y);

/* One line of text at @size points. Returns: (transfer full) */
PangoLayout *
dmp_print_layout_line (GtkPrintContext *context, const char *text, double size, double width);

G_END_DECLS
