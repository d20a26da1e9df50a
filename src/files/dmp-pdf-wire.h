#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the window and its confined child say to each other, over two pipes, in the machine's own
 * byte order. The file itself comes as a memfd on DMP_PDF_FD; the child never opens anything.
 *
 * child → window once: a DmpPdfAnswer to the opening: value = number of pages, extra = width of an
 * image in its own pixels.
 * window → child: a DmpPdfRequest; child → window: one DmpPdfAnswer, then @length bytes. */

#define DMP_PDF_FD 3
#define DMP_PDF_MAX_PAGES 2000
#define DMP_PDF_MAX_SIDE 4096                 /* pixels of a page picture */
#define DMP_PDF_MAX_BYTES (64u * 1024 * 1024) /* of one answer */
#define DMP_PDF_MAX_TEXT (256u * 1024)        /* of one page */
#define DMP_PDF_UNIT 65535                    /* a page's width, and its height, in a DmpPdfBox */

typedef enum
{
  DMP_PDF_RENDER = 1, /* argument: width in pixels; answer: width, height, premultiplied BGRA */
  DMP_PDF_TEXT = 2,   /* answer: UTF-8, one line of the page a line */
  DMP_PDF_PLACES = 3, /* answer: a DmpPdfBox for each character of the text */
  DMP_PDF_JPEG = 4    /* of an image, over white; answer: a JPEG */
} DmpPdfOp;

/* Where a character stands on its page, from the top left corner. */
typedef struct
{
  guint16 left, top, right, bottom; /* in 1/DMP_PDF_UNIT of the page */
} DmpPdfBox;

typedef enum
{
  DMP_PDF_OK = 0,
  DMP_PDF_DAMAGED = 1,   /* not a file of that kind, or broken */
  DMP_PDF_ENCRYPTED = 2, /* needs a password */
  DMP_PDF_LIMIT = 3      /* too many pages, too large */
} DmpPdfStatus;

typedef struct
{
  guint32 op;
  guint32 page; /* from 0 */
  guint32 argument;
} DmpPdfRequest;

typedef struct
{
  guint32 status;
  guint32 value; /* opening: pages; RENDER: width */
  guint32 extra; /* opening: width of an image; RENDER: height */
  guint32 length;
} DmpPdfAnswer;

G_END_DECLS
