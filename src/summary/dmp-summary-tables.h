#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tables of src/summary/tables, compiled in. Each ends with a row whose first cell is NULL;
 * what the cells are stands on top of the table. In the order of the names. */
typedef enum
{
  DMP_SUMMARY_ALLERGENS,
  DMP_SUMMARY_CALENDAR,
  DMP_SUMMARY_CHANGES,
  DMP_SUMMARY_INTERACTIONS,
  DMP_SUMMARY_MEDICINES,
  DMP_SUMMARY_MONITORING,
  DMP_SUMMARY_PRESENTATIONS,
  DMP_SUMMARY_RESULTS,
  DMP_SUMMARY_SEXES,
  DMP_SUMMARY_SUBSTANCES,
  DMP_SUMMARY_UNITS,
  DMP_SUMMARY_VACCINES,
  DMP_SUMMARY_N_TABLES
} DmpSummaryTableId;

typedef struct
{
  const char *cells[6];
} DmpSummaryRow;

typedef struct
{
  const char *name;
  const char *source;
  const char *version;
  const DmpSummaryRow *rows;
} DmpSummaryTableData;

extern const DmpSummaryTableData dmp_summary_tables[DMP_SUMMARY_N_TABLES];

/* Whether @words (parted by ';', as in the cells) holds @word. */
gboolean dmp_summary_cell_holds (const char *words, const char *word);

/* Whether @code begins with one of the codes of @cell, parted by ';'. */
gboolean dmp_summary_cell_covers (const char *cell, const char *code);

/* What a table is, in French: "calendrier vaccinal". Returns: (transfer none) */
const char *dmp_summary_table_get_title (DmpSummaryTableId table);

G_END_DECLS
