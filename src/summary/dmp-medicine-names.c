#include "config.h"

#include "dmp-medicine-names.h"
#include "dmp-summary-tables.h"
#include "model/dmp-text.h"

static gboolean
any_begins (char **terms, const char *word)
{
  for (char **term = terms; *term != NULL; term++)
    if (g_str_has_prefix (*term, word))
      return TRUE;
  return FALSE;
}

void
dmp_medicine_add_names (const char *word, GPtrArray *names)
{
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_MEDICINES].rows;
       row->cells[0] != NULL; row++)
    {
      g_auto (GStrv) terms = g_strsplit (row->cells[2], ";", -1);
      g_autofree char *substance = dmp_text_fold (row->cells[1]);

      if (!g_str_has_prefix (substance, word) && !any_begins (terms, word))
        continue;
      g_ptr_array_add (names, g_steal_pointer (&substance));
      for (char **term = terms; *term != NULL; term++)
        g_ptr_array_add (names, g_strdup (*term));
    }
}
