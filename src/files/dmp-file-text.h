#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The words of a file that a document carries, to be searched. */

#define DMP_FILE_TEXT_MAX_PAGES 500

typedef enum
{
  DMP_FILE_TEXT_READ,
  DMP_FILE_TEXT_NONE,      /* no word in it: a scan, a picture */
  DMP_FILE_TEXT_SOME,      /* pages without a word stand beside others: @without of @pages */
  DMP_FILE_TEXT_CUT,       /* too long: only the first pages, @pages */
  DMP_FILE_TEXT_ENCRYPTED, /* needs a password */
  DMP_FILE_TEXT_DAMAGED,   /* broken, or too much work for its reader: nothing was read */
  DMP_FILE_TEXT_UNKNOWN    /* a kind of file whose words nobody reads here */
} DmpFileTextState;

typedef struct
{
  DmpFileTextState state;
  guint pages;
  guint without;
} DmpFileTextReport;

/* One page that has words, or a part of a text, which is all on page 0.
 * @page: from 0; @start: characters of the page before it; @text: UTF-8, a line of the page a line
 */
typedef void (*DmpFileTextFunc) (guint page, guint start, const char *text, gpointer data);

/* Gives the pages of a PDF, as the confined child reads them, or the parts of a text, one by one.
 * At most %DMP_FILE_TEXT_MAX_PAGES, some seconds of the processor and some MB. Blocks: any thread
 * but the main one.
 * @mime: "application/pdf", "text/plain", "text/rtf"…; an image has no words */
DmpFileTextReport dmp_file_text_read (GBytes *bytes,
                                      const char *mime,
                                      DmpFileTextFunc func,
                                      gpointer data,
                                      GCancellable *cancellable);

/* The words of a plain text or RTF. @cut: (out): there were more. Returns: (transfer full)
 * (nullable): NULL for other files, and for a damaged RTF */
char *dmp_file_text_dup (GBytes *bytes, const char *mime, gboolean *cut);

/* A text is shown and read in parts of some lines. Returns: where the part that starts at @text
 * ends, its last line end included */
const char *dmp_file_text_next_part (const char *text);

G_END_DECLS
