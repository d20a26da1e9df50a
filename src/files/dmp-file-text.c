#include "config.h"

#include "dmp-file-text.h"

#include "dmp-charset.h"
#include "dmp-confined.h"
#include "dmp-pdf-wire.h"
#include "dmp-rtf.h"
#include "model/dmp-wipe-buffer.h"

#include <string.h>

#define MAX_PDF (64 * 1024 * 1024)    /* bytes of a file */
#define MAX_ANSWER (16 * 1024 * 1024) /* of all its pages */
#define MAX_TEXT (4 * 1024 * 1024)    /* of a plain text, as of an RTF */
#define PART_LINES 40

static const DmpConfined child = { "caducee-pdf", "DMP_PDF_CHILD", MAX_ANSWER, 6 };

/* --- Texts ----------------------------------------------------------------------------------- */

static char *
dup_plain (GBytes *bytes, gboolean *cut)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = NULL;

  *cut = length > MAX_TEXT;
  text = g_convert_with_fallback (data, (gssize) MIN (length, MAX_TEXT), "UTF-8",
                                  dmp_charset_guess (bytes), "?", NULL, NULL, NULL);
  if (text == NULL)
    text = g_utf8_make_valid (data, (gssize) MIN (length, MAX_TEXT));
  return g_strdup (g_str_has_prefix (text, "\357\273\277") ? text + 3 : text);
}

char *
dmp_file_text_dup (GBytes *bytes, const char *mime, gboolean *cut)
{
  g_autofree char *text = NULL;
  DmpRtfFlags flags = 0;

  *cut = FALSE;
  if (g_str_equal (mime, "text/plain"))
    return dup_plain (bytes, cut);
  if ((!g_str_equal (mime, "text/rtf") && !g_str_equal (mime, "application/rtf")) ||
      !dmp_rtf_read (bytes, &text, &flags))
    return NULL;
  *cut = (flags & DMP_RTF_CUT) != 0;
  return g_steal_pointer (&text);
}

const char *
dmp_file_text_next_part (const char *text)
{
  for (guint n = 0; n < PART_LINES && *text != '\0'; n++)
    {
      text += strcspn (text, "\n");
      text += *text == '\n';
    }
  return text;
}

static gboolean
has_words (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static DmpFileTextReport
read_text (GBytes *bytes, const char *mime, DmpFileTextFunc func, gpointer data)
{
  DmpFileTextReport report = { .state = DMP_FILE_TEXT_NONE };
  gboolean cut = FALSE;
  char *text = dmp_file_text_dup (bytes, mime, &cut);
  guint start = 0;

  if (text == NULL)
    {
      report.state = g_str_has_suffix (mime, "rtf") ? DMP_FILE_TEXT_DAMAGED : DMP_FILE_TEXT_UNKNOWN;
      return report;
    }
  for (const char *p = text, *end; *p != '\0'; p = end)
    {
      char *part;

      end = dmp_file_text_next_part (p);
      part = g_strndup (p, (gsize) (end - p));
      if (has_words (part))
        {
          report.state = cut ? DMP_FILE_TEXT_CUT : DMP_FILE_TEXT_READ;
          func (0, start, part, data);
        }
      start += (guint) g_utf8_strlen (part, -1);
      dmp_wipe_text (part);
    }
  dmp_wipe_text (text);
  return report;
}

/* --- PDF ------------------------------------------------------------------------------------- */

static GBytes *
write_questions (void)
{
  GByteArray *all = g_byte_array_new ();

  for (guint32 i = 0; i < DMP_FILE_TEXT_MAX_PAGES; i++)
    {
      DmpPdfRequest request = { DMP_PDF_TEXT, i, 0 };

      g_byte_array_append (all, (const guint8 *) &request, sizeof request);
    }
  return g_byte_array_free_to_bytes (all);
}

/* The next answer in @data, checked against what is left. Returns: FALSE when there is none */
static gboolean
next_answer (const guint8 **data, gsize *left, DmpPdfAnswer *head)
{
  if (*left < sizeof *head)
    return FALSE;
  memcpy (head, *data, sizeof *head);
  *data += sizeof *head;
  *left -= sizeof *head;
  return head->length <= *left;
}

static gboolean
give_page (
    guint page, const DmpPdfAnswer *head, const guint8 *bytes, DmpFileTextFunc func, gpointer data)
{
  char *text = head->status == DMP_PDF_OK && head->length <= DMP_PDF_MAX_TEXT
                   ? g_utf8_make_valid ((const char *) bytes, (gssize) head->length)
                   : g_strdup ("");
  gboolean words = has_words (text);

  if (words)
    func (page, 0, text, data);
  dmp_wipe_text (text);
  return words;
}

static DmpFileTextReport
take_pages (const guint8 *bytes, gsize left, guint n_pages, DmpFileTextFunc func, gpointer data)
{
  DmpFileTextReport report = { 0 };
  DmpPdfAnswer head;

  while (report.pages < n_pages && next_answer (&bytes, &left, &head))
    {
      report.without += give_page (report.pages, &head, bytes, func, data) ? 0 : 1;
      report.pages++;
      bytes += head.length;
      left -= head.length;
    }
  if (report.pages == 0)
    report.state = DMP_FILE_TEXT_DAMAGED;
  else if (report.pages < n_pages)
    report.state = DMP_FILE_TEXT_CUT; /* its time, its memory or our patience is at an end */
  else if (report.without == report.pages)
    report.state = DMP_FILE_TEXT_NONE;
  else
    report.state = report.without > 0 ? DMP_FILE_TEXT_SOME : DMP_FILE_TEXT_READ;
  return report;
}

static DmpFileTextReport
read_pdf (GBytes *bytes, DmpFileTextFunc func, gpointer data, GCancellable *cancellable)
{
  DmpFileTextReport report = { .state = DMP_FILE_TEXT_DAMAGED };
  g_autoptr (GBytes) questions = write_questions ();
  g_autoptr (GBytes) answer = NULL;
  DmpPdfAnswer opening = { .status = DMP_PDF_DAMAGED };
  const guint8 *at;
  gsize left = 0;
  int status = -1;

  if (g_bytes_get_size (bytes) > MAX_PDF)
    return report;
  answer =
      dmp_confined_run (&child, "application/pdf", bytes, questions, &status, cancellable, NULL);
  if (answer == NULL)
    return report;
  at = g_bytes_get_data (answer, &left);
  if (next_answer (&at, &left, &opening) && opening.length == 0 && opening.status == DMP_PDF_OK)
    return take_pages (at, left, opening.value, func, data);
  if (opening.status == DMP_PDF_ENCRYPTED)
    report.state = DMP_FILE_TEXT_ENCRYPTED;
  return report;
}

DmpFileTextReport
dmp_file_text_read (
    GBytes *bytes, const char *mime, DmpFileTextFunc func, gpointer data, GCancellable *cancellable)
{
  if (g_str_has_prefix (mime, "image/"))
    return (DmpFileTextReport){ .state = DMP_FILE_TEXT_NONE };
  if (g_str_equal (mime, "application/pdf"))
    return read_pdf (bytes, func, data, cancellable);
  return read_text (bytes, mime, func, data);
}
