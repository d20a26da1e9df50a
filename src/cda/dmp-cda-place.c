#include "config.h"

#include "dmp-cda-place.h"

char *
dmp_cda_place_format (const DmpCdaPlace *self)
{
  if (self->attachment == 0)
    return g_strdup_printf ("@%u", self->block);
  return g_strdup_printf ("@%u/%u/%u/%u-%u", self->block, self->attachment, self->page, self->start,
                          self->end);
}

/* A number with @before in front of it. */
static gboolean
read_number (const char **at, char before, guint *number)
{
  char *end;
  guint64 value;

  if (**at != before || !g_ascii_isdigit ((*at)[1]))
    return FALSE;
  value = g_ascii_strtoull (*at + 1, &end, 10);
  *at = end;
  *number = (guint) MIN (value, G_MAXUINT);
  return value < G_MAXUINT;
}

gboolean
dmp_cda_place_parse (const char *place, DmpCdaPlace *self)
{
  DmpCdaPlace read = { 0 };

  *self = read;
  if (place == NULL || !read_number (&place, '@', &read.block))
    return FALSE;
  if (*place != '\0' &&
      (!read_number (&place, '/', &read.attachment) || !read_number (&place, '/', &read.page) ||
       !read_number (&place, '/', &read.start) || !read_number (&place, '-', &read.end) ||
       *place != '\0' || read.attachment == 0 || read.end < read.start))
    return FALSE;
  *self = read;
  return TRUE;
}

static gboolean block_shows (const DmpCdaBlock *block, guint attachment);

static gboolean
any_shows (const GPtrArray *blocks, guint attachment)
{
  for (guint i = 0; i < blocks->len; i++)
    if (block_shows (g_ptr_array_index (blocks, i), attachment))
      return TRUE;
  return FALSE;
}

static gboolean
block_shows (const DmpCdaBlock *block, guint attachment)
{
  if (block->attachment == attachment || any_shows (block->children, attachment))
    return TRUE;
  for (guint i = 0; i < block->runs->len; i++)
    if (((const DmpCdaRun *) g_ptr_array_index (block->runs, i))->attachment == attachment)
      return TRUE;
  for (guint i = 0; i < block->cells->len; i++)
    if (any_shows (((const DmpCdaCell *) g_ptr_array_index (block->cells, i))->children,
                   attachment))
      return TRUE;
  return FALSE;
}

gboolean
dmp_cda_document_find_attachment (DmpCdaDocument *document, guint attachment, guint *block)
{
  GPtrArray *blocks = dmp_cda_document_get_blocks (document);

  for (*block = 0; *block < blocks->len; ++*block)
    if (block_shows (g_ptr_array_index (blocks, *block), attachment))
      return TRUE;
  return FALSE;
}
