#include "config.h"

#include "dmp-search-private.h"

typedef struct
{
  DmpSearchPassageFunc func;
  gpointer data;
  char *place; /* of the block on top level */
} Walk;

static void
tell (const Walk *walk, char **ids, const DmpCdaBlock *block)
{
  g_autofree char *text = dmp_cda_block_dup_text (block);
  g_autofree char *anchor = ids && ids[0] ? g_strconcat ("#", ids[0], NULL) : NULL;

  g_strdelimit (g_strstrip (text), "\n\t", ' ');
  if (*text)
    walk->func (anchor ? anchor : walk->place, text, walk->data);
}

/* The caption of a list, an item or a table, which holds more than that. */
static void
tell_caption (const Walk *walk, const DmpCdaBlock *block)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  DmpCdaBlock caption = *block;

  caption.kind = DMP_CDA_BLOCK_PARAGRAPH;
  caption.children = caption.cells = none;
  if (block->runs->len > 0)
    tell (walk, block->ids, &caption);
}

static void
tell_text (const Walk *walk, const char *anchor, const GString *text)
{
  g_autofree char *place = anchor ? g_strconcat ("#", anchor, NULL) : NULL;

  if (text->len > 0)
    walk->func (place ? place : walk->place, text->str, walk->data);
}

static void
add_cell (GString *row, const DmpCdaCell *cell)
{
  for (guint i = 0; i < cell->children->len; i++)
    {
      g_autofree char *text = dmp_cda_block_dup_text (g_ptr_array_index (cell->children, i));

      g_strdelimit (g_strstrip (text), "\n\t", ' ');
      if (*text == '\0')
        continue;
      g_string_append (row, row->len > 0 ? " · " : "");
      g_string_append (row, text);
    }
}

/* The anchor of @cell, or of what stands in it: that is where many writers put it. */
static const char *
find_anchor (const DmpCdaCell *cell)
{
  if (cell->ids != NULL && cell->ids[0] != NULL)
    return cell->ids[0];
  for (guint i = 0; i < cell->children->len; i++)
    {
      const DmpCdaBlock *block = g_ptr_array_index (cell->children, i);

      if (block->ids != NULL && block->ids[0] != NULL)
        return block->ids[0];
      for (guint k = 0; k < block->runs->len; k++)
        {
          const DmpCdaRun *run = g_ptr_array_index (block->runs, k);

          if (run->ids != NULL && run->ids[0] != NULL)
            return run->ids[0];
        }
    }

  return NULL;
}

/* Row by row; a cell over several rows belongs to its first. */
static void
walk_table (const Walk *walk, const DmpCdaBlock *table)
{
  g_autoptr (GString) row = g_string_new (NULL);
  const char *anchor = NULL;
  guint number = 0;

  for (guint i = 0; i < table->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (table->cells, i);

      if (cell->row != number)
        {
          tell_text (walk, anchor, row);
          g_string_truncate (row, 0);
          anchor = NULL;
          number = cell->row;
        }
      if (anchor == NULL)
        anchor = find_anchor (cell);
      add_cell (row, cell);
    }
  tell_text (walk, anchor, row);
}

static void
walk_block (const Walk *walk, const DmpCdaBlock *block)
{
  switch (block->kind)
    {
    case DMP_CDA_BLOCK_TABLE:
      tell_caption (walk, block);
      walk_table (walk, block);
      break;
    case DMP_CDA_BLOCK_LIST:
    case DMP_CDA_BLOCK_ITEM:
    case DMP_CDA_BLOCK_FOOTNOTE:
      tell_caption (walk, block);
      for (guint i = 0; i < block->children->len; i++)
        walk_block (walk, g_ptr_array_index (block->children, i));
      break;
    default:
      tell (walk, block->ids, block);
      break;
    }
}

void
dmp_search_each_passage (DmpCdaDocument *document, DmpSearchPassageFunc func, gpointer data)
{
  GPtrArray *blocks = dmp_cda_document_get_blocks (document);

  for (guint i = 0; i < blocks->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("@%u", i);
      const Walk walk = { .func = func, .data = data, .place = place };

      walk_block (&walk, g_ptr_array_index (blocks, i));
    }
}
