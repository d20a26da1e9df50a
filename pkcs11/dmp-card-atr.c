#include "config.h"

#include "dmp-card-watch.h"

#include <string.h>

/* Sources: OpenSC's iasecc driver for the CPS3 (its mask), the official library v5.2 for the CPS4
 * and the contactless face, the list of pcsc-tools for the Vitale. A dot is a digit that varies. */
static const struct
{
  DmpCardKind kind;
  const char *atr;
} rows[] = {
  { DMP_CARD_KIND_CPS, "3B........001225006480......009000" },                   /* CPS3 */
  { DMP_CARD_KIND_CPS, "3B9B188001001225006480040100009044" },                   /* CPS4 */
  { DMP_CARD_KIND_CPS, "3B9B188001001225006480000401009044" },                   /* CPS4 */
  { DMP_CARD_KIND_CPS, "3BDC18FF00001225006480000401009000" },                   /* CPS4, T=0 */
  { DMP_CARD_KIND_CPS_CONTACTLESS, "3B8F80010031B86404B0ECC1739401808290000E" }, /* CPS3 */
  { DMP_CARD_KIND_VITALE, "3B751300004.09.A9000" },                              /* Vitale 2 */
  { DMP_CARD_KIND_VITALE, "3F652500..09..9000" },                                /* Vitale 1 */
};

static gboolean
matches (const char *pattern, const guint8 *atr, gsize len)
{
  static const char digits[] = "0123456789ABCDEF";

  if (strlen (pattern) != 2 * len)
    return FALSE;

  for (gsize i = 0; i < 2 * len; i++)
    {
      guint8 nibble = (i & 1) == 0 ? atr[i / 2] >> 4 : atr[i / 2] & 0xf;

      if (pattern[i] != '.' && pattern[i] != digits[nibble])
        return FALSE;
    }
  return TRUE;
}

DmpCardKind
dmp_card_kind_from_atr (const guint8 *atr, gsize len)
{
  if (atr == NULL || len == 0)
    return DMP_CARD_KIND_MUTE;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (matches (rows[i].atr, atr, len))
      return rows[i].kind;
  return DMP_CARD_KIND_UNKNOWN;
}
