#include "config.h"

#include "dmp-page-view.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DmpPageView
{
  GtkWidget parent_instance;

  GdkTexture *texture;
  int width; /* wanted */
  char *text;
  GArray *places;        /* (nullable) (element-type DmpPdfBox) */
  GArray *starts, *ends; /* (nullable) (element-type guint): what was found */
  int current;
  guint passage, passage_end; /* characters; the same: none */
  int anchor, cursor;         /* characters; the same: nothing is selected */
};

G_DEFINE_FINAL_TYPE (DmpPageView, dmp_page_view, GTK_TYPE_WIDGET)

static const GdkRGBA found_colour = { 0.90f, 0.62f, 0.0f, 0.35f };
static const GdkRGBA current_colour = { 0.84f, 0.37f, 0.0f, 0.55f };
static const GdkRGBA passage_colour = { 1.0f, 0.87f, 0.35f, 0.35f };
static const GdkRGBA selected_colour = { 0.0f, 0.45f, 0.70f, 0.30f };

/* --- Places --- */

static void
to_widget (DmpPageView *self, const DmpPdfBox *box, graphene_rect_t *place)
{
  float w = (float) gtk_widget_get_width (GTK_WIDGET (self)) / DMP_PDF_UNIT;
  float h = (float) gtk_widget_get_height (GTK_WIDGET (self)) / DMP_PDF_UNIT;

  graphene_rect_init (place, box->left * w, box->top * h, (float) (box->right - box->left) * w,
                      (float) (box->bottom - box->top) * h);
}

gboolean
dmp_page_view_get_place (DmpPageView *self, guint at, graphene_rect_t *place)
{
  g_return_val_if_fail (DMP_IS_PAGE_VIEW (self), FALSE);

  if (self->places == NULL || at >= self->places->len)
    return FALSE;
  to_widget (self, &g_array_index (self->places, DmpPdfBox, at), place);

  return TRUE;
}

/* The character nearest to a point: first by line, then along it. */
static int
character_at (DmpPageView *self, double x, double y)
{
  int best = 0;
  double least = G_MAXDOUBLE;

  for (guint i = 0; self->places != NULL && i < self->places->len; i++)
    {
      graphene_rect_t place;
      double dx, dy, distance;

      to_widget (self, &g_array_index (self->places, DmpPdfBox, i), &place);
      dy = y < place.origin.y                       ? place.origin.y - y
           : y > place.origin.y + place.size.height ? y - place.origin.y - place.size.height
                                                    : 0;
      dx = ABS (x - (place.origin.x + place.size.width / 2));
      distance = dy * 16 + dx;
      if (distance < least)
        {
          least = distance;
          best = (int) i + (x > place.origin.x + place.size.width / 2);
        }
    }

  return best;
}

/* --- Painting --- */

static void
paint_stretch (
    DmpPageView *self, GtkSnapshot *snapshot, guint from, guint to, const GdkRGBA *colour)
{
  for (guint i = from; self->places != NULL && i < MIN (to, self->places->len); i++)
    {
      graphene_rect_t place;

      to_widget (self, &g_array_index (self->places, DmpPdfBox, i), &place);
      gtk_snapshot_append_color (snapshot, colour, &place);
    }
}

static void
dmp_page_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DmpPageView *self = DMP_PAGE_VIEW (widget);
  graphene_rect_t all;

  graphene_rect_init (&all, 0, 0, (float) gtk_widget_get_width (widget),
                      (float) gtk_widget_get_height (widget));
  gtk_snapshot_append_texture (snapshot, self->texture, &all);
  paint_stretch (self, snapshot, self->passage, self->passage_end, &passage_colour);
  for (guint i = 0; self->starts != NULL && i < self->starts->len; i++)
    paint_stretch (self, snapshot, g_array_index (self->starts, guint, i),
                   g_array_index (self->ends, guint, i),
                   (int) i == self->current ? &current_colour : &found_colour);
  paint_stretch (self, snapshot, (guint) MIN (self->anchor, self->cursor),
                 (guint) MAX (self->anchor, self->cursor), &selected_colour);
}

static GtkSizeRequestMode
dmp_page_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dmp_page_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  DmpPageView *self = DMP_PAGE_VIEW (widget);
  double ratio =
      gdk_texture_get_height (self->texture) / (double) gdk_texture_get_width (self->texture);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (self->width, 320);
      *natural = self->width;
    }
  else
    *minimum = *natural =
        (int) ((for_size > 0 ? MIN (for_size, self->width) : self->width) * ratio + 0.5);
}

/* --- Selecting --- */

static void
set_selection (DmpPageView *self, int anchor, int cursor)
{
  self->anchor = anchor;
  self->cursor = cursor;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dmp_page_view_select (DmpPageView *self, gboolean all)
{
  g_return_if_fail (DMP_IS_PAGE_VIEW (self));

  set_selection (self, 0, all ? (int) g_utf8_strlen (self->text, -1) : 0);
}

char *
dmp_page_view_dup_selection (DmpPageView *self)
{
  g_return_val_if_fail (DMP_IS_PAGE_VIEW (self), NULL);

  if (self->anchor == self->cursor)
    return NULL;
  return g_utf8_substring (self->text, MIN (self->anchor, self->cursor),
                           MAX (self->anchor, self->cursor));
}

static void
on_drag_begin (DmpPageView *self, double x, double y)
{
  int at = character_at (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  set_selection (self, at, at);
}

static void
on_drag_update (DmpPageView *self, double dx, double dy, GtkGestureDrag *drag)
{
  double x, y;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  set_selection (self, self->anchor, character_at (self, x + dx, y + dy));
}

static gboolean
is_space_at (const char *p)
{
  return g_unichar_isspace (g_utf8_get_char (p));
}

/* The word around a character, which may be a very long one: a step a character. */
static void
find_word (const char *text, int *from, int *to)
{
  const char *begin = g_utf8_offset_to_pointer (text, *from), *end = begin;

  for (; begin > text && !is_space_at (g_utf8_prev_char (begin)); --*from)
    begin = g_utf8_prev_char (begin);
  for (; *end != '\0' && !is_space_at (end); ++*to)
    end = g_utf8_next_char (end);
}

static void
on_pressed (DmpPageView *self, int n_press, double x, double y)
{
  int from = MIN (character_at (self, x, y), (int) g_utf8_strlen (self->text, -1)), to = from;

  if (n_press != 2)
    return;
  find_word (self->text, &from, &to);
  set_selection (self, from, to);
}

static void
select_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dmp_page_view_select (DMP_PAGE_VIEW (widget), TRUE);
}

/* --- Content --- */

void
dmp_page_view_set_texture (DmpPageView *self, GdkTexture *texture, int width)
{
  g_return_if_fail (DMP_IS_PAGE_VIEW (self));

  g_set_object (&self->texture, texture);
  dmp_page_view_set_width (self, width);
}

void
dmp_page_view_set_width (DmpPageView *self, int width)
{
  g_return_if_fail (DMP_IS_PAGE_VIEW (self));

  self->width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dmp_page_view_set_words (DmpPageView *self, const char *text, GArray *places)
{
  g_return_if_fail (DMP_IS_PAGE_VIEW (self));

  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_pointer (&self->places, g_array_unref);
  if (places != NULL && places->len == (guint) g_utf8_strlen (text, -1))
    self->places = g_array_ref (places);
  if (*text != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

const char *
dmp_page_view_get_text (DmpPageView *self)
{
  g_return_val_if_fail (DMP_IS_PAGE_VIEW (self), NULL);

  return self->text;
}

void
dmp_page_view_set_found (DmpPageView *self, const GArray *starts, const GArray *ends, int current)
{
  g_return_if_fail (DMP_IS_PAGE_VIEW (self));

  g_clear_pointer (&self->starts, g_array_unref);
  g_clear_pointer (&self->ends, g_array_unref);
  if (starts != NULL)
    {
      self->starts = g_array_copy ((GArray *) starts);
      self->ends = g_array_copy ((GArray *) ends);
    }
  self->current = current;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dmp_page_view_set_passage (DmpPageView *self, guint start, guint end)
{
  g_autofree char *passage = NULL, *words = NULL;

  g_return_if_fail (DMP_IS_PAGE_VIEW (self));

  self->passage = start;
  self->passage_end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (start >= end || end > (guint) g_utf8_strlen (self->text, -1))
    return;
  passage = g_utf8_substring (self->text, start, end);
  words = g_strdup_printf (_ ("Passage trouvé : %s"), passage);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}

GtkWidget *
dmp_page_view_new (GdkTexture *texture, int width)
{
  DmpPageView *self = g_object_new (DMP_TYPE_PAGE_VIEW, NULL);

  dmp_page_view_set_texture (self, texture, width);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Page sans texte lisible"), -1);

  return GTK_WIDGET (self);
}

static void
dmp_page_view_finalize (GObject *object)
{
  DmpPageView *self = DMP_PAGE_VIEW (object);

  g_clear_object (&self->texture);
  g_free (self->text);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->starts, g_array_unref);
  g_clear_pointer (&self->ends, g_array_unref);

  G_OBJECT_CLASS (dmp_page_view_parent_class)->finalize (object);
}

static void
dmp_page_view_class_init (DmpPageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dmp_page_view_finalize;
  widget_class->snapshot = dmp_page_view_snapshot;
  widget_class->measure = dmp_page_view_measure;
  widget_class->get_request_mode = dmp_page_view_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "page.select-all", NULL, select_all);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "page.select-all",
                                       NULL);
}

static void
dmp_page_view_init (DmpPageView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();

  self->text = g_strdup ("");
  self->current = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
  gtk_widget_add_css_class (GTK_WIDGET (self), "ca-paper");
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
