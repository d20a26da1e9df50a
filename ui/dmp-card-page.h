#pragma once

#include "dmp-check-row.h"
#include "session/dmp-session.h"

G_BEGIN_DECLS

/* Waiting for the professional's card: what the reader says, in one sentence, and whether clock and
 * service are in order. */
#define DMP_TYPE_CARD_PAGE (dmp_card_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpCardPage, dmp_card_page, DMP, CARD_PAGE, AdwBin)

/* @reader: (nullable): its name; @problem: (nullable): the sentence of an error state */
void dmp_card_page_set_state (DmpCardPage *self,
                              DmpSessionState state,
                              const char *reader,
                              const char *problem);

/* What is known of the host, from an attempt to reach it. */
void dmp_card_page_set_service (DmpCardPage *self, DmpCheck check);

/* Shows the machine's clock as it stands now. */
void dmp_card_page_update_clock (DmpCardPage *self);

G_END_DECLS
