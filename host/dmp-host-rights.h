#pragma once

#include "dmp-host-entry.h"
#include "dmp-host-store.h"
#include "dmp-host-vihf.h"

G_BEGIN_DECLS

/* Access rules (protocol: access-rules.md): the functional matrix by role and purpose, the
 * authorisation of the patient, and which documents somebody may see. Pure functions over tables.
 */

typedef enum
{
  DMP_HOST_ROLE_PROFESSIONAL, /* no doctor */
  DMP_HOST_ROLE_DOCTOR,
  DMP_HOST_ROLE_OCCUPATIONAL, /* occupational physician */
  DMP_HOST_ROLE_PHYSICIAN,    /* médecin traitant of this patient */
  DMP_HOST_ROLE_STAFF,        /* CPE */
  DMP_HOST_ROLE_ESTABLISHMENT,
  DMP_HOST_ROLE_AIR_PROFESSIONAL,
  DMP_HOST_ROLE_AIR_DOCTOR,
  DMP_HOST_ROLE_AIR_PHYSICIAN,
  DMP_HOST_ROLE_AIR_EMPLOYEE,
  DMP_HOST_ROLE_LAST
} DmpHostRole;

typedef enum
{
  DMP_HOST_RIGHT_NO = '-',
  DMP_HOST_RIGHT_YES = '+',
  DMP_HOST_RIGHT_OWN = 'o',
  DMP_HOST_RIGHT_IF_PATIENT = 'p',
  DMP_HOST_RIGHT_STRUCTURE = 's',
  DMP_HOST_RIGHT_REFERENCE = 'r'
} DmpHostRight;

/* Rows of the compiled tables. */
typedef struct
{
  const char *action;
  const char *cells; /* role × purpose, one letter each */
} DmpHostRightsRow;
typedef struct
{
  const char *profession;
  const char *classes; /* "*" or codes between blanks */
} DmpHostClassesRow;
extern const DmpHostRightsRow dmp_host_rights_rows[];
extern const gsize dmp_host_rights_n_rows;
extern const DmpHostClassesRow dmp_host_classes_rows[];
extern const gsize dmp_host_classes_n_rows;

/* Who asks, seen from one record. */
typedef struct
{
  const DmpHostVihf *vihf;
  DmpHostRole role;
  DmpHostAuthorisationState authorisation;
  gboolean opposed; /* the patient objects to the emergency mode that is used */
} DmpHostAccess;

/* The role of @vihf's holder for a patient whose médecin traitant is @physician (nullable). */
DmpHostRole dmp_host_role (const DmpHostVihf *vihf, const char *physician);

/* Whether @role is the médecin traitant's. */
gboolean dmp_host_role_is_physician (DmpHostRole role);

/* What the matrix says. @action: a word of the first column */
DmpHostRight dmp_host_right (DmpHostRole role, DmpHostPurpose purpose, const char *action);

/* The state of one authorisation at @now (seconds): VALID past its end is EXPIRED. */
DmpHostAuthorisationState dmp_host_authorisation_at (const DmpHostAuthorisation *self, gint64 now);

/* The stronger of what the professional and his structure hold: a refusal of the person wins, then
 * any valid one, then expired, then a refusal of the structure. */
DmpHostAuthorisationState dmp_host_authorisation_join (DmpHostAuthorisationState professional,
                                                       DmpHostAuthorisationState structure);

/* Whether documents of the record may be read at all in the purpose used: authorisation in normal
 * mode, no opposition in the others.
 * @error: %DMP_HOST_ERROR_AUTHORISATION_REQUIRED, _DENIED or _EMERGENCY_DENIED */
gboolean dmp_host_access_check (const DmpHostAccess *self, GError **error);

/* Whether @entry may be seen in a list; own documents always may. */
gboolean dmp_host_access_sees (const DmpHostAccess *self, const DmpHostEntry *entry);

/* Whether its content may be read. */
gboolean dmp_host_access_reads (const DmpHostAccess *self, const DmpHostEntry *entry);

/* Whether @entry was made by the professional, or for staff and establishments by the structure. */
gboolean dmp_host_access_owns (const DmpHostAccess *self, const DmpHostEntry *entry);

G_END_DECLS
