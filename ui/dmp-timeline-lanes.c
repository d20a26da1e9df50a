#include "config.h"

#include "dmp-timeline-lanes.h"

#include <glib/gi18n.h>

#define MAX_ROWS 5
#define WORDS 200 /* days that stay free beside a bar, for its words */

static void
lane_free (gpointer data)
{
  DmpTimelineLane *lane = data;

  g_free (lane->text);
  g_free (lane);
}

static void
add (GPtrArray *lanes, int first, int last, int row, char *text)
{
  DmpTimelineLane *lane = g_new (DmpTimelineLane, 1);

  *lane = (DmpTimelineLane){ first, last, row, text };
  g_ptr_array_add (lanes, lane);
}

/* The first row whose bars all lie away from @first; its own when there is none. */
static int
find_row (GPtrArray *lanes, int first)
{
  int rows = dmp_timeline_lanes_count (lanes);

  for (int row = 0; row < rows; row++)
    {
      gboolean is_free = TRUE;

      for (guint i = 0; i < lanes->len; i++)
        {
          const DmpTimelineLane *lane = g_ptr_array_index (lanes, i);

          is_free &= lane->row != row || lane->last + WORDS < first;
        }
      if (is_free)
        return row;
    }

  return rows;
}

static char *
dup_text (const DmpTimelineFields *fields)
{
  return g_strdup_printf ("%s %s", fields->title, fields->date);
}

/* "◂ HTA 2004, diabète 2008": all that began before the scale and goes on. */
static void
add_old (GPtrArray *lanes, const DmpTimelineData *data)
{
  GString *text = g_string_new (NULL);

  for (guint i = data->events->len; i-- > 0;)
    {
      const DmpTimelineFields *fields = dmp_timeline_event_get (data->events->pdata[i]);

      if (fields->track != DMP_TIMELINE_PROBLEMS || fields->first == 0 ||
          fields->first >= data->start || fields->last < data->today)
        continue;
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "◂ ", fields->title,
                              fields->date);
    }
  if (text->len > 0)
    add (lanes, data->start, data->today, 0, g_string_free (text, FALSE));
  else
    g_string_free (text, TRUE);
}

GPtrArray *
dmp_timeline_lanes_new (const DmpTimelineData *data)
{
  GPtrArray *lanes = g_ptr_array_new_with_free_func (lane_free);
  guint left = 0;

  if (data == NULL)
    return lanes;
  add_old (lanes, data);
  for (guint i = data->events->len; i-- > 0;)
    {
      const DmpTimelineFields *fields = dmp_timeline_event_get (data->events->pdata[i]);
      int row;

      if (fields->track != DMP_TIMELINE_PROBLEMS || fields->first == 0 ||
          fields->last < data->start ||
          (fields->first < data->start && fields->last >= data->today))
        continue;
      row = find_row (lanes, MAX (fields->first, data->start));
      if (row < MAX_ROWS)
        add (lanes, MAX (fields->first, data->start), fields->last, row, dup_text (fields));
      else
        left++;
    }
  if (left > 0)
    add (lanes, data->start, 0, dmp_timeline_lanes_count (lanes),
         g_strdup_printf (g_dngettext (NULL, "et %u autre, dans la liste ci-dessous",
                                       "et %u autres, dans la liste ci-dessous", left),
                          left));

  return lanes;
}

int
dmp_timeline_lanes_count (GPtrArray *lanes)
{
  int rows = 0;

  for (guint i = 0; i < lanes->len; i++)
    rows = MAX (rows, ((const DmpTimelineLane *) lanes->pdata[i])->row + 1);

  return rows;
}
