#pragma once

#include "model/dmp-code.h"
#include "model/dmp-patient.h"
#include "model/dmp-practitioner.h"

#include <glib.h>

G_BEGIN_DECLS

/* What a level 1 document is made of. The caller makes the identifiers, once: a document that is
 * sent again keeps them. Nothing is copied but by dmp_cda_write_level1(). */
typedef struct
{
  GBytes *bytes;    /* the file, checked by dmp_file_check() */
  const char *mime; /* application/pdf, image/jpeg, image/tiff, text/rtf, text/plain */

  const char *unique_id;     /* OID of this document, no extension */
  const char *set_id;        /* OID common to all its versions */
  guint version;             /* 1, 2, 3… */
  const char *replaces;      /* (nullable): OID of the version it replaces */
  const char *title;         /* for people; not empty */
  DmpCode *type;             /* J07 */
  const char *service_start; /* HL7 stamp: when the care took place */
  const char *service_stop;  /* (nullable) */
  const char *event_id;      /* (nullable): OID^extension of the encounter */
  GDateTime *now;            /* creation, authorship and signature time */
  const char *language;      /* (nullable): "fr-FR" */
  const char *software;      /* (nullable) */

  DmpPatient *patient;           /* INS, its OID, birth name, given names, birth date, sex needed */
  DmpPractitioner *practitioner; /* author and legal authenticator */
  DmpSituation *situation;       /* place of practice: organisation and sector */
  DmpCode *practice_setting;     /* (nullable): A01; else derived from the sector */
} DmpCdaLevel1;

/* Writes a level 1 CDA document (non-structured body) with the complete header of the CI-SIS
 * "structuration minimale".
 * @error: %DMP_ERROR_INVALID_DOCUMENT when a needed field is missing; the sentence names it
 * Returns: (transfer full): UTF-8 XML */
GBytes *dmp_cda_write_level1 (const DmpCdaLevel1 *level1, GError **error);

/* The sector of activity (TRE_R02) as the place of care (J02) and its practice setting (J04).
 * Returns: (transfer full) */
DmpCode *dmp_cda_dup_facility_type (DmpSituation *situation);
DmpCode *dmp_cda_dup_practice_setting (DmpSituation *situation);

G_END_DECLS
