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

static const DmpTimelineSource source = { .get_title = get_title };

static DmpTimelineData *
new_data (guint n)
{
  g_autoptr (DmpSummary) summary = sample_record_summarise (record, n);

  return dmp_timeline_data_new (G_LIST_MODEL (record->entries), summary, TODAY, &source);
}

static DmpTimelinePage *
new_page (void)
{
  DmpTimelinePage *page = g_object_new (DMP_TYPE_TIMELINE_PAGE, NULL);

  dmp_timeline_page_set_today (page, TODAY);
  dmp_timeline_page_set_source (page, &source);

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
  data = dmp_timeline_data_new (G_LIST_MODEL (entries), NULL, TODAY, &source);
  g_assert_cmpuint (data->first_year, ==, 2024);
  g_assert_cmpuint (data->n_undated, ==, 3);
  n = dmp_timeline_data_get_n_periods (data);
  undated = dmp_timeline_data_dup_events (data, n - 1, -1);
  g_assert_cmpuint (undated->len, ==, 3);
  g_assert_cmpstr (dmp_timeline_event_get (data->events->pdata[1])->date, ==, "2024");
  g_assert_true (dmp_timeline_event_get (data->events->pdata[1])->vague);
}

/* Documents in another order, read in another order: the same events in the same order. */
static void
test_order (void)
{
  g_autoptr (DmpTimelineData) data = NULL, other = NULL;
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (GListStore) shuffled = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  data = new_data (G_MAXUINT);
  summary = sample_record_summarise (record, G_MAXUINT);
  for (int round = 0; round < 5; round++)
    {
      g_clear_object (&shuffled);
      shuffled = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (record->entries)); i++)
        {
          g_autoptr (DmpDocumentEntry) entry =
              g_list_model_get_item (G_LIST_MODEL (record->entries), i);

          g_list_store_insert (shuffled, (guint) g_rand_int_range (rand, 0, (int) i + 1), entry);
        }
      g_clear_pointer (&other, dmp_timeline_data_free);
      other = dmp_timeline_data_new (G_LIST_MODEL (shuffled), summary, TODAY, &source);
      g_assert_cmpuint (other->events->len, ==, data->events->len);
      for (guint i = 0; i < data->events->len; i++)
        {
          g_autofree char *a = dmp_timeline_event_dup_words (data->events->pdata[i]);
          g_autofree char *b = dmp_timeline_event_dup_words (other->events->pdata[i]);

          g_assert_cmpstr (a, ==, b);
        }
    }
}

static guint
count_of (const DmpTimelineData *data, DmpTimelineTrack track, const char *word)
{
  guint n = 0;

  for (guint i = 0; i < data->events->len; i++)
    {
      const DmpTimelineFields *fields = dmp_timeline_event_get (data->events->pdata[i]);

      n += fields->track == track && strstr (fields->title, word) != NULL;
    }

  return n;
}

/* The lane of acts has what was done. Tests that were paid are no event where the day's report is,
 * one a day elsewhere; images that have a report are that report. */
static void
test_acts (void)
{
  g_autoptr (DmpTimelineData) data = NULL;
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (GListStore) without = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
  g_autoptr (DmpTimelineData) unreported = NULL;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  data = new_data (G_MAXUINT);
  g_assert_cmpuint (count_of (data, DMP_TIMELINE_ACTS, "HEMOGRAMME"), ==, 0);
  g_assert_cmpuint (count_of (data, DMP_TIMELINE_ACTS, "Radiographie"), ==, 0);
  g_assert_cmpuint (count_of (data, DMP_TIMELINE_ACTS, "CONSULTATION"), ==, 0);
  g_assert_cmpuint (count_of (data, DMP_TIMELINE_ACTS, "hanche"), >, 0);
  g_assert_cmpuint (count_of (data, DMP_TIMELINE_ACTS, "timulateur"), >, 0);
  g_assert_cmpuint (count_of (data, DMP_TIMELINE_LABORATORY, "HEMOGRAMME"), ==, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (record->entries)); i++)
    {
      g_autoptr (DmpDocumentEntry) entry =
          g_list_model_get_item (G_LIST_MODEL (record->entries), i);

      if (strstr (dmp_document_entry_get_title (entry), "biologi") == NULL &&
          strstr (dmp_document_entry_get_title (entry), "imagerie") == NULL)
        g_list_store_append (without, entry);
    }
  summary = sample_record_summarise (record, G_MAXUINT);
  unreported = dmp_timeline_data_new (G_LIST_MODEL (without), summary, TODAY, &source);
  g_assert_cmpuint (count_of (unreported, DMP_TIMELINE_LABORATORY, "CREATININE"), ==, 4);
  g_assert_cmpuint (count_of (unreported, DMP_TIMELINE_LABORATORY, "HEMOGRAMME"), ==, 4);
  g_assert_cmpuint (count_of (unreported, DMP_TIMELINE_IMAGING, "Radiographie"), >, 0);
}

/* What is set aside is not shown, and counted. */
static void
test_set_aside (void)
{
  g_autoptr (DmpTimelineData) data = NULL;
  guint archived = 0, replaced = 0;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  data = new_data (0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (record->entries)); i++)
    {
      g_autoptr (DmpDocumentEntry) entry =
          g_list_model_get_item (G_LIST_MODEL (record->entries), i);
      DmpStatus status = dmp_document_entry_get_fields (entry)->status;

      archived += status == DMP_STATUS_ARCHIVED;
      replaced += status == DMP_STATUS_DEPRECATED;
    }
  g_assert_cmpuint (archived, >, 0);
  g_assert_cmpuint (data->n_archived, ==, archived);
  g_assert_cmpuint (data->n_replaced, ==, replaced);
}

/* Two documents of the first stay, and the letter of another day. */
static GPtrArray *
dup_episode (const char *unique_id, gpointer data)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (record->entries)); i++)
    {
      DmpDocumentEntry *entry = g_list_model_get_item (G_LIST_MODEL (record->entries), i);
      const char *date = dmp_document_entry_get_date (entry);

      if (strncmp (date, "202511", 6) == 0 || strncmp (date, "202512", 6) == 0)
        g_ptr_array_add (found, entry);
      else
        g_object_unref (entry);
    }

  return found;
}

static const DmpTimelineSource with_episodes = { .get_title = get_title,
                                                 .dup_episode = dup_episode };

static DmpTimelineEvent *
find_stay (const DmpTimelineData *data)
{
  for (guint i = 0; i < data->events->len; i++)
    if (dmp_timeline_event_get (data->events->pdata[i])->track == DMP_TIMELINE_STAYS)
      return data->events->pdata[i];

  return NULL;
}

/* The documents of its days are a stay's; those of other days, and the insurer's two years, are
 * not. Each is of one stay. */
static void
test_stays (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (DmpTimelineData) data = NULL;
  const DmpTimelineFields *stay;
  guint n = 0;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  summary = sample_record_summarise (record, G_MAXUINT);
  data = dmp_timeline_data_new (G_LIST_MODEL (record->entries), summary, TODAY, &with_episodes);
  stay = dmp_timeline_event_get (find_stay (data));
  g_assert_nonnull (stay->documents);
  g_assert_cmpuint (stay->documents->len, >, 1);
  for (guint i = 0; i < data->events->len; i++)
    {
      const DmpTimelineFields *fields = dmp_timeline_event_get (data->events->pdata[i]);

      if (g_strcmp0 (fields->stay, stay->id) != 0)
        continue;
      g_assert_true (fields->is_document);
      g_assert_cmpint (fields->first, >=, stay->first - 1);
      g_assert_cmpint (fields->first, <=, stay->last + 1);
      g_assert_null (strstr (fields->title, "remboursement"));
      g_assert_cmpstr (stay->documents->pdata[n++], ==, fields->id); /* newest first */
    }
  g_assert_cmpuint (n, ==, stay->documents->len);
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

static guint
count_rows (GtkWidget *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

/* The documents of a stay stand behind it until Enter shows them one by one. */
static void
test_unfold (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *opened = NULL;
  DmpTimelinePage *page = new_page ();
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *timeline = gallery_find (GTK_WIDGET (page), DMP_TYPE_TIMELINE);
  GtkWidget *list = gallery_find (GTK_WIDGET (page), GTK_TYPE_LIST_VIEW);
  guint folded;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  summary = sample_record_summarise (record, G_MAXUINT);
  dmp_timeline_page_set_source (page, &with_episodes);
  dmp_timeline_page_set_documents (page, G_LIST_MODEL (record->entries));
  dmp_timeline_page_set_summary (page, summary);
  g_signal_connect (page, "open", G_CALLBACK (on_open), &opened);
  for (int i = 0; i <= DMP_TIMELINE_STAYS; i++)
    press (timeline, GDK_KEY_Down);
  gallery_settle (window);
  g_assert_cmpuint (count_rows (list), ==, 1);
  g_assert_true (says (GTK_WIDGET (page), "▸ "));
  press (timeline, GDK_KEY_Return);
  gallery_settle (window);
  g_assert_null (opened);
  g_assert_cmpuint (count_rows (list), >, 2);
  g_assert_true (says (GTK_WIDGET (page), "▾ "));
  for (int i = 0; i <= DMP_TIMELINE_STAYS; i++)
    press (timeline, GDK_KEY_Up);
  gallery_settle (window);
  folded = count_rows (list);
  for (guint i = 0; i < folded; i++) /* each once */
    {
      g_autoptr (DmpTimelineEvent) event =
          g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))), i);

      for (guint k = 0; k < i; k++)
        {
          g_autoptr (DmpTimelineEvent) other = g_list_model_get_item (
              G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))), k);

          g_assert_true (event != other);
        }
    }
  gallery_take (window, "12-chronologie-sejour");
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
  g_test_add_func ("/timeline/order", test_order);
  g_test_add_func ("/timeline/acts", test_acts);
  g_test_add_func ("/timeline/set-aside", test_set_aside);
  g_test_add_func ("/timeline/stays", test_stays);
  g_test_add_func ("/timeline/page", test_page);
  g_test_add_func ("/timeline/unfold", test_unfold);
  g_test_add_func ("/timeline/wiped", test_wiped);
  status = g_test_run ();
  g_clear_pointer (&record, sample_record_free);

  return status;
}
