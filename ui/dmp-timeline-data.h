#pragma once

#include "dmp-timeline-events.h"

#include "model/dmp-document-entry.h"
#include "summary/dmp-summary.h"

G_BEGIN_DECLS

/* What the timeline shows, without a widget: the record's documents and the dated lines of its
 * summary, sorted into tracks and periods. The scale comes from the listed documents only: it does
 * not move while their contents arrive. The same documents in any order give the same events. */

/* What the list of documents knows of them. */
typedef struct
{
  /* How @entry is called there. Returns: (transfer none) */
  const char *(*get_title) (DmpDocumentEntry *entry, gpointer data);
  /* (nullable): the document that stands before it there. Returns: (transfer none) (nullable) */
  const char *(*get_leader) (const char *unique_id, gpointer data);
  /* (nullable): the other documents of the same episode. Returns: (transfer container)
   * (element-type DmpDocumentEntry) */
  GPtrArray *(*dup_episode) (const char *unique_id, gpointer data);
  gpointer data;
} DmpTimelineSource;

typedef struct
{
  GPtrArray *events; /* (element-type DmpTimelineEvent): newest first, those without a date last */
  int start;         /* first day drawn: a 1st of January */
  int today;
  guint first_year;
  guint n_before;   /* documents dated before @start */
  guint n_undated;  /* documents without a usable date */
  guint n_archived; /* documents that are not shown: set aside by somebody */
  guint n_replaced; /* and older versions */
  guint n_behind;   /* and other formats and copies, behind the one that is shown */
} DmpTimelineData;

/* @documents: (nullable): of DmpDocumentEntry; @summary: (nullable); @today: "yyyyMMdd";
 * @source: (transfer none): for this call
 * Returns: (transfer full) */
DmpTimelineData *dmp_timeline_data_new (GListModel *documents,
                                        DmpSummary *summary,
                                        const char *today,
                                        const DmpTimelineSource *source);
void dmp_timeline_data_free (DmpTimelineData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpTimelineData, dmp_timeline_data_free)

/* Periods are of three months, numbered backwards: 0 ends with this month. After the last one of
 * the scale come what lies before the scale and what has no usable date, when there is any. */
guint dmp_timeline_data_get_n_periods (const DmpTimelineData *self);

/* The first and the last day of @period; both 0 for those off the scale. */
void
dmp_timeline_data_get_period (const DmpTimelineData *self, guint period, int *first, int *last);

/* "Novembre 2025 à janvier 2026", "Avant 2019", "Sans date exploitable". Returns: (transfer full)
 */
char *dmp_timeline_data_dup_period_title (const DmpTimelineData *self, guint period);

/* What lies in @period, the documents of a stay too; @track: -1 for all. A problem lies where it
 * began.
 * Returns: (transfer full) (element-type DmpTimelineEvent) */
GPtrArray *dmp_timeline_data_dup_events (const DmpTimelineData *self, guint period, int track);

/* How many there are in all. */
guint dmp_timeline_data_count (const DmpTimelineData *self, DmpTimelineTrack track);

G_END_DECLS
