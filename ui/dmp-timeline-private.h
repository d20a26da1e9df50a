#pragma once

#include "dmp-timeline-lanes.h"
#include "dmp-timeline.h"

G_BEGIN_DECLS

#define DMP_TIMELINE_GUTTER                                                                        \
  12.0                      /* left of the axis: where the frame of what came before stands        \
                             */
#define DMP_TIMELINE_END 14 /* right of it */

struct _DmpTimeline
{
  GtkWidget parent_instance;

  GtkWidget *rows[DMP_TIMELINE_N_TRACKS];
  GtkLabel *counts[DMP_TIMELINE_N_TRACKS];
  GtkLabel *span;

  const DmpTimelineData *data; /* (nullable) */
  GPtrArray *lanes;            /* (element-type DmpTimelineLane): of the problems */
  guint period;
  int track; /* -1: all */
  int names; /* width of the column of names */
  int row;   /* height of a row */
  gboolean roomy;
};

/* How many rows the problems take, where @track begins (the years are row 0), how many there are.
 */
int dmp_timeline_count_lanes (const DmpTimeline *self);
int dmp_timeline_get_row (const DmpTimeline *self, DmpTimelineTrack track);
int dmp_timeline_count_rows (const DmpTimeline *self);

/* Where a Julian day stands; there must be data. */
double dmp_timeline_get_x (DmpTimeline *self, double day);

/* All but the names of the tracks; there must be data. */
void dmp_timeline_draw (DmpTimeline *self, cairo_t *cr);

G_END_DECLS
