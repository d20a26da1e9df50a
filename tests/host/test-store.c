/* Conformance of a storage backend: what every one of them must do, whatever it is made of. */
#include "config.h"

#include "dmp-host-keys.h"
#include "dmp-host-store.h"

#include <glib/gstdio.h>
#include <string.h>

#define A 1000
#define B 2000

typedef struct
{
  const DmpHostStoreOps *ops;
  DmpHostStore *store;
  char *folder;
  char *where;
  guint8 key[32];
} Bench;

static void
set_up (Bench *self, gconstpointer data)
{
  self->ops = data;
  self->folder = g_dir_make_tmp ("dmp-store-XXXXXX", NULL);
  self->where = g_build_filename (self->folder, "store", NULL);
  memset (self->key, 7, sizeof self->key);
  g_assert_cmpint (self->ops->open (self->where, self->key, &self->store, NULL), ==,
                   DMP_HOST_STORE_OK);
}

static void
tear_down (Bench *self, gconstpointer data)
{
  const char *suffixes[] = { "", "-wal", "-shm" };

  self->ops->close (self->store);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (self->where, suffixes[i], NULL);
      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->where);
}

static DmpHostTx *
begin (Bench *self, gint64 patient, gboolean write)
{
  DmpHostTx *tx = NULL;

  g_assert_cmpint (self->ops->begin (self->store, patient, write, &tx), ==, DMP_HOST_STORE_OK);
  return tx;
}

static void
commit (Bench *self, DmpHostTx *tx)
{
  g_assert_cmpint (self->ops->commit (tx), ==, DMP_HOST_STORE_OK);
}

static void
put_patient (Bench *self, gint64 id, gboolean closed, const char *physician)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("sealed", 6);
  DmpHostPatientRow row = {
    .id = id, .key = bytes, .traits = bytes, .closed = closed, .physician = (char *) physician
  };
  DmpHostTx *tx = begin (self, id, TRUE);

  memset (row.index, (int) (id / 1000), sizeof row.index);
  g_assert_cmpint (self->ops->patient_put (tx, &row), ==, DMP_HOST_STORE_OK);
  commit (self, tx);
}

static void
test_patient (Bench *self, gconstpointer data)
{
  guint8 index[DMP_HOST_INDEX_BYTES];
  DmpHostTx *tx;

  memset (index, 1, sizeof index);
  {
    g_auto (DmpHostPatientRow) row = { 0 };
    g_assert_cmpint (self->ops->patient_find (self->store, index, &row), ==, DMP_HOST_STORE_ABSENT);
  }
  put_patient (self, A, FALSE, NULL);
  put_patient (self, A, TRUE, "p1");
  {
    g_auto (DmpHostPatientRow) row = { 0 };
    g_assert_cmpint (self->ops->patient_find (self->store, index, &row), ==, DMP_HOST_STORE_OK);
    g_assert_cmpint (row.id, ==, A);
    g_assert_true (row.closed);
    g_assert_cmpstr (row.physician, ==, "p1");
    g_assert_cmpuint (g_bytes_get_size (row.key), ==, 6);
  }
  tx = begin (self, A, TRUE);
  g_assert_cmpint (self->ops->physician_put (tx, NULL), ==, DMP_HOST_STORE_OK);
  commit (self, tx);
  {
    g_auto (DmpHostPatientRow) row = { 0 };
    g_assert_cmpint (self->ops->patient_find (self->store, index, &row), ==, DMP_HOST_STORE_OK);
    g_assert_null (row.physician);
  }
}

static DmpHostStoreResult
authorisation_state (Bench *self, gint64 patient, DmpHostAuthorisationState *state)
{
  g_auto (DmpHostAuthorisation) row = { 0 };
  DmpHostTx *tx = begin (self, patient, FALSE);
  DmpHostStoreResult result = self->ops->authorisation_get (tx, "P:1", &row);

  *state = row.state;
  self->ops->rollback (tx);
  return result;
}

static void
test_authorisation (Bench *self, gconstpointer data)
{
  DmpHostAuthorisation row = { (char *) "P:1", DMP_HOST_AUTHORISATION_VALID, 10, 20 };
  DmpHostAuthorisationState state;
  DmpHostTx *tx;

  put_patient (self, A, FALSE, NULL);
  put_patient (self, B, FALSE, NULL);
  g_assert_cmpint (authorisation_state (self, A, &state), ==, DMP_HOST_STORE_ABSENT);
  tx = begin (self, A, TRUE);
  g_assert_cmpint (self->ops->authorisation_put (tx, &row), ==, DMP_HOST_STORE_OK);
  row.state = DMP_HOST_AUTHORISATION_DENIED;
  g_assert_cmpint (self->ops->authorisation_put (tx, &row), ==, DMP_HOST_STORE_OK);
  self->ops->rollback (tx);
  g_assert_cmpint (authorisation_state (self, A, &state), ==, DMP_HOST_STORE_ABSENT);
  tx = begin (self, A, TRUE);
  g_assert_cmpint (self->ops->authorisation_put (tx, &row), ==, DMP_HOST_STORE_OK);
  commit (self, tx);
  g_assert_cmpint (authorisation_state (self, A, &state), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (state, ==, DMP_HOST_AUTHORISATION_DENIED);
  g_assert_cmpint (authorisation_state (self, B, &state), ==, DMP_HOST_STORE_ABSENT);
  tx = begin (self, A, TRUE);
  g_assert_cmpint (self->ops->authorisation_delete (tx, "P:1"), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (self->ops->authorisation_delete (tx, "P:1"), ==, DMP_HOST_STORE_ABSENT);
  commit (self, tx);
}

static void
test_directory (Bench *self, gconstpointer data)
{
  DmpHostProfessional row = { (char *) "1", (char *) "10", (char *) "SM26" };
  g_auto (DmpHostProfessional) found = { 0 };
  DmpHostTx *tx = begin (self, 0, TRUE);

  g_assert_cmpint (self->ops->professional_put (tx, &row), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (self->ops->professional_put (tx, &row), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (self->ops->structure_put (tx, "s", "S"), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (self->ops->practice_put (tx, "1", "s"), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (self->ops->practice_put (tx, "1", "s"), ==, DMP_HOST_STORE_OK);
  commit (self, tx);
  g_assert_cmpint (self->ops->professional_find (self->store, "1", &found), ==, DMP_HOST_STORE_OK);
  g_assert_cmpstr (found.profession, ==, "10");
  g_assert_cmpint (self->ops->professional_find (self->store, "2", &found), ==,
                   DMP_HOST_STORE_ABSENT);
  g_assert_cmpint (self->ops->structure_find (self->store, "s"), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (self->ops->structure_find (self->store, "t"), ==, DMP_HOST_STORE_ABSENT);
  g_assert_cmpint (self->ops->practice_find (self->store, "1", "s"), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (self->ops->practice_find (self->store, "2", "s"), ==, DMP_HOST_STORE_ABSENT);
}

typedef struct
{
  const char *unique_id, *hash, *replaces;
} Doc;

/* Sends @docs as one submission named @set. */
static DmpHostStoreResult
submit (Bench *self, gint64 patient, const char *set, const Doc *docs, guint n, gboolean history)
{
  g_autoptr (GBytes) sealed = g_bytes_new_static ("s", 1);
  g_autoptr (DmpHostEntry) set_entry = dmp_host_entry_new (TRUE);
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_host_entry_free);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (DmpHostSealedEntry));
  DmpHostSubmission submission = { .set = { set_entry, sealed }, .documents = rows };
  DmpHostTx *tx = begin (self, patient, TRUE);
  DmpHostStoreResult result;

  submission.history = history;
  set_entry->unique_id = g_strdup (set);
  set_entry->entry_uuid = g_strconcat ("uuid:", set, NULL);
  for (guint i = 0; i < n; i++)
    {
      DmpHostEntry *entry = dmp_host_entry_new (FALSE);
      DmpHostSealedEntry row = { entry, sealed };

      entry->unique_id = g_strdup (docs[i].unique_id);
      entry->entry_uuid = g_strconcat ("uuid:", docs[i].unique_id, NULL);
      entry->hash = g_strdup (docs[i].hash);
      entry->repository = g_strdup ("r");
      entry->blob = g_strconcat ("blob-", docs[i].unique_id, NULL);
      entry->replaces = g_strdup (docs[i].replaces);
      entry->size = 5;
      g_ptr_array_add (entries, entry);
      g_array_append_val (rows, row);
    }
  result = self->ops->submission_put (tx, &submission);
  if (result == DMP_HOST_STORE_OK || result == DMP_HOST_STORE_DUP_SAME)
    commit (self, tx);
  else
    self->ops->rollback (tx);
  return result;
}

static gboolean
collect (DmpHostEntry *entry, GBytes *sealed, gpointer data)
{
  g_string_append_printf (data, "%s%s:%d", ((GString *) data)->len > 0 ? " " : "", entry->unique_id,
                          entry->status);
  g_assert_cmpuint (g_bytes_get_size (sealed), ==, 1);
  if (!entry->is_set)
    g_assert_true (entry->submission_set != NULL && entry->blob != NULL && entry->size == 5);
  dmp_host_entry_free (entry);
  return TRUE;
}

static void
assert_entries (Bench *self, gint64 patient, gboolean sets, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  DmpHostTx *tx = begin (self, patient, FALSE);

  g_assert_cmpint (self->ops->entries (tx, sets, collect, text), ==, DMP_HOST_STORE_OK);
  self->ops->rollback (tx);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_submission (Bench *self, gconstpointer data)
{
  const Doc first[] = { { "1.1", "h1", NULL }, { "1.2", "h2", NULL } };
  const Doc other[] = { { "1.1", "hX", NULL } };
  const Doc half[] = { { "1.1", "h1", NULL }, { "1.3", "h3", NULL } };
  const Doc third[] = { { "1.3", "h3", NULL } };
  gint64 patient = 0;

  put_patient (self, A, FALSE, NULL);
  put_patient (self, B, FALSE, NULL);
  g_assert_cmpint (submit (self, A, "s1", first, 2, FALSE), ==, DMP_HOST_STORE_OK);
  assert_entries (self, A, FALSE, "1.1:0 1.2:0");
  assert_entries (self, A, TRUE, "s1:0");
  assert_entries (self, B, FALSE, "");
  g_assert_cmpint (submit (self, A, "s1", first, 2, FALSE), ==, DMP_HOST_STORE_DUP_SAME);
  g_assert_cmpint (submit (self, A, "s2", first, 2, FALSE), ==, DMP_HOST_STORE_DUP_SAME);
  g_assert_cmpint (submit (self, A, "s2", other, 1, FALSE), ==, DMP_HOST_STORE_DUP_OTHER);
  g_assert_cmpint (submit (self, B, "s2", first, 2, FALSE), ==, DMP_HOST_STORE_DUP_OTHER);
  g_assert_cmpint (submit (self, A, "s2", half, 2, FALSE), ==, DMP_HOST_STORE_CONFLICT);
  g_assert_cmpint (submit (self, A, "s1", third, 1, FALSE), ==, DMP_HOST_STORE_CONFLICT);
  assert_entries (self, A, FALSE, "1.1:0 1.2:0");
  g_assert_cmpint (self->ops->unique_id_find (self->store, "1.2", &patient), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (patient, ==, A);
  g_assert_cmpint (self->ops->unique_id_find (self->store, "1.3", &patient), ==,
                   DMP_HOST_STORE_ABSENT);
}

static void
test_replacement (Bench *self, gconstpointer data)
{
  const Doc v1[] = { { "1.1", "h1", NULL } };
  const Doc v2[] = { { "1.2", "h2", "uuid:1.1" } };
  const Doc v3[] = { { "1.3", "h3", "uuid:1.1" } };
  const Doc v4[] = { { "1.4", "h4", "uuid:none" } };

  put_patient (self, A, FALSE, NULL);
  put_patient (self, B, FALSE, NULL);
  submit (self, A, "s1", v1, 1, FALSE);
  g_assert_cmpint (submit (self, B, "s2", v2, 1, FALSE), ==, DMP_HOST_STORE_CONFLICT);
  g_assert_cmpint (submit (self, A, "s2", v2, 1, FALSE), ==, DMP_HOST_STORE_OK);
  assert_entries (self, A, FALSE, "1.1:1 1.2:0");
  g_assert_cmpint (submit (self, A, "s2", v2, 1, FALSE), ==, DMP_HOST_STORE_DUP_SAME);
  g_assert_cmpint (submit (self, A, "s3", v3, 1, FALSE), ==, DMP_HOST_STORE_CONFLICT);
  g_assert_cmpint (submit (self, A, "s4", v4, 1, FALSE), ==, DMP_HOST_STORE_CONFLICT);
  g_assert_cmpint (submit (self, A, "s4", v4, 1, TRUE), ==, DMP_HOST_STORE_OK);
  assert_entries (self, A, FALSE, "1.1:1 1.2:0 1.4:0");
  assert_entries (self, B, TRUE, "");
}

static void
test_status (Bench *self, gconstpointer data)
{
  const Doc docs[] = { { "1.1", "h1", NULL } };
  DmpHostTx *tx;

  put_patient (self, A, FALSE, NULL);
  submit (self, A, "s1", docs, 1, FALSE);
  tx = begin (self, A, TRUE);
  g_assert_cmpint (
      self->ops->status_put (tx, "uuid:1.1", DMP_HOST_STATUS_ARCHIVED, DMP_HOST_STATUS_APPROVED),
      ==, DMP_HOST_STORE_CONFLICT);
  g_assert_cmpint (
      self->ops->status_put (tx, "uuid:1.1", DMP_HOST_STATUS_APPROVED, DMP_HOST_STATUS_ARCHIVED),
      ==, DMP_HOST_STORE_OK);
  commit (self, tx);
  assert_entries (self, A, FALSE, "1.1:2");
}

static void
append (Bench *self, const char *result)
{
  DmpHostAuditRow row = { .time = 5, .actor = "a", .transaction = "TD", .patient = A };
  DmpHostTx *tx = begin (self, A, TRUE);

  row.result = result;
  g_assert_cmpint (self->ops->audit_append (tx, &row), ==, DMP_HOST_STORE_OK);
  commit (self, tx);
}

static gboolean
join_rows (const DmpHostAuditRow *row, gpointer data)
{
  g_string_append_printf (data, "%" G_GINT64_FORMAT "%s%s ", row->sequence, row->actor,
                          row->result);
  return TRUE;
}

static void
test_audit (Bench *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  DmpHostStoreReport report = { 0 };
  guint8 other[32] = { 1 };

  g_assert_cmpint (self->ops->audit_each (self->store, NULL, NULL), ==, DMP_HOST_STORE_OK);
  append (self, "ok");
  append (self, "no");
  g_assert_cmpint (self->ops->audit_each (self->store, join_rows, text), ==, DMP_HOST_STORE_OK);
  g_assert_cmpstr (text->str, ==, "1aok 2ano ");
  g_assert_cmpint (self->ops->check (self->store, &report), ==, DMP_HOST_STORE_OK);
  g_assert_cmpuint (report.audit_rows, ==, 2);
  g_hash_table_unref (report.blobs);
  /* Who has not the key cannot make a chain that holds. */
  self->ops->close (self->store);
  g_assert_cmpint (self->ops->open (self->where, other, &self->store, NULL), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (self->ops->audit_each (self->store, NULL, NULL), ==, DMP_HOST_STORE_CORRUPT);
}

static void
test_reopen (Bench *self, gconstpointer data)
{
  const Doc docs[] = { { "1.1", "h1", NULL } };
  DmpHostTx *tx;

  put_patient (self, A, FALSE, NULL);
  submit (self, A, "s1", docs, 1, FALSE);
  tx = begin (self, A, TRUE);
  self->ops->physician_put (tx, "never");
  self->ops->rollback (tx);
  self->ops->close (self->store);
  g_assert_cmpint (self->ops->open (self->where, self->key, &self->store, NULL), ==,
                   DMP_HOST_STORE_OK);
  assert_entries (self, A, FALSE, "1.1:0");
}

static gpointer
submit_thread (gpointer data)
{
  const Doc docs[] = { { "1.1", "h1", NULL } };

  return GINT_TO_POINTER (submit (data, A, "s1", docs, 1, FALSE));
}

/* The same submission from many threads is one. */
static void
test_race (Bench *self, gconstpointer data)
{
  GThread *threads[20];
  guint ok = 0, same = 0;

  put_patient (self, A, FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, submit_thread, self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      int result = GPOINTER_TO_INT (g_thread_join (threads[i]));
      ok += result == DMP_HOST_STORE_OK;
      same += result == DMP_HOST_STORE_DUP_SAME;
    }
  g_assert_cmpuint (ok, ==, 1);
  g_assert_cmpuint (same, ==, G_N_ELEMENTS (threads) - 1);
  assert_entries (self, A, FALSE, "1.1:0");
}

static void
test_no_store (void)
{
  const DmpHostStoreOps *ops = dmp_host_store_sqlite ();
  g_autofree char *folder = g_dir_make_tmp ("dmp-store-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (GError) error = NULL;
  DmpHostStore *store = NULL;
  guint8 key[32] = { 0 };

  g_assert_true (
      g_file_set_contents (path, "this is no database at all, but long enough", -1, NULL));
  g_assert_cmpint (ops->open (path, key, &store, &error), ==, DMP_HOST_STORE_CORRUPT);
  g_assert_nonnull (error);
  g_assert_null (store);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Bench *self, gconstpointer data);
  } cases[] = { { "patient", test_patient },
                { "authorisation", test_authorisation },
                { "directory", test_directory },
                { "submission", test_submission },
                { "replacement", test_replacement },
                { "status", test_status },
                { "audit", test_audit },
                { "reopen", test_reopen },
                { "race", test_race } };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/host/store/sqlite/", cases[i].name, NULL);
      g_test_add (path, Bench, dmp_host_store_sqlite (), set_up, cases[i].run, tear_down);
    }
  g_test_add_func ("/host/store/sqlite/no-store", test_no_store);
  return g_test_run ();
}
