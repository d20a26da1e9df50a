#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* V3: boosters that the vaccination calendar has for an age. "rappel à vérifier", never "late"; and
 * nothing at all while something is still to be read. */

/* The birthday of @age, less @months. Returns: (transfer full) (nullable): "yyyyMMdd" */
static char *
dup_birthday (const DmpSummaryBuild *build, int age, int months)
{
  const char *birth = dmp_patient_get_birth_date (build->patient);
  g_autoptr (GDateTime) day = birth && strlen (birth) == 8 ? dmp_date_parse (birth, FALSE) : NULL;
  g_autoptr (GDateTime) birthday = day ? g_date_time_add_years (day, age) : NULL;
  g_autoptr (GDateTime) from = birthday ? g_date_time_add_months (birthday, -months) : NULL;

  return from ? g_date_time_format (from, "%Y%m%d") : NULL;
}

static gboolean
has_reached (const DmpSummaryBuild *build, int age)
{
  g_autofree char *birthday = dup_birthday (build, age, 0);

  return birthday && strcmp (birthday, build->today) <= 0;
}

/* Whether the last dose, on @last (nullable: none known), leaves something to look at.
 * @inputs: (out) (transfer full): why */
static gboolean
is_due_at_ages (const DmpSummaryBuild *build,
                const DmpSummaryRow *row,
                const char *last,
                char **inputs)
{
  g_auto (GStrv) ages = g_strsplit (row->cells[3], ";", -1);
  int slack = (int) strtol (row->cells[4], NULL, 10);
  int reached = -1;
  g_autofree char *from = NULL;

  for (guint i = 0; ages[i]; i++)
    if (has_reached (build, (int) strtol (ages[i], NULL, 10)))
      reached = (int) strtol (ages[i], NULL, 10);
  if (reached < 0)
    return FALSE;
  from = dup_birthday (build, reached, slack);
  if (last && dmp_date_compare (last, from) >= 0)
    return FALSE;
  *inputs = g_strdup_printf (_ ("dose prévue à %d ans"), reached);
  return TRUE;
}

static gboolean
is_due (const DmpSummaryBuild *build, const DmpSummaryRow *row, const char *last, char **inputs)
{
  int age = (int) strtol (row->cells[3], NULL, 10);
  int months = (int) strtol (row->cells[4], NULL, 10);

  if (strcmp (row->cells[2], "ages") == 0)
    return is_due_at_ages (build, row, last, inputs);
  if (!has_reached (build, age))
    return FALSE;
  if (strcmp (row->cells[2], "once") == 0)
    {
      *inputs = last ? NULL : g_strdup_printf (_ ("une dose à partir de %d ans"), age);
      return last == NULL;
    }
  if (last && dmp_summary_age_days (build, last) <= months * 30.5)
    return FALSE;
  *inputs = g_strdup_printf (_ ("tous les %d mois à partir de %d ans"), months, age);
  return TRUE;
}

static gboolean
counts_for (const DmpSummaryRow *row, const DmpSummaryLine *line)
{
  for (guint i = 0; i < line->keys->len; i++)
    if (dmp_summary_cell_covers (row->cells[1],
                                 dmp_code_get_code (g_ptr_array_index (line->keys, i))))
      return TRUE;
  return strcmp (row->cells[0], line->text) == 0;
}

/* The newest line of what counts for @row. Returns: (nullable) */
static DmpSummaryLine *
find_vaccine (const DmpSummaryBuild *build, const DmpSummaryRow *row)
{
  const GPtrArray *lines = build->summary->blocks[DMP_BLOCK_VACCINE].lines;
  DmpSummaryLine *found = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      DmpSummaryLine *line = g_ptr_array_index (lines, i);

      if (line->group == DMP_LINE_CURRENT && counts_for (row, line) &&
          (found == NULL || dmp_date_compare (line->date, found->date) > 0))
        found = line;
    }
  return found;
}

static void
look_for (DmpSummaryBuild *build, const DmpSummaryRow *row)
{
  DmpSummaryLine *line = find_vaccine (build, row);
  char *inputs = NULL;
  DmpSummaryMissing *missing;
  g_autofree char *source = NULL;

  if (!is_due (build, row, line ? line->date : NULL, &inputs))
    return;
  source = g_strdup_printf (_ ("%s (calendrier %s)"), inputs,
                            dmp_summary_tables[DMP_SUMMARY_CALENDAR].version);
  g_free (inputs);
  if (line)
    {
      dmp_summary_line_add_note (line, _ ("rappel à vérifier"));
      dmp_summary_line_take_why (line, "V3", g_steal_pointer (&source));
      return;
    }
  missing = g_new (DmpSummaryMissing, 1);
  *missing = (DmpSummaryMissing){ "V3", g_strdup (row->cells[0]),
                                  g_strdup (_ ("aucune information")), g_steal_pointer (&source) };
  g_ptr_array_add (build->summary->blocks[DMP_BLOCK_VACCINE].missing, missing);
}

/* Rows of one name are ages of one vaccine, the oldest last: that one decides. */
void
dmp_summary_look_for_vaccines (DmpSummaryBuild *build)
{
  const DmpSummaryRow *rows = dmp_summary_tables[DMP_SUMMARY_CALENDAR].rows;

  if (build->partial || (build->checks & DMP_CHECK_MONITORING) == 0)
    return;
  for (guint i = 0; rows[i].cells[0]; i++)
    {
      gboolean later = rows[i + 1].cells[0] &&
                       strcmp (rows[i].cells[0], rows[i + 1].cells[0]) == 0 &&
                       has_reached (build, (int) strtol (rows[i + 1].cells[3], NULL, 10));

      if (!later)
        look_for (build, &rows[i]);
    }
}
