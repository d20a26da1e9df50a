#include "config.h"

#include "caducee-pdf-page.h"

#include "caducee-pdf-tiff.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

#define WORD_GAP 0.2                    /* of a letter's height: more parts two words */
#define LINE_GAP 1.1                    /* of a line's height: more parts two paragraphs */
#define MAX_PIXELS (100u * 1000 * 1000) /* of an image, before it is decoded */

struct _PdfFile
{
  PopplerDocument *document; /* a PDF, or … */
  GdkPixbuf *image;          /* of the page that was asked for last */
  GBytes *bytes;             /* (nullable): of a TIFF with several pages */
  GArray *pages;             /* (nullable) (element-type guint32): its directories */
  guint at;                  /* the page that @image is */
  guint n_pages;
};

static const char *
image_type (const char *mime)
{
  if (strcmp (mime, "image/png") == 0)
    return "png";
  if (strcmp (mime, "image/jpeg") == 0)
    return "jpeg";
  if (strcmp (mime, "image/tiff") == 0)
    return "tiff";
  if (strcmp (mime, "image/gif") == 0)
    return "gif";
  return NULL;
}

void
pdf_page_prepare (void)
{
  static const char *const types[] = { "png", "jpeg", "tiff", "gif" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_type (types[i], NULL);

      if (loader == NULL)
        continue;
      gdk_pixbuf_loader_close (loader, NULL);
      g_object_unref (loader);
    }
}

static void
check_size (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  if ((guint64) width * (guint64) height > MAX_PIXELS)
    gdk_pixbuf_loader_set_size (loader, 0, 0); /* refused: nothing is decoded */
}

static GdkPixbuf *
read_image (GBytes *bytes, const char *type)
{
  GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_type (type, NULL);
  GdkPixbuf *image = NULL;
  gboolean written;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (check_size), NULL);
  written = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  if (gdk_pixbuf_loader_close (loader, NULL) && written &&
      gdk_pixbuf_loader_get_pixbuf (loader) != NULL)
    image = gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
  g_object_unref (loader);

  return image;
}

static PopplerDocument *
read_pdf (GBytes *bytes, DmpPdfAnswer *opening)
{
  GError *error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &error);

  if (document == NULL)
    opening->status = g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
                          ? DMP_PDF_ENCRYPTED
                          : DMP_PDF_DAMAGED;
  g_clear_error (&error);

  return document;
}

/* A TIFF of several pages keeps its bytes: they are decoded when they are asked for. */
static void
read_pages (PdfFile *self, GBytes *bytes, const char *type)
{
  self->n_pages = 1;
  if (strcmp (type, "tiff") != 0)
    return;
  self->pages = tiff_find_pages (bytes, DMP_PDF_MAX_PAGES);
  if (self->pages->len < 2)
    return;
  self->bytes = g_bytes_ref (bytes);
  self->n_pages = self->pages->len;
}

/* Makes @image the @number-th page; a page that cannot be read leaves none. */
static void
turn_to (PdfFile *self, guint number)
{
  GBytes *page;

  if (self->bytes == NULL || self->at == number)
    return;
  g_clear_object (&self->image);
  page = tiff_put_first (self->bytes, g_array_index (self->pages, guint32, number));
  self->image = read_image (page, "tiff");
  self->at = number;
  g_bytes_unref (page);
}

PdfFile *
pdf_file_open (GBytes *bytes, const char *mime, DmpPdfAnswer *opening)
{
  PdfFile *self = g_new0 (PdfFile, 1);
  const char *type = image_type (mime);

  opening->status = DMP_PDF_DAMAGED;
  if (type != NULL)
    self->image = read_image (bytes, type);
  else
    self->document = read_pdf (bytes, opening);
  if (self->document != NULL)
    self->n_pages = (guint) MAX (poppler_document_get_n_pages (self->document), 0);
  else if (self->image != NULL)
    read_pages (self, bytes, type);
  if (self->n_pages == 0)
    {
      g_free (self);
      return NULL;
    }
  self->n_pages = MIN (self->n_pages, DMP_PDF_MAX_PAGES);
  opening->status = DMP_PDF_OK;
  opening->value = self->n_pages;
  opening->extra = self->image != NULL ? (guint32) gdk_pixbuf_get_width (self->image) : 0;

  return self;
}

guint
pdf_file_get_n_pages (PdfFile *self)
{
  return self->n_pages;
}

static void
get_size (PdfFile *self, PopplerPage *page, double *width, double *height)
{
  if (page != NULL)
    poppler_page_get_size (page, width, height);
  else
    {
      *width = gdk_pixbuf_get_width (self->image);
      *height = gdk_pixbuf_get_height (self->image);
    }
}

/* Straight RGB(A) to premultiplied BGRA, over white. */
static void
paint_image (GdkPixbuf *image, cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  GdkPixbuf *scaled = gdk_pixbuf_scale_simple (image, width, height, GDK_INTERP_BILINEAR);
  GdkPixbuf *flat = gdk_pixbuf_composite_color_simple (scaled, width, height, GDK_INTERP_NEAREST,
                                                       255, 16, 0xffffff, 0xffffff);
  const guint8 *from = gdk_pixbuf_read_pixels (flat);
  int channels = gdk_pixbuf_get_n_channels (flat), stride = gdk_pixbuf_get_rowstride (flat);

  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    {
      guint32 *row = (guint32 *) (gpointer) (cairo_image_surface_get_data (surface) +
                                             y * cairo_image_surface_get_stride (surface));
      for (int x = 0; x < width; x++)
        {
          const guint8 *p = from + y * stride + x * channels;

          row[x] = 0xff000000u | ((guint32) p[0] << 16) | ((guint32) p[1] << 8) | p[2];
        }
    }
  cairo_surface_mark_dirty (surface);
  g_object_unref (flat);
  g_object_unref (scaled);
}

static void
paint_page (PopplerPage *page, cairo_surface_t *surface, double scale)
{
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
}

guint8 *
pdf_file_render (PdfFile *self, guint number, guint width, DmpPdfAnswer *answer)
{
  PopplerPage *page =
      self->document != NULL ? poppler_document_get_page (self->document, (int) number) : NULL;
  double w = 0, h = 0, scale;
  cairo_surface_t *surface;
  guint height;
  guint8 *pixels = NULL;

  turn_to (self, number);
  if (page != NULL || self->image != NULL)
    get_size (self, page, &w, &h);
  answer->status = w >= 1 && h >= 1 ? DMP_PDF_LIMIT : DMP_PDF_DAMAGED;
  width = CLAMP (width, 1, DMP_PDF_MAX_SIDE);
  scale = w >= 1 ? width / w : 0;
  height = (guint) CLAMP (h * scale, 0, G_MAXINT16);
  if (height < 1 || height > DMP_PDF_MAX_SIDE)
    goto out;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  if (page != NULL)
    paint_page (page, surface, scale);
  else
    paint_image (self->image, surface);
  cairo_surface_flush (surface);
  *answer = (DmpPdfAnswer){ DMP_PDF_OK, width, height, width * height * 4 };
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    pixels = g_memdup2 (cairo_image_surface_get_data (surface), answer->length);
  else
    *answer = (DmpPdfAnswer){ .status = DMP_PDF_LIMIT };
  cairo_surface_destroy (surface);

out:
  g_clear_object (&page);
  return pixels;
}

/* The words of a page and where each of their characters stands. */
typedef struct
{
  GString *text;
  GArray *boxes; /* of DmpPdfBox; empty where places are not known */
} PageWords;

static guint16
to_unit (double value, double whole)
{
  return (guint16) CLAMP (value / MAX (whole, 1) * DMP_PDF_UNIT, 0, DMP_PDF_UNIT);
}

/* poppler runs the cells of a table into each other: whether there is room between two letters. */
static gboolean
are_apart (const PopplerRectangle *a, const PopplerRectangle *b)
{
  double height = MAX (a->y2 - a->y1, 1);

  return fabs ((a->y1 + a->y2) - (b->y1 + b->y2)) > height || b->x1 - a->x2 > height * WORD_GAP ||
         a->x1 - b->x2 > height * WORD_GAP;
}

/* Whether there is room between two lines. */
static gboolean
are_paragraphs (const PopplerRectangle *above, const PopplerRectangle *below)
{
  return below->y1 - above->y2 > MAX (above->y2 - above->y1, 1) * LINE_GAP;
}

/* A blank that poppler left out, in front of what stands in @box. */
static void
add_blank (PageWords *words, char blank, const DmpPdfBox *box)
{
  DmpPdfBox gap = { box->left, box->top, box->left, box->bottom };

  g_string_append_c (words->text, blank);
  g_array_append_val (words->boxes, gap);
}

/* @last: (nullable): the letter before, on this line when @before */
static void
add_gap (PageWords *words,
         const PopplerRectangle *last,
         gboolean before,
         const PopplerRectangle *place,
         const DmpPdfBox *box)
{
  if (last == NULL)
    return;
  if (before && are_apart (last, place))
    add_blank (words, ' ', box);
  else if (!before && g_str_has_suffix (words->text->str, "\n") && are_paragraphs (last, place))
    add_blank (words, '\n', box);
}

static void
take_words (PageWords *words, PopplerPage *page)
{
  char *text = poppler_page_get_text (page);
  PopplerRectangle *places = NULL;
  const PopplerRectangle *last = NULL;
  gboolean before = FALSE; /* a letter came just before */
  double width, height;
  guint n = 0, i = 0;

  poppler_page_get_size (page, &width, &height);
  if (text == NULL || !poppler_page_get_text_layout (page, &places, &n) ||
      n != (guint) g_utf8_strlen (text, -1))
    n = 0;
  for (const char *p = text; p != NULL && *p != '\0' && words->text->len < DMP_PDF_MAX_TEXT - 8;
       p = g_utf8_next_char (p), i++)
    {
      gunichar c = g_utf8_get_char (p);
      gboolean letter = !g_unichar_isspace (c);
      DmpPdfBox box = { 0 };

      if (i < n)
        box = (DmpPdfBox){ to_unit (places[i].x1, width), to_unit (places[i].y1, height),
                           to_unit (places[i].x2, width), to_unit (places[i].y2, height) };
      if (i < n && letter)
        {
          add_gap (words, last, before, &places[i], &box);
          last = &places[i];
        }
      g_string_append_unichar (words->text, c);
      if (i < n)
        g_array_append_val (words->boxes, box);
      before = letter;
    }
  g_free (places);
  g_free (text);
}

static gboolean
read_words (PageWords *words, PdfFile *self, guint number)
{
  PopplerPage *page =
      self->document != NULL ? poppler_document_get_page (self->document, (int) number) : NULL;

  if (page == NULL)
    return FALSE;
  words->text = g_string_new (NULL);
  words->boxes = g_array_new (FALSE, FALSE, sizeof (DmpPdfBox));
  take_words (words, page);
  g_object_unref (page);

  return TRUE;
}

guint8 *
pdf_file_text (PdfFile *self, guint number, DmpPdfAnswer *answer)
{
  PageWords words;

  *answer = (DmpPdfAnswer){ .status = DMP_PDF_OK };
  if (!read_words (&words, self, number))
    return NULL;
  answer->length = (guint32) words.text->len;
  g_array_unref (words.boxes);

  return (guint8 *) g_string_free (words.text, FALSE);
}

guint8 *
pdf_file_places (PdfFile *self, guint number, DmpPdfAnswer *answer)
{
  PageWords words;

  *answer = (DmpPdfAnswer){ .status = DMP_PDF_OK };
  if (!read_words (&words, self, number))
    return NULL;
  answer->length = words.boxes->len * (guint32) sizeof (DmpPdfBox);
  g_string_free (words.text, TRUE);

  return (guint8 *) g_array_free (words.boxes, FALSE);
}

guint8 *
pdf_file_jpeg (PdfFile *self, DmpPdfAnswer *answer)
{
  GdkPixbuf *flat;
  char *data = NULL;
  gsize length = 0;

  *answer = (DmpPdfAnswer){ .status = DMP_PDF_DAMAGED };
  if (self->image == NULL)
    return NULL;
  flat = gdk_pixbuf_composite_color_simple (self->image, gdk_pixbuf_get_width (self->image),
                                            gdk_pixbuf_get_height (self->image), GDK_INTERP_NEAREST,
                                            255, 16, 0xffffff, 0xffffff);
  if (flat != NULL &&
      gdk_pixbuf_save_to_buffer (flat, &data, &length, "jpeg", NULL, "quality", "92", NULL) &&
      length <= DMP_PDF_MAX_BYTES)
    *answer = (DmpPdfAnswer){ .status = DMP_PDF_OK, .length = (guint32) length };
  g_clear_object (&flat);

  return answer->length > 0 ? (guint8 *) data : NULL;
}
