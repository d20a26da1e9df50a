#pragma once

#include "model/dmp-code.h"
#include "model/dmp-document-entry.h"

#include <glib.h>

G_BEGIN_DECLS

/* One document to be sent: a file's bytes and what the person said of it. */
typedef struct
{
  GBytes *bytes;   /* the file: PDF, JPEG, TIFF, RTF, text, or a whole CDA document */
  char *file_name; /* for messages only; never sent */
  char *mime;      /* of @bytes: application/pdf… or text/xml for a CDA */
  char *title;
  DmpCode *type_code; /* of the type table (J07/J66) */
  char *date;         /* "yyyyMMdd[HHmm]": when the care took place */
  DmpVisibility visibility;
  char *replaces; /* (nullable): unique id of the document it replaces */
} DmpSubmissionDraft;

DmpSubmissionDraft *dmp_submission_draft_new (void);
void dmp_submission_draft_free (DmpSubmissionDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSubmissionDraft, dmp_submission_draft_free)

typedef struct
{
  char *unique_id;
  char *hash; /* SHA-1, hex, of the bytes sent */
  char *title;
} DmpSubmittedDocument;

/* What the host acknowledged. */
typedef struct
{
  char *submission_set;  /* its unique id */
  GPtrArray *documents;  /* (element-type DmpSubmittedDocument) */
  char *signature;       /* (nullable): unique id of the set's signature */
  char *acknowledged_at; /* "yyyyMMddHHmmss" UTC */
} DmpSubmissionReceipt;

DmpSubmissionReceipt *dmp_submission_receipt_new (const char *submission_set);
void dmp_submission_receipt_free (DmpSubmissionReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSubmissionReceipt, dmp_submission_receipt_free)

G_END_DECLS
