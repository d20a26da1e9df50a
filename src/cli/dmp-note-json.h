#pragma once

#include "cda/dmp-note.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The model of `dmp cda write`: what a document says, and who writes it where about whom. */
typedef struct
{
  DmpNote *note;
  char *title; /* (nullable) */
  char *start; /* (nullable): HL7 stamp of the care; else dmp_note_get_service() */
  char *stop;  /* (nullable) */
  DmpPatient *patient;
  DmpPractitioner *practitioner;
  DmpSituation *situation;
} DmpNoteModel;

/* Reads a model (docs/cli.md). Codes are looked for in the tables of their field; one that is not
 * there is refused.
 * @error: %DMP_ERROR_INVALID_DOCUMENT: the sentence says where
 * Returns: (transfer full) */
DmpNoteModel *dmp_note_model_parse (const char *text, gsize len, GError **error);
void dmp_note_model_free (DmpNoteModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpNoteModel, dmp_note_model_free)

G_END_DECLS
