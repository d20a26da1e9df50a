#include "config.h"

#include "dmp-file-view.h"

#include "dmp-pdf.h"
#include "dmp-tag.h"

#include <glib/gi18n.h>
#include <string.h>

#define PAGE_WIDTH 760       /* pixels at scale 1 */
#define FIRST_PAGES 10       /* painted without being asked */
#define MORE_PAGES 20        /* at each asking: every page keeps some MB */
#define MAX_TEXT (64 * 1024) /* of a plain text shown */

struct _DmpFileView
{
  GtkBox parent_instance;

  GCancellable *cancellable;
  DmpPdf *pdf;
  guint next; /* page to paint next */
  guint last; /* stop before this one */
  GtkWidget *message;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (DmpFileView, dmp_file_view, GTK_TYPE_BOX)

static void paint_next (DmpFileView *self);

static void
say (DmpFileView *self, const char *text, gboolean problem)
{
  gtk_label_set_label (GTK_LABEL (self->message), text);
  gtk_widget_set_visible (self->message, text != NULL);
  if (problem)
    gtk_widget_add_css_class (self->message, "ca-red");
}

/* --- One page: its picture, then its words --- */

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) page = data;
  g_autofree char *text = dmp_pdf_text_finish (DMP_PDF (source), result, NULL);
  GtkWidget *picture = gtk_widget_get_first_child (page), *expander, *label;

  if (text == NULL || *g_strstrip (text) == '\0')
    return;
  label = dmp_text_new (text, "ca-dense");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  expander = gtk_expander_new (_ ("Texte de la page"));
  gtk_expander_set_child (GTK_EXPANDER (expander), label);
  gtk_box_append (GTK_BOX (page), expander);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

static void
show_page (DmpFileView *self, GdkTexture *texture)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int width = gdk_texture_get_width (texture) / scale;

  gtk_widget_add_css_class (picture, "ca-paper");
  gtk_widget_set_margin_top (picture, 8);
  gtk_widget_set_margin_bottom (picture, 4);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (picture, MIN (width, 320), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Page sans texte lisible"), -1);
  gtk_box_append (GTK_BOX (page), picture);
  gtk_box_append (GTK_BOX (self), page);
  dmp_pdf_text_async (self->pdf, self->next, self->cancellable, text_cb, g_object_ref (page));
}

static void
render_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpFileView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = dmp_pdf_render_finish (DMP_PDF (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (texture == NULL)
    {
      say (self, error->message, TRUE);
      return;
    }
  say (self, NULL, FALSE);
  show_page (self, texture);
  self->next++;
  paint_next (self);
}

static void
on_more (DmpFileView *self)
{
  gtk_box_remove (GTK_BOX (self), self->more);
  self->more = NULL;
  self->last = self->next + MORE_PAGES;
  paint_next (self);
}

static void
offer_more (DmpFileView *self)
{
  guint n = MIN (dmp_pdf_get_n_pages (self->pdf) - self->next, MORE_PAGES);
  g_autofree char *label = g_strdup_printf (
      g_dngettext (NULL, "Afficher %u page de plus", "Afficher %u pages de plus", n), n);

  self->more = gtk_button_new_with_label (label);
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (on_more), self);
  gtk_box_append (GTK_BOX (self), self->more);
}

static void
paint_next (DmpFileView *self)
{
  guint n = dmp_pdf_get_n_pages (self->pdf);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->next < MIN (self->last, n))
    dmp_pdf_render_async (self->pdf, self->next, PAGE_WIDTH * scale, self->cancellable, render_cb,
                          g_object_ref (self));
  else if (self->next < n)
    offer_more (self);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpFileView) self = data;
  g_autoptr (GError) error = NULL;
  DmpPdf *pdf = dmp_pdf_open_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_object (&pdf);
      return;
    }
  self->pdf = pdf;
  if (pdf == NULL)
    {
      say (self, error->message, TRUE);
      return;
    }
  paint_next (self);
}

/* --- Kinds --- */

static void
show_text (DmpFileView *self, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_utf8_make_valid (data, (gssize) MIN (length, MAX_TEXT));
  GtkWidget *label = dmp_text_new (text, "ca-paragraph");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  say (self, NULL, FALSE);
  gtk_box_append (GTK_BOX (self), label);
}

static void
name_file (DmpFileView *self, const char *mime)
{
  g_autofree char *text =
      g_strdup_printf (_ ("Fichier joint de type %s : ce type n’est pas affiché."), mime);

  say (self, text, FALSE);
}

GtkWidget *
dmp_file_view_new (GBytes *bytes, const char *mime)
{
  DmpFileView *self = g_object_new (DMP_TYPE_FILE_VIEW, NULL);

  g_return_val_if_fail (bytes != NULL && mime != NULL, NULL);

  if (g_str_equal (mime, "text/plain"))
    show_text (self, bytes);
  else if (g_str_equal (mime, "application/pdf") || g_str_has_prefix (mime, "image/"))
    {
      say (self, _ ("Lecture du fichier…"), FALSE);
      dmp_pdf_open_async (bytes, mime, self->cancellable, open_cb, g_object_ref (self));
    }
  else
    name_file (self, mime);

  return GTK_WIDGET (self);
}

/* Off the screen for good: its child ends with it. */
static void
dmp_file_view_unroot (GtkWidget *widget)
{
  DmpFileView *self = DMP_FILE_VIEW (widget);

  g_cancellable_cancel (self->cancellable);
  if (self->pdf != NULL)
    dmp_pdf_close (self->pdf);

  GTK_WIDGET_CLASS (dmp_file_view_parent_class)->unroot (widget);
}

static void
dmp_file_view_dispose (GObject *object)
{
  DmpFileView *self = DMP_FILE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->pdf);

  G_OBJECT_CLASS (dmp_file_view_parent_class)->dispose (object);
}

static void
dmp_file_view_finalize (GObject *object)
{
  g_object_unref (DMP_FILE_VIEW (object)->cancellable);

  G_OBJECT_CLASS (dmp_file_view_parent_class)->finalize (object);
}

static void
dmp_file_view_class_init (DmpFileViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_file_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = dmp_file_view_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = dmp_file_view_unroot;
}

static void
dmp_file_view_init (DmpFileView *self)
{
  self->cancellable = g_cancellable_new ();
  self->last = FIRST_PAGES;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->message = dmp_text_new (NULL, "dim-label");
  gtk_box_append (GTK_BOX (self), self->message);
}
