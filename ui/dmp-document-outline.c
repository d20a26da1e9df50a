#include "config.h"

#include "dmp-document-outline.h"

#include "cda/dmp-cda-facts.h"
#include "dmp-tag.h"

#include <glib/gi18n.h>

#define BLOCK "block"

guint
dmp_document_outline_get_block (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), BLOCK));
}

static void
add_row (GtkListBox *list, const char *title, const char *note, guint level, guint block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = dmp_text_new (title, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *name = g_strjoin (", ", title, note, NULL);

  gtk_widget_set_margin_start (label, 12 * (int) level);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (note != NULL)
    {
      GtkWidget *count = dmp_text_new (note, "dim-label ca-caption");

      gtk_label_set_wrap (GTK_LABEL (count), FALSE);
      gtk_box_append (GTK_BOX (box), count);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), BLOCK, GUINT_TO_POINTER (block));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (list, row);
}

/* Flags that say no more than that the value is as it should be, or that there is none. */
static gboolean
is_abnormal (const DmpFact *fact)
{
  static const char *const normal[] = { "", "N", "NEG", "IND", "S" };

  if (fact->kind != DMP_FACT_RESULT || fact->value == NULL || fact->value->flag == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (normal); i++)
    if (g_str_equal (fact->value->flag, normal[i]))
      return FALSE;

  return TRUE;
}

/* How many results of each section its author flags. Returns: (transfer full): by section */
static guint *
count_abnormal (DmpCdaDocument *document)
{
  GPtrArray *sections = dmp_cda_document_get_sections (document);
  GPtrArray *blocks = dmp_cda_document_get_blocks (document);
  GPtrArray *facts = dmp_cda_document_get_facts (document);
  guint *counts = g_new0 (guint, sections->len);
  guint index;

  for (guint i = 0; i < facts->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (facts, i);

      if (is_abnormal (fact) && dmp_cda_document_find_place (document, fact->place, &index))
        counts[((DmpCdaBlock *) g_ptr_array_index (blocks, index))->section]++;
    }

  return counts;
}

gboolean
dmp_document_outline_fill (GtkListBox *list, DmpCdaDocument *document)
{
  GPtrArray *sections = document != NULL ? dmp_cda_document_get_sections (document) : NULL;
  g_autofree guint *abnormal = NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  if (sections == NULL || sections->len <= 2)
    return FALSE;
  abnormal = count_abnormal (document);
  add_row (list, _ ("En-tête"), NULL, 0, 0);
  for (guint i = 1; i < sections->len; i++)
    {
      const DmpCdaSection *section = g_ptr_array_index (sections, i);
      g_autofree char *note = NULL;

      if (abnormal[i] > 0)
        note = g_strdup_printf (g_dngettext (NULL, "%u signalé", "%u signalés", abnormal[i]),
                                abnormal[i]);
      if (*section->title != '\0')
        add_row (list, section->title, note, section->level - 1, section->first_block);
    }

  return TRUE;
}
