#pragma once

#include "model/dmp-patient.h"
#include "model/dmp-practitioner.h"
#include "pkcs11/dmp-card.h"
#include "pkcs11/dmp-vitale.h"

G_BEGIN_DECLS

/* What the card layer read, in the words of the model. */

/* Labels come from the code tables. Returns: (transfer full) */
DmpPractitioner *dmp_identity_practitioner (const DmpCardIdentity *identity);

/* Returns: (transfer full) */
DmpSituation *dmp_identity_situation (const DmpCardSituation *situation);

/* @ins_oid: put to the number read; a Vitale does not qualify an INS, the host is asked before
 * anything is shown. Returns: (transfer full) */
DmpPatient *dmp_identity_beneficiary (const DmpVitaleBeneficiary *beneficiary, const char *ins_oid);

G_END_DECLS
