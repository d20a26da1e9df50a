#include "config.h"

#include "iasecc.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>

/* ---- codes ---- */

static bool
find_code (unsigned reference, CpsCodeId *id)
{
  switch (reference & 0x1F)
    {
    case 0x01:
      *id = CPS_PIN;
      return true;
    case 0x02:
      *id = CPS_PUK;
      return true;
    default:
      return false;
    }
}

static void
save (const Iasecc *card)
{
  cps_state_save (&card->state, &card->content.data->data);
}

static unsigned
tries_status (const CpsCode *code)
{
  return code->tries > 0 ? SW_TRIES | code->tries : SW_BLOCKED;
}

/* A wrong code also ends what the right one had opened. */
static unsigned
check_code (Iasecc *card, CpsCodeId id, const uint8_t *value)
{
  CpsCode *code = &card->state.codes[id];

  if (code->tries == 0)
    return SW_BLOCKED;
  card->verified[id] = CRYPTO_memcmp (code->value, value, CPS_CODE_LEN) == 0;
  code->tries = card->verified[id] ? CPS_TRIES : code->tries - 1;
  save (card);
  if (card->verified[id])
    return SW_OK;
  return code->tries == 0 && card->last_is_63c0 ? SW_TRIES : tries_status (code);
}

unsigned
iasecc_verify (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  (void) out;
  CpsCodeId id;

  if (!find_code (command->p2, &id))
    return SW_NO_REFERENCE;
  if (command->lc == 0)
    return card->verified[id] ? SW_OK : tries_status (&card->state.codes[id]);
  if (command->lc != CPS_CODE_LEN)
    return SW_WRONG_LENGTH;
  return check_code (card, id, command->data);
}

/* The PIN is four digits padded with FF, the PUK eight digits. */
static bool
is_code (CpsCodeId id, const uint8_t *value)
{
  size_t digits = id == CPS_PIN ? 4 : CPS_CODE_LEN;

  for (size_t i = 0; i < CPS_CODE_LEN; i++)
    if (i < digits ? value[i] < '0' || value[i] > '9' : value[i] != 0xFF)
      return false;
  return true;
}

unsigned
iasecc_change_reference (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  (void) out;
  CpsCodeId id;

  if (!find_code (command->p2, &id))
    return SW_NO_REFERENCE;
  if (command->p1 != 0)
    return SW_WRONG_P1P2;
  if (command->lc != 2 * CPS_CODE_LEN)
    return SW_WRONG_LENGTH;
  unsigned status = check_code (card, id, command->data);
  if (status != SW_OK)
    return status;
  if (!is_code (id, command->data + CPS_CODE_LEN))
    return SW_WRONG_DATA;
  memcpy (card->state.codes[id].value, command->data + CPS_CODE_LEN, CPS_CODE_LEN);
  save (card);
  return SW_OK;
}

/* P1 = 00: PUK and new PIN; 02: new PIN; 03: tries only; the last two after VERIFY of the PUK. */
unsigned
iasecc_reset_retry (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  (void) out;
  const uint8_t *new_pin = NULL;

  if ((command->p2 & 0x1F) != 0x01)
    return SW_NO_REFERENCE;
  if (command->p1 == 0 && command->lc == 2 * CPS_CODE_LEN)
    {
      unsigned status = check_code (card, CPS_PUK, command->data);
      if (status != SW_OK)
        return status;
      new_pin = command->data + CPS_CODE_LEN;
    }
  else if (command->p1 == 2 && command->lc == CPS_CODE_LEN)
    new_pin = command->data;
  else if (command->p1 != 3 || command->lc != 0)
    return command->p1 > 3 ? SW_WRONG_P1P2 : SW_WRONG_LENGTH;

  if (!card->verified[CPS_PUK])
    return SW_SECURITY;
  if (new_pin != NULL && !is_code (CPS_PIN, new_pin))
    return SW_WRONG_DATA;
  if (new_pin != NULL)
    memcpy (card->state.codes[CPS_PIN].value, new_pin, CPS_CODE_LEN);
  card->state.codes[CPS_PIN].tries = CPS_TRIES;
  card->verified[CPS_PIN] = false;
  save (card);
  return SW_OK;
}

unsigned
iasecc_get_challenge (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  (void) card;
  uint8_t random[256];

  if (command->lc > 0 || command->le == 0)
    return SW_WRONG_LENGTH;
  if (RAND_bytes (random, (int) command->le) != 1)
    return SW_CONDITIONS;
  bytes_add (out, random, command->le);
  return SW_OK;
}

/* ---- GET DATA: security data objects ---- */

enum
{
  CLASS_CODE = 0x01,
  CLASS_KEY = 0x10,
  CLASS_ENVIRONMENT = 0x7B
};

/* Parameters (DOCP), as opposed to the value. */
static bool
wants_parameters (const IaseccCommand *command)
{
  return command->lc > 8 && command->data[8] == 0xA0;
}

static unsigned
describe_code (const Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  CpsCodeId id;
  if (card->folder != &card->content.mf || !find_code (command->data[6], &id))
    return SW_NO_REFERENCE;
  if (!wants_parameters (command))
    {
      bytes_add_hex (out, id == CPS_PIN ? "7F4106800108810104" : "7F4106800108810108");
      return SW_OK;
    }
  size_t parameters = bytes_open (out, 0xA0);
  bytes_add_hex (out, "9A01");
  bytes_add_u8 (out, CPS_TRIES);
  bytes_add_hex (out, "9B01");
  bytes_add_u8 (out, card->state.codes[id].tries);
  bytes_add_hex (out, id == CPS_PIN ? "A1088C06F3000013FF00" : "A1088C06F30000FFFF00");
  bytes_close (out, parameters);
  return SW_OK;
}

static unsigned
describe_key (const Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  unsigned reference = command->data[6];
  if (card->folder != &card->content.application || reference < 1 || reference > 2)
    return SW_NO_REFERENCE;
  if (!wants_parameters (command))
    return SW_WRONG_DATA; /* so do real cards: nothing of a private key is given */
  bytes_add_hex (out, reference == 1 ? "A00F A1068C044311FF00 80020100 9E0101"
                                     : "A010 A1078C05331111FF00 80020100 9E0100");
  return SW_OK;
}

static unsigned
describe_environment (const Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  unsigned reference = command->data[6];
  if (card->folder != &card->content.mf || (reference != 1 && reference != 3))
    return SW_NO_REFERENCE;
  bytes_add_hex (out, reference == 1 ? "7B08A406950108830101" : "7B08A406950108830102");
  return SW_OK;
}

/* The request is 4D len 70 len BF class reference len tags; the answer repeats the three bytes
 * from BF on. */
unsigned
iasecc_get_data (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  const uint8_t *data = command->data;

  if (command->p1 != 0x3F || command->p2 != 0xFF || command->lc < 8 || data[0] != 0x4D ||
      data[2] != 0x70 || data[4] != 0xBF)
    return SW_WRONG_DATA;

  size_t whole = bytes_open (out, 0x70);
  bytes_add (out, data + 4, 2);
  size_t object = bytes_open (out, data[6]);
  unsigned status = SW_NO_REFERENCE;
  switch (data[5] & 0x7F)
    {
    case CLASS_CODE:
      status = describe_code (card, command, out);
      break;
    case CLASS_KEY:
      status = describe_key (card, command, out);
      break;
    case CLASS_ENVIRONMENT:
      status = describe_environment (card, command, out);
      break;
    default:
      break;
    }
  bytes_close (out, object);
  bytes_close (out, whole);
  if (status != SW_OK)
    bytes_clear (out);
  return status;
}
