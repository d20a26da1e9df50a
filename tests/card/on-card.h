#pragma once

#include "pkcs11/dmp-card.h"

G_BEGIN_DECLS

#define ON_CARD_READER "Lecteur CPS 00 00"
#define ON_CARD_VITALE_READER "Lecteur CPS 00 01"
#define ON_CARD_VERIFY "> 0020000108" /* a try of the PIN, as the card logs it */

/* Moves the cards: cards-ctl.sh @action [@argument]. */
void on_card_do (const char *action, const char *argument);

/* Another program resets the card, or (@verify) leaves its PIN given. */
void on_card_reset_by_other (void);
void on_card_verify_by_other (void);

/* Returns: lines of the log in the variable @log that begin with @prefix ("> 0020", "== RESET") */
guint on_card_count_in (const char *log, const char *prefix);
guint on_card_count (const char *prefix);

DmpCard *on_card_open (void);
gboolean on_card_try (DmpCard *card, const char *pin, gboolean last_try_allowed, GError **error);
void on_card_sign_in (DmpCard *card);

/* Signs a text; the key itself verifies the signature. */
GBytes *on_card_sign (DmpCardKey *key, GError **error);

void on_card_add_identity (void);
void on_card_add_keys (void);
void on_card_add_pin (void);
void on_card_add_presence (void);
void on_card_add_vitale (void);
void on_card_add_watch (void);

/* Fails unless @error is DMP_CARD_ERROR of @code, then clears it. */
#define on_card_assert_error(error, code)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_error ((error), DMP_CARD_ERROR, (code));                                              \
    g_clear_error (&(error));                                                                      \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
