#include "config.h"

#include "dmp-identity.h"
#include "model/dmp-code-table.h"
#include "model/dmp-oid.h"

static DmpCode *
dup_labelled (DmpCodeTable table, const char *code, const char *system)
{
  DmpCode *known;

  if (code == NULL)
    return NULL;
  known = dmp_code_table_dup_code (table, code, NULL);
  return known != NULL ? known : dmp_code_new (code, system, NULL);
}

DmpPractitioner *
dmp_identity_practitioner (const DmpCardIdentity *identity)
{
  g_autoptr (DmpCode) profession =
      dup_labelled (DMP_TABLE_PROFESSION, identity->profession, DMP_OID_PROFESSION);
  g_autoptr (DmpCode) speciality =
      dup_labelled (DMP_TABLE_SPECIALITY, identity->speciality, DMP_OID_SPECIALITY);
  g_autofree char *valid_until =
      identity->valid_until != NULL ? g_date_time_format (identity->valid_until, "%Y%m%d") : NULL;
  const DmpPractitionerFields fields = {
    .national_id = identity->national_id,
    .family = identity->family,
    .given = identity->given,
    .civility = identity->civility,
    .profession = profession,
    .speciality = speciality,
    .card_kind = identity->kind,
    .valid_until = valid_until,
  };

  return dmp_practitioner_new (&fields);
}

DmpSituation *
dmp_identity_situation (const DmpCardSituation *situation)
{
  return dmp_situation_new (situation->name, situation->structure_id, situation->sector);
}

DmpPatient *
dmp_identity_beneficiary (const DmpVitaleBeneficiary *beneficiary, const char *ins_oid)
{
  const DmpPatientFields fields = {
    .ins = beneficiary->nir,
    .ins_oid = beneficiary->nir != NULL ? ins_oid : NULL,
    .family = beneficiary->family,
    .given = beneficiary->given,
    .birth_date = beneficiary->birth_date,
  };

  return dmp_patient_new (&fields);
}
