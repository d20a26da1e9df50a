#pragma once

#include "dmp-block.h"

G_BEGIN_DECLS

struct _DmpBlock
{
  GtkBox parent_instance;

  GtkWidget *head;
  GtkLabel *title;
  GtkLabel *count;
  GtkWidget *columns; /* (nullable) */
  GtkWidget *over;    /* (nullable): names over the columns */
  GtkWidget *sentence;
  GtkWidget *lists; /* one beside the other */
  GtkListBox *list;
  GtkListBox *second;     /* (nullable): every other line, on the right */
  GtkListBoxRow *more;    /* (nullable): the folding row */
  GtkWidget *side_button; /* (nullable): the same, in the head */
  guint limit;
  guint n_aside; /* of the rows, the last ones */
  gboolean side; /* the head stands at the left */
  gboolean unfolded;
  gboolean stacked;
};

/* In the order they are read. (nullable): NULL after the last one */
GtkListBoxRow *dmp_block_get_row (DmpBlock *self, guint i);
guint dmp_block_count_rows (DmpBlock *self);

/* Folds it or unfolds it (dmp-block-fold.c). */
void dmp_block_toggle (DmpBlock *self);

G_END_DECLS
