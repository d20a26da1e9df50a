#include "config.h"

#include "summary-fixture.h"

#include <string.h>

/* The rules that look across time and documents, each by its id. The summary's day is 15 January
 * 2026, its patient a woman of 72. */

#define INSURER "1.2.250.1.213.1.1.1.36"
static guint
count_tracks (const DmpSummaryLine *line, DmpTrackKind kind)
{
  guint n = 0;

  for (guint i = 0; i < line->tracks->len; i++)
    n += ((DmpSummaryTrack *) g_ptr_array_index (line->tracks, i))->kind == kind;
  return n;
}

static const DmpSummaryTrack *
find_track (const DmpSummaryLine *line, DmpTrackKind kind)
{
  for (guint i = 0; i < line->tracks->len; i++)
    {
      const DmpSummaryTrack *track = g_ptr_array_index (line->tracks, i);

      if (track->kind == kind)
        return track;
    }
  return NULL;
}

/* What the line says of @rule. Returns: (nullable) */
static const char *
why (const DmpSummaryLine *line, const char *rule)
{
  for (guint i = 0; i < line->why->len; i++)
    {
      const DmpSummaryWhy *one = g_ptr_array_index (line->why, i);

      g_assert_nonnull (dmp_summary_get_rule_text (one->rule));
      if (strcmp (one->rule, rule) == 0)
        return one->inputs ? one->inputs : "";
    }
  return NULL;
}

static const DmpSummaryMissing *
find_missing (DmpSummary *summary, DmpBlockId block, const char *text)
{
  GPtrArray *all = dmp_summary_get_block (summary, block)->missing;

  for (guint i = 0; i < all->len; i++)
    {
      const DmpSummaryMissing *missing = g_ptr_array_index (all, i);

      if (strcmp (missing->text, text) == 0)
        return missing;
    }
  return NULL;
}

static void
add_unread (Record *record, const char *id, DmpUnread reason)
{
  DmpDocumentEntryFields fields = { .unique_id = id, .title = "x", .size = -1, .version = 1 };
  g_autoptr (DmpDocumentEntry) entry = dmp_document_entry_new (&fields);

  dmp_summary_builder_add_unread (record->builder, entry, reason, NULL);
}

/* --- I, D ------------------------------------------------------------------------------------- */

static void
test_altered (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpCoverageItem *item;

  record_init (&record);
  add_unread (&record, "1.1", DMP_UNREAD_ALTERED);
  summary = record_summarise (&record);
  item = g_ptr_array_index (dmp_summary_get_coverage (summary)->items, 0);
  g_assert_cmpint (item->state, ==, DMP_READ_FAILED);
  g_assert_nonnull (strstr (item->reason, "altéré"));
}

/* Two results that a fuller report has too; the third of the small one still counts. */
static void
test_repeats (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *potassium =
      result_section ("2823-3", "Potassium", "4.7", "N", "20251210073000+0100");
  g_autofree char *sodium = result_section ("2951-2", "Sodium", "139", "N", "20251210073000+0100");
  g_autofree char *both = g_strconcat (potassium, sodium, NULL);

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" }, g_strdup (both));
  record_add (&record, (CdaFixture){ .id = "1.2", .author = "AUTRE" }, g_strdup (potassium));
  record_add (&record, (CdaFixture){ .id = "1.3" },
              result_section ("2823-3", "Potassium", "4.9", "N", "20251211073000+0100"));
  summary = record_summarise (&record);
  g_assert_cmpint (state_of (summary, "1.1"), ==, DMP_READ_CODED);
  g_assert_cmpint (state_of (summary, "1.2"), ==, DMP_READ_DUPLICATE);
  g_assert_cmpint (state_of (summary, "1.3"), ==, DMP_READ_CODED); /* D5 */
  g_assert_cmpuint (find_line (summary, DMP_BLOCK_RESULT, "Potassium")->points->len, ==, 2);
  g_assert_cmpuint (find_line (summary, DMP_BLOCK_RESULT, "Potassium")->sources->len, ==, 3);
}

/* --- A, P ------------------------------------------------------------------------------------- */

static void
test_allergies_off (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) on = NULL;
  g_autoptr (DmpSummary) off = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              allergy_section ("Pénicilline", "J01C", "2019"));
  record_add (&record, (CdaFixture){ .id = "1.2", .template = INSURER },
              delivery_section ("1", "AMOXICILLINE 1 G", "20251222"));
  on = record_summarise (&record);
  g_assert_nonnull (find_flag (on, "A1"));
  dmp_summary_builder_set_checks (record.builder, DMP_CHECK_MONITORING);
  off = record_summarise (&record);
  g_assert_null (find_flag (off, "A1"));
  g_assert_nonnull (strstr (dmp_summary_get_checks_sentence (off), "non rapprochés (réglage)"));
}

static void
test_families (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *parent, *child, *other;
  GPtrArray *lines;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .function = "PCP" },
              problem_section ("E11.9", "Diabète de type 2", "2008", NULL));
  record_add (&record, (CdaFixture){ .id = "1.2", .function = "PCP" },
              problem_section ("I10", "HTA", "2004", NULL));
  record_add (&record, (CdaFixture){ .id = "1.3" },
              problem_section ("E11.2", "Diabète avec atteinte rénale", "2020", NULL));
  summary = record_summarise (&record);
  lines = dmp_summary_get_block (summary, DMP_BLOCK_PROBLEM)->lines;
  g_assert_cmpuint (lines->len, ==, 3); /* never merged */
  parent = g_ptr_array_index (lines, 0);
  child = g_ptr_array_index (lines, 1);
  other = g_ptr_array_index (lines, 2);
  g_assert_cmpstr (parent->text, ==, "Diabète de type 2");
  g_assert_cmpstr (child->text, ==, "Diabète avec atteinte rénale");
  g_assert_true (child->is_child);
  g_assert_cmpstr (child->family, ==, "E11");
  g_assert_null (other->family);
  g_assert_nonnull (strstr (why (parent, "P2"), "E11.9"));
}

/* --- T ---------------------------------------------------------------------------------------- */

/* Deliveries every 28 days, then none for four months. */
static void
test_frieze (void)
{
  static const char *const days[] = { "20250301", "20250329", "20250426", "20250524", "20250816" };
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (DmpSummary) partial = NULL;
  const DmpSummaryLine *line;
  const DmpSummaryTrack *gap;

  record_init (&record);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *id = g_strdup_printf ("1.%u", i + 10);

      record_add (&record, (CdaFixture){ .id = id, .template = INSURER },
                  delivery_section ("3400949444137", "ATORVASTATINE 40 MG", days[i]));
    }
  record_add (
      &record, (CdaFixture){ .id = "1.2", .date = "20250401093000+0200" },
      treatment_section ("60007437", "ATORVASTATINE TEVA SANTE 40 mg", "1 cp le soir", "", ""));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_TREATMENT, "ATORVASTATINE TEVA SANTE 40 mg");
  g_assert_cmpuint (count_tracks (line, DMP_TRACK_DELIVERY), ==, 5);
  g_assert_cmpuint (count_tracks (line, DMP_TRACK_LIST), ==, 1);
  g_assert_cmpstr (line->rhythm, ==, "intervalle médian 28 j, dernier 84 j");
  /* no dose was written before April: the packs of March are dots only */
  g_assert_cmpuint (count_tracks (line, DMP_TRACK_COVER), ==, 2);
  g_assert_cmpstr (find_track (line, DMP_TRACK_COVER)->start, ==, "20250426");
  g_assert_cmpstr (find_track (line, DMP_TRACK_COVER)->end, ==, "20250620");
  g_assert_cmpuint (find_track (line, DMP_TRACK_COVER)->quantity, ==, 2);
  g_assert_cmpuint (count_tracks (line, DMP_TRACK_GAP), ==, 2);
  gap = find_track (line, DMP_TRACK_GAP);
  g_assert_cmpstr (gap->start, ==, "20250621");
  g_assert_cmpstr (gap->end, ==, "20250816");
  g_assert_cmpstr (line->note, ==, "sans délivrance lue, 5 mois"); /* T4 */
  g_assert_nonnull (why (line, "T4"));
  g_assert_nonnull (strstr (why (line, "T2"), "01/04/2025"));
  /* while reading goes on nobody says what is missing */
  dmp_summary_builder_set_partial (record.builder, TRUE);
  partial = record_summarise (&record);
  line = find_line (partial, DMP_BLOCK_TREATMENT, "ATORVASTATINE TEVA SANTE 40 mg");
  g_assert_cmpuint (count_tracks (line, DMP_TRACK_GAP), ==, 0);
  g_assert_null (line->note);
}

/* A dose in doubt draws no bar. */
static void
test_no_dose (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .template = INSURER },
              delivery_section ("3400949444137", "ATORVASTATINE 40 MG", "20260102"));
  record_add (&record, (CdaFixture){ .id = "1.2", .date = "20250401093000+0200" },
              treatment_section ("60007437", "ATORVASTATINE TEVA SANTE 40 mg",
                                 "1 cp le soir, à adapter", "", ""));
  summary = record_summarise (&record);
  g_assert_cmpuint (
      count_tracks (find_line (summary, DMP_BLOCK_TREATMENT, "ATORVASTATINE TEVA SANTE 40 mg"),
                    DMP_TRACK_COVER),
      ==, 0);
}

static void
test_routes (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .template = INSURER },
              delivery_section ("1", "DICLOFENAC 50 MG CPR", "20260102"));
  record_add (&record, (CdaFixture){ .id = "1.2", .template = INSURER },
              delivery_section ("2", "DICLOFENAC 1% POMMADE", "20260102"));
  summary = record_summarise (&record);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_TREATMENT), ==, 2);
}

static void
test_prescribed (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              prescription_section ("1", "RAMIPRIL 5 mg", "1 cp le soir", "20260105", "20260405"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              prescription_section ("2", "AMLODIPINE 5 mg", "1 cp", "20250105", "20250405"));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_TREATMENT, "RAMIPRIL 5 mg");
  g_assert_cmpstr (line->label, ==, "ordonnance");
  g_assert_cmpint (line->group, ==, DMP_LINE_CURRENT);
  g_assert_cmpstr (find_track (line, DMP_TRACK_PRESCRIPTION)->end, ==, "20260405");
  g_assert_cmpint (find_line (summary, DMP_BLOCK_TREATMENT, "AMLODIPINE 5 mg")->group, ==,
                   DMP_LINE_PAST);
}

static void
test_doubles (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryFlag *flag;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .author = "LEROY" },
              prescription_section ("1", "DOLIPRANE 1 g", "1 cp", "20260105", "20260205"));
  record_add (
      &record, (CdaFixture){ .id = "1.2" },
      prescription_section ("2", "PARACETAMOL BIOGARAN 500 mg", "1 cp", "20260110", "20260210"));
  /* another dose by the same name is no double */
  record_add (&record, (CdaFixture){ .id = "1.3", .author = "LEROY" },
              prescription_section ("3", "FUROSEMIDE 20 mg", "1 cp", "20260105", "20260205"));
  record_add (&record, (CdaFixture){ .id = "1.4" },
              prescription_section ("4", "FUROSEMIDE 40 mg", "1 cp", "20260110", "20260210"));
  summary = record_summarise (&record);
  flag = find_flag (summary, "B1");
  g_assert_nonnull (flag);
  g_assert_nonnull (strstr (flag->text, "DOLIPRANE"));
  g_assert_cmpuint (flag->sources->len, ==, 2);
  g_assert_null (strstr (flag->text, "FUROSEMIDE"));
}

/* T5, quiet: another substance of the class. */
static void
test_class (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              prescription_section ("1", "OMEPRAZOLE 20 mg", "1 cp", "20260105", "20260205"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              prescription_section ("2", "PANTOPRAZOLE 40 mg", "1 cp", "20260110", "20260210"));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_TREATMENT, "OMEPRAZOLE 20 mg");
  g_assert_cmpstr (line->note, ==, "même classe que PANTOPRAZOLE 40 mg");
  g_assert_null (find_flag (summary, "B1"));
}

static void
test_interactions (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) off = NULL;
  g_autoptr (DmpSummary) on = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              prescription_section ("1", "COLCHICINE 1 mg", "1 cp", "20260105", "20260205"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              prescription_section ("2", "CLARITHROMYCINE 500 mg", "1 cp", "20260110", "20260210"));
  record_add (&record, (CdaFixture){ .id = "1.3" },
              prescription_section ("3", "PARACETAMOL 1 g", "1 cp", "20260110", "20260210"));
  off = record_summarise (&record);
  g_assert_null (find_flag (off, "T6"));
  g_assert_nonnull (strstr (dmp_summary_get_checks_sentence (off), "non recherchées (réglage)"));
  dmp_summary_builder_set_checks (record.builder, DMP_CHECKS_DEFAULT | DMP_CHECK_INTERACTIONS);
  on = record_summarise (&record);
  g_assert_nonnull (find_flag (on, "T6"));
  g_assert_cmpint (find_flag (on, "T6")->severity, ==, DMP_SEVERITY_RED);
  g_assert_cmpuint (find_flag (on, "T6")->lines->len, ==, 2);
  g_assert_nonnull (strstr (dmp_summary_get_tables_sentence (on), "interactions 2019-09"));
}

/* A list of a VSM: each line with an anchor of its own. @lines: name, posology, … NULL */
static char *
list_sections (const char *const *lines)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i]; i += 2)
    {
      g_autofree char *section = treatment_section ("", lines[i], lines[i + 1], "", "");
      g_autofree char *anchor = g_strdup_printf ("m%u'", i);
      g_auto (GStrv) parts = g_strsplit (section, "m'", -1);
      g_autofree char *own = g_strjoinv (anchor, parts);

      g_string_append (out, own);
    }
  return g_string_free (out, FALSE);
}

static void
test_pairs (void)
{
  static const char *const old[] = { "FUROSEMIDE 20 mg",
                                     "1 cp le matin",
                                     "RAMIPRIL 5 mg",
                                     "1 cp le soir",
                                     "BISOPROLOL",
                                     "1 cp/j",
                                     NULL };
  static const char *const new[] = {
    "FUROSEMIDE 40 mg", "1 cp le matin", "BISOPROLOL", "1 cp par jour",
    "FORXIGA 10 mg",    "1 cp le matin", NULL
  };
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLists *lists;
  const DmpSummaryPair *pair;

  record_init (&record);
  record_add (&record,
              (CdaFixture){ .id = "1.1", .date = "20250811093000+0200", .author = "LEROY" },
              list_sections (old));
  record_add (&record, (CdaFixture){ .id = "1.2", .date = "20251128093000+0100" },
              list_sections (new));
  record_add (&record, (CdaFixture){ .id = "1.3", .template = INSURER },
              delivery_section ("1", "FORXIGA 10 MG", "20251230"));
  summary = record_summarise (&record);
  lists = dmp_summary_get_lists (summary);
  g_assert_nonnull (lists);
  g_assert_cmpstr (lists->left.source->document, ==, "1.1");
  g_assert_cmpuint (lists->left.n_lines, ==, 3);
  g_assert_cmpuint (lists->pairs->len, ==, 4);
  g_assert_cmpuint (lists->n_different, ==, 3);
  pair = g_ptr_array_index (lists->pairs, 0);
  g_assert_cmpint (pair->kind, ==, DMP_PAIR_DOSE); /* the words outdo the code, which is the same */
  pair = g_ptr_array_index (lists->pairs, 1);
  g_assert_cmpint (pair->kind, ==, DMP_PAIR_LEFT_ONLY);
  g_assert_cmpstr (pair->left->text, ==, "RAMIPRIL 5 mg");
  pair = g_ptr_array_index (lists->pairs, 2);
  g_assert_cmpint (pair->kind, ==, DMP_PAIR_RIGHT_ONLY);
  g_assert_cmpstr (pair->delivery, ==, "FORXIGA 10 MG délivré le 30/12/2025");
  g_assert_nonnull (dmp_summary_get_line (summary, pair->line));
  pair = g_ptr_array_index (lists->pairs, 3);
  g_assert_cmpint (pair->kind, ==, DMP_PAIR_SAME); /* the same dose in other words */
}

/* --- L ---------------------------------------------------------------------------------------- */

static void
test_changes (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              result_section ("2823-3", "Potassium", "4.2", "N", "20251001073000+0100"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              result_section ("2823-3", "Potassium", "5.2", "H", "20260101073000+0100"));
  record_add (&record, (CdaFixture){ .id = "1.3" },
              result_section ("2951-2", "Sodium", "139", "N", "20251001073000+0100"));
  record_add (&record, (CdaFixture){ .id = "1.4" },
              result_section ("2951-2", "Sodium", "140", "", "20260101073000+0100"));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_RESULT, "Potassium");
  g_assert_cmpstr (line->change, ==, "+24 % (seuil 13 %), repère N → H");
  g_assert_nonnull (strstr (why (line, "L5"), "01/10/2025"));
  /* a report that gives no flag says nothing about it */
  g_assert_null (find_line (summary, DMP_BLOCK_RESULT, "Sodium")->change);
}

static void
test_units (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryLine *line;
  const DmpSummaryPoint *point;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              result_section_in ("14771-0", "Glycémie", "1.10", "g/L", "", "20251001"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              result_section_in ("14771-0", "Glycémie", "6.1", "mmol/L", "", "20260101"));
  record_add (&record, (CdaFixture){ .id = "1.3" },
              result_section_in ("14771-0", "Glycémie", "6", "chose", "", "20260101"));
  summary = record_summarise (&record);
  g_assert_cmpuint (count_lines (summary, DMP_BLOCK_RESULT), ==, 2); /* no row for "chose" */
  line = find_line (summary, DMP_BLOCK_RESULT, "Glycémie");
  if (line->points->len == 1)
    line = g_ptr_array_index (dmp_summary_get_block (summary, DMP_BLOCK_RESULT)->lines, 1);
  g_assert_cmpuint (line->points->len, ==, 2);
  point = g_ptr_array_index (line->points, 0);
  g_assert_true (point->converted);
  g_assert_cmpstr (point->number, ==, "1.10"); /* as written */
  g_assert_cmpstr (point->unit, ==, "g/L");
  g_assert_cmpfloat_with_epsilon (point->value, 6.1058, 0.001);
  g_assert_null (line->change);
}

static void
test_repeated_test (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1", .author = "LABO" },
              result_section ("2823-3", "Potassium", "4.2", "N", "20260105073000+0100"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              result_section ("2823-3", "Potassium", "4.3", "N", "20260109073000+0100"));
  summary = record_summarise (&record);
  g_assert_nonnull (
      strstr (find_line (summary, DMP_BLOCK_RESULT, "Potassium")->note, "déjà fait le 05/01/2026"));
}

static void
test_critical (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  const DmpSummaryFlag *flag;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              result_section ("2823-3", "Potassium", "6.8", "HH", "20260110073000+0100"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              result_section ("2823-3", "Potassium", "4.9", "N", "20260112073000+0100"));
  record_add (&record, (CdaFixture){ .id = "1.3" },
              result_section ("2951-2", "Sodium", "118", "LL", "20250910073000+0100"));
  summary = record_summarise (&record);
  flag = find_flag (summary, "R1");
  g_assert_nonnull (flag);
  g_assert_cmpint (flag->severity, ==, DMP_SEVERITY_RED);
  g_assert_nonnull (strstr (flag->text, "6,8"));
  g_assert_nonnull (strstr (flag->text, "depuis"));
  g_assert_null (strstr (flag->text, "Sodium")); /* too old */
}

static void
test_expected (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (DmpSummary) partial = NULL;
  g_autoptr (DmpSummary) off = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              problem_section ("E11.9", "Diabète de type 2", "2008", NULL));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              result_section_in ("4548-4", "HbA1c", "7.8", "%", "", "20241105073000+0100"));
  record_add (&record, (CdaFixture){ .id = "1.3" },
              result_section_in ("2089-1", "LDL", "0.8", "g/L", "", "20251105073000+0100"));
  summary = record_summarise (&record);
  g_assert_cmpstr (find_line (summary, DMP_BLOCK_RESULT, "HbA1c")->note, ==,
                   "aucune lue depuis 14 mois");
  g_assert_nonnull (
      strstr (why (find_line (summary, DMP_BLOCK_RESULT, "HbA1c"), "L6"), "Diabète de type 2"));
  g_assert_null (find_line (summary, DMP_BLOCK_RESULT, "LDL")->note);
  g_assert_cmpstr (find_missing (summary, DMP_BLOCK_RESULT, "Albuminurie")->note, ==, "aucune lue");
  dmp_summary_builder_set_checks (record.builder, DMP_CHECK_ALLERGIES);
  off = record_summarise (&record);
  g_assert_null (find_missing (off, DMP_BLOCK_RESULT, "Albuminurie"));
  dmp_summary_builder_set_checks (record.builder, DMP_CHECKS_DEFAULT);
  add_unread (&record, "1.9", DMP_UNREAD_PENDING);
  partial = record_summarise (&record);
  g_assert_null (find_line (partial, DMP_BLOCK_RESULT, "HbA1c")->note);
  g_assert_cmpuint (dmp_summary_get_block (partial, DMP_BLOCK_RESULT)->missing->len, ==, 0);
}

/* --- V3 --------------------------------------------------------------------------------------- */

static void
test_calendar (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (DmpSummary) partial = NULL;
  const DmpSummaryLine *line;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              vaccine_section ("J07CA01", "REVAXIS", "20090406"));
  record_add (&record, (CdaFixture){ .id = "1.2" },
              vaccine_section ("J07BB02", "VAXIGRIP", "20251110"));
  summary = record_summarise (&record);
  line = find_line (summary, DMP_BLOCK_VACCINE, "Diphtérie-tétanos-poliomyélite");
  g_assert_cmpstr (line->note, ==, "rappel à vérifier");
  g_assert_nonnull (strstr (why (line, "V3"), "65 ans (calendrier 2025)"));
  g_assert_null (find_line (summary, DMP_BLOCK_VACCINE, "Grippe")->note);
  g_assert_nonnull (find_missing (summary, DMP_BLOCK_VACCINE, "Zona"));
  g_assert_null (find_missing (summary, DMP_BLOCK_VACCINE, "VRS")); /* not before 75 */
  add_unread (&record, "1.9", DMP_UNREAD_PENDING);
  partial = record_summarise (&record);
  g_assert_null (find_line (partial, DMP_BLOCK_VACCINE, "Diphtérie-tétanos-poliomyélite")->note);
  g_assert_cmpuint (dmp_summary_get_block (partial, DMP_BLOCK_VACCINE)->missing->len, ==, 0);
}

/* A booster at 64 is the one of 65. */
static void
test_calendar_slack (void)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;

  record_init (&record);
  record_add (&record, (CdaFixture){ .id = "1.1" },
              vaccine_section ("J07CA02", "REPEVAX", "20170406"));
  summary = record_summarise (&record);
  g_assert_null (
      find_line (summary, DMP_BLOCK_VACCINE, "Diphtérie-tétanos-poliomyélite-coqueluche")->note);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/I2-altered", test_altered);
  g_test_add_func ("/rules/D4-D5-repeats", test_repeats);
  g_test_add_func ("/rules/A1-off", test_allergies_off);
  g_test_add_func ("/rules/P2-families", test_families);
  g_test_add_func ("/rules/T3-T4-frieze", test_frieze);
  g_test_add_func ("/rules/T3-no-dose", test_no_dose);
  g_test_add_func ("/rules/T1-routes", test_routes);
  g_test_add_func ("/rules/T2-prescribed", test_prescribed);
  g_test_add_func ("/rules/T5-B1-doubles", test_doubles);
  g_test_add_func ("/rules/T5-class", test_class);
  g_test_add_func ("/rules/T6-interactions", test_interactions);
  g_test_add_func ("/rules/C2-pairs", test_pairs);
  g_test_add_func ("/rules/L5-changes", test_changes);
  g_test_add_func ("/rules/L2-units", test_units);
  g_test_add_func ("/rules/L7-repeated", test_repeated_test);
  g_test_add_func ("/rules/L8-R1-critical", test_critical);
  g_test_add_func ("/rules/L6-expected", test_expected);
  g_test_add_func ("/rules/V3-calendar", test_calendar);
  g_test_add_func ("/rules/V3-slack", test_calendar_slack);
  return g_test_run ();
}
