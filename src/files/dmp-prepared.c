#include "config.h"

#include "dmp-prepared.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_FILES 769

/* What stands in the way of the C library has nobody to hand it its state. */
static struct
{
  char *path;
  int fd;
} files[MAX_FILES];
static int n_files;
static gboolean started;
static gboolean copying;
static DmpPreparedStand stand_for;

int open (const char *path, int flags, ...);
int open64 (const char *path, int flags, ...);
FILE *fopen (const char *path, const char *mode);
FILE *fopen64 (const char *path, const char *mode);
int stat (const char *path, struct stat *st);
int stat64 (const char *path, struct stat64 *st);

static int
find (const char *path)
{
  for (int i = 0; path != NULL && i < n_files; i++)
    if (strcmp (files[i].path, path) == 0)
      return files[i].fd;

  return -1;
}

static int
find_or_stand (const char *path)
{
  int fd = find (path);

  return fd < 0 && stand_for != NULL ? find (stand_for (path)) : fd;
}

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
open_prepared (const char *path)
{
  int fd = find_or_stand (path);

  if (fd < 0)
    return -1;
  if (copying)
    return dup_contents (fd);
  lseek (fd, 0, SEEK_SET);

  return dup (fd);
}

static int
open_any (const char *path, int flags, int mode)
{
  int fd = started ? open_prepared (path) : -1;

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
stat (const char *path, struct stat *st)
{
  int fd = started ? find (path) : -1;

  return fd >= 0 ? fstat (fd, st) : fstatat (AT_FDCWD, path, st, 0);
}

int
stat64 (const char *path, struct stat64 *st)
{
  int fd = started ? find (path) : -1;

  return fd >= 0 ? fstat64 (fd, st) : fstatat64 (AT_FDCWD, path, st, 0);
}

/* The C library's goes through newfstatat, whose path a cage cannot look at; where the system's
 * structure is the C library's, the old call does. */
#if defined __x86_64__ && defined __LP64__
int fstat (int fd, struct stat *st);
int fstat64 (int fd, struct stat64 *st);

int
fstat (int fd, struct stat *st)
{
  return (int) syscall (SYS_fstat, fd, st);
}

int
fstat64 (int fd, struct stat64 *st)
{
  return (int) syscall (SYS_fstat, fd, st);
}
#endif

void
dmp_prepared_add_fd (const char *path, int fd)
{
  if (n_files == MAX_FILES)
    return;
  files[n_files].path = g_strdup (path);
  files[n_files++].fd = fd;
}

void
dmp_prepared_add (const char *path)
{
  struct stat st;
  int fd;

  if (find (path) >= 0 || n_files == MAX_FILES - 1) /* one is left for what the program is about */
    return;
  fd = (int) syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return;
  if (fstat (fd, &st) == 0 && S_ISREG (st.st_mode))
    dmp_prepared_add_fd (path, fd);
  else
    close (fd);
}

const char *
dmp_prepared_get_first (void)
{
  return n_files > 0 ? files[0].path : NULL;
}

void
dmp_prepared_start (gboolean copies, DmpPreparedStand stand)
{
  started = TRUE;
  copying = copies;
  stand_for = stand;
}
