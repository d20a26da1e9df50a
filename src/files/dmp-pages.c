#include "config.h"

#include "dmp-pages.h"

#include "dmp-confined.h"
#include "dmp-pdf-wire.h"
#include "model/dmp-error.h"
#include "model/dmp-wipe-buffer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TEXT_PAGES 20 /* whose text is read */
#define LOOK_PAGES 5  /* that are painted, to see whether anything is on them */
#define LOOK_WIDTH 200
#define FULL_WIDTH 1000 /* of a page that seems blank: faint writing is seen */
#define BATCH 3         /* of these at a time: they are large */
#define MANY_PAGES 60   /* more are not looked through, and not called blank */
#define CONTRAST 32     /* of 255: the grain of a scan is less */
#define SPECKS 20       /* pixels: a letter has more */

static const DmpConfined child = { "caducee-pdf", "DMP_PDF_CHILD", DMP_PDF_MAX_BYTES, 6 };

void
dmp_pages_free (DmpPages *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

static void
set_problem (guint32 status, GError **error)
{
  g_set_error_literal (
      error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
      status == DMP_PDF_ENCRYPTED
          ? _ ("Ce fichier est protégé par un mot de passe. Enregistrez-le sans "
               "protection, puis recommencez.")
      : status == DMP_PDF_LIMIT
          ? _ ("Ce fichier est trop grand pour être lu.")
          : _ ("Ce fichier est endommagé ou illisible. Produisez-le ou copiez-le à "
               "nouveau."));
}

/* The next answer in @data, checked against what is left. Returns: FALSE when there is none */
static gboolean
next_answer (const guint8 **data, gsize *left, DmpPdfAnswer *head)
{
  if (*left < sizeof *head)
    return FALSE;
  memcpy (head, *data, sizeof *head);
  *data += sizeof *head;
  *left -= sizeof *head;
  return head->length <= *left;
}

/* Nothing dark at first sight. */
static gboolean
is_pale (const DmpPdfAnswer *head, const guint8 *pixels)
{
  gsize n = head->length / 4, dark = 0;

  for (gsize i = 0; i < n; i++)
    dark += pixels[i * 4] < 200 || pixels[i * 4 + 1] < 200 || pixels[i * 4 + 2] < 200;
  return dark == 0;
}

static GBytes *
write_questions (gboolean text)
{
  GByteArray *all = g_byte_array_new ();

  for (guint32 i = 0; text && i < TEXT_PAGES; i++)
    {
      DmpPdfRequest request = { DMP_PDF_TEXT, i, 0 };

      g_byte_array_append (all, (const guint8 *) &request, sizeof request);
    }
  for (guint32 i = 0; i < LOOK_PAGES; i++)
    {
      DmpPdfRequest request = { DMP_PDF_RENDER, i, LOOK_WIDTH };

      g_byte_array_append (all, (const guint8 *) &request, sizeof request);
    }
  return g_byte_array_free_to_bytes (all);
}

static void
take_answers (DmpPages *self, const guint8 *data, gsize left, guint texts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  DmpPdfAnswer head;
  guint painted = 0, pale = 0;

  for (guint i = 0; next_answer (&data, &left, &head); i++)
    {
      if (i < texts && head.status == DMP_PDF_OK)
        {
          g_autofree char *page = g_utf8_make_valid ((const char *) data, (gssize) head.length);

          g_string_append (text, page);
          g_string_append_c (text, '\n');
        }
      else if (i >= texts && head.status == DMP_PDF_OK)
        {
          painted++;
          pale += is_pale (&head, data);
        }
      data += head.length;
      left -= head.length;
    }
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
  self->blank = painted == MIN (self->n_pages, LOOK_PAGES) && pale == painted &&
                *g_strchomp (self->text) == '\0';
}

/* Something stands out from the paper, however faint. */
static gboolean
has_ink (const DmpPdfAnswer *head, const guint8 *pixels)
{
  gsize n = head->length / 4, ink = 0, counts[256] = { 0 };
  int paper = 0;

  for (gsize i = 0; i < n; i++)
    counts[(pixels[i * 4] + pixels[i * 4 + 1] + pixels[i * 4 + 2]) / 3]++;
  for (int i = 0; i < 256; i++)
    paper = counts[i] > counts[paper] ? i : paper;
  for (int i = 0; i < 256; i++)
    ink += ABS (i - paper) >= CONTRAST ? counts[i] : 0;
  return ink >= SPECKS;
}

/* Whether nothing is on the @n pages from @first on; FALSE also when they cannot be painted. */
static gboolean
are_blank (GBytes *bytes, const char *mime, guint first, guint n, GCancellable *cancellable)
{
  DmpPdfRequest requests[BATCH];
  g_autoptr (GBytes) questions = NULL;
  g_autoptr (GBytes) answer = NULL;
  DmpPdfAnswer head = { 0 };
  const guint8 *data;
  gsize left = 0;
  guint blank = 0;
  int status;

  for (guint i = 0; i < n; i++)
    requests[i] = (DmpPdfRequest){ DMP_PDF_RENDER, first + i, FULL_WIDTH };
  questions = g_bytes_new (requests, n * sizeof *requests);
  answer = dmp_confined_run (&child, mime, bytes, questions, &status, cancellable, NULL);
  if (answer == NULL)
    return FALSE;
  data = g_bytes_get_data (answer, &left);
  if (!next_answer (&data, &left, &head) || head.length != 0) /* the opening */
    return FALSE;
  while (next_answer (&data, &left, &head) && head.status == DMP_PDF_OK && !has_ink (&head, data))
    {
      blank++;
      data += head.length;
      left -= head.length;
    }
  return blank == n;
}

/* Every page, in full. */
static gboolean
is_blank (const DmpPages *self, GBytes *bytes, const char *mime, GCancellable *cancellable)
{
  gboolean blank = self->n_pages <= MANY_PAGES;

  for (guint i = 0; blank && i < self->n_pages; i += BATCH)
    blank = are_blank (bytes, mime, i, MIN (self->n_pages - i, BATCH), cancellable);
  return blank;
}

DmpPages *
dmp_pages_read (GBytes *bytes, const char *mime, GCancellable *cancellable, GError **error)
{
  gboolean pdf = strcmp (mime, "application/pdf") == 0;
  g_autoptr (GBytes) questions = write_questions (pdf);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (DmpPages) self = NULL;
  DmpPdfAnswer opening = { 0 };
  const guint8 *data;
  gsize left = 0;
  int status = -1;

  answer = dmp_confined_run (&child, mime, bytes, questions, &status, cancellable, error);
  if (answer == NULL)
    return NULL;
  data = g_bytes_get_data (answer, &left);
  if (!next_answer (&data, &left, &opening) || opening.status != DMP_PDF_OK || opening.length != 0)
    {
      set_problem (opening.status, error);
      return NULL;
    }
  self = g_new0 (DmpPages, 1);
  self->n_pages = opening.value;
  take_answers (self, data, left, pdf ? TEXT_PAGES : 0);
  self->blank = self->blank && is_blank (self, bytes, mime, cancellable);
  return g_steal_pointer (&self);
}

GBytes *
dmp_pages_to_jpeg (GBytes *bytes, const char *mime, GCancellable *cancellable, GError **error)
{
  const DmpPdfRequest request = { DMP_PDF_JPEG, 0, 0 };
  g_autoptr (GBytes) questions = g_bytes_new_static (&request, sizeof request);
  g_autoptr (GBytes) answer = NULL;
  DmpPdfAnswer opening = { 0 }, head = { .status = DMP_PDF_DAMAGED };
  const guint8 *data;
  gsize left = 0;
  int status = -1;

  answer = dmp_confined_run (&child, mime, bytes, questions, &status, cancellable, error);
  if (answer == NULL)
    return NULL;
  data = g_bytes_get_data (answer, &left);
  if (next_answer (&data, &left, &opening) && opening.length == 0 &&
      next_answer (&data, &left, &head) && head.status == DMP_PDF_OK && head.length > 0)
    return dmp_wipe_bytes_take (g_memdup2 (data, head.length), head.length);
  set_problem (head.status, error);
  return NULL;
}
