#include "config.h"

#include "dmp-window-private.h"

#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (DmpWindow, dmp_window, ADW_TYPE_APPLICATION_WINDOW)

typedef struct
{
  const char *name; /* of the stack's child */
  gboolean flat;    /* no line under the header */
  gboolean can_go_back;
  gboolean has_patient; /* the header names the patient */
  gboolean in_record;   /* the switch between summary and documents stands in the header */
} PageTraits;

static const PageTraits traits[DMP_N_PAGES] = {
  [DMP_PAGE_CARD] = { "card", TRUE, FALSE, FALSE, FALSE },
  [DMP_PAGE_PIN] = { "pin", TRUE, FALSE, FALSE, FALSE },
  [DMP_PAGE_PLACE] = { "place", TRUE, FALSE, FALSE, FALSE },
  [DMP_PAGE_PATIENT] = { "patient", FALSE, FALSE, FALSE, FALSE },
  [DMP_PAGE_ACCESS] = { "access", FALSE, TRUE, TRUE, FALSE },
  [DMP_PAGE_SUMMARY] = { "summary", FALSE, TRUE, TRUE, TRUE },
  [DMP_PAGE_DOCUMENTS] = { "documents", FALSE, TRUE, TRUE, TRUE },
  [DMP_PAGE_TIMELINE] = { "timeline", FALSE, TRUE, TRUE, TRUE },
  [DMP_PAGE_DOCUMENT] = { "document", FALSE, TRUE, TRUE, TRUE },
  [DMP_PAGE_SEARCH] = { "search", FALSE, TRUE, TRUE, TRUE },
  [DMP_PAGE_SEND] = { "send", FALSE, TRUE, TRUE, FALSE },
  [DMP_PAGE_WRITE] = { "write", FALSE, TRUE, TRUE, FALSE },
  [DMP_PAGE_FAILURE] = { "failure", FALSE, TRUE, FALSE, FALSE },
  [DMP_PAGE_OUTBOX] = { "outbox", FALSE, TRUE, FALSE, FALSE },
};

/* --- The header --- */

static const char *
page_title (DmpPage page)
{
  switch (page)
    {
    case DMP_PAGE_PATIENT:
      return _ ("Patient");
    case DMP_PAGE_SEND:
      return _ ("Envoyer un document");
    case DMP_PAGE_WRITE:
      return _ ("Rédiger");
    case DMP_PAGE_ACCESS:
      return "";
    case DMP_PAGE_FAILURE:
      return _ ("DMP");
    case DMP_PAGE_OUTBOX:
      return _ ("Boîte d’envoi");
    default:
      return _ ("Caducée");
    }
}

static void
show_header (DmpWindow *self)
{
  const PageTraits *of = &traits[self->page];
  gboolean patient = self->views.for_patient, own = of->in_record && !patient;
  gboolean signed_in = self->page >= DMP_PAGE_PATIENT && !patient;

  if (of->flat)
    gtk_widget_add_css_class (self->header, "flat");
  else
    gtk_widget_remove_css_class (self->header, "flat");
  gtk_widget_set_visible (self->back, of->can_go_back && !patient);
  gtk_widget_set_visible (self->views.leave_patient, patient);
  gtk_widget_set_visible (self->identity, of->has_patient && self->patient != NULL);
  gtk_widget_set_visible (self->send, own);
  gtk_widget_set_visible (self->write, own);
  gtk_widget_set_visible (self->doctor_box, signed_in);
  gtk_widget_set_visible (self->views.menu, !patient);
  dmp_window_show_badge (self);
  gtk_label_set_label (self->title, patient ? _ ("Mode patient") : page_title (self->page));
  gtk_stack_set_visible_child_name (self->titles, own ? "switch" : "title");
  gtk_widget_set_tooltip_text (self->back, of->in_record && self->page != DMP_PAGE_DOCUMENT &&
                                                   self->page != DMP_PAGE_SEARCH
                                               ? _ ("Quitter le dossier")
                                               : _ ("Revenir (Échap)"));
  gtk_toggle_button_set_active (self->views.summary, self->page == DMP_PAGE_SUMMARY);
  gtk_toggle_button_set_active (self->views.documents, self->page == DMP_PAGE_DOCUMENTS ||
                                                           self->page == DMP_PAGE_DOCUMENT);
  gtk_toggle_button_set_active (self->views.timeline, self->page == DMP_PAGE_TIMELINE);
}

/* What no screen turned to the patient does. */
static const char *const own_work[] = { "win.search", "win.open-source", "win.why" };

/* What only a document on its page can do. */
static const char *const reading[] = { "win.zoom-in", "win.zoom-out", "win.zoom-normal" };

static const char *const finding[] = { "win.find-next", "win.find-previous" };

static void
update_actions (DmpWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean record = traits[self->page].in_record && !self->views.for_patient;

  gtk_widget_action_set_enabled (widget, "win.back",
                                 traits[self->page].can_go_back && !self->views.for_patient);
  for (guint i = 0; i < G_N_ELEMENTS (own_work); i++)
    gtk_widget_action_set_enabled (widget, own_work[i], !self->views.for_patient);
  gtk_widget_action_set_enabled (widget, "win.patient-mode", self->page == DMP_PAGE_SUMMARY);
  gtk_widget_action_set_enabled (widget, "win.send", record);
  gtk_widget_action_set_enabled (widget, "win.write", record);
  gtk_widget_action_set_enabled (widget, "win.write-preview",
                                 self->page == DMP_PAGE_WRITE &&
                                     dmp_write_page_is_complete (self->write_page));
  gtk_widget_action_set_enabled (widget, "win.write-send",
                                 self->page == DMP_PAGE_WRITE &&
                                     dmp_write_page_is_complete (self->write_page));
  gtk_widget_action_set_enabled (widget, "win.toggle-view", record);
  gtk_widget_action_set_enabled (widget, "win.show-summary", record);
  gtk_widget_action_set_enabled (widget, "win.show-documents", record);
  gtk_widget_action_set_enabled (widget, "win.show-timeline", record);
  gtk_widget_action_set_enabled (widget, "win.print",
                                 self->page == DMP_PAGE_SUMMARY || self->page == DMP_PAGE_DOCUMENT);
  gtk_widget_action_set_enabled (widget, "win.close-record", self->record != NULL);
  gtk_widget_action_set_enabled (widget, "win.lock", self->page >= DMP_PAGE_PLACE);
  gtk_widget_action_set_enabled (widget, "win.end-session", self->page >= DMP_PAGE_PLACE);
  gtk_widget_action_set_enabled (widget, "win.show-outbox",
                                 self->page >= DMP_PAGE_PATIENT && !self->views.for_patient);
  gtk_widget_action_set_enabled (widget, "win.read-vitale", self->page >= DMP_PAGE_PATIENT);
  gtk_widget_action_set_enabled (widget, "win.sign-in",
                                 self->page == DMP_PAGE_PIN &&
                                     dmp_pin_page_is_complete (self->pin_page));
  gtk_widget_action_set_enabled (widget, "win.choose-place", self->page == DMP_PAGE_PLACE);
  gtk_widget_action_set_enabled (widget, "win.open-patient",
                                 self->page == DMP_PAGE_PATIENT && !self->opening);
  gtk_widget_action_set_enabled (widget, "win.authorise",
                                 self->page == DMP_PAGE_ACCESS && !self->opening);
  gtk_widget_action_set_enabled (widget, "win.break-glass",
                                 self->page == DMP_PAGE_ACCESS && !self->opening);
  gtk_widget_action_set_enabled (widget, "win.separate",
                                 self->page == DMP_PAGE_DOCUMENTS ||
                                     (self->page == DMP_PAGE_SUMMARY && !self->views.for_patient));
  for (guint i = 0; i < G_N_ELEMENTS (reading); i++)
    gtk_widget_action_set_enabled (widget, reading[i], self->page == DMP_PAGE_DOCUMENT);
  for (guint i = 0; i < G_N_ELEMENTS (finding); i++)
    gtk_widget_action_set_enabled (
        widget, finding[i], self->page == DMP_PAGE_DOCUMENT || self->page == DMP_PAGE_SEARCH);
  gtk_widget_action_set_enabled (widget, "win.submit",
                                 self->page == DMP_PAGE_SEND &&
                                     dmp_send_page_is_complete (self->send_page));
}

void
dmp_window_focus_page (DmpWindow *self)
{
  switch (self->page)
    {
    case DMP_PAGE_PIN:
      dmp_pin_page_focus (self->pin_page);
      break;
    case DMP_PAGE_PLACE:
      dmp_place_page_focus (self->place_page);
      break;
    case DMP_PAGE_PATIENT:
      dmp_patient_page_focus (self->patient_page);
      break;
    case DMP_PAGE_ACCESS:
      dmp_access_page_focus (self->access_page);
      break;
    case DMP_PAGE_SUMMARY:
      dmp_summary_page_focus (self->summary_page);
      break;
    case DMP_PAGE_DOCUMENTS:
      dmp_documents_page_focus (self->documents_page);
      if (dmp_documents_page_get_selected (self->documents_page) != NULL)
        dmp_window_preview (self, dmp_documents_page_get_selected (self->documents_page));
      break;
    case DMP_PAGE_TIMELINE:
      dmp_timeline_page_focus (self->timeline_page);
      break;
    case DMP_PAGE_DOCUMENT:
      dmp_document_page_focus (self->document_page);
      break;
    case DMP_PAGE_SEARCH:
      dmp_window_focus_search (self);
      break;
    case DMP_PAGE_SEND:
      dmp_send_page_focus (self->send_page);
      break;
    case DMP_PAGE_WRITE:
      dmp_write_page_focus (self->write_page);
      break;
    case DMP_PAGE_FAILURE:
      dmp_failure_page_focus (self->failure_page);
      break;
    case DMP_PAGE_OUTBOX:
      dmp_outbox_page_focus (self->outbox_page);
      break;
    default:
      break;
    }
}

/* A child of a stack that is not the visible one stays in the accessibility tree, with its old
 * size: only what is invisible for good is out of sight for everybody. */
static void
show_child (GtkStack *stack, const char *name)
{
  GtkWidget *shown = gtk_stack_get_child_by_name (stack, name);

  gtk_widget_set_visible (shown, TRUE);
  gtk_stack_set_visible_child (stack, shown);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == shown);
}

gboolean
dmp_window_is_in_record (DmpWindow *self)
{
  return traits[self->page].in_record;
}

void
dmp_window_blank (DmpWindow *self)
{
  self->page = DMP_PAGE_CARD;
  show_child (self->root, "lock");
}

void
dmp_window_show_page (DmpWindow *self, DmpPage page)
{
  self->page = page;
  if (page != DMP_PAGE_SUMMARY)
    dmp_window_set_patient_mode (self, FALSE);
  show_child (self->pages, traits[page].name);
  show_child (self->root, "work");
  show_header (self);
  dmp_window_show_search (self);
  update_actions (self);
  dmp_window_focus_page (self);
}

void
dmp_window_show_identity (DmpWindow *self, DmpPatient *patient)
{
  static const char *const sexes[] = { "?", "F", "M" };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y%m%d");
  const char *words[] = { _ ("sexe inconnu"), _ ("sexe féminin"), _ ("sexe masculin") };
  g_autofree char *name = NULL, *age = NULL, *birth = NULL, *text = NULL, *meaning = NULL;
  const char *date;

  if (patient == NULL)
    {
      gtk_label_set_label (self->identity_name, "");
      gtk_label_set_label (self->identity_traits, "");
      dmp_explain (GTK_WIDGET (self->identity_traits), "");
      return;
    }
  name = dmp_patient_dup_display_name (patient);
  age = dmp_patient_dup_age (patient, today);
  date = dmp_patient_get_birth_date (patient);
  birth = date != NULL ? dmp_date_dup_display (date, FALSE, FALSE) : NULL;
  text = g_strjoin (" · ", sexes[dmp_patient_get_sex (patient)], age != NULL ? age : "?",
                    birth != NULL ? birth : "?", NULL);
  gtk_label_set_label (self->identity_name, name);
  gtk_label_set_label (self->identity_traits, text);
  meaning = g_strdup_printf (_ ("%s, %s, naissance le %s"), words[dmp_patient_get_sex (patient)],
                             age != NULL ? age : "?", birth != NULL ? birth : "?");
  dmp_explain (GTK_WIDGET (self->identity_traits), meaning);
}

void
dmp_window_warn (DmpWindow *self, const char *text)
{
  gtk_label_set_label (self->warning, text != NULL ? text : "");
  gtk_widget_set_visible (self->warning_bar, text != NULL);
}

void
dmp_window_toast (DmpWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_set_title (toast, escaped);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
dmp_window_toast_outbox (DmpWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_set_title (toast, escaped);
  adw_toast_set_button_label (toast, _ ("Voir"));
  adw_toast_set_action_name (toast, "win.show-outbox");
  adw_toast_set_timeout (toast, 10);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
dmp_window_set_working (DmpWindow *self, gboolean working)
{
  self->opening = working;
  gtk_spinner_set_spinning (self->working, working);
  gtk_widget_set_visible (GTK_WIDGET (self->working), working);
  update_actions (self);
}

static void
on_open_listed (DmpWindow *self, const char *unique_id)
{
  dmp_window_open_by_id (self, unique_id, NULL);
}

/* --- What the timeline asks the list of documents --- */

static const char *
get_title (DmpDocumentEntry *entry, gpointer documents_page)
{
  return dmp_documents_page_get_title (documents_page, entry);
}

static const char *
get_leader (const char *unique_id, gpointer documents_page)
{
  return dmp_documents_page_get_leader (documents_page, unique_id);
}

static GPtrArray *
dup_episode (const char *unique_id, gpointer documents_page)
{
  return dmp_documents_page_dup_episode (documents_page, unique_id);
}

/* --- The widget --- */

static void
dmp_window_dispose (GObject *object)
{
  DmpWindow *self = DMP_WINDOW (object);

  dmp_window_unwatch_session (self);
  if (self->outbox.sent != NULL)
    dmp_window_forget_outbox (self);
  g_clear_pointer (&self->outbox.sent, g_ptr_array_unref);
  g_clear_pointer (&self->outbox.forms, g_hash_table_unref);
  g_clear_handle_id (&self->redraw, g_source_remove);
  if (self->job != NULL)
    g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->patient);
  g_clear_object (&self->record);
  g_clear_object (&self->session);
  g_clear_object (&self->writing.alarm);
  g_clear_object (&self->outbox.offered);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->reason_time, g_free);

  G_OBJECT_CLASS (dmp_window_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (DMP_TYPE_LOCK_PAGE);
  g_type_ensure (DMP_TYPE_CARD_PAGE);
  g_type_ensure (DMP_TYPE_PIN_PAGE);
  g_type_ensure (DMP_TYPE_PLACE_PAGE);
  g_type_ensure (DMP_TYPE_PATIENT_PAGE);
  g_type_ensure (DMP_TYPE_ACCESS_PAGE);
  g_type_ensure (DMP_TYPE_SUMMARY_PAGE);
  g_type_ensure (DMP_TYPE_DOCUMENTS_PAGE);
  g_type_ensure (DMP_TYPE_TIMELINE_PAGE);
  g_type_ensure (DMP_TYPE_DOCUMENT_PAGE);
  g_type_ensure (DMP_TYPE_SEARCH_PAGE);
  g_type_ensure (DMP_TYPE_SEND_PAGE);
  g_type_ensure (DMP_TYPE_WRITE_PAGE);
  g_type_ensure (DMP_TYPE_FAILURE_PAGE);
  g_type_ensure (DMP_TYPE_OUTBOX_PAGE);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, root);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, header);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, back);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, identity);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, identity_name);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, identity_traits);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, titles);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, title);
  gtk_widget_class_bind_template_child_full (widget_class, "show_summary", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, views.summary));
  gtk_widget_class_bind_template_child_full (widget_class, "show_documents", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, views.documents));
  gtk_widget_class_bind_template_child_full (widget_class, "show_timeline", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, views.timeline));
  gtk_widget_class_bind_template_child_full (widget_class, "leave_patient", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, views.leave_patient));
  gtk_widget_class_bind_template_child_full (widget_class, "menu_button", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, views.menu));
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, send);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, write);
  gtk_widget_class_bind_template_child_full (widget_class, "outbox_button", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, outbox.button));
  gtk_widget_class_bind_template_child_full (widget_class, "outbox_count", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, outbox.count));
  gtk_widget_class_bind_template_child_full (widget_class, "undo_bar", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, outbox.undo_bar));
  gtk_widget_class_bind_template_child_full (widget_class, "undo_text", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, outbox.undo_text));
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, doctor);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, doctor_box);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, working);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, break_glass_bar);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, break_glass_text);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, warning_bar);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, warning);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, pages);
}

static void
bind_pages (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, lock_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, card_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, pin_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, place_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, patient_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, access_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, summary_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, documents_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, timeline_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, document_page);
  gtk_widget_class_bind_template_child_full (widget_class, "search_entry", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, search.entry));
  gtk_widget_class_bind_template_child_full (widget_class, "search_page", FALSE,
                                             G_STRUCT_OFFSET (DmpWindow, search.page));
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, send_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, write_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, failure_page);
  gtk_widget_class_bind_template_child (widget_class, DmpWindow, outbox_page);
}

static void
dmp_window_class_init (DmpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_window_dispose;
  ensure_types ();
  dmp_window_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/caducee/Caducee/dmp-window.ui");
  bind_children (widget_class);
  bind_pages (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_open_listed);
  gtk_widget_class_bind_template_callback (widget_class, dmp_window_preview);
  gtk_widget_class_bind_template_callback (widget_class, dmp_window_open_by_id);
}

static void
dmp_window_init (DmpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dmp_window_init_outbox (self);
  dmp_timeline_page_set_source (
      self->timeline_page,
      &(const DmpTimelineSource){ get_title, get_leader, dup_episode, self->documents_page });
  dmp_window_init_search (self);
  dmp_window_show_page (self, DMP_PAGE_CARD);
}

DmpWindow *
dmp_window_new (GtkApplication *app, DmpSession *session)
{
  DmpWindow *self = g_object_new (DMP_TYPE_WINDOW, "application", app, NULL);

  self->session = g_object_ref (session);
  dmp_window_watch_session (self);

  return self;
}

void
dmp_window_offer_file (DmpWindow *self, GFile *file)
{
  g_return_if_fail (DMP_IS_WINDOW (self));

  g_set_object (&self->outbox.offered, file);
  dmp_window_use_offer (self);
}
