#pragma once

#include "dmp-config.h"
#include "dmp-record.h"
#include "dmp-signature-fact.h"
#include "dmp-submission-draft.h"
#include "model/dmp-patient.h"
#include "model/dmp-practitioner.h"
#include "outbox/dmp-outbox.h"
#include "pkcs11/dmp-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The façade of everything below the window and the command line: one verb a job, all asynchronous;
 * the card and the connection live in one worker thread. Signals and notifications come in the main
 * context. */

typedef enum
{
  DMP_SESSION_STARTING,     /* not yet looked at the readers */
  DMP_SESSION_NO_SERVICE,   /* the smart-card service (pcscd) does not answer */
  DMP_SESSION_NO_READER,    /* no card reader */
  DMP_SESSION_NO_CARD,      /* a reader, but no card */
  DMP_SESSION_WRONG_CARD,   /* only a Vitale, or a card we do not know */
  DMP_SESSION_READING_CARD, /* the professional's card is being read */
  DMP_SESSION_CARD_READY,   /* the holder is known; the PIN is awaited */
  DMP_SESSION_CARD_BLOCKED, /* no try left */
  DMP_SESSION_CARD_ERROR,   /* the card is there but cannot be used: see "problem" */
  DMP_SESSION_SIGNED_IN     /* PIN given, keys open */
} DmpSessionState;

typedef enum
{
  DMP_LOCK_CARD_REMOVED,
  DMP_LOCK_READER_REMOVED,
  DMP_LOCK_USER,
  DMP_LOCK_IDLE
} DmpLockReason;

GType dmp_session_state_get_type (void);
#define DMP_TYPE_SESSION_STATE (dmp_session_state_get_type ())

/* Properties (read-only, notified in the main context):
 *   "state" DmpSessionState · "reader" string: name of the reader that is awaited or used ·
 *   "problem" string (nullable): French sentence when state is an error ·
 *   "practitioner" DmpPractitioner (nullable): known before the PIN ·
 *   "situations" GListModel of DmpSituation: empty before the PIN ·
 *   "situation" DmpSituation (nullable): the chosen one (writable by
 * dmp_session_choose_situation()) · "tries-left" int: -1 unknown · "last-try-used" none ·
 *   "beneficiaries" GListModel of DmpPatient: read from the Vitale card, empty without one ·
 *   "record" DmpRecord (nullable): the open record
 * Signal "locked" (DmpLockReason): the session has ended; whoever shows something of a patient
 * blanks it now, before anything else. Emitted before the data are wiped. */
#define DMP_TYPE_SESSION (dmp_session_get_type ())
G_DECLARE_FINAL_TYPE (DmpSession, dmp_session, DMP, SESSION, GObject)

/* @config: (transfer none). Returns: (transfer full): not watching yet */
DmpSession *dmp_session_new (DmpConfig *config);

/* Starts to watch the readers. */
void dmp_session_start (DmpSession *self);

/* Before the program ends: locks, then waits until the card and the connection are let go. After it
 * no verb may be called; without it the libraries' own clean-up at exit would race with the worker.
 */
void dmp_session_stop (DmpSession *self);

DmpConfig *dmp_session_get_config (DmpSession *self);
DmpSessionState dmp_session_get_state (DmpSession *self);
const char *dmp_session_get_reader (DmpSession *self);
const char *dmp_session_get_problem (DmpSession *self);
DmpPractitioner *dmp_session_get_practitioner (DmpSession *self);
GListModel *dmp_session_get_situations (DmpSession *self);
DmpSituation *dmp_session_get_situation (DmpSession *self);
int dmp_session_get_tries_left (DmpSession *self);
GListModel *dmp_session_get_beneficiaries (DmpSession *self);
DmpRecord *dmp_session_get_record (DmpSession *self);

/* Verifies the PIN once and opens both keys and the places of practice.
 * @pin: (transfer full): wiped when the operation ends
 * @last_try_allowed: the person has confirmed the last try (else %DMP_CARD_ERROR_LAST_TRY)
 * Errors: DMP_CARD_ERROR: WRONG_PIN (see tries-left), BLOCKED, REMOVED… */
void dmp_session_sign_in_async (DmpSession *self,
                                DmpSecret *pin,
                                gboolean last_try_allowed,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean dmp_session_sign_in_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* The place of practice all later requests speak for. One is preset when the card has only one. */
void dmp_session_choose_situation (DmpSession *self, DmpSituation *situation);

/* Ends the session: emits "locked", closes connections, drops keys, resets the card, wipes. */
void dmp_session_lock (DmpSession *self, DmpLockReason reason);

/* Whether the host of the settings can be reached and is the one expected; without a card, so at
 * any time. */
void dmp_session_probe_host_async (DmpSession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean dmp_session_probe_host_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* TD0.2: does the record exist, may I read it, am I the médecin traitant. The answer is a record
 * whose documents are not loaded; it becomes the "record" property.
 * @patient: INS and OID at least; @reason: (nullable): justification in emergency modes */
void dmp_session_open_record_async (DmpSession *self,
                                    DmpPatient *patient,
                                    DmpAccessMode mode,
                                    const char *reason,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Returns: (transfer full) */
DmpRecord *dmp_session_open_record_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* Forgets the open record and wipes it. */
void dmp_session_close_record (DmpSession *self);

/* TD0.3, only on the patient's word. After it the record's status is asked again. */
void dmp_session_authorise_async (DmpSession *self,
                                  DmpRecord *record,
                                  gboolean add,
                                  gboolean medecin_traitant,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean dmp_session_authorise_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* TD3.1 alone: the record's "documents" are what the host lists. */
void dmp_session_list_record_async (DmpSession *self,
                                    DmpRecord *record,
                                    DmpListFilter filter,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean dmp_session_list_record_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* TD3.1 then TD3.2 in batches: the record's "documents" fill at once, contents and summary follow
 * (watch "documents-read" and "summary"). Finishes when all that can be read is. */
void dmp_session_load_record_async (DmpSession *self,
                                    DmpRecord *record,
                                    DmpListFilter filter,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean dmp_session_load_record_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* Takes a line of the summary apart, one part a document, or makes it one again, until the record
 * is left: another "summary" follows. A reading that begins later keeps to it.
 * @line: id of the line, or of what its parts were (DmpSummaryLine.whole) */
void
dmp_session_set_line_apart (DmpSession *self, DmpRecord *record, const char *line, gboolean apart);

/* One document now, ahead of the batches. Size, hash and patient are checked. */
void dmp_session_fetch_document_async (DmpSession *self,
                                       DmpRecord *record,
                                       DmpDocumentEntry *entry,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* Returns: (transfer full): the bytes as stored; the parsed form is dmp_record_get_document() */
GBytes *dmp_session_fetch_document_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* Whether documents of @record are signed, and by whom: verified here. Without a signature in the
 * list of the record the host is not asked.
 * @entries: (element-type DmpDocumentEntry)
 * @contents: (nullable) (element-type GBytes): of each, as fetched; NULL: those that have a
 *   signature are fetched again. Neither may change any more */
void dmp_session_check_signatures_async (DmpSession *self,
                                         DmpRecord *record,
                                         GPtrArray *entries,
                                         GPtrArray *contents,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Returns: (transfer full) (element-type DmpSignatureFact): in the order of the entries */
GPtrArray *
dmp_session_check_signatures_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* TD2.1: checks @drafts (dmp_draft_check(), whoever asks), makes their documents, stores them in
 * the outbox, sends them as one submission set. %DMP_ERROR_UNKNOWN_OUTCOME: it stays in the outbox
 * and is cleared up when the record is opened the next time, or by
 * dmp_session_retry_outbox_async(): it must not be made anew.
 * @drafts: (element-type DmpSubmissionDraft) (transfer none) */
void dmp_session_send_async (DmpSession *self,
                             DmpRecord *record,
                             GPtrArray *drafts,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* Returns: (transfer full): what the host has acknowledged */
DmpSubmissionReceipt *
dmp_session_send_finish (DmpSession *self, GAsyncResult *result, GError **error);
/* What a sending that failed has left in the outbox: in doubt, refused, or in conflict.
 * @submission_set: (out) (transfer none): valid as long as @result. Returns: its id; 0: nothing */
gint64 dmp_session_send_get_kept (GAsyncResult *result, const char **submission_set);

/* The same in two steps, so that it can be taken back: dmp_session_prepare_async() makes and stores
 * the documents, claims them, and sends nothing; dmp_session_deliver_async() sends them. Between
 * both, dmp_session_withdraw_async() forgets them. What is neither delivered nor withdrawn when the
 * card goes stays in the outbox; dmp_session_retry_outbox_async() sends it once the card is back.
 */
void dmp_session_prepare_async (DmpSession *self,
                                DmpRecord *record,
                                GPtrArray *drafts,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Returns: its id in the outbox; 0 with @error */
gint64 dmp_session_prepare_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* What cannot be sent stays in the outbox, whatever the error: its state tells why. */
void dmp_session_deliver_async (DmpSession *self,
                                gint64 id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Returns: (transfer full): what the host has acknowledged */
DmpSubmissionReceipt *
dmp_session_deliver_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* %DMP_ERROR_NOT_FOUND: it is on its way already. %DMP_ERROR_UNKNOWN_OUTCOME: it could not be taken
 * back, and will be sent when its record is opened again. */
void dmp_session_withdraw_async (DmpSession *self,
                                 gint64 id,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean dmp_session_withdraw_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* What the signed-in professional has in the outbox, oldest first, without bodies. Neither card nor
 * host is asked. */
void
dmp_session_list_outbox_async (DmpSession *self, GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full) (element-type DmpOutboxRow) */
GPtrArray *dmp_session_list_outbox_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* Forgets a row without asking the host; on the person's word.
 * %DMP_ERROR_NOT_FOUND: there is none, or it is being sent */
void dmp_session_drop_outbox_async (DmpSession *self,
                                    gint64 id,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean dmp_session_drop_outbox_finish (DmpSession *self, GAsyncResult *result, GError **error);

/* Clears up the signed-in professional's rows of the outbox: asks the host, sends again what it
 * does not have. All that are UNKNOWN; with @id that row alone, REFUSED or CONFLICT too. */
void dmp_session_retry_outbox_async (DmpSession *self,
                                     gint64 id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* %DMP_ERROR_NOT_FOUND: no row has that id, or it is being sent.
 * @trouble: (out) (optional) (transfer full): why the first one that is not acknowledged is not
 * Returns: (transfer full) (element-type DmpOutboxRow): those tried, as they stand now; those
 *   ACKED are forgotten. NULL with @error when none could be tried */
GPtrArray *dmp_session_retry_outbox_finish (DmpSession *self,
                                            GAsyncResult *result,
                                            GError **trouble,
                                            GError **error);

/* The receipt of a submission that the host has acknowledged, as long as it is kept on this
 * machine: %DMP_ERROR_NOT_FOUND after that. @sign: with the card, by who has sent it. */
void dmp_session_get_receipt_async (DmpSession *self,
                                    const char *submission_id,
                                    gboolean sign,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Returns: (transfer full): XML to be saved or printed; see dmp_receipt_parse() */
GBytes *dmp_session_get_receipt_finish (DmpSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
