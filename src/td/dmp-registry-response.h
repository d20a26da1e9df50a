#pragma once

#include "dmp-td.h"

G_BEGIN_DECLS

/* What every XDS answer says first: its status and its list of errors and warnings (ebRS 3.0). */

typedef enum
{
  DMP_RESPONSE_SUCCESS,
  DMP_RESPONSE_PARTIAL, /* some of it was done or found */
  DMP_RESPONSE_FAILURE
} DmpResponseStatus;

typedef struct
{
  char *code;     /* XDS… */
  char *context;  /* (nullable): the host's words */
  char *location; /* (nullable) */
  gboolean warning;
} DmpRegistryError;

void dmp_registry_error_free (DmpRegistryError *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpRegistryError, dmp_registry_error_free)

typedef struct
{
  DmpResponseStatus status;
  GPtrArray *errors; /* (element-type DmpRegistryError): warnings too, in the host's order */
} DmpRegistryResponse;

void dmp_registry_response_clear (DmpRegistryResponse *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DmpRegistryResponse, dmp_registry_response_clear)

/* Reads @node: RegistryResponse, AdhocQueryResponse: an element with a status attribute and perhaps
 * a RegistryErrorList.
 * @out: written on success only; cleared by the caller
 * @error: %DMP_ERROR_INVALID_MESSAGE: no status, or one we do not know */
gboolean dmp_registry_response_parse (xmlNode *node,
                                      const DmpTd *td,
                                      DmpRegistryResponse *out,
                                      GError **error);

/* Sets the error of the first entry that is no warning; of the status alone when there is none. */
void dmp_registry_response_set_error (const DmpRegistryResponse *self, GError **error);

/* The first error whose words name @unique_id. Returns: (transfer none) (nullable) */
const DmpRegistryError *dmp_registry_response_find (const DmpRegistryResponse *self,
                                                    const char *unique_id);

G_END_DECLS
