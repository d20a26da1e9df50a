/* An outbox that an older version has left: everything in it is found again, and what is new fits
 * in. Each database is made here as that version made it, its sealed columns with the key beside
 * it. */
#include "config.h"

#include "outbox/dmp-outbox-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define SUBMISSION "2.25.11"
#define DOCUMENT "2.25.12"
#define INS "279035121518989"
#define TEXT "<ClinicalDocument/>"
#define PROFESSIONAL "899700000017"

/* As written by the first version (1); the later ones only added to it. */
static const char first[] = "CREATE TABLE key_check (sealed BLOB NOT NULL) STRICT;"
                            "CREATE TABLE sets ("
                            " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                            " submission_id TEXT NOT NULL UNIQUE,"
                            " professional TEXT NOT NULL,"
                            " place TEXT NOT NULL,"
                            " mode INTEGER NOT NULL,"
                            " state INTEGER NOT NULL,"
                            " created INTEGER NOT NULL,"
                            " sent INTEGER NOT NULL,"
                            " ins BLOB NOT NULL,"
                            " ins_oid BLOB NOT NULL,"
                            " sentence BLOB,"
                            " request BLOB) STRICT;"
                            "CREATE TABLE documents ("
                            " set_id INTEGER NOT NULL REFERENCES sets (id) ON DELETE CASCADE,"
                            " n INTEGER NOT NULL,"
                            " unique_id TEXT NOT NULL UNIQUE,"
                            " hash TEXT NOT NULL,"
                            " size INTEGER NOT NULL,"
                            " title BLOB,"
                            " content_id TEXT NOT NULL,"
                            " content_type TEXT NOT NULL,"
                            " bytes BLOB,"
                            " PRIMARY KEY (set_id, n)) STRICT;";

/* What version 2 added. */
static const char second[] = "CREATE TABLE receipts ("
                             " submission_id TEXT PRIMARY KEY,"
                             " professional TEXT NOT NULL,"
                             " acknowledged INTEGER NOT NULL,"
                             " label BLOB,"
                             " content BLOB NOT NULL) STRICT;";

/* --- An old outbox --------------------------------------------------------------------------- */

typedef struct
{
  char *folder;
  sqlite3 *db;
  guint8 key[DMP_OUTBOX_KEY_BYTES];
} Old;

static void
run (Old *old, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (old->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* Runs @sql, whose values are @sealed, pairs of (what:whose, text), in their order. */
static void
insert (Old *old, const char *sql, const char *const (*sealed)[2], guint n)
{
  sqlite3_stmt *s = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (old->db, sql, -1, &s, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes =
          dmp_outbox_seal (old->key, sealed[i][0], sealed[i][1], strlen (sealed[i][1]), &error);
      gsize size;
      gconstpointer data;

      g_assert_no_error (error);
      data = g_bytes_get_data (bytes, &size);
      sqlite3_bind_blob (s, (int) i + 1, data, (int) size, SQLITE_TRANSIENT);
    }
  g_assert_cmpint (sqlite3_step (s), ==, SQLITE_DONE);
  sqlite3_finalize (s);
}

static char *
dup_context (const char *what, const char *whose)
{
  char context[DMP_OUTBOX_CONTEXT_CHARS];

  return g_strdup (dmp_outbox_context (context, what, whose));
}

static void
insert_row (Old *old)
{
  g_autofree char *ins = dup_context ("ins", SUBMISSION), *oid = dup_context ("oid", SUBMISSION);
  g_autofree char *request = dup_context ("request", SUBMISSION);
  g_autofree char *title = dup_context ("title", DOCUMENT),
                  *bytes = dup_context ("bytes", DOCUMENT);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA1, TEXT, -1);
  g_autofree char *document = g_strdup_printf ("INSERT INTO documents VALUES (1, 0, '" DOCUMENT
                                               "', '%s', %u, ?1, 'a@b', 'text/xml', ?2)",
                                               hash, (guint) strlen (TEXT));
  const char *const of_set[][2] = { { ins, INS }, { oid, "1.2.250.1" }, { request, "<a/>" } };
  const char *const of_document[][2] = { { title, "Courrier" }, { bytes, TEXT } };

  insert (old,
          "INSERT INTO sets VALUES (NULL, '" SUBMISSION "', '" PROFESSIONAL "', '4997', 0, 1,"
          " 1000, 1234, ?1, ?2, NULL, ?3)",
          of_set, G_N_ELEMENTS (of_set));
  insert (old, document, of_document, G_N_ELEMENTS (of_document));
}

static void
insert_receipt (Old *old)
{
  g_autofree char *label = dup_context ("label", "2.25.9");
  g_autofree char *content = dup_context ("receipt", "2.25.9");
  const char *const sealed[][2] = { { label, "Ancien" }, { content, "<receipt/>" } };

  insert (old, "INSERT INTO receipts VALUES ('2.25.9', '" PROFESSIONAL "', 900, ?1, ?2)", sealed,
          G_N_ELEMENTS (sealed));
}

/* Its folder, closed. */
static char *
make_old (int version)
{
  static const char *const known[][2] = { { "key", "caducee" } };
  Old old = { .folder = g_dir_make_tmp ("outbox-XXXXXX", NULL) };
  g_autofree char *path = g_build_filename (old.folder, "outbox.db", NULL);
  g_autofree char *end = g_strdup_printf ("PRAGMA user_version=%d", version);
  g_autoptr (GError) error = NULL;

  g_assert_true (dmp_outbox_key_read (old.folder, TRUE, old.key, &error));
  g_assert_cmpint (sqlite3_open (path, &old.db), ==, SQLITE_OK);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  run (&old, "PRAGMA journal_mode=WAL");
  run (&old, first);
  if (version >= 2)
    run (&old, second);
  insert (&old, "INSERT INTO key_check VALUES (?1)", known, 1);
  insert_row (&old);
  if (version >= 2)
    insert_receipt (&old);
  run (&old, end);
  g_assert_cmpint (sqlite3_close (old.db), ==, SQLITE_OK);
  return old.folder;
}

static void
remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

/* --- Opened by this version ------------------------------------------------------------------ */

static void
assert_old_row (DmpOutbox *outbox, DmpOutboxRow *row)
{
  const DmpOutboxDocument *document;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (row->submission_id, ==, SUBMISSION);
  g_assert_cmpint (row->state, ==, DMP_OUTBOX_UNKNOWN);
  g_assert_cmpint (row->created, ==, 1000);
  g_assert_cmpint (row->sent, ==, 1234);
  g_assert_cmpstr (row->ins, ==, INS);
  g_assert_null (row->patient); /* nobody wrote it then */
  g_assert_cmpuint (row->documents->len, ==, 1);
  g_assert_true (dmp_outbox_load (outbox, row, &error));
  g_assert_no_error (error);
  document = g_ptr_array_index (row->documents, 0);
  g_assert_cmpstr (document->title, ==, "Courrier");
  g_assert_cmpmem (g_bytes_get_data (document->bytes, NULL), g_bytes_get_size (document->bytes),
                   TEXT, strlen (TEXT));
}

static void
add_new_row (DmpOutbox *outbox)
{
  g_autoptr (DmpOutboxRow) row = dmp_outbox_row_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (TEXT, strlen (TEXT));
  g_autoptr (GError) error = NULL;

  row->submission_id = g_strdup ("2.25.21");
  row->professional = g_strdup (PROFESSIONAL);
  row->place = g_strdup ("4997");
  row->ins = g_strdup (INS);
  row->ins_oid = g_strdup ("1.2.250.1");
  row->patient = g_strdup ("MARTIN Paul");
  row->request = g_bytes_new_static ("<b/>", 4);
  dmp_outbox_row_add (row, "2.25.22", "Nouveau", "c@d", "text/xml", bytes);
  g_assert_true (dmp_outbox_add (outbox, row, &error));
  g_assert_no_error (error);
}

static void
keep_new_receipt (DmpOutbox *outbox)
{
  g_autoptr (GBytes) content = g_bytes_new_static ("<receipt/>", 10);
  const DmpOutboxReceipt receipt = { .submission_id = (char *) "2.25.31",
                                     .professional = (char *) PROFESSIONAL,
                                     .acknowledged = 2000,
                                     .label = (char *) "Nouveau",
                                     .content = content };
  g_autoptr (GError) error = NULL;

  g_assert_true (dmp_outbox_keep_receipt (outbox, &receipt, &error));
  g_assert_no_error (error);
}

/* @again: what the first opening has added is there */
static void
check_outbox (const char *folder, int version, gboolean again)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpOutbox) outbox = dmp_outbox_open (folder, &error);
  g_autoptr (GPtrArray) rows = NULL, receipts = NULL;

  g_assert_no_error (error);
  rows = dmp_outbox_list (outbox, PROFESSIONAL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, again ? 2 : 1);
  assert_old_row (outbox, g_ptr_array_index (rows, 0));
  receipts = dmp_outbox_list_receipts (outbox, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, (version >= 2 ? 1u : 0u) + (again ? 1u : 0u));
  if (again)
    {
      g_assert_cmpstr (((DmpOutboxRow *) g_ptr_array_index (rows, 1))->patient, ==, "MARTIN Paul");
      return;
    }
  if (version >= 2)
    g_assert_cmpstr (((DmpOutboxReceipt *) g_ptr_array_index (receipts, 0))->label, ==, "Ancien");
  add_new_row (outbox);
  keep_new_receipt (outbox);
}

static void
test_upgrade (gconstpointer data)
{
  const int version = GPOINTER_TO_INT (data);
  char *folder = make_old (version);

  check_outbox (folder, version, FALSE);
  check_outbox (folder, version, TRUE);
  remove_folder (folder);
}

/* One of a version to come is left as it is. */
static void
test_future (void)
{
  char *folder = make_old (99);
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_outbox_open (folder, &error));
  g_assert_nonnull (strstr (error->message, "Ne l’effacez pas"));
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/outbox/schema/1", GINT_TO_POINTER (1), test_upgrade);
  g_test_add_data_func ("/outbox/schema/2", GINT_TO_POINTER (2), test_upgrade);
  g_test_add_func ("/outbox/schema/future", test_future);
  return g_test_run ();
}
