#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How wide a label that wraps is, however high it may be. GTK 4.8 boxes ask a label for its width
 * at many heights, and GtkLabel tries ten widths for each: of five long labels, one summary took
 * 120 ms to lay out, and not 20. The answer hardly matters: a label gets the width that is there,
 * then the height that goes with it. */
#define DMP_TYPE_TEXT_LAYOUT (dmp_text_layout_get_type ())
G_DECLARE_FINAL_TYPE (DmpTextLayout, dmp_text_layout, DMP, TEXT_LAYOUT, GtkLayoutManager)

/* For a #GtkLabel; dmp_text_new() has done it. */
void dmp_text_layout_apply (GtkWidget *label);

G_END_DECLS
