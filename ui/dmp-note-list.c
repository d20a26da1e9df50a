#include "config.h"

#include "dmp-note-list.h"

#include "dmp-fact-form.h"
#include "dmp-tag.h"

#include <glib/gi18n.h>

struct _DmpNoteListWidget
{
  AdwBin parent_instance;

  DmpNoteDraft *draft;
  guint section;
  AdwPreferencesGroup *group;
  GtkWidget *add;
  GPtrArray *rows; /* borrowed from the group */
};

G_DEFINE_FINAL_TYPE (DmpNoteListWidget, dmp_note_list_widget, ADW_TYPE_BIN)

static const DmpNoteSection *
get_section (DmpNoteListWidget *self)
{
  return &dmp_note_draft_get_note_type (self->draft)->sections[self->section];
}

/* --- Adding and editing --- */

/* The button of the next line that waits for a word, from row @at on. Returns: (nullable) */
static GtkWidget *
find_waiting (DmpNoteListWidget *self, guint at)
{
  for (guint i = at; i < self->rows->len; i++)
    {
      GtkWidget *button = g_object_get_data (g_ptr_array_index (self->rows, i), "waiting");

      if (button != NULL)
        return button;
    }
  return NULL;
}

/* One key a line: the focus goes on to the next one that must be confirmed, here or in the lists
 * below. Returns: FALSE when there is none */
static gboolean
focus_waiting (DmpNoteListWidget *self, guint at)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *button = find_waiting (self, at);

  while (button == NULL && (widget = gtk_widget_get_next_sibling (widget)) != NULL)
    if (DMP_IS_NOTE_LIST_WIDGET (widget))
      button = find_waiting (DMP_NOTE_LIST_WIDGET (widget), 0);
  return button != NULL && gtk_widget_grab_focus (button);
}

/* The rows are new: who works with the keyboard goes on where the last one was. */
static void
focus_from (DmpNoteListWidget *self, guint at)
{
  for (guint i = MIN (at, self->rows->len); i < self->rows->len; i++)
    if (gtk_widget_child_focus (g_ptr_array_index (self->rows, i), GTK_DIR_TAB_FORWARD))
      return;
  if (gtk_widget_get_visible (self->add))
    gtk_widget_grab_focus (self->add);
  else if (self->rows->len > 0)
    gtk_widget_child_focus (g_ptr_array_index (self->rows, 0), GTK_DIR_TAB_FORWARD);
}

static guint
index_of (DmpNoteListWidget *self, DmpDraftLine *line)
{
  guint at = 0;

  g_list_store_find (G_LIST_STORE (dmp_note_draft_get_lines (self->draft, self->section)), line,
                     &at);
  return at;
}

/* Who fills in one line after the other finds the next one. */
static void
on_done (DmpFactForm *form, DmpFact *fact, DmpNoteListWidget *self)
{
  DmpDraftLine *line = g_object_get_data (G_OBJECT (form), "line");
  guint next = line != NULL ? index_of (self, line) + 1 : G_MAXUINT;

  dmp_note_draft_put (self->draft, self->section, line, dmp_fact_ref (fact));
  focus_from (self, next);
}

static void
open_form (DmpNoteListWidget *self, DmpDraftLine *line)
{
  DmpFactForm *form =
      dmp_fact_form_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), get_section (self),
                         line != NULL ? dmp_draft_line_get_fact (line) : NULL);

  if (line != NULL)
    g_object_set_data_full (G_OBJECT (form), "line", g_object_ref (line), g_object_unref);
  g_signal_connect_object (form, "done", G_CALLBACK (on_done), self, 0);
  gtk_window_present (GTK_WINDOW (form));
}

static void
on_add (DmpNoteListWidget *self)
{
  open_form (self, NULL);
}

static DmpDraftLine *
line_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "line");
}

static void
on_edit (GtkWidget *button, DmpNoteListWidget *self)
{
  open_form (self, line_of (button));
}

static void
on_confirm (GtkWidget *button, DmpNoteListWidget *self)
{
  g_autoptr (DmpDraftLine) line = g_object_ref (line_of (button));
  guint at = index_of (self, line);

  dmp_note_draft_confirm (self->draft, self->section, line);
  if (!focus_waiting (self, at))
    focus_from (self, at + 1);
}

static void
on_remove (GtkWidget *button, DmpNoteListWidget *self)
{
  g_autoptr (DmpDraftLine) line = g_object_ref (line_of (button));
  guint at = index_of (self, line);

  dmp_note_draft_remove (self->draft, self->section, line);
  focus_from (self, at);
}

/* --- A line --- */

static GtkWidget *
new_button (DmpNoteListWidget *self,
            DmpDraftLine *line,
            const char *icon,
            const char *words,
            GCallback callback)
{
  const DmpFact *fact = dmp_draft_line_get_fact (line);
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf ("%s %s", words, fact->text != NULL ? fact->text : "");

  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "line", g_object_ref (line), g_object_unref);
  g_signal_connect (button, "clicked", callback, self);
  return button;
}

static void
append_part (GString *out, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", part);
}

/* The other fields, and where it was taken from. */
static char *
dup_subtitle (DmpNoteListWidget *self, DmpDraftLine *line)
{
  const DmpNoteKind *kind = get_section (self)->kind;
  const DmpFact *fact = dmp_draft_line_get_fact (line);
  DmpCode *code = fact->keys->len > 0 ? g_ptr_array_index (fact->keys, 0) : NULL;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const DmpNoteField *field = &kind->fields[i];
      g_autofree char *text = dmp_note_field_dup_text (kind, field, fact);
      g_autofree char *part = NULL;

      if (field->slot == DMP_SLOT_MAIN || text == NULL || *text == '\0')
        continue;
      part = g_strdup_printf (C_ ("field of a line", "%s : %s"), _ (field->label), text);
      append_part (out, part);
    }
  if (kind->questions == NULL && kind->write != NULL)
    append_part (out, code != NULL ? dmp_code_get_code (code) : _ ("sans code"));
  if (dmp_draft_line_get_in_words (line) && kind->write == NULL)
    append_part (out, _ ("texte seul"));
  append_part (out, dmp_draft_line_get_source (line));
  return g_string_free (out, FALSE);
}

/* The row does what its pen does, with Enter. */
static void
make_editable (DmpNoteListWidget *self, GtkWidget *row, DmpDraftLine *line)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "line", g_object_ref (line), g_object_unref);
  g_signal_connect (row, "activated", G_CALLBACK (on_edit), self);
}

/* A proposal is taken, a line is confirmed: only those wait for a word. */
static void
add_confirm (DmpNoteListWidget *self, GtkWidget *row, DmpDraftLine *line)
{
  gboolean in_words = dmp_draft_line_get_in_words (line);
  GtkWidget *confirm = gtk_button_new_with_label (in_words ? _ ("Reprendre") : _ ("Confirmer"));
  g_autofree char *name = g_strdup_printf (in_words ? _ ("Reprendre %s") : _ ("Confirmer %s"),
                                           dmp_draft_line_get_fact (line)->text);

  gtk_widget_set_valign (confirm, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (confirm), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_object_set_data_full (G_OBJECT (confirm), "line", g_object_ref (line), g_object_unref);
  g_signal_connect (confirm, "clicked", G_CALLBACK (on_confirm), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), confirm);
  if (!in_words)
    g_object_set_data (G_OBJECT (row), "waiting", confirm);
}

static GtkWidget *
new_row (DmpNoteListWidget *self, DmpDraftLine *line)
{
  const DmpFact *fact = dmp_draft_line_get_fact (line);
  g_autoptr (GPtrArray) defects = dmp_note_check_fact (get_section (self), fact);
  g_autofree char *subtitle = dup_subtitle (self, line);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 fact->text != NULL && *fact->text ? fact->text : "—");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  make_editable (self, row, line);
  if (defects->len > 0)
    {
      GtkWidget *left = dmp_text_new (_ ("à compléter"), "ca-red ca-caption");

      gtk_label_set_wrap (GTK_LABEL (left), FALSE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), left);
    }
  if (!dmp_draft_line_get_confirmed (line))
    add_confirm (self, row, line);
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      new_button (self, line, "document-edit-symbolic", _ ("Modifier"), G_CALLBACK (on_edit)));
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      new_button (self, line, "user-trash-symbolic", _ ("Retirer"), G_CALLBACK (on_remove)));
  return row;
}

/* --- Without lines --- */

static void
on_none (GtkCheckButton *check, DmpNoteListWidget *self)
{
  dmp_note_draft_set_none (self->draft, self->section, gtk_check_button_get_active (check));
}

/* Side by side, for the arrows: up and down are the list's. What is said of them stands below,
 * where large text has room. */
static GtkWidget *
new_choices (DmpNoteListWidget *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *unsaid = gtk_check_button_new_with_label (_ ("Non renseigné"));
  GtkWidget *none = gtk_check_button_new_with_label (_ (get_section (self)->none));

  gtk_check_button_set_group (GTK_CHECK_BUTTON (none), GTK_CHECK_BUTTON (unsaid));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (unsaid), TRUE);
  if (dmp_note_draft_get_none (self->draft, self->section))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (none), TRUE);
  g_signal_connect (none, "toggled", G_CALLBACK (on_none), self);
  gtk_widget_add_css_class (box, "ca-check-row");
  gtk_box_append (GTK_BOX (choices), unsaid);
  gtk_box_append (GTK_BOX (choices), none);
  gtk_box_append (GTK_BOX (box), choices);
  if (dmp_note_draft_get_had_none (self->draft, self->section))
    gtk_box_append (
        GTK_BOX (box),
        dmp_text_new (_ ("La version précédente le disait : à confirmer."), "ca-amber ca-caption"));
  return box;
}

static GtkWidget *
new_empty_row (DmpNoteListWidget *self)
{
  const DmpNoteSection *section = get_section (self);
  GtkWidget *row;

  if (section->none != NULL)
    {
      row = adw_preferences_row_new ();
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), new_choices (self));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_widget_set_focusable (row, FALSE); /* its choices are */
      return row;
    }
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 section->min > 0 ? _ ("À remplir") : _ ("Non renseigné"));
  gtk_widget_add_css_class (row, "dim-label");
  return row;
}

/* --- The whole --- */

static void
add_row (DmpNoteListWidget *self, GtkWidget *row)
{
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
rebuild (DmpNoteListWidget *self)
{
  GListModel *lines = dmp_note_draft_get_lines (self->draft, self->section);
  const DmpNoteSection *section = get_section (self);
  guint n = g_list_model_get_n_items (lines);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDraftLine) line = g_list_model_get_item (lines, i);

      add_row (self, new_row (self, line));
    }
  if (n == 0)
    add_row (self, new_empty_row (self));
  gtk_widget_set_visible (self->add, section->max == 0 || n < section->max);
}

static void
dmp_note_list_widget_dispose (GObject *object)
{
  DmpNoteListWidget *self = DMP_NOTE_LIST_WIDGET (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (dmp_note_list_widget_parent_class)->dispose (object);
}

static void
dmp_note_list_widget_class_init (DmpNoteListWidgetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_note_list_widget_dispose;
}

static void
dmp_note_list_widget_init (DmpNoteListWidget *self)
{
  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

/* @words: on the button; @name: for who does not see beside what it stands */
static GtkWidget *
new_head_button (DmpNoteListWidget *self, const char *words, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

GtkWidget *
dmp_note_list_widget_new (DmpNoteDraft *draft, guint section)
{
  DmpNoteListWidget *self = g_object_new (DMP_TYPE_NOTE_LIST_WIDGET, NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *add = NULL;
  const char *title;

  self->draft = g_object_ref (draft);
  self->section = section;
  title = _ (get_section (self)->title);
  add = g_strdup_printf (_ ("Ajouter : %s"), title);
  self->add = new_head_button (self, _ ("Ajouter"), add, G_CALLBACK (on_add));
  gtk_box_append (GTK_BOX (head), self->add);
  adw_preferences_group_set_title (self->group, title);
  adw_preferences_group_set_header_suffix (self->group, head);
  g_signal_connect_object (dmp_note_draft_get_lines (draft, section), "items-changed",
                           G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
