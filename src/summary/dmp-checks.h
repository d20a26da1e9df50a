#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may be switched off by the settings. */
typedef enum
{
  DMP_CHECK_ALLERGIES = 1 << 0,    /* A1 */
  DMP_CHECK_INTERACTIONS = 1 << 1, /* T6: off unless it is asked for */
  DMP_CHECK_MONITORING = 1 << 2    /* L6, V3: what is not there */
} DmpChecks;

#define DMP_CHECKS_DEFAULT (DMP_CHECK_ALLERGIES | DMP_CHECK_MONITORING)

/* "Allergies et médicaments : rapprochés. Interactions : non recherchées (réglage)." Returns:
 * (transfer full) */
char *dmp_checks_dup_sentence (DmpChecks checks);

G_END_DECLS
