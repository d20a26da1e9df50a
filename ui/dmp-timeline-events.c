#include "config.h"

#include "dmp-timeline-events.h"

#include "dmp-document-kind.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_YEARS 7 /* of the scale, before this one */
#define PERIOD 3    /* months */

struct _DmpTimelineEvent
{
  GObject parent_instance;

  DmpTimelineFields fields;
};

G_DEFINE_FINAL_TYPE (DmpTimelineEvent, dmp_timeline_event, G_TYPE_OBJECT)

const char *
dmp_timeline_track_get_label (DmpTimelineTrack track)
{
  const char *labels[DMP_TIMELINE_N_TRACKS] = {
    _ ("Problèmes suivis"), _ ("Hospitalisations"), _ ("Actes et dispositifs"),
    _ ("Courriers"),        _ ("Biologie"),         _ ("Imagerie"),
    _ ("Ordonnances"),      _ ("Vaccins"),          _ ("Déposés par le patient"),
    _ ("Autres documents"),
  };

  return labels[track];
}

const char *
dmp_timeline_track_get_icon (DmpTimelineTrack track)
{
  static const char *const icons[DMP_TIMELINE_N_TRACKS] = {
    "ca-regular-doctor-symbolic", "ca-hospital-symbolic",     "object-select-symbolic",
    "mail-unread-symbolic",       "ca-laboratory-symbolic",   "image-x-generic-symbolic",
    "ca-prescription-symbolic",   "security-medium-symbolic", "ca-patient-symbolic",
    "x-office-document-symbolic",
  };

  return icons[track];
}

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

/* A year is in its middle, and so is a month. */
static int
read_day (const char *stamp, gboolean utc, gboolean *vague)
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

/* --- One event --- */

static void
dmp_timeline_event_finalize (GObject *object)
{
  DmpTimelineFields *fields = &DMP_TIMELINE_EVENT (object)->fields;

  g_free (fields->id);
  g_free (fields->date);
  g_free (fields->title);
  g_free (fields->name);
  g_free (fields->author);
  g_free (fields->document);
  g_free (fields->place);

  G_OBJECT_CLASS (dmp_timeline_event_parent_class)->finalize (object);
}

static void
dmp_timeline_event_class_init (DmpTimelineEventClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_timeline_event_finalize;
}

static void
dmp_timeline_event_init (DmpTimelineEvent *self)
{
}

const DmpTimelineFields *
dmp_timeline_event_get (DmpTimelineEvent *self)
{
  g_return_val_if_fail (DMP_IS_TIMELINE_EVENT (self), NULL);

  return &self->fields;
}

char *
dmp_timeline_event_dup_words (DmpTimelineEvent *self)
{
  const DmpTimelineFields *fields = dmp_timeline_event_get (self);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const char *all[] = { dmp_timeline_track_get_label (fields->track),
                        fields->date,
                        fields->title,
                        fields->author,
                        fields->masked ? _ ("masqué") : NULL,
                        fields->hidden_from_patient ? _ ("non visible du patient") : NULL };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && *all[i] != '\0')
      g_ptr_array_add (parts, (gpointer) all[i]);
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (", ", (char **) parts->pdata);
}

/* @fields: its strings are taken. */
static void
add (DmpTimelineData *self, const DmpTimelineFields *fields)
{
  DmpTimelineEvent *event = g_object_new (DMP_TYPE_TIMELINE_EVENT, NULL);

  event->fields = *fields;
  if (event->fields.first > self->today) /* nobody can have written it: no usable date */
    event->fields.first = 0;
  if (event->fields.last < event->fields.first)
    event->fields.last = event->fields.first;
  if (event->fields.icon == NULL)
    event->fields.icon = dmp_timeline_track_get_icon (fields->track);
  g_ptr_array_add (self->events, event);
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

static void
add_document (DmpTimelineData *self, DmpDocumentEntry *entry, DmpTimelineTitle title, gpointer data)
{
  const DmpDocumentEntryFields *of = dmp_document_entry_get_fields (entry);
  const char *date = dmp_document_entry_get_date (entry);
  DmpTimelineFields fields = { .track = get_track (entry), .is_document = TRUE };

  if (of->status == DMP_STATUS_DEPRECATED || of->status == DMP_STATUS_ARCHIVED ||
      of->status == DMP_STATUS_DELETED || dmp_document_entry_is_signature (entry))
    return;
  fields.first = fields.last = read_day (date, TRUE, &fields.vague);
  fields.id = g_strdup (of->unique_id);
  fields.date = date != NULL ? dmp_date_dup_display (date, TRUE, FALSE) : g_strdup ("?");
  fields.title = g_strdup (title (entry, data));
  fields.author = dmp_document_entry_dup_author (entry);
  fields.document = g_strdup (of->unique_id);
  fields.icon = dmp_document_kind_get_icon (entry);
  fields.masked = (of->visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS) != 0;
  fields.hidden_from_patient = (of->visibility & DMP_VISIBILITY_HIDDEN_FROM_PATIENT) != 0;
  add (self, &fields);
}

/* --- From lines of the summary --- */

static char *
dup_dates (const char *first, const char *last)
{
  g_autofree char *from = first != NULL ? dmp_date_dup_display (first, FALSE, FALSE) : NULL;
  g_autofree char *to = last != NULL ? dmp_date_dup_display (last, FALSE, FALSE) : NULL;

  if (from == NULL)
    return g_strdup ("?");
  if (to == NULL || g_str_equal (from, to))
    return g_steal_pointer (&from);
  if (strlen (from) == 10 && strlen (to) == 10 && g_str_equal (from + 6, to + 6))
    from[5] = '\0';

  return g_strdup_printf ("%s – %s", from, to);
}

static void
add_line (DmpTimelineData *self,
          const DmpSummaryLine *line,
          DmpTimelineTrack track,
          const DmpSummaryTrack *at)
{
  const DmpSummarySource *source = g_ptr_array_index (line->sources, 0);
  DmpTimelineFields fields = { .track = track,
                               .masked = line->masked,
                               .hidden_from_patient = line->hidden_from_patient };
  const char *first = at != NULL ? at->start : line->date;
  const char *last = at != NULL ? NULL : line->end_date;
  const char *detail = track == DMP_TIMELINE_VACCINES ? NULL : line->detail;
  gboolean vague;

  fields.first = read_day (first, FALSE, &fields.vague);
  fields.last = last != NULL                     ? read_day (last, FALSE, &vague)
                : track == DMP_TIMELINE_PROBLEMS ? self->today
                                                 : fields.first;
  fields.last = MIN (fields.last, self->today);
  fields.id = at != NULL ? g_strdup_printf ("%s %s", line->id, at->start) : g_strdup (line->id);
  fields.date = dup_dates (first, last);
  fields.title =
      detail != NULL ? g_strdup_printf ("%s – %s", line->text, detail) : g_strdup (line->text);
  fields.name = g_strdup (line->text);
  fields.author = g_strdup (source->author);
  fields.document = g_strdup (at != NULL && at->document ? at->document : source->document);
  fields.place = g_strdup (at != NULL && at->document ? at->place : source->place);
  add (self, &fields);
}

static void
add_block (DmpTimelineData *self, DmpSummary *summary, DmpBlockId id, DmpTimelineTrack track)
{
  GPtrArray *lines = dmp_summary_get_block (summary, id)->lines;

  for (guint i = 0; i < lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (lines, i);

      if (line->group != DMP_LINE_EXCLUDED && line->date != NULL)
        add_line (self, line, track, NULL);
    }
}

static gboolean
is_same_day (const DmpSummaryTrack *a, const DmpSummaryTrack *b)
{
  return b != NULL && strncmp (a->start, b->start, 8) == 0;
}

/* One an injection, however many documents tell of it; a vaccine without any has its own date. */
static void
add_vaccines (DmpTimelineData *self, DmpSummary *summary)
{
  GPtrArray *lines = dmp_summary_get_block (summary, DMP_BLOCK_VACCINE)->lines;

  for (guint i = 0; i < lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (lines, i);
      const DmpSummaryTrack *last = NULL;
      gboolean told = FALSE;

      for (guint k = 0; line->group != DMP_LINE_EXCLUDED && k < line->tracks->len; k++)
        {
          const DmpSummaryTrack *at = g_ptr_array_index (line->tracks, k);

          if (at->kind != DMP_TRACK_LIST || is_same_day (at, last))
            continue;
          last = at;
          add_line (self, line, DMP_TIMELINE_VACCINES, at);
          told = TRUE;
        }
      if (!told && line->group != DMP_LINE_EXCLUDED && line->date != NULL)
        add_line (self, line, DMP_TIMELINE_VACCINES, NULL);
    }
}

static void
add_summary (DmpTimelineData *self, DmpSummary *summary)
{
  GPtrArray *stays = dmp_summary_get_stays (summary);

  add_block (self, summary, DMP_BLOCK_PROBLEM, DMP_TIMELINE_PROBLEMS);
  for (guint i = 0; i < stays->len; i++)
    add_line (self, g_ptr_array_index (stays, i), DMP_TIMELINE_STAYS, NULL);
  add_block (self, summary, DMP_BLOCK_PROCEDURE, DMP_TIMELINE_ACTS);
  add_block (self, summary, DMP_BLOCK_DEVICE, DMP_TIMELINE_ACTS);
  add_vaccines (self, summary);
}

/* --- All of them --- */

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const DmpTimelineFields *first = &(*(DmpTimelineEvent *const *) a)->fields;
  const DmpTimelineFields *second = &(*(DmpTimelineEvent *const *) b)->fields;

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
                       DmpTimelineTitle title,
                       gpointer data)
{
  DmpTimelineData *self = g_new0 (DmpTimelineData, 1);
  guint n = documents != NULL ? g_list_model_get_n_items (documents) : 0;
  gboolean vague;

  self->today = read_day (today, FALSE, &vague);
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (documents, i);

      add_document (self, entry, title, data);
    }
  set_scale (self);
  if (summary != NULL)
    add_summary (self, summary);
  g_ptr_array_sort (self->events, compare_events);

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

/* --- Periods --- */

static guint
count_on_scale (const DmpTimelineData *self)
{
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_julian (&today, (guint32) self->today);

  return ((guint) (g_date_get_year (&today) - self->first_year) * 12 +
          (guint) g_date_get_month (&today) + PERIOD - 1) /
         PERIOD;
}

/* What lies off the scale: one before it, one without date. */
static gboolean
has_before (const DmpTimelineData *self)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      int day = dmp_timeline_event_get (self->events->pdata[i])->first;

      if (day > 0 && day < self->start)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_undated (const DmpTimelineData *self)
{
  return self->events->len > 0 &&
         dmp_timeline_event_get (self->events->pdata[self->events->len - 1])->first == 0;
}

guint
dmp_timeline_data_get_n_periods (const DmpTimelineData *self)
{
  return count_on_scale (self) + has_before (self) + has_undated (self);
}

static gboolean
is_before (const DmpTimelineData *self, guint period)
{
  return has_before (self) && period == count_on_scale (self);
}

/* The first and the last month of @period, from the first year's January on. */
static void
get_months (const DmpTimelineData *self, guint period, guint *first, guint *last)
{
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_julian (&today, (guint32) self->today);
  *last = (guint) (g_date_get_year (&today) - self->first_year) * 12 +
          (guint) g_date_get_month (&today) - 1 - period * PERIOD;
  *first = *last >= PERIOD - 1 ? *last - (PERIOD - 1) : 0;
}

void
dmp_timeline_data_get_period (const DmpTimelineData *self, guint period, int *first, int *last)
{
  guint from, to;

  *first = *last = 0;
  if (period >= count_on_scale (self))
    return;
  get_months (self, period, &from, &to);
  *first = get_day (self->first_year + from / 12, from % 12 + 1, 1);
  *last = get_day (self->first_year + (to + 1) / 12, (to + 1) % 12 + 1, 1) - 1;
}

static char *
dup_month (const DmpTimelineData *self, guint month)
{
  const char *months[] = { _ ("janvier"),   _ ("février"), _ ("mars"),     _ ("avril"),
                           _ ("mai"),       _ ("juin"),    _ ("juillet"),  _ ("août"),
                           _ ("septembre"), _ ("octobre"), _ ("novembre"), _ ("décembre") };

  return g_strdup_printf ("%s %u", months[month % 12], self->first_year + month / 12);
}

static char *
dup_capital (const char *text)
{
  g_autofree char *first = g_utf8_strup (text, (gssize) (g_utf8_next_char (text) - text));

  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

char *
dmp_timeline_data_dup_period_title (const DmpTimelineData *self, guint period)
{
  g_autofree char *from = NULL, *to = NULL, *title = NULL;
  guint first, last;

  if (is_before (self, period))
    return g_strdup_printf (_ ("Avant %u"), self->first_year);
  if (period >= count_on_scale (self))
    return g_strdup (_ ("Sans date exploitable"));
  get_months (self, period, &first, &last);
  from = dup_month (self, first);
  to = dup_month (self, last);
  if (first == last)
    return dup_capital (from);
  if (first / 12 == last / 12)
    *strrchr (from, ' ') = '\0';
  title = g_strdup_printf (_ ("%s à %s"), from, to);

  return dup_capital (title);
}

static gboolean
lies_in (const DmpTimelineData *self, int day, guint period)
{
  int first, last;

  if (is_before (self, period))
    return day > 0 && day < self->start;
  if (period >= count_on_scale (self))
    return day == 0;
  dmp_timeline_data_get_period (self, period, &first, &last);

  return day >= first && day <= last;
}

GPtrArray *
dmp_timeline_data_dup_events (const DmpTimelineData *self, guint period, int track)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->events->len; i++)
    {
      DmpTimelineEvent *event = g_ptr_array_index (self->events, i);

      if (lies_in (self, event->fields.first, period) &&
          (track < 0 || (DmpTimelineTrack) track == event->fields.track))
        g_ptr_array_add (events, g_object_ref (event));
    }

  return events;
}
