#include "config.h"

#include "dmp-file-check.h"

#include "model/dmp-error.h"
#include "model/dmp-wipe-buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where a PDF's header may start at the latest. */
#define PDF_HEADER_WINDOW 1024

/* Where a CDA without an XML declaration, maybe inside a style sheet, names its namespace. */
#define XML_WINDOW 4096

static const char *
find_bytes (const char *data, gsize len, const char *word)
{
  return memmem (data, len, word, strlen (word));
}

static gboolean
starts_with (const char *data, gsize len, const char *magic, gsize magic_len)
{
  return len >= magic_len && memcmp (data, magic, magic_len) == 0;
}

/* UTF-8 without control characters but tab, line ends and form feed. */
static gboolean
is_text (const char *data, gsize len)
{
  if (len == 0 || !g_utf8_validate_len (data, len, NULL))
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (((guchar) data[i] < 0x20 && strchr ("\t\r\n\f", data[i]) == NULL) || data[i] == 0x7f)
      return FALSE;
  return TRUE;
}

const char *
dmp_file_guess_mime (GBytes *bytes)
{
  gsize len = 0;
  const char *data = g_bytes_get_data (bytes, &len);
  gsize skip = starts_with (data, len, "\xef\xbb\xbf", 3) ? 3 : 0;

  if (len == 0)
    return NULL;
  if (find_bytes (data, MIN (len, PDF_HEADER_WINDOW), "%PDF-"))
    return "application/pdf";
  if (starts_with (data, len, "\xff\xd8\xff", 3))
    return "image/jpeg";
  if (starts_with (data, len, "\x89PNG\r\n\x1a\n", 8))
    return "image/png";
  if (starts_with (data, len, "II*\0", 4) || starts_with (data, len, "MM\0*", 4))
    return "image/tiff";
  if (starts_with (data, len, "GIF8", 4))
    return "image/gif";
  if (starts_with (data, len, "{\\rtf", 5))
    return "text/rtf";
  while (skip < len && strchr (" \t\r\n", data[skip]))
    skip++;
  if (starts_with (data + skip, len - skip, "<?xml", 5) ||
      (starts_with (data + skip, len - skip, "<", 1) &&
       find_bytes (data, MIN (len, XML_WINDOW), "urn:hl7-org:v3")))
    return "text/xml";
  return is_text (data, len) ? "text/plain" : NULL;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT, sentence);
  return FALSE;
}

/* Whether @data holds the PDF name @name (not as the start of a longer one), "#xx" escapes
 * included in the search by looking for the plain spelling only in a normalised copy. */
static gboolean
has_name (const char *data, gsize len, const char *name)
{
  gsize n = strlen (name);

  for (const char *p = find_bytes (data, len, name); p;
       p = find_bytes (p + n, (gsize) (data + len - p) - n, name))
    {
      char next = p + n < data + len ? p[n] : ' ';

      if (!g_ascii_isalnum (next))
        return TRUE;
    }
  return FALSE;
}

static gboolean
refuse_size (GError **error)
{
  return refuse (error,
                 _ ("Ce fichier est trop grand (plus de 20 Mo). Réduisez-le ou envoyez-le en "
                    "plusieurs documents."));
}

/* Returns: FALSE with errno set */
static gboolean
read_up_to_limit (int fd, DmpWipeBuffer *data)
{
  guint8 room[65536];
  ssize_t n = 1;
  gboolean good = TRUE;

  while (good && n != 0 && dmp_wipe_buffer_get_size (data) <= DMP_FILE_MAX_SIZE)
    {
      n = read (fd, room, sizeof room);
      good = n >= 0 || errno == EINTR;
      if (n > 0)
        dmp_wipe_buffer_append (data, room, (gsize) n, NULL);
    }
  n = errno; /* the caller's */
  explicit_bzero (room, sizeof room);
  errno = (int) n;
  return good;
}

static gboolean
read_open_file (int fd, DmpWipeBuffer *data, GError **error)
{
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    return FALSE;
  if (S_ISREG (status.st_mode) && status.st_size > DMP_FILE_MAX_SIZE)
    return refuse_size (error);
  if (!read_up_to_limit (fd, data))
    return FALSE;
  return dmp_wipe_buffer_get_size (data) <= DMP_FILE_MAX_SIZE || refuse_size (error);
}

GBytes *
dmp_file_read (const char *path, GError **error)
{
  g_autoptr (DmpWipeBuffer) data = dmp_wipe_buffer_new (G_MAXSIZE / 2);
  g_autoptr (GError) cause = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean good = read_open_file (fd, data, &cause);
  const char *why = good || cause != NULL ? NULL : g_strerror (errno);

  if (fd >= 0)
    close (fd);
  if (good)
    return dmp_wipe_buffer_take_bytes (data);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
                 _ ("Le fichier « %s » ne peut pas être lu (%s). Rien n’a été envoyé."), path, why);
  return NULL;
}

static gboolean
pdf_names (GBytes *bytes, const char *name)
{
  gsize len = 0;
  const char *data = g_bytes_get_data (bytes, &len);

  return len > 0 && has_name (data, len, name);
}

gboolean
dmp_pdf_is_encrypted (GBytes *bytes)
{
  return pdf_names (bytes, "/Encrypt");
}

gboolean
dmp_pdf_has_text (GBytes *bytes)
{
  return pdf_names (bytes, "/Font") || pdf_names (bytes, "/ObjStm");
}
