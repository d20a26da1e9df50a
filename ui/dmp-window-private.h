#pragma once

#include "dmp-access-page.h"
#include "dmp-break-glass.h"
#include "dmp-card-page.h"
#include "dmp-document-page.h"
#include "dmp-documents-page.h"
#include "dmp-failure-page.h"
#include "dmp-lock-page.h"
#include "dmp-outbox-page.h"
#include "dmp-patient-page.h"
#include "dmp-pin-page.h"
#include "dmp-place-page.h"
#include "dmp-search-page.h"
#include "dmp-send-page.h"
#include "dmp-summary-page.h"
#include "dmp-timeline-page.h"
#include "dmp-window.h"
#include "dmp-write-page.h"

G_BEGIN_DECLS

typedef enum
{
  DMP_PAGE_CARD,
  DMP_PAGE_PIN,
  DMP_PAGE_PLACE,
  DMP_PAGE_PATIENT,
  DMP_PAGE_ACCESS,
  DMP_PAGE_SUMMARY,
  DMP_PAGE_DOCUMENTS,
  DMP_PAGE_TIMELINE,
  DMP_PAGE_DOCUMENT,
  DMP_PAGE_SEARCH,
  DMP_PAGE_SEND,
  DMP_PAGE_WRITE,
  DMP_PAGE_FAILURE,
  DMP_PAGE_OUTBOX,
  DMP_N_PAGES
} DmpPage;

typedef enum
{
  DMP_RETRY_NOTHING,
  DMP_RETRY_OPEN,
  DMP_RETRY_LOAD
} DmpRetry;

typedef struct
{
  DmpPage origin;          /* where Back leads from writing */
  const DmpNoteType *sent; /* (nullable): the send page holds what the write page made */
  AdwToast *alarm;         /* (nullable): says that the lock is near */
} DmpWriting;

/* One submission on its way, with the form it was made from (dmp-window-sending.c) */
typedef struct _DmpSending DmpSending;

typedef struct
{
  /* Template */
  GtkWidget *button;
  GtkLabel *count;
  GtkWidget *undo_bar;
  GtkLabel *undo_text;

  GPtrArray *rows;  /* (nullable) (element-type DmpOutboxRow): what is left */
  guint kept;       /* how many rows were left when the window was locked */
  GPtrArray *sent;  /* (element-type DmpOutboxRow): accepted in this session */
  DmpSending *held; /* (nullable): can still be taken back */
  guint seconds;    /* for so long */
  guint tick;
  guint retry; /* source of the next try by itself */
  gboolean retrying;
  gboolean resuming; /* a session has begun: what waits is tried at once */
  guint form;        /* number of the submission that is made of the send page now; 0: none */
  guint last;        /* number of the last submission */
  GHashTable *forms; /* of what has not arrived: id of the row (gint64 *) → DmpSending */
  GFile *offered;    /* (nullable): to be sent once a record is open */
  DmpPage before;    /* where Back leads from its page */
} DmpWindowOutbox;

/* The switch in the header */
typedef struct
{
  GtkToggleButton *summary;
  GtkToggleButton *documents;
  GtkToggleButton *timeline;
  GtkWidget *leave_patient; /* button: ends the patient mode */
  GtkWidget *menu;
  gboolean for_patient; /* the screen is turned to the patient: the summary page only */
} DmpWindowViews;

/* Looking for something in the whole record (dmp-window-search.c) */
typedef struct
{
  GtkWidget *entry;
  DmpSearchPage *page;
  DmpPage origin; /* where Escape leads from its page */
  gboolean asked; /* the entry holds a question */
} DmpWindowSearch;

struct _DmpWindow
{
  AdwApplicationWindow parent_instance;

  /* Template */
  GtkStack *root; /* "work" or "lock" */
  AdwToastOverlay *toasts;
  GtkWidget *header;
  GtkWidget *back;
  GtkWidget *identity;
  GtkLabel *identity_name;
  GtkLabel *identity_traits;
  GtkStack *titles;
  GtkLabel *title;
  DmpWindowViews views;
  GtkWidget *send;
  GtkWidget *write;
  GtkLabel *doctor;
  GtkWidget *doctor_box;
  GtkSpinner *working;
  GtkWidget *break_glass_bar;
  GtkLabel *break_glass_text;
  GtkWidget *warning_bar;
  GtkLabel *warning;
  GtkStack *pages;
  DmpLockPage *lock_page;
  DmpCardPage *card_page;
  DmpPinPage *pin_page;
  DmpPlacePage *place_page;
  DmpPatientPage *patient_page;
  DmpAccessPage *access_page;
  DmpSummaryPage *summary_page;
  DmpDocumentsPage *documents_page;
  DmpTimelinePage *timeline_page;
  DmpDocumentPage *document_page;
  DmpSendPage *send_page;
  DmpWritePage *write_page;
  DmpFailurePage *failure_page;
  DmpOutboxPage *outbox_page;

  DmpSession *session;
  DmpPage page;
  DmpPage origin;     /* where Back leads from a document or from sending */
  DmpWriting writing; /* what is being written */
  gboolean place_asked;

  /* The open record, or the one that is being opened */
  GCancellable *job;   /* of the record: cancelled when it is left */
  DmpPatient *patient; /* (nullable) */
  DmpAccessMode mode;
  char *reason, *reason_time; /* (nullable): of that mode; "14:32": since when */
  DmpRecord *record;          /* (nullable) */
  gboolean opening;
  DmpRetry retry;
  DmpWindowOutbox outbox;
  DmpWindowSearch search;
  GtkFileChooserNative *chooser;
  guint wipe;           /* fallback source of the lock */
  guint redraw;         /* source of the next summary to show */
  guint idle;           /* source that watches for inactivity */
  gint64 last_activity; /* monotonic µs */
};

/* dmp-window.c */
void dmp_window_show_page (DmpWindow *self, DmpPage page);
void dmp_window_blank (DmpWindow *self);
/* Whether the page is one of the open record's own. */
gboolean dmp_window_is_in_record (DmpWindow *self);
void dmp_window_focus_page (DmpWindow *self);
void dmp_window_show_identity (DmpWindow *self, DmpPatient *patient);
void dmp_window_warn (DmpWindow *self, const char *text);
void dmp_window_toast (DmpWindow *self, const char *text);
/* With a button that leads to the outbox. */
void dmp_window_toast_outbox (DmpWindow *self, const char *text);
void dmp_window_set_working (DmpWindow *self, gboolean working);

/* dmp-window-actions.c: every job as an action, and moving about */
void dmp_window_install_actions (GtkWidgetClass *widget_class);

/* dmp-window-card.c: the card, the code, the place, the lock */
void dmp_window_watch_session (DmpWindow *self);
void dmp_window_unwatch_session (DmpWindow *self);
void dmp_window_sign_in (DmpWindow *self);
void dmp_window_choose_place (DmpWindow *self);
void dmp_window_lock (DmpWindow *self);
/* Its other windows: dialogs, lists, the chooser of files. */
void dmp_window_close_dialogs (DmpWindow *self);
/* What this program copied; never what another one put there. */
void dmp_window_clear_clipboards (DmpWindow *self);
void dmp_window_probe_host (DmpWindow *self);
void dmp_window_note_activity (DmpWindow *self);

/* dmp-window-record.c: the patient, the access, the record */
void dmp_window_open_patient (DmpWindow *self);
void dmp_window_authorise (DmpWindow *self);
void dmp_window_ask_break_glass (DmpWindow *self);
void dmp_window_retry (DmpWindow *self);
void dmp_window_reload (DmpWindow *self);
void dmp_window_close_record (DmpWindow *self);
void dmp_window_forget_record (DmpWindow *self);
/* Whether the record that @result is about was left or locked before it came, whatever it says. */
gboolean dmp_window_has_left (GAsyncResult *result);

/* Ctrl+D on the summary: a line one part a document, or one line again. */
void dmp_window_separate_line (DmpWindow *self);

/* The summary without anything that the patient must not see, and nothing of it left in another
 * window or on the clipboard; any other page ends it. Leads back to the line that one came from. */
void dmp_window_set_patient_mode (DmpWindow *self, gboolean patient_mode);

/* dmp-window-document.c: one document, and sending one */
void dmp_window_open_source (DmpWindow *self);
void dmp_window_open_selected (DmpWindow *self);
void dmp_window_open_by_id (DmpWindow *self, const char *unique_id, const char *place);
void dmp_window_step_document (DmpWindow *self, int step);
void dmp_window_print (DmpWindow *self);
void dmp_window_preview (DmpWindow *self, DmpDocumentEntry *entry);
void dmp_window_start_sending (DmpWindow *self);
void dmp_window_choose_file (DmpWindow *self);
void dmp_window_drop_chooser (DmpWindow *self);
void dmp_window_use_offer (DmpWindow *self);

/* dmp-window-search.c: looking for something in the whole record */
void dmp_window_init_search (DmpWindow *self);
/* More of the record is read: what was asked is asked again. */
void dmp_window_feed_search (DmpWindow *self);
void dmp_window_forget_search (DmpWindow *self);
/* What the header has of it on this page. */
void dmp_window_show_search (DmpWindow *self);
void dmp_window_start_search (DmpWindow *self);
void dmp_window_leave_search (DmpWindow *self);
void dmp_window_focus_search (DmpWindow *self);
/* The next passage found (@step 1), or the one before (-1). Returns: FALSE when there is none */
gboolean dmp_window_step_search (DmpWindow *self, int step);

/* dmp-window-write.c: writing a document */
void dmp_window_start_writing (DmpWindow *self);
/* The record is being read, or no more: what is filled from it follows. */
void dmp_window_tell_reading (DmpWindow *self);
/* What is in the record may be the version before. */
void dmp_window_offer_version (DmpWindow *self);
void dmp_window_preview_draft (DmpWindow *self);
void dmp_window_send_draft (DmpWindow *self);
void dmp_window_leave_writing (DmpWindow *self);
/* What was written is on its way: it is in the editor no more, which is left.
 * Returns: (transfer full) (nullable) */
DmpNoteDraft *dmp_window_take_draft (DmpWindow *self);
/* It has not gone. Returns: FALSE when another was begun meanwhile */
gboolean dmp_window_put_draft (DmpWindow *self, DmpNoteDraft *draft);
/* Asks before a draft is lost. Returns: whether it asked; then the record is closed later, or not
 */
gboolean dmp_window_ask_draft (DmpWindow *self);
/* Before an idle window locks: says that the draft will go, while there is time. @left: seconds */
void dmp_window_warn_draft (DmpWindow *self, gint64 left);

/* dmp-window-outbox.c: what the outbox holds */
void dmp_window_init_outbox (DmpWindow *self);
void dmp_window_show_outbox (DmpWindow *self);
void dmp_window_show_outbox_rows (DmpWindow *self);
/* How much is left, in the header; never on a screen turned to the patient. */
void dmp_window_show_badge (DmpWindow *self);
void dmp_window_refresh_outbox (DmpWindow *self);
/* A session has begun: what waits goes on. */
void dmp_window_resume_outbox (DmpWindow *self);
/* Nothing of it is shown any more; what is stored stays stored. */
void dmp_window_forget_outbox (DmpWindow *self);
void dmp_window_move_to_sent (DmpWindow *self, gint64 id);
void dmp_window_tell_accepted (DmpWindow *self);

/* dmp-window-receipt.c: what proves that one was accepted. @id: of its row */
void dmp_window_show_receipt (DmpWindow *self, gint64 id);

/* dmp-window-sending.c: one submission on its way: five seconds to take it back, and its form,
 * which comes back when it was taken back or refused. What is on its way is in no form: it cannot
 * be sent twice. */
void dmp_window_submit (DmpWindow *self);
/* Returns: whether there was something to take back */
gboolean dmp_window_undo_send (DmpWindow *self);
/* Id of the row that can still be taken back, or 0. */
gint64 dmp_window_get_held (DmpWindow *self);
/* Takes a refused one out of the outbox, into the form that it was. @id: of its row */
void dmp_window_correct (DmpWindow *self, gint64 id);
/* Returns: (transfer full): see #DmpWindowOutbox */
GHashTable *dmp_window_new_forms (void);
/* Forms of rows that are no more are of no more use. */
void dmp_window_prune_forms (DmpWindow *self);
void dmp_window_forget_sending (DmpWindow *self);
/* Whether an answer comes too late to be shown: cancelled, or the card has gone. */
gboolean dmp_window_is_cancelled (const GError *error);
gboolean dmp_window_is_locked (DmpWindow *self);

G_END_DECLS
