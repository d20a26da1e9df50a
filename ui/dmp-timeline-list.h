#pragma once

#include "dmp-timeline-data.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The events of a period of the timeline, one a row, newest first. The documents of a stay that is
 * listed stand behind it: Enter shows them one by one under it, or folds them away again. Enter on
 * any other row opens its document. What stays the same keeps its row, the choice and the focus.
 * Signal "open" (unique id, place): a document is asked for. */
#define DMP_TYPE_TIMELINE_LIST (dmp_timeline_list_get_type ())
G_DECLARE_FINAL_TYPE (DmpTimelineList, dmp_timeline_list, DMP, TIMELINE_LIST, AdwBin)

/* @data: (transfer none): of all; must live until another is set. @events: (element-type
 * DmpTimelineEvent): those to list; referenced. @keep: the same period as before: the chosen event
 * stays chosen */
void dmp_timeline_list_set_events (DmpTimelineList *self,
                                   const DmpTimelineData *data,
                                   GPtrArray *events,
                                   gboolean keep);

/* Forgets everything. */
void dmp_timeline_list_clear (DmpTimelineList *self);

/* As Enter on the chosen row; one that unfolds gets the focus. */
void dmp_timeline_list_open (DmpTimelineList *self);

G_END_DECLS
