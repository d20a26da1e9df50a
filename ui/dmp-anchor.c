#include "config.h"

#include "dmp-anchor.h"

#define STEP 12 /* pixels between two places looked at for a row */

static gboolean
get_place (DmpAnchor *self, GtkWidget *row, graphene_rect_t *place)
{
  return gtk_widget_get_mapped (row) &&
         gtk_widget_compute_bounds (row, GTK_WIDGET (self->scroller), place) &&
         place->size.height > 0;
}

void
dmp_anchor_drop (DmpAnchor *self)
{
  if (self->clock != NULL)
    g_signal_handler_disconnect (self->clock, self->handler);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->line, g_free);
}

/* All has its place: what is scrolled now is laid out once more before it is drawn. */
static void
on_layout (GdkFrameClock *clock, DmpAnchor *self)
{
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (self->scroller);
  GtkWidget *row = self->find (self->line, self->data);
  graphene_rect_t place;

  if (row != NULL && get_place (self, row, &place))
    gtk_adjustment_set_value (down, gtk_adjustment_get_value (down) + place.origin.y - self->y);
  dmp_anchor_drop (self);
}

void
dmp_anchor_hold (DmpAnchor *self, GtkWidget *row, const char *line)
{
  graphene_rect_t place;

  if (self->clock != NULL || !get_place (self, row, &place))
    return;
  self->y = place.origin.y;
  self->line = g_strdup (line);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (row));
  self->handler = g_signal_connect_after (self->clock, "layout", G_CALLBACK (on_layout), self);
}

GtkWidget *
dmp_anchor_find_top (DmpAnchor *self)
{
  GtkWidget *scroller = GTK_WIDGET (self->scroller);
  double x = gtk_widget_get_width (scroller) / 3.0;

  for (double y = 1; y < gtk_widget_get_height (scroller); y += STEP)
    {
      GtkWidget *at = gtk_widget_pick (scroller, x, y, GTK_PICK_DEFAULT);
      GtkWidget *row = at == NULL || GTK_IS_LIST_BOX_ROW (at)
                           ? at
                           : gtk_widget_get_ancestor (at, GTK_TYPE_LIST_BOX_ROW);

      if (row != NULL)
        return row;
    }

  return NULL;
}

gboolean
dmp_anchor_sees (DmpAnchor *self, GtkWidget *row)
{
  graphene_rect_t place;

  return get_place (self, row, &place) && place.origin.y >= 0 &&
         place.origin.y + place.size.height <= gtk_widget_get_height (GTK_WIDGET (self->scroller));
}
