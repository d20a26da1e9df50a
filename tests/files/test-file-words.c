#include "config.h"

#include "files/dmp-charset.h"
#include "files/dmp-file-identity.h"
#include "files/dmp-file-suggest.h"
#include "files/dmp-finding.h"
#include "files/dmp-file-report.h"
#include "files/dmp-rtf.h"
#include "model/dmp-error.h"
#include "model/dmp-ins.h"

#include <string.h>

#define TODAY "20260120"

/* What French letters, reports and prescriptions look like; made up. NULL: nothing is proposed. */
static const struct
{
  const char *text;
  const char *type;
  const char *date;
  const char *title;
  const char *author;
} letters[] = {
  { "Dr Claire LEROY\nMédecine générale\nMeaux, le 15/01/2026\nCompte rendu de "
    "consultation\nPatiente de 72 ans revue ce "
    "jour.\n",
    "11488-4", "20260115", "Compte rendu de consultation", NULL },
  { "COMPTE-RENDU D’HOSPITALISATION\nService de cardiologie\nMme MARTIN née le "
    "03/02/1953\nHospitalisée du 24/11/2025 au "
    "28/11/2025\nPr Jean DURAND\n",
    "34112-3", "20251124", "Compte-rendu d’hospitalisation", "Pr Jean DURAND" },
  { "Lettre de liaison à la sortie\nParis, le 2 décembre 2025\nCher confrère,\n", "11490-0",
    "20251202", "Lettre de liaison à la sortie", NULL },
  { "ORDONNANCE\nDr Claire LEROY\nLe 05/01/2026\nM. DURAND Paul, né le 01/02/1950\nAmoxicilline 1 "
    "g\n",
    "57833-6", "20260105", "Ordonnance", NULL },
  { "Laboratoire de biologie médicale BIOVAL\nCompte rendu d'examens biologiques\nPrélevé le "
    "12/01/2026 à 08h10\nEdité "
    "le 13/01/2026\nHémoglobine 13,2 g/dL\n",
    "11502-2", "20260112", "Compte rendu d'examens biologiques", NULL },
  { "Centre d’imagerie\nCompte rendu de scanner\nDate de l’examen : 09/01/2026\nIndication : toux "
    "fébrile\n",
    "18748-4", "20260109", "Compte rendu de scanner – toux fébrile", NULL },
  { "IRM du genou droit\nExamen du 8 janvier 2026\nConclusion : lésion méniscale.\n", "18748-4",
    "20260108", "IRM du genou droit", NULL },
  { "COMPTE RENDU OPÉRATOIRE\nDate de l'intervention : 01.12.2025\nCholécystectomie\nDr Marc "
    "PETIT\n",
    "34874-8", "20251201", "Compte rendu opératoire", "Dr Marc PETIT" },
  { "Consultation d’anesthésie\nle 03/01/2026\n", "34749-2", "20260103",
    "Consultation d’anesthésie", NULL },
  { "Compte rendu de passage aux urgences\nPassage du 31/12/2025\n", "15507-7", "20251231",
    "Compte rendu de passage aux urgences", NULL },
  { "Anatomie et cytologie pathologiques\nPrélèvement du 20/12/2025\n", "60568-3", "20251220",
    "Anatomie et cytologie pathologiques", NULL },
  { "Lyon, le 4 janvier 2026\nCher confrère,\nJe vous adresse Mme MARTIN pour avis sur une dyspnée "
    "d’effort.\n",
    "96349-6", "20260104", NULL, NULL },
  { "Ordonnance de kinésithérapie\n15/01/2026\n10 séances de rééducation\n", "PRESC-KINE",
    "20260115", "Ordonnance de kinésithérapie", NULL },
  { "Ordonnance de biologie\n2026-01-14\nNFS, CRP\n", "PRESC-BIO", "20260114",
    "Ordonnance de biologie", NULL },
  { "Demande d’imagerie\nLe 10/01/2026\nRadiographie thoracique\n", "55115-0", "20260110",
    "Demande d’imagerie", NULL },
  { "Certificat médical\nJe soussigné Dr LEROY certifie avoir examiné ce jour, 11/01/2026, M. "
    "DURAND\n",
    "89601-9", "20260111", "Certificat médical", NULL },
  { "Certificat de vaccination\nVacciné le 01/10/2025\nProchain rappel : 01/10/2035\n", "87273-9",
    "20251001", "Certificat de vaccination", NULL },
  { "Fiche RCP\nRéunion de concertation pluridisciplinaire\nDate : 18/12/2025\n", "34794-8",
    "20251218", NULL, NULL },
  { "Échographie abdominale\nRéalisée le 7/1/2026\nComparaison avec l’examen du 03/02/2024\n",
    "18748-4", "20260107", "Échographie abdominale", NULL },
  { "Holter ECG des 24 heures\nEffectué le 06/01/2026\n", "70004-7", "20260106",
    "Holter ECG des 24 heures", NULL },
  { "Protocole de soins\nAffection de longue durée\n", "PROT_ALD", NULL, "Protocole de soins",
    NULL },
  { "Suivi infirmier\nPatient : MARTIN JEANNE, née DUPONT le 03/02/1953\nFait le 12/01/2026\n",
    "11506-3", "20260112", "Suivi infirmier", NULL },
  { "Note sans titre ni date.\n", NULL, NULL, NULL, NULL },
  { "Date de naissance : 03/02/1953\n", NULL, NULL, NULL, NULL },
  { "Rendez-vous prochain le 12/12/2027\n", NULL, NULL, NULL, NULL },
};

static void
test_letters (void)
{
  guint types = 0, dates = 0, right_types = 0, right_dates = 0;

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autoptr (DmpFileSuggestions) found = dmp_file_suggest (letters[i].text, "LEROY", TODAY);
      const char *type = found->type != NULL ? dmp_code_get_code (found->type) : NULL;

      g_test_message ("%u: %s %s %s", i, type, found->date, found->title);
      g_assert_cmpstr (type, ==, letters[i].type);
      if (letters[i].date != NULL || found->date == NULL)
        g_assert_cmpstr (found->date, ==, letters[i].date);
      if (letters[i].title != NULL)
        g_assert_cmpstr (found->title, ==, letters[i].title);
      g_assert_cmpstr (found->author, ==, letters[i].author);
      if (found->type != NULL) /* it is said where it was read */
        g_assert_true (strstr (letters[i].text, found->type_found) != NULL);
      if (found->date != NULL)
        g_assert_true (strstr (letters[i].text, found->date_found) != NULL);
      types += type != NULL;
      right_types += type != NULL && g_strcmp0 (type, letters[i].type) == 0;
      dates += found->date != NULL;
      right_dates += found->date != NULL && g_strcmp0 (found->date, letters[i].date) == 0;
    }
  g_test_message ("types: %u right of %u, dates: %u right of %u", right_types, types, right_dates,
                  dates);
}

/* "253027728800120" with its own key. */
static char *
new_ins (const char *digits13)
{
  return g_strdup_printf ("%s%02u", digits13, dmp_ins_key (digits13));
}

static void
test_identity (void)
{
  g_autofree char *own = new_ins ("2530277288001"), *other = new_ins ("1500175123456");
  const DmpPatientFields fields = { .ins = own,
                                    .ins_oid = "1.2.250.1.213.1.4.8",
                                    .birth_family = "DUPONT",
                                    .family = "MARTIN",
                                    .given = "Jeanne",
                                    .birth_date = "19530203",
                                    .sex = DMP_SEX_FEMALE };
  g_autoptr (DmpPatient) patient = dmp_patient_new (&fields);
  g_autofree char *with_own =
      g_strdup_printf ("NIR : %.1s %.2s %.2s %.2s %.3s %.3s clé %s", own, own + 1, own + 3, own + 5,
                       own + 7, own + 10, own + 13);
  g_autofree char *child = g_strdup_printf ("N° SS %s – DURAND Léo, né le 03/02/2019", own);
  g_autofree char *with_other = g_strdup_printf ("N° SS %s, Mme MARTIN Jeanne", other);
  const struct
  {
    const char *text;
    DmpIdentity identity;
  } rows[] = {
    { "Concerne : Mme MARTIN Jeanne, née DUPONT, 03/02/1953", DMP_IDENTITY_SAME },
    { "Madame Jeanne MARTIN, née le 3 février 1953", DMP_IDENTITY_SAME },
    { "Patient : DUPONT-MARTIN Jeanne", DMP_IDENTITY_SAME },
    { with_own, DMP_IDENTITY_SAME },
    { with_other, DMP_IDENTITY_OTHER },
    { "Clinique Jeanne d’Arc, 4 place de la République, 77100 MEAUX – Dr MARTIN – Patient : M. "
      "PETIT",
      DMP_IDENTITY_OTHER }, /* the doctor’s name is no patient’s */
    { "Dr MARTIN\nPatient : Mme DURAND Paule", DMP_IDENTITY_OTHER },
    { "Mme MARTIN\nNom de naissance : BERNARD", DMP_IDENTITY_OTHER },
    { "Nom de naissance : DUPONT\nNom : DURAND\nVue par le Dr BERNARD", DMP_IDENTITY_UNPROVEN },
    { "Mme MARTIN a été vue\nNom : BERNARD", DMP_IDENTITY_UNPROVEN }, /* maybe the doctor */
    { "Patient : Mme MARTIN", DMP_IDENTITY_UNPROVEN }, /* a name alone proves nothing */
    { "Patient : Mme DURAND\nPersonne à prévenir : MARTIN Jeanne", DMP_IDENTITY_UNPROVEN },
    { "Mme MARTIN\nPatient : Autonome à domicile", DMP_IDENTITY_UNPROVEN }, /* no name */
    { "Mme MARTIN\nPatient : connu du service", DMP_IDENTITY_UNPROVEN },
    { child, DMP_IDENTITY_OTHER },
    { "Patient : M. DURAND Paul", DMP_IDENTITY_OTHER },
    { "Nom de naissance : BERNARD\nPrénom : Luc", DMP_IDENTITY_OTHER },
    { "M. DURAND Paul, né le 01/02/1950", DMP_IDENTITY_OTHER },
    { "DDN : 01-02-1950", DMP_IDENTITY_OTHER },
    { "Tension 138/82 le 15/01/2026", DMP_IDENTITY_UNPROVEN },
    { "Mme MARTIN va bien.", DMP_IDENTITY_UNPROVEN },
    { "Dossier 1 50 01 75 123 456 99", DMP_IDENTITY_UNPROVEN }, /* its key is wrong */
    { "", DMP_IDENTITY_UNPROVEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (dmp_file_identity (rows[i].text, patient, &found), ==, rows[i].identity);
      if (rows[i].identity == DMP_IDENTITY_OTHER) /* what tells is shown as it stands */
        g_assert_true (found != NULL && strstr (rows[i].text, found) != NULL);
    }
}

static GBytes *
new_rtf (const char *head, const char *piece, guint times)
{
  GString *rtf = g_string_new (head);

  for (guint i = 0; i < times; i++)
    g_string_append (rtf, piece);
  g_string_append_c (rtf, '}');
  return g_string_free_to_bytes (rtf);
}

/* A million letters above ASCII, the code page said anew before each: each letter is converted once
 * for all, and the page that counts is that of the header. */
static void
test_rtf_bytes (void)
{
  g_autoptr (GBytes) bytes =
      new_rtf ("{\\rtf1\\ansi\\ansicpg1251 ", "\\'e9\\ansicpg1252 \\'81", 500000);
  g_autofree char *text = NULL;
  DmpRtfFlags flags = 0;

  g_assert_true (dmp_rtf_read (bytes, &text, &flags));
  g_assert_cmpuint (strlen (text), ==, 500000 * strlen ("йЃ"));
  g_assert_true (g_str_has_prefix (text, "йЃйЃ"));
}

static void
assert_findings (GBytes *bytes, const char *code, DmpFindingLevel level)
{
  const DmpFileContext context = { .today = "20260115" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpFileReport) report = dmp_file_examine (bytes, &context, NULL, &error);
  const DmpFinding *finding;

  g_assert_no_error (error);
  finding = dmp_findings_find_obstacle (report->findings, NULL);
  g_assert_nonnull (finding);
  g_assert_cmpstr (finding->code, ==, code);
  g_assert_cmpint (finding->level, ==, level);
  g_assert_cmpint (finding->repair, ==, DMP_REPAIR_NONE);
}

/* What was not read is said, and not dropped by a repair. */
static void
test_rtf_long (void)
{
  g_autoptr (GBytes) bytes = new_rtf ("{\\rtf1 ", "mot ", 1200 * 1024);
  g_autoptr (GBytes) active =
      new_rtf ("{\\rtf1 {\\object\\objemb{\\*\\objdata 00}}", "mot ", 1200 * 1024);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  DmpRtfFlags flags = 0;

  g_assert_true (dmp_rtf_read (bytes, &text, &flags));
  g_assert_cmpint (flags, ==, DMP_RTF_CUT);
  assert_findings (bytes, "rtf-long", DMP_FINDING_WARNING);
  assert_findings (active, "rtf-active", DMP_FINDING_ERROR);
  g_assert_null (dmp_file_repair (bytes, "text/rtf", DMP_REPAIR_TEXT, NULL, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT);
}

static void
test_rtf (void)
{
  static const struct
  {
    const char *rtf;
    const char *text; /* NULL: refused */
    gboolean active;
  } rows[] = {
    { "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 N\\'e9e le\\par 3 f\\u233?vrier}",
      "Née le\n3 février", FALSE },
    { "{\\rtf1 a\\tab b\\cell c\\row}", "a\tb\tc\n", FALSE },
    { "{\\rtf1{\\*\\generator Word;}{\\info{\\title x}}\\uc0\\u8364 5}", "€5", FALSE },
    { "{\\rtf1\\u-10179?\\u-8704?}", "\360\237\230\200", FALSE },
    { "{\\rtf1 {\\field{\\*\\fldinst HYPERLINK \"http://x\"}{\\fldrslt ici}}}", "ici", FALSE },
    { "{\\rtf1 {\\field{\\*\\fldinst INCLUDEPICTURE \"http://x\"}{\\fldrslt ici}}}", "ici", TRUE },
    { "{\\rtf1 {\\field{\\*\\fldinst includepicture \"http://x\"}{\\fldrslt ici}}}", "ici", TRUE },
    { "{\\rtf1 a{\\shp{\\*\\shpinst\\shpleft1{\\sp{\\sn x}{\\sv 1}}{\\shptxt en "
      "cadre}}{\\shprslt}}}",
      "aen cadre", FALSE },
    { "{\\rtf1 {\\object\\objemb{\\*\\objdata 00}}x}", "x", TRUE },
    { "{\\rtf1\\'zz \\{\\}\\\\}", " {}\\", FALSE },
    { "{\\rtf1 a", NULL, FALSE },
    { "rtf", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (rows[i].rtf, strlen (rows[i].rtf));
      g_autofree char *text = NULL;
      DmpRtfFlags flags = 0;

      g_assert_cmpint (dmp_rtf_read (bytes, &text, &flags), ==, rows[i].text != NULL);
      if (rows[i].text != NULL)
        g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpint ((flags & DMP_RTF_ACTIVE) != 0, ==, rows[i].active);
      g_assert_cmpint (flags & DMP_RTF_CUT, ==, 0);
    }
}

static void
test_charset (void)
{
  static const char words[] = "Été, fièvre à 39 °C, œdème, où ça ?";
  static const char *const charsets[] = { "WINDOWS-1252", "CP850", "MACINTOSH", "UTF-8" };

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      const char *text = i == 1 ? "Été, fièvre à 39 °C, où ça ?" : words;
      gsize size = 0;
      char *data = g_convert (text, -1, charsets[i], "UTF-8", NULL, &size, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
      g_autoptr (GBytes) clean = NULL;

      g_assert_cmpstr (dmp_charset_guess (bytes), ==, charsets[i]);
      clean = dmp_charset_clean (bytes, charsets[i], NULL);
      g_assert_cmpmem (g_bytes_get_data (clean, NULL), g_bytes_get_size (clean), text,
                       strlen (text));
    }
  g_assert_true (dmp_charset_has_controls ("a\x1b[2J"));
  g_assert_false (dmp_charset_has_controls ("a\tb\r\n\f"));
}

/* An error stops; a warning stops until it has been seen; a note never does. */
static void
test_findings (void)
{
  const char *const seen[] = { "other-patient", NULL };
  g_autoptr (GPtrArray) findings = dmp_findings_new ();

  g_assert_null (dmp_findings_find_obstacle (findings, NULL));
  dmp_findings_add_coded (findings, DMP_RULE_CDA_NOTE, "cda-entries-unknown", "x");
  g_assert_null (dmp_findings_find_obstacle (findings, NULL));
  dmp_findings_add (findings, DMP_RULE_OTHER_PATIENT, "M. 100 %s X");
  g_assert_nonnull (strstr (dmp_findings_find_obstacle (findings, NULL)->message, "M. 100 %s X"));
  g_assert_null (dmp_findings_find_obstacle (findings, seen));
  dmp_findings_add (findings, DMP_RULE_PDF_ACTIVE, NULL);
  g_assert_cmpstr (dmp_findings_find_obstacle (findings, seen)->code, ==, "pdf-active");
  g_assert_cmpint (dmp_findings_get_repair (findings), ==, DMP_REPAIR_PDFA);
  for (int rule = 0; rule < DMP_RULE_LAST; rule++)
    dmp_findings_add (findings, (DmpRule) rule, "x");
  for (guint i = 0; i < findings->len; i++)
    g_assert_nonnull (((DmpFinding *) g_ptr_array_index (findings, i))->message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/letters", test_letters);
  g_test_add_func ("/files/identity", test_identity);
  g_test_add_func ("/files/rtf", test_rtf);
  g_test_add_func ("/files/rtf/bytes", test_rtf_bytes);
  g_test_add_func ("/files/rtf/long", test_rtf_long);
  g_test_add_func ("/files/charset", test_charset);
  g_test_add_func ("/files/findings", test_findings);
  return g_test_run ();
}
