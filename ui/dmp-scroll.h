#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls to where a character stands, once it is laid out; a little of what comes before it stays
 * in sight. @widget: a label, or a DmpPageView; @at: character of its text */
void dmp_scroll_to_character (GtkWidget *widget, guint at);

G_END_DECLS
