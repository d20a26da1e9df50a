#include "config.h"

#include "dmp-summary-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* T5: the same substance twice, or two of one class. Two names of one substance in force by two
 * prescribers are a possible double (B1): DOLIPRANE here, EFFERALGAN there. The same name again is
 * a renewal or another dose, which C2 shows; a list that repeats a prescription is no second one.
 */

/* The first word is the brand, or the substance of a generic. */
static gboolean
same_name (const DmpSummaryItem *a, const DmpSummaryItem *b)
{
  g_autofree char *first = dmp_summary_fold (a->fact->text);
  g_autofree char *second = dmp_summary_fold (b->fact->text);
  gsize len = strcspn (first, " ,");

  return len == strcspn (second, " ,") && strncmp (first, second, len) == 0;
}

/* Another product in force than that of @first, ordered by somebody else. */
static const DmpSummaryItem *
find_other (const DmpSummaryBuild *build, const GPtrArray *items, const DmpSummaryItem *first)
{
  for (guint i = 0; i < items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (items, i);

      if (dmp_summary_is_ordered (build, item) && item->input->author && first->input->author &&
          strcmp (item->input->author, first->input->author) != 0 && !same_name (item, first))
        return item;
    }
  return NULL;
}

static void
check_course (DmpSummaryBuild *build, const DmpSummaryCourse *course)
{
  const DmpSummaryItem *first = NULL, *other;
  g_autofree char *day = NULL, *other_day = NULL;
  DmpSummaryFlag *flag;

  for (guint i = 0; first == NULL && i < course->items->len; i++)
    if (dmp_summary_is_ordered (build, g_ptr_array_index (course->items, i)))
      first = g_ptr_array_index (course->items, i);
  other = first ? find_other (build, course->items, first) : NULL;
  if (other == NULL)
    return;
  day = dmp_summary_dup_day (dmp_summary_item_own_day (first));
  other_day = dmp_summary_dup_day (dmp_summary_item_own_day (other));
  flag = dmp_summary_flag_new ("B1", DMP_SEVERITY_AMBER, _ ("Même substance, deux prescripteurs"),
                               g_strdup_printf (_ ("%s (%s, %s) ↔ %s (%s, %s)"), first->fact->text,
                                                first->input->author, day, other->fact->text,
                                                other->input->author, other_day));
  dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_TREATMENT, first);
  dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_TREATMENT, other);
  dmp_summary_add_flag (build, flag);
}

/* The same class of level 4, another substance, both in progress: a quiet word on both lines. */
static void
note_class (DmpSummaryCourse *a, DmpSummaryCourse *b)
{
  g_autofree char *note = NULL, *other_note = NULL;

  if (a->atc == NULL || b->atc == NULL || strncmp (a->atc, b->atc, 5) != 0 ||
      strcmp (a->atc, b->atc) == 0)
    return;
  note = g_strdup_printf (_ ("même classe que %s"), b->line->text);
  other_note = g_strdup_printf (_ ("même classe que %s"), a->line->text);
  dmp_summary_line_add_note (a->line, note);
  dmp_summary_line_add_note (b->line, other_note);
  dmp_summary_line_take_why (a->line, "T5", g_strdup_printf ("ATC %.5s", a->atc));
  dmp_summary_line_take_why (b->line, "T5", g_strdup_printf ("ATC %.5s", b->atc));
}

void
dmp_summary_check_doubles (DmpSummaryBuild *build)
{
  for (guint i = 0; i < build->courses->len; i++)
    {
      DmpSummaryCourse *course = g_ptr_array_index (build->courses, i);

      check_course (build, course);
      for (guint j = i + 1; course->line->group == DMP_LINE_CURRENT && j < build->courses->len; j++)
        {
          DmpSummaryCourse *other = g_ptr_array_index (build->courses, j);

          if (other->line->group == DMP_LINE_CURRENT)
            note_class (course, other);
        }
    }
}

/* --- T6: interactions ------------------------------------------------------------------------ */

/* The ATC code of the medicine at 0, then those of its parts. Returns: (nullable): no more of them
 */
static const char *
get_code (const DmpDrug *drug, guint index)
{
  if (index == 0)
    return drug->atc ? drug->atc : "";
  return index <= drug->parts->len ? g_ptr_array_index (drug->parts, index - 1) : NULL;
}

/* Whether the table's pair is one code of @a and another of @b. */
static gboolean
is_pair (const DmpSummaryRow *row, const DmpDrug *a, const DmpDrug *b)
{
  const char *one, *two;

  for (guint i = 0; (one = get_code (a, i)) != NULL; i++)
    for (guint k = 0; (two = get_code (b, k)) != NULL; k++)
      if (strcmp (one, two) != 0 && ((dmp_summary_cell_covers (row->cells[1], one) &&
                                      dmp_summary_cell_covers (row->cells[3], two)) ||
                                     (dmp_summary_cell_covers (row->cells[1], two) &&
                                      dmp_summary_cell_covers (row->cells[3], one))))
        return TRUE;
  return FALSE;
}

static void
add_interaction (DmpSummaryBuild *build,
                 const DmpSummaryRow *row,
                 const DmpSummaryCourse *a,
                 const DmpSummaryCourse *b)
{
  gboolean forbidden = strcmp (row->cells[4], "CI") == 0;
  DmpSummaryFlag *flag =
      dmp_summary_flag_new ("T6", forbidden ? DMP_SEVERITY_RED : DMP_SEVERITY_AMBER,
                            forbidden ? _ ("Interaction : contre-indication")
                                      : _ ("Interaction : association déconseillée"),
                            g_strdup_printf (_ ("%s ↔ %s (%s et %s, table de %s)"), a->line->text,
                                             b->line->text, row->cells[0], row->cells[2],
                                             dmp_summary_tables[DMP_SUMMARY_INTERACTIONS].version));

  dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_TREATMENT,
                                  g_ptr_array_index (a->items, 0));
  dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_TREATMENT,
                                  g_ptr_array_index (b->items, 0));
  dmp_summary_add_flag (build, flag);
}

/* The worst level that the table has for the two: contraindications stand first in it. */
static void
check_pair (DmpSummaryBuild *build, const DmpSummaryCourse *a, const DmpSummaryCourse *b)
{
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_INTERACTIONS].rows; row->cells[0];
       row++)
    if (is_pair (row, a->drug, b->drug))
      {
        add_interaction (build, row, a, b);
        return;
      }
}

void
dmp_summary_check_interactions (DmpSummaryBuild *build)
{
  if ((build->checks & DMP_CHECK_INTERACTIONS) == 0)
    return;
  for (guint i = 0; i < build->courses->len; i++)
    for (guint j = i + 1; j < build->courses->len; j++)
      {
        const DmpSummaryCourse *a = g_ptr_array_index (build->courses, i);
        const DmpSummaryCourse *b = g_ptr_array_index (build->courses, j);

        if (a->line->group == DMP_LINE_CURRENT && b->line->group == DMP_LINE_CURRENT)
          check_pair (build, a, b);
      }
}
