#pragma once

#include "dmp-timeline-data.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* « Chronologie »: the years of the record drawn, and below, as a list, what lies in the chosen
 * period. It is read in full with the keyboard and in words: Left and Right move the period, Up and
 * Down choose the track, Enter opens. A stay with several documents shows them one by one.
 * Signal "open" (unique id, place): a document is asked for. */
#define DMP_TYPE_TIMELINE_PAGE (dmp_timeline_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpTimelinePage, dmp_timeline_page, DMP, TIMELINE_PAGE, AdwBin)

/* What the list of documents knows of them; before the first list of them. @source: copied */
void dmp_timeline_page_set_source (DmpTimelinePage *self, const DmpTimelineSource *source);

/* @today: "yyyyMMdd"; unless set, the day on which the documents are set */
void dmp_timeline_page_set_today (DmpTimelinePage *self, const char *today);

/* @documents: (nullable): a list of DmpDocumentEntry, watched. NULL forgets everything. */
void dmp_timeline_page_set_documents (DmpTimelinePage *self, GListModel *documents);

/* What was read so far: titles are asked for again. @summary: (nullable) */
void dmp_timeline_page_set_summary (DmpTimelinePage *self, DmpSummary *summary);

/* Reading stopped before its end: said in the last line. */
void dmp_timeline_page_set_interrupted (DmpTimelinePage *self, gboolean interrupted);

/* Which documents were not read, and why. */
void dmp_timeline_page_toggle_detail (DmpTimelinePage *self);

void dmp_timeline_page_focus (DmpTimelinePage *self);

G_END_DECLS
