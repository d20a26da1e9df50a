#pragma once

#include "dmp-bdpm.h"

G_BEGIN_DECLS

/* Names of our files in the folder, and their first line. */
#define DMP_BDPM_MEDICINES "bdpm-medicines.tsv"
#define DMP_BDPM_PACKS "bdpm-packs.tsv"
#define DMP_BDPM_MAGIC "# caducee-table: 1\n"
#define DMP_BDPM_SOURCE                                                                            \
  "Base de données publique des médicaments (ANSM, HAS, UNCAM), réutilisation libre"

/* Length of the codes. */
#define DMP_CIS_LEN 8
#define DMP_CIP_LEN 13

/* Whether @text is @len digits. */
gboolean dmp_bdpm_is_code (const char *text, gsize len);

G_END_DECLS
