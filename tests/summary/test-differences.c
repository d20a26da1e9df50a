#include "config.h"

#include "summary-fixture.h"

#include <string.h>

/* Rules that set documents against each other, each by its id: stays, sides, blood groups, traits.
 * The summary's day is 15 January 2026, its patient a woman of 72. */

#define STAY(from, to)                                                                             \
  "<componentOf><encompassingEncounter><code code='IMP' codeSystem='2.16.840.1.113883.5.4'/>"      \
  "<effectiveTime><low value='" from "'/><high value='" to "'/></effectiveTime>"                   \
  "</encompassingEncounter></componentOf>"

#define AT(name)                                                                                   \
  "<custodian><assignedCustodian><representedCustodianOrganization><name>" name "</name>"          \
  "</representedCustodianOrganization></assignedCustodian></custodian>"

/* --- 5.7 -------------------------------------------------------------------------------------- */

static void
test_stays (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  GPtrArray *stays;
  const DmpSummaryLine *line;
  CdaFixture letter = { .id = "1.1",
                        .type = "code='34105-7' codeSystem='2.16.840.1.113883.6.1'",
                        .extra = STAY ("20251124", "20251128") };
  CdaFixture report = letter;
  CdaFixture later = letter;

  report.id = "1.2";
  report.author = "AUTRE";
  report.extra = STAY ("20251123", "20251124");
  later.id = "1.3";
  later.extra = STAY ("20251215", "20251217");
  record_init (&record);
  record_add (&record, letter, g_strdup (""));
  record_add (&record, report, g_strdup (""));
  record_add (&record, later, g_strdup (""));
  summary = record_summarise (&record);
  stays = dmp_summary_get_stays (summary);
  g_assert_cmpuint (stays->len, ==, 3); /* nobody says where: two lines rather than one (P9) */
  line = g_ptr_array_index (stays, 0);
  g_assert_cmpstr (line->date, ==, "20251215");
}

/* The same hospital, days that touch: one episode, from the first day to the last. */
static void
test_episode (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;
  CdaFixture letter = { .id = "1.1",
                        .type = "code='34105-7' codeSystem='2.16.840.1.113883.6.1'",
                        .extra = AT ("CHU de Meaux") STAY ("20251124", "20251128") };
  CdaFixture emergency = letter;
  CdaFixture elsewhere = letter;

  emergency.id = "1.2";
  emergency.extra = AT ("CHU de Meaux (urgences)") STAY ("20251123", "20251123");
  elsewhere.id = "1.3";
  elsewhere.extra = AT ("Clinique") STAY ("20251128", "20251202");
  record_init (&record);
  record_add (&record, letter, g_strdup (""));
  record_add (&record, emergency, g_strdup (""));
  record_add (&record, elsewhere, g_strdup (""));
  summary = record_summarise (&record);
  g_assert_cmpuint (dmp_summary_get_stays (summary)->len, ==, 2);
  line = g_ptr_array_index (dmp_summary_get_stays (summary), 1);
  g_assert_cmpstr (line->date, ==, "20251123");
  g_assert_cmpstr (line->end_date, ==, "20251128");
  g_assert_cmpuint (line->sources->len, ==, 2);
}

/* --- C5, C6, C7, C10 -------------------------------------------------------------------------- */

static void
test_sides (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (DmpSummary) both = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              act_section ("NEKA020", "Prothèse de hanche gauche", "20200618"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              act_section ("NEKA020", "Prothèse de hanche droite", "20220618"));
  both = record_summarise (&record);
  g_assert_null (find_flag (both, "C5")); /* two hips, two days */
  record_add (&record, (CdaFixture){ .id = "1.3", .author = "AUTRE" },
              act_section ("NEKA020", "Prothèse de hanche droite", "20200618"));
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "C5"));
  g_assert_cmpuint (find_flag (summary, "C5")->sources->len, ==, 2);
}

static void
test_blood (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) same = NULL;
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, blood_section ("A Rh positif", "20100101"));
  record_add (&record, (CdaFixture){ .id = "1.2" }, blood_section ("A+", "20150101"));
  same = record_summarise (&record);
  g_assert_null (find_flag (same, "C6"));
  record_add (&record, (CdaFixture){ .id = "1.3" }, blood_section ("O Rh positif", "20180101"));
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "C6"));
  g_assert_cmpint (find_flag (summary, "C6")->severity, ==, DMP_SEVERITY_RED);
}

static void
test_traits (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) same = NULL;
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, allergy_section ("Iode", NULL, "2019"));
  same = record_summarise (&record);
  g_assert_null (find_flag (same, "C7"));
  record_add (&record, (CdaFixture){ .id = "1.2", .given = "SOLANGE" },
              allergy_section ("Latex", NULL, "2019"));
  summary = record_summarise (&record);
  g_assert_nonnull (find_flag (summary, "C7"));
  g_assert_nonnull (strstr (find_flag (summary, "C7")->text, "SOLANGE"));
}

static void
test_sexes (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  GPtrArray *flags;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              problem_section ("N40", "Hyperplasie de la prostate", "2015", NULL));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              problem_section ("N95.1", "Ménopause", "2005", NULL));
  summary = record_summarise (&record);
  flags = dmp_summary_get_flags (summary);
  g_assert_cmpuint (flags->len, ==, 1);
  g_assert_cmpstr (find_flag (summary, "C10")->text, ==, "Hyperplasie de la prostate (N40)");
  g_assert_cmpint (find_flag (summary, "C10")->severity, ==, DMP_SEVERITY_QUIET);
}

/* --- §7: the age of the synthesis ------------------------------------------------------------- */

static void
test_vsm (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) none = NULL;
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryVsm *vsm;
  CdaFixture synthesis = { .id = "1.1",
                           .date = "20240710093000+0200",
                           .type = "code='SYNTH' codeSystem='1.2.250.1.213.1.1.4.12'" };

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.2" }, problem_section ("I48", "FA", "2026", NULL));
  none = record_summarise (&record);
  g_assert_null (dmp_summary_get_vsm (none));
  record_add (&record, synthesis, problem_section ("I10", "HTA", "2004", NULL));
  summary = record_summarise (&record);
  vsm = dmp_summary_get_vsm (summary);
  g_assert_cmpstr (vsm->source->document, ==, "1.1");
  g_assert_cmpint (vsm->months, ==, 18);
  g_assert_true (vsm->stale);
  g_assert_cmpuint (vsm->n_newer, ==, 1);
  g_assert_cmpstr (vsm->sentence, ==, "VSM du 10/07/2024 (18 mois) · 1 élément plus récent");
}

/* --- Ids and tables --------------------------------------------------------------------------- */

static void
test_ids_and_tables (void)
{
  g_auto (Record) record = { 0 };
  g_auto (Record) turned = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (DmpSummary) again = NULL;
  g_autofree char *json = NULL, *json_again = NULL;
  CdaFixture one = { .id = "1.1" }, two = { .id = "1.2" };

  record_init (&record);
  record_init (&turned);
  record_add (&record, one, blood_section ("A+", "20100101"));
  record_add (&record, two, blood_section ("B+", "20100101"));
  record_add (&turned, two, blood_section ("B+", "20100101"));
  record_add (&turned, one, blood_section ("A+", "20100101"));
  summary = record_summarise (&record);
  again = record_summarise (&turned);
  g_assert_true (g_str_has_prefix (find_flag (summary, "C6")->id, "C6-"));
  g_assert_cmpstr (find_flag (summary, "C6")->id, ==, find_flag (again, "C6")->id);
  json = dmp_summary_dup_json (summary);
  json_again = dmp_summary_dup_json (again);
  g_assert_cmpstr (json, ==, json_again);
  g_assert_cmpuint (dmp_summary_get_tables (summary)->len, ==, 12);
  g_assert_nonnull (strstr (json, "\"interactions\" : false"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/differences/E2-stays", test_stays);
  g_test_add_func ("/differences/E2-episode", test_episode);
  g_test_add_func ("/differences/C5-sides", test_sides);
  g_test_add_func ("/differences/C6-blood", test_blood);
  g_test_add_func ("/differences/C7-traits", test_traits);
  g_test_add_func ("/differences/C10-sexes", test_sexes);
  g_test_add_func ("/differences/vsm", test_vsm);
  g_test_add_func ("/differences/ids-and-tables", test_ids_and_tables);
  return g_test_run ();
}
