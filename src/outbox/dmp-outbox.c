#include "config.h"

#include "dmp-outbox-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What was deleted must not wait in the log for the next checkpoint. */
static void
empty_log (DmpOutbox *self)
{
  sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

static char *
column_dup (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

/* --- Storing --------------------------------------------------------------------------------- */

static gboolean
insert_set (DmpOutbox *self, const DmpOutboxRow *row, GError **error)
{
  char context[DMP_OUTBOX_CONTEXT_CHARS];
  gsize len;
  gconstpointer request = g_bytes_get_data (row->request, &len);
  sqlite3_stmt *s = dmp_outbox_prepare (
      self, "INSERT INTO sets VALUES (NULL,?1,?2,?3,?4,?5,?6,?7,?8,?9,NULL,?10,?11)", error);

  if (s == NULL)
    return FALSE;
  sqlite3_bind_text (s, 1, row->submission_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (s, 2, row->professional, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (s, 3, row->place, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (s, 4, row->mode);
  sqlite3_bind_int (s, 5, DMP_OUTBOX_READY);
  sqlite3_bind_int64 (s, 6, row->created);
  sqlite3_bind_int64 (s, 7, row->sent);
  if (dmp_outbox_bind_text (self, s, 8, dmp_outbox_context (context, "ins", row->submission_id),
                            row->ins, error) &&
      dmp_outbox_bind_text (self, s, 9, dmp_outbox_context (context, "oid", row->submission_id),
                            row->ins_oid, error) &&
      dmp_outbox_bind (self, s, 10, dmp_outbox_context (context, "request", row->submission_id),
                       request, len, error) &&
      dmp_outbox_bind_text (self, s, 11,
                            dmp_outbox_context (context, "patient", row->submission_id),
                            row->patient, error))
    return dmp_outbox_finish (self, s, error);
  sqlite3_finalize (s);
  return FALSE;
}

static gboolean
insert_document (
    DmpOutbox *self, gint64 set_id, guint n, const DmpOutboxDocument *document, GError **error)
{
  char context[DMP_OUTBOX_CONTEXT_CHARS];
  gsize len;
  gconstpointer bytes = g_bytes_get_data (document->bytes, &len);
  sqlite3_stmt *s =
      dmp_outbox_prepare (self, "INSERT INTO documents VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)", error);

  if (s == NULL)
    return FALSE;
  sqlite3_bind_int64 (s, 1, set_id);
  sqlite3_bind_int (s, 2, (int) n);
  sqlite3_bind_text (s, 3, document->unique_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (s, 4, document->hash, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (s, 5, document->size);
  sqlite3_bind_text (s, 7, document->content_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (s, 8, document->content_type, -1, SQLITE_TRANSIENT);
  if (dmp_outbox_bind_text (self, s, 6, dmp_outbox_context (context, "title", document->unique_id),
                            document->title, error) &&
      dmp_outbox_bind (self, s, 9, dmp_outbox_context (context, "bytes", document->unique_id),
                       bytes, len, error))
    return dmp_outbox_finish (self, s, error);
  sqlite3_finalize (s);
  return FALSE;
}

/* Claimed before the commit: nobody ever sees the row unclaimed while its sender lives. */
gboolean
dmp_outbox_add (DmpOutbox *self, DmpOutboxRow *row, GError **error)
{
  gboolean ok;

  if (!dmp_outbox_run (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  row->created = g_get_real_time () / G_USEC_PER_SEC;
  row->sent = 0;
  ok = insert_set (self, row, error);
  row->id = ok ? sqlite3_last_insert_rowid (self->db) : 0;
  for (guint i = 0; ok && i < row->documents->len; i++)
    ok = insert_document (self, row->id, i, g_ptr_array_index (row->documents, i), error);
  if (ok && !dmp_outbox_claim (self, row->id))
    {
      dmp_outbox_set_broken (error, "outbox.lock");
      ok = FALSE;
    }
  if (dmp_outbox_commit (self, ok, error))
    return TRUE;
  row->id = 0;
  return FALSE;
}

/* --- Reading --------------------------------------------------------------------------------- */

static DmpOutboxRow *
read_set (DmpOutbox *self, sqlite3_stmt *s, GError **error)
{
  g_autoptr (DmpOutboxRow) row = dmp_outbox_row_new ();
  char context[DMP_OUTBOX_CONTEXT_CHARS];

  row->id = sqlite3_column_int64 (s, 0);
  row->submission_id = column_dup (s, 1);
  row->professional = column_dup (s, 2);
  row->place = column_dup (s, 3);
  row->mode = sqlite3_column_int (s, 4);
  row->state = (DmpOutboxState) sqlite3_column_int (s, 5);
  row->created = sqlite3_column_int64 (s, 6);
  row->sent = sqlite3_column_int64 (s, 7);
  if (!dmp_outbox_column_text (self, s, 8, dmp_outbox_context (context, "ins", row->submission_id),
                               &row->ins, error) ||
      !dmp_outbox_column_text (self, s, 9, dmp_outbox_context (context, "oid", row->submission_id),
                               &row->ins_oid, error) ||
      !dmp_outbox_column_text (self, s, 10,
                               dmp_outbox_context (context, "sentence", row->submission_id),
                               &row->sentence, error) ||
      !dmp_outbox_column_text (self, s, 11,
                               dmp_outbox_context (context, "patient", row->submission_id),
                               &row->patient, error))
    return NULL;
  if (row->state == DMP_OUTBOX_READY && !dmp_outbox_is_claimed (self, row->id))
    row->state = DMP_OUTBOX_UNKNOWN;
  return g_steal_pointer (&row);
}

static gboolean
read_document (DmpOutbox *self, sqlite3_stmt *s, DmpOutboxRow *row, GError **error)
{
  DmpOutboxDocument *document = g_new0 (DmpOutboxDocument, 1);
  char context[DMP_OUTBOX_CONTEXT_CHARS];

  g_ptr_array_add (row->documents, document);
  document->unique_id = column_dup (s, 0);
  document->hash = column_dup (s, 1);
  document->size = sqlite3_column_int64 (s, 2);
  document->content_id = column_dup (s, 4);
  document->content_type = column_dup (s, 5);
  return dmp_outbox_column_text (self, s, 3,
                                 dmp_outbox_context (context, "title", document->unique_id),
                                 &document->title, error);
}

static gboolean
read_documents (DmpOutbox *self, DmpOutboxRow *row, GError **error)
{
  sqlite3_stmt *s =
      dmp_outbox_prepare (self,
                          "SELECT unique_id, hash, size, title, content_id, content_type"
                          " FROM documents WHERE set_id = ? ORDER BY n",
                          error);
  gboolean ok = s != NULL;
  int step = SQLITE_DONE;

  sqlite3_bind_int64 (s, 1, row->id);
  while (ok && (step = sqlite3_step (s)) == SQLITE_ROW)
    ok = read_document (self, s, row, error);
  if (ok && step != SQLITE_DONE)
    ok = dmp_outbox_set_sql (self, error);
  sqlite3_finalize (s);
  return ok;
}

GPtrArray *
dmp_outbox_list (DmpOutbox *self, const char *professional, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_outbox_row_free);
  sqlite3_stmt *s =
      dmp_outbox_prepare (self,
                          "SELECT id, submission_id, professional, place, mode, state, created,"
                          " sent, ins, ins_oid, sentence, patient FROM sets"
                          " WHERE ?1 IS NULL OR professional = ?1 ORDER BY id",
                          error);
  gboolean ok = s != NULL;
  int step = SQLITE_DONE;

  sqlite3_bind_text (s, 1, professional, -1, SQLITE_TRANSIENT);
  while (ok && (step = sqlite3_step (s)) == SQLITE_ROW)
    {
      DmpOutboxRow *row = read_set (self, s, error);

      ok = row != NULL;
      if (ok)
        g_ptr_array_add (rows, row);
    }
  if (ok && step != SQLITE_DONE)
    ok = dmp_outbox_set_sql (self, error);
  sqlite3_finalize (s);
  for (guint i = 0; ok && i < rows->len; i++)
    ok = read_documents (self, g_ptr_array_index (rows, i), error);
  return ok ? g_steal_pointer (&rows) : NULL;
}

/* One sealed column of one row. */
static gboolean
load_bytes (DmpOutbox *self,
            const char *sql,
            gint64 set_id,
            guint n,
            const char *context,
            GBytes **out,
            GError **error)
{
  sqlite3_stmt *s = dmp_outbox_prepare (self, sql, error);
  gboolean ok;

  if (s == NULL)
    return FALSE;
  sqlite3_bind_int64 (s, 1, set_id);
  if (sqlite3_bind_parameter_count (s) > 1)
    sqlite3_bind_int (s, 2, (int) n);
  ok = sqlite3_step (s) == SQLITE_ROW;
  if (!ok)
    dmp_outbox_set_sql (self, error);
  ok = ok && dmp_outbox_column (self, s, 0, context, out, error);
  sqlite3_finalize (s);
  return ok;
}

gboolean
dmp_outbox_load (DmpOutbox *self, DmpOutboxRow *row, GError **error)
{
  char context[DMP_OUTBOX_CONTEXT_CHARS];

  g_clear_pointer (&row->request, g_bytes_unref);
  if (!load_bytes (self, "SELECT request FROM sets WHERE id = ?", row->id, 0,
                   dmp_outbox_context (context, "request", row->submission_id), &row->request,
                   error))
    return FALSE;
  for (guint i = 0; i < row->documents->len; i++)
    {
      DmpOutboxDocument *document = g_ptr_array_index (row->documents, i);
      g_autofree char *hash = NULL;

      g_clear_pointer (&document->bytes, g_bytes_unref);
      if (!load_bytes (self, "SELECT bytes FROM documents WHERE set_id = ? AND n = ?", row->id, i,
                       dmp_outbox_context (context, "bytes", document->unique_id), &document->bytes,
                       error))
        return FALSE;
      if (document->bytes == NULL)
        continue;
      hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, document->bytes);
      if (!g_str_equal (hash, document->hash))
        return dmp_outbox_set_broken (error, _ ("contenu scellé illisible")), FALSE;
    }
  return TRUE;
}

/* --- What became of it ----------------------------------------------------------------------- */

static char *
dup_submission_id (DmpOutbox *self, gint64 id, GError **error)
{
  sqlite3_stmt *s = dmp_outbox_prepare (self, "SELECT submission_id FROM sets WHERE id = ?", error);
  char *submission_id = NULL;

  if (s == NULL)
    return NULL;
  sqlite3_bind_int64 (s, 1, id);
  if (sqlite3_step (s) == SQLITE_ROW)
    submission_id = column_dup (s, 0);
  else
    dmp_outbox_set_broken (error, _ ("cet envoi n’y est plus"));
  sqlite3_finalize (s);
  return submission_id;
}

static gboolean
change (DmpOutbox *self, const char *sql, gint64 id, gint64 value, GError **error)
{
  sqlite3_stmt *s = dmp_outbox_prepare (self, sql, error);

  if (s == NULL)
    return FALSE;
  sqlite3_bind_int64 (s, 1, id);
  if (sqlite3_bind_parameter_count (s) > 1)
    sqlite3_bind_int64 (s, 2, value);
  return dmp_outbox_finish (self, s, error);
}

static gboolean
write_state (DmpOutbox *self, gint64 id, DmpOutboxState state, const char *sentence, GError **error)
{
  g_autofree char *submission_id = dup_submission_id (self, id, error);
  char context[DMP_OUTBOX_CONTEXT_CHARS];
  sqlite3_stmt *s;

  if (submission_id == NULL)
    return FALSE;
  s = dmp_outbox_prepare (self, "UPDATE sets SET state = ?2, sentence = ?3 WHERE id = ?1", error);
  if (s == NULL)
    return FALSE;
  sqlite3_bind_int64 (s, 1, id);
  sqlite3_bind_int (s, 2, state);
  if (dmp_outbox_bind_text (self, s, 3, dmp_outbox_context (context, "sentence", submission_id),
                            sentence, error))
    return dmp_outbox_finish (self, s, error);
  sqlite3_finalize (s);
  return FALSE;
}

gboolean
dmp_outbox_set_state (
    DmpOutbox *self, gint64 id, DmpOutboxState state, const char *sentence, GError **error)
{
  gboolean acked = state == DMP_OUTBOX_ACKED;

  if (!dmp_outbox_run (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!dmp_outbox_commit (
          self,
          write_state (self, id, state, sentence, error) &&
              (!acked ||
               (change (self, "UPDATE sets SET request = NULL WHERE id = ?1", id, 0, error) &&
                change (self, "UPDATE documents SET bytes = NULL WHERE set_id = ?1", id, 0,
                        error))),
          error))
    return FALSE;
  if (acked)
    empty_log (self);
  return TRUE;
}

gboolean
dmp_outbox_set_sent (DmpOutbox *self, gint64 id, gint64 when, GError **error)
{
  static const char sql[] = "UPDATE sets SET sent = ?2, state = iif(state = 0, 0, 1) WHERE id = ?1";

  return change (self, sql, id, when, error);
}

gboolean
dmp_outbox_drop (DmpOutbox *self, gint64 id, GError **error)
{
  if (!change (self, "DELETE FROM sets WHERE id = ?1", id, 0, error))
    return FALSE;
  empty_log (self);
  return TRUE;
}
