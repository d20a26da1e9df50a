#include "config.h"

#include "files/dmp-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What a confined child can and cannot do, asked of the system itself. The cage is entered in a
 * program of its own, which answers by its exit status: it cannot even start another. */

#define GOOD 0

static void
enter (gboolean scratch)
{
  if (!dmp_sandbox_enter (
          &(DmpSandboxLimits){ .memory = 256 << 20, .seconds = 10, .scratch = scratch }))
    _exit (99);
}

static gboolean
is_refused (long answer)
{
  return answer == -1 && errno == EACCES;
}

/* Calls that ask for something outside: refused, one exit status each. */
static void
refused (void)
{
  struct stat st;
  int fd = open ("/dev/null", O_RDWR | O_CLOEXEC);

  enter (FALSE);
  if (!is_refused (syscall (SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY)))
    _exit (1);
  if (!is_refused (syscall (SYS_openat, AT_FDCWD, "/tmp/x", O_RDWR | O_CREAT, 0600)))
    _exit (2);
  if (!is_refused (syscall (SYS_newfstatat, AT_FDCWD, "/etc/passwd", &st, 0)))
    _exit (3);
#if defined __x86_64__ && defined __LP64__
  if (!is_refused (syscall (SYS_newfstatat, fd, "/etc/passwd", &st, AT_EMPTY_PATH)))
    _exit (4);
#endif
  if (!is_refused (syscall (SYS_fcntl, fd, F_SETFL, O_NONBLOCK)) ||
      !is_refused (syscall (SYS_fcntl, fd, F_SETOWN, 1)) ||
      !is_refused (syscall (SYS_fcntl, fd, F_SETLEASE, F_RDLCK)) ||
      !is_refused (syscall (SYS_fcntl, fd, F_ADD_SEALS, 0)))
    _exit (5);
  if (!is_refused (syscall (SYS_memfd_create, "x", 0)))
    _exit (6);
  if (!is_refused (syscall (SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)))
    _exit (7);
  if (!is_refused (syscall (SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL)) ||
      !is_refused (syscall (SYS_chdir, "/")) ||
      !is_refused (syscall (SYS_getdents64, fd, &st, 1)) ||
      !is_refused (syscall (SYS_ioctl, fd, 0, NULL)))
    _exit (8);
  _exit (GOOD);
}

/* What the libraries need goes on. */
static void
allowed (void)
{
  struct stat st;
  int fd = memfd_create ("x", MFD_CLOEXEC), copy;
  char letter = 0;

  if (write (fd, "W", 1) != 1)
    _exit (1);
  enter (TRUE);
  if (syscall (SYS_fstat, fd, &st) != 0 || st.st_size != 1)
    _exit (2);
  if (fcntl (fd, F_GETFL) < 0 || fcntl (fd, F_GETFD) != FD_CLOEXEC)
    _exit (3);
  copy = fcntl (fd, F_DUPFD_CLOEXEC, 10);
  if (copy < 10 || pread (copy, &letter, 1, 0) != 1 || letter != 'W')
    _exit (4);
  if (memfd_create ("y", 0) < 0)
    _exit (5);
  if (mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
    _exit (6);
  _exit (GOOD);
}

/* Calls that nothing honest makes end the program. */
static void
do_deadly (guint number)
{
  const long calls[] = { SYS_execve, SYS_socket, SYS_connect, SYS_ptrace, SYS_kill, SYS_bpf };

  enter (FALSE);
  syscall (calls[number], 0, 0, 0, 0, 0);
  _exit (GOOD);
}

static void
deadly (gconstpointer number)
{
  do_deadly (GPOINTER_TO_UINT (number));
}

static void
test_pass (gconstpointer name)
{
  g_test_trap_subprocess (name, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_end (gconstpointer name)
{
  g_test_trap_subprocess (name, 0, 0);
  g_test_trap_assert_failed ();
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "execve", "socket", "connect", "ptrace", "kill", "bpf" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/files/sandbox/refused", "/files/sandbox/subprocess/refused", test_pass);
  g_test_add_data_func ("/files/sandbox/allowed", "/files/sandbox/subprocess/allowed", test_pass);
  g_test_add_func ("/files/sandbox/subprocess/refused", refused);
  g_test_add_func ("/files/sandbox/subprocess/allowed", allowed);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *inside = g_strconcat ("/files/sandbox/subprocess/", names[i], NULL);
      g_autofree char *path = g_strconcat ("/files/sandbox/ends/", names[i], NULL);

      g_test_add_data_func (inside, GUINT_TO_POINTER (i), deadly);
      g_test_add_data_func_full (path, g_steal_pointer (&inside), test_end, g_free);
    }

  return g_test_run ();
}
