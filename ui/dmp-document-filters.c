#include "config.h"

#include "dmp-document-filters.h"

#include "dmp-field.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

struct _DmpDocumentFilters
{
  GtkBox parent_instance;

  GtkWidget *period;
  GtkWidget *author;
  char *since;         /* (nullable): "yyyyMMdd" */
  GHashTable *authors; /* entry → its author's name: made once */
  gboolean quiet;      /* being filled */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpDocumentFilters, dmp_document_filters, GTK_TYPE_BOX)

/* Months back, by rank in the list of periods; 0: no limit. */
static const int months[] = { 0, 1, 6, 12, 24, 60 };

static const char *
get_author (DmpDocumentFilters *self, DmpDocumentEntry *entry)
{
  char *name = g_hash_table_lookup (self->authors, entry);

  if (name == NULL)
    {
      name = dmp_document_entry_dup_author (entry);
      g_hash_table_insert (self->authors, g_object_ref (entry), name);
    }

  return name;
}

gboolean
dmp_document_filters_match (DmpDocumentFilters *self, DmpDocumentEntry *entry)
{
  guint author;
  const char *date;

  g_return_val_if_fail (DMP_IS_DOCUMENT_FILTERS (self), TRUE);

  date = dmp_document_entry_get_date (entry);
  if (self->since != NULL && date != NULL && dmp_date_compare (date, self->since) < 0)
    return FALSE;
  author = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->author));
  if (author == 0 || author == GTK_INVALID_LIST_POSITION)
    return TRUE;

  return g_str_equal (get_author (self, entry),
                      gtk_string_object_get_string (
                          gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->author))));
}

typedef struct
{
  const char *name;
  guint n;
} Count;

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const Count *first = a, *second = b;

  return first->n != second->n ? (first->n < second->n ? 1 : -1)
                               : g_utf8_collate (first->name, second->name);
}

static GArray *
count_authors (DmpDocumentFilters *self, GListModel *documents)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (Count));
  guint n = documents != NULL ? g_list_model_get_n_items (documents) : 0;
  GHashTableIter iter;
  gpointer name, count;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (documents, i);
      const char *author = get_author (self, entry);

      count = g_hash_table_lookup (counts, author);
      g_hash_table_insert (counts, (gpointer) author,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, &count))
    {
      Count one = { name, GPOINTER_TO_UINT (count) };

      if (*one.name != '\0')
        g_array_append_val (sorted, one);
    }
  g_array_sort (sorted, compare_counts);

  return sorted;
}

void
dmp_document_filters_set_documents (DmpDocumentFilters *self, GListModel *documents)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GArray) counts = NULL;
  g_autofree char *chosen = NULL;
  guint at = 0;

  g_return_if_fail (DMP_IS_DOCUMENT_FILTERS (self));

  if (gtk_drop_down_get_selected (GTK_DROP_DOWN (self->author)) > 0)
    chosen = g_strdup (gtk_string_object_get_string (
        gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->author))));
  g_hash_table_remove_all (self->authors);
  counts = count_authors (self, documents);
  gtk_string_list_append (names, _ ("Tous les auteurs"));
  for (guint i = 0; i < counts->len; i++)
    {
      const char *name = g_array_index (counts, Count, i).name;

      gtk_string_list_append (names, name);
      if (g_strcmp0 (name, chosen) == 0)
        at = i + 1;
    }
  self->quiet = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->author), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->author), at);
  self->quiet = FALSE;
}

void
dmp_document_filters_reset (DmpDocumentFilters *self)
{
  g_return_if_fail (DMP_IS_DOCUMENT_FILTERS (self));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->period), 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->author), 0);
}

static void
on_author (DmpDocumentFilters *self)
{
  if (!self->quiet)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_period (DmpDocumentFilters *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->period));
  int back = at < G_N_ELEMENTS (months) ? months[at] : 0;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) since = g_date_time_add_months (now, -back);

  g_clear_pointer (&self->since, g_free);
  if (back > 0)
    self->since = g_date_time_format (since, "%Y%m%d");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
dmp_document_filters_finalize (GObject *object)
{
  DmpDocumentFilters *self = DMP_DOCUMENT_FILTERS (object);

  g_free (self->since);
  g_hash_table_unref (self->authors);

  G_OBJECT_CLASS (dmp_document_filters_parent_class)->finalize (object);
}

static void
dmp_document_filters_class_init (DmpDocumentFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_document_filters_finalize;
  signals[CHANGED] = g_signal_new ("changed", DMP_TYPE_DOCUMENT_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_choice (DmpDocumentFilters *self, const char *const *choices, const char *name)
{
  GtkWidget *drop = gtk_drop_down_new_from_strings (choices);

  gtk_widget_set_tooltip_text (drop, name);
  dmp_field_name_choice (GTK_DROP_DOWN (drop), name);
  gtk_widget_add_css_class (drop, "ca-dense");
  gtk_box_append (GTK_BOX (self), drop);

  return drop;
}

static void
dmp_document_filters_init (DmpDocumentFilters *self)
{
  const char *periods[] = {
    _ ("Toutes les dates"), _ ("30 jours"), _ ("6 mois"), _ ("1 an"), _ ("2 ans"), _ ("5 ans"), NULL
  };
  const char *authors[] = { _ ("Tous les auteurs"), NULL };

  self->authors = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) g_object_unref, g_free);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->period = add_choice (self, periods, _ ("Période"));
  self->author = add_choice (self, authors, _ ("Auteur"));
  g_signal_connect_swapped (self->period, "notify::selected", G_CALLBACK (on_period), self);
  g_signal_connect_swapped (self->author, "notify::selected", G_CALLBACK (on_author), self);
}
