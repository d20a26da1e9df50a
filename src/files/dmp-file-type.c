#include "config.h"

#include "dmp-file-type.h"

#include <string.h>

#define TITLE_LINES 40  /* a title stands among these */
#define TITLE_LENGTH 90 /* and is not longer */

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* The one table of words. Phrases are folded (no accent, no case, ’ and - as blanks). */
static const DmpFileType types[] = {
  { "34874-8", WORDS ("compte rendu operatoire", "cr operatoire", "protocole operatoire"), 9 },
  { "34749-2",
    WORDS ("consultation d anesthesie",
           "consultation pre anesthesique",
           "consultation preanesthesique",
           "evaluation pre anesthesique"),
    9 },
  { "77436-4", WORDS ("compte rendu d anesthesie", "feuille d anesthesie"), 8 },
  { "60568-3",
    WORDS ("anatomie et cytologie pathologiques",
           "anatomopathologique",
           "anatomo pathologique",
           "anatomie pathologique",
           "examen cytologique",
           "compte rendu histologique",
           "frottis cervico"),
    9 },
  { "11502-2",
    WORDS ("compte rendu d examens biologiques",
           "compte rendu d examens de biologie",
           "compte rendu de biologie",
           "compte rendu d analyses",
           "resultats d analyses",
           "examens de biologie medicale",
           "resultats de biologie",
           "bilan biologique",
           "laboratoire de biologie medicale",
           "compte rendu de resultats",
           "hematologie",
           "numeration formule",
           "hemogramme"),
    5 },
  { "18748-4",
    WORDS ("compte rendu d imagerie",
           "compte rendu de radiologie",
           "compte rendu radiologique",
           "compte rendu d examen radiologique",
           "compte rendu de scanner",
           "compte rendu d irm",
           "compte rendu d echographie",
           "compte rendu de tomodensitometrie",
           "tomodensitometrie",
           "radiographie",
           "echographie",
           "mammographie",
           "scanner",
           "irm ",
           "scintigraphie",
           "osteodensitometrie",
           "echo doppler",
           "panoramique dentaire"),
    5 },
  { "15507-7",
    WORDS ("compte rendu de passage aux urgences",
           "passage aux urgences",
           "resume de passage aux urgences",
           "dossier d urgence"),
    8 },
  { "11490-0",
    WORDS ("lettre de liaison a la sortie",
           "lettre de liaison",
           "lettre de sortie",
           "courrier de sortie"),
    8 },
  { "34112-3",
    WORDS ("compte rendu d hospitalisation",
           "compte rendu hospitalier",
           "compte rendu de sejour",
           "cr d hospitalisation",
           "compte rendu d hospitalisation de jour"),
    8 },
  { "15508-5", WORDS ("compte rendu d accouchement"), 9 },
  { "85208-7",
    WORDS ("compte rendu de telemedecine",
           "compte rendu de teleconsultation",
           "teleconsultation",
           "tele expertise",
           "teleexpertise"),
    6 },
  { "34794-8",
    WORDS ("reunion de concertation pluridisciplinaire", "fiche rcp", "compte rendu de rcp"), 9 },
  { "11369-6",
    WORDS ("carnet de vaccination", "historique des vaccinations", "historique vaccinal"), 7 },
  { "87273-9",
    WORDS ("certificat de vaccination", "note de vaccination", "attestation de vaccination"), 8 },
  { "PRESC-BIO",
    WORDS ("ordonnance de biologie",
           "prescription d examens biologiques",
           "prescription de biologie",
           "demande d examens de biologie",
           "faire pratiquer dans un laboratoire",
           "faire pratiquer au laboratoire",
           "prescription d analyses"),
    9 },
  { "PRESC-KINE",
    WORDS ("ordonnance de kinesitherapie",
           "prescription de kinesitherapie",
           "seances de kinesitherapie",
           "seances de reeducation",
           "masso kinesitherapie"),
    8 },
  { "PRESC-INF",
    WORDS ("ordonnance de soins infirmiers",
           "prescription de soins infirmiers",
           "soins infirmiers a domicile",
           "faire pratiquer par une infirmiere",
           "faire pratiquer par un infirmier"),
    8 },
  { "PRESC-ORTHOPHO", WORDS ("bilan orthophonique", "reeducation orthophonique"), 8 },
  { "PRESC-AAT", WORDS ("avis d arret de travail", "arret de travail"), 8 },
  { "55115-0",
    WORDS ("demande d imagerie",
           "prescription d imagerie",
           "demande d examen d imagerie",
           "bon de radiologie",
           "demande de scanner",
           "demande d irm",
           "ordonnance d imagerie",
           "demande d examen radiologique"),
    9 },
  { "57833-6",
    WORDS ("ordonnance bizone",
           "ordonnance de medicaments",
           "ordonnance medicale",
           "ordonnance de sortie",
           "ordonnance",
           "prescription medicale",
           "prescription medicamenteuse"),
    6 },
  { "96349-6",
    WORDS ("lettre d adressage",
           "lettre au confrere",
           "courrier d adressage",
           "je vous adresse",
           "je vous confie",
           "merci de recevoir",
           "merci de prendre en charge"),
    4 },
  { "PROT_ALD", WORDS ("protocole de soins", "affection de longue duree"), 6 },
  { "18776-5", WORDS ("plan personnalise de soins", "programme personnalise de soins"), 8 },
  { "60591-5",
    WORDS ("volet de synthese medicale", "synthese medicale", "dossier medical de synthese"), 7 },
  { "89601-9",
    WORDS ("certificat medical",
           "certificat de non contre indication",
           "certificat d aptitude",
           "je soussigne"),
    5 },
  { "86531-1", WORDS ("attestation de sortie", "bulletin de sortie"), 7 },
  { "59284-0", WORDS ("consentement eclaire", "attestation de consentement"), 7 },
  { "59283-2", WORDS ("examen de l enfant", "certificat de sante de l enfant"), 7 },
  { "47420-5",
    WORDS ("exploration fonctionnelle",
           "epreuve fonctionnelle",
           "bilan fonctionnel",
           "spirometrie",
           "bilan kinesitherapique",
           "bilan diagnostic kinesitherapique"),
    6 },
  { "70004-7",
    WORDS ("compte rendu d endoscopie",
           "compte rendu de coloscopie",
           "coloscopie",
           "fibroscopie",
           "gastroscopie",
           "endoscopie",
           "electrocardiogramme",
           "epreuve d effort",
           "holter",
           "polygraphie",
           "polysomnographie",
           "electromyogramme"),
    5 },
  { "56446-8", WORDS ("convocation", "confirmation de rendez vous", "notification de rendez vous"),
    5 },
  { "11506-3", WORDS ("suivi infirmier", "fiche de suivi", "suivi de soins"), 6 },
  { "78513-9", WORDS ("consultation d ophtalmologie", "consultation ophtalmologique"), 8 },
  { "11488-4",
    WORDS ("compte rendu de consultation",
           "compte rendu de visite",
           "cr de consultation",
           "fiche de consultation",
           "lettre de consultation",
           "consultation du",
           "j ai vu en consultation",
           "vu ce jour en consultation",
           "vue ce jour en consultation",
           "avis specialise",
           "revue ce jour",
           "revu ce jour",
           "consultation de"),
    4 },
};

/* How much @line tells of @type: a short line that begins with the phrase is a title. */
static int
score_line (const DmpFileType *type, const char *line, guint number)
{
  for (int i = 0; type->words[i] != NULL; i++)
    {
      const char *at = strstr (line, type->words[i]);
      int points = 20 - i;

      if (at == NULL)
        continue;
      if (at != line && g_ascii_isalnum (at[-1]))
        continue;
      if (number < TITLE_LINES && strlen (line) <= TITLE_LENGTH)
        points += at == line ? 120 : 40;
      return points + type->weight - (int) MIN (number, 60) / 4;
    }
  return 0;
}

const DmpFileType *
dmp_file_type_find (GPtrArray *lines, guint *line)
{
  const DmpFileType *best = NULL;
  int most = 0;

  for (guint n = 0; n < lines->len; n++)
    for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
      {
        int points = score_line (&types[i], g_ptr_array_index (lines, n), n);

        if (points > most)
          {
            most = points;
            best = &types[i];
            *line = n;
          }
      }
  return best;
}
