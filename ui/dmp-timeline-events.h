#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One thing that the timeline shows: a document, or a dated line of the summary. */

typedef enum
{
  DMP_TIMELINE_PROBLEMS, /* bars, from the summary */
  DMP_TIMELINE_STAYS,    /* from the summary */
  DMP_TIMELINE_ACTS,     /* what was done and put in, from the summary */
  DMP_TIMELINE_LETTERS,
  DMP_TIMELINE_LABORATORY, /* and what the insurer paid on a day without a report */
  DMP_TIMELINE_IMAGING,    /* and such acts without a report of their own */
  DMP_TIMELINE_PRESCRIPTIONS,
  DMP_TIMELINE_VACCINES, /* from the summary: one an injection */
  DMP_TIMELINE_PATIENT,  /* deposited by the patient */
  DMP_TIMELINE_OTHERS,   /* and the visits that the insurer paid */
  DMP_TIMELINE_N_TRACKS
} DmpTimelineTrack;

/* "Courriers"… Returns: (transfer none) */
const char *dmp_timeline_track_get_label (DmpTimelineTrack track);
const char *dmp_timeline_track_get_icon (DmpTimelineTrack track);

/* Days are Julian, as in GDate; 0 is none. */
typedef struct
{
  DmpTimelineTrack track;
  int first;            /* 0: no usable date */
  int last;             /* as @first for what is of one day; the end of today for what goes on */
  gboolean vague;       /* only month or year are known: @first is the middle of them */
  char *id;             /* stays the same when the same documents are read again */
  char *date;           /* as a list shows it: "14/01/2026", "24/11 – 28/11/2025" */
  char *title;          /* never NULL */
  char *name;           /* (nullable): of lines: the title without what is said of it */
  char *author;         /* (nullable) */
  char *document;       /* (nullable): unique id of what opens */
  char *place;          /* (nullable): the passage in it */
  const char *icon;     /* of the symbolic theme */
  char *stay;           /* (nullable): of documents: id of the stay that they belong to */
  GPtrArray *documents; /* (nullable) (element-type utf8): of stays: ids of theirs, newest first */
  gboolean is_document;
  gboolean masked; /* hidden from professionals: shown to the médecin traitant */
  gboolean hidden_from_patient;
} DmpTimelineFields;

/* Signal "unfolded": its row shows its documents, or does so no more. */
#define DMP_TYPE_TIMELINE_EVENT (dmp_timeline_event_get_type ())
G_DECLARE_FINAL_TYPE (DmpTimelineEvent, dmp_timeline_event, DMP, TIMELINE_EVENT, GObject)

/* Takes the strings of @fields. Returns: (transfer full) */
DmpTimelineEvent *dmp_timeline_event_new (const DmpTimelineFields *fields);

/* While the events are made: one more thing of the same day; the stay that a document is of. */
void dmp_timeline_event_add_title (DmpTimelineEvent *self, const char *more);
void dmp_timeline_event_set_stay (DmpTimelineEvent *self, const char *stay);

/* Returns: (transfer none): valid as long as @self */
const DmpTimelineFields *dmp_timeline_event_get (DmpTimelineEvent *self);

/* "4 documents"; NULL unless it is a stay that has some. Returns: (transfer full) (nullable) */
char *dmp_timeline_event_dup_count (DmpTimelineEvent *self);

/* The whole event in words: "Biologie, 14/01/2026, NFS, LBM Bioval, masqué".
 * Returns: (transfer full) */
char *dmp_timeline_event_dup_words (DmpTimelineEvent *self);

G_END_DECLS
