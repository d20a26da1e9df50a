#pragma once

#include "dmp-summary-private.h"

G_BEGIN_DECLS

/* One step of a build. */
typedef void (*DmpSummaryStep) (DmpSummaryBuild *build);

/* All steps in their order, closed by NULL. */
extern const DmpSummaryStep dmp_summary_steps[];

void dmp_summary_sort (DmpSummaryBuild *build);
void dmp_summary_sort_flags (DmpSummaryBuild *build);

G_END_DECLS
