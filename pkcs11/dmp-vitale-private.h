#pragma once

#include "dmp-card-tlv.h"
#include "dmp-vitale.h"

G_BEGIN_DECLS

/* For pkcs11/ and its tests: the two files of the card, untrusted. A person of one file goes with
 * the one at the same place in the other.
 * Returns: (transfer full) (element-type DmpVitaleBeneficiary): may be empty */
GPtrArray *dmp_vitale_parse (DmpSpan identities, DmpSpan numbers);

void dmp_vitale_beneficiary_free (DmpVitaleBeneficiary *self);

G_END_DECLS
