#pragma once

#include "session/dmp-record.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The summary of @record on paper (paper/dmp-paper.h). Nothing of it is hidden from anybody, unless
 * the person ticks in the dialog, where there is something hidden, that it shall be there. Nothing
 * is written anywhere but where the person sends it: there is no preview through a file.
 * @for_patient: as the screen turned to the patient shows it. @printer: (nullable): who prints.
 * @closed: (nullable): sentence: what that profession may not read. Returns: (transfer full)
 * (nullable): what is to be run; NULL without a summary */
GtkPrintOperation *dmp_summary_print_new (DmpRecord *record,
                                          gboolean for_patient,
                                          const char *printer,
                                          const char *closed);

G_END_DECLS
