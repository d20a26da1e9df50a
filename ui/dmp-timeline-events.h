#pragma once

#include "model/dmp-document-entry.h"
#include "summary/dmp-summary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the timeline shows, without a widget: the record's documents and the dated lines of its
 * summary, sorted into tracks and periods. The scale comes from the listed documents only: it does
 * not move while their contents arrive. */

typedef enum
{
  DMP_TIMELINE_PROBLEMS, /* bars, from the summary */
  DMP_TIMELINE_STAYS,    /* from the summary */
  DMP_TIMELINE_ACTS,     /* procedures and devices, from the summary */
  DMP_TIMELINE_LETTERS,
  DMP_TIMELINE_LABORATORY,
  DMP_TIMELINE_IMAGING,
  DMP_TIMELINE_PRESCRIPTIONS,
  DMP_TIMELINE_VACCINES, /* from the summary: one an injection */
  DMP_TIMELINE_PATIENT,  /* deposited by the patient */
  DMP_TIMELINE_OTHERS,
  DMP_TIMELINE_N_TRACKS
} DmpTimelineTrack;

/* "Courriers"… Returns: (transfer none) */
const char *dmp_timeline_track_get_label (DmpTimelineTrack track);
const char *dmp_timeline_track_get_icon (DmpTimelineTrack track);

/* Days are Julian, as in GDate; 0 is none. */
typedef struct
{
  DmpTimelineTrack track;
  int first;        /* 0: no usable date */
  int last;         /* as @first for what is of one day; the end of today for what goes on */
  gboolean vague;   /* only month or year are known: @first is the middle of them */
  char *id;         /* stays the same when the same documents are read again */
  char *date;       /* as a list shows it: "14/01/2026", "24/11 – 28/11/2025" */
  char *title;      /* never NULL */
  char *name;       /* (nullable): of lines: the title without what is said of it */
  char *author;     /* (nullable) */
  char *document;   /* (nullable): unique id of what opens */
  char *place;      /* (nullable): the passage in it */
  const char *icon; /* of the symbolic theme */
  gboolean is_document;
  gboolean masked; /* hidden from professionals: shown to the médecin traitant */
  gboolean hidden_from_patient;
} DmpTimelineFields;

#define DMP_TYPE_TIMELINE_EVENT (dmp_timeline_event_get_type ())
G_DECLARE_FINAL_TYPE (DmpTimelineEvent, dmp_timeline_event, DMP, TIMELINE_EVENT, GObject)

/* Returns: (transfer none): valid as long as @self */
const DmpTimelineFields *dmp_timeline_event_get (DmpTimelineEvent *self);

/* The whole event in words: "Biologie, 14/01/2026, NFS, LBM Bioval, masqué".
 * Returns: (transfer full) */
char *dmp_timeline_event_dup_words (DmpTimelineEvent *self);

/* How @entry is called in the list of documents. Returns: (transfer none) */
typedef const char *(*DmpTimelineTitle) (DmpDocumentEntry *entry, gpointer data);

typedef struct
{
  GPtrArray *events; /* (element-type DmpTimelineEvent): newest first, those without a date last */
  int start;         /* first day drawn: a 1st of January */
  int today;
  guint first_year;
  guint n_before;  /* documents dated before @start */
  guint n_undated; /* documents without a usable date */
} DmpTimelineData;

/* @documents: (nullable): of DmpDocumentEntry; @summary: (nullable); @today: "yyyyMMdd"
 * Returns: (transfer full) */
DmpTimelineData *dmp_timeline_data_new (GListModel *documents,
                                        DmpSummary *summary,
                                        const char *today,
                                        DmpTimelineTitle title,
                                        gpointer data);
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

/* What lies in @period; @track: -1 for all. A problem lies where it began.
 * Returns: (transfer full) (element-type DmpTimelineEvent) */
GPtrArray *dmp_timeline_data_dup_events (const DmpTimelineData *self, guint period, int track);

/* How many there are in all. */
guint dmp_timeline_data_count (const DmpTimelineData *self, DmpTimelineTrack track);

G_END_DECLS
