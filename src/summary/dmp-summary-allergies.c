#include "config.h"

#include "dmp-summary-private.h"

#include <string.h>

/* A0: what an allergy is about: its agent's codes, else the words for it. */
static void
allergy_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  g_autofree char *folded = dmp_summary_fold (fact->text);
  const char *type = fact->type ? dmp_code_get_code (fact->type) : "";
  const char *class = dmp_medicine_get_allergen_class (fact);
  /* said twice about different things stays two lines: explicit answers keep their own kind, and an
   * allergy that somebody ruled out never hides the one that somebody else states */
  const char *kind = fact->absent           ? "none"
                     : fact->no_information ? "unknown"
                     : fact->negated        ? "no"
                                            : "";

  if (class && *kind == '\0')
    g_ptr_array_add (tokens, g_strdup_printf ("atc|%s", class));
  for (guint i = 0; i < fact->keys->len; i++)
    {
      g_autofree char *token = dmp_summary_dup_code_token (g_ptr_array_index (fact->keys, i));

      g_ptr_array_add (tokens, g_strdup_printf ("%s|%s", token, kind));
    }
  if (*folded && *kind == '\0' && !fact->text_only)
    g_ptr_array_add (tokens, g_strdup_printf ("text|%s", folded));
  if (tokens->len == 0)
    g_ptr_array_add (tokens, g_strdup_printf ("%s|%s|%s", *kind ? kind : "words", folded, type));
}

/* A-merge: the most severe reaction first; 9 when no severity is said. */
static int
severity_rank (const DmpFactDetail *detail)
{
  static const char *const ranks[][4] = { { "24484000", "severe", "high", "399166001" },
                                          { "6736007", "moderate", "moderate", "6736007" },
                                          { "255604002", "mild", "low", "255604002" } };
  g_autofree char *folded = detail->text ? dmp_summary_fold (detail->text) : NULL;
  const char *code = detail->code ? dmp_code_get_code (detail->code) : "";

  if (detail->role != DMP_DETAIL_SEVERITY)
    return 9;
  for (int rank = 0; rank < 3; rank++)
    for (guint i = 0; i < 4; i++)
      if (strcmp (code, ranks[rank][i]) == 0)
        return rank;
  if (folded && (strstr (folded, "grave") || strstr (folded, "sever")))
    return 0;
  return folded && strstr (folded, "moder") ? 1 : 5;
}

static int
worst_severity (const DmpFact *fact)
{
  int worst = 9;

  for (guint i = 0; i < fact->details->len; i++)
    worst = MIN (worst, severity_rank (g_ptr_array_index (fact->details, i)));
  return worst;
}

static void
add_words (GPtrArray *all, const char *words)
{
  for (guint i = 0; words && i < all->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (all, i), words) == 0)
      return;
  if (words && *words)
    g_ptr_array_add (all, (gpointer) words);
}

/* The reaction in the narrative row, when the entry carries none: the row's last cell of words
 * beside agent, kind and date. */
static void
add_row_words (GPtrArray *all, const DmpFact *fact, GPtrArray *owned)
{
  g_auto (GStrv) cells = fact->row ? g_strsplit (fact->row, "\t", -1) : NULL;
  guint n = cells ? g_strv_length (cells) : 0;
  const char *last = n > 1 ? cells[n - 1] : NULL;

  if (last && *last && g_utf8_strlen (last, -1) <= 80 && strcmp (last, fact->text) != 0 &&
      !g_ascii_isdigit (*last))
    {
      g_ptr_array_add (owned, g_strdup (last));
      add_words (all, g_ptr_array_index (owned, owned->len - 1));
    }
}

static char *
dup_detail (const GPtrArray *items)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);

  for (int rank = 0; rank <= 9; rank++)
    for (guint i = 0; i < items->len; i++)
      {
        const DmpFact *fact = ((DmpSummaryItem *) g_ptr_array_index (items, i))->fact;
        guint before = all->len;

        if (worst_severity (fact) != rank)
          continue;
        for (guint d = 0; d < fact->details->len; d++)
          {
            const DmpFactDetail *detail = g_ptr_array_index (fact->details, d);

            if (detail->role == DMP_DETAIL_REACTION || detail->role == DMP_DETAIL_SEVERITY)
              add_words (all, detail->text);
          }
        if (all->len == before)
          add_row_words (all, fact, owned);
      }
  g_ptr_array_add (all, NULL);
  return all->len > 1 ? g_strjoinv (", ", (char **) all->pdata) : NULL;
}

static const char *
earliest_date (const GPtrArray *items)
{
  const char *best = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const char *date = ((DmpSummaryItem *) g_ptr_array_index (items, i))->fact->date;

      if (date && (best == NULL || strcmp (date, best) < 0))
        best = date;
    }
  return best;
}

static void
add_group (DmpSummaryBuild *build, const DmpSummaryGroup *group)
{
  static const char *const rules[] = { "A0", "A-merge", "A-old", NULL };
  static const char *const negative[] = { "A0", "A-neg", NULL };
  const DmpSummaryItem *best = g_ptr_array_index (group->items, 0);
  DmpSummaryLine *line = dmp_summary_line_new (DMP_BLOCK_ALLERGY);

  line->text = g_strdup (best->fact->text);
  line->date = g_strdup (earliest_date (group->items));
  dmp_summary_line_add_rules (line, rules);
  if (best->fact->negated)
    line->group = DMP_LINE_EXCLUDED;
  if (best->fact->absent || best->fact->no_information)
    {
      line->group = DMP_LINE_EXCLUDED;
      dmp_summary_line_add_rules (line, negative);
    }
  else
    line->detail = dup_detail (group->items);
  dmp_summary_line_note_doubt (line, group->items);
  dmp_summary_line_take_group (build, line, group);
  dmp_summary_add_line (build, line);
}

void
dmp_summary_make_allergies (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) groups = dmp_summary_group_lines (
      build, DMP_BLOCK_ALLERGY, build->items[DMP_FACT_ALLERGY], allergy_tokens);

  for (guint i = 0; i < groups->len; i++)
    add_group (build, g_ptr_array_index (groups, i));
}
