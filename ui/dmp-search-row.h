#pragma once

#include "model/dmp-document-entry.h"
#include "search/dmp-search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The rows of what was found: a series of results with its curve, a treatment, a passage with its
 * words marked. The accessible name says the whole row in words. */

/* @hit: (transfer none): lives as long as the row
 * @entry: (nullable): its document
 * @whole: with all of its values, not only the newest ones. Returns: (transfer floating): a
 * GtkListBoxRow */
GtkWidget *dmp_search_row_new (DmpSearchGroup group,
                               const DmpSearchHit *hit,
                               DmpDocumentEntry *entry,
                               gboolean whole);

/* The row that shows the rest of a group. Returns: (transfer floating) */
GtkWidget *dmp_search_row_new_more (DmpSearchGroup group, guint n);

/* Returns: (transfer none) (nullable): NULL for the row that shows the rest */
const DmpSearchHit *dmp_search_row_get_hit (GtkListBoxRow *row);

DmpSearchGroup dmp_search_row_get_group (GtkListBoxRow *row);

/* What @row is known by when the list is filled anew. @row: (nullable). Returns: (transfer full)
 * (nullable) */
char *dmp_search_row_dup_key (GtkListBoxRow *row);

/* Puts a title above the first of the treatments, and of the passages; with "search.all" when they
 * are not shown alone. @before: (nullable) */
void dmp_search_row_set_header (GtkListBoxRow *row,
                                GtkListBoxRow *before,
                                const DmpSearchResults *results,
                                gboolean alone);

/* How many results there are of @group, or of all for DMP_SEARCH_N_GROUPS. @results: (nullable) */
guint dmp_search_count_found (const DmpSearchResults *results, guint group);

/* The words that are marked in @hit, each once. Returns: (transfer full) */
char **dmp_search_hit_dup_words (const DmpSearchHit *hit);

G_END_DECLS
