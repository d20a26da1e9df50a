#include "config.h"

#include "dmp-outbox-private.h"

#include <string.h>

/* --- SQLite, briefly ------------------------------------------------------------------------- */

gboolean
dmp_outbox_set_sql (DmpOutbox *self, GError **error)
{
  dmp_outbox_set_broken (error, sqlite3_errmsg (self->db));
  return FALSE;
}

gboolean
dmp_outbox_run (DmpOutbox *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         dmp_outbox_set_sql (self, error);
}

sqlite3_stmt *
dmp_outbox_prepare (DmpOutbox *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    dmp_outbox_set_sql (self, error);
  return statement;
}

gboolean
dmp_outbox_finish (DmpOutbox *self, sqlite3_stmt *statement, GError **error)
{
  gboolean ok = statement != NULL && sqlite3_step (statement) == SQLITE_DONE;

  if (!ok && (error == NULL || *error == NULL))
    dmp_outbox_set_sql (self, error);
  sqlite3_finalize (statement);
  return ok;
}

gboolean
dmp_outbox_commit (DmpOutbox *self, gboolean ok, GError **error)
{
  if (ok && dmp_outbox_run (self, "COMMIT", error))
    return TRUE;
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

const char *
dmp_outbox_context (char out[DMP_OUTBOX_CONTEXT_CHARS], const char *what, const char *unique_id)
{
  g_snprintf (out, DMP_OUTBOX_CONTEXT_CHARS, "caducee-outbox-1 %s %s", what, unique_id);
  return out;
}

/* --- Sealed columns -------------------------------------------------------------------------- */

gboolean
dmp_outbox_bind (DmpOutbox *self,
                 sqlite3_stmt *statement,
                 int at,
                 const char *context,
                 gconstpointer data,
                 gsize len,
                 GError **error)
{
  g_autoptr (GBytes) sealed = NULL;

  if (data == NULL)
    return sqlite3_bind_null (statement, at) == SQLITE_OK;
  sealed = dmp_outbox_seal (self->key, context, data, len, error);
  return sealed != NULL &&
         sqlite3_bind_blob64 (statement, at, g_bytes_get_data (sealed, NULL),
                              g_bytes_get_size (sealed), SQLITE_TRANSIENT) == SQLITE_OK;
}

gboolean
dmp_outbox_bind_text (DmpOutbox *self,
                      sqlite3_stmt *statement,
                      int at,
                      const char *context,
                      const char *text,
                      GError **error)
{
  return dmp_outbox_bind (self, statement, at, context, text, text != NULL ? strlen (text) : 0,
                          error);
}

gboolean
dmp_outbox_column (DmpOutbox *self,
                   sqlite3_stmt *statement,
                   int column,
                   const char *context,
                   GBytes **out,
                   GError **error)
{
  gconstpointer data = sqlite3_column_blob (statement, column);

  *out = NULL;
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return TRUE;
  *out = dmp_outbox_unseal (self->key, context, data,
                            (gsize) sqlite3_column_bytes (statement, column), error);
  return *out != NULL;
}

gboolean
dmp_outbox_column_text (DmpOutbox *self,
                        sqlite3_stmt *statement,
                        int column,
                        const char *context,
                        char **out,
                        GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer text;
  gsize len;

  if (!dmp_outbox_column (self, statement, column, context, &bytes, error))
    return FALSE;
  if (bytes == NULL)
    return TRUE;
  text = g_bytes_get_data (bytes, &len);
  *out = g_strndup (text != NULL ? text : "", len);
  return TRUE;
}
