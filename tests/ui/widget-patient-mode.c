#include "config.h"

/* A screen turned to the patient: what must not be seen leaves no trace. */

#include "gallery.h"
#include "sample-record.h"

#include "ui/dmp-summary-page.h"

#include <string.h>

static SampleRecord *record;

static gboolean
is_hidden (DmpDocumentEntry *entry)
{
  return dmp_document_entry_get_fields (entry)->visibility != DMP_VISIBILITY_NORMAL;
}

/* Of every seven documents, one is masked and one not visible to the patient. */
static void
hide_some (void)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (record->entries)); i++)
    {
      g_autoptr (DmpDocumentEntry) entry =
          g_list_model_get_item (G_LIST_MODEL (record->entries), i);
      DmpDocumentEntryFields fields = *dmp_document_entry_get_fields (entry);
      g_autoptr (DmpDocumentEntry) other = NULL;

      if (fields.replaces != NULL || (i % 7 != 3 && i % 7 != 5))
        continue;
      fields.visibility = i % 7 == 3 ? DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS
                                     : DMP_VISIBILITY_HIDDEN_FROM_PATIENT;
      other = dmp_document_entry_new (&fields);
      g_list_store_splice (record->entries, i, 1, (gpointer *) &other, 1);
    }
}

/* Takes hidden documents out of the record for good. Returns: how many */
static guint
remove_hidden (void)
{
  guint n = 0;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (record->entries)); i-- > 0;)
    {
      g_autoptr (DmpDocumentEntry) entry =
          g_list_model_get_item (G_LIST_MODEL (record->entries), i);

      if (!is_hidden (entry))
        continue;
      g_list_store_remove (record->entries, i);
      n++;
    }

  return n;
}

/* All words of @widget, shown or not. */
static void
gather (GtkWidget *widget, GString *words)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (words, "[%s]\n", gtk_label_get_text (GTK_LABEL (widget)));
  if (tooltip != NULL)
    g_string_append_printf (words, "(%s)\n", tooltip);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gather (child, words);
}

static char *
dup_words (DmpSummary *summary, DmpSummary *before, const char *picture)
{
  DmpSummaryPage *page = g_object_new (DMP_TYPE_SUMMARY_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GString *words = g_string_new (NULL);

  if (before != NULL)
    {
      dmp_summary_page_set_summary (page, before);
      dmp_summary_page_toggle_detail (page);
      gallery_settle (window);
      dmp_summary_page_toggle_detail (page);
      gallery_settle (window);
    }
  dmp_summary_page_set_summary (page, summary);
  gallery_settle (window);
  gather (GTK_WIDGET (page), words);
  gallery_take (window, picture);

  return g_string_free (words, FALSE);
}

/* The patient's summary is the one of a record in which the hidden documents never were; and the
 * page keeps nothing of what it showed before. */
static void
test_no_trace (void)
{
  static const char *const secrets[] = { "[masqué]", "non visible du patient", "[MT]", "[PS]",
                                         "Règles",   "ne pas les révéler" };
  g_autoptr (DmpSummary) whole = NULL, clean = NULL;
  g_autofree char *before = NULL, *after = NULL, *a = NULL, *b = NULL;
  DmpSummary *view;
  guint n;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  hide_some ();
  whole = sample_record_summarise (record, G_MAXUINT);
  view = dmp_summary_get_patient_view (whole);
  g_assert_nonnull (view);
  g_assert_true (dmp_summary_is_for_patient (view));
  g_assert_false (dmp_summary_is_for_patient (whole));
  before = dup_words (whole, NULL, "15-avant");
  after = dup_words (view, whole, "15-mode-patient");
  n = remove_hidden ();
  g_assert_cmpuint (n, >, 0);
  clean = sample_record_summarise (record, G_MAXUINT);
  a = dmp_summary_dup_json (view);
  b = dmp_summary_dup_json (dmp_summary_get_patient_view (clean));
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpuint (dmp_summary_get_coverage (view)->listed + n, >=,
                    dmp_summary_get_coverage (whole)->listed);
  g_assert_cmpuint (dmp_summary_get_coverage (view)->listed, <,
                    dmp_summary_get_coverage (whole)->listed);
  g_assert_cmpuint (dmp_summary_get_flags (view)->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_test_message ("%s", secrets[i]);
      g_assert_nonnull (strstr (before, secrets[i]));
      g_assert_null (strstr (after, secrets[i]));
    }
}

int
main (int argc, char **argv)
{
  int status;

  if (!gallery_init (&argc, &argv))
    return 0;
  record = sample_record_new ("chronic");
  g_test_add_func ("/patient-mode/no-trace", test_no_trace);
  status = g_test_run ();
  g_clear_pointer (&record, sample_record_free);

  return status;
}
