#include "config.h"

#include "dmp-check-row.h"

#define LONG_WORD 32 /* characters: a sentence, below the name */

struct _DmpCheckRow
{
  AdwActionRow parent_instance;

  GtkImage *shape;
  GtkLabel *word;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (DmpCheckRow, dmp_check_row, ADW_TYPE_ACTION_ROW)

static guint repair_signal;

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
  gboolean sentence = g_utf8_strlen (word, -1) > LONG_WORD;

  g_return_if_fail (DMP_IS_CHECK_ROW (self));

  gtk_image_set_from_icon_name (self->shape, icons[check]);
  gtk_widget_set_css_classes (GTK_WIDGET (self->shape), shape);
  gtk_widget_set_css_classes (GTK_WIDGET (self->word), style);
  gtk_widget_set_visible (GTK_WIDGET (self->word), !sentence);
  gtk_label_set_label (self->word, sentence ? "" : word);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), sentence ? word : "");
  if (sentence && check == DMP_CHECK_WRONG)
    gtk_widget_add_css_class (GTK_WIDGET (self), "ca-wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "ca-wrong");
}

void
dmp_check_row_offer (DmpCheckRow *self, const char *label)
{
  g_return_if_fail (DMP_IS_CHECK_ROW (self));

  gtk_button_set_label (self->button, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
}

static void
on_clicked (DmpCheckRow *self)
{
  g_signal_emit (self, repair_signal, 0);
}

static void
dmp_check_row_class_init (DmpCheckRowClass *klass)
{
  repair_signal = g_signal_new ("repair", DMP_TYPE_CHECK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
dmp_check_row_init (DmpCheckRow *self)
{
  self->shape = GTK_IMAGE (gtk_image_new ());
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->word, 1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->shape), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->shape));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->word));
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->button), FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}
