#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What stands in a reader, told by its answer to reset alone: no command is sent to the card. */
typedef enum
{
  DMP_CARD_KIND_NONE,            /* the reader is empty */
  DMP_CARD_KIND_CPS,             /* CPS, CPF, CPE, CDE or CPA, of the third or fourth generation */
  DMP_CARD_KIND_CPS_CONTACTLESS, /* the same laid on a contactless reader: it must be inserted */
  DMP_CARD_KIND_VITALE,
  DMP_CARD_KIND_UNKNOWN, /* a card of another family */
  DMP_CARD_KIND_MUTE     /* a card that does not answer: upside down, or dirty */
} DmpCardKind;

/* Returns: the kind of the card with the answer to reset @atr; never NONE */
DmpCardKind dmp_card_kind_from_atr (const guint8 *atr, gsize len);

/* A reader as it was seen at one moment; immutable. A bi-slot reader counts as two. */
typedef struct
{
  const char *name; /* PC/SC name: what dmp_card_open() and dmp_vitale_read() take */
  DmpCardKind kind;
  GBytes *atr;     /* answer to reset, or NULL */
  guint insertion; /* grows with each card that comes into this reader: another number is another
                      insertion, even when the removal between the two was not seen */
} DmpCardReader;

/* Watches the smart-card service, its readers and their cards, in a thread of its own that sleeps
 * in SCardGetStatusChange() (a minute at most): no polling, no PKCS#11 call, no command to a card.
 * While the service is absent the thread sleeps until the folder of its socket changes.
 *
 * Signal "changed" (void): in the thread-default main context of dmp_card_watch_new(), at
 * %G_PRIORITY_HIGH (a removal must blank the window before anything else is drawn): the getters
 * below have new values. Emitted at least once after dmp_card_watch_start().
 *
 * All functions are for the thread that called dmp_card_watch_new(). */
#define DMP_TYPE_CARD_WATCH (dmp_card_watch_get_type ())
G_DECLARE_FINAL_TYPE (DmpCardWatch, dmp_card_watch, DMP, CARD_WATCH, GObject)

/* Returns: (transfer full): not watching yet; the last unref stops it */
DmpCardWatch *dmp_card_watch_new (void);

/* Starts the thread; again: nothing. */
void dmp_card_watch_start (DmpCardWatch *self);

/* Stops and joins the thread (some milliseconds); no "changed" comes after it. */
void dmp_card_watch_stop (DmpCardWatch *self);

/* Returns: TRUE once the first look at the service is done */
gboolean dmp_card_watch_is_ready (DmpCardWatch *self);

/* Returns: TRUE when the smart-card service answers */
gboolean dmp_card_watch_has_service (DmpCardWatch *self);

/* Returns: (transfer none) (element-type DmpCardReader): in the order of the service; valid until
 * the next "changed" */
GPtrArray *dmp_card_watch_get_readers (DmpCardWatch *self);

/* Returns: (transfer none) (nullable): the first reader that holds a card of @kind */
const DmpCardReader *dmp_card_watch_find (DmpCardWatch *self, DmpCardKind kind);

/* The first look done right now, without a thread (command line).
 * Returns: (transfer full) (element-type DmpCardReader): never empty
 * Errors: NO_SERVICE, NO_READER */
GPtrArray *dmp_card_list_readers (GError **error);

G_END_DECLS
