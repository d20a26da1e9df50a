#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a child that may be wider than the page, a table most often: what does not fit scrolls
 * sideways inside it, and the text around keeps the width of the page. The height is the one that
 * the child needs at the width it gets, which a GtkScrolledWindow cannot tell, and the wheel goes
 * on to the page. Left and Right move it when it has the focus. */
#define DMP_TYPE_WIDE (dmp_wide_get_type ())
G_DECLARE_FINAL_TYPE (DmpWide, dmp_wide, DMP, WIDE, GtkWidget)

/* @child: (transfer floating). Returns: (transfer floating) */
GtkWidget *dmp_wide_new (GtkWidget *child);

G_END_DECLS
