#include "config.h"

#include "summary-fixture.h"

#include <string.h>

#define INSURER "1.2.250.1.213.1.1.1.36"

/* --- I and D: what counts
 * -------------------------------------------------------------------------- */

static void
test_identity (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .ins = "155027700412395" },
              allergy_section ("Iode", NULL, "2019"));
  record_add (&record, (CdaFixture){ .id = "1.2" }, allergy_section ("Latex", NULL, "2019"));
  summary = record_summarise (&record);
  g_assert_cmpint (state_of (summary, "1.1"), ==, DMP_READ_FAILED);
  g_assert_null (find_line (summary, DMP_BLOCK_ALLERGY, "Iode"));
  g_assert_nonnull (find_line (summary, DMP_BLOCK_ALLERGY, "Latex"));
  g_assert_cmpuint (dmp_summary_get_coverage (summary)->read, ==, 1);
}

static void
test_versions (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, allergy_section ("Iode", NULL, "2019"));
  record_add (&record, (CdaFixture){ .id = "1.2", .replaces = "1.1" },
              allergy_section ("Latex", NULL, "2019"));
  record_add_with_status (&record, (CdaFixture){ .id = "1.3" },
                          allergy_section ("Noix", NULL, "2019"), DMP_STATUS_DEPRECATED);
  record_add_with_status (&record, (CdaFixture){ .id = "1.4" },
                          allergy_section ("Oeuf", NULL, "2019"), DMP_STATUS_ARCHIVED);
  summary = record_summarise (&record);
  g_assert_cmpint (state_of (summary, "1.1"), ==, DMP_READ_REPLACED);
  g_assert_cmpint (state_of (summary, "1.3"), ==, DMP_READ_REPLACED);
  g_assert_cmpint (state_of (summary, "1.4"), ==, DMP_READ_ARCHIVED);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_ALLERGY), ==, 1);
  g_assert_cmpuint (dmp_summary_get_coverage (summary)->listed, ==, 1);
}

/* Two documents that claim to replace each other: neither may vanish. */
static void
test_ring (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .replaces = "1.2" },
              allergy_section ("Iode", NULL, "2019"));
  record_add (&record, (CdaFixture){ .id = "1.2", .replaces = "1.1" },
              allergy_section ("Latex", NULL, "2019"));
  summary = record_summarise (&record);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_ALLERGY), ==, 2);
}

static void
test_copies (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  CdaFixture fixture = { .id = "1.1" };
  g_autofree char *section = allergy_section ("Iode", NULL, "2019");
  g_autoptr (DmpCdaDocument) document = NULL;
  g_autoptr (DmpDocumentEntry) again = NULL;
  DmpDocumentEntryFields fields = {
    .unique_id = "1.9", .title = "Copie", .size = -1, .version = 1
  };

  record_init (&record);
  fixture.sections = section;
  document = cda_fixture_parse (&fixture);
  again = dmp_document_entry_new (&fields);
  record_add (&record, (CdaFixture){ .id = "1.1" }, g_strdup (section));
  dmp_summary_builder_add (record.builder, again, document);
  summary = record_summarise (&record);
  g_assert_cmpuint (dmp_summary_get_coverage (summary)->counts[DMP_READ_DUPLICATE], ==, 1);
  g_assert_cmpuint (dmp_summary_get_coverage (summary)->read, ==, 2);
  g_assert_cmpuint (find_line (summary, DMP_BLOCK_ALLERGY, "Iode")->sources->len, ==, 1);
}

static void
test_unread (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  DmpDocumentEntryFields fields = { .unique_id = "1.1", .title = "x", .size = -1, .version = 1 };
  g_autoptr (DmpDocumentEntry) entry = dmp_document_entry_new (&fields);

  record_init (&record);
  dmp_summary_builder_add_unread (record.builder, entry, DMP_UNREAD_PENDING, NULL);
  summary = record_summarise (&record);
  g_assert_cmpint (state_of (summary, "1.1"), ==, DMP_READ_PENDING);
  /* nothing is said to be absent while something is still to come */
  g_assert_cmpstr (dmp_summary_get_block (summary, DMP_BLOCK_ALLERGY)->sentence, ==,
                   "Lecture en cours");
  g_clear_object (&summary);
  dmp_summary_builder_add_unread (record.builder, entry, DMP_UNREAD_CORRUPT, NULL);
  summary = record_summarise (&record);
  g_assert_cmpint (state_of (summary, "1.1"), ==, DMP_READ_FAILED);
  g_assert_cmpstr (dmp_summary_get_block (summary, DMP_BLOCK_ALLERGY)->sentence, ==, "Non lisible");
}

/* --- A, C1: allergies
 * --------------------------------------------------------------------------------- */

static void
test_allergies (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;
  const DmpSummaryFlag *flag;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20190301" },
              allergy_section ("Pénicilline", "J01C", "2019"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              allergy_section ("pénicilline", NULL, "201905"));
  record_add (&record, (CdaFixture){ .id = "1.3", .template = INSURER },
              delivery_section ("3400930234259", "AMOXICILLINE 1 G", "20251222"));
  record_add (&record, (CdaFixture){ .id = "1.4" }, no_allergy_section ());
  summary = record_summarise (&record);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_ALLERGY), ==, 2);
  line = find_line (summary, DMP_BLOCK_ALLERGY, "pénicilline"); /* the newest words */
  g_assert_nonnull (line);
  g_assert_cmpuint (line->sources->len, ==, 2);
  g_assert_cmpstr (line->date, ==, "2019"); /* the earliest day, as partial as it was */
  g_assert_cmpint (find_line (summary, DMP_BLOCK_ALLERGY, "Aucune allergie connue")->group, ==,
                   DMP_LINE_EXCLUDED);
  flag = find_flag (summary, "A1");
  g_assert_nonnull (flag);
  g_assert_cmpint (flag->severity, ==, DMP_SEVERITY_RED);
  g_assert_nonnull (strstr (flag->text, "AMOXICILLINE"));
  g_assert_cmpuint (flag->sources->len, ==, 3);
  g_assert_nonnull (find_flag (summary, "C1"));
}

/* A medicine given before the allergy was known is no alarm; another class neither. */
static void
test_no_alarm (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, allergy_section ("Pénicilline", NULL, "2023"));
  record_add (&record, (CdaFixture){ .id = "1.2", .template = INSURER },
              delivery_section ("1", "AMOXICILLINE 1 G", "20220101"));
  record_add (&record, (CdaFixture){ .id = "1.3", .template = INSURER },
              delivery_section ("2", "PARACETAMOL 1 G", "20251222"));
  summary = record_summarise (&record);
  g_assert_null (find_flag (summary, "A1"));
  g_assert_null (find_flag (summary, "C1"));
}

/* A combination is of the classes of what is in it, whichever way it is named. */
static void
test_combination (void)
{
  static const char *const names[] = { "AMOXICILLINE/ACIDE CLAVULANIQUE ESSAI 1 g/125 mg",
                                       "AUGMENTIN 1 g" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (Record) record = { 0 };
      g_autoptr (DmpSummary) summary = NULL;

      record_init (&record);
      record_add (&record, (CdaFixture){ .id = "1.1" },
                  allergy_section ("Amoxicilline", NULL, "2019"));
      record_add (&record, (CdaFixture){ .id = "1.2", .template = INSURER },
                  delivery_section ("1", names[i], "20251222"));
      summary = record_summarise (&record);
      g_test_message ("%s", names[i]);
      g_assert_nonnull (find_flag (summary, "A1"));
    }
}

/* A part of a combination interacts as it does alone. */
static void
test_interaction_of_part (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryFlag *flag;

  record_init (&record);
  record_add (
      &record, (CdaFixture){ .id = "1.1" },
      prescription_section ("1", "EZETIMIBE/SIMVASTATINE 10 mg", "1 cp", "20260105", "20260205"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              prescription_section ("2", "CLARITHROMYCINE 500 mg", "1 cp", "20260110", "20260210"));
  dmp_summary_builder_set_checks (record.builder, DMP_CHECKS_DEFAULT | DMP_CHECK_INTERACTIONS);
  summary = record_summarise (&record);
  flag = find_flag (summary, "T6");
  g_assert_nonnull (flag);
  g_assert_nonnull (strstr (flag->text, "EZETIMIBE/SIMVASTATINE"));
}

/* P3: the three states of an empty block. */
static void
test_three_states (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) nothing = NULL;
  g_autoptr (DmpSummary) none = NULL;
  const char *sentence;

  record_init (&record);
  nothing = record_summarise (&record);
  g_assert_cmpstr (dmp_summary_get_block (nothing, DMP_BLOCK_ALLERGY)->sentence, ==,
                   "Aucune information");
  record_add (&record, (CdaFixture){ .id = "1.4" }, no_allergy_section ());
  none = record_summarise (&record);
  sentence = dmp_summary_get_block (none, DMP_BLOCK_ALLERGY)->sentence;
  g_assert_true (g_str_has_prefix (sentence, "Aucune allergie connue ("));
  g_assert_nonnull (strstr (sentence, "PETIT"));
  g_assert_nonnull (strstr (sentence, "10/01/2026"));
}

/* --- P: problems
 * ----------------------------------------------------------------------------------------- */

static void
test_problems (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryBlock *block;
  const DmpSummaryLine *first;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, problem_section ("I10", "HTA", "2004", NULL));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              problem_section ("I10", "Hypertension", "2005", NULL));
  record_add (&record, (CdaFixture){ .id = "1.3", .function = "PCP" },
              problem_section ("E03.9", "Hypothyroïdie", "2015", NULL));
  record_add (&record, (CdaFixture){ .id = "1.4" }, problem_section ("R05", "Toux", "2025", NULL));
  record_add (&record, (CdaFixture){ .id = "1.5" },
              problem_section ("I11.9", "Cardiopathie", "2020", NULL));
  summary = record_summarise (&record);
  block = dmp_summary_get_block (summary, DMP_BLOCK_PROBLEM);
  g_assert_cmpuint (block->lines->len, ==, 4); /* P2: I10 twice is one, I11.9 is another */
  first = g_ptr_array_index (block->lines, 0);
  g_assert_cmpstr (first->text, ==, "Hypothyroïdie"); /* P5: the médecin traitant first */
  g_assert_cmpint (first->trust, ==, DMP_TRUST_MT);
  g_assert_cmpuint (((DmpSummaryLine *) g_ptr_array_index (block->lines, 1))->sources->len, ==, 2);
  g_assert_cmpint (find_line (summary, DMP_BLOCK_PROBLEM, "Toux")->group, ==, DMP_LINE_FOLDED);
  g_assert_cmpuint (block->n_folded, ==, 1);
}

static void
test_ended (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20230110093000+0100" },
              problem_section ("D50.9", "Anémie", "202203", NULL));
  record_add (&record, (CdaFixture){ .id = "1.2", .author = "LEROY" },
              problem_section ("D50.9", "Anémie ferriprive", "202203", "202306"));
  summary = record_summarise (&record);
  g_assert_nonnull (find_line (summary, DMP_BLOCK_PROBLEM, "Anémie"));
  g_assert_cmpstr (find_line (summary, DMP_BLOCK_HISTORY, "Anémie ferriprive")->end_date, ==,
                   "202306");
  g_assert_nonnull (find_flag (summary, "C3"));
}

/* An end that is known to the year or to the month is an end. */
static void
test_partial_ends (void)
{
  static const struct
  {
    const char *end;
    DmpBlockId block;
  } rows[] = { { "2016", DMP_BLOCK_HISTORY },
               { "201611", DMP_BLOCK_HISTORY },
               { "2026", DMP_BLOCK_PROBLEM }, /* not over yet */
               { "202601", DMP_BLOCK_PROBLEM } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Record) record = { 0 };
      g_autoptr (DmpSummary) summary = NULL;
      g_autofree char *entry = g_strdup_printf (
          "<entry><observation classCode='OBS' moodCode='EVN'><templateId "
          "root='1.2.250.1.213.1.1.3.37'/><text><reference value='#p'/></text><effectiveTime><low "
          "value='2015'/><high value='%s'/></effectiveTime><value xsi:type='CD' code='F32.1' "
          "codeSystem='2.16.840.1.113883.6.3'/></observation></entry>",
          rows[i].end);

      record_init (&record);
      record_add (&record, (CdaFixture){ .id = "1.1" },
                  cda_fixture_section ("11450-4", "Problèmes",
                                       "<content ID='p'>Épisode dépressif</content>", entry));
      summary = record_summarise (&record);
      g_assert_nonnull (find_line (summary, rows[i].block, "Épisode dépressif"));
    }
}

/* --- T, C2, C4: treatments
 * -------------------------------------------------------------------------------- */

static void
test_treatments (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record,
              (CdaFixture){ .id = "1.1", .date = "20250811093000+0200", .function = "PCP" },
              treatment_section ("69340279", "ELIQUIS 2,5 mg, comprimé pelliculé",
                                 "1 cp matin et soir", "", ""));
  record_add (&record, (CdaFixture){ .id = "1.2", .template = INSURER },
              delivery_section ("3400941945670", "ELIQUIS 2,5MG CPR 60", "20251230"));
  record_add (&record, (CdaFixture){ .id = "1.3", .template = INSURER },
              delivery_section ("34009", "CHOSE INCONNUE", "20240101"));
  record_add (&record,
              (CdaFixture){ .id = "1.4", .date = "20200811093000+0200", .author = "VIEUX" },
              treatment_section ("63245753", "COUMADINE 5 mg", "1 cp le soir", "", ""));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_TREATMENT, "ELIQUIS 2,5 mg, comprimé pelliculé");
  g_assert_cmpint (line->group, ==, DMP_LINE_CURRENT);
  g_assert_cmpstr (line->detail, ==, "1 cp matin et soir");
  g_assert_cmpstr (line->substance, ==, "apixaban");
  g_assert_cmpstr (line->label, ==, "liste MT");
  g_assert_cmpuint (line->tracks->len, ==, 3); /* T1: list and delivery on one line, T3: a bar */
  g_assert_cmpint (find_line (summary, DMP_BLOCK_TREATMENT, "COUMADINE 5 mg")->group, ==,
                   DMP_LINE_PAST);
  g_assert_cmpint (find_line (summary, DMP_BLOCK_TREATMENT, "CHOSE INCONNUE")->group, ==,
                   DMP_LINE_PAST);
}

static void
test_dosages (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryFlag *flag;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              treatment_section ("63564053", "PLAVIX 75 mg", "1 cp/j", CDA_PERIOD ("6", "h"),
                                 CDA_DOSE ("1")));
  summary = record_summarise (&record);
  flag = find_flag (summary, "C4");
  g_assert_nonnull (flag);
  g_assert_nonnull (strstr (flag->text, "1 cp/j"));
  g_assert_nonnull (strstr (flag->text, "1 cp toutes les 6 h"));
  g_assert_cmpuint (flag->lines->len, ==, 1);
  g_assert_nonnull (dmp_summary_get_line (summary, g_ptr_array_index (flag->lines, 0)));
}

static void
test_lists (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryFlag *flag;

  record_init (&record);
  record_add (&record,
              (CdaFixture){ .id = "1.1", .date = "20250811093000+0200", .author = "LEROY" },
              treatment_section ("60192594", "FUROSEMIDE 20 mg", "1 cp le matin", "", ""));
  record_add (&record, (CdaFixture){ .id = "1.2", .date = "20251128093000+0100" },
              treatment_section ("60192594", "FUROSEMIDE 40 mg", "2 cp le matin", "", ""));
  summary = record_summarise (&record);
  flag = find_flag (summary, "C2");
  g_assert_nonnull (flag);
  g_assert_nonnull (strstr (flag->text, "2 cp le matin"));
  g_assert_cmpuint (flag->sources->len, ==, 2);
}

/* --- L: results
 * -------------------------------------------------------------------------------------------- */

static void
test_results (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;
  const DmpSummaryPoint *point;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20251210093000+0100" },
              result_section ("2823-3", "Potassium", "4.7", "N", "20251210073000+0100"));
  record_add (&record, (CdaFixture){ .id = "1.2", .date = "20260114093000+0100" },
              result_section ("2823-3", "Potassium", "5.2", "H", "20260114073000+0100"));
  record_add (&record, (CdaFixture){ .id = "1.3", .date = "20260114093000+0100" },
              result_section ("9999-9", "Rareté", "1", "", "20260114073000+0100"));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_RESULT, "Potassium");
  g_assert_cmpint (line->group, ==, DMP_LINE_CURRENT);
  g_assert_cmpstr (line->value->number, ==, "5.2");
  g_assert_cmpstr (line->value->flag, ==, "H");
  g_assert_cmpstr (line->previous->number, ==, "4.7");
  g_assert_cmpuint (line->points->len, ==, 2);
  point = g_ptr_array_index (line->points, 1);
  g_assert_cmpfloat (point->value, ==, 5.2);
  g_assert_true (point->abnormal);
  g_assert_cmpint (find_line (summary, DMP_BLOCK_RESULT, "Rareté")->group, ==, DMP_LINE_FOLDED);
}

/* C8, and an L2 trap: another unit is another series. */
static void
test_two_values (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              result_section ("2823-3", "Potassium", "3.3", "L", "20240618073000+0200"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              result_section ("2823-3", "Potassium", "3.8", "N", "20240618073000+0200"));
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "C8"));
  g_assert_cmpuint (find_line (summary, DMP_BLOCK_RESULT, "Potassium")->points->len, ==, 2);
}

/* --- The rest
 * ------------------------------------------------------------------------------------------------
 */

static void
test_news_and_sentences (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (DmpSummary) treating = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .date = "20251001093000+0200" },
              problem_section ("I10", "HTA", "2004", NULL));
  record_add (&record, (CdaFixture){ .id = "1.2" }, problem_section ("I48", "FA", "2026", NULL));
  dmp_summary_builder_set_last_visit (record.builder, "20251104");
  summary = record_summarise (&record);
  g_assert_cmpuint (dmp_summary_get_news (summary)->len, ==, 1);
  g_assert_true (find_line (summary, DMP_BLOCK_PROBLEM, "FA")->is_new);
  g_assert_false (find_line (summary, DMP_BLOCK_PROBLEM, "HTA")->is_new);
  g_assert_nonnull (strstr (dmp_summary_get_news_title (summary), "04/11/2025"));
  g_assert_nonnull (strstr (dmp_summary_get_masking_sentence (summary), "peut avoir masqué"));
  dmp_summary_builder_set_reader (record.builder, "899700000017", TRUE);
  treating = record_summarise (&record);
  g_assert_nonnull (strstr (dmp_summary_get_masking_sentence (treating), "ne pas les révéler"));
}

static void
test_dates (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, problem_section ("I10", "HTA", "1941", NULL));
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "C9"));
}

static void
test_text (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, allergy_section ("Iode", NULL, "2019"));
  summary = record_summarise (&record);
  text = dmp_summary_dup_text (summary);
  json = dmp_summary_dup_json (summary);
  g_assert_nonnull (strstr (text, "Iode"));
  g_assert_nonnull (strstr (text, "1 / 1 documents lus"));
  g_assert_nonnull (strstr (json, "\"allergy\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/summary/I1-identity", test_identity);
  g_test_add_func ("/summary/I3-I5-versions", test_versions);
  g_test_add_func ("/summary/I3-ring", test_ring);
  g_test_add_func ("/summary/D1-copies", test_copies);
  g_test_add_func ("/summary/unread", test_unread);
  g_test_add_func ("/summary/A0-A1-C1-allergies", test_allergies);
  g_test_add_func ("/summary/A1-no-alarm", test_no_alarm);
  g_test_add_func ("/summary/A1-combination", test_combination);
  g_test_add_func ("/summary/T6-part", test_interaction_of_part);
  g_test_add_func ("/summary/three-states", test_three_states);
  g_test_add_func ("/summary/P-problems", test_problems);
  g_test_add_func ("/summary/P-C3-ended", test_ended);
  g_test_add_func ("/summary/P1-partial-ends", test_partial_ends);
  g_test_add_func ("/summary/T-treatments", test_treatments);
  g_test_add_func ("/summary/C4-dosages", test_dosages);
  g_test_add_func ("/summary/C2-lists", test_lists);
  g_test_add_func ("/summary/L-results", test_results);
  g_test_add_func ("/summary/C8-two-values", test_two_values);
  g_test_add_func ("/summary/news-and-sentences", test_news_and_sentences);
  g_test_add_func ("/summary/C9-dates", test_dates);
  g_test_add_func ("/summary/text", test_text);
  return g_test_run ();
}
