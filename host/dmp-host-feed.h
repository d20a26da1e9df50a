#pragma once

#include "dmp-host-record.h"
#include "dmp-host-rim.h"

G_BEGIN_DECLS

/* What a feed (ITI-41) brings, read and checked but not yet stored. Private to TD2.1. */
typedef struct
{
  DmpHostEntry *set;
  GPtrArray *documents; /* (element-type DmpHostEntry) */
  GPtrArray *bodies;    /* (element-type GBytes), same order */
  char *signs;          /* id of the document that signs the set (nullable) */
} DmpHostFeed;

void dmp_host_feed_free (DmpHostFeed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostFeed, dmp_host_feed_free)

/* Reads xdsb:ProvideAndRegisterDocumentSetRequest with its attachments and checks it against the
 * token: patient, structure, codes, associations, contents.
 * @error: %DMP_HOST_ERROR_REGISTRY_METADATA, _OTHER_PATIENT, _MISSING_DOCUMENT, _MISSING_METADATA,
 *   _INVALID_CONTENT
 * Returns: (transfer full) */
DmpHostFeed *dmp_host_feed_read (DmpHostCall *call, GError **error);

/* Checks a CDA document against its entry and the token's patient (dmp-host-content.c). Other
 * contents pass.
 * @error: %DMP_HOST_ERROR_INVALID_CONTENT or _OTHER_PATIENT */
gboolean dmp_host_content_check (const DmpHostEntry *entry,
                                 GBytes *bytes,
                                 const DmpHostVihf *vihf,
                                 GError **error);

/* Checks what the documents replace: there, Approved, one's own, by one document only, and named by
 * the header, whose set and version go on (dmp-host-replace.c).
 * @error: %DMP_HOST_ERROR_REPLACE_FAILED, _INVALID_CONTENT, _REGISTRY_METADATA */
gboolean
dmp_host_feed_check_replaced (const DmpHostFeed *self, DmpHostRecord *record, GError **error);

/* Verifies the signature of the set: of what it says, by whom, of exactly these documents. Without
 * one, whether it may be missing (dmp-host-set-signature.c).
 * @error: %DMP_HOST_ERROR_REPOSITORY_METADATA */
gboolean
dmp_host_feed_check_signature (const DmpHostFeed *self, const DmpHostCall *call, GError **error);

/* Whether @entry is the signature of its submission set. */
gboolean dmp_host_entry_is_signature (const DmpHostEntry *entry);

G_END_DECLS
