#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Why a line of the summary is there: a popover with the rules that made it and all its sources.
 * @row: a row of dmp-lines.h. Returns: (transfer floating): to be parented, and to point at @row */
GtkWidget *dmp_why_new (GtkWidget *row);

G_END_DECLS
