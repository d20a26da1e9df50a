#include "config.h"

#include "../summary/summary-fixture.h"
#include "search/dmp-search.h"

#include <string.h>

typedef struct
{
  DmpSearch *search;
} Fixture;

static void
add (DmpSearch *search, const char *id, const char *title, const char *date, const char *text)
{
  g_autofree char *section = cda_fixture_section ("11506-3", "Conclusion", text, "");
  g_autoptr (DmpCdaDocument) document =
      cda_fixture_parse (&(CdaFixture){ .id = id, .sections = section });
  const DmpSearchDocument about = { .unique_id = id, .title = title, .date = date };

  dmp_search_add (search, &about, document);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->search = dmp_search_new ();
  add (fixture->search, "1.1", "Lettre de sortie", "20251128",
       "<paragraph>Kaliémie à 4,1 à l’entrée.</paragraph><list><item>Contrôle du potassium à "
       "J15</item><item>arrêt du ramipril</item></list>");
  add (fixture->search, "1.2", "Bilan d’entrée", "20250120",
       "<table><tbody><tr ID='r1'><td>Sodium</td><td>139</td></tr><tr "
       "ID='r2'><td>Potassium</td><td>K 4,5</td></tr></tbody></table>");
  add (fixture->search, "1.3", "Courrier", "20240301",
       "<paragraph>Œdème des chevilles, hypo-albuminémie.</paragraph>");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  dmp_search_unref (fixture->search);
}

static guint
count (Fixture *fixture, const char *query)
{
  g_autoptr (DmpSearchResults) results = dmp_search_find (fixture->search, query, 50);

  return results->totals[DMP_SEARCH_TEXTS];
}

/* The marked words of a hit, parted by '|'. */
static char *
dup_marked (const DmpSearchHit *hit)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < hit->marks->len; i++)
    {
      const DmpSearchMark *mark = &g_array_index (hit->marks, DmpSearchMark, i);
      g_autofree char *word = g_utf8_substring (hit->text, mark->start, mark->end);

      g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", word);
    }
  return g_string_free (out, FALSE);
}

static void
assert_hit (
    const DmpSearchResults *results, guint n, const char *id, const char *place, const char *marked)
{
  const DmpSearchHit *hit = g_ptr_array_index (results->hits[DMP_SEARCH_TEXTS], n);
  g_autofree char *words = dup_marked (hit);

  g_assert_cmpstr (hit->document, ==, id);
  g_assert_cmpstr (hit->place, ==, place);
  g_assert_cmpstr (words, ==, marked);
}

static void
test_folding (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpuint (count (fixture, "oedeme"), ==, 1);
  g_assert_cmpuint (count (fixture, "ŒDÈME"), ==, 1);
  g_assert_cmpuint (count (fixture, "hypo albu"), ==, 1);
  g_assert_cmpuint (count (fixture, "entrée"), ==, 2); /* a title, and a paragraph */
  g_assert_cmpuint (count (fixture, "dème"), ==, 0);   /* no beginning of a word */
  g_assert_cmpuint (count (fixture, "lettre"), ==, 1);
}

/* As it is typed: each longer beginning finds no more than the one before. */
static void
test_typing (Fixture *fixture, gconstpointer unused)
{
  static const char word[] = "ramipril";
  guint before = G_MAXUINT;

  for (gsize i = 1; i < sizeof word; i++)
    {
      g_autofree char *start = g_strndup (word, i);
      guint found = count (fixture, start);

      g_assert_cmpuint (found, <=, before);
      g_assert_cmpuint (found, >=, 1);
      before = found;
    }
  g_assert_cmpuint (before, ==, 1);
}

static void
test_passages (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (DmpSearchResults) results = dmp_search_find (fixture->search, "potassium", 50);

  g_assert_cmpuint (results->totals[DMP_SEARCH_TEXTS], ==, 3);
  assert_hit (results, 0, "1.1", "@1", "Kaliémie"); /* the newest document first, from its top */
  assert_hit (results, 1, "1.1", "@2", "potassium");
  assert_hit (results, 2, "1.2", "#r2", "Potassium|K");
  g_assert_true (((DmpSearchHit *) results->hits[DMP_SEARCH_TEXTS]->pdata[0])->synonym);
  g_assert_false (((DmpSearchHit *) results->hits[DMP_SEARCH_TEXTS]->pdata[2])->synonym);
  g_assert_true (g_strv_contains ((const char *const *) results->synonyms, "kaliémie"));
}

static void
test_several_words (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (DmpSearchResults) together = dmp_search_find (fixture->search, "contrôle j15", 50);
  g_autoptr (DmpSearchResults) apart = dmp_search_find (fixture->search, "contrôle ramipril", 50);

  g_assert_cmpuint (together->totals[DMP_SEARCH_TEXTS], ==, 1);
  g_assert_false (together->apart);
  g_assert_cmpuint (apart->totals[DMP_SEARCH_TEXTS], ==, 2);
  g_assert_true (apart->apart);
  g_assert_cmpuint (count (fixture, "contrôle chevilles"), ==, 0);
}

/* Nothing of FTS5's language, and nothing that is no word. */
static void
test_odd_queries (Fixture *fixture, gconstpointer unused)
{
  static const char *const odd[] = { "",        " ",         "\"",       "a\"b",
                                     "words:x", "NEAR(a b)", "* OR *",   "(",
                                     "-",       "> 5",       "\xff\xfe", "''; DROP TABLE passages",
                                     "😀" };
  g_autofree char *longest = g_strnfill (100000, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    count (fixture, odd[i]);
  g_assert_cmpuint (count (fixture, longest), ==, 0);
  g_assert_cmpuint (count (fixture, "ramipril"), ==, 1);
  g_assert_cmpuint (count (fixture, "NOT ramipril"), ==, 0);
}

static void
test_cut (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *filling = g_strnfill (600, 'x');
  g_autofree char *text = NULL;
  g_autoptr (DmpSearchResults) results = NULL;
  const DmpSearchHit *hit;

  for (guint i = 5; i < 600; i += 6)
    filling[i] = ' ';
  text = g_strdup_printf ("<paragraph>%s éosinophiles %s</paragraph>", filling, filling);
  add (fixture->search, "1.9", "Long", "20260101", text);
  results = dmp_search_find (fixture->search, "eosino", 50);
  hit = g_ptr_array_index (results->hits[DMP_SEARCH_TEXTS], 0);
  assert_hit (results, 0, "1.9", "@1", "éosino");
  g_assert_true (g_str_has_prefix (hit->text, "… "));
  g_assert_true (g_str_has_suffix (hit->text, " …"));
  g_assert_cmpint (g_utf8_strlen (hit->text, -1), <, 230);
}

/* A page is cut into passages; each says where in it it stands. */
static void
test_files (Fixture *fixture, gconstpointer unused)
{
  const DmpCdaPlace page = { .block = 4, .attachment = 1, .page = 2 };
  g_autoptr (DmpSearchResults) results = NULL;

  dmp_search_add_text (fixture->search, "1.7", &page, "Nobody knows this document");
  g_assert_cmpuint (count (fixture, "nobody"), ==, 0);
  dmp_search_add_text (fixture->search, "1.3", &page, "Nodule du lobe\n supérieur\n\nPneumologue");
  results = dmp_search_find (fixture->search, "lobe superieur", 50);
  assert_hit (results, 0, "1.3", "@4/1/2/0-25", "lobe|supérieur");
  g_assert_cmpuint (count (fixture, "pneumo"), ==, 1);
}

/* --- With a summary -------------------------------------------------------------------------- */

static void
add_record (DmpSearch *search, Record *record)
{
  g_autoptr (DmpSummary) summary = NULL;

  record_add (record, (CdaFixture){ .id = "2.1", .date = "20251201" },
              result_section ("2823-3", "Potassium", "5.2", "H", "20251201"));
  record_add (record, (CdaFixture){ .id = "2.2", .date = "20250601" },
              result_section ("2823-3", "Potassium", "4.1", "N", "20250601"));
  record_add (record, (CdaFixture){ .id = "2.3" },
              treatment_section ("60000000", "CLAMOXYL 1 g", "1 cp matin et soir", "", ""));
  summary = record_summarise (record);
  dmp_search_set_summary (search, summary);
}

static void
test_values (Fixture *fixture, gconstpointer unused)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSearchResults) all = NULL, high = NULL, none = NULL, other = NULL;
  const DmpSearchHit *hit;

  record_init (&record);
  add_record (fixture->search, &record);
  all = dmp_search_find (fixture->search, "kaliémie", 50);
  g_assert_cmpuint (all->totals[DMP_SEARCH_VALUES], ==, 1);
  hit = g_ptr_array_index (all->hits[DMP_SEARCH_VALUES], 0);
  g_assert_cmpuint (hit->line->points->len, ==, 2);
  g_assert_true (hit->synonym);
  g_assert_null (hit->points);

  high = dmp_search_find (fixture->search, "potassium > 5,1", 50);
  g_assert_cmpuint (high->totals[DMP_SEARCH_VALUES], ==, 1);
  g_assert_cmpuint (high->totals[DMP_SEARCH_TEXTS], ==, 0);
  hit = g_ptr_array_index (high->hits[DMP_SEARCH_VALUES], 0);
  g_assert_cmpuint (hit->points->len, ==, 1);
  g_assert_cmpuint (g_array_index (hit->points, guint, 0), ==, 1);
  none = dmp_search_find (fixture->search, "potassium > 6", 50);
  g_assert_cmpuint (none->totals[DMP_SEARCH_VALUES], ==, 0);
  other = dmp_search_find (fixture->search, "sodium <= 139", 50);
  g_assert_cmpuint (other->totals[DMP_SEARCH_VALUES], ==, 0);
}

/* Nothing older: neither passages, nor values, nor lines. */
static void
test_recent (Fixture *fixture, gconstpointer unused)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSearchResults) recent = NULL, none = NULL;
  const DmpSearchHit *hit;

  record_init (&record);
  add_record (fixture->search, &record);
  recent = dmp_search_find_since (fixture->search, "potassium", "20250701", 50);
  g_assert_cmpuint (recent->totals[DMP_SEARCH_TEXTS], ==, 2); /* of 2025-11-28 */
  g_assert_cmpuint (recent->totals[DMP_SEARCH_VALUES], ==, 1);
  hit = g_ptr_array_index (recent->hits[DMP_SEARCH_VALUES], 0);
  g_assert_cmpuint (hit->points->len, ==, 1);
  none = dmp_search_find_since (fixture->search, "potassium < 5", "20250701", 50);
  g_assert_cmpuint (none->totals[DMP_SEARCH_VALUES], ==, 0);
}

/* A summary draws the last eight; a search looks at them all. */
static void
test_old_values (Fixture *fixture, gconstpointer unused)
{
  g_auto (Record) record = { 0 };
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (DmpSearchResults) high = NULL;
  const DmpSearchHit *hit;

  record_init (&record);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("1.%u", i);
      g_autofree char *day = g_strdup_printf ("2025%02u10073000+0100", i + 1);

      record_add (&record, (CdaFixture){ .id = id },
                  result_section ("2823-3", "Potassium", i == 0 ? "6.9" : "4.2", "N", day));
    }
  summary = record_summarise (&record);
  dmp_search_set_summary (fixture->search, summary);
  high = dmp_search_find (fixture->search, "potassium > 6", 50);
  g_assert_cmpuint (high->totals[DMP_SEARCH_VALUES], ==, 1);
  hit = g_ptr_array_index (high->hits[DMP_SEARCH_VALUES], 0);
  g_assert_cmpuint (dmp_summary_line_count_points (hit->line), ==, 12);
  g_assert_cmpstr (
      dmp_summary_line_get_point (hit->line, g_array_index (hit->points, guint, 0))->number, ==,
      "6.9");
}

/* A brand is found by its substance, and by another brand of it. */
static void
test_treatments (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "clamoxyl", "Amoxicilline", "amoxi" };
  g_auto (Record) record = { 0 };

  record_init (&record);
  add_record (fixture->search, &record);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (DmpSearchResults) results = dmp_search_find (fixture->search, names[i], 50);

      g_assert_cmpuint (results->totals[DMP_SEARCH_TREATMENTS], ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)
  ADD ("/search/folding", test_folding);
  ADD ("/search/typing", test_typing);
  ADD ("/search/passages", test_passages);
  ADD ("/search/several-words", test_several_words);
  ADD ("/search/odd-queries", test_odd_queries);
  ADD ("/search/cut", test_cut);
  ADD ("/search/files", test_files);
  ADD ("/search/values", test_values);
  ADD ("/search/old-values", test_old_values);
  ADD ("/search/recent", test_recent);
  ADD ("/search/treatments", test_treatments);
#undef ADD
  return g_test_run ();
}
