#include "config.h"

#include "dmp-window-private.h"

#include "model/dmp-unique-id.h"

#include <glib/gi18n.h>

#define DRAFT_DROP "drop"
#define WARN_BEFORE 60 /* seconds before an idle window locks */

/* Writing a document here: the page, its preview, and its way into the form that sends. */

void
dmp_window_offer_version (DmpWindow *self)
{
  DmpPractitioner *practitioner = dmp_session_get_practitioner (self->session);
  const DmpNoteType *const *types = dmp_note_types ();

  if (self->record == NULL || practitioner == NULL)
    return;
  for (guint i = 0; types[i] != NULL; i++)
    if (types[i]->single)
      {
        DmpDocumentEntry *entry = dmp_record_find_own (
            self->record, types[i]->code, dmp_practitioner_get_national_id (practitioner));

        dmp_write_page_set_before (
            self->write_page, types[i],
            entry != NULL ? dmp_record_get_document (self->record,
                                                     dmp_document_entry_get_unique_id (entry), NULL)
                          : NULL);
      }
}

void
dmp_window_tell_reading (DmpWindow *self)
{
  if (self->record != NULL)
    dmp_write_page_set_reading (self->write_page, dmp_record_get_summary (self->record),
                                dmp_record_get_loading (self->record));
}

static void
prepare (DmpWindow *self)
{
  dmp_write_page_prepare (self->write_page, dmp_record_get_summary (self->record),
                          dmp_record_get_medecin_traitant (self->record));
  dmp_window_offer_version (self);
  dmp_window_tell_reading (self);
}

void
dmp_window_start_writing (DmpWindow *self)
{
  if (self->record == NULL || self->page == DMP_PAGE_WRITE)
    return;
  if (dmp_window_is_in_record (self) && self->page != DMP_PAGE_DOCUMENT)
    self->writing.origin = self->page;
  prepare (self);
  dmp_window_show_page (self, DMP_PAGE_WRITE);
}

static GBytes *
write_draft (DmpWindow *self, GError **error)
{
  DmpNoteDraft *draft = dmp_write_page_get_draft (self->write_page);
  g_autoptr (DmpNote) note = dmp_note_draft_dup_note (draft);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *unique_id = dmp_unique_id_new_oid ();
  g_autofree char *set_id = dmp_unique_id_new_oid ();
  const DmpCdaHeader *old = dmp_note_draft_get_replaces (draft)
                                ? dmp_cda_document_get_header (dmp_note_draft_get_before (draft))
                                : NULL;
  const DmpCdaFrame frame = {
    .unique_id = unique_id,
    .set_id = old != NULL && old->set_id != NULL ? old->set_id : set_id,
    .version = old != NULL ? old->version + 1 : 1,
    .replaces = old != NULL ? old->unique_id : NULL,
    .now = now,
    .language = "fr-FR",
    .patient = self->patient,
    .practitioner = dmp_session_get_practitioner (self->session),
    .situation = dmp_session_get_situation (self->session),
  };

  return dmp_note_write (note, &frame, error);
}

static void
show_preview (DmpWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = write_draft (self, &error);
  g_autoptr (DmpCdaDocument) document =
      bytes != NULL ? dmp_cda_document_parse (bytes, &error) : NULL;

  dmp_write_page_set_problem (self->write_page, error != NULL ? error->message : NULL);
  if (document != NULL)
    dmp_write_page_set_preview (self->write_page, document);
}

void
dmp_window_preview_draft (DmpWindow *self)
{
  if (self->page != DMP_PAGE_WRITE || dmp_write_page_get_draft (self->write_page) == NULL)
    return;
  if (dmp_write_page_in_preview (self->write_page))
    dmp_write_page_set_preview (self->write_page, NULL);
  else
    show_preview (self);
}

void
dmp_window_send_draft (DmpWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (self->page != DMP_PAGE_WRITE || dmp_write_page_get_draft (self->write_page) == NULL)
    return;
  if (!dmp_write_page_is_complete (self->write_page))
    {
      dmp_write_page_show_defects (self->write_page);
      return;
    }
  bytes = write_draft (self, &error);
  dmp_write_page_set_problem (self->write_page, error != NULL ? error->message : NULL);
  if (bytes == NULL)
    return;
  self->origin = DMP_PAGE_WRITE;
  dmp_window_start_sending (self);
  self->writing.sent = dmp_note_draft_get_note_type (dmp_write_page_get_draft (self->write_page));
  dmp_send_page_add_document (self->send_page, bytes, _ (self->writing.sent->label));
}

void
dmp_window_leave_writing (DmpWindow *self)
{
  if (dmp_write_page_in_preview (self->write_page))
    dmp_write_page_set_preview (self->write_page, NULL);
  else
    dmp_window_show_page (self, self->record != NULL ? self->writing.origin : DMP_PAGE_PATIENT);
}

DmpNoteDraft *
dmp_window_take_draft (DmpWindow *self)
{
  const DmpNoteType *type = self->writing.sent;

  if (type == NULL || !dmp_send_page_has_written (self->send_page))
    return NULL;
  self->writing.sent = NULL;
  self->origin = self->writing.origin;
  return dmp_write_page_take_draft (self->write_page, type);
}

gboolean
dmp_window_put_draft (DmpWindow *self, DmpNoteDraft *draft)
{
  if (self->record == NULL)
    return FALSE;
  prepare (self);
  return dmp_write_page_put_draft (self->write_page, draft);
}

static void
on_drop (AdwMessageDialog *dialog, const char *response, DmpWindow *self)
{
  if (g_strcmp0 (response, DRAFT_DROP) != 0)
    return;
  dmp_write_page_clear (self->write_page);
  dmp_window_close_record (self);
}

gboolean
dmp_window_ask_draft (DmpWindow *self)
{
  GtkWidget *dialog;

  if (!dmp_write_page_is_touched (self->write_page))
    return FALSE;
  dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Abandonner le brouillon ?"),
      _ ("Le document en cours de rédaction n’a pas été envoyé. Fermer le dossier l’efface."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                    _ ("Garder le brouillon"), DRAFT_DROP, _ ("Abandonner"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), DRAFT_DROP,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_drop), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

void
dmp_window_warn_draft (DmpWindow *self, gint64 left)
{
  gboolean near = left < WARN_BEFORE && dmp_write_page_is_touched (self->write_page);

  if (near && self->writing.alarm == NULL)
    {
      self->writing.alarm = g_object_ref_sink (
          adw_toast_new (_ ("Verrouillage proche : le brouillon sera perdu. Touchez le clavier "
                            "ou la souris pour continuer.")));
      adw_toast_set_timeout (self->writing.alarm, 0);
      adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->writing.alarm));
    }
  else if (!near && self->writing.alarm != NULL)
    {
      adw_toast_dismiss (self->writing.alarm);
      g_clear_object (&self->writing.alarm);
    }
}
