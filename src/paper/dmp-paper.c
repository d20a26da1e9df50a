#include "config.h"

#include "dmp-paper-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define MAX_PAGES 2
#define FIRST_LINES 30.0 /* points that a long row wants on a page to begin there */
#define MIN_BODY 100.0   /* points between head and foot, whatever they say */
#define ALL G_MAXUINT

typedef struct
{
  guint page;
  double y;
} Place;

typedef struct
{
  Place at;
  double left;
  DmpPaperPiece piece; /* its row is borrowed from a band */
} Placed;

struct _DmpPaper
{
  DmpSummary *summary;
  char *today;
  PangoContext *context;
  GPtrArray *bands; /* keeps the rows */
  GArray *placed;   /* of Placed */
  DmpPaperColumn heads[MAX_PAGES], foot, more;
  double height, top, bottom;
  guint n_pages;
  gboolean is_cut; /* what follows has no room on the last page: said there */
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
put_piece (DmpPaper *self, Place *at, double left, DmpPaperPiece piece)
{
  Placed placed = { *at, left, piece };

  g_array_append_val (self->placed, placed);
  at->y += piece.height;
}

static void
put (DmpPaper *self, Place *at, double left, const DmpPaperRow *row)
{
  put_piece (self, at, left, (DmpPaperPiece){ row, 0, row->height });
}

/* Whether @row goes over the end of a page line by line: the others go to the next one whole. */
static gboolean
is_long (const DmpPaper *self, const DmpPaperRow *row)
{
  return row->height > (self->bottom - self->top) / 4;
}

/* A title and the head of columns go with the row that follows them. */
static double
needed (const DmpPaper *self, const DmpPaperColumn *column, guint i)
{
  double height = 0;

  for (; i < column->rows->len; i++)
    {
      const DmpPaperRow *row = column->rows->pdata[i];

      height += is_long (self, row) ? FIRST_LINES : row->height;
      if (!row->is_title && !row->is_head)
        break;
    }

  return height;
}

static void
turn_page (
    DmpPaper *self, Place *at, double left, const DmpPaperRow *title, const DmpPaperRow *head)
{
  *at = (Place){ at->page + 1, self->top };
  if (title != NULL)
    put (self, at, left, title->again);
  if (head != NULL)
    put (self, at, left, head);
}

/* Line by line, from page to page. */
static void
put_long (DmpPaper *self,
          Place *at,
          double left,
          const DmpPaperRow *row,
          const DmpPaperRow *title,
          const DmpPaperRow *head)
{
  double from = 0;

  while (from < row->height)
    {
      double room = self->bottom - at->y, to = dmp_paper_row_cut (row, from, room);

      if (to <= from && at->page > MAX_PAGES) /* no page has room for a line of it */
        return;
      if (to > from)
        put_piece (self, at, left, (DmpPaperPiece){ row, from, to - from });
      from = to;
      if (from < row->height)
        turn_page (self, at, left, title, head);
    }
}

static Place
place_column (DmpPaper *self, const DmpPaperColumn *column, Place at)
{
  const DmpPaperRow *title = NULL, *head = NULL;

  for (guint i = 0; i < column->rows->len; i++)
    {
      const DmpPaperRow *row = column->rows->pdata[i];

      if (row->is_title)
        head = NULL;
      if (at.y + needed (self, column, i) > self->bottom && at.y > self->top)
        turn_page (self, &at, column->left, row->is_title ? NULL : title,
                   row->is_title || row->is_head ? NULL : head);
      if (is_long (self, row))
        put_long (self, &at, column->left, row, title, head);
      else
        put (self, &at, column->left, row);
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

/* One page when every line in force has its row there; else two, and what is shortened first is
 * what matters least. pages, main, minor, red, flags, rest, cites, named, names. */
static const DmpPaperLimits limits[] = {
  { 1, 60, 30, 60, 12, 8, 3, ALL, ALL },  { 1, 60, 30, 60, 5, 6, 2, ALL, ALL },
  { 1, 60, 30, 60, 5, 3, 1, ALL, ALL },   { 1, 60, 30, 60, 3, 1, 1, ALL, ALL },
  { 2, 90, 60, 90, 60, 60, 3, ALL, ALL }, { 2, 90, 30, 90, 24, 30, 3, ALL, ALL },
  { 2, 90, 20, 90, 12, 20, 2, ALL, ALL }, { 2, 90, 14, 90, 10, 12, 2, ALL, 30 },
  { 2, 90, 10, 90, 10, 8, 1, ALL, 20 },   { 2, 90, 8, 90, 8, 6, 1, ALL, 12 },
  { 2, 90, 6, 90, 8, 4, 1, ALL, 10 },     { 2, 90, 5, 90, 6, 3, 1, ALL, 8 },
  { 2, 90, 4, 90, 6, 2, 1, ALL, 8 },      { 2, 90, 3, 90, 5, 1, 1, ALL, 6 },
  { 2, 90, 2, 90, 5, 1, 1, ALL, 5 },      { 2, 90, 1, 90, 5, 1, 1, ALL, 4 },
  { 2, 60, 1, 60, 5, 1, 1, ALL, 2 },      { 2, 60, 1, 60, 5, 1, 1, ALL, 1 },
  { 2, 40, 1, 60, 5, 0, 1, ALL, 0 },      { 2, 40, 0, 40, 3, 0, 1, ALL, 0 },
  { 2, 25, 0, 25, 3, 0, 1, 120, 0 },      { 2, 18, 0, 25, 3, 0, 1, 90, 0 },
  { 2, 14, 0, 25, 3, 0, 1, 60, 0 },       { 2, 10, 0, 20, 3, 0, 1, 40, 0 },
  { 2, 7, 0, 15, 3, 0, 1, 20, 0 },        { 2, 5, 0, 10, 3, 0, 1, 10, 0 },
  { 2, 3, 0, 10, 3, 0, 1, 5, 0 },         { 2, 1, 0, 5, 3, 0, 1, 3, 0 },
};

static gboolean
fits (DmpPaper *self, DmpPaperMaker *maker, guint level)
{
  maker->limits = &limits[level];
  make_bands (self, maker);
  self->n_pages = place_all (self);

  return self->n_pages <= limits[level].pages;
}

/* The most generous of the limits that fits; each holds less than the one before. */
static void
find_limits (DmpPaper *self, DmpPaperMaker *maker)
{
  guint low = 0, high = G_N_ELEMENTS (limits) - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (fits (self, maker, middle))
        high = middle;
      else
        low = middle + 1;
    }
  if (fits (self, maker, low))
    return;
  self->is_cut = TRUE; /* names as long as pages: the rest is left out, and that is said */
  self->bottom -= column_height (&self->more);
  place_all (self);
  self->n_pages = MAX_PAGES;
}

static void
lay_out (DmpPaper *self, DmpPaperMaker *maker)
{
  find_limits (self, maker);
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

gboolean
dmp_paper_has_hidden (DmpSummary *summary)
{
  DmpSummary *visible = dmp_summary_get_for_patient (summary);

  return visible != summary && dmp_summary_get_coverage (visible)->items->len <
                                   dmp_summary_get_coverage (summary)->items->len;
}

static DmpSummary *
get_printed (DmpSummary *summary, const DmpPaperFrame *frame)
{
  return frame->with_hidden ? summary : dmp_summary_get_for_patient (summary);
}

static void
make_edges (DmpPaper *self, DmpPaperMaker *maker)
{
  DmpPaperColumn head = new_edge (maker->width);

  self->foot = new_edge (maker->width);
  self->more = new_edge (maker->width);
  dmp_paper_make_head (maker, &head, 1, 1);
  dmp_paper_make_foot (maker, &self->foot);
  dmp_paper_add_text (maker, &self->more,
                      _ ("<b>Deux pages ne suffisent pas : la suite n’est pas imprimée. Elle est à "
                         "lire à l’écran.</b>"),
                      DMP_PAPER_TEXT);
  self->top = column_height (&head);
  self->bottom = self->height - column_height (&self->foot) - 4;
  self->bottom = MAX (self->bottom, self->top + MIN_BODY);
  g_ptr_array_unref (head.rows);
}

DmpPaper *
dmp_paper_new (DmpSummary *summary, const DmpPaperFrame *frame, double width, double height)
{
  DmpPaper *self = g_new0 (DmpPaper, 1);
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autoptr (GString) others = g_string_new (NULL);
  DmpPaperMaker maker = { .frame = frame,
                          .width = width,
                          .sources = sources,
                          .others = others,
                          .tells_hidden = frame->with_hidden && dmp_paper_has_hidden (summary) };

  self->summary = g_object_ref (get_printed (summary, frame));
  self->today = g_strdup (frame->today);
  self->context = new_context ();
  self->height = height;
  self->placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  maker.summary = self->summary;
  maker.context = self->context;
  make_edges (self, &maker);
  lay_out (self, &maker);

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
  g_ptr_array_unref (self->more.rows);
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

      dmp_paper_piece_draw (&(DmpPaperPiece){ row, 0, row->height }, cr, column->left, top,
                            self->today);
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
        dmp_paper_piece_draw (&placed->piece, cr, placed->left, placed->at.y, self->today);
    }
  if (self->is_cut && page + 1 == self->n_pages)
    draw_column (self, cr, &self->more, self->bottom);
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
      dmp_paper_new (summary, frame, DMP_PAPER_A4_WIDTH - DMP_PAPER_LEFT - DMP_PAPER_MARGIN,
                     DMP_PAPER_A4_HEIGHT - 2 * DMP_PAPER_MARGIN);
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append, bytes, DMP_PAPER_A4_WIDTH, DMP_PAPER_A4_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  gboolean drawn;

  for (guint page = 0; page < paper->n_pages; page++)
    {
      cairo_save (cr);
      cairo_translate (cr, DMP_PAPER_LEFT, DMP_PAPER_MARGIN);
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
