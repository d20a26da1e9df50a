#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Empties @field for good: what stood there does not come back with Ctrl+Z, which would give the
 * next patient's form the words of the one before. */
void dmp_field_clear (GtkEditable *field);

/* Names @choice, of strings, for who does not see it: its button has the focus, and GTK 4.8 gives
 * that neither a name nor what is chosen. */
void dmp_field_name_choice (GtkDropDown *choice, const char *name);

G_END_DECLS
