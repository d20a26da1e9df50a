#pragma once

#include "dmp-host-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Private to the SQLite backend: its parts share these. */

struct _DmpHostStore
{
  sqlite3 *writer;
  GMutex writing;       /* held from begin to commit of a write transaction */
  GAsyncQueue *readers; /* (element-type sqlite3) idle reading connections */
  guint8 audit_key[DMP_HOST_INDEX_BYTES];
};

struct _DmpHostTx
{
  DmpHostStore *store;
  sqlite3 *db;
  gint64 patient;
  gboolean write;
  gboolean failed; /* a statement failed: commit refuses */
};

/* Prepares @sql and binds by @types: 's' const char*, 'i' gint64, 'b' GBytes*, 'k' 32 bytes.
 * Returns: (transfer full) (nullable): finalize it */
sqlite3_stmt *dmp_host_sql (sqlite3 *db, const char *sql, const char *types, ...);

/* Prepares, binds and runs a statement without rows. */
DmpHostStoreResult dmp_host_sql_run (sqlite3 *db, const char *sql, const char *types, ...);

/* What a SQLite code means here. */
DmpHostStoreResult dmp_host_sql_result (int code);

/* Columns of the current row. Returns: (transfer full) (nullable) */
char *dmp_host_sql_text (sqlite3_stmt *stmt, int column);
GBytes *dmp_host_sql_bytes (sqlite3_stmt *stmt, int column);

/* A reading connection, and back. */
sqlite3 *dmp_host_sqlite_take_reader (DmpHostStore *store);
void dmp_host_sqlite_give_reader (DmpHostStore *store, sqlite3 *db);

/* dmp-host-store-patients.c */
DmpHostStoreResult dmp_host_sqlite_patient_find (DmpHostStore *store,
                                                 const guint8 index[DMP_HOST_INDEX_BYTES],
                                                 DmpHostPatientRow *row);
DmpHostStoreResult dmp_host_sqlite_patient_put (DmpHostTx *tx, const DmpHostPatientRow *row);
DmpHostStoreResult dmp_host_sqlite_physician_put (DmpHostTx *tx, const char *professional);
DmpHostStoreResult dmp_host_sqlite_authorisation_get (DmpHostTx *tx,
                                                      const char *holder,
                                                      DmpHostAuthorisation *authorisation);
DmpHostStoreResult dmp_host_sqlite_authorisation_put (DmpHostTx *tx,
                                                      const DmpHostAuthorisation *authorisation);
DmpHostStoreResult dmp_host_sqlite_authorisation_delete (DmpHostTx *tx, const char *holder);
DmpHostStoreResult dmp_host_sqlite_professional_put (DmpHostTx *tx,
                                                     const DmpHostProfessional *professional);
DmpHostStoreResult dmp_host_sqlite_structure_put (DmpHostTx *tx, const char *id, const char *name);
DmpHostStoreResult
dmp_host_sqlite_practice_put (DmpHostTx *tx, const char *professional, const char *structure);
DmpHostStoreResult dmp_host_sqlite_professional_find (DmpHostStore *store,
                                                      const char *id,
                                                      DmpHostProfessional *professional);
DmpHostStoreResult dmp_host_sqlite_structure_find (DmpHostStore *store, const char *id);
DmpHostStoreResult dmp_host_sqlite_practice_find (DmpHostStore *store,
                                                  const char *professional,
                                                  const char *structure);

/* dmp-host-store-documents.c */
DmpHostStoreResult dmp_host_sqlite_submission_put (DmpHostTx *tx,
                                                   const DmpHostSubmission *submission);
DmpHostStoreResult
dmp_host_sqlite_entries (DmpHostTx *tx, gboolean sets, DmpHostEntryFunc func, gpointer data);
DmpHostStoreResult dmp_host_sqlite_status_put (DmpHostTx *tx,
                                               const char *entry_uuid,
                                               DmpHostStatus from,
                                               DmpHostStatus to);
DmpHostStoreResult
dmp_host_sqlite_unique_id_find (DmpHostStore *store, const char *unique_id, gint64 *patient);

/* dmp-host-store-audit.c */
DmpHostStoreResult dmp_host_sqlite_audit_append (DmpHostTx *tx, const DmpHostAuditRow *row);
DmpHostStoreResult
dmp_host_sqlite_audit_each (DmpHostStore *store, DmpHostAuditFunc func, gpointer data);
DmpHostStoreResult
dmp_host_sqlite_assertion_use (DmpHostStore *store, const char *id, gint64 now, gint64 until);

G_END_DECLS
