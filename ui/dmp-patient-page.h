#pragma once

#include "model/dmp-patient.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Finding the patient: the people of the Vitale card, or the INS typed in. Opening activates
 * "win.open-patient"; the window then asks for the choice. */
#define DMP_TYPE_PATIENT_PAGE (dmp_patient_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpPatientPage, dmp_patient_page, DMP, PATIENT_PAGE, AdwBin)

/* @beneficiaries: (nullable): a list of DmpPatient, watched */
void dmp_patient_page_set_beneficiaries (DmpPatientPage *self, GListModel *beneficiaries);

/* The patient to open: the chosen person of the Vitale card, else what was typed.
 * @ins_oid: what to put to an INS typed in
 * @error: %DMP_ERROR_INVALID_INS when the typed number cannot be right
 * Returns: (transfer full) */
DmpPatient *dmp_patient_page_dup_choice (DmpPatientPage *self, const char *ins_oid, GError **error);

/* Forgets what was typed and chosen. */
void dmp_patient_page_clear (DmpPatientPage *self);

void dmp_patient_page_focus (DmpPatientPage *self);

G_END_DECLS
