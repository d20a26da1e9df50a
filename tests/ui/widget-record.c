#include "config.h"

/* The summary and the list of documents, with the chronic record of tests/records. */

#include "gallery.h"
#include "sample-record.h"

#include "ui/dmp-block.h"
#include "ui/dmp-documents-page.h"
#include "ui/dmp-frieze.h"
#include "ui/dmp-lines.h"
#include "model/dmp-date.h"
#include "ui/dmp-lists-window.h"
#include "ui/dmp-narrative.h"
#include "ui/dmp-summary-page.h"

#include <time.h>

#define MANY 3000

static SampleRecord *record;

static void
test_summary (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  const char *place = NULL, *source;

  if (!sample_record_needed (record))
    return;
  summary = sample_record_summarise (record, G_MAXUINT);
  dmp_summary_page_set_summary (page, summary);
  gallery_settle (window);
  dmp_summary_page_focus (page);
  source = dmp_summary_page_get_source (page, &place);
  g_assert_nonnull (source);
  g_assert_true (g_hash_table_contains (record->documents, source));
  gallery_take (window, "05-resume");
}

/* Every key leads to its block, and the focus follows its line when the summary changes. */
static void
test_keys (void)
{
  g_autoptr (DmpSummary) first = NULL, second = NULL;
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autofree char *id = NULL;

  if (!sample_record_needed (record))
    return;
  first = sample_record_summarise (record, G_MAXUINT);
  second = sample_record_summarise (record, G_MAXUINT);
  dmp_summary_page_set_summary (page, first);
  gallery_settle (window);
  for (guint i = 1; i <= 9; i++)
    g_assert_true (dmp_summary_page_focus_block (page, i));
  g_assert_true (dmp_summary_page_focus_block (page, 5));
  id = g_strdup (dmp_line_get_id (gtk_window_get_focus (window)));
  dmp_summary_page_set_summary (page, second);
  g_assert_cmpstr (dmp_line_get_id (gtk_window_get_focus (window)), ==, id);
  dmp_summary_page_cycle (page, 1);
  g_assert_cmpstr (dmp_line_get_id (gtk_window_get_focus (window)), !=, id);
  gallery_settle (window);
  dmp_summary_page_show_why (page);
  gallery_take_popover (gtk_widget_get_last_child (GTK_WIDGET (page)), "05-pourquoi");
  gtk_window_destroy (window);
}

static double
get_cpu_ms (void)
{
  return 1000.0 * (double) clock () / CLOCKS_PER_SEC;
}

/* What a new summary costs the main loop, in its own processor time: several come while a record
 * is read. */
static void
test_cost (void)
{
  g_autoptr (DmpSummary) first = NULL, second = NULL;
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  double begin, filled, laid_out;

  if (!sample_record_needed (record))
    return;
  first = sample_record_summarise (record, 100);
  second = sample_record_summarise (record, G_MAXUINT);
  dmp_summary_page_set_summary (page, first);
  gallery_settle (window);
  begin = get_cpu_ms ();
  dmp_summary_page_set_summary (page, second);
  filled = get_cpu_ms ();
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  laid_out = get_cpu_ms ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_test_message ("filled %.0f ms, laid out %.0f ms, painted %.0f ms of processor time",
                  filled - begin, laid_out - filled, get_cpu_ms () - laid_out);
  gtk_window_destroy (window);
}

/* Two lists that differ: what differs is said, what is the same is folded, and each line of them
 * leads to its own passage. */
static void
take_place (DmpListsWindow *window, const char *document, const char *place, char **taken)
{
  *taken = g_strdup (document);
}

static guint
count_links (GtkWidget *widget)
{
  guint n = GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
            g_object_get_data (G_OBJECT (widget), "source") != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_links (child);

  return n;
}

/* The button that names what is the same. */
static GtkWidget *
find_same (GtkWidget *widget)
{
  if (g_object_get_data (G_OBJECT (widget), "names") != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_same (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static DmpListsWindow *
show_lists (DmpSummary *summary, char **opened)
{
  DmpListsWindow *window = dmp_lists_window_new (NULL, summary, FALSE);

  g_signal_connect (window, "open", G_CALLBACK (take_place), opened);
  gtk_window_present (GTK_WINDOW (window));
  gallery_settle (GTK_WINDOW (window));

  return window;
}

static gboolean
press_label (DmpListsWindow *window, const char *text)
{
  GtkWidget *label = gallery_find_label (GTK_WIDGET (window), text);

  return label != NULL && gtk_widget_activate (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
}

static void
test_lists (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *opened = NULL, *day = NULL, *absent = NULL;
  const DmpSummaryLists *lists;
  const DmpSummaryPair *pair;
  DmpListsWindow *window;
  guint n;

  if (!sample_record_needed (record))
    return;
  summary = sample_record_summarise (record, G_MAXUINT);
  lists = dmp_summary_get_lists (summary);
  g_assert_nonnull (lists);
  window = show_lists (summary, &opened);
  day = dmp_date_dup_display (lists->right.source->date, FALSE, FALSE);
  absent = g_strdup_printf ("− absent de la liste du %s", day);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (window), absent));
  g_assert_true (press_label (window, "FORXIGA 10 mg, comprimé pelliculé"));
  gallery_until (opened != NULL);
  g_assert_cmpstr (opened, ==, lists->right.source->document);
  /* a delivery leads to where it is told */
  g_clear_pointer (&opened, g_free);
  window = show_lists (summary, &opened);
  pair = g_ptr_array_index (lists->pairs, 0);
  g_assert_nonnull (pair->delivery_source);
  g_assert_true (press_label (window, pair->delivery));
  gallery_until (opened != NULL);
  g_assert_cmpstr (opened, ==, pair->delivery_source->document);
  /* what is the same unfolds and folds */
  window = show_lists (summary, &opened);
  n = count_links (GTK_WIDGET (window));
  g_assert_cmpuint (n, >=, 2 + lists->n_different);
  g_assert_true (gtk_widget_activate (find_same (GTK_WIDGET (window))));
  gallery_settle (GTK_WINDOW (window));
  g_assert_cmpuint (count_links (GTK_WIDGET (window)), >=,
                    n + lists->pairs->len - lists->n_different);
  g_assert_true (gtk_widget_activate (find_same (GTK_WIDGET (window))));
  gallery_settle (GTK_WINDOW (window));
  g_assert_cmpuint (count_links (GTK_WIDGET (window)), ==, n);
  gallery_take (GTK_WINDOW (window), "05c-listes-divergentes");
}

static void
test_partial (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));

  if (!sample_record_needed (record))
    return;
  summary = sample_record_summarise (record, 40);
  dmp_summary_page_set_interrupted (page, TRUE);
  dmp_summary_page_set_summary (page, summary);
  gallery_take (window, "14b-panne-partielle");
}

static void
test_detail (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));

  if (!sample_record_needed (record))
    return;
  summary = sample_record_summarise (record, G_MAXUINT);
  dmp_summary_page_set_summary (page, summary);
  gallery_settle (window);
  dmp_summary_page_toggle_detail (page);
  gallery_settle (window);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Complétude du résumé"));
  gallery_take_popover (gallery_find (GTK_WIDGET (page), GTK_TYPE_POPOVER), "05b-completude");
  gtk_window_destroy (window);
}

/* The drawing of a treatment says in words what it draws; under its line where there is no room
 * beside it. */
static void
test_frieze (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GPtrArray *lines;
  GtkWidget *row, *grid;
  g_autofree char *words = NULL;
  int before, after;

  if (!sample_record_needed (record))
    return;
  summary = sample_record_summarise (record, G_MAXUINT);
  dmp_summary_page_set_summary (page, summary);
  gallery_settle (window);
  lines = dmp_summary_get_block (summary, DMP_BLOCK_TREATMENT)->lines;
  words = dmp_frieze_dup_words (lines->pdata[0]);
  g_assert_nonnull (strstr (words, "délivrances, la dernière ("));
  g_assert_nonnull (strstr (words, "intervalle médian"));
  row = g_object_ref_sink (dmp_line_new_treatment (summary, lines->pdata[0]));
  grid = gallery_find (row, GTK_TYPE_GRID);
  gtk_grid_query_child (GTK_GRID (grid), gtk_widget_get_last_child (grid), NULL, &before, NULL,
                        NULL);
  dmp_line_set_stacked (row, TRUE);
  gtk_grid_query_child (GTK_GRID (grid), gtk_widget_get_last_child (grid), NULL, &after, NULL,
                        NULL);
  g_assert_cmpint (before, ==, 0);
  g_assert_cmpint (after, ==, 1);
  g_object_unref (row);
}

/* Nothing of the patient is left in any label once the summary is taken away. */
static void
test_wiped (void)
{
  DmpSummary *summary;
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autofree char *text = NULL;

  if (!sample_record_needed (record))
    return;
  summary = sample_record_summarise (record, G_MAXUINT);
  text = g_strdup (
      ((DmpSummaryLine *) dmp_summary_get_block (summary, DMP_BLOCK_ALLERGY)->lines->pdata[0])
          ->text);
  dmp_summary_page_set_summary (page, summary);
  gallery_settle (window);
  g_assert_true (gallery_mentions (GTK_WIDGET (page), text));
  dmp_summary_page_set_summary (page, NULL);
  g_assert_false (gallery_mentions (GTK_WIDGET (page), text));
  gallery_settle (window);
  g_assert_finalize_object (summary);
  gallery_take (window, "05-vide");
}

/* --- Documents --- */

static void
on_preview (DmpDocumentsPage *page, DmpDocumentEntry *entry, gpointer data)
{
  const char *id = dmp_document_entry_get_unique_id (entry);
  GError *problem = g_hash_table_lookup (record->problems, id);

  dmp_documents_page_set_preview (page, entry, g_hash_table_lookup (record->documents, id),
                                  problem != NULL ? problem->message : NULL);
}

static DmpCdaDocument *
look_up (const char *id, gpointer unused)
{
  return g_hash_table_lookup (record->documents, id);
}

static guint
count_grouped (DmpDocumentsPage *page)
{
  GtkWidget *view = gallery_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW);

  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))));
}

/* The record holds twins, copies and versions: fewer rows than documents, until set apart. */
static void
test_groups (void)
{
  DmpDocumentsPage *page = g_object_new (DMP_TYPE_DOCUMENTS_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  guint all, grouped;

  if (!sample_record_needed (record))
    return;
  g_signal_connect (page, "preview", G_CALLBACK (on_preview), NULL);
  dmp_documents_page_set_documents (page, G_LIST_MODEL (record->entries));
  all = count_grouped (page);
  dmp_documents_page_learn (page, look_up, NULL);
  grouped = count_grouped (page);
  g_assert_cmpuint (grouped, <, all);
  do
    if (gallery_find_label (GTK_WIDGET (page), "Séparer") != NULL)
      break;
  while (dmp_documents_page_step (page, 1));
  gallery_settle (window);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Séparer"));
  dmp_documents_page_focus (page);
  gallery_settle (window);
  dmp_documents_page_toggle_group (page);
  g_assert_cmpuint (count_grouped (page), >, grouped);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Regrouper"));
  dmp_documents_page_toggle_group (page);
  g_assert_cmpuint (count_grouped (page), ==, grouped);
  gallery_take (window, "06-regroupes");
}

static void
test_documents (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *position = NULL;
  DmpDocumentsPage *page = g_object_new (DMP_TYPE_DOCUMENTS_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));

  if (!sample_record_needed (record))
    return;
  summary = sample_record_summarise (record, G_MAXUINT);
  g_signal_connect (page, "preview", G_CALLBACK (on_preview), NULL);
  dmp_documents_page_set_documents (page, G_LIST_MODEL (record->entries));
  dmp_documents_page_set_summary (page, summary);
  gallery_settle (window);
  g_assert_nonnull (dmp_documents_page_get_selected (page));
  g_assert_true (dmp_documents_page_step (page, 1));
  position = dmp_documents_page_dup_position (page);
  g_assert_true (g_str_has_prefix (position, "document 2 sur "));
  dmp_documents_page_focus (page);
  gallery_take (window, "06-documents");
}

static void
test_no_match (void)
{
  DmpDocumentsPage *page = g_object_new (DMP_TYPE_DOCUMENTS_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *search = gallery_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY);

  if (!sample_record_needed (record))
    return;
  dmp_documents_page_set_documents (page, G_LIST_MODEL (record->entries));
  gtk_editable_set_text (GTK_EDITABLE (search), "xylophone");
  gallery_settle (window);
  gallery_settle (window);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Aucun document avec ces filtres"));
  gallery_take (window, "06-aucun");
}

static guint
count_rows (GtkWidget *page)
{
  GtkWidget *view = gallery_find (page, GTK_TYPE_COLUMN_VIEW);

  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))));
}

/* The next patient's list starts as if nobody had ever looked at one. */
static void
test_forgotten_filters (void)
{
  DmpDocumentsPage *page = g_object_new (DMP_TYPE_DOCUMENTS_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *search = gallery_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *kinds = gallery_find (GTK_WIDGET (page), GTK_TYPE_TOGGLE_BUTTON);
  guint all;

  if (!sample_record_needed (record))
    return;
  dmp_documents_page_set_documents (page, G_LIST_MODEL (record->entries));
  all = count_rows (GTK_WIDGET (page));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_next_sibling (kinds)), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (search), "rein");
  gallery_settle (window);
  g_assert_cmpuint (count_rows (GTK_WIDGET (page)), <, all);
  dmp_documents_page_clear_search (page);
  gallery_settle (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  g_assert_cmpuint (count_rows (GTK_WIDGET (page)), <, all); /* the kind is still chosen */
  dmp_documents_page_set_documents (page, NULL);
  dmp_documents_page_set_documents (page, G_LIST_MODEL (record->entries));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (kinds)));
  g_assert_cmpuint (count_rows (GTK_WIDGET (page)), ==, all);
  gtk_window_destroy (window);
}

/* As many as the largest record: rows are recycled, so the time does not grow with them. */
static void
test_many (void)
{
  g_autoptr (GListStore) many = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
  DmpDocumentsPage *page = g_object_new (DMP_TYPE_DOCUMENTS_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  gint64 begin;
  guint n;

  if (!sample_record_needed (record))
    return;
  n = g_list_model_get_n_items (G_LIST_MODEL (record->entries));
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (DmpDocumentEntry) entry =
          g_list_model_get_item (G_LIST_MODEL (record->entries), i % n);

      g_autoptr (DmpDocumentEntry) copy =
          dmp_document_entry_new (dmp_document_entry_get_fields (entry));

      g_list_store_append (many, copy);
    }
  begin = g_get_monotonic_time ();
  dmp_documents_page_set_documents (page, G_LIST_MODEL (many));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_test_message ("%d documents after %" G_GINT64_FORMAT " ms", MANY,
                  (g_get_monotonic_time () - begin) / 1000);
  gtk_window_destroy (window);
}

/* Documents come in while the list is shown: each row is there once. */
static void
test_growing (void)
{
  g_autoptr (GListStore) growing = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
  DmpDocumentsPage *page = g_object_new (DMP_TYPE_DOCUMENTS_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));

  if (!sample_record_needed (record))
    return;
  dmp_documents_page_set_documents (page, G_LIST_MODEL (growing));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (record->entries)); i++)
    {
      g_autoptr (DmpDocumentEntry) entry =
          g_list_model_get_item (G_LIST_MODEL (record->entries), i);

      g_list_store_insert (growing, i / 2, entry);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (growing)) > 0)
    {
      g_list_store_remove (growing, g_list_model_get_n_items (G_LIST_MODEL (growing)) / 2);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  int status;

  if (!gallery_init (&argc, &argv))
    return 0;
  record = sample_record_new ("chronic");
  g_test_add_func ("/summary/whole", test_summary);
  g_test_add_func ("/summary/keys", test_keys);
  g_test_add_func ("/summary/frieze", test_frieze);
  g_test_add_func ("/summary/cost", test_cost);
  g_test_add_func ("/summary/lists", test_lists);
  g_test_add_func ("/summary/partial", test_partial);
  g_test_add_func ("/summary/detail", test_detail);
  g_test_add_func ("/summary/wiped", test_wiped);
  g_test_add_func ("/documents/list", test_documents);
  g_test_add_func ("/documents/groups", test_groups);
  g_test_add_func ("/documents/no-match", test_no_match);
  g_test_add_func ("/documents/forgotten-filters", test_forgotten_filters);
  g_test_add_func ("/documents/many", test_many);
  g_test_add_func ("/documents/growing", test_growing);
  status = g_test_run ();
  g_clear_pointer (&record, sample_record_free);

  return status;
}
