#include "config.h"

#include "dmp-host-store-sqlite.h"

#include <string.h>

/* Every uniqueId of the submission is one of these. */
static DmpHostStoreResult
compare_existing (DmpHostTx *tx, const DmpHostSubmission *submission)
{
  guint same = 0, other = 0;

  for (guint i = 0; i < submission->documents->len; i++)
    {
      const DmpHostEntry *entry =
          g_array_index (submission->documents, DmpHostSealedEntry, i).entry;
      sqlite3_stmt *stmt = dmp_host_sql (
          tx->db, "SELECT patient, hash FROM document WHERE unique_id = ?", "s", entry->unique_id);
      int code = stmt != NULL ? sqlite3_step (stmt) : SQLITE_ERROR;

      if (code == SQLITE_ROW)
        {
          gboolean equal = sqlite3_column_int64 (stmt, 0) == tx->patient &&
                           strcmp ((const char *) sqlite3_column_text (stmt, 1), entry->hash) == 0;
          same += equal;
          other += !equal;
        }
      sqlite3_finalize (stmt);
      if (code != SQLITE_ROW && code != SQLITE_DONE)
        return dmp_host_sql_result (code);
    }
  if (other > 0)
    return DMP_HOST_STORE_DUP_OTHER;
  if (same == 0)
    return DMP_HOST_STORE_ABSENT;
  return same == submission->documents->len ? DMP_HOST_STORE_DUP_SAME : DMP_HOST_STORE_CONFLICT;
}

static DmpHostStoreResult
insert_document (DmpHostTx *tx, gint64 set, const DmpHostSealedEntry *row)
{
  const DmpHostEntry *entry = row->entry;

  return dmp_host_sql_run (
      tx->db,
      "INSERT INTO document (patient, submission, unique_id, entry_uuid, status, version,"
      " repository, replaces, hash, size, blob, sealed) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
      "iissiisssisb", tx->patient, set, entry->unique_id, entry->entry_uuid, (gint64) entry->status,
      (gint64) entry->version, entry->repository, entry->replaces, entry->hash, entry->size,
      entry->blob, row->sealed);
}

DmpHostStoreResult
dmp_host_sqlite_submission_put (DmpHostTx *tx, const DmpHostSubmission *submission)
{
  const DmpHostEntry *set = submission->set.entry;
  DmpHostStoreResult result = compare_existing (tx, submission);
  gint64 id;

  if (result != DMP_HOST_STORE_ABSENT)
    return result;
  result =
      dmp_host_sql_run (tx->db,
                        "INSERT INTO submission (patient, unique_id, entry_uuid, status, signs,"
                        " sealed) VALUES (?,?,?,?,?,?)",
                        "issisb", tx->patient, set->unique_id, set->entry_uuid,
                        (gint64) set->status, submission->signs_uuid, submission->set.sealed);
  id = sqlite3_last_insert_rowid (tx->db);
  for (guint i = 0; result == DMP_HOST_STORE_OK && i < submission->documents->len; i++)
    {
      const DmpHostSealedEntry *row = &g_array_index (submission->documents, DmpHostSealedEntry, i);

      if (row->entry->replaces != NULL && !submission->history)
        result = dmp_host_sqlite_status_put (tx, row->entry->replaces, DMP_HOST_STATUS_APPROVED,
                                             DMP_HOST_STATUS_DEPRECATED);
      if (result == DMP_HOST_STORE_OK)
        result = insert_document (tx, id, row);
    }
  return result;
}

static DmpHostEntry *
read_set (sqlite3_stmt *stmt)
{
  DmpHostEntry *entry = dmp_host_entry_new (TRUE);

  entry->unique_id = dmp_host_sql_text (stmt, 0);
  entry->entry_uuid = dmp_host_sql_text (stmt, 1);
  entry->status = (DmpHostStatus) sqlite3_column_int (stmt, 2);
  entry->replaces = dmp_host_sql_text (stmt, 4);
  return entry;
}

static DmpHostEntry *
read_document (sqlite3_stmt *stmt)
{
  DmpHostEntry *entry = dmp_host_entry_new (FALSE);

  entry->unique_id = dmp_host_sql_text (stmt, 0);
  entry->entry_uuid = dmp_host_sql_text (stmt, 1);
  entry->status = (DmpHostStatus) sqlite3_column_int (stmt, 2);
  entry->version = (guint) sqlite3_column_int (stmt, 4);
  entry->repository = dmp_host_sql_text (stmt, 5);
  entry->replaces = dmp_host_sql_text (stmt, 6);
  entry->hash = dmp_host_sql_text (stmt, 7);
  entry->size = sqlite3_column_int64 (stmt, 8);
  entry->blob = dmp_host_sql_text (stmt, 9);
  entry->submission_set = dmp_host_sql_text (stmt, 10);
  return entry;
}

DmpHostStoreResult
dmp_host_sqlite_entries (DmpHostTx *tx, gboolean sets, DmpHostEntryFunc func, gpointer data)
{
  sqlite3_stmt *stmt = dmp_host_sql (
      tx->db,
      sets ? "SELECT unique_id, entry_uuid, status, sealed, signs FROM submission"
             " WHERE patient = ? ORDER BY id"
           : "SELECT d.unique_id, d.entry_uuid, d.status, d.sealed, version, repository, replaces,"
             " hash, size, blob, s.entry_uuid FROM document d JOIN submission s"
             " ON s.id = d.submission WHERE d.patient = ? ORDER BY d.id",
      "i", tx->patient);
  int code = SQLITE_ERROR;

  while (stmt != NULL && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      g_autoptr (GBytes) sealed = dmp_host_sql_bytes (stmt, 3);

      if (!func (sets ? read_set (stmt) : read_document (stmt), sealed, data))
        break;
    }
  sqlite3_finalize (stmt);
  return dmp_host_sql_result (code);
}

DmpHostStoreResult
dmp_host_sqlite_status_put (DmpHostTx *tx,
                            const char *entry_uuid,
                            DmpHostStatus from,
                            DmpHostStatus to)
{
  DmpHostStoreResult result = dmp_host_sql_run (
      tx->db, "UPDATE document SET status = ? WHERE patient = ? AND entry_uuid = ? AND status = ?",
      "iisi", (gint64) to, tx->patient, entry_uuid, (gint64) from);

  if (result == DMP_HOST_STORE_OK && sqlite3_changes (tx->db) == 0)
    return DMP_HOST_STORE_CONFLICT;
  return result;
}

DmpHostStoreResult
dmp_host_sqlite_unique_id_find (DmpHostStore *store, const char *unique_id, gint64 *patient)
{
  sqlite3 *db = dmp_host_sqlite_take_reader (store);
  sqlite3_stmt *stmt =
      dmp_host_sql (db, "SELECT patient FROM document WHERE unique_id = ?", "s", unique_id);
  int code = stmt != NULL ? sqlite3_step (stmt) : SQLITE_ERROR;

  if (code == SQLITE_ROW)
    *patient = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  dmp_host_sqlite_give_reader (store, db);
  return code == SQLITE_DONE ? DMP_HOST_STORE_ABSENT : dmp_host_sql_result (code);
}
