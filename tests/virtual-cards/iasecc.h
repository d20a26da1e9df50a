#pragma once
/* The commands of an IAS-ECC 1.0.1 card as far as a CPS3 uses them, over T=0.
 *
 * iasecc.c takes commands apart and fetches answers (61xx, 6Cxx, GET RESPONSE, chaining);
 * iasecc-files.c selects, reads and writes; iasecc-access.c knows the codes and the data objects
 * that describe security; iasecc-crypto.c has the keys. */

#include "cps-content.h"
#include "cps-state.h"

#include <stdbool.h>

/* Status words. */
enum
{
  SW_OK = 0x9000,
  SW_MORE = 0x6100,
  SW_TRIES = 0x63C0,
  SW_WRONG_LENGTH = 0x6700,
  SW_SECURITY = 0x6982,
  SW_BLOCKED = 0x6983,
  SW_CONDITIONS = 0x6985,
  SW_NO_FILE = 0x6986,
  SW_WRONG_DATA = 0x6A80,
  SW_NOT_FOUND = 0x6A82,
  SW_WRONG_P1P2 = 0x6A86,
  SW_NO_REFERENCE = 0x6A88,
  SW_WRONG_OFFSET = 0x6B00,
  SW_EXACT_LENGTH = 0x6C00,
  SW_NO_INSTRUCTION = 0x6D00,
  SW_NO_CLASS = 0x6E00
};

typedef struct
{
  unsigned cla, ins, p1, p2;
  const uint8_t *data;
  size_t lc;
  unsigned le; /* 1…256, 0 when the command expects nothing */
} IaseccCommand;

/* What MANAGE SECURITY ENVIRONMENT set for one kind of operation. */
typedef struct
{
  unsigned algorithm; /* tag 80 */
  unsigned key;       /* tag 84, 0 when nothing was set */
} IaseccEnvironment;

typedef enum
{
  IASECC_AUTHENTICATE, /* A4 */
  IASECC_SIGN,         /* B6 */
  IASECC_DECIPHER,     /* B8 */
  IASECC_HASH,         /* AA */
  IASECC_N_ENVIRONMENTS
} IaseccOperation;

typedef struct
{
  CpsContent content;
  CpsState state;
  double rsa_ms;     /* time an operation of a key takes */
  bool last_is_63c0; /* answer of the wrong try that blocks: 63C0 rather than 6983 */

  /* Volatile from here on. */
  CpsFolder *folder;
  CpsFile *file;
  bool verified[CPS_N_CODES];
  IaseccEnvironment environments[IASECC_N_ENVIRONMENTS];
  uint8_t hash[32];
  size_t hash_len;
  Bytes chain;   /* data of the commands chained so far */
  Bytes pending; /* answer not yet fetched */
} Iasecc;

/* Answers one command: appends data and status word to ANSWER. */
void iasecc_command (void *self, const uint8_t *command, size_t len, Bytes *answer);

/* Power lost: MF selected, nothing verified. */
void iasecc_reset (void *self);

/* How much of a command shows no secret: all, or only the header of VERIFY and the like. */
size_t iasecc_loggable (const uint8_t *command, size_t len);

void iasecc_clear (Iasecc *card);

/* One function an instruction: appends data to OUT and returns the status word. */
unsigned iasecc_select (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_read_binary (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_update_binary (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_get_data (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_verify (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_change_reference (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_reset_retry (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_manage_environment (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_internal_authenticate (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_perform_operation (Iasecc *card, const IaseccCommand *command, Bytes *out);
unsigned iasecc_get_challenge (Iasecc *card, const IaseccCommand *command, Bytes *out);
