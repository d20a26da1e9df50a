#include "config.h"

#include "dmp-lines-private.h"

#include "dmp-tag.h"

#include <glib/gi18n.h>

/* How a thing to check looks and is called: one shape, one colour, one word a severity. */
static const struct
{
  const char *icon, *shape, *title, *words;
} looks[] = {
  [DMP_SEVERITY_RED] = { "ca-octo-symbolic", "ca-shape-red", "ca-red ca-strong ca-one-line",
                         N_ ("alerte rouge") },
  [DMP_SEVERITY_AMBER] = { "ca-triangle-symbolic", "ca-shape-amber",
                           "ca-amber ca-strong ca-one-line", N_ ("à vérifier") },
  [DMP_SEVERITY_QUIET] = { "ca-info-symbolic", "dim-label", "dim-label ca-one-line",
                           N_ ("à noter") },
};

/* @aside: (nullable): since when it is aside. */
static GtkWidget *
new_button (const DmpSummaryFlag *flag, const char *aside)
{
  const char *words = aside != NULL ? _ ("Remettre (Suppr)")
                                    : _ ("Mettre de côté jusqu’à la fermeture du dossier (Suppr)");
  GtkWidget *button = gtk_button_new_from_icon_name (aside != NULL ? "edit-undo-symbolic"
                                                                   : "window-close-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "ca-aside-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (button, FALSE); /* the row has the focus, and the key */
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", flag->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "summary.set-aside");

  return button;
}

static GtkWidget *
new_rule (const DmpSummaryFlag *flag)
{
  GtkWidget *rule = dmp_tag_new (NULL, flag->rule, NULL);
  g_autofree char *meaning = g_strdup_printf (
      _ ("Règle %s du résumé : sa raison s’ouvre au clavier avec le point d’interrogation"),
      flag->rule);

  dmp_explain (rule, meaning);

  return rule;
}

GtkWidget *
dmp_line_new_flag (DmpSummary *summary, const DmpSummaryFlag *flag, const char *aside)
{
  DmpSeverity look = aside != NULL ? DMP_SEVERITY_QUIET : flag->severity;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  GtkWidget *said = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7), *row;
  GtkWidget *image = gtk_image_new_from_icon_name (looks[flag->severity].icon);
  GtkWidget *text = dmp_text_new (flag->text, aside != NULL ? "dim-label" : NULL);
  guint n = flag->sources->len;
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u source", "%u sources", n), n);
  g_autofree char *since = aside != NULL ? g_strdup_printf (_ ("mis de côté à %s"), aside) : NULL;
  g_autofree char *words =
      g_strdup_printf ("%s, %s, %s, %s%s%s", _ (looks[flag->severity].words), flag->title,
                       flag->text, count, since != NULL ? ", " : "", since != NULL ? since : "");

  gtk_widget_add_css_class (image, looks[look].shape);
  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (said), dmp_text_new (flag->title, looks[look].title));
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (said), text);
  gtk_box_append (GTK_BOX (box), said);
  dmp_line_append_if (box, since, "ca-sub ca-one-line");
  gtk_box_append (GTK_BOX (box), dmp_line_new_sub (count));
  gtk_box_append (GTK_BOX (box), new_rule (flag));
  gtk_box_append (GTK_BOX (box), new_button (flag, aside));

  row = dmp_line_new_row (summary, NULL, flag, box, words);
  g_object_set_data (G_OBJECT (row), "said", said);
  return row;
}

void
dmp_flag_line_set_stacked (GtkWidget *row, gboolean stacked)
{
  GtkOrientable *said = g_object_get_data (G_OBJECT (row), "said");

  gtk_orientable_set_orientation (said,
                                  stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (said), stacked ? 0 : 7);
}
