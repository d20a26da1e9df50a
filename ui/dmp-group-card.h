#pragma once

#include "session/dmp-document-groups.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands behind the chosen document, with the button that sets it apart ("win.separate"), and
 * the other documents of its episode. Signal "chosen" (unique id): one of them is asked for. */
#define DMP_TYPE_GROUP_CARD (dmp_group_card_get_type ())
G_DECLARE_FINAL_TYPE (DmpGroupCard, dmp_group_card, DMP, GROUP_CARD, GtkBox)

/* @unique_id: (nullable): nothing is chosen */
void dmp_group_card_set (DmpGroupCard *self, DmpDocumentGroups *groups, const char *unique_id);

/* "2 formats", "3 envois regroupés": the badge for one reason, or NULL.
 * Returns: (transfer full) (nullable) */
char *dmp_group_dup_badge (DmpDocumentGroups *groups, const char *unique_id, DmpGroupKind kind);

G_END_DECLS
