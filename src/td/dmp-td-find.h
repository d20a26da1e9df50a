#pragma once

#include "dmp-registry-response.h"
#include "dmp-rim-read.h"
#include "dmp-td.h"

G_BEGIN_DECLS

/* TD3.1: documents, submission sets and their links, without contents (IHE ITI-18). */

typedef struct
{
  guint statuses;               /* bits 1 << #DmpStatus; 0: approved only */
  GPtrArray *types;             /* (element-type DmpCode) (nullable): typeCode */
  GPtrArray *classes;           /* (element-type DmpCode) (nullable) */
  GPtrArray *formats;           /* (element-type DmpCode) (nullable) */
  GPtrArray *confidentialities; /* (element-type DmpCode) (nullable) */
  const char *created_from;     /* (nullable): HL7 stamps in UTC, of the document's creation */
  const char *created_to;
  const char *service_from; /* (nullable): of the start of care */
  const char *service_to;
  gboolean references_only; /* entryUUIDs only: all that a CPE or a certificate may ask for */
} DmpTdFindFilter;

/* FindDocuments: the documents of one patient.
 * @filter: (nullable): NULL: all approved ones. Returns: (transfer full) */
DmpMessage *dmp_td_find_write (const char *ins, const char *oid, const DmpTdFindFilter *filter);

/* GetDocuments by unique id or by entryUUID (the other is NULL).
 * @references_only: answers with entryUUIDs: what a replacement needs. Returns: (transfer full) */
DmpMessage *dmp_td_find_write_documents (const char *const *unique_ids,
                                         const char *const *entry_uuids,
                                         gboolean references_only);

/* FindSubmissionSets by time of submission (UTC stamps, nullable). Returns: (transfer full) */
DmpMessage *dmp_td_find_write_submission_sets (const char *ins,
                                               const char *oid,
                                               const char *from,
                                               const char *to);

/* GetAssociations of the objects with these entryUUIDs. Returns: (transfer full) */
DmpMessage *dmp_td_find_write_associations (const char *const *entry_uuids);

/* A stored query string: in single quotes, those inside doubled. Returns: (transfer full) */
char *dmp_td_find_quote (const char *text);

typedef struct
{
  GPtrArray *entries;         /* (element-type DmpDocumentEntry): in the registry's order */
  GPtrArray *references;      /* (element-type char): entryUUIDs of ObjectRef */
  GPtrArray *submission_sets; /* (element-type DmpSubmissionSet) */
  GPtrArray *associations;    /* (element-type DmpAssociation) */
  GPtrArray *warnings;        /* (element-type DmpRegistryError): beside a success */
  gboolean partial;           /* the host says that not all could be asked: say so */
  gint64 total;               /* totalResultCount, -1 when absent; more than what is here: say so */
  guint unusable;             /* objects without a unique id, or there twice: say so */
} DmpTdFindResult;

void dmp_td_find_result_free (DmpTdFindResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpTdFindResult, dmp_td_find_result_free)

/* The answer to any of the four. Documents learn from associations and submission sets in the same
 * answer what they replace and when they came. Entries of any repository and any patient id are
 * kept: the INS may have changed (EX_3.1-1055).
 * @error: %DMP_ERROR_INVALID_MESSAGE, or that of the registry's first error
 * Returns: (transfer full) (nullable) */
DmpTdFindResult *dmp_td_find_parse (const DmpMessage *reply, GError **error);

G_END_DECLS
