#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* 5.7: stays and visits. One stay told by letters, reports and the insurer is one line: their days
 * touch (give or take one), and the establishment or the submission set is the same. Visits are one
 * when day and kind are; whatever is unsure stays two lines (P9). */

static gboolean
is_stay (const DmpFact *fact)
{
  static const char *const stays[] = { "IMP", "ACUTE", "NONAC", "SS", "EMER", NULL };

  if (fact->negated || fact->absent || fact->planned || fact->date == NULL ||
      strlen (fact->date) < 8)
    return FALSE;
  return (fact->type && g_strv_contains (stays, dmp_code_get_code (fact->type))) ||
         (fact->end_date && strncmp (fact->end_date, fact->date, 8) != 0);
}

/* --- Which stays are one episode ------------------------------------------------------------- */

/* The words of the establishment, without its ward; "" when unknown. */
static char *
dup_establishment (const DmpSummaryItem *item)
{
  const DmpFactDetail *place = dmp_fact_get_detail (item->fact, DMP_DETAIL_PLACE);
  g_autofree char *name = g_strdup (place && place->text ? place->text : "");
  char *ward = strpbrk (name, ",(");

  if (ward)
    *ward = '\0';
  g_strstrip (name);
  return dmp_summary_fold (name);
}

static char *
dup_submission_set (const DmpSummaryItem *item)
{
  const char *set = dmp_document_entry_get_fields (item->input->entry)->submission_set;

  return g_strdup (set ? set : "");
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const DmpSummaryItem *first = *(const DmpSummaryItem *const *) a;
  const DmpSummaryItem *second = *(const DmpSummaryItem *const *) b;
  int order = strncmp (first->fact->date, second->fact->date, 8);

  return order ? order : dmp_summary_compare_items (a, b);
}

static const char *
last_day (const DmpFact *fact)
{
  return fact->end_date && strlen (fact->end_date) >= 8 ? fact->end_date : fact->date;
}

/* Gives the items of each chain of stays with the same @dup_name a token of their own. */
static void
chain (const GPtrArray *stays, const char *kind, char *(*dup_name) (const DmpSummaryItem *item))
{
  g_autoptr (GHashTable) open =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL); /* name → item that began it */
  g_autoptr (GHashTable) ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < stays->len; i++)
    {
      DmpSummaryItem *item = g_ptr_array_index (stays, i);
      g_autofree char *name = dup_name (item);
      const char *end = g_hash_table_lookup (ends, name);
      g_autofree char *limit = end ? dmp_summary_dup_day_after (end, 1) : NULL;
      const DmpSummaryItem *first = item;

      if (*name == '\0')
        continue;
      if (limit && strncmp (item->fact->date, limit, 8) <= 0)
        first = g_hash_table_lookup (open, name);
      else
        g_hash_table_insert (open, g_strdup (name), item);
      if (first == item || strncmp (last_day (item->fact), end, 8) > 0)
        g_hash_table_insert (ends, g_strdup (name), g_strdup (last_day (item->fact)));
      g_ptr_array_add (item->tokens, g_strdup_printf ("%s|%s|%.8s", kind, name, first->fact->date));
    }
}

static void
name_episodes (const GPtrArray *items)
{
  g_autoptr (GPtrArray) stays = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      DmpSummaryItem *item = g_ptr_array_index (items, i);

      item->tokens = g_ptr_array_new_with_free_func (g_free);
      if (is_stay (item->fact))
        g_ptr_array_add (stays, item);
    }
  g_ptr_array_sort (stays, compare_starts);
  chain (stays, "place", dup_establishment);
  chain (stays, "set", dup_submission_set);
}

static void
event_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  const char *day = fact->date ? fact->date : "";
  const char *type = fact->type ? dmp_code_get_code (fact->type) : "";

  if (strlen (day) >= 8)
    g_ptr_array_add (tokens, g_strdup_printf ("%.8s|%s", day, type));
  else /* P9: two stays of one year are two */
    {
      g_autofree char *place = dup_establishment (item);
      g_autofree char *folded = dmp_summary_fold (fact->text);

      g_ptr_array_add (tokens, g_strdup_printf ("%s|%s|%s|%s", day, type, place, folded));
    }
  for (guint i = 0; i < item->tokens->len; i++)
    g_ptr_array_add (tokens, g_strdup (g_ptr_array_index (item->tokens, i)));
}

/* --- Lines ----------------------------------------------------------------------------------- */

/* First and last day of all that tells of the episode. */
static void
take_period (DmpSummaryLine *line, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const DmpFact *fact = ((DmpSummaryItem *) g_ptr_array_index (items, i))->fact;

      if (fact->date && (line->date == NULL || dmp_date_compare (fact->date, line->date) < 0))
        {
          g_free (line->date);
          line->date = g_strdup (fact->date);
        }
      if (fact->end_date && dmp_date_compare (fact->end_date, line->end_date) > 0)
        {
          g_free (line->end_date);
          line->end_date = g_strdup (fact->end_date);
        }
    }
}

static void
add_group (DmpSummaryBuild *build, DmpSummaryGroup *group)
{
  const DmpSummaryItem *best = g_ptr_array_index (group->items, 0);
  const DmpFactDetail *place = dmp_fact_get_detail (best->fact, DMP_DETAIL_PLACE);
  DmpSummaryLine *line = dmp_summary_line_new (DMP_BLOCK_EVENT);

  line->text = g_strdup (best->fact->text);
  line->detail = g_strdup (place ? place->text : NULL);
  take_period (line, group->items);
  dmp_summary_line_take_why (
      line, "E2", g_strdup_printf (_ ("%u mention(s) du même épisode"), group->items->len));
  line->group = best->fact->negated || best->fact->absent ? DMP_LINE_EXCLUDED
                : best->fact->planned                     ? DMP_LINE_FOLDED
                                                          : DMP_LINE_CURRENT;
  dmp_summary_line_take_group (build, line, group);
  dmp_summary_add_line (build, line);
  if (line->group == DMP_LINE_CURRENT && is_stay (best->fact))
    g_ptr_array_add (build->summary->stays, line);
}

void
dmp_summary_make_events (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) groups = NULL;

  name_episodes (build->items[DMP_FACT_EVENT]);
  groups =
      dmp_summary_group_lines (build, DMP_BLOCK_EVENT, build->items[DMP_FACT_EVENT], event_tokens);
  for (guint i = 0; i < groups->len; i++)
    add_group (build, g_ptr_array_index (groups, i));
  g_ptr_array_sort (build->summary->blocks[DMP_BLOCK_EVENT].lines, dmp_summary_compare_lines);
  g_ptr_array_sort (build->summary->stays, dmp_summary_compare_lines);
}
