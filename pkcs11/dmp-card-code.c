#include "config.h"

#include "dmp-card-private.h"

#include <string.h>

/* IAS-ECC: PIN and PUK are stored on eight bytes, filled with FF. */
#define CODE_BYTES 8
#define TAG_TEMPLATE 0x70
#define TAG_CODE_OBJECT 0xbf8100 /* the reference is its last byte */
#define TAG_DOCP 0xa0
#define TAG_TRIES_LEFT 0x9b

static void
fill_code (guint8 *block, const char *code)
{
  memset (block, 0xff, CODE_BYTES);
  memcpy (block, code, MIN (strlen (code), CODE_BYTES));
}

int
dmp_card_code_parse_tries (DmpSpan answer, DmpCardCode code)
{
  DmpSpan template, object, docp, tries;

  if (!dmp_tlv_find (answer, TAG_TEMPLATE, &template) ||
      !dmp_tlv_find (template, TAG_CODE_OBJECT | code, &object) ||
      !dmp_tlv_find (object, TAG_DOCP, &docp) || !dmp_tlv_find (docp, TAG_TRIES_LEFT, &tries) ||
      tries.len != 1)
    return -1;

  return tries.data[0] & 0xf;
}

/* GET DATA of the code's object, in the MF. Needs no PIN and uses no try. */
static gboolean
get_tries (DmpPcsc *pcsc, DmpCardCode code, int *tries, GError **error)
{
  static const guint8 select_mf[] = { 0x00, 0xa4, 0x00, 0x0c, 2, 0x3f, 0x00 };
  const guint8 get_docp[] = { 0x00, 0xcb, 0x3f, 0xff, 10,   0x4d, 8,   0x70,
                              6,    0xbf, 0x81, code, 0x02, 0xa0, 0x80 };
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  guint16 status;

  *tries = -1;
  if (!dmp_pcsc_transmit (pcsc, select_mf, sizeof select_mf, NULL, &status, error))
    return FALSE;
  if (status != 0x9000)
    return TRUE;
  if (!dmp_pcsc_transmit (pcsc, get_docp, sizeof get_docp, answer, &status, error))
    return FALSE;
  if (status == 0x9000)
    *tries = dmp_card_code_parse_tries ((DmpSpan){ answer->data, answer->len }, code);
  return TRUE;
}

static gboolean
read_tries (DmpPcsc *pcsc, DmpCardCode code, gboolean *verified, int *tries, GError **error)
{
  const guint8 verify_status[] = { 0x00, 0x20, 0x00, code };
  guint16 status;

  if (!dmp_pcsc_transmit (pcsc, verify_status, sizeof verify_status, NULL, &status, error))
    return FALSE;

  if (verified != NULL)
    *verified = status == 0x9000;
  if (tries == NULL)
    return TRUE;

  *tries = -1;
  if ((status & 0xfff0) == 0x63c0)
    *tries = status & 0xf;
  else if (status == 0x6983 || status == 0x6984)
    *tries = 0;
  else
    return get_tries (pcsc, code, tries, error);
  return TRUE;
}

gboolean
dmp_card_code_read_tries (
    DmpPcsc *pcsc, DmpCardCode code, gboolean *verified, int *tries, GError **error)
{
  gboolean good;

  if (!dmp_pcsc_begin (pcsc, NULL, error))
    return FALSE;

  good = read_tries (pcsc, code, verified, tries, error);
  dmp_pcsc_end (pcsc);
  return good;
}

gboolean
dmp_card_code_change (
    DmpPcsc *pcsc, const char *old_pin, const char *new_pin, guint16 *status, GError **error)
{
  guint8 change[5 + 2 * CODE_BYTES] = { 0x00, 0x24, 0x00, DMP_CARD_CODE_PIN, 2 * CODE_BYTES };
  gboolean good;

  if (!dmp_pcsc_begin (pcsc, NULL, error))
    return FALSE;

  fill_code (change + 5, old_pin);
  fill_code (change + 5 + CODE_BYTES, new_pin);
  good = dmp_pcsc_transmit (pcsc, change, sizeof change, NULL, status, error);
  explicit_bzero (change, sizeof change);
  dmp_pcsc_end (pcsc);
  return good;
}

gboolean
dmp_card_code_unblock (DmpPcsc *pcsc,
                       const char *puk,
                       const char *new_pin,
                       guint16 *puk_status,
                       guint16 *status,
                       GError **error)
{
  guint8 verify[5 + CODE_BYTES] = { 0x00, 0x20, 0x00, DMP_CARD_CODE_PUK, CODE_BYTES };
  guint8 unblock[5 + CODE_BYTES] = { 0x00, 0x2c, 0x02, DMP_CARD_CODE_PIN, CODE_BYTES };
  gboolean good;

  if (!dmp_pcsc_begin (pcsc, NULL, error))
    return FALSE;

  fill_code (verify + 5, puk);
  fill_code (unblock + 5, new_pin);
  good = dmp_pcsc_transmit (pcsc, verify, sizeof verify, NULL, puk_status, error);
  if (good && *puk_status == 0x9000)
    good = dmp_pcsc_transmit (pcsc, unblock, sizeof unblock, NULL, status, error);
  explicit_bzero (verify, sizeof verify);
  explicit_bzero (unblock, sizeof unblock);
  dmp_pcsc_end (pcsc);
  return good;
}
