#pragma once

#include "dmp-card-certificate.h"
#include "dmp-card-data.h"
#include "dmp-card-token.h"

G_BEGIN_DECLS

/* For dmp-card*.c only. */
struct _DmpCard
{
  GObject parent;
  char *reader;
  char *module;
  DmpCardToken *token;
  DmpCardIdentity *identity;
  X509 *x509[2];         /* by DmpCardKeyUse */
  GBytes *id[2];         /* CKA_ID that links the certificate with its key */
  DmpCardKey *key[2];    /* from the sign-in to the lock */
  GPtrArray *situations; /* DmpCardSituation */
  int tries_left;        /* -1: unknown */
  gboolean signed_in;
};

/* Reads certificates, CPS_INFO_PS: who holds the card. */
gboolean dmp_card_read_identity (DmpCard *self, GError **error);

/* After the PIN: places of practice and keys. */
gboolean dmp_card_open_private (DmpCard *self, GError **error);

/* Forgets what dmp_card_open_private() has read; the keys given out refuse from now on. */
void dmp_card_drop_private (DmpCard *self);

/* --- what OpenSC keeps of a card on the disk: dmp-card-cache.c ---------------------------------
 */

typedef enum
{
  DMP_CARD_CACHE_CURRENT, /* the certificates are those of the card, or the module keeps none */
  DMP_CARD_CACHE_STALE,
  DMP_CARD_CACHE_UNKNOWN /* the card keeps them elsewhere */
} DmpCardCacheState;

/* Compares the certificates that the module gave with the card; before the PIN. */
gboolean dmp_card_check_cache (DmpCard *self, DmpCardCacheState *state, GError **error);

/* Not while a module is open that uses it. */
void dmp_card_clear_cache (void);

/* --- commands about the codes, each within a transaction of its own: dmp-card-code.c ---------- */

typedef enum
{
  DMP_CARD_CODE_PIN = 1, /* the references of IAS-ECC */
  DMP_CARD_CODE_PUK = 2
} DmpCardCode;

/* @verified: (out) (optional): TRUE when the card needs no code right now
 * @tries: (out) (optional): -1 when the card does not say */
gboolean dmp_card_code_read_tries (
    DmpPcsc *pcsc, DmpCardCode code, gboolean *verified, int *tries, GError **error);

/* CHANGE REFERENCE DATA. @status: (out): of the card */
gboolean dmp_card_code_change (
    DmpPcsc *pcsc, const char *old_pin, const char *new_pin, guint16 *status, GError **error);

/* VERIFY of the PUK, then RESET RETRY COUNTER.
 * @puk_status: (out); @status: (out): of the second command when the first went well */
gboolean dmp_card_code_unblock (DmpPcsc *pcsc,
                                const char *puk,
                                const char *new_pin,
                                guint16 *puk_status,
                                guint16 *status,
                                GError **error);

/* Returns: the tries that @answer of GET DATA (DOCP of a code) tells, -1 when it does not */
int dmp_card_code_parse_tries (DmpSpan answer, DmpCardCode code);

G_END_DECLS
