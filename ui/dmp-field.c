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
