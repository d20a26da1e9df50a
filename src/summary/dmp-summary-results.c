#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"
#include "model/dmp-oid.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* L4: points of a sparkline. */
#define MAX_POINTS 8

static const char *
get_loinc (const DmpFact *fact)
{
  DmpCode *loinc = dmp_fact_get_key (fact, DMP_OID_LOINC);

  return loinc ? dmp_code_get_code (loinc) : NULL;
}

/* L2: the unit that the fact's value is compared in. */
static const char *
get_unit (const DmpFact *fact, double *factor)
{
  const char *unit = fact->value && fact->value->unit ? fact->value->unit : "";

  return dmp_summary_unit_for (get_loinc (fact), unit, factor);
}

/* Ordered, aimed at, or not done: no measure at all. */
static gboolean
is_measured (const DmpFact *fact)
{
  return !fact->planned && !fact->negated && !fact->absent && !fact->no_information;
}

/* L1, L2: one series is one LOINC code in one unit. */
static void
result_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  DmpCode *loinc = is_measured (fact) ? dmp_fact_get_key (fact, DMP_OID_LOINC) : NULL;
  double factor;
  const char *unit = get_unit (fact, &factor);

  if (!is_measured (fact))
    {
      g_autofree char *folded = dmp_summary_fold (fact->text);

      g_ptr_array_add (tokens, g_strdup_printf ("no|%s|%d", folded, fact->planned));
      return;
    }
  if (item->tokens)
    {
      g_ptr_array_add (tokens, g_strdup (g_ptr_array_index (item->tokens, 0)));
      return;
    }

  if (loinc)
    g_ptr_array_add (tokens, g_strdup_printf ("loinc|%s|%s", dmp_code_get_code (loinc), unit));
  else if (fact->keys->len > 0)
    {
      g_autofree char *token = dmp_summary_dup_code_token (g_ptr_array_index (fact->keys, 0));

      g_ptr_array_add (tokens, g_strdup_printf ("%s|%s", token, unit));
    }
  else if (*fact->text)
    {
      g_autofree char *folded = dmp_summary_fold (fact->text);

      g_ptr_array_add (tokens, g_strdup_printf ("text|%s|%s", folded, unit));
    }
}

/* --- Two germs of one culture: the same test twice on one sample, with two answers -------------
 */

/* A susceptibility, an answer in words, or a count of germs: no measure that is repeated by itself.
 */
static gboolean
is_of_culture (const DmpFactValue *value)
{
  return value && (value->number == NULL ||
                   (value->unit && (*value->unit == '/' || strstr (value->unit, "CFU") ||
                                    strstr (value->unit, "UFC"))));
}

static void
keep_apart (DmpSummaryItem *item)
{
  if (item->tokens)
    return;
  item->tokens = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (item->tokens,
                   g_strdup_printf ("one of some|%s|%05u", item->input->id, item->fact->order));
}

/* P9: they are lines of their own, and neither is the "previous" of the other. */
static void
part_germs (const GPtrArray *items)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      DmpSummaryItem *item = g_ptr_array_index (items, i);
      const DmpFact *fact = item->fact;
      const char *loinc = get_loinc (fact);
      g_autofree char *sample =
          loinc && fact->date ? g_strdup_printf ("%s|%s|%s", item->input->id, loinc, fact->date)
                              : NULL;
      DmpSummaryItem *first = sample ? g_hash_table_lookup (seen, sample) : NULL;

      if (sample == NULL || !is_of_culture (fact->value))
        continue;
      if (first == NULL)
        g_hash_table_insert (seen, g_steal_pointer (&sample), item);
      else if (g_strcmp0 (first->fact->value->number, fact->value->number) != 0 ||
               g_strcmp0 (first->fact->value->text, fact->value->text) != 0)
        {
          keep_apart (first);
          keep_apart (item);
        }
    }
}

/* L3: the rank in the key set, NULL when it is no key test. */
static const char *
find_key_test (const char *loinc)
{
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_RESULTS].rows;
       loinc && row->cells[0]; row++)
    if (dmp_summary_cell_holds (row->cells[1], loinc))
      return row->cells[0];
  return NULL;
}

static int
compare_results (gconstpointer a, gconstpointer b)
{
  const DmpSummaryItem *first = *(const DmpSummaryItem *const *) a;
  const DmpSummaryItem *second = *(const DmpSummaryItem *const *) b;
  int order =
      dmp_date_compare (dmp_summary_item_own_day (second), dmp_summary_item_own_day (first));

  return order ? order : dmp_summary_compare_newest (a, b);
}

/* The same measure told twice: same instant, number and unit. */
static gboolean
is_same_measure (const DmpSummaryItem *a, const DmpSummaryItem *b)
{
  const DmpFactValue *first = a->fact->value;
  const DmpFactValue *second = b->fact->value;

  return first && second &&
         dmp_date_compare (dmp_summary_item_own_day (a), dmp_summary_item_own_day (b)) == 0 &&
         g_strcmp0 (first->number, second->number) == 0 &&
         strcmp (dmp_fact_value_get_unit (first), dmp_fact_value_get_unit (second)) == 0 &&
         g_strcmp0 (first->text, second->text) == 0;
}

/* Whether @item stands among the measures of its instant, which are the last ones of @distinct. */
static gboolean
is_known (const GPtrArray *distinct, const DmpSummaryItem *item)
{
  for (guint i = distinct->len; i > 0; i--)
    {
      const DmpSummaryItem *other = g_ptr_array_index (distinct, i - 1);

      if (is_same_measure (other, item))
        return TRUE;
      if (dmp_date_compare (dmp_summary_item_own_day (other), dmp_summary_item_own_day (item)) != 0)
        return FALSE;
    }
  return FALSE;
}

/* D4, line by line: each measure once, newest first. */
static GPtrArray *
distinct_measures (const GPtrArray *items)
{
  GPtrArray *distinct = g_ptr_array_new ();
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy ((GPtrArray *) items, NULL, NULL);

  g_ptr_array_sort (sorted, compare_results);
  for (guint i = 0; i < sorted->len; i++)
    if (!is_known (distinct, g_ptr_array_index (sorted, i)))
      g_ptr_array_add (distinct, g_ptr_array_index (sorted, i));
  return distinct;
}

gboolean
dmp_summary_is_abnormal (const char *flag)
{
  static const char *const normal[] = { "N", "S", "NEG", NULL };

  return flag && *flag && !g_strv_contains (normal, flag);
}

static guint
lab_rank (GPtrArray *labs, const char *lab)
{
  guint rank;

  for (rank = 0; rank < labs->len; rank++)
    if (g_strcmp0 (g_ptr_array_index (labs, rank), lab) == 0)
      return rank;
  g_ptr_array_add (labs, (gpointer) lab);
  return rank;
}

gboolean
dmp_summary_read_number (const DmpFact *fact, double *number)
{
  const char *text = fact->value ? fact->value->number : NULL;
  char *end = NULL;
  double factor;

  if (text == NULL || *text == '\0')
    return FALSE;
  *number = g_ascii_strtod (text, &end);
  if (*end)
    return FALSE;
  get_unit (fact, &factor);
  *number *= factor;
  return TRUE;
}

static DmpSummaryPoint *
point_new (const DmpSummaryItem *item, double number, double last_factor)
{
  const DmpFactValue *value = item->fact->value;
  DmpSummaryPoint *point = g_new0 (DmpSummaryPoint, 1);
  double factor;

  get_unit (item->fact, &factor);
  point->converted = factor != last_factor;
  /* an own number stays what was written, to the last digit */
  point->value = point->converted ? number / last_factor : g_ascii_strtod (value->number, NULL);
  point->date = g_strdup (dmp_summary_item_own_day (item));
  point->number = g_strdup (value->number);
  point->unit = g_strdup (value->unit);
  point->flag = g_strdup (value->flag);
  point->document = g_strdup (item->input->id);
  point->place = g_strdup (item->fact->place);
  point->abnormal = dmp_summary_is_abnormal (value->flag);
  return point;
}

/* The last MAX_POINTS numbers, oldest first, in the unit of the newest measure; and those before.
 */
static void
add_points (DmpSummaryLine *line, const GPtrArray *measures)
{
  g_autoptr (GPtrArray) labs = g_ptr_array_new ();
  guint converted = 0;
  double last_factor;

  get_unit (((DmpSummaryItem *) g_ptr_array_index (measures, 0))->fact, &last_factor);
  for (guint i = measures->len; i > 0; i--)
    {
      const DmpSummaryItem *item = g_ptr_array_index (measures, i - 1);
      DmpSummaryPoint *point;
      double number;

      if (!dmp_summary_read_number (item->fact, &number) || dmp_summary_item_own_day (item) == NULL)
        continue;
      point = point_new (item, number, last_factor);
      if (i > MAX_POINTS)
        {
          g_ptr_array_add (line->older, point);
          continue;
        }
      point->lab = lab_rank (labs, item->input->author);
      converted += point->converted;
      g_ptr_array_add (line->points, point);
    }
  dmp_summary_line_take_why (
      line, "L2",
      converted > 0 ? g_strdup_printf (_ ("%u valeur(s) convertie(s) par la table"), converted)
                    : NULL);
  dmp_summary_line_take_why (
      line, "L4",
      g_strdup_printf (_ ("%u mesure(s), %u laboratoire(s)"), measures->len, labs->len));
}

static void
keep_series (DmpSummaryBuild *build, DmpSummaryLine *line, GPtrArray *measures)
{
  DmpSummarySeries *series = g_new0 (DmpSummarySeries, 1);

  series->line = line;
  series->measures = g_ptr_array_ref (measures);
  series->loinc = get_loinc (((DmpSummaryItem *) g_ptr_array_index (measures, 0))->fact);
  g_ptr_array_add (build->series, series);
}

static void
add_group (DmpSummaryBuild *build, DmpSummaryGroup *group)
{
  g_autoptr (GPtrArray) measures = distinct_measures (group->items);
  const DmpSummaryItem *last = g_ptr_array_index (measures, 0);
  const DmpSummaryItem *before = measures->len > 1 ? g_ptr_array_index (measures, 1) : NULL;
  DmpSummaryLine *line = dmp_summary_line_new (DMP_BLOCK_RESULT);
  gboolean measured = is_measured (last->fact);
  const char *rank = measured ? find_key_test (get_loinc (last->fact)) : NULL;

  line->text = g_strdup (last->fact->text);
  line->group = rank ? DMP_LINE_CURRENT : measured ? DMP_LINE_FOLDED : DMP_LINE_EXCLUDED;
  if (!measured)
    line->label = g_strdup (last->fact->planned ? _ ("prévu") : _ ("non fait"));
  line->date = g_strdup (dmp_summary_item_own_day (last));
  line->value = last->fact->value;
  line->previous = before ? before->fact->value : NULL;
  line->previous_date = before ? g_strdup (dmp_summary_item_own_day (before)) : NULL;
  dmp_summary_line_take_why (line, "L1", NULL);
  if (measured)
    add_points (line, measures);
  if (rank)
    dmp_summary_line_take_why (line, "L3", NULL);
  if (measured)
    dmp_summary_note_change (build, line, measures);
  g_ptr_array_sort (group->items, compare_results);
  dmp_summary_line_take_group (build, line, group);
  line->is_new = dmp_summary_is_new (build, last);
  dmp_summary_add_line (build, line);
  if (measured)
    keep_series (build, line, measures);
}

static const char *
line_rank (const DmpSummaryLine *line)
{
  for (guint i = 0; i < line->keys->len; i++)
    {
      const char *rank = find_key_test (dmp_code_get_code (g_ptr_array_index (line->keys, i)));

      if (rank)
        return rank;
    }
  return "99";
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const DmpSummaryLine *first = *(const DmpSummaryLine *const *) a;
  const DmpSummaryLine *second = *(const DmpSummaryLine *const *) b;
  int order = (first->group == DMP_LINE_EXCLUDED) - (second->group == DMP_LINE_EXCLUDED);

  if (order == 0)
    order = strcmp (line_rank (first), line_rank (second));
  if (order == 0)
    order = dmp_date_compare (second->date, first->date);
  if (order == 0)
    order = strcmp (first->text, second->text);
  return order ? order : strcmp (first->id, second->id);
}

void
dmp_summary_make_results (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) groups = NULL;

  part_germs (build->items[DMP_FACT_RESULT]);
  groups = dmp_summary_group_lines (build, DMP_BLOCK_RESULT, build->items[DMP_FACT_RESULT],
                                    result_tokens);
  for (guint i = 0; i < groups->len; i++)
    add_group (build, g_ptr_array_index (groups, i));
  g_ptr_array_sort (build->summary->blocks[DMP_BLOCK_RESULT].lines, compare_lines);
}
