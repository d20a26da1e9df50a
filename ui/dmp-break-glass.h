#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks why a record is to be opened without the patient's word. Signal "confirmed" (string): the
 * reason; it is emitted once, then the dialog goes. */
#define DMP_TYPE_BREAK_GLASS (dmp_break_glass_get_type ())
G_DECLARE_FINAL_TYPE (DmpBreakGlass, dmp_break_glass, DMP, BREAK_GLASS, AdwWindow)

/* Modal over @parent. Returns: (transfer none) */
DmpBreakGlass *dmp_break_glass_new (GtkWindow *parent);

G_END_DECLS
