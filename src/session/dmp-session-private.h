#pragma once

#include "dmp-digest.h"
#include "dmp-link.h"
#include "dmp-record-private.h"
#include "dmp-session.h"
#include "dmp-worker.h"
#include "outbox/dmp-outbox.h"
#include "pkcs11/dmp-card-watch.h"

G_BEGIN_DECLS

/* The inside of the façade, shared by its files only. Main context, but for the link, which only
 * jobs touch. */
struct _DmpSession
{
  GObject parent_instance;

  DmpConfig *config;
  DmpWorker *worker;
  DmpLink *link; /* worker thread only */
  DmpCardWatch *watch;

  DmpSessionState state;
  char *problem;
  char *reader;                        /* where the professional's card is, or is awaited */
  guint insertion;                     /* of the card that is being read or used; 0: none */
  GCancellable *insertion_cancellable; /* of all jobs for that card */
  DmpPractitioner *practitioner;
  GListStore *situations;
  DmpSituation *situation;
  int tries_left;

  char *vitale_reader; /* whose Vitale is read or being read */
  guint vitale_insertion;
  GListStore *beneficiaries;

  DmpRecord *record;
  DmpDigest *digest; /* of the open record */
  GTask *load;       /* what is reading the open record */

  GHashTable *held; /* id → what is stored in the outbox and not on its way yet */
};

/* --- dmp-session.c --------------------------------------------------------------------------- */

/* @problem: (nullable): French sentence */
void dmp_session_set_state (DmpSession *self, DmpSessionState state, const char *problem);
void dmp_session_set_tries_left (DmpSession *self, int tries_left);
/* @record: (nullable) (transfer none) */
void dmp_session_set_record (DmpSession *self, DmpRecord *record);
void dmp_session_notify_situation (DmpSession *self);

/* A task of this session that ends when its card goes or the caller cancels.
 * Returns: (transfer full) */
GTask *dmp_session_new_task (DmpSession *self,
                             gpointer tag,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* --- dmp-session-card.c ---------------------------------------------------------------------- */

/* The readers have changed: follows the professional's card and the Vitale. */
void dmp_session_follow_readers (DmpSession *self);

/* Forgets the card that was read or used: its jobs are cancelled, the link is closed in the worker.
 */
void dmp_session_drop_card (DmpSession *self);

/* --- dmp-session-record.c -------------------------------------------------------------------- */

/* Who asks and for whom: a copy that a job may keep. */
typedef struct
{
  DmpPractitioner *practitioner;
  DmpSituation *situation;
  DmpPatient *patient;
  DmpAccessMode mode;
} DmpJobContext;

/* NULL with an error when nobody is signed in or no place of practice is chosen.
 * Returns: (transfer full) */
DmpJobContext *
dmp_job_context_new (DmpSession *self, DmpPatient *patient, DmpAccessMode mode, GError **error);
void dmp_job_context_free (DmpJobContext *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpJobContext, dmp_job_context_free)

/* The same for the link; borrowed. */
DmpLinkContext dmp_job_context_borrow (const DmpJobContext *self);

/* --- dmp-session-send.c ---------------------------------------------------------------------- */

/* Returns: (transfer full): for the session's "held" */
GHashTable *dmp_session_new_held (void);

/* --- dmp-session-outbox.c -------------------------------------------------------------------- */

/* Forgets a row of the outbox that the host has acknowledged. In the worker: it waits for the disk,
 * and for other programs at the outbox. */
void dmp_session_forget_sent (DmpOutbox *outbox, gint64 id);

/* The places of practice the card has, for a job. Returns: (transfer full) (element-type
 * DmpSituation) */
GPtrArray *dmp_session_dup_places (DmpSession *self);

/* In the worker: what this professional has sent to this patient's record without an answer is
 * cleared up now. Nothing of it stops the caller's own work. */
void dmp_session_resolve_record (DmpSession *self,
                                 const DmpJobContext *context,
                                 GPtrArray *places,
                                 GCancellable *cancellable);

/* --- dmp-session-load.c ---------------------------------------------------------------------- */

/* What was reading the open record stops; its task is answered "cancelled". */
void dmp_session_abandon_load (DmpSession *self);

G_END_DECLS
