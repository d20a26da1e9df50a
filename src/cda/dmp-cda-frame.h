#pragma once

#include "model/dmp-code.h"
#include "model/dmp-patient.h"
#include "model/dmp-practitioner.h"

#include <glib.h>

G_BEGIN_DECLS

/* What the header of a document that we write is made of, whatever its body. The caller makes the
 * identifiers, once: a document that is sent again keeps them. Nothing is copied before it is
 * written. */
typedef struct
{
  const char *unique_id;     /* OID of this document, no extension */
  const char *set_id;        /* OID common to all its versions; OID^extension too */
  guint version;             /* 1, 2, 3… */
  const char *replaces;      /* (nullable): OID of the version it replaces */
  const char *title;         /* for people; not empty */
  DmpCode *type;             /* J07 */
  const char *service_start; /* HL7 stamp: when the care took place; not later than @now */
  const char *service_stop;  /* (nullable): not before the start */
  const char *event_id;      /* (nullable): OID^extension of the encounter */
  GDateTime *now;            /* creation, authorship and signature time */
  const char *language;      /* (nullable): "fr-FR" */
  const char *software;      /* (nullable) */

  DmpPatient *patient;           /* INS, its OID, birth name, given names, birth date, sex needed */
  DmpPractitioner *practitioner; /* author and legal authenticator */
  DmpSituation *situation;       /* place of practice: organisation and sector */
  DmpCode *practice_setting;     /* (nullable): A01; else derived from the sector */

  /* Only of structured documents. */
  const char *const *templates; /* (nullable): content model, "root" or "root|extension"; NULL for
                                   level 1 */
  DmpCode *event;               /* (nullable): what was done (serviceEvent) */
  gboolean regular_doctor;      /* the author is the patient's médecin traitant */
} DmpCdaFrame;

/* The sector of activity (TRE_R02) as the place of care (J02) and its practice setting (J04).
 * Returns: (transfer full) */
DmpCode *dmp_cda_dup_facility_type (DmpSituation *situation);
DmpCode *dmp_cda_dup_practice_setting (DmpSituation *situation);
/* Its activity (J59): a practice gives consultations; elsewhere the sector does not tell. Returns:
 * (transfer full) */
DmpCode *dmp_cda_dup_activity (DmpSituation *situation);

G_END_DECLS
