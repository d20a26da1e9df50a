#include "config.h"

/* The outbox: a row in each state, what can be done about it, and what is told. */

#include "gallery.h"

#include "ui/dmp-outbox-page.h"

#include <string.h>

#define REFUSAL "Le dossier de ce patient est fermé. Le document n’a pas été enregistré."
#define CONFLICT "Le dossier contient autre chose sous l’identifiant de ce document."
#define LONG_TITLE                                                                                 \
  "Compte rendu de consultation pluridisciplinaire d’oncologie digestive et hépato-biliaire"

static DmpOutboxRow *
new_row (gint64 id, DmpOutboxState state, const char *title, const char *sentence)
{
  DmpOutboxRow *row = dmp_outbox_row_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a", 1);
  g_autofree char *unique_id = g_strdup_printf ("2.25.%u", (guint) id);

  row->id = id;
  row->state = state;
  row->created = row->sent = 1000000000 + id;
  row->submission_id = g_strdup (unique_id);
  row->patient = g_strdup ("DE LA ROCHEFOUCAULD-MONTBEL Marie-Hélène · 03/02/1953");
  row->sentence = g_strdup (sentence);
  dmp_outbox_row_add (row, unique_id, title, "a@b", "text/xml", bytes);
  return row;
}

/* One in each state, oldest first. */
static GPtrArray *
new_rows (void)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_outbox_row_free);

  g_ptr_array_add (rows, new_row (1, DMP_OUTBOX_REFUSED, LONG_TITLE, REFUSAL));
  g_ptr_array_add (rows, new_row (2, DMP_OUTBOX_CONFLICT, "En conflit", CONFLICT));
  g_ptr_array_add (rows, new_row (3, DMP_OUTBOX_UNKNOWN, "Incertain", NULL));
  g_ptr_array_add (rows, new_row (4, DMP_OUTBOX_REFUSED, "Refusé hier", REFUSAL));
  g_ptr_array_add (rows, new_row (5, DMP_OUTBOX_READY, "Retenu", NULL));
  return rows;
}

/* With @corrected, which can be corrected (0: none), one that is held and one that was accepted. */
static DmpOutboxPage *
new_page (gint64 corrected)
{
  DmpOutboxPage *page = g_object_new (DMP_TYPE_OUTBOX_PAGE, NULL);
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autoptr (GPtrArray) sent =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_outbox_row_free);
  g_autoptr (GHashTable) forms = g_hash_table_new (g_int64_hash, g_int64_equal);

  g_hash_table_add (forms, &corrected);
  g_ptr_array_add (sent, new_row (6, DMP_OUTBOX_ACKED, "Accepté", NULL));
  dmp_outbox_page_set_seconds (page, 4);
  dmp_outbox_page_set_rows (page, rows, sent, 5, forms);
  return page;
}

static GtkWidget *
find_row (GtkWidget *page, guint at)
{
  GtkWidget *list = gallery_find (page, GTK_TYPE_LIST_BOX);

  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) at));
}

static void
add_buttons (GtkWidget *widget, GString *words)
{
  if (GTK_IS_BUTTON (widget))
    g_string_append_printf (words, "%s|", gtk_button_get_label (GTK_BUTTON (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_buttons (child, words);
}

static void
assert_row (GtkWidget *page, guint at, const char *state, const char *buttons)
{
  GtkWidget *row = find_row (page, at);
  g_autoptr (GString) words = g_string_new (NULL);

  g_assert_nonnull (row);
  g_assert_nonnull (gallery_find_label (row, state));
  add_buttons (row, words);
  g_assert_cmpstr (words->str, ==, buttons);
}

static void
test_states (void)
{
  GtkWidget *page = GTK_WIDGET (new_page (1));
  GtkWindow *window = gallery_show (page);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (1000000006);
  g_autofree char *accepted = g_date_time_format (time, "Accepté le %d/%m/%Y à %H:%M");

  assert_row (page, 0, "Envoi dans 4 s", "Annuler|");
  assert_row (page, 1, "Refusé. " REFUSAL, "Réessayer|Retirer…|"); /* its form is no more */
  assert_row (page, 2,
              "En attente. Le DMP n’a pas encore confirmé : il sera interrogé avant tout nouvel "
              "envoi.",
              "Réessayer|Retirer…|");
  assert_row (page, 3, "En conflit. " CONFLICT, "Réessayer|Retirer…|"); /* nothing to correct */
  assert_row (page, 4, "Refusé. " REFUSAL, "Corriger|Réessayer|Retirer…|");
  assert_row (page, 5, accepted, "Reçu|");
  g_assert_null (find_row (page, 6));
  g_assert_nonnull (gallery_find_label (page, "Patient"));
  gallery_take (window, "09b-boite-envoi");
}

static void
keep_id (DmpOutboxPage *page, gint64 id, gint64 *out)
{
  *out = id;
}

static GtkWidget *
find_button (GtkWidget *widget, const char *text)
{
  if (GTK_IS_BUTTON (widget) && strcmp (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_signals (void)
{
  static const struct
  {
    const char *signal, *text;
    guint row;
    gint64 id;
  } presses[] = { { "correct", "Corriger", 4, 1 },
                  { "retry", "Réessayer", 4, 1 },
                  { "drop", "Retirer…", 3, 2 },
                  { "retry", "Réessayer", 3, 2 },
                  { "receipt", "Reçu", 5, 6 } };
  GtkWidget *page = GTK_WIDGET (new_page (1));
  GtkWindow *window = gallery_show (page);

  for (guint i = 0; i < G_N_ELEMENTS (presses); i++)
    {
      gint64 id = 0;
      gulong handler = g_signal_connect (page, presses[i].signal, G_CALLBACK (keep_id), &id);

      g_signal_emit_by_name (find_button (find_row (page, presses[i].row), presses[i].text),
                             "clicked");
      g_assert_cmpint (id, ==, presses[i].id);
      g_signal_handler_disconnect (page, handler);
    }
  gtk_window_destroy (window);
}

/* A form that comes or goes changes the row, though nothing else of it is new. */
static void
test_form_goes (void)
{
  DmpOutboxPage *page = new_page (4);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autoptr (GPtrArray) rows = new_rows ();

  assert_row (GTK_WIDGET (page), 1, "Refusé. " REFUSAL, "Corriger|Réessayer|Retirer…|");
  dmp_outbox_page_set_rows (page, rows, NULL, 5, NULL);
  assert_row (GTK_WIDGET (page), 1, "Refusé. " REFUSAL, "Réessayer|Retirer…|");
  dmp_outbox_page_clear (page);
  g_assert_null (find_row (GTK_WIDGET (page), 0));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "La boîte d’envoi est vide"));
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!gallery_init (&argc, &argv))
    return 0;
  g_test_add_func ("/outbox/states", test_states);
  g_test_add_func ("/outbox/signals", test_signals);
  g_test_add_func ("/outbox/form-goes", test_form_goes);
  return g_test_run ();
}
