#include "config.h"

#include "paper-sheet.h"

#include <locale.h>
#include <string.h>

/* More than pages hold, and what was made to do harm. */

#define LONGEST 100000 /* characters of a name that somebody made to do harm */

/* @stem000 @stem001…, as many as @n, parted by spaces. */
static char *
make_words (const char *stem, guint n)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (words, "%s%s%03u", i > 0 ? " " : "", stem, i);

  return g_string_free (words, FALSE);
}

/* How many the last "N autre(s), à lire à l’écran" after @title says that are not named. */
static guint
count_unnamed (const char *text, const char *title)
{
  g_autofree char *pattern =
      g_strdup_printf ("%s : (?:(?!Problèmes actifs|Traitements en|Allergies et).)*?"
                       "(\\d+) autres?, à lire",
                       title);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *number = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return 0;
  number = g_match_info_fetch (match, 1);

  return number != NULL && *number != '\0' ? (guint) g_ascii_strtoull (number, NULL, 10) : 0;
}

static void
test_long (void)
{
  g_auto (Sheet) sheet = { 0 };
  const guint n = 100;

  sheet_init (&sheet);
  add_many (&sheet.record, n);
  sheet.frame.break_glass = TRUE;
  sheet.frame.reason = "Patient inconscient";
  sheet.frame.closed = "Votre profession (Infirmier) n’a pas accès à ces catégories.";
  if (!sheet_print (&sheet))
    return;
  g_assert_cmpuint (g_strv_length (sheet.pages), ==, 2);
  assert_edges (sheet.pages);
  for (guint i = 0; i < 2; i++)
    {
      assert_has (sheet.pages[i], "Bris de glace");
      assert_has (sheet.pages[i], "Patient inconscient");
    }
  assert_has (sheet.pages[0], "Votre profession (Infirmier)");
  assert_has (sheet.all, "Sans ligne ici, faute de place");
  assert_lacks (sheet.all, "…");
  /* every one is named, or counted where it would be named */
  g_assert_cmpuint (count_different (sheet.all, "Allergene", n) +
                        count_unnamed (sheet.all, "Allergies et intolérances"),
                    ==, n);
  g_assert_cmpuint (count_different (sheet.all, "MEDICAMENT", n) +
                        count_unnamed (sheet.all, "Traitements en cours"),
                    ==, n);
  g_assert_cmpuint (count_different (sheet.all, "Allergene", n), >=, 20);
}

/* A record as heavy as they come: what is in force has its row. */
static void
test_heavy (void)
{
  static const char *const loincs[] = { "2160-0", "2823-3", "2951-2", "4548-4", "718-7", "777-3" };
  g_auto (Sheet) sheet = { 0 };
  const guint n = 18;

  sheet_init (&sheet);
  add_many (&sheet.record, n);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("1.2.6.%u", i + 1);
      const char *loinc = loincs[i % G_N_ELEMENTS (loincs)];
      g_autofree char *name = g_strdup_printf ("Analyse%03u", i % 6);
      g_autofree char *day = g_strdup_printf ("2025%02u12", i / 6 + 1);
      g_autofree char *act = g_strdup_printf ("Acte%03u", i);

      record_add (&sheet.record, (CdaFixture){ .id = id },
                  result_section (loinc, name, "4.1", "N", day));
      id[4] = '7';
      record_add (&sheet.record, (CdaFixture){ .id = id }, act_section ("NEKA010", act, day));
    }
  if (!sheet_print (&sheet))
    return;
  g_assert_cmpuint (g_strv_length (sheet.pages), ==, 2);
  assert_edges (sheet.pages);
  g_assert_cmpuint (count_different (sheet.all, "Allergene", n), ==, n);
  g_assert_cmpuint (count_different (sheet.all, "MEDICAMENT", n), ==, n);
  g_assert_cmpuint (count_different (sheet.all, "Probleme", n), ==, n);
  g_assert_cmpuint (count_different (sheet.all, "Analyse", 6), ==, 6);
}

/* What magnets and scanners want to know has its own place, however much else there is. */
static void
test_implants (void)
{
  g_auto (Sheet) sheet = { 0 };
  const char *place;

  sheet_init (&sheet);
  add_many (&sheet.record, 25);
  record_add (&sheet.record, (CdaFixture){ .id = "1.2.9.1" },
              act_section ("DELF015", "Pose de stimulateur", "20220301"));
  record_add (&sheet.record, (CdaFixture){ .id = "1.2.9.2" },
              act_section ("ZBQK002", "Radiographie de controle", "20250301"));
  if (!sheet_print (&sheet))
    return;
  place = strstr (sheet.all, "Implants et dispositifs");
  g_assert_nonnull (place);
  assert_has (place, "Pose de stimulateur");
  g_assert_true (strstr (place, "Pose de stimulateur") < strstr (place, "Antécédents et actes"));
  if (strstr (place, "Radiographie de controle") != NULL)
    g_assert_true (strstr (place, "Radiographie de") > strstr (place, "Antécédents et actes"));
  g_assert_cmpuint (count_words (sheet.all, "Pose de stimulateur"), ==, 1);
}

/* What alarms is never left to the screen. */
static void
test_red (void)
{
  g_auto (Sheet) sheet = { 0 };
  const guint n = 25;

  sheet_init (&sheet);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("1.2.8.%u", i + 1);
      g_autofree char *loinc = g_strdup_printf ("88%u-1", i);
      g_autofree char *name = g_strdup_printf ("Critique%03u", i);

      record_add (&sheet.record, (CdaFixture){ .id = id },
                  result_section (loinc, name, "6.9", "HH", "20260110"));
    }
  if (!sheet_print (&sheet))
    return;
  g_assert_cmpuint (count_words (sheet.all, "▲▲ R1"), ==, n);
  g_assert_cmpuint (count_different (sheet.pages[0], "Critique", n), ==, n);
}

/* A medicine, a dose and an allergen are never cut: they go on, over the page when need be. */
static void
test_whole (void)
{
  g_auto (Sheet) sheet = { 0 };
  g_autofree char *name = make_words ("nom", 120), *dose = make_words ("dose", 150);
  g_autofree char *agent = make_words ("agent", 110);

  sheet_init (&sheet);
  record_add (&sheet.record, (CdaFixture){ .id = "1.1" }, allergy_section (agent, NULL, "2019"));
  add_dose (&sheet.record, 0, name, dose);
  if (!sheet_print (&sheet))
    return;
  assert_edges (sheet.pages);
  g_assert_cmpuint (count_different (sheet.all, "nom", 120), ==, 120);
  g_assert_cmpuint (count_different (sheet.all, "dose", 150), ==, 150);
  g_assert_cmpuint (count_different (sheet.all, "agent", 110), ==, 110);
  assert_lacks (sheet.all, "texte coupé");
}

/* What no paper holds is not there in part. */
static void
test_endless (void)
{
  g_auto (Sheet) sheet = { 0 };
  g_autofree char *name = g_strnfill (LONGEST, 'W'), *spaces = g_strnfill (LONGEST, ' ');
  g_autofree char *agent = g_strconcat ("Un", spaces, "deux", NULL);

  sheet_init (&sheet);
  record_add (&sheet.record, (CdaFixture){ .id = "1.1" }, allergy_section (agent, NULL, "2019"));
  add_dose (&sheet.record, 0, name, "1 le matin");
  if (!sheet_print (&sheet))
    return;
  assert_edges (sheet.pages);
  assert_lacks (sheet.all, "WWWW");
  assert_has (sheet.all, "caractères");
}

/* Many names, each of which may stand: what two pages do not hold is said. */
static void
test_cut (void)
{
  g_auto (Sheet) sheet = { 0 };
  g_autofree char *words = make_words ("mot", 380);

  sheet_init (&sheet);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("MEDICAMENT%03u %s", i, words);

      add_dose (&sheet.record, i, name, words);
    }
  if (!sheet_print (&sheet))
    return;
  g_assert_cmpuint (g_strv_length (sheet.pages), ==, 2);
  assert_edges (sheet.pages);
  assert_has (sheet.pages[1], "à lire à l’écran");
}

static void
test_signs (void)
{
  g_auto (Sheet) sheet = { 0 };

  sheet_init (&sheet);
  record_add (&sheet.record, (CdaFixture){ .id = "1.1" },
              allergy_section ("&lt;b&gt;P&amp;M&lt;/b&gt; &lt;span", NULL, "2019"));
  add_dose (&sheet.record, 0, "ALPHA\u202eATEB\u202c\u2066 1 mg", "a\nb\u2028c");
  sheet.frame.printer = "Dr <i>X</i>";
  if (!sheet_print (&sheet))
    return;
  assert_has (sheet.all, "<b>P&M</b> <span");
  assert_has (sheet.all, "Dr <i>X</i>");
  assert_has (sheet.all, "ALPHAATEB 1 mg");
}

/* Paper too small for anything, and names too long for any head: nothing hangs, nothing breaks. */
static void
test_small_paper (void)
{
  g_auto (Sheet) sheet = { 0 };
  g_autofree char *endless = g_strnfill (LONGEST, 'X');
  const double sizes[][2] = { { 200, 200 }, { 60, 40 }, { 774, 505 } };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);

  sheet_init (&sheet);
  add_many (&sheet.record, 12);
  sheet.frame.printer = sheet.frame.list_problem = sheet.frame.reason = endless;
  sheet.frame.break_glass = TRUE;
  sheet.summary = record_summarise (&sheet.record);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      DmpPaper *paper = dmp_paper_new (sheet.summary, &sheet.frame, sizes[i][0], sizes[i][1]);

      g_assert_cmpuint (dmp_paper_get_n_pages (paper), >=, 1);
      g_assert_cmpuint (dmp_paper_get_n_pages (paper), <=, 2);
      for (guint page = 0; page < dmp_paper_get_n_pages (paper); page++)
        dmp_paper_draw (paper, cr, page);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      dmp_paper_free (paper);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper-limits/long", test_long);
  g_test_add_func ("/paper-limits/heavy", test_heavy);
  g_test_add_func ("/paper-limits/implants", test_implants);
  g_test_add_func ("/paper-limits/red", test_red);
  g_test_add_func ("/paper-limits/whole", test_whole);
  g_test_add_func ("/paper-limits/endless", test_endless);
  g_test_add_func ("/paper-limits/cut", test_cut);
  g_test_add_func ("/paper-limits/signs", test_signs);
  g_test_add_func ("/paper-limits/small-paper", test_small_paper);
  return g_test_run ();
}
