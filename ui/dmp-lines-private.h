#pragma once

#include "dmp-lines.h"

G_BEGIN_DECLS

/* What the makers of lines share. Makers return (transfer floating), "dup" (transfer full). */

/* A row that carries @line or @flag, and says @words to who does not see it. */
GtkWidget *dmp_line_new_row (DmpSummary *summary,
                             const DmpSummaryLine *line,
                             const DmpSummaryFlag *flag,
                             GtkWidget *child,
                             const char *words);

/* The title of a flag over its words, or beside them. */
void dmp_flag_line_set_stacked (GtkWidget *row, gboolean stacked);

/* @stamp: (nullable). (nullable) */
char *dmp_line_dup_date (const char *stamp);

/* The line in words: text, detail, date, trust, sources. */
char *dmp_line_dup_words (const DmpSummaryLine *line);

/* Dates, counts, units: never broken. @text: (nullable) */
GtkWidget *dmp_line_new_sub (const char *text);

/* Nothing for no text. @text, @styles: (nullable) */
void dmp_line_append_if (GtkWidget *box, const char *text, const char *styles);

/* New, masked, hidden from the patient. */
void dmp_line_append_marks (GtkWidget *box, const DmpSummaryLine *line);

/* A grid of 24 equal columns, so that all rows of a block line up. */
GtkWidget *dmp_line_new_columns (void);

/* Puts @child after what is there already. @column: (inout) */
void dmp_line_put (GtkWidget *grid, GtkWidget *child, int *column, int width);

G_END_DECLS
