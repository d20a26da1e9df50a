#include "config.h"

#include "dmp-file-view.h"

#include "dmp-marks.h"
#include "dmp-page-view.h"
#include "dmp-pdf.h"
#include "dmp-scroll.h"
#include "dmp-tag.h"
#include "files/dmp-file-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define PAGE_WIDTH 760   /* pixels at scale 1 */
#define FIRST_PAGES 10   /* painted without being asked */
#define MORE_PAGES 20    /* at each asking: every page keeps some MB */
#define MAX_PICTURE 2280 /* pixels across a page */
#define BEFORE 2         /* pages shown before that of a passage far down */

struct _DmpFileView
{
  GtkBox parent_instance;

  GCancellable *cancellable;
  DmpPdf *pdf;
  guint first; /* page that the first of @pages is */
  guint next;  /* page to paint next */
  guint last;  /* stop before this one */
  GtkWidget *message;
  GtkWidget *more;
  GtkWidget *earlier;  /* (nullable) */
  DmpCdaPlace passage; /* found, or of no file */
  char **words;        /* (nullable): looked for */
  gboolean focus;      /* goes to that passage */
  gboolean paged;      /* its pages are painted by the child */
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

  return self->first + number;
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

/* --- A passage that was found --- */

/* Unless somebody writes meanwhile. */
static void
give_focus (DmpFileView *self, GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->focus && !GTK_IS_TEXT (focus))
    gtk_widget_grab_focus (widget);
}

static void
lead_to (DmpFileView *self, GtkWidget *widget, guint at)
{
  give_focus (self, widget);
  dmp_scroll_to_character (widget, at);
}

static gboolean
is_passage (DmpFileView *self, guint page)
{
  return self->passage.attachment > 0 && self->passage.page == page;
}

static void
mark_page (DmpFileView *self, DmpPageView *page)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));

  dmp_marks_find_places (dmp_page_view_get_text (page), (const char *const *) self->words, starts,
                         ends);
  dmp_page_view_set_passage (page, self->passage.start, self->passage.end);
  dmp_page_view_set_found (page, starts, ends, -1);
  lead_to (self, GTK_WIDGET (page), self->passage.start);
}

/* In the labels that the text was cut into, each without its last line end. */
static void
mark_text (DmpFileView *self)
{
  GtkWidget *label = gtk_widget_get_next_sibling (self->message);
  guint start = self->passage.start, end = self->passage.end;

  for (; label != NULL && GTK_IS_LABEL (label); label = gtk_widget_get_next_sibling (label))
    {
      guint length = (guint) g_utf8_strlen (gtk_label_get_text (GTK_LABEL (label)), -1);

      if (start < length)
        break;
      start -= MIN (start, length + 1);
      end -= MIN (end, length + 1);
    }
  if (label == NULL)
    return;
  dmp_marks_cite (GTK_LABEL (label), start, end);
  if (self->words != NULL)
    dmp_marks_find (GTK_LABEL (label), (const char *const *) self->words);
  gtk_widget_set_focusable (label, TRUE);
  lead_to (self, label, start);
}

void
dmp_file_view_show_passage (DmpFileView *self,
                            const DmpCdaPlace *passage,
                            const char *const *words,
                            gboolean focus)
{
  g_return_if_fail (DMP_IS_FILE_VIEW (self));

  self->passage = *passage;
  self->focus = focus;
  g_strfreev (self->words);
  self->words = g_strdupv ((char **) words);
  if (!self->paged)
    mark_text (self);
  else if (self->pages->len == 0 && passage->page >= FIRST_PAGES)
    {
      self->first = self->next = passage->page - BEFORE;
      self->last = self->first + FIRST_PAGES;
    }
}

static void
places_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpPageView) page = data;
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (page), DMP_TYPE_FILE_VIEW);
  g_autoptr (GArray) places = dmp_pdf_places_finish (DMP_PDF (source), result, NULL);
  g_autofree char *text = g_strdup (dmp_page_view_get_text (page));

  if (places != NULL)
    dmp_page_view_set_words (page, text, places);
  if (view != NULL && is_passage (DMP_FILE_VIEW (view), page_number (DMP_FILE_VIEW (view), page)))
    mark_page (DMP_FILE_VIEW (view), page);
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
drop (DmpFileView *self, GtkWidget **button)
{
  if (*button != NULL)
    gtk_box_remove (GTK_BOX (self), *button);
  *button = NULL;
}

/* Nothing is being painted when this can be pressed. */
static void
on_earlier (DmpFileView *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    gtk_box_remove (GTK_BOX (self), self->pages->pdata[i]);
  g_ptr_array_set_size (self->pages, 0);
  drop (self, &self->more);
  drop (self, &self->earlier);
  self->first = self->next = 0;
  self->last = FIRST_PAGES;
  self->passage.attachment = 0;
  paint_next (self);
}

static void
offer_earlier (DmpFileView *self)
{
  self->earlier = gtk_button_new_with_label (_ ("Afficher depuis la première page"));
  gtk_widget_set_halign (self->earlier, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (self->earlier, FALSE);
  g_signal_connect_swapped (self->earlier, "clicked", G_CALLBACK (on_earlier), self);
  gtk_box_append (GTK_BOX (self), self->earlier);
}

static void
paint_next (DmpFileView *self)
{
  guint n = dmp_pdf_get_n_pages (self->pdf);
  gboolean going = self->next < MIN (self->last, n);

  if (going)
    dmp_pdf_render_async (self->pdf, self->next, picture_width (self), self->cancellable, render_cb,
                          g_object_ref (self));
  else if (self->next < n)
    offer_more (self);
  if (self->earlier != NULL)
    gtk_widget_set_sensitive (self->earlier, !going);
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
  if (self->first > 0)
    offer_earlier (self);
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
  say (self, NULL, FALSE);
  while (*text != '\0')
    {
      const char *end = dmp_file_text_next_part (text);

      add_text (self, text, (gsize) (end - text) - (end[-1] == '\n'));
      text = end;
    }
}

char *
dmp_file_view_dup_text (GBytes *bytes, const char *mime)
{
  gboolean cut = FALSE;
  g_autofree char *text = dmp_file_text_dup (bytes, mime, &cut);

  if (!cut)
    return g_steal_pointer (&text);
  return g_strjoin ("\n\n", text,
                    _ ("[Texte coupé ici : ce fichier en contient plus qu’il n’en est affiché.]"),
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
      self->paged = TRUE;
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
    dmp_pdf_render_async (self->pdf, self->first + self->redraw, picture_width (self),
                          self->cancellable, redraw_cb, g_object_ref (self));
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
  g_strfreev (DMP_FILE_VIEW (object)->words);

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
