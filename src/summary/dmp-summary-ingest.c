#include "config.h"

#include "dmp-summary-private.h"

#include "cda/dmp-file-check.h"
#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
dmp_summary_input_free (DmpSummaryInput *input)
{
  g_clear_object (&input->entry);
  g_clear_object (&input->document);
  g_free (input->detail);
  g_free (input->day);
  g_free (input->title);
  g_free (input->author);
  g_free (input);
}

static const char *
unread_words (DmpUnread unread)
{
  static const char *const words[] = {
    N_ ("en cours de lecture"), N_ ("altéré : à télécharger à nouveau"),
    N_ ("fichier corrompu"),    N_ ("chiffré"),
    N_ ("format inconnu"),      N_ ("identité discordante"),
    N_ ("non téléchargé"),      N_ ("délai dépassé")
  };

  return _ (words[unread]);
}

/* --- What each document is -----------------------------------------------------------------------
 */

static char *
dup_author (const DmpSummaryInput *input)
{
  char *name = dmp_document_entry_dup_author (input->entry);
  const DmpCdaPerson *author;

  if ((name && *name) || input->document == NULL)
    return name;
  g_free (name);
  author = dmp_cda_document_get_person (input->document, DMP_CDA_ROLE_AUTHOR);
  return author ? dmp_cda_person_dup_display (author) : NULL;
}

/* XDS means UTC where CDA means here: midnight in Paris is the day before in UTC. */
static char *
dup_zoned (const char *date)
{
  gsize digits = date ? strspn (date, "0123456789") : 0;

  return digits > 8 && date[digits] == '\0' ? g_strconcat (date, "Z", NULL) : g_strdup (date);
}

static void
describe (DmpSummaryInput *input)
{
  const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (input->entry);

  input->id = fields->unique_id ? fields->unique_id : "";
  input->date = dmp_document_entry_get_date (input->entry);
  g_clear_pointer (&input->day, g_free);
  input->day = dup_zoned (input->date);
  input->received = fields->submission_time ? fields->submission_time : fields->creation;
  g_clear_pointer (&input->title, g_free);
  g_clear_pointer (&input->author, g_free);
  input->title = g_strdup (fields->title);
  if ((input->title == NULL || *input->title == '\0') && input->document)
    {
      g_free (input->title);
      input->title = g_strdup (dmp_cda_document_get_title (input->document));
    }
  input->author = dup_author (input);
}

/* A level 1 body: text that can be searched, or a picture. */
static void
judge_file (DmpSummaryInput *input)
{
  GPtrArray *files = dmp_cda_document_get_attachments (input->document);
  const DmpCdaAttachment *file = files->len > 0 ? g_ptr_array_index (files, 0) : NULL;

  if (file == NULL || file->bytes == NULL)
    {
      input->state = DMP_READ_FAILED;
      input->reason = _ ("fichier corrompu");
    }
  else if (strcmp (file->mime, "application/pdf") == 0 && dmp_pdf_is_encrypted (file->bytes))
    {
      input->state = DMP_READ_FAILED;
      input->reason = _ ("chiffré");
    }
  else if (g_str_has_prefix (file->mime, "text/"))
    {
      input->state = DMP_READ_TEXT;
      input->reason = _ ("texte non structuré");
    }
  else if (strcmp (file->mime, "application/pdf") == 0 && dmp_pdf_has_text (file->bytes))
    {
      input->state = DMP_READ_TEXT;
      input->reason = _ ("PDF, texte non structuré");
    }
  else
    {
      input->state = DMP_READ_PDF;
      input->reason =
          g_str_has_prefix (file->mime, "image/") ? _ ("image sans texte") : _ ("PDF sans texte");
    }
}

static void
judge_content (DmpSummaryInput *input)
{
  switch (dmp_cda_document_get_body (input->document))
    {
    case DMP_CDA_BODY_STRUCTURED:
      input->state = DMP_READ_CODED;
      break;
    case DMP_CDA_BODY_TEXT:
      input->state = DMP_READ_TEXT;
      input->reason = _ ("texte non structuré");
      break;
    case DMP_CDA_BODY_NON_XML:
      judge_file (input);
      break;
    case DMP_CDA_BODY_NONE:
    default:
      input->state = DMP_READ_FAILED;
      input->reason = _ ("document sans contenu");
      break;
    }
}

/* I1: the patient of the document is the patient of the record. */
static gboolean
is_same_patient (const DmpSummaryBuild *build, const DmpSummaryInput *input)
{
  return dmp_patient_matches (build->patient, dmp_cda_document_get_patient (input->document));
}

static void
judge (DmpSummaryBuild *build, DmpSummaryInput *input)
{
  DmpStatus status = dmp_document_entry_get_fields (input->entry)->status;

  input->feeds = FALSE;
  input->reason = NULL;
  input->instead = NULL;
  if (dmp_document_entry_is_signature (input->entry))
    input->state = DMP_READ_SIGNATURE;
  else if (status == DMP_STATUS_ARCHIVED || status == DMP_STATUS_DELETED)
    input->state = DMP_READ_ARCHIVED; /* I5 */
  else if (status == DMP_STATUS_DEPRECATED)
    input->state = DMP_READ_REPLACED; /* I3 */
  else if (input->document == NULL)
    {
      input->state = input->unread == DMP_UNREAD_PENDING ? DMP_READ_PENDING : DMP_READ_FAILED;
      input->reason = input->detail ? input->detail : unread_words (input->unread);
    }
  else if (!is_same_patient (build, input))
    {
      input->state = DMP_READ_FAILED;
      input->reason = unread_words (DMP_UNREAD_WRONG_PATIENT);
    }
  else
    {
      judge_content (input);
      input->feeds = input->state == DMP_READ_CODED || input->state == DMP_READ_TEXT ||
                     input->state == DMP_READ_PDF;
    }
}

/* --- Which of them speaks for another
 * -------------------------------------------------------------- */

static void
set_aside (DmpSummaryInput *input, DmpReadState state, const DmpSummaryInput *instead)
{
  input->state = state;
  input->instead = instead->id;
  input->reason = NULL;
  input->feeds = FALSE;
}

static DmpSummaryInput *
find_id (const DmpSummaryBuild *build, const char *id)
{
  for (guint i = 0; i < build->inputs->len; i++)
    {
      DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);

      if (strcmp (input->id, id) == 0)
        return input;
    }
  return NULL;
}

static const char *
get_replaced (const DmpSummaryInput *input)
{
  return input->document && input->feeds ? dmp_cda_document_get_header (input->document)->replaces
                                         : NULL;
}

/* Whether @start stands in a ring of documents that replace each other: then none gives way. */
static gboolean
in_ring (const DmpSummaryBuild *build, const DmpSummaryInput *start)
{
  const DmpSummaryInput *at = start;

  for (guint steps = 0; at && steps <= build->inputs->len; steps++)
    {
      const char *next = get_replaced (at);

      at = next ? find_id (build, next) : NULL;
      if (at == start)
        return TRUE;
    }
  return FALSE;
}

/* I3 by the documents' own words: relatedDocument RPLC. */
static void
apply_replacements (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new ();
  g_autoptr (GPtrArray) new = g_ptr_array_new ();

  for (guint i = 0; i < build->inputs->len; i++)
    {
      DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);
      const char *replaced = get_replaced (input);
      DmpSummaryInput *target = replaced ? find_id (build, replaced) : NULL;

      if (target && target != input && target->feeds && !in_ring (build, input))
        {
          g_ptr_array_add (old, target);
          g_ptr_array_add (new, input);
        }
    }
  for (guint i = 0; i < old->len; i++)
    set_aside (g_ptr_array_index (old, i), DMP_READ_REPLACED, g_ptr_array_index (new, i));
}

/* D1: same ClinicalDocument/id. D2: same bytes. */
static gboolean
is_copy (const DmpSummaryInput *a, const DmpSummaryInput *b)
{
  const DmpDocumentEntryFields *first = dmp_document_entry_get_fields (a->entry);
  const DmpDocumentEntryFields *second = dmp_document_entry_get_fields (b->entry);

  if (g_strcmp0 (dmp_cda_document_get_unique_id (a->document),
                 dmp_cda_document_get_unique_id (b->document)) == 0)
    return TRUE;
  return first->hash && second->hash && first->size == second->size &&
         g_ascii_strcasecmp (first->hash, second->hash) == 0;
}

static gboolean
same_text (const char *a, const char *b)
{
  return a && b && strcmp (a, b) == 0;
}

static gboolean
same_day (const char *a, const char *b)
{
  return a && b && strlen (a) >= 8 && strncmp (a, b, 8) == 0;
}

static gboolean
same_order (DmpDocumentEntry *a, DmpDocumentEntry *b)
{
  g_autoptr (GPtrArray) orders = dmp_document_entry_dup_orders (a);
  g_autoptr (GPtrArray) others = dmp_document_entry_dup_orders (b);

  for (guint i = 0; i < orders->len; i++)
    if (g_ptr_array_find_with_equal_func (others, orders->pdata[i], g_str_equal, NULL))
      return TRUE;

  return FALSE;
}

/* D3: the same report once as data and once as a file. */
static gboolean
is_twin (const DmpSummaryInput *file, const DmpSummaryInput *data)
{
  const DmpCdaHeader *first = dmp_cda_document_get_header (file->document);
  const DmpCdaHeader *second = dmp_cda_document_get_header (data->document);
  const DmpCdaPerson *author = dmp_cda_document_get_person (file->document, DMP_CDA_ROLE_AUTHOR);
  const DmpCdaPerson *other = dmp_cda_document_get_person (data->document, DMP_CDA_ROLE_AUTHOR);
  const char *batch = dmp_document_entry_get_fields (file->entry)->submission_set;

  if (dmp_cda_document_get_body (file->document) != DMP_CDA_BODY_NON_XML ||
      data->state != DMP_READ_CODED || first->code == NULL || second->code == NULL ||
      !dmp_code_equal (first->code, second->code) || !author || !other ||
      !same_text (author->organisation_id, other->organisation_id) ||
      !same_day (first->service_start, second->service_start))
    return FALSE;
  return same_text (first->order_id, second->order_id) || same_order (file->entry, data->entry) ||
         same_text (batch, dmp_document_entry_get_fields (data->entry)->submission_set);
}

static void
apply_duplicates (DmpSummaryBuild *build)
{
  for (guint i = 0; i < build->inputs->len; i++)
    for (guint j = 0; j < build->inputs->len; j++)
      {
        DmpSummaryInput *a = g_ptr_array_index (build->inputs, i);
        DmpSummaryInput *b = g_ptr_array_index (build->inputs, j);

        if (i == j || !a->feeds || !b->feeds)
          continue;
        if (i < j && is_copy (a, b))
          set_aside (b, DMP_READ_DUPLICATE, a);
        else if (is_twin (a, b))
          set_aside (a, DMP_READ_DUPLICATE, b);
      }
}

static int
compare_inputs (gconstpointer a, gconstpointer b)
{
  const DmpSummaryInput *first = *(const DmpSummaryInput *const *) a;
  const DmpSummaryInput *second = *(const DmpSummaryInput *const *) b;
  int order = dmp_date_compare (second->date, first->date);

  return order ? order : strcmp (first->id, second->id);
}

void
dmp_summary_ingest (DmpSummaryBuild *build)
{
  for (guint i = 0; i < build->inputs->len; i++)
    {
      DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);

      describe (input);
      judge (build, input);
      build->partial |= input->state == DMP_READ_PENDING;
    }
  g_ptr_array_sort (build->inputs, compare_inputs);
  apply_replacements (build);
  apply_duplicates (build);
  dmp_summary_find_repeats (build);
}

void
dmp_summary_cover (DmpSummaryBuild *build, DmpCoverage *coverage)
{
  for (guint i = 0; i < build->inputs->len; i++)
    {
      const DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);
      const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (input->entry);
      DmpCoverageItem *item = g_new0 (DmpCoverageItem, 1);

      item->document = g_strdup (input->id);
      item->title = g_strdup (input->title);
      item->author = g_strdup (input->author);
      item->date = g_strdup (input->date);
      item->state = input->state;
      item->reason = g_strdup (input->reason);
      item->instead = g_strdup (input->instead);
      g_ptr_array_add (coverage->items, item);
      coverage->counts[input->state]++;
      coverage->listed += input->state != DMP_READ_REPLACED && input->state != DMP_READ_ARCHIVED &&
                          input->state != DMP_READ_SIGNATURE;
      coverage->read += input->state == DMP_READ_CODED || input->state == DMP_READ_TEXT ||
                        input->state == DMP_READ_DUPLICATE;
      coverage->masked += (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS) != 0;
    }
}
