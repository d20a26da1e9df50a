#include "config.h"

#include "dmp-block.h"

#include "dmp-lines.h"
#include "dmp-tag.h"

#include <glib/gi18n.h>

struct _DmpBlock
{
  GtkBox parent_instance;

  GtkWidget *head;
  GtkLabel *title;
  GtkLabel *count;
  GtkWidget *columns; /* (nullable) */
  GtkWidget *sentence;
  GtkListBox *list;
  GtkListBoxRow *more; /* (nullable): the folding row */
  guint limit;
  gboolean unfolded;
};

G_DEFINE_FINAL_TYPE (DmpBlock, dmp_block, GTK_TYPE_BOX)

void
dmp_block_set_title (DmpBlock *self, const char *title)
{
  g_return_if_fail (DMP_IS_BLOCK (self));

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
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
  self->more = NULL;
  dmp_block_set_count (self, NULL);
  dmp_block_set_sentence (self, NULL);
}

void
dmp_block_add (DmpBlock *self, GtkWidget *row, const char *name)
{
  g_return_if_fail (DMP_IS_BLOCK (self));

  g_object_set_data_full (G_OBJECT (row), "short-name", g_strdup (name), g_free);
  gtk_list_box_append (self->list, row);
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

/* "3 autres : LEVOTHYROX 75 µg · FORXIGA 10 mg" */
static char *
dup_folded_names (DmpBlock *self, guint from, guint n)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (guint i = from; i < n; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
      const char *name = g_object_get_data (G_OBJECT (row), "short-name");

      if (name != NULL)
        g_ptr_array_add (names, (gpointer) name);
    }
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (" · ", (char **) names->pdata);

  return g_strdup_printf (g_dngettext (NULL, "▾ %u autre : %s", "▾ %u autres : %s", n - from),
                          n - from, list);
}

static guint
count_rows (DmpBlock *self)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (self->list, n) != NULL)
    n++;

  return n;
}

void
dmp_block_fold (DmpBlock *self)
{
  g_autofree char *names = NULL;
  GtkWidget *label;
  guint n;

  g_return_if_fail (DMP_IS_BLOCK (self));

  if (self->more != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (self->more));
  self->more = NULL;
  n = count_rows (self);
  for (guint i = 0; i < n; i++)
    gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i)),
                            self->unfolded || n <= self->limit || i + 1 < self->limit);
  if (self->unfolded || n <= self->limit)
    return;
  names = dup_folded_names (self, self->limit - 1, n);
  label = dmp_text_new (names, "ca-accent");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_widget_set_tooltip_text (label, names);
  self->more = GTK_LIST_BOX_ROW (gtk_list_box_row_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "ca-line");
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "ca-more");
  gtk_list_box_row_set_child (self->more, label);
  gtk_list_box_append (self->list, GTK_WIDGET (self->more));
}

gboolean
dmp_block_collapse (DmpBlock *self)
{
  g_return_val_if_fail (DMP_IS_BLOCK (self), FALSE);

  if (!self->unfolded)
    return FALSE;
  self->unfolded = FALSE;
  dmp_block_fold (self);

  return TRUE;
}

gboolean
dmp_block_focus (DmpBlock *self, const char *line)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (DMP_IS_BLOCK (self), FALSE);

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (line == NULL || g_strcmp0 (dmp_line_get_id (GTK_WIDGET (row)), line) == 0)
      return gtk_widget_grab_focus (GTK_WIDGET (row));

  return FALSE;
}

GPtrArray *
dmp_block_get_sources (DmpBlock *self, const char *line)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (DMP_IS_BLOCK (self), NULL);

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (dmp_line_get_id (GTK_WIDGET (row)), line) == 0)
      return dmp_line_get_sources (GTK_WIDGET (row));

  return NULL;
}

static void
on_row_activated (DmpBlock *self, GtkListBoxRow *row)
{
  if (row == self->more)
    {
      guint next = self->limit - 1;

      self->unfolded = TRUE;
      dmp_block_fold (self);
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, next)));
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (row), "win.open-source", NULL);
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
  self->title = GTK_LABEL (dmp_text_new ("", NULL));
  self->count = GTK_LABEL (dmp_text_new ("", "ca-block-count"));
  self->sentence = dmp_text_new ("", "dim-label ca-line plain");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_box_append (GTK_BOX (self), self->head);
  gtk_box_append (GTK_BOX (self), self->sentence);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
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
