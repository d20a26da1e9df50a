#pragma once

#include "dmp-aside.h"
#include "dmp-block.h"

G_BEGIN_DECLS

#define DMP_SUMMARY_N_BLOCKS 9

/* Makes the nine blocks with their titles, in the order of their keys 1 to 9. */
void dmp_summary_blocks_create (DmpBlock *blocks[DMP_SUMMARY_N_BLOCKS]);

/* Fills them. @summary: (nullable): empties them; @aside: which flags are folded away */
void dmp_summary_blocks_fill (DmpBlock *blocks[DMP_SUMMARY_N_BLOCKS],
                              DmpSummary *summary,
                              DmpAside *aside);

/* Its lines are made anew the next time, in their own order. */
void dmp_summary_blocks_renew (DmpBlock *block);

G_END_DECLS
