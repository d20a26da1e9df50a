#include "config.h"

#include "dmp-window-private.h"

#include <glib/gi18n.h>

/* --- Moving about --- */

static void
go_back (DmpWindow *self)
{
  if (self->page == DMP_PAGE_DOCUMENT && dmp_document_page_stop_finding (self->document_page))
    return;
  switch (self->page)
    {
    case DMP_PAGE_DOCUMENT:
    case DMP_PAGE_SEND:
      if (self->page == DMP_PAGE_SEND && self->outbox.form == 0)
        dmp_send_page_clear (self->send_page);
      dmp_window_show_page (self, self->record != NULL ? self->origin : DMP_PAGE_PATIENT);
      break;
    case DMP_PAGE_WRITE:
      dmp_window_leave_writing (self);
      break;
    case DMP_PAGE_OUTBOX:
      dmp_window_show_page (self, self->outbox.before);
      break;
    case DMP_PAGE_SEARCH:
      dmp_window_leave_search (self);
      break;
    case DMP_PAGE_ACCESS:
    case DMP_PAGE_SUMMARY:
    case DMP_PAGE_DOCUMENTS:
    case DMP_PAGE_TIMELINE:
    case DMP_PAGE_FAILURE:
      dmp_window_close_record (self);
      break;
    default:
      break;
    }
}

/* Leaving a record is an act of its own: Escape only ever undoes the last small thing. */
static void
run_escape (DmpWindow *self)
{
  if (dmp_window_undo_send (self))
    return;
  if (self->views.for_patient)
    dmp_window_set_patient_mode (self, FALSE);
  else if (self->page == DMP_PAGE_DOCUMENTS)
    dmp_documents_page_clear_search (self->documents_page);
  else if (self->page != DMP_PAGE_SUMMARY && self->page != DMP_PAGE_TIMELINE)
    go_back (self);
}

static void
toggle_view (DmpWindow *self)
{
  dmp_window_show_page (self, self->page == DMP_PAGE_SUMMARY     ? DMP_PAGE_DOCUMENTS
                              : self->page == DMP_PAGE_DOCUMENTS ? DMP_PAGE_TIMELINE
                                                                 : DMP_PAGE_SUMMARY);
}

static void
refresh (DmpWindow *self)
{
  if (self->page == DMP_PAGE_FAILURE)
    dmp_window_retry (self);
  else if (dmp_window_is_in_record (self))
    dmp_window_reload (self);
  else if (self->page == DMP_PAGE_OUTBOX)
    dmp_window_resume_outbox (self);
  else if (self->page == DMP_PAGE_CARD)
    dmp_window_probe_host (self);
}

static void
show_shortcuts (DmpWindow *self)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/org/caducee/Caducee/dmp-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, GTK_WINDOW (self));
  gtk_window_present (window);
}

static void
show_about (DmpWindow *self)
{
  adw_show_about_window (GTK_WINDOW (self), "application-name", _ ("Caducée"), "application-icon",
                         APP_ID, "version", PACKAGE_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
                         "website", PACKAGE_URL, NULL);
}

/* --- Actions --- */

typedef struct
{
  const char *name;
  void (*run) (DmpWindow *self);
} Action;

static void
run_show_summary (DmpWindow *self)
{
  dmp_window_show_page (self, DMP_PAGE_SUMMARY);
}

static void
run_show_documents (DmpWindow *self)
{
  dmp_window_show_page (self, DMP_PAGE_DOCUMENTS);
}

static void
run_show_timeline (DmpWindow *self)
{
  dmp_window_show_page (self, DMP_PAGE_TIMELINE);
}

static void
run_read_vitale (DmpWindow *self)
{
  if (self->page != DMP_PAGE_PATIENT)
    dmp_window_close_record (self);
  dmp_patient_page_focus (self->patient_page);
}

static void
run_next_block (DmpWindow *self)
{
  if (self->page == DMP_PAGE_SUMMARY)
    dmp_summary_page_cycle (self->summary_page, 1);
  else if (self->page == DMP_PAGE_WRITE)
    dmp_write_page_step (self->write_page, 1);
}

static void
run_previous_block (DmpWindow *self)
{
  if (self->page == DMP_PAGE_SUMMARY)
    dmp_summary_page_cycle (self->summary_page, -1);
  else if (self->page == DMP_PAGE_WRITE)
    dmp_write_page_step (self->write_page, -1);
}

/* The one thing that a form is there for, with one key. */
static void
run_go_on (DmpWindow *self)
{
  if (self->page == DMP_PAGE_WRITE)
    dmp_window_send_draft (self);
  else if (self->page == DMP_PAGE_SEND && dmp_send_page_is_complete (self->send_page))
    dmp_window_submit (self);
}

static void
run_completeness (DmpWindow *self)
{
  if (self->page == DMP_PAGE_SUMMARY)
    dmp_summary_page_toggle_detail (self->summary_page);
  else if (self->page == DMP_PAGE_TIMELINE)
    dmp_timeline_page_toggle_detail (self->timeline_page);
  else if (self->page == DMP_PAGE_SEARCH)
    dmp_search_page_toggle_gaps (self->search.page);
}

static void
run_patient_mode (DmpWindow *self)
{
  dmp_window_set_patient_mode (self, !self->views.for_patient);
}

static void
run_why (DmpWindow *self)
{
  if (self->page == DMP_PAGE_SUMMARY)
    dmp_summary_page_show_why (self->summary_page);
}

static void
run_search (DmpWindow *self)
{
  if (!dmp_window_is_in_record (self))
    return;
  if (self->page == DMP_PAGE_DOCUMENT)
    {
      dmp_document_page_find (self->document_page);
      return;
    }
  dmp_window_start_search (self);
}

static void
run_separate (DmpWindow *self)
{
  if (self->page == DMP_PAGE_SUMMARY)
    dmp_window_separate_line (self);
  else
    dmp_documents_page_toggle_group (self->documents_page);
}

/* In a document, the places of words typed there come before the passages found in the record. */
static void
step_found (DmpWindow *self, int step)
{
  if (!dmp_document_page_is_finding (self->document_page) && dmp_window_step_search (self, step))
    return;
  if (self->page == DMP_PAGE_DOCUMENT)
    dmp_document_page_find_step (self->document_page, step);
}

static void
run_find_next (DmpWindow *self)
{
  step_found (self, 1);
}

static void
run_find_previous (DmpWindow *self)
{
  step_found (self, -1);
}

static void
run_zoom_in (DmpWindow *self)
{
  dmp_document_page_zoom (self->document_page, 1);
}

static void
run_zoom_out (DmpWindow *self)
{
  dmp_document_page_zoom (self->document_page, -1);
}

static void
run_zoom_normal (DmpWindow *self)
{
  dmp_document_page_zoom (self->document_page, 0);
}

static void
run_next_document (DmpWindow *self)
{
  dmp_window_step_document (self, 1);
}

static void
run_previous_document (DmpWindow *self)
{
  dmp_window_step_document (self, -1);
}

static void
run_undo_send (DmpWindow *self)
{
  dmp_window_undo_send (self);
}

static const Action actions[] = {
  { "win.sign-in", dmp_window_sign_in },
  { "win.choose-place", dmp_window_choose_place },
  { "win.open-patient", dmp_window_open_patient },
  { "win.read-vitale", run_read_vitale },
  { "win.authorise", dmp_window_authorise },
  { "win.refuse", dmp_window_close_record },
  { "win.break-glass", dmp_window_ask_break_glass },
  { "win.close-record", dmp_window_close_record },
  { "win.show-summary", run_show_summary },
  { "win.show-documents", run_show_documents },
  { "win.show-timeline", run_show_timeline },
  { "win.toggle-view", toggle_view },
  { "win.open-source", dmp_window_open_source },
  { "win.open-document", dmp_window_open_selected },
  { "win.next-document", run_next_document },
  { "win.previous-document", run_previous_document },
  { "win.next-block", run_next_block },
  { "win.previous-block", run_previous_block },
  { "win.completeness", run_completeness },
  { "win.patient-mode", run_patient_mode },
  { "win.why", run_why },
  { "win.search", run_search },
  { "win.separate", run_separate },
  { "win.print", dmp_window_print },
  { "win.find-next", run_find_next },
  { "win.find-previous", run_find_previous },
  { "win.zoom-in", run_zoom_in },
  { "win.zoom-out", run_zoom_out },
  { "win.zoom-normal", run_zoom_normal },
  { "win.send", dmp_window_start_sending },
  { "win.write", dmp_window_start_writing },
  { "win.write-preview", dmp_window_preview_draft },
  { "win.write-send", dmp_window_send_draft },
  { "win.go-on", run_go_on },
  { "win.choose-file", dmp_window_choose_file },
  { "win.submit", dmp_window_submit },
  { "win.undo-send", run_undo_send },
  { "win.show-outbox", dmp_window_show_outbox },
  { "win.refresh", refresh },
  { "win.back", go_back },
  { "win.escape", run_escape },
  { "win.lock", dmp_window_lock },
  { "win.end-session", dmp_window_lock },
  { "win.shortcuts", show_shortcuts },
  { "win.about", show_about },
};

static void
run_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DmpWindow *self = DMP_WINDOW (widget);

  dmp_window_note_activity (self);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      actions[i].run (self);
}

void
dmp_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, run_action);
  /* Here, not as accelerators of the application: what is being typed comes first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, 0, "win.shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.escape", NULL);
}
