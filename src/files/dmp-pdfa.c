#include "config.h"

#include "dmp-pdfa.h"

#include "dmp-confined.h"
#include "dmp-pdfa-wire.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const DmpConfined inspector = { "caducee-pdfa", "DMP_PDFA_CHILD", DMP_PDFA_MAX_BYTES, 6 };
static const DmpConfined converter = { "caducee-pdfa", "DMP_PDFA_CHILD", DMP_PDFA_MAX_BYTES, 30 };

void
dmp_pdf_info_free (DmpPdfInfo *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->active);
  g_strfreev (self->defects);
  g_free (self);
}

gboolean
dmp_pdf_info_is_pdfa1 (const DmpPdfInfo *self)
{
  return self->part == '1' && self->conformance != 0 && self->intent && !self->encrypted &&
         self->pages > 0 && *self->active == NULL && *self->defects == NULL;
}

static void
set_problem (int status, GError **error)
{
  g_set_error_literal (
      error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
      status == DMP_PDFA_NO_CAGE
          ? _ ("Ce poste ne permet pas d’ouvrir un PDF en sécurité. Prévenez votre "
               "support.")
      : status == DMP_PDFA_ENCRYPTED
          ? _ ("Ce PDF est protégé par un mot de passe ou chiffré. "
               "Enregistrez-le sans protection, puis recommencez.")
          : _ ("Ce PDF est endommagé. Produisez-le ou copiez-le à nouveau."));
}

static gboolean
is_word (const char *text)
{
  for (const char *p = text; *p; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.')
      return FALSE;
  return *text != '\0';
}

/* The child has read a hostile file: nothing but its known words is taken. */
static gboolean
take_line (DmpPdfInfo *self, char *line, GPtrArray *active, GPtrArray *defects)
{
  char *word = strchr (line, ' ');

  if (word != NULL)
    *word++ = '\0';
  if (word != NULL && (strlen (word) > 40 || !is_word (word)))
    return FALSE;
  if (strcmp (line, "encrypted") == 0)
    self->encrypted = TRUE;
  else if (strcmp (line, "intent") == 0)
    self->intent = TRUE;
  else if (word == NULL)
    return FALSE;
  else if (strcmp (line, "pages") == 0)
    self->pages = (guint) CLAMP (g_ascii_strtoll (word, NULL, 10), 0, G_MAXINT32);
  else if (strcmp (line, "part") == 0)
    self->part = *word;
  else if (strcmp (line, "conformance") == 0)
    self->conformance = *word;
  else if (strcmp (line, "active") == 0)
    g_ptr_array_add (active, g_strdup (word));
  else if (strcmp (line, "defect") == 0)
    g_ptr_array_add (defects, g_strdup (word));
  return TRUE;
}

static DmpPdfInfo *
read_info (GBytes *answer)
{
  g_autofree char *text =
      g_strndup (g_bytes_get_data (answer, NULL) ? g_bytes_get_data (answer, NULL) : "",
                 g_bytes_get_size (answer));
  g_auto (GStrv) lines = g_strsplit (text, "\n", DMP_PDFA_MAX_LINES);
  g_autoptr (DmpPdfInfo) self = g_new0 (DmpPdfInfo, 1);
  g_autoptr (GPtrArray) active = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) defects = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !take_line (self, lines[i], active, defects))
      return NULL;
  g_ptr_array_add (active, NULL);
  g_ptr_array_add (defects, NULL);
  self->active = g_strdupv ((char **) active->pdata);
  self->defects = g_strdupv ((char **) defects->pdata);
  return g_steal_pointer (&self);
}

DmpPdfInfo *
dmp_pdf_inspect (GBytes *pdf, GCancellable *cancellable, GError **error)
{
  int status = -1;
  g_autoptr (GBytes) answer =
      dmp_confined_run (&inspector, "inspect", pdf, NULL, &status, cancellable, error);
  g_autoptr (DmpPdfInfo) info = NULL;

  if (answer == NULL)
    return NULL;
  info = read_info (answer);
  if (info != NULL && (status == DMP_PDFA_OK || (status == DMP_PDFA_ENCRYPTED && info->encrypted)))
    return g_steal_pointer (&info);
  set_problem (status, error);
  return NULL;
}

GBytes *
dmp_pdf_convert (GBytes *pdf, GCancellable *cancellable, GError **error)
{
  int status = -1;
  g_autoptr (GBytes) made =
      dmp_confined_run (&converter, "convert", pdf, NULL, &status, cancellable, error);
  g_autoptr (DmpPdfInfo) info = NULL;

  if (made == NULL)
    return NULL;
  if (status != DMP_PDFA_OK || g_bytes_get_size (made) == 0)
    {
      set_problem (status, error);
      return NULL;
    }
  info = dmp_pdf_inspect (made, cancellable, error);
  if (info == NULL)
    return NULL;
  if (dmp_pdf_info_is_pdfa1 (info))
    return g_steal_pointer (&made);
  g_set_error_literal (
      error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
      _ ("Ce PDF n’a pas pu être converti en PDF/A. Imprimez-le vers un PDF depuis "
         "votre logiciel, puis recommencez."));
  return NULL;
}
