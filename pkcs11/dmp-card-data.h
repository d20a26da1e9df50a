#pragma once

#include "dmp-card.h"
#include "dmp-card-tlv.h"

G_BEGIN_DECLS

/* For pkcs11/ only: the data objects of the CPS, as the module returns them (the raw bytes of the
 * card). Their shapes are those met by other implementers; none is published. */

#define DMP_CARD_LABEL_INFO "CPS_INFO_PS"

/* Returns: nn of the label "CPS_ACTIVITY_nn_PS", 0 to 99; -1 for any other label */
int dmp_card_activity_index (const char *label, gsize len);

/* EE{84 name, 85 Struct_IdNat, 86 sector}. Unknown tags are left out.
 * Returns: (transfer full) (nullable): NULL unless structure and sector are there */
DmpCardSituation *dmp_card_situation_parse (guint index, DmpSpan data);
void dmp_card_situation_free (DmpCardSituation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpCardSituation, dmp_card_situation_free)

/* The speciality of CPS_INFO_PS: its object 84 where the content is BER-TLV, else its last four
 * characters when they look like a code of TRE_R01.
 * Returns: (transfer full) (nullable) */
char *dmp_card_info_dup_speciality (DmpSpan data);

G_END_DECLS
