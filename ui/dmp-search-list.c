#include "config.h"

#include "dmp-search-list.h"

#include "dmp-search-row.h"

#include <glib/gi18n.h>
#include <string.h>

#define ALL DMP_SEARCH_N_GROUPS

struct _DmpSearchList
{
  AdwBin parent_instance;

  GtkListBox *list;
  const DmpSearchResults *results; /* (nullable): borrowed */
  guint group;                     /* the only one, or ALL */
  DmpSearchEntryFunc find_entry;   /* (nullable) */
  gpointer data;
  GtkListBoxRow *chosen; /* (nullable): borrowed from the list */
  gboolean unfolded[DMP_SEARCH_N_GROUPS];
  gboolean used; /* a result was chosen by hand since the question */
  gboolean filling;
};

enum
{
  CHOSEN,
  OPEN,
  LEAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* How many of a group stand under "all" before the rest folds. */
static const guint limits[DMP_SEARCH_N_GROUPS] = {
  [DMP_SEARCH_VALUES] = 4, [DMP_SEARCH_TREATMENTS] = 8, [DMP_SEARCH_TEXTS] = 30
};

G_DEFINE_FINAL_TYPE (DmpSearchList, dmp_search_list, ADW_TYPE_BIN)

/* --- Filling it --- */

static gboolean
is_whole (DmpSearchList *self, DmpSearchGroup group)
{
  return self->unfolded[group] || self->group == group;
}

static void
add_rows (DmpSearchList *self, DmpSearchGroup group)
{
  GPtrArray *hits = self->results->hits[group];
  guint shown = is_whole (self, group) ? hits->len : MIN (hits->len, limits[group]);

  for (guint i = 0; i < shown; i++)
    {
      const DmpSearchHit *hit = g_ptr_array_index (hits, i);
      DmpDocumentEntry *entry =
          self->find_entry != NULL ? self->find_entry (hit->document, self->data) : NULL;

      gtk_list_box_append (self->list,
                           dmp_search_row_new (group, hit, entry, is_whole (self, group)));
    }
  if (self->results->totals[group] > shown)
    gtk_list_box_append (self->list,
                         dmp_search_row_new_more (group, self->results->totals[group] - shown));
}

static void
clear_rows (DmpSearchList *self)
{
  GtkListBoxRow *row;

  self->chosen = NULL;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static GtkListBoxRow *
find_row (DmpSearchList *self, const char *key)
{
  GtkListBoxRow *row;

  for (int i = 0; key != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      g_autofree char *other = dmp_search_row_dup_key (row);

      if (g_strcmp0 (other, key) == 0)
        return row;
    }

  return gtk_list_box_get_row_at_index (self->list, 0);
}

/* The chosen row stays the chosen one when it is found again. */
static void
refill (DmpSearchList *self)
{
  g_autofree char *key = self->used ? dmp_search_row_dup_key (self->chosen) : NULL;
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;

  self->filling = TRUE;
  clear_rows (self);
  for (guint group = 0; self->results != NULL && group < ALL; group++)
    if (self->group == ALL || self->group == group)
      add_rows (self, group);
  gtk_list_box_select_row (self->list, find_row (self, key));
  self->chosen = gtk_list_box_get_selected_row (self->list);
  self->filling = FALSE;
  if (focused)
    dmp_search_list_focus (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

void
dmp_search_list_fill (DmpSearchList *self,
                      const DmpSearchResults *results,
                      guint group,
                      DmpSearchEntryFunc find_entry,
                      gpointer data)
{
  g_return_if_fail (DMP_IS_SEARCH_LIST (self));

  self->results = results;
  self->group = group;
  self->find_entry = find_entry;
  self->data = data;
  refill (self);
}

void
dmp_search_list_reset (DmpSearchList *self)
{
  g_return_if_fail (DMP_IS_SEARCH_LIST (self));

  self->used = FALSE;
  memset (self->unfolded, 0, sizeof self->unfolded);
}

/* --- The chosen one --- */

const DmpSearchHit *
dmp_search_list_get_hit (DmpSearchList *self)
{
  g_return_val_if_fail (DMP_IS_SEARCH_LIST (self), NULL);

  return dmp_search_row_get_hit (self->chosen);
}

gboolean
dmp_search_list_is_empty (DmpSearchList *self)
{
  g_return_val_if_fail (DMP_IS_SEARCH_LIST (self), TRUE);

  return self->chosen == NULL;
}

gboolean
dmp_search_list_is_used (DmpSearchList *self)
{
  g_return_val_if_fail (DMP_IS_SEARCH_LIST (self), FALSE);

  return self->used && self->chosen != NULL;
}

gboolean
dmp_search_list_focus (DmpSearchList *self)
{
  g_return_val_if_fail (DMP_IS_SEARCH_LIST (self), FALSE);

  if (self->chosen == NULL)
    return FALSE;
  self->used = TRUE;

  return gtk_widget_grab_focus (GTK_WIDGET (self->chosen));
}

gboolean
dmp_search_list_step (DmpSearchList *self, int step)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkListBoxRow *row;
  guint at = 0;
  int next;

  g_return_val_if_fail (DMP_IS_SEARCH_LIST (self), FALSE);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (dmp_search_row_get_hit (row) != NULL && dmp_search_row_get_group (row) == DMP_SEARCH_TEXTS)
      g_ptr_array_add (rows, row);
  if (rows->len == 0)
    return FALSE;
  if (g_ptr_array_find (rows, self->chosen, &at))
    next = ((int) at + step + (int) rows->len) % (int) rows->len;
  else
    next = step > 0 ? 0 : (int) rows->len - 1;
  gtk_list_box_select_row (self->list, rows->pdata[next]);
  dmp_search_list_focus (self);

  return TRUE;
}

static void
on_activated (DmpSearchList *self, GtkListBoxRow *row)
{
  self->used = TRUE;
  if (dmp_search_row_get_hit (row) != NULL)
    {
      g_signal_emit (self, signals[OPEN], 0);
      return;
    }
  self->unfolded[dmp_search_row_get_group (row)] = TRUE;
  refill (self);
}

void
dmp_search_list_open (DmpSearchList *self)
{
  g_return_if_fail (DMP_IS_SEARCH_LIST (self));

  if (self->chosen != NULL)
    on_activated (self, self->chosen);
}

static void
on_selected (DmpSearchList *self, GtkListBoxRow *row)
{
  self->chosen = row;
  if (self->filling)
    return;
  self->used = self->used || row != NULL;
  g_signal_emit (self, signals[CHOSEN], 0);
}

static gboolean
on_keynav_failed (DmpSearchList *self, GtkDirectionType direction)
{
  if (direction != GTK_DIR_UP)
    return FALSE;
  g_signal_emit (self, signals[LEAVE], 0);

  return TRUE;
}

/* --- Making --- */

static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const DmpSearchList *self = data;

  if (self->results != NULL)
    dmp_search_row_set_header (row, before, self->results, self->group != ALL);
}

static void
dmp_search_list_dispose (GObject *object)
{
  DMP_SEARCH_LIST (object)->filling = TRUE; /* its rows go too */
  DMP_SEARCH_LIST (object)->results = NULL;

  G_OBJECT_CLASS (dmp_search_list_parent_class)->dispose (object);
}

static void
dmp_search_list_class_init (DmpSearchListClass *klass)
{
  static const char *const names[] = { "chosen", "open", "leave" };

  G_OBJECT_CLASS (klass)->dispose = dmp_search_list_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], DMP_TYPE_SEARCH_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
dmp_search_list_init (DmpSearchList *self)
{
  GtkWidget *list = gtk_list_box_new (), *scroller = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (list);
  self->group = ALL;
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_header_func (self->list, set_header, self, NULL);
  gtk_widget_add_css_class (list, "ca-hits");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Résultats de la recherche"), -1);
  g_signal_connect_swapped (list, "row-selected", G_CALLBACK (on_selected), self);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (list, "keynav-failed", G_CALLBACK (on_keynav_failed), self);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "child", list, NULL);
  adw_bin_set_child (ADW_BIN (self), scroller);
}
