/* Opens documents in the reader's page, one after the other, for who reads the screen
 * (words_on_screen.py): a path a line on standard input, "shown" or "problem TEXT" back, once the
 * first page of each of its files is there or a sentence says why not. With --words the words on
 * the screen follow, on the same line (hostile_reader.py). */
#include "config.h"

#include "ui/dmp-document-page.h"
#include "ui/dmp-file-view.h"
#include "ui/dmp-narrative.h"
#include "ui/dmp-page-view.h"
#include "ui/dmp-resources.h"
#include "summary/dmp-summary-builder.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SIZE 1366, 900

typedef struct
{
  GtkApplication *app;
  DmpDocumentPage *page;
  gboolean words;
} Shower;

typedef void (*Visit) (GtkWidget *widget, gpointer data);

static void
visit (GtkWidget *widget, Visit what, gpointer data)
{
  what (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      visit (child, what, data);
}

static GtkWidget *
find_narrative (GtkWidget *widget)
{
  GtkWidget *found = DMP_IS_NARRATIVE (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_narrative (child);

  return found;
}

static void
find_waiting (GtkWidget *widget, gpointer data)
{
  gboolean *waiting = data;

  if (GTK_IS_LABEL (widget) &&
      strcmp (gtk_label_get_text (GTK_LABEL (widget)), "Lecture du fichier…") == 0)
    *waiting = TRUE;
}

static void
take_words (GtkWidget *widget, gpointer data)
{
  GString *words = data;

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (words, " %s", gtk_label_get_text (GTK_LABEL (widget)));
  else if (DMP_IS_PAGE_VIEW (widget))
    g_string_append_printf (words, " [page] %s", dmp_page_view_get_text (DMP_PAGE_VIEW (widget)));
}

static void
answer (const char *text)
{
  puts (text);
  fflush (stdout);
}

static void
answer_shown (Shower *self)
{
  g_autoptr (GString) words = g_string_new ("shown");

  if (self->words)
    visit (find_narrative (GTK_WIDGET (self->page)), take_words, words);
  answer (g_strdelimit (words->str, "\r\n", ' '));
}

static gboolean
settled_cb (gpointer data)
{
  Shower *self = data;
  gboolean waiting = FALSE;

  visit (GTK_WIDGET (self->page), find_waiting, &waiting);
  if (waiting)
    return G_SOURCE_CONTINUE;
  answer_shown (self);

  return G_SOURCE_REMOVE;
}

static void
on_ready (Shower *self)
{
  g_timeout_add (10, settled_cb, self);
}

static void
show (Shower *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpCdaDocument) document = NULL;
  g_autoptr (DmpDocumentEntry) entry = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *problem = NULL;
  char *contents;
  gsize length;

  if (g_file_get_contents (path, &contents, &length, &error))
    {
      bytes = g_bytes_new_take (contents, length);
      document = dmp_cda_document_parse (bytes, &error);
    }
  if (document == NULL)
    {
      dmp_document_page_set_content (self->page, NULL, error->message, NULL);
      problem = g_strconcat ("problem ", error->message, NULL);
      answer (problem);
      return;
    }
  entry = dmp_summary_dup_entry_for (document, NULL);
  dmp_document_page_set_entry (self->page, entry, "Documents", "");
  dmp_document_page_set_content (self->page, document, NULL, NULL);
}

static gboolean
line_cb (GIOChannel *input, GIOCondition condition, gpointer data)
{
  Shower *self = data;
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_application_quit (G_APPLICATION (self->app));
      return G_SOURCE_REMOVE;
    }
  show (self, g_strchomp (line));

  return G_SOURCE_CONTINUE;
}

static void
on_activate (Shower *self)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  GtkWidget *window = gtk_application_window_new (self->app);

  self->page = g_object_new (DMP_TYPE_DOCUMENT_PAGE, NULL);
  gtk_window_set_title (GTK_WINDOW (window), "Lecteur");
  gtk_window_set_default_size (GTK_WINDOW (window), SIZE);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_swapped (find_narrative (GTK_WIDGET (self->page)), "ready",
                            G_CALLBACK (on_ready), self);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, line_cb, self);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) app = NULL;
  Shower self = { .words = argc > 1 && strcmp (argv[1], "--words") == 0 };

  g_set_prgname ("show-document");
  dmp_register_resource ();
  app = g_object_new (ADW_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path",
                      "/org/caducee/Caducee", "flags", G_APPLICATION_NON_UNIQUE, NULL);
  self.app = GTK_APPLICATION (app);
  g_signal_connect_swapped (app, "activate", G_CALLBACK (on_activate), &self);

  return g_application_run (G_APPLICATION (app), 1, argv);
}
