#include "config.h"

#include "dmp-window-private.h"

#include "session/dmp-receipt.h"

#include <glib/gi18n.h>

#define SAVE "save"
#define SIGN "sign"

/* The receipt of one submission: what it says, then on demand a file of it. */
typedef struct
{
  DmpWindow *window;
  char *submission_id;
  gboolean sign; /* with the card */
  GFile *file;   /* (nullable): where it goes */
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->window);
  g_free (request->submission_id);
  g_clear_object (&request->file);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static Request *
request_new (DmpWindow *window, const char *submission_id, gboolean sign)
{
  Request *request = g_new0 (Request, 1);

  request->window = g_object_ref (window);
  request->submission_id = g_strdup (submission_id);
  request->sign = sign;
  return request;
}

/* --- Into a file ----------------------------------------------------------------------------- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Request) request = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    text = g_strdup (request->sign ? _ ("Reçu signé et enregistré") : _ ("Reçu enregistré"));
  else
    text = g_strdup_printf (
        _ ("Le reçu n’a pas pu être enregistré (%s). Choisissez un autre endroit."),
        error->message);
  if (!dmp_window_is_locked (request->window))
    dmp_window_toast (request->window, text);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Request) request = data;
  DmpWindow *self = request->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dmp_session_get_receipt_finish (DMP_SESSION (source), result, &error);

  if (dmp_window_is_locked (self) || dmp_window_is_cancelled (error))
    return;
  if (bytes == NULL)
    {
      dmp_window_toast (self, error->message);
      return;
    }
  g_file_replace_contents_bytes_async (request->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       NULL, saved_cb, request);
  g_steal_pointer (&request);
}

static void
on_chosen (GtkFileChooserNative *chooser, int response, DmpWindow *self)
{
  const Request *asked = g_object_get_data (G_OBJECT (chooser), "request");
  Request *request;

  if (response == GTK_RESPONSE_ACCEPT && !dmp_window_is_locked (self))
    {
      request = request_new (self, asked->submission_id, asked->sign);
      request->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      dmp_session_get_receipt_async (self->session, request->submission_id, request->sign, NULL,
                                     made_cb, request);
    }
  g_clear_object (&self->chooser);
}

/* Its name says nothing of the patient. */
static void
choose_place (DmpWindow *self, Request *request)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, _ ("recu-dmp-%Y-%m-%d-%H%M.xml"));

  if (self->chooser != NULL)
    return request_free (request);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Enregistrer le reçu"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Enregistrer"), _ ("Annuler"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_object_set_data_full (G_OBJECT (self->chooser), "request", request,
                          (GDestroyNotify) request_free);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- On the screen --------------------------------------------------------------------------- */

static void
on_answer (AdwMessageDialog *dialog, const char *response, DmpWindow *self)
{
  const char *submission_id = g_object_get_data (G_OBJECT (dialog), "submission");
  gboolean sign = g_strcmp0 (response, SIGN) == 0;

  if ((sign || g_strcmp0 (response, SAVE) == 0) && !dmp_window_is_locked (self))
    choose_place (self, request_new (self, submission_id, sign));
}

/* In groups that the eye can compare. */
static void
add_hash (GString *text, const char *hash)
{
  for (gsize i = 0; hash[i] != '\0'; i++)
    g_string_append_printf (text, i > 0 && i % 8 == 0 ? " %c" : "%c", hash[i]);
}

static char *
dup_facts (const DmpReceipt *receipt)
{
  g_autofree char *at = dmp_receipt_dup_time (receipt->acknowledged);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Accepté par le DMP le %s."), at);
  for (guint i = 0; i < receipt->documents->len; i++)
    {
      const DmpReceiptDocument *document = g_ptr_array_index (receipt->documents, i);

      if (document->signature)
        continue;
      g_string_append_printf (text, "\n\n%s ", _ ("Empreinte SHA-1 du document :"));
      add_hash (text, document->sha1);
    }
  g_string_append_printf (text, "\n\n%s",
                          _ ("Le reçu prouve qui a envoyé quoi et quand, par l’empreinte de chaque "
                             "document. Il ne contient ni l’identité du patient ni le contenu."));
  return g_string_free (text, FALSE);
}

static void
show (DmpWindow *self, const char *submission_id, const DmpReceipt *receipt)
{
  g_autofree char *facts = dup_facts (receipt);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Reçu de l’envoi"), facts);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Fermer"), SAVE,
                                    _ ("Enregistrer…"), SIGN, _ ("Signer et enregistrer…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), SIGN,
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), SIGN);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_object_set_data_full (G_OBJECT (dialog), "submission", g_strdup (submission_id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Request) request = data;
  DmpWindow *self = request->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dmp_session_get_receipt_finish (DMP_SESSION (source), result, &error);
  g_autoptr (DmpReceipt) receipt = bytes != NULL ? dmp_receipt_parse (bytes, &error) : NULL;

  if (dmp_window_is_locked (self) || dmp_window_is_cancelled (error))
    return;
  if (receipt == NULL)
    dmp_window_toast (self, error->message);
  else
    show (self, request->submission_id, receipt);
}

void
dmp_window_show_receipt (DmpWindow *self, gint64 id)
{
  for (guint i = 0; i < self->outbox.sent->len; i++)
    {
      const DmpOutboxRow *row = g_ptr_array_index (self->outbox.sent, i);

      if (row->id == id)
        dmp_session_get_receipt_async (self->session, row->submission_id, FALSE, NULL, shown_cb,
                                       request_new (self, row->submission_id, FALSE));
    }
}
