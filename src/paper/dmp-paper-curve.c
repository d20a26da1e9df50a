#include "config.h"

#include "dmp-paper-private.h"

#include "model/dmp-date.h"

#include <math.h>

#define MAX_POINTS 8
#define MONTHS 24
#define PAD 3.0

typedef struct
{
  double x, y;
  const DmpSummaryPoint *from;
} Place;

/* 0 is 24 months before @now, 1 is @now. */
static double
place_in_time (const char *date, GDateTime *now)
{
  g_autoptr (GDateTime) then = date != NULL ? dmp_date_parse (date, FALSE) : NULL;
  g_autoptr (GDateTime) start = g_date_time_add_months (now, -MONTHS);

  if (then == NULL)
    return NAN;

  return (double) g_date_time_difference (then, start) / g_date_time_difference (now, start);
}

/* The last points of the time that is drawn; places are not yet of the paper. */
static guint
take_points (const DmpSummaryLine *line, const char *today, Place places[MAX_POINTS])
{
  g_autoptr (GDateTime) now = dmp_date_parse (today, FALSE);
  guint n = line->points != NULL ? line->points->len : 0, taken = 0;

  for (guint i = n > MAX_POINTS ? n - MAX_POINTS : 0; now != NULL && i < n; i++)
    {
      const DmpSummaryPoint *point = g_ptr_array_index (line->points, i);
      double x = place_in_time (point->date, now);

      if (!isnan (x) && x >= 0 && x <= 1.02 && isfinite (point->value))
        places[taken++] = (Place){ MIN (x, 1), point->value, point };
    }

  return taken;
}

static void
draw_marker (cairo_t *cr, const Place *place)
{
  double r = place->from->abnormal ? 2.2 : 1.5;

  cairo_new_path (cr);
  if (place->from->lab % 3 == 0)
    cairo_arc (cr, place->x, place->y, r, 0, 2 * G_PI);
  else if (place->from->lab % 3 == 1)
    {
      cairo_move_to (cr, place->x, place->y - r - 0.4);
      cairo_line_to (cr, place->x + r + 0.4, place->y + r);
      cairo_line_to (cr, place->x - r - 0.4, place->y + r);
      cairo_close_path (cr);
    }
  else
    cairo_rectangle (cr, place->x - r, place->y - r, 2 * r, 2 * r);
  cairo_fill (cr);
}

/* The laboratory's own range, hatched, where it lies in what is drawn. @scale: points a unit */
static void
draw_range (
    cairo_t *cr, const DmpFactValue *value, double low, double scale, double width, double height)
{
  double bottom = height - PAD, top = PAD, first, last;

  if (value == NULL || value->low == NULL || value->high == NULL)
    return;
  first = bottom - scale * (g_ascii_strtod (value->low, NULL) - low);
  last = bottom - scale * (g_ascii_strtod (value->high, NULL) - low);
  if (!isfinite (first) || !isfinite (last))
    return;
  first = CLAMP (first, top - 1, bottom + 1);
  last = CLAMP (last, top - 1, bottom + 1);
  if (first - last < 1)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, 0, last, width, first - last);
  cairo_clip (cr);
  cairo_set_line_width (cr, 0.25);
  for (double x = -height; x < width; x += 3)
    {
      cairo_move_to (cr, x, height);
      cairo_line_to (cr, x + height, 0);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
dmp_paper_draw_curve (
    cairo_t *cr, const DmpSummaryLine *line, const char *today, double width, double height)
{
  Place places[MAX_POINTS];
  guint n = take_points (line, today, places);
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < n; i++)
    {
      low = MIN (low, places[i].y);
      high = MAX (high, places[i].y);
    }
  if (high <= low)
    {
      low -= 1;
      high += 1;
    }
  cairo_new_path (cr);
  if (n > 0)
    draw_range (cr, line->value, low, (height - 2 * PAD) / (high - low), width, height);
  cairo_set_line_width (cr, 0.6);
  for (guint i = 0; i < n; i++)
    {
      places[i].x = PAD + (width - 2 * PAD) * places[i].x;
      places[i].y = height - PAD - (height - 2 * PAD) * (places[i].y - low) / (high - low);
      cairo_line_to (cr, places[i].x, places[i].y);
    }
  cairo_stroke (cr);
  for (guint i = 0; i < n; i++)
    draw_marker (cr, &places[i]);
  if (n > 0 && places[n - 1].from->abnormal)
    {
      cairo_new_path (cr);
      cairo_arc (cr, places[n - 1].x, places[n - 1].y, 3.4, 0, 2 * G_PI);
      cairo_stroke (cr);
    }
}
