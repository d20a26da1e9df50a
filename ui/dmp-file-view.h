#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A file that a document carries: the pages of a PDF or an image as pictures, each with its words
 * below on demand and for screen readers; plain text as text; anything else is named, not opened.
 */
#define DMP_TYPE_FILE_VIEW (dmp_file_view_get_type ())
G_DECLARE_FINAL_TYPE (DmpFileView, dmp_file_view, DMP, FILE_VIEW, GtkBox)

/* Returns: (transfer floating) */
GtkWidget *dmp_file_view_new (GBytes *bytes, const char *mime);

G_END_DECLS
