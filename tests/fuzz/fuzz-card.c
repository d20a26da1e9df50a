#include "config.h"

#include "fuzz.h"

#include "pkcs11/dmp-card-certificate.h"
#include "pkcs11/dmp-card-private.h"
#include "pkcs11/dmp-card-watch.h"
#include "pkcs11/dmp-vitale-private.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <string.h>
#include <winscard.h>

/* Whatever a card, or the reader that pretends to hold one, may send. The first byte chooses what
 * reads the rest: the parsers, or the commands, to which PC/SC (below) then answers with it. */

const char *const fuzz_corpus[] = { "fuzz/card", NULL };

static DmpSpan stream;

static guint8
take_byte (void)
{
  guint8 byte = 0;

  if (stream.len > 0)
    {
      byte = *stream.data++;
      stream.len--;
    }
  return byte;
}

/* --- a PC/SC that plays the stream: linked before the real one ------------------------------- */

/* A byte says how it went, mostly well. */
static LONG
outcome (void)
{
  switch (take_byte ())
    {
    case 0xf1:
      return SCARD_W_REMOVED_CARD;
    case 0xf2:
      return SCARD_W_RESET_CARD;
    case 0xf3:
      return SCARD_E_NOT_TRANSACTED;
    case 0xf4:
      return SCARD_E_NO_SERVICE;
    default:
      return SCARD_S_SUCCESS;
    }
}

LONG
SCardEstablishContext (DWORD scope, LPCVOID first, LPCVOID second, LPSCARDCONTEXT context)
{
  *context = 1;
  return SCARD_S_SUCCESS;
}

LONG
SCardReleaseContext (SCARDCONTEXT context)
{
  return SCARD_S_SUCCESS;
}

LONG
SCardConnect (SCARDCONTEXT context,
              LPCSTR reader,
              DWORD share,
              DWORD protocols,
              LPSCARDHANDLE card,
              LPDWORD protocol)
{
  *card = 1;
  *protocol = (take_byte () & 1) != 0 ? SCARD_PROTOCOL_T1 : SCARD_PROTOCOL_T0;
  return outcome ();
}

LONG
SCardReconnect (SCARDHANDLE card, DWORD share, DWORD protocols, DWORD initialise, LPDWORD protocol)
{
  return outcome ();
}

LONG
SCardDisconnect (SCARDHANDLE card, DWORD disposition)
{
  return SCARD_S_SUCCESS;
}

LONG
SCardBeginTransaction (SCARDHANDLE card)
{
  return outcome ();
}

LONG
SCardEndTransaction (SCARDHANDLE card, DWORD disposition)
{
  return SCARD_S_SUCCESS;
}

LONG
SCardStatus (SCARDHANDLE card,
             LPSTR reader,
             LPDWORD reader_len,
             LPDWORD state,
             LPDWORD protocol,
             LPBYTE atr,
             LPDWORD atr_len)
{
  static const guint8 vitale[] = { 0x3b, 0x75, 0x13, 0x00, 0x00, 0x43, 0x09, 0xea, 0x90, 0x00 };

  memcpy (atr, vitale, sizeof vitale);
  *atr_len = sizeof vitale;
  return SCARD_S_SUCCESS;
}

/* The first time the card is there, then the time is over. */
LONG
SCardGetStatusChange (SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE *states, DWORD n)
{
  if (states[0].dwCurrentState != SCARD_STATE_UNAWARE)
    return SCARD_E_TIMEOUT;
  states[0].dwEventState = SCARD_STATE_PRESENT | SCARD_STATE_CHANGED;
  return SCARD_S_SUCCESS;
}

LONG
SCardTransmit (SCARDHANDLE card,
               const SCARD_IO_REQUEST *send,
               LPCBYTE command,
               DWORD len,
               SCARD_IO_REQUEST *receive,
               LPBYTE answer,
               LPDWORD answer_len)
{
  LONG rv = outcome ();
  gsize n = take_byte ();

  n = MIN (MIN (n, stream.len), *answer_len);
  if (n > 0)
    memcpy (answer, stream.data, n);
  stream = (DmpSpan){ stream.data + n, stream.len - n };
  *answer_len = n;
  return rv;
}

/* --- the target ------------------------------------------------------------------------------ */

static void
read_certificate (DmpSpan data)
{
  const unsigned char *p = data.data;
  X509 *x509 = d2i_X509 (NULL, &p, (long) data.len);
  DmpCardIdentity *identity;
  DmpCardKeyUse use;

  if (x509 != NULL)
    {
      dmp_card_certificate_get_use (x509, &use);
      identity = dmp_card_identity_new (x509, x509, NULL);
      dmp_card_identity_free (identity);
    }
  X509_free (x509);
  ERR_clear_error ();
}

static void
parse (DmpSpan data)
{
  gsize half = data.len / 2;

  g_free (dmp_card_info_dup_speciality (data));
  g_free (dmp_span_dup_text (data));
  dmp_card_situation_free (dmp_card_situation_parse (1, data));
  dmp_card_code_parse_tries (data, DMP_CARD_CODE_PIN);
  dmp_card_kind_from_atr (data.data, data.len);
  dmp_card_activity_index ((const char *) data.data, data.len);
  g_ptr_array_unref (dmp_vitale_parse (data, data));
  g_ptr_array_unref (dmp_vitale_parse ((DmpSpan){ data.data, half },
                                       (DmpSpan){ data.data + half, data.len - half }));
  read_certificate (data);
}

static void
command (void)
{
  DmpPcsc *pcsc = dmp_pcsc_connect ("reader", NULL);
  guint16 status = 0, puk_status = 0;
  gboolean verified;
  int tries;

  if (pcsc == NULL)
    return;

  dmp_card_code_read_tries (pcsc, DMP_CARD_CODE_PIN, &verified, &tries, NULL);
  dmp_card_code_change (pcsc, "1234", "5678", &status, NULL);
  dmp_card_code_unblock (pcsc, "12345678", "1234", &puk_status, &status, NULL);
  dmp_pcsc_reset (pcsc, NULL);
  dmp_pcsc_check (pcsc, 10, NULL);
  dmp_pcsc_free (pcsc);
}

static void
read_vitale (void)
{
  G_GNUC_UNUSED g_autoptr (GPtrArray) persons = dmp_vitale_read ("reader", NULL, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 way;

  stream = (DmpSpan){ data, size };
  way = take_byte ();
  if (way == 'p')
    parse (stream);
  else if (way == 'v')
    read_vitale ();
  else
    command ();
  return 0;
}
