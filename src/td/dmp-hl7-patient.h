#pragma once

#include "model/dmp-patient.h"
#include "xml/dmp-xml.h"

G_BEGIN_DECLS

/* The identity in a patient element of the HL7 V3 messages: ids, name with SP (used) and BR (birth)
 * family names, gender, birth time. The first id that is an INS is taken, else the first. "NON
 * RENSEIGNE" counts as absent (REC_0.2-1020).
 * @patient: (nullable): element "patient"
 * Returns: (transfer full) */
DmpPatient *dmp_hl7_patient_read (xmlNode *patient);

G_END_DECLS
