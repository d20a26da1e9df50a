#pragma once

#include "cda/dmp-cda-document.h"
#include "dmp-link.h"
#include "td/dmp-td-find.h"

G_BEGIN_DECLS

/* What a new document replaces: asked of the host before anything is sent. For the worker thread.
 */
typedef struct
{
  char *entry_uuid;         /* what the association names */
  DmpCdaDocument *document; /* the version before, as it stands */
} DmpReplacement;

void dmp_replacement_free (DmpReplacement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpReplacement, dmp_replacement_free)

/* What the host's answer about one document says.
 * @absent: (out): TRUE only where the answer is whole and holds nothing: it is not in the record.
 *   Whatever else goes wrong, here or later, does not prove that
 * @error: %DMP_ERROR_NOT_FOUND with @absent; %DMP_ERROR_INVALID_MESSAGE: the answer does not say;
 *   %DMP_ERROR_INVALID_DOCUMENT: it is no longer the version in force. Returns: (transfer none) */
DmpDocumentEntry *dmp_replacement_pick (const DmpTdFindResult *found,
                                        const char *unique_id,
                                        gboolean *absent,
                                        GError **error);

/* Finds and reads the document with @unique_id.
 * @absent: (out): see dmp_replacement_pick()
 * @error: as there; those of TD3.1 and TD3.2. Returns: (transfer full) */
DmpReplacement *dmp_replacement_find (DmpLink *link,
                                      const DmpLinkContext *context,
                                      const char *unique_id,
                                      gboolean *absent,
                                      GCancellable *cancellable,
                                      GError **error);

/* What the header of a whole CDA document says it replaces, held against what the person said.
 * @wanted: (nullable): unique id that the person gave
 * @replaces: (out) (transfer none) (nullable): unique id that the header names
 * @error: %DMP_ERROR_INVALID_DOCUMENT: the two differ, or the header names none */
gboolean dmp_replacement_check_header (DmpCdaDocument *document,
                                       const char *wanted,
                                       const char **replaces,
                                       GError **error);

/* Whether @document continues what it replaces: the same set, a later version.
 * @error: %DMP_ERROR_INVALID_DOCUMENT */
gboolean dmp_replacement_check_version (const DmpReplacement *self,
                                        DmpCdaDocument *document,
                                        GError **error);

G_END_DECLS
