#pragma once

#include "summary/dmp-summary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The rows of the summary, one maker a kind of line. Each row keeps its summary alive, and knows
 * its line and its sources; its accessible name says the whole line in words.
 * Returns of the makers: (transfer floating): a GtkListBoxRow */
GtkWidget *dmp_line_new_allergy (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_plain (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_vaccine (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_news (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_treatment (DmpSummary *summary, const DmpSummaryLine *line);
GtkWidget *dmp_line_new_result (DmpSummary *summary, const DmpSummaryLine *line);

/* With the button that sets it aside, or takes it back: action "summary.set-aside" with its id.
 * @aside: (nullable): since when it is aside: "15:42" */
GtkWidget *dmp_line_new_flag (DmpSummary *summary, const DmpSummaryFlag *flag, const char *aside);

/* The shape of a thing to check; an empty place for QUIET. (transfer floating) */
GtkWidget *dmp_line_new_mark (DmpSeverity severity);

/* The shape that @row bears. Returns: QUIET for none */
DmpSeverity dmp_line_get_mark (GtkWidget *row);

/* Puts the drawing of a treatment under its words, and the words of a flag under its title, or
 * beside them. @row may be any of these. */
void dmp_line_set_stacked (GtkWidget *row, gboolean stacked);

/* The names of the columns of results and treatments. Returns: (transfer floating) */
GtkWidget *dmp_line_new_treatment_head (void);
GtkWidget *dmp_line_new_result_head (void);

/* What a row of these shows. All (transfer none) (nullable); @row may be any widget. */
const char *dmp_line_get_id (GtkWidget *row);
/* Whether @row shows the line with the id @id, or a part of it. */
gboolean dmp_line_is (GtkWidget *row, const char *id);
GPtrArray *dmp_line_get_sources (GtkWidget *row); /* (element-type DmpSummarySource) */
const DmpSummaryLine *dmp_line_get_line (GtkWidget *row);
const DmpSummaryFlag *dmp_line_get_flag (GtkWidget *row);

/* What Ctrl+D does with a line. */
typedef enum
{
  DMP_LINE_CANNOT_PART, /* it has one document only, or there is no line */
  DMP_LINE_CAN_PART,    /* into one part a document */
  DMP_LINE_CAN_JOIN     /* it is such a part */
} DmpLineParting;

DmpLineParting dmp_line_get_parting (const DmpSummaryLine *line);

G_END_DECLS
