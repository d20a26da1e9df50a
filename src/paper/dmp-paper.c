#include "config.h"

#include "dmp-paper-private.h"

#include <cairo-pdf.h>

#define MAX_PAGES 2

typedef struct
{
  guint page;
  double y;
} Place;

typedef struct
{
  Place at;
  double left;
  const DmpPaperRow *row; /* borrowed from a band */
} Placed;

struct _DmpPaper
{
  DmpSummary *summary;
  char *today;
  PangoContext *context;
  GPtrArray *bands; /* keeps the rows */
  GArray *placed;   /* of Placed */
  DmpPaperColumn heads[MAX_PAGES], foot;
  double height, top, bottom;
  guint n_pages;
};

/* --- Rows into pages --- */

static double
column_height (const DmpPaperColumn *column)
{
  double height = 0;

  for (guint i = 0; i < column->rows->len; i++)
    height += ((const DmpPaperRow *) column->rows->pdata[i])->height;

  return height;
}

static void
put (DmpPaper *self, Place *at, double left, const DmpPaperRow *row)
{
  Placed placed = { *at, left, row };

  g_array_append_val (self->placed, placed);
  at->y += row->height;
}

/* A title and the head of columns go with the row that follows them. */
static double
needed (const DmpPaperColumn *column, guint i)
{
  const DmpPaperRow *row = column->rows->pdata[i];
  double height = row->height;

  while ((row->is_title || row->is_head) && ++i < column->rows->len)
    {
      row = column->rows->pdata[i];
      height += row->height;
    }

  return height;
}

static Place
place_column (DmpPaper *self, const DmpPaperColumn *column, Place at)
{
  const DmpPaperRow *title = NULL, *head = NULL;

  for (guint i = 0; i < column->rows->len; i++)
    {
      const DmpPaperRow *row = column->rows->pdata[i];

      if (at.y + needed (column, i) > self->bottom && at.y > self->top)
        {
          at = (Place){ at.page + 1, self->top };
          if (title != NULL && !row->is_title)
            put (self, &at, column->left, title->again);
          if (head != NULL && !row->is_title && !row->is_head)
            put (self, &at, column->left, head);
        }
      put (self, &at, column->left, row);
      if (row->is_title)
        head = NULL;
      title = row->is_title ? row : title;
      head = row->is_head ? row : head;
    }

  return at;
}

static Place
place_band (DmpPaper *self, const DmpPaperBand *band, Place at)
{
  Place end = at;

  for (guint i = 0; i < band->n; i++)
    {
      Place last = place_column (self, &band->columns[i], at);

      if (last.page > end.page || (last.page == end.page && last.y > end.y))
        end = last;
    }

  return end;
}

static guint
place_all (DmpPaper *self)
{
  Place at = { 0, self->top };

  g_array_set_size (self->placed, 0);
  for (guint i = 0; i < self->bands->len; i++)
    at = place_band (self, self->bands->pdata[i], at);

  return at.page + 1;
}

/* --- Laying out --- */

static void
make_bands (DmpPaper *self, DmpPaperMaker *maker)
{
  g_clear_pointer (&self->bands, g_ptr_array_unref);
  self->bands = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_paper_band_free);
  maker->bands = self->bands;
  g_ptr_array_set_size (maker->sources, 0);
  g_string_truncate (maker->others, 0);
  dmp_paper_make_coverage (maker);
  dmp_paper_make_flags (maker);
  dmp_paper_make_lists (maker);
  dmp_paper_make_treatments (maker);
  dmp_paper_make_results (maker);
  dmp_paper_make_past (maker);
  dmp_paper_make_end (maker);
}

static DmpPaperColumn
new_edge (double width)
{
  return (DmpPaperColumn){ 0, width,
                           g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_paper_row_free) };
}

/* As many lines of each block as two pages hold; a block of more is shortened last of all where it
 * matters most, and says what it left out. */
static void
lay_out (DmpPaper *self, DmpPaperMaker *maker)
{
  static const struct
  {
    guint limit, minor;
  } limits[] = { { 60, 30 }, { 60, 12 }, { 60, 8 }, { 60, 6 }, { 60, 4 }, { 60, 3 },
                 { 60, 2 },  { 60, 1 },  { 40, 1 }, { 25, 1 }, { 18, 1 }, { 14, 1 },
                 { 10, 1 },  { 7, 1 },   { 5, 0 },  { 3, 0 },  { 1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      maker->limit = limits[i].limit;
      maker->minor = limits[i].minor;
      make_bands (self, maker);
      self->n_pages = place_all (self);
      if (self->n_pages <= MAX_PAGES)
        break;
    }
  self->n_pages = MIN (self->n_pages, MAX_PAGES);
  for (guint i = 0; i < MAX_PAGES; i++)
    {
      self->heads[i] = new_edge (maker->width);
      dmp_paper_make_head (maker, &self->heads[i], i + 1, self->n_pages);
    }
}

static PangoContext *
new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Paper has no pixels: what is measured is what is drawn. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);

  return context;
}

DmpPaper *
dmp_paper_new (DmpSummary *summary, const DmpPaperFrame *frame, double width, double height)
{
  DmpPaper *self = g_new0 (DmpPaper, 1);
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  DmpPaperMaker maker = { .frame = frame, .width = width, .sources = sources };
  DmpPaperColumn head;

  self->summary = g_object_ref (dmp_summary_get_for_patient (summary));
  self->today = g_strdup (frame->today);
  self->context = new_context ();
  self->height = height;
  self->placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  self->foot = new_edge (width);
  maker.summary = self->summary;
  maker.context = self->context;
  maker.others = g_string_new (NULL);
  head = new_edge (width);
  dmp_paper_make_head (&maker, &head, 1, 1);
  dmp_paper_make_foot (&maker, &self->foot);
  self->top = column_height (&head);
  self->bottom = height - column_height (&self->foot) - 4;
  lay_out (self, &maker);
  g_ptr_array_unref (head.rows);
  g_string_free (maker.others, TRUE);

  return self;
}

void
dmp_paper_free (DmpPaper *self)
{
  g_object_unref (self->summary);
  g_free (self->today);
  g_ptr_array_unref (self->bands);
  g_array_unref (self->placed);
  for (guint i = 0; i < MAX_PAGES; i++)
    g_ptr_array_unref (self->heads[i].rows);
  g_ptr_array_unref (self->foot.rows);
  g_object_unref (self->context);
  g_free (self);
}

guint
dmp_paper_get_n_pages (const DmpPaper *self)
{
  return self->n_pages;
}

/* --- Drawing --- */

static void
draw_column (const DmpPaper *self, cairo_t *cr, const DmpPaperColumn *column, double top)
{
  for (guint i = 0; i < column->rows->len; i++)
    {
      const DmpPaperRow *row = column->rows->pdata[i];

      dmp_paper_row_draw (row, cr, column->left, top, self->today);
      top += row->height;
    }
}

void
dmp_paper_draw (const DmpPaper *self, cairo_t *cr, guint page)
{
  g_return_if_fail (page < self->n_pages);

  draw_column (self, cr, &self->heads[page], 0);
  for (guint i = 0; i < self->placed->len; i++)
    {
      const Placed *placed = &g_array_index (self->placed, Placed, i);

      if (placed->at.page == page)
        dmp_paper_row_draw (placed->row, cr, placed->left, placed->at.y, self->today);
    }
  draw_column (self, cr, &self->foot, self->height - column_height (&self->foot));
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
dmp_paper_make_pdf (DmpSummary *summary, const DmpPaperFrame *frame)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (DmpPaper) paper =
      dmp_paper_new (summary, frame, DMP_PAPER_A4_WIDTH - 2 * DMP_PAPER_MARGIN,
                     DMP_PAPER_A4_HEIGHT - 2 * DMP_PAPER_MARGIN);
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append, bytes, DMP_PAPER_A4_WIDTH, DMP_PAPER_A4_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  gboolean drawn;

  for (guint page = 0; page < paper->n_pages; page++)
    {
      cairo_save (cr);
      cairo_translate (cr, DMP_PAPER_MARGIN, DMP_PAPER_MARGIN);
      dmp_paper_draw (paper, cr, page);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  drawn = cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  drawn = drawn && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  if (drawn)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);

  return NULL;
}
