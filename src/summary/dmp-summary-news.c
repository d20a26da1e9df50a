#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>

/* Results that a document of news names after its title, at most. */
#define NAMED_RESULTS 4

/* "DFG 38 mL/min · K 5,2 mmol/L": what the report holds, abnormal ones first. */
static char *
dup_results (const DmpSummaryInput *input)
{
  GPtrArray *facts = input->document ? dmp_cda_document_get_facts (input->document) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint named = 0;

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; facts && i < facts->len && named < NAMED_RESULTS; i++)
      {
        const DmpFact *fact = g_ptr_array_index (facts, i);
        const char *flag = fact->value ? fact->value->flag : NULL;
        g_autofree char *number =
            fact->value ? dmp_fact_value_dup_number (fact->value->number) : NULL;
        const char *unit = dmp_fact_value_get_unit (fact->value);
        gboolean abnormal = dmp_summary_is_abnormal (flag);

        if (fact->kind != DMP_FACT_RESULT || number == NULL || abnormal != (pass == 0))
          continue;
        g_string_append_printf (out, "%s%s %s%s%s", named ? " · " : "", fact->text, number,
                                *unit ? " " : "", unit);
        named++;
      }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static DmpSummaryLine *
make_line (const DmpSummaryInput *input)
{
  static const char *const rules[] = { "N1", NULL };
  DmpSummaryItem item = { .input = input };
  DmpSummaryLine *line = dmp_summary_line_new (DMP_BLOCK_EVENT);

  line->id = g_strdup_printf ("new-%s", input->id);
  line->text = g_strdup (input->title ? input->title : "");
  line->detail = dup_results (input);
  line->label = g_strdup (input->author);
  line->date = g_strdup (input->date);
  line->source_date = g_strdup (input->date);
  line->is_new = TRUE;
  dmp_summary_line_add_rules (line, rules);
  g_ptr_array_add (line->sources, dmp_summary_source_new (&item));
  return line;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  const DmpSummaryLine *first = *(DmpSummaryLine *const *) a;
  const DmpSummaryLine *second = *(DmpSummaryLine *const *) b;

  return strncmp (second->date ? second->date : "", first->date ? first->date : "", 8);
}

void
dmp_summary_make_news (DmpSummaryBuild *build)
{
  DmpSummary *summary = build->summary;

  for (guint i = 0; i < build->inputs->len; i++)
    {
      const DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);

      if (input->is_new && ((input->feeds && input->state != DMP_READ_DUPLICATE) ||
                            input->state == DMP_READ_FAILED || input->state == DMP_READ_PENDING))
        g_ptr_array_add (summary->news, make_line (input));
    }
  g_ptr_array_sort (summary->news, compare_days);
  if (build->last_visit)
    {
      g_autofree char *day = dmp_date_dup_display (build->last_visit, TRUE, FALSE);

      summary->news_title = g_strdup_printf (
          build->for_patient ? _ ("Nouveau depuis le %s") : _ ("Nouveau depuis votre visite du %s"),
          day);
    }
  else
    summary->news_title = g_strdup (_ ("Nouveau depuis 30 jours"));
}
