#include "config.h"

#include "dmp-timeline-build.h"

#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the timeline takes from the lines of the summary. */

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

/* A sentence without its full stop: more words may follow. */
static char *
dup_name (const char *text)
{
  gsize length = strlen (text);

  return g_strndup (text, length > 1 && text[length - 1] == '.' ? length - 1 : length);
}

/* @at: (nullable): one of several dates of @line */
static DmpTimelineFields
fields_from_line (const DmpTimelineBuild *build,
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

  fields.first = dmp_timeline_read_day (first, FALSE, &fields.vague);
  fields.last = last != NULL                     ? dmp_timeline_read_day (last, FALSE, &vague)
                : track == DMP_TIMELINE_PROBLEMS ? build->data->today
                                                 : fields.first;
  fields.last = MIN (fields.last, build->data->today);
  fields.id = at != NULL ? g_strdup_printf ("%s %s", line->id, at->start) : g_strdup (line->id);
  fields.date = dup_dates (first, last);
  fields.name = dup_name (line->text);
  fields.title =
      detail != NULL ? g_strdup_printf ("%s – %s", fields.name, detail) : g_strdup (fields.name);
  fields.author = g_strdup (source->author);
  fields.document = g_strdup (at != NULL && at->document ? at->document : source->document);
  fields.place = g_strdup (at != NULL && at->document ? at->place : source->place);

  return fields;
}

static void
add_line (DmpTimelineBuild *build,
          const DmpSummaryLine *line,
          DmpTimelineTrack track,
          const DmpSummaryTrack *at)
{
  DmpTimelineFields fields = fields_from_line (build, line, track, at);

  dmp_timeline_add (build, &fields);
}

/* --- Acts: a lane for what was done, not for what was looked at or paid --- */

/* What the insurer paid on one day is one event, and none where that day's report stands. */
static void
add_test (DmpTimelineBuild *build, const DmpSummaryLine *line)
{
  DmpTimelineFields fields = fields_from_line (build, line, DMP_TIMELINE_LABORATORY, NULL);
  DmpTimelineEvent *there = g_hash_table_lookup (build->tests, GINT_TO_POINTER (fields.first));
  g_autofree char *text = NULL;

  if (there == NULL)
    {
      text = fields.title;
      fields.title = g_strdup_printf (_ ("Biologie remboursée, compte rendu non lu : %s"), text);
      there = dmp_timeline_add (build, &fields);
      g_hash_table_insert (build->tests, GINT_TO_POINTER (fields.first), there);
      return;
    }
  if (!dmp_timeline_event_get (there)->is_document)
    dmp_timeline_event_add_title (there, fields.title);
  g_object_unref (dmp_timeline_event_new (&fields)); /* frees its strings */
}

/* Whether a report of the lane of images, of the same day, tells of @line. */
static gboolean
has_report (DmpTimelineBuild *build, const DmpSummaryLine *line)
{
  gboolean vague;
  int day = dmp_timeline_read_day (line->date, FALSE, &vague);

  for (guint i = 0; i < line->sources->len; i++)
    {
      const DmpSummarySource *source = g_ptr_array_index (line->sources, i);
      DmpTimelineEvent *report = g_hash_table_lookup (build->events, source->document);

      if (report != NULL && dmp_timeline_event_get (report)->track == DMP_TIMELINE_IMAGING &&
          dmp_timeline_event_get (report)->first == day)
        return TRUE;
    }

  return FALSE;
}

static void
add_act (DmpTimelineBuild *build, const DmpSummaryLine *line)
{
  switch (dmp_summary_line_get_act (line))
    {
    case DMP_ACT_LABORATORY:
      add_test (build, line);
      break;
    case DMP_ACT_IMAGING:
      if (!has_report (build, line))
        add_line (build, line, DMP_TIMELINE_IMAGING, NULL);
      break;
    case DMP_ACT_VISIT:
      add_line (build, line, DMP_TIMELINE_OTHERS, NULL);
      break;
    case DMP_ACT_OTHER:
    case DMP_ACT_IMPLANT:
    case DMP_ACT_EXAMINATION:
    default:
      add_line (build, line, DMP_TIMELINE_ACTS, NULL);
    }
}

/* --- Stays, with their documents --- */

/* Whether the care that a document tells of lies in the days of the stay, give or take one: the
 * insurer's history of two years does not. */
static gboolean
is_within (DmpDocumentEntry *entry, const DmpTimelineFields *stay)
{
  const DmpDocumentEntryFields *of = dmp_document_entry_get_fields (entry);
  const char *start = of->service_start != NULL ? of->service_start : of->creation;
  const char *stop = of->service_stop != NULL ? of->service_stop : start;
  gboolean vague, also;
  int first = dmp_timeline_read_day (start, TRUE, &vague),
      last = dmp_timeline_read_day (stop, TRUE, &also);

  return first > 0 && last > 0 && !vague && !also && first >= stay->first - 1 &&
         last <= stay->last + 1;
}

static void
take_document (DmpTimelineBuild *build, const DmpTimelineFields *stay, const char *id)
{
  DmpDocumentEntry *entry = g_hash_table_lookup (build->entries, id);
  DmpTimelineEvent *event = g_hash_table_lookup (build->events, id);

  if (entry == NULL || dmp_timeline_event_get (event)->stay != NULL || !is_within (entry, stay))
    return;
  dmp_timeline_event_set_stay (event, stay->id);
  g_ptr_array_add (stay->documents, event);
}

/* Those that tell of the stay, and the others of the same episode. */
static void
take_documents (DmpTimelineBuild *build, DmpTimelineFields *stay, const DmpSummaryLine *line)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  stay->documents = found;
  for (guint i = 0; i < line->sources->len; i++)
    take_document (build, stay, ((DmpSummarySource *) line->sources->pdata[i])->document);
  for (guint i = 0, n = found->len; build->source->dup_episode != NULL && i < n; i++)
    {
      g_autoptr (GPtrArray) others = build->source->dup_episode (
          dmp_timeline_event_get (found->pdata[i])->id, build->source->data);

      for (guint k = 0; k < others->len; k++)
        take_document (build, stay, dmp_document_entry_get_unique_id (others->pdata[k]));
    }
  g_ptr_array_sort (found, dmp_timeline_compare);
  stay->documents = found->len > 0 ? g_ptr_array_new_with_free_func (g_free) : NULL;
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (stay->documents, g_strdup (dmp_timeline_event_get (found->pdata[i])->id));
}

static void
add_stay (DmpTimelineBuild *build, const DmpSummaryLine *line)
{
  DmpTimelineFields fields = fields_from_line (build, line, DMP_TIMELINE_STAYS, NULL);

  take_documents (build, &fields, line);
  dmp_timeline_add (build, &fields);
}

/* --- All of the summary --- */

typedef void (*AddLine) (DmpTimelineBuild *build, const DmpSummaryLine *line);

static void
add_problem (DmpTimelineBuild *build, const DmpSummaryLine *line)
{
  add_line (build, line, DMP_TIMELINE_PROBLEMS, NULL);
}

static void
add_block (DmpTimelineBuild *build, DmpSummary *summary, DmpBlockId id, AddLine add_one)
{
  GPtrArray *lines = dmp_summary_get_block (summary, id)->lines;

  for (guint i = 0; i < lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (lines, i);

      if (line->group != DMP_LINE_EXCLUDED && line->date != NULL)
        add_one (build, line);
    }
}

static gboolean
is_same_day (const DmpSummaryTrack *a, const DmpSummaryTrack *b)
{
  return b != NULL && strncmp (a->start, b->start, 8) == 0;
}

/* One an injection, however many documents tell of it; a vaccine without any has its own date. */
static void
add_vaccines (DmpTimelineBuild *build, DmpSummary *summary)
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
          add_line (build, line, DMP_TIMELINE_VACCINES, at);
          told = TRUE;
        }
      if (!told && line->group != DMP_LINE_EXCLUDED && line->date != NULL)
        add_line (build, line, DMP_TIMELINE_VACCINES, NULL);
    }
}

void
dmp_timeline_add_summary (DmpTimelineBuild *build, DmpSummary *summary)
{
  GPtrArray *stays = dmp_summary_get_stays (summary);

  add_block (build, summary, DMP_BLOCK_PROBLEM, add_problem);
  for (guint i = 0; i < stays->len; i++)
    add_stay (build, g_ptr_array_index (stays, i));
  add_block (build, summary, DMP_BLOCK_PROCEDURE, add_act);
  add_block (build, summary, DMP_BLOCK_DEVICE, add_act);
  add_vaccines (build, summary);
}
