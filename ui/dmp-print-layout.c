#include "config.h"

#include "dmp-print-layout.h"

#include "dmp-file-view.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <string.h>

#define TEXT 10.0 /* points: nothing on paper is smaller, but table heads */
#define GAP 4.0
#define CELL 3.0    /* around the text of a cell */
#define MAX_HEADS 4 /* rows of a table that are repeated on each page */

/* Text, a row of cells, or a picture. */
struct _DmpPrintPiece
{
  double height;
  GPtrArray *layouts; /* (element-type PangoLayout) */
  GArray *lefts;      /* of double: where each begins */
  gboolean ruled;     /* a line below: a row of a table */
  double inset;       /* above its text */
  gboolean keeps;     /* with what follows */
  GPtrArray *heads;   /* (nullable) (element-type DmpPrintPiece): of its table, borrowed pieces */
  double width;
  cairo_surface_t *picture; /* (nullable): borrowed */
};

typedef struct
{
  GPtrArray *pieces;
  GtkPrintContext *context;
  DmpCdaDocument *document;
  const GPtrArray *files; /* (element-type DmpPrintFile) */
  double width, height;
} Maker;

static void
piece_free (gpointer data)
{
  DmpPrintPiece *piece = data;

  g_ptr_array_unref (piece->layouts);
  g_array_unref (piece->lefts);
  g_clear_pointer (&piece->heads, g_ptr_array_unref);
  g_free (piece);
}

static DmpPrintPiece *
add_piece (Maker *self)
{
  DmpPrintPiece *piece = g_new0 (DmpPrintPiece, 1);

  piece->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  piece->lefts = g_array_new (FALSE, FALSE, sizeof (double));
  piece->width = self->width;
  g_ptr_array_add (self->pieces, piece);

  return piece;
}

PangoLayout *
dmp_print_layout_line (GtkPrintContext *context, const char *text, double size, double width)
{
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, Sans");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static double
layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return (double) height / PANGO_SCALE;
}

static void
make_bold (PangoLayout *layout)
{
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
}

/* Cuts @text where the lines of @layout end, @most of them to a part. Returns: (transfer full) */
static char **
cut (PangoLayout *layout, int most)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  const char *text = pango_layout_get_text (layout);
  int n = pango_layout_get_line_count (layout), start = 0;

  for (int i = MAX (most, 1); i < n; i += MAX (most, 1))
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      g_autofree char *part = g_strndup (text + start, (gsize) (line->start_index - start));

      g_strv_builder_add (parts, g_strchomp (part));
      start = line->start_index;
    }
  g_strv_builder_add (parts, text + start);

  return g_strv_builder_end (parts);
}

static DmpPrintPiece *
add_line (Maker *self, const char *text, double size, gboolean bold, double indent)
{
  DmpPrintPiece *piece = add_piece (self);
  PangoLayout *layout = dmp_print_layout_line (self->context, text, size, self->width - indent);

  if (bold)
    make_bold (layout);
  g_ptr_array_add (piece->layouts, layout);
  g_array_append_val (piece->lefts, indent);
  piece->height = layout_height (layout);
  piece->keeps = bold;

  return piece;
}

/* Above a heading, on its page. */
static void
add_space (Maker *self)
{
  DmpPrintPiece *piece = add_piece (self);

  piece->height = 2 * GAP;
  piece->keeps = TRUE;
}

/* Line by line: a paragraph may go on on the next page. */
static void
add_text (Maker *self, const char *text, double size, gboolean bold, double indent)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_autoptr (PangoLayout) whole =
          dmp_print_layout_line (self->context, *line, size, self->width - indent);
      g_auto (GStrv) parts = NULL;
      DmpPrintPiece *last = NULL;

      if (bold)
        make_bold (whole);
      parts = cut (whole, 1);
      for (char **part = parts; *part != NULL; part++)
        last = add_line (self, *part, size, bold, indent);
      if (line[1] == NULL)
        last->height += GAP;
    }
}

static void
add_runs (Maker *self, const GPtrArray *runs, double size, gboolean bold)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    g_string_append (text, ((DmpCdaRun *) runs->pdata[i])->text);
  if (text->len > 0)
    add_text (self, text->str, size, bold, 0);
}

static void
add_words (Maker *self, guint attachment)
{
  GPtrArray *files = dmp_cda_document_get_attachments (self->document);
  const DmpCdaAttachment *file =
      attachment > 0 && attachment <= files->len ? files->pdata[attachment - 1] : NULL;
  g_autofree char *text =
      file != NULL && file->bytes != NULL ? dmp_file_view_dup_text (file->bytes, file->mime) : NULL;

  if (text != NULL)
    add_text (self, text, TEXT, FALSE, 0);
}

static void
add_page (Maker *self, cairo_surface_t *page)
{
  DmpPrintPiece *piece = add_piece (self);
  double width = cairo_image_surface_get_width (page);
  double height = cairo_image_surface_get_height (page);

  piece->picture = page;
  piece->width = MIN (self->width, self->height * width / height);
  piece->height = piece->width * height / width;
}

/* @attachment: 1 + index; 0: what is named is not in the document */
static void
add_file (Maker *self, guint attachment)
{
  const DmpPrintFile *file =
      attachment > 0 && attachment <= self->files->len ? self->files->pdata[attachment - 1] : NULL;
  g_autofree char *absent = file == NULL ? dmp_file_view_dup_problem (NULL) : NULL;
  const char *problem = file != NULL ? file->problem : absent;

  add_words (self, attachment);
  for (guint i = 0; file != NULL && i < file->pages->len; i++)
    add_page (self, file->pages->pdata[i]);
  if (problem != NULL)
    add_text (self, problem, TEXT, TRUE, 0);
}

/* --- Tables --- */

static char *
dup_cell (const DmpCdaCell *cell)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < cell->children->len; i++)
    {
      g_autofree char *words = dmp_cda_block_dup_text (cell->children->pdata[i]);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, words);
    }

  return g_string_free (text, FALSE);
}

/* How wide each column is: by its longest text, within reason. Returns: (transfer full): where each
 * begins, and the end */
static double *
share_width (const DmpCdaBlock *table, double width)
{
  double *edges = g_new0 (double, table->n_columns + 1);
  double sum = 0;

  for (guint i = 0; i < table->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (table->cells, i);
      g_autofree char *text = dup_cell (cell);

      if (cell->column_span == 1)
        edges[cell->column + 1] =
            MAX (edges[cell->column + 1], CLAMP ((double) g_utf8_strlen (text, -1), 6, 40));
    }
  for (guint i = 1; i <= table->n_columns; i++)
    sum += edges[i] = MAX (edges[i], 6);
  for (guint i = 1; i <= table->n_columns; i++)
    edges[i] = edges[i - 1] + edges[i] * width / sum;

  return edges;
}

/* One row of a table, or the part of one that a page has room for. */
typedef struct
{
  GPtrArray *cells; /* (element-type DmpCdaCell) */
  GPtrArray *parts; /* (element-type GStrv): what is left of each, a page's room at a time */
  gboolean head;
} Row;

static PangoLayout *
new_cell (Maker *self, const DmpCdaCell *cell, const char *text, double width)
{
  PangoLayout *layout = dmp_print_layout_line (self->context, text, TEXT, MAX (width, 12));

  if (cell->header)
    make_bold (layout);

  return layout;
}

static double
cell_width (const DmpCdaCell *cell, const double *edges)
{
  return edges[cell->column + cell->column_span] - edges[cell->column] - 2 * CELL;
}

/* Each cell's text in parts that a page has room for: nothing falls off the paper. */
static guint
cut_row (Maker *self, Row *row, const double *edges)
{
  g_autoptr (PangoLayout) one = dmp_print_layout_line (self->context, "X", TEXT, 100);
  int most = (int) ((self->height / 2 - 2 * CELL) / MAX (layout_height (one), 1));
  guint n = 1;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (row->cells, i);
      g_autofree char *text = dup_cell (cell);
      g_autoptr (PangoLayout) whole = new_cell (self, cell, text, cell_width (cell, edges));
      char **parts = cut (whole, most);

      n = MAX (n, g_strv_length (parts));
      g_ptr_array_add (row->parts, parts);
    }

  return n;
}

static DmpPrintPiece *
add_row_part (Maker *self, const Row *row, const double *edges, guint part, gboolean last)
{
  DmpPrintPiece *piece = add_piece (self);

  piece->ruled = last;
  piece->inset = CELL;
  piece->height = 2 * CELL;
  for (guint i = 0; i < row->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (row->cells, i);
      char **parts = g_ptr_array_index (row->parts, i);
      double left = edges[cell->column] + CELL;
      PangoLayout *layout;

      if (part >= g_strv_length (parts))
        continue;
      layout = new_cell (self, cell, parts[part], cell_width (cell, edges));
      g_ptr_array_add (piece->layouts, layout);
      g_array_append_val (piece->lefts, left);
      piece->height = MAX (piece->height, layout_height (layout) + 2 * CELL);
    }

  return piece;
}

/* A head that fills the sheet is not repeated on each. */
static gboolean
is_short (Maker *self, const GPtrArray *heads, const DmpPrintPiece *next)
{
  double height = next->height;

  for (guint i = 0; i < heads->len; i++)
    height += ((DmpPrintPiece *) heads->pdata[i])->height;

  return height <= self->height / 4;
}

static void
add_row (Maker *self, Row *row, const double *edges, GPtrArray *heads)
{
  guint n = cut_row (self, row, edges);

  for (guint part = 0; part < n; part++)
    {
      DmpPrintPiece *piece = add_row_part (self, row, edges, part, part + 1 == n);

      piece->keeps = row->head;
      if (row->head && is_short (self, heads, piece))
        g_ptr_array_add (heads, piece);
      else if (!row->head)
        piece->heads = g_ptr_array_ref (heads);
    }
}

/* The cells of the row that begins with the @at-th one. Returns: where the next row begins */
static guint
take_row (const DmpCdaBlock *table, guint at, Row *row)
{
  const DmpCdaCell *first = g_ptr_array_index (table->cells, at);

  row->head = TRUE;
  for (; at < table->cells->len; at++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (table->cells, at);

      if (cell->row != first->row)
        break;
      row->head &= cell->header;
      g_ptr_array_add (row->cells, (gpointer) cell);
    }

  return at;
}

static void
add_table (Maker *self, const DmpCdaBlock *table)
{
  g_autofree double *edges = share_width (table, self->width);
  g_autoptr (GPtrArray) heads = g_ptr_array_new ();
  gboolean body = FALSE;

  add_runs (self, table->runs, TEXT, TRUE);
  for (guint at = 0; at < table->cells->len;)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new ();
      g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
      Row row = { cells, parts, FALSE };

      at = take_row (table, at, &row);
      body |= !row.head;
      row.head &= !body && heads->len < MAX_HEADS; /* a head in the middle is a row */
      add_row (self, &row, edges, heads);
    }
}

/* The files that stand in paragraphs, cells and items: below them. */
static void
add_files (Maker *self, const DmpCdaBlock *block)
{
  for (guint i = 0; i < block->runs->len; i++)
    if (((DmpCdaRun *) block->runs->pdata[i])->attachment != 0)
      add_file (self, ((DmpCdaRun *) block->runs->pdata[i])->attachment);
  if (block->kind == DMP_CDA_BLOCK_FILE)
    add_file (self, block->attachment);
  for (guint i = 0; i < block->children->len; i++)
    add_files (self, block->children->pdata[i]);
  for (guint i = 0; i < block->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (block->cells, i);

      for (guint k = 0; k < cell->children->len; k++)
        add_files (self, cell->children->pdata[k]);
    }
}

static void
add_block (Maker *self, const DmpCdaBlock *block)
{
  g_autofree char *text = NULL;

  switch (block->kind)
    {
    case DMP_CDA_BLOCK_HEADING:
      add_space (self);
      add_runs (self, block->runs, block->level > 1 ? 11 : 13, TRUE);
      break;
    case DMP_CDA_BLOCK_TABLE:
      add_table (self, block);
      break;
    case DMP_CDA_BLOCK_FILE:
      break;
    case DMP_CDA_BLOCK_LIST:
      add_runs (self, block->runs, TEXT, TRUE);
      for (guint i = 0; i < block->children->len; i++)
        {
          g_autofree char *item = dmp_cda_block_dup_text (block->children->pdata[i]);
          g_autofree char *line = block->ordered ? g_strdup_printf ("%u. %s", i + 1, item)
                                                 : g_strconcat ("• ", item, NULL);

          add_text (self, line, TEXT, FALSE, 12);
        }
      break;
    default:
      text = dmp_cda_block_dup_text (block);
      if (*text != '\0')
        add_text (self, text, TEXT, FALSE, 0);
    }
  add_files (self, block);
}

/* Who wrote it, of when it is, for whom: what the first sheet must say. */
static void
add_head (Maker *self)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (self->document);
  const DmpCdaPerson *author = dmp_cda_document_get_person (self->document, DMP_CDA_ROLE_AUTHOR);
  g_autofree char *name = author != NULL ? dmp_cda_person_dup_display (author) : NULL;
  const char *place = author != NULL ? author->organisation : NULL;
  g_autofree char *care = header->service_start != NULL
                              ? dmp_date_dup_display (header->service_start, FALSE, TRUE)
                              : NULL;
  g_autofree char *made = header->effective_time != NULL
                              ? dmp_date_dup_display (header->effective_time, FALSE, TRUE)
                              : NULL;
  g_autofree char *who = NULL, *dates = NULL;

  add_text (self, dmp_cda_document_get_title (self->document), 16, TRUE, 0);
  if (name != NULL && *name != '\0')
    {
      who = g_strjoin (" · ", name, place, NULL);
      add_text (self, who, TEXT, FALSE, 0);
    }
  if (care != NULL && made != NULL)
    dates = g_strdup_printf (_ ("Acte du %s · document produit le %s"), care, made);
  else if (made != NULL)
    dates = g_strdup_printf (_ ("Document produit le %s"), made);
  if (dates != NULL)
    add_text (self, dates, TEXT, FALSE, 0);
}

GPtrArray *
dmp_print_layout_new (DmpCdaDocument *document,
                      const GPtrArray *files,
                      GtkPrintContext *context,
                      double width,
                      double height)
{
  Maker self = { .pieces = g_ptr_array_new_with_free_func (piece_free),
                 .context = context,
                 .document = document,
                 .files = files,
                 .width = width,
                 .height = height };
  GPtrArray *blocks = dmp_cda_document_get_blocks (document);

  add_head (&self);
  for (guint i = 0; i < blocks->len; i++)
    add_block (&self, g_ptr_array_index (blocks, i));

  return self.pieces;
}

gboolean
dmp_print_piece_keeps (const DmpPrintPiece *piece)
{
  return piece->keeps;
}

const GPtrArray *
dmp_print_piece_get_heads (const DmpPrintPiece *piece)
{
  return piece->heads;
}

double
dmp_print_piece_get_height (const DmpPrintPiece *piece)
{
  return piece->height;
}

void
dmp_print_piece_draw (const DmpPrintPiece *piece, cairo_t *cr, double y)
{
  for (guint i = 0; i < piece->layouts->len; i++)
    {
      cairo_move_to (cr, g_array_index (piece->lefts, double, i), y + piece->inset);
      pango_cairo_show_layout (cr, piece->layouts->pdata[i]);
    }
  if (piece->ruled)
    {
      cairo_set_line_width (cr, 0.3);
      cairo_move_to (cr, 0, y + piece->height);
      cairo_line_to (cr, piece->width, y + piece->height);
      cairo_stroke (cr);
    }
  if (piece->picture != NULL)
    {
      double scale = piece->width / cairo_image_surface_get_width (piece->picture);

      cairo_save (cr);
      cairo_translate (cr, 0, y);
      cairo_scale (cr, scale, scale);
      cairo_set_source_surface (cr, piece->picture, 0, 0);
      cairo_paint (cr);
      cairo_restore (cr);
    }
}
