#pragma once

#include "cda/dmp-note.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The input of one field: its label and what it is filled in with. Signal "changed". */
#define DMP_TYPE_FIELD_INPUT (dmp_field_input_get_type ())
G_DECLARE_FINAL_TYPE (DmpFieldInput, dmp_field_input, DMP, FIELD_INPUT, GtkBox)

/* @fact: what stands in the field; for an answer it carries the question already */
GtkWidget *
dmp_field_input_new (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact);

const DmpNoteField *dmp_field_input_get_field (DmpFieldInput *self);

/* Fills the field of @fact with what stands here. */
void dmp_field_input_apply (DmpFieldInput *self, DmpFact *fact);

/* Says beside the field what is wrong with it in @fact, until it is changed. Returns: whether
 * nothing is */
gboolean dmp_field_input_show_problem (DmpFieldInput *self, const DmpFact *fact);

/* "il manque…" with a capital. Returns: (transfer full) */
char *dmp_field_input_dup_sentence (const char *words);

/* "12/05/2019", "05/2019", "2019" as an HL7 stamp; anything else as it is, for the check to name.
 * Returns: (transfer full) (nullable): NULL for nothing */
char *dmp_field_input_dup_stamp (const char *text);

G_END_DECLS
