#include "config.h"

#include "dmp-send-types.h"

#include "model/dmp-code-table.h"

static int
compare_types (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (dmp_code_get_display (*(DmpCode *const *) a),
                         dmp_code_get_display (*(DmpCode *const *) b));
}

static void
setup_type (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer wrap)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap != NULL);
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           wrap != NULL ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_type (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer wrap)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (label), name);
  gtk_widget_set_tooltip_text (label, name);
}

static GtkListItemFactory *
new_type_factory (gboolean wrap)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_type), GINT_TO_POINTER (wrap));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_type), GINT_TO_POINTER (wrap));

  return factory;
}

/* All that a professional may send: types with a class, but not the patient's own. */
static GPtrArray *
new_types (void)
{
  const DmpCodeTableData *table = dmp_code_table_get (DMP_TABLE_TYPE);
  GPtrArray *types = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < table->n_rows; i++)
    {
      const DmpCodeRow *row = &table->rows[i];

      if (row->extra != NULL && row->label != NULL && !g_str_equal (row->extra, "90") &&
          !g_str_has_prefix (row->code, "DOCPAT"))
        g_ptr_array_add (types, dmp_code_new (row->code, row->system, row->label));
    }
  g_ptr_array_sort (types, compare_types);
  return types;
}

GPtrArray *
dmp_send_types_fill (GtkDropDown *drop_down)
{
  GPtrArray *types = new_types ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) button = new_type_factory (FALSE);
  g_autoptr (GtkListItemFactory) list = new_type_factory (TRUE);
  g_autoptr (GtkExpression) expression =
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  for (guint i = 0; i < types->len; i++)
    gtk_string_list_append (names, dmp_code_get_display (types->pdata[i]));
  gtk_drop_down_set_factory (drop_down, button);
  gtk_drop_down_set_list_factory (drop_down, list);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_expression (drop_down, expression);
  gtk_drop_down_set_enable_search (drop_down, TRUE);
  return types;
}

void
dmp_send_types_choose (GtkDropDown *drop_down, GPtrArray *types, DmpCode *type)
{
  for (guint i = 0; type != NULL && i < types->len; i++)
    if (dmp_code_equal (types->pdata[i], type))
      gtk_drop_down_set_selected (drop_down, i);
}

DmpCode *
dmp_send_types_get (GtkDropDown *drop_down, GPtrArray *types)
{
  guint at = gtk_drop_down_get_selected (drop_down);

  return at < types->len ? g_ptr_array_index (types, at) : NULL;
}
