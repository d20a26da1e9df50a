#include "config.h"

#include "dmp-send-file.h"

#include "cda/dmp-file-check.h"
#include "model/dmp-date.h"
#include "model/dmp-wipe-buffer.h"
#include "model/dmp-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define LOOK_AFTER 500 /* ms: documents come many at a time */

struct _DmpSendFile
{
  GObject parent_instance;

  GCancellable *cancellable;
  DmpFileContext context;
  char *name;
  GBytes *bytes;
  GBytes *original;
  DmpFileReport *report;
  DmpRecord *record; /* (nullable) */
  GPtrArray *held;   /* (nullable) */
  guint look;        /* source of the next look into it */
  char *problem;
  gboolean busy;
  gboolean written; /* here */
  DmpSendEntries entries;
  GPtrArray *accepted; /* (element-type utf8), ends with NULL */
};

G_DEFINE_FINAL_TYPE (DmpSendFile, dmp_send_file, G_TYPE_OBJECT)

static guint changed_signal, looked_signal;

static void
tell (DmpSendFile *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
fail (DmpSendFile *self, const char *sentence)
{
  self->busy = FALSE;
  g_free (self->problem);
  self->problem = g_strdup (sentence);
  tell (self);
}

/* Type and title are proposed in their fields; the date is only offered beside its own. */
static void
take_suggestions (DmpSendFile *self)
{
  const DmpFileSuggestions *found = self->report->suggestions;

  if (self->entries.type == NULL)
    g_set_object (&self->entries.type, found->type);
  if (*self->entries.title == '\0' && found->title != NULL)
    {
      dmp_wipe_text (self->entries.title);
      self->entries.title = g_strdup (found->title);
    }
  /* A CDA says it itself. */
  if (self->report->document != NULL && found->date != NULL)
    {
      g_free (self->entries.date);
      self->entries.date = dmp_date_dup_display (found->date, FALSE, FALSE);
    }
}

/* --- Is it in the record already? --- */

static void
look_in_record (DmpSendFile *self)
{
  g_clear_pointer (&self->held, g_ptr_array_unref);
  if (self->report == NULL || self->record == NULL)
    return;
  self->held = dmp_findings_new ();
  dmp_draft_check_record (self->held, self->record, self->bytes, self->original,
                          self->report->text);
}

static gboolean
look_cb (gpointer data)
{
  DmpSendFile *self = data;

  self->look = 0;
  if (!self->busy)
    look_in_record (self);
  g_signal_emit (self, looked_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
on_record (DmpSendFile *self)
{
  if (self->look == 0 && !g_cancellable_is_cancelled (self->cancellable))
    self->look = g_timeout_add (LOOK_AFTER, look_cb, self);
}

void
dmp_send_file_set_record (DmpSendFile *self, DmpRecord *record)
{
  if (!g_set_object (&self->record, record) || record == NULL)
    return;
  g_signal_connect_object (record, "notify::documents-read", G_CALLBACK (on_record), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (record, "notify::loading", G_CALLBACK (on_record), self,
                           G_CONNECT_SWAPPED);
  if (!self->busy)
    look_in_record (self);
}

char *
dmp_send_file_dup_unread (DmpSendFile *self)
{
  GListModel *entries = self->record != NULL ? dmp_record_get_documents (self->record) : NULL;
  guint all = 0, read = 0;

  if (self->record == NULL)
    return g_strdup (_ ("pas vérifié"));
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (entries, i);
      const char *id = dmp_document_entry_get_unique_id (entry);

      if (dmp_document_entry_get_fields (entry)->status != DMP_STATUS_APPROVED)
        continue; /* only their hashes are known */
      all++;
      read += dmp_record_get_document (self->record, id, NULL) != NULL;
    }
  if (dmp_record_get_loading (self->record))
    return g_strdup_printf (_ ("pas encore vérifié (documents lus : %u sur %u)"), read, all);
  return read < all ? g_strdup_printf (_ ("pas trouvé (documents lus : %u sur %u)"), read, all)
                    : NULL;
}

/* --- Reading and repairing it --- */

static void
examined_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpSendFile) self = data;
  g_autoptr (GError) error = NULL;
  DmpFileReport *report = dmp_file_examine_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      dmp_file_report_free (report);
      return;
    }
  if (report == NULL)
    {
      fail (self, error->message);
      return;
    }
  dmp_file_report_free (self->report);
  self->report = report;
  self->busy = FALSE;
  take_suggestions (self);
  look_in_record (self);
  tell (self);
}

static void
examine (DmpSendFile *self)
{
  self->busy = TRUE;
  tell (self);
  dmp_file_examine_async (self->bytes, &self->context, self->cancellable, examined_cb,
                          g_object_ref (self));
}

static void
read_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *bytes = dmp_file_read (path, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  DmpSendFile *self = DMP_SEND_FILE (source);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL)
    {
      fail (self, error->message);
      return;
    }
  self->bytes = bytes;
  examine (self);
}

static void
read_file (DmpSendFile *self, GFile *file)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);
  char *path = g_file_get_path (file);

  self->busy = TRUE;
  if (path == NULL)
    {
      g_task_return_new_error (task, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT, "%s",
                               _ ("Le fichier n’a pas pu être lu. Rien n’a été envoyé."));
      return;
    }
  g_task_set_task_data (task, path, g_free);
  g_task_run_in_thread (task, read_thread);
}

static void
repaired_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpSendFile) self = data;
  g_autoptr (GError) error = NULL;
  GBytes *made = dmp_file_repair_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (made == NULL)
    {
      fail (self, error->message);
      return;
    }
  if (self->original == NULL)
    self->original = g_steal_pointer (&self->bytes);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = made;
  g_clear_pointer (&self->problem, g_free);
  examine (self);
}

void
dmp_send_file_repair (DmpSendFile *self, DmpRepair repair)
{
  g_return_if_fail (DMP_IS_SEND_FILE (self));

  if (self->busy || self->report == NULL || repair == DMP_REPAIR_NONE)
    return;
  self->busy = TRUE;
  tell (self);
  dmp_file_repair_async (self->bytes, self->report->mime, repair, self->cancellable, repaired_cb,
                         g_object_ref (self));
}

/* @name: (transfer full) */
static DmpSendFile *
new_file (char *name, const DmpFileContext *context)
{
  DmpSendFile *self = g_object_new (DMP_TYPE_SEND_FILE, NULL);

  g_set_object (&self->context.patient, context->patient);
  self->context.holder = g_strdup (context->holder);
  self->context.today = g_strdup (context->today);
  self->name = name;
  return self;
}

DmpSendFile *
dmp_send_file_new (GFile *file, const DmpFileContext *context)
{
  DmpSendFile *self = new_file (g_file_get_basename (file), context);

  read_file (self, file);
  return self;
}

DmpSendFile *
dmp_send_file_new_written (GBytes *bytes, const char *name, const DmpFileContext *context)
{
  DmpSendFile *self = new_file (g_strdup (name), context);

  self->bytes = g_bytes_ref (bytes);
  self->written = TRUE;
  examine (self);
  return self;
}

gboolean
dmp_send_file_is_written (DmpSendFile *self)
{
  return self->written;
}

const char *
dmp_send_file_get_name (DmpSendFile *self)
{
  return self->name;
}

GBytes *
dmp_send_file_get_bytes (DmpSendFile *self)
{
  return self->bytes;
}

GBytes *
dmp_send_file_get_original (DmpSendFile *self)
{
  return self->original;
}

const DmpFileReport *
dmp_send_file_get_report (DmpSendFile *self)
{
  return self->report;
}

GPtrArray *
dmp_send_file_get_held (DmpSendFile *self)
{
  return self->held;
}

static gboolean
is_twin (DmpDocumentEntry *entry, const DmpSubmissionDraft *draft)
{
  const char *other = dmp_document_entry_get_date (entry);

  return dmp_document_entry_get_fields (entry)->status == DMP_STATUS_APPROVED &&
         draft->type_code != NULL &&
         dmp_code_equal (dmp_document_entry_get_type_code (entry), draft->type_code) &&
         g_strcmp0 (dmp_document_entry_get_title (entry), draft->title) == 0 && other != NULL &&
         draft->date != NULL && strncmp (other, draft->date, 8) == 0;
}

gboolean
dmp_send_file_has_twin (DmpSendFile *self)
{
  g_autoptr (DmpSubmissionDraft) draft = dmp_send_file_dup_draft (self);
  GListModel *entries = self->record != NULL ? dmp_record_get_documents (self->record) : NULL;
  guint n = entries != NULL ? g_list_model_get_n_items (entries) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (entries, i);

      if (is_twin (entry, draft))
        return TRUE;
    }
  return FALSE;
}

const char *
dmp_send_file_get_problem (DmpSendFile *self)
{
  return self->problem;
}

gboolean
dmp_send_file_get_busy (DmpSendFile *self)
{
  return self->busy;
}

DmpSendEntries *
dmp_send_file_get_entries (DmpSendFile *self)
{
  return &self->entries;
}

void
dmp_send_file_accept (DmpSendFile *self, const char *code)
{
  g_ptr_array_insert (self->accepted, 0, g_strdup (code));
  tell (self);
}

gboolean
dmp_send_file_has_accepted (DmpSendFile *self, const char *code)
{
  return g_strv_contains ((const char *const *) self->accepted->pdata, code);
}

DmpSubmissionDraft *
dmp_send_file_dup_draft (DmpSendFile *self)
{
  DmpSubmissionDraft *draft = dmp_submission_draft_new ();

  g_return_val_if_fail (DMP_IS_SEND_FILE (self), NULL);

  draft->bytes = self->bytes != NULL ? g_bytes_ref (self->bytes) : NULL;
  draft->file_name = g_strdup (self->name);
  draft->mime = self->report != NULL ? g_strdup (self->report->mime) : NULL;
  draft->title = g_strstrip (g_strdup (self->entries.title));
  g_set_object (&draft->type_code, self->entries.type);
  draft->date = dmp_date_dup_typed (self->entries.date);
  if (!self->entries.visible)
    draft->visibility |= DMP_VISIBILITY_HIDDEN_FROM_PATIENT;
  if (self->entries.masked)
    draft->visibility |= DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS;
  return draft;
}

void
dmp_send_file_stop (DmpSendFile *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->look, g_source_remove);
}

static void
dmp_send_file_finalize (GObject *object)
{
  DmpSendFile *self = DMP_SEND_FILE (object);

  g_object_unref (self->cancellable);
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_object (&self->record);
  g_clear_object (&self->context.patient);
  g_free ((char *) self->context.holder);
  g_free ((char *) self->context.today);
  g_free (self->name);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->original, g_bytes_unref);
  dmp_file_report_free (self->report);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_free (self->problem);
  g_clear_object (&self->entries.type);
  dmp_wipe_text (self->entries.title);
  g_free (self->entries.date);
  g_ptr_array_unref (self->accepted);

  G_OBJECT_CLASS (dmp_send_file_parent_class)->finalize (object);
}

static void
dmp_send_file_class_init (DmpSendFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_send_file_finalize;
  changed_signal = g_signal_new ("changed", DMP_TYPE_SEND_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  looked_signal = g_signal_new ("looked", DMP_TYPE_SEND_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
dmp_send_file_init (DmpSendFile *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries.title = g_strdup ("");
  self->entries.date = g_strdup ("");
  self->entries.visible = TRUE;
  self->accepted = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->accepted, NULL);
}
