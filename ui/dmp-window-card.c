#include "config.h"

#include "dmp-window-private.h"

#include "pkcs11/dmp-card-error.h"

#include <glib/gi18n.h>

#define WIPE_AFTER 100 /* ms: at the latest, should the window never be painted */
#define IDLE_CHECK 5   /* seconds between two looks at the clock */
#define PIN_LAST_TRY "last-try"

/* --- The card's state --- */

static void
show_place_or_patient (DmpWindow *self)
{
  GListModel *situations = dmp_session_get_situations (self->session);
  guint n = situations != NULL ? g_list_model_get_n_items (situations) : 0;

  if (n > 1 && !self->place_asked)
    {
      dmp_place_page_set_situations (self->place_page, situations);
      dmp_window_show_page (self, DMP_PAGE_PLACE);
      return;
    }
  dmp_patient_page_set_beneficiaries (self->patient_page,
                                      dmp_session_get_beneficiaries (self->session));
  dmp_window_show_page (self, DMP_PAGE_PATIENT);
}

static gboolean
is_locked (DmpWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "lock") == 0;
}

static void
on_state (DmpWindow *self)
{
  DmpSessionState state = dmp_session_get_state (self->session);

  switch (state)
    {
    case DMP_SESSION_CARD_READY:
    case DMP_SESSION_CARD_BLOCKED:
      self->place_asked = FALSE;
      dmp_pin_page_set_holder (self->pin_page, dmp_session_get_practitioner (self->session));
      dmp_pin_page_set_tries (self->pin_page, state == DMP_SESSION_CARD_BLOCKED
                                                  ? 0
                                                  : dmp_session_get_tries_left (self->session));
      if (self->page != DMP_PAGE_PIN || is_locked (self))
        dmp_window_show_page (self, DMP_PAGE_PIN);
      break;
    case DMP_SESSION_SIGNED_IN:
      break; /* the answer to the code goes on */
    default:
      dmp_card_page_set_state (self->card_page, state, dmp_session_get_reader (self->session),
                               dmp_session_get_problem (self->session));
      if (!is_locked (self)) /* the lock stays until another card is there */
        dmp_window_show_page (self, DMP_PAGE_CARD);
      else
        self->page = DMP_PAGE_CARD;
    }
}

static void
on_tries (DmpWindow *self)
{
  if (dmp_session_get_state (self->session) == DMP_SESSION_CARD_READY)
    dmp_pin_page_set_tries (self->pin_page, dmp_session_get_tries_left (self->session));
}

static void
show_doctor (DmpWindow *self)
{
  DmpPractitioner *practitioner = dmp_session_get_practitioner (self->session);
  DmpSituation *situation = dmp_session_get_situation (self->session);
  g_autofree char *name = NULL, *text = NULL;

  if (practitioner != NULL)
    {
      name = dmp_practitioner_dup_display_name (practitioner);
      text = g_strjoin (" · ", name, situation != NULL ? dmp_situation_get_name (situation) : NULL,
                        NULL);
    }
  gtk_label_set_label (self->doctor, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->doctor), text);
}

/* --- The code --- */

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  dmp_pin_page_set_busy (self->pin_page, FALSE);
  if (dmp_session_sign_in_finish (DMP_SESSION (source), result, &error))
    {
      dmp_pin_page_set_problem (self->pin_page, NULL);
      dmp_window_note_activity (self);
      show_doctor (self);
      show_place_or_patient (self);
      dmp_window_resume_outbox (self);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, DMP_CARD_ERROR, DMP_CARD_ERROR_REMOVED))
    return;
  dmp_pin_page_set_tries (self->pin_page,
                          g_error_matches (error, DMP_CARD_ERROR, DMP_CARD_ERROR_BLOCKED)
                              ? 0
                              : dmp_session_get_tries_left (self->session));
  dmp_pin_page_set_problem (self->pin_page, error->message);
  dmp_pin_page_focus (self->pin_page);
}

static void
send_pin (DmpWindow *self, DmpSecret *pin, gboolean last_try)
{
  dmp_pin_page_set_busy (self->pin_page, TRUE);
  dmp_session_sign_in_async (self->session, pin, last_try, NULL, signed_in_cb, g_object_ref (self));
}

static void
on_last_try (AdwMessageDialog *dialog, const char *response, DmpWindow *self)
{
  DmpSecret *pin = g_object_steal_data (G_OBJECT (dialog), "pin");

  if (g_strcmp0 (response, PIN_LAST_TRY) == 0 && self->page == DMP_PAGE_PIN)
    send_pin (self, pin, TRUE);
  else
    {
      dmp_secret_free (pin);
      dmp_pin_page_focus (self->pin_page);
    }
}

static void
ask_last_try (DmpWindow *self, DmpSecret *pin)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Dernier essai"),
      _ ("Un code faux bloquera votre carte. Êtes-vous sûr du code saisi ?"));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Annuler"),
                                    PIN_LAST_TRY, _ ("Essayer ce code"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), PIN_LAST_TRY,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "pin", pin, (GDestroyNotify) dmp_secret_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_last_try), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dmp_window_sign_in (DmpWindow *self)
{
  DmpSecret *pin = dmp_pin_page_take_pin (self->pin_page);

  if (pin == NULL)
    return;
  if (dmp_session_get_tries_left (self->session) == 1)
    ask_last_try (self, pin);
  else
    send_pin (self, pin, FALSE);
}

void
dmp_window_choose_place (DmpWindow *self)
{
  DmpSituation *situation = dmp_place_page_get_choice (self->place_page);

  if (situation == NULL)
    return;
  dmp_session_choose_situation (self->session, situation);
  self->place_asked = TRUE;
  show_doctor (self);
  show_place_or_patient (self);
}

/* --- The lock --- */

void
dmp_window_close_dialogs (DmpWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (gtk_window_get_transient_for (at->data) == GTK_WINDOW (self))
      gtk_window_destroy (at->data);
  dmp_window_drop_chooser (self);
}

/* What was copied here of a document, and nothing that another program put there. */
void
dmp_window_clear_clipboards (DmpWindow *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  GdkClipboard *const boards[] = { gdk_display_get_clipboard (display),
                                   gdk_display_get_primary_clipboard (display) };

  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    if (gdk_clipboard_is_local (boards[i]))
      gdk_clipboard_set_content (boards[i], NULL);
}

/* Drops whatever a widget still holds of the patient and of the session. */
static void
wipe (DmpWindow *self)
{
  g_clear_handle_id (&self->wipe, g_source_remove);
  g_clear_object (&self->outbox.offered);
  dmp_window_forget_record (self);
  dmp_window_clear_clipboards (self);
  dmp_patient_page_set_beneficiaries (self->patient_page, NULL);
  dmp_patient_page_clear (self->patient_page);
  dmp_place_page_set_situations (self->place_page, NULL);
  gtk_label_set_label (self->doctor, "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->doctor), NULL);
  self->place_asked = FALSE;
  dmp_lock_page_set_wiped (self->lock_page, TRUE, self->outbox.kept);
}

static gboolean
wipe_cb (gpointer data)
{
  DmpWindow *self = data;

  self->wipe = 0;
  wipe (self);

  return G_SOURCE_REMOVE;
}

static void
on_painted (GdkFrameClock *clock, DmpWindow *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, self);
  if (self->wipe != 0)
    wipe (self);
}

/* Blank first, wiped after: nothing that takes time may come before the picture. */
static void
on_locked (DmpWindow *self, int reason)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  dmp_lock_page_set_reason (self->lock_page, reason);
  dmp_lock_page_set_wiped (self->lock_page, FALSE, 0);
  self->outbox.kept = self->outbox.rows != NULL ? self->outbox.rows->len : 0;
  dmp_window_blank (self);
  dmp_window_forget_outbox (self);
  dmp_window_close_dialogs (self);
  dmp_pin_page_set_busy (self->pin_page, FALSE);
  dmp_secret_free (dmp_pin_page_take_pin (self->pin_page)); /* the next card is another's */
  dmp_pin_page_set_problem (self->pin_page, NULL);
  if (self->job != NULL)
    g_cancellable_cancel (self->job);
  if (self->wipe == 0)
    self->wipe = g_timeout_add (WIPE_AFTER, wipe_cb, self);
  if (clock != NULL)
    g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_painted), self, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dmp_window_lock (DmpWindow *self)
{
  dmp_session_lock (self->session, DMP_LOCK_USER);
}

void
dmp_window_note_activity (DmpWindow *self)
{
  self->last_activity = g_get_monotonic_time ();
}

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, DmpWindow *self)
{
  dmp_window_note_activity (self);

  return FALSE;
}

/* Who works in a dialog, or reads the list of shortcuts, is not away. */
static void
on_windows_changed (GListModel *windows, guint at, guint removed, guint added, DmpWindow *self)
{
  for (guint i = at; i < at + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *events = gtk_event_controller_legacy_new ();

      gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
      g_signal_connect_object (events, "event", G_CALLBACK (on_event), self, 0);
      gtk_widget_add_controller (window, events);
    }
}

static gboolean
idle_cb (gpointer data)
{
  DmpWindow *self = data;
  guint limit = dmp_config_get_idle_lock (dmp_session_get_config (self->session));

  gint64 left = limit - (g_get_monotonic_time () - self->last_activity) / G_USEC_PER_SEC;

  if (limit == 0 || dmp_session_get_state (self->session) != DMP_SESSION_SIGNED_IN)
    return G_SOURCE_CONTINUE;
  dmp_window_warn_draft (self, left);
  if (left < 0)
    dmp_session_lock (self->session, DMP_LOCK_IDLE);

  return G_SOURCE_CONTINUE;
}

/* --- The host --- */

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean reached = dmp_session_probe_host_finish (DMP_SESSION (source), result, &error);

  if (self->session != NULL)
    dmp_card_page_set_service (self->card_page, reached ? DMP_CHECK_OK : DMP_CHECK_WRONG);
}

void
dmp_window_probe_host (DmpWindow *self)
{
  dmp_card_page_update_clock (self->card_page);
  dmp_card_page_set_service (self->card_page, DMP_CHECK_UNKNOWN);
  dmp_session_probe_host_async (self->session, NULL, probed_cb, g_object_ref (self));
}

/* --- Watching --- */

void
dmp_window_watch_session (DmpWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_signal_connect_swapped (self->session, "notify::state", G_CALLBACK (on_state), self);
  g_signal_connect_swapped (self->session, "notify::reader", G_CALLBACK (on_state), self);
  g_signal_connect_swapped (self->session, "notify::tries-left", G_CALLBACK (on_tries), self);
  g_signal_connect_swapped (self->session, "locked", G_CALLBACK (on_locked), self);
  g_signal_connect_object (windows, "items-changed", G_CALLBACK (on_windows_changed), self, 0);
  on_windows_changed (windows, 0, 0, g_list_model_get_n_items (windows), self);
  self->idle = g_timeout_add_seconds (IDLE_CHECK, idle_cb, self);
  dmp_session_start (self->session);
  on_state (self);
  dmp_window_probe_host (self);
}

void
dmp_window_unwatch_session (DmpWindow *self)
{
  g_clear_handle_id (&self->wipe, g_source_remove);
  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
}
