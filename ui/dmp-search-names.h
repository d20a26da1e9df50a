#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which other names were looked for too: the first ones on a chip, all of them behind it. */
#define DMP_TYPE_SEARCH_NAMES (dmp_search_names_get_type ())
G_DECLARE_FINAL_TYPE (DmpSearchNames, dmp_search_names, DMP, SEARCH_NAMES, GtkBox)

/* @names: (nullable): NULL or empty: the chip is not there */
void dmp_search_names_set (DmpSearchNames *self, const char *const *names);

G_END_DECLS
