#pragma once

#include "cda/dmp-cda-document.h"
#include "dmp-record.h"
#include "dmp-submission-draft.h"
#include "files/dmp-finding.h"

G_BEGIN_DECLS

/* What a person still has to say of a draft before it goes: type, title, date, who may read it. The
 * file itself is judged by dmp_file_examine(). A whole CDA says all but the last in its own header.
 * @today: "yyyyMMdd": the care did not take place later
 * Returns: (transfer full) (element-type DmpFinding): none when nothing is left */
GPtrArray *dmp_draft_check (const DmpSubmissionDraft *draft, const char *today);

/* Whether nothing is left, as everybody who sends must know: the first of dmp_draft_check() as an
 * error. @error: %DMP_ERROR_INVALID_DOCUMENT */
gboolean dmp_draft_is_ready (const DmpSubmissionDraft *draft, const char *today, GError **error);

/* The same of a whole document, by its own header: its care did not take place later than @today,
 * and does not end before it begins. @error: %DMP_ERROR_INVALID_DOCUMENT */
gboolean dmp_draft_is_possible (DmpCdaDocument *document, const char *today, GError **error);

/* Whether @record, as far as it was read, holds this file already: as a document of the same hash,
 * inside a document, or as the same words. Adds what it finds.
 * @original: (nullable): the file before it was repaired
 * @text: (nullable): its words */
void dmp_draft_check_record (
    GPtrArray *findings, DmpRecord *record, GBytes *bytes, GBytes *original, const char *text);

/* The documents in force of @record that were not read yet and whose size could hold a file of
 * @size bytes in a level-1 CDA: what is worth fetching before dmp_draft_check_record() says no. Not
 * more than a few, the likeliest first.
 * @left: (out): how many others could hold it, too many to be fetched
 * Returns: (transfer full) (element-type DmpDocumentEntry) */
GPtrArray *dmp_draft_find_holders (DmpRecord *record, gsize size, guint *left);

G_END_DECLS
