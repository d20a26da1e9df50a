#pragma once

#include "dmp-td.h"
#include "model/dmp-document-entry.h"

G_BEGIN_DECLS

/* TD3.2: the contents of several documents at once (IHE ITI-43). */

/* A document as it is asked for. The unique id is the OID, never the entryUUID. */
typedef struct
{
  const char *repository_id;
  const char *unique_id;
} DmpTdDocumentId;

/* What came for one of them: bytes or an error. */
typedef struct
{
  char *repository_id;
  char *unique_id;
  char *mime;    /* (nullable) */
  GBytes *bytes; /* (nullable): as stored; unchecked, see dmp_td_retrieve_check() */
  GError *error; /* (nullable): why there are none: %DMP_ERROR_NOT_FOUND, … */
} DmpRetrieved;

void dmp_retrieved_free (DmpRetrieved *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpRetrieved, dmp_retrieved_free)

/* @ids: @n documents, 1 to 16 in practice. Returns: (transfer full) */
DmpMessage *dmp_td_retrieve_write (const DmpTdDocumentId *ids, gsize n);

/* Takes the answer apart: one row for each document asked for, in the order of @ids. A document
 * that was not asked for is dropped; one that came twice is refused.
 * @unasked: (out) (optional): how many documents came that nobody asked for
 * @error: nothing usable at all: %DMP_ERROR_INVALID_MESSAGE, or that of the host's first error
 * Returns: (transfer full) (element-type DmpRetrieved) (nullable) */
GPtrArray *dmp_td_retrieve_parse (
    const DmpMessage *reply, const DmpTdDocumentId *ids, gsize n, guint *unasked, GError **error);

/* Whether @bytes are what the registry announced: size and SHA-1, as far as it gave them.
 * @error: %DMP_ERROR_ALTERED */
gboolean dmp_td_retrieve_check (GBytes *bytes, DmpDocumentEntry *entry, GError **error);

G_END_DECLS
