#include "config.h"

#include "dmp-completeness.h"

#include <glib/gi18n.h>

#define MIN_SEGMENT 9.0
#define N_SEGMENTS 5

struct _DmpCompleteness
{
  GtkWidget parent_instance;

  guint counts[N_SEGMENTS]; /* in the order they are drawn */
  gboolean swatch;
};

G_DEFINE_FINAL_TYPE (DmpCompleteness, dmp_completeness, GTK_TYPE_WIDGET)

static const DmpReadState order[N_SEGMENTS] = { DMP_READ_CODED, DMP_READ_TEXT, DMP_READ_PDF,
                                                DMP_READ_FAILED, DMP_READ_PENDING };

static GdkRGBA
get_color (GtkWidget *widget, const char *name)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);

  return color;
}

static void
fill (cairo_t *cr, const GdkRGBA *color, double x, double y, double w, double h)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_rectangle (cr, x, y, w, h);
  cairo_fill (cr);
}

static void
frame (cairo_t *cr, const GdkRGBA *color, double x, double w, double h)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, x + 0.5, 0.5, w - 1, h - 1);
  cairo_stroke (cr);
}

static void
draw_stripes (cairo_t *cr, const GdkRGBA *bar, double x, double w, double h)
{
  for (double y = 1; y < h - 1; y += 3)
    fill (cr, bar, x, y, w, 1.5);
  frame (cr, bar, x, w, h);
}

static void
draw_hatch (cairo_t *cr, const GdkRGBA *fg, double x, double w, double h)
{
  cairo_save (cr);
  cairo_rectangle (cr, x, 0, w, h);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, fg);
  cairo_set_line_width (cr, 1.5);
  for (double at = x - h; at < x + w; at += 4)
    {
      cairo_move_to (cr, at, h);
      cairo_line_to (cr, at + h, 0);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
  frame (cr, fg, x, w, h);
}

static void
draw_cross (cairo_t *cr, const GdkRGBA *red, double x, double w, double h)
{
  fill (cr, red, x, 0, w, h);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 1.3);
  cairo_move_to (cr, x + 2, 2);
  cairo_line_to (cr, x + w - 2, h - 2);
  cairo_move_to (cr, x + w - 2, 2);
  cairo_line_to (cr, x + 2, h - 2);
  cairo_stroke (cr);
}

static void
draw_dots (cairo_t *cr, const GdkRGBA *fg, double x, double w, double h)
{
  static const double dash[] = { 2, 1.5 };

  cairo_save (cr);
  cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
  frame (cr, fg, x, w, h);
  cairo_restore (cr);
}

static void
draw_segment (DmpCompleteness *self, cairo_t *cr, DmpReadState state, double x, double w, double h)
{
  GdkRGBA bar = get_color (GTK_WIDGET (self), "ca_bar");
  GdkRGBA red = get_color (GTK_WIDGET (self), "ca_red");
  GdkRGBA fg;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &fg);
  switch (state)
    {
    case DMP_READ_TEXT:
      draw_stripes (cr, &bar, x, w, h);
      break;
    case DMP_READ_PDF:
      draw_hatch (cr, &fg, x, w, h);
      break;
    case DMP_READ_FAILED:
      draw_cross (cr, &red, x, w, h);
      break;
    case DMP_READ_PENDING:
      draw_dots (cr, &fg, x, w, h);
      break;
    default:
      fill (cr, &bar, x, 0, w, h);
    }
}

static void
dmp_completeness_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DmpCompleteness *self = DMP_COMPLETENESS (widget);
  double w = gtk_widget_get_width (widget), h = gtk_widget_get_height (widget);
  double widths[N_SEGMENTS], rest = w, x = 0;
  guint total = 0;
  cairo_t *cr;

  for (guint i = 0; i < N_SEGMENTS; i++)
    total += self->counts[i];
  if (total == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, w, h));
  for (guint i = N_SEGMENTS; i-- > 1;)
    {
      widths[i] = self->counts[i] > 0 ? MAX (MIN_SEGMENT, w * self->counts[i] / total) : 0;
      rest -= widths[i];
    }
  widths[0] = self->counts[0] > 0 ? MAX (rest, 0) : 0;
  for (guint i = 0; i < N_SEGMENTS; i++)
    {
      if (widths[i] > 1)
        draw_segment (self, cr, order[i], x, widths[i] - (self->swatch ? 0 : 1), h);
      x += widths[i];
    }
  cairo_destroy (cr);
}

static void
dmp_completeness_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gboolean swatch = DMP_COMPLETENESS (widget)->swatch;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = swatch ? 10 : 170;
  else
    *minimum = *natural = swatch ? 10 : 12;
}

void
dmp_completeness_set_coverage (DmpCompleteness *self, const DmpCoverage *coverage)
{
  g_autofree char *words = NULL;

  g_return_if_fail (DMP_IS_COMPLETENESS (self));

  for (guint i = 0; i < N_SEGMENTS; i++)
    self->counts[i] = coverage != NULL ? coverage->counts[order[i]] : 0;
  if (coverage != NULL)
    {
      self->counts[0] += coverage->counts[DMP_READ_DUPLICATE];
      words = g_strdup_printf (_ ("%u documents lus sur %u, dont %u en texte seul ; %u PDF sans "
                                  "texte, %u illisibles, %u en cours"),
                               coverage->read, coverage->listed, coverage->counts[DMP_READ_TEXT],
                               coverage->counts[DMP_READ_PDF], coverage->counts[DMP_READ_FAILED],
                               coverage->counts[DMP_READ_PENDING]);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
dmp_completeness_new_swatch (DmpReadState state)
{
  DmpCompleteness *self = g_object_new (DMP_TYPE_COMPLETENESS, "valign", GTK_ALIGN_CENTER,
                                        "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->swatch = TRUE;
  for (guint i = 0; i < N_SEGMENTS; i++)
    self->counts[i] = order[i] == state;

  return GTK_WIDGET (self);
}

static void
dmp_completeness_class_init (DmpCompletenessClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = dmp_completeness_snapshot;
  widget_class->measure = dmp_completeness_measure;
  gtk_widget_class_set_css_name (widget_class, "completeness");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
dmp_completeness_init (DmpCompleteness *self)
{
}
