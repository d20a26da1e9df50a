#pragma once

#include "pkcs11/dmp-card.h"

G_BEGIN_DECLS

#define ON_CARD_READER "Lecteur CPS 00 00"
#define ON_CARD_VITALE_READER "Lecteur CPS 00 01"

/* Moves the cards: cards-ctl.sh @action [@argument]. Returns: (transfer full): what it printed */
char *on_card_ctl (const char *action, const char *argument);
void on_card_do (const char *action, const char *argument);

/* Returns: lines of the card's own log ($APDU_LOG) that begin with @prefix: "> 0020", "== RESET" */
guint on_card_count (const char *prefix);

DmpCard *on_card_open (void);
gboolean on_card_try (DmpCard *card, const char *pin, gboolean last_try_allowed, GError **error);
void on_card_sign_in (DmpCard *card);
GBytes *on_card_sign (DmpCardKey *key, GError **error);

G_END_DECLS
