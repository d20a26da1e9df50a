#include "config.h"

#include "paper-sheet.h"

#include <gio/gio.h>
#include <string.h>

/* --- Printing, and reading what was printed --- */

static DmpPaperFrame
new_frame (GDateTime *time)
{
  return (DmpPaperFrame){ .printer = "Dr Claire LEROY", .today = "20260115", .time = time };
}

/* The words of each page, one after the other, from memory to memory. Returns: (nullable): NULL
 * when nothing here can read a PDF */
static char **
read_pages (GBytes *pdf)
{
  g_autofree char *tool = g_find_program_in_path ("pdftotext");
  g_autoptr (GSubprocess) reader = NULL;
  g_autoptr (GBytes) words = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GError) error = NULL;

  if (tool == NULL)
    return NULL;
  reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             tool, "-", "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (reader, pdf, NULL, &words, NULL, &error);
  g_assert_no_error (error);
  text = g_string_new_len (g_bytes_get_data (words, NULL), (gssize) g_bytes_get_size (words));
  g_assert_true (g_str_has_suffix (text->str, "\f"));
  g_string_truncate (text, text->len - 1);
  g_string_replace (text, "\n", " ", 0);
  g_string_replace (text, " ", " ", 0);
  g_string_replace (text, " ", " ", 0);

  return g_strsplit (text->str, "\f", -1);
}

void
sheet_init (Sheet *sheet)
{
  record_init (&sheet->record);
  sheet->time = g_date_time_new_local (2026, 1, 15, 14, 35, 0);
  sheet->frame = new_frame (sheet->time);
}

gboolean
sheet_print (Sheet *sheet)
{
  g_autoptr (GBytes) pdf = NULL;

  if (sheet->summary == NULL)
    sheet->summary = record_summarise (&sheet->record);
  g_clear_pointer (&sheet->pages, g_strfreev);
  g_clear_pointer (&sheet->all, g_free);
  pdf = dmp_paper_make_pdf (sheet->summary, &sheet->frame);
  g_assert_nonnull (pdf);
  sheet->pages = read_pages (pdf);
  if (sheet->pages == NULL)
    {
      g_test_skip ("no pdftotext");
      return FALSE;
    }
  sheet->all = g_strjoinv (" ", sheet->pages);
  g_assert_cmpuint (g_strv_length (sheet->pages), <=, 2);

  return TRUE;
}

void
sheet_clear (Sheet *sheet)
{
  record_clear (&sheet->record);
  g_date_time_unref (sheet->time);
  g_clear_object (&sheet->summary);
  g_strfreev (sheet->pages);
  g_free (sheet->all);
}
guint
count_words (const char *text, const char *words)
{
  guint n = 0;

  for (const char *at = strstr (text, words); at != NULL; at = strstr (at + 1, words))
    n++;

  return n;
}

guint
count_different (const char *text, const char *stem, guint n)
{
  guint found = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *word = g_strdup_printf ("%s%03u", stem, i);

      found += strstr (text, word) != NULL;
    }

  return found;
}

void
assert_edges (char **pages)
{
  guint n = g_strv_length (pages);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("page %u/%u", i + 1, n);

      assert_has (pages[i], "MARTIN Jeanne, née DUPONT");
      assert_has (pages[i], "03/02/1953 (72 ans) · sexe F · INS, fin 23 87");
      assert_has (pages[i], "Dr Claire LEROY");
      assert_has (pages[i], "15/01/2026 à 14:35");
      assert_has (pages[i], number);
      assert_has (pages[i], "Imprimé du DMP – confidentiel – à détruire.");
      assert_has (pages[i], "Ce résumé ne remplace pas le dossier.");
      assert_has (pages[i], dmp_summary_get_rules_version ());
      assert_has (pages[i], "médicaments");
      assert_has (pages[i], "Interactions");
      assert_lacks (pages[i], "253027700412387");
    }
}

void
add_many (Record *record, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("1.2.4.%u", i + 1);
      g_autofree char *agent = g_strdup_printf ("Allergene%03u", i);
      g_autofree char *words = g_strdup_printf (
          "Probleme%03u au nom assez long pour passer a la ligne suivante de sa colonne", i);
      g_autofree char *drug = g_strdup_printf ("MEDICAMENT%03u 10 mg, comprime secable", i);
      g_autofree char *code = g_strdup_printf ("A%02u.%u", i / 10, i % 10);
      g_autofree char *cis = g_strdup_printf ("6%07u", i);
      g_autofree char *problem = problem_section (code, words, "2019", NULL);
      g_autofree char *allergy = allergy_section (agent, NULL, "2019");
      g_autofree char *treatment =
          treatment_section (cis, drug, "1 cp matin et soir", "", "<doseQuantity value='1'/>");

      record_add (record, (CdaFixture){ .id = id, .date = "20260105093000+0100" },
                  g_strconcat (problem, allergy, treatment, NULL));
    }
}

void
add_dose (Record *record, guint i, const char *name, const char *dose)
{
  g_autofree char *id = g_strdup_printf ("1.2.5.%u", i + 1);
  g_autofree char *cis = g_strdup_printf ("6%07u", i);

  record_add (record, (CdaFixture){ .id = id, .date = "20260105093000+0100" },
              treatment_section (cis, name, dose, "", "<doseQuantity value='1'/>"));
}
