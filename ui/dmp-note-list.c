#include "config.h"

#include "dmp-note-list.h"

#include "dmp-fact-form.h"

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

static void
on_done (DmpFactForm *form, DmpFact *fact, DmpNoteListWidget *self)
{
  DmpDraftLine *line = g_object_get_data (G_OBJECT (form), "line");

  dmp_note_draft_put (self->draft, self->section, line, dmp_fact_ref (fact));
  gtk_widget_grab_focus (self->add);
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

static guint
index_of (DmpNoteListWidget *self, DmpDraftLine *line)
{
  guint at = 0;

  g_list_store_find (G_LIST_STORE (dmp_note_draft_get_lines (self->draft, self->section)), line,
                     &at);
  return at;
}

/* The rows are new: who works with the keyboard goes on where the last one was. */
static void
focus_from (DmpNoteListWidget *self, guint at)
{
  for (guint i = MIN (at, self->rows->len); i < self->rows->len; i++)
    if (gtk_widget_child_focus (g_ptr_array_index (self->rows, i), GTK_DIR_TAB_FORWARD))
      return;
  gtk_widget_grab_focus (self->add);
}

static void
on_confirm (GtkWidget *button, DmpNoteListWidget *self)
{
  g_autoptr (DmpDraftLine) line = g_object_ref (line_of (button));
  guint at = index_of (self, line);

  dmp_note_draft_confirm (self->draft, self->section, line);
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

/* The other fields, where it was taken from, and what is wrong with it. */
static char *
dup_subtitle (DmpNoteListWidget *self, DmpDraftLine *line, const char *defect)
{
  const DmpNoteKind *kind = get_section (self)->kind;
  const DmpFact *fact = dmp_draft_line_get_fact (line);
  DmpCode *code = fact->keys->len > 0 ? g_ptr_array_index (fact->keys, 0) : NULL;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *text = dmp_note_field_dup_text (kind, &kind->fields[i], fact);

      if (kind->fields[i].slot != DMP_SLOT_MAIN)
        append_part (out, text);
    }
  if (kind->questions == NULL && kind->write != NULL)
    append_part (out, code != NULL ? dmp_code_get_code (code) : _ ("sans code"));
  append_part (out, dmp_draft_line_get_source (line));
  append_part (out, defect);
  return g_string_free (out, FALSE);
}

static GtkWidget *
new_row (DmpNoteListWidget *self, DmpDraftLine *line)
{
  const DmpFact *fact = dmp_draft_line_get_fact (line);
  g_autoptr (GPtrArray) defects = dmp_note_check_fact (get_section (self), fact);
  g_autofree char *subtitle =
      dup_subtitle (self, line, defects->len > 0 ? _ ("à compléter") : NULL);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 fact->text != NULL && *fact->text ? fact->text : "—");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (!dmp_draft_line_get_confirmed (line))
    {
      GtkWidget *confirm = gtk_button_new_with_label (_ ("Confirmer"));
      g_autofree char *name = g_strdup_printf (_ ("Confirmer %s"), fact->text);

      gtk_widget_set_valign (confirm, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (confirm), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      g_object_set_data_full (G_OBJECT (confirm), "line", g_object_ref (line), g_object_unref);
      g_signal_connect (confirm, "clicked", G_CALLBACK (on_confirm), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), confirm);
    }
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

static GtkWidget *
new_empty_row (DmpNoteListWidget *self)
{
  const DmpNoteSection *section = get_section (self);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *unsaid, *none;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  if (section->none == NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     section->min > 0 ? _ ("À remplir") : _ ("Non renseigné"));
      gtk_widget_add_css_class (row, "dim-label");
      return row;
    }
  unsaid = gtk_check_button_new_with_label (_ ("Non renseigné"));
  none = gtk_check_button_new_with_label (_ (section->none));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (none), GTK_CHECK_BUTTON (unsaid));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (unsaid), TRUE);
  if (dmp_note_draft_get_none (self->draft, self->section))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (none), TRUE);
  g_signal_connect (none, "toggled", G_CALLBACK (on_none), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), none);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), unsaid);
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

GtkWidget *
dmp_note_list_widget_new (DmpNoteDraft *draft, guint section)
{
  DmpNoteListWidget *self = g_object_new (DMP_TYPE_NOTE_LIST_WIDGET, NULL);
  g_autofree char *name = NULL;
  const char *title;

  self->draft = g_object_ref (draft);
  self->section = section;
  title = _ (get_section (self)->title);
  name = g_strdup_printf (_ ("Ajouter : %s"), title);
  self->add = gtk_button_new_with_label (_ ("Ajouter"));
  gtk_widget_add_css_class (self->add, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  adw_preferences_group_set_title (self->group, title);
  adw_preferences_group_set_header_suffix (self->group, self->add);
  g_signal_connect_object (dmp_note_draft_get_lines (draft, section), "items-changed",
                           G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
