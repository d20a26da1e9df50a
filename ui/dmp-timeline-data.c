#include "config.h"

#include "dmp-timeline-build.h"

#include "dmp-document-kind.h"
#include "model/dmp-date.h"

#include <string.h>

#define MAX_YEARS 7 /* of the scale, before this one */

/* --- Days --- */

static int
get_day (guint year, guint month, guint day)
{
  GDate date;

  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return (int) g_date_get_julian (&date);
}

static guint
read_digits (const char *text, guint n)
{
  guint value = 0;

  for (guint i = 0; i < n && g_ascii_isdigit (text[i]); i++)
    value = value * 10 + (guint) g_ascii_digit_value (text[i]);

  return value;
}

int
dmp_timeline_read_day (const char *stamp, gboolean utc, gboolean *vague)
{
  g_autoptr (GDateTime) time = NULL, local = NULL;
  gsize digits;

  *vague = FALSE;
  if (stamp == NULL || !dmp_date_check (stamp))
    return 0;
  digits = strspn (stamp, "0123456789");
  *vague = digits < 8;
  if (digits < 6)
    return get_day (read_digits (stamp, 4), 7, 1);
  if (digits < 8)
    return get_day (read_digits (stamp, 4), read_digits (stamp + 4, 2), 15);
  if (digits == 8)
    return get_day (read_digits (stamp, 4), read_digits (stamp + 4, 2), read_digits (stamp + 6, 2));
  time = dmp_date_parse (stamp, utc);
  local = time != NULL ? g_date_time_to_local (time) : NULL;
  if (local == NULL)
    return 0;

  return get_day ((guint) g_date_time_get_year (local), (guint) g_date_time_get_month (local),
                  (guint) g_date_time_get_day_of_month (local));
}

static guint
get_year (int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) day);

  return g_date_get_year (&date);
}

DmpTimelineEvent *
dmp_timeline_add (DmpTimelineBuild *build, DmpTimelineFields *fields)
{
  DmpTimelineEvent *event;

  if (fields->first > build->data->today) /* nobody can have written it: no usable date */
    fields->first = 0;
  event = dmp_timeline_event_new (fields);
  g_ptr_array_add (build->data->events, event);

  return event;
}

/* --- From documents --- */

static DmpTimelineTrack
get_track (DmpDocumentEntry *entry)
{
  if (dmp_document_entry_is_from_patient (entry))
    return DMP_TIMELINE_PATIENT;
  switch (dmp_document_kind_of (entry))
    {
    case DMP_KIND_LABORATORY:
      return DMP_TIMELINE_LABORATORY;
    case DMP_KIND_PRESCRIPTION:
      return DMP_TIMELINE_PRESCRIPTIONS;
    case DMP_KIND_IMAGING:
      return DMP_TIMELINE_IMAGING;
    case DMP_KIND_REPORT:
      return DMP_TIMELINE_LETTERS;
    case DMP_KIND_OTHER:
    case DMP_N_KINDS:
    default:
      return DMP_TIMELINE_OTHERS;
    }
}

/* What is not shown is counted. */
static gboolean
is_shown (const DmpTimelineBuild *build, DmpDocumentEntry *entry)
{
  const DmpTimelineSource *source = build->source;
  DmpTimelineData *data = build->data;
  DmpStatus status = dmp_document_entry_get_fields (entry)->status;
  const char *id = dmp_document_entry_get_unique_id (entry);

  if (dmp_document_entry_is_signature (entry))
    return FALSE;
  data->n_archived += status == DMP_STATUS_ARCHIVED;
  data->n_replaced += status == DMP_STATUS_DEPRECATED;

  if (status == DMP_STATUS_ARCHIVED || status == DMP_STATUS_DEPRECATED ||
      status == DMP_STATUS_DELETED)
    return FALSE;
  if (source->get_leader == NULL || id == NULL || source->get_leader (id, source->data) == NULL)
    return TRUE;
  data->n_behind++;

  return FALSE;
}

static void
add_document (DmpTimelineBuild *build, DmpDocumentEntry *entry)
{
  const DmpDocumentEntryFields *of = dmp_document_entry_get_fields (entry);
  const char *date = dmp_document_entry_get_date (entry);
  DmpTimelineFields fields = { .track = get_track (entry), .is_document = TRUE };
  DmpTimelineEvent *event;

  if (!is_shown (build, entry))
    return;
  fields.first = fields.last = dmp_timeline_read_day (date, TRUE, &fields.vague);
  fields.id = g_strdup (of->unique_id);
  fields.date = date != NULL ? dmp_date_dup_display (date, TRUE, FALSE) : g_strdup ("?");
  fields.title = g_strdup (build->source->get_title (entry, build->source->data));
  fields.author = dmp_document_entry_dup_author (entry);
  fields.document = g_strdup (of->unique_id);
  fields.icon = dmp_document_kind_get_icon (entry);
  fields.masked = (of->visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS) != 0;
  fields.hidden_from_patient = (of->visibility & DMP_VISIBILITY_HIDDEN_FROM_PATIENT) != 0;
  event = dmp_timeline_add (build, &fields);
  if (fields.track == DMP_TIMELINE_LABORATORY && fields.first > 0)
    g_hash_table_insert (build->tests, GINT_TO_POINTER (fields.first), event);
  if (of->unique_id == NULL)
    return;
  g_hash_table_insert (build->entries, (gpointer) of->unique_id, entry);
  g_hash_table_insert (build->events, (gpointer) of->unique_id, event);
}

/* --- All of them --- */

int
dmp_timeline_compare (gconstpointer a, gconstpointer b)
{
  const DmpTimelineFields *first = dmp_timeline_event_get (*(DmpTimelineEvent *const *) a);
  const DmpTimelineFields *second = dmp_timeline_event_get (*(DmpTimelineEvent *const *) b);

  if (first->first != second->first)
    return first->first > second->first ? -1 : 1;
  if (first->track != second->track)
    return first->track < second->track ? -1 : 1;

  return g_strcmp0 (first->id, second->id);
}

static void
set_scale (DmpTimelineData *self)
{
  guint this_year = get_year (self->today);
  int oldest = self->today;

  for (guint i = 0; i < self->events->len; i++)
    {
      const DmpTimelineFields *fields = dmp_timeline_event_get (self->events->pdata[i]);

      if (fields->is_document && fields->first > 0)
        oldest = MIN (oldest, fields->first);
    }
  self->first_year = MAX (get_year (oldest), this_year - MAX_YEARS);
  self->start = get_day (self->first_year, 1, 1);
  for (guint i = 0; i < self->events->len; i++)
    {
      const DmpTimelineFields *fields = dmp_timeline_event_get (self->events->pdata[i]);

      self->n_undated += fields->is_document && fields->first == 0;
      self->n_before += fields->is_document && fields->first > 0 && fields->first < self->start;
    }
}

DmpTimelineData *
dmp_timeline_data_new (GListModel *documents,
                       DmpSummary *summary,
                       const char *today,
                       const DmpTimelineSource *source)
{
  DmpTimelineData *self = g_new0 (DmpTimelineData, 1);
  guint n = documents != NULL ? g_list_model_get_n_items (documents) : 0;
  g_autoptr (GHashTable) entries = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) events = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) tests = g_hash_table_new (NULL, NULL);
  DmpTimelineBuild build = { self, source, entries, events, tests };
  gboolean vague;

  self->today = dmp_timeline_read_day (today, FALSE, &vague);
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (documents, i);

      add_document (&build, entry);
    }
  set_scale (self);
  if (summary != NULL)
    dmp_timeline_add_summary (&build, summary);
  g_ptr_array_sort (self->events, dmp_timeline_compare);

  return self;
}

void
dmp_timeline_data_free (DmpTimelineData *self)
{
  g_ptr_array_unref (self->events);
  g_free (self);
}

guint
dmp_timeline_data_count (const DmpTimelineData *self, DmpTimelineTrack track)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    n += dmp_timeline_event_get (self->events->pdata[i])->track == track;

  return n;
}
