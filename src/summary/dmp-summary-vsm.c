#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* §7: how old the medical synthesis is, and how much came after it. */

#define STALE_MONTHS 12

void
dmp_summary_vsm_free (DmpSummaryVsm *vsm)
{
  if (vsm == NULL)
    return;
  dmp_summary_source_free (vsm->source);
  g_free (vsm->sentence);
  g_free (vsm);
}

/* Inputs are newest first. Returns: (nullable) */
static const DmpSummaryInput *
find_vsm (const DmpSummaryBuild *build)
{
  for (guint i = 0; i < build->inputs->len; i++)
    {
      const DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);
      DmpCode *type = input->feeds ? dmp_cda_document_get_header (input->document)->code : NULL;

      if (type && strcmp (dmp_code_get_code (type), "SYNTH") == 0)
        return input;
    }
  return NULL;
}

/* All that tells of the line came later; the insurer's history, which is made anew again and again,
 * counts by the line's own day. */
static gboolean
is_newer (const DmpSummaryLine *line, const char *than)
{
  for (guint i = 0; i < line->sources->len; i++)
    {
      const DmpSummarySource *source = g_ptr_array_index (line->sources, i);
      const char *day = source->trust == DMP_TRUST_AM ? line->date : source->date;

      if (day == NULL || dmp_date_compare (day, than) <= 0)
        return FALSE;
    }
  return TRUE;
}

static guint
count_newer (const DmpSummaryBuild *build, const char *than)
{
  static const DmpBlockId blocks[] = { DMP_BLOCK_ALLERGY, DMP_BLOCK_PROBLEM, DMP_BLOCK_TREATMENT,
                                       DMP_BLOCK_PROCEDURE, DMP_BLOCK_DEVICE };
  guint n = 0;

  for (guint b = 0; b < G_N_ELEMENTS (blocks); b++)
    {
      const GPtrArray *lines = build->summary->blocks[blocks[b]].lines;

      for (guint i = 0; i < lines->len; i++)
        {
          const DmpSummaryLine *line = g_ptr_array_index (lines, i);

          n += line->group == DMP_LINE_CURRENT && is_newer (line, than);
        }
    }
  return n;
}

void
dmp_summary_make_vsm (DmpSummaryBuild *build)
{
  const DmpSummaryInput *input = find_vsm (build);
  gint64 age = input ? dmp_summary_age_days (build, input->date) : -1;
  g_autofree char *day = NULL;
  GString *sentence;
  DmpSummaryVsm *vsm;

  if (input == NULL || input->date == NULL)
    return;
  vsm = build->summary->vsm = g_new0 (DmpSummaryVsm, 1);
  vsm->source = dmp_summary_source_new (&(DmpSummaryItem){ .input = input });
  vsm->months = (int) (MAX (age, 0) / 30.4375);
  vsm->stale = vsm->months > STALE_MONTHS;
  vsm->n_newer = count_newer (build, input->date);
  day = dmp_date_dup_display (input->date, TRUE, FALSE);
  sentence = g_string_new (NULL);
  g_string_append_printf (sentence, _ ("VSM du %s (%d mois)"), day, vsm->months);
  if (vsm->n_newer > 0)
    g_string_append_printf (sentence,
                            g_dngettext (GETTEXT_PACKAGE, " · %u élément plus récent",
                                         " · %u éléments plus récents", vsm->n_newer),
                            vsm->n_newer);
  vsm->sentence = g_string_free (sentence, FALSE);
}
