#include "config.h"

/* The pages before a record is open, one by one; what the list shows of copies. */

#include "gallery.h"

#include "model/dmp-error.h"
#include "ui/dmp-access-page.h"
#include "ui/dmp-break-glass.h"
#include "ui/dmp-card-page.h"
#include "ui/dmp-documents-page.h"
#include "ui/dmp-failure-page.h"
#include "ui/dmp-lock-page.h"
#include "ui/dmp-patient-page.h"
#include "ui/dmp-pin-page.h"
#include "ui/dmp-place-page.h"

static DmpPatient *
new_patient (const char *birth, const char *used, const char *given, const char *date, DmpSex sex)
{
  const DmpPatientFields fields = { .ins = "255081416802538",
                                    .ins_oid = "1.2.250.1.213.1.4.10",
                                    .birth_family = birth,
                                    .family = used,
                                    .given = given,
                                    .birth_date = date,
                                    .sex = sex };

  return dmp_patient_new (&fields);
}

static DmpPractitioner *
new_doctor (void)
{
  g_autoptr (DmpCode) profession = dmp_code_new ("10", "1.2.250.1.71.1.2.7", "Médecin");
  g_autoptr (DmpCode) speciality =
      dmp_code_new ("SM26", "1.2.250.1.71.4.2.5", "Qualifié en médecine générale (SM)");
  const DmpPractitionerFields fields = { .national_id = "899700000017",
                                         .family = "LEROY",
                                         .given = "Claire",
                                         .civility = "DR",
                                         .profession = profession,
                                         .speciality = speciality,
                                         .card_kind = "CPS",
                                         .valid_until = "20270331" };

  return dmp_practitioner_new (&fields);
}

static void
test_card (void)
{
  static const struct
  {
    DmpSessionState state;
    const char *title;
    const char *picture;
  } cases[] = {
    { DMP_SESSION_NO_CARD, "Insérez votre carte CPS", "01-attente-carte" },
    { DMP_SESSION_NO_READER, "Aucun lecteur de carte détecté", "01-sans-lecteur" },
    { DMP_SESSION_NO_SERVICE, "Le service de cartes ne répond pas", "01-sans-service" },
    { DMP_SESSION_WRONG_CARD, "Insérez votre carte CPS", "01-vitale" },
    { DMP_SESSION_READING_CARD, "Lecture de votre carte…", "01-lecture" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DmpCardPage *page = g_object_new (DMP_TYPE_CARD_PAGE, NULL);
      GtkWindow *window;

      dmp_card_page_set_state (page, cases[i].state, "Gemalto IDBridge CT30", NULL);
      dmp_card_page_set_service (page, i == 0 ? DMP_CHECK_OK : DMP_CHECK_WRONG);
      window = gallery_show (GTK_WIDGET (page));
      g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), cases[i].title));
      gallery_take (window, cases[i].picture);
    }
}

static void
test_lock (void)
{
  DmpLockPage *page = g_object_new (DMP_TYPE_LOCK_PAGE, NULL);
  GtkWindow *window;

  dmp_lock_page_set_reason (page, DMP_LOCK_CARD_REMOVED);
  window = gallery_show (GTK_WIDGET (page));
  dmp_lock_page_set_wiped (page, TRUE, 0);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page),
                                        "Écran, clés et documents effacés · rien de lisible n’est "
                                        "gardé sur ce poste"));
  dmp_lock_page_set_wiped (page, TRUE, 2);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page),
                                        "Écran, clés et documents effacés · 2 envois restent, "
                                        "chiffrés, dans la boîte d’envoi"));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Session terminée : carte retirée"));
  gallery_take (window, "11-verrou");
}

static void
test_pin (void)
{
  g_autoptr (DmpPractitioner) doctor = new_doctor ();
  g_autoptr (DmpSecret) pin = NULL;
  DmpPinPage *page = g_object_new (DMP_TYPE_PIN_PAGE, NULL);
  GtkEditable *entry = GTK_EDITABLE (gallery_find (GTK_WIDGET (page), GTK_TYPE_PASSWORD_ENTRY));
  GtkWindow *window;
  int position = 0;

  dmp_pin_page_set_holder (page, doctor);
  dmp_pin_page_set_tries (page, 3);
  dmp_pin_page_set_busy (page, FALSE);
  gtk_editable_set_text (entry, "12");
  g_assert_false (dmp_pin_page_is_complete (page));
  gtk_editable_insert_text (entry, "x", 1, &position);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "12");
  gtk_editable_set_text (entry, "1234");
  g_assert_true (dmp_pin_page_is_complete (page));
  position = 4;
  gtk_editable_insert_text (entry, "5", 1, &position);
  pin = dmp_pin_page_take_pin (page);
  g_assert_cmpstr (dmp_secret_peek (pin), ==, "1234");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  g_assert_null (dmp_pin_page_take_pin (page));
  gtk_editable_set_text (entry, "12");
  window = gallery_show (GTK_WIDGET (page));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Dr Claire LEROY"));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Carte valable jusqu’au 31/03/2027"));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "3 essais restants"));
  gallery_take (window, "02-code");
}

static void
test_pin_last_try (void)
{
  g_autoptr (DmpPractitioner) doctor = new_doctor ();
  DmpPinPage *page = g_object_new (DMP_TYPE_PIN_PAGE, NULL);
  DmpPinPage *blocked = g_object_new (DMP_TYPE_PIN_PAGE, NULL);
  GtkWindow *window;

  dmp_pin_page_set_holder (page, doctor);
  dmp_pin_page_set_tries (page, 1);
  dmp_pin_page_set_problem (page, "Code incorrect.");
  window = gallery_show (GTK_WIDGET (page));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Code incorrect."));
  gallery_take (window, "02b-dernier-essai");
  dmp_pin_page_set_holder (blocked, doctor);
  dmp_pin_page_set_tries (blocked, 0);
  window = gallery_show (GTK_WIDGET (blocked));
  g_assert_null (gallery_find_label (GTK_WIDGET (blocked), "Code porteur"));
  gallery_take (window, "02c-carte-bloquee");
}

static void
test_place (void)
{
  g_autoptr (GListStore) places = g_list_store_new (DMP_TYPE_SITUATION);
  g_autoptr (DmpSituation) office =
      dmp_situation_new ("Cabinet du Dr LEROY", "499700000017001", "SA07");
  g_autoptr (DmpSituation) hospital =
      dmp_situation_new ("Centre hospitalier de Meaux", "10B0770001", "SA01");
  DmpPlacePage *page = g_object_new (DMP_TYPE_PLACE_PAGE, NULL);

  g_list_store_append (places, office);
  g_list_store_append (places, hospital);
  dmp_place_page_set_situations (page, G_LIST_MODEL (places));
  g_assert_true (dmp_place_page_get_choice (page) == office);
  gallery_take (gallery_show (GTK_WIDGET (page)), "02d-situation");
}

static void
test_patient (void)
{
  g_autoptr (GListStore) people = g_list_store_new (DMP_TYPE_PATIENT);
  g_autoptr (DmpPatient) first =
      new_patient ("DUPONT", "MARTIN", "Jeanne", "19530203", DMP_SEX_FEMALE);
  g_autoptr (DmpPatient) second =
      new_patient ("IBARRA-LEKUONA DE MONTMORENCY-LAVAL", "ETCHEVERRY-HARAMBOURE",
                   "Maïté-Antoinette", "20240616", DMP_SEX_FEMALE);
  g_autoptr (DmpPatient) chosen = NULL;
  g_autoptr (GError) error = NULL;
  DmpPatientPage *page = g_object_new (DMP_TYPE_PATIENT_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkEditable *ins = GTK_EDITABLE (gallery_find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW));

  g_list_store_append (people, first);
  g_list_store_append (people, second);
  dmp_patient_page_set_beneficiaries (page, G_LIST_MODEL (people));
  chosen = dmp_patient_page_dup_choice (page, "1.2", &error);
  g_assert_no_error (error);
  g_assert_true (chosen == first);
  gtk_editable_set_text (ins, "2 55 08 14 168 025 39");
  g_assert_null (dmp_patient_page_dup_choice (page, "1.2", &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_INS);
  gallery_take (window, "03-patient-cle-fausse");
}

static void
test_patient_ins (void)
{
  g_autoptr (DmpPatient) typed = NULL;
  g_autoptr (GError) error = NULL;
  DmpPatientPage *page = g_object_new (DMP_TYPE_PATIENT_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkEditable *ins = GTK_EDITABLE (gallery_find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW));

  gtk_editable_set_text (ins, "2 55 08 14 168 025 38");
  typed = dmp_patient_page_dup_choice (page, "1.2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dmp_patient_get_ins (typed), ==, "255081416802538");
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Numéro et clé cohérents."));
  gallery_take (window, "03-patient");
}

static void
test_access (void)
{
  static const struct
  {
    DmpAccessPageKind kind;
    const char *title;
    const char *picture;
  } cases[] = {
    { DMP_ACCESS_PAGE_ASK, "Vous n’avez pas encore accès à ce DMP", "04a-acces-refuse" },
    { DMP_ACCESS_PAGE_DENIED, "L’accès à ce DMP vous est refusé", "04a-bloque" },
    { DMP_ACCESS_PAGE_NONE, "M. KLEIN n’a pas de DMP", "04a-sans-dmp" },
    { DMP_ACCESS_PAGE_CLOSED, "Ce DMP est fermé", "04a-ferme" },
  };
  g_autoptr (DmpPatient) patient = new_patient ("KLEIN", NULL, "Robert", "19460912", DMP_SEX_MALE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DmpAccessPage *page = g_object_new (DMP_TYPE_ACCESS_PAGE, NULL);
      GtkWindow *window;

      dmp_access_page_show (page, cases[i].kind, patient, "20240301");
      window = gallery_show (GTK_WIDGET (page));
      dmp_access_page_focus (page);
      g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), cases[i].title));
      g_assert_false (dmp_access_page_get_medecin_traitant (page));
      gallery_take (window, cases[i].picture);
    }
}

static void
on_confirmed (DmpBreakGlass *dialog, const char *reason, char **given)
{
  *given = g_strdup (reason);
}

static void
test_break_glass (void)
{
  DmpBreakGlass *dialog = dmp_break_glass_new (NULL);
  GtkTextView *view = GTK_TEXT_VIEW (gallery_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT_VIEW));
  g_autofree char *given = NULL;

  g_signal_connect (dialog, "confirmed", G_CALLBACK (on_confirmed), &given);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "Malaise", -1);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "break-glass.confirm", NULL);
  g_assert_null (given);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "Malaise avec perte de connaissance",
                            -1);
  g_object_ref (dialog);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "break-glass.confirm", NULL);
  g_assert_cmpstr (given, ==, "Urgence vitale : Malaise avec perte de connaissance");
  g_assert_finalize_object (dialog);
  dialog = dmp_break_glass_new (NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  gallery_take (GTK_WINDOW (dialog), "04b-bris-de-glace");
}

static void
test_failure (void)
{
  g_autoptr (GError) error = NULL;
  DmpFailurePage *page = g_object_new (DMP_TYPE_FAILURE_PAGE, NULL);
  GtkWindow *window;

  dmp_error_set_host (&error, DMP_ERROR_TIMEOUT, "TD3.1", "%s",
                      "Aucune réponse depuis 10 s. Rien n’a été perdu.");
  dmp_failure_page_set_error (page, error);
  window = gallery_show (GTK_WIDGET (page));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Le DMP ne répond pas"));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "timeout – TD3.1"));
  gallery_take (window, "14a-panne");
}

/* @rows: " 2": so many */
static gboolean
has_rows (DmpDocumentsPage *page, const char *rows)
{
  g_autofree char *position = dmp_documents_page_dup_position (page);

  return g_str_has_suffix (position, rows);
}

/* A copy whose newer twin is archived, or filtered out, stands in the list for it. */
static void
test_copies (void)
{
  g_autoptr (GListStore) entries = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
  DmpDocumentsPage *page = g_object_new (DMP_TYPE_DOCUMENTS_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *search = gallery_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY);
  const DmpDocumentEntryFields fields[] = {
    { .unique_id = "1", .title = "Iono", .hash = "a", .size = 1, .creation = "20260101" },
    { .unique_id = "2",
      .title = "Iono",
      .hash = "a",
      .size = 1,
      .creation = "20260102",
      .status = DMP_STATUS_ARCHIVED },
    { .unique_id = "3", .title = "Lettre", .hash = "b", .size = 1, .creation = "20260101" },
    { .unique_id = "4", .title = "Courrier", .hash = "b", .size = 1, .creation = "20260102" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = dmp_document_entry_new (&fields[i]);

      g_list_store_append (entries, entry);
    }
  dmp_documents_page_set_documents (page, G_LIST_MODEL (entries));
  gallery_settle (window);
  g_assert_true (has_rows (page, " 2")); /* 1 and 4 */
  gtk_editable_set_text (GTK_EDITABLE (search), "iono");
  gallery_until (has_rows (page, " 1"));
  g_assert_cmpstr (dmp_document_entry_get_unique_id (dmp_documents_page_get_selected (page)), ==,
                   "1");
  gtk_editable_set_text (GTK_EDITABLE (search), "lettre");
  gallery_until (
      g_strcmp0 (dmp_document_entry_get_unique_id (dmp_documents_page_get_selected (page)), "3") ==
      0);
  g_assert_true (has_rows (page, " 1")); /* the one it stands behind is not found */
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!gallery_init (&argc, &argv))
    return 0;
  g_test_add_func ("/pages/card", test_card);
  g_test_add_func ("/pages/lock", test_lock);
  g_test_add_func ("/pages/pin", test_pin);
  g_test_add_func ("/pages/pin/last-try", test_pin_last_try);
  g_test_add_func ("/pages/place", test_place);
  g_test_add_func ("/pages/patient", test_patient);
  g_test_add_func ("/pages/patient/ins", test_patient_ins);
  g_test_add_func ("/pages/access", test_access);
  g_test_add_func ("/pages/break-glass", test_break_glass);
  g_test_add_func ("/pages/failure", test_failure);
  g_test_add_func ("/documents/copies", test_copies);

  return g_test_run ();
}
