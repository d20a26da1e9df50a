#pragma once

#include "summary/dmp-summary-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much of the record was read, as a bar: plain = coded, striped = text only, hatched = PDF
 * without data, cross = unreadable, dotted = still to come. Each pattern keeps 9 pixels, so the
 * scale is not exact: the numbers stand beside it in words. */
#define DMP_TYPE_COMPLETENESS (dmp_completeness_get_type ())
G_DECLARE_FINAL_TYPE (DmpCompleteness, dmp_completeness, DMP, COMPLETENESS, GtkWidget)

void dmp_completeness_set_coverage (DmpCompleteness *self, const DmpCoverage *coverage);

/* One square in the pattern of @state, for legends. Returns: (transfer floating) */
GtkWidget *dmp_completeness_new_swatch (DmpReadState state);

G_END_DECLS
