#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* P3: an empty block says which of the three it is: none known (and who said so), no information,
 * not readable. While reading goes on, no sentence says "none". */

/* The newest explicit "none known" line of a block. */
static const DmpSummaryLine *
find_none_known (const DmpSummaryBuild *build, DmpBlockId block, DmpFactKind kind)
{
  const GPtrArray *lines = build->summary->blocks[block].lines;
  const GPtrArray *items = build->items[kind];

  for (guint i = 0; i < lines->len; i++)
    for (guint k = 0; k < items->len; k++)
      {
        const DmpSummaryLine *line = g_ptr_array_index (lines, i);
        const DmpSummaryItem *item = g_ptr_array_index (items, k);

        if (item->fact->absent && dmp_summary_find_line (build, block, item) == line)
          return line;
      }
  return NULL;
}

static char *
dup_none_known (const DmpSummaryLine *line)
{
  const DmpSummarySource *source = g_ptr_array_index (line->sources, 0);
  g_autofree char *day = dmp_date_dup_display (source->date, TRUE, FALSE);

  return g_strdup_printf (_ ("%s (%s, %s)"), line->text, source->author ? source->author : "?",
                          day ? day : "?");
}

/* Whether a document writes of @block in a section without data, whose words stand under "Non
 * classé". */
static gboolean
is_written (const DmpSummaryBuild *build, DmpBlockId block)
{
  static const struct
  {
    DmpBlockId block;
    const char *section;
  } sections[] = { { DMP_BLOCK_TREATMENT, "10160-0" }, { DMP_BLOCK_TREATMENT, "10183-2" },
                   { DMP_BLOCK_TREATMENT, "42346-7" }, { DMP_BLOCK_PROBLEM, "11450-4" },
                   { DMP_BLOCK_PROBLEM, "11535-2" },   { DMP_BLOCK_HISTORY, "11348-0" },
                   { DMP_BLOCK_PROCEDURE, "47519-4" }, { DMP_BLOCK_VACCINE, "11369-6" },
                   { DMP_BLOCK_DEVICE, "46264-8" } };
  const GPtrArray *items = build->items[DMP_FACT_UNCLASSIFIED];

  for (guint i = 0; i < items->len; i++)
    {
      const DmpFact *fact = ((DmpSummaryItem *) g_ptr_array_index (items, i))->fact;

      for (guint k = 0; fact->text_only && k < G_N_ELEMENTS (sections); k++)
        if (sections[k].block == block && g_strcmp0 (fact->section_code, sections[k].section) == 0)
          return TRUE;
    }
  return FALSE;
}

/* Something was not read that could have spoken of it. */
static gboolean
any_unreadable (const DmpSummaryBuild *build)
{
  return build->summary->coverage.counts[DMP_READ_FAILED] > 0 && build->summary->coverage.read == 0;
}

static DmpFactKind
kind_of_block (DmpBlockId block)
{
  switch (block)
    {
    case DMP_BLOCK_ALLERGY:
      return DMP_FACT_ALLERGY;
    case DMP_BLOCK_PROBLEM:
      return DMP_FACT_PROBLEM;
    case DMP_BLOCK_TREATMENT:
      return DMP_FACT_TREATMENT;
    case DMP_BLOCK_VACCINE:
      return DMP_FACT_VACCINE;
    default:
      return DMP_FACT_UNCLASSIFIED;
    }
}

static char *
dup_sentence (const DmpSummaryBuild *build, const DmpSummaryBlock *block)
{
  DmpFactKind kind = kind_of_block (block->id);
  const DmpSummaryLine *none =
      kind == DMP_FACT_UNCLASSIFIED ? NULL : find_none_known (build, block->id, kind);

  if (block->n_current + block->n_folded > 0)
    return NULL;
  if (build->partial)
    return g_strdup (_ ("Lecture en cours"));
  if (none)
    return dup_none_known (none);
  if (is_written (build, block->id))
    return g_strdup (_ ("Texte seul : voir « Non classé »"));
  if (any_unreadable (build))
    return g_strdup (_ ("Non lisible"));
  if (block->id == DMP_BLOCK_TREATMENT && block->n_past > 0)
    return g_strdup (_ ("Aucun traitement en cours connu"));
  return g_strdup (_ ("Aucune information"));
}

static void
count_lines (DmpSummaryBlock *block)
{
  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (block->lines, i);

      block->n_current += line->group == DMP_LINE_CURRENT;
      block->n_folded += line->group == DMP_LINE_FOLDED;
      block->n_past += line->group == DMP_LINE_PAST;
      block->n_excluded += line->group == DMP_LINE_EXCLUDED;
    }
}

/* The same words for every record: varying them would tell what is hidden. */
static char *
dup_masking (const DmpSummaryBuild *build)
{
  if (build->medecin_traitant)
    return g_strdup_printf (_ ("Documents masqués affichés (%u) ; ne pas les révéler."),
                            build->summary->coverage.masked);
  return g_strdup (_ ("Le patient peut avoir masqué des documents ; ils ne sont ni comptés ni "
                      "visibles ici."));
}

void
dmp_summary_make_sentences (DmpSummaryBuild *build)
{
  for (guint i = 0; i < DMP_N_BLOCKS; i++)
    {
      DmpSummaryBlock *block = &build->summary->blocks[i];

      count_lines (block);
      block->sentence = dup_sentence (build, block);
    }
  build->summary->masking = dup_masking (build);
}
