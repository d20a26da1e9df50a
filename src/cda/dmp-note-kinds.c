#include "config.h"

#include "dmp-note-private.h"

#include <glib/gi18n-lib.h>

/* The lists that several documents have, with their fields. */

static const DmpNoteField problem_fields[] = {
  DMP_NOTE_MAIN (N_ ("Problème"), DIAGNOSIS),
  DMP_NOTE_DATE (N_ ("Depuis")),
  DMP_NOTE_DETAIL ("comment", N_ ("Commentaire"), COMMENT, TEXT, FALSE),
};

static const DmpNoteField history_fields[] = {
  DMP_NOTE_MAIN (N_ ("Antécédent"), DIAGNOSIS),
  DMP_NOTE_DATE (N_ ("Début")),
  DMP_NOTE_END (N_ ("Fin")),
  DMP_NOTE_DETAIL ("comment", N_ ("Commentaire"), COMMENT, TEXT, FALSE),
};

static const DmpNoteField allergy_fields[] = {
  DMP_NOTE_MAIN (N_ ("Agent responsable"), MEDICINE),
  { "type", N_ ("Type d’allergie"), DMP_SLOT_TYPE, 0, DMP_INPUT_CODE, TRUE, FALSE,
    DMP_NOTE_TABLE (ALLERGY_TYPE) },
  DMP_NOTE_DATE (N_ ("Depuis")),
  DMP_NOTE_WORDS ("reaction", N_ ("Réaction"), REACTION, DIAGNOSIS),
  DMP_NOTE_CODE ("status", N_ ("Statut"), STATUS, ALLERGY_STATUS, FALSE),
};

static const DmpNoteField treatment_fields[] = {
  DMP_NOTE_MAIN (N_ ("Médicament"), MEDICINE),
  { "dosage", N_ ("Posologie"), DMP_SLOT_DOSAGE, 0, DMP_INPUT_TEXT, FALSE, FALSE, 0, { 0 } },
  DMP_NOTE_CODE ("route", N_ ("Voie"), ROUTE, ROUTE, FALSE),
  DMP_NOTE_DATE (N_ ("Début")),
  DMP_NOTE_END (N_ ("Fin")),
  DMP_NOTE_WORDS ("reason", N_ ("Motif"), REASON, DIAGNOSIS),
};

static const DmpNoteField procedure_fields[] = {
  DMP_NOTE_MAIN (N_ ("Acte"), PROCEDURE),
  DMP_NOTE_DATE (N_ ("Date")),
  DMP_NOTE_WORDS ("reason", N_ ("Motif"), REASON, DIAGNOSIS),
};

static const DmpNoteField words_fields[] = {
  { "main", N_ ("Texte"), DMP_SLOT_MAIN, 0, DMP_INPUT_TEXT, TRUE, FALSE, 0, { 0 } },
};

/* A list whose absence has codes of the IPS: "no-known-problems", "no-problem-info". A treatment
 * may end in the future. */
#define LIST(fact, its_fields, writer, many, one, none, unknown)                                   \
  {                                                                                                \
    .kind = DMP_FACT_##fact, .fields = its_fields, .n_fields = G_N_ELEMENTS (its_fields),          \
    .ahead = DMP_FACT_##fact == DMP_FACT_TREATMENT, .none_code = "no-known-" many,                 \
    .none_label = none, .unknown_code = "no-" one "-info", .unknown_label = unknown,               \
    .write = writer                                                                                \
  }

#define NO_PROBLEM "Pas de problème connu"
#define PROBLEM_UNSAID "Pas d'information sur les problèmes"

const DmpNoteKind dmp_note_kind_problem = LIST (PROBLEM,
                                                problem_fields,
                                                dmp_entry_write_problem,
                                                "problems",
                                                "problem",
                                                NO_PROBLEM,
                                                PROBLEM_UNSAID);

const DmpNoteKind dmp_note_kind_history = LIST (HISTORY,
                                                history_fields,
                                                dmp_entry_write_problem,
                                                "problems",
                                                "problem",
                                                NO_PROBLEM,
                                                PROBLEM_UNSAID);

const DmpNoteKind dmp_note_kind_allergy =
    LIST (ALLERGY,
          allergy_fields,
          dmp_entry_write_allergy,
          "allergies",
          "allergy",
          "Pas d'allergie/hypersensibilité connue",
          "Pas d’information sur les allergies/hypersensibilités");

const DmpNoteKind dmp_note_kind_treatment =
    LIST (TREATMENT,
          treatment_fields,
          dmp_entry_write_treatment,
          "medications",
          "medication",
          "Pas de traitement médicamenteux connu",
          "Pas d'information sur les traitements médicamenteux");

const DmpNoteKind dmp_note_kind_procedure =
    LIST (PROCEDURE,
          procedure_fields,
          dmp_entry_write_procedure,
          "procedures",
          "procedure",
          "Pas d'acte ou intervention connu",
          "Pas d'information sur les actes et interventions");

const DmpNoteKind dmp_note_kind_words = {
  .kind = DMP_FACT_RISK,
  .fields = words_fields,
  .n_fields = G_N_ELEMENTS (words_fields),
};
