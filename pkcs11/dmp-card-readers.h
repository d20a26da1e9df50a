#pragma once

#include "dmp-card-watch.h"

#include <winscard.h>

G_BEGIN_DECLS

/* For pkcs11/ only: what the smart-card service says of its readers, look after look. */
typedef struct _DmpCardReaders DmpCardReaders;

DmpCardReaders *dmp_card_readers_new (void);
void dmp_card_readers_free (DmpCardReaders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpCardReaders, dmp_card_readers_free)

/* Waits for a change in @context. The first look returns at once; after a timeout the readers are
 * listed again.
 * Returns: SCARD_S_SUCCESS; SCARD_E_TIMEOUT or SCARD_E_CANCELLED: nothing new; else the context
 *   is of no more use */
LONG dmp_card_readers_wait (DmpCardReaders *self, SCARDCONTEXT context, DWORD timeout);

/* Returns: (transfer full) (element-type DmpCardReader): as seen by the last look */
GPtrArray *dmp_card_readers_dup (DmpCardReaders *self);

/* Returns: TRUE when both lists tell the same */
gboolean dmp_card_readers_equal (GPtrArray *a, GPtrArray *b);

G_END_DECLS
