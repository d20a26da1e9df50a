#pragma once

#include "dmp-code.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A place of practice (situation d’exercice), from a CPS_ACTIVITY of the card. Immutable. */
#define DMP_TYPE_SITUATION (dmp_situation_get_type ())
G_DECLARE_FINAL_TYPE (DmpSituation, dmp_situation, DMP, SITUATION, GObject)

/* @name: the structure's name; @structure_id: Struct_IdNat; @sector: SAxx. Returns: (transfer full)
 */
DmpSituation *dmp_situation_new (const char *name, const char *structure_id, const char *sector);
const char *dmp_situation_get_name (DmpSituation *self);
const char *dmp_situation_get_structure_id (DmpSituation *self);
const char *dmp_situation_get_sector (DmpSituation *self);

typedef struct
{
  const char *national_id; /* PS_IdNat: 8 + RPPS, 0 + ADELI; CPE: structure/internal id */
  const char *family;      /* NULL on a CPE without a name */
  const char *given;
  const char *civility;    /* M, MME, DR… (nullable) */
  DmpCode *profession;     /* TRE_G15, 1.2.250.1.71.1.2.7 (nullable: CPE) */
  DmpCode *speciality;     /* TRE_R01, 1.2.250.1.71.4.2.5 (nullable) */
  const char *card_kind;   /* "CPS", "CPF", "CPE", "CDE", "CPA" */
  const char *valid_until; /* "yyyyMMdd": the earliest end of the card's certificates */
} DmpPractitionerFields;

/* The professional who holds the card; immutable. */
#define DMP_TYPE_PRACTITIONER (dmp_practitioner_get_type ())
G_DECLARE_FINAL_TYPE (DmpPractitioner, dmp_practitioner, DMP, PRACTITIONER, GObject)

DmpPractitioner *dmp_practitioner_new (const DmpPractitionerFields *fields);
const char *dmp_practitioner_get_national_id (DmpPractitioner *self);
const char *dmp_practitioner_get_family (DmpPractitioner *self);
const char *dmp_practitioner_get_given (DmpPractitioner *self);
const char *dmp_practitioner_get_civility (DmpPractitioner *self);
DmpCode *dmp_practitioner_get_profession (DmpPractitioner *self);
DmpCode *dmp_practitioner_get_speciality (DmpPractitioner *self);
const char *dmp_practitioner_get_card_kind (DmpPractitioner *self);
const char *dmp_practitioner_get_valid_until (DmpPractitioner *self);

/* "Dr Claire LEROY" (doctors and pharmacists as their card says). Returns: (transfer full) */
char *dmp_practitioner_dup_display_name (DmpPractitioner *self);

/* Profession/speciality as one code of TRE_A02, e.g. G15_10/SM26 in 1.2.250.1.213.1.1.4.5 with its
 * label; NULL when the holder is no health professional. Returns: (transfer full) (nullable) */
DmpCode *dmp_practitioner_dup_author_specialty (DmpPractitioner *self);

G_END_DECLS
