#pragma once

#include "dmp-cda-document.h"
#include "dmp-cda-tree.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable). @error: %DMP_ERROR_INVALID_DOCUMENT: no id */
DmpCdaHeader *dmp_cda_header_read (xmlNode *document, GError **error);
void dmp_cda_header_free (DmpCdaHeader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpCdaHeader, dmp_cda_header_free)

/* Someone from the element that holds id, code, person and organisation (assignedAuthor,
 * assignedEntity, relatedEntity…). Returns: (transfer full) */
DmpCdaPerson *dmp_cda_person_read (xmlNode *entity, DmpCdaRole role);
void dmp_cda_person_free (DmpCdaPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpCdaPerson, dmp_cda_person_free)

/* All people of the header, document order. Returns: (transfer full) */
GPtrArray *dmp_cda_people_read (xmlNode *document);

/* "8 Rue de la Gare, 92100 BOULOGNE", every part that is there. Returns: (transfer full)
 * (nullable): NULL without one. @addr: (nullable) */
char *dmp_cda_dup_address (xmlNode *addr);

/* The values of @entity's telecom elements, as written. Returns: (transfer full): never NULL */
char **dmp_cda_dup_telecoms (xmlNode *entity);

/* Whether an id root is one of the INS authorities (real, or for tests). */
gboolean dmp_cda_is_ins_root (const char *root);

G_END_DECLS
