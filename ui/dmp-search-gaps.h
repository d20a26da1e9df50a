#pragma once

#include "search/dmp-search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What cannot be searched, said before any result: no answer proves nothing of those documents.
 * Which they are stands in a popover (F8). Signal "open" (string unique id): one of them was
 * chosen. */
#define DMP_TYPE_SEARCH_GAPS (dmp_search_gaps_get_type ())
G_DECLARE_FINAL_TYPE (DmpSearchGaps, dmp_search_gaps, DMP, SEARCH_GAPS, GtkBox)

/* @unsearched: (nullable) (element-type DmpUnsearched): of @summary, see
 * dmp_search_list_unsearched()
 * @summary: (nullable) */
void dmp_search_gaps_set (DmpSearchGaps *self, DmpSummary *summary, GPtrArray *unsearched);

/* The sentence of dmp_search_dup_gaps_sentence(). Returns: (transfer none) */
const char *dmp_search_gaps_get_text (DmpSearchGaps *self);

void dmp_search_gaps_toggle (DmpSearchGaps *self);

G_END_DECLS
