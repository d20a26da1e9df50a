#pragma once

#include "dmp-anchor.h"
#include "dmp-coverage-row.h"
#include "dmp-summary-layout.h"
#include "dmp-summary-page.h"

G_BEGIN_DECLS

struct _DmpSummaryPage
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkGrid *grid;
  DmpCoverageRow *coverage;
  GtkBox *foot;
  GtkLabel *footnote;
  GtkLabel *footer;
  DmpBlock *blocks[DMP_SUMMARY_N_BLOCKS];

  DmpSummary *summary;
  GtkWidget *why;   /* (nullable): the open popover */
  char *last_line;  /* id of the line that last had the focus */
  char *last_whole; /* (nullable): what it was a part of */
  int last_block;   /* and where it stood */
  guint last_index;
  char *given_line; /* (nullable): the line that had the focus given to it: nobody chose it */
  char *own_line;   /* (nullable): that of the reader before the screen was turned to the patient */
  gboolean kept; /* a line of last_block stands where the reader found it, not where it belongs */
  char *closed;  /* (nullable): what the reader's profession may not see */
  gboolean filling; /* rows come and go, and pass the focus on: nobody has moved it */
  gboolean interrupted;
  gboolean waiting;          /* for a first line to give the focus to */
  gpointer focus_when_asked; /* compared only: whether the person has moved since */
  DmpSummaryLayout layout;
  DmpAside *aside; /* flags out of the reader's sight while the record is open */
  guint reshape;   /* idle source */
  guint sort;      /* the same: what was kept goes back where it belongs */
  DmpAnchor anchor;
};

/* The row that has the focus, or around what has it. (nullable) */
GtkWidget *dmp_summary_page_get_focus_row (DmpSummaryPage *self);

/* Keys, and what the mouse does instead of them (dmp-summary-keys.c). */
void dmp_summary_page_install_keys (GtkWidgetClass *widget_class);
void dmp_summary_page_init_mouse (DmpSummaryPage *self);

G_END_DECLS
