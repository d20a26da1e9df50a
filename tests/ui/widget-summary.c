#include "config.h"

/* The summary while it is read: what stays in its place, and what its reader sets aside. */

#include "gallery.h"
#include "sample-record.h"

#include "ui/dmp-lines.h"
#include "ui/dmp-summary-page.h"

static SampleRecord *record;

static gboolean
need_record (void)
{
  if (record == NULL)
    g_test_skip ("no python3-pil");

  return record != NULL;
}

/* Where a line stands in the window; -1 when it is not there. */
static int
get_height (GtkWidget *page, const char *id)
{
  graphene_rect_t place;

  if (GTK_IS_LIST_BOX_ROW (page))
    return g_strcmp0 (dmp_line_get_id (page), id) == 0 &&
                   gtk_widget_compute_bounds (page, GTK_WIDGET (gtk_widget_get_root (page)), &place)
               ? (int) place.origin.y
               : -1;
  for (GtkWidget *child = gtk_widget_get_first_child (page); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int found = get_height (child, id);

      if (found >= 0)
        return found;
    }

  return -1;
}

/* In a page that is scrolled, the line that is read stays where it is while more comes above it. */
static void
test_in_place (void)
{
  g_autoptr (DmpSummary) first = NULL, second = NULL;
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autofree char *id = NULL;
  GtkAdjustment *down;
  int before, scrolled;

  if (!need_record ())
    return;
  gtk_window_set_default_size (window, 700, 500);
  first = sample_record_summarise (record, 30);
  second = sample_record_summarise (record, G_MAXUINT);
  dmp_summary_page_set_summary (page, first);
  gallery_settle (window);
  g_assert_true (dmp_summary_page_focus_block (page, 5));
  dmp_summary_page_cycle (page, 1);
  gallery_settle (window);
  id = g_strdup (dmp_line_get_id (gtk_window_get_focus (window)));
  down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (
      gtk_widget_get_ancestor (gtk_window_get_focus (window), GTK_TYPE_SCROLLED_WINDOW)));
  scrolled = (int) gtk_adjustment_get_value (down);
  before = get_height (GTK_WIDGET (page), id);
  g_assert_cmpint (scrolled, >, 0);
  g_assert_cmpint (before, >, 0);
  dmp_summary_page_set_summary (page, second);
  gallery_settle (window);
  g_assert_cmpstr (dmp_line_get_id (gtk_window_get_focus (window)), ==, id);
  g_assert_cmpint ((int) gtk_adjustment_get_value (down), !=, scrolled);
  g_assert_cmpint (ABS (get_height (GTK_WIDGET (page), id) - before), <=, 1);
  gtk_window_destroy (window);
}

/* What is set aside is out of sight, counted, and back with the next record. */
static void
test_aside (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  const DmpSummaryFlag *flag;

  if (!need_record ())
    return;
  summary = sample_record_summarise (record, G_MAXUINT);
  dmp_summary_page_set_summary (page, summary);
  gallery_settle (window);
  flag = dmp_summary_get_flags (summary)->pdata[0];
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), flag->text));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (page), "summary.set-aside", "s", flag->id));
  gallery_settle (window);
  g_assert_null (gallery_find_label (GTK_WIDGET (page), flag->text));
  dmp_summary_page_set_summary (page, NULL);
  dmp_summary_page_set_summary (page, summary);
  gallery_settle (window);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), flag->text));
  for (guint i = 0; i < dmp_summary_get_flags (summary)->len; i++)
    gtk_widget_activate_action (GTK_WIDGET (page), "summary.set-aside", "s",
                                ((DmpSummaryFlag *) dmp_summary_get_flags (summary)->pdata[i])->id);
  gallery_settle (window);
  g_assert_nonnull (
      gallery_find_label (GTK_WIDGET (page), "Tout ce qui est à vérifier a été mis de côté"));
  g_assert_true (dmp_summary_page_focus_block (page, 1)); /* the button that shows them */
  gallery_take (window, "05-mis-de-cote");
}

int
main (int argc, char **argv)
{
  int status;

  if (!gallery_init (&argc, &argv))
    return 0;
  record = sample_record_new ("chronic");
  g_test_add_func ("/summary/in-place", test_in_place);
  g_test_add_func ("/summary/aside", test_aside);
  status = g_test_run ();
  g_clear_pointer (&record, sample_record_free);

  return status;
}
