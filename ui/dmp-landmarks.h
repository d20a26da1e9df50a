#pragma once

#include "dmp-block.h"
#include "summary/dmp-summary.h"

G_BEGIN_DECLS

/* Block 9, "Repères": the last hospital stay, the last imaging, who to call, directives and the
 * médecin traitant, each under its name; then the other events, risks and persons.
 * Returns: (transfer full) (element-type DmpLandmark): in the order of the screen */
GPtrArray *dmp_landmarks_new (DmpSummary *summary);

/* One of them: its name, its words, and the line it comes from, which belongs to the summary or to
 * the landmark itself. */
typedef struct
{
  const char *name; /* "Hospitalisation"; "" when the words tell enough */
  char *words;
  const DmpSummaryLine *line;
  DmpSummaryLine *own; /* (nullable): of what is no line of the summary */
} DmpLandmark;

/* Adds @landmark to @block; takes it. */
void dmp_landmark_add (DmpLandmark *landmark, DmpSummary *summary, DmpBlock *block);

G_END_DECLS
