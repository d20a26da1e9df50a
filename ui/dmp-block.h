#pragma once

#include "summary/dmp-summary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One block of the summary: a card with its key, its title, its count and its lines. Lines are
 * activatable rows that carry their source; the last one opens those that do not fit. */
#define DMP_TYPE_BLOCK (dmp_block_get_type ())
G_DECLARE_FINAL_TYPE (DmpBlock, dmp_block, DMP, BLOCK, GtkBox)

/* @key: "1" to "9". Returns: (transfer floating) */
GtkWidget *dmp_block_new (const char *key, const char *title);

void dmp_block_set_title (DmpBlock *self, const char *title);

/* Puts the head at the left of the lines, and there too how many are folded away. */
void dmp_block_set_side (DmpBlock *self);

/* Says at the right of the title how many lines are folded away, instead of in a line below: the
 * button that unfolds them. */
void dmp_block_set_more_in_head (DmpBlock *self);

/* Puts every other line in a second list at the right of the first; the head tells of the folded
 * ones, as in dmp_block_set_more_in_head(). To be called before any line is added. */
void dmp_block_set_two_lists (DmpBlock *self);

/* Where there is no room beside them, the head of a block with dmp_block_set_side() goes above its
 * lines, and the drawings of treatments go under them. */
void dmp_block_set_stacked (DmpBlock *self, gboolean stacked);

/* How many lines stand before the rest folds. */
void dmp_block_set_limit (DmpBlock *self, guint limit);

/* Takes all rows away. */
void dmp_block_clear (DmpBlock *self);

/* @row: (transfer floating): a row of dmp-lines.h. @name: what the folding line says of it. */
void dmp_block_add (DmpBlock *self, GtkWidget *row, const char *name);

/* The same, after all others, for a row that the reader has set aside: it is only in sight while
 * the block is unfolded, and the button in the head says how many there are. */
void dmp_block_add_aside (DmpBlock *self, GtkWidget *row, const char *name);

/* Whether it has no row. */
gboolean dmp_block_is_empty (DmpBlock *self);

/* The words after the title: "10 · arrêtés 6"; NULL takes them away. */
void dmp_block_set_count (DmpBlock *self, const char *count);

/* The sentence of an empty block; NULL takes it away. */
void dmp_block_set_sentence (DmpBlock *self, const char *sentence);

/* A widget on the right of the title: column names. (transfer floating) */
void dmp_block_set_head (DmpBlock *self, GtkWidget *head);

/* Names over the columns themselves: @columns lies over the head, as wide as the lines, and goes
 * where the lines are stacked. (transfer floating) */
void dmp_block_set_columns (DmpBlock *self, GtkWidget *columns);

/* Sets the limit so that the whole block takes at most @height at @width, but shows @least lines in
 * any case, and folds it. */
void dmp_block_fit (DmpBlock *self, int width, int height, guint least);

/* Folds or unfolds what does not fit, once all rows are there. */
void dmp_block_fold (DmpBlock *self);

/* Folds an unfolded block. Returns: FALSE when it was folded already */
gboolean dmp_block_collapse (DmpBlock *self);

/* Puts the focus on the first row, or on the one whose line has the id @line when it is in sight.
 */
gboolean dmp_block_focus (DmpBlock *self, const char *line);

/* Puts it on the row number @index from 0, else on the last one in sight before it. */
gboolean dmp_block_focus_at (DmpBlock *self, guint index);

/* Puts the row whose line has the id @line where number @index is, among the rows that are not
 * aside: what comes while somebody reads it stands around it. */
void dmp_block_keep_at (DmpBlock *self, const char *line, guint index);

/* The number of @row from 0. Returns: G_MAXUINT when it is none of its */
guint dmp_block_get_index (DmpBlock *self, GtkWidget *row);

/* The row number @index from 0. Returns: (transfer none) (nullable) */
GtkWidget *dmp_block_get_nth (DmpBlock *self, guint index);

/* The row whose line has the id @line. Returns: (transfer none) (nullable) */
GtkWidget *dmp_block_find (DmpBlock *self, const char *line);

/* The sources of the row whose line has the id @line. Returns: (transfer none) (nullable)
 * (element-type DmpSummarySource) */
GPtrArray *dmp_block_get_sources (DmpBlock *self, const char *line);

G_END_DECLS
