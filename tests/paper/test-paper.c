#include "config.h"

#include "paper-sheet.h"

#include <gio/gio.h>
#include <locale.h>
#include <string.h>

/* What stands on paper, and what does not. */

static void
test_empty (void)
{
  g_auto (Sheet) sheet = { 0 };

  sheet_init (&sheet);
  if (!sheet_print (&sheet))
    return;
  assert_edges (sheet.pages);
  g_assert_cmpuint (g_strv_length (sheet.pages), ==, 1);
  assert_has (sheet.all, "0 / 0 documents lus");
  assert_has (sheet.all, "Le patient peut avoir masqué des documents ; ils ne sont ni comptés ni "
                         "imprimés ici.");
  g_assert_cmpuint (count_words (sheet.all, "Aucune information"), >=, 6);
  assert_lacks (sheet.all, "Bris de glace");
  assert_lacks (sheet.all, "Votre profession");
  assert_lacks (sheet.all, "Sources");
}

static void
test_simple (void)
{
  g_auto (Sheet) sheet = { 0 };

  sheet_init (&sheet);
  record_add (&sheet.record, (CdaFixture){ .id = "1.1" }, allergy_section ("Iode", NULL, "2019"));
  record_add (&sheet.record, (CdaFixture){ .id = "1.2" },
              problem_section ("I10", "Hypertension", "2004", NULL));
  record_add (&sheet.record, (CdaFixture){ .id = "1.3" },
              result_section ("2160-0", "Créatinine", "122", "H", "20260110"));
  add_dose (&sheet.record, 0, "AMLODIPINE 5 mg, gélule", "1 le matin");
  if (!sheet_print (&sheet))
    return;
  assert_edges (sheet.pages);
  g_assert_cmpuint (g_strv_length (sheet.pages), ==, 1);
  assert_has (sheet.all, "4 / 4 documents lus");
  assert_has (sheet.all, "4 documents cités");
  for (guint i = 1; i <= 4; i++) /* each where it is cited, and in the list */
    {
      g_autofree char *number = g_strdup_printf ("[%u]", i);

      g_assert_cmpuint (count_words (sheet.all, number), >=, 2);
    }
  assert_lacks (sheet.all, "[5]");
  assert_lacks (sheet.all, "faute de place");
}

/* --- Who may see what --- */

static void
add_hidden (Record *record, const char *id, const char *agent, DmpVisibility visibility)
{
  g_autofree char *section = allergy_section (agent, NULL, "2019");
  CdaFixture fixture = { .id = id, .date = "20250811093000+0200", .sections = section };
  g_autoptr (GBytes) bytes = cda_fixture_write (&fixture);
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse (&fixture);
  g_autoptr (DmpDocumentEntry) made = dmp_summary_dup_entry_for (document, bytes);
  DmpDocumentEntryFields fields = *dmp_document_entry_get_fields (made);
  g_autoptr (DmpDocumentEntry) entry = NULL;

  fields.visibility = visibility;
  entry = dmp_document_entry_new (&fields);
  dmp_summary_builder_add (record->builder, entry, document);
}

static void
sheet_init_hidden (Sheet *sheet)
{
  sheet_init (sheet);
  add_hidden (&sheet->record, "1.2.3.1", "Latex", DMP_VISIBILITY_NORMAL);
  add_hidden (&sheet->record, "1.2.3.2", "Secretine", DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS);
  add_hidden (&sheet->record, "1.2.3.3", "Invisibline", DMP_VISIBILITY_HIDDEN_FROM_PATIENT);
  dmp_summary_builder_set_reader (sheet->record.builder, "899700000001", TRUE);
}

static void
test_hidden (void)
{
  g_auto (Sheet) sheet = { 0 };

  sheet_init_hidden (&sheet);
  if (!sheet_print (&sheet))
    return;
  g_assert_true (dmp_paper_has_hidden (sheet.summary));
  assert_has (sheet.all, "Latex");
  assert_lacks (sheet.all, "Secretine");
  assert_lacks (sheet.all, "Invisibline");
  assert_has (sheet.all, "1 / 1 documents lus");
  assert_has (sheet.all, "ni comptés ni imprimés ici");
  assert_lacks (sheet.all, "masqués affichés");
  assert_lacks (sheet.all, "non visible");
}

static void
test_with_hidden (void)
{
  g_auto (Sheet) sheet = { 0 };

  sheet_init_hidden (&sheet);
  sheet.frame.with_hidden = TRUE;
  if (!sheet_print (&sheet))
    return;
  assert_has (sheet.all, "Secretine [masqué]");
  assert_has (sheet.all, "Invisibline [non visible du patient]");
  assert_has (sheet.all, "3 / 3 documents lus");
  assert_has (sheet.all, "Documents masqués affichés (1)");
  assert_lacks (sheet.all, "ni imprimés ici");
  for (guint i = 0; sheet.pages[i] != NULL; i++)
    assert_has (sheet.pages[i], "Comprend des éléments non visibles du patient");
}

/* Nothing is hidden: nothing is said of it, asked or not. */
static void
test_with_nothing_hidden (void)
{
  g_auto (Sheet) sheet = { 0 };

  sheet_init (&sheet);
  record_add (&sheet.record, (CdaFixture){ .id = "1.1" }, allergy_section ("Iode", NULL, "2019"));
  dmp_summary_builder_set_reader (sheet.record.builder, "899700000001", TRUE);
  sheet.frame.with_hidden = TRUE;
  if (!sheet_print (&sheet))
    return;
  g_assert_false (dmp_paper_has_hidden (sheet.summary));
  assert_has (sheet.all, "Iode");
  assert_lacks (sheet.all, "Comprend des éléments");
  assert_has (sheet.all, "ni comptés ni imprimés ici");
}

static void
test_patient_view (void)
{
  g_auto (Sheet) sheet = { 0 };
  g_autoptr (DmpSummary) whole = NULL;

  sheet_init_hidden (&sheet);
  record_add (&sheet.record, (CdaFixture){ .id = "1.9" },
              result_section ("2823-3", "Potassium", "6.9", "HH", "20260110"));
  dmp_summary_builder_set_with_patient_view (sheet.record.builder, TRUE);
  whole = record_summarise (&sheet.record);
  sheet.summary = g_object_ref (dmp_summary_get_patient_view (whole));
  sheet.frame.with_hidden = TRUE; /* there is nothing to show */
  if (!sheet_print (&sheet))
    return;
  assert_edges (sheet.pages);
  assert_has (sheet.all, "Latex");
  assert_has (sheet.all, "Potassium");
  assert_lacks (sheet.all, "Secretine");
  assert_lacks (sheet.all, "Invisibline");
  assert_lacks (sheet.all, "VÉRIFIER");
  assert_lacks (sheet.all, "R1");
  assert_lacks (sheet.all, "masqué");
  assert_lacks (sheet.all, "Comprend des éléments");
}

/* --- What it is drawn with --- */

/* What a stream of a PDF says; "" of what is no text. Returns: (transfer full) */
static char *
inflate (const char *from, gsize size)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autofree char *out = g_malloc (1 << 20);
  gsize read, written;

  if (g_converter_convert (G_CONVERTER (zlib), from, size, out, (1 << 20) - 1,
                           G_CONVERTER_INPUT_AT_END, &read, &written,
                           NULL) != G_CONVERTER_FINISHED ||
      memchr (out, '\0', written) != NULL)
    return g_strdup ("");

  return g_strndup (out, written);
}

/* Colours and greys that a page is told to draw with, but for black. */
static guint
count_colours (GBytes *pdf)
{
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size), *at = data;
  g_autoptr (GRegex) colour = g_regex_new ("(?:^|\\s)(?!0 0 0 rg|0 0 0 RG|0 g|0 G)"
                                           "(?:[\\d.]+ [\\d.]+ [\\d.]+ (?:rg|RG)|[\\d.]+ [gG])\\s",
                                           0, 0, NULL);
  guint n = 0, pages = 0;

  while ((at = g_strstr_len (at, (gssize) size - (at - data), "stream\n")) != NULL)
    {
      g_autofree char *words = inflate (at + 7, size - (gsize) (at + 7 - data));

      pages += strstr (words, " Tf") != NULL;
      n += strstr (words, " Tf") != NULL && g_regex_match (colour, words, 0, NULL);
      at += 7;
    }
  g_assert_cmpuint (pages, >, 0);

  return n;
}

static void
test_black (void)
{
  g_auto (Sheet) sheet = { 0 };
  g_autoptr (GBytes) pdf = NULL;

  sheet_init (&sheet);
  add_many (&sheet.record, 5);
  record_add (&sheet.record, (CdaFixture){ .id = "1.9" },
              result_section ("2823-3", "Potassium", "6.9", "HH", "20260110"));
  sheet.summary = record_summarise (&sheet.record);
  pdf = dmp_paper_make_pdf (sheet.summary, &sheet.frame);
  g_assert_cmpuint (count_colours (pdf), ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/empty", test_empty);
  g_test_add_func ("/paper/simple", test_simple);
  g_test_add_func ("/paper/hidden", test_hidden);
  g_test_add_func ("/paper/with-hidden", test_with_hidden);
  g_test_add_func ("/paper/with-nothing-hidden", test_with_nothing_hidden);
  g_test_add_func ("/paper/patient-view", test_patient_view);
  g_test_add_func ("/paper/black", test_black);
  return g_test_run ();
}
