#pragma once

#include "dmp-timeline-data.h"

G_BEGIN_DECLS

/* What is known while the events are made; all borrowed. */
typedef struct
{
  DmpTimelineData *data;
  const DmpTimelineSource *source;
  GHashTable *entries; /* unique id → DmpDocumentEntry: of what is shown */
  GHashTable *events;  /* unique id → DmpTimelineEvent: theirs */
  GHashTable *tests;   /* day → DmpTimelineEvent: biology of that day, a report or a payment */
} DmpTimelineBuild;

/* The Julian day of @stamp; a year is in its middle, and so is a month: @vague then. @stamp:
 * (nullable); @utc: without a zone it is UTC. Returns: 0 for no usable date */
int dmp_timeline_read_day (const char *stamp, gboolean utc, gboolean *vague);

/* Takes the strings of @fields. Returns: (transfer none) */
DmpTimelineEvent *dmp_timeline_add (DmpTimelineBuild *build, DmpTimelineFields *fields);

/* Newest first, then by track, then by id: for g_ptr_array_sort() of DmpTimelineEvent. */
int dmp_timeline_compare (gconstpointer a, gconstpointer b);

/* Once the documents are there (dmp-timeline-lines.c). */
void dmp_timeline_add_summary (DmpTimelineBuild *build, DmpSummary *summary);

G_END_DECLS
