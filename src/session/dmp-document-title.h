#pragma once

#include "cda/dmp-cda-document.h"

G_BEGIN_DECLS

/* A title made of what a document says: "Biologie – Potassium 5,2 mmol/L, Sodium", "Ordonnance –
 * apixaban, furosémide", "Vaccination – grippe". NULL where its own title says as much, or nothing
 * better is known. Values are those the report flags, as it writes them, with their units; nothing
 * is judged. Returns: (transfer full) (nullable) */
char *dmp_document_title_make (DmpCdaDocument *document);

G_END_DECLS
