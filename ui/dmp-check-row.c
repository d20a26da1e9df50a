#include "config.h"

#include "dmp-check-row.h"

#define LONG_WORD 32 /* characters: a sentence, wrapped */

struct _DmpCheckRow
{
  AdwActionRow parent_instance;

  GtkImage *shape;
  GtkLabel *word;
};

G_DEFINE_FINAL_TYPE (DmpCheckRow, dmp_check_row, ADW_TYPE_ACTION_ROW)

void
dmp_check_row_set (DmpCheckRow *self, DmpCheck check, const char *word)
{
  static const char *const icons[] = { "content-loading-symbolic", "object-select-symbolic",
                                       "ca-octo-symbolic" };
  static const char *const shapes[] = { "dim-label", "ca-ok", "ca-shape-red" };
  static const char *const words[] = { "dim-label", "dim-label", "ca-red" };
  const char *shape[] = { shapes[check], NULL };
  const char *style[] = { words[check], "ca-dense", check == DMP_CHECK_WRONG ? "ca-strong" : NULL,
                          NULL };

  g_return_if_fail (DMP_IS_CHECK_ROW (self));

  gtk_image_set_from_icon_name (self->shape, icons[check]);
  gtk_widget_set_css_classes (GTK_WIDGET (self->shape), shape);
  gtk_widget_set_css_classes (GTK_WIDGET (self->word), style);
  gtk_label_set_wrap (self->word, g_utf8_strlen (word, -1) > LONG_WORD);
  gtk_label_set_label (self->word, word);
}

static void
dmp_check_row_class_init (DmpCheckRowClass *klass)
{
}

static void
dmp_check_row_init (DmpCheckRow *self)
{
  self->shape = GTK_IMAGE (gtk_image_new ());
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->word, 1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->shape), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->shape));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->word));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}
