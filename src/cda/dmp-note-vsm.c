#include "config.h"

#include "dmp-note-private.h"

#include <glib/gi18n-lib.h>

/* Volet de synthèse médicale, 1.2.250.1.213.1.1.1.13|201310 (VSM 1.4, 2022.01). Its sections and
 * their templates: protocol/cda-outlines/VSM. */

static const DmpNoteField family_fields[] = {
  DMP_NOTE_CODE ("relation", N_ ("Lien de parenté"), RELATION, RELATIVE, TRUE),
  DMP_NOTE_MAIN (N_ ("Antécédent"), DIAGNOSIS),
  DMP_NOTE_DATE (N_ ("Date")),
};

static const DmpNoteKind family = {
  .kind = DMP_FACT_FAMILY,
  .fields = family_fields,
  .n_fields = G_N_ELEMENTS (family_fields),
  .write = dmp_entry_write_family,
};

static const DmpNoteField habit_fields[] = {
  DMP_NOTE_QUESTION (N_ ("Type")),
  DMP_NOTE_ANSWER (N_ ("Observation")),
  DMP_NOTE_DATE (N_ ("Date")),
};

#define HABIT(code, label)                                                                         \
  {                                                                                                \
    code, DMP_OID_LOINC, label, NULL, DMP_INPUT_TEXT, 0, NULL, FALSE                               \
  }

static const DmpNoteQuestion habits[] = {
  { "72166-2", DMP_OID_LOINC, "Statut tabagique", NULL, DMP_INPUT_CODE, DMP_TABLE_SMOKING, NULL,
    FALSE },
  { "74011-8", DMP_OID_LOINC, "Consommation tabagique", NULL, DMP_INPUT_NUMBER, 0, "{pack}/a",
    FALSE },
  HABIT ("74013-4", "Consommation d'alcool"),
  HABIT ("11343-1", "Consommation de drogue non médicales"),
  HABIT ("73985-4", "Exercice physique"),
  HABIT ("81663-7", "Régime"),
  HABIT ("92944-8", "Exposition à risque"),
  HABIT ("67875-5", "Statut d'emploi"),
  HABIT ("11345-6", "Autre élément social"),
};

static const DmpNoteKind habit = {
  .kind = DMP_FACT_SOCIAL,
  .fields = habit_fields,
  .n_fields = G_N_ELEMENTS (habit_fields),
  .questions = habits,
  .n_questions = G_N_ELEMENTS (habits),
  .write = dmp_entry_write_habit,
};

static const DmpNoteSection sections[] = {
  { .name = "conclusions",
    .code = "46612-8",
    .code_label = "Conclusions de synthèse",
    .title = N_ ("Pathologies en cours, antécédents, allergies et facteurs de risque"),
    .templates = "1.2.250.1.213.1.1.2.29",
    .required = TRUE },
  { .name = "clinical",
    .code = "34117-2",
    .code_label = "Historique et physique",
    .title = N_ ("Pathologies en cours, antécédents et allergies"),
    .templates = "1.2.250.1.213.1.1.2.30",
    .depth = 1,
    .required = TRUE },
  { .name = "problems",
    .code = "11450-4",
    .code_label = "Liste des problèmes actifs",
    .title = N_ ("Pathologies en cours"),
    .none = N_ ("Aucune pathologie en cours connue"),
    .templates = "2.16.840.1.113883.10.20.1.11 1.3.6.1.4.1.19376.1.5.3.1.3.6 "
                 "1.2.250.1.213.1.1.2.132",
    .kind = &dmp_note_kind_problem,
    .depth = 2,
    .required = TRUE },
  { .name = "history",
    .code = "11348-0",
    .code_label = "Antécédents médicaux",
    .title = N_ ("Antécédents médicaux"),
    .none = N_ ("Aucun antécédent médical connu"),
    .templates = "1.3.6.1.4.1.19376.1.5.3.1.3.8 1.2.250.1.213.1.1.2.134",
    .kind = &dmp_note_kind_history,
    .depth = 2,
    .required = TRUE },
  { .name = "procedures",
    .code = "47519-4",
    .code_label = "Historique des actes",
    .title = N_ ("Antécédents chirurgicaux"),
    .none = N_ ("Aucun antécédent chirurgical connu"),
    .templates = "2.16.840.1.113883.10.20.1.12 1.3.6.1.4.1.19376.1.5.3.1.3.11 "
                 "1.3.6.1.4.1.19376.1.5.3.1.3.12 1.2.250.1.213.1.1.2.136",
    .kind = &dmp_note_kind_procedure,
    .depth = 2,
    .required = TRUE },
  { .name = "allergies",
    .code = "48765-2",
    .code_label = "Allergies et hypersensibilités",
    .title = N_ ("Allergies et hypersensibilités"),
    .none = N_ ("Aucune allergie connue"),
    .templates = "2.16.840.1.113883.10.20.1.2 1.3.6.1.4.1.19376.1.5.3.1.3.13 "
                 "1.2.250.1.213.1.1.2.137",
    .kind = &dmp_note_kind_allergy,
    .depth = 2,
    .required = TRUE },
  { .name = "risks",
    .code = "57207-3",
    .code_label =
        "Facteurs de risque présents ou passés affectant l'état de santé et/ou une circonstance",
    .title = N_ ("Facteurs de risque"),
    .templates = "1.2.250.1.213.1.1.2.31",
    .depth = 1,
    .required = TRUE },
  { .name = "habits",
    .code = "29762-2",
    .code_label = "Habitus, Mode de vie",
    .title = N_ ("Mode de vie"),
    .templates = "2.16.840.1.113883.10.20.1.15 1.3.6.1.4.1.19376.1.5.3.1.3.16 "
                 "1.3.6.1.4.1.19376.1.5.3.1.3.16.1 1.2.250.1.213.1.1.2.141",
    .kind = &habit,
    .depth = 2 },
  { .name = "occupation",
    .code = "10161-8",
    .code_label = "Facteurs de risques professionnels",
    .title = N_ ("Facteurs de risque professionnels"),
    .none = N_ ("Aucun facteur de risque professionnel connu"),
    .templates = "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.1 1.2.250.1.213.1.1.2.74",
    .kind = &dmp_note_kind_words,
    .depth = 2 },
  { .name = "family",
    .code = "10157-6",
    .code_label = "Historique des pathologies familiales",
    .title = N_ ("Antécédents familiaux"),
    .templates = "2.16.840.1.113883.10.20.1.4 1.3.6.1.4.1.19376.1.5.3.1.3.14 "
                 "1.3.6.1.4.1.19376.1.5.3.1.3.15 1.2.250.1.213.1.1.2.139",
    .kind = &family,
    .depth = 2 },
  { .name = "vigilance",
    .code = "30954-2",
    .code_label = "Résultats d'examens",
    .title = N_ ("Points de vigilance"),
    .none = N_ ("Aucun point de vigilance"),
    .templates = "1.3.6.1.4.1.19376.1.5.3.1.3.27 1.2.250.1.213.1.1.2.150",
    .kind = &dmp_note_kind_words,
    .required = TRUE },
  { .name = "plan",
    .code = "18776-5",
    .code_label = "Plan de traitement",
    .title = N_ ("Traitement au long cours"),
    .templates = "1.2.250.1.213.1.1.2.32",
    .required = TRUE },
  { .name = "treatments",
    .code = "10160-0",
    .code_label = "Traitements",
    .title = N_ ("Traitements"),
    .none = N_ ("Aucun traitement au long cours"),
    .templates = "2.16.840.1.113883.10.20.1.8 1.3.6.1.4.1.19376.1.5.3.1.3.19 "
                 "1.2.250.1.213.1.1.2.143",
    .kind = &dmp_note_kind_treatment,
    .depth = 1,
    .required = TRUE },
};

static const char *const templates[] = { "1.2.250.1.213.1.1.1.13|201310", NULL };

const DmpNoteType dmp_note_vsm = {
  .name = "vsm",
  .label = N_ ("Volet de synthèse médicale"),
  .code = "SYNTH",
  .system = DMP_OID_DOCUMENT_TYPE,
  .event_code = "34117-2",
  .event_system = DMP_OID_LOINC,
  .event_label = "Historique et clinique",
  .templates = templates,
  .sections = sections,
  .n_sections = G_N_ELEMENTS (sections),
  .regular_doctor = TRUE,
  .single = TRUE,
};
