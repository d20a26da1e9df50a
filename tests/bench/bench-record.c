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

  return 0;
}
