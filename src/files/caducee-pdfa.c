#include "config.h"

/* The confined child that inspects PDFs and makes PDF/A-1b of them (see dmp-pdfa-wire.h). */

#include "caducee-pdfa.h"

#include "dmp-sandbox.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_MEMORY (224ul * 1024 * 1024) /* with programs and libraries 256 MB */
#define MAX_SECONDS 30

gboolean
pdfa_write (const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (STDOUT_FILENO, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }
  return TRUE;
}

void
pdfa_say (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  pdfa_write (line, strlen (line));
}

static GBytes *
map_file (void)
{
  struct stat st;
  void *data;

  if (fstat (DMP_PDFA_FD, &st) != 0 || st.st_size <= 0)
    return NULL;
  data = mmap (NULL, (gsize) st.st_size, PROT_READ, MAP_PRIVATE, DMP_PDFA_FD, 0);
  return data != MAP_FAILED ? g_bytes_new_static (data, (gsize) st.st_size) : NULL;
}

int
main (int argc, char **argv)
{
  gboolean convert = argc == 2 && strcmp (argv[1], "convert") == 0;
  gboolean inspect = argc == 2 && strcmp (argv[1], "inspect") == 0;
  GBytes *bytes = convert || inspect ? map_file () : NULL;

  if (bytes == NULL)
    _exit (DMP_PDFA_USAGE);
  if (convert)
    pdfa_files_prepare (bytes);
  if (!dmp_sandbox_enter (
          &(DmpSandboxLimits){ .memory = MAX_MEMORY, .seconds = MAX_SECONDS, .scratch = convert }))
    _exit (DMP_PDFA_NO_CAGE); /* rather nothing than a hostile file outside of its cage */
  _exit (convert ? pdfa_convert (bytes) : pdfa_inspect (bytes));
}
