#include "config.h"

#include "dmp-file-report.h"

#include "cda/dmp-cda-check.h"
#include "cda/dmp-file-check.h"
#include "dmp-charset.h"
#include "dmp-pages.h"
#include "dmp-pdfa.h"
#include "dmp-rtf.h"
#include "model/dmp-error.h"
#include "model/dmp-wipe-buffer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
dmp_file_report_free (DmpFileReport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  dmp_wipe_text (self->text);
  g_clear_object (&self->document);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  dmp_file_suggestions_free (self->suggestions);
  dmp_wipe_text (self->identity_found);
  g_free (self);
}

static gboolean
stopped (const GError *error, GError **out)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  g_propagate_error (out, g_error_copy (error));
  return TRUE;
}

/* --- PDF --- */

/* Active before "not PDF/A": the same repair, but the reason that matters more. */
static void
judge_pdf (DmpFileReport *self, const DmpPdfInfo *info)
{
  self->n_pages = info->pages;
  self->pdfa = dmp_pdf_info_is_pdfa1 (info);
  if (info->encrypted)
    dmp_findings_add (self->findings, DMP_RULE_PDF_ENCRYPTED, NULL);
  else if (info->pages == 0)
    dmp_findings_add (self->findings, DMP_RULE_PDF_NO_PAGE, NULL);
  else if (*info->active != NULL)
    dmp_findings_add (self->findings, DMP_RULE_PDF_ACTIVE, NULL);
  else if (!self->pdfa)
    dmp_findings_add (self->findings, DMP_RULE_PDF_NOT_A, NULL);
}

static gboolean
read_pages (DmpFileReport *self, DmpRule damaged, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (DmpPages) pages = dmp_pages_read (self->bytes, self->mime, cancellable, &cause);

  if (pages == NULL)
    {
      if (stopped (cause, error))
        return FALSE;
      dmp_findings_add (self->findings, damaged, cause->message);
      return TRUE;
    }
  dmp_wipe_text (self->text);
  self->text = g_strdup (pages->text);
  self->n_pages = pages->n_pages;
  if (pages->blank)
    dmp_findings_add (self->findings, DMP_RULE_BLANK, NULL);
  return TRUE;
}

static gboolean
examine_pdf (DmpFileReport *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (DmpPdfInfo) info = dmp_pdf_inspect (self->bytes, cancellable, &cause);

  if (info == NULL)
    {
      if (stopped (cause, error))
        return FALSE;
      dmp_findings_add (self->findings, DMP_RULE_PDF_DAMAGED, cause->message);
      return TRUE;
    }
  judge_pdf (self, info);
  return info->encrypted || info->pages == 0 ||
         read_pages (self, DMP_RULE_PDF_DAMAGED, cancellable, error);
}

/* --- Texts --- */

static void
examine_text (DmpFileReport *self)
{
  gsize size = 0, length = 0;
  const char *data = g_bytes_get_data (self->bytes, &length);
  g_autofree char *text = NULL;

  self->charset = dmp_charset_guess (self->bytes);
  text = g_convert (data, (gssize) length, "UTF-8", self->charset, NULL, &size, NULL);
  if (text == NULL || memchr (text, '\0', size) != NULL)
    {
      dmp_findings_add (self->findings, DMP_RULE_UNKNOWN_KIND, NULL);
      return;
    }
  self->mime = "text/plain";
  if (strcmp (self->charset, "UTF-8") != 0)
    dmp_findings_add (self->findings, DMP_RULE_TEXT_ENCODING, self->charset);
  else if (dmp_charset_has_controls (text))
    dmp_findings_add (self->findings, DMP_RULE_TEXT_CONTROL, NULL);
  dmp_wipe_text (self->text);
  self->text = g_steal_pointer (&text);
  if (self->text[strspn (self->text, " \t\r\n\f")] == '\0')
    dmp_findings_add (self->findings, DMP_RULE_BLANK_TEXT, NULL);
}

static void
examine_rtf (DmpFileReport *self)
{
  DmpRtfFlags flags = 0;
  char *text = NULL;

  if (!dmp_rtf_read (self->bytes, &text, &flags))
    {
      dmp_findings_add (self->findings, DMP_RULE_RTF_DAMAGED, NULL);
      return;
    }
  dmp_wipe_text (self->text);
  self->text = text;
  if ((flags & DMP_RTF_CUT) != 0) /* its text alone would not be all of it */
    dmp_findings_add (self->findings,
                      (flags & DMP_RTF_ACTIVE) != 0 ? DMP_RULE_RTF_ACTIVE_LONG : DMP_RULE_RTF_LONG,
                      NULL);
  else if ((flags & DMP_RTF_ACTIVE) != 0)
    dmp_findings_add (self->findings, DMP_RULE_RTF_ACTIVE, NULL);
}

/* --- CDA --- */

static gboolean
examine_files (DmpFileReport *self, GCancellable *cancellable, GError **error)
{
  GPtrArray *files = dmp_cda_document_get_attachments (self->document);

  for (guint i = 0; i < files->len; i++)
    {
      const DmpCdaAttachment *file = g_ptr_array_index (files, i);
      g_autoptr (DmpPdfInfo) info = NULL;
      g_autoptr (GError) cause = NULL;

      if (file->bytes == NULL || strcmp (file->mime, "application/pdf") != 0)
        continue;
      info = dmp_pdf_inspect (file->bytes, cancellable, &cause);
      if (info == NULL && stopped (cause, error))
        return FALSE;
      if (info == NULL)
        dmp_findings_add (self->findings, DMP_RULE_PDF_DAMAGED, cause->message);
      else if (info->encrypted)
        dmp_findings_add (self->findings, DMP_RULE_PDF_ENCRYPTED, NULL);
      else if (*info->active != NULL)
        dmp_findings_add (self->findings, DMP_RULE_CDA_FILE_ACTIVE, NULL);
    }
  return TRUE;
}

/* Its header says what a plain file can only suggest. */
static void
take_header (DmpFileReport *self)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (self->document);
  const DmpCdaPerson *author = dmp_cda_document_get_person (self->document, DMP_CDA_ROLE_AUTHOR);
  DmpFileSuggestions *out = g_new0 (DmpFileSuggestions, 1);

  g_set_object (&out->type, header->code);
  out->title = g_strdup (header->title);
  out->date = header->service_start != NULL ? g_strndup (header->service_start, 8) : NULL;
  out->author = author != NULL ? dmp_cda_person_dup_display (author) : NULL;
  dmp_file_suggestions_free (self->suggestions);
  self->suggestions = out;
}

static gboolean
examine_cda (DmpFileReport *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) defects = NULL;

  self->document = dmp_cda_document_parse (self->bytes, &cause);
  if (self->document == NULL)
    {
      dmp_findings_add (self->findings, DMP_RULE_CDA_UNREADABLE, cause->message);
      return TRUE;
    }
  dmp_wipe_text (self->text);
  self->text = dmp_cda_document_dup_text (self->document);
  defects = dmp_cda_check (self->document);
  for (guint i = 0; i < defects->len; i++)
    {
      const DmpCdaDefect *defect = g_ptr_array_index (defects, i);
      g_autofree char *code = g_strconcat ("cda-", defect->code, NULL);

      gboolean note = strcmp (defect->code, "entries-unknown") == 0;

      dmp_findings_add_coded (self->findings, note ? DMP_RULE_CDA_NOTE : DMP_RULE_CDA_DEFECT, code,
                              defect->message);
    }
  take_header (self);
  return examine_files (self, cancellable, error);
}

/* --- All of it --- */

static gboolean
examine_kind (DmpFileReport *self, GCancellable *cancellable, GError **error)
{
  static const char *const accepted[] = { "image/jpeg", "image/tiff", NULL };

  self->mime = dmp_file_guess_mime (self->bytes);
  if (self->mime == NULL || strcmp (self->mime, "text/plain") == 0)
    examine_text (self);
  else if (strcmp (self->mime, "application/pdf") == 0)
    return examine_pdf (self, cancellable, error);
  else if (strcmp (self->mime, "text/rtf") == 0)
    examine_rtf (self);
  else if (strcmp (self->mime, "text/xml") == 0)
    return examine_cda (self, cancellable, error);
  else if (!g_strv_contains (accepted, self->mime))
    dmp_findings_add (self->findings, DMP_RULE_OTHER_PICTURE, NULL);
  if (self->mime != NULL && g_str_has_prefix (self->mime, "image/"))
    return read_pages (self, DMP_RULE_PICTURE_DAMAGED, cancellable, error);
  return TRUE;
}

static void
check_header_patient (DmpFileReport *self, DmpPatient *patient)
{
  DmpPatient *other = dmp_cda_document_get_patient (self->document);

  self->identity = dmp_patient_matches (patient, other) ? DMP_IDENTITY_SAME : DMP_IDENTITY_OTHER;
  self->identity_found = dmp_patient_dup_display_name (other);
  if (self->identity == DMP_IDENTITY_OTHER)
    dmp_findings_add (self->findings, DMP_RULE_OTHER_PATIENT_CDA, self->identity_found);
}

void
dmp_file_report_check_patient (DmpFileReport *self, DmpPatient *patient)
{
  g_clear_pointer (&self->identity_found, dmp_wipe_text);
  if (self->document != NULL)
    {
      check_header_patient (self, patient);
      return;
    }
  self->identity = dmp_file_identity (self->text, patient, &self->identity_found);
  if (self->identity == DMP_IDENTITY_OTHER)
    dmp_findings_add (self->findings, DMP_RULE_OTHER_PATIENT, self->identity_found);
}

static void
read_words (DmpFileReport *self, const DmpFileContext *context)
{
  if (self->document == NULL)
    {
      dmp_file_suggestions_free (self->suggestions);
      self->suggestions = dmp_file_suggest (self->text, context->holder, context->today);
    }
  if (context->patient != NULL)
    dmp_file_report_check_patient (self, context->patient);
}

DmpFileReport *
dmp_file_examine (GBytes *bytes,
                  const DmpFileContext *context,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (DmpFileReport) self = g_new0 (DmpFileReport, 1);

  self->bytes = g_bytes_ref (bytes);
  self->findings = dmp_findings_new ();
  self->text = g_strdup ("");
  self->suggestions = g_new0 (DmpFileSuggestions, 1);
  if (g_bytes_get_size (bytes) == 0)
    dmp_findings_add (self->findings, DMP_RULE_EMPTY, NULL);
  else if (g_bytes_get_size (bytes) > DMP_FILE_MAX_SIZE)
    dmp_findings_add (self->findings, DMP_RULE_TOO_LARGE, NULL);
  else if (!examine_kind (self, cancellable, error))
    return NULL;
  else
    read_words (self, context);
  return g_steal_pointer (&self);
}

/* --- Repairs --- */

static GBytes *
keep_text (GBytes *rtf, GError **error)
{
  g_autofree char *text = NULL;
  DmpRtfFlags flags = 0;

  if (dmp_rtf_read (rtf, &text, &flags) && (flags & DMP_RTF_CUT) == 0)
    {
      const gsize length = strlen (text);

      return dmp_wipe_bytes_take (g_steal_pointer (&text), length);
    }
  g_set_error_literal (
      error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
      text != NULL
          ? _ ("Le texte de ce RTF dépasse 4 Mo. Enregistrez-le en plusieurs documents, ou en PDF.")
          : _ ("Ce RTF est incomplet ou endommagé. Enregistrez-le à nouveau, ou en PDF."));
  return NULL;
}

GBytes *
dmp_file_repair (
    GBytes *bytes, const char *mime, DmpRepair repair, GCancellable *cancellable, GError **error)
{
  switch (repair)
    {
    case DMP_REPAIR_PDFA:
      return dmp_pdf_convert (bytes, cancellable, error);
    case DMP_REPAIR_UTF8:
      return dmp_charset_clean (bytes, dmp_charset_guess (bytes), error);
    case DMP_REPAIR_CLEAN:
      return dmp_charset_clean (bytes, "UTF-8", error);
    case DMP_REPAIR_TEXT:
      return keep_text (bytes, error);
    case DMP_REPAIR_JPEG:
      return dmp_pages_to_jpeg (bytes, mime, cancellable, error);
    case DMP_REPAIR_NONE:
    default:
      return g_bytes_ref (bytes);
    }
}
