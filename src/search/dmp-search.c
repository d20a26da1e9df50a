#include "config.h"

#include "dmp-search-private.h"
#include "model/dmp-text.h"

#include <string.h>

/* --- What is kept ---------------------------------------------------------------------------- */

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
passage_free (gpointer data)
{
  DmpSearchPassage *passage = data;

  g_free (passage->place);
  wipe (passage->text);
  g_free (passage);
}

static void
source_free (gpointer data)
{
  DmpSearchSource *source = data;

  g_free (source->unique_id);
  wipe (source->title);
  g_free (source->author);
  g_free (source->date);
  g_free (source);
}

static void
execute (DmpSearch *self, const char *sql)
{
  if (sqlite3_exec (self->database, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("search: %s: %s", sql, sqlite3_errmsg (self->database)); /* in memory: only a fault */
}

DmpSearch *
dmp_search_new (void)
{
  DmpSearch *self = g_new0 (DmpSearch, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->documents = g_ptr_array_new_with_free_func (source_free);
  self->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  self->read = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->passages = g_ptr_array_new_with_free_func (passage_free);
  if (sqlite3_open_v2 (":memory:", &self->database,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY |
                           SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK)
    g_error ("search: no database in memory");
  execute (self,
           "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA journal_mode = OFF");
  /* The text is folded before it comes here; what is found is shown from the passages. */
  execute (self, "CREATE VIRTUAL TABLE passages USING fts5 (words, content = '', columnsize = 0, "
                 "prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 0')");
  if (sqlite3_prepare_v2 (self->database, "INSERT INTO passages (rowid, words) VALUES (?, ?)", -1,
                          &self->insert, NULL) != SQLITE_OK)
    g_error ("search: %s", sqlite3_errmsg (self->database));
  return self;
}

DmpSearch *
dmp_search_ref (DmpSearch *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dmp_search_unref (DmpSearch *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  sqlite3_finalize (self->insert);
  execute (self, "DROP TABLE passages"); /* secure_delete: with zeroes over it */
  sqlite3_close (self->database);
  g_ptr_array_unref (self->passages);
  g_hash_table_unref (self->read);
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->documents);
  g_clear_object (&self->summary);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* --- Filling it ------------------------------------------------------------------------------ */

static guint
number_of (DmpSearch *self, const DmpSearchDocument *about)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, about->unique_id));
  DmpSearchSource *source;

  if (number > 0)
    return number - 1;
  source = g_new0 (DmpSearchSource, 1);
  source->unique_id = g_strdup (about->unique_id);
  source->title = g_strdup (about->title);
  source->author = g_strdup (about->author);
  source->date = g_strdup (about->date);
  g_ptr_array_add (self->documents, source);
  g_hash_table_insert (self->numbers, source->unique_id, GUINT_TO_POINTER (self->documents->len));
  return self->documents->len - 1;
}

typedef struct
{
  DmpSearch *self;
  guint document;
} Filling;

static void
add_passage (const char *place, const char *text, gpointer data)
{
  const Filling *filling = data;
  DmpSearch *self = filling->self;
  g_autofree char *folded = dmp_text_fold (text);
  DmpSearchPassage *passage = g_new0 (DmpSearchPassage, 1);

  passage->document = filling->document;
  passage->place = g_strdup (place);
  passage->text = g_strdup (text);
  g_ptr_array_add (self->passages, passage);
  sqlite3_bind_int64 (self->insert, 1, self->passages->len);
  sqlite3_bind_text (self->insert, 2, folded, -1, SQLITE_STATIC);
  if (sqlite3_step (self->insert) != SQLITE_DONE)
    g_error ("search: %s", sqlite3_errmsg (self->database));
  sqlite3_reset (self->insert);
  sqlite3_clear_bindings (self->insert);
  explicit_bzero (folded, strlen (folded));
}

void
dmp_search_add (DmpSearch *self, const DmpSearchDocument *about, DmpCdaDocument *document)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Filling filling = { .self = self };

  if (!g_hash_table_add (self->read, g_strdup (about->unique_id)))
    return;
  filling.document = number_of (self, about);
  execute (self, "BEGIN");
  if (about->title != NULL && *about->title != '\0')
    add_passage ("", about->title, &filling);
  dmp_search_each_passage (document, add_passage, &filling);
  execute (self, "COMMIT");
}

void
dmp_search_add_text (DmpSearch *self,
                     const DmpSearchDocument *about,
                     const char *place,
                     const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  Filling filling = { .self = self, .document = number_of (self, about) };

  execute (self, "BEGIN");
  for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++)
    {
      g_strdelimit (g_strstrip (*paragraph), "\n\t", ' ');
      if (**paragraph != '\0')
        add_passage (place, *paragraph, &filling);
      explicit_bzero (*paragraph, strlen (*paragraph));
    }
  execute (self, "COMMIT");
}

void
dmp_search_set_summary (DmpSearch *self, DmpSummary *summary)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_set_object (&self->summary, summary);
}

gboolean
dmp_search_has_words (DmpSearch *self, const char *unique_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, unique_id));

  for (guint i = 0; number > 0 && i < self->passages->len; i++)
    {
      const DmpSearchPassage *passage = g_ptr_array_index (self->passages, i);

      if (passage->document == number - 1 && *passage->place != '\0')
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
dmp_search_list_unsearched (DmpSearch *self, DmpSummary *summary)
{
  const DmpCoverage *coverage = dmp_summary_get_coverage (summary);
  GPtrArray *unsearched = g_ptr_array_new ();

  for (guint i = 0; i < coverage->items->len; i++)
    {
      DmpCoverageItem *item = g_ptr_array_index (coverage->items, i);

      if ((item->state == DMP_READ_PDF || item->state == DMP_READ_FAILED ||
           item->state == DMP_READ_PENDING) &&
          !dmp_search_has_words (self, item->document))
        g_ptr_array_add (unsearched, item);
    }
  return unsearched;
}
