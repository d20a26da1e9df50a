/* Reading and summarising the sample record in FOLDER, from memory: bench-record FOLDER. */
#include "config.h"

#include "bench.h"
#include "cda/dmp-cda-facts.h"
#include "summary/dmp-summary-builder.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TODAY "20260115" /* the stories' day of reference */

/* The goals for "dmp summary --from": 100 median documents in twice the time of reading and
 * extracting them, 500 documents within so much memory. */
#define MEDIANS 100
#define MOST_MEGABYTES 400
#define ROUNDS 11

static GPtrArray *
parse (const GPtrArray *files)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    {
      DmpCdaDocument *document = dmp_cda_document_parse (g_ptr_array_index (files, i), NULL);

      if (document == NULL)
        continue; /* the sample records hold broken ones */
      dmp_cda_document_get_facts (document);
      g_ptr_array_add (documents, document);
    }

  return documents;
}

static void
read_all (gpointer data)
{
  g_ptr_array_unref (parse (data));
}

static DmpSummary *
summarise (const GPtrArray *documents)
{
  DmpPatient *patient = dmp_cda_document_get_patient (g_ptr_array_index (documents, 0));
  g_autoptr (DmpSummaryBuilder) builder = dmp_summary_builder_new (patient, TODAY);

  for (guint i = 0; i < documents->len; i++)
    {
      DmpCdaDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (DmpDocumentEntry) entry = dmp_summary_dup_entry_for (document, NULL);

      dmp_summary_builder_add (builder, entry, document);
    }
  return dmp_summary_builder_build (builder);
}

static void
summarise_all (gpointer data)
{
  g_autoptr (DmpSummary) summary = summarise (data);
}

static void
read_and_summarise (gpointer data)
{
  g_autoptr (GPtrArray) documents = parse (data);
  g_autoptr (DmpSummary) summary = summarise (documents);
}

static void
print_memory (const char *record, GPtrArray *files)
{
  double megabytes = bench_get_megabytes (files);
  g_autofree char *name = g_strconcat (record, " kept in memory, read and summarised", NULL);
  gsize before = bench_get_allocated ();
  g_autoptr (GPtrArray) documents = parse (files);
  g_autoptr (DmpSummary) summary = summarise (documents);
  double kept = (double) (bench_get_allocated () - before) / 1e6;

  bench_print (name, kept, "MB", kept / megabytes, "the documents");
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  gsize left = g_bytes_get_size (*(GBytes *const *) a);
  gsize right = g_bytes_get_size (*(GBytes *const *) b);

  return left < right ? -1 : left > right;
}

static gpointer
ref_bytes (gconstpointer bytes, gpointer unused)
{
  return g_bytes_ref ((gpointer) bytes);
}

/* The goal is set for one median document (docs/bench.md). */
static void
measure_median (const char *record, const GPtrArray *files)
{
  g_autofree char *name = g_strconcat (record, " median document, read with facts", NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy ((GPtrArray *) files, ref_bytes, NULL);
  g_autoptr (GPtrArray) median = g_ptr_array_new ();
  BenchWay floor = { bench_libxml2, median, "libxml2" };
  BenchWay work = { read_all, median, NULL };

  g_ptr_array_sort (sorted, compare_sizes);
  g_ptr_array_add (median, sorted->pdata[sorted->len / 2]);
  bench_compare (name, 1e3, "ms", &work, &floor);
}

/* --- The command -------------------------------------------------------------------------------
 */

static void
keep_best (BenchProcess *best, const char **argv)
{
  BenchProcess again = bench_run ((char **) argv);

  best->seconds = MIN (best->seconds, again.seconds);
  best->megabytes = again.megabytes;
}

/* What the command is measured against, as a program of its own: --extract FOLDER. */
static int
extract_folder (const char *folder)
{
  g_autoptr (GPtrArray) files = bench_read_folder (folder);

  bench_extract (files);
  return 0;
}

/* The documents around the middle, by size, in a folder of their own. */
static GPtrArray *
copy_medians (const GPtrArray *files, const char *folder)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy ((GPtrArray *) files, ref_bytes, NULL);
  GPtrArray *medians = g_ptr_array_new ();
  guint first = sorted->len > MEDIANS ? (sorted->len - MEDIANS) / 2 : 0;

  g_ptr_array_sort (sorted, compare_sizes);
  for (guint i = first; i < MIN (first + MEDIANS, sorted->len); i++)
    {
      GBytes *bytes = g_ptr_array_index (sorted, i);
      g_autofree char *name = g_strdup_printf ("%03u.xml", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_ptr_array_add (medians, bytes);
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                           NULL);
    }
  return medians;
}

static void
remove_medians (const char *folder, guint n_files, guint n)
{
  guint first = n_files > MEDIANS ? (n_files - MEDIANS) / 2 : 0;

  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%03u.xml", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      remove (path);
    }
  remove (folder);
}

/* In turn with its floor: what else the machine does is the same for both. The stricter floor is a
 * process that runs already and has the bytes in memory. */
static void
measure_summary (const char *program, const char *dmp, const char *folder, GPtrArray *medians)
{
  BenchWay extract = { bench_extract, medians, "libxml2 with eight XPath questions" };
  BenchWay work = { read_and_summarise, medians, NULL };
  g_autofree char *inside =
      g_strdup_printf ("%u median documents, read and summarised", medians->len);
  g_autofree char *name = g_strdup_printf ("dmp summary --from %u median documents", medians->len);
  const char *floor[] = { program, "--extract", folder, NULL };
  const char *summary[] = { dmp, "summary", "--from", folder, "--today", TODAY, NULL };
  BenchProcess least = { G_MAXDOUBLE, 0 }, process = { G_MAXDOUBLE, 0 };
  BenchTimes times;

  for (guint i = 0; i < ROUNDS; i++)
    {
      keep_best (&least, floor);
      keep_best (&process, summary);
    }
  bench_print (name, process.seconds * 1e3, "ms", process.seconds / least.seconds,
               "a program that reads the files and asks libxml2 eight XPath questions");
  times = bench_compare (inside, 1e3, "ms", &work, &extract);
  bench_print (name, process.seconds * 1e3, "ms", process.seconds / times.floor,
               "libxml2 with eight XPath questions, no process started, no file read");
}

/* Returns: FALSE when the record takes more memory than it may */
static gboolean
measure_command (const char *program, const char *folder, const GPtrArray *files)
{
  const char *build = g_getenv ("top_builddir");
  g_autofree char *dmp = g_build_filename (build ? build : ".", "src", "cli", "dmp", NULL);
  g_autofree char *copies = g_dir_make_tmp ("bench-XXXXXX", NULL);
  g_autoptr (GPtrArray) medians = copy_medians (files, copies);
  const char *all[] = { dmp, "summary", "--from", folder, "--today", TODAY, NULL };
  g_autofree char *name = g_strdup_printf ("dmp summary --from %u documents, memory", files->len);
  BenchProcess process = { G_MAXDOUBLE, 0 };

  measure_summary (program, dmp, copies, medians);
  remove_medians (copies, files->len, medians->len);
  keep_best (&process, all);
  bench_print (name, process.megabytes, "MB", process.megabytes / bench_get_megabytes (files),
               "the documents");
  return process.megabytes <= MOST_MEGABYTES;
}

int
main (int argc, char **argv)
{
  g_autofree char *record = argc == 2 ? g_path_get_basename (argv[1]) : NULL;
  g_autofree char *folder = argc == 2 ? g_build_filename (argv[1], "documents", NULL) : NULL;
  g_autofree char *read_name = g_strconcat (record, " documents, read with facts", NULL);
  g_autofree char *both_name = g_strconcat (record, " record, read and summarised", NULL);
  g_autofree char *summary_name = g_strconcat (record, " summary alone", NULL);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  BenchWay floor = { bench_libxml2, NULL, "libxml2" };
  BenchWay work = { read_all, NULL, NULL };

  if (argc == 3 && strcmp (argv[1], "--extract") == 0)
    return extract_folder (argv[2]);
  if (argc != 2)
    return 2;
  files = bench_read_folder (folder);
  floor.data = work.data = files;
  printf ("# %s: %u documents, %.2f MB\n", record, files->len, bench_get_megabytes (files));
  print_memory (record, files);
  bench_compare (read_name, 1e3 / files->len, "ms/document", &work, &floor);
  measure_median (record, files);
  work.run = read_and_summarise;
  bench_compare (both_name, 1e3, "ms", &work, &floor);
  documents = parse (files);
  work.run = summarise_all;
  work.data = documents;
  bench_compare (summary_name, 1e3, "ms", &work, &floor);

  return measure_command (argv[0], folder, files) ? 0 : 1;
}
