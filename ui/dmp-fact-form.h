#pragma once

#include "cda/dmp-note.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One line of a document as a form: a field an input, codes only from their tables, dates as
 * precise as they are known. Signal "done" (DmpFact *fact, transfer none) once it is right and
 * kept. */
#define DMP_TYPE_FACT_FORM (dmp_fact_form_get_type ())
G_DECLARE_FINAL_TYPE (DmpFactForm, dmp_fact_form, DMP, FACT_FORM, AdwWindow)

/* @fact: (nullable): what stands already; NULL for a new line. Returns: (transfer full) */
DmpFactForm *
dmp_fact_form_new (GtkWindow *parent, const DmpNoteSection *section, const DmpFact *fact);

G_END_DECLS
