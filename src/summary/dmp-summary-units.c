#include "config.h"

#include "dmp-summary-private.h"

#include <string.h>

/* L2: values of one test in two units stand in one trend only by the table of exact conversions. */

const char *
dmp_summary_unit_for (const char *loinc, const char *unit, double *factor)
{
  *factor = 1;
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_UNITS].rows; row->cells[0]; row++)
    if (strcmp (row->cells[1], unit) == 0 &&
        (*row->cells[0] == '*' || (loinc && dmp_summary_cell_holds (row->cells[0], loinc))))
      {
        *factor = g_ascii_strtod (row->cells[3], NULL);
        return row->cells[2];
      }
  return unit;
}
