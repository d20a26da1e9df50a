#include "config.h"

#include "dmp-document-print.h"

#include "dmp-file-view.h"
#include "dmp-pdf.h"
#include "dmp-print-layout.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <linux/magic.h>
#include <sys/statfs.h>
#include <unistd.h>

#define PICTURE_WIDTH 1240 /* pixels: 150 to the inch across A4 */
#define MAX_PAGES 60       /* of all files */
#define HEAD 30.0          /* points at the top of each page */
#define FOOT 22.0

gboolean
dmp_document_print_use_memory (void)
{
  const char *const folders[] = { g_getenv ("XDG_RUNTIME_DIR"), "/dev/shm" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      struct statfs on;

      if (folders[i] != NULL && g_path_is_absolute (folders[i]) && statfs (folders[i], &on) == 0 &&
          on.f_type == TMPFS_MAGIC && access (folders[i], W_OK | X_OK) == 0)
        return g_setenv ("TMPDIR", folders[i], TRUE);
    }
  return FALSE;
}

typedef struct
{
  DmpCdaDocument *document;
  GPtrArray *files; /* (element-type DmpPrintFile): by attachment */
  guint attachment; /* being read */
  guint page, n_pages;
  gboolean cut; /* something of a file is not printed */
  DmpPdf *pdf;
  GPtrArray *pieces; /* (nullable) (element-type DmpPrintPiece) */
  GArray *breaks;    /* of guint: first piece of each page */
} Print;

static void
file_free (gpointer data)
{
  DmpPrintFile *file = data;

  g_ptr_array_unref (file->pages);
  g_free (file->problem);
  g_free (file);
}

static void
print_free (gpointer data)
{
  Print *self = data;

  g_object_unref (self->document);
  g_ptr_array_unref (self->files);
  g_clear_object (&self->pdf);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  g_array_unref (self->breaks);
  g_free (self);
}

/* --- On paper --- */

static double
heads_height (const DmpPrintPiece *piece)
{
  const GPtrArray *heads = dmp_print_piece_get_heads (piece);
  double height = 0;

  for (guint i = 0; heads != NULL && i < heads->len; i++)
    height += dmp_print_piece_get_height (heads->pdata[i]);

  return height;
}

/* Where the page that is full before the @at-th piece ends: a heading goes with what follows. */
static guint
find_break (Print *self, guint first, guint at)
{
  guint end = at;

  while (end > first && dmp_print_piece_keeps (self->pieces->pdata[end - 1]))
    end--;

  return end > first ? end : at;
}

static void
break_pages (Print *self, double height)
{
  guint first = 0;
  double y = 0;

  g_array_set_size (self->breaks, 0);
  g_array_append_val (self->breaks, first);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      double piece = dmp_print_piece_get_height (self->pieces->pdata[i]);

      if (i > first && y + piece > height)
        {
          first = i = find_break (self, first, i);
          g_array_append_val (self->breaks, first);
          piece = dmp_print_piece_get_height (self->pieces->pdata[i]);
          y = heads_height (self->pieces->pdata[i]);
        }
      y += piece;
    }
}

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Print *self = data;
  double height = gtk_print_context_get_height (context) - HEAD - FOOT;

  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  self->pieces = dmp_print_layout_new (self->document, self->files, context,
                                       gtk_print_context_get_width (context), height);
  break_pages (self, height);
  gtk_print_operation_set_n_pages (operation, (int) self->breaks->len);
}

/* Whom it speaks of, on every page: a sheet may be lost from the others. */
static char *
dup_identity (Print *self)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (self->document);
  const char *stamp = dmp_patient_get_birth_date (header->patient);
  g_autofree char *name = dmp_patient_dup_display_name (header->patient);
  g_autofree char *birth = stamp != NULL ? dmp_date_dup_display (stamp, FALSE, FALSE) : NULL;
  g_autofree char *ins = dmp_patient_get_ins (header->patient) != NULL
                             ? g_strdup_printf (_ ("INS %s"), dmp_patient_get_ins (header->patient))
                             : NULL;

  return g_strjoin (" · ", name, birth != NULL ? birth : "?", ins, NULL);
}

/* @share: of the width, from the side it is aligned to */
static void
draw_line (GtkPrintContext *context, const char *text, double y, double share, PangoAlignment align)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context), own = width * share;
  g_autoptr (PangoLayout) layout = dmp_print_layout_line (context, text, 9, own);

  pango_layout_set_alignment (layout, align);
  if (share < 1)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, -1);
    }
  cairo_move_to (cr, align == PANGO_ALIGN_RIGHT ? width - own : 0, y);
  pango_cairo_show_layout (cr, layout);
}

/* The patient above, the document and the number of the page below. */
static void
draw_frame (Print *self, GtkPrintContext *context, int page)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *identity = dup_identity (self);
  g_autofree char *printed = g_date_time_format (now, "%d/%m/%Y %H:%M");
  g_autofree char *number =
      g_strdup_printf (_ ("imprimé le %s · page %d sur %u"), printed, page + 1, self->breaks->len);
  double foot = gtk_print_context_get_height (context) - 12;

  draw_line (context, identity, 0, 1, PANGO_ALIGN_LEFT);
  draw_line (context,
             self->cut ? _ ("Fichiers joints imprimés en partie : lisez-les à l’écran")
                       : dmp_cda_document_get_title (self->document),
             foot, 0.55, PANGO_ALIGN_LEFT);
  draw_line (context, number, foot, 0.44, PANGO_ALIGN_RIGHT);
}

static double
draw_heads (const GPtrArray *heads, cairo_t *cr, double y)
{
  for (guint i = 0; heads != NULL && i < heads->len; i++)
    {
      dmp_print_piece_draw (heads->pdata[i], cr, y);
      y += dmp_print_piece_get_height (heads->pdata[i]);
    }

  return y;
}

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Print *self = data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  guint at = g_array_index (self->breaks, guint, page);
  guint end = (guint) page + 1 < self->breaks->len ? g_array_index (self->breaks, guint, page + 1)
                                                   : self->pieces->len;
  double y = HEAD;

  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_frame (self, context, page);
  if (page > 0 && at < end)
    y = draw_heads (dmp_print_piece_get_heads (self->pieces->pdata[at]), cr, y);
  for (; at < end; at++)
    {
      dmp_print_piece_draw (self->pieces->pdata[at], cr, y);
      y += dmp_print_piece_get_height (self->pieces->pdata[at]);
    }
}

/* GTK's own preview writes the pages into a file and gives it to another program. */
static gboolean
on_preview (GtkPrintOperation *operation, GtkPrintOperationPreview *preview)
{
  gtk_print_operation_preview_end_preview (preview);

  return TRUE;
}

/* --- The pictures of the files --- */

static void read_file (GTask *task);

static void
next_file (GTask *task)
{
  Print *self = g_task_get_task_data (task);

  g_clear_object (&self->pdf);
  self->attachment++;
  read_file (task);
}

static cairo_surface_t *
to_surface (GdkTexture *texture)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture), gdk_texture_get_height (texture));

  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);

  return surface;
}

static DmpPrintFile *
current_file (Print *self)
{
  return self->files->pdata[self->attachment];
}

/* @problem: (transfer full) */
static void
lose (Print *self, char *problem)
{
  g_free (current_file (self)->problem);
  current_file (self)->problem = problem;
  self->cut = TRUE;
}

/* From the current page on. */
static void
lose_pages (Print *self, const char *why)
{
  lose (self, g_strdup_printf (_ ("Non imprimé à partir de la page %u sur %u. %s"), self->page + 1,
                               dmp_pdf_get_n_pages (self->pdf), why));
}

static void
render_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Print *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = dmp_pdf_render_finish (DMP_PDF (source), result, &error);

  if (texture != NULL)
    {
      g_ptr_array_add (current_file (self)->pages, to_surface (texture));
      self->n_pages++;
      self->page++;
    }
  if (texture == NULL)
    lose_pages (self, error->message);
  else if (self->page < dmp_pdf_get_n_pages (self->pdf) && self->n_pages < MAX_PAGES)
    {
      dmp_pdf_render_async (self->pdf, self->page, PICTURE_WIDTH, NULL, render_cb, task);
      return;
    }
  else if (self->page < dmp_pdf_get_n_pages (self->pdf))
    lose_pages (self, _ ("Le document a trop de pages."));
  next_file (task);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Print *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->pdf = dmp_pdf_open_finish (result, &error);
  self->page = 0;
  if (self->pdf != NULL && dmp_pdf_get_n_pages (self->pdf) > 0)
    {
      dmp_pdf_render_async (self->pdf, 0, PICTURE_WIDTH, NULL, render_cb, task);
      return;
    }
  if (self->pdf == NULL)
    lose (self, g_strdup (error->message));
  next_file (task);
}

/* Whether its pages are painted by the child. */
static gboolean
has_pages (const DmpCdaAttachment *file)
{
  return file->bytes != NULL &&
         (g_str_equal (file->mime, "application/pdf") || g_str_has_prefix (file->mime, "image/"));
}

static void
read_file (GTask *task)
{
  Print *self = g_task_get_task_data (task);
  GPtrArray *files = dmp_cda_document_get_attachments (self->document);
  const DmpCdaAttachment *file;
  DmpPrintFile *printed;
  char *problem;

  if (g_task_return_error_if_cancelled (task) || self->attachment >= files->len)
    {
      if (!g_task_had_error (task))
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  file = g_ptr_array_index (files, self->attachment);
  printed = g_new0 (DmpPrintFile, 1);
  printed->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  g_ptr_array_add (self->files, printed);
  problem = dmp_file_view_dup_problem (file);
  if (problem != NULL)
    lose (self, problem);
  else if (has_pages (file) && self->n_pages >= MAX_PAGES)
    lose (self, g_strdup (_ ("Fichier non imprimé : le document a trop de pages.")));
  else if (has_pages (file))
    {
      dmp_pdf_open_async (file->bytes, file->mime, NULL, open_cb, task);
      return;
    }
  next_file (task);
}

void
dmp_document_print_prepare_async (DmpCdaDocument *document,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Print *self = g_new0 (Print, 1);

  self->document = g_object_ref (document);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  g_task_set_task_data (task, self, print_free);
  read_file (task);
}

GtkPrintOperation *
dmp_document_print_prepare_finish (GAsyncResult *result, GError **error)
{
  Print *self = g_task_get_task_data (G_TASK (result));
  GtkPrintOperation *operation;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  operation = gtk_print_operation_new ();
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, _ ("Caducée")); /* no name of a patient in queues */
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_object_set_data_full (G_OBJECT (operation), "task", g_object_ref (result), g_object_unref);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin), self);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), self);
  g_signal_connect (operation, "preview", G_CALLBACK (on_preview), NULL);

  return operation;
}
