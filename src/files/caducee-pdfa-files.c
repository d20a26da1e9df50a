#include "config.h"

#include "caducee-pdfa.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_FILES 768

/* Ghostscript opens what it needs by path. This program's own open() and its kin come first in the
 * search order: a path that was prepared gives a copy in memory; any other path does not exist.
 * What it writes to "/tmp" is a file in memory too: no page of a patient ever reaches a disk. */
static struct
{
  char *path;
  int fd;
} files[MAX_FILES + 1]; /* and the input */
static int n_files;
static gboolean prepared;

int open (const char *path, int flags, ...);
int open64 (const char *path, int flags, ...);
FILE *fopen (const char *path, const char *mode);
FILE *fopen64 (const char *path, const char *mode);
int mkstemp (char *pattern);
int mkstemp64 (char *pattern);
int unlink (const char *path);
int stat (const char *path, struct stat *st);
int stat64 (const char *path, struct stat64 *st);

static int
dup_contents (int from)
{
  int fd = memfd_create ("file", MFD_CLOEXEC);
  char buffer[16384];
  gssize n;

  for (off_t at = 0; fd >= 0 && (n = pread (from, buffer, sizeof buffer, at)) > 0; at += n)
    if (write (fd, buffer, (gsize) n) != n)
      {
        close (fd);
        fd = -1;
      }
  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);
  return fd;
}

static int
find_prepared (const char *path)
{
  for (int i = 0; i < n_files; i++)
    if (strcmp (files[i].path, path) == 0)
      return files[i].fd;
  return -1;
}

static int
open_prepared (const char *path)
{
  int fd = find_prepared (path);

  return fd >= 0 ? dup_contents (fd) : -1;
}

static int
open_any (const char *path, int flags, int mode)
{
  int fd = prepared ? open_prepared (path) : -1;

  return fd >= 0 ? fd : (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

int
open (const char *path, int flags, ...)
{
  va_list args;
  int mode;

  va_start (args, flags);
  mode = va_arg (args, int);
  va_end (args);
  return open_any (path, flags, mode);
}

int
open64 (const char *path, int flags, ...)
{
  va_list args;
  int mode;

  va_start (args, flags);
  mode = va_arg (args, int);
  va_end (args);
  return open_any (path, flags, mode);
}

FILE *
fopen (const char *path, const char *mode)
{
  gboolean reads = *mode == 'r' && strchr (mode, '+') == NULL;
  int fd = open_any (path, reads ? O_RDONLY | O_CLOEXEC : O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  return fd >= 0 ? fdopen (fd, reads ? "r" : "w+") : NULL;
}

FILE *
fopen64 (const char *path, const char *mode)
{
  return fopen (path, mode);
}

int
mkstemp (char *pattern)
{
  return memfd_create ("scratch", MFD_CLOEXEC);
}

int
mkstemp64 (char *pattern)
{
  return mkstemp (pattern);
}

/* The names of scratch files stand for nothing. */
int
unlink (const char *path)
{
  return 0;
}

int
stat (const char *path, struct stat *st)
{
  int fd = prepared ? find_prepared (path) : -1;

  return fd >= 0 ? fstat (fd, st) : fstatat (AT_FDCWD, path, st, 0);
}

int
stat64 (const char *path, struct stat64 *st)
{
  int fd = prepared ? find_prepared (path) : -1;

  return fd >= 0 ? fstat64 (fd, st) : fstatat64 (AT_FDCWD, path, st, 0);
}

static void
prepare_file (const char *path)
{
  struct stat st;
  int fd = (int) syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  if (n_files == MAX_FILES || fstat (fd, &st) != 0 || !S_ISREG (st.st_mode))
    {
      close (fd);
      return;
    }
  files[n_files].path = g_strdup (path);
  files[n_files++].fd = fd;
}

void
pdfa_files_prepare (GBytes *input)
{
  static const char *const patterns[] = { PDFA_PROFILE,
                                          "/usr/share/ghostscript/[0-9]*/Resource/*/*",
                                          "/usr/share/ghostscript/[0-9]*/iccprofiles/*.icc" };
  glob_t found = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    glob (patterns[i], i > 0 ? GLOB_APPEND : 0, NULL, &found);
  for (gsize i = 0; i < found.gl_pathc; i++)
    prepare_file (found.gl_pathv[i]);
  globfree (&found);
  files[n_files].path = g_strdup (PDFA_INPUT);
  files[n_files++].fd = DMP_PDFA_FD;
  prepared = TRUE;
}
