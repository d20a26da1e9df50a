#include "config.h"

#include "summary-fixture.h"

#include <string.h>

/* What published documents really hold: answers without their question, entries without a name, two
 * germs of one culture, a posology in three columns. */

static DmpSummary *
summarise (const char *loinc, const char *text, const char *entries)
{
  g_auto (Record) record = { 0 };

  record_init (&record);
  record_add (&record, (CdaFixture){ 0 }, cda_fixture_section (loinc, "Titre", text, entries));
  return record_summarise (&record);
}

#define PAST(id, code)                                                                             \
  "<entry><observation classCode='OBS' moodCode='EVN'><templateId root='1.2.250.1.213.1.1.3.37'/>" \
  "<value xsi:type='CD' code='" code "' codeSystem='2.16.840.1.113883.6.3'><originalText>"         \
  "<reference value='#" id "'/></originalText></value></observation></entry>"

/* "Oui" is no illness, and two of them are not one. */
static void
test_answers (void)
{
  g_autoptr (DmpSummary) summary = summarise (
      "11348-0",
      "<table><tbody><tr><td>Cancer du sein</td><td><content ID='a'>Oui</content></td></tr>"
      "<tr><td>Phlébite</td><td><content ID='b'>oui</content></td></tr></tbody></table>",
      PAST ("a", "C50.9") PAST ("b", "I80.2"));

  g_assert_nonnull (find_line (summary, DMP_BLOCK_HISTORY, "Cancer du sein : Oui"));
  g_assert_nonnull (find_line (summary, DMP_BLOCK_HISTORY, "Phlébite : oui"));
}

/* A coded section whose entry names nothing: its words count, here that there is none. */
static void
test_no_agent (void)
{
  g_autoptr (DmpSummary) summary = summarise (
      "48765-2", "Aucune allergie identifiée pendant le séjour",
      "<entry><observation classCode='OBS' moodCode='EVN'><templateId "
      "root='1.2.250.1.213.1.1.3.41'/><code code='416098002' displayName='allergie médicamenteuse' "
      "codeSystem='2.16.840.1.113883.6.96'/><text><reference value='#none'/></text><value "
      "xsi:type='CD'/></observation></entry>");

  g_assert_null (find_line (summary, DMP_BLOCK_ALLERGY, "allergie médicamenteuse"));
  g_assert_nonnull (
      find_line (summary, DMP_BLOCK_ALLERGY, "Aucune allergie identifiée pendant le séjour"));
}

#define GERM(flag, limits)                                                                         \
  "<entry><observation classCode='OBS' moodCode='EVN'><templateId root='1.2.250.1.213.1.1.3.80'/>" \
  "<code code='18862-3' codeSystem='2.16.840.1.113883.6.1'><originalText><reference value='#r'/>"  \
  "</originalText></code><effectiveTime value='20260110080000'/><value xsi:type='IVL_PQ'>" limits  \
  "</value><interpretationCode code='" flag "'/></observation></entry>"

/* Resistant here, sensitive there: neither was "before" the other, and both are shown. */
static void
test_germs (void)
{
  g_autoptr (DmpSummary) summary = summarise ("18725-2", "<content ID='r'>Amoxicilline</content>",
                                              GERM ("R", "<low value='0.512' unit='ug/mL'/>")
                                                  GERM ("S", "<high value='0.012' unit='ug/mL'/>"));
  GPtrArray *lines = dmp_summary_get_block (summary, DMP_BLOCK_RESULT)->lines;

  g_assert_cmpuint (lines->len, ==, 2);
  for (guint i = 0; i < lines->len; i++)
    {
      g_assert_null (((DmpSummaryLine *) lines->pdata[i])->previous);
      g_assert_null (((DmpSummaryLine *) lines->pdata[i])->change);
    }
}

#define TAKEN                                                                                      \
  "<entry><substanceAdministration classCode='SBADM' moodCode='EVN'><templateId "                  \
  "root='1.2.250.1.213.1.1.3.42'/><text><reference value='#m'/></text><effectiveTime "             \
  "xsi:type='IVL_TS'><low value='2024'/></effectiveTime>" CDA_PERIOD ("1", "d") CDA_DOSE (         \
      "2") "<consumable><manufacturedProduct><manufacturedMaterial><code "                         \
           "nullFlavor='UNK'><originalText>"                                                       \
           "<reference "                                                                           \
           "value='#m'/></originalText></code></manufacturedMaterial></manufacturedProduct>"       \
           "</consumable></substanceAdministration></entry>"

/* How much in one column, how often in another: none of them alone is the posology; and both
 * together are compared with the code. */
static void
test_columns (void)
{
  g_autoptr (DmpSummary) summary =
      summarise ("10160-0",
                 "<table><thead><tr><th>Médicament</th><th>Dose</th><th>Fréquence</th></tr></thead>"
                 "<tbody><tr><td><content ID='m'>RAMIPRIL 5 mg</content></td><td>1 cp</td>"
                 "<td>3 fois/j</td></tr></tbody></table>",
                 TAKEN);

  g_assert_cmpstr (find_line (summary, DMP_BLOCK_TREATMENT, "RAMIPRIL 5 mg")->detail, ==,
                   "1 cp, 3 fois/j");
  g_assert_nonnull (find_flag (summary, "C4"));
}

/* A list of the year before last: there was something, and nobody knows of anything now. */
static void
test_old_list (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .date = "20240110" },
              treatment_section ("1", "RAMIPRIL 5 mg", "1 cp/j", "", ""));
  summary = record_summarise (&record);
  g_assert_cmpstr (dmp_summary_get_block (summary, DMP_BLOCK_TREATMENT)->sentence, ==,
                   "Aucun traitement en cours connu");
}

/* The father's allergy, with the template of the patient's. */
static void
test_of_father (void)
{
  g_autoptr (DmpSummary) summary = summarise (
      "48765-2", "<content ID='a'>Pénicilline</content>",
      "<entry><observation classCode='OBS' moodCode='EVN'><templateId "
      "root='1.2.250.1.213.1.1.3.41'/><code code='416098002'/><subject><relatedSubject "
      "classCode='PRS'><code code='FTH' displayName='Père' codeSystem='2.16.840.1.113883.5.111'/>"
      "</relatedSubject></subject><participant typeCode='CSM'><participantRole><playingEntity>"
      "<code code='J01C' codeSystem='2.16.840.1.113883.6.73'><originalText><reference value='#a'/>"
      "</originalText></code></playingEntity></participantRole></participant></observation></"
      "entry>");

  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_ALLERGY), ==, 0);
  g_assert_cmpstr (find_line (summary, DMP_BLOCK_RISK, "Pénicilline")->detail, ==, "Père");
}

#define MOTHER(negated)                                                                            \
  "<entry><organizer classCode='CLUSTER' moodCode='EVN'><templateId "                              \
  "root='1.2.250.1.213.1.1.3.59'/><subject><relatedSubject><code code='MTH' displayName='Mère' "  \
  "codeSystem='2.16.840.1.113883.5.111'/></relatedSubject></subject><component><observation "      \
  "classCode='OBS' moodCode='EVN' negationInd='" negated "'><value xsi:type='CD' code='C50.9' "    \
  "displayName='Cancer du sein' codeSystem='2.16.840.1.113883.6.3'/></observation></component>"    \
  "</organizer></entry>"

/* One document denies what another one states of the mother: both stand. */
static void
test_relatives (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20240101" },
              cda_fixture_section ("10157-6", "Titre", "Texte", MOTHER ("false")));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              cda_fixture_section ("10157-6", "Titre", "Texte", MOTHER ("true")));
  summary = record_summarise (&record);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_RISK), ==, 2);
}

static char *
none_of (const char *code)
{
  g_autofree char *section = no_allergy_section ();
  g_autoptr (GString) out = g_string_new (section);

  g_string_replace (out, "no-known-allergies", code, 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "No known allergy to food" is no word about penicillin, nor against it. */
static void
test_none_of_a_kind (void)
{
  static const struct
  {
    const char *code;
    gboolean against;
  } cases[] = { { "no-known-food-allergies", FALSE },
                { "no-known-medication-allergies", TRUE },
                { "no-known-allergies", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Record) record = { 0 };
      g_autoptr (DmpSummary) summary = NULL;

      record_init (&record);
      record_add (&record, (CdaFixture){ .id = "1.1" }, none_of (cases[i].code));
      record_add (&record, (CdaFixture){ .id = "1.2" },
                  allergy_section ("Pénicilline", "J01C", "2019"));
      summary = record_summarise (&record);
      g_assert_true ((find_flag (summary, "C1") != NULL) == cases[i].against);
    }
}

/* The list says one thing, a later prescription that ran out another: the line tells both. */
static void
test_list_and_prescription (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20250401" },
              treatment_section ("1", "COUMADINE 5 mg", "1 cp le soir", "", ""));
  record_add (&record, (CdaFixture){ .id = "1.2", .date = "20250701", .author = "AUTRE" },
              prescription_section ("2", "COUMADINE 2 mg", "1 cp le soir", "20250701", "20250930"));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_TREATMENT, "COUMADINE 2 mg");
  g_assert_cmpint (line->group, ==, DMP_LINE_CURRENT);
  g_assert_nonnull (strstr (line->note, "COUMADINE 5 mg"));
}

/* A list in words only is not nothing, and neither is the row of a list that nobody coded. */
static void
test_words_only (void)
{
  g_autoptr (DmpSummary) summary =
      summarise ("10160-0", "<list><item>PREVISCAN 20 mg, 1/2 cp le soir</item></list>", "");
  g_autoptr (DmpSummary) partly = summarise (
      "10160-0",
      "<table><tbody><tr><td><content ID='m'>RAMIPRIL 5 mg</content></td><td>1 cp/j</td></tr>"
      "<tr><td>PREVISCAN 20 mg</td><td>1/2 cp le soir</td></tr></tbody></table>",
      TAKEN);

  g_assert_nonnull (find_line (summary, DMP_BLOCK_UNCLASSIFIED, "PREVISCAN 20 mg, 1/2 cp le soir"));
  g_assert_nonnull (
      strstr (dmp_summary_get_block (summary, DMP_BLOCK_TREATMENT)->sentence, "Texte seul"));
  g_assert_cmpuint (count_lines (partly, DMP_BLOCK_TREATMENT), ==, 1);
  g_assert_nonnull (find_line (partly, DMP_BLOCK_UNCLASSIFIED, "PREVISCAN 20 mg 1/2 cp le soir"));
}

/* A diagnosis in a section of its own, and one of a relative with the template of a problem. */
static void
test_elsewhere (void)
{
  g_autoptr (DmpSummary) summary =
      summarise ("42545-4", "<content ID='a'>Choc anaphylactique</content>", PAST ("a", "T88.6"));
  g_autoptr (DmpSummary) of_mother =
      summarise ("10157-6", "<content ID='a'>Cancer du sein</content>", PAST ("a", "C50.9"));

  g_assert_nonnull (find_line (summary, DMP_BLOCK_UNCLASSIFIED, "Choc anaphylactique"));
  g_assert_nonnull (find_line (of_mother, DMP_BLOCK_RISK, "Cancer du sein"));
  g_assert_cmpuint (count_lines (of_mother, DMP_BLOCK_PROBLEM), ==, 0);
}

#define RISK(words)                                                                                \
  "<entry><observation classCode='OBS' moodCode='EVN'><code code='80943009' "                      \
  "codeSystem='2.16.840.1.113883.6.96' displayName='Facteur de risque'/><value "                   \
  "xsi:type='ST'>" words "</value></observation></entry>"

/* Two answers to one question: the second does not replace the first. */
static void
test_two_answers (void)
{
  g_autoptr (DmpSummary) summary = summarise ("57207-3", "Texte", RISK ("Amiante") RISK ("Bruit"));

  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_RISK), ==, 2);
}

/* "true" is no French, and no unit follows words. */
static void
test_truth (void)
{
  g_autoptr (DmpSummary) summary = summarise (
      "18719-5", "<content ID='r'>Bactérie multirésistante</content>",
      "<entry><observation classCode='OBS' moodCode='EVN'><templateId "
      "root='1.2.250.1.213.1.1.3.80'/><code code='1' codeSystem='1.2'><originalText><reference "
      "value='#r'/></originalText></code><value xsi:type='BL' "
      "value='false'/></observation></entry>");

  const DmpSummaryLine *line = find_line (summary, DMP_BLOCK_RESULT, "Bactérie multirésistante");

  g_assert_cmpstr (line->value->text, ==, "false"); /* as written, for who writes it again */
  g_assert_cmpstr (dmp_fact_value_get_text (line->value), ==, "non");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/of-rows", test_answers);
  g_test_add_func ("/answers/no-agent", test_no_agent);
  g_test_add_func ("/answers/germs", test_germs);
  g_test_add_func ("/answers/columns", test_columns);
  g_test_add_func ("/answers/old-list", test_old_list);
  g_test_add_func ("/answers/words-only", test_words_only);
  g_test_add_func ("/answers/elsewhere", test_elsewhere);
  g_test_add_func ("/answers/of-father", test_of_father);
  g_test_add_func ("/answers/relatives", test_relatives);
  g_test_add_func ("/answers/none-of-a-kind", test_none_of_a_kind);
  g_test_add_func ("/answers/list-and-prescription", test_list_and_prescription);
  g_test_add_func ("/answers/two", test_two_answers);
  g_test_add_func ("/answers/truth", test_truth);
  return g_test_run ();
}
