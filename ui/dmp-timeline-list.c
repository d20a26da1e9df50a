#include "config.h"

#include "dmp-timeline-list.h"

#include "dmp-tag.h"

#include <glib/gi18n.h>

#define MIN_HEIGHT 96
#define INDENT 24 /* of the documents of a stay */

struct _DmpTimelineList
{
  AdwBin parent_instance;

  GtkListView *view;
  GListStore *events; /* one a row */
  GtkSingleSelection *selection;

  const DmpTimelineData *data; /* (nullable) */
  GPtrArray *all;              /* (element-type DmpTimelineEvent): what is listed or folded away */
  GHashTable *open;            /* set of ids: the stays that show their documents */
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpTimelineList, dmp_timeline_list, ADW_TYPE_BIN)

/* --- What is listed --- */

/* A stay that has several documents shows them one by one, or only says how many. */
static gboolean
has_several (const DmpTimelineFields *fields)
{
  return fields->documents != NULL && fields->documents->len > 1;
}

static gboolean
is_open (DmpTimelineList *self, const char *stay)
{
  return stay != NULL && g_hash_table_contains (self->open, stay);
}

static DmpTimelineEvent *
find_event (DmpTimelineList *self, const char *id)
{
  for (guint i = 0; self->data != NULL && i < self->data->events->len; i++)
    if (g_strcmp0 (dmp_timeline_event_get (self->data->events->pdata[i])->id, id) == 0)
      return self->data->events->pdata[i];

  return NULL;
}

static gboolean
has_stay (GPtrArray *events, const char *stay)
{
  for (guint i = 0; stay != NULL && i < events->len; i++)
    if (g_strcmp0 (dmp_timeline_event_get (events->pdata[i])->id, stay) == 0)
      return TRUE;

  return FALSE;
}

/* The documents of a stay that is listed stand behind it, or under it.
 * Returns: (transfer full) (element-type DmpTimelineEvent) */
static GPtrArray *
arrange (DmpTimelineList *self)
{
  GPtrArray *events = self->all;
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < events->len; i++)
    {
      const DmpTimelineFields *fields = dmp_timeline_event_get (events->pdata[i]);

      if (has_stay (events, fields->stay))
        continue;
      g_ptr_array_add (rows, g_object_ref (events->pdata[i]));
      for (guint k = 0;
           is_open (self, fields->id) && has_several (fields) && k < fields->documents->len; k++)
        g_ptr_array_add (rows, g_object_ref (find_event (self, fields->documents->pdata[k])));
    }

  return rows;
}

static gboolean
is_same (DmpTimelineList *self, guint row, DmpTimelineEvent *other)
{
  g_autoptr (DmpTimelineEvent) event = g_list_model_get_item (G_LIST_MODEL (self->events), row);
  const DmpTimelineFields *a = dmp_timeline_event_get (event), *b = dmp_timeline_event_get (other);
  g_autofree char *words = dmp_timeline_event_dup_words (event);
  g_autofree char *others = dmp_timeline_event_dup_words (other);

  return g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->stay, b->stay) == 0 &&
         g_strcmp0 (words, others) == 0;
}

/* Only the rows that differ are replaced: the others keep their place and the focus. */
static void
set_rows (DmpTimelineList *self, GPtrArray *rows)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->events)), first = 0, last = 0;

  while (first < MIN (n, rows->len) && is_same (self, first, rows->pdata[first]))
    first++;
  while (last < MIN (n, rows->len) - first &&
         is_same (self, n - 1 - last, rows->pdata[rows->len - 1 - last]))
    last++;
  if (first + last < MAX (n, rows->len))
    g_list_store_splice (self->events, first, n - first - last, rows->pdata + first,
                         rows->len - first - last);
}

/* The chosen event stays chosen when others come; another period begins with its newest. */
static void
show_rows (DmpTimelineList *self, gboolean keep)
{
  DmpTimelineEvent *chosen = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *id =
      chosen != NULL ? g_strdup (dmp_timeline_event_get (chosen)->id) : g_strdup ("");
  g_autoptr (GPtrArray) rows = arrange (self);

  set_rows (self, rows);
  if (!keep && rows->len > 0)
    {
      gtk_single_selection_set_selected (self->selection, 0);
      gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
    }
  for (guint i = 0; keep && i < rows->len; i++)
    if (g_strcmp0 (dmp_timeline_event_get (rows->pdata[i])->id, id) == 0)
      gtk_single_selection_set_selected (self->selection, i);
}

/* --- Rows --- */

/* Date, what unfolds, shape, title, what must not be read aloud, author. */
static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *date = dmp_text_new ("", "ca-one-line dim-label");
  GtkWidget *title = dmp_text_new ("", NULL);
  GtkWidget *author = dmp_text_new ("", "ca-one-line dim-label");

  gtk_label_set_width_chars (GTK_LABEL (date), 18);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (author), 1);
  gtk_label_set_ellipsize (GTK_LABEL (author), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (row), date);
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), dmp_tag_new ("changes-prevent-symbolic", _ ("masqué"), NULL));
  gtk_box_append (GTK_BOX (row),
                  dmp_tag_new ("view-conceal-symbolic", _ ("non visible du patient"), NULL));
  gtk_box_append (GTK_BOX (row), author);
  gtk_list_item_set_child (item, row);
}

static gboolean
is_under (DmpTimelineList *self, const DmpTimelineFields *fields)
{
  return is_open (self, fields->stay) && has_stay (self->all, fields->stay);
}

/* "▸ Décompensation cardiaque · 4 documents" */
static char *
dup_title (DmpTimelineList *self, DmpTimelineEvent *event)
{
  const DmpTimelineFields *fields = dmp_timeline_event_get (event);
  g_autofree char *count = dmp_timeline_event_dup_count (event);

  if (count == NULL)
    return g_strdup (fields->title);

  return g_strdup_printf ("%s%s · %s",
                          !has_several (fields)        ? ""
                          : is_open (self, fields->id) ? "▾ "
                                                       : "▸ ",
                          fields->title, count);
}

static char *
dup_row_words (DmpTimelineList *self, DmpTimelineEvent *event)
{
  const DmpTimelineFields *fields = dmp_timeline_event_get (event);
  g_autofree char *words = dmp_timeline_event_dup_words (event);

  if (!has_several (fields))
    return g_steal_pointer (&words);

  return g_strdup_printf ("%s, %s", words,
                          is_open (self, fields->id) ? _ ("déplié") : _ ("replié"));
}

static void
show_row (DmpTimelineList *self, GtkWidget *row, DmpTimelineEvent *event)
{
  const DmpTimelineFields *fields = dmp_timeline_event_get (event);
  GtkWidget *child = gtk_widget_get_first_child (row);
  g_autofree char *words = dup_row_words (self, event), *title = dup_title (self, event);

  gtk_label_set_label (GTK_LABEL (child), fields->date);
  child = gtk_widget_get_next_sibling (child);
  gtk_image_set_from_icon_name (GTK_IMAGE (child), fields->icon);
  gtk_widget_set_margin_start (child, is_under (self, fields) ? INDENT : 0);
  child = gtk_widget_get_next_sibling (child);
  gtk_label_set_label (GTK_LABEL (child), title);
  if (fields->is_document)
    gtk_widget_remove_css_class (child, "ca-strong");
  else
    gtk_widget_add_css_class (child, "ca-strong");
  child = gtk_widget_get_next_sibling (child);
  gtk_widget_set_visible (child, fields->masked);
  child = gtk_widget_get_next_sibling (child);
  gtk_widget_set_visible (child, fields->hidden_from_patient);
  child = gtk_widget_get_next_sibling (child);
  gtk_label_set_label (GTK_LABEL (child), fields->author != NULL ? fields->author : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
on_unfolded (DmpTimelineEvent *event, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  show_row (DMP_TIMELINE_LIST (gtk_widget_get_ancestor (row, DMP_TYPE_TIMELINE_LIST)), row, event);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, DmpTimelineList *self)
{
  DmpTimelineEvent *event = gtk_list_item_get_item (item);

  show_row (self, gtk_list_item_get_child (item), event);
  g_signal_connect_object (event, "unfolded", G_CALLBACK (on_unfolded), item, 0);
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *item, DmpTimelineList *self)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), on_unfolded, item);
}

/* Shows the documents of a stay one by one, or folds them away. The row stays the one with the
 * focus. */
static void
toggle (DmpTimelineList *self, DmpTimelineEvent *stay)
{
  const char *id = dmp_timeline_event_get (stay)->id;

  if (!g_hash_table_remove (self->open, id))
    g_hash_table_add (self->open, g_strdup (id));
  show_rows (self, TRUE);
  g_signal_emit_by_name (stay, "unfolded");
}

static void
open_event (DmpTimelineList *self, DmpTimelineEvent *event)
{
  const DmpTimelineFields *fields = event != NULL ? dmp_timeline_event_get (event) : NULL;

  if (fields != NULL && has_several (fields))
    toggle (self, event);
  else if (fields != NULL && fields->document != NULL)
    g_signal_emit (self, signals[OPEN], 0, fields->document, fields->place);
}

void
dmp_timeline_list_open (DmpTimelineList *self)
{
  DmpTimelineEvent *event;
  guint row;

  g_return_if_fail (DMP_IS_TIMELINE_LIST (self));

  event = gtk_single_selection_get_selected_item (self->selection);
  row = gtk_single_selection_get_selected (self->selection);
  if (event != NULL && has_several (dmp_timeline_event_get (event)))
    {
      gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", row);
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
    }
  open_event (self, event);
}

static void
on_activate (DmpTimelineList *self, guint position)
{
  g_autoptr (DmpTimelineEvent) event =
      g_list_model_get_item (G_LIST_MODEL (self->events), position);

  open_event (self, event);
}

/* --- What it is told --- */

void
dmp_timeline_list_set_events (DmpTimelineList *self,
                              const DmpTimelineData *data,
                              GPtrArray *events,
                              gboolean keep)
{
  g_return_if_fail (DMP_IS_TIMELINE_LIST (self));

  self->data = data;
  g_ptr_array_unref (self->all);
  self->all = g_ptr_array_ref (events);
  show_rows (self, keep);
}

void
dmp_timeline_list_clear (DmpTimelineList *self)
{
  g_return_if_fail (DMP_IS_TIMELINE_LIST (self));

  self->data = NULL;
  g_hash_table_remove_all (self->open);
  g_ptr_array_unref (self->all);
  self->all = g_ptr_array_new ();
  g_list_store_remove_all (self->events);
}

/* --- The widget --- */

static void
dmp_timeline_list_dispose (GObject *object)
{
  DmpTimelineList *self = DMP_TIMELINE_LIST (object);

  g_clear_object (&self->events);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);

  G_OBJECT_CLASS (dmp_timeline_list_parent_class)->dispose (object);
}

static void
dmp_timeline_list_class_init (DmpTimelineListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_timeline_list_dispose;
  signals[OPEN] = g_signal_new ("open", DMP_TYPE_TIMELINE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static GtkListItemFactory *
new_factory (DmpTimelineList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), self);

  return factory;
}

static void
dmp_timeline_list_init (DmpTimelineList *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->all = g_ptr_array_new ();
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->events = g_list_store_new (DMP_TYPE_TIMELINE_EVENT);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->events)));
  self->view = GTK_LIST_VIEW (
      gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), new_factory (self)));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "ca-timeline-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Événements de la période"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate), self);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), MIN_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}
