#pragma once

#include "summary/dmp-summary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The line above the summary that says what was read and what was not, with the detail of every
 * document left out in a popover (F8). Signal "open" (string unique id): a document of the detail
 * was chosen. */
#define DMP_TYPE_COVERAGE_ROW (dmp_coverage_row_get_type ())
G_DECLARE_FINAL_TYPE (DmpCoverageRow, dmp_coverage_row, DMP, COVERAGE_ROW, GtkBox)

/* @summary: (nullable); @interrupted: reading stopped before its end */
void dmp_coverage_row_set_summary (DmpCoverageRow *self, DmpSummary *summary, gboolean interrupted);

/* What the reader's profession may not see: the same for every record. @words: (nullable) */
void dmp_coverage_row_set_access (DmpCoverageRow *self, const char *words);

/* One under the other instead of side by side. */
void dmp_coverage_row_set_narrow (DmpCoverageRow *self, gboolean narrow);

/* At the foot of a page: a part of its line, without the sentence about masked documents, which the
 * summary says. @narrow: without the counts beside the bar; the detail has them. */
void dmp_coverage_row_set_brief (DmpCoverageRow *self, gboolean narrow);

void dmp_coverage_row_toggle_detail (DmpCoverageRow *self);

/* A row about a document that was left out: what it is, why, and a button that opens it unless it
 * has not come.
 * @opened: (nullable): "clicked" of that button, which carries the unique id as its data "document"
 * Returns: (transfer floating) */
GtkWidget *dmp_coverage_row_new_item (const DmpCoverageItem *item, GCallback opened, gpointer data);

G_END_DECLS
