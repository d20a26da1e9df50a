#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  DMP_SEX_UNKNOWN,
  DMP_SEX_FEMALE,
  DMP_SEX_MALE
} DmpSex;

/* What dmp_patient_new() copies: unknown strings stay NULL. */
typedef struct
{
  const char *ins;          /* 15 characters, or NULL (Vitale: the NIR read from the card) */
  const char *ins_oid;      /* e.g. 1.2.250.1.213.1.4.8 */
  const char *birth_family; /* nom de naissance */
  const char *family;       /* nom utilisé, if another one */
  const char *given;        /* first given name */
  const char *given_all;    /* all given names of the birth record, separated by spaces */
  const char
      *birth_date; /* "yyyyMMdd"; may be partial: "yyyy", "yyyyMM"; lunar months as they are */
  const char *birth_place; /* INSEE code or town */
  const char *prefix;      /* M, MME */
  DmpSex sex;
} DmpPatientFields;

/* A patient's identity; immutable. */
#define DMP_TYPE_PATIENT (dmp_patient_get_type ())
G_DECLARE_FINAL_TYPE (DmpPatient, dmp_patient, DMP, PATIENT, GObject)

/* Copies @fields. Returns: (transfer full) */
DmpPatient *dmp_patient_new (const DmpPatientFields *fields);

/* All (transfer none) (nullable) */
const char *dmp_patient_get_ins (DmpPatient *self);
const char *dmp_patient_get_ins_oid (DmpPatient *self);
const char *dmp_patient_get_birth_family (DmpPatient *self);
const char *dmp_patient_get_family (DmpPatient *self);
const char *dmp_patient_get_given (DmpPatient *self);
const char *dmp_patient_get_given_all (DmpPatient *self);
const char *dmp_patient_get_birth_date (DmpPatient *self);
const char *dmp_patient_get_birth_place (DmpPatient *self);
const char *dmp_patient_get_prefix (DmpPatient *self);
DmpSex dmp_patient_get_sex (DmpPatient *self);

/* All of them at once. Returns: (transfer none): valid as long as @self */
const DmpPatientFields *dmp_patient_get_fields (DmpPatient *self);

/* "MARTIN Jeanne, née DUPONT": the name as the window shows it (design rule: name in use in
 * capitals, given name, birth name if another). Returns: (transfer full) */
char *dmp_patient_dup_display_name (DmpPatient *self);

/* "72 ans", "18 mois", "12 jours" at @today ("yyyyMMdd"); NULL when the date is not complete
 * enough. Returns: (transfer full) (nullable) */
char *dmp_patient_dup_age (DmpPatient *self, const char *today);

/* Whether two identities agree on INS, and where both say so on birth name, birth date and sex
 * (accents, case and hyphens folded): rule I1 of the summary. */
gboolean dmp_patient_matches (DmpPatient *self, DmpPatient *other);

G_END_DECLS
