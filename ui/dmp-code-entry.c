#include "config.h"

#include "dmp-code-entry.h"

#include "model/dmp-code-search.h"
#include "model/dmp-oid.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_FOUND 6

struct _DmpCodeEntry
{
  GtkBox parent_instance;

  GtkEntry *entry;
  GtkListBox *found;
  GtkLabel *hint;
  DmpCodeTable tables[2];
  guint n_tables;
  gboolean free_text;
  DmpCode *code; /* (nullable) */
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (DmpCodeEntry, dmp_code_entry, GTK_TYPE_BOX)

static guint changed_signal;

static const char *
system_name (const char *oid)
{
  static const char *const names[][2] = { { DMP_OID_CIM10, "CIM-10" },
                                          { DMP_OID_CIS, "CIS" },
                                          { DMP_OID_CCAM_BODY, "CCAM" },
                                          { DMP_OID_EDQM, "EDQM" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (oid, names[i][0]) == 0)
      return names[i][1];
  return "";
}

static void
show_hint (DmpCodeEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *known = NULL;
  const char *hint = "";

  if (self->code != NULL)
    hint = known =
        g_strdup_printf (_ ("Codé : %s %s"), system_name (dmp_code_get_system (self->code)),
                         dmp_code_get_code (self->code));
  else if (*text != '\0')
    hint = self->free_text ? _ ("Sans code : sera écrit en toutes lettres.")
                           : _ ("Choisissez une ligne de la liste.");
  gtk_label_set_label (self->hint, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *hint != '\0');
}

static void
clear_found (DmpCodeEntry *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->found))) != NULL)
    gtk_list_box_remove (self->found, row);
  gtk_widget_set_visible (GTK_WIDGET (self->found), FALSE);
}

static void
add_found (DmpCodeEntry *self, const DmpCodeRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (row->label);
  GtkWidget *code = gtk_label_new (row->code);
  GtkWidget *item = gtk_list_box_row_new ();
  g_autofree char *name = g_strjoin (", ", row->label, row->code, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (code, "dim-label");
  gtk_widget_add_css_class (code, "ca-dense");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), code);
  gtk_widget_add_css_class (box, "ca-check-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (item), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (item), "row", (gpointer) row);
  gtk_list_box_append (self->found, item);
}

static void
search (DmpCodeEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GPtrArray) rows = NULL;

  clear_found (self);
  if (*text == '\0')
    return;
  rows = dmp_code_search (self->tables, self->n_tables, text, MAX_FOUND);
  for (guint i = 0; i < rows->len; i++)
    add_found (self, g_ptr_array_index (rows, i));
  gtk_widget_set_visible (GTK_WIDGET (self->found), rows->len > 0);
}

static void
on_text (DmpCodeEntry *self)
{
  if (self->setting)
    return;
  g_clear_object (&self->code);
  search (self);
  show_hint (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
choose (DmpCodeEntry *self, GtkListBoxRow *item)
{
  const DmpCodeRow *row = item != NULL ? g_object_get_data (G_OBJECT (item), "row") : NULL;
  g_autoptr (DmpCode) code = NULL;

  if (row == NULL)
    return;
  code = dmp_code_new (row->code, row->system, row->label);
  dmp_code_entry_set (self, row->label, code);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_row (DmpCodeEntry *self, GtkListBoxRow *item)
{
  choose (self, item);
}

static void
on_enter (DmpCodeEntry *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->found)))
    choose (self, gtk_list_box_get_row_at_index (self->found, 0));
}

static gboolean
on_key (DmpCodeEntry *self, guint key)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->found, 0);

  if (key == GDK_KEY_Down && first != NULL && gtk_widget_get_visible (GTK_WIDGET (self->found)))
    return gtk_widget_grab_focus (GTK_WIDGET (first));
  return FALSE;
}

void
dmp_code_entry_set (DmpCodeEntry *self, const char *text, DmpCode *code)
{
  g_return_if_fail (DMP_IS_CODE_ENTRY (self));

  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  self->setting = FALSE;
  g_set_object (&self->code, code);
  clear_found (self);
  show_hint (self);
}

const char *
dmp_code_entry_get_text (DmpCodeEntry *self)
{
  g_return_val_if_fail (DMP_IS_CODE_ENTRY (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

DmpCode *
dmp_code_entry_get_code (DmpCodeEntry *self)
{
  g_return_val_if_fail (DMP_IS_CODE_ENTRY (self), NULL);

  return self->code;
}

static gboolean
dmp_code_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DMP_CODE_ENTRY (widget)->entry));
}

static void
dmp_code_entry_dispose (GObject *object)
{
  g_clear_object (&DMP_CODE_ENTRY (object)->code);

  G_OBJECT_CLASS (dmp_code_entry_parent_class)->dispose (object);
}

static void
dmp_code_entry_class_init (DmpCodeEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_code_entry_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = dmp_code_entry_grab_focus;
  changed_signal = g_signal_new ("changed", DMP_TYPE_CODE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
dmp_code_entry_init (DmpCodeEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  self->entry = GTK_ENTRY (gtk_entry_new ());
  self->found = GTK_LIST_BOX (gtk_list_box_new ());
  self->hint = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->hint, 0);
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "ca-caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->found), "boxed-list");
  gtk_list_box_set_selection_mode (self->found, GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->found), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Propositions"), -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->hint));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->found));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_text), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (self->found, "row-activated", G_CALLBACK (on_row), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  clear_found (self);
  show_hint (self);
}

GtkWidget *
dmp_code_entry_new (const DmpCodeTable *tables, guint n, gboolean free_text, const char *label)
{
  DmpCodeEntry *self = g_object_new (DMP_TYPE_CODE_ENTRY, NULL);

  g_return_val_if_fail (n <= G_N_ELEMENTS (self->tables), NULL);

  memcpy (self->tables, tables, n * sizeof *tables);
  self->n_tables = n;
  self->free_text = free_text;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  return GTK_WIDGET (self);
}
