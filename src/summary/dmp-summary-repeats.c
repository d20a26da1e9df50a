#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-oid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* D4: two reports with the same results. The fuller one speaks; the other counts as read in it, and
 * whatever it says else still feeds the summary: measure by measure, nothing is lost. */

/* Share of its results, in %, that another report must have too. */
#define SHARED 95

typedef struct
{
  DmpSummaryInput *input;
  GPtrArray *tuples; /* (element-type utf8) */
} Report;

static void
report_free (Report *report)
{
  g_ptr_array_unref (report->tuples);
  g_free (report);
}

/* "LOINC|instant|number|unit"; NULL for what cannot be compared. */
static char *
dup_tuple (const DmpFact *fact)
{
  DmpCode *loinc = dmp_fact_get_key (fact, DMP_OID_LOINC);

  if (loinc == NULL || fact->date == NULL || fact->value == NULL || fact->value->number == NULL)
    return NULL;
  return g_strdup_printf ("%s|%s|%s|%s", dmp_code_get_code (loinc), fact->date, fact->value->number,
                          fact->value->unit ? fact->value->unit : "");
}

/* Kinds that a laboratory report may hold besides its results. */
static gboolean
is_beside (DmpFactKind kind)
{
  return kind == DMP_FACT_FINDING || kind == DMP_FACT_FILE || kind == DMP_FACT_NOTE ||
         kind == DMP_FACT_CONTACT;
}

/* Returns: (transfer full) (nullable): NULL when the document is no report of results alone */
static Report *
report_new (DmpSummaryInput *input)
{
  GPtrArray *facts = dmp_cda_document_get_facts (input->document);
  Report *report = g_new0 (Report, 1);
  gboolean alone = TRUE;

  report->input = input;
  report->tuples = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; alone && i < facts->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (facts, i);
      char *tuple = fact->kind == DMP_FACT_RESULT ? dup_tuple (fact) : NULL;

      alone = tuple != NULL || is_beside (fact->kind);
      if (tuple)
        g_ptr_array_add (report->tuples, tuple);
    }
  if (!alone || report->tuples->len == 0)
    g_clear_pointer (&report, report_free);
  return report;
}

/* All reports, newest first as the inputs; and which of them have each tuple. */
static GPtrArray *
index_reports (const DmpSummaryBuild *build, GHashTable *owners)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) report_free);

  for (guint i = 0; i < build->inputs->len; i++)
    {
      DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);
      Report *report = input->feeds && input->state == DMP_READ_CODED ? report_new (input) : NULL;

      if (report == NULL)
        continue;
      g_ptr_array_add (reports, report);
      for (guint t = 0; t < report->tuples->len; t++)
        {
          char *tuple = g_ptr_array_index (report->tuples, t);
          GPtrArray *list = g_hash_table_lookup (owners, tuple);

          if (list == NULL)
            g_hash_table_insert (owners, tuple, list = g_ptr_array_new ());
          g_ptr_array_add (list, report);
        }
    }
  return reports;
}

/* The report that has nearly all of @report and is fuller, or as full and newer. */
static const Report *
find_fuller (const GPtrArray *reports, GHashTable *owners, const Report *report)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  gboolean newer = TRUE;

  for (guint t = 0; t < report->tuples->len; t++)
    {
      const GPtrArray *list = g_hash_table_lookup (owners, g_ptr_array_index (report->tuples, t));

      for (guint i = 0; i < list->len; i++)
        {
          gpointer other = g_ptr_array_index (list, i);
          guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, other));

          g_hash_table_insert (counts, other, GUINT_TO_POINTER (count + 1));
        }
    }
  for (guint i = 0; i < reports->len; i++)
    {
      const Report *other = g_ptr_array_index (reports, i);
      guint shared = GPOINTER_TO_UINT (g_hash_table_lookup (counts, other));

      newer &= other != report;
      if (other != report && shared * 100 >= report->tuples->len * SHARED &&
          (other->tuples->len > report->tuples->len ||
           (other->tuples->len == report->tuples->len && newer)))
        return other;
    }
  return NULL;
}

void
dmp_summary_find_repeats (DmpSummaryBuild *build)
{
  g_autoptr (GHashTable) owners =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) reports = index_reports (build, owners);

  for (guint i = 0; i < reports->len; i++)
    {
      const Report *report = g_ptr_array_index (reports, i);
      const Report *fuller = find_fuller (reports, owners, report);

      if (fuller == NULL)
        continue;
      report->input->state = DMP_READ_DUPLICATE;
      report->input->instead = fuller->input->id;
      report->input->reason = _ ("résultats repris dans un compte rendu plus complet");
    }
}
