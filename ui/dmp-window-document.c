#include "config.h"

#include "dmp-window-private.h"

#include "dmp-document-print.h"
#include "dmp-lists-window.h"
#include "dmp-summary-print.h"

#include "model/dmp-error.h"

#include "session/dmp-access-words.h"

#include <glib/gi18n.h>

/* A document that was asked for, with the passage to show. */
typedef struct
{
  DmpWindow *window;
  DmpDocumentEntry *entry;
  char *place;
  gboolean preview; /* in the list, or on its own page */
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->window);
  g_object_unref (request->entry);
  g_free (request->place);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* --- Its signature, which never keeps the document waiting --- */

typedef struct
{
  DmpWindow *window;
  DmpDocumentEntry *entry;
} Signed;

static void
signed_free (Signed *asked)
{
  g_object_unref (asked->window);
  g_object_unref (asked->entry);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Signed, signed_free)

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Signed) asked = data;
  DmpWindow *self = asked->window;
  g_autoptr (GPtrArray) facts =
      dmp_session_check_signatures_finish (DMP_SESSION (source), result, NULL);

  if (facts != NULL && self->record != NULL && !dmp_window_has_left (result) &&
      dmp_document_page_get_entry (self->document_page) == asked->entry)
    dmp_document_page_set_signature (self->document_page, g_ptr_array_index (facts, 0));
}

static void
check_signature (DmpWindow *self, DmpDocumentEntry *entry)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  Signed *asked = g_new0 (Signed, 1);

  asked->window = g_object_ref (self);
  asked->entry = g_object_ref (entry);
  g_ptr_array_add (entries, g_object_ref (entry));
  dmp_session_check_signatures_async (self->session, self->record, entries, NULL, self->job,
                                      checked_cb, asked);
}

/* --- Its content --- */

static void
show_content (const Request *request, DmpCdaDocument *document, const char *problem)
{
  DmpWindow *self = request->window;

  if (request->preview)
    dmp_documents_page_set_preview (self->documents_page, request->entry, document, problem);
  else if (dmp_document_page_get_entry (self->document_page) == request->entry)
    {
      dmp_document_page_set_content (self->document_page, document, problem, request->place);
      if (document != NULL)
        check_signature (self, request->entry);
    }
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Request) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      dmp_session_fetch_document_finish (DMP_SESSION (source), result, &error);
  DmpWindow *self = request->window;
  const char *problem = NULL;
  DmpCdaDocument *document;

  if (self->record == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, DMP_ERROR, DMP_ERROR_CANCELLED) ||
      g_error_matches (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT))
    return;
  if (!dmp_record_get_loading (self->record))
    dmp_record_index_files (self->record); /* else at its end */
  document = dmp_record_get_document (self->record,
                                      dmp_document_entry_get_unique_id (request->entry), &problem);
  if (document == NULL && problem == NULL)
    problem = error != NULL ? error->message : _ ("Ce document ne peut pas être affiché.");
  show_content (request, document, problem);
}

/* Shows what is here already, else asks for it, ahead of the others. */
static void
request_document (DmpWindow *self, DmpDocumentEntry *entry, const char *place, gboolean preview)
{
  g_autoptr (Request) request = g_new0 (Request, 1);
  const char *problem = NULL;
  DmpCdaDocument *document;

  request->window = g_object_ref (self);
  request->entry = g_object_ref (entry);
  request->place = g_strdup (place);
  request->preview = preview;
  document =
      dmp_record_get_document (self->record, dmp_document_entry_get_unique_id (entry), &problem);
  if (document != NULL || problem != NULL)
    show_content (request, document, problem);
  else
    dmp_session_fetch_document_async (self->session, self->record, entry, self->job, fetched_cb,
                                      g_steal_pointer (&request));
}

static const char *
get_origin_name (DmpPage origin)
{
  switch (origin)
    {
    case DMP_PAGE_SUMMARY:
      return _ ("Résumé");
    case DMP_PAGE_TIMELINE:
      return _ ("Chronologie");
    case DMP_PAGE_SEARCH:
      return _ ("Recherche");
    default:
      return _ ("Documents");
    }
}

static void
open_document (DmpWindow *self, DmpDocumentEntry *entry, const char *place)
{
  g_autofree char *position = NULL;
  g_auto (GStrv) words = NULL;

  if (dmp_window_is_in_record (self) && self->page != DMP_PAGE_DOCUMENT)
    self->origin = self->page;
  if (self->origin == DMP_PAGE_SEARCH && place != NULL)
    words = dmp_search_page_dup_words (self->search.page);
  dmp_documents_page_select (self->documents_page, dmp_document_entry_get_unique_id (entry));
  position = dmp_documents_page_dup_position (self->documents_page);
  dmp_document_page_set_entry (self->document_page, entry, get_origin_name (self->origin),
                               position);
  dmp_document_page_set_words (self->document_page, (const char *const *) words);
  dmp_window_show_page (self, DMP_PAGE_DOCUMENT);
  request_document (self, entry, place, FALSE);
}

void
dmp_window_open_by_id (DmpWindow *self, const char *unique_id, const char *place)
{
  DmpDocumentEntry *entry =
      self->record != NULL ? dmp_record_get_entry (self->record, unique_id) : NULL;

  if (entry != NULL && !self->views.for_patient)
    open_document (self, entry, place);
}

static void
set_lists_aside (DmpWindow *self, const char *flag)
{
  if (self->page == DMP_PAGE_SUMMARY)
    gtk_widget_activate_action (GTK_WIDGET (self->summary_page), "summary.set-aside", "s", flag);
}

/* Two lists that differ are seen side by side first; each of their lines leads to its source. */
static gboolean
show_lists (DmpWindow *self)
{
  DmpSummary *summary = dmp_summary_page_get_lists (self->summary_page);
  DmpListsWindow *lists;

  if (summary == NULL || self->page != DMP_PAGE_SUMMARY)
    return FALSE;
  lists = dmp_lists_window_new (GTK_WINDOW (self), summary,
                                dmp_summary_page_is_aside (self->summary_page));
  g_signal_connect_object (lists, "open", G_CALLBACK (dmp_window_open_by_id), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lists, "set-aside", G_CALLBACK (set_lists_aside), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (lists));

  return TRUE;
}

void
dmp_window_open_source (DmpWindow *self)
{
  const char *place = NULL;
  const char *document = dmp_summary_page_get_source (self->summary_page, &place);

  if (show_lists (self))
    return;
  if (document != NULL && self->page == DMP_PAGE_SUMMARY)
    dmp_window_open_by_id (self, document, place);
}

void
dmp_window_open_selected (DmpWindow *self)
{
  DmpDocumentEntry *entry = dmp_documents_page_get_selected (self->documents_page);

  if (entry != NULL && self->record != NULL && self->page == DMP_PAGE_DOCUMENTS)
    open_document (self, entry, NULL);
}

void
dmp_window_step_document (DmpWindow *self, int step)
{
  if (self->page == DMP_PAGE_DOCUMENT && self->record != NULL &&
      dmp_documents_page_step (self->documents_page, step))
    open_document (self, dmp_documents_page_get_selected (self->documents_page), NULL);
}

void
dmp_window_preview (DmpWindow *self, DmpDocumentEntry *entry)
{
  if (self->record != NULL && self->page == DMP_PAGE_DOCUMENTS)
    request_document (self, entry, NULL, TRUE);
}

/* --- Printing --- */

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpWindow) self = data;
  g_autoptr (GtkPrintOperation) operation = dmp_document_print_prepare_finish (result, NULL);

  if (operation == NULL || self->record == NULL || self->page != DMP_PAGE_DOCUMENT)
    return;
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self),
                           NULL);
}

static void
print_summary (DmpWindow *self)
{
  DmpPractitioner *practitioner = dmp_session_get_practitioner (self->session);
  g_autofree char *printer =
      practitioner != NULL ? dmp_practitioner_dup_display_name (practitioner) : NULL;
  gboolean known;
  g_autofree char *closed = dmp_access_words_make (
      dmp_config_get_closed_classes (dmp_session_get_config (self->session)),
      practitioner != NULL ? dmp_practitioner_get_profession (practitioner) : NULL, &known);
  g_autoptr (GtkPrintOperation) operation =
      self->record != NULL ? dmp_summary_print_new (self->record, self->views.for_patient, printer,
                                                    known ? closed : NULL)
                           : NULL;

  if (operation != NULL)
    gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self),
                             NULL);
}

void
dmp_window_print (DmpWindow *self)
{
  DmpDocumentEntry *entry = dmp_document_page_get_entry (self->document_page);
  DmpCdaDocument *document =
      self->record != NULL && entry != NULL
          ? dmp_record_get_document (self->record, dmp_document_entry_get_unique_id (entry), NULL)
          : NULL;

  if (self->page == DMP_PAGE_SUMMARY)
    print_summary (self);
  else if (document != NULL && self->page == DMP_PAGE_DOCUMENT)
    dmp_document_print_prepare_async (document, self->job, prepared_cb, g_object_ref (self));
}

/* --- Sending --- */

static char *
dup_author (DmpWindow *self)
{
  DmpPractitioner *practitioner = dmp_session_get_practitioner (self->session);
  DmpSituation *situation = dmp_session_get_situation (self->session);
  g_autofree char *name =
      practitioner != NULL ? dmp_practitioner_dup_display_name (practitioner) : g_strdup ("");

  return g_strjoin (", ", name, situation != NULL ? dmp_situation_get_name (situation) : NULL,
                    NULL);
}

static const char *
get_holder (DmpWindow *self)
{
  DmpPractitioner *practitioner = dmp_session_get_practitioner (self->session);

  return practitioner != NULL ? dmp_practitioner_get_family (practitioner) : NULL;
}

void
dmp_window_start_sending (DmpWindow *self)
{
  g_autofree char *author = NULL;

  if (self->record == NULL || self->page == DMP_PAGE_SEND)
    return;
  author = dup_author (self);
  self->writing.sent = NULL;
  self->outbox.form = 0;
  if (dmp_window_is_in_record (self) && self->page != DMP_PAGE_DOCUMENT)
    self->origin = self->page;
  dmp_send_page_prepare (self->send_page, self->record, self->patient, author, get_holder (self));
  dmp_window_show_page (self, DMP_PAGE_SEND);
  dmp_window_use_offer (self);
}

void
dmp_window_use_offer (DmpWindow *self)
{
  if (self->outbox.offered == NULL || self->record == NULL || self->page < DMP_PAGE_SUMMARY ||
      self->page > DMP_PAGE_SEND)
    return;
  if (self->page != DMP_PAGE_SEND)
    {
      dmp_window_start_sending (self); /* comes back here */
      return;
    }
  dmp_send_page_add_file (self->send_page, self->outbox.offered);
  g_clear_object (&self->outbox.offered);
}

void
dmp_window_drop_chooser (DmpWindow *self)
{
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
}

static void
on_chosen (DmpWindow *self, int response)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT && self->page == DMP_PAGE_SEND)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      dmp_send_page_add_file (self->send_page, file);
    }
  g_clear_object (&self->chooser);
}

void
dmp_window_choose_file (DmpWindow *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->page != DMP_PAGE_SEND || self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Choisir un fichier"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Choisir"), _ ("Annuler"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_file_filter_set_name (filter, _ ("PDF, images et textes"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/tiff");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "text/rtf");
  gtk_file_filter_add_mime_type (filter, "application/rtf");
  gtk_file_filter_add_mime_type (filter, "text/xml");
  gtk_file_filter_add_mime_type (filter, "application/xml");
  gtk_file_filter_add_mime_type (filter, "text/plain");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
