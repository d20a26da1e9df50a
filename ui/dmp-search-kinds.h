#pragma once

#include "search/dmp-search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which kind of result is shown, each with how many there are. Signal "changed". */
#define DMP_TYPE_SEARCH_KINDS (dmp_search_kinds_get_type ())
G_DECLARE_FINAL_TYPE (DmpSearchKinds, dmp_search_kinds, DMP, SEARCH_KINDS, GtkBox)

/* @results: (nullable): nothing is looked for */
void dmp_search_kinds_set_results (DmpSearchKinds *self, const DmpSearchResults *results);

/* Returns: a DmpSearchGroup, or DMP_SEARCH_N_GROUPS for all */
guint dmp_search_kinds_get (DmpSearchKinds *self);

/* All again. */
/* As if its chip was pressed. */
void dmp_search_kinds_choose (DmpSearchKinds *self, guint kind);

void dmp_search_kinds_reset (DmpSearchKinds *self);

G_END_DECLS
