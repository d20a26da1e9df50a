#pragma once

#include "dmp-narrative.h"

G_BEGIN_DECLS

/* Finds words in a narrative: paragraphs, tables, and the pages of its files; accents and capitals
 * do not count. All places are marked, the current one stands out and is scrolled to. */
#define DMP_TYPE_FIND_BAR (dmp_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (DmpFindBar, dmp_find_bar, DMP, FIND_BAR, GtkBox)

/* Where to look. @narrative: (transfer none): lives as long as the bar */
void dmp_find_bar_set_narrative (DmpFindBar *self, DmpNarrative *narrative);

/* Shows the bar with the focus in its entry. */
void dmp_find_bar_open (DmpFindBar *self);

/* Hides it, with its marks. Returns: whether it was open */
gboolean dmp_find_bar_close (DmpFindBar *self);

/* The next (@step 1) or previous (-1) place, round and round. */
void dmp_find_bar_step (DmpFindBar *self, int step);

/* Looks for @words, as if typed. Returns: how many places */
guint dmp_find_bar_find (DmpFindBar *self, const char *words);

G_END_DECLS
