#include "config.h"

#include "dmp-host-store-sqlite.h"

#include <string.h>

/* Runs a prepared look-up: OK with the row ready, ABSENT without. */
static DmpHostStoreResult
step_one (sqlite3_stmt *stmt)
{
  int code = stmt != NULL ? sqlite3_step (stmt) : SQLITE_ERROR;

  if (code == SQLITE_DONE)
    return DMP_HOST_STORE_ABSENT;
  return code == SQLITE_ROW ? DMP_HOST_STORE_OK : dmp_host_sql_result (code);
}

DmpHostStoreResult
dmp_host_sqlite_patient_find (DmpHostStore *store,
                              const guint8 index[DMP_HOST_INDEX_BYTES],
                              DmpHostPatientRow *row)
{
  sqlite3 *db = dmp_host_sqlite_take_reader (store);
  sqlite3_stmt *stmt = dmp_host_sql (
      db, "SELECT id, key, traits, closed, physician FROM patient WHERE ins_index = ?", "k", index);
  DmpHostStoreResult result = step_one (stmt);

  if (result == DMP_HOST_STORE_OK)
    {
      memcpy (row->index, index, DMP_HOST_INDEX_BYTES);
      row->id = sqlite3_column_int64 (stmt, 0);
      row->key = dmp_host_sql_bytes (stmt, 1);
      row->traits = dmp_host_sql_bytes (stmt, 2);
      row->closed = sqlite3_column_int (stmt, 3) != 0;
      row->physician = dmp_host_sql_text (stmt, 4);
    }
  sqlite3_finalize (stmt);
  dmp_host_sqlite_give_reader (store, db);
  return result;
}

DmpHostStoreResult
dmp_host_sqlite_patient_put (DmpHostTx *tx, const DmpHostPatientRow *row)
{
  return dmp_host_sql_run (
      tx->db,
      "INSERT INTO patient (id, ins_index, key, traits, closed, physician) VALUES (?,?,?,?,?,?)"
      " ON CONFLICT (id) DO UPDATE SET traits = excluded.traits, closed = excluded.closed,"
      " physician = excluded.physician",
      "ikbbis", row->id, row->index, row->key, row->traits, (gint64) row->closed, row->physician);
}

DmpHostStoreResult
dmp_host_sqlite_physician_put (DmpHostTx *tx, const char *professional)
{
  return dmp_host_sql_run (tx->db, "UPDATE patient SET physician = ? WHERE id = ?", "si",
                           professional, tx->patient);
}

DmpHostStoreResult
dmp_host_sqlite_authorisation_get (DmpHostTx *tx,
                                   const char *holder,
                                   DmpHostAuthorisation *authorisation)
{
  sqlite3_stmt *stmt = dmp_host_sql (
      tx->db, "SELECT state, start, until FROM authorisation WHERE patient = ? AND holder = ?",
      "is", tx->patient, holder);
  DmpHostStoreResult result = step_one (stmt);

  if (result == DMP_HOST_STORE_OK)
    {
      g_free (authorisation->holder);
      authorisation->holder = g_strdup (holder);
      authorisation->state = (DmpHostAuthorisationState) sqlite3_column_int (stmt, 0);
      authorisation->from = sqlite3_column_int64 (stmt, 1);
      authorisation->until = sqlite3_column_int64 (stmt, 2);
    }
  sqlite3_finalize (stmt);
  return result;
}

DmpHostStoreResult
dmp_host_sqlite_authorisation_put (DmpHostTx *tx, const DmpHostAuthorisation *authorisation)
{
  return dmp_host_sql_run (tx->db,
                           "INSERT OR REPLACE INTO authorisation (patient, holder, state, start,"
                           " until) VALUES (?,?,?,?,?)",
                           "isiii", tx->patient, authorisation->holder,
                           (gint64) authorisation->state, authorisation->from,
                           authorisation->until);
}

DmpHostStoreResult
dmp_host_sqlite_authorisation_delete (DmpHostTx *tx, const char *holder)
{
  DmpHostStoreResult result =
      dmp_host_sql_run (tx->db, "DELETE FROM authorisation WHERE patient = ? AND holder = ?", "is",
                        tx->patient, holder);

  if (result == DMP_HOST_STORE_OK && sqlite3_changes (tx->db) == 0)
    return DMP_HOST_STORE_ABSENT;
  return result;
}

DmpHostStoreResult
dmp_host_sqlite_professional_put (DmpHostTx *tx, const DmpHostProfessional *professional)
{
  return dmp_host_sql_run (
      tx->db, "INSERT OR REPLACE INTO professional (id, profession, speciality) VALUES (?,?,?)",
      "sss", professional->id, professional->profession, professional->speciality);
}

DmpHostStoreResult
dmp_host_sqlite_structure_put (DmpHostTx *tx, const char *id, const char *name)
{
  return dmp_host_sql_run (tx->db, "INSERT OR REPLACE INTO structure (id, name) VALUES (?,?)", "ss",
                           id, name);
}

DmpHostStoreResult
dmp_host_sqlite_practice_put (DmpHostTx *tx, const char *professional, const char *structure)
{
  return dmp_host_sql_run (tx->db,
                           "INSERT OR IGNORE INTO practice (professional, structure) VALUES (?,?)",
                           "ss", professional, structure);
}

DmpHostStoreResult
dmp_host_sqlite_professional_find (DmpHostStore *store,
                                   const char *id,
                                   DmpHostProfessional *professional)
{
  sqlite3 *db = dmp_host_sqlite_take_reader (store);
  sqlite3_stmt *stmt =
      dmp_host_sql (db, "SELECT profession, speciality FROM professional WHERE id = ?", "s", id);
  DmpHostStoreResult result = step_one (stmt);

  if (result == DMP_HOST_STORE_OK)
    {
      professional->id = g_strdup (id);
      professional->profession = dmp_host_sql_text (stmt, 0);
      professional->speciality = dmp_host_sql_text (stmt, 1);
    }
  sqlite3_finalize (stmt);
  dmp_host_sqlite_give_reader (store, db);
  return result;
}

DmpHostStoreResult
dmp_host_sqlite_structure_find (DmpHostStore *store, const char *id)
{
  sqlite3 *db = dmp_host_sqlite_take_reader (store);
  sqlite3_stmt *stmt = dmp_host_sql (db, "SELECT 1 FROM structure WHERE id = ?", "s", id);
  DmpHostStoreResult result = step_one (stmt);

  sqlite3_finalize (stmt);
  dmp_host_sqlite_give_reader (store, db);
  return result;
}

DmpHostStoreResult
dmp_host_sqlite_practice_find (DmpHostStore *store, const char *professional, const char *structure)
{
  sqlite3 *db = dmp_host_sqlite_take_reader (store);
  sqlite3_stmt *stmt =
      dmp_host_sql (db, "SELECT 1 FROM practice WHERE professional = ? AND structure = ?", "ss",
                    professional, structure);
  DmpHostStoreResult result = step_one (stmt);

  sqlite3_finalize (stmt);
  dmp_host_sqlite_give_reader (store, db);
  return result;
}
