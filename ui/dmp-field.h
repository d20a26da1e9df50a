#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Empties @field for good: what stood there does not come back with Ctrl+Z, which would give the
 * next patient's form the words of the one before. */
void dmp_field_clear (GtkEditable *field);

G_END_DECLS
