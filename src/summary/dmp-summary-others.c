#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <string.h>

/* Habits, risks, family, pregnancies, contacts, directives, and what no extractor knows: the newest
 * words for each question, with all that said so. */

static void
answer_tokens_of (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  g_autofree char *folded = dmp_summary_fold (fact->text);
  const DmpFactDetail *relation = dmp_fact_get_detail (fact, DMP_DETAIL_RELATION);
  const char *who = relation && relation->text ? relation->text : "";

  if (fact->kind == DMP_FACT_CONTACT || fact->keys->len == 0)
    g_ptr_array_add (tokens, g_strdup_printf ("text|%s|%s", folded, who));
  else
    {
      g_autofree char *token = dmp_summary_dup_code_token (g_ptr_array_index (fact->keys, 0));

      /* a relative's disease that somebody denies hides none that is stated */
      g_ptr_array_add (tokens, g_strdup_printf ("%s|%s|%d", token, who,
                                                fact->kind == DMP_FACT_FAMILY && fact->negated));
    }
}

static void
answer_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  if (item->tokens)
    g_ptr_array_add (tokens, g_strdup (g_ptr_array_index (item->tokens, 0)));
  else
    answer_tokens_of (item, tokens);
}

static char *
dup_value (const DmpFact *fact)
{
  const DmpFactValue *value = fact->value;

  if (value == NULL)
    return NULL;
  if (value->number)
    {
      g_autofree char *number = dmp_fact_value_dup_number (value->number);
      const char *unit = dmp_fact_value_get_unit (value);

      return g_strconcat (number, *unit ? " " : "", unit, NULL);
    }
  return g_strdup (dmp_fact_value_get_text (value));
}

static char *
dup_detail (const DmpFact *fact)
{
  const DmpFactDetail *relation = dmp_fact_get_detail (fact, DMP_DETAIL_RELATION);
  const DmpFactDetail *words = dmp_fact_get_detail (fact, DMP_DETAIL_OTHER);

  if (relation && relation->text)
    return g_strdup (relation->text);
  if (fact->row && fact->kind != DMP_FACT_FAMILY && strcmp (fact->row, fact->text) != 0)
    {
      g_auto (GStrv) cells = g_strsplit (fact->row, "\t", -1);

      return g_strjoinv (" : ", cells);
    }
  if (words && words->text)
    return g_strdup (words->text);
  return dup_value (fact);
}

/* Under the fold: relatives, and words without data but for the points de vigilance. */
static gboolean
is_minor (const DmpFact *fact)
{
  /* points de vigilance of a VSM, other alerts, adverse effects of medicines */
  static const char *const shown[] = { "30954-2", "44944-7", "44939-7", NULL };

  if (fact->kind == DMP_FACT_FAMILY)
    return TRUE;
  return fact->kind == DMP_FACT_RISK && fact->text_only &&
         !g_strv_contains (shown, fact->section_code ? fact->section_code : "");
}

static void
add_group (DmpSummaryBuild *build, DmpBlockId block, DmpSummaryGroup *group)
{
  static const char *const rules[] = { "E3", NULL };
  const DmpSummaryItem *best;
  DmpSummaryLine *line;

  g_ptr_array_sort (group->items, dmp_summary_compare_newest);
  best = g_ptr_array_index (group->items, 0);
  if (*best->fact->text == '\0' && best->fact->keys->len == 0)
    return;
  line = dmp_summary_line_new (block);
  line->text = g_strdup (best->fact->text);
  line->detail = dup_detail (best->fact);
  line->value = best->fact->value;
  line->section = g_strdup (best->fact->text_only ? best->fact->section_code : NULL);
  line->date = g_strdup (best->fact->date);
  dmp_summary_line_add_rules (line, rules);
  line->group = best->fact->negated || best->fact->absent || best->fact->no_information
                    ? DMP_LINE_EXCLUDED
                    : DMP_LINE_CURRENT;
  if (line->group == DMP_LINE_CURRENT && is_minor (best->fact))
    line->group = DMP_LINE_FOLDED;
  dmp_summary_line_take_group (build, line, group);
  dmp_summary_add_line (build, line);
}

/* All that is said of the question, to tell answers apart. */
static char *
dup_answer (const DmpFact *fact)
{
  g_autofree char *value = dup_value (fact);
  g_autofree char *all =
      g_strjoin (" ", fact->text, value ? value : "", fact->row ? fact->row : "", NULL);

  return dmp_summary_fold (all);
}

/* The question that @item answers, in its document. */
static char *
dup_question (const DmpSummaryItem *item)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);

  answer_tokens_of (item, tokens);
  return g_strdup_printf ("%s|%s", (char *) tokens->pdata[0], item->input->id);
}

/* The questions that a document answers more than once, and otherwise. */
static GHashTable *
find_clashes (const GPtrArray *items)
{
  GHashTable *clashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (items, i);
      g_autofree char *question = dup_question (item);
      g_autofree char *answer = dup_answer (item->fact);
      const char *first = g_hash_table_lookup (answers, question);

      if (first == NULL)
        g_hash_table_insert (answers, g_steal_pointer (&question), g_steal_pointer (&answer));
      else if (strcmp (first, answer) != 0)
        g_hash_table_add (clashes, g_steal_pointer (&question));
    }
  return clashes;
}

/* Two risks of one kind are two lines (P9): neither answer is the newer one. */
static void
part_answers (const GPtrArray *items)
{
  g_autoptr (GHashTable) clashes = find_clashes (items);

  for (guint i = 0; i < items->len; i++)
    {
      DmpSummaryItem *item = g_ptr_array_index (items, i);
      g_autofree char *question = dup_question (item);
      g_autofree char *answer = dup_answer (item->fact);

      if (!g_hash_table_contains (clashes, question))
        continue;
      item->tokens = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (item->tokens, g_strdup_printf ("answer|%s", answer));
    }
}

static void
make (DmpSummaryBuild *build, DmpFactKind kind, DmpBlockId block)
{
  g_autoptr (GPtrArray) groups = NULL;

  part_answers (build->items[kind]);
  groups = dmp_summary_group_lines (build, block, build->items[kind], answer_tokens);
  for (guint i = 0; i < groups->len; i++)
    add_group (build, block, g_ptr_array_index (groups, i));
}

void
dmp_summary_make_others (DmpSummaryBuild *build)
{
  make (build, DMP_FACT_RISK, DMP_BLOCK_RISK);
  make (build, DMP_FACT_SOCIAL, DMP_BLOCK_RISK);
  make (build, DMP_FACT_PREGNANCY, DMP_BLOCK_RISK);
  make (build, DMP_FACT_FAMILY, DMP_BLOCK_RISK);
  make (build, DMP_FACT_CONTACT, DMP_BLOCK_CONTACT);
  make (build, DMP_FACT_DIRECTIVE, DMP_BLOCK_DIRECTIVE);
  make (build, DMP_FACT_UNCLASSIFIED, DMP_BLOCK_UNCLASSIFIED);
}
