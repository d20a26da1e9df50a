#include "config.h"

#include "dmp-timeline-private.h"

#include <glib/gi18n.h>

#define LABEL_GAP 7.0 /* between a mark and its words */
#define MIN_WORDS 90  /* pixels that shortened words are worth */

/* --- Where things stand --- */

int
dmp_timeline_count_lanes (const DmpTimeline *self)
{
  return MAX (1, dmp_timeline_lanes_count (self->lanes));
}

/* The row in which @track begins: the years are row 0, and problems may take several. */
int
dmp_timeline_get_row (const DmpTimeline *self, DmpTimelineTrack track)
{
  return track == DMP_TIMELINE_PROBLEMS ? 1 : (int) track + dmp_timeline_count_lanes (self);
}

int
dmp_timeline_count_rows (const DmpTimeline *self)
{
  return DMP_TIMELINE_N_TRACKS + dmp_timeline_count_lanes (self);
}

double
dmp_timeline_get_x (DmpTimeline *self, double day)
{
  double begin = self->names + DMP_TIMELINE_GUTTER;
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - DMP_TIMELINE_END - begin;
  int first, last;

  dmp_timeline_data_get_period (self->data, 0, &first, &last);

  return begin + width * (day - self->data->start) / (last + 1 - self->data->start);
}

static double
get_y (const DmpTimeline *self, int row)
{
  return (double) self->row * row;
}

/* --- Drawing --- */

static void
set_color (DmpTimeline *self, cairo_t *cr, const char *name)
{
  GdkRGBA color = { 0, 0, 0, 1 };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, &color);
  gdk_cairo_set_source_rgba (cr, &color);
}

static void
draw_lines (DmpTimeline *self, cairo_t *cr)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double bottom = get_y (self, dmp_timeline_count_rows (self));

  set_color (self, cr, "ca_hair");
  cairo_set_line_width (cr, 1);
  for (int row = 1; row <= dmp_timeline_count_rows (self); row++)
    {
      cairo_move_to (cr, 0, get_y (self, row) + 0.5);
      cairo_line_to (cr, width, get_y (self, row) + 0.5);
    }
  cairo_stroke (cr);
  set_color (self, cr, "ca_border");
  for (int day = self->data->start; day <= self->data->today;)
    {
      GDate date;

      cairo_move_to (cr, (int) dmp_timeline_get_x (self, day) + 0.5, 4);
      cairo_line_to (cr, (int) dmp_timeline_get_x (self, day) + 0.5, bottom);
      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32) day);
      g_date_add_years (&date, 1);
      day = (int) g_date_get_julian (&date);
    }
  cairo_stroke (cr);
}

static void
draw_text (DmpTimeline *self, cairo_t *cr, PangoLayout *layout, double x, int row)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_move_to (cr, x, get_y (self, row) + (self->row - height) / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static PangoLayout *
new_words (DmpTimeline *self, const char *text, int *width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  pango_layout_get_pixel_size (layout, width, NULL);

  return layout;
}

static void
draw_years (DmpTimeline *self, cairo_t *cr)
{
  double free_from = 0;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) self->data->start);
  set_color (self, cr, "ca_dim");
  for (; (int) g_date_get_julian (&date) <= self->data->today; g_date_add_years (&date, 1))
    {
      g_autofree char *year = g_strdup_printf ("%u", g_date_get_year (&date));
      double x = dmp_timeline_get_x (self, (double) g_date_get_julian (&date)) + 4;
      int width;
      g_autoptr (PangoLayout) layout = new_words (self, year, &width);

      if (x < free_from || x + width > gtk_widget_get_width (GTK_WIDGET (self)))
        continue;
      draw_text (self, cr, layout, x, 0);
      free_from = x + width + 6;
    }
}

/* A mark; hollow when only month or year are known. */
static void
draw_mark (cairo_t *cr, const DmpTimelineFields *fields, double x, double y, double r)
{
  switch (fields->track)
    {
    case DMP_TIMELINE_STAYS:
      cairo_rectangle (cr, x - r, y - r, 2 * r, 2 * r);
      break;
    case DMP_TIMELINE_ACTS:
      cairo_move_to (cr, x, y - 1.4 * r);
      cairo_line_to (cr, x + 1.4 * r, y);
      cairo_line_to (cr, x, y + 1.4 * r);
      cairo_line_to (cr, x - 1.4 * r, y);
      cairo_close_path (cr);
      break;
    case DMP_TIMELINE_VACCINES:
      cairo_move_to (cr, x, y - 1.3 * r);
      cairo_line_to (cr, x + 1.4 * r, y + 1.2 * r);
      cairo_line_to (cr, x - 1.4 * r, y + 1.2 * r);
      cairo_close_path (cr);
      break;
    case DMP_TIMELINE_LABORATORY:
    case DMP_TIMELINE_PRESCRIPTIONS:
      cairo_rectangle (cr, x - 1, y - 1.6 * r, 2, 3.2 * r);
      break;
    case DMP_TIMELINE_PATIENT:
      cairo_rectangle (cr, x - 1.5 * r, y - 1.25, 3 * r, 2.5);
      cairo_rectangle (cr, x - 1.25, y - 1.5 * r, 2.5, 3 * r);
      break;
    case DMP_TIMELINE_PROBLEMS:
    case DMP_TIMELINE_LETTERS:
    case DMP_TIMELINE_IMAGING:
    case DMP_TIMELINE_OTHERS:
    case DMP_TIMELINE_N_TRACKS:
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      break;
    }
  if (fields->vague)
    cairo_stroke (cr);
  else
    cairo_fill (cr);
}

/* "Prothèse de hanche, 6 j" */
static char *
dup_mark_words (const DmpTimelineFields *fields)
{
  if (fields->track == DMP_TIMELINE_STAYS && fields->last > fields->first)
    return g_strdup_printf (_ ("%s, %d j"), fields->name, fields->last - fields->first);

  return g_strdup (fields->name);
}

static void
shorten (PangoLayout *layout, double width)
{
  pango_layout_set_width (layout, (int) width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
}

/* The words of stays and acts stand beside their mark, where nothing else is: right of it, left of
 * it, or shortened where there is more room.
 * Returns: where what belongs to the mark begins */
static double
draw_words (DmpTimeline *self, cairo_t *cr, const DmpTimelineFields *fields, double from, double to)
{
  g_autofree char *text = dup_mark_words (fields);
  double x = dmp_timeline_get_x (self, fields->first + 0.5), begin = x;
  /* the mark before has words too */
  double gap = from > self->names ? (x - from) / 2 : x - from - DMP_TIMELINE_GUTTER;
  double left = gap - LABEL_GAP, right = to - x - 2 * LABEL_GAP;
  int row = dmp_timeline_get_row (self, fields->track), width;
  g_autoptr (PangoLayout) layout = new_words (self, text, &width);

  if (MAX (left, right) < MIN (width, MIN_WORDS))
    return begin;
  if (width > right && width > left)
    {
      shorten (layout, MAX (left, right));
      pango_layout_get_pixel_size (layout, &width, NULL);
    }
  if (width <= right)
    x += LABEL_GAP;
  else
    begin = x = x - LABEL_GAP - width;
  set_color (self, cr, "theme_fg_color");
  draw_text (self, cr, layout, x, row);

  return begin;
}

static gboolean
is_drawn (const DmpTimeline *self, const DmpTimelineFields *fields, DmpTimelineTrack track)
{
  return fields->track == track && fields->first >= self->data->start;
}

static void
draw_track (DmpTimeline *self, cairo_t *cr, DmpTimelineTrack track)
{
  double y = get_y (self, dmp_timeline_get_row (self, track)) + self->row / 2.0;
  double to = gtk_widget_get_width (GTK_WIDGET (self)), r = CLAMP (self->row / 8.0, 3.5, 7);
  GPtrArray *events = self->data->events;

  for (guint i = 0; i < events->len; i++)
    {
      const DmpTimelineFields *fields = dmp_timeline_event_get (events->pdata[i]);
      double from = self->names;

      if (!is_drawn (self, fields, track))
        continue;
      if (track == DMP_TIMELINE_STAYS || track == DMP_TIMELINE_ACTS)
        {
          for (guint k = i + 1; k < events->len; k++)
            {
              const DmpTimelineFields *before = dmp_timeline_event_get (events->pdata[k]);

              if (is_drawn (self, before, track))
                {
                  from = dmp_timeline_get_x (self, before->first + 0.5);
                  break;
                }
            }
          to = draw_words (self, cr, fields, from, to);
        }
      set_color (self, cr, "ca_dot");
      cairo_set_line_width (cr, 1.5);
      draw_mark (cr, fields, dmp_timeline_get_x (self, fields->first + 0.5), y, r);
    }
}

static void
draw_lane (DmpTimeline *self, cairo_t *cr, const DmpTimelineLane *lane)
{
  double left = dmp_timeline_get_x (self, MAX (lane->first, self->data->start));
  double right = MAX (dmp_timeline_get_x (self, lane->last + 1), left + 6);
  double y = get_y (self, 1 + lane->row) + self->row * 0.2, height = self->row * 0.6;
  int width;
  g_autoptr (PangoLayout) layout = new_words (self, lane->text, &width);

  if (lane->last > 0)
    {
      set_color (self, cr, "ca_cover");
      cairo_rectangle (cr, left + 0.5, y + 0.5, right - left - 1, height - 1);
      cairo_fill_preserve (cr);
      set_color (self, cr, "ca_cover_edge");
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
    }
  set_color (self, cr, "theme_fg_color");
  if (lane->last == 0 || width + 2 * LABEL_GAP <= right - left)
    draw_text (self, cr, layout, left + LABEL_GAP, 1 + lane->row);
  else if (left - LABEL_GAP - width >= self->names)
    draw_text (self, cr, layout, left - LABEL_GAP - width, 1 + lane->row);
  else
    {
      pango_layout_set_width (layout, (int) (right - left - 2 * LABEL_GAP) * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      draw_text (self, cr, layout, left + LABEL_GAP, 1 + lane->row);
    }
}

static void
draw_selection (DmpTimeline *self, cairo_t *cr)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), left, right;
  double bottom = get_y (self, dmp_timeline_count_rows (self));
  int first, last;

  dmp_timeline_data_get_period (self->data, self->period, &first, &last);
  left = first > 0 ? dmp_timeline_get_x (self, first) : self->names + 1;
  right = first > 0 ? dmp_timeline_get_x (self, last + 1) : self->names + DMP_TIMELINE_GUTTER - 1;
  set_color (self, cr, "ca_select");
  if (self->track >= 0)
    {
      int rows = self->track == DMP_TIMELINE_PROBLEMS ? dmp_timeline_count_lanes (self) : 1;

      cairo_rectangle (cr, 0,
                       get_y (self, dmp_timeline_get_row (self, (DmpTimelineTrack) self->track)),
                       width, self->row * rows);
      cairo_fill (cr);
    }
  cairo_rectangle (cr, left, 4, right - left, bottom - 6);
  cairo_fill_preserve (cr);
  set_color (self, cr, "ca_focus");
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

void
dmp_timeline_draw (DmpTimeline *self, cairo_t *cr)
{
  draw_lines (self, cr);
  draw_years (self, cr);
  for (guint i = 0; i < self->lanes->len; i++)
    draw_lane (self, cr, g_ptr_array_index (self->lanes, i));
  for (DmpTimelineTrack track = DMP_TIMELINE_STAYS; track < DMP_TIMELINE_N_TRACKS; track++)
    draw_track (self, cr, track);
  draw_selection (self, cr);
}
