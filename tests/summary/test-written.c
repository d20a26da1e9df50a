#include "config.h"

#include "summary-fixture.h"

#include <string.h>

/* C4 beyond doses: the cells of a row against its entry. */

#define HEADS                                                                                      \
  "<table><thead><tr><th>Examen</th><th>Résultat</th><th>Unité</th><th>Repère</th></tr></thead>"
#define RESULT(value, unit, flag)                                                                  \
  "<entry><observation classCode='OBS' moodCode='EVN'><templateId "                                \
  "root='1.2.250.1.213.1.1.3.80'/><code code='2823-3' codeSystem='2.16.840.1.113883.6.1'>"         \
  "<originalText><reference value='#k'/></originalText></code><effectiveTime "                     \
  "value='20260102080000+0100'/><value xsi:type='PQ' value='" value "' unit='" unit "'/>" flag     \
  "</observation></entry>"
#define FLAG(code) "<interpretationCode code='" code "' codeSystem='2.16.840.1.113883.5.83'/>"

static DmpSummary *
summarise (const char *loinc, const char *text, const char *entries)
{
  g_auto (Record) record = { 0 };

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              cda_fixture_section (loinc, "Section", text, entries));
  return record_summarise (&record);
}

static DmpSummary *
summarise_row (const char *value, const char *unit, const char *flag, const char *entry)
{
  g_autofree char *text =
      g_strdup_printf (HEADS "<tbody><tr><td ID='k'>Potassium</td><td>%s</td><td>%s</td><td>%s</td>"
                             "</tr></tbody></table>",
                       value, unit, flag);

  return summarise ("18719-5", text, entry);
}

static void
test_results (void)
{
  static const struct
  {
    const char *value, *unit, *flag, *entry;
    gboolean differs;
  } rows[] = {
    { "4,1", "mmol/L", "", RESULT ("4.1", "mmol/L", ""), FALSE },
    { "4,1", "mmol/L", "", RESULT ("4.12", "mmol/L", ""), FALSE }, /* printed shorter */
    { "4,1", "mmol/L", "", RESULT ("41", "mmol/L", ""), TRUE },    /* ten times */
    { "4,1", "mmol/L", "", RESULT ("4.1", "g/L", ""), TRUE },      /* another unit */
    { "4,1 g/L", "", "", RESULT ("4.1", "mmol/L", ""), TRUE },
    { "1,70", "m", "", RESULT ("170", "cm", ""), FALSE }, /* units that nobody knows */
    { "5", "ng/mL", "", RESULT ("5", "ug/L", ""), FALSE },
    { "env. 4", "mmol/L", "", RESULT ("41", "mmol/L", ""), FALSE }, /* not understood */
    { "1 200", "mmol/L", "", RESULT ("1200", "mmol/L", ""), FALSE },
    { "4,1", "mmol/L", "H", RESULT ("4.1", "mmol/L", FLAG ("N")), TRUE },
    { "4,1", "mmol/L", "H", RESULT ("4.1", "mmol/L", FLAG ("HH")), FALSE },
    { "4,1", "mmol/L", "*", RESULT ("4.1", "mmol/L", FLAG ("N")), FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DmpSummary) summary =
          summarise_row (rows[i].value, rows[i].unit, rows[i].flag, rows[i].entry);

      g_test_message ("row %u", i);
      g_assert_cmpuint (find_flag (summary, "C4") != NULL, ==, rows[i].differs);
    }
}

static void
test_days (void)
{
  static const struct
  {
    const char *cell, *since;
    gboolean differs;
  } rows[] = {
    { "2019", "20190312", FALSE },      { "03/2019", "2019", FALSE },
    { "12/03/2019", "201903", FALSE },  { "2021", "20190312", TRUE },
    { "12/03/2019", "20191203", TRUE }, { "depuis longtemps", "2019", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "<table><thead><tr><th>Depuis</th><th>Pathologie</th></tr></thead><tbody>"
          "<tr><td>%s</td><td ID='p'>Goutte</td></tr></tbody></table>",
          rows[i].cell);
      g_autofree char *head = g_strdup_printf (
          "<entry><act classCode='ACT' moodCode='EVN'><templateId root='1.2.250.1.213.1.1.3.39'/>"
          "<statusCode code='active'/><entryRelationship typeCode='SUBJ'><observation "
          "classCode='OBS' moodCode='EVN'><templateId root='1.2.250.1.213.1.1.3.37'/><text>"
          "<reference value='#p'/></text><effectiveTime><low value='%s'/></effectiveTime><value "
          "xsi:type='CD' code='M10.9' codeSystem='2.16.840.1.113883.6.3'/></observation>"
          "</entryRelationship></act></entry>",
          rows[i].since);
      g_autoptr (DmpSummary) summary = summarise ("11450-4", text, head);

      g_test_message ("row %u", i);
      g_assert_cmpuint (find_flag (summary, "C4") != NULL, ==, rows[i].differs);
    }
}

/* A0: rows that no entry tells stand as words, at their own passage. */
static void
test_rows_left (void)
{
  g_autoptr (DmpSummary) summary = summarise (
      "48765-2",
      "<table><tbody><tr><td ID='a'>Latex</td></tr><tr><td ID='b'>Kiwi</td><td>œdème</td></tr>"
      "</tbody></table>",
      "<entry><observation classCode='OBS' moodCode='EVN'><templateId "
      "root='1.2.250.1.213.1.1.3.41'/><code code='416098002' codeSystem='2.16.840.1.113883.6.96'/>"
      "<participant typeCode='CSM'><participantRole><playingEntity><code nullFlavor='UNK'>"
      "<originalText><reference value='#a'/></originalText></code></playingEntity>"
      "</participantRole></participant></observation></entry>");
  const DmpSummaryLine *line = find_line (summary, DMP_BLOCK_ALLERGY, "Kiwi œdème");

  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_ALLERGY), ==, 2);
  g_assert_nonnull (line);
  g_assert_cmpstr (((DmpSummarySource *) g_ptr_array_index (line->sources, 0))->place, ==, "#b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/summary/C4-results", test_results);
  g_test_add_func ("/summary/C4-days", test_days);
  g_test_add_func ("/summary/A0-rows-left", test_rows_left);
  return g_test_run ();
}
