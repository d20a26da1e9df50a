#pragma once

#include "dmp-td.h"

G_BEGIN_DECLS

/* TD0.3: the patient's consent for the professional, and who is the médecin traitant. Patient and
 * professional come from the assertion, not from the body. Only on the person's explicit action
 * (EX_0.3-1010). */

/* @add: AJOUT; FALSE: SUPPRESSION
 * @medecin_traitant: the role MEDECIN_TRAITANT is meant. Returns: (transfer full) */
DmpMessage *dmp_td_authorise_write (gboolean add, gboolean medecin_traitant);

/* @remark: (out) (optional) (nullable) (transfer full): what the host says besides "done", e.g.
 *   that the authorisation was there already
 * @error: that of the host's code, or %DMP_ERROR_INVALID_MESSAGE */
gboolean dmp_td_authorise_parse (const DmpMessage *reply, char **remark, GError **error);

G_END_DECLS
