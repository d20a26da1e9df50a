#pragma once

#include "model/dmp-code-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Choosing a code by typing: the words are looked for in code tables, the lines found stand below;
 * Down goes into them, Enter takes one. What is in no table stays words without a code, and that is
 * said. Signal "changed". */
#define DMP_TYPE_CODE_ENTRY (dmp_code_entry_get_type ())
G_DECLARE_FINAL_TYPE (DmpCodeEntry, dmp_code_entry, DMP, CODE_ENTRY, GtkBox)

/* @tables: @n (at most 2) of them; @free_text: words without a code are allowed
 * @label: the accessible name of the entry */
GtkWidget *
dmp_code_entry_new (const DmpCodeTable *tables, guint n, gboolean free_text, const char *label);

/* @text: (nullable); @code: (nullable) */
void dmp_code_entry_set (DmpCodeEntry *self, const char *text, DmpCode *code);
const char *dmp_code_entry_get_text (DmpCodeEntry *self);

/* Returns: (transfer none) (nullable) */
DmpCode *dmp_code_entry_get_code (DmpCodeEntry *self);

G_END_DECLS
