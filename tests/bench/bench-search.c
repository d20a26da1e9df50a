/* Searching the sample record in FOLDER as one types: bench-search FOLDER. Each beginning of a few
 * questions is a keystroke; its floor is FTS5 alone asked for the same words over the same
 * passages.
 */
#include "config.h"

#include "bench.h"
#include "model/dmp-text.h"
#include "search/dmp-search-private.h"
#include "summary/dmp-summary-builder.h"

#include <stdio.h>
#include <string.h>

#define TODAY "20260115" /* the stories' day of reference */
#define MAX_HITS 200     /* as the page asks */

static const char *const questions[] = { "potassium", "insuffisance cardiaque", "apixaban",
                                         "créatinine > 100", "vaccin tétanos" };

typedef struct
{
  GPtrArray *documents; /* (element-type DmpCdaDocument) */
  GHashTable *entries;  /* unique id → DmpDocumentEntry */
  GHashTable *by_id;    /* unique id → DmpCdaDocument */
  DmpSearch *search;
  sqlite3 *plain; /* the same passages, FTS5 alone */
  sqlite3_stmt *find;
  sqlite3_stmt *insert;
  gint64 n_passages;
  const char *typed; /* the beginning of a question that is asked for */
} Record;

/* --- What is searched --- */

static void
read_documents (Record *self, const GPtrArray *files)
{
  self->documents = g_ptr_array_new_with_free_func (g_object_unref);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < files->len; i++)
    {
      DmpCdaDocument *document = dmp_cda_document_parse (g_ptr_array_index (files, i), NULL);
      DmpDocumentEntry *entry;

      if (document == NULL)
        continue; /* the sample records hold broken ones */
      entry = dmp_summary_dup_entry_for (document, NULL);
      g_ptr_array_add (self->documents, document);
      g_hash_table_replace (self->entries, (gpointer) dmp_document_entry_get_unique_id (entry),
                            entry);
      g_hash_table_replace (self->by_id, (gpointer) dmp_document_entry_get_unique_id (entry),
                            document);
    }
}

static void
summarise (Record *self)
{
  DmpPatient *patient = dmp_cda_document_get_patient (self->documents->pdata[0]);
  g_autoptr (DmpSummaryBuilder) builder = dmp_summary_builder_new (patient, TODAY);
  g_autoptr (DmpSummary) summary = NULL;
  GHashTableIter iter;
  gpointer id, entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &id, &entry))
    dmp_summary_builder_add (builder, entry, g_hash_table_lookup (self->by_id, id));
  summary = dmp_summary_builder_build (builder);
  dmp_search_set_summary (self->search, summary);
}

static void
index_all (Record *self)
{
  GHashTableIter iter;
  gpointer id, entry;

  self->search = dmp_search_new ();
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &id, &entry))
    {
      const DmpSearchDocument about = { .unique_id = id,
                                        .title = dmp_document_entry_get_title (entry),
                                        .date = dmp_document_entry_get_date (entry) };

      dmp_search_add (self->search, &about, g_hash_table_lookup (self->by_id, id));
    }
}

static void
add_plain (const char *place, const char *text, gpointer data)
{
  Record *self = data;
  g_autofree char *folded = dmp_text_fold (text);

  sqlite3_bind_int64 (self->insert, 1, ++self->n_passages);
  sqlite3_bind_text (self->insert, 2, folded, -1, SQLITE_TRANSIENT);
  g_assert_cmpint (sqlite3_step (self->insert), ==, SQLITE_DONE);
  sqlite3_reset (self->insert);
}

static void
index_plain (Record *self)
{
  const char *table = "CREATE VIRTUAL TABLE passages USING fts5 (words, content = '', "
                      "columnsize = 0, prefix = '2 3 4', tokenize = 'unicode61 "
                      "remove_diacritics 0')";

  g_assert_cmpint (sqlite3_open (":memory:", &self->plain), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (self->plain, table, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (self->plain,
                                       "INSERT INTO passages (rowid, words) VALUES (?, ?)", -1,
                                       &self->insert, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (self->plain,
                                       "SELECT rowid FROM passages WHERE passages MATCH ?", -1,
                                       &self->find, NULL),
                   ==, SQLITE_OK);
  sqlite3_exec (self->plain, "BEGIN", NULL, NULL, NULL);
  for (guint i = 0; i < self->documents->len; i++)
    dmp_search_each_passage (self->documents->pdata[i], add_plain, self);
  sqlite3_exec (self->plain, "COMMIT", NULL, NULL, NULL);
}

/* --- A keystroke --- */

static void
find (gpointer data)
{
  const Record *self = data;
  g_autoptr (DmpSearchResults) results = dmp_search_find (self->search, self->typed, MAX_HITS);
  g_autoptr (GPtrArray) unsearched =
      results->summary != NULL ? dmp_search_list_unsearched (self->search, results->summary) : NULL;
}

/* The words as they are typed, each as a beginning; no other names, nothing but row numbers. */
static void
find_plain (gpointer data)
{
  const Record *self = data;
  g_autofree char *folded = dmp_text_fold (self->typed);
  g_auto (GStrv) words = g_strsplit_set (folded, " ><=", -1);
  GString *match = g_string_new (NULL);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " AND " : "", *word);
  sqlite3_bind_text (self->find, 1, match->str, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (self->find) == SQLITE_ROW)
    ;
  sqlite3_reset (self->find);
  g_string_free (match, TRUE);
}

/* --- All of them --- */

typedef struct
{
  double sum, floor; /* seconds of all */
  BenchTimes worst;
  char *typed; /* the worst */
  guint n;
} Strokes;

static void
measure_keystroke (Record *self, const char *typed, Strokes *all)
{
  const BenchWay work = { find, self, NULL }, plain = { find_plain, self, NULL };
  BenchTimes times;

  self->typed = typed;
  times = bench_measure_briefly (&work, &plain);
  all->sum += times.work;
  all->floor += times.floor;
  all->n++;
  if (times.work <= all->worst.work)
    return;
  all->worst = times;
  g_free (all->typed);
  all->typed = g_strdup (typed);
}

static void
measure_all (Record *self, Strokes *all)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    for (glong n = 1; n <= g_utf8_strlen (questions[i], -1); n++)
      {
        g_autofree char *typed = g_utf8_substring (questions[i], 0, n);

        measure_keystroke (self, typed, all);
      }
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = argc == 2 ? g_build_filename (argv[1], "documents", NULL) : NULL;
  g_autofree char *name = NULL, *worst = NULL;
  g_autoptr (GPtrArray) files = NULL;
  Record record = { 0 };
  Strokes all = { 0 };

  if (argc != 2)
    return 2;
  files = bench_read_folder (folder);
  read_documents (&record, files);
  index_all (&record);
  index_plain (&record);
  summarise (&record);
  measure_all (&record, &all);
  name = g_strdup_printf ("a keystroke in %u documents", record.documents->len);
  worst = g_strdup_printf ("%s, the slowest of %u (\"%s\")", name, all.n, all.typed);
  bench_print (name, all.sum / all.n * 1e3, "ms", all.sum / all.floor, "FTS5 alone");
  bench_print (worst, all.worst.work * 1e3, "ms", all.worst.work / all.worst.floor, "FTS5 alone");
  g_free (all.typed);

  return 0;
}
