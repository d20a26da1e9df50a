#include "config.h"

/* The confined child that reads PDFs and images for the window (see files/dmp-pdf-wire.h). */

#include "caducee-pdf-fonts.h"
#include "caducee-pdf-page.h"
#include "files/dmp-pdf-wire.h"
#include "files/dmp-sandbox.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_MEMORY (224ul * 1024 * 1024) /* with programs and libraries 256 MB */
#define MAX_SECONDS 120 /* of a whole reading; who wants an answer now sets less */

static gboolean
read_all (int fd, void *data, gsize length)
{
  char *at = data;

  while (length > 0)
    {
      gssize n = read (fd, at, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      at += n;
      length -= (gsize) n;
    }

  return TRUE;
}

static gboolean
write_all (int fd, const void *data, gsize length)
{
  const char *at = data;

  while (length > 0)
    {
      gssize n = write (fd, at, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      at += n;
      length -= (gsize) n;
    }

  return TRUE;
}

static GBytes *
map_file (void)
{
  struct stat st;
  void *data;

  if (fstat (DMP_PDF_FD, &st) != 0 || st.st_size <= 0)
    return NULL;
  data = mmap (NULL, (gsize) st.st_size, PROT_READ, MAP_PRIVATE, DMP_PDF_FD, 0);
  if (data == MAP_FAILED)
    return NULL;

  return g_bytes_new_static (data, (gsize) st.st_size);
}

static gboolean
answer (PdfFile *file, const DmpPdfRequest *request)
{
  DmpPdfAnswer head = { .status = DMP_PDF_DAMAGED };
  guint8 *data = NULL;
  gboolean sent;

  if (request->page < pdf_file_get_n_pages (file))
    {
      if (request->op == DMP_PDF_RENDER)
        data = pdf_file_render (file, request->page, request->argument, &head);
      else if (request->op == DMP_PDF_TEXT)
        data = pdf_file_text (file, request->page, &head);
      else if (request->op == DMP_PDF_JPEG)
        data = pdf_file_jpeg (file, &head);
      else if (request->op == DMP_PDF_PLACES)
        data = pdf_file_places (file, request->page, &head);
    }
  sent = write_all (STDOUT_FILENO, &head, sizeof head) &&
         write_all (STDOUT_FILENO, data, data != NULL ? head.length : 0);
  if (data != NULL)
    explicit_bzero (data, head.length);
  g_free (data);

  return sent;
}

int
main (int argc, char **argv)
{
  GBytes *bytes = argc == 2 ? map_file () : NULL;
  DmpPdfAnswer opening = { .status = DMP_PDF_DAMAGED };
  DmpPdfRequest request;
  PdfFile *file = NULL;

  if (bytes == NULL)
    _exit (2);
  pdf_fonts_prepare ();
  pdf_page_prepare ();
  if (!dmp_sandbox_enter (&(DmpSandboxLimits){ .memory = MAX_MEMORY, .seconds = MAX_SECONDS }))
    _exit (3); /* rather nothing than a hostile file outside of its cage */
  file = pdf_file_open (bytes, argv[1], &opening);
  if (!write_all (STDOUT_FILENO, &opening, sizeof opening) || file == NULL)
    _exit (0);
  while (read_all (STDIN_FILENO, &request, sizeof request))
    if (!answer (file, &request))
      break;
  _exit (0);
}
