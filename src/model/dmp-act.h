#pragma once

#include "dmp-code.h"

G_BEGIN_DECLS

/* What an act is, as far as its code tells. A CCAM code tells by its letters: the third is what is
 * done, the fourth by what means (CCAM, "Règles de construction des codes"). The insurer's tables
 * of biology (NABM) and of visits (NGAP) are kinds of their own. */
typedef enum
{
  DMP_ACT_OTHER,       /* operations and care; whatever has no such code */
  DMP_ACT_IMPLANT,     /* CCAM K, L: something is put in, or replaced */
  DMP_ACT_EXAMINATION, /* CCAM Q: looks at the patient, by whatever means: endoscopy, tracing */
  DMP_ACT_IMAGING,     /* CCAM Q by X-rays, scanner, ultrasound, magnetic resonance, isotopes */
  DMP_ACT_LABORATORY,  /* NABM */
  DMP_ACT_VISIT        /* NGAP: visits, and care counted by the sitting */
} DmpActKind;

/* @code: (nullable) */
DmpActKind dmp_act_kind_of (DmpCode *code);

/* Nothing was done to the patient: imaging and biology are examinations too. */
gboolean dmp_act_kind_is_examination (DmpActKind kind);

G_END_DECLS
