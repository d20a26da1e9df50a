#include "config.h"

#include "dmp-why.h"

#include "dmp-lines.h"
#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

#define MAX_SOURCES 12

static void
add_rule (GtkBox *box, const char *id, const char *inputs)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *text = dmp_summary_get_rule_text (id);

  gtk_box_append (GTK_BOX (row), dmp_tag_new (NULL, id, NULL));
  gtk_box_append (GTK_BOX (row), dmp_text_new (text != NULL ? text : "", "ca-dense"));
  gtk_box_append (box, row);
  if (inputs != NULL)
    gtk_box_append (box, dmp_text_new (inputs, "dim-label ca-dense"));
}

static void
add_source (GtkBox *box, const DmpSummarySource *source)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *date =
      source->date != NULL ? dmp_date_dup_display (source->date, FALSE, FALSE) : NULL;

  gtk_box_append (GTK_BOX (row), dmp_tag_new_trust (source->trust));
  gtk_box_append (GTK_BOX (row), dmp_text_new (date != NULL ? date : "", "dim-label ca-dense"));
  gtk_box_append (GTK_BOX (row),
                  dmp_text_new (source->title != NULL ? source->title : "", "ca-dense"));
  gtk_box_append (GTK_BOX (row), dmp_text_new (source->author != NULL ? source->author : "",
                                               "dim-label ca-dense"));
  gtk_box_append (box, row);
}

static void
add_sources (GtkBox *box, const GPtrArray *sources)
{
  g_autofree char *title =
      g_strdup_printf (g_dngettext (NULL, "%u source", "%u sources", sources->len), sources->len);
  g_autofree char *rest = NULL;

  gtk_box_append (box, dmp_text_new (title, "heading"));
  for (guint i = 0; i < MIN (sources->len, MAX_SOURCES); i++)
    add_source (box, g_ptr_array_index (sources, i));
  if (sources->len > MAX_SOURCES)
    {
      rest = g_strdup_printf (g_dngettext (NULL, "et %u plus ancienne", "et %u plus anciennes",
                                           sources->len - MAX_SOURCES),
                              sources->len - MAX_SOURCES);
      gtk_box_append (box, dmp_text_new (rest, "dim-label ca-dense"));
    }
}

/* Ctrl+D for who works with the mouse. */
static void
add_parting (GtkBox *box, DmpLineParting parting)
{
  GtkWidget *button;

  if (parting == DMP_LINE_CANNOT_PART)
    return;
  button = gtk_button_new_with_label (parting == DMP_LINE_CAN_PART
                                          ? _ ("Séparer : une ligne par document (Ctrl+D)")
                                          : _ ("Regrouper ce qui a été séparé (Ctrl+D)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.separate");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (box, button);
}

GtkWidget *
dmp_why_new (GtkWidget *row)
{
  const DmpSummaryLine *line = dmp_line_get_line (row);
  const DmpSummaryFlag *flag = dmp_line_get_flag (row);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_set_size_request (box, 420, -1);
  gtk_box_append (GTK_BOX (box),
                  dmp_text_new (line != NULL ? line->text : flag->title, "ca-title-4"));
  gtk_box_append (GTK_BOX (box), dmp_text_new (_ ("Règles appliquées"), "heading"));
  if (flag != NULL)
    add_rule (GTK_BOX (box), flag->rule, NULL);
  for (guint i = 0; line != NULL && i < line->why->len; i++)
    {
      const DmpSummaryWhy *why = g_ptr_array_index (line->why, i);

      add_rule (GTK_BOX (box), why->rule, why->inputs);
    }
  add_sources (GTK_BOX (box), dmp_line_get_sources (row));
  if (line != NULL)
    add_parting (GTK_BOX (box), dmp_line_get_parting (line));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);

  return popover;
}
