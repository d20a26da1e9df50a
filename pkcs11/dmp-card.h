#pragma once

#include "dmp-card-error.h"
#include "dmp-card-key.h"

G_BEGIN_DECLS

typedef struct
{
  DmpCardKeyUse use;
  char *subject;         /* RFC 2253, UTF-8 */
  char *issuer;          /* RFC 2253, UTF-8 */
  GDateTime *not_before; /* UTC */
  GDateTime *not_after;  /* UTC */
} DmpCardCertificate;

/* Who holds the card; known without PIN. UTF-8; NULL when the card does not say. */
typedef struct
{
  char *kind;              /* "CPS", "CPF", "CPE" (also CDE), "CPA" */
  char *national_id;       /* 8 + RPPS, 0 + ADELI; CPE: structure/number */
  char *family;            /* NULL on a CPE without a name */
  char *given;             /* as family */
  char *civility;          /* "DR" for a doctor or a dentist: the card says no other */
  char *profession;        /* code of TRE_G15 ("10"), or NULL */
  char *speciality;        /* code of TRE_R01 ("SM26"), or NULL */
  char *structure_id;      /* organisation of a CPE or CPA, from its certificate, or NULL */
  char *structure_name;    /* the same */
  char *card_number;       /* "8025000001/2500577253"; a card that does not say: the serial number
                              of its certificate. Another number is another card. */
  GPtrArray *certificates; /* DmpCardCertificate, authentication first */
  GDateTime *valid_until;  /* the earliest end of the certificates, UTC */
} DmpCardIdentity;

/* A place of practice: CPS_ACTIVITY_nn_PS. All three belong together: structure and sector of the
 * VIHF must come from the same activity (SEL-MP-037). */
typedef struct
{
  guint index;        /* nn: the numbers may have gaps */
  char *name;         /* company name, may be NULL */
  char *structure_id; /* Struct_IdNat */
  char *sector;       /* "SA07" */
} DmpCardSituation;

typedef struct
{
  guint apdus;      /* commands that we sent ourselves; those of the module are not in it */
  guint signatures; /* by both keys of the card */
  guint handshakes; /* of these, by the authentication key through TLS */
} DmpCardCounts;

/* A professional's card in a reader. The calls below block on the card (an APDU takes 20 to 100 ms
 * on a real one, a signature one second): make them from ONE worker thread, which is also where
 *
 * One card can be open at a time in a process: a PKCS#11 module is initialised once.
 *
 * Once a call has failed with REMOVED every later one does: free the card, open the next. The last
 * unref of a card that is signed in locks it; lock it first to know whether that worked. */
#define DMP_TYPE_CARD (dmp_card_get_type ())
G_DECLARE_FINAL_TYPE (DmpCard, dmp_card, DMP, CARD, GObject)

/* Gives OpenSC our configuration (no PIN cache, no probing of other cards) through the environment
 * of this process. Call it first in main(), before any thread: setenv() is not thread-safe. */
void dmp_card_prepare_process (void);

/* Opens the card and reads who holds it, without PIN.
 * @module: (nullable): absolute path of the PKCS#11 module; NULL: the official CPS library when it
 *   is installed, else OpenSC. Refused unless it and its folders are owned by root or by us, and
 *   not writable by everybody.
 * @reader: PC/SC name
 * Returns: (transfer full)
 * Errors: NO_SERVICE, NO_READER, NO_CARD, WRONG_CARD (a Vitale is never sent a command), REMOVED,
 *   READ, BUSY, MODULE, CANCELLED. An expired or blocked card opens: its holder is shown. */
DmpCard *
dmp_card_open (const char *module, const char *reader, GCancellable *cancellable, GError **error);

/* Returns: (transfer none) */
const char *dmp_card_get_reader (DmpCard *self);

/* Returns: (transfer none): path of the module in use */
const char *dmp_card_get_module (DmpCard *self);

/* Returns: (transfer none) */
const DmpCardIdentity *dmp_card_get_identity (DmpCard *self);

/* Returns: FALSE with %DMP_CARD_ERROR_EXPIRED when a certificate has ended or has not begun at
 * @now (UTC); asked by dmp_card_sign_in() too. @now: (nullable): NULL is this machine's clock */
gboolean dmp_card_check_validity (DmpCard *self, GDateTime *now, GError **error);

/* Returns: tries left as last known from the card (0: blocked); -1: unknown */
int dmp_card_get_tries_left (DmpCard *self);

/* Asks the card again: one APDU, no try is used. Returns: FALSE with @error when it cannot. */
gboolean dmp_card_read_tries_left (DmpCard *self, GError **error);

/* Verifies the PIN once for both keys, then reads the places of practice. The tries left are read
 * first. Nothing is ever tried twice by itself; the PIN is not kept.
 * @pin: (transfer none): the caller wipes it
 * @last_try_allowed: the person has confirmed the last try
 * Errors: PIN_FORMAT and LAST_TRY and EXPIRED (no try used), WRONG_PIN, BLOCKED, REMOVED, READ,
 *   MODULE, KEY */
gboolean
dmp_card_sign_in (DmpCard *self, const DmpSecret *pin, gboolean last_try_allowed, GError **error);

/* Returns: TRUE between dmp_card_sign_in() and the lock, a removal or a reset that was noticed */
gboolean dmp_card_is_signed_in (DmpCard *self);

/* Returns: (transfer none) (element-type DmpCardSituation): by index; empty before the PIN */
GPtrArray *dmp_card_get_situations (DmpCard *self);

/* Returns: (transfer none) (nullable): NULL before the PIN */
DmpCardKey *dmp_card_get_key (DmpCard *self, DmpCardKeyUse use);

/* Drops keys and situations, logs out, resets the card and checks that it asks for the PIN again:
 * the verified state belongs to the card, another program could use it. The card stays open:
 * dmp_card_sign_in() works again. Locking a card that is gone succeeds.
 * Errors: REMOVED is none; READ when the card still holds the PIN as given (tell the person to pull
 * it), BUSY when another program forbids the reset */
gboolean dmp_card_lock (DmpCard *self, GError **error);

/* Changes the PIN: uses a try when @old is wrong; the same errors as dmp_card_sign_in(). Both are
 * four digits. Signs out. */
gboolean dmp_card_change_pin (DmpCard *self,
                              const DmpSecret *old_pin,
                              const DmpSecret *new_pin,
                              gboolean last_try_allowed,
                              GError **error);

/* Gives the card a new PIN with its unblocking code (PUK, eight digits), by APDUs: OpenSC cannot.
 * Signs out.
 * @last_try_allowed: try even when the tries of the PUK cannot be known or one is left
 * Errors: PIN_FORMAT (either), WRONG_PUK, LAST_TRY, PUK_BLOCKED, REMOVED, READ */
gboolean dmp_card_unblock_pin (DmpCard *self,
                               const DmpSecret *puk,
                               const DmpSecret *new_pin,
                               gboolean last_try_allowed,
                               GError **error);

/* @counts: (out caller-allocates): since the card was opened */
void dmp_card_get_counts (DmpCard *self, DmpCardCounts *counts);

G_END_DECLS
