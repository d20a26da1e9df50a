#include "config.h"

#include "dmp-paper-private.h"

#define PAD 1.0 /* above and below the text of a row */
#define INSET 6.0

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

static void
stroke (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static void
draw_box (const DmpPaperRow *row, cairo_t *cr, double left, double top)
{
  double right = left + row->width, bottom = top + row->height;

  cairo_set_line_width (cr, 1);
  stroke (cr, left, top, left, bottom);
  stroke (cr, right, top, right, bottom);
  if (row->box_top)
    stroke (cr, left - 0.5, top, right + 0.5, top);
  if (row->box_bottom)
    stroke (cr, left - 0.5, bottom, right + 0.5, bottom);
}

static void
draw_rule (const DmpPaperRow *row, cairo_t *cr, double left, double top)
{
  gboolean thick = row->rule == DMP_PAPER_THICK;

  if (row->rule == DMP_PAPER_NO_RULE)
    return;
  cairo_set_source_rgb (cr, thick ? 0 : 0.6, thick ? 0 : 0.6, thick ? 0 : 0.6);
  cairo_set_line_width (cr, thick ? 1 : 0.4);
  stroke (cr, left, top + row->height, left + row->width, top + row->height);
  cairo_set_source_rgb (cr, 0, 0, 0);
}

/* The first lines of all cells stand on one base line, whatever their size. */
static int
highest_baseline (const DmpPaperRow *row)
{
  int highest = 0;

  for (guint i = 0; i < row->cells->len; i++)
    highest = MAX (highest, pango_layout_get_baseline (row->cells->pdata[i]));

  return highest;
}

void
dmp_paper_row_draw (const DmpPaperRow *row, cairo_t *cr, double left, double top, const char *today)
{
  int baseline = highest_baseline (row);

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < row->cells->len; i++)
    {
      PangoLayout *layout = row->cells->pdata[i];
      double drop = (double) (baseline - pango_layout_get_baseline (layout)) / PANGO_SCALE;

      cairo_move_to (cr, left + (row->boxed ? INSET : 0) + g_array_index (row->lefts, double, i),
                     top + row->above + PAD + drop);
      pango_cairo_show_layout (cr, layout);
    }
  if (row->curve != NULL)
    {
      cairo_save (cr);
      cairo_translate (cr, left + row->curve_left, top + row->above + 0.5);
      dmp_paper_draw_curve (cr, row->curve, today, row->curve_width, 13);
      cairo_restore (cr);
    }
  if (row->boxed)
    draw_box (row, cr, left, top);
  draw_rule (row, cr, left, top);
}
