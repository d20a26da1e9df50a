#include "config.h"

#include "dmp-summary-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The tables that a summary used, by name and date, and the checks that ran: for screen and paper.
 */

gboolean
dmp_summary_cell_covers (const char *cell, const char *code)
{
  for (const char *p = cell; *p; p += *p == ';')
    {
      gsize len = strcspn (p, ";");

      if (len > 0 && strncmp (code, p, len) == 0)
        return TRUE;
      p += len;
    }
  return FALSE;
}

gboolean
dmp_summary_cell_holds (const char *words, const char *word)
{
  gsize wanted = strlen (word);

  for (const char *p = words; *p; p += *p == ';')
    {
      gsize len = strcspn (p, ";");

      if (len == wanted && strncmp (word, p, len) == 0)
        return TRUE;
      p += len;
    }
  return FALSE;
}

const char *
dmp_summary_table_get_title (DmpSummaryTableId table)
{
  static const char *const titles[DMP_SUMMARY_N_TABLES] = {
    N_ ("noms des allergènes"),   N_ ("calendrier vaccinal"),  N_ ("seuils de variation"),
    N_ ("interactions"),          N_ ("noms des médicaments"), N_ ("examens de suivi"),
    N_ ("boîtes de médicaments"), N_ ("examens clés"),         N_ ("codes propres à un sexe"),
    N_ ("codes d’une substance"), N_ ("conversions d’unités"), N_ ("valences des vaccins"),
  };

  return _ (titles[table]);
}

static void
table_free (DmpSummaryTable *table)
{
  g_free (table->name);
  g_free (table->title);
  g_free (table->source);
  g_free (table->version);
  g_free (table);
}

static void
add_table (
    GPtrArray *tables, const char *name, const char *title, const char *source, const char *version)
{
  DmpSummaryTable *table = g_new0 (DmpSummaryTable, 1);

  table->name = g_strdup (name);
  table->title = g_strdup (title);
  table->source = g_strdup (source);
  table->version = g_strdup (version);
  g_ptr_array_add (tables, table);
}

GPtrArray *
dmp_summary_list_tables (DmpBdpm *bdpm)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func ((GDestroyNotify) table_free);

  if (bdpm)
    {
      add_table (tables, "bdpm", _ ("médicaments et boîtes (importés)"), dmp_bdpm_get_source (bdpm),
                 dmp_bdpm_get_version (bdpm));
      ((DmpSummaryTable *) g_ptr_array_index (tables, 0))->imported = TRUE;
    }
  for (guint i = 0; i < DMP_SUMMARY_N_TABLES; i++)
    add_table (tables, dmp_summary_tables[i].name, dmp_summary_table_get_title (i),
               dmp_summary_tables[i].source, dmp_summary_tables[i].version);
  return tables;
}

/* What the foot of the page has room for: the tables that a doctor asks about. */
static char *
dup_tables_sentence (const DmpSummaryBuild *build)
{
  DmpBdpm *bdpm = dmp_drugs_get_bdpm (build->drugs);
  g_autofree char *medicines =
      bdpm ? g_strdup_printf (_ ("BDPM %s (importée)"), dmp_bdpm_get_version (bdpm))
           : g_strdup_printf (_ ("médicaments %s"),
                              dmp_summary_tables[DMP_SUMMARY_MEDICINES].version);
  g_autofree char *calendar = g_strdup_printf (_ ("calendrier vaccinal %s"),
                                               dmp_summary_tables[DMP_SUMMARY_CALENDAR].version);
  g_autofree char *interactions =
      build->checks & DMP_CHECK_INTERACTIONS
          ? g_strdup_printf (_ ("interactions %s"),
                             dmp_summary_tables[DMP_SUMMARY_INTERACTIONS].version)
          : NULL;

  return g_strjoin (" · ", medicines, calendar, interactions, NULL);
}

char *
dmp_checks_dup_sentence (DmpChecks checks)
{
  const char *allergies = checks & DMP_CHECK_ALLERGIES
                              ? _ ("Allergies et médicaments : rapprochés.")
                              : _ ("Allergies et médicaments : non rapprochés (réglage).");
  const char *interactions = checks & DMP_CHECK_INTERACTIONS
                                 ? _ ("Interactions : recherchées, table non exhaustive.")
                                 : _ ("Interactions : non recherchées (réglage).");
  const char *monitoring = checks & DMP_CHECK_MONITORING
                               ? NULL
                               : _ ("Examens et rappels attendus : non signalés (réglage).");

  return g_strjoin (" ", allergies, interactions, monitoring, NULL);
}

void
dmp_summary_make_tables (DmpSummaryBuild *build)
{
  DmpSummary *summary = build->summary;

  g_ptr_array_unref (summary->tables);
  summary->tables = dmp_summary_list_tables (dmp_drugs_get_bdpm (build->drugs));
  summary->tables_sentence = dup_tables_sentence (build);
  summary->checks = build->checks;
  summary->checks_sentence = dmp_checks_dup_sentence (build->checks);
}
