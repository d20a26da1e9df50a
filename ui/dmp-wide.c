#include "config.h"

#include "dmp-wide.h"

#define LEAST_WIDTH 120 /* of what is seen of a child, in pixels */
#define STEP 60         /* pixels a key moves it */

struct _DmpWide
{
  GtkWidget parent_instance;

  GtkWidget *child;
  GtkWidget *bar; /* a scroll bar, when the child does not fit */
  GtkAdjustment *place;
};

G_DEFINE_FINAL_TYPE (DmpWide, dmp_wide, GTK_TYPE_WIDGET)

static int
least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);

  return least;
}

/* The width the child gets: the page's when it fits, else no more than its words need, so that the
 * least is out of sight. */
static int
width_for (GtkWidget *child, int page)
{
  return MAX (page, least_width (child));
}

static int
height_for (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);

  return height;
}

static GtkSizeRequestMode
dmp_wide_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dmp_wide_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  DmpWide *self = DMP_WIDE (widget);
  int least = least_width (self->child), most;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->child, orientation, -1, NULL, &most, NULL, NULL);
      *minimum = MIN (least, LEAST_WIDTH);
      *natural = most;
      return;
    }
  *minimum = height_for (self->child, for_size < 0 ? -1 : width_for (self->child, for_size));
  if (for_size >= 0 && for_size < least)
    *minimum += height_for (self->bar, for_size);
  *natural = *minimum;
}

static void
dmp_wide_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DmpWide *self = DMP_WIDE (widget);
  int least = least_width (self->child), wide = width_for (self->child, width), bar_height = 0;
  gboolean fits = least <= width;
  GskTransform *place;

  gtk_adjustment_configure (self->place, gtk_adjustment_get_value (self->place), 0, wide, STEP,
                            width, width);
  gtk_widget_set_child_visible (self->bar, !fits);
  gtk_widget_set_focusable (widget, !fits);
  if (!fits)
    {
      bar_height = height_for (self->bar, width);
      gtk_widget_size_allocate (self->bar,
                                &(GtkAllocation){ 0, height - bar_height, width, bar_height }, -1);
    }
  place = gsk_transform_translate (
      NULL, &GRAPHENE_POINT_INIT ((float) -(int) gtk_adjustment_get_value (self->place), 0));
  gtk_widget_allocate (self->child, wide, height - bar_height, -1, place);
}

static gboolean
on_scroll (DmpWide *self, double dx, double dy)
{
  double before = gtk_adjustment_get_value (self->place);

  gtk_adjustment_set_value (self->place, before + dx * STEP);

  return gtk_adjustment_get_value (self->place) != before;
}

static gboolean
on_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  int steps;

  g_variant_get (args, "(i)", &steps);

  return on_scroll (DMP_WIDE (widget), steps, 0);
}

static void
dmp_wide_dispose (GObject *object)
{
  DmpWide *self = DMP_WIDE (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);

  G_OBJECT_CLASS (dmp_wide_parent_class)->dispose (object);
}

static void
dmp_wide_class_init (DmpWideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_wide_dispose;
  widget_class->get_request_mode = dmp_wide_get_request_mode;
  widget_class->measure = dmp_wide_measure;
  widget_class->size_allocate = dmp_wide_size_allocate;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, on_key, "(i)", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, on_key, "(i)", 1);
}

static void
dmp_wide_init (DmpWide *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_HORIZONTAL);

  self->bar = gtk_scrollbar_new (GTK_ORIENTATION_HORIZONTAL, NULL);
  self->place = gtk_scrollbar_get_adjustment (GTK_SCROLLBAR (self->bar));
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_swapped (self->place, "value-changed", G_CALLBACK (gtk_widget_queue_allocate),
                            self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

GtkWidget *
dmp_wide_new (GtkWidget *child)
{
  DmpWide *self = g_object_new (DMP_TYPE_WIDE, NULL);

  self->child = child;
  gtk_widget_insert_before (child, GTK_WIDGET (self), self->bar);

  return GTK_WIDGET (self);
}
