/* Receipts of what the host has acknowledged: sealed as everything here, and for a limited time. */
#include "config.h"

#include "dmp-outbox-private.h"

#include <string.h>

void
dmp_outbox_receipt_free (DmpOutboxReceipt *self)
{
  if (self == NULL)
    return;

  g_free (self->submission_id);
  g_free (self->professional);
  if (self->label != NULL)
    explicit_bzero (self->label, strlen (self->label));
  g_free (self->label);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

gboolean
dmp_outbox_keep_receipt (DmpOutbox *self, const DmpOutboxReceipt *receipt, GError **error)
{
  sqlite3_stmt *s = dmp_outbox_prepare (
      self, "INSERT OR REPLACE INTO receipts VALUES (?1, ?2, ?3, ?4, ?5)", error);
  char context[DMP_OUTBOX_CONTEXT_CHARS];
  gsize size;
  gconstpointer data = g_bytes_get_data (receipt->content, &size);

  if (s == NULL)
    return FALSE;
  sqlite3_bind_text (s, 1, receipt->submission_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (s, 2, receipt->professional, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (s, 3, receipt->acknowledged);
  if (dmp_outbox_bind_text (self, s, 4,
                            dmp_outbox_context (context, "label", receipt->submission_id),
                            receipt->label, error) &&
      dmp_outbox_bind (self, s, 5, dmp_outbox_context (context, "receipt", receipt->submission_id),
                       data, size, error))
    return dmp_outbox_finish (self, s, error);
  sqlite3_finalize (s);
  return FALSE;
}

static DmpOutboxReceipt *
read_receipt (DmpOutbox *self, sqlite3_stmt *s, GError **error)
{
  DmpOutboxReceipt *receipt = g_new0 (DmpOutboxReceipt, 1);
  char context[DMP_OUTBOX_CONTEXT_CHARS];

  receipt->submission_id = g_strdup ((const char *) sqlite3_column_text (s, 0));
  receipt->professional = g_strdup ((const char *) sqlite3_column_text (s, 1));
  receipt->acknowledged = sqlite3_column_int64 (s, 2);
  if (dmp_outbox_column_text (self, s, 3,
                              dmp_outbox_context (context, "label", receipt->submission_id),
                              &receipt->label, error) &&
      dmp_outbox_column (self, s, 4,
                         dmp_outbox_context (context, "receipt", receipt->submission_id),
                         &receipt->content, error) &&
      receipt->content != NULL)
    return receipt;
  dmp_outbox_receipt_free (receipt);
  if (error != NULL && *error == NULL)
    dmp_outbox_set_broken (error, "receipts");
  return NULL;
}

GPtrArray *
dmp_outbox_list_receipts (DmpOutbox *self, const char *submission_id, GError **error)
{
  g_autoptr (GPtrArray) receipts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_outbox_receipt_free);
  sqlite3_stmt *s = dmp_outbox_prepare (
      self,
      "SELECT submission_id, professional, acknowledged, label, content FROM receipts"
      " WHERE ?1 IS NULL OR submission_id = ?1 ORDER BY acknowledged DESC, rowid DESC",
      error);
  gboolean ok = s != NULL;
  int step = SQLITE_DONE;

  sqlite3_bind_text (s, 1, submission_id, -1, SQLITE_TRANSIENT);
  while (ok && (step = sqlite3_step (s)) == SQLITE_ROW)
    {
      DmpOutboxReceipt *receipt = read_receipt (self, s, error);

      ok = receipt != NULL;
      if (ok)
        g_ptr_array_add (receipts, receipt);
    }
  if (ok && step != SQLITE_DONE)
    ok = dmp_outbox_set_sql (self, error);
  sqlite3_finalize (s);
  return ok ? g_steal_pointer (&receipts) : NULL;
}

gboolean
dmp_outbox_expire_receipts (DmpOutbox *self, gint64 before, GError **error)
{
  sqlite3_stmt *s =
      dmp_outbox_prepare (self, "DELETE FROM receipts WHERE acknowledged < ?1", error);

  if (s == NULL)
    return FALSE;
  sqlite3_bind_int64 (s, 1, before);
  return dmp_outbox_finish (self, s, error);
}
