#include "config.h"

#include "dmp-cda-narrative.h"

#include <stdlib.h>

/* Tables wider than this are cut: their last cells share the last column. */
#define MAX_COLUMNS 512

/* A grid being laid out: which columns the rows above still cover. */
typedef struct
{
  DmpCdaNarrative *narrative;
  DmpCdaBlock *table;
  guint busy[MAX_COLUMNS]; /* rows still covered, this one included */
  guint next;              /* column after the last cell of this row */
} Grid;

static guint
read_span (const xmlNode *cell, const char *name)
{
  const char *text = dmp_xml_attr (cell, name);
  guint64 span = text ? g_ascii_strtoull (text, NULL, 10) : 1;

  return (guint) CLAMP (span, 1, 65535);
}

static float
read_align (const xmlNode *node)
{
  const char *align = dmp_xml_attr (node, "align");

  if (align == NULL)
    return -1;
  if (g_ascii_strcasecmp (align, "center") == 0)
    return 0.5;
  return g_ascii_strcasecmp (align, "right") == 0 ? 1 : 0;
}

static float
inherit_align (const xmlNode *cell)
{
  for (const xmlNode *node = cell; node && !dmp_cda_is (node, "table"); node = node->parent)
    {
      float align = read_align (node);

      if (align >= 0)
        return align;
    }
  return -1;
}

static char **
cell_ids (const xmlNode *cell, const char *row_id)
{
  const char *id = dmp_xml_attr (cell, "ID");
  g_autoptr (GStrvBuilder) ids = NULL;

  if (id == NULL && row_id == NULL)
    return NULL;
  ids = g_strv_builder_new ();
  if (row_id)
    g_strv_builder_add (ids, row_id);
  if (id)
    g_strv_builder_add (ids, id);
  return g_strv_builder_end (ids);
}

static void
place_cell (Grid *grid, DmpCdaCell *cell)
{
  guint column = MIN (grid->next, MAX_COLUMNS - 1);

  while (column < MAX_COLUMNS - 1 && grid->busy[column] > 0)
    column++;
  cell->column = column;
  cell->column_span = MIN (cell->column_span, MAX_COLUMNS - column);
  for (guint i = 0; i < cell->column_span; i++)
    grid->busy[column + i] = cell->row_span;
  grid->next = column + cell->column_span;
  grid->table->n_columns = MAX (grid->table->n_columns, column + cell->column_span);
}

static void
read_row (Grid *grid, xmlNode *row, gboolean head)
{
  DmpCdaStyle row_style = dmp_cda_narrative_style (row, DMP_CDA_STYLE_NONE);
  const char *row_id = dmp_xml_attr (row, "ID");

  grid->next = 0;
  for (guint i = 0; i < grid->table->n_columns; i++)
    if (grid->busy[i] > 0)
      grid->busy[i]--;
  for (xmlNode *node = dmp_cda_first_element (row); node; node = dmp_cda_next_element (node))
    {
      DmpCdaCell *cell;

      if (grid->narrative->pieces > DMP_CDA_MAX_PIECES)
        return;
      cell = g_new0 (DmpCdaCell, 1);
      cell->row = grid->table->n_rows;
      cell->row_span = read_span (node, "rowspan");
      cell->column_span = read_span (node, "colspan");
      cell->header = head || dmp_cda_is (node, "th");
      cell->align = inherit_align (node);
      cell->ids = cell_ids (node, g_steal_pointer (&row_id));
      cell->children = dmp_cda_blocks_new ();
      place_cell (grid, cell);
      g_ptr_array_add (grid->table->cells, cell);
      grid->narrative->pieces++;
      if (node->children)
        dmp_cda_narrative_flow (grid->narrative, cell->children, node,
                                dmp_cda_narrative_style (node, row_style));
    }
  grid->table->n_rows++;
}

static void
read_rows (Grid *grid, xmlNode *group, gboolean head)
{
  for (xmlNode *row = dmp_cda_child (group, "tr"); row; row = dmp_xml_next (row, DMP_NS_CDA, "tr"))
    if (grid->narrative->pieces <= DMP_CDA_MAX_PIECES)
      read_row (grid, row, head);
}

static void
cut_row_spans (DmpCdaBlock *table)
{
  for (guint i = 0; i < table->cells->len; i++)
    {
      DmpCdaCell *cell = g_ptr_array_index (table->cells, i);

      cell->row_span = MIN (cell->row_span, table->n_rows - cell->row);
    }
}

void
dmp_cda_narrative_table (DmpCdaNarrative *self, DmpCdaBlock *block, xmlNode *table)
{
  Grid grid = { .narrative = self, .table = block };
  xmlNode *caption = dmp_cda_child (table, "caption");

  if (caption)
    dmp_cda_narrative_inline (self, block, caption);
  dmp_cda_each (head, table, "thead") { read_rows (&grid, head, TRUE); }
  block->n_header_rows = block->n_rows;
  read_rows (&grid, table, FALSE);
  dmp_cda_each (body, table, "tbody") { read_rows (&grid, body, FALSE); }
  dmp_cda_each (foot, table, "tfoot") { read_rows (&grid, foot, FALSE); }
  cut_row_spans (block);
}
