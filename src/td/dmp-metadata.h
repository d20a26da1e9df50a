#pragma once

#include "cda/dmp-cda-document.h"
#include "model/dmp-document-entry.h"

G_BEGIN_DECLS

/* The document entry that a CDA document's header asks for (CI-SIS, correspondence of CDA header
 * and XDS metadata): codes with labels, times in UTC, class from the type (ASS_X16), format from
 * the templates (ASS_A11; "modelesHorsProfils" when none has one). Its patient id stays empty: the
 * submission sets it; what the header does not say stays empty too, and dmp_td_submit_write() then
 * names it.
 * @error: %DMP_ERROR_INVALID_DOCUMENT: no type, or one that the DMP does not take
 * Returns: (transfer full) (nullable): its fields serve as #DmpTdSubmissionDocument.entry */
DmpDocumentEntry *
dmp_metadata_from_cda (DmpCdaDocument *document, DmpVisibility visibility, GError **error);

G_END_DECLS
