#include "config.h"

#include "dmp-spark.h"

#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_POINTS 8
#define MONTHS 24
#define PAD 5.0

typedef struct
{
  double x; /* 0 is 24 months ago, 1 is today */
  double value;
  guint lab;
  gboolean abnormal;
} Point;

struct _DmpSpark
{
  GtkWidget parent_instance;

  Point points[MAX_POINTS];
  guint n_points;
  double low, high; /* NAN when the report gives none */
};

G_DEFINE_FINAL_TYPE (DmpSpark, dmp_spark, GTK_TYPE_WIDGET)

/* A number as written: comma or point. */
static double
read_number (const char *text)
{
  g_autofree char *plain = g_strdup (text);
  char *end;
  double value;

  if (text == NULL)
    return NAN;
  g_strdelimit (plain, ",", '.');
  value = g_ascii_strtod (plain, &end);

  return end == plain ? NAN : value;
}

static double
place_in_time (const char *date, GDateTime *now)
{
  g_autoptr (GDateTime) then = dmp_date_parse (date, FALSE);
  g_autoptr (GDateTime) start = g_date_time_add_months (now, -MONTHS);

  if (then == NULL)
    return NAN;
  return (double) g_date_time_difference (then, start) / g_date_time_difference (now, start);
}

static void
take_points (DmpSpark *self, const DmpSummaryLine *line)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  guint n = line->points != NULL ? line->points->len : 0;

  for (guint i = n > MAX_POINTS ? n - MAX_POINTS : 0; i < n; i++)
    {
      const DmpSummaryPoint *point = g_ptr_array_index (line->points, i);
      double x = place_in_time (point->date, now);

      if (!isnan (x) && x >= 0 && x <= 1.02)
        self->points[self->n_points++] =
            (Point){ MIN (x, 1), point->value, point->lab, point->abnormal };
    }
}

static void
get_range (const DmpSpark *self, double *bottom, double *top)
{
  double span;

  *bottom = *top = self->points[0].value;
  for (guint i = 1; i < self->n_points; i++)
    {
      *bottom = MIN (*bottom, self->points[i].value);
      *top = MAX (*top, self->points[i].value);
    }
  span = *top > *bottom ? (*top - *bottom) * 0.6 : 1;
  if (!isnan (self->low))
    *bottom = MIN (*bottom, MAX (self->low, *bottom - span));
  if (!isnan (self->high))
    *top = MAX (*top, MIN (self->high, *top + span));
  if (*top <= *bottom)
    {
      *top += 1;
      *bottom -= 1;
    }
}

static void
draw_range (DmpSpark *self, cairo_t *cr, double w, double upper, double lower)
{
  GdkRGBA hatch;

  if (lower - upper < 1)
    return;
  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "ca_hatch",
                                  &hatch);
  cairo_save (cr);
  cairo_rectangle (cr, 0, upper, w, lower - upper);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, &hatch);
  cairo_set_line_width (cr, 0.8);
  for (double at = upper - lower; at < w; at += 4)
    {
      cairo_move_to (cr, at, lower);
      cairo_line_to (cr, at + lower - upper, upper);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_marker (cairo_t *cr, const Point *point, double x, double y)
{
  double r = point->abnormal ? 2.6 : 2;

  if (point->lab % 3 == 0)
    cairo_arc (cr, x, y, r, 0, 2 * G_PI);
  else if (point->lab % 3 == 1)
    {
      cairo_move_to (cr, x, y - r - 0.6);
      cairo_line_to (cr, x + r + 0.6, y + r);
      cairo_line_to (cr, x - r - 0.6, y + r);
      cairo_close_path (cr);
    }
  else
    cairo_rectangle (cr, x - r, y - r, 2 * r, 2 * r);
  cairo_fill (cr);
}

static void
draw_points (DmpSpark *self, cairo_t *cr, double w, double h, double bottom, double top)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA dot, red, dim;

  gtk_style_context_lookup_color (style, "ca_dot", &dot);
  gtk_style_context_lookup_color (style, "ca_red_text", &red);
  gtk_style_context_lookup_color (style, "ca_dim", &dim);
  gdk_cairo_set_source_rgba (cr, &dim);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < self->n_points; i++)
    cairo_line_to (cr, PAD + (w - 2 * PAD) * self->points[i].x,
                   h - PAD - (h - 2 * PAD) * (self->points[i].value - bottom) / (top - bottom));
  cairo_stroke (cr);
  for (guint i = 0; i < self->n_points; i++)
    {
      const Point *point = &self->points[i];
      double x = PAD + (w - 2 * PAD) * point->x;
      double y = h - PAD - (h - 2 * PAD) * (point->value - bottom) / (top - bottom);

      gdk_cairo_set_source_rgba (cr, point->abnormal ? &red : &dot);
      draw_marker (cr, point, x, y);
      if (i + 1 == self->n_points && point->abnormal)
        {
          cairo_arc (cr, x, y, 3.7, 0, 2 * G_PI);
          cairo_stroke (cr);
        }
    }
}

static void
dmp_spark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DmpSpark *self = DMP_SPARK (widget);
  double w = gtk_widget_get_width (widget), h = gtk_widget_get_height (widget);
  double bottom, top, scale;
  cairo_t *cr;

  if (self->n_points == 0)
    return;
  get_range (self, &bottom, &top);
  scale = (h - 2 * PAD) / (top - bottom);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, w, h));
  if (!isnan (self->low) || !isnan (self->high))
    {
      double upper =
          isnan (self->high) || self->high > top ? 1 : h - PAD - (self->high - bottom) * scale;
      double lower =
          isnan (self->low) || self->low < bottom ? h - 1 : h - PAD - (self->low - bottom) * scale;

      draw_range (self, cr, w, MAX (upper, 1), MIN (lower, h - 1));
    }
  draw_points (self, cr, w, h, bottom, top);
  cairo_destroy (cr);
}

static void
dmp_spark_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 48 : 19;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 74 : 19;
}

char *
dmp_spark_dup_words (const DmpSummaryLine *line)
{
  guint n = line->points != NULL ? line->points->len : 0;
  const DmpSummaryPoint *first, *last;
  g_autofree char *from = NULL, *to = NULL, *before = NULL, *after = NULL;

  if (n < 2)
    return g_strdup ("");
  first = g_ptr_array_index (line->points, 0);
  last = g_ptr_array_index (line->points, n - 1);
  from = dmp_date_dup_display (first->date, FALSE, FALSE);
  to = dmp_date_dup_display (last->date, FALSE, FALSE);

  before = dmp_fact_value_dup_number (first->number);
  after = dmp_fact_value_dup_number (last->number);

  return g_strdup_printf (_ ("de %s (%s) à %s (%s), %u valeurs"), before, from, after, to, n);
}

GtkWidget *
dmp_spark_new (const DmpSummaryLine *line)
{
  DmpSpark *self = g_object_new (DMP_TYPE_SPARK, NULL);
  g_autofree char *words = NULL;

  g_return_val_if_fail (line != NULL, NULL);

  words = dmp_spark_dup_words (line);
  self->low = line->value != NULL ? read_number (line->value->low) : NAN;
  self->high = line->value != NULL ? read_number (line->value->high) : NAN;
  take_points (self, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);

  return GTK_WIDGET (self);
}

static void
dmp_spark_class_init (DmpSparkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = dmp_spark_snapshot;
  widget_class->measure = dmp_spark_measure;
  gtk_widget_class_set_css_name (widget_class, "spark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dmp_spark_init (DmpSpark *self)
{
  self->low = self->high = NAN;
}
