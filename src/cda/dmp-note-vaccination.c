#include "config.h"

#include "dmp-note-private.h"

#include <glib/gi18n-lib.h>

/* Note de vaccination, 1.2.250.1.213.1.1.1.46|2023.01: one vaccination that was given. */

static const DmpNoteField fields[] = {
  { "date", N_ ("Date"), DMP_SLOT_DATE, 0, DMP_INPUT_DAY, TRUE, FALSE, 0, { 0 } },
  { "main", N_ ("Vaccin"), DMP_SLOT_MAIN, 0, DMP_INPUT_CODE, TRUE, FALSE,
    DMP_NOTE_TABLE (VACCINE) },
  DMP_NOTE_DETAIL ("lot", N_ ("Numéro de lot"), LOT, TEXT, TRUE),
  { "type", N_ ("Acte"), DMP_SLOT_TYPE, 0, DMP_INPUT_CODE, TRUE, FALSE,
    DMP_NOTE_TABLE (VACCINATION) },
  DMP_NOTE_DETAIL ("rank", N_ ("Rang"), RANK, NUMBER, FALSE),
  DMP_NOTE_CODE ("route", N_ ("Voie d’administration"), ROUTE, VACCINE_ROUTE, FALSE),
  DMP_NOTE_CODE ("site", N_ ("Région d’administration"), SITE, VACCINE_SITE, FALSE),
  DMP_NOTE_WORDS ("reaction", N_ ("Réaction observée"), REACTION, DIAGNOSIS),
  DMP_NOTE_DETAIL ("comment", N_ ("Commentaire"), COMMENT, TEXT, FALSE),
};

/* The schematron of the entry (E_immunizations_fr) takes a reaction only beside a rank or a
 * comment.
 */
static const char *
check_reaction (const DmpFact *fact)
{
  if (dmp_fact_get_detail (fact, DMP_DETAIL_REACTION) &&
      !dmp_fact_get_detail (fact, DMP_DETAIL_RANK) &&
      !dmp_fact_get_detail (fact, DMP_DETAIL_COMMENT))
    return N_ ("avec une réaction, donnez aussi le rang ou un commentaire.");
  return NULL;
}

static const DmpNoteKind vaccine = {
  .kind = DMP_FACT_VACCINE,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .check = check_reaction,
  .write = dmp_entry_write_vaccine,
};

static const DmpNoteSection sections[] = {
  { .name = "vaccine",
    .code = "11369-6",
    .code_label = "Historique des vaccinations",
    .title = N_ ("Vaccination"),
    .templates = "2.16.840.1.113883.10.20.1.6 1.3.6.1.4.1.19376.1.5.3.1.3.23 "
                 "1.2.250.1.213.1.1.2.147",
    .kind = &vaccine,
    .required = TRUE,
    .min = 1,
    .max = 1 },
};

static const char *const templates[] = { "1.3.6.1.4.1.19376.1.5.3.1.1.18.1.2",
                                         "1.2.250.1.213.1.1.1.46|2023.01", NULL };

const DmpNoteType dmp_note_vaccination = {
  .name = "vaccination",
  .label = N_ ("Note de vaccination"),
  .code = "87273-9",
  .system = DMP_OID_LOINC,
  .event_code = "87273-9",
  .event_system = DMP_OID_LOINC,
  .event_label = "Note de vaccination",
  .templates = templates,
  .sections = sections,
  .n_sections = G_N_ELEMENTS (sections),
};
