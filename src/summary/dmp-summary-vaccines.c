#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"
#include "model/dmp-oid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The longest row that fits. */
const char *
dmp_summary_vaccine_target (const DmpFact *fact)
{
  const char *best = NULL;
  gsize best_len = 0;

  for (guint i = 0; i < fact->keys->len; i++)
    {
      const char *code = dmp_code_get_code (g_ptr_array_index (fact->keys, i));

      for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_VACCINES].rows; row->cells[0];
           row++)
        if (g_str_has_prefix (code, row->cells[0]) && strlen (row->cells[0]) > best_len)
          {
            best = row->cells[1];
            best_len = strlen (row->cells[0]);
          }
    }
  return best;
}

/* V1: same antigen, else the same product. */
static void
vaccine_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const char *target = dmp_summary_vaccine_target (item->fact);

  if (target)
    g_ptr_array_add (tokens, g_strconcat ("target|", target, NULL));
  else
    for (guint i = 0; i < item->drug->tokens->len; i++)
      g_ptr_array_add (tokens, g_strdup (g_ptr_array_index (item->drug->tokens, i)));
}

static const char *
vaccine_day (const DmpSummaryItem *item)
{
  return item->fact->date;
}

static int
compare_injections (gconstpointer a, gconstpointer b)
{
  const DmpSummaryItem *first = *(const DmpSummaryItem *const *) a;
  const DmpSummaryItem *second = *(const DmpSummaryItem *const *) b;
  int order = dmp_date_compare (vaccine_day (second), vaccine_day (first));

  return order ? order : dmp_summary_compare_items (a, b);
}

static char *
dup_detail (const DmpFact *fact, const char *target)
{
  const DmpFactDetail *lot = dmp_fact_get_detail (fact, DMP_DETAIL_LOT);
  const DmpFactDetail *rank = dmp_fact_get_detail (fact, DMP_DETAIL_RANK);
  GString *out = g_string_new (target ? fact->text : NULL);

  if (lot && lot->text)
    g_string_append_printf (out, _ ("%slot %s"), out->len ? ", " : "", lot->text);
  if (rank && rank->text)
    g_string_append_printf (out, _ ("%sdose %s"), out->len ? ", " : "", rank->text);
  return g_string_free (out, FALSE);
}

/* What became of a vaccination: only the first of them is one. */
typedef enum
{
  VACCINE_GIVEN,
  VACCINE_PLANNED, /* ordered or recommended */
  VACCINE_NOT_DONE,
  VACCINE_N_STATES
} State;

static State
state_of (const DmpFact *fact)
{
  static const char *const undone[] = { "aborted", "cancelled", "nullified", NULL };

  if (fact->negated || fact->absent || fact->no_information ||
      (fact->status && g_strv_contains (undone, fact->status)))
    return VACCINE_NOT_DONE;
  return fact->planned ? VACCINE_PLANNED : VACCINE_GIVEN;
}

static const char *
get_label (State state, const DmpFact *last)
{
  if (state == VACCINE_NOT_DONE)
    return _ ("non fait");
  if (state == VACCINE_PLANNED)
    return _ ("prévu");
  return last->trust == DMP_TRUST_AM ? _ ("délivré") : _ ("injecté");
}

static void
add_group (DmpSummaryBuild *build, DmpSummaryGroup *group, State state)
{
  static const DmpLineGroup groups[] = { DMP_LINE_CURRENT, DMP_LINE_FOLDED, DMP_LINE_EXCLUDED };

  static const char *const rules[] = { "V1", "V2", NULL };
  const DmpSummaryItem *last;
  const char *target;
  DmpSummaryLine *line = dmp_summary_line_new (DMP_BLOCK_VACCINE);

  g_ptr_array_sort (group->items, compare_injections);
  last = g_ptr_array_index (group->items, 0);
  target = dmp_summary_vaccine_target (last->fact);
  line->text = g_strdup (target ? target : last->fact->text);
  line->detail = dup_detail (last->fact, target);
  line->date = g_strdup (vaccine_day (last)); /* V2: the last one only */
  line->group = groups[state];
  line->label = g_strdup (get_label (state, last->fact));
  dmp_summary_line_add_rules (line, rules);
  for (guint i = 0; i < group->items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (group->items, group->items->len - 1 - i);

      dmp_summary_line_add_track (
          line, item->fact->trust == DMP_TRUST_AM ? DMP_TRACK_DELIVERY : DMP_TRACK_LIST,
          vaccine_day (item), item);
    }
  dmp_summary_line_take_group (build, line, group);
  dmp_summary_add_line (build, line);
}

void
dmp_summary_make_vaccines (DmpSummaryBuild *build)
{
  for (State state = 0; state < VACCINE_N_STATES; state++)
    {
      g_autoptr (GPtrArray) items = g_ptr_array_new ();
      g_autoptr (GPtrArray) groups = NULL;

      for (guint i = 0; i < build->items[DMP_FACT_VACCINE]->len; i++)
        {
          DmpSummaryItem *item = g_ptr_array_index (build->items[DMP_FACT_VACCINE], i);

          if (state_of (item->fact) == state)
            g_ptr_array_add (items, item);
        }
      groups = dmp_summary_group_lines (build, DMP_BLOCK_VACCINE, items, vaccine_tokens);
      for (guint i = 0; i < groups->len; i++)
        add_group (build, g_ptr_array_index (groups, i), state);
    }
  g_ptr_array_sort (build->summary->blocks[DMP_BLOCK_VACCINE].lines, dmp_summary_compare_lines);
}
