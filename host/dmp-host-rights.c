#include "config.h"

#include "dmp-host-rights.h"

#include "dmp-host-error.h"

#include <string.h>

#define PROFESSION_DOCTOR "10"
#define PURPOSES 3

/* Specialities of occupational medicine in TRE_R01. Which of them the DMP tests is not published.
 */
static const char *const occupational[] = { "SM25", "C41", "CAPA11", "SCH35" };

static gboolean
is_occupational (const DmpHostVihf *vihf)
{
  for (guint i = 0; i < G_N_ELEMENTS (occupational); i++)
    if (strcmp (vihf->speciality, occupational[i]) == 0)
      return TRUE;
  return FALSE;
}

DmpHostRole
dmp_host_role (const DmpHostVihf *vihf, const char *physician)
{
  gboolean air = vihf->auth == DMP_HOST_AUTH_REINFORCED;
  gboolean doctor = strcmp (vihf->profession, PROFESSION_DOCTOR) == 0;

  if (vihf->auth == DMP_HOST_AUTH_INDIRECT)
    return DMP_HOST_ROLE_ESTABLISHMENT;
  if (!air && vihf->holder == DMP_HOST_HOLDER_STAFF)
    return DMP_HOST_ROLE_STAFF;
  if (air && *vihf->profession == '\0')
    return DMP_HOST_ROLE_AIR_EMPLOYEE;
  if (doctor && is_occupational (vihf))
    return air ? DMP_HOST_ROLE_AIR_PROFESSIONAL : DMP_HOST_ROLE_OCCUPATIONAL;
  if (doctor && g_strcmp0 (physician, vihf->name_id) == 0)
    return air ? DMP_HOST_ROLE_AIR_PHYSICIAN : DMP_HOST_ROLE_PHYSICIAN;
  if (doctor)
    return air ? DMP_HOST_ROLE_AIR_DOCTOR : DMP_HOST_ROLE_DOCTOR;
  return air ? DMP_HOST_ROLE_AIR_PROFESSIONAL : DMP_HOST_ROLE_PROFESSIONAL;
}

gboolean
dmp_host_role_is_physician (DmpHostRole role)
{
  return role == DMP_HOST_ROLE_PHYSICIAN || role == DMP_HOST_ROLE_AIR_PHYSICIAN;
}

DmpHostRight
dmp_host_right (DmpHostRole role, DmpHostPurpose purpose, const char *action)
{
  gsize cell = (gsize) role * PURPOSES + (gsize) purpose;

  for (gsize i = 0; i < dmp_host_rights_n_rows; i++)
    if (strcmp (dmp_host_rights_rows[i].action, action) == 0)
      {
        const char *cells = dmp_host_rights_rows[i].cells;
        return cell < strlen (cells) ? (DmpHostRight) cells[cell] : DMP_HOST_RIGHT_NO;
      }
  g_return_val_if_reached (DMP_HOST_RIGHT_NO);
}

DmpHostAuthorisationState
dmp_host_authorisation_at (const DmpHostAuthorisation *self, gint64 now)
{
  if (self->state != DMP_HOST_AUTHORISATION_VALID)
    return self->state;
  if (self->from > now)
    return DMP_HOST_AUTHORISATION_NONE;
  return self->until != 0 && self->until <= now ? DMP_HOST_AUTHORISATION_EXPIRED
                                                : DMP_HOST_AUTHORISATION_VALID;
}

DmpHostAuthorisationState
dmp_host_authorisation_join (DmpHostAuthorisationState professional,
                             DmpHostAuthorisationState structure)
{
  static const DmpHostAuthorisationState order[] = { DMP_HOST_AUTHORISATION_VALID,
                                                     DMP_HOST_AUTHORISATION_EXPIRED };

  if (professional == DMP_HOST_AUTHORISATION_DENIED)
    return professional;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (professional == order[i] || structure == order[i])
      return order[i];
  return structure;
}

static gboolean
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return FALSE;
}

gboolean
dmp_host_access_check (const DmpHostAccess *self, GError **error)
{
  if (self->vihf->purpose != DMP_HOST_PURPOSE_NORMAL)
    return !self->opposed || refuse (error, DMP_HOST_ERROR_EMERGENCY_DENIED,
                                     "Le patient s'oppose à l'accès en urgence");
  if (self->authorisation == DMP_HOST_AUTHORISATION_VALID)
    return TRUE;
  if (self->authorisation == DMP_HOST_AUTHORISATION_DENIED)
    return refuse (error, DMP_HOST_ERROR_AUTHORISATION_DENIED,
                   "Le patient a bloqué l'accès de ce professionnel");
  return refuse (error, DMP_HOST_ERROR_AUTHORISATION_REQUIRED,
                 self->authorisation == DMP_HOST_AUTHORISATION_EXPIRED
                     ? "L'autorisation a expiré"
                     : "Aucune autorisation d'accès");
}

gboolean
dmp_host_access_owns (const DmpHostAccess *self, const DmpHostEntry *entry)
{
  switch (self->role)
    {
    case DMP_HOST_ROLE_STAFF:
    case DMP_HOST_ROLE_ESTABLISHMENT:
    case DMP_HOST_ROLE_AIR_EMPLOYEE:
      return dmp_host_entry_is_from (entry, self->vihf->structure);
    default:
      return dmp_host_entry_is_by (entry, self->vihf->name_id);
    }
}

static gboolean
class_allowed (const char *profession, const DmpHostEntry *entry)
{
  const DmpHostCode *code = dmp_host_entry_get_code (entry, DMP_HOST_CODE_CLASS);

  for (gsize i = 0; i < dmp_host_classes_n_rows; i++)
    if (strcmp (dmp_host_classes_rows[i].profession, profession) == 0)
      {
        g_auto (GStrv) classes = g_strsplit (dmp_host_classes_rows[i].classes, " ", -1);

        return g_strv_contains ((const char *const *) classes, "*") ||
               (code != NULL && g_strv_contains ((const char *const *) classes, code->code));
      }
  return FALSE;
}

static gboolean
right_holds (const DmpHostAccess *self, const char *action, gboolean own)
{
  switch (dmp_host_right (self->role, self->vihf->purpose, action))
    {
    case DMP_HOST_RIGHT_YES:
      return TRUE;
    case DMP_HOST_RIGHT_OWN:
    case DMP_HOST_RIGHT_STRUCTURE:
    case DMP_HOST_RIGHT_REFERENCE:
      return own;
    case DMP_HOST_RIGHT_IF_PATIENT:
      return own || !self->opposed;
    case DMP_HOST_RIGHT_NO:
    default:
      return FALSE;
    }
}

static gboolean
is_masked (const DmpHostEntry *entry)
{
  return dmp_host_entry_has_code (entry, DMP_HOST_CODE_CONFIDENTIALITY, "MASQUE_PS");
}

gboolean
dmp_host_access_sees (const DmpHostAccess *self, const DmpHostEntry *entry)
{
  if (dmp_host_access_owns (self, entry))
    return TRUE;
  if (is_masked (entry) && !right_holds (self, "read_masked", FALSE))
    return FALSE;
  return class_allowed (self->vihf->profession, entry);
}

gboolean
dmp_host_access_reads (const DmpHostAccess *self, const DmpHostEntry *entry)
{
  gboolean own = dmp_host_access_owns (self, entry);
  gboolean invisible =
      dmp_host_entry_has_code (entry, DMP_HOST_CODE_CONFIDENTIALITY, "INVISIBLE_PATIENT") ||
      dmp_host_entry_has_code (entry, DMP_HOST_CODE_CONFIDENTIALITY,
                               "INVISIBLE_REPRESENTANTS_LEGAUX");

  return dmp_host_access_sees (self, entry) && right_holds (self, "read", own) &&
         (!is_masked (entry) || right_holds (self, "read_masked", own)) &&
         (!invisible || right_holds (self, "read_invisible", own)) &&
         (entry->status != DMP_HOST_STATUS_ARCHIVED || right_holds (self, "read_archived", own)) &&
         (entry->status != DMP_HOST_STATUS_DEPRECATED || right_holds (self, "read_obsolete", own));
}
