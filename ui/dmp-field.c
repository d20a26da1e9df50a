#include "config.h"

#include "dmp-field.h"

void
dmp_field_clear (GtkEditable *field)
{
  g_return_if_fail (GTK_IS_EDITABLE (field));

  gtk_editable_set_text (field, "");
  gtk_editable_set_enable_undo (field, FALSE); /* forgets the history */
  gtk_editable_set_enable_undo (field, TRUE);
}

static void
tell_choice (GtkDropDown *choice)
{
  GObject *item = gtk_drop_down_get_selected_item (choice);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (choice));

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      GTK_IS_STRING_OBJECT (item) ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : "",
      -1);
}

void
dmp_field_name_choice (GtkDropDown *choice, const char *name)
{
  GtkWidget *button;

  g_return_if_fail (GTK_IS_DROP_DOWN (choice));

  button = gtk_widget_get_first_child (GTK_WIDGET (choice));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (tell_choice), NULL);
  tell_choice (choice);
}
