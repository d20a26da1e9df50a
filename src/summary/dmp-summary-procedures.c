#include "config.h"

#include "dmp-summary-private.h"

#include <string.h>

/* One act is one code on one day; the insurer's CCAM and the document's are the same codes. Without
 * a day, the words too: the other hip is another act (P9). */
static void
act_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  g_autofree char *day = g_strndup (fact->date ? fact->date : "", 8);
  g_autofree char *folded = dmp_summary_fold (fact->text);

  for (guint i = 0; i < fact->keys->len; i++)
    {
      DmpCode *code = g_ptr_array_index (fact->keys, i);
      const char *system = dmp_code_get_system (code);

      if (g_str_has_prefix (system, "1.2.250.1.215.") || strcmp (system, "1.2.250.1.213.2.5") == 0)
        system = "acts";
      g_ptr_array_add (tokens, g_strdup_printf ("%s|%s|%s|%s", system, dmp_code_get_code (code),
                                                day, strlen (day) < 8 ? folded : ""));
    }
  if (tokens->len == 0)
    g_ptr_array_add (tokens, g_strdup_printf ("text|%s|%s", folded, day));
}

/* Devices stay: the same device is one line whatever the day. */
static void
device_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  g_autofree char *folded = dmp_summary_fold (fact->text);

  for (guint i = 0; i < fact->keys->len; i++)
    {
      g_autofree char *token = dmp_summary_dup_code_token (g_ptr_array_index (fact->keys, i));

      g_ptr_array_add (tokens, g_strdup_printf ("%s|%s", token, folded));
    }
  if (tokens->len == 0)
    g_ptr_array_add (tokens, g_strconcat ("text|", folded, NULL));
}

/* Consultations, biology and the like that the insurer paid for: not what a history shows first. */
static gboolean
is_billing (const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (((DmpSummaryItem *) g_ptr_array_index (items, i))->fact->trust != DMP_TRUST_AM)
      return FALSE;
  return TRUE;
}

static void
add_group (DmpSummaryBuild *build, DmpBlockId block, DmpSummaryGroup *group)
{
  static const char *const rules[] = { "E1", NULL };
  const DmpSummaryItem *best = g_ptr_array_index (group->items, 0);
  const DmpFactDetail *site = dmp_fact_get_detail (best->fact, DMP_DETAIL_SITE);
  const DmpFactDetail *reason = dmp_fact_get_detail (best->fact, DMP_DETAIL_REASON);
  DmpSummaryLine *line;

  if (*best->fact->text == '\0' && best->fact->keys->len == 0)
    return; /* an entry that says nothing */
  line = dmp_summary_line_new (block);
  line->text = g_strdup (best->fact->text);
  line->detail = g_strdup (site ? site->text : reason ? reason->text : NULL);
  line->date = g_strdup (best->fact->date);
  line->end_date = g_strdup (best->fact->end_date);
  dmp_summary_line_add_rules (line, rules);
  line->group = DMP_LINE_CURRENT;
  if (best->fact->negated || best->fact->absent || best->fact->no_information ||
      g_strcmp0 (best->fact->status, "cancelled") == 0)
    line->group = DMP_LINE_EXCLUDED;
  else if (is_billing (group->items) || best->fact->planned)
    line->group = DMP_LINE_FOLDED;
  dmp_summary_line_take_group (build, line, group);
  dmp_summary_add_line (build, line);
}

static void
make (DmpSummaryBuild *build, DmpFactKind kind, DmpBlockId block, DmpSummaryTokens tokens)
{
  g_autoptr (GPtrArray) groups = dmp_summary_group_lines (build, block, build->items[kind], tokens);

  for (guint i = 0; i < groups->len; i++)
    add_group (build, block, g_ptr_array_index (groups, i));
  g_ptr_array_sort (build->summary->blocks[block].lines, dmp_summary_compare_lines);
}

void
dmp_summary_make_procedures (DmpSummaryBuild *build)
{
  make (build, DMP_FACT_PROCEDURE, DMP_BLOCK_PROCEDURE, act_tokens);
  make (build, DMP_FACT_DEVICE, DMP_BLOCK_DEVICE, device_tokens);
}
