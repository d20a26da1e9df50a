#pragma once

#include "session/dmp-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What stands on the screen when a session has ended: always dark, no data, no button. */
#define DMP_TYPE_LOCK_PAGE (dmp_lock_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpLockPage, dmp_lock_page, DMP, LOCK_PAGE, AdwBin)

void dmp_lock_page_set_reason (DmpLockPage *self, DmpLockReason reason);

/* Says that the data are gone. Before, the page only says that the session has ended.
 * @kept: how many sendings stay, sealed, in the outbox */
void dmp_lock_page_set_wiped (DmpLockPage *self, gboolean wiped, guint kept);

G_END_DECLS
