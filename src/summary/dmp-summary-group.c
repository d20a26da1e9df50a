#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"
#include "model/dmp-text.h"

#include <string.h>

const char *
dmp_summary_item_day (const DmpSummaryItem *item)
{
  return item->input->date ? item->input->date : "";
}

char *
dmp_summary_fold (const char *text)
{
  return dmp_text_fold (text);
}

/* The last day that a stamp may mean: "2016" is 31 December. Returns: FALSE when it is none */
static gboolean
read_last_day (const char *stamp, char day[9])
{
  gsize len = strspn (stamp, "0123456789");
  int year, month = 12;

  if (len < 4)
    return FALSE;
  if (len >= 8)
    {
      g_strlcpy (day, stamp, 9);
      return TRUE;
    }
  year = (stamp[0] - '0') * 1000 + (stamp[1] - '0') * 100 + (stamp[2] - '0') * 10 + stamp[3] - '0';
  if (len >= 6)
    month = (stamp[4] - '0') * 10 + stamp[5] - '0';
  if (year < 1 || month < 1 || month > 12)
    return FALSE;
  g_snprintf (day, 9, "%04d%02d%02d", year, month,
              g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year));
  return TRUE;
}

/* Of a year or a month: from its last day, 0 while it lasts. */
gint64
dmp_summary_age_days (const DmpSummaryBuild *build, const char *from)
{
  gboolean ok = FALSE;
  char day[9];
  gint64 days;

  if (from == NULL || !read_last_day (from, day))
    return -1;
  days = dmp_date_days_between (day, build->today, &ok);
  if (!ok)
    return -1;
  return days < 0 && strncmp (from, build->today, strspn (from, "0123456789")) == 0 ? 0 : days;
}

static int
compare_place (const DmpSummaryItem *a, const DmpSummaryItem *b)
{
  int order = strcmp (a->input->id, b->input->id);

  if (order)
    return order;
  return (a->fact->order > b->fact->order) - (a->fact->order < b->fact->order);
}

int
dmp_summary_compare_newest (gconstpointer a, gconstpointer b)
{
  const DmpSummaryItem *first = *(const DmpSummaryItem *const *) a;
  const DmpSummaryItem *second = *(const DmpSummaryItem *const *) b;
  int order = dmp_date_compare (second->input->date, first->input->date);

  if (order == 0)
    order = (int) first->fact->trust - (int) second->fact->trust;
  return order ? order : compare_place (first, second);
}

int
dmp_summary_compare_lines (gconstpointer a, gconstpointer b)
{
  const DmpSummaryLine *first = *(const DmpSummaryLine *const *) a;
  const DmpSummaryLine *second = *(const DmpSummaryLine *const *) b;
  int order = (int) first->group - (int) second->group;

  if (order == 0)
    order = dmp_date_compare (second->date, first->date);
  return order ? order : strcmp (first->id, second->id);
}

int
dmp_summary_compare_items (gconstpointer a, gconstpointer b)
{
  const DmpSummaryItem *first = *(const DmpSummaryItem *const *) a;
  const DmpSummaryItem *second = *(const DmpSummaryItem *const *) b;
  int order = (int) first->fact->trust - (int) second->fact->trust;

  if (order == 0)
    order = dmp_date_compare (second->input->date, first->input->date);
  return order ? order : compare_place (first, second);
}

char *
dmp_summary_dup_code_token (DmpCode *code)
{
  return g_strdup_printf ("%s|%s", dmp_code_get_system (code), dmp_code_get_code (code));
}

/* --- Union of items that share a token ---------------------------------------------------------
 */

static guint
find_root (guint *parents, guint i)
{
  while (parents[i] != i)
    {
      parents[i] = parents[parents[i]];
      i = parents[i];
    }
  return i;
}

/* The smaller index becomes the root, so that roots do not depend on the order of the unions. */
static void
unite (guint *parents, guint a, guint b)
{
  guint first = find_root (parents, a);
  guint second = find_root (parents, b);

  if (first < second)
    parents[second] = first;
  else
    parents[first] = second;
}

static void
group_free (DmpSummaryGroup *group)
{
  g_free (group->key);
  g_free (group->whole);
  g_ptr_array_unref (group->items);
  g_clear_pointer (&group->all, g_ptr_array_unref);
  g_free (group);
}

static void
take_key (DmpSummaryGroup *group, const GPtrArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      const char *token = g_ptr_array_index (tokens, i);

      if (group->key == NULL || strcmp (token, group->key) < 0)
        {
          g_free (group->key);
          group->key = g_strdup (token);
        }
    }
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const DmpSummaryGroup *first = *(const DmpSummaryGroup *const *) a;
  const DmpSummaryGroup *second = *(const DmpSummaryGroup *const *) b;

  return strcmp (first->key, second->key);
}

static GPtrArray *
collect (const GPtrArray *items, guint *parents, GPtrArray **tokens)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  g_autofree DmpSummaryGroup **by_root = g_new0 (DmpSummaryGroup *, items->len + 1);

  for (guint i = 0; i < items->len; i++)
    {
      guint root = find_root (parents, i);

      if (by_root[root] == NULL)
        {
          by_root[root] = g_new0 (DmpSummaryGroup, 1);
          by_root[root]->items = g_ptr_array_new ();
          g_ptr_array_add (groups, by_root[root]);
        }
      g_ptr_array_add (by_root[root]->items, g_ptr_array_index (items, i));
      take_key (by_root[root], tokens[i]);
    }
  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_sort (((DmpSummaryGroup *) g_ptr_array_index (groups, i))->items,
                      dmp_summary_compare_items);
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

GPtrArray *
dmp_summary_group (const GPtrArray *items, DmpSummaryTokens add_tokens)
{
  g_autofree guint *parents = g_new (guint, items->len + 1);
  g_autofree GPtrArray **tokens = g_new0 (GPtrArray *, items->len + 1);
  g_autoptr (GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *groups;

  for (guint i = 0; i < items->len; i++)
    {
      parents[i] = i;
      tokens[i] = g_ptr_array_new_with_free_func (g_free);
      add_tokens (g_ptr_array_index (items, i), tokens[i]);
      for (guint t = 0; t < tokens[i]->len; t++)
        {
          char *token = g_ptr_array_index (tokens[i], t);
          gpointer owner = NULL;

          if (g_hash_table_lookup_extended (owners, token, NULL, &owner))
            unite (parents, i, GPOINTER_TO_UINT (owner));
          else
            g_hash_table_insert (owners, token, GUINT_TO_POINTER (i));
        }
      if (tokens[i]->len == 0)
        g_ptr_array_add (
            tokens[i], g_strdup_printf (
                           "~%s|%05u", ((DmpSummaryItem *) g_ptr_array_index (items, i))->input->id,
                           ((DmpSummaryItem *) g_ptr_array_index (items, i))->fact->order));
    }
  groups = collect (items, parents, tokens);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_unref (tokens[i]);
  return groups;
}

/* --- What the reader took apart (design: §7 "wrong merge") -------------------------------------
 */

/* The part of @whole that comes from the document @id. Returns: (transfer none): maybe a new one */
static DmpSummaryGroup *
get_part (GPtrArray *parts, const DmpSummaryGroup *whole, const char *id)
{
  g_autofree char *key = g_strconcat (whole->key, "\n", id, NULL);
  DmpSummaryGroup *part;

  for (guint i = 0; i < parts->len; i++)
    {
      part = g_ptr_array_index (parts, i);
      if (strcmp (part->key, key) == 0)
        return part;
    }
  part = g_new0 (DmpSummaryGroup, 1);
  part->key = g_steal_pointer (&key);
  part->items = g_ptr_array_new ();
  g_ptr_array_add (parts, part);
  return part;
}

/* One group a document, to stand in place of @whole, whose line is @id. The checks that compare
 * what a group holds still see all of it, once: with its first part. Returns: FALSE when there is
 * but one document */
static gboolean
add_parts (GPtrArray *groups, const DmpSummaryGroup *whole, const char *id)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);

  for (guint i = 0; i < whole->items->len; i++)
    {
      DmpSummaryItem *item = g_ptr_array_index (whole->items, i);

      g_ptr_array_add (get_part (parts, whole, item->input->id)->items, item);
    }
  if (parts->len == 1)
    {
      g_ptr_array_unref (parts);
      return FALSE;
    }
  for (guint i = 0; i < parts->len; i++)
    ((DmpSummaryGroup *) g_ptr_array_index (parts, i))->whole = g_strdup (id);
  ((DmpSummaryGroup *) g_ptr_array_index (parts, 0))->all = g_ptr_array_ref (whole->items);
  g_ptr_array_extend_and_steal (groups, parts);
  return TRUE;
}

GPtrArray *
dmp_summary_group_lines (const DmpSummaryBuild *build,
                         DmpBlockId block,
                         const GPtrArray *items,
                         DmpSummaryTokens add_tokens)
{
  GPtrArray *groups = dmp_summary_group (items, add_tokens);

  if (g_hash_table_size (build->apart) == 0)
    return groups;
  for (guint i = groups->len; i-- > 0;)
    {
      const DmpSummaryGroup *group = g_ptr_array_index (groups, i);
      g_autofree char *id = dmp_summary_dup_line_id (block, group->key);

      if (g_hash_table_contains (build->apart, id) && add_parts (groups, group, id))
        g_ptr_array_remove_index (groups, i);
    }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}
