#include "config.h"

#include "vihf-params.h"

VihfSet *
vihf_set_new (void)
{
  VihfSet *self = g_new0 (VihfSet, 1);
  DmpPractitionerFields who = {
    .national_id = "899700012345", .family = "MOREAU", .given = "CAMILLE", .card_kind = "CPS"
  };
  const DmpPatientFields patient = { .ins = "285067505612354", .ins_oid = "1.2.250.1.213.1.4.10" };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  self->profession = dmp_code_new ("10", "1.2.250.1.71.1.2.7", "Médecin");
  self->speciality =
      dmp_code_new ("SM26", "1.2.250.1.71.4.2.5", "Qualifié en Médecine Générale (SM)");
  who.profession = self->profession;
  who.speciality = self->speciality;
  self->params = (DmpVihfParams){
    .authentication = DMP_VIHF_DIRECT,
    .practitioner = dmp_practitioner_new (&who),
    .situation = dmp_situation_new ("Cabinet", "499700012345001", "SA07"),
    .patient = dmp_patient_new (&patient),
    .mode = DMP_ACCESS_NORMAL,
    .software_id = "0000-0001",
    .software_name = "Client DMP GTK",
    .software_version = "0.1",
    .homologation = "TEST-HOMOLOGATION",
    .authenticated = g_date_time_new (utc, 2026, 3, 2, 9, 14, 30.0),
    .issued = g_date_time_new (utc, 2026, 3, 2, 9, 15, 0.0),
  };

  return self;
}

void
vihf_set_free (VihfSet *self)
{
  g_object_unref (self->params.practitioner);
  g_object_unref (self->params.situation);
  g_object_unref (self->params.patient);
  g_date_time_unref (self->params.authenticated);
  g_date_time_unref (self->params.issued);
  g_object_unref (self->profession);
  g_object_unref (self->speciality);
  g_free (self);
}
