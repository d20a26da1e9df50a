#include "config.h"

#include "dmp-outbox-page.h"

#include "dmp-tag.h"

#include <glib/gi18n.h>

typedef enum
{
  SHOW_ALL,
  SHOW_TROUBLE,
  SHOW_WAITING,
  SHOW_SENT,
  N_SHOWN
} Shown;

struct _DmpOutboxPage
{
  AdwBin parent_instance;

  GtkBox *chips;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkListBox *list;
  GtkWidget *head_hour;
  GtkWidget *head_end;

  GtkSizeGroup *hours; /* one column with all rows */
  GtkSizeGroup *ends;
  GtkWidget *buttons[N_SHOWN];
  Shown shown;
  gint64 held;
  GHashTable *forms;    /* (nullable) (unowned): only while rows are made */
  GtkLabel *held_state; /* (nullable): counts the seconds */
  char *seen;           /* (nullable): what the rows say: they are made anew only when it changes */
  guint seconds;
};

enum
{
  RETRY,
  DROP,
  CORRECT,
  RECEIPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpOutboxPage, dmp_outbox_page, ADW_TYPE_BIN)

/* --- States ---------------------------------------------------------------------------------- */

static Shown
group_of (DmpOutboxState state)
{
  switch (state)
    {
    case DMP_OUTBOX_ACKED:
      return SHOW_SENT;
    case DMP_OUTBOX_CONFLICT:
    case DMP_OUTBOX_REFUSED:
      return SHOW_TROUBLE;
    case DMP_OUTBOX_READY:
    case DMP_OUTBOX_UNKNOWN:
    default:
      return SHOW_WAITING;
    }
}

static const char *
state_icon (DmpOutboxState state)
{
  switch (state)
    {
    case DMP_OUTBOX_ACKED:
      return "object-select-symbolic";
    case DMP_OUTBOX_CONFLICT:
    case DMP_OUTBOX_REFUSED:
      return "ca-octo-symbolic";
    case DMP_OUTBOX_READY:
      return "content-loading-symbolic";
    case DMP_OUTBOX_UNKNOWN:
    default:
      return "ca-triangle-symbolic";
    }
}

static const char *
state_style (DmpOutboxState state)
{
  switch (state)
    {
    case DMP_OUTBOX_ACKED:
      return "ca-ok";
    case DMP_OUTBOX_CONFLICT:
    case DMP_OUTBOX_REFUSED:
      return "ca-shape-red";
    case DMP_OUTBOX_READY:
      return "dim-label";
    case DMP_OUTBOX_UNKNOWN:
    default:
      return "ca-shape-amber";
    }
}

/* @today, @before: how to write it when it was today, and when not */
static char *
dup_time (gint64 seconds, const char *today, const char *before)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean same = time != NULL && g_date_time_get_year (time) == g_date_time_get_year (now) &&
                  g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now);

  return time != NULL ? g_date_time_format (time, same ? today : before) : g_strdup ("");
}

static char *
dup_countdown (guint seconds)
{
  return g_strdup_printf (_ ("Envoi dans %u s"), seconds);
}

/* What it is, and what the host or the program says of it. */
static char *
dup_state (const DmpOutboxRow *row)
{
  switch (row->state)
    {
    case DMP_OUTBOX_READY:
      return g_strdup (_ ("Envoi en cours…"));
    case DMP_OUTBOX_ACKED:
      return dup_time (row->sent, _ ("Accepté à %H:%M"), _ ("Accepté le %d/%m/%Y à %H:%M"));
    case DMP_OUTBOX_CONFLICT:
      return g_strdup_printf (_ ("En conflit. %s"), row->sentence != NULL ? row->sentence : "");
    case DMP_OUTBOX_REFUSED:
      return g_strdup_printf (_ ("Refusé. %s"), row->sentence != NULL ? row->sentence : "");
    case DMP_OUTBOX_UNKNOWN:
    default:
      return g_strdup_printf (_ ("En attente. %s"),
                              row->sentence != NULL
                                  ? row->sentence
                                  : _ ("Le DMP n’a pas encore confirmé : il sera interrogé avant "
                                       "tout nouvel envoi."));
    }
}

char *
dmp_outbox_row_dup_title (const DmpOutboxRow *row)
{
  const DmpOutboxDocument *first =
      row->documents->len > 0 ? g_ptr_array_index (row->documents, 0) : NULL;

  return g_strdup (first != NULL && first->title != NULL ? first->title
                                                         : _ ("Document sans titre"));
}

static gboolean
can_correct (DmpOutboxPage *self, gint64 id)
{
  return self->forms != NULL && g_hash_table_contains (self->forms, &id);
}

/* --- Rows ------------------------------------------------------------------------------------ */

typedef struct
{
  gint64 id;
  guint signal;
} Press;

static void
on_press (GtkWidget *button, DmpOutboxPage *self)
{
  const Press *press = g_object_get_data (G_OBJECT (button), "press");

  g_signal_emit (self, signals[press->signal], 0, press->id);
}

/* Returns: (transfer none): in @box */
static GtkWidget *
add_button (GtkWidget *box, const char *text, const char *title)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  g_autofree char *words = g_strjoin (" · ", text, title, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
add_press (
    DmpOutboxPage *self, GtkWidget *box, const char *text, const char *title, const Press *press)
{
  GtkWidget *button = add_button (box, text, title);

  g_object_set_data_full (G_OBJECT (button), "press", g_memdup2 (press, sizeof *press), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_press), self);
}

/* What can be done about it, what helps most first. */
static GtkWidget *
new_buttons (DmpOutboxPage *self, const DmpOutboxRow *row, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const Press correct = { row->id, CORRECT }, retry = { row->id, RETRY }, drop = { row->id, DROP },
              receipt = { row->id, RECEIPT };
  gboolean trouble = group_of (row->state) == SHOW_TROUBLE;

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_size_group_add_widget (self->ends, box);
  if (row->id == self->held && self->held != 0)
    {
      GtkWidget *undo = add_button (box, _ ("Annuler"), title);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (undo), "win.undo-send");
      return box;
    }
  if (row->state == DMP_OUTBOX_ACKED)
    add_press (self, box, _ ("Reçu"), title, &receipt);
  if (row->state == DMP_OUTBOX_REFUSED && can_correct (self, row->id))
    add_press (self, box, _ ("Corriger"), title, &correct);
  if (row->state == DMP_OUTBOX_UNKNOWN || trouble)
    {
      add_press (self, box, _ ("Réessayer"), title, &retry);
      add_press (self, box, _ ("Retirer…"), title, &drop);
    }
  return box;
}

static GtkWidget *
new_documents (const DmpOutboxRow *row, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), dmp_text_new (title, "ca-strong"));
  for (guint i = 1; i < row->documents->len; i++)
    {
      const DmpOutboxDocument *other = g_ptr_array_index (row->documents, i);

      if (other->title != NULL)
        gtk_box_append (GTK_BOX (box), dmp_text_new (other->title, "ca-dense"));
    }
  return box;
}

static GtkWidget *
new_state (DmpOutboxPage *self, const DmpOutboxRow *row, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *image =
      g_object_new (GTK_TYPE_IMAGE, "icon-name", state_icon (row->state), "accessible-role",
                    GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_START, NULL);
  GtkWidget *label =
      dmp_text_new (text, group_of (row->state) == SHOW_TROUBLE ? "ca-red ca-strong" : NULL);

  gtk_widget_add_css_class (image, state_style (row->state));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  if (row->id == self->held && self->held != 0)
    self->held_state = GTK_LABEL (label);
  return box;
}

/* The columns of the head (dmp-outbox-page.ui), in the same proportions. */
static GtkWidget *
new_columns (DmpOutboxPage *self, const DmpOutboxRow *row, const char *title, const char *state)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *patient =
      dmp_text_new (row->patient != NULL ? row->patient : "", "dim-label ca-dense");

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_set_hexpand (grid, TRUE);
  gtk_widget_set_valign (grid, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (patient, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (grid), new_documents (row, title), 0, 0, 3, 1);
  gtk_grid_attach (GTK_GRID (grid), patient, 3, 0, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), new_state (self, row, state), 5, 0, 4, 1);
  return grid;
}

static void
add_row (DmpOutboxPage *self, const DmpOutboxRow *row)
{
  gboolean held = row->id == self->held && self->held != 0;
  g_autofree char *title = dmp_outbox_row_dup_title (row),
                  *hour = dup_time (row->created, "%H:%M", "%d/%m/%Y");
  g_autofree char *state = held ? dup_countdown (self->seconds) : dup_state (row);
  g_autofree char *words =
      g_strjoin (", ", title, row->patient != NULL ? row->patient : "", state, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *when = dmp_text_new (hour, "dim-label ca-one-line");
  GtkWidget *item = gtk_list_box_row_new ();

  gtk_widget_add_css_class (box, "ca-outbox-row");
  gtk_size_group_add_widget (self->hours, when);
  gtk_box_append (GTK_BOX (box), when);
  gtk_box_append (GTK_BOX (box), new_columns (self, row, title, state));
  gtk_box_append (GTK_BOX (box), new_buttons (self, row, title));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (item), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (item), FALSE);
  if (held)
    gtk_widget_add_css_class (item, "ca-held");
  g_object_set_data (G_OBJECT (item), "group", GINT_TO_POINTER (group_of (row->state)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (self->list, item);
}

/* --- The list -------------------------------------------------------------------------------- */

static gboolean
filter_row (GtkListBoxRow *row, gpointer data)
{
  const DmpOutboxPage *self = data;

  return self->shown == SHOW_ALL ||
         GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "group")) == (int) self->shown;
}

static void
remove_rows (DmpOutboxPage *self)
{
  GtkWidget *row;

  self->held_state = NULL;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static void
count_chips (DmpOutboxPage *self, const guint counts[N_SHOWN])
{
  const char *names[] = { _ ("Tous"), _ ("À traiter"), _ ("En attente"), _ ("Acceptés") };

  for (int i = 0; i < N_SHOWN; i++)
    {
      g_autofree char *label = g_strdup_printf ("%s %u", names[i], counts[i]);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips), counts[SHOW_ALL] > 0);
  gtk_stack_set_visible_child_name (self->stack, counts[self->shown] > 0 ? "list" : "empty");
  adw_status_page_set_title (self->empty, counts[SHOW_ALL] > 0 ? _ ("Aucun envoi avec ce filtre")
                                                               : _ ("La boîte d’envoi est vide"));
}

static void
recount (DmpOutboxPage *self)
{
  guint counts[N_SHOWN] = { 0 };

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      counts[SHOW_ALL]++;
      counts[GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "group"))]++;
    }
  count_chips (self, counts);
}

static void
add_words (GString *words, GPtrArray *rows, DmpOutboxPage *self)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const DmpOutboxRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (words, "%lld %d %d %s\n", (long long) row->id, (int) row->state,
                              can_correct (self, row->id),
                              row->sentence != NULL ? row->sentence : "");
    }
}

static char *
dup_words (DmpOutboxPage *self, GPtrArray *rows, GPtrArray *sent, gint64 held)
{
  GString *words = g_string_new (NULL);

  g_string_append_printf (words, "%lld\n", (long long) held);
  add_words (words, rows, self);
  add_words (words, sent, self);
  return g_string_free (words, FALSE);
}

static gboolean
has_focus (DmpOutboxPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

/* The newest on top; what a person must look at is counted, not moved. */
static void
show_rows (DmpOutboxPage *self, GPtrArray *rows, GPtrArray *sent)
{
  gboolean had_focus = has_focus (self);

  remove_rows (self);
  for (guint i = rows != NULL ? rows->len : 0; i > 0; i--)
    add_row (self, g_ptr_array_index (rows, i - 1));
  for (guint i = sent != NULL ? sent->len : 0; i > 0; i--)
    add_row (self, g_ptr_array_index (sent, i - 1));
  recount (self);
  if (had_focus)
    dmp_outbox_page_focus (self);
}

void
dmp_outbox_page_set_rows (
    DmpOutboxPage *self, GPtrArray *rows, GPtrArray *sent, gint64 held, GHashTable *forms)
{
  char *words;

  g_return_if_fail (DMP_IS_OUTBOX_PAGE (self));

  self->forms = forms;
  self->held = held;
  words = dup_words (self, rows, sent, held);
  if (g_strcmp0 (words, self->seen) != 0)
    show_rows (self, rows, sent);
  g_free (self->seen);
  self->seen = words;
  self->forms = NULL;
}

void
dmp_outbox_page_set_seconds (DmpOutboxPage *self, guint seconds)
{
  g_autofree char *text = dup_countdown (seconds);

  g_return_if_fail (DMP_IS_OUTBOX_PAGE (self));

  self->seconds = seconds;
  if (self->held_state != NULL)
    gtk_label_set_label (self->held_state, text);
}

void
dmp_outbox_page_clear (DmpOutboxPage *self)
{
  dmp_outbox_page_set_rows (self, NULL, NULL, 0, NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[SHOW_ALL]), TRUE);
}

void
dmp_outbox_page_focus (DmpOutboxPage *self)
{
  GtkWidget *first;

  g_return_if_fail (DMP_IS_OUTBOX_PAGE (self));

  first = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  if (first == NULL || !gtk_widget_grab_focus (first))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
on_chip (GtkToggleButton *button, DmpOutboxPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < N_SHOWN; i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      self->shown = (Shown) i;
  gtk_list_box_invalidate_filter (self->list);
  recount (self);
}

static void
create_chips (DmpOutboxPage *self)
{
  for (int i = 0; i < N_SHOWN; i++)
    {
      self->buttons[i] = gtk_toggle_button_new ();
      gtk_widget_add_css_class (self->buttons[i], "ca-chip");
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]),
                                     GTK_TOGGLE_BUTTON (self->buttons[0]));
      gtk_box_append (self->chips, self->buttons[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[SHOW_ALL]), TRUE);
  for (int i = 0; i < N_SHOWN; i++)
    g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_chip), self);
}

static void
dmp_outbox_page_finalize (GObject *object)
{
  g_free (DMP_OUTBOX_PAGE (object)->seen);
  g_object_unref (DMP_OUTBOX_PAGE (object)->hours);
  g_object_unref (DMP_OUTBOX_PAGE (object)->ends);

  G_OBJECT_CLASS (dmp_outbox_page_parent_class)->finalize (object);
}

static void
dmp_outbox_page_class_init (DmpOutboxPageClass *klass)
{
  static const char *const names[] = {
    [RETRY] = "retry", [DROP] = "drop", [CORRECT] = "correct", [RECEIPT] = "receipt"
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dmp_outbox_page_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], DMP_TYPE_OUTBOX_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-outbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpOutboxPage, chips);
  gtk_widget_class_bind_template_child (widget_class, DmpOutboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DmpOutboxPage, empty);
  gtk_widget_class_bind_template_child (widget_class, DmpOutboxPage, list);
  gtk_widget_class_bind_template_child (widget_class, DmpOutboxPage, head_hour);
  gtk_widget_class_bind_template_child (widget_class, DmpOutboxPage, head_end);
}

static void
dmp_outbox_page_init (DmpOutboxPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->hours = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->ends = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_size_group_add_widget (self->hours, self->head_hour);
  gtk_size_group_add_widget (self->ends, self->head_end);
  create_chips (self);
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
  recount (self);
}
