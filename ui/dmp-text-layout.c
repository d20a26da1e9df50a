#include "config.h"

#include "dmp-text-layout.h"

struct _DmpTextLayout
{
  GtkLayoutManager parent_instance;

  int minimum, natural; /* width of the label, when last asked for */
};

G_DEFINE_FINAL_TYPE (DmpTextLayout, dmp_text_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *self, GtkWidget *label)
{
  return GTK_WIDGET_GET_CLASS (label)->get_request_mode (label);
}

/* Width without a height is kept by the widget until something changes; asked for with a height, it
 * is that one. */
static void
measure (GtkLayoutManager *layout,
         GtkWidget *label,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  DmpTextLayout *self = DMP_TEXT_LAYOUT (layout);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      GTK_WIDGET_GET_CLASS (label)->measure (label, orientation, for_size, minimum, natural,
                                             minimum_baseline, natural_baseline);
      return;
    }
  if (for_size < 0)
    GTK_WIDGET_GET_CLASS (label)->measure (label, orientation, -1, &self->minimum, &self->natural,
                                           minimum_baseline, natural_baseline);
  else
    gtk_widget_measure (label, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = self->minimum;
  *natural = self->natural;
}

static void
allocate (GtkLayoutManager *self, GtkWidget *label, int width, int height, int baseline)
{
  GTK_WIDGET_GET_CLASS (label)->size_allocate (label, width, height, baseline);
}

static void
dmp_text_layout_class_init (DmpTextLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
}

static void
dmp_text_layout_init (DmpTextLayout *self)
{
}

void
dmp_text_layout_apply (GtkWidget *label)
{
  gtk_widget_set_layout_manager (label, g_object_new (DMP_TYPE_TEXT_LAYOUT, NULL));
}
