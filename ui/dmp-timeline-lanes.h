#pragma once

#include "dmp-timeline-data.h"

G_BEGIN_DECLS

/* The rows that the problems of a timeline take: those that last and began before the scale share
 * the first bar, then each has its own place. */
typedef struct
{
  int first, last; /* Julian days; @last 0: words without a bar */
  int row;
  char *text;
} DmpTimelineLane;

/* @data: (nullable). Returns: (transfer full) (element-type DmpTimelineLane) */
GPtrArray *dmp_timeline_lanes_new (const DmpTimelineData *data);

/* How many rows they take. */
int dmp_timeline_lanes_count (GPtrArray *lanes);

G_END_DECLS
