#pragma once
/* What is written on a CPS3: its files, as an IAS-ECC card arranges them, and its two keys. */

#include "bytes.h"
#include "cps-profile.h"

#include <openssl/evp.h>
#include <stdbool.h>

#define CPS_FILES_MAX 36

typedef enum
{
  CPS_READ_FREE,   /* anyone reads, the issuer writes */
  CPS_READ_ALWAYS, /* anyone reads, nobody writes (serial number) */
  CPS_READ_PIN,    /* the holder reads */
  CPS_UPDATE_PIN,  /* anyone reads, the holder writes (CPS_DATA) */
  CPS_N_ACCESS_RULES
} CpsAccess;

typedef struct
{
  unsigned id;
  unsigned short_id; /* SFI, 0 for none */
  CpsAccess access;
  Bytes data;
} CpsFile;

typedef struct
{
  unsigned id;
  Bytes name; /* DF name (AID) */
  CpsFile files[CPS_FILES_MAX];
  size_t n_files;
} CpsFolder;

typedef struct
{
  CpsFolder mf;
  CpsFolder application;
  CpsFile *data; /* CPS_DATA, the file the holder may write */
  EVP_PKEY *sign_key;
  EVP_PKEY *auth_key;
  char serial[9];
} CpsContent;

/* Answer to reset of a CPS3 on contacts, T=0. */
extern const uint8_t cps_atr[17];

/* Builds the card of FOLDER: profile, auth.key, auth.der, sign.key, sign.der. Says on stderr what
 * is wrong and returns false if it cannot. CONTENT must be zeroed. */
bool cps_content_load (CpsContent *content, const char *folder);

void cps_content_clear (CpsContent *content);

/* The file of this id or short id, NULL if there is none. */
CpsFile *cps_folder_find (CpsFolder *folder, unsigned id);
CpsFile *cps_folder_find_short (CpsFolder *folder, unsigned short_id);

/* Appends the file control parameters SELECT answers with. */
void cps_file_control (const CpsFile *file, Bytes *out);
void cps_folder_control (const CpsFolder *folder, Bytes *out);
