#include "config.h"

#include "dmp-search-private.h"
#include "model/dmp-text.h"
#include "model/dmp-wipe-buffer.h"

#include <string.h>

/* --- What is kept ---------------------------------------------------------------------------- */

static void
passage_free (gpointer data)
{
  DmpSearchPassage *passage = data;

  g_free (passage->place);
  dmp_wipe_text (passage->text);
  g_free (passage);
}

static void
source_free (gpointer data)
{
  DmpSearchSource *source = data;

  g_free (source->unique_id);
  dmp_wipe_text (source->title);
  g_free (source->author);
  g_free (source->date);
  g_free (source->reason);
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
  self->twins = g_hash_table_new (g_str_hash, g_str_equal);
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
  g_hash_table_unref (self->twins);
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
  DmpCdaPlace page; /* of a file */
} Filling;

static DmpSearchSource *
get_source (const Filling *filling)
{
  return g_ptr_array_index (filling->self->documents, filling->document);
}

static void
insert (DmpSearch *self, const char *text, const char *more)
{
  g_autofree char *all = g_strconcat (text, more, NULL);
  g_autofree char *folded = dmp_text_fold (all);

  sqlite3_bind_int64 (self->insert, 1, self->passages->len);
  sqlite3_bind_text (self->insert, 2, folded, -1, SQLITE_STATIC);
  if (sqlite3_step (self->insert) != SQLITE_DONE)
    g_error ("search: %s", sqlite3_errmsg (self->database));
  sqlite3_reset (self->insert);
  sqlite3_clear_bindings (self->insert);
  explicit_bzero (all, strlen (all));
  explicit_bzero (folded, strlen (folded));
}

static DmpSearchPassage *
add_words (const char *place, const char *text, const char *more, const Filling *filling)
{
  DmpSearch *self = filling->self;
  DmpSearchPassage *passage = g_new0 (DmpSearchPassage, 1);

  passage->document = filling->document;
  passage->place = g_strdup (place);
  passage->text = g_strdup (text);
  g_ptr_array_add (self->passages, passage);
  get_source (filling)->n_passages += *place != '\0';
  insert (self, text, more);
  return passage;
}

static void
add_passage (const char *place, const char *text, gpointer data)
{
  add_words (place, text, NULL, data);
}

static void
add_piece (guint start, guint end, const char *text, const char *joined, gpointer data)
{
  const Filling *filling = data;
  DmpCdaPlace piece = filling->page;
  g_autofree char *place = NULL;

  piece.end = piece.start + end;
  piece.start += start;
  place = dmp_cda_place_format (&piece);
  add_words (place, text, joined, filling)->copy = get_source (filling)->narrative;
}

gboolean
dmp_search_wants_file (DmpCdaDocument *document, guint attachment)
{
  GPtrArray *files = dmp_cda_document_get_attachments (document);
  const DmpCdaAttachment *file = g_ptr_array_index (files, attachment);

  return dmp_cda_document_get_body (document) == DMP_CDA_BODY_NON_XML ||
         !g_str_has_prefix (file->mime, "image/");
}

static gboolean
wants_files (DmpCdaDocument *document)
{
  guint n = dmp_cda_document_get_attachments (document)->len;

  for (guint i = 0; i < n; i++)
    if (dmp_search_wants_file (document, i))
      return TRUE;
  return FALSE;
}

void
dmp_search_add (DmpSearch *self, const DmpSearchDocument *about, DmpCdaDocument *document)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Filling filling = { .self = self };
  DmpSearchSource *source;

  if (!g_hash_table_add (self->read, g_strdup (about->unique_id)))
    return;
  filling.document = number_of (self, about);
  execute (self, "BEGIN");
  if (about->title != NULL && *about->title != '\0')
    add_passage ("", about->title, &filling);
  dmp_search_each_passage (document, add_passage, &filling);
  execute (self, "COMMIT");
  source = get_source (&filling);
  source->narrative = source->n_passages > 0;
  source->gap = wants_files (document) ? DMP_SEARCH_GAP_PENDING : DMP_SEARCH_GAP_NONE;
}

/* Returns: (nullable) */
static DmpSearchSource *
find_source (DmpSearch *self, const char *unique_id, guint *number)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, unique_id));

  if (found > 0 && number != NULL)
    *number = found - 1;
  return found > 0 ? g_ptr_array_index (self->documents, found - 1) : NULL;
}

void
dmp_search_add_text (DmpSearch *self,
                     const char *unique_id,
                     const DmpCdaPlace *page,
                     const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Filling filling = { .self = self, .page = *page };

  if (find_source (self, unique_id, &filling.document) == NULL)
    return;
  execute (self, "BEGIN");
  dmp_search_each_piece (text, add_piece, &filling);
  execute (self, "COMMIT");
}

void
dmp_search_set_gap (DmpSearch *self, const char *unique_id, DmpSearchGap gap, const char *reason)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  DmpSearchSource *source = find_source (self, unique_id, NULL);

  if (source == NULL)
    return;
  source->gap = gap;
  g_free (source->reason);
  source->reason = g_strdup (reason);
}

const char *
dmp_search_get_reason (DmpSearch *self, const char *unique_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const DmpSearchSource *source = find_source (self, unique_id, NULL);

  return source != NULL ? source->reason : NULL;
}

gboolean
dmp_search_is_waiting (DmpSearch *self, const char *unique_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const DmpSearchSource *source = find_source (self, unique_id, NULL);

  return source != NULL && source->gap == DMP_SEARCH_GAP_PENDING;
}

void
dmp_search_set_summary (DmpSearch *self, DmpSummary *summary)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const GPtrArray *items = summary != NULL ? dmp_summary_get_coverage (summary)->items : NULL;

  g_hash_table_remove_all (self->twins);
  g_set_object (&self->summary, summary);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const DmpCoverageItem *item = g_ptr_array_index (items, i);

      if (item->state == DMP_READ_DUPLICATE && item->instead != NULL)
        g_hash_table_insert (self->twins, item->document, item->instead);
    }
}
