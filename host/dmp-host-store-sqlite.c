#include "config.h"

#include "dmp-host-store-sqlite.h"

#include "dmp-host-error.h"

#include <string.h>

#define SCHEMA_VERSION 1
#define READERS 4
#define BUSY_MS 5000

static const char schema[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE patient (id INTEGER PRIMARY KEY, ins_index BLOB NOT NULL UNIQUE,"
    " key BLOB NOT NULL, traits BLOB NOT NULL, closed INTEGER NOT NULL, physician TEXT);"
    "CREATE TABLE authorisation (patient INTEGER NOT NULL REFERENCES patient, holder TEXT NOT NULL,"
    " state INTEGER NOT NULL, start INTEGER NOT NULL, until INTEGER NOT NULL,"
    " PRIMARY KEY (patient, holder)) WITHOUT ROWID;"
    "CREATE TABLE submission (id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient,"
    " unique_id TEXT NOT NULL UNIQUE, entry_uuid TEXT NOT NULL UNIQUE, status INTEGER NOT NULL,"
    " signs TEXT, sealed BLOB NOT NULL);"
    "CREATE INDEX submission_patient ON submission (patient);"
    "CREATE TABLE document (id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient,"
    " submission INTEGER NOT NULL REFERENCES submission, unique_id TEXT NOT NULL UNIQUE,"
    " entry_uuid TEXT NOT NULL UNIQUE, status INTEGER NOT NULL, version INTEGER NOT NULL,"
    " repository TEXT NOT NULL, replaces TEXT, hash TEXT NOT NULL, size INTEGER NOT NULL,"
    " blob TEXT NOT NULL, sealed BLOB NOT NULL);"
    "CREATE INDEX document_patient ON document (patient);"
    "CREATE TABLE professional (id TEXT PRIMARY KEY, profession TEXT NOT NULL,"
    " speciality TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE structure (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE practice (professional TEXT NOT NULL, structure TEXT NOT NULL,"
    " PRIMARY KEY (professional, structure)) WITHOUT ROWID;"
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, actor TEXT, structure "
    "TEXT,"
    " mode TEXT, transaction_id TEXT, patient INTEGER NOT NULL, document TEXT, result TEXT NOT "
    "NULL,"
    " link BLOB NOT NULL);"
    "CREATE INDEX audit_patient ON audit (patient);"
    "CREATE TABLE assertion (id TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;"
    "PRAGMA user_version = 1;"
    "COMMIT;";

const char *
dmp_host_store_result_name (DmpHostStoreResult result)
{
  static const char *const names[] = { "ok",   "dup-same", "dup-other", "absent", "conflict",
                                       "busy", "full",     "io",        "corrupt" };

  return (guint) result < G_N_ELEMENTS (names) ? names[result] : "?";
}

void
dmp_host_patient_row_clear (DmpHostPatientRow *row)
{
  g_clear_pointer (&row->key, g_bytes_unref);
  g_clear_pointer (&row->traits, g_bytes_unref);
  g_clear_pointer (&row->physician, g_free);
}

void
dmp_host_authorisation_clear (DmpHostAuthorisation *self)
{
  g_clear_pointer (&self->holder, g_free);
}

void
dmp_host_professional_clear (DmpHostProfessional *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->profession, g_free);
  g_clear_pointer (&self->speciality, g_free);
}

DmpHostStoreResult
dmp_host_sql_result (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return DMP_HOST_STORE_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return DMP_HOST_STORE_BUSY;
    case SQLITE_FULL:
      return DMP_HOST_STORE_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return DMP_HOST_STORE_CORRUPT;
    case SQLITE_CONSTRAINT:
      return DMP_HOST_STORE_CONFLICT;
    default:
      return DMP_HOST_STORE_IO;
    }
}

static void
bind_blob (sqlite3_stmt *stmt, int index, GBytes *bytes)
{
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  sqlite3_bind_blob64 (stmt, index, data, size, SQLITE_TRANSIENT);
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql, const char *types, va_list args)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    {
      g_critical ("SQL: %s", sqlite3_errmsg (db));
      return NULL;
    }
  for (int i = 1; *types != '\0'; types++, i++)
    switch (*types)
      {
      case 's':
        sqlite3_bind_text (stmt, i, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
        break;
      case 'i':
        sqlite3_bind_int64 (stmt, i, va_arg (args, gint64));
        break;
      case 'b':
        bind_blob (stmt, i, va_arg (args, GBytes *));
        break;
      case 'k':
        sqlite3_bind_blob (stmt, i, va_arg (args, const guint8 *), DMP_HOST_INDEX_BYTES,
                           SQLITE_TRANSIENT);
        break;
      default:
        g_assert_not_reached ();
      }
  return stmt;
}

sqlite3_stmt *
dmp_host_sql (sqlite3 *db, const char *sql, const char *types, ...)
{
  sqlite3_stmt *stmt;
  va_list args;

  va_start (args, types);
  stmt = prepare (db, sql, types, args);
  va_end (args);
  return stmt;
}

DmpHostStoreResult
dmp_host_sql_run (sqlite3 *db, const char *sql, const char *types, ...)
{
  sqlite3_stmt *stmt;
  va_list args;
  int code;

  va_start (args, types);
  stmt = prepare (db, sql, types, args);
  va_end (args);
  if (stmt == NULL)
    return DMP_HOST_STORE_IO;
  code = sqlite3_step (stmt);
  sqlite3_finalize (stmt);
  return dmp_host_sql_result (code);
}

char *
dmp_host_sql_text (sqlite3_stmt *stmt, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, column));
}

GBytes *
dmp_host_sql_bytes (sqlite3_stmt *stmt, int column)
{
  gconstpointer data = sqlite3_column_blob (stmt, column);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (stmt, column));
}

sqlite3 *
dmp_host_sqlite_take_reader (DmpHostStore *store)
{
  return g_async_queue_pop (store->readers);
}

void
dmp_host_sqlite_give_reader (DmpHostStore *store, sqlite3 *db)
{
  g_async_queue_push (store->readers, db);
}

static DmpHostStoreResult
open_connection (const char *path, sqlite3 **db)
{
  int code = sqlite3_open_v2 (path, db,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                                  SQLITE_OPEN_PRIVATECACHE,
                              NULL);

  if (code == SQLITE_OK)
    {
      sqlite3_extended_result_codes (*db, 1);
      sqlite3_busy_timeout (*db, BUSY_MS);
      code =
          sqlite3_exec (*db,
                        "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                        "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                        "PRAGMA trusted_schema=OFF;",
                        NULL, NULL, NULL);
    }
  return dmp_host_sql_result (code);
}

static DmpHostStoreResult
check_schema (sqlite3 *db)
{
  sqlite3_stmt *stmt = dmp_host_sql (db, "PRAGMA user_version", "");
  int version = -1;

  if (stmt != NULL && sqlite3_step (stmt) == SQLITE_ROW)
    version = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  if (version == 0)
    return dmp_host_sql_result (sqlite3_exec (db, schema, NULL, NULL, NULL));
  return version == SCHEMA_VERSION ? DMP_HOST_STORE_OK : DMP_HOST_STORE_CORRUPT;
}

static void
close_connection (gpointer db)
{
  sqlite3_close (db);
}

static void
sqlite_close (DmpHostStore *store)
{
  if (store == NULL)
    return;
  g_async_queue_unref (store->readers);
  sqlite3_close (store->writer);
  g_mutex_clear (&store->writing);
  memset (store->audit_key, 0, sizeof store->audit_key);
  g_free (store);
}

static DmpHostStoreResult
sqlite_open (const char *where, const guint8 *audit_key, DmpHostStore **out, GError **error)
{
  DmpHostStore *store = g_new0 (DmpHostStore, 1);
  DmpHostStoreResult result;

  g_mutex_init (&store->writing);
  memcpy (store->audit_key, audit_key, sizeof store->audit_key);
  store->readers = g_async_queue_new_full (close_connection);
  result = open_connection (where, &store->writer);
  if (result == DMP_HOST_STORE_OK)
    result = check_schema (store->writer);
  for (guint i = 0; result == DMP_HOST_STORE_OK && i < READERS; i++)
    {
      sqlite3 *db = NULL;
      result = open_connection (where, &db);
      g_async_queue_push (store->readers, db);
    }
  if (result != DMP_HOST_STORE_OK)
    {
      g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "%s: %s (%s)", where,
                   dmp_host_store_result_name (result), sqlite3_errmsg (store->writer));
      sqlite_close (store);
      return result;
    }
  *out = store;
  return result;
}

static DmpHostStoreResult
sqlite_begin (DmpHostStore *store, gint64 patient, gboolean write, DmpHostTx **tx)
{
  sqlite3 *db;
  int code;

  if (write)
    g_mutex_lock (&store->writing);
  db = write ? store->writer : dmp_host_sqlite_take_reader (store);
  code = sqlite3_exec (db, write ? "BEGIN IMMEDIATE" : "BEGIN", NULL, NULL, NULL);
  if (code != SQLITE_OK)
    {
      if (write)
        g_mutex_unlock (&store->writing);
      else
        dmp_host_sqlite_give_reader (store, db);
      return dmp_host_sql_result (code);
    }
  *tx = g_new0 (DmpHostTx, 1);
  (*tx)->store = store;
  (*tx)->db = db;
  (*tx)->patient = patient;
  (*tx)->write = write;
  return DMP_HOST_STORE_OK;
}

static void
end (DmpHostTx *tx)
{
  if (tx->write)
    g_mutex_unlock (&tx->store->writing);
  else
    dmp_host_sqlite_give_reader (tx->store, tx->db);
  g_free (tx);
}

static void
sqlite_rollback (DmpHostTx *tx)
{
  if (tx == NULL)
    return;
  sqlite3_exec (tx->db, "ROLLBACK", NULL, NULL, NULL);
  end (tx);
}

static DmpHostStoreResult
sqlite_commit (DmpHostTx *tx)
{
  int code = sqlite3_exec (tx->db, "COMMIT", NULL, NULL, NULL);

  if (code != SQLITE_OK)
    {
      sqlite_rollback (tx);
      return dmp_host_sql_result (code);
    }
  end (tx);
  return DMP_HOST_STORE_OK;
}

static guint
count (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = dmp_host_sql (db, sql, "");
  guint n = 0;

  if (stmt != NULL && sqlite3_step (stmt) == SQLITE_ROW)
    n = (guint) sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return n;
}

static DmpHostStoreResult
sqlite_check (DmpHostStore *store, DmpHostStoreReport *report)
{
  sqlite3 *db = dmp_host_sqlite_take_reader (store);
  sqlite3_stmt *stmt = dmp_host_sql (db, "PRAGMA integrity_check", "");
  gboolean sound = stmt != NULL && sqlite3_step (stmt) == SQLITE_ROW &&
                   strcmp ((const char *) sqlite3_column_text (stmt, 0), "ok") == 0;

  sqlite3_finalize (stmt);
  report->patients = count (db, "SELECT count(*) FROM patient");
  report->documents = count (db, "SELECT count(*) FROM document");
  report->submissions = count (db, "SELECT count(*) FROM submission");
  report->audit_rows = count (db, "SELECT count(*) FROM audit");
  report->blobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stmt = dmp_host_sql (db, "SELECT blob FROM document", "");
  while (stmt != NULL && sqlite3_step (stmt) == SQLITE_ROW)
    g_hash_table_add (report->blobs, dmp_host_sql_text (stmt, 0));
  sqlite3_finalize (stmt);
  dmp_host_sqlite_give_reader (store, db);
  return sound ? DMP_HOST_STORE_OK : DMP_HOST_STORE_CORRUPT;
}

const DmpHostStoreOps *
dmp_host_store_sqlite (void)
{
  static const DmpHostStoreOps ops = {
    .open = sqlite_open,
    .close = sqlite_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .patient_find = dmp_host_sqlite_patient_find,
    .patient_put = dmp_host_sqlite_patient_put,
    .physician_put = dmp_host_sqlite_physician_put,
    .authorisation_get = dmp_host_sqlite_authorisation_get,
    .authorisation_put = dmp_host_sqlite_authorisation_put,
    .authorisation_delete = dmp_host_sqlite_authorisation_delete,
    .submission_put = dmp_host_sqlite_submission_put,
    .entries = dmp_host_sqlite_entries,
    .status_put = dmp_host_sqlite_status_put,
    .unique_id_find = dmp_host_sqlite_unique_id_find,
    .professional_put = dmp_host_sqlite_professional_put,
    .structure_put = dmp_host_sqlite_structure_put,
    .practice_put = dmp_host_sqlite_practice_put,
    .professional_find = dmp_host_sqlite_professional_find,
    .structure_find = dmp_host_sqlite_structure_find,
    .practice_find = dmp_host_sqlite_practice_find,
    .audit_append = dmp_host_sqlite_audit_append,
    .audit_each = dmp_host_sqlite_audit_each,
    .assertion_use = dmp_host_sqlite_assertion_use,
    .check = sqlite_check,
  };

  return &ops;
}
