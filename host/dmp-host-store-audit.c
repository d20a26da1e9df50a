#include "config.h"

#include "dmp-host-store-sqlite.h"

#include "dmp-host-keys.h"

#include <string.h>

/* What a link covers: the previous link, then every column, each with its length, so that no two
 * rows have the same bytes. */
static void
link_row (const guint8 *key, const guint8 *previous, const DmpHostAuditRow *row, guint8 *out)
{
  const char *words[] = { row->actor,       row->structure, row->mode,
                          row->transaction, row->document,  row->result };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *numbers =
      g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " ",
                       row->sequence, row->time, row->patient);

  g_byte_array_append (bytes, previous, DMP_HOST_INDEX_BYTES);
  g_byte_array_append (bytes, (const guint8 *) numbers, (guint) strlen (numbers));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = words[i] == NULL
                                  ? g_strdup ("-")
                                  : g_strdup_printf ("%zu:%s", strlen (words[i]), words[i]);
      g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text) + 1);
    }
  dmp_host_hmac (key, bytes->data, bytes->len, out);
}

static DmpHostStoreResult
last_link (sqlite3 *db, gint64 *sequence, guint8 *link)
{
  sqlite3_stmt *stmt =
      dmp_host_sql (db, "SELECT seq, link FROM audit ORDER BY seq DESC LIMIT 1", "");
  int code = stmt != NULL ? sqlite3_step (stmt) : SQLITE_ERROR;

  memset (link, 0, DMP_HOST_INDEX_BYTES);
  *sequence = 0;
  if (code == SQLITE_ROW)
    {
      *sequence = sqlite3_column_int64 (stmt, 0);
      if (sqlite3_column_bytes (stmt, 1) == DMP_HOST_INDEX_BYTES)
        memcpy (link, sqlite3_column_blob (stmt, 1), DMP_HOST_INDEX_BYTES);
    }
  sqlite3_finalize (stmt);
  return dmp_host_sql_result (code);
}

DmpHostStoreResult
dmp_host_sqlite_audit_append (DmpHostTx *tx, const DmpHostAuditRow *row)
{
  guint8 previous[DMP_HOST_INDEX_BYTES], link[DMP_HOST_INDEX_BYTES];
  DmpHostAuditRow copy = *row;
  DmpHostStoreResult result = last_link (tx->db, &copy.sequence, previous);

  if (result != DMP_HOST_STORE_OK)
    return result;
  copy.sequence++;
  link_row (tx->store->audit_key, previous, &copy, link);
  return dmp_host_sql_run (tx->db,
                           "INSERT INTO audit (seq, time, actor, structure, mode, transaction_id,"
                           " patient, document, result, link) VALUES (?,?,?,?,?,?,?,?,?,?)",
                           "iissssissk", copy.sequence, copy.time, copy.actor, copy.structure,
                           copy.mode, copy.transaction, copy.patient, copy.document, copy.result,
                           link);
}

static void
read_row (sqlite3_stmt *stmt, DmpHostAuditRow *row)
{
  row->sequence = sqlite3_column_int64 (stmt, 0);
  row->time = sqlite3_column_int64 (stmt, 1);
  row->actor = (const char *) sqlite3_column_text (stmt, 2);
  row->structure = (const char *) sqlite3_column_text (stmt, 3);
  row->mode = (const char *) sqlite3_column_text (stmt, 4);
  row->transaction = (const char *) sqlite3_column_text (stmt, 5);
  row->patient = sqlite3_column_int64 (stmt, 6);
  row->document = (const char *) sqlite3_column_text (stmt, 7);
  row->result = (const char *) sqlite3_column_text (stmt, 8);
}

DmpHostStoreResult
dmp_host_sqlite_audit_each (DmpHostStore *store, DmpHostAuditFunc func, gpointer data)
{
  sqlite3 *db = dmp_host_sqlite_take_reader (store);
  sqlite3_stmt *stmt =
      dmp_host_sql (db,
                    "SELECT seq, time, actor, structure, mode, transaction_id, patient, document,"
                    " result, link FROM audit ORDER BY seq",
                    "");
  guint8 link[DMP_HOST_INDEX_BYTES] = { 0 };
  gint64 expected = 1;
  int code = SQLITE_ERROR;
  DmpHostStoreResult result = DMP_HOST_STORE_OK;

  while (stmt != NULL && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      DmpHostAuditRow row;

      read_row (stmt, &row);
      link_row (store->audit_key, link, &row, link);
      if (row.sequence != expected++ || sqlite3_column_bytes (stmt, 9) != DMP_HOST_INDEX_BYTES ||
          memcmp (link, sqlite3_column_blob (stmt, 9), DMP_HOST_INDEX_BYTES) != 0)
        {
          result = DMP_HOST_STORE_CORRUPT;
          break;
        }
      if (func != NULL && !func (&row, data))
        break;
    }
  sqlite3_finalize (stmt);
  dmp_host_sqlite_give_reader (store, db);
  return result == DMP_HOST_STORE_OK ? dmp_host_sql_result (code) : result;
}

DmpHostStoreResult
dmp_host_sqlite_assertion_use (DmpHostStore *store, const char *id, gint64 now, gint64 until)
{
  DmpHostStoreResult result;

  g_mutex_lock (&store->writing);
  dmp_host_sql_run (store->writer, "DELETE FROM assertion WHERE until < ?", "i", now);
  result = dmp_host_sql_run (store->writer, "INSERT INTO assertion (id, until) VALUES (?,?)", "si",
                             id, until);
  g_mutex_unlock (&store->writing);
  return result == DMP_HOST_STORE_CONFLICT ? DMP_HOST_STORE_DUP_SAME : result;
}
