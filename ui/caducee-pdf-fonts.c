#include "config.h"

#include "caducee-pdf-fonts.h"

#include <errno.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_FONTS 96

/* The libraries open fonts by path with open() and fopen(). This program's own definitions come
 * first in the search order: a path that was prepared gives its descriptor; another font gives the
 * one that stands for all; anything else asks the system, which refuses once the cage is shut. */
static struct
{
  char *path;
  int fd;
} fonts[MAX_FONTS];
static int n_fonts;
static gboolean prepared;

int open (const char *path, int flags, ...);
int open64 (const char *path, int flags, ...);
FILE *fopen (const char *path, const char *mode);
FILE *fopen64 (const char *path, const char *mode);

static gboolean
is_font_name (const char *path)
{
  static const char *const suffixes[] = { ".ttf", ".otf", ".ttc", ".pfb", ".pfa", ".t1" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (path, suffixes[i]))
      return TRUE;

  return FALSE;
}

static int
open_prepared (const char *path)
{
  int fd = -1;

  for (int i = 0; fd < 0 && i < n_fonts; i++)
    if (strcmp (fonts[i].path, path) == 0)
      fd = fonts[i].fd;
  if (fd < 0 && n_fonts > 0 && is_font_name (path))
    fd = fonts[0].fd;
  if (fd < 0)
    return -1;
  lseek (fd, 0, SEEK_SET);

  return dup (fd);
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
  int flags = *mode == 'r' ? O_RDONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_CLOEXEC;
  int fd = open_any (path, flags, 0600);

  return fd >= 0 ? fdopen (fd, *mode == 'r' ? "r" : "w") : NULL;
}

FILE *
fopen64 (const char *path, const char *mode)
{
  return fopen (path, mode);
}

static void
prepare_file (const char *path)
{
  int fd;

  for (int i = 0; i < n_fonts; i++)
    if (strcmp (fonts[i].path, path) == 0)
      return;
  if (n_fonts == MAX_FONTS)
    return;
  fd = (int) syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return;
  fonts[n_fonts].path = g_strdup (path);
  fonts[n_fonts++].fd = fd;
}

static void
prepare_family (const char *family, int weight, int slant)
{
  FcPattern *pattern = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, FC_WEIGHT,
                                       FcTypeInteger, weight, FC_SLANT, FcTypeInteger, slant, NULL);
  FcPattern *match;
  FcResult result;
  FcChar8 *file;

  FcConfigSubstitute (NULL, pattern, FcMatchPattern);
  FcDefaultSubstitute (pattern);
  match = FcFontMatch (NULL, pattern, &result);
  if (match != NULL && FcPatternGetString (match, FC_FILE, 0, &file) == FcResultMatch)
    prepare_file ((const char *) file);
  if (match != NULL)
    FcPatternDestroy (match);
  FcPatternDestroy (pattern);
}

void
pdf_fonts_prepare (void)
{
  /* The first one stands in for whatever else is asked. */
  static const char *const families[] = {
    "sans-serif",  "Helvetica", "Arial",  "Times",        "Times New Roman", "serif",  "Courier",
    "Courier New", "monospace", "Symbol", "ZapfDingbats", "Calibri",         "Verdana"
  };

  FcInit ();
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      prepare_family (families[i], FC_WEIGHT_REGULAR, FC_SLANT_ROMAN);
      prepare_family (families[i], FC_WEIGHT_BOLD, FC_SLANT_ROMAN);
      prepare_family (families[i], FC_WEIGHT_REGULAR, FC_SLANT_ITALIC);
    }
  prepared = TRUE;
}
