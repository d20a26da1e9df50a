#include "config.h"

#include "dmp-pcsc.h"

#include "dmp-card-error-private.h"

#include <string.h>
#include <winscard.h>

#define ROUNDS_MAX 256            /* GET RESPONSE of one command: a card cannot hold us for ever */
#define COMMAND_MAX (5 + 255 + 1) /* header, length, data, Le */
#define PROTOCOLS (SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1)

struct _DmpPcsc
{
  SCARDCONTEXT context;
  SCARDHANDLE card;
  gboolean connected;
  DWORD protocol;
  char *reader;
  guint8 atr[MAX_ATR_SIZE];
  gsize atr_len;
  guint events; /* pcscd's count of insertions and removals of this reader */
  guint apdus;
};

/* What the service knows of the reader right now. */
static gboolean
look (DmpPcsc *self, SCARD_READERSTATE *state)
{
  *state = (SCARD_READERSTATE){ .szReader = self->reader };
  return SCardGetStatusChange (self->context, 0, state, 1) == SCARD_S_SUCCESS;
}

static guint
events_of (const SCARD_READERSTATE *state)
{
  return (guint) (state->dwEventState >> 16) & 0xffff;
}

static gboolean
connect_card (DmpPcsc *self, GError **error)
{
  SCARD_READERSTATE state;
  LONG rv;

  if (!look (self, &state))
    state.dwEventState = 0;

  rv = SCardConnect (self->context, self->reader, SCARD_SHARE_SHARED, PROTOCOLS, &self->card,
                     &self->protocol);
  if (rv == SCARD_W_REMOVED_CARD)
    rv = SCARD_E_NO_SMARTCARD;
  if (rv != SCARD_S_SUCCESS)
    return dmp_card_error_set_pcsc (error, rv);

  self->connected = TRUE;
  self->events = events_of (&state);
  return TRUE;
}

static gboolean
read_atr (DmpPcsc *self, GError **error)
{
  DWORD len = sizeof self->atr, name_len = 0, state = 0, protocol = 0;
  LONG rv = SCardStatus (self->card, NULL, &name_len, &state, &protocol, self->atr, &len);

  if (rv != SCARD_S_SUCCESS)
    return dmp_card_error_set_pcsc (error, rv);

  self->atr_len = len;
  return TRUE;
}

DmpPcsc *
dmp_pcsc_connect (const char *reader, GError **error)
{
  g_autoptr (DmpPcsc) self = g_new0 (DmpPcsc, 1);
  LONG rv = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &self->context);

  if (rv != SCARD_S_SUCCESS)
    {
      self->context = 0;
      dmp_card_error_set_pcsc (error, rv);
      return NULL;
    }

  self->reader = g_strdup (reader);
  if (!connect_card (self, error) || !read_atr (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
dmp_pcsc_free (DmpPcsc *self)
{
  if (self == NULL)
    return;

  if (self->connected)
    SCardDisconnect (self->card, SCARD_LEAVE_CARD);
  if (self->context != 0)
    SCardReleaseContext (self->context);
  g_free (self->reader);
  g_free (self);
}

DmpSpan
dmp_pcsc_get_atr (DmpPcsc *self)
{
  return (DmpSpan){ self->atr, self->atr_len };
}

gboolean
dmp_pcsc_begin (DmpPcsc *self, gboolean *was_reset, GError **error)
{
  gboolean reset = FALSE;
  LONG rv = SCardBeginTransaction (self->card);

  if (rv == SCARD_W_RESET_CARD)
    {
      reset = TRUE;
      rv = SCardReconnect (self->card, SCARD_SHARE_SHARED, PROTOCOLS, SCARD_LEAVE_CARD,
                           &self->protocol);
      if (rv == SCARD_S_SUCCESS)
        rv = SCardBeginTransaction (self->card);
    }
  if (rv != SCARD_S_SUCCESS)
    return dmp_card_error_set_pcsc (error, rv);

  if (was_reset != NULL)
    *was_reset = reset;
  return TRUE;
}

void
dmp_pcsc_end (DmpPcsc *self)
{
  SCardEndTransaction (self->card, SCARD_LEAVE_CARD);
}

/* One exchange; @answer keeps what stands before the status. */
static gboolean
exchange (DmpPcsc *self,
          const guint8 *command,
          gsize len,
          GByteArray *answer,
          guint16 *status,
          GError **error)
{
  const SCARD_IO_REQUEST *pci = self->protocol == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
  guint8 buffer[MAX_BUFFER_SIZE];
  DWORD got = sizeof buffer;
  LONG rv;

  self->apdus++;
  rv = SCardTransmit (self->card, pci, command, len, NULL, buffer, &got);
  if (rv != SCARD_S_SUCCESS)
    return dmp_card_error_set_pcsc (error, rv);
  if (got < 2 || got > sizeof buffer)
    return dmp_card_error_set (error, DMP_CARD_ERROR_READ);

  got -= 2;
  if (answer != NULL && answer->len + got > DMP_PCSC_ANSWER_MAX)
    return dmp_card_error_set (error, DMP_CARD_ERROR_READ);
  if (answer != NULL)
    g_byte_array_append (answer, buffer, (guint) got);
  *status = (guint16) (buffer[got] << 8 | buffer[got + 1]);
  return TRUE;
}

gboolean
dmp_pcsc_transmit (DmpPcsc *self,
                   const guint8 *command,
                   gsize len,
                   GByteArray *answer,
                   guint16 *status,
                   GError **error)
{
  guint8 copy[COMMAND_MAX];
  guint16 sw = 0;
  gboolean good;

  g_return_val_if_fail (len >= 4 && len < sizeof copy, FALSE);

  memcpy (copy, command, len);
  if (self->protocol == SCARD_PROTOCOL_T1 && len > 5 && answer != NULL)
    copy[len++] = 0;
  good = exchange (self, copy, len, answer, &sw, error);
  if (good && sw >> 8 == 0x6c && len == 5)
    {
      copy[4] = sw & 0xff;
      good = exchange (self, copy, len, answer, &sw, error);
    }
  explicit_bzero (copy, sizeof copy);

  for (guint i = 0; good && sw >> 8 == 0x61; i++)
    {
      const guint8 get_response[] = { 0x00, 0xc0, 0x00, 0x00, sw & 0xff };

      if (i == ROUNDS_MAX)
        return dmp_card_error_set (error, DMP_CARD_ERROR_READ);
      good = exchange (self, get_response, sizeof get_response, answer, &sw, error);
    }
  if (!good)
    return FALSE;

  *status = sw;
  return TRUE;
}

gboolean
dmp_pcsc_reset (DmpPcsc *self, GError **error)
{
  LONG rv =
      SCardReconnect (self->card, SCARD_SHARE_SHARED, PROTOCOLS, SCARD_RESET_CARD, &self->protocol);

  return rv == SCARD_S_SUCCESS || dmp_card_error_set_pcsc (error, rv);
}

gboolean
dmp_pcsc_check (DmpPcsc *self, guint wait_ms, GError **error)
{
  gint64 end = g_get_monotonic_time () + 1000 * (gint64) wait_ms;
  SCARD_READERSTATE state = { .szReader = self->reader };
  gint64 left;

  do
    {
      LONG rv;

      left = MAX (0, (end - g_get_monotonic_time ()) / 1000);
      rv = SCardGetStatusChange (self->context, (DWORD) left, &state, 1);
      if (rv == SCARD_E_TIMEOUT)
        return TRUE;
      if (rv != SCARD_S_SUCCESS)
        return dmp_card_error_set_pcsc (error, rv);
      if ((state.dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0)
        return dmp_card_error_set (error, DMP_CARD_ERROR_NO_READER);
      if ((state.dwEventState & SCARD_STATE_PRESENT) == 0 || events_of (&state) != self->events)
        return dmp_card_error_set (error, DMP_CARD_ERROR_REMOVED);

      state.dwCurrentState = state.dwEventState & ~(DWORD) SCARD_STATE_CHANGED;
    }
  while (left > 0);

  return TRUE;
}

guint
dmp_pcsc_get_apdus (DmpPcsc *self)
{
  return self->apdus;
}
