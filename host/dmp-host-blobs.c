#include "config.h"

#include "dmp-host-blobs.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct _DmpHostBlobs
{
  char *folder;
  gboolean bulk;
};

static gboolean
fail_errno (GError **error, const char *what)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (saved), "%s: %s", what,
               g_strerror (saved));
  return FALSE;
}

DmpHostBlobs *
dmp_host_blobs_new (const char *folder, GError **error)
{
  DmpHostBlobs *self;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail_errno (error, folder);
      return NULL;
    }
  self = g_new0 (DmpHostBlobs, 1);
  self->folder = g_strdup (folder);
  return self;
}

void
dmp_host_blobs_free (DmpHostBlobs *self)
{
  if (self == NULL)
    return;
  g_free (self->folder);
  g_free (self);
}

char *
dmp_host_blobs_new_name (void)
{
  return g_uuid_string_random ();
}

/* Names are ours (random UUIDs), 256 folders of them. */
static char *
dup_path (DmpHostBlobs *self, const char *name)
{
  char shelf[3] = { name[0], name[1], '\0' };

  return g_build_filename (self->folder, shelf, name, NULL);
}

static gboolean
write_all (int fd, GBytes *bytes, gboolean sync)
{
  gsize left;
  const guint8 *at = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      ssize_t n = write (fd, at, left);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      at += n;
      left -= (gsize) n;
    }
  return !sync || fdatasync (fd) == 0;
}

static gboolean
sync_folder (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
dmp_host_blobs_put (DmpHostBlobs *self, const char *name, GBytes *sealed, GError **error)
{
  g_autofree char *path = dup_path (self, name);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *shelf = g_path_get_dirname (path);
  gboolean ok;
  int fd;

  if (g_mkdir (shelf, 0700) == 0 && !self->bulk)
    sync_folder (self->folder);
  fd = open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_errno (error, "blob");
  ok = write_all (fd, sealed, !self->bulk);
  if (close (fd) != 0 || !ok || g_rename (part, path) != 0 || (!self->bulk && !sync_folder (shelf)))
    {
      fail_errno (error, "blob");
      g_unlink (part);
      return FALSE;
    }
  return TRUE;
}

void
dmp_host_blobs_set_bulk (DmpHostBlobs *self, gboolean bulk)
{
  self->bulk = bulk;
}

gboolean
dmp_host_blobs_sync (DmpHostBlobs *self, GError **error)
{
  int fd = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && syncfs (fd) == 0;

  if (!ok)
    fail_errno (error, "blobs");
  if (fd >= 0)
    close (fd);
  return ok;
}

GBytes *
dmp_host_blobs_get (DmpHostBlobs *self, const char *name, GError **error)
{
  g_autofree char *path = dup_path (self, name);
  g_autofree char *data = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

void
dmp_host_blobs_delete (DmpHostBlobs *self, const char *name)
{
  g_autofree char *path = dup_path (self, name);

  g_unlink (path);
}

static guint
sweep_shelf (const char *shelf, GHashTable *known, gint64 before)
{
  g_autoptr (GDir) dir = g_dir_open (shelf, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (shelf, name, NULL);
      GStatBuf st;

      if (g_hash_table_contains (known, name) || g_stat (path, &st) != 0 || st.st_mtime > before)
        continue;
      n += g_unlink (path) == 0;
    }
  return n;
}

guint
dmp_host_blobs_sweep (DmpHostBlobs *self, GHashTable *known, gint64 age)
{
  gint64 before = g_get_real_time () / G_USEC_PER_SEC - age;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *shelf = g_build_filename (self->folder, name, NULL);
      n += sweep_shelf (shelf, known, before);
    }
  return n;
}
