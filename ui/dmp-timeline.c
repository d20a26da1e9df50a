#include "config.h"

#include "dmp-timeline-private.h"

#include <glib/gi18n.h>

#define ROW_SPACE 8 /* pixels above and below the words of a row */
#define ROOMY_SPACE 16
#define MIN_DRAWING 420

enum
{
  SELECTED,
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpTimeline, dmp_timeline, GTK_TYPE_WIDGET)

static void
dmp_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DmpTimeline *self = DMP_TIMELINE (widget);
  cairo_t *cr;

  GTK_WIDGET_CLASS (dmp_timeline_parent_class)->snapshot (widget, snapshot);
  if (self->data == NULL ||
      gtk_widget_get_width (widget) <= self->names + DMP_TIMELINE_GUTTER + DMP_TIMELINE_END)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                       (float) gtk_widget_get_height (widget)));
  dmp_timeline_draw (self, cr);
  cairo_destroy (cr);
}

/* --- Size --- */

static void
measure_rows (DmpTimeline *self)
{
  int height = 0, width = 0, natural;

  for (int i = 0; i < DMP_TIMELINE_N_TRACKS; i++)
    {
      gtk_widget_measure (self->rows[i], GTK_ORIENTATION_HORIZONTAL, -1, &natural, NULL, NULL,
                          NULL);
      width = MAX (width, natural);
      gtk_widget_measure (self->rows[i], GTK_ORIENTATION_VERTICAL, -1, &natural, NULL, NULL, NULL);
      height = MAX (height, natural);
    }
  self->names = width;
  self->row = height + (self->roomy ? ROOMY_SPACE : ROW_SPACE);
}

static void
dmp_timeline_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  DmpTimeline *self = DMP_TIMELINE (widget);

  measure_rows (self);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? self->names + MIN_DRAWING
                                                       : self->row * dmp_timeline_count_rows (self);
  *natural = *minimum;
}

static void
allocate (GtkWidget *child, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ 0, y, width, height }, -1);
}

static void
dmp_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DmpTimeline *self = DMP_TIMELINE (widget);

  measure_rows (self);
  allocate (GTK_WIDGET (self->span), 0, self->names, self->row);
  for (DmpTimelineTrack i = 0; i < DMP_TIMELINE_N_TRACKS; i++)
    allocate (self->rows[i], dmp_timeline_get_row (self, i) * self->row, self->names, self->row);
}

/* --- What it shows --- */

/* "Biologie : 61, du 12/01/2019 au 14/01/2026" */
static char *
dup_track_words (DmpTimeline *self, DmpTimelineTrack track)
{
  const DmpTimelineFields *newest = NULL, *oldest = NULL;
  guint n = dmp_timeline_data_count (self->data, track);

  for (guint i = 0; i < self->data->events->len; i++)
    {
      const DmpTimelineFields *fields = dmp_timeline_event_get (self->data->events->pdata[i]);

      if (fields->track != track || fields->first == 0)
        continue;
      newest = newest != NULL ? newest : fields;
      oldest = fields;
    }
  if (newest == NULL)
    return g_strdup_printf (_ ("%s : %u"), dmp_timeline_track_get_label (track), n);

  return g_strdup_printf (_ ("%s : %u, du plus ancien (%s) au plus récent (%s)"),
                          dmp_timeline_track_get_label (track), n, oldest->date, newest->date);
}

static void
say_selection (DmpTimeline *self)
{
  g_autofree char *title = dmp_timeline_data_dup_period_title (self->data, self->period);
  g_autoptr (GPtrArray) events =
      dmp_timeline_data_dup_events (self->data, self->period, self->track);
  g_autofree char *words = g_strdup_printf (
      g_dngettext (NULL, "Chronologie, %s, %s, %u événement", "Chronologie, %s, %s, %u événements",
                   events->len),
      title,
      self->track < 0 ? _ ("toutes les pistes")
                      : dmp_timeline_track_get_label ((DmpTimelineTrack) self->track),
      events->len);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_counts (DmpTimeline *self)
{
  guint years = MAX (1, (guint) ((self->data->today - self->data->start) / 365.25 + 0.5));
  g_autofree char *span =
      g_strdup_printf (g_dngettext (NULL, "<b>%u an</b>  <small>depuis 01/%u</small>",
                                    "<b>%u ans</b>  <small>depuis 01/%u</small>", years),
                       years, self->data->first_year);

  gtk_label_set_markup (self->span, span);
  for (DmpTimelineTrack i = 0; i < DMP_TIMELINE_N_TRACKS; i++)
    {
      g_autofree char *count = g_strdup_printf ("%u", dmp_timeline_data_count (self->data, i));
      g_autofree char *words = dup_track_words (self, i);

      gtk_label_set_label (self->counts[i], count);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      words, -1);
    }
}

void
dmp_timeline_set_data (DmpTimeline *self, const DmpTimelineData *data)
{
  g_return_if_fail (DMP_IS_TIMELINE (self));

  self->data = data;
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  self->lanes = dmp_timeline_lanes_new (data);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (data == NULL)
    {
      dmp_timeline_reset (self);
      gtk_label_set_label (self->span, "");
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
      for (int i = 0; i < DMP_TIMELINE_N_TRACKS; i++)
        {
          gtk_label_set_label (self->counts[i], "");
          gtk_accessible_reset_property (GTK_ACCESSIBLE (self->rows[i]),
                                         GTK_ACCESSIBLE_PROPERTY_LABEL);
        }
      return;
    }
  self->period = MIN (self->period, dmp_timeline_data_get_n_periods (data) - 1);
  show_counts (self);
  say_selection (self);
}

static void
choose (DmpTimeline *self, guint period, int track)
{
  if (self->period == period && self->track == track)
    return;
  self->period = period;
  self->track = track;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->data != NULL)
    say_selection (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

void
dmp_timeline_set_roomy (DmpTimeline *self, gboolean roomy)
{
  g_return_if_fail (DMP_IS_TIMELINE (self));

  self->roomy = roomy;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
dmp_timeline_reset (DmpTimeline *self)
{
  g_return_if_fail (DMP_IS_TIMELINE (self));

  choose (self, 0, -1);
}

void
dmp_timeline_get_extent (DmpTimeline *self, int *top, int *height)
{
  DmpTimelineTrack track = (DmpTimelineTrack) MAX (self->track, 0);

  g_return_if_fail (DMP_IS_TIMELINE (self));

  *top = self->track < 0 ? 0 : self->row * dmp_timeline_get_row (self, track);
  *height =
      self->row * (self->track == DMP_TIMELINE_PROBLEMS ? dmp_timeline_count_lanes (self) : 1);
}

guint
dmp_timeline_get_period (DmpTimeline *self)
{
  g_return_val_if_fail (DMP_IS_TIMELINE (self), 0);

  return self->period;
}

int
dmp_timeline_get_track (DmpTimeline *self)
{
  g_return_val_if_fail (DMP_IS_TIMELINE (self), -1);

  return self->track;
}

/* --- Keys and pointer --- */

/* @args: how many periods back, how many tracks down */
static gboolean
on_move (GtkWidget *widget, GVariant *args, gpointer data)
{
  DmpTimeline *self = DMP_TIMELINE (widget);
  int periods, tracks, n;

  g_variant_get (args, "(ii)", &periods, &tracks);
  if (self->data == NULL)
    return FALSE;
  n = (int) dmp_timeline_data_get_n_periods (self->data);
  choose (self, (guint) CLAMP ((int) self->period + periods, 0, n - 1),
          CLAMP (self->track + tracks, -1, DMP_TIMELINE_N_TRACKS - 1));

  return TRUE;
}

static gboolean
on_enter (GtkWidget *widget, GVariant *args, gpointer data)
{
  g_signal_emit (widget, signals[ACTIVATE], 0);

  return TRUE;
}

static void
on_pressed (DmpTimeline *self, int n_press, double x, double y)
{
  int row = self->row > 0 ? (int) y / self->row : 0;
  int track = row <= dmp_timeline_count_lanes (self) ? 0 : row - dmp_timeline_count_lanes (self);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->data == NULL)
    return;
  if (x < self->names)
    {
      choose (self, self->period, row == 0 || track == self->track ? -1 : track);
      return;
    }
  for (guint period = 0; period < dmp_timeline_data_get_n_periods (self->data); period++)
    {
      int first, last;

      dmp_timeline_data_get_period (self->data, period, &first, &last);
      if (first == 0
              ? x < self->names + DMP_TIMELINE_GUTTER
              : x >= dmp_timeline_get_x (self, first) && x < dmp_timeline_get_x (self, last + 1))
        {
          choose (self, period, self->track);
          return;
        }
    }
}

/* --- The widget --- */

static void
dmp_timeline_dispose (GObject *object)
{
  DmpTimeline *self = DMP_TIMELINE (object);
  GtkWidget *child;

  self->data = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);

  G_OBJECT_CLASS (dmp_timeline_parent_class)->dispose (object);
}

static void
bind_move (GtkWidgetClass *widget_class, guint key, guint keypad, int periods, int tracks)
{
  gtk_widget_class_add_binding (widget_class, key, 0, on_move, "(ii)", periods, tracks);
  gtk_widget_class_add_binding (widget_class, keypad, 0, on_move, "(ii)", periods, tracks);
}

static void
dmp_timeline_class_init (DmpTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_timeline_dispose;
  widget_class->snapshot = dmp_timeline_snapshot;
  widget_class->measure = dmp_timeline_measure;
  widget_class->size_allocate = dmp_timeline_size_allocate;
  signals[SELECTED] = g_signal_new ("selected", DMP_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", DMP_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  bind_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, 1, 0);
  bind_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, -1, 0);
  bind_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, G_MAXINT16, 0);
  bind_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, -G_MAXINT16, 0);
  bind_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  bind_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, on_enter, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, on_enter, NULL);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
new_row (DmpTimeline *self, DmpTimelineTrack track)
{
  GtkWidget *row =
      g_object_new (GTK_TYPE_BOX, "spacing", 12, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  GtkWidget *image = gtk_image_new_from_icon_name (dmp_timeline_track_get_icon (track));
  GtkWidget *label = gtk_label_new (dmp_timeline_track_get_label (track));
  GtkWidget *count = gtk_label_new ("");

  gtk_widget_add_css_class (image, "dim-label");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (count), 1);
  gtk_label_set_width_chars (GTK_LABEL (count), 4);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_start (row, 14);
  gtk_widget_set_margin_end (row, 8);
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), count);
  gtk_widget_set_parent (row, GTK_WIDGET (self));
  self->counts[track] = GTK_LABEL (count);

  return row;
}

static void
dmp_timeline_init (DmpTimeline *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->track = -1;
  self->lanes = dmp_timeline_lanes_new (NULL);
  self->span = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->span, 0);
  gtk_widget_set_margin_start (GTK_WIDGET (self->span), 14);
  gtk_widget_set_parent (GTK_WIDGET (self->span), GTK_WIDGET (self));
  for (DmpTimelineTrack i = 0; i < DMP_TIMELINE_N_TRACKS; i++)
    self->rows[i] = new_row (self, i);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
