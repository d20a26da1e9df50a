#pragma once

#include "dmp-td.h"
#include "model/dmp-document-entry.h"
#include "model/dmp-patient.h"
#include "model/dmp-practitioner.h"

G_BEGIN_DECLS

/* TD2.1: one submission set of new documents and replacements (IHE ITI-41). */

/* Who submits what for whom. */
typedef struct
{
  const char *unique_id;         /* OID of this submission */
  const char *source_id;         /* OID of this installation */
  const char *time;              /* UTC, "yyyyMMddHHmmss" */
  const char *title;             /* (nullable) */
  DmpCode *content_type;         /* J59 */
  DmpPractitioner *practitioner; /* who holds the card */
  DmpSituation *situation;       /* must be the structure of the assertion */
  DmpPatient *patient;           /* INS and OID needed; traits go into sourcePatientInfo */
} DmpTdSubmission;

/* One document. Of @entry are needed: unique_id, title, mime, language, creation, service_start,
 * legal_authenticator, class_code, type_code, format_code, practice_setting, facility_type; size
 * and hash are the repository's to say. */
typedef struct
{
  const DmpDocumentEntryFields *entry; /* authors NULL: the submitter */
  const char *source_patient_id;       /* (nullable): CX of the local number; NULL: the INS */
  const char *replaces;                /* (nullable): entryUUID of the document it replaces */
  gboolean signature;                  /* the detached signature of the set */
  GBytes *bytes;
} DmpTdSubmissionDocument;

/* Writes the submission with the documents as attachments.
 * @error: %DMP_ERROR_INVALID_DOCUMENT: a needed field is missing or an identifier is not an OID;
 * the sentence names it Returns: (transfer full) (nullable) */
DmpMessage *dmp_td_submit_write (const DmpTdSubmission *set,
                                 const DmpTdSubmissionDocument *documents,
                                 gsize n,
                                 GError **error);

/* The CX that names @patient in metadata. Returns: (transfer full) */
char *dmp_td_submit_dup_patient_id (DmpPatient *patient);

/* @warnings: (out) (optional) (transfer full) (element-type DmpRegistryError): beside a success
 * @error: the host's first error; %DMP_ERROR_INVALID_MESSAGE when the answer cannot be read: what
 *   was done is then unknown. A partial success is one too: it is not what was asked. */
gboolean dmp_td_submit_parse (const DmpMessage *reply, GPtrArray **warnings, GError **error);

G_END_DECLS
