#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Words that were looked for, marked where they stand: attributes of text, never markup. */

/* Adds the look of a mark to @list, characters [@start, @end[ of @text.
 * @widget: whose colours, light or dark */
void
dmp_marks_add (PangoAttrList *list, GtkWidget *widget, const char *text, guint start, guint end);

/* Marks @words, where a word of @label begins with one; the shortest ones (K, Na) only when it is
 * the word. Returns: whether there was any */
gboolean dmp_marks_find (GtkLabel *label, const char *const *words);

/* Where @words stand in @text by the same rule.
 * @starts, @ends: (element-type guint): characters, appended */
void
dmp_marks_find_places (const char *text, const char *const *words, GArray *starts, GArray *ends);

/* Gives characters [@start, @end[ of @label the paper of a passage that is cited. */
void dmp_marks_cite (GtkLabel *label, guint start, guint end);

G_END_DECLS
