/* The window's pages on a virtual screen, with the record in FOLDER: bench-page FOLDER. The summary
 * page while documents arrive: what the main loop does at a stretch for each summary that comes.
 * The search page: from a letter until its answer is painted. */
#include "config.h"

#include "bench.h"
#include "summary/dmp-summary-builder.h"
#include "tests/ui/gallery.h"
#include "ui/dmp-search-page.h"
#include "ui/dmp-summary-page.h"

#include <stdio.h>
#include <string.h>

#define TODAY "20260115" /* the stories' day of reference */
#define BATCH 16         /* documents between two summaries */
#define QUIET 200        /* ms until nothing more will come */
#define ROUNDS 3         /* of a keystroke */

static const char *const questions[] = { "potassium", "insuffisance cardiaque", "apixaban",
                                         "créatinine > 100" };

typedef struct
{
  GPtrArray *documents; /* (element-type DmpCdaDocument) */
  GPtrArray *entries;   /* (element-type DmpDocumentEntry), in the same order */
  DmpSearch *search;
  DmpSummary *summary; /* of all */
  GtkWidget *page;
  const char *typed;
  gboolean answered;
} Record;

static void
read_documents (Record *self, const GPtrArray *files)
{
  self->documents = g_ptr_array_new_with_free_func (g_object_unref);
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->search = dmp_search_new ();
  for (guint i = 0; i < files->len; i++)
    {
      DmpCdaDocument *document = dmp_cda_document_parse (g_ptr_array_index (files, i), NULL);
      DmpDocumentEntry *entry;
      DmpSearchDocument about;

      if (document == NULL)
        continue; /* the sample records hold broken ones */
      entry = dmp_summary_dup_entry_for (document, NULL);
      about = (DmpSearchDocument){ .unique_id = dmp_document_entry_get_unique_id (entry),
                                   .title = dmp_document_entry_get_title (entry),
                                   .date = dmp_document_entry_get_date (entry) };
      dmp_search_add (self->search, &about, document);
      g_ptr_array_add (self->documents, document);
      g_ptr_array_add (self->entries, entry);
    }
}

static void
show (Record *self, GType type)
{
  self->page = g_object_new (type, NULL);
  gallery_settle (gallery_show (self->page));
}

/* --- The summary page --- */

/* Until nothing is left to do. Returns: the longest stretch, seconds of the processor */
static double
run_dry (double *all)
{
  gint64 quiet = g_get_monotonic_time () + QUIET * 1000;
  double longest = 0;

  while (g_get_monotonic_time () < quiet)
    {
      double start = bench_get_cpu (), taken;

      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
      taken = bench_get_cpu () - start;
      *all += taken;
      longest = MAX (longest, taken);
    }
  return longest;
}

/* The stretches of one summary. Returns: the longest */
static double
show_summary (Record *self, DmpSummary *summary, double *all)
{
  double start = bench_get_cpu (), taken, longest;

  dmp_summary_page_set_summary (DMP_SUMMARY_PAGE (self->page), summary);
  taken = bench_get_cpu () - start;
  *all += taken;
  longest = run_dry (all);
  return MAX (taken, longest);
}

static void
fill_summary (Record *self)
{
  DmpPatient *patient = dmp_cda_document_get_patient (self->documents->pdata[0]);
  g_autoptr (DmpSummaryBuilder) builder = dmp_summary_builder_new (patient, TODAY);
  double longest = 0, all = 0, stretch;
  guint n = 0;

  show (self, DMP_TYPE_SUMMARY_PAGE);
  for (guint i = 0; i < self->entries->len; i++)
    dmp_summary_builder_add_unread (builder, self->entries->pdata[i], DMP_UNREAD_PENDING, NULL);
  for (guint i = 0; i < self->documents->len; i++)
    {
      dmp_summary_builder_add (builder, self->entries->pdata[i], self->documents->pdata[i]);
      if (i % BATCH != BATCH - 1 && i + 1 < self->documents->len)
        continue;
      g_clear_object (&self->summary);
      self->summary = dmp_summary_builder_build (builder);
      stretch = show_summary (self, self->summary, &all);
      longest = MAX (longest, stretch);
      n++;
    }
  printf ("# %u documents, %u summaries one after the other\n", self->documents->len, n);
  bench_print ("a summary that comes, shown", all / n * 1e3, "ms", 0, NULL);
  bench_print ("a summary that comes, the longest stretch in the main loop", longest * 1e3, "ms", 0,
               NULL);
}

/* --- The search page --- */

static void
on_answered (Record *self)
{
  self->answered = TRUE;
}

static void
on_paint (gboolean *painted)
{
  *painted = TRUE;
}

typedef struct
{
  double clock, cpu; /* seconds; of the main thread's: the search itself is in another */
} Stroke;

static Stroke
ask (Record *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->page);
  gint64 start = g_get_monotonic_time ();
  double cpu = bench_get_cpu ();
  gboolean painted = FALSE;
  gulong watch;

  self->answered = FALSE;
  dmp_search_page_ask (DMP_SEARCH_PAGE (self->page), self->typed);
  while (!self->answered)
    g_main_context_iteration (NULL, TRUE);
  watch = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_paint), &painted);
  gtk_widget_queue_draw (self->page);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, watch);
  return (Stroke){ (double) (g_get_monotonic_time () - start) / 1e6, bench_get_cpu () - cpu };
}

typedef struct
{
  Stroke sum, worst;
  char *typed; /* the worst */
  guint n;
} Strokes;

static void
press (Record *self, const char *typed, Strokes *all)
{
  Stroke best = { G_MAXDOUBLE, G_MAXDOUBLE };

  self->typed = typed;
  for (guint i = 0; i < ROUNDS; i++)
    {
      Stroke one = ask (self);

      best = (Stroke){ MIN (best.clock, one.clock), MIN (best.cpu, one.cpu) };
    }
  all->sum.clock += best.clock;
  all->sum.cpu += best.cpu;
  all->n++;
  if (best.cpu <= all->worst.cpu)
    return;
  all->worst = best;
  g_free (all->typed);
  all->typed = g_strdup (typed);
}

static void
print_stroke (const char *name, const Stroke *stroke, double scale)
{
  g_autofree char *by_clock = g_strconcat (name, ", by the clock", NULL);

  bench_print (name, stroke->cpu * scale, "ms", 0, NULL);
  bench_print (by_clock, stroke->clock * scale, "ms", 0, NULL);
}

static void
type_questions (Record *self)
{
  const DmpSearchSource source = { .search = self->search };
  g_autofree char *name =
      g_strdup_printf ("a keystroke in %u documents, its answer painted", self->documents->len);
  g_autofree char *worst = NULL;
  Strokes all = { 0 };

  dmp_search_set_summary (self->search, self->summary);
  show (self, DMP_TYPE_SEARCH_PAGE);
  g_signal_connect_swapped (self->page, "answered", G_CALLBACK (on_answered), self);
  dmp_search_page_set_source (DMP_SEARCH_PAGE (self->page), &source);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    for (glong n = 1; n <= g_utf8_strlen (questions[i], -1); n++)
      {
        g_autofree char *typed = g_utf8_substring (questions[i], 0, n);

        press (self, typed, &all);
      }
  worst = g_strdup_printf ("%s, the slowest of %u (\"%s\")", name, all.n, all.typed);
  print_stroke (name, &all.sum, 1e3 / all.n);
  print_stroke (worst, &all.worst, 1e3);
  g_free (all.typed);
}

int
main (int argc, char **argv)
{
  gboolean screen = gallery_init (&argc, &argv);
  g_autofree char *folder = argc == 2 ? g_build_filename (argv[1], "documents", NULL) : NULL;
  g_autoptr (GPtrArray) files = NULL;
  Record record = { 0 };

  if (argc != 2)
    return 2;
  if (!screen)
    {
      puts ("page: not run, no screen");
      return 0;
    }
  files = bench_read_folder (folder);
  read_documents (&record, files);
  fill_summary (&record);
  type_questions (&record);

  return 0;
}
