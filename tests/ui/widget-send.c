#include "config.h"

/* Sending files: their fields, their checks, their repairs, what the record says of them. */

#include "gallery.h"

#include "session/dmp-record-private.h"
#include "ui/dmp-page-view.h"
#include "ui/dmp-send-page.h"

#include <string.h>

static DmpPatient *patient;

static void
test_send (void)
{
  DmpSendPage *page = g_object_new (DMP_TYPE_SEND_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "caducee-widget.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) drafts = NULL;
  DmpSubmissionDraft *draft;
  GtkWidget *use, *title;

  g_assert_true (g_file_set_contents (path, "Consultation du jour.\n", -1, NULL));
  dmp_send_page_prepare (page, NULL, NULL, "Dr Claire LEROY, Cabinet du Dr LEROY", "LEROY");
  g_assert_false (dmp_send_page_is_complete (page));
  dmp_send_page_add_file (page, file);
  gallery_settle (window);
  title = gallery_find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (title), "Consultation après hospitalisation");
  g_assert_false (dmp_send_page_is_complete (page));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Il manque la date de l’acte."));
  use = gtk_widget_get_parent (gallery_find_label (GTK_WIDGET (page), "Aujourd’hui"));
  g_signal_emit_by_name (use, "clicked");
  gallery_until (dmp_send_page_is_complete (page)); /* the file is read by another thread */
  g_assert_true (dmp_send_page_is_complete (page));
  drafts = dmp_send_page_dup_drafts (page);
  draft = g_ptr_array_index (drafts, 0);
  g_assert_cmpstr (draft->mime, ==, "text/plain");
  g_assert_cmpstr (draft->title, ==, "Consultation après hospitalisation");
  g_assert_cmpstr (dmp_code_get_code (draft->type_code), ==, "11488-4");
  g_assert_cmpint (draft->visibility, ==, DMP_VISIBILITY_NORMAL);
  g_file_delete (file, NULL, NULL);
  gallery_take (window, "09a-envoyer");
}

/* The words typed for one patient do not come back for the next, not even with Ctrl+Z. */
static void
test_send_forgotten (void)
{
  DmpSendPage *page = g_object_new (DMP_TYPE_SEND_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *title = gallery_find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW);
  GtkWidget *type = gallery_find (GTK_WIDGET (page), GTK_TYPE_DROP_DOWN);
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (title)));
  guint first;

  dmp_send_page_prepare (page, NULL, NULL, "Dr Claire LEROY", "LEROY");
  first = gtk_drop_down_get_selected (GTK_DROP_DOWN (type));
  gtk_editable_set_text (GTK_EDITABLE (title), "Sérologie de M. X");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (type), first + 1);
  gtk_widget_activate_action (text, "text.undo", NULL);
  gtk_editable_set_text (GTK_EDITABLE (title), "Sérologie de M. X");
  dmp_send_page_clear (page);
  gtk_widget_activate_action (text, "text.undo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (title)), ==, "");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (type)), ==, first);
  gtk_window_destroy (window);
}

static gboolean
too_long (gpointer waited)
{
  *(gboolean *) waited = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Until @text is on the page: other processes are at work. Returns: its label */
static GtkWidget *
wait_for (DmpSendPage *page, const char *text)
{
  gboolean waited = FALSE;
  guint timeout = g_timeout_add_seconds (60, too_long, &waited);
  GtkWidget *label = NULL;

  while (!waited && (label == NULL || !gtk_widget_get_mapped (label)))
    {
      g_main_context_iteration (NULL, TRUE);
      label = gallery_find_label (GTK_WIDGET (page), text);
    }
  g_source_remove (timeout);
  g_assert_nonnull (label);
  return label;
}

static void
press (GtkWidget *label)
{
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

/* Another patient's letter goes only when a person has looked. */
static void
test_send_other_patient (void)
{
  static const char letter[] = "COMPTE RENDU DE CONSULTATION\nMeaux, le 15/01/2026\n"
                               "Patient : M. DURAND Paul, né le 01/02/1950\n"
                               "Consultation du 14/01/2026. Tension 138/82.\nDr Pierre MARTIN\n";
  DmpSendPage *page = g_object_new (DMP_TYPE_SEND_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "caducee-lettre.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *accept;

  g_assert_true (g_file_set_contents (path, letter, -1, NULL));
  dmp_send_page_prepare (page, NULL, patient, "Dr Claire LEROY, Cabinet du Dr LEROY", "LEROY");
  dmp_send_page_add_file (page, file);
  accept = wait_for (page, "C’est bien ce patient");
  press (wait_for (page, "Utiliser"));
  g_assert_false (dmp_send_page_is_complete (page));
  press (accept);
  g_assert_true (dmp_send_page_is_complete (page));
  dmp_send_page_clear (page);
  dmp_send_page_prepare (page, NULL, patient, "Dr Claire LEROY, Cabinet du Dr LEROY", "LEROY");
  dmp_send_page_add_file (page, file);
  wait_for (page, "C’est bien ce patient");
  g_file_delete (file, NULL, NULL);
  gallery_take (window, "09a-autre-patient");
}

/* Two files at once: an ordinary PDF is put right by its button. */
static void
test_send_files (void)
{
  DmpSendPage *page = g_object_new (DMP_TYPE_SEND_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autofree char *pdf = g_build_filename (g_get_tmp_dir (), "caducee-lettre.pdf", NULL);
  g_autofree char *text = g_build_filename (g_get_tmp_dir (), "caducee-note.txt", NULL);
  g_autofree char *maker =
      g_build_filename (g_test_get_dir (G_TEST_DIST), "records", "make-pdf", NULL);
  g_autofree char *command = g_strdup_printf ("%s --out %s", maker, pdf);
  g_autoptr (GFile) pdf_file = g_file_new_for_path (pdf);
  g_autoptr (GFile) text_file = g_file_new_for_path (text);
  g_autoptr (GPtrArray) drafts = NULL;
  DmpSubmissionDraft *draft;

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_assert_true (g_file_set_contents (text, "Note sans titre ni date.\n", -1, NULL));
  dmp_send_page_prepare (page, NULL, patient, "Dr Claire LEROY, Cabinet du Dr LEROY", "LEROY");
  dmp_send_page_add_file (page, text_file);
  dmp_send_page_add_file (page, pdf_file);
  press (wait_for (page, "Convertir en PDF/A"));
  wait_for (page, "conforme, converti");
  g_assert_false (dmp_send_page_is_complete (page));
  drafts = dmp_send_page_dup_drafts (page);
  g_assert_cmpuint (drafts->len, ==, 2);
  draft = g_ptr_array_index (drafts, 1);
  g_assert_cmpstr (draft->mime, ==, "application/pdf");
  g_assert_true (g_str_has_prefix (draft->title, "Compte rendu de consultation"));
  g_assert_cmpstr (dmp_code_get_code (draft->type_code), ==, "11488-4");
  g_assert_null (draft->date); /* offered beside its field, never put in unseen */
  g_file_delete (text_file, NULL, NULL);
  g_file_delete (pdf_file, NULL, NULL);
  gallery_take (window, "09a-plusieurs");
}

/* --- Is it there already? --- */

static const char words[] =
    "Consultation du 14/01/2026 pour une douleur du genou droit, marche sans "
    "appui difficile.\n";

static DmpDigested *
new_digested (void)
{
  g_autofree char *cda = g_strdup_printf (
      "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2.3.4'/><title>Genou</title><component>"
      "<nonXMLBody><text mediaType='text/plain'>%s</text></nonXMLBody></component>"
      "</ClinicalDocument>",
      words);
  g_autoptr (GBytes) bytes = g_bytes_new (cda, strlen (cda));
  DmpDigested *digested = g_new0 (DmpDigested, 1);

  digested->unique_id = g_strdup ("1.2.3.4");
  digested->document = dmp_cda_document_parse (bytes, NULL);
  g_assert_nonnull (digested->document);
  return digested;
}

/* What is not read yet is not said to be absent; it is looked at when it comes. */
static void
test_send_held (void)
{
  DmpSendPage *page = g_object_new (DMP_TYPE_SEND_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "caducee-genou.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DmpRecord) record = dmp_record_new (patient, DMP_ACCESS_NORMAL, NULL);
  const DmpDocumentEntryFields fields = { .unique_id = "1.2.3.4", .title = "Genou" };
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) digested =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_digested_free);

  g_assert_true (g_file_set_contents (path, words, -1, NULL));
  g_ptr_array_add (entries, dmp_document_entry_new (&fields));
  dmp_record_set_loading (record, TRUE);
  dmp_record_set_documents (record, entries);
  dmp_send_page_prepare (page, record, patient, "Dr Claire LEROY", "LEROY");
  dmp_send_page_add_file (page, file);
  wait_for (page, "pas encore vérifié (documents lus : 0 sur 1)");
  g_assert_null (gallery_find_label (GTK_WIDGET (page), "non"));
  dmp_record_set_loading (record, FALSE); /* it broke off */
  wait_for (page, "pas trouvé (documents lus : 0 sur 1)");
  gallery_settle (window);
  g_ptr_array_add (digested, new_digested ());
  dmp_record_take_digested (record, digested, NULL);
  wait_for (page, "Envoyer quand même");
  g_file_delete (file, NULL, NULL);
  gallery_take (window, "09a-deja-la");
}

static gboolean
has_page (DmpSendPage *page)
{
  return gallery_find (GTK_WIDGET (page), DMP_TYPE_PAGE_VIEW) != NULL;
}

/* What is shown of a converted file is the converted file. */
static void
test_send_converted (void)
{
  DmpSendPage *page = g_object_new (DMP_TYPE_SEND_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "caducee-photo.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 300, 200);
  cairo_t *cr = cairo_create (picture);

  cairo_set_source_rgb (cr, 0.9, 0.4, 0.1);
  cairo_rectangle (cr, 40, 40, 100, 100);
  cairo_fill (cr);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (picture, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (picture);
  dmp_send_page_prepare (page, NULL, patient, "Dr Claire LEROY", "LEROY");
  dmp_send_page_add_file (page, file);
  press (wait_for (page, "Convertir en JPEG"));
  wait_for (page, "conforme, converti");
  gallery_until (has_page (page));
  g_assert_true (has_page (page));
  g_file_delete (file, NULL, NULL);
  gallery_take (window, "09a-converti");
}

static void
test_send_empty (void)
{
  DmpSendPage *page = g_object_new (DMP_TYPE_SEND_PAGE, NULL);

  dmp_send_page_prepare (page, NULL, NULL, "Dr Claire LEROY, Cabinet du Dr LEROY", "LEROY");
  dmp_send_page_set_problem (page, "Le DMP a refusé le document : il manque la date de l’acte.");
  gallery_take (gallery_show (GTK_WIDGET (page)), "09a-envoyer-refus");
}

static DmpPatient *
new_patient (void)
{
  const DmpPatientFields fields = { .ins = "255081416802538",
                                    .ins_oid = "1.2.250.1.213.1.4.10",
                                    .birth_family = "DUPONT",
                                    .given = "JEANNE",
                                    .birth_date = "19530203",
                                    .sex = DMP_SEX_FEMALE };

  return dmp_patient_new (&fields);
}

int
main (int argc, char **argv)
{
  g_autofree char *child = NULL, *pdfa = NULL;
  int status;

  if (!gallery_init (&argc, &argv))
    return 0;
  child = g_build_filename (g_test_get_dir (G_TEST_BUILT), "..", "ui", "caducee-pdf", NULL);
  g_setenv ("DMP_PDF_CHILD", child, TRUE);
  pdfa =
      g_build_filename (g_test_get_dir (G_TEST_BUILT), "..", "src", "files", "caducee-pdfa", NULL);
  g_setenv ("DMP_PDFA_CHILD", pdfa, TRUE);
  patient = new_patient ();
  g_test_add_func ("/send/file", test_send);
  g_test_add_func ("/send/forgotten", test_send_forgotten);
  g_test_add_func ("/send/other-patient", test_send_other_patient);
  g_test_add_func ("/send/files", test_send_files);
  g_test_add_func ("/send/held", test_send_held);
  g_test_add_func ("/send/converted", test_send_converted);
  g_test_add_func ("/send/empty", test_send_empty);
  status = g_test_run ();
  g_clear_object (&patient);

  return status;
}
