#include "config.h"

#include "dmp-confined.h"

#include "model/dmp-error.h"
#include "model/dmp-wipe-buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define FILE_FD 3
#define CHUNK 65536
#define PATIENCE 4 /* seconds of waiting for one of work: the machine has other things to do */

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

GSubprocess *
dmp_confined_spawn (const DmpConfined *what, const char *argument, GBytes *file, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *path = g_strdup (g_getenv (what->variable));
  char *nothing[] = { (char *) "LC_ALL=C.UTF-8", NULL };
  int fd = new_memfd (file, error);

  if (fd < 0)
    return NULL;
  signal (SIGPIPE, SIG_IGN); /* a child that has died is an error of write(), not our end */
  if (path == NULL)
    path = g_build_filename (PKGLIBEXECDIR, what->name, NULL);
  g_subprocess_launcher_set_environ (launcher, nothing);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_take_fd (launcher, fd, FILE_FD);
  return g_subprocess_launcher_spawn (launcher, error, path, argument, NULL);
}

static void
limit_time (GSubprocess *child, guint seconds)
{
  const struct rlimit limit = { seconds, seconds };
  const char *pid = g_subprocess_get_identifier (child);

  if (pid != NULL)
    prlimit ((pid_t) g_ascii_strtoll (pid, NULL, 10), RLIMIT_CPU, &limit, NULL);
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

/* Whether there is something to read before @deadline (g_get_monotonic_time()). A child can wait
 * for itself for ever without any work: its processor time does not bound it. */
static gboolean
wait_for_answer (GInputStream *out, gint64 deadline, GCancellable *cancellable)
{
  GPollFD fds[2] = { { g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (out)), G_IO_IN, 0 } };
  gboolean watched = g_cancellable_make_pollfd (cancellable, &fds[1]);
  gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
  int ready = left > 0 ? g_poll (fds, watched ? 2 : 1, (int) left) : 0;

  if (watched)
    g_cancellable_release_fd (cancellable);
  return ready != 0;
}

/* Returns: NULL with @error, or NULL without one: out of time */
static GBytes *
read_answer (GSubprocess *child, const DmpConfined *what, GCancellable *cancellable, GError **error)
{
  GInputStream *out = g_subprocess_get_stdout_pipe (child);
  g_autoptr (DmpWipeBuffer) data = dmp_wipe_buffer_new (G_MAXSIZE / 2);
  gint64 deadline = g_get_monotonic_time () + (gint64) what->seconds * PATIENCE * G_USEC_PER_SEC;
  guint8 room[CHUNK];
  gssize n = 1;

  while (n > 0)
    {
      if (!wait_for_answer (out, deadline, cancellable))
        return NULL;
      n = g_input_stream_read (out, room, sizeof room, cancellable, error);
      if (n > 0)
        dmp_wipe_buffer_append (data, room, (gsize) n, NULL);
      if (dmp_wipe_buffer_get_size (data) > what->max_output)
        break;
    }
  explicit_bzero (room, sizeof room);
  if (n < 0)
    return NULL;
  if (dmp_wipe_buffer_get_size (data) > what->max_output)
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_LIMIT,
                           _ ("Ce fichier donne trop de pages ou d’images pour être traité."));
      return NULL;
    }
  return dmp_wipe_buffer_take_bytes (data);
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
  g_autoptr (GError) cause = NULL, stop = NULL;
  g_autoptr (GSubprocess) child = dmp_confined_spawn (what, argument, file, &cause);
  GBytes *answer;

  if (child == NULL)
    {
      g_debug ("%s: %s", what->name, cause->message);
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
                           _ ("Le programme qui lit les fichiers en sécurité ne démarre pas. "
                              "Réinstallez Caducée, ou prévenez votre support."));
      return NULL;
    }
  limit_time (child, what->seconds);
  ask (child, questions, cancellable);
  answer = read_answer (child, what, cancellable, &stop);
  if (answer == NULL)
    g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
  *status = g_subprocess_get_if_exited (child) ? g_subprocess_get_exit_status (child) : -1;
  if (stop != NULL)
    g_propagate_error (error, g_steal_pointer (&stop));
  else if (answer == NULL) /* what it said is worth nothing */
    answer = g_bytes_new (NULL, 0);
  return answer;
}
