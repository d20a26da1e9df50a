#include "config.h"

#include "dmp-note-private.h"

#include <glib/gi18n-lib.h>

/* The lists that several documents have, with their fields. */

#define TABLE(name)                                                                                \
  1, { DMP_TABLE_##name }

static const DmpNoteField problem_fields[] = {
  { "main", N_ ("Problème"), DMP_SLOT_MAIN, 0, DMP_INPUT_CODE, TRUE, TRUE, TABLE (DIAGNOSIS) },
  { "date", N_ ("Depuis"), DMP_SLOT_DATE, 0, DMP_INPUT_DATE, FALSE, FALSE, 0, { 0 } },
  { "comment",
    N_ ("Commentaire"),
    DMP_SLOT_DETAIL,
    DMP_DETAIL_COMMENT,
    DMP_INPUT_TEXT,
    FALSE,
    FALSE,
    0,
    { 0 } },
};

static const DmpNoteField history_fields[] = {
  { "main", N_ ("Antécédent"), DMP_SLOT_MAIN, 0, DMP_INPUT_CODE, TRUE, TRUE, TABLE (DIAGNOSIS) },
  { "date", N_ ("Début"), DMP_SLOT_DATE, 0, DMP_INPUT_DATE, FALSE, FALSE, 0, { 0 } },
  { "end", N_ ("Fin"), DMP_SLOT_END, 0, DMP_INPUT_DATE, FALSE, FALSE, 0, { 0 } },
  { "comment",
    N_ ("Commentaire"),
    DMP_SLOT_DETAIL,
    DMP_DETAIL_COMMENT,
    DMP_INPUT_TEXT,
    FALSE,
    FALSE,
    0,
    { 0 } },
};

static const DmpNoteField allergy_fields[] = {
  { "main", N_ ("Agent responsable"), DMP_SLOT_MAIN, 0, DMP_INPUT_CODE, TRUE, TRUE,
    TABLE (MEDICINE) },
  { "type", N_ ("Type d’allergie"), DMP_SLOT_TYPE, 0, DMP_INPUT_CODE, TRUE, FALSE,
    TABLE (ALLERGY_TYPE) },
  { "date", N_ ("Depuis"), DMP_SLOT_DATE, 0, DMP_INPUT_DATE, FALSE, FALSE, 0, { 0 } },
  { "reaction", N_ ("Réaction"), DMP_SLOT_DETAIL, DMP_DETAIL_REACTION, DMP_INPUT_CODE, FALSE, TRUE,
    TABLE (DIAGNOSIS) },
  { "status", N_ ("Statut"), DMP_SLOT_DETAIL, DMP_DETAIL_STATUS, DMP_INPUT_CODE, FALSE, FALSE,
    TABLE (ALLERGY_STATUS) },
};

static const DmpNoteField treatment_fields[] = {
  { "main", N_ ("Médicament"), DMP_SLOT_MAIN, 0, DMP_INPUT_CODE, TRUE, TRUE, TABLE (MEDICINE) },
  { "dosage", N_ ("Posologie"), DMP_SLOT_DOSAGE, 0, DMP_INPUT_TEXT, FALSE, FALSE, 0, { 0 } },
  { "route", N_ ("Voie"), DMP_SLOT_DETAIL, DMP_DETAIL_ROUTE, DMP_INPUT_CODE, FALSE, FALSE,
    TABLE (ROUTE) },
  { "date", N_ ("Début"), DMP_SLOT_DATE, 0, DMP_INPUT_DATE, FALSE, FALSE, 0, { 0 } },
  { "end", N_ ("Fin"), DMP_SLOT_END, 0, DMP_INPUT_DATE, FALSE, FALSE, 0, { 0 } },
  { "reason", N_ ("Motif"), DMP_SLOT_DETAIL, DMP_DETAIL_REASON, DMP_INPUT_CODE, FALSE, TRUE,
    TABLE (DIAGNOSIS) },
};

static const DmpNoteField procedure_fields[] = {
  { "main", N_ ("Acte"), DMP_SLOT_MAIN, 0, DMP_INPUT_CODE, TRUE, TRUE, TABLE (PROCEDURE) },
  { "date", N_ ("Date"), DMP_SLOT_DATE, 0, DMP_INPUT_DATE, FALSE, FALSE, 0, { 0 } },
  { "reason", N_ ("Motif"), DMP_SLOT_DETAIL, DMP_DETAIL_REASON, DMP_INPUT_CODE, FALSE, TRUE,
    TABLE (DIAGNOSIS) },
};

static const DmpNoteField words_fields[] = {
  { "main", N_ ("Texte"), DMP_SLOT_MAIN, 0, DMP_INPUT_TEXT, TRUE, FALSE, 0, { 0 } },
};

const DmpNoteKind dmp_note_kind_problem = {
  .kind = DMP_FACT_PROBLEM,
  .fields = problem_fields,
  .n_fields = G_N_ELEMENTS (problem_fields),
  .none_code = "no-known-problems",
  .none_label = "Pas de problème connu",
  .unknown_code = "no-problem-info",
  .unknown_label = "Pas d'information sur les problèmes",
  .write = dmp_entry_write_problem,
};

const DmpNoteKind dmp_note_kind_history = {
  .kind = DMP_FACT_HISTORY,
  .fields = history_fields,
  .n_fields = G_N_ELEMENTS (history_fields),
  .none_code = "no-known-problems",
  .none_label = "Pas de problème connu",
  .unknown_code = "no-problem-info",
  .unknown_label = "Pas d'information sur les problèmes",
  .write = dmp_entry_write_problem,
};

const DmpNoteKind dmp_note_kind_allergy = {
  .kind = DMP_FACT_ALLERGY,
  .fields = allergy_fields,
  .n_fields = G_N_ELEMENTS (allergy_fields),
  .none_code = "no-known-allergies",
  .none_label = "Pas d'allergie/hypersensibilité connue",
  .unknown_code = "no-allergy-info",
  .unknown_label = "Pas d’information sur les allergies/hypersensibilités",
  .write = dmp_entry_write_allergy,
};

const DmpNoteKind dmp_note_kind_treatment = {
  .kind = DMP_FACT_TREATMENT,
  .fields = treatment_fields,
  .n_fields = G_N_ELEMENTS (treatment_fields),
  .ahead = TRUE,
  .none_code = "no-known-medications",
  .none_label = "Pas de traitement médicamenteux connu",
  .unknown_code = "no-medication-info",
  .unknown_label = "Pas d'information sur les traitements médicamenteux",
  .write = dmp_entry_write_treatment,
};

const DmpNoteKind dmp_note_kind_procedure = {
  .kind = DMP_FACT_PROCEDURE,
  .fields = procedure_fields,
  .n_fields = G_N_ELEMENTS (procedure_fields),
  .none_code = "no-known-procedures",
  .none_label = "Pas d'acte ou intervention connu",
  .unknown_code = "no-procedure-info",
  .unknown_label = "Pas d'information sur les actes et interventions",
  .write = dmp_entry_write_procedure,
};

const DmpNoteKind dmp_note_kind_words = {
  .kind = DMP_FACT_RISK,
  .fields = words_fields,
  .n_fields = G_N_ELEMENTS (words_fields),
};
