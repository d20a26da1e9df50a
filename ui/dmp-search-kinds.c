#include "config.h"

#include "dmp-search-kinds.h"

#include "dmp-search-row.h"
#include "dmp-tag.h"

#include <glib/gi18n.h>

#define ALL DMP_SEARCH_N_GROUPS

struct _DmpSearchKinds
{
  GtkBox parent_instance;

  GtkToggleButton *buttons[DMP_SEARCH_N_GROUPS + 1]; /* the last one: all */
  GtkWidget *counts[DMP_SEARCH_N_GROUPS + 1];
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpSearchKinds, dmp_search_kinds, GTK_TYPE_BOX)

void
dmp_search_kinds_set_results (DmpSearchKinds *self, const DmpSearchResults *results)
{
  g_return_if_fail (DMP_IS_SEARCH_KINDS (self));

  for (guint i = 0; i <= ALL; i++)
    {
      g_autofree char *count = g_strdup_printf ("%u", dmp_search_count_found (results, i));

      gtk_label_set_label (GTK_LABEL (self->counts[i]), count);
      gtk_widget_set_visible (self->counts[i], results != NULL);
    }
}

guint
dmp_search_kinds_get (DmpSearchKinds *self)
{
  g_return_val_if_fail (DMP_IS_SEARCH_KINDS (self), ALL);

  for (guint i = 0; i < ALL; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return i;

  return ALL;
}

void
dmp_search_kinds_choose (DmpSearchKinds *self, guint kind)
{
  g_return_if_fail (DMP_IS_SEARCH_KINDS (self));
  g_return_if_fail (kind <= ALL);

  gtk_toggle_button_set_active (self->buttons[kind], TRUE);
}

void
dmp_search_kinds_reset (DmpSearchKinds *self)
{
  g_return_if_fail (DMP_IS_SEARCH_KINDS (self));

  gtk_toggle_button_set_active (self->buttons[ALL], TRUE);
}

static void
on_toggled (DmpSearchKinds *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
add (DmpSearchKinds *self, guint kind, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->buttons[kind] = GTK_TOGGLE_BUTTON (button);
  self->counts[kind] = dmp_text_new (NULL, "ca-count ca-one-line");
  gtk_box_append (GTK_BOX (box), dmp_text_new (name, "ca-one-line"));
  gtk_box_append (GTK_BOX (box), self->counts[kind]);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "ca-chip");
  if (kind == ALL)
    gtk_toggle_button_set_active (self->buttons[kind], TRUE);
  else
    gtk_toggle_button_set_group (self->buttons[kind], self->buttons[ALL]);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (GTK_BOX (self), button);
}

static void
dmp_search_kinds_class_init (DmpSearchKindsClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", DMP_TYPE_SEARCH_KINDS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
dmp_search_kinds_init (DmpSearchKinds *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  add (self, ALL, _ ("Tout"));
  add (self, DMP_SEARCH_VALUES, _ ("Résultats chiffrés"));
  add (self, DMP_SEARCH_TREATMENTS, _ ("Traitements"));
  add (self, DMP_SEARCH_TEXTS, _ ("Texte"));
}
