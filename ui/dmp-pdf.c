#include "config.h"

#include "dmp-pdf.h"

#include "files/dmp-confined.h"
#include "files/dmp-pdf-wire.h"
#include "model/dmp-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define TIMEOUT 20 /* seconds for one answer */

struct _DmpPdf
{
  GObject parent_instance;

  GSubprocess *child;
  guint n_pages;
  guint width;     /* of an image */
  GQueue waiting;  /* (element-type GTask) */
  gboolean active; /* the head of the queue is being answered */
  gboolean closed; /* dmp_pdf_close(): the child, killed by another thread, may still answer */
  guint timeout;
  DmpPdfAnswer head;
};

typedef struct
{
  DmpPdfRequest request;
  DmpPdfAnswer answer;
  guint8 *data; /* of the answer */
} Job;

G_DEFINE_FINAL_TYPE (DmpPdf, dmp_pdf, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  g_free (job->data);
  g_free (job);
}

static void
set_problem (GError **error, guint32 status)
{
  const char *words[] = { NULL, _ ("Le fichier est endommagé : il ne peut pas être affiché."),
                          _ ("Le fichier est protégé par un mot de passe : il ne peut pas être "
                             "affiché."),
                          _ ("Le fichier est trop grand pour être affiché.") };

  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
                       status > DMP_PDF_OK && status < G_N_ELEMENTS (words)
                           ? words[status]
                           : _ ("Le fichier n’a pas pu être lu en sécurité : il n’est pas "
                                "affiché."));
}

/* --- One request after the other --- */

static void send_next (DmpPdf *self);

static void
stop_child (DmpPdf *self)
{
  if (self->child != NULL)
    g_subprocess_force_exit (self->child);
}

/* Takes the head of the queue, answered or not. Returns: (transfer full) */
static GTask *
take_head (DmpPdf *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->active = FALSE;

  return g_queue_pop_head (&self->waiting);
}

/* The child is of no more use: it died, or what it says makes no sense. */
static void
fail_all (DmpPdf *self, guint32 status)
{
  GTask *task;

  stop_child (self);
  g_clear_object (&self->child);
  while ((task = take_head (self)) != NULL)
    {
      GError *error = NULL;

      set_problem (&error, status);
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

static void
complete (DmpPdf *self)
{
  GTask *task = take_head (self);
  GError *error = NULL;

  if (self->head.status == DMP_PDF_OK)
    g_task_return_boolean (task, TRUE);
  else
    {
      set_problem (&error, self->head.status);
      g_task_return_error (task, error);
    }
  g_object_unref (task);
  send_next (self);
}

static void
body_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpPdf) self = data;
  gsize n = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n, NULL) ||
      n != self->head.length || self->closed)
    fail_all (self, G_MAXUINT32);
  else if (!g_queue_is_empty (&self->waiting))
    complete (self);
}

static gboolean
head_is_sane (DmpPdf *self, const Job *job)
{
  const DmpPdfAnswer *head = &self->head;

  if (head->length > DMP_PDF_MAX_BYTES)
    return FALSE;
  if (job->request.op == DMP_PDF_RENDER && head->status == DMP_PDF_OK)
    return head->value >= 1 && head->value <= DMP_PDF_MAX_SIDE && head->extra >= 1 &&
           head->extra <= DMP_PDF_MAX_SIDE && head->length == head->value * head->extra * 4;
  if (job->request.op == DMP_PDF_TEXT)
    return head->length <= DMP_PDF_MAX_TEXT;
  if (job->request.op == DMP_PDF_PLACES)
    return head->length <= DMP_PDF_MAX_TEXT * sizeof (DmpPdfBox) &&
           head->length % sizeof (DmpPdfBox) == 0;
  if (job->request.op == 0)
    return head->value <= DMP_PDF_MAX_PAGES && head->length == 0;

  return TRUE;
}

static void
head_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpPdf) self = data;
  GTask *task = g_queue_peek_head (&self->waiting);
  Job *job;
  gsize n = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n, NULL) || task == NULL ||
      self->closed || n != sizeof self->head || !head_is_sane (self, g_task_get_task_data (task)))
    {
      fail_all (self, G_MAXUINT32);
      return;
    }
  job = g_task_get_task_data (task);
  job->answer = self->head;
  if (job->request.op == 0)
    {
      self->n_pages = self->head.value;
      self->width = self->head.extra;
    }
  if (self->head.length == 0)
    {
      complete (self);
      return;
    }
  job->data = g_malloc (self->head.length + 1);
  job->data[self->head.length] = '\0';
  g_input_stream_read_all_async (G_INPUT_STREAM (source), job->data, self->head.length,
                                 G_PRIORITY_DEFAULT, NULL, body_cb, g_object_ref (self));
}

static gboolean
timeout_cb (gpointer data)
{
  DmpPdf *self = data;

  self->timeout = 0;
  stop_child (self); /* the pending read ends, and says so */

  return G_SOURCE_REMOVE;
}

static void
send_next (DmpPdf *self)
{
  GTask *task = g_queue_peek_head (&self->waiting);
  Job *job;

  if (task == NULL || self->active)
    return;
  self->active = TRUE;
  if (self->child == NULL || self->closed)
    {
      fail_all (self, G_MAXUINT32);
      return;
    }
  job = g_task_get_task_data (task);
  self->timeout = g_timeout_add_seconds (TIMEOUT, timeout_cb, self);
  if (job->request.op != 0 &&
      g_output_stream_write (g_subprocess_get_stdin_pipe (self->child), &job->request,
                             sizeof job->request, NULL, NULL) != sizeof job->request)
    {
      fail_all (self, G_MAXUINT32);
      return;
    }
  g_input_stream_read_all_async (g_subprocess_get_stdout_pipe (self->child), &self->head,
                                 sizeof self->head, G_PRIORITY_DEFAULT, NULL, head_cb,
                                 g_object_ref (self));
}

static void
submit (DmpPdf *self, GTask *task, DmpPdfRequest request)
{
  Job *job = g_new0 (Job, 1);

  job->request = request;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_queue_push_tail (&self->waiting, task);
  send_next (self);
}

/* --- Starting the child --- */

void
dmp_pdf_open_async (GBytes *bytes,
                    const char *mime,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  static const DmpConfined program = { .name = "caducee-pdf", .variable = "DMP_PDF_CHILD" };
  g_autoptr (DmpPdf) self = g_object_new (DMP_TYPE_PDF, NULL);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (bytes != NULL && mime != NULL);

  self->child = dmp_confined_spawn (&program, mime, bytes, &error);
  if (self->child == NULL)
    {
      g_debug ("caducee-pdf: %s", error->message);
      g_clear_error (&error);
      set_problem (&error, G_MAXUINT32);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (stop_child), self,
                             G_CONNECT_SWAPPED);
  submit (self, task, (DmpPdfRequest){ 0 });
}

DmpPdf *
dmp_pdf_open_finish (GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return DMP_PDF (g_async_result_get_source_object (result));
}

guint
dmp_pdf_get_n_pages (DmpPdf *self)
{
  g_return_val_if_fail (DMP_IS_PDF (self), 0);

  return self->n_pages;
}

guint
dmp_pdf_get_image_width (DmpPdf *self)
{
  g_return_val_if_fail (DMP_IS_PDF (self), 0);

  return self->width;
}

void
dmp_pdf_render_async (DmpPdf *self,
                      guint page,
                      guint width,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (DMP_IS_PDF (self));

  submit (self, g_task_new (self, cancellable, callback, user_data),
          (DmpPdfRequest){ DMP_PDF_RENDER, page, width });
}

GdkTexture *
dmp_pdf_render_finish (DmpPdf *self, GAsyncResult *result, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GBytes) bytes = NULL;
  guint width, height;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  width = job->answer.value;
  height = job->answer.extra;
  bytes = g_bytes_new_take (g_steal_pointer (&job->data), (gsize) width * height * 4);

  return gdk_memory_texture_new ((int) width, (int) height, GDK_MEMORY_DEFAULT, bytes,
                                 (gsize) width * 4);
}

void
dmp_pdf_text_async (DmpPdf *self,
                    guint page,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (DMP_IS_PDF (self));

  submit (self, g_task_new (self, cancellable, callback, user_data),
          (DmpPdfRequest){ DMP_PDF_TEXT, page, 0 });
}

char *
dmp_pdf_text_finish (DmpPdf *self, GAsyncResult *result, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  if (job->data == NULL)
    return g_strdup ("");

  return g_utf8_make_valid ((const char *) job->data, -1);
}

void
dmp_pdf_places_async (DmpPdf *self,
                      guint page,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (DMP_IS_PDF (self));

  submit (self, g_task_new (self, cancellable, callback, user_data),
          (DmpPdfRequest){ DMP_PDF_PLACES, page, 0 });
}

GArray *
dmp_pdf_places_finish (DmpPdf *self, GAsyncResult *result, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  GArray *boxes;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  boxes = g_array_new (FALSE, FALSE, sizeof (DmpPdfBox));
  if (job->data != NULL)
    g_array_append_vals (boxes, job->data, job->answer.length / sizeof (DmpPdfBox));

  return boxes;
}

void
dmp_pdf_close (DmpPdf *self)
{
  g_return_if_fail (DMP_IS_PDF (self));

  self->closed = TRUE;
  stop_child (self);
}

static void
dmp_pdf_dispose (GObject *object)
{
  DmpPdf *self = DMP_PDF (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  stop_child (self);
  g_clear_object (&self->child);

  G_OBJECT_CLASS (dmp_pdf_parent_class)->dispose (object);
}

static void
dmp_pdf_class_init (DmpPdfClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_pdf_dispose;
}

static void
dmp_pdf_init (DmpPdf *self)
{
  g_queue_init (&self->waiting);
}
