#include "config.h"

#include "dmp-document-page.h"

#include "dmp-document-details.h"
#include "dmp-document-outline.h"
#include "dmp-find-bar.h"
#include "dmp-narrative.h"
#include "dmp-zoom.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

#define LARGE_TEXT 1.5 /* times the normal one */

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
  GtkLabel *signature;
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

/* --- Outline --- */

static void
fill_outline (DmpDocumentPage *self, DmpCdaDocument *document)
{
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

static void
on_zoom (DmpDocumentPage *self)
{
  double factor = dmp_zoom_get_factor (self->zoom);
  int width = (int) ((self->wide ? WIDE : WIDTH) * MAX (factor * dmp_zoom_get_text_scale (), 1));

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
dmp_document_page_is_finding (DmpDocumentPage *self)
{
  g_return_val_if_fail (DMP_IS_DOCUMENT_PAGE (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->find_bar));
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
  dmp_document_details_set_entry (self->details, entry);
  fill_outline (self, NULL);
  dmp_document_page_set_signature (self, NULL);
  dmp_find_bar_close (self->find_bar);
  dmp_narrative_set_words (self->narrative, NULL);
  dmp_narrative_set_document (self->narrative, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "waiting");
}

void
dmp_document_page_set_words (DmpDocumentPage *self, const char *const *words)
{
  g_return_if_fail (DMP_IS_DOCUMENT_PAGE (self));

  dmp_narrative_set_words (self->narrative, words);
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

void
dmp_document_page_set_signature (DmpDocumentPage *self, const DmpSignatureFact *fact)
{
  static const char *const styles[] = {
    [DMP_SIGNATURE_NONE] = "dim-label",
    [DMP_SIGNATURE_VALID] = "ca-ok",
    [DMP_SIGNATURE_UNTRUSTED] = "ca-amber",
    [DMP_SIGNATURE_INVALID] = "ca-red",
  };

  g_return_if_fail (DMP_IS_DOCUMENT_PAGE (self));

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->signature), styles[i]);
  if (fact != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->signature), styles[fact->state]);
  set_text (self->signature, fact != NULL ? fact->sentence : NULL);
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
      dmp_document_details_add_header (self->details, document);
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
  dmp_document_details_clear (self->details);
  fill_outline (self, NULL);
  dmp_document_page_set_signature (self, NULL);
  dmp_find_bar_close (self->find_bar);
  dmp_narrative_set_words (self->narrative, NULL);
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
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentPage, signature);
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
  gtk_widget_set_visible (self->details_pane, dmp_zoom_get_text_scale () <= LARGE_TEXT);
  dmp_find_bar_set_narrative (self->find_bar, self->narrative);
  self->zoom = dmp_zoom_new ();
  g_signal_connect_object (self->zoom, "changed", G_CALLBACK (on_zoom), self, G_CONNECT_SWAPPED);
  on_zoom (self);
}
