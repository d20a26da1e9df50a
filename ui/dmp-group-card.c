#include "config.h"

#include "dmp-group-card.h"

#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

struct _DmpGroupCard
{
  GtkBox parent_instance;

  GtkWidget *list;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpGroupCard, dmp_group_card, GTK_TYPE_BOX)

#define ID "unique-id"
#define MAX_ROWS 3 /* of the same episode: the preview needs its room */

char *
dmp_group_dup_badge (DmpDocumentGroups *groups, const char *unique_id, DmpGroupKind kind)
{
  GPtrArray *behind = groups != NULL ? dmp_document_groups_get (groups, unique_id, kind) : NULL;
  guint n = behind != NULL ? behind->len : 0;

  if (n == 0)
    return NULL;
  if (kind == DMP_GROUP_FORMAT)
    return g_strdup_printf (_ ("%u formats"), n + 1);
  if (kind == DMP_GROUP_COPY)
    return g_strdup_printf (_ ("%u envois regroupés"), n + 1);

  return g_strdup_printf (g_dngettext (NULL, "remplace %u version", "remplace %u versions", n), n);
}

static const char *
explain (DmpGroupKind kind)
{
  const char *words[] = { [DMP_GROUP_FORMAT] =
                              _ ("données structurées et fichier, même compte rendu"),
                          [DMP_GROUP_COPY] = _ ("même contenu, envoyé plusieurs fois"),
                          [DMP_GROUP_VERSION] = _ ("seule la dernière version est dans la liste") };

  return words[kind];
}

static GtkWidget *
new_row (DmpGroupCard *self, const char *title, const char *detail)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "ca-check-row");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), dmp_text_new (title, "ca-dense"));
  gtk_box_append (GTK_BOX (words), dmp_text_new (detail, "dim-label ca-caption"));
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);

  return row;
}

static void
add_button (GtkWidget *row, gboolean apart)
{
  GtkWidget *button = gtk_button_new_with_label (apart ? _ ("Regrouper") : _ ("Séparer"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.separate");
  gtk_widget_set_tooltip_text (button, _ ("Ctrl+D"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), button);
}

static void
add_groups (DmpGroupCard *self, DmpDocumentGroups *groups, const char *unique_id)
{
  gboolean apart = dmp_document_groups_is_apart (groups, unique_id);
  gboolean offered = FALSE;

  for (DmpGroupKind kind = 0; kind < DMP_GROUP_N_KINDS; kind++)
    {
      g_autofree char *badge = dmp_group_dup_badge (groups, unique_id, kind);
      GtkWidget *row = badge != NULL ? new_row (self, badge, explain (kind)) : NULL;

      if (row != NULL && !offered)
        add_button (row, FALSE);
      offered |= row != NULL;
    }
  if (apart)
    add_button (
        new_row (self, _ ("Documents séparés"), _ ("à votre demande, pour ce dossier ouvert")),
        TRUE);
}

static void
add_episode (DmpGroupCard *self, DmpDocumentGroups *groups, const char *unique_id)
{
  g_autoptr (GPtrArray) episode = dmp_document_groups_dup_episode (groups, unique_id);

  for (guint i = 0; i < MIN (episode->len, MAX_ROWS); i++)
    {
      DmpDocumentEntry *entry = g_ptr_array_index (episode, i);
      const char *id = dmp_document_entry_get_unique_id (entry);
      const char *title = dmp_document_groups_get_title (groups, id);
      const char *stamp = dmp_document_entry_get_date (entry);
      g_autofree char *date = stamp != NULL ? dmp_date_dup_display (stamp, TRUE, FALSE) : NULL;
      g_autofree char *detail =
          g_strdup_printf (_ ("même épisode · %s"), date != NULL ? date : "?");
      GtkWidget *row;

      if (title == NULL)
        title = dmp_document_entry_get_title (entry);
      row = new_row (self, title != NULL ? title : _ ("Document sans titre"), detail);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), ID, g_strdup (id), g_free);
    }
}

void
dmp_group_card_set (DmpGroupCard *self, DmpDocumentGroups *groups, const char *unique_id)
{
  GtkWidget *row;

  g_return_if_fail (DMP_IS_GROUP_CARD (self));

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  if (groups != NULL && unique_id != NULL)
    {
      add_groups (self, groups, unique_id);
      add_episode (self, groups, unique_id);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->list) != NULL);
}

static void
on_row (DmpGroupCard *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), ID));
}

static void
dmp_group_card_class_init (DmpGroupCardClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", DMP_TYPE_GROUP_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dmp_group_card_init (DmpGroupCard *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Documents regroupés et du même épisode"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row), self);
  gtk_widget_set_hexpand (self->list, TRUE);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 16);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 16);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 8);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_box_append (GTK_BOX (self), self->list);
}
