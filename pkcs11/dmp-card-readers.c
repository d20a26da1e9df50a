#include "config.h"

#include "dmp-card-readers.h"

#include "dmp-card-error-private.h"

#include <string.h>

#define NOTIFICATION "\\\\?PnP?\\Notification"

typedef struct
{
  char *name;
  DWORD state; /* of the last look; the high half counts insertions and removals */
  guint8 atr[MAX_ATR_SIZE];
  gsize atr_len;
  guint insertion;
} Reader;

struct _DmpCardReaders
{
  GPtrArray *readers; /* Reader */
  gboolean listed;    /* readers is what the service has listed */
  DWORD notification; /* what the service said of itself last: its count of readers that came and
                         went, from pcsc-lite 2 on */
};

static void
reader_free (gpointer data)
{
  Reader *reader = data;

  g_free (reader->name);
  g_free (reader);
}

DmpCardReaders *
dmp_card_readers_new (void)
{
  DmpCardReaders *self = g_new0 (DmpCardReaders, 1);

  self->readers = g_ptr_array_new_with_free_func (reader_free);
  return self;
}

void
dmp_card_readers_free (DmpCardReaders *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->readers);
  g_free (self);
}

/* The reader of that name as it was known, or a new one. */
static Reader *
take_reader (GPtrArray *readers, const char *name)
{
  Reader *reader;

  for (guint i = 0; i < readers->len; i++)
    {
      reader = g_ptr_array_index (readers, i);
      if (strcmp (reader->name, name) == 0)
        return g_ptr_array_steal_index (readers, i);
    }

  reader = g_new0 (Reader, 1);
  reader->name = g_strdup (name);
  return reader;
}

static LONG
list (DmpCardReaders *self, SCARDCONTEXT context)
{
  g_autoptr (GPtrArray) old = self->readers;
  LPSTR names = NULL;
  DWORD len = SCARD_AUTOALLOCATE;
  LONG rv = SCardListReaders (context, NULL, (LPSTR) &names, &len);

  self->readers = g_ptr_array_new_with_free_func (reader_free);
  if (rv == SCARD_E_NO_READERS_AVAILABLE)
    rv = SCARD_S_SUCCESS;
  else if (rv == SCARD_S_SUCCESS)
    {
      for (const char *name = names; *name != '\0'; name += strlen (name) + 1)
        g_ptr_array_add (self->readers, take_reader (old, name));
      SCardFreeMemory (context, names);
    }
  self->listed = rv == SCARD_S_SUCCESS;
  return rv;
}

/* A card that came: the reader was empty, or its count tells of a removal that nobody saw. */
static void
note (Reader *reader, const SCARD_READERSTATE *seen)
{
  gboolean present = (seen->dwEventState & SCARD_STATE_PRESENT) != 0;
  gboolean was_present = (reader->state & SCARD_STATE_PRESENT) != 0;

  if (present && (!was_present || reader->state >> 16 != seen->dwEventState >> 16))
    reader->insertion++;

  reader->state = seen->dwEventState & ~(DWORD) SCARD_STATE_CHANGED;
  reader->atr_len = present ? MIN (seen->cbAtr, sizeof reader->atr) : 0;
  memcpy (reader->atr, seen->rgbAtr, reader->atr_len);
}

LONG
dmp_card_readers_wait (DmpCardReaders *self, SCARDCONTEXT context, DWORD timeout)
{
  g_autofree SCARD_READERSTATE *states = NULL;
  LONG rv = SCARD_S_SUCCESS;
  guint n;

  if (!self->listed)
    {
      rv = list (self, context);
      timeout = 0; /* an empty list is news too */
    }
  if (rv != SCARD_S_SUCCESS)
    return rv;

  /* The last one is the service itself: it tells of readers that come and go. */
  n = self->readers->len;
  states = g_new0 (SCARD_READERSTATE, n + 1);
  for (guint i = 0; i < n; i++)
    {
      Reader *reader = g_ptr_array_index (self->readers, i);

      states[i].szReader = reader->name;
      states[i].dwCurrentState = reader->state;
    }
  states[n].szReader = NOTIFICATION;
  states[n].dwCurrentState = self->notification;

  rv = SCardGetStatusChange (context, timeout, states, n + 1);
  if (rv == SCARD_E_UNKNOWN_READER || rv == SCARD_E_READER_UNAVAILABLE)
    {
      self->listed = FALSE;
      return SCARD_S_SUCCESS;
    }
  if (rv == SCARD_E_TIMEOUT && timeout > 0)
    self->listed = FALSE;
  if (rv != SCARD_S_SUCCESS)
    return rv;

  for (guint i = 0; i < n; i++)
    {
      note (g_ptr_array_index (self->readers, i), &states[i]);
      if ((states[i].dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0)
        self->listed = FALSE;
    }
  self->notification = states[n].dwEventState & ~(DWORD) SCARD_STATE_CHANGED;
  if ((states[n].dwEventState & SCARD_STATE_CHANGED) != 0)
    self->listed = FALSE;
  return SCARD_S_SUCCESS;
}

static DmpCardKind
get_kind (const Reader *reader)
{
  if ((reader->state & SCARD_STATE_PRESENT) == 0)
    return DMP_CARD_KIND_NONE;
  if ((reader->state & SCARD_STATE_MUTE) != 0)
    return DMP_CARD_KIND_MUTE;
  return dmp_card_kind_from_atr (reader->atr, reader->atr_len);
}

static void
card_reader_free (gpointer data)
{
  DmpCardReader *reader = data;

  g_clear_pointer (&reader->atr, g_bytes_unref);
  g_free ((char *) reader->name);
  g_free (reader);
}

GPtrArray *
dmp_card_readers_dup (DmpCardReaders *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (card_reader_free);

  for (guint i = 0; i < self->readers->len; i++)
    {
      const Reader *reader = g_ptr_array_index (self->readers, i);
      DmpCardReader *public = g_new0 (DmpCardReader, 1);

      public->name = g_strdup (reader->name);
      public->kind = get_kind (reader);
      public->atr = reader->atr_len > 0 ? g_bytes_new (reader->atr, reader->atr_len) : NULL;
      public->insertion = reader->insertion;
      g_ptr_array_add (copy, public);
    }
  return copy;
}

gboolean
dmp_card_readers_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const DmpCardReader *left = g_ptr_array_index (a, i);
      const DmpCardReader *right = g_ptr_array_index (b, i);

      if (strcmp (left->name, right->name) != 0 || left->kind != right->kind ||
          left->insertion != right->insertion)
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
dmp_card_list_readers (GError **error)
{
  g_autoptr (DmpCardReaders) self = dmp_card_readers_new ();
  SCARDCONTEXT context;
  LONG rv = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context);

  if (rv == SCARD_S_SUCCESS)
    {
      rv = dmp_card_readers_wait (self, context, 0);
      SCardReleaseContext (context);
    }
  if (rv == SCARD_E_TIMEOUT)
    rv = SCARD_S_SUCCESS;
  if (rv == SCARD_S_SUCCESS && self->readers->len == 0)
    rv = SCARD_E_NO_READERS_AVAILABLE;
  if (rv != SCARD_S_SUCCESS)
    {
      dmp_card_error_set_pcsc (error, rv);
      return NULL;
    }
  return dmp_card_readers_dup (self);
}
