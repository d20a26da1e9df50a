#include "config.h"

#include "dmp-frieze.h"

#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <math.h>

#define MONTHS 24
#define PAD 5.0
#define BAR 9.0

typedef struct
{
  DmpTrackKind kind;
  double start, end; /* 0 is 24 months ago, 1 is today */
} Mark;

typedef struct
{
  double start, end;
} Stay;

struct _DmpFrieze
{
  GtkWidget parent_instance;

  GArray *marks;   /* of Mark */
  GArray *stays;   /* of Stay */
  GPtrArray *text; /* (element-type utf8) (nullable): a scale: names of the half-years */
};

G_DEFINE_FINAL_TYPE (DmpFrieze, dmp_frieze, GTK_TYPE_WIDGET)

/* --- Time ------------------------------------------------------------------------------------ */

static double
place_of (GDateTime *then, GDateTime *now)
{
  g_autoptr (GDateTime) start = g_date_time_add_months (now, -MONTHS);

  return (double) g_date_time_difference (then, start) / g_date_time_difference (now, start);
}

/* @stamp: (nullable): NAN then */
static double
place_in_time (const char *stamp, GDateTime *now)
{
  g_autoptr (GDateTime) then = stamp != NULL ? dmp_date_parse (stamp, FALSE) : NULL;

  return then != NULL ? place_of (then, now) : NAN;
}

/* The n-th half-year that begins in the 24 months. Returns: (transfer full) (nullable) */
static GDateTime *
half_year (guint n, GDateTime *now)
{
  g_autoptr (GDateTime) start = g_date_time_add_months (now, -MONTHS);
  int half = g_date_time_get_year (start) * 2 + (g_date_time_get_month (start) > 6) + 1 + (int) n;
  g_autoptr (GDateTime) at = g_date_time_new_local (half / 2, half % 2 ? 7 : 1, 1, 0, 0, 0);

  return g_date_time_compare (at, now) <= 0 ? g_steal_pointer (&at) : NULL;
}

/* --- What is shown --------------------------------------------------------------------------- */

static void
take_marks (DmpFrieze *self, const DmpSummaryLine *line, GDateTime *now)
{
  for (guint i = 0; i < line->tracks->len; i++)
    {
      const DmpSummaryTrack *track = g_ptr_array_index (line->tracks, i);
      Mark mark = { .kind = track->kind, .start = place_in_time (track->start, now) };

      mark.end = track->end != NULL ? place_in_time (track->end, now) : mark.start;
      if (isnan (mark.start) || isnan (mark.end) || mark.end < 0 || mark.start > 1.01)
        continue; /* known to the month only, or of another time: the words say it */
      mark.start = MAX (mark.start, 0);
      mark.end = MIN (mark.end, 1);
      g_array_append_val (self->marks, mark);
    }
}

static void
take_stays (DmpFrieze *self, DmpSummary *summary, GDateTime *now)
{
  GPtrArray *stays = dmp_summary_get_stays (summary);

  for (guint i = 0; i < stays->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (stays, i);
      Stay stay = { .start = place_in_time (line->date, now) };

      stay.end = line->end_date != NULL ? place_in_time (line->end_date, now) : stay.start;
      if (!isnan (stay.start) && !isnan (stay.end) && stay.end >= 0 && stay.start <= 1)
        g_array_append_val (self->stays, stay);
    }
}

static guint
count_tracks (const DmpSummaryLine *line, DmpTrackKind kind, const DmpSummaryTrack **last)
{
  guint n = 0;

  *last = NULL;
  for (guint i = 0; i < line->tracks->len; i++)
    {
      const DmpSummaryTrack *track = g_ptr_array_index (line->tracks, i);

      if (track->kind != kind)
        continue;
      n++;
      *last = track;
    }
  return n;
}

static void
say (GPtrArray *parts, const char *form, guint n, const DmpSummaryTrack *last)
{
  g_autofree char *day = last != NULL ? dmp_date_dup_display (last->start, FALSE, FALSE) : NULL;
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_auto (GStrv) around = g_strsplit (form, "%u", 2);

  if (n > 0)
    g_ptr_array_add (parts, g_strconcat (around[0], number, around[1], " (", day, ")", NULL));
}

char *
dmp_frieze_dup_words (const DmpSummaryLine *line)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const DmpSummaryTrack *last;
  guint n = count_tracks (line, DMP_TRACK_DELIVERY, &last);

  say (parts, g_dngettext (NULL, "%u délivrance, la dernière", "%u délivrances, la dernière", n), n,
       last);
  if (line->rhythm != NULL)
    g_ptr_array_add (parts, g_strdup (line->rhythm));
  n = count_tracks (line, DMP_TRACK_PRESCRIPTION, &last);
  say (parts, g_dngettext (NULL, "%u ordonnance, la dernière", "%u ordonnances, la dernière", n), n,
       last);
  n = count_tracks (line, DMP_TRACK_LIST, &last);
  say (parts, g_dngettext (NULL, "dans %u liste, la dernière", "dans %u listes, la dernière", n), n,
       last);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

/* --- Drawing --------------------------------------------------------------------------------- */

static GdkRGBA
get_color (GtkWidget *widget, const char *name)
{
  GdkRGBA color = { 0.5, 0.5, 0.5, 1 };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color);
  return color;
}

static double
to_x (GtkWidget *widget, double place)
{
  return PAD + (gtk_widget_get_width (widget) - 2 * PAD) * CLAMP (place, 0, 1);
}

static void
draw_ground (DmpFrieze *self, cairo_t *cr, double h)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const GdkRGBA hair = get_color (widget, "ca_border"), stay = get_color (widget, "ca_stay");

  gdk_cairo_set_source_rgba (cr, &hair);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GDateTime) half = half_year (i, now);

      if (half == NULL)
        break;
      cairo_move_to (cr, floor (to_x (widget, place_of (half, now))) + 0.5, 0);
      cairo_rel_line_to (cr, 0, h);
    }
  cairo_stroke (cr);
  gdk_cairo_set_source_rgba (cr, &stay);
  for (guint i = 0; i < self->stays->len; i++)
    {
      const Stay *one = &g_array_index (self->stays, Stay, i);
      double x = to_x (widget, one->start);

      cairo_rectangle (cr, x, 0, MAX (to_x (widget, one->end) - x, 2), h);
    }
  cairo_fill (cr);
}

static void
draw_cover (cairo_t *cr, double x, double end, double y, const GdkRGBA *fill, const GdkRGBA *edge)
{
  cairo_rectangle (cr, floor (x) + 0.5, floor (y - BAR / 2) + 0.5, MAX (floor (end - x), 1), BAR);
  gdk_cairo_set_source_rgba (cr, fill);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, edge);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_diamond (cairo_t *cr, double x, double y, const GdkRGBA *fill, const GdkRGBA *edge)
{
  const double r = 4.5;

  cairo_move_to (cr, x, y - r);
  cairo_line_to (cr, x + r, y);
  cairo_line_to (cr, x, y + r);
  cairo_line_to (cr, x - r, y);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, fill);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, edge);
  cairo_set_line_width (cr, 1.3);
  cairo_stroke (cr);
}

/* Everything of one kind: bars lie under dots, dots under diamonds. */
static void
draw_kind (DmpFrieze *self, cairo_t *cr, DmpTrackKind kind, double y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const GdkRGBA dot = get_color (widget, "ca_dot"), edge = get_color (widget, "ca_cover_edge");
  const GdkRGBA cover = get_color (widget, "ca_cover"), view = get_color (widget, "ca_view");
  const GdkRGBA ink = get_color (widget, "ca_ink");

  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *mark = &g_array_index (self->marks, Mark, i);
      double x = to_x (widget, mark->start), end = to_x (widget, mark->end);

      if (mark->kind != kind)
        continue;
      if (kind == DMP_TRACK_COVER)
        draw_cover (cr, x, end, y, &cover, &edge);
      else if (kind == DMP_TRACK_LIST)
        draw_diamond (cr, x, y, &view, &dot);
      else if (kind == DMP_TRACK_DELIVERY)
        {
          gdk_cairo_set_source_rgba (cr, &dot);
          cairo_arc (cr, x, y, 2, 0, 2 * G_PI);
          cairo_fill (cr);
        }
      else if (kind == DMP_TRACK_PRESCRIPTION)
        {
          gdk_cairo_set_source_rgba (cr, &ink);
          cairo_rectangle (cr, x, floor (y - BAR / 2 - 3), MAX (end - x, 3), 2);
          cairo_fill (cr);
        }
    }
}

static void
draw_scale (DmpFrieze *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const GdkRGBA dim = get_color (widget, "ca_dim");
  double free_from = 0;

  for (guint i = 0; i < self->text->len; i++)
    {
      g_autoptr (GDateTime) half = half_year (i, now);
      g_autoptr (PangoLayout) layout =
          gtk_widget_create_pango_layout (widget, self->text->pdata[i]);
      double x = half != NULL ? to_x (widget, place_of (half, now)) : 0;
      int w, h;

      pango_layout_get_pixel_size (layout, &w, &h);
      if (half == NULL || x < free_from || x + w > gtk_widget_get_width (widget))
        continue;
      free_from = x + w + 2;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (
          snapshot,
          &GRAPHENE_POINT_INIT ((float) x, (float) (gtk_widget_get_height (widget) - h) / 2));
      gtk_snapshot_append_layout (snapshot, layout, &dim);
      gtk_snapshot_restore (snapshot);
    }
}

static void
dmp_frieze_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const DmpTrackKind order[] = { DMP_TRACK_COVER, DMP_TRACK_PRESCRIPTION, DMP_TRACK_DELIVERY,
                                        DMP_TRACK_LIST };
  DmpFrieze *self = DMP_FRIEZE (widget);
  float w = (float) gtk_widget_get_width (widget), h = (float) gtk_widget_get_height (widget);
  cairo_t *cr;

  if (self->text != NULL)
    {
      draw_scale (self, snapshot);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, w, h));
  draw_ground (self, cr, h);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    draw_kind (self, cr, order[i], h / 2 + 1);
  cairo_destroy (cr);
}

static void
dmp_frieze_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 60 : 18;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 210 : 18;
}

/* --- Making one ------------------------------------------------------------------------------ */

GtkWidget *
dmp_frieze_new (DmpSummary *summary, const DmpSummaryLine *line)
{
  DmpFrieze *self = g_object_new (DMP_TYPE_FRIEZE, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *words = dmp_frieze_dup_words (line);

  take_marks (self, line, now);
  take_stays (self, summary, now);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (*words != '\0')
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  return GTK_WIDGET (self);
}

GtkWidget *
dmp_frieze_new_scale (void)
{
  DmpFrieze *self = g_object_new (DMP_TYPE_FRIEZE, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->text = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GDateTime) half = half_year (i, now);
      gboolean january = half != NULL && g_date_time_get_month (half) == 1;

      if (half == NULL)
        break;
      g_ptr_array_add (self->text, january ? g_date_time_format (half, _ ("janv. %y"))
                                           : g_strdup (_ ("juil.")));
    }
  gtk_widget_add_css_class (GTK_WIDGET (self), "ca-block-count");
  return GTK_WIDGET (self);
}

static void
dmp_frieze_finalize (GObject *object)
{
  DmpFrieze *self = DMP_FRIEZE (object);

  g_array_unref (self->marks);
  g_array_unref (self->stays);
  g_clear_pointer (&self->text, g_ptr_array_unref);
  G_OBJECT_CLASS (dmp_frieze_parent_class)->finalize (object);
}

static void
dmp_frieze_class_init (DmpFriezeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dmp_frieze_finalize;
  widget_class->snapshot = dmp_frieze_snapshot;
  widget_class->measure = dmp_frieze_measure;
  gtk_widget_class_set_css_name (widget_class, "frieze");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dmp_frieze_init (DmpFrieze *self)
{
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->stays = g_array_new (FALSE, FALSE, sizeof (Stay));
}
