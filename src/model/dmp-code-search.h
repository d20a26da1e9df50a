#pragma once

#include "dmp-code-table.h"

G_BEGIN_DECLS

/* Looks for codes by what people type: every word begins a word of the label, or the code; accents,
 * case and punctuation do not count. Best first: the code itself, codes that begin so, labels that
 * begin so, then labels whose words come early and that are short.
 * @tables: @n of them, looked through together
 * @words: blank finds the first rows
 * @limit: at most so many
 * Returns: (transfer container) (element-type DmpCodeRow): rows of the tables */
GPtrArray *dmp_code_search (const DmpCodeTable *tables, guint n, const char *words, guint limit);

/* Makes ready what the first search in @table would make; may be called from any thread. */
void dmp_code_search_prepare (DmpCodeTable table);

G_END_DECLS
