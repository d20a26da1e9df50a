#include "config.h"

#include "dmp-summary-private.h"
#include "dmp-summary-tables.h"

#include "model/dmp-date.h"
#include "model/dmp-oid.h"

#include <stdlib.h>
#include <string.h>

/* L4: points of a sparkline. */
#define MAX_POINTS 8

/* L1, L2: one series is one LOINC code in one unit. */
static void
result_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  DmpCode *loinc = dmp_fact_get_key (fact, DMP_OID_LOINC);
  const char *unit = fact->value && fact->value->unit ? fact->value->unit : "";

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

/* L3: the row of the key set, NULL when it is no key test. */
static const DmpSummaryRow *
find_key_test (const DmpFact *fact)
{
  DmpCode *loinc = dmp_fact_get_key (fact, DMP_OID_LOINC);

  for (const DmpSummaryRow *row = dmp_summary_results; loinc && row->cells[0]; row++)
    {
      g_auto (GStrv) codes = g_strsplit (row->cells[1], ";", -1);

      if (g_strv_contains ((const char *const *) codes, dmp_code_get_code (loinc)))
        return row;
    }
  return NULL;
}

static const char *
result_day (const DmpSummaryItem *item)
{
  return item->fact->date ? item->fact->date : item->input->date;
}

static int
compare_results (gconstpointer a, gconstpointer b)
{
  const DmpSummaryItem *first = *(const DmpSummaryItem *const *) a;
  const DmpSummaryItem *second = *(const DmpSummaryItem *const *) b;
  int order = dmp_date_compare (result_day (second), result_day (first));

  return order ? order : dmp_summary_compare_newest (a, b);
}

/* The same measure told twice: same instant, number and flag. */
static gboolean
is_same_measure (const DmpSummaryItem *a, const DmpSummaryItem *b)
{
  const DmpFactValue *first = a->fact->value;
  const DmpFactValue *second = b->fact->value;

  return first && second && dmp_date_compare (result_day (a), result_day (b)) == 0 &&
         g_strcmp0 (first->number, second->number) == 0 &&
         g_strcmp0 (first->text, second->text) == 0;
}

/* D4, line by line: each measure once, newest first. */
static GPtrArray *
distinct_measures (const GPtrArray *items)
{
  GPtrArray *distinct = g_ptr_array_new ();
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy ((GPtrArray *) items, NULL, NULL);

  g_ptr_array_sort (sorted, compare_results);
  for (guint i = 0; i < sorted->len; i++)
    if (distinct->len == 0 || !is_same_measure (g_ptr_array_index (distinct, distinct->len - 1),
                                                g_ptr_array_index (sorted, i)))
      g_ptr_array_add (distinct, g_ptr_array_index (sorted, i));
  return distinct;
}

static gboolean
is_abnormal (const char *flag)
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

/* The last MAX_POINTS numbers, oldest first. */
static void
add_points (DmpSummaryLine *line, const GPtrArray *measures)
{
  g_autoptr (GPtrArray) labs = g_ptr_array_new ();

  for (guint i = MIN (measures->len, MAX_POINTS); i > 0; i--)
    {
      const DmpSummaryItem *item = g_ptr_array_index (measures, i - 1);
      const DmpFactValue *value = item->fact->value;
      DmpSummaryPoint *point;
      char *end = NULL;
      double number = value && value->number ? g_ascii_strtod (value->number, &end) : 0;

      if (end == NULL || *end || end == value->number || result_day (item) == NULL)
        continue;
      point = g_new0 (DmpSummaryPoint, 1);
      point->date = g_strdup (result_day (item));
      point->value = number;
      point->number = g_strdup (value->number);
      point->flag = g_strdup (value->flag);
      point->abnormal = is_abnormal (value->flag);
      point->lab = lab_rank (labs, item->input->author);
      g_ptr_array_add (line->points, point);
    }
}

static void
add_group (DmpSummaryBuild *build, DmpSummaryGroup *group)
{
  static const char *const rules[] = { "L1", "L2", "L3", "L4", NULL };
  g_autoptr (GPtrArray) measures = distinct_measures (group->items);
  const DmpSummaryItem *last = g_ptr_array_index (measures, 0);
  const DmpSummaryItem *before = measures->len > 1 ? g_ptr_array_index (measures, 1) : NULL;
  DmpSummaryLine *line = dmp_summary_line_new (DMP_BLOCK_RESULT);

  line->text = g_strdup (last->fact->text);
  line->rules = rules;
  line->group = find_key_test (last->fact) ? DMP_LINE_CURRENT : DMP_LINE_FOLDED;
  line->date = g_strdup (result_day (last));
  line->value = last->fact->value;
  line->previous = before ? before->fact->value : NULL;
  line->previous_date = before ? g_strdup (result_day (before)) : NULL;
  add_points (line, measures);
  g_ptr_array_sort (group->items, compare_results);
  dmp_summary_line_take_items (build, line, group->items, group->key);
  line->is_new = dmp_summary_is_new (build, last);
  dmp_summary_add_line (build, line);
}

static const char *
line_rank (const DmpSummaryLine *line)
{
  for (guint i = 0; i < line->keys->len; i++)
    for (const DmpSummaryRow *row = dmp_summary_results; row->cells[0]; row++)
      {
        g_auto (GStrv) codes = g_strsplit (row->cells[1], ";", -1);

        if (g_strv_contains ((const char *const *) codes,
                             dmp_code_get_code (g_ptr_array_index (line->keys, i))))
          return row->cells[0];
      }
  return "99";
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const DmpSummaryLine *first = *(const DmpSummaryLine *const *) a;
  const DmpSummaryLine *second = *(const DmpSummaryLine *const *) b;
  int order = strcmp (line_rank (first), line_rank (second));

  if (order == 0)
    order = dmp_date_compare (second->date, first->date);
  if (order == 0)
    order = strcmp (first->text, second->text);
  return order ? order : strcmp (first->id, second->id);
}

void
dmp_summary_make_results (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) groups = dmp_summary_group (build->items[DMP_FACT_RESULT], result_tokens);

  for (guint i = 0; i < groups->len; i++)
    add_group (build, g_ptr_array_index (groups, i));
  g_ptr_array_sort (build->summary->blocks[DMP_BLOCK_RESULT].lines, compare_lines);
}
