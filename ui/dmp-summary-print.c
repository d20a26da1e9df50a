#include "config.h"

#include "dmp-summary-print.h"

#include "model/dmp-date.h"
#include "paper/dmp-paper.h"

#include <glib/gi18n.h>

typedef struct
{
  DmpSummary *summary;
  char *printer, *reason, *list_problem;
  gboolean break_glass;
  DmpPaper *paper; /* NULL until the page is known */
} Print;

static void
print_free (gpointer data, GClosure *closure)
{
  Print *self = data;

  g_object_unref (self->summary);
  g_free (self->printer);
  g_free (self->reason);
  g_free (self->list_problem);
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
                                .list_problem = self->list_problem };

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
  gtk_page_setup_set_left_margin (setup, DMP_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, DMP_PAPER_MARGIN, GTK_UNIT_POINTS);

  return setup;
}

GtkPrintOperation *
dmp_summary_print_new (DmpRecord *record, const char *printer)
{
  DmpSummary *summary = dmp_record_get_summary (record);
  GtkPrintOperation *operation;
  g_autoptr (GtkPageSetup) setup = NULL;
  Print *self;

  if (summary == NULL)
    return NULL;
  self = g_new0 (Print, 1);
  self->summary = g_object_ref (summary);
  self->printer = g_strdup (printer);
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

  return operation;
}
