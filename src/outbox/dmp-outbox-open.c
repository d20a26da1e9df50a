/* Opening the outbox, alone or beside others: files, locks, schema. */
#define _GNU_SOURCE /* F_OFD_SETLK */
#include "config.h"

#include "dmp-outbox-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCHEMA_VERSION 3 /* 2: receipts; 3: the patient's name */
#define BUSY_MS 10000

static const char schema[] = "CREATE TABLE IF NOT EXISTS key_check (sealed BLOB NOT NULL) STRICT;"
                             "CREATE TABLE IF NOT EXISTS sets ("
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
                             " request BLOB,"
                             " patient BLOB) STRICT;"
                             "CREATE TABLE IF NOT EXISTS documents ("
                             " set_id INTEGER NOT NULL REFERENCES sets (id) ON DELETE CASCADE,"
                             " n INTEGER NOT NULL,"
                             " unique_id TEXT NOT NULL UNIQUE,"
                             " hash TEXT NOT NULL,"
                             " size INTEGER NOT NULL,"
                             " title BLOB,"
                             " content_id TEXT NOT NULL,"
                             " content_type TEXT NOT NULL,"
                             " bytes BLOB,"
                             " PRIMARY KEY (set_id, n)) STRICT;"
                             "CREATE TABLE IF NOT EXISTS receipts ("
                             " submission_id TEXT PRIMARY KEY,"
                             " professional TEXT NOT NULL,"
                             " acknowledged INTEGER NOT NULL,"
                             " label BLOB,"
                             " content BLOB NOT NULL) STRICT;";

/* --- Opening --------------------------------------------------------------------------------- */

char *
dmp_outbox_dup_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "caducee", NULL);
}

gboolean
dmp_outbox_exists (const char *folder)
{
  g_autofree char *own = folder == NULL ? dmp_outbox_dup_folder () : NULL;
  g_autofree char *path = g_build_filename (folder != NULL ? folder : own, "outbox.db", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* One known text sealed by the key of this outbox: another key is found before anything is lost. */
static gboolean
check_key (DmpOutbox *self, GError **error)
{
  static const char known[] = "caducee";
  sqlite3_stmt *statement = dmp_outbox_prepare (self, "SELECT sealed FROM key_check", error);
  g_autoptr (GBytes) seen = NULL;
  int step = statement != NULL ? sqlite3_step (statement) : SQLITE_ERROR;
  gboolean ok = step == SQLITE_ROW;

  if (ok)
    ok = dmp_outbox_column (self, statement, 0, "key", &seen, error);
  else if (statement != NULL && step != SQLITE_DONE)
    dmp_outbox_set_sql (self, error);
  sqlite3_finalize (statement);
  if (step != SQLITE_DONE)
    return ok;

  statement = dmp_outbox_prepare (self, "INSERT INTO key_check VALUES (?)", error);
  if (statement == NULL || !dmp_outbox_bind_text (self, statement, 1, "key", known, error))
    return sqlite3_finalize (statement), FALSE;
  return dmp_outbox_finish (self, statement, error);
}

static gboolean
check_version (DmpOutbox *self, int *version, GError **error)
{
  sqlite3_stmt *statement = dmp_outbox_prepare (self, "PRAGMA user_version", error);

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return dmp_outbox_set_sql (self, error), sqlite3_finalize (statement), FALSE;
  *version = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  if (*version >= 0 && *version <= SCHEMA_VERSION)
    return TRUE;
  dmp_outbox_set_broken (error, "user_version");
  return FALSE;
}

static gboolean
check_whole (DmpOutbox *self, GError **error)
{
  sqlite3_stmt *statement = dmp_outbox_prepare (self, "PRAGMA quick_check(1)", error);
  gboolean ok;

  if (statement == NULL)
    return FALSE;
  ok = sqlite3_step (statement) == SQLITE_ROW &&
       g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);
  if (!ok)
    dmp_outbox_set_broken (error, _ ("fichier endommagé"));
  return ok;
}

static gboolean
open_database (DmpOutbox *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "outbox.db", NULL);
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
  int version = 0;

  if (sqlite3_open_v2 (path, &self->db, flags, NULL) != SQLITE_OK)
    return dmp_outbox_set_sql (self, error);
  sqlite3_busy_timeout (self->db, BUSY_MS);
  if (!dmp_outbox_run (
          self,
          "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
          "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON",
          error) ||
      !check_whole (self, error) || !dmp_outbox_run (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  return dmp_outbox_commit (
      self,
      check_version (self, &version, error) &&
          (version == 0 || version == SCHEMA_VERSION ||
           dmp_outbox_run (self, "ALTER TABLE sets ADD COLUMN patient BLOB", error)) &&
          (version == SCHEMA_VERSION || dmp_outbox_run (self, schema, error)) &&
          check_key (self, error) &&
          (version == SCHEMA_VERSION || dmp_outbox_run (self, "PRAGMA user_version=3", error)),
      error);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  dmp_outbox_set_broken (error, g_strerror (errno));
  return FALSE;
}

/* Of the open file, not of the process: two handles of one process do not share one. The kernel
 * gives them back however the process ends. */
static gboolean
lock_byte (DmpOutbox *self, int command, short type, struct flock *lock, gint64 at)
{
  *lock = (struct flock){ .l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = 1 };
  return fcntl (self->claims, command, lock) == 0;
}

static int
open_private (const char *folder, const char *name, int flags, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0600);

  if (fd < 0)
    dmp_outbox_set_broken (error, g_strerror (errno));
  return fd;
}

/* SQLite gives its companions the mode of the database: that one is made first, for us alone. It is
 * never opened here once it exists: to close any descriptor of a file takes away all the locks that
 * this process has on it, those of the other handles too.
 * @fresh: (out): nothing is in it yet */
static gboolean
make_database (const char *folder, gboolean *fresh, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "outbox.db", NULL);
  struct stat info;
  int fd;

  *fresh = FALSE;
  if (lstat (path, &info) == 0)
    {
      *fresh = info.st_size == 0;
      if (S_ISREG (info.st_mode))
        return TRUE;
      dmp_outbox_set_broken (error, "outbox.db");
      return FALSE;
    }
  if (errno != ENOENT)
    return dmp_outbox_set_broken (error, g_strerror (errno)), FALSE;
  fd = open_private (folder, "outbox.db", O_EXCL, error);
  if (fd < 0)
    return FALSE;
  *fresh = TRUE;
  close (fd);
  return TRUE;
}

/* Rows begin at 1: byte 0 is held by who looks for the database and makes it, so that nobody else
 * has it open yet when it is made. */
static gboolean
open_files (DmpOutbox *self, const char *folder, GError **error)
{
  struct flock lock;
  gboolean fresh, ok;

  if (!make_folder (folder, error))
    return FALSE;
  self->claims = open_private (folder, "outbox.lock", 0, error);
  if (self->claims < 0)
    return FALSE;
  if (!lock_byte (self, F_OFD_SETLKW, F_WRLCK, &lock, 0))
    return dmp_outbox_set_broken (error, "outbox.lock"), FALSE;
  ok = make_database (folder, &fresh, error);
  lock_byte (self, F_OFD_SETLK, F_UNLCK, &lock, 0);
  return ok && dmp_outbox_key_read (folder, fresh, self->key, error) &&
         open_database (self, folder, error);
}

DmpOutbox *
dmp_outbox_open (const char *folder, GError **error)
{
  g_autofree char *own = folder == NULL ? dmp_outbox_dup_folder () : NULL;
  g_autoptr (DmpOutbox) self = g_new0 (DmpOutbox, 1);

  self->claims = -1;
  return open_files (self, folder != NULL ? folder : own, error) ? g_steal_pointer (&self) : NULL;
}

void
dmp_outbox_close (DmpOutbox *self)
{
  if (self == NULL)
    return;

  sqlite3_close (self->db);
  if (self->claims >= 0)
    close (self->claims);
  explicit_bzero (self->key, sizeof self->key);
  g_free (self);
}

/* --- Claims ---------------------------------------------------------------------------------- */

gboolean
dmp_outbox_claim (DmpOutbox *self, gint64 id)
{
  struct flock lock;

  return lock_byte (self, F_OFD_SETLK, F_WRLCK, &lock, id);
}

gboolean
dmp_outbox_is_claimed (DmpOutbox *self, gint64 id)
{
  struct flock lock;

  return lock_byte (self, F_OFD_GETLK, F_WRLCK, &lock, id) && lock.l_type != F_UNLCK;
}
