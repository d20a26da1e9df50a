#include "config.h"

#include "summary-fixture.h"

#include <string.h>

/* A line that the reader took apart (design: §7 "wrong merge"): one part a document, nothing lost,
 * and one line again when asked. */

static char *
dup_json (Record *record)
{
  g_autoptr (DmpSummary) summary = record_summarise (record);

  return dmp_summary_dup_json (summary);
}

static guint
count_parts (DmpSummary *summary, DmpBlockId block, const char *whole)
{
  GPtrArray *lines = dmp_summary_get_block (summary, block)->lines;
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (lines, i);

      if (g_strcmp0 (line->whole, whole) != 0)
        continue;
      g_assert_cmpstr (line->id, !=, whole);
      n++;
    }

  return n;
}

static void
add_allergies (Record *record)
{
  record_add (record, (CdaFixture){ .id = "1.1" }, allergy_section ("Pénicilline", "J01C", "2019"));
  record_add (record, (CdaFixture){ .id = "1.2", .author = "AUTRE" },
              allergy_section ("Pénicilline G", "J01C", "2021"));
  record_add (record, (CdaFixture){ .id = "1.3" }, allergy_section ("Latex", NULL, "2020"));
}

static void
test_parts (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) one = NULL, apart = NULL;
  const DmpSummaryLine *line;
  g_autofree char *before = NULL, *after = NULL;

  record_init (&record);
  add_allergies (&record);
  one = record_summarise (&record);
  before = dup_json (&record);
  line = find_line (one, DMP_BLOCK_ALLERGY, "Pénicilline");
  if (line == NULL)
    line = find_line (one, DMP_BLOCK_ALLERGY, "Pénicilline G");
  g_assert_nonnull (line);
  g_assert_cmpuint (line->sources->len, ==, 2);
  g_assert_null (line->whole);

  dmp_summary_builder_set_apart (record.builder, line->id, TRUE);
  apart = record_summarise (&record);
  g_assert_cmpuint (count_lines (apart, DMP_BLOCK_ALLERGY), ==, 3);
  g_assert_cmpuint (count_parts (apart, DMP_BLOCK_ALLERGY, line->id), ==, 2);
  g_assert_cmpstr (find_line (apart, DMP_BLOCK_ALLERGY, "Pénicilline")->date, ==, "2019");
  g_assert_cmpstr (find_line (apart, DMP_BLOCK_ALLERGY, "Pénicilline G")->date, ==, "2021");
  g_assert_null (find_line (apart, DMP_BLOCK_ALLERGY, "Latex")->whole);

  dmp_summary_builder_set_apart (record.builder, line->id, FALSE);
  after = dup_json (&record);
  g_assert_cmpstr (after, ==, before);
}

/* One document is one part: nothing to take apart, and the line keeps its id. */
static void
test_single (void)
{
  g_auto (Record) record = { 0 };
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  add_allergies (&record);
  before = dup_json (&record);
  summary = record_summarise (&record);
  dmp_summary_builder_set_apart (record.builder,
                                 find_line (summary, DMP_BLOCK_ALLERGY, "Latex")->id, TRUE);
  after = dup_json (&record);
  g_assert_cmpstr (after, ==, before);
}

/* What the group was checked for is still said, once, and every source is still there. */
static void
test_checks (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) one = NULL, apart = NULL;
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .author = "LEROY" },
              prescription_section ("1", "DOLIPRANE 1 g", "1 cp", "20260105", "20260205"));
  record_add (
      &record, (CdaFixture){ .id = "1.2" },
      prescription_section ("2", "PARACETAMOL BIOGARAN 500 mg", "1 cp", "20260110", "20260210"));
  one = record_summarise (&record);
  g_assert_nonnull (find_flag (one, "B1"));
  line = g_ptr_array_index (dmp_summary_get_block (one, DMP_BLOCK_TREATMENT)->lines, 0);
  dmp_summary_builder_set_apart (record.builder, line->id, TRUE);
  apart = record_summarise (&record);
  g_assert_cmpuint (count_parts (apart, DMP_BLOCK_TREATMENT, line->id), ==, 2);
  g_assert_nonnull (find_flag (apart, "B1"));
  g_assert_cmpuint (dmp_summary_get_flags (apart)->len, ==, dmp_summary_get_flags (one)->len);
  g_assert_cmpuint (find_flag (apart, "B1")->lines->len, ==, 2);
}

/* The order in which the documents came does not show. */
static void
test_order (void)
{
  g_auto (Record) there = { 0 }, back = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *first = NULL, *second = NULL, *id = NULL;

  record_init (&there);
  record_init (&back);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("1.%d", i), *last = g_strdup_printf ("1.%d", 2 - i);
      g_autofree char *day = g_strdup_printf ("2025121%d073000+0100", i);
      g_autofree char *other = g_strdup_printf ("2025121%d073000+0100", 2 - i);

      record_add (&there, (CdaFixture){ .id = name },
                  result_section ("2823-3", "Potassium", "4.7", "N", day));
      record_add (&back, (CdaFixture){ .id = last },
                  result_section ("2823-3", "Potassium", "4.7", "N", other));
    }
  summary = record_summarise (&there);
  id = g_strdup (find_line (summary, DMP_BLOCK_RESULT, "Potassium")->id);
  dmp_summary_builder_set_apart (there.builder, id, TRUE);
  dmp_summary_builder_set_apart (back.builder, id, TRUE);
  first = dup_json (&there);
  second = dup_json (&back);
  g_assert_cmpstr (first, ==, second);
  g_clear_object (&summary);
  summary = record_summarise (&there);
  g_assert_cmpuint (count_parts (summary, DMP_BLOCK_RESULT, id), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apart/parts", test_parts);
  g_test_add_func ("/apart/single", test_single);
  g_test_add_func ("/apart/checks", test_checks);
  g_test_add_func ("/apart/order", test_order);

  return g_test_run ();
}
