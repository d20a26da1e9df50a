#pragma once
/* A Carte Vitale 2: the public part that readers of the field rely on, nothing secret. */

#include "bytes.h"

#include <stdbool.h>

#define VITALE_FILES 6

typedef struct
{
  unsigned folder; /* 0 MF, 1 VITALE */
  unsigned id;
  unsigned short_id;
  Bytes data;
} VitaleFile;

typedef struct
{
  VitaleFile files[VITALE_FILES];

  /* Volatile from here on. */
  unsigned folder;
  const VitaleFile *file;
  Bytes pending;
} Vitale;

extern const uint8_t vitale_atr[10];

/* Fills the card with the people of a file: lines "family TAB given TAB yyyy-mm-dd TAB number of
 * 13 characters", # starts a remark; the key of the number is computed. Names are kept as a card
 * does, in Latin-1. Says on stderr what is wrong and returns false if the file cannot be used. */
bool vitale_load (Vitale *vitale, const char *path);

/* The two digits that end a national number: 97 − number mod 97, with 2A = 19 and 2B = 18.
 * Returns 0 if NUMBER is not 13 such characters. */
unsigned vitale_key (const char *number);

void vitale_clear (Vitale *vitale);

void vitale_reset (void *self);
void vitale_command (void *self, const uint8_t *command, size_t len, Bytes *answer);
