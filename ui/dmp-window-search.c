#include "config.h"

#include "dmp-window-private.h"

#include "dmp-field.h"

#include <glib/gi18n.h>

#define AS_TYPED 40 /* ms after a letter */
#define WIDE 38     /* characters of the entry on its page */
#define NARROW 11   /* and elsewhere */

static GtkText *
get_text (DmpWindow *self)
{
  return GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->search.entry)));
}

static const char *
get_query (DmpWindow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search.entry));
}

static void
describe_entry (DmpWindow *self, const char *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_text (self)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* --- Where it looks --- */

static DmpDocumentEntry *
find_entry (const char *unique_id, gpointer record)
{
  return dmp_record_get_entry (record, unique_id);
}

static DmpCdaDocument *
find_document (const char *unique_id, gpointer record)
{
  return dmp_record_get_document (record, unique_id, NULL);
}

void
dmp_window_feed_search (DmpWindow *self)
{
  const DmpSearchSource source = { .search = self->record != NULL
                                                 ? dmp_record_get_search (self->record)
                                                 : NULL,
                                   .find_entry = find_entry,
                                   .find_document = find_document,
                                   .data = self->record };

  dmp_search_page_set_source (self->search.page, self->record != NULL ? &source : NULL);
}

static void
forget_query (DmpWindow *self)
{
  dmp_field_clear (GTK_EDITABLE (self->search.entry));
  describe_entry (self, "");
  self->search.asked = FALSE;
  dmp_search_page_ask (self->search.page, "");
}

void
dmp_window_forget_search (DmpWindow *self)
{
  forget_query (self);
  dmp_search_page_set_source (self->search.page, NULL);
}

/* --- Going there and back --- */

/* The switch makes room for the words; elsewhere than on the page, and in a document that was found
 * there, nothing is looked for any more. */
void
dmp_window_show_search (DmpWindow *self)
{
  gboolean searching = self->page == DMP_PAGE_SEARCH;
  GtkWidget *box = gtk_widget_get_parent (self->search.entry);

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != self->search.entry)
      gtk_widget_set_visible (child, !searching);
  gtk_widget_set_sensitive (self->search.entry, !self->views.for_patient);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search.entry), searching ? WIDE : NARROW);
  if (self->search.asked && dmp_window_is_in_record (self) && !searching &&
      self->page != DMP_PAGE_DOCUMENT)
    forget_query (self);
}

static void
enter (DmpWindow *self)
{
  if (self->page == DMP_PAGE_SEARCH)
    return;
  if (self->page != DMP_PAGE_DOCUMENT)
    self->search.origin = self->page;
  else if (self->origin != DMP_PAGE_SEARCH)
    self->search.origin = self->origin;
  dmp_window_show_page (self, DMP_PAGE_SEARCH);
}

void
dmp_window_leave_search (DmpWindow *self)
{
  dmp_window_show_page (self, self->search.origin);
}

void
dmp_window_focus_search (DmpWindow *self)
{
  if (dmp_search_page_is_used (self->search.page) && dmp_search_page_focus (self->search.page))
    return;
  gtk_text_grab_focus_without_selecting (get_text (self));
}

void
dmp_window_start_search (DmpWindow *self)
{
  gtk_widget_grab_focus (self->search.entry);
}

/* --- The entry --- */

static void
on_changed (DmpWindow *self)
{
  gboolean empty = *get_query (self) == '\0';

  if (self->record == NULL || !dmp_window_is_in_record (self) || self->views.for_patient ||
      (empty && self->page != DMP_PAGE_SEARCH))
    return;
  self->search.asked = TRUE;
  dmp_search_page_ask (self->search.page, get_query (self));
  enter (self);
}

static void
on_stop (DmpWindow *self)
{
  if (self->page == DMP_PAGE_SEARCH)
    dmp_window_leave_search (self);
  else
    dmp_window_focus_page (self);
}

static void
on_enter (DmpWindow *self)
{
  if (self->page == DMP_PAGE_SEARCH)
    dmp_search_page_open (self->search.page);
  else
    on_changed (self);
}

static gboolean
on_entry_key (DmpWindow *self, guint key)
{
  if (self->page != DMP_PAGE_SEARCH || (key != GDK_KEY_Down && key != GDK_KEY_KP_Down))
    return FALSE;
  dmp_search_page_focus (self->search.page);

  return TRUE;
}

static void
on_answered (DmpWindow *self, const char *words)
{
  describe_entry (self, words);
}

static void
on_open (DmpWindow *self, const char *unique_id, const char *place)
{
  dmp_window_open_by_id (self, unique_id, place);
}

static void
on_leave (DmpWindow *self)
{
  gtk_text_grab_focus_without_selecting (get_text (self));
}

gboolean
dmp_window_step_search (DmpWindow *self, int step)
{
  if (self->page == DMP_PAGE_SEARCH)
    return dmp_search_page_step (self->search.page, step);
  if (self->page != DMP_PAGE_DOCUMENT || self->origin != DMP_PAGE_SEARCH ||
      !dmp_search_page_step (self->search.page, step))
    return FALSE;
  dmp_search_page_open (self->search.page);

  return TRUE;
}

/* --- Typing anywhere --- */

static gboolean
is_writing (guint key)
{
  gunichar letter = gdk_keyval_to_unicode (key);

  return (letter != 0 && g_unichar_isalpha (letter)) ||
         (key >= GDK_KEY_dead_grave && key <= GDK_KEY_dead_greek);
}

/* Only what no widget wanted comes here. Digits are the keys of the blocks, elsewhere than among
 * what was found. */
static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, DmpWindow *self)
{
  gboolean found = self->page == DMP_PAGE_SEARCH;
  gboolean more =
      found && (g_unichar_isdigit (gdk_keyval_to_unicode (key)) || key == GDK_KEY_BackSpace);

  if (!dmp_window_is_in_record (self) || self->views.for_patient ||
      self->page == DMP_PAGE_DOCUMENT ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      (!is_writing (key) && !more))
    return FALSE;
  gtk_text_grab_focus_without_selecting (get_text (self));
  if (found)
    gtk_editable_set_position (GTK_EDITABLE (self->search.entry), -1);

  return gtk_event_controller_key_forward (keys, GTK_WIDGET (get_text (self)));
}

/* Before the focus goes to the entry: Escape leads back to where it was. */
static void
on_focus (DmpWindow *self)
{
  if (self->page == DMP_PAGE_SUMMARY)
    dmp_summary_page_remember_focus (self->summary_page);
}

void
dmp_window_init_search (DmpWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *down = gtk_event_controller_key_new ();
  GtkWidget *entry = self->search.entry;

  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (entry), AS_TYPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_text (self)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rechercher dans le dossier"), -1);
  g_signal_connect_swapped (entry, "search-changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (entry, "stop-search", G_CALLBACK (on_stop), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (self->search.page, "open", G_CALLBACK (on_open), self);
  g_signal_connect_swapped (self->search.page, "answered", G_CALLBACK (on_answered), self);
  g_signal_connect_swapped (self->search.page, "leave", G_CALLBACK (on_leave), self);
  gtk_event_controller_set_propagation_phase (down, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (down, "key-pressed", G_CALLBACK (on_entry_key), self);
  gtk_widget_add_controller (entry, down);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
