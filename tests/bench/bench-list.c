/* The list of 3 000 documents on a virtual screen: scrolled from end to end, and filtered by words,
 * against a plain list of the same rows: four labels each, no filter of ours, no title made. */
#include "config.h"

#include "bench.h"
#include "tests/ui/gallery.h"
#include "ui/dmp-documents-page.h"

#include <stdio.h>

#define ROWS 3000
#define STOPS 10 /* on the way through the list */

typedef struct
{
  GListModel *documents;
  GtkWindow *window;
  GtkWidget *page; /* the documents' page, or the plain list */
  GtkColumnView *view;
  GtkCustomFilter *filter; /* of the plain list */
  guint turn;
} List;

static void
on_paint (gboolean *painted)
{
  *painted = TRUE;
}

/* Until a frame with all of it is on the screen. */
static void
paint (List *list)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (list->page);
  gboolean painted = FALSE;
  gulong watch = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_paint), &painted);

  gtk_widget_queue_draw (list->page);
  while (!painted || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, watch);
}

static void
scroll (gpointer data)
{
  List *list = data;
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list->view));

  for (guint i = 0; i <= STOPS; i++)
    {
      gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place) * i / STOPS);
      paint (list);
    }
  gtk_adjustment_set_value (place, 0);
  paint (list);
}

static void
search (gpointer data)
{
  static const char *const words[] = { "biologie 12", "" };
  List *list = data;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *entry = gallery_find (list->page, GTK_TYPE_SEARCH_ENTRY);

      gtk_editable_set_text (GTK_EDITABLE (entry), words[i]);
      g_signal_emit_by_name (entry, "search-changed"); /* not after the pause of a typist */
      paint (list);
    }
}

/* As many rows are left as by the words. */
static gboolean
is_left (gpointer item, gpointer data)
{
  List *list = data;
  const char *title = dmp_document_entry_get_title (item);

  return list->turn % 2 == 0 || g_str_has_prefix (title, "Biologie 12");
}

static void
filter (gpointer data)
{
  List *list = data;

  for (guint i = 0; i < 2; i++)
    {
      list->turn++;
      gtk_filter_changed (GTK_FILTER (list->filter), GTK_FILTER_CHANGE_DIFFERENT);
      paint (list);
    }
}

/* --- The rows, and both lists --- */

static GListModel *
new_documents (void)
{
  GListStore *documents = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
  g_autoptr (DmpCode) type = dmp_code_new ("11502-2", "2.16.840.1.113883.6.1", "CR de biologie");
  DmpAuthor author = { .family = (char *) "MARCHAND", .given = (char *) "Hélène" };
  g_autoptr (GPtrArray) authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);

  g_ptr_array_add (authors, dmp_author_copy (&author));
  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *id = g_strdup_printf ("1.2.%u", i);
      g_autofree char *title = g_strdup_printf ("Biologie %u – DFG 38, créatinine, NFS", i);
      g_autofree char *day =
          g_strdup_printf ("%04u%02u%02u", 2000 + i % 26, 1 + i % 12, 1 + i % 28);
      g_autoptr (DmpDocumentEntry) entry =
          dmp_document_entry_new (&(DmpDocumentEntryFields){ .unique_id = id,
                                                             .title = title,
                                                             .service_start = day,
                                                             .type_code = type,
                                                             .authors = authors,
                                                             .size = 1000,
                                                             .version = 1 });

      g_list_store_append (documents, entry);
    }

  return G_LIST_MODEL (documents);
}

static void
show (List *list)
{
  list->window = gallery_show (list->page);
  gallery_settle (list->window);
}

static void
show_ours (List *list)
{
  list->page = g_object_new (DMP_TYPE_DOCUMENTS_PAGE, NULL);
  dmp_documents_page_set_documents (DMP_DOCUMENTS_PAGE (list->page), list->documents);
  show (list);
  list->view = GTK_COLUMN_VIEW (gallery_find (list->page, GTK_TYPE_COLUMN_VIEW));
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       dmp_document_entry_get_title (gtk_list_item_get_item (item)));
}

static void
show_plain (List *list)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GListModel *filtered;

  list->filter = gtk_custom_filter_new (is_left, list, NULL);
  filtered = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (list->documents),
                                                      GTK_FILTER (g_object_ref (list->filter))));
  list->view = GTK_COLUMN_VIEW (
      gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (filtered))));
  for (guint i = 0; i < 4; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
      column = gtk_column_view_column_new ("Titre", factory);
      gtk_column_view_append_column (list->view, column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (list->view));
  list->page = scrolled;
  show (list);
}

int
main (int argc, char **argv)
{
  List ours = { 0 }, plain = { 0 };
  BenchWay work = { scroll, &ours, NULL }, floor = { scroll, &plain, "a plain list" };
  BenchWay words = { search, &ours, NULL }, none = { filter, &plain, "a plain list" };

  if (!gallery_init (&argc, &argv))
    {
      puts ("list: not run, no screen");
      return 0;
    }
  ours.documents = plain.documents = new_documents ();
  show_ours (&ours);
  show_plain (&plain);
  printf ("# a list of %d rows\n", ROWS);
  bench_compare ("a stop on the way through 3 000 rows", 1e3 / (STOPS + 2), "ms", &work, &floor);
  bench_compare ("words that leave 111 of 3 000 rows, and all again", 1e3, "ms", &words, &none);

  return 0;
}
