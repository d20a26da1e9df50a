#pragma once

#include "summary/dmp-summary.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* C2: the two newest lists of treatments side by side, what differs first and what is the same
 * folded. It shows the difference and chooses nothing. Signal "open" (string unique id, string
 * place): a line, or one of the lists, is asked for. Signal "set-aside" (string id of the flag).
 * The window is closed by then. */
#define DMP_TYPE_LISTS_WINDOW (dmp_lists_window_get_type ())
G_DECLARE_FINAL_TYPE (DmpListsWindow, dmp_lists_window, DMP, LISTS_WINDOW, AdwWindow)

/* @summary: with dmp_summary_get_lists(); kept alive. @aside: the flag is set aside already: it is
 * not asked for again. Returns: (transfer none): of the toolkit, as
 * every window */
DmpListsWindow *dmp_lists_window_new (GtkWindow *parent, DmpSummary *summary, gboolean aside);

G_END_DECLS
