#pragma once

#include "summary/dmp-summary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The rows of the summary, one maker a kind of line. Each row keeps its summary alive, and knows
 * its line and its sources; its accessible name says the whole line in words.
 * Returns of the makers: (transfer floating): a GtkListBoxRow */
GtkWidget *dmp_line_new_flag (DmpSummary *summary, const DmpSummaryFlag *flag);
GtkWidget *dmp_line_new_allergy (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_plain (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_vaccine (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_news (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_treatment (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_result (DmpSummary *summary, const DmpSummaryLine *line);

/* Puts the drawing of a treatment under its words, or beside them. @row may be any of these. */
void dmp_line_set_stacked (GtkWidget *row, gboolean stacked);

/* The names of the columns of results and treatments. Returns: (transfer floating) */
GtkWidget *dmp_line_new_treatment_head (void);
GtkWidget *dmp_line_new_result_head (void);

/* What a row of these shows. All (transfer none) (nullable); @row may be any widget. */
const char *dmp_line_get_id (GtkWidget *row);
GPtrArray *dmp_line_get_sources (GtkWidget *row); /* (element-type DmpSummarySource) */
const DmpSummaryLine *dmp_line_get_line (GtkWidget *row);
const DmpSummaryFlag *dmp_line_get_flag (GtkWidget *row);

G_END_DECLS
