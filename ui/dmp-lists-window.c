#include "config.h"

#include "dmp-lists-window.h"

#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

#define WIDTH 1120
#define MIN_HEIGHT 340
#define N_COLUMNS 12

struct _DmpListsWindow
{
  AdwWindow parent_instance;

  DmpSummary *summary;
  GtkGrid *grid;
  GtkWidget *same; /* (nullable): the button that unfolds what is the same */
  int row;
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpListsWindow, dmp_lists_window, ADW_TYPE_WINDOW)

static void
open_source (DmpListsWindow *self, const DmpSummarySource *source)
{
  g_autoptr (DmpSummary) summary = g_object_ref (self->summary); /* outlives the window */
  g_autoptr (DmpListsWindow) kept = g_object_ref (self);

  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (kept, signals[OPEN], 0, source->document, source->place);
}

/* --- One pair --- */

static char *
dup_day (const DmpSummarySource *source)
{
  return source->date != NULL ? dmp_date_dup_display (source->date, FALSE, FALSE) : g_strdup ("");
}

static void
on_line (GtkWidget *button, DmpListsWindow *self)
{
  open_source (self, g_object_get_data (G_OBJECT (button), "source"));
}

/* As the list writes it; a button, so that the passage is one Enter away. */
static GtkWidget *
new_cell (DmpListsWindow *self, const DmpSummaryListLine *line)
{
  GtkWidget *button, *box, *text;

  if (line == NULL)
    return dmp_text_new ("–", "dim-label ca-lists-none");
  button = gtk_button_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  text = dmp_text_new (line->text, "ca-strong");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box),
                  dmp_text_new (line->dosage != NULL ? line->dosage : _ ("posologie non écrite"),
                                line->dosage != NULL ? NULL : "dim-label"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "source", line->source);
  g_signal_connect (button, "clicked", G_CALLBACK (on_line), self);

  return button;
}

static const char *
get_kind_words (DmpPairKind kind)
{
  switch (kind)
    {
    case DMP_PAIR_DOSE:
      return _ ("≠ différent");
    case DMP_PAIR_LEFT_ONLY:
      return _ ("− absent à droite");
    case DMP_PAIR_RIGHT_ONLY:
      return _ ("+ absent à gauche");
    case DMP_PAIR_ENDED:
      return _ ("arrêt écrit");
    case DMP_PAIR_SAME:
    default:
      return _ ("= identique");
    }
}

static void
name_cell (GtkWidget *cell, const DmpSummaryListLine *line, const char *kind)
{
  g_autofree char *day = NULL, *words = NULL;

  if (line == NULL)
    return;
  day = dup_day (line->source);
  words = g_strdup_printf ("%s, %s, %s, %s %s", line->text,
                           line->dosage != NULL ? line->dosage : _ ("posologie non écrite"), kind,
                           line->source->title != NULL ? line->source->title : "", day);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
add_pair (DmpListsWindow *self, const DmpSummaryPair *pair)
{
  gboolean quiet = pair->kind == DMP_PAIR_SAME || pair->kind == DMP_PAIR_ENDED;
  const char *kind = get_kind_words (pair->kind);
  GtkWidget *left = new_cell (self, pair->left), *right = new_cell (self, pair->right);
  GtkWidget *tag =
      dmp_text_new (kind, quiet ? "dim-label ca-dense" : "ca-amber ca-strong ca-dense");
  GtkWidget *all[] = { left, tag, right,
                       dmp_text_new (pair->delivery != NULL ? pair->delivery : _ ("aucun lu"),
                                     "dim-label ca-dense") };
  static const int widths[] = { 4, 2, 4, 2 };

  name_cell (left, pair->left, kind);
  name_cell (right, pair->right, kind);
  for (guint i = 0, column = 0; i < G_N_ELEMENTS (all); column += widths[i], i++)
    {
      gtk_widget_set_valign (all[i], GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (all[i]), "same", GINT_TO_POINTER (quiet));
      gtk_widget_set_visible (all[i], !quiet);
      gtk_grid_attach (self->grid, all[i], (int) column, self->row, widths[i], 1);
    }
  self->row++;
}

/* --- All of them --- */

static void
add_head (DmpListsWindow *self, const DmpSummaryListHead *head, int column)
{
  g_autofree char *day = dup_day (head->source);
  g_autofree char *count = g_strdup_printf (
      g_dngettext (NULL, "%s · %u ligne", "%s · %u lignes", head->n_lines), day, head->n_lines);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *below =
      g_strjoin (" · ", head->source->author != NULL ? head->source->author : _ ("auteur inconnu"),
                 count, NULL);

  gtk_widget_add_css_class (box, "ca-lists-none");
  gtk_box_append (
      GTK_BOX (box),
      dmp_text_new (head->source->title != NULL ? head->source->title : "", "ca-strong"));
  gtk_box_append (GTK_BOX (box), dmp_text_new (below, "dim-label ca-dense"));
  gtk_grid_attach (self->grid, box, column, 0, 4, 1);
}

static void
on_unfold (DmpListsWindow *self)
{
  GtkWidget *first = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_object_get_data (G_OBJECT (child), "same") != NULL)
      {
        gtk_widget_set_visible (child, TRUE);
        if (first == NULL && GTK_IS_BUTTON (child))
          first = child;
      }
  gtk_widget_set_visible (self->same, FALSE);
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

/* "6 lignes identiques : ELIQUIS 2,5 mg, …" */
static void
add_same (DmpListsWindow *self, const DmpSummaryLists *lists)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL, *words = NULL;
  GtkWidget *label;
  guint n;

  for (guint i = 0; i < lists->pairs->len; i++)
    {
      const DmpSummaryPair *pair = g_ptr_array_index (lists->pairs, i);

      if (pair->kind == DMP_PAIR_SAME || pair->kind == DMP_PAIR_ENDED)
        g_ptr_array_add (names, pair->left->text);
    }
  n = names->len;
  if (n == 0)
    return;
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (" · ", (char **) names->pdata);
  words = g_strdup_printf (
      g_dngettext (NULL, "▾ %u ligne sans écart : %s", "▾ %u lignes sans écart : %s", n), n, list);
  label = dmp_text_new (words, "ca-accent");
  self->same = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->same), label);
  gtk_widget_add_css_class (self->same, "flat");
  g_signal_connect_swapped (self->same, "clicked", G_CALLBACK (on_unfold), self);
  gtk_grid_attach (self->grid, self->same, 0, self->row, N_COLUMNS, 1);
}

static GtkWidget *
new_table (DmpListsWindow *self, const DmpSummaryLists *lists)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_grid_set_column_spacing (self->grid, 8);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "ca-lists");
  add_head (self, &lists->left, 0);
  add_head (self, &lists->right, 6);
  gtk_grid_attach (self->grid, dmp_text_new (_ ("Remboursements"), "dim-label ca-strong"), 10, 0, 2,
                   1);
  self->row = 1;
  for (guint i = 0; i < lists->pairs->len; i++)
    add_pair (self, g_ptr_array_index (lists->pairs, i));
  add_same (self, lists);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), MIN_HEIGHT);
  gtk_widget_set_valign (GTK_WIDGET (self->grid), GTK_ALIGN_START);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->grid));

  return scroller;
}

/* --- Its foot --- */

static gboolean
on_digit (GtkWidget *widget, GVariant *args, gpointer data)
{
  DmpListsWindow *self = DMP_LISTS_WINDOW (widget);
  const DmpSummaryLists *lists = dmp_summary_get_lists (self->summary);

  open_source (self, g_variant_get_int32 (args) == 1 ? lists->left.source : lists->right.source);

  return TRUE;
}

static GtkWidget *
new_opener (DmpListsWindow *self, const DmpSummaryListHead *head, const char *key)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *day = dup_day (head->source);
  g_autofree char *words = g_strdup_printf (_ ("Ouvrir la liste du %s"), day);

  gtk_box_append (GTK_BOX (box), gtk_label_new (words));
  gtk_box_append (GTK_BOX (box), dmp_tag_new (NULL, key, NULL));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_object_set_data (G_OBJECT (button), "source", head->source);
  g_signal_connect (button, "clicked", G_CALLBACK (on_line), self);

  return button;
}

static GtkWidget *
new_foot (DmpListsWindow *self, const DmpSummaryLists *lists)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *note =
      dmp_text_new (_ ("Une ligne absente d’une liste n’est pas forcément un arrêt."), "dim-label");

  gtk_widget_set_hexpand (note, TRUE);
  gtk_box_append (GTK_BOX (foot), note);
  gtk_box_append (GTK_BOX (foot), new_opener (self, &lists->left, "1"));
  gtk_box_append (GTK_BOX (foot), new_opener (self, &lists->right, "2"));

  return foot;
}

static GtkWidget *
new_header (void)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *rule = dmp_tag_new (NULL, "C2", NULL);

  adw_header_bar_set_title_widget (
      ADW_HEADER_BAR (header),
      adw_window_title_new (
          _ ("Listes de traitements divergentes"),
          _ ("Les deux listes les plus récentes d’auteurs différents. Le logiciel montre l’écart, "
             "il ne choisit pas.")));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), rule);
  gtk_widget_add_css_class (header, "flat");

  return header;
}

DmpListsWindow *
dmp_lists_window_new (GtkWindow *parent, DmpSummary *summary)
{
  const DmpSummaryLists *lists = dmp_summary_get_lists (summary);
  DmpListsWindow *self;
  GtkWidget *all, *content;

  g_return_val_if_fail (lists != NULL, NULL);

  self = g_object_new (DMP_TYPE_LISTS_WINDOW, "transient-for", parent, "modal", TRUE,
                       "default-width", WIDTH, "title", _ ("Listes de traitements divergentes"),
                       "destroy-with-parent", TRUE, NULL);
  self->summary = g_object_ref (summary);
  content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_add_css_class (content, "ca-lists-content");
  gtk_box_append (GTK_BOX (content), new_table (self, lists));
  gtk_box_append (GTK_BOX (content), new_foot (self, lists));
  all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (all), new_header ());
  gtk_box_append (GTK_BOX (all), content);
  adw_window_set_content (ADW_WINDOW (self), all);

  return self;
}

static void
dmp_lists_window_dispose (GObject *object)
{
  g_clear_object (&DMP_LISTS_WINDOW (object)->summary);

  G_OBJECT_CLASS (dmp_lists_window_parent_class)->dispose (object);
}

static void
dmp_lists_window_class_init (DmpListsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_lists_window_dispose;
  signals[OPEN] = g_signal_new ("open", DMP_TYPE_LISTS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  for (int i = 1; i <= 2; i++)
    {
      gtk_widget_class_add_binding (widget_class, GDK_KEY_0 + i, 0, on_digit, "i", i);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_0 + i, 0, on_digit, "i", i);
    }
}

static void
dmp_lists_window_init (DmpListsWindow *self)
{
}
