#include "config.h"

#include "dmp-find-bar.h"

#include "dmp-page-view.h"
#include "model/dmp-text.h"

#include <glib/gi18n.h>

struct _DmpFindBar
{
  GtkBox parent_instance;

  GtkWidget *entry;
  GtkWidget *count;
  DmpNarrative *narrative; /* borrowed */
  GPtrArray *marked;       /* (element-type GtkWidget): labels and pages with marks */
  GArray *matches;         /* of Match */
  int current;             /* index, or -1 */
};

/* One place: the rank-th of its widget. */
typedef struct
{
  GtkWidget *widget; /* in @marked */
  guint rank;
  guint start; /* character */
} Match;

G_DEFINE_FINAL_TYPE (DmpFindBar, dmp_find_bar, GTK_TYPE_BOX)

#define BASE "dmp-attributes"   /* a label's own attributes, under the marks */
#define STARTS "dmp-found-from" /* of a label: where its places begin and end */
#define ENDS "dmp-found-to"

/* --- Marks --- */

static void
mark (PangoAttrList *list, const char *text, guint start, guint end, gboolean current)
{
  PangoAttribute *paper = current ? pango_attr_background_new (0xd5d5, 0x5e5e, 0)
                                  : pango_attr_background_new (0xffff, 0xdede, 0x8080);
  PangoAttribute *ink = current ? pango_attr_foreground_new (0xffff, 0xffff, 0xffff)
                                : pango_attr_foreground_new (0, 0, 0);
  PangoAttribute *const both[] = { paper, ink };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      both[i]->start_index = (guint) (g_utf8_offset_to_pointer (text, start) - text);
      both[i]->end_index = (guint) (g_utf8_offset_to_pointer (text, end) - text);
      pango_attr_list_insert (list, both[i]);
    }
}

static void
mark_label (GtkLabel *label, const GArray *starts, const GArray *ends, int current)
{
  PangoAttrList *base = g_object_get_data (G_OBJECT (label), BASE);
  g_autoptr (PangoAttrList) list = NULL;

  if (base == NULL)
    {
      base = gtk_label_get_attributes (label);
      base = base != NULL ? pango_attr_list_ref (base) : pango_attr_list_new ();
      g_object_set_data_full (G_OBJECT (label), BASE, base, (GDestroyNotify) pango_attr_list_unref);
    }
  list = pango_attr_list_copy (base);
  for (guint i = 0; starts != NULL && i < starts->len; i++)
    mark (list, gtk_label_get_text (label), g_array_index (starts, guint, i),
          g_array_index (ends, guint, i), (int) i == current);
  gtk_label_set_attributes (label, list);
}

static void
mark_widget (GtkWidget *widget, int current)
{
  const GArray *starts = g_object_get_data (G_OBJECT (widget), STARTS);
  const GArray *ends = g_object_get_data (G_OBJECT (widget), ENDS);

  if (GTK_IS_LABEL (widget))
    mark_label (GTK_LABEL (widget), starts, ends, current);
  else
    dmp_page_view_set_found (DMP_PAGE_VIEW (widget), starts, ends, current);
}

static void
forget (DmpFindBar *self)
{
  for (guint i = 0; i < self->marked->len; i++)
    {
      GtkWidget *widget = self->marked->pdata[i];

      g_object_set_data (G_OBJECT (widget), STARTS, NULL);
      g_object_set_data (G_OBJECT (widget), ENDS, NULL);
      mark_widget (widget, -1);
    }
  g_ptr_array_set_size (self->marked, 0);
  g_array_set_size (self->matches, 0);
  self->current = -1;
}

/* --- Looking --- */

static const char *
get_text (GtkWidget *widget)
{
  if (DMP_IS_PAGE_VIEW (widget))
    return dmp_page_view_get_text (DMP_PAGE_VIEW (widget));
  if (GTK_IS_LABEL (widget) && gtk_label_get_selectable (GTK_LABEL (widget)))
    return gtk_label_get_text (GTK_LABEL (widget));

  return NULL;
}

static void
look_into (DmpFindBar *self, GtkWidget *widget, const char *words)
{
  const char *text = get_text (widget);
  g_autoptr (GArray) starts = NULL, ends = NULL;

  if (text != NULL)
    {
      starts = g_array_new (FALSE, FALSE, sizeof (guint));
      ends = g_array_new (FALSE, FALSE, sizeof (guint));
      dmp_text_find (text, words, starts, ends);
    }
  for (guint i = 0; starts != NULL && i < starts->len; i++)
    {
      Match match = { widget, i, g_array_index (starts, guint, i) };

      g_array_append_val (self->matches, match);
    }
  if (starts != NULL && starts->len > 0)
    {
      g_ptr_array_add (self->marked, g_object_ref (widget));
      g_object_set_data_full (G_OBJECT (widget), STARTS, g_steal_pointer (&starts),
                              (GDestroyNotify) g_array_unref);
      g_object_set_data_full (G_OBJECT (widget), ENDS, g_steal_pointer (&ends),
                              (GDestroyNotify) g_array_unref);
      mark_widget (widget, -1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_into (self, child, words);
}

static void
say_count (DmpFindBar *self)
{
  g_autofree char *text = NULL;

  if (self->matches->len > 0)
    text = g_strdup_printf (_ ("%d sur %u"), self->current + 1, self->matches->len);
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    text = g_strdup (_ ("Introuvable dans ce document"));
  gtk_label_set_label (GTK_LABEL (self->count), text != NULL ? text : "");
}

static void
scroll_to (DmpFindBar *self, const Match *match)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (match->widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_point_t in = GRAPHENE_POINT_INIT (0, 0), out;
  graphene_rect_t place;
  GtkAdjustment *adjustment;
  double y;

  if (scroller == NULL)
    return;
  if (DMP_IS_PAGE_VIEW (match->widget) &&
      dmp_page_view_get_place (DMP_PAGE_VIEW (match->widget), match->start, &place))
    in.y = place.origin.y;
  if (!gtk_widget_compute_point (match->widget, scroller, &in, &out))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  y = out.y;
  if (y < 40 || y > gtk_adjustment_get_page_size (adjustment) - 60)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + y -
                                              gtk_adjustment_get_page_size (adjustment) / 3);
}

static void
choose (DmpFindBar *self, int index)
{
  const Match *match;

  if (self->current >= 0)
    mark_widget (g_array_index (self->matches, Match, self->current).widget, -1);
  self->current = index;
  say_count (self);
  if (index < 0)
    return;
  match = &g_array_index (self->matches, Match, index);
  mark_widget (match->widget, (int) match->rank);
  scroll_to (self, match);
}

static void
on_changed (DmpFindBar *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  forget (self);
  if (*words != '\0' && self->narrative != NULL)
    look_into (self, GTK_WIDGET (self->narrative), words);
  choose (self, self->matches->len > 0 ? 0 : -1);
}

void
dmp_find_bar_step (DmpFindBar *self, int step)
{
  int n;

  g_return_if_fail (DMP_IS_FIND_BAR (self));

  n = (int) self->matches->len;
  if (n > 0)
    choose (self, (self->current + step + n) % n);
}

guint
dmp_find_bar_find (DmpFindBar *self, const char *words)
{
  g_return_val_if_fail (DMP_IS_FIND_BAR (self), 0);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), words);
  on_changed (self);

  return self->matches->len;
}

/* --- Open and closed --- */

void
dmp_find_bar_open (DmpFindBar *self)
{
  g_return_if_fail (DMP_IS_FIND_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  on_changed (self);
}

gboolean
dmp_find_bar_close (DmpFindBar *self)
{
  gboolean open;

  g_return_val_if_fail (DMP_IS_FIND_BAR (self), FALSE);

  open = gtk_widget_get_visible (GTK_WIDGET (self));
  forget (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  say_count (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (open && self->narrative != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->narrative)))
    gtk_widget_grab_focus (GTK_WIDGET (self->narrative));

  return open;
}

void
dmp_find_bar_set_narrative (DmpFindBar *self, DmpNarrative *narrative)
{
  g_return_if_fail (DMP_IS_FIND_BAR (self));

  self->narrative = narrative;
}

/* --- Making --- */

static void
on_next (DmpFindBar *self)
{
  dmp_find_bar_step (self, 1);
}

static void
on_previous (DmpFindBar *self)
{
  dmp_find_bar_step (self, -1);
}

static void
on_close (DmpFindBar *self)
{
  dmp_find_bar_close (self);
}

static void
add_button (DmpFindBar *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (self), button);
}

static void
dmp_find_bar_dispose (GObject *object)
{
  DmpFindBar *self = DMP_FIND_BAR (object);

  self->narrative = NULL;
  g_ptr_array_set_size (self->marked, 0);

  G_OBJECT_CLASS (dmp_find_bar_parent_class)->dispose (object);
}

static void
dmp_find_bar_finalize (GObject *object)
{
  DmpFindBar *self = DMP_FIND_BAR (object);

  g_ptr_array_unref (self->marked);
  g_array_unref (self->matches);

  G_OBJECT_CLASS (dmp_find_bar_parent_class)->finalize (object);
}

static void
dmp_find_bar_class_init (DmpFindBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_find_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = dmp_find_bar_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
dmp_find_bar_init (DmpFindBar *self)
{
  self->marked = g_ptr_array_new_with_free_func (g_object_unref);
  self->matches = g_array_new (FALSE, FALSE, sizeof (Match));
  self->current = -1;
  self->entry = gtk_search_entry_new ();
  self->count = gtk_label_new (NULL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "ca-strip");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_object_set (self->entry, "placeholder-text", _ ("Chercher dans le document"), "width-request",
                280, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Chercher dans le document"), -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_next), self);
  g_signal_connect_swapped (self->entry, "next-match", G_CALLBACK (on_next), self);
  g_signal_connect_swapped (self->entry, "previous-match", G_CALLBACK (on_previous), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (on_close), self);
  gtk_box_append (GTK_BOX (self), self->entry);
  add_button (self, "go-up-symbolic", _ ("Occurrence précédente (Maj+F3)"),
              G_CALLBACK (on_previous));
  add_button (self, "go-down-symbolic", _ ("Occurrence suivante (F3)"), G_CALLBACK (on_next));
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_box_append (GTK_BOX (self), self->count);
  add_button (self, "window-close-symbolic", _ ("Fermer la recherche"), G_CALLBACK (on_close));
}
