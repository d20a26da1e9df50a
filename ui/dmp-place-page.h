#pragma once

#include "model/dmp-practitioner.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Which place of practice the session speaks for: asked right after the code when the card holds
 * several. The button activates "win.choose-place". */
#define DMP_TYPE_PLACE_PAGE (dmp_place_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpPlacePage, dmp_place_page, DMP, PLACE_PAGE, AdwBin)

/* @situations: (nullable): a list of DmpSituation; the first one is chosen beforehand */
void dmp_place_page_set_situations (DmpPlacePage *self, GListModel *situations);

/* Returns: (transfer none) (nullable) */
DmpSituation *dmp_place_page_get_choice (DmpPlacePage *self);

void dmp_place_page_focus (DmpPlacePage *self);

G_END_DECLS
