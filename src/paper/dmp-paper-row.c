#include "config.h"

#include "dmp-paper-private.h"

#define PAD 1.0 /* above and below the text of a row */
#define INSET 6.0
#define SLACK 2.0 /* lines of text overlap by less: white above and below letters */

DmpPaperRow *
dmp_paper_row_new (double width)
{
  DmpPaperRow *row = g_new0 (DmpPaperRow, 1);

  row->cells = g_ptr_array_new_with_free_func (g_object_unref);
  row->lefts = g_array_new (FALSE, FALSE, sizeof (double));
  row->width = width;
  row->height = 2 * PAD;

  return row;
}

void
dmp_paper_row_free (DmpPaperRow *row)
{
  g_ptr_array_unref (row->cells);
  g_array_unref (row->lefts);
  g_clear_pointer (&row->again, dmp_paper_row_free);
  g_free (row);
}

PangoLayout *
dmp_paper_layout (
    PangoContext *context, const char *markup, double size, double width, PangoAlignment align)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, Sans");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_alignment (layout, align);
  pango_layout_set_markup (layout, markup, -1);

  return layout;
}

double
dmp_paper_layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return (double) height / PANGO_SCALE;
}

void
dmp_paper_row_add (DmpPaperRow *row,
                   PangoContext *context,
                   const char *markup,
                   double size,
                   double left,
                   double width,
                   PangoAlignment align)
{
  PangoLayout *layout = dmp_paper_layout (context, markup, size, width, align);

  g_ptr_array_add (row->cells, layout);
  g_array_append_val (row->lefts, left);
  row->height = MAX (row->height, row->above + dmp_paper_layout_height (layout) + 2 * PAD);
}

/* --- Lines of text --- */

/* The first lines of all cells stand on one base line, whatever their size. */
static int
highest_baseline (const DmpPaperRow *row)
{
  int highest = 0;

  for (guint i = 0; i < row->cells->len; i++)
    highest = MAX (highest, pango_layout_get_baseline (row->cells->pdata[i]));

  return highest;
}

/* How far below the top of @row its cell @i begins. */
static double
cell_top (const DmpPaperRow *row, guint i, int baseline)
{
  int drop = baseline - pango_layout_get_baseline (row->cells->pdata[i]);

  return row->above + PAD + (double) drop / PANGO_SCALE;
}

typedef struct
{
  double top, bottom; /* in the row */
} Line;

static GArray *
list_lines (const DmpPaperRow *row)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  int baseline = highest_baseline (row);

  for (guint i = 0; i < row->cells->len; i++)
    {
      PangoLayoutIter *iter = pango_layout_get_iter (row->cells->pdata[i]);
      double top = cell_top (row, i, baseline);
      int first, last;

      do
        {
          Line line;

          pango_layout_iter_get_line_yrange (iter, &first, &last);
          line = (Line){ top + (double) first / PANGO_SCALE, top + (double) last / PANGO_SCALE };
          g_array_append_val (lines, line);
        }
      while (pango_layout_iter_next_line (iter));
      pango_layout_iter_free (iter);
    }

  return lines;
}

static gboolean
is_between_lines (const GArray *lines, double at)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      if (line->top + SLACK < at && at < line->bottom - SLACK)
        return FALSE;
    }

  return TRUE;
}

double
dmp_paper_row_cut (const DmpPaperRow *row, double from, double room)
{
  g_autoptr (GArray) lines = NULL;
  double best = from;

  if (row->height - from <= room)
    return row->height;
  lines = list_lines (row);
  for (guint i = 0; i < lines->len; i++)
    {
      double bottom = g_array_index (lines, Line, i).bottom;

      if (bottom > best && bottom <= from + room && is_between_lines (lines, bottom))
        best = bottom;
    }

  return best;
}

/* --- Drawing --- */

static void
stroke (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static gboolean
ends_row (const DmpPaperPiece *piece)
{
  return piece->from + piece->height > piece->row->height - 0.01;
}

static void
draw_box (const DmpPaperPiece *piece, cairo_t *cr, double left, double top)
{
  const DmpPaperRow *row = piece->row;
  double right = left + row->width, bottom = top + piece->height;

  cairo_set_line_width (cr, 1);
  stroke (cr, left, top, left, bottom);
  stroke (cr, right, top, right, bottom);
  if (row->box_top && piece->from <= 0)
    stroke (cr, left - 0.5, top, right + 0.5, top);
  if (row->box_bottom && ends_row (piece))
    stroke (cr, left - 0.5, bottom, right + 0.5, bottom);
}

/* Printers have no grey: a thin line is thin. */
static void
draw_rule (const DmpPaperPiece *piece, cairo_t *cr, double left, double top)
{
  const DmpPaperRow *row = piece->row;

  if (row->rule == DMP_PAPER_NO_RULE || !ends_row (piece))
    return;
  cairo_set_line_width (cr, row->rule == DMP_PAPER_THICK ? 1 : 0.2);
  stroke (cr, left, top + piece->height, left + row->width, top + piece->height);
}

/* The lines of a cell that stand in the piece. @top: of the cell, in the piece's row */
static void
draw_cell (
    const DmpPaperPiece *piece, PangoLayout *layout, cairo_t *cr, double x, double y, double top)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double end = piece->from + piece->height;

  do
    {
      PangoRectangle logical;
      int first, last;
      double middle;

      pango_layout_iter_get_line_yrange (iter, &first, &last);
      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      middle = top + (double) (first + last) / 2 / PANGO_SCALE;
      if (middle < piece->from || middle >= end)
        continue;
      cairo_move_to (cr, x + (double) logical.x / PANGO_SCALE,
                     y + top - piece->from +
                         (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE);
      pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

void
dmp_paper_piece_draw (
    const DmpPaperPiece *piece, cairo_t *cr, double left, double top, const char *today)
{
  const DmpPaperRow *row = piece->row;
  int baseline = highest_baseline (row);

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < row->cells->len; i++)
    draw_cell (piece, row->cells->pdata[i], cr,
               left + (row->boxed ? INSET : 0) + g_array_index (row->lefts, double, i), top,
               cell_top (row, i, baseline));
  if (row->curve != NULL && piece->from <= 0)
    {
      cairo_save (cr);
      cairo_translate (cr, left + row->curve_left, top + row->above + 0.5);
      dmp_paper_draw_curve (cr, row->curve, today, row->curve_width, 13);
      cairo_restore (cr);
    }
  if (row->boxed)
    draw_box (piece, cr, left, top);
  draw_rule (piece, cr, left, top);
}
