#pragma once

#include "dmp-card-tlv.h"

G_BEGIN_DECLS

/* For pkcs11/ only: a connection of our own to the card in a reader, shared with the PKCS#11
 * module's. What is sent between dmp_pcsc_begin() and dmp_pcsc_end() cannot be mixed with the
 * commands of anybody else, nor lose the PIN to a reset. Secrets are not kept. */
typedef struct _DmpPcsc DmpPcsc;

/* An answer longer than any object of a card we know is refused. */
#define DMP_PCSC_ANSWER_MAX 32768

/* Connects to the card of @reader; powers it if need be, sends nothing.
 * Returns: (transfer full). Errors: NO_SERVICE, NO_READER, NO_CARD, READ, BUSY */
DmpPcsc *dmp_pcsc_connect (const char *reader, GError **error);

/* Leaves the card as it is. */
void dmp_pcsc_free (DmpPcsc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpPcsc, dmp_pcsc_free)

/* Returns: (transfer none): the answer to reset */
DmpSpan dmp_pcsc_get_atr (DmpPcsc *self);

/* Waits until nobody else speaks to the card, then keeps it.
 * @was_reset: (out) (optional): TRUE when somebody has reset it since the last call: the PIN must
 *   be given again */
gboolean dmp_pcsc_begin (DmpPcsc *self, gboolean *was_reset, GError **error);
void dmp_pcsc_end (DmpPcsc *self);

/* Sends a command and fetches the whole answer (GET RESPONSE on 61xx, again with the right length
 * on 6Cxx). A status that is an error of the card is no error here.
 * @command: CLA INS P1 P2 [Lc data] [Le]; a command with data that awaits an answer bears no Le:
 *   it is added where the protocol wants one
 * @answer: (nullable): the data are appended to it
 * @status: (out): SW1 SW2 */
gboolean dmp_pcsc_transmit (DmpPcsc *self,
                            const guint8 *command,
                            gsize len,
                            GByteArray *answer,
                            guint16 *status,
                            GError **error);

/* Resets the card: the PIN is lost for every program. Not within begin and end. */
gboolean dmp_pcsc_reset (DmpPcsc *self, GError **error);

/* Whether the card that was connected is still there; a card that came back since is another one.
 * Nothing is sent to the card. @wait_ms: how long the service may take to notice a removal (its
 * driver looks every 400 ms, while a command fails at once).
 * Returns: FALSE with REMOVED, NO_READER or NO_SERVICE */
gboolean dmp_pcsc_check (DmpPcsc *self, guint wait_ms, GError **error);

/* Returns: commands sent since the connection */
guint dmp_pcsc_get_apdus (DmpPcsc *self);

G_END_DECLS
