#pragma once

#include "model/dmp-patient.h"

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DMP_IDENTITY_UNPROVEN, /* nothing in the text speaks for or against */
  DMP_IDENTITY_SAME,     /* number, or name, or birth date are found */
  DMP_IDENTITY_OTHER /* somebody else's number, birth date or name is found, and not the patient's
                      */
} DmpIdentity;

/* Whether a file's words speak of @patient: registration numbers with a valid key, birth dates
 * ("Né(e) le", "DDN") and labelled names ("Patient :", "Nom de naissance :").
 * @found: (out) (nullable) (transfer full): the words that tell, as they stand in @text */
DmpIdentity dmp_file_identity (const char *text, DmpPatient *patient, char **found);

G_END_DECLS
