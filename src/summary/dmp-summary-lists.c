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

/* What was taken on admission is no list in force where the same letter says what is taken after.
 */
static gboolean
is_of_admission (const GPtrArray *items, const DmpSummaryItem *item)
{
  if (g_strcmp0 (item->fact->section_code, "42346-7") != 0)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const DmpSummaryItem *other = g_ptr_array_index (items, i);

      if (other->input == item->input && g_strcmp0 (other->fact->section_code, "42346-7") != 0 &&
          dmp_summary_is_list_line (other->fact))
        return TRUE;
    }
  return FALSE;
}

gboolean
dmp_summary_is_list_item (const DmpSummaryBuild *build, const DmpSummaryItem *item)
{
  return item->fact->kind == DMP_FACT_TREATMENT && dmp_summary_is_list_line (item->fact) &&
         !is_of_admission (build->items[DMP_FACT_TREATMENT], item);
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

/* The lines of @list. Returns: (transfer container) (element-type DmpSummaryItem) */
static GPtrArray *
get_lines (const DmpSummaryBuild *build, const GPtrArray *items, const DmpSummaryInput *list)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      DmpSummaryItem *item = g_ptr_array_index (items, i);

      if (item->input == list && dmp_summary_is_list_item (build, item))
        g_ptr_array_add (lines, item);
    }
  return lines;
}

static gboolean
share_token (const DmpSummaryItem *a, const DmpSummaryItem *b)
{
  for (guint i = 0; i < a->drug->tokens->len; i++)
    for (guint j = 0; j < b->drug->tokens->len; j++)
      if (strcmp (a->drug->tokens->pdata[i], b->drug->tokens->pdata[j]) == 0)
        return TRUE;
  return FALSE;
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

/* The same words, or other words for exactly the same doses; a posology that one of them does not
 * give is no difference. */
static gboolean
same_posology (const char *a, const char *b)
{
  DmpPosology first, second;

  if (a == NULL || b == NULL || same_words (a, b))
    return TRUE;
  return dmp_posology_parse (a, &first) && dmp_posology_parse (b, &second) &&
         first.unit == second.unit && first.daily == second.daily && first.dose == second.dose;
}

/* The same product under another label: same strengths, or the same code; words that name another
 * strength outdo the code. */
static gboolean
same_product (const DmpSummaryItem *a, const DmpSummaryItem *b)
{
  if (a->drug->strength && b->drug->strength)
    return strcmp (a->drug->strength, b->drug->strength) == 0;
  return same_words (a->fact->text, b->fact->text) ||
         (a->drug->cis && g_strcmp0 (a->drug->cis, b->drug->cis) == 0);
}

/* --- Pairs ----------------------------------------------------------------------------------- */

const char *
dmp_pair_kind_get_name (DmpPairKind kind)
{
  static const char *const names[] = { "same", "dose", "left-only", "right-only", "ended" };

  return names[kind];
}

static void
list_line_free (DmpSummaryListLine *line)
{
  if (line == NULL)
    return;
  g_free (line->text);
  g_free (line->dosage);
  dmp_summary_source_free (line->source);
  g_free (line);
}

static void
pair_free (DmpSummaryPair *pair)
{
  list_line_free (pair->left);
  list_line_free (pair->right);
  g_free (pair->delivery);
  if (pair->delivery_source)
    dmp_summary_source_free (pair->delivery_source);
  g_free (pair->line);
  g_free (pair);
}

void
dmp_summary_lists_free (DmpSummaryLists *lists)
{
  if (lists == NULL)
    return;
  dmp_summary_source_free (lists->left.source);
  dmp_summary_source_free (lists->right.source);
  g_ptr_array_unref (lists->pairs);
  g_free (lists);
}

static DmpSummaryListLine *
list_line_new (const DmpSummaryItem *item)
{
  DmpSummaryListLine *line = g_new0 (DmpSummaryListLine, 1);

  line->text = g_strdup (item->fact->text);
  line->dosage = g_strdup (item->fact->dosage_text);
  line->source = dmp_summary_source_new (item);
  return line;
}

/* The last delivery of the substance of @item. (nullable) */
static const DmpSummaryItem *
find_delivery (const DmpSummaryBuild *build, const DmpSummaryItem *item)
{
  const GPtrArray *deliveries = build->items[DMP_FACT_DELIVERY];
  const DmpSummaryItem *last = NULL;

  for (guint i = 0; i < deliveries->len; i++)
    {
      const DmpSummaryItem *one = g_ptr_array_index (deliveries, i);

      if (share_token (one, item) &&
          (last == NULL ||
           dmp_date_compare (dmp_summary_item_own_day (one), dmp_summary_item_own_day (last)) > 0))
        last = one;
    }
  return last;
}

/* "FUROSÉMIDE 40 MG délivré le 12/01/2026" */
static void
take_delivery (const DmpSummaryBuild *build, DmpSummaryPair *pair, const DmpSummaryItem *item)
{
  const DmpSummaryItem *last = find_delivery (build, item);
  g_autofree char *day = NULL;

  if (last == NULL)
    return;
  day = dmp_summary_dup_day (dmp_summary_item_own_day (last));
  pair->delivery = g_strdup_printf (_ ("%s délivré le %s"), last->fact->text, day);
  pair->delivery_source = dmp_summary_source_new (last);
}

static DmpPairKind
judge (const DmpSummaryBuild *build, const DmpSummaryItem *left, const DmpSummaryItem *right)
{
  if (left == NULL)
    return DMP_PAIR_RIGHT_ONLY;
  if (right == NULL)
    return is_ended (build, left->fact) ? DMP_PAIR_ENDED : DMP_PAIR_LEFT_ONLY;
  return same_posology (left->fact->dosage_text, right->fact->dosage_text) &&
                 same_product (left, right)
             ? DMP_PAIR_SAME
             : DMP_PAIR_DOSE;
}

static void
add_pair (const DmpSummaryBuild *build,
          DmpSummaryLists *lists,
          const DmpSummaryItem *left,
          const DmpSummaryItem *right)
{
  DmpSummaryPair *pair = g_new0 (DmpSummaryPair, 1);
  const DmpSummaryItem *item = right ? right : left;
  const DmpSummaryLine *line = dmp_summary_find_line (build, DMP_BLOCK_TREATMENT, item);

  pair->kind = judge (build, left, right);
  pair->left = left ? list_line_new (left) : NULL;
  pair->right = right ? list_line_new (right) : NULL;
  take_delivery (build, pair, item);
  pair->line = g_strdup (line ? line->id : NULL);
  lists->n_different += pair->kind != DMP_PAIR_SAME && pair->kind != DMP_PAIR_ENDED;
  g_ptr_array_add (lists->pairs, pair);
}

/* The line of @lines for the same medicine as @item, and the same product if there is one. */
static const DmpSummaryItem *
find_partner (const GPtrArray *lines, const DmpSummaryItem *item)
{
  const DmpSummaryItem *found = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const DmpSummaryItem *one = g_ptr_array_index (lines, i);

      if (!share_token (one, item))
        continue;
      if (same_product (one, item))
        return one;
      if (found == NULL)
        found = one;
    }
  return found;
}

static const char *
pair_text (const DmpSummaryPair *pair)
{
  return pair->left ? pair->left->text : pair->right->text;
}

/* Differences first, then by words. */
static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  static const int ranks[] = { 3, 0, 1, 2, 4 };
  const DmpSummaryPair *first = *(const DmpSummaryPair *const *) a;
  const DmpSummaryPair *second = *(const DmpSummaryPair *const *) b;
  int order = ranks[first->kind] - ranks[second->kind];

  return order ? order : strcmp (pair_text (first), pair_text (second));
}

static DmpSummaryListHead
make_head (const GPtrArray *lines)
{
  DmpSummaryListHead head = { dmp_summary_source_new (g_ptr_array_index (lines, 0)), lines->len };

  return head;
}

/* Whether all @lines are of what is taken: treatments of a VSM, or on discharge. */
static gboolean
is_of_current (const GPtrArray *lines)
{
  static const char *const sections[] = { "10160-0", "10183-2", NULL };

  for (guint i = 0; i < lines->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (lines, i);

      if (!g_strv_contains (sections, item->fact->section_code))
        return FALSE;
    }
  return TRUE;
}

/* Two lists with nothing in common are of different kinds, and tell nothing about each other: NULL.
 * But two lists of what is taken, or is to be taken from now on, are of one kind. */
static DmpSummaryLists *
pair_up (const DmpSummaryBuild *build, const GPtrArray *old, const GPtrArray *new)
{
  DmpSummaryLists *lists = g_new0 (DmpSummaryLists, 1);
  guint common = 0;

  lists->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) pair_free);
  lists->left = make_head (old);
  lists->right = make_head (new);
  for (guint i = 0; i < old->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (old, i);
      const DmpSummaryItem *partner = find_partner (new, item);

      add_pair (build, lists, item, partner);
      common += partner != NULL;
    }
  for (guint i = 0; i < new->len; i++)
    if (find_partner (old, g_ptr_array_index (new, i)) == NULL)
      add_pair (build, lists, NULL, g_ptr_array_index (new, i));
  g_ptr_array_sort (lists->pairs, compare_pairs);
  if (common == 0 && !(is_of_current (old) && is_of_current (new)))
    g_clear_pointer (&lists, dmp_summary_lists_free);
  return lists;
}

/* --- The flag -------------------------------------------------------------------------------- */

static void
append_pair (GString *out, const DmpSummaryPair *pair)
{
  const char *between = out->len > 0 ? " · " : "";

  switch (pair->kind)
    {
    case DMP_PAIR_LEFT_ONLY:
      g_string_append_printf (out, _ ("%s%s absent"), between, pair->left->text);
      break;
    case DMP_PAIR_RIGHT_ONLY:
      g_string_append_printf (out, _ ("%s%s ajouté"), between, pair->right->text);
      break;
    case DMP_PAIR_DOSE:
      if (!same_posology (pair->left->dosage, pair->right->dosage))
        g_string_append_printf (out, _ ("%s%s « %s » → « %s »"), between, pair->right->text,
                                pair->left->dosage, pair->right->dosage);
      else
        g_string_append_printf (out, "%s%s → %s", between, pair->left->text, pair->right->text);
      break;
    case DMP_PAIR_SAME:
    case DMP_PAIR_ENDED:
    default:
      break;
    }
}

static void
add_flag (DmpSummaryBuild *build,
          const DmpSummaryLists *lists,
          const DmpSummaryItem *old,
          const DmpSummaryItem *new)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autofree char *day = dmp_date_dup_display (dmp_summary_item_day (old), TRUE, FALSE);
  g_autofree char *last_day = dmp_date_dup_display (dmp_summary_item_day (new), TRUE, FALSE);
  DmpSummaryFlag *flag;

  for (guint i = 0; i < lists->pairs->len; i++)
    append_pair (changes, g_ptr_array_index (lists->pairs, i));
  flag = dmp_summary_flag_new ("C2", DMP_SEVERITY_AMBER, _ ("Listes divergentes"),
                               g_strdup_printf (_ ("%s %s ↔ %s %s : %s"), old->input->title, day,
                                                new->input->title, last_day, changes->str));
  dmp_summary_flag_add_item (flag, old);
  dmp_summary_flag_add_item (flag, new);
  for (guint i = 0; i < lists->pairs->len; i++)
    {
      const DmpSummaryPair *pair = g_ptr_array_index (lists->pairs, i);

      if (pair->line && pair->kind != DMP_PAIR_SAME && pair->kind != DMP_PAIR_ENDED)
        g_ptr_array_add (flag->lines, g_strdup (pair->line));
    }
  dmp_summary_add_flag (build, flag);
}

void
dmp_summary_check_lists (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) newest = g_ptr_array_new ();
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GPtrArray) new = NULL;
  const DmpSummaryInput *last, *before;
  DmpSummaryLists *lists;

  g_ptr_array_extend (newest, build->items[DMP_FACT_TREATMENT], NULL, NULL);
  g_ptr_array_sort (newest, dmp_summary_compare_newest);
  last = next_list (newest, NULL);
  before = last ? next_list (newest, last) : NULL;
  if (before == NULL || dmp_summary_age_days (build, before->date) > LIST_DAYS)
    return;
  old = get_lines (build, newest, before);
  new = get_lines (build, newest, last);
  lists = build->summary->lists = pair_up (build, old, new);
  if (lists && lists->n_different > 0)
    add_flag (build, lists, g_ptr_array_index (old, 0), g_ptr_array_index (new, 0));
}
