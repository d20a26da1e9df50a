#pragma once

#include "dmp-bdpm.h"
#include "dmp-summary.h"

#include "cda/dmp-cda-document.h"
#include "model/dmp-document-entry.h"

G_BEGIN_DECLS

/* Collects documents and builds summaries of what it has so far. Not thread-safe itself; what it
 * holds is shared and immutable, so that it may live in any one thread. */
typedef struct _DmpSummaryBuilder DmpSummaryBuilder;

typedef enum
{
  DMP_UNREAD_PENDING, /* not received yet */
  DMP_UNREAD_ALTERED, /* I2: size or hash is not the announced one */
  DMP_UNREAD_CORRUPT, /* not XML, not a CDA, damaged */
  DMP_UNREAD_ENCRYPTED,
  DMP_UNREAD_UNKNOWN_FORMAT,
  DMP_UNREAD_WRONG_PATIENT, /* I1, when the caller found it */
  DMP_UNREAD_NOT_RECEIVED,  /* the host refused or failed */
  DMP_UNREAD_TIMEOUT
} DmpUnread;

/* The unread reason for an error of dmp_cda_document_parse() or of the retrieval. */
DmpUnread dmp_unread_from_error (const GError *error);

/* @patient: (transfer none): the opened record's; @today: "yyyyMMdd": no clock is read.
 * Returns: (transfer full) */
DmpSummaryBuilder *dmp_summary_builder_new (DmpPatient *patient, const char *today);
void dmp_summary_builder_free (DmpSummaryBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSummaryBuilder, dmp_summary_builder_free)

/* Who reads. @national_id: (nullable); a médecin traitant sees masked documents: another sentence.
 */
void dmp_summary_builder_set_reader (DmpSummaryBuilder *self,
                                     const char *national_id,
                                     gboolean medecin_traitant);

/* When this reader last opened the record: "new" counts from there. @stamp: (nullable): UTC; NULL
 * is 30 days before today. */
void dmp_summary_builder_set_last_visit (DmpSummaryBuilder *self, const char *stamp);

/* The list of documents is not complete, or some are still to come: sentences that say "none" wait.
 * Documents added as pending do the same by themselves. */
void dmp_summary_builder_set_partial (DmpSummaryBuilder *self, gboolean partial);

/* Makes the summary that may be shown to the patient too: dmp_summary_get_patient_view(). */
void dmp_summary_builder_set_with_patient_view (DmpSummaryBuilder *self,
                                                gboolean with_patient_view);

/* Which checks run; DMP_CHECKS_DEFAULT unless said. */
void dmp_summary_builder_set_checks (DmpSummaryBuilder *self, DmpChecks checks);

/* Takes the line with the id @line apart, or makes it one again: a part for each of its documents
 * (design: §7 "wrong merge"). Nothing else changes: no fact, and no thing to check, goes. */
void dmp_summary_builder_set_apart (DmpSummaryBuilder *self, const char *line, gboolean apart);

/* The medicines database that the user imported (dmp-bdpm.h). @bdpm: (nullable) (transfer none) */
void dmp_summary_builder_set_bdpm (DmpSummaryBuilder *self, DmpBdpm *bdpm);

/* A document and what it says. A second call for the same entry replaces the first.
 * @entry: (transfer none); @document: (transfer none) */
void dmp_summary_builder_add (DmpSummaryBuilder *self,
                              DmpDocumentEntry *entry,
                              DmpCdaDocument *document);

/* A document that could not be read, or not yet.
 * @detail: (nullable): French words that say more than @reason */
void dmp_summary_builder_add_unread (DmpSummaryBuilder *self,
                                     DmpDocumentEntry *entry,
                                     DmpUnread reason,
                                     const char *detail);

/* A document without an XDS entry (dmp summary --from DIR): one is made from its header.
 * @bytes: (nullable): to tell identical copies. Returns: (transfer full) */
DmpDocumentEntry *dmp_summary_dup_entry_for (DmpCdaDocument *document, GBytes *bytes);

/* The summary of what was added so far. Returns: (transfer full) */
DmpSummary *dmp_summary_builder_build (DmpSummaryBuilder *self);

G_END_DECLS
