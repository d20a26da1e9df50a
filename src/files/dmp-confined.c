#include "config.h"

#include "dmp-confined.h"

#include "model/dmp-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <unistd.h>

#define FILE_FD 3
#define CHUNK 65536

/* A file that exists nowhere but in memory, and that nobody can change any more. */
static int
new_memfd (GBytes *bytes, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  int fd = memfd_create ("caducee", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  while (fd >= 0 && length > 0)
    {
      gssize n = write (fd, data, length);

      if (n <= 0)
        {
          close (fd);
          fd = -1;
          break;
        }
      data += n;
      length -= (gsize) n;
    }
  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "memfd: %s", g_strerror (errno));
  else
    fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
  return fd;
}

static GSubprocess *
spawn (const DmpConfined *what, const char *argument, GBytes *file, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *path = g_strdup (g_getenv (what->variable));
  char *nothing[] = { (char *) "LC_ALL=C.UTF-8", NULL };
  int fd = new_memfd (file, error);

  if (fd < 0)
    return NULL;
  if (path == NULL)
    path = g_build_filename (PKGLIBEXECDIR, what->name, NULL);
  g_subprocess_launcher_set_environ (launcher, nothing);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_take_fd (launcher, fd, FILE_FD);
  return g_subprocess_launcher_spawn (launcher, error, path, argument, NULL);
}

static gboolean
ask (GSubprocess *child, GBytes *questions, GCancellable *cancellable)
{
  GOutputStream *in = g_subprocess_get_stdin_pipe (child);
  gsize n = 0;

  /* One that ended before it heard the questions says so by its status. */
  if (questions != NULL)
    g_output_stream_write_all (in, g_bytes_get_data (questions, NULL), g_bytes_get_size (questions),
                               &n, cancellable, NULL);
  return g_output_stream_close (in, cancellable, NULL);
}

static GBytes *
read_answer (GSubprocess *child, gsize most, GCancellable *cancellable, GError **error)
{
  GInputStream *out = g_subprocess_get_stdout_pipe (child);
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 room[CHUNK];
  gssize n;

  while ((n = g_input_stream_read (out, room, sizeof room, cancellable, error)) > 0)
    {
      g_byte_array_append (data, room, (guint) n);
      if (data->len > most)
        break;
    }
  if (n < 0)
    return NULL;
  if (data->len > most)
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_LIMIT,
                           _ ("Ce fichier donne trop de pages ou d’images pour être traité."));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

GBytes *
dmp_confined_run (const DmpConfined *what,
                  const char *argument,
                  GBytes *file,
                  GBytes *questions,
                  int *status,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GSubprocess) child = spawn (what, argument, file, &cause);
  GBytes *answer;

  if (child == NULL)
    {
      g_debug ("%s: %s", what->name, cause->message);
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
                           _ ("Le programme qui lit les fichiers en sécurité ne démarre pas. "
                              "Réinstallez Caducée, ou prévenez votre support."));
      return NULL;
    }
  ask (child, questions, cancellable);
  answer = read_answer (child, what->max_output, cancellable, error);
  if (answer == NULL)
    g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
  *status = g_subprocess_get_if_exited (child) ? g_subprocess_get_exit_status (child) : -1;
  return answer;
}
