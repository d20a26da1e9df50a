#pragma once

#include "dmp-host-entry.h"

#include <libxml/tree.h>

G_BEGIN_DECLS

/* An ITI-18 request: which stored query, which form of answer, which parameters. */
typedef struct
{
  char *id;               /* urn:uuid:… of the query */
  gboolean leaf;          /* LeafClass, else ObjectRef */
  GHashTable *parameters; /* name → GPtrArray of groups; a group is a GPtrArray of strings. Groups
                             must all hold, one string of a group must */
} DmpHostAdhoc;

void dmp_host_adhoc_free (DmpHostAdhoc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostAdhoc, dmp_host_adhoc_free)

/* Reads query:AdhocQueryRequest; quotes and parentheses of the values are taken off.
 * @error: %DMP_HOST_ERROR_REGISTRY: broken syntax
 * Returns: (transfer full) */
DmpHostAdhoc *dmp_host_adhoc_parse (xmlNode *request, GError **error);

/* The one value of a parameter; NULL without it.
 * @error: %DMP_HOST_ERROR_PARAM_NUMBER when there are more */
const char *dmp_host_adhoc_single (const DmpHostAdhoc *self, const char *name, GError **error);

/* All values of a parameter in one list. Returns: (transfer container) (element-type utf8) */
GPtrArray *dmp_host_adhoc_all (const DmpHostAdhoc *self, const char *name);

gboolean dmp_host_adhoc_has (const DmpHostAdhoc *self, const char *name);

/* Whether @entry satisfies every parameter that starts with @prefix ("$XDSDocumentEntry" or
 * "$XDSSubmissionSet"), the patient's id apart. Names nobody knows do not count. */
gboolean
dmp_host_adhoc_matches (const DmpHostAdhoc *self, const char *prefix, const DmpHostEntry *entry);

G_END_DECLS
