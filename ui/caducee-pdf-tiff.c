#include "config.h"

#include "caducee-pdf-tiff.h"

#include <string.h>

#define HEADER 8         /* byte order, 42, where the first directory is */
#define ENTRY 12         /* of a directory: tag, type, count, value */
#define KIND_OF_PAGE 254 /* NewSubfileType; bit 0: a smaller copy of another */

typedef struct
{
  const guint8 *data;
  gsize length;
  gboolean big; /* most significant byte first */
} Tiff;

static guint16
read_16 (const Tiff *self, gsize at)
{
  const guint8 *p = self->data + at;

  return self->big ? (guint16) (p[0] << 8 | p[1]) : (guint16) (p[1] << 8 | p[0]);
}

static guint32
read_32 (const Tiff *self, gsize at)
{
  guint32 first = read_16 (self, at), second = read_16 (self, at + 2);

  return self->big ? first << 16 | second : second << 16 | first;
}

static gboolean
open_tiff (GBytes *bytes, Tiff *self)
{
  self->data = g_bytes_get_data (bytes, &self->length);
  if (self->length < HEADER)
    return FALSE;
  self->big = memcmp (self->data, "MM", 2) == 0;

  return (self->big || memcmp (self->data, "II", 2) == 0) && read_16 (self, 2) == 42;
}

/* Whether a directory of some entries and the place of the next is wholly in the file. */
static gboolean
is_inside (const Tiff *self, guint32 at)
{
  return at >= HEADER && at < self->length && self->length - at >= 6 &&
         self->length - at - 6 >= (gsize) read_16 (self, at) * ENTRY;
}

static gboolean
is_copy (const Tiff *self, guint32 at)
{
  guint n = read_16 (self, at);

  for (guint i = 0; i < n; i++)
    {
      gsize entry = (gsize) at + 2 + (gsize) i * ENTRY;

      if (read_16 (self, entry) == KIND_OF_PAGE)
        return (read_32 (self, entry + 8) & 1) != 0;
    }

  return FALSE;
}

GArray *
tiff_find_pages (GBytes *bytes, guint most)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 at = 0;
  Tiff self;

  if (open_tiff (bytes, &self))
    at = read_32 (&self, 4);
  /* What leads back to a page ends at @most directories, whatever they are. */
  for (guint i = 0; i < most && is_inside (&self, at); i++)
    {
      for (guint k = 0; k < pages->len; k++)
        if (g_array_index (pages, guint32, k) == at)
          return pages;
      if (!is_copy (&self, at))
        g_array_append_val (pages, at);
      at = read_32 (&self, (gsize) at + 2 + (gsize) read_16 (&self, at) * ENTRY);
    }

  return pages;
}

GBytes *
tiff_put_first (GBytes *bytes, guint32 at)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint8 *copy = g_memdup2 (data, length);
  guint32 place = copy[0] == 'M' ? GUINT32_TO_BE (at) : GUINT32_TO_LE (at);

  memcpy (copy + 4, &place, sizeof place);

  return g_bytes_new_take (copy, length);
}
