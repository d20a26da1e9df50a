#include "config.h"

#include "dmp-note-private.h"

#include <glib/gi18n-lib.h>

/* Lettre de liaison à la sortie d'un établissement de soins, 1.2.250.1.213.1.1.1.29|2022.01. */

#define SIMPLE "1.2.250.1.213.1.1.3.48"

static const DmpNoteField answer_fields[] = {
  DMP_NOTE_QUESTION (N_ ("Rubrique")),
  DMP_NOTE_ANSWER (N_ ("Réponse")),
  DMP_NOTE_DATE (N_ ("Date")),
};

static const DmpNoteQuestion state_questions[] = {
  { "GEN-065", DMP_OID_ANS_CONCEPT, "Statut du document", SIMPLE ".16 " SIMPLE ".16.1",
    DMP_INPUT_CODE, DMP_TABLE_DOCUMENT_STATUS, NULL, TRUE },
};

static const DmpNoteKind state = {
  .kind = DMP_FACT_FINDING,
  .fields = answer_fields,
  .n_fields = G_N_ELEMENTS (answer_fields),
  .questions = state_questions,
  .n_questions = G_N_ELEMENTS (state_questions),
  .write = dmp_entry_write_answer,
};

#define ASK(code, label, template, answer, required)                                               \
  {                                                                                                \
    code, DMP_OID_ANS_CONCEPT, label, SIMPLE template, answer, 0, NULL, required                   \
  }

static const DmpNoteQuestion stay_questions[] = {
  { "ORG-070", DMP_OID_ANS_CONCEPT, "Modalité d'entrée", SIMPLE ".6", DMP_INPUT_CODE,
    DMP_TABLE_ADMISSION, NULL, TRUE },
  { "ORG-074", DMP_OID_ANS_CONCEPT, "Modalité de sortie", SIMPLE ".7", DMP_INPUT_CODE,
    DMP_TABLE_DISCHARGE, NULL, TRUE },
  ASK ("MED-142", "Synthèse médicale", ".9", DMP_INPUT_TEXT, TRUE),
  ASK ("MED-143",
       "Evènements indésirables survenus pendant l'hospitalisation",
       ".3",
       DMP_INPUT_TEXT,
       FALSE),
  ASK ("MED-309",
       "Recherche de microorganismes multi-résistants ou émergents effectuée",
       ".8",
       DMP_INPUT_BOOLEAN,
       TRUE),
  ASK (
      "MED-144", "Identification de micro-organismes multirésistants", ".5", DMP_INPUT_TEXT, FALSE),
  ASK ("MED-145", "Transfusion de produits sanguins", ".10", DMP_INPUT_BOOLEAN, TRUE),
  ASK ("MED-146", "Accidents transfusionnels", ".1", DMP_INPUT_TEXT, FALSE),
  ASK ("MED-147", "Administration de dérivés du sang", ".2", DMP_INPUT_BOOLEAN, TRUE),
  ASK ("MED-148",
       "Evènements indésirables suite à l'administration de dérivés du sang",
       ".4",
       DMP_INPUT_TEXT,
       FALSE),
};

static const DmpNoteKind stay = {
  .kind = DMP_FACT_FINDING,
  .fields = answer_fields,
  .n_fields = G_N_ELEMENTS (answer_fields),
  .questions = stay_questions,
  .n_questions = G_N_ELEMENTS (stay_questions),
  .write = dmp_entry_write_answer,
};

static const DmpNoteField request_fields[] = {
  DMP_NOTE_QUESTION (N_ ("Type")),
  DMP_NOTE_ANSWER (N_ ("À faire")),
  DMP_NOTE_DATE (N_ ("Date prévue")),
};

static const DmpNoteQuestion request_questions[] = {
  { "ORG-064", DMP_OID_ANS_CONCEPT, "Demande d'examen ou de suivi", NULL, DMP_INPUT_TEXT, 0, NULL,
    FALSE },
};

static const DmpNoteKind request = {
  .kind = DMP_FACT_FINDING,
  .fields = request_fields,
  .n_fields = G_N_ELEMENTS (request_fields),
  .ahead = TRUE,
  .questions = request_questions,
  .n_questions = G_N_ELEMENTS (request_questions),
  .write = dmp_entry_write_request,
};

static const DmpNoteSection sections[] = {
  { .name = "state",
    .code = "33557-0",
    .code_label = "Etat d'achèvement",
    .title = N_ ("Statut du document"),
    .templates = "1.2.250.1.213.1.1.2.35 1.2.250.1.213.1.1.2.35.1",
    .kind = &state,
    .required = TRUE,
    .min = 1,
    .max = 1 },
  { .name = "reason",
    .code = "42349-1",
    .code_label = "Raison de la recommandation",
    .title = N_ ("Motif de l’hospitalisation"),
    .templates = "1.3.6.1.4.1.19376.1.5.3.1.3.1 1.2.250.1.213.1.1.2.127",
    .kind = &dmp_note_kind_words,
    .required = TRUE,
    .min = 1 },
  { .name = "stay",
    .code = "42545-4",
    .code_label = "Evènements observés",
    .title = N_ ("Synthèse médicale du séjour"),
    .templates = "1.3.6.1.4.1.19376.1.5.3.1.1.21.2.9 1.3.6.1.4.1.19376.1.7.3.1.1.13.7 "
                 "1.2.250.1.213.1.1.2.163 1.2.250.1.213.1.1.2.163.1",
    .kind = &stay,
    .required = TRUE,
    .min = 1 },
  { .name = "stopped",
    .code = "18610-6",
    .code_label = "Traitements administrés",
    .title = N_ ("Traitements arrêtés durant le séjour"),
    .none = N_ ("Aucun traitement arrêté durant le séjour"),
    .templates = "1.3.6.1.4.1.19376.1.5.3.1.3.21 1.2.250.1.213.1.1.2.145",
    .kind = &dmp_note_kind_treatment },
  { .name = "treatments",
    .code = "10183-2",
    .code_label = "Traitements à la sortie",
    .title = N_ ("Traitements à la sortie"),
    .none = N_ ("Aucun traitement à la sortie"),
    .templates = "1.3.6.1.4.1.19376.1.5.3.1.3.22 1.2.250.1.213.1.1.2.146",
    .kind = &dmp_note_kind_treatment,
    .required = TRUE },
  { .name = "awaited",
    .code = "30954-2",
    .code_label = "Résultats d'examens",
    .title = N_ ("Résultats d’examens et autres informations attendus"),
    .none = N_ ("Aucun résultat attendu"),
    .templates = "1.3.6.1.4.1.19376.1.5.3.1.3.27 1.2.250.1.213.1.1.2.150",
    .kind = &dmp_note_kind_words },
  { .name = "followup",
    .code = "18776-5",
    .code_label = "Plan de soins",
    .title = N_ ("Suites à donner"),
    .templates = "2.16.840.1.113883.10.20.1.10 1.3.6.1.4.1.19376.1.5.3.1.3.36 "
                 "1.2.250.1.213.1.1.2.158",
    .kind = &request },
  { .name = "allergies",
    .code = "48765-2",
    .code_label = "Allergies et hypersensibilités",
    .title = N_ ("Allergies identifiées pendant le séjour"),
    .none = N_ ("Aucune allergie identifiée pendant le séjour"),
    .templates = "2.16.840.1.113883.10.20.1.2 1.3.6.1.4.1.19376.1.5.3.1.3.13 "
                 "1.2.250.1.213.1.1.2.137",
    .kind = &dmp_note_kind_allergy },
};

static const char *const templates[] = { "1.2.250.1.213.1.1.1.29|2022.01", NULL };

const DmpNoteType dmp_note_letter = {
  .name = "letter",
  .label = N_ ("Lettre de liaison à la sortie"),
  .code = "11490-0",
  .system = DMP_OID_LOINC,
  .event_code = "IMP",
  .event_system = DMP_OID_ACT_CODE,
  .event_label = "Hospitalisation (établissement, y compris HAD)",
  .templates = templates,
  .sections = sections,
  .n_sections = G_N_ELEMENTS (sections),
};
