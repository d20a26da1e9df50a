#pragma once

#include "dmp-cda-document.h"
#include "dmp-fact.h"

G_BEGIN_DECLS

/* All that the coded entries and the header say, in document order: one extractor a kind, chosen by
 * template id, then by section code and code system OID. An entry that none of them knows comes as
 * DMP_FACT_UNCLASSIFIED. Contacts come from the header.
 * Returns: (transfer container) (element-type DmpFact): the facts belong to @self too */
GPtrArray *dmp_cda_document_dup_facts (DmpCdaDocument *self);

/* The same, borrowed. Returns: (transfer none) (element-type DmpFact) */
GPtrArray *dmp_cda_document_get_facts (DmpCdaDocument *self);

G_END_DECLS
