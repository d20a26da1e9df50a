#include "config.h"

/* Searching the chronic record of tests/records: what is found, marked, opened, and forgotten. */

#include "gallery.h"
#include "sample-record.h"

#include "session/dmp-file-indexer.h"
#include "ui/dmp-document-page.h"
#include "ui/dmp-page-view.h"
#include "ui/dmp-search-gaps.h"
#include "ui/dmp-search-page.h"
#include "ui/dmp-search-row.h"

#include <string.h>

typedef struct
{
  GtkWindow *window;
  DmpSearchPage *page;
  DmpSummary *summary;
  DmpSearch *search;
  char *answer;         /* the last one */
  char *opened, *place; /* the last one */
} Fixture;

static SampleRecord *record;

static DmpDocumentEntry *
find_entry (const char *unique_id, gpointer unused)
{
  GListModel *entries = G_LIST_MODEL (record->entries);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (entries, i);

      if (g_str_equal (dmp_document_entry_get_unique_id (entry), unique_id))
        return entry;
    }

  return NULL;
}

static DmpCdaDocument *
find_document (const char *unique_id, gpointer unused)
{
  return g_hash_table_lookup (record->documents, unique_id);
}

static void
on_answered (Fixture *fixture, const char *words)
{
  g_free (fixture->answer);
  fixture->answer = g_strdup (words);
}

static void
on_open (Fixture *fixture, const char *unique_id, const char *place)
{
  g_free (fixture->opened);
  g_free (fixture->place);
  fixture->opened = g_strdup (unique_id);
  fixture->place = g_strdup (place);
}

static void
index_record (DmpSearch *search)
{
  GHashTableIter iter;
  gpointer id, document;

  g_hash_table_iter_init (&iter, record->documents);
  while (g_hash_table_iter_next (&iter, &id, &document))
    {
      DmpDocumentEntry *entry = find_entry (id, NULL);
      g_autofree char *author = dmp_document_entry_dup_author (entry);
      const DmpSearchDocument about = { .unique_id = id,
                                        .title = dmp_document_entry_get_title (entry),
                                        .author = author,
                                        .date = dmp_document_entry_get_date (entry) };

      dmp_search_add (search, &about, document);
      dmp_file_indexer_read (search, id, document, NULL);
    }
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  DmpSearchSource source = { .find_entry = find_entry, .find_document = find_document };

  if (record == NULL)
    return;
  fixture->summary = sample_record_summarise (record, G_MAXUINT);
  fixture->search = source.search = dmp_search_new ();
  dmp_search_set_summary (fixture->search, fixture->summary);
  index_record (fixture->search);
  fixture->page = g_object_new (DMP_TYPE_SEARCH_PAGE, NULL);
  g_signal_connect_swapped (fixture->page, "answered", G_CALLBACK (on_answered), fixture);
  g_signal_connect_swapped (fixture->page, "open", G_CALLBACK (on_open), fixture);
  fixture->window = gallery_show (GTK_WIDGET (fixture->page));
  dmp_search_page_set_source (fixture->page, &source);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  if (record == NULL)
    return;
  g_clear_object (&fixture->summary);
  dmp_search_unref (fixture->search);
  g_free (fixture->answer);
  g_free (fixture->opened);
  g_free (fixture->place);
}

static void
ask (Fixture *fixture, const char *query)
{
  g_clear_pointer (&fixture->answer, g_free);
  dmp_search_page_ask (fixture->page, query);
  gallery_until (fixture->answer != NULL);
  g_assert_nonnull (fixture->answer);
  gallery_settle (fixture->window);
}

/* The @n-th row of @group. */
static GtkListBoxRow *
find_row (Fixture *fixture, DmpSearchGroup group, guint n)
{
  GtkListBox *list = GTK_LIST_BOX (gallery_find (GTK_WIDGET (fixture->page), GTK_TYPE_LIST_BOX));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (dmp_search_row_get_hit (row) != NULL && dmp_search_row_get_group (row) == group && n-- == 0)
      return row;

  return NULL;
}

static void
test_found (Fixture *fixture, gconstpointer unused)
{
  const DmpSearchHit *hit;

  if (!sample_record_needed (record))
    return;
  ask (fixture, "potassium");
  g_assert_nonnull (strstr (fixture->answer, "résultats"));
  hit = dmp_search_row_get_hit (find_row (fixture, DMP_SEARCH_VALUES, 0));
  g_assert_cmpstr (hit->line->text, ==, "Potassium");
  g_assert_cmpuint (hit->line->points->len, >, 1);
  g_assert_nonnull (find_row (fixture, DMP_SEARCH_TEXTS, 0));
  gtk_widget_grab_focus (GTK_WIDGET (find_row (fixture, DMP_SEARCH_TEXTS, 0)));
  gallery_settle (fixture->window);
  gallery_take (fixture->window, "08-recherche");
}

/* By its substance, which the line need not name. */
static void
test_treatment (Fixture *fixture, gconstpointer unused)
{
  if (!sample_record_needed (record))
    return;
  ask (fixture, "apixaban");
  g_assert_nonnull (find_row (fixture, DMP_SEARCH_TREATMENTS, 0));
  g_assert_nonnull (find_row (fixture, DMP_SEARCH_TEXTS, 0));
  gallery_take (fixture->window, "08-traitement");
}

/* What cannot be searched is the first thing that is said, also where nothing is found. */
static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  const DmpSearchSource source = { .search = fixture->search,
                                   .find_entry = find_entry,
                                   .find_document = find_document };
  GtkWidget *gaps, *row;

  if (!sample_record_needed (record))
    return;
  ask (fixture, "xylophone");
  gaps = gallery_find (GTK_WIDGET (fixture->page), DMP_TYPE_SEARCH_GAPS);
  g_assert_nonnull (strstr (fixture->answer, "Aucun résultat"));
  g_assert_nonnull (strstr (fixture->answer, "ne prouve rien pour eux"));
  g_assert_true (gtk_widget_get_visible (gaps));
  g_assert_true (g_str_has_suffix (dmp_search_gaps_get_text (DMP_SEARCH_GAPS (gaps)),
                                   "ne prouve rien pour eux."));
  dmp_search_page_toggle_gaps (fixture->page);
  gallery_settle (fixture->window);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (fixture->page),
                                        "Documents qui ne peuvent pas être cherchés"));
  row = gallery_find (gaps, ADW_TYPE_ACTION_ROW);
  g_assert_nonnull (row);
  g_clear_pointer (&fixture->answer, g_free);
  dmp_search_page_set_source (fixture->page, &source);
  gallery_until (fixture->answer != NULL);
  g_assert_true (gallery_find (gaps, ADW_TYPE_ACTION_ROW) == row); /* it is being read */
  gallery_take_popover (gallery_find (gaps, GTK_TYPE_POPOVER), "08-lesquels");
  gallery_take (fixture->window, "08-rien");
}

/* Enter opens the passage; F3 goes round; the chosen row is still chosen when more is read. */
static void
test_rows (Fixture *fixture, gconstpointer unused)
{
  DmpSearchSource source = { .search = fixture->search,
                             .find_entry = find_entry,
                             .find_document = find_document };
  g_autofree char *opened = NULL;
  g_auto (GStrv) words = NULL;
  GtkListBoxRow *row;

  if (!sample_record_needed (record))
    return;
  ask (fixture, "potassium");
  g_assert_true (dmp_search_page_step (fixture->page, 1));
  g_assert_true (dmp_search_page_step (fixture->page, 1));
  row = find_row (fixture, DMP_SEARCH_TEXTS, 1);
  g_assert_true (gtk_window_get_focus (fixture->window) == GTK_WIDGET (row));
  dmp_search_page_open (fixture->page);
  g_assert_cmpstr (fixture->opened, ==, dmp_search_row_get_hit (row)->document);
  g_assert_cmpstr (fixture->place, ==, dmp_search_row_get_hit (row)->place);
  words = dmp_search_page_dup_words (fixture->page);
  g_assert_true (words[0] != NULL);
  opened = g_strdup (fixture->opened);
  g_clear_pointer (&fixture->answer, g_free);
  dmp_search_page_set_source (fixture->page, &source);
  gallery_until (fixture->answer != NULL);
  dmp_search_page_open (fixture->page);
  g_assert_cmpstr (fixture->opened, ==, opened);
  g_assert_true (dmp_search_page_is_used (fixture->page));
  gtk_window_destroy (fixture->window);
}

/* An answer that comes after the record was left is not shown either. */
static void
test_forgotten (Fixture *fixture, gconstpointer unused)
{
  if (!sample_record_needed (record))
    return;
  ask (fixture, "potassium");
  g_assert_true (gallery_mentions (GTK_WIDGET (fixture->page), "otassium"));
  dmp_search_page_ask (fixture->page, "kaliémie");
  dmp_search_page_set_source (fixture->page, NULL);
  gallery_settle (fixture->window);
  g_assert_false (dmp_search_page_focus (fixture->page));
  g_assert_null (find_row (fixture, DMP_SEARCH_TEXTS, 0));
  g_assert_false (gallery_mentions (GTK_WIDGET (fixture->page), "aliémie"));
  g_assert_null (dmp_search_page_dup_words (fixture->page));
  gtk_window_destroy (fixture->window);
}

/* On the page of a PDF: marked there, and with the focus. */
static void
test_page (Fixture *fixture, gconstpointer unused)
{
  DmpDocumentPage *page;
  GtkWindow *window;
  g_auto (GStrv) words = NULL;

  if (!sample_record_needed (record))
    return;
  ask (fixture, "anticoagulant");
  g_assert_true (dmp_search_page_step (fixture->page, 1));
  words = dmp_search_page_dup_words (fixture->page);
  dmp_search_page_open (fixture->page);
  page = g_object_new (DMP_TYPE_DOCUMENT_PAGE, NULL);
  window = gallery_show (GTK_WIDGET (page));
  dmp_document_page_set_entry (page, find_entry (fixture->opened, NULL), "Recherche", NULL);
  dmp_document_page_set_words (page, (const char *const *) words);
  dmp_document_page_set_content (page, find_document (fixture->opened, NULL), NULL, fixture->place);
  gallery_until (DMP_IS_PAGE_VIEW (gtk_window_get_focus (window)));
  g_assert_true (DMP_IS_PAGE_VIEW (gtk_window_get_focus (window)));
  gallery_take (window, "08-page");
  gallery_take (fixture->window, "08-pdf");
}

/* The passage in its document: there, highlighted, its words marked. */
static void
test_passage (Fixture *fixture, gconstpointer unused)
{
  DmpDocumentPage *page;
  GtkWindow *window;
  GtkWidget *focus;
  g_auto (GStrv) words = NULL;

  if (!sample_record_needed (record))
    return;
  ask (fixture, "potassium");
  g_assert_true (dmp_search_page_step (fixture->page, 1));
  words = dmp_search_page_dup_words (fixture->page);
  dmp_search_page_open (fixture->page);
  page = g_object_new (DMP_TYPE_DOCUMENT_PAGE, NULL);
  window = gallery_show (GTK_WIDGET (page));
  dmp_document_page_set_entry (page, find_entry (fixture->opened, NULL), "Recherche", NULL);
  dmp_document_page_set_words (page, (const char *const *) words);
  dmp_document_page_set_content (page, find_document (fixture->opened, NULL), NULL, fixture->place);
  gallery_settle (window);
  focus = gtk_window_get_focus (window);
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_has_css_class (focus, "ca-cited"));
  gallery_take (window, "08-passage");
  gtk_window_destroy (fixture->window);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer unused);
  } tests[] = { { "/search/found", test_found },
                { "/search/treatment", test_treatment },
                { "/search/nothing", test_nothing },
                { "/search/rows", test_rows },
                { "/search/forgotten", test_forgotten },
                { "/search/passage", test_passage },
                { "/search/page", test_page } };
  int status;

  if (!gallery_init (&argc, &argv))
    return 0;
  record = sample_record_new ("chronic");
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  status = g_test_run ();
  g_clear_pointer (&record, sample_record_free);

  return status;
}
