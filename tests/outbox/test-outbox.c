#define _GNU_SOURCE /* memmem() */
#include "config.h"

#include "model/dmp-error.h"
#include "outbox/dmp-outbox.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define INS "279035121518989"
#define TITLE "Compte rendu de coloscopie"
#define TEXT "Adenocarcinome du colon sigmoide, patiente MARTIN Jeanne"
#define SENTENCE "Refus de MARTIN Jeanne par le service"
#define KILLS 100

static char *
new_folder (void)
{
  return g_dir_make_tmp ("outbox-XXXXXX", NULL);
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (char, remove_folder)

static DmpOutboxRow *
new_row (guint n)
{
  DmpOutboxRow *row = dmp_outbox_row_new ();
  g_autofree char *text = g_strdup_printf ("%s %u", TEXT, n);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autofree char *first = g_strdup_printf ("2.25.2%u", n);
  g_autofree char *second = g_strdup_printf ("2.25.3%u", n);

  row->submission_id = g_strdup_printf ("2.25.1%u", n);
  row->professional = g_strdup ("899700000017");
  row->place = g_strdup ("499700000017001");
  row->ins = g_strdup (INS);
  row->ins_oid = g_strdup ("1.2.250.1.213.1.4.10");
  row->request = g_bytes_new_static ("<a>" TEXT INS "</a>", sizeof ("<a>" TEXT INS "</a>") - 1);
  dmp_outbox_row_add (row, first, TITLE, "a@b", "text/xml", bytes);
  dmp_outbox_row_add (row, second, NULL, "c@d", "text/xml", bytes);
  return row;
}

static DmpOutbox *
open_outbox (const char *folder)
{
  g_autoptr (GError) error = NULL;
  DmpOutbox *outbox = dmp_outbox_open (folder, &error);

  g_assert_no_error (error);
  return outbox;
}

static GPtrArray *
list (DmpOutbox *outbox)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = dmp_outbox_list (outbox, NULL, &error);

  g_assert_no_error (error);
  return rows;
}

static void
assert_only_row (DmpOutbox *outbox, DmpOutboxState state, const char *sentence)
{
  g_autoptr (GPtrArray) rows = list (outbox);
  const DmpOutboxRow *row = g_ptr_array_index (rows, 0);

  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (row->state, ==, state);
  g_assert_cmpstr (row->sentence, ==, sentence);
  g_assert_cmpstr (row->ins, ==, INS);
}

static void
add (DmpOutbox *outbox, DmpOutboxRow *row)
{
  g_autoptr (GError) error = NULL;

  dmp_outbox_add (outbox, row, &error);
  g_assert_no_error (error);
}

static void
set_state (DmpOutbox *outbox, gint64 id, DmpOutboxState state, const char *sentence)
{
  g_autoptr (GError) error = NULL;

  dmp_outbox_set_state (outbox, id, state, sentence, &error);
  g_assert_no_error (error);
}

static void
test_states (void)
{
  g_autoptr (char) folder = new_folder ();
  g_autoptr (DmpOutboxRow) row = new_row (1);
  g_autoptr (DmpOutbox) sender = open_outbox (folder);
  g_autoptr (DmpOutbox) other = open_outbox (folder);

  add (sender, row);
  g_assert_cmpint (row->id, >, 0);
  assert_only_row (other, DMP_OUTBOX_READY, NULL);
  g_assert_false (dmp_outbox_claim (other, row->id));

  /* Its sender ends, whatever the reason: nobody knows. */
  g_clear_pointer (&sender, dmp_outbox_close);
  assert_only_row (other, DMP_OUTBOX_UNKNOWN, NULL);
  g_assert_true (dmp_outbox_claim (other, row->id));

  set_state (other, row->id, DMP_OUTBOX_UNKNOWN, NULL);
  assert_only_row (other, DMP_OUTBOX_UNKNOWN, NULL);
  set_state (other, row->id, DMP_OUTBOX_REFUSED, SENTENCE);
  assert_only_row (other, DMP_OUTBOX_REFUSED, SENTENCE);
  set_state (other, row->id, DMP_OUTBOX_CONFLICT, SENTENCE);
  assert_only_row (other, DMP_OUTBOX_CONFLICT, SENTENCE);
  g_assert_true (dmp_outbox_set_sent (other, row->id, 1, NULL));
  assert_only_row (other, DMP_OUTBOX_UNKNOWN, SENTENCE);
}

static void
assert_sent (DmpOutbox *outbox, gint64 when, DmpOutboxState state)
{
  g_autoptr (GPtrArray) rows = list (outbox);
  const DmpOutboxRow *row = g_ptr_array_index (rows, 0);

  g_assert_cmpint (row->sent, ==, when);
  g_assert_cmpint (row->state, ==, state);
  g_assert_cmpint (row->created, >, 1000000000);
}

/* Stored is not sent: only what was on the wire has a time. */
static void
test_sent (void)
{
  g_autoptr (char) folder = new_folder ();
  g_autoptr (DmpOutboxRow) row = new_row (1);
  g_autoptr (DmpOutbox) sender = open_outbox (folder);

  add (sender, row);
  assert_sent (sender, 0, DMP_OUTBOX_UNKNOWN); /* its own claim does not count for itself */
  g_assert_true (dmp_outbox_set_sent (sender, row->id, 1234, NULL));
  {
    g_autoptr (DmpOutbox) other = open_outbox (folder);

    assert_sent (other, 1234, DMP_OUTBOX_READY);
  }
  set_state (sender, row->id, DMP_OUTBOX_REFUSED, SENTENCE);
  g_assert_true (dmp_outbox_set_sent (sender, row->id, 5678, NULL));
  assert_sent (sender, 5678, DMP_OUTBOX_UNKNOWN);
}

static void
assert_bodies (DmpOutbox *outbox, gboolean there)
{
  g_autoptr (GPtrArray) rows = list (outbox);
  DmpOutboxRow *row = g_ptr_array_index (rows, 0);
  g_autoptr (DmpOutboxRow) expected = new_row (1);
  g_autoptr (GError) error = NULL;

  g_assert_true (dmp_outbox_load (outbox, row, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (row->documents->len, ==, 2);
  g_assert_cmpint (row->request != NULL, ==, there);
  g_assert_true (!there || g_bytes_equal (row->request, expected->request));
  for (guint i = 0; i < row->documents->len; i++)
    {
      const DmpOutboxDocument *got = g_ptr_array_index (row->documents, i);
      const DmpOutboxDocument *wanted = g_ptr_array_index (expected->documents, i);

      g_assert_cmpstr (got->unique_id, ==, wanted->unique_id);
      g_assert_cmpstr (got->hash, ==, wanted->hash);
      g_assert_cmpstr (got->title, ==, wanted->title);
      g_assert_cmpstr (got->content_id, ==, wanted->content_id);
      g_assert_cmpint (got->size, ==, wanted->size);
      g_assert_cmpint (got->bytes != NULL, ==, there);
      g_assert_true (!there || g_bytes_equal (got->bytes, wanted->bytes));
    }
}

static void
test_bodies (void)
{
  g_autoptr (char) folder = new_folder ();
  g_autoptr (DmpOutboxRow) row = new_row (1);
  g_autoptr (DmpOutboxRow) twin = new_row (1);
  g_autoptr (DmpOutbox) outbox = open_outbox (folder);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) others = NULL;

  add (outbox, row);
  assert_bodies (outbox, TRUE);
  g_assert_false (dmp_outbox_add (outbox, twin, NULL)); /* identifiers are made once */
  g_assert_cmpint (twin->id, ==, 0);
  others = dmp_outbox_list (outbox, "someone else", NULL);
  g_assert_cmpuint (others->len, ==, 0);

  set_state (outbox, row->id, DMP_OUTBOX_ACKED, NULL);
  assert_bodies (outbox, FALSE);
  g_assert_true (dmp_outbox_drop (outbox, row->id, NULL));
  rows = list (outbox);
  g_assert_cmpuint (rows->len, ==, 0);
}

/* --- What stands in the files ---------------------------------------------------------------- */

static void
assert_nothing_readable (const char *folder)
{
  static const char *const words[] = { INS,        "MARTIN",        "coloscopie", "Adenocarcinome",
                                       "sigmoide", "1.2.250.1.213", "Refus" };
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint seen = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      GStatBuf info;
      gsize len;

      g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        g_assert_null (memmem (bytes, len, words[i], strlen (words[i])));
      seen += memmem (bytes, len, "899700000017", 12) != NULL; /* the search itself finds */
    }
  g_assert_cmpuint (seen, >, 0);
}

static void
test_sealed (void)
{
  g_autoptr (char) folder = new_folder ();
  g_autoptr (DmpOutboxRow) row = new_row (1);
  g_autoptr (DmpOutboxRow) second = new_row (2);
  g_autoptr (DmpOutbox) outbox = open_outbox (folder);

  add (outbox, row);
  add (outbox, second);
  set_state (outbox, row->id, DMP_OUTBOX_REFUSED, SENTENCE);
  assert_nothing_readable (folder); /* with the log beside it */
  g_clear_pointer (&outbox, dmp_outbox_close);
  assert_nothing_readable (folder);
}

/* --- Damage ---------------------------------------------------------------------------------- */

static void
assert_unusable (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpOutbox) outbox = dmp_outbox_open (folder, &error);
  g_autoptr (GPtrArray) rows = outbox != NULL ? dmp_outbox_list (outbox, NULL, &error) : NULL;

  if (rows != NULL)
    dmp_outbox_load (outbox, g_ptr_array_index (rows, 0), &error);
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INTERNAL);
  g_assert_nonnull (strstr (error->message, "Ne l’effacez pas"));
}

static void
make_outbox (const char *folder)
{
  g_autoptr (DmpOutboxRow) row = new_row (1);
  g_autoptr (DmpOutbox) outbox = open_outbox (folder);

  add (outbox, row);
}

static void
rewrite (const char *folder, const char *name, gsize from, gsize to, guint8 by)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  for (gsize i = from; i < MIN (to, len); i++)
    bytes[i] = (char) (bytes[i] ^ by);
  g_assert_true (
      g_file_set_contents_full (path, bytes, (gssize) len, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_damaged (void)
{
  const struct
  {
    const char *name;
    gsize from, to;
  } damages[] = {
    { "outbox.db", 0, 16 },           /* no database */
    { "outbox.db", 100, 4096 },       /* its first page */
    { "outbox.db", 4096, G_MAXSIZE }, /* all the others */
    { "outbox.key", 0, 1 },           /* another key */
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (char) folder = new_folder ();

      make_outbox (folder);
      rewrite (folder, damages[i].name, damages[i].from, damages[i].to, 0x5a);
      assert_unusable (folder);
    }
}

static void
test_key_file (void)
{
  g_autoptr (char) folder = new_folder ();
  g_autofree char *path = g_build_filename (folder, "outbox.key", NULL);

  make_outbox (folder);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0); /* who could read it? */
  assert_unusable (folder);
  g_assert_cmpint (truncate (path, 31), ==, 0);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  assert_unusable (folder);
  g_unlink (path); /* no new one is made over sealed bodies */
  assert_unusable (folder);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* --- Kill -9 --------------------------------------------------------------------------------- */

/* Adds row after row; tells each one that add() has promised, then acknowledges every third. */
static void
write_until_killed (const char *folder, guint first, int told)
{
  DmpOutbox *outbox = dmp_outbox_open (folder, NULL);

  for (guint n = first; outbox != NULL; n++)
    {
      DmpOutboxRow *row = new_row (n);

      if (!dmp_outbox_add (outbox, row, NULL) || write (told, &n, sizeof n) != sizeof n)
        _exit (1);
      if (n % 3 == 0 && !dmp_outbox_set_state (outbox, row->id, DMP_OUTBOX_ACKED, NULL, NULL))
        _exit (1);
    }
  _exit (1);
}

static void
promise (int told, GHashTable *promised, guint *last)
{
  while (read (told, last, sizeof *last) == sizeof *last)
    g_hash_table_add (promised, g_strdup_printf ("2.25.1%u", *last));
}

static guint
kill_one (const char *folder, guint first, GHashTable *promised, int within_us)
{
  guint last = first;
  int ends[2];
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    write_until_killed (folder, first, ends[1]);
  close (ends[1]);
  g_usleep ((gulong) g_random_int_range (0, within_us));
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  promise (ends[0], promised, &last);
  close (ends[0]);
  return last + 2; /* one may be there that was not told */
}

/* Everything promised is there once, readable; nothing is there that is not whole. */
static guint
count_whole (const char *folder, GHashTable *promised)
{
  g_autoptr (DmpOutbox) outbox = open_outbox (folder);
  g_autoptr (GPtrArray) rows = list (outbox);
  guint found = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      DmpOutboxRow *row = g_ptr_array_index (rows, i);

      g_assert_true (dmp_outbox_load (outbox, row, NULL));
      g_assert_cmpuint (row->documents->len, ==, 2);
      g_assert_true (row->state == DMP_OUTBOX_ACKED || row->state == DMP_OUTBOX_UNKNOWN);
      g_assert_cmpint (row->request == NULL, ==, row->state == DMP_OUTBOX_ACKED);
      found += g_hash_table_contains (promised, row->submission_id);
      g_assert_true (dmp_outbox_drop (outbox, row->id, NULL));
    }
  return found;
}

static void
test_killed (void)
{
  g_autoptr (char) folder = new_folder ();
  g_autoptr (GHashTable) promised = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *wanted = g_getenv ("DMP_LONG_TESTS");
  guint kills = wanted != NULL && *wanted != '\0' ? 10 * KILLS : KILLS;
  guint next = 1, found = 0;
  gint64 began = g_get_monotonic_time ();
  int within_us;

  make_outbox (folder);
  within_us = (int) MAX (25000, 4 * (g_get_monotonic_time () - began)); /* valgrind is slow */
  next = count_whole (folder, promised) + 2;
  for (guint i = 0; i < kills; i++)
    {
      next = kill_one (folder, next, promised, within_us);
      if (i % 10 == 9 || i + 1 == kills)
        found += count_whole (folder, promised);
    }
  g_test_message ("%u kills, %u rows promised, %u found", kills, g_hash_table_size (promised),
                  found);
  g_assert_cmpuint (found, ==, g_hash_table_size (promised));
  g_assert_cmpuint (found, >, 0);
}

/* --- Several at once ------------------------------------------------------------------------- */

static void
tell (int ends)
{
  g_assert_cmpint (write (ends, "g", 1), ==, 1);
}

static void
hear (int ends)
{
  char go;

  g_assert_cmpint (read (ends, &go, 1), ==, 1);
}

/* Holds a row, looks at the list with a second handle as the window does, lets somebody else visit,
 * then says what became of the row. */
static void
hold_row (const char *folder, int in, int out)
{
  DmpOutbox *sender = open_outbox (folder);
  DmpOutboxRow *row = new_row (1);
  DmpOutbox *other;

  add (sender, row);
  other = open_outbox (folder);
  assert_only_row (other, DMP_OUTBOX_READY, NULL);
  dmp_outbox_close (other);
  tell (out);
  hear (in);
  set_state (sender, row->id, DMP_OUTBOX_REFUSED, SENTENCE);
  add (sender, new_row (2));
  tell (out);
  hear (in);
  _exit (1);
}

/* A list beside an open handle must not take that handle's locks away: another program would
 * believe that it is the last, and remove the log under it. */
static void
test_second_handle (void)
{
  g_autoptr (char) folder = new_folder ();
  g_autoptr (DmpOutbox) outbox = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  int in[2], out[2];
  pid_t child;

  g_assert_true (pipe (in) == 0 && pipe (out) == 0);
  child = fork ();
  if (child == 0)
    hold_row (folder, in[0], out[1]);
  g_assert_true (close (in[0]) == 0 && close (out[1]) == 0);
  hear (out[0]);
  outbox = open_outbox (folder);
  assert_only_row (outbox, DMP_OUTBOX_READY, NULL);
  g_clear_pointer (&outbox, dmp_outbox_close);
  tell (in[1]);
  hear (out[0]);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  g_assert_true (close (in[1]) == 0 && close (out[0]) == 0);

  outbox = open_outbox (folder);
  rows = list (outbox);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((DmpOutboxRow *) g_ptr_array_index (rows, 0))->state, ==, DMP_OUTBOX_REFUSED);
}

/* What is no file of ours is left alone. */
static void
test_not_ours (void)
{
  g_autoptr (char) folder = new_folder ();
  g_autofree char *path = g_build_filename (folder, "outbox.db", NULL);

  g_assert_cmpint (symlink ("elsewhere", path), ==, 0);
  assert_unusable (folder);
  g_unlink (path);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_unusable (folder);
  g_rmdir (path);
}

/* --- Receipts -------------------------------------------------------------------------------- */

static void
keep (DmpOutbox *outbox, const char *submission_id, gint64 when, const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  const DmpOutboxReceipt receipt = { .submission_id = (char *) submission_id,
                                     .professional = (char *) "899700000017",
                                     .acknowledged = when,
                                     .label = (char *) TITLE,
                                     .content = content };
  g_autoptr (GError) error = NULL;

  g_assert_true (dmp_outbox_keep_receipt (outbox, &receipt, &error));
  g_assert_no_error (error);
}

/* They outlive their row, are sealed, and go when their time has come. */
static void
test_receipts (void)
{
  g_autofree char *path = NULL;
  char *folder = new_folder ();
  g_autoptr (DmpOutbox) outbox = open_outbox (folder);
  g_autoptr (GPtrArray) all = NULL, one = NULL, none = NULL;
  g_autofree char *raw = NULL;
  g_autoptr (GError) error = NULL;
  const DmpOutboxReceipt *first;
  gsize size;

  keep (outbox, "2.25.1", 1000, "old");
  keep (outbox, "2.25.2", 3000, TEXT);
  keep (outbox, "2.25.1", 2000, "<receipt/>"); /* written over */
  all = dmp_outbox_list_receipts (outbox, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  first = g_ptr_array_index (all, 0);
  g_assert_cmpstr (first->submission_id, ==, "2.25.2");
  g_assert_cmpstr (first->label, ==, TITLE);
  g_assert_cmpmem (g_bytes_get_data (first->content, NULL), g_bytes_get_size (first->content), TEXT,
                   strlen (TEXT));
  one = dmp_outbox_list_receipts (outbox, "2.25.1", NULL);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpint (((DmpOutboxReceipt *) g_ptr_array_index (one, 0))->acknowledged, ==, 2000);
  path = g_build_filename (folder, "outbox.db-wal", NULL);
  if (g_file_get_contents (path, &raw, &size, NULL))
    g_assert_null (memmem (raw, size, TITLE, strlen (TITLE)));
  g_assert_true (dmp_outbox_expire_receipts (outbox, 2500, NULL));
  none = dmp_outbox_list_receipts (outbox, "2.25.1", NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_clear_pointer (&outbox, dmp_outbox_close);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outbox/states", test_states);
  g_test_add_func ("/outbox/sent", test_sent);
  g_test_add_func ("/outbox/bodies", test_bodies);
  g_test_add_func ("/outbox/sealed", test_sealed);
  g_test_add_func ("/outbox/damaged", test_damaged);
  g_test_add_func ("/outbox/key-file", test_key_file);
  g_test_add_func ("/outbox/second-handle", test_second_handle);
  g_test_add_func ("/outbox/not-ours", test_not_ours);
  g_test_add_func ("/outbox/receipts", test_receipts);
  g_test_add_func ("/outbox/killed", test_killed);
  return g_test_run ();
}
