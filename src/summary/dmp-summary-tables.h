#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tables of src/summary/tables, compiled in. Each ends with a row whose first cell is NULL;
 * what the cells are stands on top of the table. */
typedef struct
{
  const char *cells[3];
} DmpSummaryRow;

extern const DmpSummaryRow dmp_summary_medicines[];
extern const DmpSummaryRow dmp_summary_allergens[];
extern const DmpSummaryRow dmp_summary_vaccines[];
extern const DmpSummaryRow dmp_summary_results[];

/* "source (version)" */
extern const char *const dmp_summary_medicines_source;
extern const char *const dmp_summary_allergens_source;
extern const char *const dmp_summary_vaccines_source;
extern const char *const dmp_summary_results_source;

G_END_DECLS
