#pragma once
/* What a card remembers without power and may change: PIN, PUK, tries left, CPS_DATA. */

#include "bytes.h"

#include <stdbool.h>

#define CPS_TRIES 3
#define CPS_CODE_LEN 8 /* as stored, padded with FF */

typedef enum
{
  CPS_PIN, /* reference 01 */
  CPS_PUK, /* reference 02 */
  CPS_N_CODES
} CpsCodeId;

typedef struct
{
  uint8_t value[CPS_CODE_LEN];
  unsigned tries;
} CpsCode;

typedef struct
{
  CpsCode codes[CPS_N_CODES];
  char *path; /* where it is kept, NULL for nowhere */
} CpsState;

/* Sets a code from digits, with all its tries. False if there are too many digits. */
bool cps_code_set (CpsCode *code, const char *digits);

/* Reads the state kept at PATH; in a folder, the file is named after SERIAL. Where nothing is
 * kept yet STATE and DATA stay as they are. Says on stderr what is wrong and returns false if the
 * file is damaged. */
bool cps_state_load (CpsState *state, Bytes *data, const char *path, const char *serial);

/* Writes the state where it was looked for, at once and whole (0600). */
void cps_state_save (const CpsState *state, const Bytes *data);

void cps_state_clear (CpsState *state);
