#pragma once

#include "cda/dmp-cda-document.h"

G_BEGIN_DECLS

/* People of a document's header, in words. */

/* What @person did: "Signataire", "Personne de confiance"… Returns: (transfer none) */
const char *dmp_document_person_get_title (const DmpCdaPerson *person);

/* "0123456789", "name@example.fr", "Fax 0123456789" for a telecom as written. Returns: (transfer
 * full) */
char *dmp_document_person_dup_telecom (const char *telecom);

/* Name, function, speciality or relation, structure, address, telephones, when, one a line.
 * Returns: (transfer full): maybe
 * "" */
char *dmp_document_person_dup_words (const DmpCdaPerson *person);

G_END_DECLS
