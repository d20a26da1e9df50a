#include "config.h"

#include "dmp-wipe-buffer.h"
#include "dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_SIZE 4096

struct _DmpWipeBuffer
{
  char *data;
  gsize len;
  gsize size; /* allocated */
  gsize max;
};

/* What a GBytes made of a buffer frees. */
typedef struct
{
  char *data;
  gsize len;
} Block;

static void
free_block (gpointer data)
{
  Block *block = data;

  if (block->data != NULL)
    explicit_bzero (block->data, block->len);
  g_free (block->data);
  g_free (block);
}

GBytes *
dmp_wipe_bytes_take (gpointer data, gsize len)
{
  Block *block = g_new (Block, 1);

  *block = (Block){ data, len };
  return g_bytes_new_with_free_func (data, len, free_block, block);
}

void
dmp_wipe_text (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

DmpWipeBuffer *
dmp_wipe_buffer_new (gsize max)
{
  DmpWipeBuffer *self = g_new0 (DmpWipeBuffer, 1);

  self->max = max;
  return self;
}

void
dmp_wipe_buffer_free (DmpWipeBuffer *self)
{
  if (self->data != NULL)
    explicit_bzero (self->data, self->len);
  g_free (self->data);
  g_free (self);
}

static void
grow (DmpWipeBuffer *self, gsize size)
{
  char *data = g_malloc (size);

  if (self->data != NULL)
    {
      memcpy (data, self->data, self->len);
      explicit_bzero (self->data, self->len);
      g_free (self->data);
    }
  self->data = data;
  self->size = size;
}

void
dmp_wipe_buffer_reserve (DmpWipeBuffer *self, gsize len)
{
  len = MIN (len, self->max) + 1;
  if (len > self->size)
    grow (self, len);
}

gboolean
dmp_wipe_buffer_append (DmpWipeBuffer *self, gconstpointer data, gsize len, GError **error)
{
  if (len > self->max - self->len)
    {
      g_set_error (
          error, DMP_ERROR, DMP_ERROR_LIMIT,
          _ ("La réponse du DMP dépasse la taille acceptée (%zu Mo). Elle n’a pas été lue."),
          self->max / (1024 * 1024));
      return FALSE;
    }

  if (self->len + len + 1 > self->size)
    grow (self, MAX (FIRST_SIZE, MAX (self->len + len + 1, 2 * self->size)));
  memcpy (self->data + self->len, data, len);
  self->len += len;
  self->data[self->len] = '\0';

  return TRUE;
}

gsize
dmp_wipe_buffer_get_size (const DmpWipeBuffer *self)
{
  return self->len;
}

const char *
dmp_wipe_buffer_get_data (const DmpWipeBuffer *self)
{
  return self->data != NULL ? self->data : "";
}

GBytes *
dmp_wipe_buffer_take_bytes (DmpWipeBuffer *self)
{
  Block *block = g_new (Block, 1);
  gsize len = self->len;

  /* What was reserved for nothing goes back; shrinking moves no bytes. */
  if (self->data != NULL)
    self->data = g_realloc (self->data, len + 1);
  *block = (Block){ self->data, len };
  self->data = NULL;
  self->len = 0;
  self->size = 0;

  return g_bytes_new_with_free_func (block->data, len, free_block, block);
}
