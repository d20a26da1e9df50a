#pragma once

#include "dmp-outbox.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define DMP_OUTBOX_KEY_BYTES 32
#define DMP_OUTBOX_NONCE_BYTES 12
#define DMP_OUTBOX_TAG_BYTES 16

/* Reads the key of @folder, or makes one (never over another).
 * @create: FALSE: an outbox without its key is an error */
gboolean dmp_outbox_key_read (const char *folder,
                              gboolean create,
                              guint8 key[DMP_OUTBOX_KEY_BYTES],
                              GError **error);

/* nonce ‖ ciphertext ‖ tag. @context: what it is and whose: sealed bytes moved elsewhere do not
 * open. Returns: (transfer full) (nullable) */
GBytes *dmp_outbox_seal (
    const guint8 *key, const char *context, gconstpointer data, gsize len, GError **error);

/* Returns: (transfer full) (nullable): followed by a NUL that is not counted; wiped when freed */
GBytes *dmp_outbox_unseal (
    const guint8 *key, const char *context, gconstpointer data, gsize len, GError **error);

/* Sets the sentence for an outbox that cannot be used; it says nothing of what was sent. @why: in
 * any language, for the log and the informatician */
void dmp_outbox_set_broken (GError **error, const char *why);

/* Whether another handle, here or elsewhere, has claimed the row. */
gboolean dmp_outbox_is_claimed (DmpOutbox *self, gint64 id);

/* --- dmp-outbox-sql.c ------------------------------------------------------------------------ */

struct _DmpOutbox
{
  sqlite3 *db;
  int claims; /* the file whose byte N is locked by who is at row N */
  guint8 key[DMP_OUTBOX_KEY_BYTES];
};

/* The database's own words. Returns: FALSE */
gboolean dmp_outbox_set_sql (DmpOutbox *self, GError **error);
gboolean dmp_outbox_run (DmpOutbox *self, const char *sql, GError **error);
/* Returns: (transfer full) (nullable) */
sqlite3_stmt *dmp_outbox_prepare (DmpOutbox *self, const char *sql, GError **error);
/* Runs a statement that answers nothing and frees it. */
gboolean dmp_outbox_finish (DmpOutbox *self, sqlite3_stmt *statement, GError **error);
/* Ends a transaction: well when all of it went well. */
gboolean dmp_outbox_commit (DmpOutbox *self, gboolean ok, GError **error);

/* What a sealed thing is, and whose: a set or document is known by its own unique id. */
#define DMP_OUTBOX_CONTEXT_CHARS 160
const char *
dmp_outbox_context (char out[DMP_OUTBOX_CONTEXT_CHARS], const char *what, const char *unique_id);

/* Sealed columns; NULL stays NULL. @context: see dmp_outbox_seal() */
gboolean dmp_outbox_bind (DmpOutbox *self,
                          sqlite3_stmt *statement,
                          int at,
                          const char *context,
                          gconstpointer data,
                          gsize len,
                          GError **error);
gboolean dmp_outbox_bind_text (DmpOutbox *self,
                               sqlite3_stmt *statement,
                               int at,
                               const char *context,
                               const char *text,
                               GError **error);
/* @out: (out) (transfer full) (nullable) */
gboolean dmp_outbox_column (DmpOutbox *self,
                            sqlite3_stmt *statement,
                            int column,
                            const char *context,
                            GBytes **out,
                            GError **error);
gboolean dmp_outbox_column_text (DmpOutbox *self,
                                 sqlite3_stmt *statement,
                                 int column,
                                 const char *context,
                                 char **out,
                                 GError **error);

G_END_DECLS
