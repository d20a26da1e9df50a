#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"
#include "model/dmp-oid.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What the latest results say beside the ones before, and what is not there: L5 to L8. Nothing is
 * called normal or not: the flags are the laboratory's. */

/* L7: two laboratories within so many days. */
#define REPEAT_DAYS 7
#define REPEAT_SHOWN_DAYS 90

/* L8: how old a critical value may be. */
#define CRITICAL_DAYS 30

/* As the report gave it; "" when it gave none. */
static const char *
get_flag (const DmpSummaryItem *item)
{
  const char *flag = item->fact->value ? item->fact->value->flag : NULL;

  return flag ? flag : "";
}

/* --- L5 -------------------------------------------------------------------------------------- */

/* The change in % that counts for the test; 0 when the table has none. */
static double
find_threshold (const DmpFact *fact)
{
  DmpCode *loinc = dmp_fact_get_key (fact, DMP_OID_LOINC);

  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_CHANGES].rows;
       loinc && row->cells[0]; row++)
    if (dmp_summary_cell_holds (row->cells[0], dmp_code_get_code (loinc)))
      return g_ascii_strtod (row->cells[2], NULL);
  return 0;
}

static char *
dup_change (const DmpSummaryItem *last, const DmpSummaryItem *before)
{
  double threshold = find_threshold (last->fact);
  double now, then, percent = 0;
  gboolean flagged =
      *get_flag (last) && *get_flag (before) && strcmp (get_flag (last), get_flag (before)) != 0;
  g_autofree char *by = NULL, *from = NULL;

  if (threshold > 0 && dmp_summary_read_number (last->fact, &now) &&
      dmp_summary_read_number (before->fact, &then) && then > 0)
    percent = 100 * (now - then) / then;
  if (threshold > 0 && fabs (percent) > threshold)
    by = g_strdup_printf (_ ("%+.0f %% (seuil %.0f %%)"), percent, threshold);
  if (flagged)
    from = g_strdup_printf (_ ("repère %s → %s"), get_flag (before), get_flag (last));
  if (by && from)
    return g_strconcat (by, ", ", from, NULL);
  return by ? g_steal_pointer (&by) : g_steal_pointer (&from);
}

static char *
dup_value (const DmpSummaryItem *item)
{
  const DmpFactValue *value = item->fact->value;
  g_autofree char *number = value ? dmp_fact_value_dup_number (value->number) : NULL;
  g_autofree char *day = dmp_summary_dup_day (dmp_summary_item_own_day (item));

  if (number == NULL)
    return g_strdup_printf ("%s (%s)", value && value->text ? dmp_fact_value_get_text (value) : "?",
                            day);
  return g_strdup_printf ("%s %s (%s)", number, dmp_fact_value_get_unit (value), day);
}

/* --- L7 -------------------------------------------------------------------------------------- */

static void
note_repeat (const DmpSummaryBuild *build,
             DmpSummaryLine *line,
             const DmpSummaryItem *last,
             const DmpSummaryItem *before)
{
  const char *first_day = dmp_summary_item_own_day (before);
  const char *last_day = dmp_summary_item_own_day (last);
  gboolean ok = FALSE;
  gint64 days = first_day && last_day ? dmp_date_days_between (first_day, last_day, &ok) : -1;
  gint64 age = dmp_summary_age_days (build, last_day);
  g_autofree char *day = NULL, *note = NULL;

  if (!ok || days < 0 || days > REPEAT_DAYS || age < 0 || age > REPEAT_SHOWN_DAYS ||
      g_strcmp0 (last->input->author, before->input->author) == 0 ||
      dmp_date_compare (first_day, last_day) == 0)
    return;
  day = dmp_summary_dup_day (first_day);
  note = g_strdup_printf (_ ("déjà fait le %s (%s)"), day,
                          before->input->author ? before->input->author : "?");
  dmp_summary_line_add_note (line, note);
  dmp_summary_line_take_why (
      line, "L7", g_strdup_printf (_ ("deux laboratoires à %d jour(s) d’intervalle"), (int) days));
}

void
dmp_summary_note_change (const DmpSummaryBuild *build,
                         DmpSummaryLine *line,
                         const GPtrArray *measures)
{
  const DmpSummaryItem *last = g_ptr_array_index (measures, 0);
  const DmpSummaryItem *before = measures->len > 1 ? g_ptr_array_index (measures, 1) : NULL;

  if (before == NULL)
    return;
  line->change = dup_change (last, before);
  if (line->change)
    {
      g_autofree char *now = dup_value (last);
      g_autofree char *then = dup_value (before);

      dmp_summary_line_take_why (line, "L5",
                                 g_strdup_printf ("%s → %s : %s", then, now, line->change));
    }
  note_repeat (build, line, last, before);
}

/* --- L8 -------------------------------------------------------------------------------------- */

static gboolean
is_critical (const DmpSummaryBuild *build, const DmpSummaryItem *item)
{
  static const char *const flags[] = { "AA", "HH", "LL", NULL };
  gint64 age = dmp_summary_age_days (build, dmp_summary_item_own_day (item));

  return g_strv_contains (flags, get_flag (item)) && age >= 0 && age <= CRITICAL_DAYS;
}

static void
add_critical (DmpSummaryBuild *build, const DmpSummarySeries *series, guint index)
{
  const DmpSummaryItem *item = g_ptr_array_index (series->measures, index);
  const DmpSummaryItem *newest = g_ptr_array_index (series->measures, 0);
  g_autofree char *value = dup_value (item);
  g_autofree char *since = index > 0 ? dup_value (newest) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  DmpSummaryFlag *flag;

  g_string_append_printf (text, _ ("%s : %s %s, %s"), item->fact->text, value, get_flag (item),
                          item->input->author ? item->input->author : "?");
  if (since)
    g_string_append_printf (text, _ (" · depuis : %s %s"), since, get_flag (newest));
  flag = dmp_summary_flag_new ("R1", DMP_SEVERITY_RED, _ ("Résultat critique"),
                               g_string_free (g_steal_pointer (&text), FALSE));
  dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_RESULT, item);
  dmp_summary_line_take_why (series->line, "L8", g_strdup (value));
  dmp_summary_add_flag (build, flag);
}

/* The newest critical value of each test. */
void
dmp_summary_check_critical (DmpSummaryBuild *build)
{
  for (guint i = 0; i < build->series->len; i++)
    {
      const DmpSummarySeries *series = g_ptr_array_index (build->series, i);

      for (guint k = 0; k < series->measures->len; k++)
        if (is_critical (build, g_ptr_array_index (series->measures, k)))
          {
            add_critical (build, series, k);
            break;
          }
    }
}

/* --- L6 -------------------------------------------------------------------------------------- */

/* The first active problem that a row of the table is about. */
static const DmpSummaryLine *
find_problem (const DmpSummaryBuild *build, const char *codes)
{
  const GPtrArray *lines = build->summary->blocks[DMP_BLOCK_PROBLEM].lines;

  for (guint i = 0; i < lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (lines, i);

      for (guint k = 0; line->group == DMP_LINE_CURRENT && k < line->keys->len; k++)
        {
          DmpCode *code = g_ptr_array_index (line->keys, k);

          if (strcmp (dmp_code_get_system (code), DMP_OID_CIM10) == 0 &&
              dmp_summary_cell_covers (codes, dmp_code_get_code (code)))
            return line;
        }
    }
  return NULL;
}

/* The newest series of one of the codes. */
static const DmpSummarySeries *
find_series (const DmpSummaryBuild *build, const char *loincs)
{
  const DmpSummarySeries *found = NULL;

  for (guint i = 0; i < build->series->len; i++)
    {
      const DmpSummarySeries *series = g_ptr_array_index (build->series, i);

      if (series->loinc && dmp_summary_cell_holds (loincs, series->loinc) &&
          (found == NULL || dmp_date_compare (series->line->date, found->line->date) > 0))
        found = series;
    }
  return found;
}

static void
look_for (DmpSummaryBuild *build, const DmpSummaryRow *row, const DmpSummaryLine *problem)
{
  const DmpSummarySeries *series = find_series (build, row->cells[2]);
  int months = (int) g_ascii_strtoll (row->cells[3], NULL, 10);
  gint64 age = series ? dmp_summary_age_days (build, series->line->date) : -1;
  char *inputs = g_strdup_printf (_ ("%s : attendu tous les %d mois"), problem->text, months);

  if (series == NULL)
    {
      DmpSummaryMissing *missing = g_new (DmpSummaryMissing, 1);

      *missing = (DmpSummaryMissing){ "L6", g_strdup (row->cells[1]), g_strdup (_ ("aucune lue")),
                                      inputs };
      g_ptr_array_add (build->summary->blocks[DMP_BLOCK_RESULT].missing, missing);
    }
  else if (age > months * 30.4)
    {
      g_autofree char *note = g_strdup_printf (_ ("aucune lue depuis %d mois"), (int) (age / 30.4));

      dmp_summary_line_add_note (series->line, note);
      dmp_summary_line_take_why (series->line, "L6", inputs);
    }
  else
    g_free (inputs);
}

void
dmp_summary_look_for_results (DmpSummaryBuild *build)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (build->partial || (build->checks & DMP_CHECK_MONITORING) == 0)
    return;
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_MONITORING].rows; row->cells[0];
       row++)
    {
      const DmpSummaryLine *problem = find_problem (build, row->cells[0]);

      if (problem && g_hash_table_add (seen, (gpointer) row->cells[1]))
        look_for (build, row, problem);
    }
}
