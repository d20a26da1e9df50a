#include "config.h"

#include "dmp-file-view.h"

#include "dmp-page-view.h"
#include "dmp-pdf.h"
#include "dmp-tag.h"
#include "files/dmp-charset.h"
#include "files/dmp-rtf.h"

#include <glib/gi18n.h>
#include <string.h>

#define PAGE_WIDTH 760   /* pixels at scale 1 */
#define FIRST_PAGES 10   /* painted without being asked */
#define MORE_PAGES 20    /* at each asking: every page keeps some MB */
#define LINES 40         /* of a text in one label */
#define MAX_PICTURE 2280 /* pixels across a page */

struct _DmpFileView
{
  GtkBox parent_instance;

  GCancellable *cancellable;
  DmpPdf *pdf;
  guint next; /* page to paint next */
  guint last; /* stop before this one */
  GtkWidget *message;
  GtkWidget *more;
  double zoom;
  GPtrArray *pages; /* (element-type DmpPageView): borrowed */
  guint redraw;     /* page being painted again, for another zoom */
  gboolean again;   /* the zoom changed meanwhile: from the first page */
};

G_DEFINE_FINAL_TYPE (DmpFileView, dmp_file_view, GTK_TYPE_BOX)

static void paint_next (DmpFileView *self);

static gboolean
has_words (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  return *text != '\0';
}

static guint
page_number (DmpFileView *self, DmpPageView *page)
{
  guint number = 0;

  g_ptr_array_find (self->pages, page, &number);

  return number;
}

static void
say (DmpFileView *self, const char *text, gboolean problem)
{
  gtk_label_set_label (GTK_LABEL (self->message), text);
  gtk_widget_set_visible (self->message, text != NULL);
  if (problem)
    gtk_widget_add_css_class (self->message, "ca-red");
}

/* --- One page: its picture, its words, their places --- */

static int
page_width (DmpFileView *self)
{
  guint own = self->pdf != NULL ? dmp_pdf_get_image_width (self->pdf) : 0;
  int width = own > 0 ? MIN ((int) MIN (own, G_MAXINT), PAGE_WIDTH) : PAGE_WIDTH;

  return MAX ((int) (width * self->zoom), 1); /* a small image is not blown up */
}

/* Pixels to ask for: a page kept very large would take too much memory. */
static guint
picture_width (DmpFileView *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  return (guint) MIN (page_width (self) * scale, MAX_PICTURE);
}

static void
places_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpPageView) page = data;
  g_autoptr (GArray) places = dmp_pdf_places_finish (DMP_PDF (source), result, NULL);
  g_autofree char *text = g_strdup (dmp_page_view_get_text (page));

  if (places != NULL)
    dmp_page_view_set_words (page, text, places);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  DmpPageView *page = data;
  DmpFileView *self =
      DMP_FILE_VIEW (gtk_widget_get_ancestor (GTK_WIDGET (page), DMP_TYPE_FILE_VIEW));
  g_autofree char *text = dmp_pdf_text_finish (DMP_PDF (source), result, NULL);

  if (text == NULL || self == NULL || !has_words (text))
    {
      g_object_unref (page);
      return;
    }
  dmp_page_view_set_words (page, text, NULL);
  dmp_pdf_places_async (DMP_PDF (source), page_number (self, page), self->cancellable, places_cb,
                        page);
}

static void
show_page (DmpFileView *self, GdkTexture *texture)
{
  GtkWidget *page = dmp_page_view_new (texture, page_width (self));

  gtk_widget_set_margin_top (page, 8);
  gtk_widget_set_margin_bottom (page, 4);
  gtk_widget_set_halign (page, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self), page);
  g_ptr_array_add (self->pages, page);
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

  if (self->next < MIN (self->last, n))
    dmp_pdf_render_async (self->pdf, self->next, picture_width (self), self->cancellable, render_cb,
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
add_text (DmpFileView *self, const char *text, gsize length)
{
  g_autofree char *part = g_strndup (text, length);
  GtkWidget *label = dmp_text_new (part, "ca-paragraph");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  gtk_box_append (GTK_BOX (self), label);
}

/* A label lays out all of its text at each change: a long text is cut into several. */
static void
show_text (DmpFileView *self, const char *text)
{
  const char *start = text, *p = text;

  say (self, NULL, FALSE);
  while (*p != '\0')
    {
      for (guint n = 0; n < LINES && *p != '\0'; n++)
        {
          p += strcspn (p, "\n");
          p += *p == '\n';
        }
      add_text (self, start, (gsize) (p - start) - (p[-1] == '\n'));
      start = p;
    }
}

static char *
dup_plain (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_convert_with_fallback (
      data, (gssize) length, "UTF-8", dmp_charset_guess (bytes), "?", NULL, NULL, NULL);

  if (text == NULL)
    text = g_utf8_make_valid (data, (gssize) length);

  return g_strdup (g_str_has_prefix (text, "\357\273\277") ? text + 3 : text);
}

char *
dmp_file_view_dup_text (GBytes *bytes, const char *mime)
{
  g_autofree char *text = NULL;
  DmpRtfFlags flags = 0;

  if (g_str_equal (mime, "text/plain"))
    return dup_plain (bytes);
  if ((!g_str_equal (mime, "text/rtf") && !g_str_equal (mime, "application/rtf")) ||
      !dmp_rtf_read (bytes, &text, &flags))
    return NULL;
  if ((flags & DMP_RTF_CUT) == 0)
    return g_steal_pointer (&text);
  return g_strjoin ("\n\n", text,
                    _ ("[Texte coupé ici : ce RTF en contient plus qu’il n’en est affiché.]"),
                    NULL);
}

/* Those whose pages the child paints. */
static gboolean
has_pages (const char *mime)
{
  return g_str_equal (mime, "application/pdf") || g_str_has_prefix (mime, "image/");
}

/* Of a file that is neither text nor has pages. */
static char *
dup_unshown (const char *mime)
{
  if (g_str_has_suffix (mime, "/rtf"))
    return g_strdup (_ ("Le fichier est endommagé : il ne peut pas être affiché."));
  return g_strdup_printf (_ ("Fichier joint de type %s : ce type n’est pas affiché."), mime);
}

char *
dmp_file_view_dup_problem (const DmpCdaAttachment *file)
{
  g_autofree char *text = NULL;

  if (file == NULL)
    return g_strdup (_ ("Fichier absent du document."));
  if (file->bytes == NULL)
    return g_strdup (file->problem != NULL ? file->problem : _ ("Fichier endommagé."));
  text = has_pages (file->mime) ? NULL : dmp_file_view_dup_text (file->bytes, file->mime);
  return text != NULL || has_pages (file->mime) ? NULL : dup_unshown (file->mime);
}

GtkWidget *
dmp_file_view_new (GBytes *bytes, const char *mime)
{
  DmpFileView *self = g_object_new (DMP_TYPE_FILE_VIEW, NULL);
  g_autofree char *text = NULL;

  g_return_val_if_fail (bytes != NULL && mime != NULL, NULL);

  text = dmp_file_view_dup_text (bytes, mime);
  if (text != NULL)
    show_text (self, text);
  else if (has_pages (mime))
    {
      say (self, _ ("Lecture du fichier…"), FALSE);
      dmp_pdf_open_async (bytes, mime, self->cancellable, open_cb, g_object_ref (self));
    }
  else
    {
      g_autofree char *problem = dup_unshown (mime);

      say (self, problem, g_str_has_suffix (mime, "/rtf"));
    }

  return GTK_WIDGET (self);
}

/* --- Zoom: what is there is stretched at once, then painted again, page by page --- */

static void redraw_next (DmpFileView *self);

static void
redraw_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpFileView) self = data;
  g_autoptr (GdkTexture) texture = dmp_pdf_render_finish (DMP_PDF (source), result, NULL);

  if (texture == NULL || self->redraw >= self->pages->len)
    {
      self->redraw = G_MAXUINT;
      return;
    }
  dmp_page_view_set_texture (self->pages->pdata[self->redraw], texture, page_width (self));
  self->redraw = self->again ? 0 : self->redraw + 1;
  self->again = FALSE;
  redraw_next (self);
}

static void
redraw_next (DmpFileView *self)
{
  if (self->redraw < self->pages->len)
    dmp_pdf_render_async (self->pdf, self->redraw, picture_width (self), self->cancellable,
                          redraw_cb, g_object_ref (self));
}

void
dmp_file_view_set_zoom (DmpFileView *self, double zoom)
{
  gboolean running;

  g_return_if_fail (DMP_IS_FILE_VIEW (self));

  if (self->zoom == zoom)
    return;
  self->zoom = zoom;
  for (guint i = 0; i < self->pages->len; i++)
    dmp_page_view_set_width (self->pages->pdata[i], page_width (self));
  running = self->redraw < self->pages->len;
  self->again = running;
  if (running || self->pdf == NULL)
    return;
  self->redraw = 0;
  redraw_next (self);
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
  g_ptr_array_unref (DMP_FILE_VIEW (object)->pages);

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
  self->zoom = 1;
  self->pages = g_ptr_array_new ();
  self->redraw = G_MAXUINT;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->message = dmp_text_new (NULL, "dim-label");
  gtk_box_append (GTK_BOX (self), self->message);
}
