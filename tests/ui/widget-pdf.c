#include "config.h"

/* Files: a PDF through the confined child, and a document on paper. */

#include "gallery.h"

#include "model/dmp-error.h"
#include "ui/dmp-document-print.h"
#include "ui/dmp-file-view.h"
#include "ui/dmp-page-view.h"
#include "ui/dmp-pdf.h"

#include <glib/gstdio.h>
#include <linux/magic.h>
#include <signal.h>
#include <string.h>
#include <sys/statfs.h>

/* A page in Helvetica, which the file does not carry: the child must find a stand-in. */
static const char pdf[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 61>>stream\n"
    "BT /F1 24 Tf 72 720 Td (Echographie renale sans anomalie) Tj ET\n"
    "endstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
    "trailer<</Root 1 0 R>>\n";

static const char cda[] =
    "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2.3.4'/>"
    "<title>Compte rendu d’examens biologiques</title><effectiveTime value='20260114'/>"
    "<recordTarget><patientRole><id root='1.2.250.1.213.1.4.10' extension='255081416802538'/>"
    "<patient><name><given>Jeanne</given><family qualifier='BR'>DUPONT</family></name>"
    "<administrativeGenderCode code='F'/><birthTime value='19530203'/></patient>"
    "</patientRole></recordTarget><component><structuredBody>"
    "<component><section><title>Biochimie</title><text><table><thead><tr><th>Examen</th>"
    "<th>Résultat</th><th>Unité</th></tr></thead><tbody><tr><td>Créatinine</td><td>122</td>"
    "<td>µmol/L</td></tr><tr><td>DFG</td><td><content styleCode='Bold'>38</content></td>"
    "<td>mL/min/1,73 m<sup>2</sup></td></tr></tbody></table></text></section></component>"
    "<component><section><title>Conclusion</title><text><list listType='ordered'>"
    "<item>Plaquettes 212 G/L</item></list><paragraph>À confronter au contexte clinique."
    "</paragraph></text></section></component></structuredBody></component></ClinicalDocument>";

/* --- The confined child --- */

typedef struct
{
  GMainLoop *loop;
  DmpPdf *pdf;
  GdkTexture *texture;
  char *text;
  GError *error;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_main_loop_unref (answer->loop);
  g_clear_object (&answer->pdf);
  g_clear_object (&answer->texture);
  g_clear_pointer (&answer->text, g_free);
  g_clear_error (&answer->error);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->pdf = dmp_pdf_open_finish (result, &answer->error);
  g_main_loop_quit (answer->loop);
}

static void
render_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  g_clear_object (&answer->texture);
  answer->texture = dmp_pdf_render_finish (DMP_PDF (source), result, &answer->error);
  g_main_loop_quit (answer->loop);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->text = dmp_pdf_text_finish (DMP_PDF (source), result, &answer->error);
  g_main_loop_quit (answer->loop);
}

static void
open_file (Answer *answer, const char *data, const char *mime)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, strlen (data));

  *answer = (Answer){ .loop = g_main_loop_new (NULL, FALSE) };
  dmp_pdf_open_async (bytes, mime, NULL, open_cb, answer);
  g_main_loop_run (answer->loop);
}

/* How many pixels of @texture are not white: something was painted, in some font. */
static guint
count_ink (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * height);
  guint n = 0;

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (int i = 0; i < width * height; i++)
    n += (pixels[i] & 0xffffff) != 0xffffff;

  return n;
}

static void
test_pdf (void)
{
  Answer answer;

  open_file (&answer, pdf, "application/pdf");
  g_assert_no_error (answer.error);
  g_assert_cmpuint (dmp_pdf_get_n_pages (answer.pdf), ==, 1);
  dmp_pdf_render_async (answer.pdf, 0, 595, NULL, render_cb, &answer);
  g_main_loop_run (answer.loop);
  g_assert_no_error (answer.error);
  g_assert_cmpint (gdk_texture_get_width (answer.texture), ==, 595);
  g_assert_cmpint (gdk_texture_get_height (answer.texture), ==, 842);
  g_assert_cmpuint (count_ink (answer.texture), >, 1000);
  dmp_pdf_text_async (answer.pdf, 0, NULL, text_cb, &answer);
  g_main_loop_run (answer.loop);
  g_assert_no_error (answer.error);
  g_assert_cmpstr (g_strstrip (answer.text), ==, "Echographie renale sans anomalie");
  dmp_pdf_render_async (answer.pdf, 7, 595, NULL, render_cb, &answer);
  g_main_loop_run (answer.loop);
  g_assert_error (answer.error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT);
  answer_clear (&answer);
}

/* A TIFF of @n pages of 2 × 2 points, each of another grey; @next: where the last one leads. */
static GBytes *
new_tiff (guint n, guint32 next)
{
  static const guint16 tags[][3] = { { 256, 3, 2 }, { 257, 3, 2 }, { 258, 3, 8 },
                                     { 259, 3, 1 }, { 262, 3, 1 }, { 273, 4, 0 },
                                     { 277, 3, 1 }, { 278, 3, 2 }, { 279, 4, 4 } };
  const guint32 size = 4 + 2 + 12 * G_N_ELEMENTS (tags) + 4, one = 1;
  const guint16 count = G_N_ELEMENTS (tags);
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *) "II*\0\14\0\0\0", 8);
  for (guint i = 0; i < n; i++)
    {
      guint32 place = 8 + i * size, after = i + 1 < n ? place + size + 4 : next;

      for (guint k = 0; k < 4; k++)
        g_byte_array_append (file, &(guint8){ (guint8) (60 * (i + 1)) }, 1);
      g_byte_array_append (file, (const guint8 *) &count, 2);
      for (guint k = 0; k < count; k++)
        {
          guint32 value = tags[k][0] == 273 ? place : tags[k][2];

          g_byte_array_append (file, (const guint8 *) tags[k], 4);
          g_byte_array_append (file, (const guint8 *) &one, 4);
          g_byte_array_append (file, (const guint8 *) &value, 4);
        }
      g_byte_array_append (file, (const guint8 *) &after, 4);
    }

  return g_byte_array_free_to_bytes (file);
}

/* Every page, in any order; a list of pages that bites its tail ends. */
static void
test_tiff (void)
{
  static const guint asked[] = { 2, 0, 1, 1 };
  static const guint32 next[] = { 0, 12, 0x7fffffff };

  for (guint turn = 0; turn < G_N_ELEMENTS (next); turn++)
    {
      g_autoptr (GBytes) bytes = new_tiff (3, next[turn]);
      Answer answer = { .loop = g_main_loop_new (NULL, FALSE) };

      dmp_pdf_open_async (bytes, "image/tiff", NULL, open_cb, &answer);
      g_main_loop_run (answer.loop);
      g_assert_no_error (answer.error);
      g_assert_cmpuint (dmp_pdf_get_n_pages (answer.pdf), ==, 3);
      for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
        {
          guint8 pixels[4 * 4];

          g_clear_object (&answer.texture);
          dmp_pdf_render_async (answer.pdf, asked[i], 2, NULL, render_cb, &answer);
          g_main_loop_run (answer.loop);
          g_assert_no_error (answer.error);
          gdk_texture_download (answer.texture, pixels, 8);
          g_assert_cmpuint (pixels[0], ==, 60 * (asked[i] + 1));
        }
      answer_clear (&answer);
    }
}

static void
test_damaged (void)
{
  static const char *const files[] = { "%PDF-1.4 nothing more", "not a file at all", "" };
  Answer answer;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      open_file (&answer, files[i], i == 1 ? "image/png" : "application/pdf");
      g_assert_error (answer.error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT);
      g_assert_null (answer.pdf);
      answer_clear (&answer);
    }
}

static void
test_killed (void)
{
  Answer answer;

  open_file (&answer, pdf, "application/pdf");
  g_assert_no_error (answer.error);
  dmp_pdf_close (answer.pdf);
  dmp_pdf_render_async (answer.pdf, 0, 595, NULL, render_cb, &answer);
  g_main_loop_run (answer.loop);
  g_assert_error (answer.error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT);
  answer_clear (&answer);
}

/* A child that answers once and dies: what is asked next is an error, and the window lives on. */
static void
test_dead_child (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "caducee-dead-child", NULL);
  g_autofree char *real = g_strdup (g_getenv ("DMP_PDF_CHILD"));
  const char *script = "#!/bin/sh\nprintf '\\0\\0\\0\\0\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0'\n";
  Answer answer;

  g_assert_true (g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_setenv ("DMP_PDF_CHILD", path, TRUE);
  signal (SIGPIPE, SIG_DFL);
  open_file (&answer, pdf, "application/pdf");
  g_assert_no_error (answer.error);
  gallery_settle (NULL);
  dmp_pdf_render_async (answer.pdf, 0, 595, NULL, render_cb, &answer);
  g_main_loop_run (answer.loop);
  g_assert_error (answer.error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT);
  answer_clear (&answer);
  g_setenv ("DMP_PDF_CHILD", real, TRUE);
  g_unlink (path);
}

static DmpPageView *
find_page (GtkWidget *view)
{
  GtkWidget *page = gallery_find (view, DMP_TYPE_PAGE_VIEW);

  return page != NULL ? DMP_PAGE_VIEW (page) : NULL;
}

static gboolean
has_places (GtkWidget *view)
{
  DmpPageView *page = find_page (view);
  graphene_rect_t place;

  return page != NULL && dmp_page_view_get_place (page, 0, &place);
}

static void
test_file_view (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (pdf, strlen (pdf));
  GtkWidget *view = dmp_file_view_new (bytes, "application/pdf");
  GtkWindow *window = gallery_show (view);
  g_autofree char *selected = NULL;
  DmpPageView *page;
  int before;

  gallery_until (has_places (view));
  g_assert_true (has_places (view));
  page = find_page (view);
  dmp_page_view_select (page, TRUE);
  selected = dmp_page_view_dup_selection (page);
  g_assert_cmpstr (g_strstrip (selected), ==, "Echographie renale sans anomalie");
  before = gtk_widget_get_width (GTK_WIDGET (page));
  dmp_file_view_set_zoom (DMP_FILE_VIEW (view), 1.5);
  gallery_settle (window);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (page)), ==, before * 3 / 2);
  gallery_take (window, "07-pdf");
}

/* --- Printing --- */

static DmpCdaDocument *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  DmpCdaDocument *document = dmp_cda_document_parse (bytes, &error);

  g_assert_no_error (error);
  return document;
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GtkPrintOperation **) data = dmp_document_print_prepare_finish (result, NULL);
}

/* Prints @document to a PDF and reads it again. Returns: the words of its pages, \f between them */
static char *
print_words (DmpCdaDocument *document)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autofree char *folder = g_dir_make_tmp ("print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "page.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GString) all = g_string_new (NULL);
  gsize length;
  Answer answer = { .loop = g_main_loop_new (NULL, FALSE) };

  dmp_document_print_prepare_async (document, NULL, prepared_cb, &operation);
  gallery_until (operation != NULL);
  g_assert_nonnull (operation);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (
      gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
      GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, &length, &error));
  bytes = g_bytes_new (data, length);
  dmp_pdf_open_async (bytes, "application/pdf", NULL, open_cb, &answer);
  g_main_loop_run (answer.loop);
  g_assert_no_error (answer.error);
  for (guint i = 0; i < dmp_pdf_get_n_pages (answer.pdf); i++)
    {
      g_clear_pointer (&answer.text, g_free);
      dmp_pdf_text_async (answer.pdf, i, NULL, text_cb, &answer);
      g_main_loop_run (answer.loop);
      g_string_append_printf (all, "%s%s", i > 0 ? "\f" : "", answer.text);
    }
  answer_clear (&answer);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
assert_words (const char *text, const char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (text, *words) == NULL)
      g_error ("%s is not printed: %s", *words, text);
}

/* Every word, the patient, author and dates, the number and the day of printing. */
static void
test_print (void)
{
  static const char *const words[] = { "DUPONT",       "03/02/1953", "INS 255081416802538",
                                       "page 1 sur 1", "imprimé le", "14/01/2026",

                                       "Créatinine",   "122",        "mL/min/1,73",
                                       "Plaquettes",   "contexte",   NULL };
  g_autoptr (DmpCdaDocument) document = parse (cda);
  g_autofree char *text = print_words (document);

  assert_words (text, words);
  g_assert_null (strstr (text, "imprimés en partie"));
}

#define BEFORE_ROWS                                                                                \
  "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2.3.6'/><title>Suivi</title>"              \
  "<recordTarget><patientRole><id root='1.2.3' extension='LOCAL7'/>"                               \
  "<id root='1.2.250.1.213.1.4.10' extension='255081416802538'/><patient><name>"                   \
  "<family qualifier='BR'>DUPONT</family></name></patient></patientRole></recordTarget>"           \
  "<component><structuredBody><component><section><title>Mesures</title><text><table><thead><tr>"  \
  "<th>Jour</th><th>Tension</th></tr></thead><tbody>"
#define AFTER_ROWS                                                                                 \
  "</tbody></table></text></section></component></structuredBody></component></ClinicalDocument>"
#define N_WORDS 3000

/* A table over several sheets has its head on each; a cell larger than a sheet loses nothing. */
static void
test_print_long (void)
{
  static const char *const each[] = { "DUPONT", "INS 255081416802538", "Jour", "Tension", NULL };
  g_autoptr (GString) source = g_string_new (BEFORE_ROWS);
  g_autoptr (DmpCdaDocument) document = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) pages = NULL;

  for (guint i = 0; i < 120; i++)
    g_string_append_printf (source, "<tr><td>J%03u</td><td>12/8</td></tr>", i);
  g_string_append (source, "<tr><td>fin</td><td>");
  for (guint i = 0; i < N_WORDS; i++)
    g_string_append_printf (source, "mot%04u ", i);
  g_string_append (source, "</td></tr>" AFTER_ROWS);
  document = parse (source->str);
  text = print_words (document);
  pages = g_strsplit (text, "\f", -1);
  g_assert_cmpuint (g_strv_length (pages), >, 4);
  for (char **page = pages; *page != NULL; page++)
    assert_words (*page, each);
  g_assert_null (strstr (text, "LOCAL7"));
  for (guint i = 0; i < N_WORDS; i++)
    {
      g_autofree char *word = g_strdup_printf ("mot%04u", i);

      assert_words (text, (const char *[]){ word, NULL });
    }
}

static char *
dup_media (const char *id, const char *mime, const char *data)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) data, strlen (data));

  return g_strdup_printf ("<entry><observationMedia ID='%s'><value mediaType='%s' "
                          "representation='B64'>%s</value></observationMedia></entry>",
                          id, mime, encoded);
}

/* What is not printed is said where it would stand, as on the screen, and at the foot. */
static void
test_print_loss (void)
{
  static const char *const files[][2] = {
    { "application/pdf", "%PDF-1.4 nothing more" },
    { "application/rtf", "not rich" },
    { "application/zip", "PK" },
    { "image/png", "" },
    /* two pages, of which one is missing */
    { "application/pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                         "2 0 obj<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>endobj\n"
                         "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 40]>>endobj\n"
                         "trailer<</Root 1 0 R>>\n" },
  };
  static const char *const words[] = {
    "il ne peut pas être affiché", "application/zip : ce type n’est pas affiché",
    "vide ou endommagé",           "page 2 sur 2",
    "imprimés en partie",          NULL
  };
  g_autoptr (GString) entries = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) halves = g_strsplit (cda, "</text></section></component></structuredBody>", 2);
  g_autoptr (DmpCdaDocument) document = NULL;
  g_autofree char *all = NULL, *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *id = g_strdup_printf ("m%u", i);
      g_autofree char *media = dup_media (id, files[i][0], files[i][1]);

      g_string_append (entries, media);
    }
  all = g_strconcat (halves[0], "</text>", entries->str, "</section></component></structuredBody>",
                     halves[1], NULL);
  document = parse (all);
  text = print_words (document);
  g_strdelimit (text, "\n", ' ');
  assert_words (text, words);
  parts = g_strsplit (text, "il ne peut pas être affiché", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 4); /* the PDF, the RTF, the missing page */
}

static GtkGesture *
find_click (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (one))
        return GTK_GESTURE (one);
    }
  return NULL;
}

/* Two words, the first of a quarter of a million letters: a double click takes all of it, and is
 * done before anybody waits for it. */
static void
test_long_word (void)
{
  const guint n = 256 * 1024;
  g_autofree char *letters = g_strnfill (n, 'a');
  g_autofree char *text = g_strconcat (letters, " fin", NULL);
  g_autoptr (GArray) places = g_array_new (FALSE, TRUE, sizeof (DmpPdfBox));
  guint32 white = 0xffffffff;
  g_autoptr (GBytes) pixels = g_bytes_new (&white, sizeof white);
  g_autoptr (GdkTexture) texture =
      gdk_memory_texture_new (1, 1, GDK_MEMORY_DEFAULT, pixels, sizeof white);
  GtkWidget *page = dmp_page_view_new (texture, 600);
  GtkWindow *window = gallery_show (page);
  g_autofree char *selected = NULL;

  g_array_set_size (places, n + 4);
  dmp_page_view_set_words (DMP_PAGE_VIEW (page), text, places);
  g_signal_emit_by_name (find_click (page), "pressed", 2, 0.0, 0.0);
  selected = dmp_page_view_dup_selection (DMP_PAGE_VIEW (page));
  g_assert_cmpstr (selected, ==, letters);
  gtk_window_destroy (window);
}

/* What waits for the printer waits in memory. */
static void
test_print_in_memory (void)
{
  struct statfs on;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  g_unsetenv ("TMPDIR");
  g_setenv ("XDG_RUNTIME_DIR", "/proc", TRUE); /* not in memory, nobody can write there */
  if (!dmp_document_print_use_memory ())
    return; /* no /dev/shm here */
  g_assert_cmpint (statfs (g_getenv ("TMPDIR"), &on), ==, 0);
  g_assert_cmpint ((int) on.f_type, ==, TMPFS_MAGIC);
  g_setenv ("XDG_RUNTIME_DIR", "/dev/shm/.", TRUE);
  g_assert_true (dmp_document_print_use_memory ());
  g_assert_cmpstr (g_getenv ("TMPDIR"), ==, "/dev/shm/.");
}

int
main (int argc, char **argv)
{
  g_autofree char *child = NULL;

  if (!gallery_init (&argc, &argv))
    return 0;
  child = g_build_filename (g_test_get_dir (G_TEST_BUILT), "..", "ui", "caducee-pdf", NULL);
  g_setenv ("DMP_PDF_CHILD", child, TRUE);
  g_test_add_func ("/document/print", test_print);
  g_test_add_func ("/document/print-long", test_print_long);
  g_test_add_func ("/document/print-loss", test_print_loss);
  g_test_add_func ("/document/print-in-memory", test_print_in_memory);
  g_test_add_func ("/pdf/render", test_pdf);
  g_test_add_func ("/pdf/tiff", test_tiff);
  g_test_add_func ("/pdf/damaged", test_damaged);
  g_test_add_func ("/pdf/killed", test_killed);
  g_test_add_func ("/pdf/dead-child", test_dead_child);
  g_test_add_func ("/pdf/view", test_file_view);
  g_test_add_func ("/pdf/long-word", test_long_word);

  return g_test_run ();
}
