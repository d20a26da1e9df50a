#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Older lists are not compared, in days. */
#define LIST_DAYS 366

/* C2: the two newest treatment lists of different authors, compared line by line. */

gboolean
dmp_summary_is_list_line (const DmpFact *fact)
{
  static const char *const sections[] = { "10160-0", "10183-2", "42346-7", "18776-5", NULL };

  return fact->section_code && g_strv_contains (sections, fact->section_code) && !fact->negated &&
         !fact->absent && !fact->no_information;
}

static const DmpSummaryInput *
next_list (const GPtrArray *newest, const DmpSummaryInput *after)
{
  for (guint i = 0; i < newest->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (newest, i);

      if (dmp_summary_is_list_line (item->fact) &&
          (after == NULL || g_strcmp0 (item->input->author, after->author) != 0))
        return item->input;
    }
  return NULL;
}

/* The lines of @list by the first token of their medicine. */
static GHashTable *
index_list (const GPtrArray *items, const DmpSummaryInput *list)
{
  GHashTable *lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (items, i);
      g_autoptr (GPtrArray) tokens = NULL;

      if (item->input != list || !dmp_summary_is_list_line (item->fact))
        continue;
      tokens = g_ptr_array_new_with_free_func (g_free);
      dmp_medicine_add_tokens (item->fact, tokens);
      if (tokens->len > 0)
        g_hash_table_insert (lines, g_strdup (g_ptr_array_index (tokens, 0)), (gpointer) item);
    }
  return lines;
}

static void
append (GString *out, const char *what, const char *name)
{
  g_string_append_printf (out, "%s%s %s", out->len ? " · " : "", name, what);
}

static gboolean
same_words (const char *a, const char *b)
{
  g_autofree char *first = dmp_summary_fold (a);
  g_autofree char *second = dmp_summary_fold (b);

  return strcmp (first, second) == 0;
}

static gboolean
is_ended (const DmpSummaryBuild *build, const DmpFact *fact)
{
  return fact->end_date && dmp_summary_age_days (build, fact->end_date) > 0;
}

/* The same words, or other words for exactly the same doses. */
static gboolean
same_posology (const char *a, const char *b)
{
  DmpPosology first, second;

  if (same_words (a, b))
    return TRUE;
  return dmp_posology_parse (a, &first) && dmp_posology_parse (b, &second) &&
         first.unit == second.unit && first.daily == second.daily && first.dose == second.dose;
}

/* What became of @item, a line of the old list, in the new one. */
static void
compare_line (const DmpSummaryItem *item, const DmpSummaryItem *now, GString *out)
{
  if (now == NULL)
    append (out, _ ("absent"), item->fact->text);
  else if (item->fact->dosage_text && now->fact->dosage_text &&
           !same_posology (item->fact->dosage_text, now->fact->dosage_text))
    {
      g_autofree char *change =
          g_strdup_printf ("« %s » → « %s »", item->fact->dosage_text, now->fact->dosage_text);

      append (out, change, now->fact->text);
    }
  else if (!same_words (item->fact->text, now->fact->text))
    {
      g_autofree char *change = g_strdup_printf ("→ %s", now->fact->text);

      append (out, change, item->fact->text);
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* Differences in the order of the keys, so that they never depend on the reading order. */
static char *
dup_differences (const DmpSummaryBuild *build, GHashTable *old, GHashTable *new)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GList) before = g_list_sort (g_hash_table_get_keys (old), compare_keys);
  g_autoptr (GList) after = g_list_sort (g_hash_table_get_keys (new), compare_keys);

  for (GList *k = before; k; k = k->next)
    {
      const DmpSummaryItem *item = g_hash_table_lookup (old, k->data);

      if (!is_ended (build, item->fact))
        compare_line (item, g_hash_table_lookup (new, k->data), out);
    }
  for (GList *k = after; k; k = k->next)
    if (!g_hash_table_contains (old, k->data))
      {
        const DmpSummaryItem *item = g_hash_table_lookup (new, k->data);

        append (out, _ ("ajouté"), item->fact->text);
      }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static void
add_list (DmpSummaryFlag *flag, const GPtrArray *newest, const DmpSummaryInput *list)
{
  for (guint i = 0; i < newest->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (newest, i);

      if (item->input == list && dmp_summary_is_list_line (item->fact))
        {
          dmp_summary_flag_add_item (flag, item);
          return;
        }
    }
}

/* Two lists with nothing in common are of different kinds, and tell nothing about each other. */
static gboolean
share_medicine (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_hash_table_contains (b, key))
      return TRUE;
  return FALSE;
}

void
dmp_summary_check_lists (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) newest = g_ptr_array_new ();
  const DmpSummaryInput *last, *before;
  g_autoptr (GHashTable) old = NULL;
  g_autoptr (GHashTable) new = NULL;
  g_autofree char *changes = NULL;
  g_autofree char *day = NULL;
  g_autofree char *last_day = NULL;
  DmpSummaryFlag *flag;

  g_ptr_array_extend (newest, build->items[DMP_FACT_TREATMENT], NULL, NULL);
  g_ptr_array_sort (newest, dmp_summary_compare_newest);
  last = next_list (newest, NULL);
  before = last ? next_list (newest, last) : NULL;
  if (before == NULL || dmp_summary_age_days (build, before->date) > LIST_DAYS)
    return;
  old = index_list (newest, before);
  new = index_list (newest, last);
  if (!share_medicine (old, new))
    return;
  changes = dup_differences (build, old, new);
  if (changes == NULL)
    return;
  day =
      dmp_date_dup_display (dmp_summary_item_day (&(DmpSummaryItem){ NULL, before }), TRUE, FALSE);
  last_day =
      dmp_date_dup_display (dmp_summary_item_day (&(DmpSummaryItem){ NULL, last }), TRUE, FALSE);
  flag = dmp_summary_flag_new ("C2", DMP_SEVERITY_AMBER, _ ("Listes divergentes"),
                               g_strdup_printf (_ ("%s %s ↔ %s %s : %s"), before->title, day,
                                                last->title, last_day, changes));
  add_list (flag, newest, before);
  add_list (flag, newest, last);
  dmp_summary_add_flag (build, flag);
}
