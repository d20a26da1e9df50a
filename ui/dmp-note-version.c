#include "config.h"

#include "dmp-note-version.h"

#include "model/dmp-date.h"

#include <glib/gi18n.h>

#define MAX_LEFT 6 /* named one by one */

struct _DmpNoteVersion
{
  AdwBin parent_instance;

  DmpNoteDraft *draft;
  AdwActionRow *row;
  AdwActionRow *replace_row;
  GtkSwitch *replace;
  GtkWidget *take;
};

G_DEFINE_FINAL_TYPE (DmpNoteVersion, dmp_note_version, ADW_TYPE_BIN)

static char *
dup_title (DmpNoteDraft *draft, DmpCdaDocument *before)
{
  const char *stamp = dmp_cda_document_get_header (before)->effective_time;
  g_autofree char *day = stamp != NULL ? dmp_date_dup_display (stamp, FALSE, FALSE) : NULL;

  /* Translators: kind of document, then a date. */
  return g_strdup_printf (_ ("%s du %s, déjà dans le dossier"),
                          _ (dmp_note_draft_get_note_type (draft)->label), day != NULL ? day : "?");
}

static void
refresh (DmpNoteVersion *self)
{
  DmpCdaDocument *before = dmp_note_draft_get_before (self->draft);
  g_autofree char *title = before != NULL ? dup_title (self->draft, before) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), before != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title != NULL ? title : "");
  gtk_switch_set_active (self->replace, dmp_note_draft_get_replaces (self->draft));
}

static char *
dup_left (GPtrArray *left)
{
  GString *text = g_string_new (_ ("Non repris, à vérifier dans la version précédente : "));

  for (guint i = 0; i < MIN (left->len, MAX_LEFT); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (left, i));
  if (left->len > MAX_LEFT)
    g_string_append (text, "…");
  return g_string_free (text, FALSE);
}

static void
on_take (DmpNoteVersion *self)
{
  g_autoptr (GPtrArray) left = dmp_note_draft_continue (self->draft);
  g_autofree char *text =
      left->len > 0 ? dup_left (left) : g_strdup (_ ("Repris : chaque ligne est à confirmer."));

  gtk_widget_child_focus (gtk_widget_get_parent (GTK_WIDGET (self)), GTK_DIR_TAB_FORWARD);
  gtk_widget_set_visible (self->take, FALSE); /* once */
  adw_action_row_set_subtitle (self->row, text);
}

static void
on_replace (DmpNoteVersion *self)
{
  gboolean replaces = gtk_switch_get_active (self->replace);

  dmp_note_draft_set_replaces (self->draft, replaces);
  adw_action_row_set_subtitle (self->replace_row,
                               replaces ? _ ("L’ancienne reste lisible, comme version précédente.")
                                        : _ ("Les deux seront en vigueur dans le dossier."));
}

static void
dmp_note_version_dispose (GObject *object)
{
  g_clear_object (&DMP_NOTE_VERSION (object)->draft);

  G_OBJECT_CLASS (dmp_note_version_parent_class)->dispose (object);
}

static void
dmp_note_version_class_init (DmpNoteVersionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_note_version_dispose;
}

static GtkWidget *
new_take (DmpNoteVersion *self)
{
  self->take = gtk_button_new_with_label (_ ("Reprendre"));
  gtk_widget_set_valign (self->take, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->take, _ ("Reprendre son contenu"));
  g_signal_connect_swapped (self->take, "clicked", G_CALLBACK (on_take), self);
  return self->take;
}

static void
dmp_note_version_init (DmpNoteVersion *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *replace = adw_action_row_new ();
  GtkWidget *button = gtk_switch_new ();

  self->row = ADW_ACTION_ROW (row);
  self->replace_row = ADW_ACTION_ROW (replace);
  self->replace = GTK_SWITCH (button);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (replace),
                                 _ ("La nouvelle version remplace l’ancienne"));
  adw_action_row_add_suffix (self->row, new_take (self));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->replace_row, button);
  adw_action_row_set_activatable_widget (self->replace_row, button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), replace);
  g_signal_connect_swapped (button, "notify::active", G_CALLBACK (on_replace), self);
  adw_bin_set_child (ADW_BIN (self), group);
}

GtkWidget *
dmp_note_version_new (DmpNoteDraft *draft)
{
  DmpNoteVersion *self = g_object_new (DMP_TYPE_NOTE_VERSION, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  on_replace (self);
  return GTK_WIDGET (self);
}
