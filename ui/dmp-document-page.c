#include "config.h"

#include "dmp-document-page.h"

#include "dmp-document-kind.h"
#include "dmp-document-outline.h"
#include "dmp-document-person.h"
#include "dmp-find-bar.h"
#include "dmp-narrative.h"
#include "dmp-tag.h"
#include "dmp-zoom.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

#define NORMAL_TEXT (96 * 1024.0) /* 1024ths of a dot an inch */
#define LARGE_TEXT 1.5            /* times the normal one */

struct _DmpDocumentPage
{
  AdwBin parent_instance;

  GtkWidget *hidden_bar;
  AdwButtonContent *back;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *outline_pane;
  GtkListBox *outline;
  GtkStack *stack;
  GtkLabel *problem;
  GtkLabel *heading;
  GtkLabel *author;
  GtkLabel *dates;
  GtkLabel *patient;
  GtkWidget *same_patient;
  DmpNarrative *narrative;
  GtkScrolledWindow *scroller;
  AdwClamp *clamp;
  DmpFindBar *find_bar;
  GtkWidget *details_pane;
  GtkListBox *details;

  DmpZoom *zoom;
  gboolean wide; /* the document has wide tables */
  DmpDocumentEntry *entry;
};

#define WIDTH 824 /* pixels of a document at most, at zoom 1 */
#define WIDE 1240 /* of one with tables of many columns */
#define MANY_COLUMNS 8

G_DEFINE_FINAL_TYPE (DmpDocumentPage, dmp_document_page, ADW_TYPE_BIN)

static void
remove_rows (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

/* --- Outline --- */

static void
fill_outline (DmpDocumentPage *self, DmpCdaDocument *document)
{
  remove_rows (self->outline);
  gtk_widget_set_visible (self->outline_pane, dmp_document_outline_fill (self->outline, document));
}

static void
on_outline (DmpDocumentPage *self, GtkListBoxRow *row)
{
  if (gtk_list_box_row_get_index (row) == 0)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  else
    dmp_narrative_scroll_to (self->narrative, dmp_document_outline_get_block (row));
}

/* --- Zoom, finding, copying --- */

static double
get_text_scale (void)
{
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);

  return dpi > 0 ? dpi / NORMAL_TEXT : 1;
}

static void
on_zoom (DmpDocumentPage *self)
{
  double factor = dmp_zoom_get_factor (self->zoom);
  int width = (int) (WIDTH * MAX (factor * get_text_scale (), 1));

  adw_clamp_set_maximum_size (self->clamp, width);
  adw_clamp_set_tightening_threshold (self->clamp, width);
  dmp_narrative_set_zoom (self->narrative, factor);
}

void
dmp_document_page_zoom (DmpDocumentPage *self, int step)
{
  g_return_if_fail (DMP_IS_DOCUMENT_PAGE (self));

  dmp_zoom_step (self->zoom, step);
}

void
dmp_document_page_find (DmpDocumentPage *self)
{
  g_return_if_fail (DMP_IS_DOCUMENT_PAGE (self));

  dmp_find_bar_open (self->find_bar);
}

void
dmp_document_page_find_step (DmpDocumentPage *self, int step)
{
  g_return_if_fail (DMP_IS_DOCUMENT_PAGE (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->find_bar)))
    dmp_find_bar_step (self->find_bar, step);
  else
    dmp_find_bar_open (self->find_bar);
}

gboolean
dmp_document_page_stop_finding (DmpDocumentPage *self)
{
  g_return_val_if_fail (DMP_IS_DOCUMENT_PAGE (self), FALSE);

  return dmp_find_bar_close (self->find_bar);
}

static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = dmp_narrative_dup_selection (DMP_DOCUMENT_PAGE (widget)->narrative);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
select_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dmp_narrative_select (DMP_DOCUMENT_PAGE (widget)->narrative, TRUE);
}

/* --- Details --- */

static void
add_detail (DmpDocumentPage *self, const char *title, const char *value)
{
  GtkWidget *row, *box;

  if (value == NULL || *value == '\0')
    return;
  row = gtk_list_box_row_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (box, "ca-check-row");
  gtk_box_append (GTK_BOX (box), dmp_text_new (title, "dim-label ca-caption"));
  gtk_box_append (GTK_BOX (box), dmp_text_new (value, "ca-dense"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->details, row);
}

static char *
dup_state (const DmpDocumentEntryFields *fields)
{
  const char *states[] = { _ ("actif"), _ ("remplacé"), _ ("archivé"), _ ("supprimé"), _ ("?") };
  GString *text = g_string_new (states[fields->status]);

  g_string_append_printf (text, _ (", version %u"), fields->version);
  if (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS)
    g_string_append (text, _ (", masqué aux professionnels"));
  if (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_PATIENT)
    g_string_append (text, _ (", non visible du patient"));
  if (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_REPRESENTATIVES)
    g_string_append (text, _ (", non visible des représentants légaux"));

  return g_string_free (text, FALSE);
}

static void
fill_details (DmpDocumentPage *self, DmpDocumentEntry *entry)
{
  const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
  const DmpAuthor *first = fields->authors != NULL && fields->authors->len > 0
                               ? g_ptr_array_index (fields->authors, 0)
                               : NULL;
  g_autofree char *author = dmp_document_entry_dup_author (entry), *state = dup_state (fields);
  const char *date = dmp_document_entry_get_date (entry);
  g_autofree char *care = date != NULL ? dmp_date_dup_display (date, TRUE, FALSE) : NULL;
  g_autofree char *period = dmp_document_entry_dup_period (entry);
  g_autofree char *sent = fields->submission_time != NULL
                              ? dmp_date_dup_display (fields->submission_time, TRUE, FALSE)
                              : NULL;
  g_autofree char *size = fields->size >= 0 ? g_format_size ((guint64) fields->size) : NULL;

  remove_rows (self->details);
  add_detail (self, _ ("Type"), dmp_document_kind_get_type_label (entry));
  add_detail (self, _ ("Auteur"), author);
  add_detail (self, _ ("Établissement"), first != NULL ? first->institution : NULL);
  if (period != NULL)
    add_detail (self, _ ("Période"), period);
  else
    add_detail (self, _ ("Date de l’acte"), care);
  add_detail (self, _ ("Envoyé le"), sent);
  add_detail (self, _ ("État"), state);
  add_detail (self, _ ("Taille"), size);
  add_detail (self, _ ("Commentaire"), fields->comments);
}

/* --- The document --- */

static char *
dup_subtitle (DmpDocumentEntry *entry, const char *position)
{
  g_autofree char *author = dmp_document_entry_dup_author (entry);
  const char *stamp = dmp_document_entry_get_date (entry);
  g_autofree char *date =
      stamp != NULL ? dmp_date_dup_display (stamp, TRUE, FALSE) : g_strdup ("?");

  return g_strjoin (" · ", author, date, *position != '\0' ? position : NULL, NULL);
}

void
dmp_document_page_set_entry (DmpDocumentPage *self,
                             DmpDocumentEntry *entry,
                             const char *from,
                             const char *position)
{
  g_autofree char *subtitle = NULL;
  const char *title;

  g_return_if_fail (DMP_IS_DOCUMENT_PAGE (self));
  g_return_if_fail (DMP_IS_DOCUMENT_ENTRY (entry));

  g_set_object (&self->entry, entry);
  subtitle = dup_subtitle (entry, position != NULL ? position : "");
  title = dmp_document_entry_get_title (entry);
  gtk_label_set_label (self->title, title != NULL ? title : _ ("Document sans titre"));
  gtk_label_set_label (self->subtitle, subtitle);
  adw_button_content_set_label (self->back, from);
  gtk_widget_set_visible (self->hidden_bar, (dmp_document_entry_get_fields (entry)->visibility &
                                             DMP_VISIBILITY_HIDDEN_FROM_PATIENT) != 0);
  fill_details (self, entry);
  fill_outline (self, NULL);
  dmp_find_bar_close (self->find_bar);
  dmp_narrative_set_document (self->narrative, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "waiting");
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
fill_head (DmpDocumentPage *self, DmpCdaDocument *document)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  const DmpCdaPerson *author = dmp_cda_document_get_person (document, DMP_CDA_ROLE_AUTHOR);
  const DmpCdaPerson *signer =
      dmp_cda_document_get_person (document, DMP_CDA_ROLE_LEGAL_AUTHENTICATOR);
  const char *stamp =
      header->service_start != NULL ? header->service_start : header->effective_time;
  g_autofree char *name = author != NULL ? dmp_cda_person_dup_display (author) : NULL;
  g_autofree char *who = NULL, *date = NULL, *dates = NULL, *patient = NULL, *person = NULL;
  g_autofree char *birth = NULL, *period = NULL;

  period = self->entry != NULL ? dmp_document_entry_dup_period (self->entry) : NULL;
  who = g_strjoin (" · ", name != NULL ? name : "",
                   author != NULL   ? author->organisation
                   : signer != NULL ? signer->organisation
                                    : NULL,
                   NULL);
  date = stamp != NULL ? dmp_date_dup_display (stamp, FALSE, TRUE) : NULL;
  if (period != NULL)
    dates = g_strdup_printf (_ ("Période %s"), period);
  else if (date != NULL)
    dates = g_strdup_printf (_ ("Acte du %s"), date);
  person = dmp_patient_dup_display_name (header->patient);
  if (dmp_patient_get_birth_date (header->patient) != NULL)
    birth = dmp_date_dup_display (dmp_patient_get_birth_date (header->patient), FALSE, FALSE);
  patient = g_strjoin (", ", person, birth, NULL);
  set_text (self->heading, header->title);
  set_text (self->author, who);
  set_text (self->dates, dates);
  set_text (self->patient, patient);
  gtk_widget_set_visible (self->same_patient, patient != NULL);
}

static gboolean
is_wide (DmpCdaDocument *document)
{
  GPtrArray *blocks = dmp_cda_document_get_blocks (document);

  for (guint i = 0; i < blocks->len; i++)
    if (((DmpCdaBlock *) g_ptr_array_index (blocks, i))->n_columns >= MANY_COLUMNS)
      return TRUE;

  return FALSE;
}

/* Who had a part in the document, as its header says. */
static void
fill_people (DmpDocumentPage *self, DmpCdaDocument *document)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);

  for (guint i = 0; i < header->people->len; i++)
    {
      const DmpCdaPerson *person = g_ptr_array_index (header->people, i);
      g_autofree char *words = dmp_document_person_dup_words (person);

      add_detail (self, dmp_document_person_get_title (person), words);
    }
}

void
dmp_document_page_set_content (DmpDocumentPage *self,
                               DmpCdaDocument *document,
                               const char *problem,
                               const char *place)
{
  g_return_if_fail (DMP_IS_DOCUMENT_PAGE (self));

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  self->wide = document != NULL && is_wide (document);
  on_zoom (self);
  if (document != NULL)
    {
      fill_head (self, document);
      fill_people (self, document);
    }
  fill_outline (self, document);
  dmp_narrative_set_document (self->narrative, document, place);
  gtk_stack_set_visible_child_name (self->stack, document != NULL ? "text" : "problem");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

DmpDocumentEntry *
dmp_document_page_get_entry (DmpDocumentPage *self)
{
  g_return_val_if_fail (DMP_IS_DOCUMENT_PAGE (self), NULL);

  return self->entry;
}

void
dmp_document_page_clear (DmpDocumentPage *self)
{
  GtkLabel *const labels[] = { self->title, self->subtitle, self->heading, self->author,
                               self->dates, self->patient,  self->problem };

  g_return_if_fail (DMP_IS_DOCUMENT_PAGE (self));

  g_clear_object (&self->entry);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_label (labels[i], "");
  remove_rows (self->details);
  fill_outline (self, NULL);
  dmp_find_bar_close (self->find_bar);
  dmp_narrative_set_document (self->narrative, NULL, NULL);
}

void
dmp_document_page_focus (DmpDocumentPage *self)
{
  g_return_if_fail (DMP_IS_DOCUMENT_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->narrative));
}

static void
dmp_document_page_dispose (GObject *object)
{
  g_clear_object (&DMP_DOCUMENT_PAGE (object)->entry);
  g_clear_object (&DMP_DOCUMENT_PAGE (object)->zoom);

  G_OBJECT_CLASS (dmp_document_page_parent_class)->dispose (object);
}

static void
dmp_document_page_class_init (DmpDocumentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_document_page_dispose;
  g_type_ensure (DMP_TYPE_NARRATIVE);
  g_type_ensure (DMP_TYPE_FIND_BAR);
  gtk_widget_class_install_action (widget_class, "document.copy", NULL, copy);
  gtk_widget_class_install_action (widget_class, "document.select-all", NULL, select_all);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "document.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK,
                                       "document.select-all", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-document-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, hidden_bar);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, back);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, title);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, outline_pane);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, outline);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, heading);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, author);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, dates);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, patient);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, same_patient);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, narrative);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, clamp);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, find_bar);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, details_pane);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, details);
  gtk_widget_class_bind_template_callback (widget_class, on_outline);
}

static void
dmp_document_page_init (DmpDocumentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Large text needs the room; a button brings the details back. */
  gtk_widget_set_visible (self->details_pane, get_text_scale () <= LARGE_TEXT);
  dmp_find_bar_set_narrative (self->find_bar, self->narrative);
  self->zoom = dmp_zoom_new ();
  g_signal_connect_object (self->zoom, "changed", G_CALLBACK (on_zoom), self, G_CONNECT_SWAPPED);
  on_zoom (self);
}
