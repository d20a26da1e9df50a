#pragma once

#include "files/dmp-file-report.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* {"document", "mime", "pages", "pdfa", "defects": ["…"], "findings": […], "suggested": {…}}: see
 * docs/cli.md. Returns: (transfer full) */
JsonNode *dmp_file_print_report (const DmpFileReport *report);

/* The same for a person, a line each, @path in front. Returns: (transfer full) */
char *dmp_file_print_report_text (const DmpFileReport *report, const char *path);

G_END_DECLS
