#pragma once

#include "model/dmp-patient.h"
#include "session/dmp-record.h"
#include "session/dmp-submission-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Sending files: what each is, who may read it, what must be put right before it goes. The buttons
 * activate "win.choose-file", "win.submit" (enabled by the page) and "win.back". */
#define DMP_TYPE_SEND_PAGE (dmp_send_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpSendPage, dmp_send_page, DMP, SEND_PAGE, AdwBin)

/* Starts anew. @record: (nullable): what it holds already; @patient: (nullable): whom it is for
 * @author: "Dr Claire LEROY, Cabinet…"; @holder: (nullable): family name of who sends */
void dmp_send_page_prepare (DmpSendPage *self,
                            DmpRecord *record,
                            DmpPatient *patient,
                            const char *author,
                            const char *holder);

/* Reads @file and checks it; it goes with the others in one submission. */
void dmp_send_page_add_file (DmpSendPage *self, GFile *file);

/* The same for a structured document that was written here. @bytes: CDA; @name: how it is called */
void dmp_send_page_add_document (DmpSendPage *self, GBytes *bytes, const char *name);

/* The files go to the caller with all that was said of them; the page is empty then.
 * Returns: (transfer full) (element-type DmpSendFile) */
GPtrArray *dmp_send_page_take_files (DmpSendPage *self);

/* Brings them back, behind those that are there. @files: (transfer none) */
void dmp_send_page_put_files (DmpSendPage *self, GPtrArray *files);

/* Whether one of them was written here. */
gboolean dmp_send_page_has_written (DmpSendPage *self);

/* Whether nothing is left to put right and nothing runs. */
gboolean dmp_send_page_is_complete (DmpSendPage *self);

/* Returns: (transfer full) (element-type DmpSubmissionDraft): what to send */
GPtrArray *dmp_send_page_dup_drafts (DmpSendPage *self);

/* While it is on its way. */
void dmp_send_page_set_busy (DmpSendPage *self, gboolean busy);

/* What the host said against it; the entries stay. NULL takes it away. */
void dmp_send_page_set_problem (DmpSendPage *self, const char *problem);

void dmp_send_page_clear (DmpSendPage *self);
void dmp_send_page_focus (DmpSendPage *self);

G_END_DECLS
