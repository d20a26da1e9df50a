#include "config.h"

#include "caducee-pdfa.h"
#include "dmp-prepared.h"

#include <glob.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Ghostscript opens what it needs by path: dmp-prepared.h. What it writes to "/tmp" is a file in
 * memory too: no page of a patient ever reaches a disk. */
int mkstemp (char *pattern);
int mkstemp64 (char *pattern);
int unlink (const char *path);

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
    dmp_prepared_add (found.gl_pathv[i]);
  globfree (&found);
  dmp_prepared_add_fd (PDFA_INPUT, DMP_PDFA_FD);
  dmp_prepared_start (TRUE, NULL);
}
