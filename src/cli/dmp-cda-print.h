#pragma once

#include "cda/dmp-cda-document.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What "dmp cda" prints, apart from the command, for its tests. Shapes: docs/cli.md. */

/* The document for people: a few lines of header, then its narrative. Returns: (transfer full) */
char *dmp_cda_print_text (DmpCdaDocument *document);

/* {"document", "title", "type", "patient", "sections", "text", "files"}. Returns: (transfer full)
 */
JsonNode *dmp_cda_print_show (DmpCdaDocument *document);

/* {"document", "facts": […]}: every fact with all that it carries. Returns: (transfer full) */
JsonNode *dmp_cda_print_facts (DmpCdaDocument *document);

/* The same, a line each. Returns: (transfer full) */
char *dmp_cda_print_facts_text (DmpCdaDocument *document);

G_END_DECLS
