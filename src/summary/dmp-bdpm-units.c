#include "config.h"

#include "dmp-bdpm.h"

#include "model/dmp-text.h"

#include <string.h>

/* How many units a pack holds, from its label in the public medicines database: "3 plaquette(s)
 * thermoformée(s) PVC-Aluminium de 30 comprimé(s)". A bar of the timeline stands on it, so that a
 * label which says more than this shape gives no number at all. */

/* No pack for a patient holds more; more is an error of the label. */
#define MAX_UNITS 5000

/* A whole number at @p that a space follows; @len: (out): its digits. 0: none */
static guint
read_count (const char *p, gsize *len)
{
  *len = strspn (p, "0123456789");
  return *len > 0 && *len < 6 && p[*len] == ' ' ? (guint) g_ascii_strtoull (p, NULL, 10) : 0;
}

/* The first " de " before a number, in @text. */
static const char *
find_content (const char *text)
{
  const char *p = text;

  while ((p = strstr (p, " de ")) != NULL && !g_ascii_isdigit (p[4]))
    p++;
  return p ? p + 4 : NULL;
}

static gboolean
has_digit (const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (g_ascii_isdigit (text[i]))
      return TRUE;
  return FALSE;
}

/* What is taken one by one. */
static gboolean
begins_with_unit (const char *text)
{
  static const char *const counted[] = { "comprime", "gelule",       "capsule",
                                         "sachet",   "suppositoire", "pastille",
                                         "ampoule",  "lyophilisat",  NULL };

  for (guint i = 0; counted[i]; i++)
    if (g_str_has_prefix (text, counted[i]))
      return TRUE;
  return FALSE;
}

/* "1,8 g", "15 ml" and nothing behind: what one sachet holds. */
static gboolean
is_amount (const char *text)
{
  static const char *const units[] = { "g", "mg", "ml", NULL };

  text += strspn (text, "0123456789,.");
  return *text == ' ' && g_strv_contains (units, text + 1);
}

/* The number of units at @p, if nothing behind them counts again ("et 4 comprimés blancs"). */
static guint
read_units (const char *p)
{
  gsize len = 0;
  guint count = read_count (p, &len);

  p += len;
  p += strspn (p, " ");
  return count > 0 && begins_with_unit (p) && !has_digit (p, strlen (p)) ? count : 0;
}

guint
dmp_bdpm_read_units (const char *label)
{
  g_autofree char *folded = dmp_text_fold (label);
  char *withdrawn = strstr (folded, " ( abrogee");
  const char *content;
  gsize len = 0;
  guint64 times, total;

  if (strstr (label, " - ") || strchr (folded, '+')) /* two things in one box */
    return 0;
  if (withdrawn)
    *withdrawn = '\0';
  content = find_content (folded);
  times = content ? read_count (folded, &len) : 1;
  if (content &&
      ((len > 0 && times == 0) || has_digit (folded + len, (gsize) (content - folded) - len)))
    return 0;
  if (content && g_str_has_prefix (folded + len, " sachet") && is_amount (content))
    total = times;
  else
    total = read_units (content ? content : folded) * MAX (times, 1);
  return total <= MAX_UNITS ? (guint) total : 0;
}
