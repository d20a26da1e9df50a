#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* C4 beyond doses: number, unit, flag, day and name as the narrative row has them, against the
 * entry. Each is compared only when both sides are wholly understood. */

/* --- Numbers
 * ------------------------------------------------------------------------------------------ */

/* "4,1" or "4,1 mmol/L". @rest: (out) (nullable): what follows the number. */
static gboolean
read_number (const char *cell, double *value, guint *decimals, const char **rest)
{
  g_autofree char *digits = NULL;
  gsize len = strspn (cell, "0123456789");
  gsize all = len;

  if (len == 0)
    return FALSE;
  if ((cell[len] == ',' || cell[len] == '.') && g_ascii_isdigit (cell[len + 1]))
    all = len + 1 + strspn (cell + len + 1, "0123456789");
  if (cell[all] != '\0' && cell[all] != ' ')
    return FALSE;
  digits = g_strndup (cell, all);
  g_strdelimit (digits, ",", '.');
  *value = g_ascii_strtod (digits, NULL);
  *decimals = all > len ? (guint) (all - len - 1) : 0;
  *rest = cell[all] ? cell + all + 1 : NULL;
  return *rest == NULL || !g_ascii_isdigit (**rest); /* "1 200" is understood by nobody */
}

/* A narrative may print fewer digits than the entry holds. */
static gboolean
same_number (double written, guint decimals, const char *number)
{
  char *end = NULL;
  double coded = g_ascii_strtod (number, &end);

  return end == number || *end != '\0' ||
         fabs (written - coded) <= 0.5000001 * pow (10, -(double) decimals);
}

/* --- Units
 * ------------------------------------------------------------------------------------------ */

/* Units by what they are; the same rank is the same unit under two names. */
static int
unit_rank (const char *unit)
{
  static const char *const units[][4] = {
    { "mmol/l" },
    { "µmol/l", "umol/l" },
    { "nmol/l" },
    { "pmol/l" },
    { "g/l", "mg/ml" },
    { "mg/l", "µg/ml", "ug/ml" },
    { "µg/l", "ug/l", "ng/ml" },
    { "ng/l", "pg/ml" },
    { "g/dl" },
    { "mg/dl" },
    { "g/24h" },
    { "mg/24h" },
    { "mg/g" },
    { "mg/mmol" },
    { "g/mol" },
  };
  g_autofree char *normal = g_utf8_normalize (unit, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = normal ? g_utf8_strdown (normal, -1) : g_strdup ("");
  g_autoptr (GString) bare = g_string_new (lower);

  g_string_replace (bare, "μ", "µ", 0);
  g_string_replace (bare, " ", "", 0);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    for (guint k = 0; k < G_N_ELEMENTS (units[i]) && units[i][k]; k++)
      if (strcmp (bare->str, units[i][k]) == 0)
        return (int) i;
  return -1;
}

static gboolean
units_differ (const char *written, const char *coded)
{
  int first = written ? unit_rank (written) : -1;
  int second = coded ? unit_rank (coded) : -1;

  return first >= 0 && second >= 0 && first != second;
}

/* Whether numbers in these units may be compared: no unit is printed, or the same one. */
static gboolean
units_agree (const char *written, const DmpFactValue *value)
{
  const char *coded = value->unit ? value->unit : "";
  int rank = written ? unit_rank (written) : -1;

  if (written == NULL || *written == '\0')
    return TRUE;
  if (rank >= 0 && rank == unit_rank (coded))
    return TRUE;
  return dmp_text_same (written, coded) || dmp_text_same (written, dmp_fact_value_get_unit (value));
}

/* --- Flags and days
 * ------------------------------------------------------------------------------------------ */

/* Low, normal or high; 0 when it is none of these letters. */
static char
side_of_flag (const char *flag)
{
  static const char *const flags[] = { "L", "LL", "N", "H", "HH", NULL };

  return flag && g_strv_contains (flags, flag) ? *flag : 0;
}

static gboolean
flags_differ (const char *written, const char *coded)
{
  char first = side_of_flag (written), second = side_of_flag (coded);

  return first && second && first != second;
}

/* "12/03/2019", "03/2019" or "2019" as digits, year first. Returns: (transfer full) (nullable) */
static char *
dup_day (const char *cell)
{
  g_auto (GStrv) parts = g_strsplit (cell, "/", -1);
  guint n = g_strv_length (parts);

  if (n == 0 || n > 3 || strlen (parts[n - 1]) != 4)
    return NULL;
  for (guint i = 0; i < n; i++)
    if (strspn (parts[i], "0123456789") != strlen (parts[i]) ||
        (i + 1 < n && strlen (parts[i]) != 2))
      return NULL;
  return g_strconcat (parts[n - 1], n > 1 ? parts[n - 2] : "", n > 2 ? parts[0] : "", NULL);
}

static gboolean
days_differ (const char *written, const char *coded)
{
  g_autofree char *day = written ? dup_day (written) : NULL;

  return day && coded && strncmp (day, coded, MIN (strlen (day), strlen (coded))) != 0;
}

/* --- The checks
 * ------------------------------------------------------------------------------------------ */

void
dmp_summary_add_mismatch (DmpSummaryBuild *build,
                          DmpBlockId block,
                          const DmpSummaryItem *item,
                          const char *written,
                          const char *coded)
{
  g_autofree char *day = dmp_summary_dup_day (item->input->day);
  DmpSummaryFlag *flag = dmp_summary_flag_new (
      "C4", DMP_SEVERITY_AMBER, _ ("Texte ≠ donnée codée"),
      g_strdup_printf (_ ("%s : texte « %s » ≠ codé « %s » (%s, %s)"), item->fact->text, written,
                       coded, item->input->title ? item->input->title : "", day));

  dmp_summary_flag_add_concerned (build, flag, block, item);
  dmp_summary_add_flag (build, flag);
}

static char *
dup_value (const char *number, const char *unit)
{
  g_autofree char *shown = dmp_fact_value_dup_number (number);

  return unit && *unit ? g_strdup_printf ("%s %s", shown, unit) : g_steal_pointer (&shown);
}

static void
check_result (DmpSummaryBuild *build, const DmpSummaryItem *item)
{
  const DmpFactWritten *written = item->fact->written;
  const DmpFactValue *value = item->fact->value;
  const char *rest = NULL;
  double number;
  guint decimals;
  const char *unit;

  if (written == NULL || value == NULL)
    return;
  if (flags_differ (written->flag, value->flag))
    dmp_summary_add_mismatch (build, DMP_BLOCK_RESULT, item, written->flag, value->flag);
  if (written->value == NULL || value->number == NULL ||
      !read_number (written->value, &number, &decimals, &rest))
    return;
  unit = written->unit && *written->unit ? written->unit : rest;
  if (units_differ (unit, value->unit) ||
      (units_agree (unit, value) && !same_number (number, decimals, value->number)))
    {
      g_autofree char *told =
          g_strdup_printf ("%s %s", written->value, written->unit ? written->unit : "");
      g_autofree char *coded = dup_value (value->number, dmp_fact_value_get_unit (value));

      g_strchomp (told);
      dmp_summary_add_mismatch (build, DMP_BLOCK_RESULT, item, told, coded);
    }
}

static void
check_problem (DmpSummaryBuild *build, const DmpSummaryItem *item, DmpBlockId block)
{
  const DmpFactWritten *written = item->fact->written;
  g_autofree char *day = NULL;

  if (written == NULL || !days_differ (written->since, item->fact->date))
    return;
  day = dmp_summary_dup_day (item->fact->date);
  dmp_summary_add_mismatch (build, block, item, written->since, day);
}

static void
check_name (DmpSummaryBuild *build, const DmpSummaryItem *item)
{
  const char *other = dmp_medicine_get_other_name (item->fact);

  if (other)
    dmp_summary_add_mismatch (build, DMP_BLOCK_TREATMENT, item, item->fact->text, other);
}

void
dmp_summary_check_written (DmpSummaryBuild *build)
{
  for (guint i = 0; i < build->items[DMP_FACT_RESULT]->len; i++)
    check_result (build, g_ptr_array_index (build->items[DMP_FACT_RESULT], i));
  for (guint i = 0; i < build->items[DMP_FACT_PROBLEM]->len; i++)
    check_problem (build, g_ptr_array_index (build->items[DMP_FACT_PROBLEM], i), DMP_BLOCK_PROBLEM);
  for (guint i = 0; i < build->items[DMP_FACT_HISTORY]->len; i++)
    check_problem (build, g_ptr_array_index (build->items[DMP_FACT_HISTORY], i), DMP_BLOCK_HISTORY);
  for (guint i = 0; i < build->items[DMP_FACT_TREATMENT]->len; i++)
    check_name (build, g_ptr_array_index (build->items[DMP_FACT_TREATMENT], i));
}
