#pragma once

#include "cda/dmp-cda-document.h"

G_BEGIN_DECLS

/* People of a document's header, in words. */

/* What @person did: "Signataire", "Personne de confiance"… Returns: (transfer none) */
const char *dmp_document_person_get_title (const DmpCdaPerson *person);

/* Name, speciality or relation, structure, telephone, one a line. Returns: (transfer full): maybe
 * "" */
char *dmp_document_person_dup_words (const DmpCdaPerson *person);

G_END_DECLS
