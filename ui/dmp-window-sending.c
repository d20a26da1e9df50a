#include "config.h"

#include "dmp-window-private.h"

#include "model/dmp-error.h"

#include <glib/gi18n.h>

#define UNDO_SECONDS 5

/* Who sent it may be somewhere else when the answer comes. */
struct _DmpSending
{
  DmpWindow *window;    /* (nullable): none while only its form is kept */
  GCancellable *record; /* cancelled when the record it is for is left */
  char *ins;            /* of whom it is about */
  guint number;
  gint64 id;           /* in the outbox, once stored */
  char *title;         /* of its first document */
  GPtrArray *files;    /* (nullable): its form, once the page has given it up */
  DmpNoteDraft *draft; /* (nullable): what was written here */
};

static void
sending_free (DmpSending *sending)
{
  g_clear_object (&sending->window);
  g_object_unref (sending->record);
  g_free (sending->ins);
  g_free (sending->title);
  g_clear_pointer (&sending->files, g_ptr_array_unref);
  g_clear_object (&sending->draft);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSending, sending_free)

gboolean
dmp_window_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, DMP_ERROR, DMP_ERROR_CANCELLED) ||
         g_error_matches (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT);
}

gboolean
dmp_window_is_locked (DmpWindow *self)
{
  return self->session == NULL || self->page < DMP_PAGE_PATIENT;
}

/* --- Its form -------------------------------------------------------------------------------- */

GHashTable *
dmp_window_new_forms (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) sending_free);
}

/* It may still be refused. */
static void
keep_form (DmpWindow *self, DmpSending *sending)
{
  if (sending->files == NULL)
    {
      sending_free (sending);
      return;
    }
  g_hash_table_replace (self->outbox.forms, &sending->id, sending);
  g_object_unref (g_steal_pointer (&sending->window)); /* the window owns it now */
}

static gboolean
is_listed (DmpWindow *self, gint64 id)
{
  for (guint i = 0; self->outbox.rows != NULL && i < self->outbox.rows->len; i++)
    if (((DmpOutboxRow *) g_ptr_array_index (self->outbox.rows, i))->id == id)
      return TRUE;
  return FALSE;
}

void
dmp_window_prune_forms (DmpWindow *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->outbox.forms);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!is_listed (self, *(gint64 *) id))
      g_hash_table_iter_remove (&iter);
}

static gboolean
is_open (DmpWindow *self, const DmpSending *sending)
{
  return self->record != NULL &&
         g_strcmp0 (dmp_patient_get_ins (dmp_record_get_patient (self->record)), sending->ins) == 0;
}

/* Whether the send page is somebody's already. */
static gboolean
is_taken (DmpWindow *self)
{
  return self->page == DMP_PAGE_SEND ||
         (self->page == DMP_PAGE_OUTBOX && self->outbox.before == DMP_PAGE_SEND);
}

/* Everything as it was when it was sent. Where another form has taken its place, what was written
 * here is at least in the editor again.
 * @problem: (nullable): why it came back */
static void
restore (DmpWindow *self, DmpSending *sending, const char *problem)
{
  gboolean written = FALSE;

  if (!is_open (self, sending))
    return;
  if (sending->draft != NULL)
    written = dmp_window_put_draft (self, sending->draft);
  if (sending->files == NULL || is_taken (self))
    return;
  self->origin = DMP_PAGE_DOCUMENTS;
  dmp_window_start_sending (self);
  if (written)
    self->origin = DMP_PAGE_WRITE;
  self->writing.sent = written ? dmp_note_draft_get_note_type (sending->draft) : NULL;
  dmp_send_page_put_files (self->send_page, sending->files);
  dmp_send_page_set_problem (self->send_page, problem);
}

/* --- Correcting what was refused ------------------------------------------------------------- */

typedef struct
{
  DmpSending *sending;
  char *sentence;
} Correction;

static void
corrected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Correction *correction = data;
  g_autoptr (DmpSending) sending = correction->sending;
  g_autofree char *sentence = correction->sentence;
  g_autoptr (DmpWindow) self = g_object_ref (sending->window);
  g_autoptr (GError) error = NULL;
  gboolean done = dmp_session_drop_outbox_finish (DMP_SESSION (source), result, &error);

  if (dmp_window_is_locked (self))
    return;
  if (done)
    restore (self, sending, sentence);
  else
    {
      dmp_window_warn (self, error->message);
      keep_form (self, g_steal_pointer (&sending));
    }
  dmp_window_refresh_outbox (self);
}

static const char *
get_sentence (DmpWindow *self, gint64 id)
{
  for (guint i = 0; self->outbox.rows != NULL && i < self->outbox.rows->len; i++)
    {
      const DmpOutboxRow *row = g_ptr_array_index (self->outbox.rows, i);

      if (row->id == id)
        return row->sentence;
    }
  return NULL;
}

/* It leaves the outbox first: what is corrected is a new document, and the old one must not go
 * beside it. */
void
dmp_window_correct (DmpWindow *self, gint64 id)
{
  DmpSending *sending = g_hash_table_lookup (self->outbox.forms, &id);
  Correction *correction;

  if (sending == NULL || dmp_window_is_locked (self))
    return;
  if (!is_open (self, sending))
    {
      dmp_window_toast (self, _ ("Ouvrez d’abord le dossier de ce patient, puis corrigez."));
      return;
    }
  if (is_taken (self))
    {
      dmp_window_toast (
          self, _ ("Un autre envoi est en préparation : envoyez-le ou quittez-le, puis corrigez."));
      return;
    }
  g_hash_table_steal (self->outbox.forms, &id);
  correction = g_new0 (Correction, 1);
  correction->sending = sending;
  sending->window = g_object_ref (self);
  correction->sentence = g_strdup (get_sentence (self, id));
  dmp_session_drop_outbox_async (self->session, id, corrected_cb, correction);
}

/* --- Five seconds to take it back ------------------------------------------------------------ */

static void
show_countdown (DmpWindow *self)
{
  g_autofree char *text = g_strdup_printf (_ ("Envoi de « %s » dans %u s"),
                                           self->outbox.held->title, self->outbox.seconds);

  gtk_label_set_label (self->outbox.undo_text, text);
  dmp_outbox_page_set_seconds (self->outbox_page, self->outbox.seconds);
}

gint64
dmp_window_get_held (DmpWindow *self)
{
  return self->outbox.held != NULL ? self->outbox.held->id : 0;
}

/* Returns: (transfer full) (nullable): what was held; its bar is gone */
static DmpSending *
take_held (DmpWindow *self)
{
  g_clear_handle_id (&self->outbox.tick, g_source_remove);
  gtk_widget_set_visible (self->outbox.undo_bar, FALSE);
  gtk_label_set_label (self->outbox.undo_text, "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->outbox.undo_bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo-send", FALSE);

  return g_steal_pointer (&self->outbox.held);
}

static void
delivered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpSending) sending = data;
  g_autoptr (DmpWindow) self = g_object_ref (sending->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpSubmissionReceipt) receipt =
      dmp_session_deliver_finish (DMP_SESSION (source), result, &error);

  if (dmp_window_is_locked (self) || dmp_window_is_cancelled (error))
    return;
  dmp_window_refresh_outbox (self);
  if (receipt == NULL)
    {
      keep_form (self, g_steal_pointer (&sending));
      dmp_window_toast_outbox (self,
                               _ ("Pas encore enregistré dans le DMP : voyez la boîte d’envoi"));
      return;
    }
  dmp_window_move_to_sent (self, sending->id);
  dmp_window_tell_accepted (self);
  if (!g_cancellable_is_cancelled (sending->record) && dmp_window_is_in_record (self))
    dmp_window_reload (self);
}

static void
deliver_held (DmpWindow *self)
{
  DmpSending *sending = take_held (self);

  if (sending == NULL)
    return;
  dmp_session_deliver_async (self->session, sending->id, NULL, delivered_cb, sending);
  dmp_window_show_outbox_rows (self);
}

static gboolean
tick_cb (gpointer data)
{
  DmpWindow *self = data;

  if (--self->outbox.seconds > 0)
    {
      show_countdown (self);
      return G_SOURCE_CONTINUE;
    }
  self->outbox.tick = 0;
  deliver_held (self);

  return G_SOURCE_REMOVE;
}

static void
hold (DmpWindow *self, DmpSending *sending)
{
  g_autofree char *words = NULL;

  deliver_held (self); /* one at a time can be taken back: the last */
  self->outbox.held = sending;
  self->outbox.seconds = UNDO_SECONDS;
  self->outbox.tick = g_timeout_add_seconds (1, tick_cb, self);
  words = g_strdup_printf (_ ("Envoi de « %s » dans %u secondes. Échap annule."), sending->title,
                           UNDO_SECONDS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->outbox.undo_bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  show_countdown (self);
  gtk_widget_set_visible (self->outbox.undo_bar, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo-send", TRUE);
  dmp_window_refresh_outbox (self);
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpSending) sending = data;
  g_autoptr (DmpWindow) self = g_object_ref (sending->window);
  g_autoptr (GError) error = NULL;
  gboolean done = dmp_session_withdraw_finish (DMP_SESSION (source), result, &error);

  if (dmp_window_is_locked (self))
    return;
  if (done)
    {
      dmp_window_toast (self, _ ("Envoi annulé : rien n’est parti."));
      restore (self, sending, NULL);
    }
  else
    {
      dmp_window_warn (self, error->message);
      keep_form (self, g_steal_pointer (&sending));
    }
  dmp_window_refresh_outbox (self);
}

gboolean
dmp_window_undo_send (DmpWindow *self)
{
  DmpSending *sending = take_held (self);

  if (sending == NULL)
    return FALSE;
  dmp_session_withdraw_async (self->session, sending->id, withdrawn_cb, sending);

  return TRUE;
}

/* --- Sending --------------------------------------------------------------------------------- */

/* Not stored, not sent: the form stands where it stood, though perhaps out of sight. */
static void
stay (DmpWindow *self, DmpSending *sending, gboolean has_form, const GError *error)
{
  if (has_form)
    dmp_send_page_set_busy (self->send_page, FALSE);
  if (sending->draft != NULL && is_open (self, sending) &&
      dmp_window_put_draft (self, sending->draft) && has_form)
    {
      self->writing.sent = dmp_note_draft_get_note_type (sending->draft);
      self->origin = DMP_PAGE_WRITE;
    }
  if (dmp_window_is_cancelled (error))
    return;
  if (!has_form)
    {
      dmp_window_warn (self, error->message);
      return;
    }
  dmp_send_page_set_problem (self->send_page, error->message);
  if (self->page != DMP_PAGE_SEND)
    dmp_window_show_page (self, DMP_PAGE_SEND);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpSending) sending = data;
  g_autoptr (DmpWindow) self = g_object_ref (sending->window);
  g_autoptr (GError) error = NULL;
  gboolean has_form = self->outbox.form == sending->number;

  sending->id = dmp_session_prepare_finish (DMP_SESSION (source), result, &error);
  if (dmp_window_is_locked (self))
    return;
  if (has_form)
    self->outbox.form = 0;
  if (sending->id == 0)
    {
      stay (self, sending, has_form, error);
      return;
    }
  if (has_form)
    sending->files = dmp_send_page_take_files (self->send_page);
  hold (self, g_steal_pointer (&sending));
  if (has_form && self->page == DMP_PAGE_SEND)
    dmp_window_show_page (self, DMP_PAGE_DOCUMENTS);
  else if (has_form && self->outbox.before == DMP_PAGE_SEND)
    self->outbox.before = DMP_PAGE_DOCUMENTS;
}

void
dmp_window_submit (DmpWindow *self)
{
  g_autoptr (GPtrArray) drafts = NULL;
  DmpSending *sending;

  if (self->page != DMP_PAGE_SEND || !dmp_send_page_is_complete (self->send_page))
    return;
  drafts = dmp_send_page_dup_drafts (self->send_page);
  dmp_send_page_set_problem (self->send_page, NULL);
  dmp_send_page_set_busy (self->send_page, TRUE);
  sending = g_new0 (DmpSending, 1);
  sending->window = g_object_ref (self);
  sending->record = g_object_ref (self->job);
  sending->ins = g_strdup (dmp_patient_get_ins (dmp_record_get_patient (self->record)));
  sending->number = self->outbox.form = ++self->outbox.last;
  sending->title = g_strdup (((DmpSubmissionDraft *) g_ptr_array_index (drafts, 0))->title);
  sending->draft = dmp_window_take_draft (self);
  dmp_session_prepare_async (self->session, self->record, drafts, NULL, prepared_cb, sending);
}

void
dmp_window_forget_sending (DmpWindow *self)
{
  DmpSending *sending = take_held (self);

  if (sending != NULL)
    sending_free (sending); /* stays stored: sent when its card is back */
  g_hash_table_remove_all (self->outbox.forms);
}
