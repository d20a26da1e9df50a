#pragma once

#include "dmp-summary-blocks.h"

G_BEGIN_DECLS

/* How the nine blocks of the summary stand on the screen. */
typedef enum
{
  DMP_SUMMARY_WIDE,    /* fixed places, all in sight */
  DMP_SUMMARY_STACKED, /* block 6 under block 5 */
  DMP_SUMMARY_COLUMN   /* one under the other: too narrow for its letters */
} DmpSummaryShape;

typedef struct
{
  GtkGrid *grid;
  DmpBlock **blocks;
  DmpSummaryShape shape;
  int width, height; /* that there is for the grid */
} DmpSummaryLayout;

/* Puts the blocks into the grid. */
void dmp_summary_layout_begin (DmpSummaryLayout *self);

/* Puts @foot under all of them; to be taken out before the shape changes again. */
void dmp_summary_layout_append (DmpSummaryLayout *self, GtkWidget *foot);

/* Takes the shape that suits its width and the letters of @widget. */
void dmp_summary_layout_choose (DmpSummaryLayout *self, GtkWidget *widget);

/* How many lines each block shows before they fold, but for what dmp_summary_layout_fit() gives. */
void dmp_summary_layout_limit (DmpSummaryLayout *self);

/* Puts the blocks where they belong, each with as many lines as leave the others on the screen. */
void dmp_summary_layout_fit (DmpSummaryLayout *self);

G_END_DECLS
