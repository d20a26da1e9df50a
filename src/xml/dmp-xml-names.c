#include "config.h"

#include "dmp-xml-names.h"

#include <string.h>

#define FIRST_SIZE 128

void
dmp_xml_names_init (DmpXmlNames *self)
{
  /* Nobody can prepare names that fall on one row. */
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->size = FIRST_SIZE;
  self->slots = g_new0 (DmpXmlNameSlot, FIRST_SIZE);
}

void
dmp_xml_names_clear (DmpXmlNames *self)
{
  g_clear_pointer (&self->slots, g_free);
}

static guint32
hash_name (guint64 seed, const char *name, gsize len)
{
  guint64 hash = seed ^ len;

  while (len > 0)
    {
      gsize n = MIN (len, sizeof (guint64));
      guint64 chunk = 0;

      memcpy (&chunk, name, n);
      hash = (hash ^ chunk) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
      name += n;
      len -= n;
    }

  return (guint32) (hash >> 32);
}

/* The slot of that name, or the free one where it belongs. */
static DmpXmlNameSlot *
find_slot (const DmpXmlNames *self, const char *name, gsize len, guint32 hash)
{
  guint at = hash & (self->size - 1);

  for (;;)
    {
      DmpXmlNameSlot *slot = &self->slots[at];

      if (slot->name == NULL ||
          (slot->hash == hash && slot->len == len && memcmp (slot->name, name, len) == 0))
        return slot;
      at = (at + 1) & (self->size - 1);
    }
}

static void
grow (DmpXmlNames *self)
{
  DmpXmlNameSlot *old = self->slots;
  guint old_size = self->size;

  self->size *= 2;
  self->slots = g_new0 (DmpXmlNameSlot, self->size);
  for (guint i = 0; i < old_size; i++)
    if (old[i].name != NULL)
      *find_slot (self, old[i].name, old[i].len, old[i].hash) = old[i];
  g_free (old);
}

guint
dmp_xml_names_add (DmpXmlNames *self, const char *name, gsize len)
{
  guint32 hash = hash_name (self->seed, name, len);
  DmpXmlNameSlot *slot = find_slot (self, name, len, hash);

  if (slot->name == NULL)
    {
      *slot = (DmpXmlNameSlot){ name, (guint32) len, hash };
      if (++self->used * 2 > self->size)
        grow (self);
    }

  return self->used;
}
