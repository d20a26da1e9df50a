#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-oid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* P2: same code in the same system, and the same side of the body; words only when there is no
 * code. */
static void
problem_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  int sides = dmp_summary_get_sides (fact->text);

  for (guint i = 0; i < fact->keys->len; i++)
    {
      g_autofree char *token = dmp_summary_dup_code_token (g_ptr_array_index (fact->keys, i));

      g_ptr_array_add (tokens,
                       sides ? g_strdup_printf ("%s|%d", token, sides) : g_steal_pointer (&token));
    }
  if (tokens->len == 0)
    {
      g_autofree char *folded = dmp_summary_fold (fact->text);

      if (*folded)
        g_ptr_array_add (tokens, g_strconcat ("text|", folded, NULL));
    }
}

static const char *
status_code (const DmpFact *fact)
{
  const DmpFactDetail *detail = dmp_fact_get_detail (fact, DMP_DETAIL_STATUS);

  return detail && detail->code ? dmp_code_get_code (detail->code) : "";
}

/* P1: active until its own source says that it ended. */
gboolean
dmp_summary_is_active (const DmpSummaryBuild *build, const DmpFact *fact)
{
  /* HL7, and SNOMED CT of IHE: inactive, resolved, in remission */
  static const char *const over[] = { "inactive",  "resolved",  "remission", "73425007",
                                      "413322009", "277022003", NULL };

  if (fact->kind != DMP_FACT_PROBLEM)
    return FALSE;
  if (g_strv_contains (over, status_code (fact)) || g_strcmp0 (fact->status, "aborted") == 0)
    return FALSE;
  return fact->end_date == NULL || dmp_summary_age_days (build, fact->end_date) <= 0;
}

/* P6: symptoms and reasons for encounter go under "autres". */
static gboolean
is_symptom (const DmpFact *fact)
{
  DmpCode *code = dmp_fact_get_key (fact, DMP_OID_CIM10);

  return code && strchr ("RZ", *dmp_code_get_code (code)) != NULL;
}

/* Whether only letters of a stay tell of it: admitted or discharged with it, and nobody lists it as
 * active. */
static gboolean
is_of_stay (const GPtrArray *items)
{
  static const char *const sections[] = { "46241-6", "11535-2", NULL };

  for (guint i = 0; i < items->len; i++)
    {
      const DmpFact *fact = ((DmpSummaryItem *) g_ptr_array_index (items, i))->fact;

      if (fact->section_code == NULL || !g_strv_contains (sections, fact->section_code))
        return FALSE;
    }
  return TRUE;
}

static void
explain (DmpSummaryLine *line, const DmpSummaryGroup *group, gboolean active)
{
  if (active)
    dmp_summary_line_take_why (line, "P1",
                               g_strdup (is_of_stay (group->items)
                                             ? _ ("diagnostic d’un séjour, sans date de fin passée")
                                             : _ ("écrit comme actif, sans date de fin passée")));
  dmp_summary_line_take_why (
      line, "P2", g_strdup_printf (_ ("%u mention(s) : %s"), group->items->len, group->key));
  if (active)
    dmp_summary_line_take_why (line, "P5", NULL);
  if (line->group == DMP_LINE_FOLDED)
    dmp_summary_line_take_why (line, "P6", NULL);
  if (line->group == DMP_LINE_EXCLUDED)
    dmp_summary_line_take_why (line, "P7", NULL);
}

static void
add_group (DmpSummaryBuild *build, const DmpSummaryGroup *group, gboolean active)
{
  const DmpSummaryItem *best = g_ptr_array_index (group->items, 0);
  const DmpFact *fact = best->fact;
  DmpSummaryLine *line = dmp_summary_line_new (active ? DMP_BLOCK_PROBLEM : DMP_BLOCK_HISTORY);

  line->text = g_strdup (fact->text);
  for (guint i = 0; i < group->items->len; i++)
    {
      const DmpFact *other = ((DmpSummaryItem *) g_ptr_array_index (group->items, i))->fact;

      if (other->date && (line->date == NULL || strcmp (other->date, line->date) < 0))
        {
          g_free (line->date);
          line->date = g_strdup (other->date);
        }
      if (!active && other->end_date && line->end_date == NULL)
        line->end_date = g_strdup (other->end_date);
    }
  if (fact->negated || fact->absent || fact->no_information)
    line->group = DMP_LINE_EXCLUDED;
  else if (active && is_symptom (fact))
    line->group = DMP_LINE_FOLDED;
  explain (line, group, active);
  if (dmp_fact_get_detail (fact, DMP_DETAIL_SEVERITY))
    line->detail = g_strdup (dmp_fact_get_detail (fact, DMP_DETAIL_SEVERITY)->text);
  if (active && line->group == DMP_LINE_CURRENT && is_of_stay (group->items))
    dmp_summary_line_add_detail (line, _ ("diagnostic d’un séjour"));
  dmp_summary_line_note_doubt (line, group->items);
  dmp_summary_line_take_group (build, line, group);
  dmp_summary_add_line (build, line);
}

/* Items of one side: the active ones, or the ended ones; negated ones of either apart, so that an
 * excluded disease never hides a stated one. */
static void
make_side (DmpSummaryBuild *build, gboolean active, gboolean negated)
{
  static const DmpFactKind kinds[] = { DMP_FACT_PROBLEM, DMP_FACT_HISTORY };
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) groups = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < build->items[kinds[k]]->len; i++)
      {
        DmpSummaryItem *item = g_ptr_array_index (build->items[kinds[k]], i);
        gboolean no = item->fact->negated || item->fact->absent || item->fact->no_information;

        if (dmp_summary_is_active (build, item->fact) == active && no == negated)
          g_ptr_array_add (items, item);
      }
  groups = dmp_summary_group_lines (build, active ? DMP_BLOCK_PROBLEM : DMP_BLOCK_HISTORY, items,
                                    problem_tokens);
  for (guint i = 0; i < groups->len; i++)
    add_group (build, g_ptr_array_index (groups, i), active);
}

/* --- P2: lines of one CIM-10 category stand together ------------------------------------------ */

/* Its category, "E11"; (nullable) (transfer full) */
static char *
dup_category (const DmpSummaryLine *line)
{
  for (guint i = 0; i < line->keys->len; i++)
    {
      DmpCode *code = g_ptr_array_index (line->keys, i);

      if (strcmp (dmp_code_get_system (code), DMP_OID_CIM10) == 0 &&
          strlen (dmp_code_get_code (code)) >= 3)
        return g_strndup (dmp_code_get_code (code), 3);
    }
  return NULL;
}

/* The lines of the category of line @index that come after it in the same group, right under it. */
static void
gather_family (GPtrArray *lines, guint index)
{
  DmpSummaryLine *parent = g_ptr_array_index (lines, index);
  guint place = index + 1;

  for (guint i = index + 1; parent->family && i < lines->len; i++)
    {
      DmpSummaryLine *line = g_ptr_array_index (lines, i);

      if (line->group != parent->group || g_strcmp0 (line->family, parent->family) != 0)
        continue;
      line->is_child = TRUE;
      memmove (&lines->pdata[place + 1], &lines->pdata[place],
               (i - place) * sizeof lines->pdata[0]);
      lines->pdata[place++] = line;
    }
  if (place == index + 1)
    g_clear_pointer (&parent->family, g_free);
}

void
dmp_summary_group_problems (DmpSummaryBuild *build)
{
  GPtrArray *lines = build->summary->blocks[DMP_BLOCK_PROBLEM].lines;

  for (guint i = 0; i < lines->len; i++)
    {
      DmpSummaryLine *line = g_ptr_array_index (lines, i);

      line->family = dup_category (line);
    }
  for (guint i = 0; i < lines->len; i++)
    if (!((DmpSummaryLine *) g_ptr_array_index (lines, i))->is_child)
      gather_family (lines, i);
}

void
dmp_summary_make_problems (DmpSummaryBuild *build)
{
  make_side (build, TRUE, FALSE);
  make_side (build, TRUE, TRUE);
  make_side (build, FALSE, FALSE);
  make_side (build, FALSE, TRUE);
}
