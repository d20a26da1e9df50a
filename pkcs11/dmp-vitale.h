#pragma once

#include "dmp-card-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One person of a Vitale card. UTF-8, as the card writes it; NULL when absent. Children may bear
 * the number of the insured: show the birth date, let the person choose. Reading a card does not
 * qualify an INS (that is the INSi service's job). */
typedef struct
{
  char *family;
  char *given;
  char *birth_date; /* yyyyMMdd as on the card: month or day may be 00 or above 12 */
  char *nir;        /* 15 characters: 13, then the key; NULL unless the key is right */
} DmpVitaleBeneficiary;

/* Reads the beneficiaries of the Vitale card in @reader over PC/SC (8 APDUs), never through a
 * PKCS#11 module. Blocks; any thread, for it keeps no state. Never log what it returns.
 * Returns: (transfer full) (element-type DmpVitaleBeneficiary): at least one, in the card's order
 * Errors: NO_SERVICE, NO_READER, NO_CARD, WRONG_CARD, REMOVED, READ, BUSY, CANCELLED */
GPtrArray *dmp_vitale_read (const char *reader, GCancellable *cancellable, GError **error);

/* Returns: the key of the 13 characters at @nir (Corsica: 2A, 2B), 1 to 97; 0 when they are no NIR.
 * Source: 97 − (number mod 97), with 2A → 19 and 2B → 18 */
guint dmp_vitale_nir_key (const char *nir);

G_END_DECLS
