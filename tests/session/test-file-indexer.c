#include "config.h"

/* The words of files that documents carry: read in the confined child, indexed page by page, and
 * what cannot be read is said with its reason. */

#include "../cda/cda-fixture.h"
#include "cda/dmp-cda-place.h"
#include "session/dmp-file-indexer.h"

#include <string.h>

#define ID "1.2.3.1"

/* --- Files ----------------------------------------------------------------------------------- */

/* A PDF of pages with a line of text each; "" is a page without. Its cross-reference table is left
 * to the reader. */
static GString *
write_pdf (const char *const *pages, guint n)
{
  GString *pdf = g_string_new ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                               "2 0 obj<</Type/Pages/Kids[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (pdf, "%u 0 R ", 10 + 2 * i);
  g_string_append_printf (pdf, "]/Count %u>>endobj\n", n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *drawing =
          g_strdup_printf ("BT /F1 12 Tf 50 800 Td (%s) Tj ET", pages[i % 4 < 3 ? i % 4 : 0]);

      g_string_append_printf (
          pdf,
          "%u 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %u 0 R/Resources<</Font"
          "<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
          "%u 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n",
          10 + 2 * i, 11 + 2 * i, 11 + 2 * i, strlen (drawing), drawing);
    }
  g_string_append (pdf, "trailer<</Root 1 0 R>>\n%%EOF\n");
  return pdf;
}

static char *
encode (const GString *file)
{
  return g_base64_encode ((const guchar *) file->str, file->len);
}

/* A level 1 document around @file. */
static DmpCdaDocument *
new_level1 (const char *mime, const GString *file)
{
  g_autoptr (GBytes) bytes = cda_fixture_write (&(CdaFixture){ .sections = "" });
  g_autofree char *xml = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  char *start = strstr (xml, "<structuredBody");
  char *end = strstr (xml, "</structuredBody>") + strlen ("</structuredBody>");
  g_autofree char *data = encode (file);
  g_autofree char *all = NULL;
  g_autoptr (GBytes) level1 = NULL;

  g_assert_nonnull (start);
  *start = '\0';
  all = g_strdup_printf ("%s<nonXMLBody><text mediaType='%s' representation='B64'>%s</text>"
                         "</nonXMLBody>%s",
                         xml, mime, data, end);
  level1 = g_bytes_new (all, strlen (all));
  return dmp_cda_document_parse (level1, NULL);
}

static DmpSearch *
index_document (DmpCdaDocument *document)
{
  const DmpSearchDocument about = { .unique_id = ID, .title = "Courrier", .date = "20260101" };
  DmpSearch *search = dmp_search_new ();

  g_assert_nonnull (document);
  dmp_search_add (search, &about, document);
  return search;
}

static DmpSearch *
read_level1 (const char *mime, GString *file)
{
  g_autoptr (DmpCdaDocument) document = new_level1 (mime, file);
  DmpSearch *search = index_document (document);

  g_assert_true (dmp_search_is_waiting (search, ID));
  dmp_file_indexer_read (search, ID, document, NULL);
  g_assert_false (dmp_search_is_waiting (search, ID));
  g_string_free (file, TRUE);
  return search;
}

/* --- What is found --------------------------------------------------------------------------- */

static guint
count (DmpSearch *search, const char *query)
{
  g_autoptr (DmpSearchResults) results = dmp_search_find (search, query, 50);

  return results->totals[DMP_SEARCH_TEXTS];
}

static char *
dup_place (DmpSearch *search, const char *query)
{
  g_autoptr (DmpSearchResults) results = dmp_search_find (search, query, 50);

  g_assert_cmpuint (results->totals[DMP_SEARCH_TEXTS], ==, 1);
  return g_strdup (((DmpSearchHit *) results->hits[DMP_SEARCH_TEXTS]->pdata[0])->place);
}

static void
test_pdf (void)
{
  static const char *const pages[] = { "Le patient va bien.", "Nodule du lobe droit.", "Fin." };
  g_autoptr (DmpSearch) search = read_level1 ("application/pdf", write_pdf (pages, 3));
  g_autofree char *place = dup_place (search, "nodule");

  g_assert_cmpstr (place, ==, "@0/1/1/0-21");
}

static void
test_texts (void)
{
  g_autoptr (DmpSearch) plain = read_level1 (
      "text/plain", g_string_new ("Examen normal.\n\nAllergie au latex pos-\nsible.\n"));
  g_autoptr (DmpSearch) rtf =
      read_level1 ("text/rtf", g_string_new ("{\\rtf1\\ansi Contr\\'f4le du latex\\par}"));
  g_autofree char *place = dup_place (plain, "latex");
  g_autofree char *other = dup_place (rtf, "controle");

  g_assert_cmpstr (place, ==, "@0/1/0/16-45");
  g_assert_cmpstr (other, ==, "@0/1/0/0-17");
  g_assert_cmpuint (count (plain, "possible"), ==, 1); /* over the end of a line */
}

/* --- What is not ----------------------------------------------------------------------------- */

static void
test_gaps (void)
{
  static const char *const half[] = { "Page une.", "", "" };
  static const char *const none[] = { "", "", "" };
  static const struct
  {
    const char *mime;
    const char *const *pages;
    guint n;
    const char *bytes;
    const char *reason;
  } cases[] = {
    { "application/pdf", half, 2, NULL, "1 pages sur 2 sans texte" },
    { "application/pdf", none, 2, NULL, "PDF sans texte" },
    { "application/pdf", half, 800, NULL, "trop long" },
    { "application/pdf", NULL, 0, "%PDF-1.4 nothing", "endommagé" },
    { "image/jpeg", NULL, 0, "\xff\xd8\xff\xe0 no picture", "image sans texte" },
    { "text/plain", NULL, 0, " - \n", "texte vide" },
    { "text/rtf", NULL, 0, "{\\rtf1 broken", "endommagé" },
    { "application/x-unheard", NULL, 0, "?", "application/x-unheard" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DmpSearch) search = read_level1 (
          cases[i].mime, cases[i].bytes != NULL ? g_string_new (cases[i].bytes)
                                                : write_pdf (cases[i].pages, cases[i].n));
      const char *reason = dmp_search_get_reason (search, ID);

      g_test_message ("%s: %s", cases[i].mime, reason);
      g_assert_nonnull (reason);
      g_assert_nonnull (strstr (reason, cases[i].reason));
    }
}

/* --- Beside words of its own ----------------------------------------------------------------- */

/* What an annex repeats is not shown twice; what stands only there is found. */
static void
test_annex (void)
{
  static const char *const pages[] = { "Potassium 5,2 mmol/L", "Commentaire du biologiste", "" };
  GString *file = write_pdf (pages, 2);
  g_autofree char *data = encode (file);
  g_autofree char *entry =
      g_strdup_printf ("<entry><observationMedia classCode='OBS' moodCode='EVN' ID='M1'><value "
                       "mediaType='application"
                       "/pdf' representation='B64'>%s</value></observationMedia></entry>",
                       data);
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "11502-2", "<paragraph>Potassium : 5,2</paragraph><renderMultiMedia referencedObject='M1'/>",
      entry);
  g_autoptr (DmpSearch) search = index_document (document);
  g_autofree char *place = NULL;
  DmpCdaPlace parsed;

  g_string_free (file, TRUE);
  dmp_file_indexer_read (search, ID, document, NULL);
  g_assert_null (dmp_search_get_reason (search, ID));
  g_assert_cmpuint (count (search, "potassium"), ==, 1);
  place = dup_place (search, "biologiste");
  g_assert_true (dmp_cda_place_parse (place, &parsed));
  g_assert_cmpuint (parsed.attachment, ==, 1);
  g_assert_cmpuint (parsed.page, ==, 1);
}

static void
test_places (void)
{
  static const char *const wrong[] = { "",           "@",           "12",       "@1/",
                                       "@1/2",       "@1/2/3",      "@1/2/3/4", "@1/2/3/5-4",
                                       "@1/0/3/4-5", "@1/2/3/4-5x", "@-1",      "@99999999999",
                                       "#a" };
  const DmpCdaPlace place = { 12, 1, 3, 250, 480 };
  g_autofree char *text = dmp_cda_place_format (&place);
  DmpCdaPlace read;

  g_assert_cmpstr (text, ==, "@12/1/3/250-480");
  g_assert_true (dmp_cda_place_parse (text, &read));
  g_assert_cmpmem (&read, sizeof read, &place, sizeof place);
  g_assert_true (dmp_cda_place_parse ("@7", &read));
  g_assert_cmpuint (read.attachment, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (dmp_cda_place_parse (wrong[i], &read));
  g_assert_false (dmp_cda_place_parse (NULL, &read));
}

/* --- In the background ----------------------------------------------------------------------- */

static void
on_read (gpointer calls)
{
  ++*(guint *) calls;
}

static void
test_background (void)
{
  static const char *const pages[] = { "Nodule", "Nodule", "Nodule" };
  GString *file = write_pdf (pages, 3);
  g_autoptr (DmpCdaDocument) document = new_level1 ("application/pdf", file);
  g_autoptr (DmpSearch) search = index_document (document);
  guint calls = 0;
  DmpFileIndexer *indexer = dmp_file_indexer_new (search, on_read, &calls);

  g_string_free (file, TRUE);
  dmp_file_indexer_add (indexer, ID, document);
  dmp_file_indexer_add (indexer, ID, document);
  g_assert_cmpuint (dmp_file_indexer_get_pending (indexer), <=, 1);
  while (dmp_file_indexer_get_pending (indexer) > 0 || calls == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count (search, "nodule"), ==, 3);
  dmp_file_indexer_free (indexer);
}

/* Who leaves a record in the middle waits for nothing, and hears nothing. */
static void
test_left (void)
{
  static const char *const pages[] = { "Nodule", "Nodule", "Nodule" };
  GString *file = write_pdf (pages, 500);
  g_autoptr (DmpCdaDocument) document = new_level1 ("application/pdf", file);
  g_autoptr (DmpSearch) search = index_document (document);
  guint calls = 0;
  DmpFileIndexer *indexer = dmp_file_indexer_new (search, on_read, &calls);

  g_string_free (file, TRUE);
  dmp_file_indexer_add (indexer, ID, document);
  dmp_file_indexer_free (indexer);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (calls, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-indexer/pdf", test_pdf);
  g_test_add_func ("/file-indexer/texts", test_texts);
  g_test_add_func ("/file-indexer/gaps", test_gaps);
  g_test_add_func ("/file-indexer/annex", test_annex);
  g_test_add_func ("/file-indexer/places", test_places);
  g_test_add_func ("/file-indexer/background", test_background);
  g_test_add_func ("/file-indexer/left", test_left);
  return g_test_run ();
}
