#include "config.h"

#include "dmp-window-private.h"

#include "dmp-tag.h"
#include "model/dmp-error.h"

#include <glib/gi18n.h>

#define DROP "drop"

/* --- What is left ---------------------------------------------------------------------------- */

void
dmp_window_show_badge (DmpWindow *self)
{
  guint waiting = 0, trouble = 0;
  g_autofree char *count = NULL, *words = NULL;

  for (guint i = 0; self->outbox.rows != NULL && i < self->outbox.rows->len; i++)
    {
      const DmpOutboxRow *row = g_ptr_array_index (self->outbox.rows, i);

      if (row->state == DMP_OUTBOX_READY || row->state == DMP_OUTBOX_UNKNOWN)
        waiting++;
      else
        trouble++;
    }
  count = g_strdup_printf ("%u", waiting + trouble);
  words =
      waiting + trouble > 0
          ? g_strdup_printf (_ ("Boîte d’envoi, en attente : %u, à traiter : %u"), waiting, trouble)
          : g_strdup (_ ("Boîte d’envoi"));
  gtk_label_set_label (self->outbox.count, waiting + trouble > 0 ? count : "");
  gtk_widget_set_visible (GTK_WIDGET (self->outbox.count), waiting + trouble > 0);
  gtk_widget_set_visible (self->outbox.button,
                          (waiting + trouble > 0 || self->outbox.sent->len > 0) &&
                              !self->views.for_patient);
  if (trouble > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->outbox.count), "ca-red");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->outbox.count), "ca-red");
  gtk_widget_set_tooltip_text (self->outbox.button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->outbox.button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
dmp_window_show_outbox_rows (DmpWindow *self)
{
  dmp_window_show_badge (self);
  dmp_outbox_page_set_rows (self->outbox_page, self->outbox.rows, self->outbox.sent,
                            dmp_window_get_held (self), self->outbox.forms);
}

static void retry (DmpWindow *self, gint64 id);

static gboolean
retry_cb (gpointer data)
{
  DmpWindow *self = data;

  self->outbox.retry = 0;
  retry (self, 0);

  return G_SOURCE_REMOVE;
}

/* What waits is tried again by itself: at once when a session begins, then now and then. */
static void
plan_retry (DmpWindow *self)
{
  guint seconds = dmp_config_get_retry_interval (dmp_session_get_config (self->session));
  gboolean waits = FALSE;

  for (guint i = 0; i < self->outbox.rows->len; i++)
    waits |=
        ((DmpOutboxRow *) g_ptr_array_index (self->outbox.rows, i))->state == DMP_OUTBOX_UNKNOWN;
  if (!waits || self->outbox.retrying || self->outbox.retry != 0)
    return;
  if (self->outbox.resuming)
    retry (self, 0);
  else if (seconds > 0)
    self->outbox.retry = g_timeout_add_seconds (seconds, retry_cb, self);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      dmp_session_list_outbox_finish (DMP_SESSION (source), result, &error);

  if (self->session == NULL || dmp_session_get_state (self->session) != DMP_SESSION_SIGNED_IN ||
      dmp_window_is_cancelled (error))
    return;
  if (rows == NULL)
    {
      dmp_window_warn (self, error->message);
      return;
    }
  g_clear_pointer (&self->outbox.rows, g_ptr_array_unref);
  self->outbox.rows = g_steal_pointer (&rows);
  dmp_window_prune_forms (self);
  dmp_window_show_outbox_rows (self);
  plan_retry (self);
  self->outbox.resuming = FALSE;
}

void
dmp_window_refresh_outbox (DmpWindow *self)
{
  dmp_session_list_outbox_async (self->session, listed_cb, g_object_ref (self));
}

void
dmp_window_resume_outbox (DmpWindow *self)
{
  self->outbox.resuming = TRUE;
  dmp_window_refresh_outbox (self);
}

/* --- Trying again, and forgetting ------------------------------------------------------------ */

static void
remember_sent (DmpWindow *self, DmpOutboxRow *row)
{
  row->state = DMP_OUTBOX_ACKED;
  row->sent = g_get_real_time () / G_USEC_PER_SEC;
  g_ptr_array_add (self->outbox.sent, row);
}

void
dmp_window_move_to_sent (DmpWindow *self, gint64 id)
{
  for (guint i = 0; self->outbox.rows != NULL && i < self->outbox.rows->len; i++)
    if (((DmpOutboxRow *) g_ptr_array_index (self->outbox.rows, i))->id == id)
      {
        remember_sent (self, g_ptr_array_steal_index (self->outbox.rows, i));
        return;
      }
}

void
dmp_window_tell_accepted (DmpWindow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = g_date_time_format (now, _ ("Document accepté par le DMP à %H:%M"));

  dmp_window_toast (self, text);
}

static gboolean
is_of_open_record (DmpWindow *self, const DmpOutboxRow *row)
{
  return self->record != NULL && dmp_window_is_in_record (self) &&
         g_strcmp0 (row->ins, dmp_patient_get_ins (dmp_record_get_patient (self->record))) == 0;
}

static void
take_retried (DmpWindow *self, GPtrArray *rows)
{
  gboolean here = FALSE, any = FALSE;

  for (guint i = rows->len; i > 0; i--)
    {
      DmpOutboxRow *row = g_ptr_array_index (rows, i - 1);

      if (row->state != DMP_OUTBOX_ACKED)
        continue;
      any = TRUE;
      here |= is_of_open_record (self, row);
      remember_sent (self, g_ptr_array_steal_index (rows, i - 1));
    }
  if (any)
    dmp_window_tell_accepted (self);
  if (here)
    dmp_window_reload (self);
}

typedef struct
{
  DmpWindow *window;
  gboolean asked; /* by the person, who is told why not */
} Retry;

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Retry *asked = data;
  g_autoptr (DmpWindow) self = asked->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GPtrArray) rows =
      dmp_session_retry_outbox_finish (DMP_SESSION (source), result, &trouble, &error);

  self->outbox.retrying = FALSE;
  if (self->session == NULL || dmp_session_get_state (self->session) != DMP_SESSION_SIGNED_IN ||
      dmp_window_is_cancelled (error))
    return;
  if (rows != NULL)
    take_retried (self, rows);
  if (asked->asked && (error != NULL || trouble != NULL))
    dmp_window_warn (self, error != NULL ? error->message : trouble->message);
  dmp_window_refresh_outbox (self);
}

static void
retry (DmpWindow *self, gint64 id)
{
  Retry *asked = g_new0 (Retry, 1);

  asked->window = g_object_ref (self);
  asked->asked = id != 0;
  self->outbox.retrying = TRUE;
  g_clear_handle_id (&self->outbox.retry, g_source_remove);
  dmp_session_retry_outbox_async (self->session, id, NULL, retried_cb, asked);
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!dmp_session_drop_outbox_finish (DMP_SESSION (source), result, &error) &&
      !dmp_window_is_locked (self) && !dmp_window_is_cancelled (error))
    dmp_window_warn (self, error->message);
  if (!dmp_window_is_locked (self))
    dmp_window_refresh_outbox (self);
}

static void
on_drop_answer (AdwMessageDialog *dialog, const char *response, DmpWindow *self)
{
  const gint64 *id = g_object_get_data (G_OBJECT (dialog), "id");

  if (g_strcmp0 (response, DROP) == 0 && !dmp_window_is_locked (self))
    dmp_session_drop_outbox_async (self->session, *id, dropped_cb, g_object_ref (self));
}

static void
on_drop (DmpWindow *self, gint64 id)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Retirer cet envoi ?"),
      _ ("Il sera effacé de ce poste sans que le DMP soit interrogé. S’il a déjà été enregistré "
         "dans le dossier, il y reste : vérifiez-le."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Garder"), DROP,
                                    _ ("Retirer"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), DROP,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_drop_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_retry (DmpWindow *self, gint64 id)
{
  retry (self, id);
}

void
dmp_window_show_outbox (DmpWindow *self)
{
  if (dmp_window_is_locked (self) || self->page == DMP_PAGE_OUTBOX)
    return;
  self->outbox.before = self->page;
  dmp_window_show_page (self, DMP_PAGE_OUTBOX);
  dmp_window_refresh_outbox (self);
}

/* --- The lock -------------------------------------------------------------------------------- */

void
dmp_window_forget_outbox (DmpWindow *self)
{
  dmp_window_forget_sending (self);
  g_clear_handle_id (&self->outbox.retry, g_source_remove);
  g_clear_pointer (&self->outbox.rows, g_ptr_array_unref);
  g_ptr_array_set_size (self->outbox.sent, 0);
  self->outbox.resuming = FALSE;
  dmp_outbox_page_clear (self->outbox_page);
  dmp_window_show_badge (self);
}

void
dmp_window_init_outbox (DmpWindow *self)
{
  self->outbox.sent = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_outbox_row_free);
  self->outbox.forms = dmp_window_new_forms ();
  g_signal_connect_swapped (self->outbox_page, "retry", G_CALLBACK (on_retry), self);
  g_signal_connect_swapped (self->outbox_page, "drop", G_CALLBACK (on_drop), self);
  g_signal_connect_swapped (self->outbox_page, "correct", G_CALLBACK (dmp_window_correct), self);
  g_signal_connect_swapped (self->outbox_page, "receipt", G_CALLBACK (dmp_window_show_receipt),
                            self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo-send", FALSE);
  dmp_window_show_badge (self);
}
