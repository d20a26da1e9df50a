#pragma once

#include "cda/dmp-cda-document.h"
#include "model/dmp-access.h"
#include "model/dmp-document-entry.h"
#include "model/dmp-patient.h"
#include "search/dmp-search.h"
#include "summary/dmp-summary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  DMP_LIST_APPROVED = 1 << 0,
  DMP_LIST_ARCHIVED = 1 << 1,
  DMP_LIST_DEPRECATED = 1 << 2
} DmpListFilter;

/* One patient's open record, in memory only. Lives in the main context.
 * Properties (read-only): "patient" DmpPatient · "authorisation" · "medecin-traitant" bool ·
 * "closed" bool · "loading" bool · "documents-read" uint: contents received and parsed or found
 * unreadable · "summary" DmpSummary (nullable): replaced as contents arrive · "files-pending" uint:
 * see dmp_record_index_files(). "documents" is a GListModel of DmpDocumentEntry, newest first. */
#define DMP_TYPE_RECORD (dmp_record_get_type ())
G_DECLARE_FINAL_TYPE (DmpRecord, dmp_record, DMP, RECORD, GObject)

DmpPatient *dmp_record_get_patient (DmpRecord *self);
DmpAccessMode dmp_record_get_mode (DmpRecord *self);
/* (nullable): why an emergency mode was taken, in the person's words; kept on this side only, the
 * protocol has no field for it */
const char *dmp_record_get_reason (DmpRecord *self);
gboolean dmp_record_get_exists (DmpRecord *self);
gboolean dmp_record_get_closed (DmpRecord *self);
/* (nullable): "yyyyMMdd…" and the reason given */
const char *dmp_record_get_closed_at (DmpRecord *self);
DmpAuthorisation dmp_record_get_authorisation (DmpRecord *self);
gboolean dmp_record_get_medecin_traitant (DmpRecord *self);
gboolean dmp_record_get_loading (DmpRecord *self);
GListModel *dmp_record_get_documents (DmpRecord *self);
guint dmp_record_get_documents_read (DmpRecord *self);

/* (nullable): French sentence when the host says, or shows, that its list is not complete. It must
 * stand where the list stands, and no negative sentence beside it. */
const char *dmp_record_get_list_problem (DmpRecord *self);

/* Returns: (transfer none) (nullable) */
DmpSummary *dmp_record_get_summary (DmpRecord *self);

/* What is read so far, to be searched. Another one once the record is left: not to be kept.
 * Returns: (transfer none) */
DmpSearch *dmp_record_get_search (DmpRecord *self);

/* Has the words of the files (PDF, text) of what was received so far read for the search, in the
 * background, newest first; "files-pending" goes to 0. Once the record is there, so that it does
 * not stand in its way; again for what came later. */
void dmp_record_index_files (DmpRecord *self);

/* Documents whose files are still being read. */
guint dmp_record_get_files_pending (DmpRecord *self);

DmpDocumentEntry *dmp_record_get_entry (DmpRecord *self, const char *unique_id);

/* The newest document in force of type code @type that the professional @author (PS_IdNat) wrote.
 * Returns: (transfer none) (nullable) */
DmpDocumentEntry *dmp_record_find_own (DmpRecord *self, const char *type, const char *author);

/* The parsed document, once received. NULL: not yet, or unreadable (then @problem says why in
 * French).
 * @problem: (out) (optional) (nullable) (transfer none). Returns: (transfer none) (nullable) */
DmpCdaDocument *
dmp_record_get_document (DmpRecord *self, const char *unique_id, const char **problem);

G_END_DECLS
