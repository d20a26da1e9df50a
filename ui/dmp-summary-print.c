#include "config.h"

#include "dmp-summary-print.h"

#include "model/dmp-date.h"
#include "paper/dmp-paper.h"

#include <glib/gi18n.h>

typedef struct
{
  DmpSummary *summary;
  char *printer, *reason, *list_problem, *closed;
  gboolean break_glass;
  gboolean with_hidden; /* asked for */
  DmpPaper *paper;      /* NULL until the page is known */
} Print;

static void
print_free (gpointer data, GClosure *closure)
{
  Print *self = data;

  g_object_unref (self->summary);
  g_free (self->printer);
  g_free (self->reason);
  g_free (self->list_problem);
  g_free (self->closed);
  g_clear_pointer (&self->paper, dmp_paper_free);
  g_free (self);
}

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Print *self = data;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = dmp_date_dup_today ();
  const DmpPaperFrame frame = { .printer = self->printer,
                                .today = today,
                                .time = now,
                                .break_glass = self->break_glass,
                                .reason = self->reason,
                                .with_hidden = self->with_hidden,
                                .list_problem = self->list_problem,
                                .closed = self->closed };

  g_clear_pointer (&self->paper, dmp_paper_free);
  self->paper = dmp_paper_new (self->summary, &frame, gtk_print_context_get_width (context),
                               gtk_print_context_get_height (context));
  gtk_print_operation_set_n_pages (operation, (int) dmp_paper_get_n_pages (self->paper));
}

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Print *self = data;

  dmp_paper_draw (self->paper, gtk_print_context_get_cairo_context (context), (guint) page);
}

/* --- What is left out unless asked for --- */

static GtkWidget *
on_create_choice (GtkPrintOperation *operation, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *check = gtk_check_button_new_with_label (
      _ ("Imprimer aussi ce qui est masqué ou non visible du patient"));
  GtkWidget *words = gtk_label_new (
      _ ("Chaque page le dit : elle n’est pas pour le patient. Sans cela, rien n’en paraît sur le "
         "papier, ni lignes ni comptes."));

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 50);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), words);
  g_object_set_data (G_OBJECT (box), "check", check);

  return box;
}

static void
on_apply_choice (GtkPrintOperation *operation, GtkWidget *box, gpointer data)
{
  Print *self = data;

  self->with_hidden = gtk_check_button_get_active (g_object_get_data (G_OBJECT (box), "check"));
}

static void
offer_choice (GtkPrintOperation *operation, Print *self)
{
  gtk_print_operation_set_custom_tab_label (operation, _ ("Éléments masqués"));
  g_signal_connect (operation, "create-custom-widget", G_CALLBACK (on_create_choice), self);
  g_signal_connect (operation, "custom-widget-apply", G_CALLBACK (on_apply_choice), self);
}

/* GTK's own preview writes the pages into a file and gives it to another program. */
static gboolean
on_preview (GtkPrintOperation *operation, GtkPrintOperationPreview *preview)
{
  gtk_print_operation_preview_end_preview (preview);

  return TRUE;
}

static GtkPageSetup *
new_page_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_top_margin (setup, DMP_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, DMP_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, DMP_PAPER_LEFT, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, DMP_PAPER_MARGIN, GTK_UNIT_POINTS);

  return setup;
}

GtkPrintOperation *
dmp_summary_print_new (DmpRecord *record,
                       gboolean for_patient,
                       const char *printer,
                       const char *closed)
{
  DmpSummary *summary = dmp_record_get_summary (record);
  GtkPrintOperation *operation;
  g_autoptr (GtkPageSetup) setup = NULL;
  Print *self;

  if (summary != NULL && for_patient)
    summary = dmp_summary_get_patient_view (summary);
  if (summary == NULL)
    return NULL;
  self = g_new0 (Print, 1);
  self->summary = g_object_ref (summary);
  self->printer = g_strdup (printer);
  self->closed = g_strdup (closed);
  self->break_glass = dmp_record_get_mode (record) == DMP_ACCESS_BREAK_GLASS;
  self->reason = g_strdup (dmp_record_get_reason (record));
  self->list_problem = g_strdup (dmp_record_get_list_problem (record));
  setup = new_page_setup ();
  operation = gtk_print_operation_new ();
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, _ ("Caducée")); /* no name of a patient in queues */
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (on_begin), self, print_free, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), self);
  g_signal_connect (operation, "preview", G_CALLBACK (on_preview), NULL);
  if (!for_patient && dmp_paper_has_hidden (summary))
    offer_choice (operation, self);

  return operation;
}
