#include "config.h"

#include "dmp-scroll.h"

#include "dmp-page-view.h"

typedef struct
{
  GtkWidget *widget; /* a page, or a label of text */
  guint start;       /* character */
} Target;

static double
get_offset (const Target *target)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  PangoRectangle line;
  const char *text;
  int y = 0;

  if (!GTK_IS_LABEL (target->widget))
    {
      dmp_page_view_get_place (DMP_PAGE_VIEW (target->widget), target->start, &place);
      return place.origin.y;
    }
  text = gtk_label_get_text (GTK_LABEL (target->widget));
  gtk_label_get_layout_offsets (GTK_LABEL (target->widget), NULL, &y);
  pango_layout_index_to_pos (gtk_label_get_layout (GTK_LABEL (target->widget)),
                             (int) (g_utf8_offset_to_pointer (text, target->start) - text), &line);
  return y + PANGO_PIXELS (line.y);
}

/* Places are right only after the next layout. */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Target *target = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_point_t in, out;
  GtkAdjustment *adjustment;

  if (gtk_widget_get_height (widget) == 0)
    return G_SOURCE_CONTINUE;
  in = GRAPHENE_POINT_INIT (0, (float) get_offset (target));
  if (scroller == NULL || !gtk_widget_compute_point (widget, scroller, &in, &out))
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + out.y -
                                            gtk_adjustment_get_page_size (adjustment) / 4);

  return G_SOURCE_REMOVE;
}

void
dmp_scroll_to_character (GtkWidget *widget, guint at)
{
  Target *target = g_new (Target, 1);

  target->widget = widget;
  target->start = at;
  gtk_widget_add_tick_callback (widget, scroll_cb, target, g_free);
}
