#include "config.h"

#include "dmp-window-private.h"

#include "model/dmp-error.h"
#include "session/dmp-access-words.h"

#include <glib/gi18n.h>

#define REDRAW_AFTER 150 /* ms between two summaries shown */

static void open_record (DmpWindow *self);
static void load_record (DmpWindow *self);

/* --- Leaving a record --- */

static void
renew_job (DmpWindow *self)
{
  if (self->job != NULL)
    g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  self->job = g_cancellable_new ();
}

static void
unwatch_record (DmpWindow *self)
{
  if (self->record != NULL)
    g_signal_handlers_disconnect_by_data (self->record, self);
  g_clear_object (&self->record);
}

void
dmp_window_forget_record (DmpWindow *self)
{
  renew_job (self);
  unwatch_record (self);
  g_clear_handle_id (&self->redraw, g_source_remove);
  g_clear_object (&self->patient);
  g_clear_pointer (&self->reason, g_free);
  self->mode = DMP_ACCESS_NORMAL;
  self->retry = DMP_RETRY_NOTHING;
  self->views.for_patient = FALSE;
  dmp_summary_page_set_interrupted (self->summary_page, FALSE);
  dmp_timeline_page_set_interrupted (self->timeline_page, FALSE);
  dmp_summary_page_set_summary (self->summary_page, NULL);
  dmp_window_forget_search (self);
  dmp_documents_page_set_documents (self->documents_page, NULL);
  dmp_timeline_page_set_documents (self->timeline_page, NULL);
  dmp_window_drop_chooser (self);
  dmp_document_page_clear (self->document_page);
  dmp_send_page_clear (self->send_page);
  dmp_write_page_clear (self->write_page);
  self->outbox.form = 0;
  dmp_access_page_clear (self->access_page);
  dmp_window_show_identity (self, NULL);
  gtk_widget_set_visible (self->break_glass_bar, FALSE);
  gtk_label_set_label (self->break_glass_text, "");
  dmp_window_warn (self, NULL);
  dmp_window_set_working (self, FALSE);
}

/* What was offered was meant for the patient who is left. */
static void
withdraw_offer (DmpWindow *self)
{
  if (self->outbox.offered == NULL)
    return;
  g_clear_object (&self->outbox.offered);
  dmp_window_toast (self, _ ("Le fichier à envoyer a été oublié avec le dossier. Ouvrez-le de "
                             "nouveau si besoin."));
}

void
dmp_window_close_record (DmpWindow *self)
{
  if (dmp_window_ask_draft (self))
    return;
  withdraw_offer (self);
  if (self->record != NULL)
    dmp_patient_page_clear (self->patient_page);
  dmp_window_forget_record (self);
  dmp_session_close_record (self->session);
  dmp_window_show_page (self, DMP_PAGE_PATIENT);
}

gboolean
dmp_window_has_left (GAsyncResult *result)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
}

/* --- Reading it --- */

/* What the host could not, or would not, list stands where the list stands. */
static void
tell_list_problem (DmpWindow *self)
{
  const char *problem = self->record != NULL ? dmp_record_get_list_problem (self->record) : NULL;

  if (problem != NULL && !gtk_widget_get_visible (self->warning_bar))
    dmp_window_warn (self, problem);
}

static DmpCdaDocument *
look_up (const char *unique_id, gpointer record)
{
  return dmp_record_get_document (record, unique_id, NULL);
}

static void
show_summary (DmpWindow *self)
{
  DmpSummary *summary = self->record != NULL ? dmp_record_get_summary (self->record) : NULL;

  if (summary != NULL && self->views.for_patient)
    summary = dmp_summary_get_patient_view (summary);
  dmp_summary_page_set_summary (self->summary_page, summary);
}

/* Why is between professionals. */
static void
show_break_glass (DmpWindow *self)
{
  g_autofree char *reason = g_markup_escape_text (self->reason != NULL ? self->reason : "", -1);
  g_autofree char *text = NULL;

  if (self->mode != DMP_ACCESS_BREAK_GLASS)
    return;
  text =
      self->views.for_patient
          ? g_strdup_printf (_ ("<b>Bris de glace</b> : accès en urgence depuis %s. Le patient en "
                                "est informé ; chaque action est tracée."),
                             self->reason_time)
          : g_strdup_printf (_ ("<b>Bris de glace</b> : accès en urgence depuis %s, motif "
                                "« %s ». Le patient en est informé ; chaque action est "
                                "tracée."),
                             self->reason_time, reason);

  gtk_label_set_markup (self->break_glass_text, text);
  gtk_widget_set_visible (self->break_glass_bar, TRUE);
}

/* What is on its way may be hidden from the patient, and its bar names it. */
static gboolean
may_turn (DmpWindow *self)
{
  if (self->page != DMP_PAGE_SUMMARY || self->record == NULL)
    return FALSE;
  if (dmp_record_get_summary (self->record) == NULL)
    dmp_window_toast (self, _ ("Rien n’est encore lu : le mode patient attend."));
  else if (dmp_window_get_held (self) != 0)
    dmp_window_toast (self, _ ("Un envoi peut encore être annulé : le mode patient attend."));
  else
    return TRUE;

  return FALSE;
}

void
dmp_window_set_patient_mode (DmpWindow *self, gboolean patient_mode)
{
  if (patient_mode == self->views.for_patient || (patient_mode && !may_turn (self)))
    return;
  if (patient_mode)
    {
      dmp_window_close_dialogs (self);
      dmp_window_clear_clipboards (self);
    }
  self->views.for_patient = patient_mode;
  show_summary (self);
  show_break_glass (self);
  if (self->page == DMP_PAGE_SUMMARY)
    dmp_window_show_page (self, DMP_PAGE_SUMMARY);
}

void
dmp_window_separate_line (DmpWindow *self)
{
  g_autofree char *line = NULL;
  DmpLineParting parting = dmp_summary_page_get_parting (self->summary_page, &line);

  if (self->record == NULL || self->views.for_patient)
    return;
  if (parting == DMP_LINE_CANNOT_PART)
    {
      dmp_window_toast (self, _ ("Cette ligne vient d’un seul document : rien à séparer."));
      return;
    }
  dmp_session_set_line_apart (self->session, self->record, line, parting == DMP_LINE_CAN_PART);
  dmp_window_toast (self, parting == DMP_LINE_CAN_PART
                              ? _ ("Séparé : une ligne par document, jusqu’à la fermeture du "
                                   "dossier. Ctrl+D pour regrouper.")
                              : _ ("Regroupé de nouveau."));
}

static gboolean
show_summary_cb (gpointer data)
{
  DmpWindow *self = data;
  DmpSummary *summary = self->record != NULL ? dmp_record_get_summary (self->record) : NULL;

  self->redraw = 0;
  show_summary (self);
  dmp_documents_page_set_summary (self->documents_page, summary);
  if (self->record != NULL)
    dmp_documents_page_learn (self->documents_page, look_up, self->record);
  dmp_timeline_page_set_summary (self->timeline_page, summary);
  dmp_window_feed_search (self);
  dmp_window_offer_version (self);
  tell_list_problem (self);
  dmp_window_tell_reading (self);

  return G_SOURCE_REMOVE;
}

/* Many come while a record is read: what lies between two looks is never drawn. */
static void
on_summary (DmpWindow *self)
{
  if (self->redraw == 0)
    self->redraw = g_timeout_add (REDRAW_AFTER, show_summary_cb, self);
}

static void
show_access_words (DmpWindow *self)
{
  DmpPractitioner *reader = dmp_session_get_practitioner (self->session);
  gboolean known;
  g_autofree char *words = dmp_access_words_make (
      dmp_config_get_closed_classes (dmp_session_get_config (self->session)),
      reader != NULL ? dmp_practitioner_get_profession (reader) : NULL, &known);

  dmp_summary_page_set_access (self->summary_page, words, known);
}

static void
watch_record (DmpWindow *self, DmpRecord *record)
{
  show_access_words (self);
  unwatch_record (self);
  self->record = g_object_ref (record);
  g_signal_connect_swapped (record, "notify::summary", G_CALLBACK (on_summary), self);
  g_signal_connect_swapped (record, "notify::loading", G_CALLBACK (dmp_window_tell_reading), self);
  g_signal_connect_swapped (record, "notify::files-pending", G_CALLBACK (dmp_window_feed_search),
                            self);
  dmp_documents_page_set_documents (self->documents_page, dmp_record_get_documents (record));
  dmp_timeline_page_set_documents (self->timeline_page, dmp_record_get_documents (record));
  on_summary (self);
}

static void
show_failure (DmpWindow *self, const GError *error, DmpRetry retry)
{
  self->retry = retry;
  dmp_failure_page_set_error (self->failure_page, error);
  dmp_window_show_page (self, DMP_PAGE_FAILURE);
}

static void
load_failed (DmpWindow *self, const GError *error)
{
  g_autofree char *text = NULL, *title = NULL;

  if (g_list_model_get_n_items (dmp_record_get_documents (self->record)) == 0)
    {
      show_failure (self, error, DMP_RETRY_LOAD);
      return;
    }
  text = g_strdup_printf (_ ("%s Les documents déjà lus restent affichés."), error->message);
  dmp_summary_page_set_interrupted (self->summary_page, TRUE);
  dmp_timeline_page_set_interrupted (self->timeline_page, TRUE);
  dmp_window_warn (self, text);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean loaded = dmp_session_load_record_finish (DMP_SESSION (source), result, &error);

  if (self->session == NULL || self->record == NULL ||
      (error != NULL && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                         g_error_matches (error, DMP_ERROR, DMP_ERROR_CANCELLED) ||
                         g_error_matches (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT))))
    return;
  dmp_record_index_files (self->record);
  if (!loaded)
    load_failed (self, error);
  else
    tell_list_problem (self);
}

static void
load_record (DmpWindow *self)
{
  dmp_window_warn (self, NULL);
  dmp_summary_page_set_interrupted (self->summary_page, FALSE);
  dmp_timeline_page_set_interrupted (self->timeline_page, FALSE);
  if (self->page != DMP_PAGE_DOCUMENTS && self->page != DMP_PAGE_TIMELINE &&
      self->page != DMP_PAGE_SEARCH)
    dmp_window_show_page (self, DMP_PAGE_SUMMARY);
  dmp_session_load_record_async (self->session, self->record,
                                 DMP_LIST_APPROVED | DMP_LIST_ARCHIVED | DMP_LIST_DEPRECATED,
                                 self->job, loaded_cb, g_object_ref (self));
  dmp_window_use_offer (self);
}

void
dmp_window_reload (DmpWindow *self)
{
  if (self->record == NULL || dmp_record_get_loading (self->record))
    return;
  load_record (self);
}

/* --- Access --- */

static void
show_access (DmpWindow *self, DmpAccessPageKind kind)
{
  dmp_access_page_show (self->access_page, kind, self->patient,
                        self->record != NULL ? dmp_record_get_closed_at (self->record) : NULL);
  dmp_window_show_page (self, DMP_PAGE_ACCESS);
}

/* What the host says of the record decides what comes next. */
static void
enter_record (DmpWindow *self)
{
  DmpAuthorisation authorisation = dmp_record_get_authorisation (self->record);

  g_set_object (&self->patient, dmp_record_get_patient (self->record));
  dmp_window_show_identity (self, self->patient);
  if (!dmp_record_get_exists (self->record))
    show_access (self, DMP_ACCESS_PAGE_NONE);
  else if (dmp_record_get_closed (self->record))
    show_access (self, DMP_ACCESS_PAGE_CLOSED);
  else if (self->mode == DMP_ACCESS_BREAK_GLASS)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      g_free (self->reason_time);
      self->reason_time = g_date_time_format (now, "%H:%M");
      show_break_glass (self);
      load_record (self);
    }
  else if (authorisation == DMP_AUTHORISATION_VALID)
    load_record (self);
  else
    show_access (self, authorisation == DMP_AUTHORISATION_DENIED    ? DMP_ACCESS_PAGE_DENIED
                       : authorisation == DMP_AUTHORISATION_EXPIRED ? DMP_ACCESS_PAGE_EXPIRED
                                                                    : DMP_ACCESS_PAGE_ASK);
}

/* Refusals that are an answer, not a failure. */
static gboolean
is_access_error (const GError *error, DmpAccessPageKind *kind)
{
  if (error->domain != DMP_ERROR)
    return FALSE;
  switch ((DmpErrorCode) error->code)
    {
    case DMP_ERROR_NO_RECORD:
      *kind = DMP_ACCESS_PAGE_NONE;
      return TRUE;
    case DMP_ERROR_RECORD_CLOSED:
      *kind = DMP_ACCESS_PAGE_CLOSED;
      return TRUE;
    case DMP_ERROR_NOT_AUTHORISED:
      *kind = DMP_ACCESS_PAGE_ASK;
      return TRUE;
    case DMP_ERROR_BLOCKED_BY_PATIENT:
      *kind = DMP_ACCESS_PAGE_DENIED;
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_over (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, DMP_ERROR, DMP_ERROR_CANCELLED) ||
         g_error_matches (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpRecord) record =
      dmp_session_open_record_finish (DMP_SESSION (source), result, &error);
  DmpAccessPageKind kind;

  if (self->session == NULL || (error != NULL && is_over (error)))
    return;
  dmp_window_set_working (self, FALSE);
  if (record != NULL)
    {
      watch_record (self, record);
      enter_record (self);
      dmp_window_refresh_outbox (self); /* opening it has cleared up what waited for it */
    }
  else if (is_access_error (error, &kind))
    {
      dmp_window_show_identity (self, self->patient);
      show_access (self, kind);
    }
  else
    show_failure (self, error, DMP_RETRY_OPEN);
}

static void
open_record (DmpWindow *self)
{
  renew_job (self);
  dmp_window_set_working (self, TRUE);
  dmp_session_open_record_async (self->session, self->patient, self->mode, self->reason, self->job,
                                 opened_cb, g_object_ref (self));
}

void
dmp_window_open_patient (DmpWindow *self)
{
  g_autoptr (GError) error = NULL;
  DmpConfig *config = dmp_session_get_config (self->session);
  DmpPatient *patient =
      dmp_patient_page_dup_choice (self->patient_page, dmp_config_get_ins_oid (config), &error);

  if (patient == NULL)
    {
      dmp_window_toast (self, error->message);
      return;
    }
  if (self->patient != NULL)
    withdraw_offer (self);
  dmp_window_forget_record (self);
  self->patient = patient;
  open_record (self);
}

void
dmp_window_retry (DmpWindow *self)
{
  DmpRetry retry = self->retry;

  self->retry = DMP_RETRY_NOTHING;
  if (retry == DMP_RETRY_OPEN && self->patient != NULL)
    open_record (self);
  else if (retry == DMP_RETRY_LOAD && self->record != NULL)
    load_record (self);
  else
    dmp_window_close_record (self);
}

/* --- Consent --- */

static void
authorised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = dmp_session_authorise_finish (DMP_SESSION (source), result, &error);

  if (self->session == NULL || self->record == NULL || dmp_window_has_left (result) ||
      (error != NULL && is_over (error)))
    return;
  dmp_window_set_working (self, FALSE);
  dmp_access_page_set_busy (self->access_page, FALSE);
  if (done)
    enter_record (self);
  else
    dmp_window_warn (self, error->message);
}

void
dmp_window_authorise (DmpWindow *self)
{
  if (self->record == NULL)
    return;
  dmp_window_warn (self, NULL);
  dmp_window_set_working (self, TRUE);
  dmp_access_page_set_busy (self->access_page, TRUE);
  dmp_session_authorise_async (self->session, self->record, TRUE,
                               dmp_access_page_get_medecin_traitant (self->access_page), self->job,
                               authorised_cb, g_object_ref (self));
}

static void
on_break_glass (DmpWindow *self, const char *reason)
{
  if (self->patient == NULL)
    return;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  self->mode = DMP_ACCESS_BREAK_GLASS;
  open_record (self);
}

void
dmp_window_ask_break_glass (DmpWindow *self)
{
  DmpBreakGlass *dialog = dmp_break_glass_new (GTK_WINDOW (self));

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_break_glass), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
