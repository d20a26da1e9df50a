#include "config.h"

#include "summary-fixture.h"

#include <string.h>

/* What would harm somebody if a doctor believed it: something hidden, two things made one, the past
 * or the plan shown as the present. The summary's day is 15 January 2026. */

#define INSURER "1.2.250.1.213.1.1.1.36"

static char *
take (const char *loinc, const char *text, char *entries)
{
  char *section = cda_fixture_section (loinc, "Titre", text, entries);

  g_free (entries);
  return section;
}

/* --- Allergies -------------------------------------------------------------------------------- */

/* An allergy observation: @more: attributes; @inner: behind its value. */
static char *
allergy_entry (const char *agent, const char *more, const char *inner)
{
  return g_strdup_printf (
      "<entry><observation classCode='OBS' moodCode='EVN' %s><templateId "
      "root='1.2.250.1.213.1.1.3.41'/><code code='416098002' "
      "codeSystem='2.16.840.1.113883.6.96'/><value xsi:type='CD' code='416098002' "
      "codeSystem='2.16.840.1.113883.6.96' displayName='allergie médicamenteuse'/>"
      "<participant typeCode='CSM'><participantRole><playingEntity><code nullFlavor='UNK'/>"
      "<name>%s</name></playingEntity></participantRole></participant>%s</observation></entry>",
      more, agent, inner);
}

/* The médecin traitant once ruled it out; a hospital states it since. */
static void
test_ruled_out (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *no = allergy_entry ("Pénicilline", "negationInd='1'", "");

  record_init (&record);
  record_add (&record,
              (CdaFixture){ .id = "1.1", .date = "20200101", .function = "PCP", .author = "MT" },
              cda_fixture_section ("48765-2", "Titre", "Texte", no));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              allergy_section ("Pénicilline", "J01C", "2025"));
  summary = record_summarise (&record);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_ALLERGY), ==, 2);
  g_assert_cmpuint (dmp_summary_get_block (summary, DMP_BLOCK_ALLERGY)->n_current, ==, 1);
  g_assert_cmpuint (dmp_summary_get_block (summary, DMP_BLOCK_ALLERGY)->n_excluded, ==, 1);
}

/* The value of both says "allergy to a medicine": two agents are two lines. */
static void
test_agents_apart (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *one = allergy_entry ("Kétamine", "", "");
  g_autofree char *other = allergy_entry ("Latex", "", "");

  record_init (&record);
  record_add (&record, (CdaFixture){ 0 },
              take ("48765-2", "Texte", g_strconcat (one, other, NULL)));
  summary = record_summarise (&record);
  g_assert_nonnull (find_line (summary, DMP_BLOCK_ALLERGY, "Kétamine"));
  g_assert_nonnull (find_line (summary, DMP_BLOCK_ALLERGY, "Latex"));
}

static gboolean
alarms (const char *agent, const char *atc, const char *medicine)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, allergy_section (agent, atc, "2019"));
  record_add (&record, (CdaFixture){ .id = "1.2", .template = INSURER },
              delivery_section ("1", medicine, "20251222"));
  summary = record_summarise (&record);
  return find_flag (summary, "A1") != NULL;
}

/* The same substance under other codes, in an association, or behind "allergie à". */
static void
test_same_substance (void)
{
  g_assert_true (alarms ("Amoxicilline", "J01CA04", "AUGMENTIN 1 G"));
  g_assert_true (alarms ("Augmentin", NULL, "AMOXICILLINE BIOGARAN 1 G"));
  g_assert_true (alarms ("Valsartan", "C09CA03", "ENTRESTO 24 MG/26 MG"));
  g_assert_true (alarms ("Allergie à la pénicilline", NULL, "AMOXICILLINE BIOGARAN 1 G"));
  g_assert_true (alarms ("Allergie aux céphalosporines", NULL, "CEFIXIME 200 MG"));
  g_assert_true (alarms ("Intolérance à l’ibuprofène", NULL, "NUROFEN 400 MG"));
  g_assert_false (alarms ("Amoxicilline", "J01CA04", "CEFIXIME 200 MG"));
  g_assert_false (alarms ("Allergie au latex", NULL, "AMOXICILLINE BIOGARAN 1 G"));
}

/* Taken since long before the allergy was known, and still on the list after it. */
static void
test_still_listed (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, allergy_section ("Ramipril", NULL, "202506"));
  record_add (&record, (CdaFixture){ .id = "1.2", .date = "20251201" },
              treatment_section ("1", "RAMIPRIL 5 mg", "1 cp/j", "", "")); /* since 2024 */
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "A1"));
}

/* The insurer's history is made anew: one delivery told twice is one. */
static void
test_deliveries_once (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.0" },
              allergy_section ("Pénicilline", "J01C", "2019"));
  record_add (&record, (CdaFixture){ .id = "1.1", .template = INSURER, .date = "20251115" },
              delivery_section ("1", "AMOXICILLINE 1 G", "20251101"));
  record_add (&record, (CdaFixture){ .id = "1.2", .template = INSURER, .date = "20251215" },
              delivery_section ("1", "AMOXICILLINE 1 G", "20251101"));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_TREATMENT, "AMOXICILLINE 1 G");
  g_assert_cmpint (line->group, ==, DMP_LINE_PAST); /* once, 75 days ago */
  g_assert_nonnull (strstr (find_flag (summary, "A1")->text, "délivré 1 fois"));
}

/* --- Treatments ------------------------------------------------------------------------------- */

/* A treatment in a row of its own; @time: effectiveTime elements. */
static char *
plan_entry (const char *id, const char *name, const char *time)
{
  return g_strdup_printf (
      "<entry><substanceAdministration classCode='SBADM' moodCode='INT'><templateId "
      "root='1.2.250.1.213.1.1.3.42'/><text><reference value='#%s'/></text>%s<consumable>"
      "<manufacturedProduct><manufacturedMaterial><code nullFlavor='UNK'><originalText>"
      "<reference value='#%s'/></originalText></code><name>%s</name></manufacturedMaterial>"
      "</manufacturedProduct></consumable></substanceAdministration></entry>",
      id, time, id, name);
}

#define ROW(id, name, posology)                                                                    \
  "<tr><td><content ID='" id "'>" name "</content></td><td>" posology "</td></tr>"
#define TABLE(rows)                                                                                \
  "<table><thead><tr><th>Médicament</th><th>Posologie</th></tr></thead><tbody>" rows               \
  "</tbody></table>"

/* Two tablets of two strengths are one treatment: its line must not show half of the dose. */
static void
test_two_strengths (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *one = plan_entry ("a", "LEVOTHYROX 100 µg", "");
  g_autofree char *other = plan_entry ("b", "LEVOTHYROX 25 µg", "");
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record, (CdaFixture){ 0 },
              take ("10160-0",
                    TABLE (ROW ("a", "LEVOTHYROX 100 µg", "1 cp le matin")
                               ROW ("b", "LEVOTHYROX 25 µg", "1 cp à midi")),
                    g_strconcat (one, other, NULL)));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_TREATMENT, "LEVOTHYROX 100 µg");
  g_assert_cmpstr (line->detail, ==, "1 cp le matin + LEVOTHYROX 25 µg 1 cp à midi");
}

/* The newest words name 5 mg and no posology; the posology of 2.5 mg is not theirs. */
static void
test_own_posology (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *bare = plan_entry ("m", "ELIQUIS 5 mg", "");

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20250601" },
              treatment_section ("1", "ELIQUIS 2,5 mg", "1 cp matin et soir", "", ""));
  record_add (
      &record, (CdaFixture){ .id = "1.2", .date = "20260101", .author = "AUTRE" },
      cda_fixture_section ("10160-0", "Titre", "<content ID='m'>ELIQUIS 5 mg</content>", bare));
  summary = record_summarise (&record);
  g_assert_null (find_line (summary, DMP_BLOCK_TREATMENT, "ELIQUIS 5 mg")->detail);
}

/* Stopped in hospital: what was taken on admission is not taken any more. */
static void
test_admission (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *before = plan_entry ("a", "XARELTO 20 mg", "");
  g_autofree char *after = plan_entry ("b", "ELIQUIS 5 mg", "");
  g_autofree char *on_admission =
      cda_fixture_section ("42346-7", "Entrée", TABLE (ROW ("a", "XARELTO 20 mg", "1/j")), before);
  g_autofree char *on_discharge =
      cda_fixture_section ("10183-2", "Sortie", TABLE (ROW ("b", "ELIQUIS 5 mg", "2/j")), after);

  record_init (&record);
  record_add (&record, (CdaFixture){ 0 }, g_strconcat (on_admission, on_discharge, NULL));
  summary = record_summarise (&record);
  g_assert_cmpint (find_line (summary, DMP_BLOCK_TREATMENT, "ELIQUIS 5 mg")->group, ==,
                   DMP_LINE_CURRENT);
  g_assert_cmpint (find_line (summary, DMP_BLOCK_TREATMENT, "XARELTO 20 mg")->group, ==,
                   DMP_LINE_PAST);
}

/* Everything was changed in hospital: two lists that have nothing in common differ most. */
static void
test_all_changed (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20251001" },
              treatment_section ("1", "PREVISCAN 20 mg", "1 cp/j", "", ""));
  record_add (&record, (CdaFixture){ .id = "1.2", .date = "20260101", .author = "AUTRE" },
              treatment_section ("2", "ELIQUIS 5 mg", "1 cp matin et soir", "", ""));
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "C2"));
}

/* A letter of the médecin traitant about one medicine does not stop those of the VSM. */
static void
test_letter_after_vsm (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20251001", .function = "PCP" },
              treatment_section ("1", "PREVISCAN 20 mg", "1 cp/j", "", ""));
  record_add (&record, (CdaFixture){ .id = "1.2", .date = "20251201" },
              treatment_section ("2", "RAMIPRIL 5 mg", "1 cp/j", "", ""));
  summary = record_summarise (&record);
  g_assert_cmpint (find_line (summary, DMP_BLOCK_TREATMENT, "PREVISCAN 20 mg")->group, ==,
                   DMP_LINE_CURRENT);
}

/* "pendant 6 mois" without a first day counts from the day of the prescription. */
static void
test_duration (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *plan =
      plan_entry ("a", "RAMIPRIL 5 mg",
                  "<effectiveTime xsi:type='IVL_TS'><width value='6' unit='mo'/></effectiveTime>");

  record_init (&record);
  record_add (
      &record, (CdaFixture){ .date = "20251101" },
      cda_fixture_section ("57828-6", "Titre", TABLE (ROW ("a", "RAMIPRIL 5 mg", "1/j")), plan));
  summary = record_summarise (&record);
  g_assert_cmpstr (find_line (summary, DMP_BLOCK_TREATMENT, "RAMIPRIL 5 mg")->label, ==,
                   "ordonnance");
}

/* Who delivers again after a stop shows that it goes on. */
static void
test_taken_up_again (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *stopped = plan_entry ("a", "RAMIPRIL 5 mg",
                                         "<effectiveTime xsi:type='IVL_TS'><low "
                                         "value='2024'/><high value='20250301'/></effectiveTime>");

  record_init (&record);
  record_add (
      &record, (CdaFixture){ .id = "1.1", .date = "20250301" },
      cda_fixture_section ("10160-0", "Titre", TABLE (ROW ("a", "RAMIPRIL 5 mg", "1/j")), stopped));
  record_add (&record, (CdaFixture){ .id = "1.2", .template = INSURER },
              delivery_section ("1", "RAMIPRIL 5 MG", "20260102"));
  summary = record_summarise (&record);
  g_assert_cmpint (find_line (summary, DMP_BLOCK_TREATMENT, "RAMIPRIL 5 mg")->group, ==,
                   DMP_LINE_CURRENT);
}

/* Methotrexate: written once a week, coded once a day. */
static void
test_weekly (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              treatment_section ("1", "METHOTREXATE 2,5 mg", "4 cp 1 fois par semaine",
                                 CDA_PERIOD ("1", "d"), CDA_DOSE ("4")));
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "C4"));
}

/* Two medicines without an anchor stand at one place; the alarm is of one of them. */
static void
test_one_place (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *one = plan_entry ("x", "RAMIPRIL 5 mg", "");
  g_autofree char *other = plan_entry ("y", "AMOXICILLINE 1 g", "");
  const DmpSummaryFlag *flag;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              allergy_section ("Ramipril", "C09AA05", "2019"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              take ("10160-0", "Texte", g_strconcat (one, other, NULL)));
  summary = record_summarise (&record);
  flag = find_flag (summary, "A1");
  g_assert_cmpuint (flag->lines->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (flag->lines, 1), ==,
                   find_line (summary, DMP_BLOCK_TREATMENT, "RAMIPRIL 5 mg")->id);
}

/* Midnight in Paris is the day before in UTC. */
static void
test_midnight (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20260112000000+0100" },
              no_allergy_section ());
  record_add (&record, (CdaFixture){ .id = "1.2" }, allergy_section ("Latex", NULL, "2019"));
  summary = record_summarise (&record);
  g_assert_nonnull (strstr (find_flag (summary, "C1")->text, "12/01/2026"));
}

/* --- Problems --------------------------------------------------------------------------------- */

static char *
status_section (const char *status)
{
  return take (
      "11450-4", "<content ID='p'>Embolie pulmonaire</content>",
      g_strdup_printf ("<entry><observation classCode='OBS' moodCode='EVN'><templateId "
                       "root='1.2.250.1.213.1.1.3.37'/><value xsi:type='CD' code='I26.9' "
                       "codeSystem='2.16.840.1.113883.6.3'><originalText><reference value='#p'/>"
                       "</originalText></value><entryRelationship typeCode='REFR'><observation "
                       "classCode='OBS' moodCode='EVN'><code code='33999-4' "
                       "codeSystem='2.16.840.1.113883.6.1'/><value xsi:type='CE' code='%s' "
                       "codeSystem='2.16.840.1.113883.6.96'/></observation></entryRelationship>"
                       "</observation></entry>",
                       status));
}

static const DmpSummaryLine *
line_with_status (DmpSummary **summary, const char *status, DmpBlockId block)
{
  g_auto (Record) record = { 0 };

  record_init (&record);
  record_add (&record, (CdaFixture){ 0 }, status_section (status));
  *summary = record_summarise (&record);
  return find_line (*summary, block, "Embolie pulmonaire");
}

/* Clinical status in SNOMED CT, as IHE has it. */
static void
test_status (void)
{
  g_autoptr (DmpSummary) active = NULL, resolved = NULL, excluded = NULL, suspected = NULL;

  g_assert_cmpint (line_with_status (&active, "55561003", DMP_BLOCK_PROBLEM)->group, ==,
                   DMP_LINE_CURRENT);
  g_assert_nonnull (line_with_status (&resolved, "413322009", DMP_BLOCK_HISTORY));
  g_assert_cmpint (line_with_status (&excluded, "410516002", DMP_BLOCK_PROBLEM)->group, ==,
                   DMP_LINE_EXCLUDED);
  g_assert_cmpstr (line_with_status (&suspected, "415684004", DMP_BLOCK_PROBLEM)->detail, ==,
                   "à confirmer");
}

/* One code, two sides: neither hides the other. */
static void
test_both_sides (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              problem_section ("M16.1", "Coxarthrose droite", "2019", NULL));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              problem_section ("M16.1", "Coxarthrose gauche", "2021", NULL));
  record_add (&record, (CdaFixture){ .id = "1.3" },
              act_section ("NEKA020", "Prothèse de hanche droite", "2020"));
  record_add (&record, (CdaFixture){ .id = "1.4" },
              act_section ("NEKA020", "Prothèse de hanche gauche", "2020"));
  summary = record_summarise (&record);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_PROBLEM), ==, 2);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_PROCEDURE), ==, 2);
}

/* Active here, called resolved over there, both under the active problems. */
static void
test_resolved (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20250101" },
              problem_section ("I26.9", "Embolie pulmonaire", "2024", NULL));
  record_add (&record, (CdaFixture){ .id = "1.2", .date = "20251201", .author = "AUTRE" },
              status_section ("413322009"));
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "C3"));
}

/* --- Results, vaccines, dates ----------------------------------------------------------------- */

static char *
interval_section (const char *limits)
{
  return take (
      "18719-5", "<content ID='r'>Troponine</content>",
      g_strdup_printf ("<entry><observation classCode='OBS' moodCode='EVN'><templateId "
                       "root='1.2.250.1.213.1.1.3.80'/><code code='67151-1' "
                       "codeSystem='2.16.840.1.113883.6.1'><originalText><reference value='#r'/>"
                       "</originalText></code><effectiveTime value='20260110'/><value "
                       "xsi:type='IVL_PQ'>%s</value><referenceRange><observationRange><value "
                       "xsi:type='IVL_PQ'><low value='0' unit='ng/L'/><high value='14' "
                       "unit='ng/L'/></value></observationRange></referenceRange></observation>"
                       "</entry>",
                       limits));
}

/* "< 3" is a result, "0 – 14" its reference range. */
static void
test_interval (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpFactValue *value;

  record_init (&record);
  record_add (&record, (CdaFixture){ 0 },
              interval_section ("<high value='3.5' unit='ng/L' inclusive='false'/>"));
  summary = record_summarise (&record);
  value = find_line (summary, DMP_BLOCK_RESULT, "Troponine")->value;
  g_assert_cmpstr (value->text, ==, "< 3,5 ng/L");
  g_assert_cmpstr (value->low, ==, "0");
  g_assert_cmpstr (value->high, ==, "14");
}

/* The same number in another unit is another result, and cannot be of the same sample. */
static void
test_other_unit (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              result_section_in ("14771-0", "Glycémie", "5.4", "mmol/L", "N", "20260110073000"));
  record_add (&record, (CdaFixture){ .id = "1.2", .author = "AUTRE" },
              result_section_in ("14771-0", "Glycémie", "5.4", "g/L", "N", "20260110073000"));
  summary = record_summarise (&record);
  g_assert_cmpuint (find_line (summary, DMP_BLOCK_RESULT, "Glycémie")->points->len, ==, 2);
  g_assert_nonnull (find_flag (summary, "C8"));
}

/* The same result in two units is no contradiction. */
static void
test_converted (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              result_section_in ("14771-0", "Glycémie", "5.6", "mmol/L", "N", "20260110073000"));
  record_add (&record, (CdaFixture){ .id = "1.2", .author = "AUTRE" },
              result_section_in ("14771-0", "Glycémie", "1.01", "g/L", "N", "20260110073000"));
  summary = record_summarise (&record);
  g_assert_null (find_flag (summary, "C8"));
}

static char *
in_mood (char *section, const char *mood)
{
  g_autofree char *own = section;
  g_autoptr (GString) out = g_string_new (own);
  g_autofree char *attribute = g_strdup_printf ("moodCode='%s'", mood);

  g_string_replace (out, "moodCode='EVN'", attribute, 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What is ordered or aimed at is neither injected nor measured. */
static void
test_planned (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              in_mood (vaccine_section ("J07BB02", "VAXIGRIP", "20260110"), "INT"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              in_mood (result_section ("4548-4", "HbA1c", "6.5", "N", "20260110"), "GOL"));
  record_add (&record, (CdaFixture){ .id = "1.3" },
              result_section ("4548-4", "HbA1c", "9.1", "H", "20251201"));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_VACCINE, "Grippe");
  g_assert_cmpstr (line->label, ==, "prévu");
  g_assert_cmpint (line->group, !=, DMP_LINE_CURRENT);
  line = g_ptr_array_index (dmp_summary_get_block (summary, DMP_BLOCK_RESULT)->lines, 0);
  g_assert_cmpstr (line->value->number, ==, "9.1");
  g_assert_cmpuint (line->points->len, ==, 1);
}

/* Two stays of one year, without a day. */
static void
test_stays_of_a_year (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  static const char *const words[] = { "Infarctus", "Fracture du col" };

  record_init (&record);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *id = g_strdup_printf ("1.%u", i);

      record_add (&record, (CdaFixture){ .id = id },
                  take ("46240-8", words[i],
                        g_strdup_printf ("<entry><encounter classCode='ENC' moodCode='EVN'>"
                                         "<templateId root='1.2.250.1.213.1.1.3.58'/><code "
                                         "code='IMP' codeSystem='2.16.840.1.113883.5.4'/><text>%s"
                                         "</text><effectiveTime><low value='2019'/></effectiveTime>"
                                         "</encounter></entry>",
                                         words[i])));
    }
  summary = record_summarise (&record);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_EVENT), ==, 2);
}

/* In the year of birth, and before it. */
static void
test_before_birth (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ 0 },
              problem_section ("J45", "Asthme", "19530101", NULL)); /* born on 3 February */
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "C9"));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/Paris", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/harm/A-ruled-out", test_ruled_out);
  g_test_add_func ("/harm/A-agents-apart", test_agents_apart);
  g_test_add_func ("/harm/A1-same-substance", test_same_substance);
  g_test_add_func ("/harm/A1-still-listed", test_still_listed);
  g_test_add_func ("/harm/A1-T2-deliveries-once", test_deliveries_once);
  g_test_add_func ("/harm/T1-two-strengths", test_two_strengths);
  g_test_add_func ("/harm/T1-own-posology", test_own_posology);
  g_test_add_func ("/harm/T2-admission", test_admission);
  g_test_add_func ("/harm/C2-all-changed", test_all_changed);
  g_test_add_func ("/harm/T2-letter-after-VSM", test_letter_after_vsm);
  g_test_add_func ("/harm/T2-duration", test_duration);
  g_test_add_func ("/harm/T2-taken-up-again", test_taken_up_again);
  g_test_add_func ("/harm/C4-weekly", test_weekly);
  g_test_add_func ("/harm/one-place", test_one_place);
  g_test_add_func ("/harm/midnight", test_midnight);
  g_test_add_func ("/harm/P1-status", test_status);
  g_test_add_func ("/harm/P2-E1-both-sides", test_both_sides);
  g_test_add_func ("/harm/C3-resolved", test_resolved);
  g_test_add_func ("/harm/L1-interval", test_interval);
  g_test_add_func ("/harm/C8-other-unit", test_other_unit);
  g_test_add_func ("/harm/C8-converted", test_converted);
  g_test_add_func ("/harm/V1-L1-planned", test_planned);
  g_test_add_func ("/harm/E2-stays-of-a-year", test_stays_of_a_year);
  g_test_add_func ("/harm/C9-before-birth", test_before_birth);
  return g_test_run ();
}
