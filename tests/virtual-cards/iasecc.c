#include "config.h"

#include "iasecc.h"

#include <string.h>

#define CHAIN_MAX 4096

enum
{
  INS_VERIFY = 0x20,
  INS_MANAGE_ENVIRONMENT = 0x22,
  INS_CHANGE_REFERENCE = 0x24,
  INS_PERFORM_OPERATION = 0x2A,
  INS_RESET_RETRY = 0x2C,
  INS_GET_CHALLENGE = 0x84,
  INS_INTERNAL_AUTHENTICATE = 0x88,
  INS_SELECT = 0xA4,
  INS_READ_BINARY = 0xB0,
  INS_GET_RESPONSE = 0xC0,
  INS_GET_DATA = 0xCB,
  INS_UPDATE_BINARY = 0xD6
};

typedef unsigned (*Instruction) (Iasecc *card, const IaseccCommand *command, Bytes *out);

static const struct
{
  unsigned ins;
  Instruction run;
} instructions[] = {
  { INS_VERIFY, iasecc_verify },
  { INS_MANAGE_ENVIRONMENT, iasecc_manage_environment },
  { INS_CHANGE_REFERENCE, iasecc_change_reference },
  { INS_PERFORM_OPERATION, iasecc_perform_operation },
  { INS_RESET_RETRY, iasecc_reset_retry },
  { INS_GET_CHALLENGE, iasecc_get_challenge },
  { INS_INTERNAL_AUTHENTICATE, iasecc_internal_authenticate },
  { INS_SELECT, iasecc_select },
  { INS_READ_BINARY, iasecc_read_binary },
  { INS_GET_DATA, iasecc_get_data },
  { INS_UPDATE_BINARY, iasecc_update_binary },
};

void
iasecc_reset (void *self)
{
  Iasecc *card = self;

  card->folder = &card->content.mf;
  card->file = NULL;
  memset (card->verified, 0, sizeof card->verified);
  memset (card->environments, 0, sizeof card->environments);
  card->hash_len = 0;
  bytes_clear (&card->chain);
  bytes_clear (&card->pending);
}

void
iasecc_clear (Iasecc *card)
{
  iasecc_reset (card);
  cps_content_clear (&card->content);
  cps_state_clear (&card->state);
}

size_t
iasecc_loggable (const uint8_t *command, size_t len)
{
  if (len <= 5)
    return len;
  switch (command[1])
    {
    case INS_VERIFY:
    case INS_CHANGE_REFERENCE:
    case INS_RESET_RETRY:
      return 5;
    default:
      return len;
    }
}

/* Short APDUs only: T=0 knows no others. */
static bool
take_apart (const uint8_t *bytes, size_t len, IaseccCommand *command)
{
  if (len < 4)
    return false;
  *command = (IaseccCommand){ .cla = bytes[0], .ins = bytes[1], .p1 = bytes[2], .p2 = bytes[3] };
  if (len == 4)
    return true;
  if (len == 5)
    {
      command->le = bytes[4] != 0 ? bytes[4] : 256;
      return true;
    }
  command->lc = bytes[4];
  command->data = bytes + 5;
  if (command->lc == 0 || len < 5 + command->lc || len > 6 + command->lc)
    return false;
  if (len == 6 + command->lc)
    command->le = bytes[len - 1] != 0 ? bytes[len - 1] : 256;
  return true;
}

static unsigned
more_pending (const Iasecc *card)
{
  if (card->pending.len == 0)
    return SW_OK;
  return SW_MORE | (card->pending.len < 256 ? (unsigned) card->pending.len : 0);
}

static unsigned
get_response (Iasecc *card, unsigned le, Bytes *out)
{
  if (card->pending.len == 0)
    return SW_CONDITIONS;
  if (le > card->pending.len && le != 256)
    return SW_EXACT_LENGTH | (unsigned) card->pending.len;

  size_t n = le < card->pending.len ? le : card->pending.len;
  bytes_add (out, card->pending.data, n);
  bytes_drop (&card->pending, n);
  return more_pending (card);
}

static bool
chain_command (Iasecc *card, IaseccCommand *command)
{
  if (card->chain.len + command->lc > CHAIN_MAX)
    return false;
  bytes_add (&card->chain, command->data, command->lc);
  command->data = card->chain.data;
  command->lc = card->chain.len;
  return true;
}

static unsigned
run_instruction (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  for (size_t i = 0; i < sizeof instructions / sizeof instructions[0]; i++)
    if (instructions[i].ins == command->ins)
      return instructions[i].run (card, command, out);
  return SW_NO_INSTRUCTION;
}

/* Under T=0 a command that carried data cannot bring data back: it says 61xx and the terminal
 * asks with GET RESPONSE. */
static unsigned
hold_back (Iasecc *card, Bytes *answer)
{
  bytes_clear (&card->pending);
  card->pending = *answer;
  *answer = (Bytes){ 0 };
  return more_pending (card);
}

static unsigned
answer_command (Iasecc *card, IaseccCommand *command, Bytes *answer)
{
  if ((command->cla & 0xEF) != 0)
    return SW_NO_CLASS;
  if (command->ins == INS_GET_RESPONSE)
    return get_response (card, command->le, answer);

  bytes_clear (&card->pending);
  if ((command->cla & 0x10) != 0)
    return chain_command (card, command) ? SW_OK : SW_WRONG_LENGTH;
  if (card->chain.len > 0 && !chain_command (card, command))
    return SW_WRONG_LENGTH;

  unsigned status = run_instruction (card, command, answer);
  bytes_clear (&card->chain);
  if (status == SW_OK && answer->len > 0 && command->lc > 0)
    status = hold_back (card, answer);
  return status;
}

void
iasecc_command (void *self, const uint8_t *bytes, size_t len, Bytes *answer)
{
  Iasecc *card = self;
  IaseccCommand command;
  unsigned status = SW_WRONG_LENGTH;

  if (take_apart (bytes, len, &command))
    status = answer_command (card, &command, answer);
  bytes_add_u16 (answer, status);
}
