#include "config.h"

#include "dmp-cda-block-private.h"

void
dmp_cda_run_free (DmpCdaRun *run)
{
  g_free (run->text);
  g_strfreev (run->ids);
  g_free (run->target);
  g_free (run);
}

void
dmp_cda_cell_free (DmpCdaCell *cell)
{
  g_strfreev (cell->ids);
  g_ptr_array_unref (cell->children);
  g_free (cell);
}

void
dmp_cda_block_free (DmpCdaBlock *block)
{
  g_strfreev (block->ids);
  g_ptr_array_unref (block->runs);
  g_ptr_array_unref (block->children);
  g_ptr_array_unref (block->cells);
  g_free (block);
}

void
dmp_cda_section_free (DmpCdaSection *section)
{
  g_free (section->title);
  g_clear_object (&section->code);
  g_free (section->path);
  g_strfreev (section->template_ids);
  g_free (section);
}

void
dmp_cda_attachment_free (DmpCdaAttachment *attachment)
{
  g_free (attachment->id);
  g_free (attachment->mime);
  g_clear_pointer (&attachment->bytes, g_bytes_unref);
  g_free (attachment->problem);
  g_free (attachment);
}

GPtrArray *
dmp_cda_blocks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_cda_block_free);
}

DmpCdaBlock *
dmp_cda_block_new (DmpCdaBlockKind kind, guint section)
{
  DmpCdaBlock *block = g_new0 (DmpCdaBlock, 1);

  block->kind = kind;
  block->section = section;
  block->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_cda_run_free);
  block->children = dmp_cda_blocks_new ();
  block->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_cda_cell_free);
  return block;
}

static void
add_newline (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n' && out->str[out->len - 1] != '\t')
    g_string_append_c (out, '\n');
}

static void
append_block (GString *out, const DmpCdaBlock *block)
{
  add_newline (out);
  for (guint i = 0; i < block->runs->len; i++)
    {
      const DmpCdaRun *run = g_ptr_array_index (block->runs, i);

      g_string_append (out, run->text);
    }
  for (guint i = 0; i < block->children->len; i++)
    append_block (out, g_ptr_array_index (block->children, i));
  for (guint i = 0; i < block->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (block->cells, i);

      if (i > 0 && cell->row == ((DmpCdaCell *) g_ptr_array_index (block->cells, i - 1))->row)
        g_string_append_c (out, '\t');
      else if (i > 0)
        g_string_append_c (out, '\n'); /* whatever stands, or not, in the last cell before */
      else
        add_newline (out);
      for (guint j = 0; j < cell->children->len; j++)
        append_block (out, g_ptr_array_index (cell->children, j));
    }
}

char *
dmp_cda_block_dup_text (const DmpCdaBlock *block)
{
  GString *out = g_string_new (NULL);

  append_block (out, block);
  return g_string_free (out, FALSE);
}

static gboolean
has_id (char **ids, const char *id)
{
  return ids && g_strv_contains ((const char *const *) ids, id);
}

static gboolean
any_has_anchor (const GPtrArray *blocks, const char *id)
{
  for (guint i = 0; i < blocks->len; i++)
    if (dmp_cda_block_has_anchor (g_ptr_array_index (blocks, i), id))
      return TRUE;
  return FALSE;
}

gboolean
dmp_cda_block_has_anchor (const DmpCdaBlock *block, const char *id)
{
  if (has_id (block->ids, id))
    return TRUE;
  for (guint i = 0; i < block->runs->len; i++)
    if (has_id (((DmpCdaRun *) g_ptr_array_index (block->runs, i))->ids, id))
      return TRUE;
  for (guint i = 0; i < block->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (block->cells, i);

      if (has_id (cell->ids, id) || any_has_anchor (cell->children, id))
        return TRUE;
    }
  return any_has_anchor (block->children, id);
}
