#include "config.h"

#include "dmp-block-private.h"

#include "dmp-lines.h"
#include "dmp-tag.h"

/* Of two lists; the first one holds the longer words. */
#define LEFT_SHARE 3
#define RIGHT_SHARE 2

G_DEFINE_FINAL_TYPE (DmpBlock, dmp_block, GTK_TYPE_BOX)

/* Two lists are read as lines: the first of each, then the second of each. */
GtkListBoxRow *
dmp_block_get_row (DmpBlock *self, guint i)
{
  if (self->second == NULL)
    return gtk_list_box_get_row_at_index (self->list, (int) i);

  return gtk_list_box_get_row_at_index (i % 2 == 0 ? self->list : self->second, (int) (i / 2));
}

guint
dmp_block_count_rows (DmpBlock *self)
{
  guint n = 0;

  while (dmp_block_get_row (self, n) != NULL)
    n++;

  return n;
}

void
dmp_block_set_title (DmpBlock *self, const char *title)
{
  g_return_if_fail (DMP_IS_BLOCK (self));

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  if (self->second != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->second), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    title, -1);
}

static void
make_button (DmpBlock *self)
{
  self->side_button = gtk_button_new ();
  gtk_widget_add_css_class (self->side_button, "flat");
  gtk_widget_add_css_class (self->side_button, "ca-side-more");
  gtk_widget_set_visible (self->side_button, FALSE);
  g_signal_connect_swapped (self->side_button, "clicked", G_CALLBACK (dmp_block_toggle), self);
}

void
dmp_block_set_more_in_head (DmpBlock *self)
{
  g_return_if_fail (DMP_IS_BLOCK (self) && self->side_button == NULL);

  make_button (self);
  gtk_widget_set_hexpand (self->side_button, TRUE);
  gtk_widget_set_halign (self->side_button, GTK_ALIGN_END);
  gtk_widget_set_valign (self->side_button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->head), self->side_button);
}

void
dmp_block_set_side (DmpBlock *self)
{
  GtkWidget *key = gtk_widget_get_first_child (self->head);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  g_return_if_fail (DMP_IS_BLOCK (self) && self->side_button == NULL);

  self->side = TRUE;
  make_button (self);
  gtk_widget_set_halign (self->side_button, GTK_ALIGN_START);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_add_css_class (self->head, "side");
  gtk_widget_set_valign (key, GTK_ALIGN_START);
  gtk_box_remove (GTK_BOX (self->head), g_object_ref (GTK_WIDGET (self->title)));
  gtk_box_append (GTK_BOX (text), GTK_WIDGET (self->title));
  g_object_unref (self->title);
  gtk_box_remove (GTK_BOX (self->head), g_object_ref (GTK_WIDGET (self->count)));
  gtk_box_append (GTK_BOX (text), GTK_WIDGET (self->count));
  g_object_unref (self->count);
  gtk_box_append (GTK_BOX (text), self->side_button);
  gtk_box_append (GTK_BOX (self->head), text);
  gtk_widget_set_hexpand (self->lists, TRUE);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), FALSE);
  gtk_widget_set_valign (self->sentence, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->sentence, "ca-beside");
}

/* At the right of the first list, or under it. */
static void
place_second (DmpBlock *self, gboolean stacked)
{
  GtkLayoutChild *child;

  if (self->second == NULL)
    return;
  child = gtk_layout_manager_get_layout_child (gtk_widget_get_layout_manager (self->lists),
                                               GTK_WIDGET (self->second));
  g_object_set (child, "column", stacked ? 0 : LEFT_SHARE, "row", stacked ? 1 : 0, "column-span",
                stacked ? LEFT_SHARE : RIGHT_SHARE, NULL);
}

void
dmp_block_set_stacked (DmpBlock *self, gboolean stacked)
{
  g_return_if_fail (DMP_IS_BLOCK (self));

  place_second (self, stacked);
  if (self->side)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (self), stacked ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
  if (self->over != NULL)
    gtk_widget_set_visible (self->over, !stacked);
  if (self->stacked == stacked)
    return;
  self->stacked = stacked;
  for (guint i = 0; dmp_block_get_row (self, i) != NULL; i++)
    dmp_line_set_stacked (GTK_WIDGET (dmp_block_get_row (self, i)), stacked);
}

void
dmp_block_set_columns (DmpBlock *self, GtkWidget *columns)
{
  GtkWidget *overlay = gtk_overlay_new ();

  g_return_if_fail (DMP_IS_BLOCK (self) && self->over == NULL);

  self->over = columns;
  gtk_widget_add_css_class (columns, "ca-over");
  gtk_widget_set_can_target (columns, FALSE);
  gtk_box_remove (GTK_BOX (self), g_object_ref (self->head));
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->head);
  g_object_unref (self->head);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), columns);
  gtk_box_prepend (GTK_BOX (self), overlay);
}

void
dmp_block_set_limit (DmpBlock *self, guint limit)
{
  g_return_if_fail (DMP_IS_BLOCK (self));

  self->limit = limit;
}

void
dmp_block_clear (DmpBlock *self)
{
  GtkWidget *row;

  g_return_if_fail (DMP_IS_BLOCK (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  while (self->second != NULL &&
         (row = gtk_widget_get_first_child (GTK_WIDGET (self->second))) != NULL)
    gtk_list_box_remove (self->second, row);
  self->more = NULL;
  self->n_aside = 0;
  dmp_block_set_count (self, NULL);
  dmp_block_set_sentence (self, NULL);
}

void
dmp_block_add (DmpBlock *self, GtkWidget *row, const char *name)
{
  g_return_if_fail (DMP_IS_BLOCK (self));

  g_object_set_data_full (G_OBJECT (row), "short-name", g_strdup (name), g_free);
  if (self->stacked)
    dmp_line_set_stacked (row, TRUE);
  gtk_list_box_append (self->second != NULL && dmp_block_count_rows (self) % 2 == 1 ? self->second
                                                                                    : self->list,
                       row);
}

void
dmp_block_add_aside (DmpBlock *self, GtkWidget *row, const char *name)
{
  dmp_block_add (self, row, name);
  self->n_aside++;
}

gboolean
dmp_block_is_empty (DmpBlock *self)
{
  g_return_val_if_fail (DMP_IS_BLOCK (self), TRUE);

  return dmp_block_get_row (self, 0) == NULL;
}

void
dmp_block_set_count (DmpBlock *self, const char *count)
{
  g_return_if_fail (DMP_IS_BLOCK (self));

  gtk_label_set_label (self->count, count != NULL ? count : "");
  gtk_widget_set_visible (GTK_WIDGET (self->count), count != NULL);
}

void
dmp_block_set_sentence (DmpBlock *self, const char *sentence)
{
  g_return_if_fail (DMP_IS_BLOCK (self));

  gtk_label_set_label (GTK_LABEL (self->sentence), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->sentence, sentence != NULL);
}

void
dmp_block_set_head (DmpBlock *self, GtkWidget *head)
{
  g_return_if_fail (DMP_IS_BLOCK (self));

  if (self->columns != NULL)
    gtk_box_remove (GTK_BOX (self->head), self->columns);
  self->columns = head;
  gtk_widget_set_hexpand (head, TRUE);
  gtk_widget_set_halign (head, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->head), head);
}

/* Without a line in sight, the button that unfolds them. */
static gboolean
focus_first (DmpBlock *self)
{
  GtkListBoxRow *row = dmp_block_get_row (self, 0);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  if (row != NULL && gtk_widget_get_visible (GTK_WIDGET (row)))
    return gtk_widget_grab_focus (GTK_WIDGET (row));
  return self->side_button != NULL && gtk_widget_get_visible (self->side_button) &&
         gtk_widget_grab_focus (self->side_button);
}

gboolean
dmp_block_focus (DmpBlock *self, const char *line)
{
  GtkWidget *row;

  g_return_val_if_fail (DMP_IS_BLOCK (self), FALSE);

  if (line == NULL)
    return focus_first (self);
  row = dmp_block_find (self, line);

  return row != NULL && gtk_widget_get_visible (GTK_WIDGET (self)) &&
         gtk_widget_get_visible (row) && gtk_widget_grab_focus (row);
}

gboolean
dmp_block_focus_at (DmpBlock *self, guint index)
{
  guint n;

  g_return_val_if_fail (DMP_IS_BLOCK (self), FALSE);

  n = gtk_widget_get_visible (GTK_WIDGET (self)) ? dmp_block_count_rows (self) : 0;
  for (guint i = MIN (index, n - 1); n > 0 && i < n; i--) /* ends below 0 */
    if (gtk_widget_get_visible (GTK_WIDGET (dmp_block_get_row (self, i))))
      return gtk_widget_grab_focus (GTK_WIDGET (dmp_block_get_row (self, i)));

  return focus_first (self);
}

void
dmp_block_keep_at (DmpBlock *self, const char *line, guint index)
{
  guint n, at = 0;
  GtkWidget *row;

  g_return_if_fail (DMP_IS_BLOCK (self));

  n = dmp_block_count_rows (self) - self->n_aside;
  while (at < n && !dmp_line_is (GTK_WIDGET (dmp_block_get_row (self, at)), line))
    at++;
  index = MIN (index, n - 1);
  if (at >= n || at == index || self->second != NULL)
    return;
  row = g_object_ref (GTK_WIDGET (dmp_block_get_row (self, at)));
  gtk_list_box_remove (self->list, row);
  gtk_list_box_insert (self->list, row, (int) index);
  g_object_unref (row);
}

guint
dmp_block_get_index (DmpBlock *self, GtkWidget *row)
{
  guint i = 0;

  g_return_val_if_fail (DMP_IS_BLOCK (self), G_MAXUINT);

  while (dmp_block_get_row (self, i) != NULL && GTK_WIDGET (dmp_block_get_row (self, i)) != row)
    i++;

  return dmp_block_get_row (self, i) != NULL ? i : G_MAXUINT;
}

GtkWidget *
dmp_block_get_nth (DmpBlock *self, guint index)
{
  g_return_val_if_fail (DMP_IS_BLOCK (self), NULL);

  return (GtkWidget *) dmp_block_get_row (self, index);
}

GtkWidget *
dmp_block_find (DmpBlock *self, const char *line)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (DMP_IS_BLOCK (self), NULL);

  for (guint i = 0; (row = dmp_block_get_row (self, i)) != NULL; i++)
    if (dmp_line_is (GTK_WIDGET (row), line))
      return GTK_WIDGET (row);

  return NULL;
}

GPtrArray *
dmp_block_get_sources (DmpBlock *self, const char *line)
{
  GtkWidget *row = dmp_block_find (self, line);

  return row != NULL ? dmp_line_get_sources (row) : NULL;
}

static void
on_row_activated (DmpBlock *self, GtkListBoxRow *row)
{
  if (row == self->more)
    dmp_block_toggle (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (row), "win.open-source", NULL);
}

static GtkListBox *
new_list (DmpBlock *self)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_widget_set_hexpand (GTK_WIDGET (list), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (list), GTK_ALIGN_START);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (on_row_activated), self);

  return list;
}

/* Down from the end of the left list leads to the right one, and up from there back. */
static gboolean
on_end (DmpBlock *self, GtkDirectionType direction, GtkListBox *list)
{
  guint n = 0;

  if (direction == GTK_DIR_DOWN && list == self->list)
    return gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->second, 0)));
  if (direction != GTK_DIR_UP || list != self->second)
    return FALSE;
  while (
      gtk_list_box_get_row_at_index (self->list, (int) n + 1) != NULL &&
      gtk_widget_get_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) n + 1))))
    n++;

  return gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) n)));
}

void
dmp_block_set_two_lists (DmpBlock *self)
{
  g_return_if_fail (DMP_IS_BLOCK (self) && self->second == NULL &&
                    dmp_block_count_rows (self) == 0);

  dmp_block_set_more_in_head (self);
  self->second = new_list (self);
  gtk_grid_attach (GTK_GRID (self->lists), GTK_WIDGET (self->second), LEFT_SHARE, 0, RIGHT_SHARE,
                   1);
  g_signal_connect_swapped (self->list, "keynav-failed", G_CALLBACK (on_end), self);
  g_signal_connect_swapped (self->second, "keynav-failed", G_CALLBACK (on_end), self);
  dmp_block_set_title (self, gtk_label_get_label (self->title));
}

static void
dmp_block_class_init (DmpBlockClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dmp_block_init (DmpBlock *self)
{
  self->limit = G_MAXUINT;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "ca-block");
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->head, "ca-block-head");
  self->title = GTK_LABEL (dmp_text_new ("", "ca-one-line"));
  self->count = GTK_LABEL (dmp_text_new ("", "ca-block-count"));
  self->sentence = dmp_text_new ("", "dim-label ca-line plain");
  self->lists = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->lists), TRUE);
  self->list = new_list (self);
  gtk_grid_attach (GTK_GRID (self->lists), GTK_WIDGET (self->list), 0, 0, LEFT_SHARE, 1);
  gtk_box_append (GTK_BOX (self), self->head);
  gtk_box_append (GTK_BOX (self), self->sentence);
  gtk_box_append (GTK_BOX (self), self->lists);
  gtk_widget_set_visible (self->sentence, FALSE);
}

GtkWidget *
dmp_block_new (const char *key, const char *title)
{
  DmpBlock *self = g_object_new (DMP_TYPE_BLOCK, NULL);

  gtk_box_append (GTK_BOX (self->head), dmp_text_new (key, "ca-block-key"));
  gtk_box_append (GTK_BOX (self->head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (self->head), GTK_WIDGET (self->count));
  dmp_block_set_title (self, title);

  return GTK_WIDGET (self);
}
