#pragma once

#include "dmp-td.h"
#include "model/dmp-access.h"
#include "model/dmp-patient.h"

G_BEGIN_DECLS

/* TD0.2: does the record exist, may I read it, am I the patient's médecin traitant
 * (HL7 V3 PRPA_IN201307UV02, reason TEST_EXST → PRPA_IN201308UV02). */

typedef struct
{
  gboolean exists; /* FALSE: nothing else is set */
  gboolean closed;
  char *closed_at;     /* (nullable): HL7 stamp */
  char *closed_reason; /* (nullable): code, e.g. FERMETURE_DEMANDE_PATIENT */
  char *closed_text;   /* (nullable): the host's words */
  DmpAuthorisation authorisation;
  char *authorisation_code; /* (nullable): as the host spelt it */
  char *authorisation_text; /* (nullable): the reason the host gives with it */
  gboolean medecin_traitant;
  gboolean attached_to_ens;  /* to Mon espace santé */
  gboolean internet_account; /* the patient opened his own access */
  DmpPatient *patient;       /* (nullable): traits as the DMP knows them */
} DmpTdStatusResult;

void dmp_td_status_result_free (DmpTdStatusResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpTdStatusResult, dmp_td_status_result_free)

/* @ins, @oid: of the patient. Returns: (transfer full) */
DmpMessage *dmp_td_status_write (const DmpTdSender *sender, const char *ins, const char *oid);

/* "Nothing found" means that there is no record, whatever the acknowledgement says. An unknown
 * spelling of the authorisation counts as none: the patient is asked.
 * @error: %DMP_ERROR_INVALID_MESSAGE, or that of the code in the acknowledgement
 * Returns: (transfer full) (nullable) */
DmpTdStatusResult *dmp_td_status_parse (const DmpMessage *reply, GError **error);

G_END_DECLS
