#include "config.h"

/* The timeline, with the chronic record of tests/records. */

#include "gallery.h"
#include "sample-record.h"

#include "ui/dmp-timeline-page.h"
#include "ui/dmp-timeline.h"

#include <string.h>

#define TODAY "20260115"

static SampleRecord *record;

static const char *
get_title (DmpDocumentEntry *entry, gpointer data)
{
  return dmp_document_entry_get_title (entry);
}

static DmpTimelineData *
new_data (guint n)
{
  g_autoptr (DmpSummary) summary = sample_record_summarise (record, n);

  return dmp_timeline_data_new (G_LIST_MODEL (record->entries), summary, TODAY, get_title, NULL);
}

static DmpTimelinePage *
new_page (void)
{
  DmpTimelinePage *page = g_object_new (DMP_TYPE_TIMELINE_PAGE, NULL);

  dmp_timeline_page_set_today (page, TODAY);
  dmp_timeline_page_set_titles (page, get_title, NULL);

  return page;
}

/* Each event lies in one period, and in one only; nothing is lost. */
static void
test_periods (void)
{
  g_autoptr (DmpTimelineData) data = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autofree char *newest = NULL;
  guint documents = 0, entries = 0;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  data = new_data (G_MAXUINT);
  newest = dmp_timeline_data_dup_period_title (data, 0);
  g_assert_cmpstr (newest, ==, "Novembre 2025 à janvier 2026");
  for (guint i = 0; i < dmp_timeline_data_get_n_periods (data); i++)
    {
      g_autoptr (GPtrArray) events = dmp_timeline_data_dup_events (data, i, -1);

      for (guint k = 0; k < events->len; k++)
        {
          g_assert_true (g_hash_table_add (seen, events->pdata[k]));
          documents += dmp_timeline_event_get (events->pdata[k])->is_document;
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, data->events->len);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (record->entries)); i++)
    {
      g_autoptr (DmpDocumentEntry) entry =
          g_list_model_get_item (G_LIST_MODEL (record->entries), i);

      entries += dmp_document_entry_get_fields (entry)->status == DMP_STATUS_APPROVED &&
                 !dmp_document_entry_is_signature (entry);
    }
  g_assert_cmpuint (documents, ==, entries);
}

/* The scale is the list's: it is there at once, and stays while contents arrive. */
static void
test_scale (void)
{
  g_autoptr (DmpTimelineData) first = NULL, last = NULL;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  first = new_data (0);
  last = new_data (G_MAXUINT);
  g_assert_cmpint (first->start, ==, last->start);
  g_assert_cmpuint (first->n_before, ==, last->n_before);
  g_assert_cmpuint (first->n_undated, ==, last->n_undated);
  g_assert_cmpuint (first->events->len, <, last->events->len);
  g_assert_cmpuint (dmp_timeline_data_count (last, DMP_TIMELINE_STAYS), >, 0);
  g_assert_cmpuint (dmp_timeline_data_count (last, DMP_TIMELINE_PROBLEMS), >, 0);
  g_assert_cmpuint (dmp_timeline_data_count (last, DMP_TIMELINE_VACCINES), >, 0);
}

/* A date that nobody can have written is none; a year alone is shown as a year. */
static void
test_strange_dates (void)
{
  static const char *const dates[] = { "20990101", "20240231", "2024", "20251224103000", NULL };
  g_autoptr (GListStore) entries = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
  g_autoptr (DmpTimelineData) data = NULL;
  g_autoptr (GPtrArray) undated = NULL;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *id = g_strdup_printf ("1.%u", i);
      DmpDocumentEntryFields fields = { .unique_id = id, .title = "X", .creation = dates[i] };
      g_autoptr (DmpDocumentEntry) entry = dmp_document_entry_new (&fields);

      g_list_store_append (entries, entry);
    }
  data = dmp_timeline_data_new (G_LIST_MODEL (entries), NULL, TODAY, get_title, NULL);
  g_assert_cmpuint (data->first_year, ==, 2024);
  g_assert_cmpuint (data->n_undated, ==, 3);
  n = dmp_timeline_data_get_n_periods (data);
  undated = dmp_timeline_data_dup_events (data, n - 1, -1);
  g_assert_cmpuint (undated->len, ==, 3);
  g_assert_cmpstr (dmp_timeline_event_get (data->events->pdata[1])->date, ==, "2024");
  g_assert_true (dmp_timeline_event_get (data->events->pdata[1])->vague);
}

static void
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean done = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !done; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller)
                    ? g_list_model_get_n_items (G_LIST_MODEL (controller))
                    : 0;

      for (guint k = 0; k < n && !done; k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key)
            done = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_assert_true (done);
}

static void
on_open (DmpTimelinePage *page, const char *document, const char *place, char **opened)
{
  g_free (*opened);
  *opened = g_strdup (document);
}

static gboolean
says (GtkWidget *widget, const char *word)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), word) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, word))
      return TRUE;

  return FALSE;
}

/* Keys move the period and the track, the list follows, Enter opens; tracks are told in words. */
static void
test_page (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *opened = NULL;
  DmpTimelinePage *page = new_page ();
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *timeline = gallery_find (GTK_WIDGET (page), DMP_TYPE_TIMELINE);
  guint first;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  summary = sample_record_summarise (record, G_MAXUINT);
  dmp_timeline_page_set_documents (page, G_LIST_MODEL (record->entries));
  dmp_timeline_page_set_summary (page, summary);
  dmp_timeline_page_focus (page);
  gallery_settle (window);
  g_assert_true (says (GTK_WIDGET (page), "Novembre 2025 à janvier 2026"));
  g_signal_connect (page, "open", G_CALLBACK (on_open), &opened);
  press (timeline, GDK_KEY_Left);
  g_assert_cmpuint (dmp_timeline_get_period (DMP_TIMELINE (timeline)), ==, 1);
  g_assert_true (says (GTK_WIDGET (page), "Août à octobre 2025"));
  for (int i = 0; i <= DMP_TIMELINE_LABORATORY; i++)
    press (timeline, GDK_KEY_Down);
  g_assert_cmpint (dmp_timeline_get_track (DMP_TIMELINE (timeline)), ==, DMP_TIMELINE_LABORATORY);
  gallery_settle (window);
  press (timeline, GDK_KEY_Return);
  g_assert_nonnull (opened);
  press (timeline, GDK_KEY_Home);
  first = dmp_timeline_get_period (DMP_TIMELINE (timeline));
  press (timeline, GDK_KEY_Left);
  g_assert_cmpuint (dmp_timeline_get_period (DMP_TIMELINE (timeline)), ==, first);
  press (timeline, GDK_KEY_End);
  for (int i = 0; i <= DMP_TIMELINE_LABORATORY; i++)
    press (timeline, GDK_KEY_Up);
  g_assert_cmpint (dmp_timeline_get_track (DMP_TIMELINE (timeline)), ==, -1);
  gallery_take (window, "12-chronologie");
}

/* What has been left is in no word any more. */
static void
test_wiped (void)
{
  DmpTimelinePage *page = new_page ();
  GtkWindow *window = gallery_show (GTK_WIDGET (page));

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  dmp_timeline_page_set_documents (page, G_LIST_MODEL (record->entries));
  gallery_settle (window);
  g_assert_true (says (GTK_WIDGET (page), "2026"));
  dmp_timeline_page_set_documents (page, NULL);
  gallery_settle (window);
  g_assert_false (says (GTK_WIDGET (page), "20"));
  gallery_take (window, "12-chronologie-vide");
}

int
main (int argc, char **argv)
{
  int status;

  if (!gallery_init (&argc, &argv))
    return 0;
  record = sample_record_new ("chronic");
  g_test_add_func ("/timeline/periods", test_periods);
  g_test_add_func ("/timeline/scale", test_scale);
  g_test_add_func ("/timeline/strange-dates", test_strange_dates);
  g_test_add_func ("/timeline/page", test_page);
  g_test_add_func ("/timeline/wiped", test_wiped);
  status = g_test_run ();
  g_clear_pointer (&record, sample_record_free);

  return status;
}
