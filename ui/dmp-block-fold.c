#include "config.h"

#include "dmp-block-private.h"

#include "dmp-lines.h"
#include "dmp-tag.h"

#include <glib/gi18n.h>

/* What of a block is in sight, and what is behind one line or button. */

/* How many rows are in sight when it is folded: the line that names the rest takes the place of
 * one.
 */
static guint
count_shown (DmpBlock *self)
{
  guint n = dmp_block_count_rows (self) - self->n_aside;

  return n <= self->limit ? n : self->side_button != NULL ? self->limit : self->limit - 1;
}

static void
unfold (DmpBlock *self)
{
  guint next = count_shown (self);

  self->unfolded = TRUE;
  dmp_block_fold (self);
  gtk_widget_grab_focus (GTK_WIDGET (dmp_block_get_row (self, next)));
}

void
dmp_block_toggle (DmpBlock *self)
{
  if (!dmp_block_collapse (self))
    unfold (self);
}

/* "3 autres : LEVOTHYROX 75 µg · FORXIGA 10 mg" */
static char *
dup_folded_names (DmpBlock *self, guint from, guint n)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (guint i = from; i < n; i++)
    {
      GtkListBoxRow *row = dmp_block_get_row (self, i);
      const char *name = g_object_get_data (G_OBJECT (row), "short-name");

      if (name != NULL)
        g_ptr_array_add (names, (gpointer) name);
    }
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (" · ", (char **) names->pdata);

  return g_strdup_printf (g_dngettext (NULL, "▾ %u autre : %s", "▾ %u autres : %s", n - from),
                          n - from, list);
}

/* The shapes of what is out of sight: a red thing is not folded away without a word. */
static void
add_marks (DmpBlock *self, GtkWidget *box, guint from, guint n)
{
  DmpSeverity worst = DMP_SEVERITY_QUIET;
  GtkWidget *image;

  for (guint i = from; i < n; i++)
    worst = MIN (worst, dmp_line_get_mark (GTK_WIDGET (dmp_block_get_row (self, i))));
  if (worst == DMP_SEVERITY_QUIET)
    return;
  image = dmp_line_new_mark (worst);
  gtk_widget_set_tooltip_text (image, _ ("Parmi elles, une ligne est à vérifier"));
  gtk_box_prepend (GTK_BOX (box), image);
}

/* @from: the first row that it stands for; of @n there are none when it folds them again */
static void
add_more_row (DmpBlock *self, const char *names, guint from, guint n)
{
  GtkWidget *label = dmp_text_new (names, "ca-accent"),
            *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_widget_set_tooltip_text (label, names);
  gtk_box_append (GTK_BOX (box), label);
  add_marks (self, box, from, n);
  self->more = GTK_LIST_BOX_ROW (gtk_list_box_row_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "ca-line");
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "ca-more");
  gtk_list_box_row_set_child (self->more, box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, names,
                                  -1);
  gtk_list_box_append (self->list, GTK_WIDGET (self->more));
}

/* "+2 autres", "1 mis de côté" */
static char *
dup_side (DmpBlock *self, guint hidden)
{
  g_autofree char *more =
      hidden > 0 ? g_strdup_printf (g_dngettext (NULL, "+%u autre", "+%u autres", hidden), hidden)
                 : NULL;
  g_autofree char *aside =
      self->n_aside > 0
          ? g_strdup_printf (g_dngettext (NULL, "%u mis de côté", "%u mis de côté", self->n_aside),
                             self->n_aside)
          : NULL;

  return g_strconcat (more != NULL ? more : "", more != NULL && aside != NULL ? "\n" : "",
                      aside != NULL ? aside : "", NULL);
}

static void
show_side (DmpBlock *self, guint shown, guint n)
{
  g_autofree char *names = shown < n ? dup_folded_names (self, shown, n) : NULL;
  g_autofree char *more = dup_side (self, n - self->n_aside - MIN (shown, n - self->n_aside));
  gboolean can_fold = self->unfolded && count_shown (self) < n;

  gtk_button_set_label (GTK_BUTTON (self->side_button), can_fold ? _ ("Replier") : more);
  gtk_widget_set_visible (self->side_button, can_fold || shown < n);
  gtk_widget_set_tooltip_text (self->side_button, can_fold ? _ ("Échap") : names);
}

void
dmp_block_fold (DmpBlock *self)
{
  g_autofree char *names = NULL;
  guint n, shown;

  g_return_if_fail (DMP_IS_BLOCK (self));

  if (self->more != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (self->more));
  self->more = NULL;
  n = dmp_block_count_rows (self);
  shown = self->unfolded ? n : count_shown (self);
  for (guint i = 0; i < n; i++)
    gtk_widget_set_visible (GTK_WIDGET (dmp_block_get_row (self, i)), i < shown);
  if (self->side_button != NULL)
    show_side (self, shown, n);
  else if (shown < n)
    {
      names = dup_folded_names (self, shown, n);
      add_more_row (self, names, shown, n);
    }
  else if (count_shown (self) < n)
    add_more_row (self, _ ("▴ Replier"), n, n);
}

static int
get_height (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);

  return height;
}

void
dmp_block_fit (DmpBlock *self, int width, int height, guint least)
{
  GtkListBoxRow *row;
  guint n = 0;

  g_return_if_fail (DMP_IS_BLOCK (self));

  self->limit = G_MAXUINT;
  dmp_block_fold (self);
  height -= get_height (self->head, width);
  if (gtk_widget_get_visible (self->sentence))
    height -= get_height (self->sentence, width);
  for (; (row = dmp_block_get_row (self, n)) != NULL; n++)
    {
      height -= get_height (GTK_WIDGET (row), width);
      if (height < 0 && n >= least)
        break;
    }
  self->limit = n; /* the last of them gives its place to the line that names the rest */
  dmp_block_fold (self);
}

/* A row that goes out of sight loses the focus: the last one in sight gets it. */
gboolean
dmp_block_collapse (DmpBlock *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean had_focus;

  g_return_val_if_fail (DMP_IS_BLOCK (self), FALSE);

  if (!self->unfolded)
    return FALSE;
  had_focus = root != NULL && gtk_root_get_focus (root) != NULL &&
              gtk_widget_is_ancestor (gtk_root_get_focus (root), self->lists);
  self->unfolded = FALSE;
  dmp_block_fold (self);
  if (had_focus && (gtk_root_get_focus (root) == NULL ||
                    !gtk_widget_is_ancestor (gtk_root_get_focus (root), self->lists)))
    dmp_block_focus_at (self, G_MAXUINT);

  return TRUE;
}
