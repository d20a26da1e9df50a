#include "config.h"

#include "dmp-summary-private.h"

/* One stay or visit is one period and one code; the same stay told by letter and insurer keeps two
 * lines unless they begin on the same day (P9). */
static void
event_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  const char *day = fact->date ? fact->date : "";
  const char *type = fact->type ? dmp_code_get_code (fact->type) : "";

  g_ptr_array_add (tokens, g_strdup_printf ("%.8s|%s", day, type));
}

static void
add_group (DmpSummaryBuild *build, DmpSummaryGroup *group)
{
  static const char *const rules[] = { "E2", NULL };
  const DmpSummaryItem *best = g_ptr_array_index (group->items, 0);
  const DmpFactDetail *place = dmp_fact_get_detail (best->fact, DMP_DETAIL_PLACE);
  DmpSummaryLine *line = dmp_summary_line_new (DMP_BLOCK_EVENT);

  line->text = g_strdup (best->fact->text);
  line->detail = g_strdup (place ? place->text : NULL);
  line->date = g_strdup (best->fact->date);
  line->end_date = g_strdup (best->fact->end_date);
  line->rules = rules;
  line->group = best->fact->negated || best->fact->absent ? DMP_LINE_EXCLUDED
                : best->fact->planned                     ? DMP_LINE_FOLDED
                                                          : DMP_LINE_CURRENT;
  dmp_summary_line_take_items (build, line, group->items, group->key);
  dmp_summary_add_line (build, line);
}

void
dmp_summary_make_events (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) groups = dmp_summary_group (build->items[DMP_FACT_EVENT], event_tokens);

  for (guint i = 0; i < groups->len; i++)
    add_group (build, g_ptr_array_index (groups, i));
  g_ptr_array_sort (build->summary->blocks[DMP_BLOCK_EVENT].lines, dmp_summary_compare_lines);
}
