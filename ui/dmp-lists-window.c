#include "config.h"

#include "dmp-lists-window.h"

#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

#define WIDTH 1120
#define HEIGHT 450      /* at most; less where less is listed */
#define NARROW_CHARS 92 /* fewer side by side: one under the other */
#define NARROW_HEIGHT 300
#define MARGIN 20 /* beside the table: padding and frame */
#define N_COLUMNS 12

/* A pair, one cell beside the other. */
enum
{
  LEFT,
  KIND,
  RIGHT,
  DELIVERY,
  N_CELLS
};

static const int widths[N_CELLS] = { 4, 2, 4, 2 };

struct _DmpListsWindow
{
  AdwWindow parent_instance;

  DmpSummary *summary;
  GtkGrid *grid;
  GtkWidget *same; /* (nullable): the button that unfolds what is the same */
  char *days[2];   /* of the lists, as shown */
  gboolean narrow;
  int row;
};

enum
{
  OPEN,
  SET_ASIDE,
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

static void
on_source (GtkWidget *button, DmpListsWindow *self)
{
  open_source (self, g_object_get_data (G_OBJECT (button), "source"));
}

/* A button that leads to @source. @words: for who does not see it */
static GtkWidget *
new_link (DmpListsWindow *self, const DmpSummarySource *source, GtkWidget *child, const char *words)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), child);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_object_set_data (G_OBJECT (button), "source", (gpointer) source);
  g_signal_connect (button, "clicked", G_CALLBACK (on_source), self);

  return button;
}

/* --- One pair --- */

static gboolean
is_quiet (const DmpSummaryPair *pair)
{
  return pair->kind == DMP_PAIR_SAME || pair->kind == DMP_PAIR_ENDED;
}

/* What differs is said, never which of them is right. */
static char *
dup_kind (DmpListsWindow *self, const DmpSummaryPair *pair)
{
  switch (pair->kind)
    {
    case DMP_PAIR_DOSE:
      return g_strdup (g_strcmp0 (pair->left->dosage, pair->right->dosage) != 0
                           ? _ ("≠ posologie différente")
                           : _ ("≠ dosage ou produit différent"));
    case DMP_PAIR_LEFT_ONLY:
      return g_strdup_printf (_ ("− absent de la liste du %s"), self->days[1]);
    case DMP_PAIR_RIGHT_ONLY:
      return g_strdup_printf (_ ("+ absent de la liste du %s"), self->days[0]);
    case DMP_PAIR_ENDED:
      return g_strdup (_ ("arrêt écrit"));
    case DMP_PAIR_SAME:
    default:
      return g_strdup (_ ("= identique"));
    }
}

/* As the list writes it. @side: 0 or 1 */
static GtkWidget *
new_cell (DmpListsWindow *self, const DmpSummaryListLine *line, const char *kind, guint side)
{
  const char *dosage = line != NULL && line->dosage != NULL ? line->dosage : NULL;
  g_autofree char *words = NULL;
  GtkWidget *box, *cell;

  if (line == NULL)
    return dmp_text_new ("–", "dim-label ca-lists-none");
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  if (self->narrow)
    {
      g_autofree char *list = g_strdup_printf (
          "%s · %s", line->source->title != NULL ? line->source->title : "", self->days[side]);

      gtk_box_append (GTK_BOX (box), dmp_text_new (list, "dim-label ca-caption"));
    }
  gtk_box_append (GTK_BOX (box), dmp_text_new (line->text, "ca-strong"));
  gtk_box_append (GTK_BOX (box), dmp_text_new (dosage != NULL ? dosage : _ ("posologie non écrite"),
                                               dosage != NULL ? NULL : "dim-label"));
  words = g_strdup_printf (
      "%s, %s, %s, %s %s", line->text, dosage != NULL ? dosage : _ ("posologie non écrite"), kind,
      line->source->title != NULL ? line->source->title : "", self->days[side]);
  cell = new_link (self, line->source, box, words);
  gtk_widget_add_css_class (cell, "flat");

  return cell;
}

static GtkWidget *
new_kind (const DmpSummaryPair *pair, const char *kind)
{
  GtkWidget *label = dmp_text_new (kind, "ca-dense");

  gtk_widget_add_css_class (label, is_quiet (pair) ? "dim-label" : "ca-lists-kind");
  gtk_widget_set_halign (label, GTK_ALIGN_START);

  return label;
}

static GtkWidget *
new_delivery (DmpListsWindow *self, const DmpSummaryPair *pair)
{
  g_autofree char *words = NULL;
  GtkWidget *cell;

  if (pair->delivery == NULL)
    return dmp_text_new (_ ("aucun lu"), "dim-label ca-dense ca-lists-none");
  words = g_strdup_printf ("%s, %s", _ ("Remboursements"), pair->delivery);
  cell = new_link (self, pair->delivery_source, dmp_text_new (pair->delivery, "dim-label ca-dense"),
                   words);
  gtk_widget_add_css_class (cell, "flat");

  return cell;
}

/* What is the same is built too, and shown when it is asked for. */
static void
attach (DmpListsWindow *self, GtkWidget *child, int column, int width, gboolean quiet)
{
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (child), "same", GINT_TO_POINTER (quiet));
  gtk_widget_set_visible (child, !quiet);
  gtk_grid_attach (self->grid, child, column, self->row, width, 1);
}

static void
add_pair (DmpListsWindow *self, const DmpSummaryPair *pair)
{
  gboolean quiet = is_quiet (pair);
  g_autofree char *kind = dup_kind (self, pair);
  GtkWidget *cells[N_CELLS] = { [LEFT] = new_cell (self, pair->left, kind, 0),
                                [KIND] = new_kind (pair, kind),
                                [RIGHT] = new_cell (self, pair->right, kind, 1),
                                [DELIVERY] = new_delivery (self, pair) };

  attach (self, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, N_COLUMNS, quiet);
  self->row++;
  for (int i = 0, column = 0; i < N_CELLS; column += widths[i], i++)
    {
      attach (self, cells[i], self->narrow ? 0 : column, self->narrow ? N_COLUMNS : widths[i],
              quiet);
      self->row += self->narrow;
    }
  self->row += !self->narrow;
}

/* --- All of them --- */

static void
add_head (DmpListsWindow *self, const DmpSummaryListHead *head, int column, guint side)
{
  g_autofree char *count =
      g_strdup_printf (g_dngettext (NULL, "%s · %u ligne", "%s · %u lignes", head->n_lines),
                       self->days[side], head->n_lines);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *below =
      g_strjoin (" · ", head->source->author != NULL ? head->source->author : _ ("auteur inconnu"),
                 count, NULL);

  gtk_widget_add_css_class (box, "ca-lists-none");
  gtk_box_append (
      GTK_BOX (box),
      dmp_text_new (head->source->title != NULL ? head->source->title : "", "ca-strong"));
  gtk_box_append (GTK_BOX (box), dmp_text_new (below, "dim-label ca-dense"));
  attach (self, box, self->narrow ? 0 : column, self->narrow ? N_COLUMNS : 4, FALSE);
  self->row += self->narrow;
}

static void
show_same (DmpListsWindow *self, gboolean shown)
{
  const char *names = g_object_get_data (G_OBJECT (self->same), "names");
  g_autofree char *words = g_strdup_printf ("%s %s", shown ? "▾" : "▸", names);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_object_get_data (G_OBJECT (child), "same") != NULL)
      gtk_widget_set_visible (child, shown);
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->same))), words);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->same), GTK_ACCESSIBLE_STATE_EXPANDED, shown,
                               -1);
  g_object_set_data (G_OBJECT (self->same), "shown", GINT_TO_POINTER (shown));
}

/* As high as it needs at its width, which a scrolled window does not ask for. */
static void
fit (DmpListsWindow *self)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (
      gtk_widget_get_ancestor (GTK_WIDGET (self->grid), GTK_TYPE_SCROLLED_WINDOW));
  int height;

  gtk_widget_measure (GTK_WIDGET (self->grid), GTK_ORIENTATION_VERTICAL, WIDTH - 2 * MARGIN,
                      &height, NULL, NULL, NULL);
  height = MIN (height, self->narrow ? NARROW_HEIGHT : HEIGHT);
  gtk_scrolled_window_set_max_content_height (scroller, -1);
  gtk_scrolled_window_set_min_content_height (scroller, height);
  gtk_scrolled_window_set_max_content_height (scroller, height);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
}

static void
on_same (DmpListsWindow *self)
{
  show_same (self, g_object_get_data (G_OBJECT (self->same), "shown") == NULL);
  fit (self);
}

/* "6 lignes sans écart : ELIQUIS 2,5 mg, …" */
static char *
dup_same_names (const DmpSummaryLists *lists)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;
  guint n;

  for (guint i = 0; i < lists->pairs->len; i++)
    {
      const DmpSummaryPair *pair = g_ptr_array_index (lists->pairs, i);

      if (is_quiet (pair))
        g_ptr_array_add (names, pair->left->text);
    }
  n = names->len;
  if (n == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (" · ", (char **) names->pdata);

  return g_strdup_printf (
      g_dngettext (NULL, "%u ligne sans écart : %s", "%u lignes sans écart : %s", n), n, list);
}

/* Above what it unfolds: the focus goes down from it. */
static void
add_same (DmpListsWindow *self, const DmpSummaryLists *lists)
{
  char *names = dup_same_names (lists);

  if (names == NULL)
    return;
  attach (self, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, N_COLUMNS, FALSE);
  self->row++;
  self->same = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->same), dmp_text_new ("", "ca-dense"));
  gtk_widget_add_css_class (self->same, "flat");
  g_object_set_data_full (G_OBJECT (self->same), "names", names, g_free);
  g_signal_connect_swapped (self->same, "clicked", G_CALLBACK (on_same), self);
  attach (self, self->same, 0, N_COLUMNS, FALSE);
  self->row++;
}

static void
add_pairs (DmpListsWindow *self, const DmpSummaryLists *lists, gboolean quiet)
{
  for (guint i = 0; i < lists->pairs->len; i++)
    if (is_quiet (g_ptr_array_index (lists->pairs, i)) == quiet)
      add_pair (self, g_ptr_array_index (lists->pairs, i));
}

static GtkWidget *
new_table (DmpListsWindow *self, const DmpSummaryLists *lists)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_grid_set_column_spacing (self->grid, 8);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "ca-lists");
  add_head (self, &lists->left, 0, 0);
  add_head (self, &lists->right, 6, 1);
  if (!self->narrow)
    attach (self, dmp_text_new (_ ("Remboursements"), "dim-label ca-strong ca-lists-none"), 10, 2,
            FALSE);
  self->row++;
  add_pairs (self, lists, FALSE);
  add_same (self, lists);
  add_pairs (self, lists, TRUE);
  if (self->same != NULL)
    show_same (self, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
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
new_opener (DmpListsWindow *self, const DmpSummaryListHead *head, const char *key, guint side)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *words = g_strdup_printf (_ ("Ouvrir la liste du %s"), self->days[side]);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_label_new (words));
  gtk_box_append (GTK_BOX (box), dmp_tag_new (NULL, key, NULL));

  return new_link (self, head->source, box, words);
}

static const char *
get_flag (DmpListsWindow *self)
{
  GPtrArray *flags = dmp_summary_get_flags (self->summary);

  for (guint i = 0; i < flags->len; i++)
    if (g_str_equal (((DmpSummaryFlag *) flags->pdata[i])->rule, "C2"))
      return ((DmpSummaryFlag *) flags->pdata[i])->id;

  return NULL;
}

static void
set_aside (DmpListsWindow *self)
{
  g_autoptr (DmpListsWindow) kept = g_object_ref (self);
  g_autofree char *flag = g_strdup (get_flag (self));

  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (kept, signals[SET_ASIDE], 0, flag);
}

static void
append_aside (DmpListsWindow *self, GtkWidget *foot)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Mettre de côté"));

  dmp_explain (button, _ ("Jusqu’à la fermeture du dossier ; ne change rien aux listes"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (set_aside), self);
  gtk_box_append (GTK_BOX (foot), button);
}

static GtkWidget *
new_foot (DmpListsWindow *self, const DmpSummaryLists *lists, gboolean aside)
{
  GtkWidget *foot = gtk_box_new (
      self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, self->narrow ? 6 : 10);
  GtkWidget *note =
      dmp_text_new (_ ("Une ligne absente d’une liste n’est pas forcément un arrêt."), "dim-label");

  gtk_widget_set_hexpand (note, TRUE);
  gtk_box_append (GTK_BOX (foot), note);
  if (!aside && get_flag (self) != NULL)
    append_aside (self, foot);
  gtk_box_append (GTK_BOX (foot), new_opener (self, &lists->left, "1", 0));
  gtk_box_append (GTK_BOX (foot), new_opener (self, &lists->right, "2", 1));

  return foot;
}

/* --- The window --- */

static GtkWidget *
new_header (void)
{
  GtkWidget *handle = gtk_window_handle_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *image = gtk_image_new_from_icon_name ("ca-triangle-symbolic");
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *rule = dmp_tag_new (NULL, _ ("règle C2"), NULL);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (image, "ca-shape-amber");
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_image_set_pixel_size (GTK_IMAGE (image), 20);
  gtk_box_append (GTK_BOX (title),
                  dmp_text_new (_ ("Listes de traitements divergentes"), "ca-title-3"));
  gtk_box_append (GTK_BOX (title),
                  dmp_text_new (_ ("Les deux listes les plus récentes d’auteurs différents. Le "
                                   "logiciel montre l’écart, il ne choisit pas."),
                                "dim-label"));
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (close, "circular");
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  dmp_explain (close, _ ("Fermer (Échap)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Fermer"), -1);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), rule);
  gtk_box_append (GTK_BOX (box), close);
  gtk_widget_add_css_class (box, "ca-lists-title");
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), box);

  return handle;
}

static char *
dup_day (const DmpSummarySource *source)
{
  return source->date != NULL ? dmp_date_dup_display (source->date, FALSE, FALSE) : g_strdup ("?");
}

static gboolean
is_narrow (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics =
      pango_context_get_metrics (context, pango_context_get_font_description (context), NULL);
  int width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);

  return WIDTH < NARROW_CHARS * width;
}

DmpListsWindow *
dmp_lists_window_new (GtkWindow *parent, DmpSummary *summary, gboolean aside)
{
  const DmpSummaryLists *lists = dmp_summary_get_lists (summary);
  DmpListsWindow *self;
  GtkWidget *all, *content, *foot;

  g_return_val_if_fail (lists != NULL, NULL);

  self = g_object_new (DMP_TYPE_LISTS_WINDOW, "transient-for", parent, "modal", TRUE,
                       "default-width", WIDTH, "title", _ ("Listes de traitements divergentes"),
                       "destroy-with-parent", TRUE, NULL);
  self->summary = g_object_ref (summary);
  self->days[0] = dup_day (lists->left.source);
  self->days[1] = dup_day (lists->right.source);
  self->narrow = is_narrow (GTK_WIDGET (self));
  content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_add_css_class (content, "ca-lists-content");
  gtk_box_append (GTK_BOX (content), new_table (self, lists));
  foot = new_foot (self, lists, aside);
  gtk_box_append (GTK_BOX (content), foot);
  all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (all), new_header ());
  gtk_box_append (GTK_BOX (all), content);
  adw_window_set_content (ADW_WINDOW (self), all);
  fit (self);
  gtk_widget_grab_focus (gtk_widget_get_last_child (foot)); /* the newer list */

  return self;
}

static void
dmp_lists_window_dispose (GObject *object)
{
  DmpListsWindow *self = DMP_LISTS_WINDOW (object);

  g_clear_object (&self->summary);
  g_clear_pointer (&self->days[0], g_free);
  g_clear_pointer (&self->days[1], g_free);

  G_OBJECT_CLASS (dmp_lists_window_parent_class)->dispose (object);
}

static void
dmp_lists_window_class_init (DmpListsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_lists_window_dispose;
  signals[OPEN] = g_signal_new ("open", DMP_TYPE_LISTS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SET_ASIDE] = g_signal_new ("set-aside", DMP_TYPE_LISTS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
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
