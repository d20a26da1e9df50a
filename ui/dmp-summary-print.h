#pragma once

#include "session/dmp-record.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The summary of @record on paper (paper/dmp-paper.h): nothing of it is hidden from anybody, and
 * nothing is written anywhere but where the person sends it: there is no preview through a file.
 * @printer: (nullable): who prints. Returns: (transfer full) (nullable): what is to be run; NULL
 * without a summary */
GtkPrintOperation *dmp_summary_print_new (DmpRecord *record, const char *printer);

G_END_DECLS
