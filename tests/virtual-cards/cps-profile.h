#pragma once
/* Who holds a card: the file "profile" that make-pki writes beside the keys of each card. */

#include "bytes.h"

#include <stdbool.h>

#define CPS_SITUATIONS_MAX 16 /* CPS_ACTIVITY_01_PS … CPS_ACTIVITY_16_PS */

typedef struct
{
  const char *name;      /* of the structure */
  const char *structure; /* Struct_IdNat */
  const char *sector;    /* SAxx */
} CpsSituation;

typedef struct
{
  Bytes text;              /* owned; the other fields point into it */
  const char *kind;        /* CPS, CPE */
  const char *serial;      /* 8 digits */
  const char *national_id; /* CN of the certificates */
  const char *family;
  const char *given;
  const char *title;      /* Médecin… */
  const char *profession; /* G15, empty for a CPE */
  const char *speciality; /* R01, may be empty */
  CpsSituation situations[CPS_SITUATIONS_MAX];
  size_t n_situations;
} CpsProfile;

/* Reads FOLDER/profile: lines "key=value", situations as "situation=name|id|sector". Says on
 * stderr what is wrong and returns false if the file cannot be used. PROFILE must be zeroed. */
bool cps_profile_load (CpsProfile *profile, const char *folder);

void cps_profile_clear (CpsProfile *profile);
