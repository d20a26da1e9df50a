#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What was asked to be sent, until the host has said so (design: exactly-once submission). One row
 * a submission set, written with a full sync before the first byte leaves this machine: its
 * identifiers are made once and a repetition uses them again. Bodies, titles, the patient and the
 * host's sentence are sealed (AES-256-GCM, dmp-outbox-key.c). One handle a thread; several
 * processes may have the same outbox open. */
typedef struct _DmpOutbox DmpOutbox;

typedef enum
{
  DMP_OUTBOX_READY,    /* stored, being sent by somebody who is alive */
  DMP_OUTBOX_UNKNOWN,  /* perhaps sent: the host must be asked before it is sent again */
  DMP_OUTBOX_ACKED,    /* the host has it; the bodies are gone */
  DMP_OUTBOX_CONFLICT, /* the host has something else under the same identifier: for a person */
  DMP_OUTBOX_REFUSED   /* the host said no, with a sentence */
} DmpOutboxState;

/* Returns: (transfer none): "ready", "unknown"… (docs/cli.md) */
const char *dmp_outbox_state_name (DmpOutboxState state);

typedef struct
{
  char *unique_id;
  char *hash; /* SHA-1, hex, of @bytes */
  gint64 size;
  char *title;        /* (nullable): of the signature of the set, which no list shows */
  char *content_id;   /* of the attachment in the request */
  char *content_type; /* of the attachment */
  GBytes *bytes;      /* (nullable): only after dmp_outbox_load(), and not once acknowledged */
} DmpOutboxDocument;

typedef struct
{
  gint64 id;           /* 0 until stored */
  char *submission_id; /* unique id of the set */
  char *professional;  /* national id: who alone may send it */
  char *place;         /* structure id of the place of practice */
  int mode;            /* #DmpAccessMode */
  DmpOutboxState state;
  gint64 created; /* seconds since 1970 */
  gint64 sent;    /* when it was last on the wire, seconds since 1970; 0: never */
  char *ins, *ins_oid;
  char *patient;        /* (nullable): name and birth date, as a list shows them */
  char *sentence;       /* (nullable): the host's, or why it is a conflict */
  GBytes *request;      /* (nullable): the body's XML; see #DmpOutboxDocument.bytes */
  GPtrArray *documents; /* (element-type DmpOutboxDocument) */
} DmpOutboxRow;

/* Returns: (transfer full): without documents */
DmpOutboxRow *dmp_outbox_row_new (void);
/* Bodies and texts are wiped. */
void dmp_outbox_row_free (DmpOutboxRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpOutboxRow, dmp_outbox_row_free)

/* Computes hash and size. @bytes: (transfer none): referenced */
void dmp_outbox_row_add (DmpOutboxRow *self,
                         const char *unique_id,
                         const char *title,
                         const char *content_id,
                         const char *content_type,
                         GBytes *bytes);

/* Where the outbox of this user is: $XDG_STATE_HOME/caducee. Returns: (transfer full) */
char *dmp_outbox_dup_folder (void);

/* Whether there ever was an outbox in @folder (nullable: the user's): nothing is created. */
gboolean dmp_outbox_exists (const char *folder);

/* Opens or makes the outbox of @folder (nullable: the user's).
 * @error: %DMP_ERROR_INTERNAL: it is damaged, of another key, or cannot be written. As
 *   everywhere here, the sentence does not say what was sent: the caller knows. Returns: (transfer
 * full) */
DmpOutbox *dmp_outbox_open (const char *folder, GError **error);
/* Gives back every claim. */
void dmp_outbox_close (DmpOutbox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpOutbox, dmp_outbox_close)

/* Stores @row (READY) with its documents in one synced transaction, claimed by @self, and sets its
 * id. Only after it may anything be sent. */
gboolean dmp_outbox_add (DmpOutbox *self, DmpOutboxRow *row, GError **error);

/* Takes a row for oneself until dmp_outbox_close() or the end of the process, however it ends.
 * Returns: FALSE when another handle, here or elsewhere, is at it */
gboolean dmp_outbox_claim (DmpOutbox *self, gint64 id);

/* All rows, oldest first, without bodies. A row READY that nobody has claimed was being sent when
 * its process ended: it is listed UNKNOWN.
 * @professional: (nullable): only those of this one
 * Returns: (transfer full) (element-type DmpOutboxRow) (nullable) */
GPtrArray *dmp_outbox_list (DmpOutbox *self, const char *professional, GError **error);

/* Reads the bodies of @row; their hashes are checked. */
gboolean dmp_outbox_load (DmpOutbox *self, DmpOutboxRow *row, GError **error);

/* Says what became of a row, synced. ACKED deletes its bodies in the same transaction.
 * @sentence: (nullable) */
gboolean dmp_outbox_set_state (
    DmpOutbox *self, gint64 id, DmpOutboxState state, const char *sentence, GError **error);

/* Before it is sent, and when that has ended: READY stays so, anything else is UNKNOWN.
 * @when: see #DmpOutboxRow.sent */
gboolean dmp_outbox_set_sent (DmpOutbox *self, gint64 id, gint64 when, GError **error);

/* Forgets a row and its bodies. */
gboolean dmp_outbox_drop (DmpOutbox *self, gint64 id, GError **error);

/* --- Receipts (dmp-outbox-receipts.c) --------------------------------------------------------- */

/* What is kept of a submission that the host has acknowledged: it outlives its row. */
typedef struct
{
  char *submission_id;
  char *professional;  /* national id of who sent it */
  gint64 acknowledged; /* seconds since 1970 */
  char *label;         /* (nullable): titles, to tell one from another on this machine */
  GBytes *content;     /* the receipt itself: nothing of the patient is in it */
} DmpOutboxReceipt;

void dmp_outbox_receipt_free (DmpOutboxReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpOutboxReceipt, dmp_outbox_receipt_free)

/* Keeps @receipt, synced; one of the same submission is written over. */
gboolean dmp_outbox_keep_receipt (DmpOutbox *self, const DmpOutboxReceipt *receipt, GError **error);

/* Those kept, newest first.
 * @submission_id: (nullable): that one alone. Returns: (transfer full) (element-type
 *   DmpOutboxReceipt) (nullable) */
GPtrArray *dmp_outbox_list_receipts (DmpOutbox *self, const char *submission_id, GError **error);

/* Forgets those acknowledged before @before (seconds since 1970). */
gboolean dmp_outbox_expire_receipts (DmpOutbox *self, gint64 before, GError **error);

G_END_DECLS
