#include "config.h"

#include "dmp-document-chips.h"

#include "dmp-document-kind.h"

#include <glib/gi18n.h>

#define KIND "kind"

struct _DmpDocumentChips
{
  GtkToggleButton *states[DMP_N_CHIPS];
  GtkWidget *kinds[DMP_N_KINDS + 1]; /* 0: all */
  GtkFilter *filter;
  int kind; /* -1: all */
};

static void
on_kind_toggled (GtkToggleButton *button, DmpDocumentChips *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->kind = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), KIND));
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

DmpDocumentChips *
dmp_document_chips_new (GtkBox *kinds, GtkToggleButton *const *states, GtkFilter *filter)
{
  DmpDocumentChips *self = g_new0 (DmpDocumentChips, 1);

  self->filter = filter;
  self->kind = -1;
  for (int i = 0; i < DMP_N_CHIPS; i++)
    self->states[i] = states[i];
  for (int i = 0; i <= DMP_N_KINDS; i++)
    {
      GtkWidget *chip = gtk_toggle_button_new ();

      gtk_widget_add_css_class (chip, "ca-chip");
      g_object_set_data (G_OBJECT (chip), KIND, GINT_TO_POINTER (i - 1));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (self->kinds[0]));
      self->kinds[i] = chip;
      gtk_box_append (kinds, chip);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->kinds[0]), TRUE);
  for (int i = 0; i <= DMP_N_KINDS; i++)
    g_signal_connect (self->kinds[i], "toggled", G_CALLBACK (on_kind_toggled), self);

  return self;
}

void
dmp_document_chips_free (DmpDocumentChips *self)
{
  for (int i = 0; i <= DMP_N_KINDS; i++)
    g_signal_handlers_disconnect_by_data (self->kinds[i], self);
  g_free (self);
}

static gboolean
shows (DmpDocumentChips *self, DmpDocumentChip chip)
{
  return gtk_toggle_button_get_active (self->states[chip]);
}

gboolean
dmp_document_chips_match (DmpDocumentChips *self, DmpDocumentEntry *entry)
{
  const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
  gboolean masked = (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS) != 0;

  if (dmp_document_entry_is_signature (entry) ||
      (self->kind >= 0 && dmp_document_kind_of (entry) != (DmpDocumentKind) self->kind))
    return FALSE;

  return (fields->status != DMP_STATUS_ARCHIVED || shows (self, DMP_CHIP_ARCHIVED)) &&
         (fields->status != DMP_STATUS_DEPRECATED || shows (self, DMP_CHIP_REPLACED)) &&
         (!masked || shows (self, DMP_CHIP_MASKED));
}

static void
set_chip (GtkWidget *button, const char *name, guint n, gboolean always)
{
  g_autofree char *label = g_strdup_printf ("%s %u", name, n);

  gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_widget_set_visible (button, n > 0 || always);
}

void
dmp_document_chips_count (DmpDocumentChips *self, GListModel *documents)
{
  guint kinds[DMP_N_KINDS] = { 0 }, states[DMP_N_CHIPS] = { 0 }, all = 0;
  const char *names[DMP_N_CHIPS] = { _ ("Masqués"), _ ("Archivés"), _ ("Versions remplacées") };
  guint n = documents != NULL ? g_list_model_get_n_items (documents) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (documents, i);
      const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);

      if (dmp_document_entry_is_signature (entry))
        continue;
      states[DMP_CHIP_ARCHIVED] += fields->status == DMP_STATUS_ARCHIVED;
      states[DMP_CHIP_REPLACED] += fields->status == DMP_STATUS_DEPRECATED;
      states[DMP_CHIP_MASKED] +=
          (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS) != 0;
      if (fields->status == DMP_STATUS_ARCHIVED || fields->status == DMP_STATUS_DEPRECATED)
        continue;
      kinds[dmp_document_kind_of (entry)]++;
      all++;
    }
  set_chip (self->kinds[0], _ ("Tous"), all, TRUE);
  for (int i = 0; i < DMP_N_KINDS; i++)
    set_chip (self->kinds[i + 1], dmp_document_kind_get_label (i), kinds[i], TRUE);
  for (int i = 0; i < DMP_N_CHIPS; i++)
    set_chip (GTK_WIDGET (self->states[i]), names[i], states[i], FALSE);
}

void
dmp_document_chips_reset (DmpDocumentChips *self, gboolean everything)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->kinds[0]), TRUE);
  for (int i = 0; i < DMP_N_CHIPS; i++)
    gtk_toggle_button_set_active (self->states[i], everything || i == DMP_CHIP_MASKED);
}
