#include "config.h"

#include "dmp-timeline-data.h"

#include <glib/gi18n.h>
#include <string.h>

#define PERIOD 3 /* months */

/* @month: from the first year's January on */
static int
get_month_start (const DmpTimelineData *self, guint month)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, (GDateMonth) (month % 12 + 1),
                  (GDateYear) (self->first_year + month / 12));

  return (int) g_date_get_julian (&date);
}

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
  *first = get_month_start (self, from);
  *last = get_month_start (self, to + 1) - 1;
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

      if (lies_in (self, dmp_timeline_event_get (event)->first, period) &&
          (track < 0 || (DmpTimelineTrack) track == dmp_timeline_event_get (event)->track))
        g_ptr_array_add (events, g_object_ref (event));
    }

  return events;
}
