#include "config.h"

#include "dmp-place-page.h"

#include <glib/gi18n.h>

struct _DmpPlacePage
{
  AdwBin parent_instance;

  GtkListBox *list;
  GtkButton *button;
  DmpSituation *choice;
};

G_DEFINE_FINAL_TYPE (DmpPlacePage, dmp_place_page, ADW_TYPE_BIN)

static void
on_toggled (GtkCheckButton *check, DmpPlacePage *self)
{
  if (gtk_check_button_get_active (check))
    g_set_object (&self->choice, g_object_get_data (G_OBJECT (check), "situation"));
}

/* TRE_R02: only the first letters matter to the person. */
static const char *
sector_name (const char *sector)
{
  if (sector == NULL)
    return NULL;
  if (g_str_has_prefix (sector, "SA07") || g_str_has_prefix (sector, "SA08"))
    return _ ("Cabinet libéral");
  if (g_str_has_prefix (sector, "SA33"))
    return _ ("Officine");
  if (g_str_has_prefix (sector, "SA0"))
    return _ ("Établissement de santé");
  return NULL;
}

static GtkWidget *
new_row (DmpPlacePage *self, DmpSituation *situation, GtkCheckButton *group)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  const char *sector = sector_name (dmp_situation_get_sector (situation));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dmp_situation_get_name (situation));
  if (sector != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sector);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), group);
  g_object_set_data_full (G_OBJECT (check), "situation", g_object_ref (situation), g_object_unref);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dmp_situation_get_name (situation), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "check", check);

  return row;
}

void
dmp_place_page_set_situations (DmpPlacePage *self, GListModel *situations)
{
  GtkWidget *row;
  GtkCheckButton *group = NULL;
  guint n = situations != NULL ? g_list_model_get_n_items (situations) : 0;

  g_return_if_fail (DMP_IS_PLACE_PAGE (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_clear_object (&self->choice);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpSituation) situation = g_list_model_get_item (situations, i);

      row = new_row (self, situation, group);
      gtk_list_box_append (self->list, row);
      if (group == NULL)
        {
          group = g_object_get_data (G_OBJECT (row), "check");
          gtk_check_button_set_active (group, TRUE);
        }
    }
}

DmpSituation *
dmp_place_page_get_choice (DmpPlacePage *self)
{
  g_return_val_if_fail (DMP_IS_PLACE_PAGE (self), NULL);

  return self->choice;
}

void
dmp_place_page_focus (DmpPlacePage *self)
{
  g_return_if_fail (DMP_IS_PLACE_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

static void
dmp_place_page_dispose (GObject *object)
{
  g_clear_object (&DMP_PLACE_PAGE (object)->choice);

  G_OBJECT_CLASS (dmp_place_page_parent_class)->dispose (object);
}

static void
dmp_place_page_class_init (DmpPlacePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_place_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-place-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpPlacePage, list);
  gtk_widget_class_bind_template_child (widget_class, DmpPlacePage, button);
}

static void
dmp_place_page_init (DmpPlacePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
