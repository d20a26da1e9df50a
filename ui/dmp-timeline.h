#pragma once

#include "dmp-timeline-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The years of a record, drawn: one track a kind, one mark a document, nothing stacked; problems
 * are bars. The chosen period is a frame, the chosen track a tinted row. Left and Right move the
 * frame, Up and Down choose the track, Home and End go to the ends. Each track is named in words,
 * with its count and its span.
 * Signals: "selected": period or track is another; "activate": Enter. */
#define DMP_TYPE_TIMELINE (dmp_timeline_get_type ())
G_DECLARE_FINAL_TYPE (DmpTimeline, dmp_timeline, DMP, TIMELINE, GtkWidget)

/* @data: (transfer none) (nullable): must live until another is set. Keeps the selection as far as
 * it exists. */
void dmp_timeline_set_data (DmpTimeline *self, const DmpTimelineData *data);

/* Taller rows, where there is room for them. */
void dmp_timeline_set_roomy (DmpTimeline *self, gboolean roomy);

/* Back to the newest period and to all tracks. */
void dmp_timeline_reset (DmpTimeline *self);

/* Where the chosen track stands in the drawing, in pixels from its top; the years for all. */
void dmp_timeline_get_extent (DmpTimeline *self, int *top, int *height);

guint dmp_timeline_get_period (DmpTimeline *self);

/* Returns: -1 for all, else a #DmpTimelineTrack */
int dmp_timeline_get_track (DmpTimeline *self);

G_END_DECLS
