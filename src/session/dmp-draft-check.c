#include "config.h"

#include "dmp-draft-check.h"

#include "files/dmp-rtf.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-text.h"
#include "model/dmp-wipe-buffer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ENOUGH_WORDS 40 /* characters: shorter texts are the same by chance */

/* What is fetched to be compared: the card signs each request, and a person waits. */
#define HOLDERS_MAX 12
#define HOLDERS_BYTES (24 << 20)
#define AROUND_MIN 1500       /* bytes of the shortest CDA around a file */
#define AROUND_USUAL 7000     /* of ours */
#define AROUND_MAX (48 << 10) /* with the longest header seen */

static gboolean
has_controls (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static void
check_title (GPtrArray *findings, const char *title)
{
  if (title == NULL || title[strspn (title, " \t")] == '\0')
    dmp_findings_add (findings, DMP_RULE_TITLE_MISSING, NULL);
  else if (!g_utf8_validate (title, -1, NULL) || has_controls (title))
    dmp_findings_add (findings, DMP_RULE_TITLE_CONTROL, NULL);
}

static void
check_date (GPtrArray *findings, const char *date, const char *today)
{
  if (date == NULL || *date == '\0')
    dmp_findings_add (findings, DMP_RULE_DATE_MISSING, NULL);
  else if (!dmp_date_check (date) || strlen (date) < 8 || strncmp (date, today, 8) > 0)
    dmp_findings_add (findings, DMP_RULE_DATE_FUTURE, NULL);
}

GPtrArray *
dmp_draft_check (const DmpSubmissionDraft *draft, const char *today)
{
  GPtrArray *findings = dmp_findings_new ();
  const DmpVisibility nobody =
      DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS | DMP_VISIBILITY_HIDDEN_FROM_PATIENT;

  if (g_strcmp0 (draft->mime, "text/xml") != 0)
    {
      if (draft->type_code == NULL)
        dmp_findings_add (findings, DMP_RULE_TYPE_MISSING, NULL);
      check_title (findings, draft->title);
      check_date (findings, draft->date, today);
    }
  /* Neither the patient nor anybody else could read it (cumul-invisible_patient-masque_ps). */
  if ((draft->visibility & nobody) == nobody)
    dmp_findings_add (findings, DMP_RULE_NOBODY_READS, NULL);
  return findings;
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT, _ ("%s Rien n’a été envoyé."), why);
  return FALSE;
}

gboolean
dmp_draft_is_ready (const DmpSubmissionDraft *draft, const char *today, GError **error)
{
  g_autoptr (GPtrArray) findings = dmp_draft_check (draft, today);
  const DmpFinding *first = findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;

  return first == NULL || refuse (error, first->message);
}

gboolean
dmp_draft_is_possible (DmpCdaDocument *document, const char *today, GError **error)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);

  if (dmp_date_is_before (today, header->service_start))
    return refuse (error, _ ("La date de l’acte est dans le futur."));
  if (dmp_date_is_before (header->service_stop, header->service_start))
    return refuse (error, _ ("L’acte finit avant de commencer."));
  return TRUE;
}

/* --- In the record already --- */

static gboolean
is_same_file (const DmpCdaAttachment *file, GBytes *bytes)
{
  return bytes != NULL && file->bytes != NULL && g_bytes_equal (file->bytes, bytes);
}

/* The words of a file that is a text; NULL for anything else. */
static char *
dup_words (const DmpCdaAttachment *file)
{
  gsize length = 0;
  const char *data = file->bytes != NULL ? g_bytes_get_data (file->bytes, &length) : NULL;
  g_autofree char *text = NULL;
  DmpRtfFlags flags;

  if (data == NULL)
    return NULL;
  if (strcmp (file->mime, "text/plain") == 0)
    text = g_utf8_make_valid (data, (gssize) length);
  else if (strcmp (file->mime, "text/rtf") != 0 || !dmp_rtf_read (file->bytes, &text, &flags))
    return NULL;
  return dmp_text_fold (text);
}

/* Digests of the words of a document's files ("" for none), made once: a document never changes.
 * Returns: (transfer none) */
static const char *const *
digest_words (DmpCdaDocument *document)
{
  static const char key[] = "dmp-draft-words";
  GPtrArray *files = dmp_cda_document_get_attachments (document);
  char **digests = g_object_get_data (G_OBJECT (document), key);

  if (digests != NULL)
    return (const char *const *) digests;
  digests = g_new0 (char *, files->len + 1);
  for (guint i = 0; i < files->len; i++)
    {
      char *words = dup_words (g_ptr_array_index (files, i));

      digests[i] = words != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, words, -1)
                                 : g_strdup ("");
      dmp_wipe_text (words);
    }
  g_object_set_data_full (G_OBJECT (document), key, digests, (GDestroyNotify) g_strfreev);
  return (const char *const *) digests;
}

/* @digest: (nullable): of the words that are looked for */
static gboolean
holds (DmpCdaDocument *document, GBytes *bytes, GBytes *original, const char *digest)
{
  GPtrArray *files = dmp_cda_document_get_attachments (document);
  const char *const *digests = digest != NULL ? digest_words (document) : NULL;
  gboolean found = FALSE;

  for (guint i = 0; i < files->len && !found; i++)
    {
      const DmpCdaAttachment *file = g_ptr_array_index (files, i);

      found = is_same_file (file, bytes) || is_same_file (file, original) ||
              (digests != NULL && strcmp (digests[i], digest) == 0);
    }
  return found;
}

void
dmp_draft_check_record (
    GPtrArray *findings, DmpRecord *record, GBytes *bytes, GBytes *original, const char *text)
{
  GListModel *entries = dmp_record_get_documents (record);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);
  g_autofree char *folded = text != NULL ? dmp_text_fold (text) : NULL;
  g_autofree char *words = folded != NULL && strlen (folded) >= ENOUGH_WORDS
                               ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, folded, -1)
                               : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (entries, i);
      const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
      DmpCdaDocument *document = dmp_record_get_document (record, fields->unique_id, NULL);
      gboolean same = fields->hash != NULL && g_ascii_strcasecmp (fields->hash, hash) == 0;

      if (!same && (document == NULL || !holds (document, bytes, original, words)))
        continue;
      dmp_findings_add (findings, same ? DMP_RULE_IN_RECORD : DMP_RULE_IN_RECORD_INSIDE,
                        dmp_document_entry_get_title (entry));
      return;
    }
}

/* --- Which documents could hold a file --- */

/* @data: the size of the likeliest. */
static gint
compare_nearness (gconstpointer a, gconstpointer b, gpointer data)
{
  const gint64 *likeliest = data;
  gint64 distances[2];
  DmpDocumentEntry *entries[] = { *(DmpDocumentEntry *const *) a, *(DmpDocumentEntry *const *) b };

  for (int i = 0; i < 2; i++)
    distances[i] = ABS (dmp_document_entry_get_fields (entries[i])->size - *likeliest);
  return (distances[0] > distances[1]) - (distances[0] < distances[1]);
}

/* Base64 takes a third more, and a line end or two every 64 characters. A size that the host does
 * not tell may be any. */
static gboolean
could_hold (const DmpDocumentEntryFields *fields, gint64 encoded)
{
  return fields->status == DMP_STATUS_APPROVED &&
         (fields->size < 0 || (fields->size >= encoded + AROUND_MIN &&
                               fields->size <= encoded + encoded / 32 + AROUND_MAX));
}

GPtrArray *
dmp_draft_find_holders (DmpRecord *record, gsize size, guint *left)
{
  GListModel *entries = dmp_record_get_documents (record);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 encoded = ((gint64) size + 2) / 3 * 4, sum = 0;
  gint64 likeliest = encoded + AROUND_USUAL;
  guint kept = 0;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (entries, i);
      const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
      const char *problem = NULL;

      if (could_hold (fields, encoded) &&
          dmp_record_get_document (record, fields->unique_id, &problem) == NULL && problem == NULL)
        g_ptr_array_add (found, g_steal_pointer (&entry));
    }
  g_ptr_array_sort_with_data (found, compare_nearness, &likeliest);
  for (; kept < MIN (found->len, HOLDERS_MAX) && sum <= HOLDERS_BYTES; kept++)
    sum += MAX (dmp_document_entry_get_fields (g_ptr_array_index (found, kept))->size, 0);
  *left = found->len - kept;
  g_ptr_array_set_size (found, (int) kept);
  return found;
}
