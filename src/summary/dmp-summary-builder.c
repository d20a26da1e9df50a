#include "config.h"

#include "dmp-summary-rules.h"

#include "model/dmp-date.h"
#include "model/dmp-error.h"

#include <string.h>

struct _DmpSummaryBuilder
{
  DmpPatient *patient;
  char *today;
  char *reader;
  gboolean medecin_traitant;
  char *last_visit;
  gboolean partial;
  gboolean with_patient_view;
  DmpChecks checks;
  DmpDrugs *drugs;
  GHashTable *apart;  /* ids of lines */
  GHashTable *inputs; /* unique id → DmpSummaryInput */
};

DmpUnread
dmp_unread_from_error (const GError *error)
{
  if (error->domain != DMP_ERROR)
    return DMP_UNREAD_NOT_RECEIVED;
  switch ((DmpErrorCode) error->code)
    {
    case DMP_ERROR_ALTERED:
      return DMP_UNREAD_ALTERED;
    case DMP_ERROR_WRONG_PATIENT:
      return DMP_UNREAD_WRONG_PATIENT;
    case DMP_ERROR_TIMEOUT:
      return DMP_UNREAD_TIMEOUT;
    case DMP_ERROR_INVALID_XML:
    case DMP_ERROR_INVALID_DOCUMENT:
    case DMP_ERROR_LIMIT:
      return DMP_UNREAD_CORRUPT;
    default:
      return DMP_UNREAD_NOT_RECEIVED;
    }
}

DmpSummaryBuilder *
dmp_summary_builder_new (DmpPatient *patient, const char *today)
{
  DmpSummaryBuilder *self = g_new0 (DmpSummaryBuilder, 1);

  self->patient = g_object_ref (patient);
  self->today = g_strdup (today);
  self->checks = DMP_CHECKS_DEFAULT;
  self->drugs = dmp_drugs_new (NULL);
  self->apart = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) dmp_summary_input_free);
  return self;
}

void
dmp_summary_builder_free (DmpSummaryBuilder *self)
{
  g_object_unref (self->patient);
  g_free (self->today);
  g_free (self->reader);
  g_free (self->last_visit);
  dmp_drugs_free (self->drugs);
  g_hash_table_unref (self->apart);
  g_hash_table_unref (self->inputs);
  g_free (self);
}

void
dmp_summary_builder_set_reader (DmpSummaryBuilder *self,
                                const char *national_id,
                                gboolean medecin_traitant)
{
  g_free (self->reader);
  self->reader = g_strdup (national_id);
  self->medecin_traitant = medecin_traitant;
}

void
dmp_summary_builder_set_last_visit (DmpSummaryBuilder *self, const char *stamp)
{
  g_free (self->last_visit);
  self->last_visit = g_strdup (stamp);
}

void
dmp_summary_builder_set_partial (DmpSummaryBuilder *self, gboolean partial)
{
  self->partial = partial;
}

void
dmp_summary_builder_set_with_patient_view (DmpSummaryBuilder *self, gboolean with_patient_view)
{
  self->with_patient_view = with_patient_view;
}

void
dmp_summary_builder_set_checks (DmpSummaryBuilder *self, DmpChecks checks)
{
  self->checks = checks;
}

/* Lines of one key bear numbers after it, ".2": they are taken apart together. */
void
dmp_summary_builder_set_apart (DmpSummaryBuilder *self, const char *line, gboolean apart)
{
  g_autofree char *id = g_strndup (line, strcspn (line, "."));

  if (apart)
    g_hash_table_add (self->apart, g_steal_pointer (&id));
  else
    g_hash_table_remove (self->apart, id);
}

void
dmp_summary_builder_set_bdpm (DmpSummaryBuilder *self, DmpBdpm *bdpm)
{
  dmp_drugs_free (self->drugs);
  self->drugs = dmp_drugs_new (bdpm);
}

static DmpSummaryInput *
put (DmpSummaryBuilder *self, DmpDocumentEntry *entry)
{
  DmpSummaryInput *input = g_new0 (DmpSummaryInput, 1);
  const char *id = dmp_document_entry_get_unique_id (entry);

  input->entry = g_object_ref (entry);
  g_hash_table_replace (self->inputs, g_strdup (id ? id : ""), input);
  return input;
}

void
dmp_summary_builder_add (DmpSummaryBuilder *self, DmpDocumentEntry *entry, DmpCdaDocument *document)
{
  put (self, entry)->document = g_object_ref (document);
}

void
dmp_summary_builder_add_unread (DmpSummaryBuilder *self,
                                DmpDocumentEntry *entry,
                                DmpUnread reason,
                                const char *detail)
{
  DmpSummaryInput *input = put (self, entry);

  input->unread = reason;
  input->detail = g_strdup (detail);
}

/* --- Entries for documents of a folder
 * ------------------------------------------------------------------ */

static DmpAuthor *
make_author (const DmpCdaPerson *person)
{
  DmpAuthor *author = g_new0 (DmpAuthor, 1);

  author->id = g_strdup (person->id);
  author->family = g_strdup (person->family ? person->family : person->device);
  author->given = g_strdup (person->given);
  author->institution = g_strdup (person->organisation);
  author->institution_id = g_strdup (person->organisation_id);
  if (person->code)
    author->specialty = g_object_ref (person->code);
  return author;
}

/* XDS times are UTC without a zone. */
static char *
dup_utc (const char *stamp)
{
  return stamp ? dmp_date_dup_cda_to_utc (stamp) : NULL;
}

DmpDocumentEntry *
dmp_summary_dup_entry_for (DmpCdaDocument *document, GBytes *bytes)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  const DmpCdaPerson *person = dmp_cda_document_get_person (document, DMP_CDA_ROLE_AUTHOR);
  g_autoptr (GPtrArray) authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);
  g_autofree char *creation = dup_utc (header->effective_time);
  g_autofree char *start = dup_utc (header->service_start);
  g_autofree char *stop = dup_utc (header->service_stop);
  g_autofree char *hash = bytes ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes) : NULL;
  DmpDocumentEntryFields fields = { .unique_id = header->unique_id,
                                    .title = header->title,
                                    .mime = "text/xml",
                                    .language = header->language,
                                    .hash = hash,
                                    .size = bytes ? (gint64) g_bytes_get_size (bytes) : -1,
                                    .status = DMP_STATUS_APPROVED,
                                    .version = header->version,
                                    .replaces = header->replaces,
                                    .creation = creation,
                                    .service_start = start,
                                    .service_stop = stop,
                                    .type_code = header->code,
                                    .practice_setting = header->practice_setting,
                                    .facility_type = header->facility_type,
                                    .authors = authors };

  if (person)
    g_ptr_array_add (authors, make_author (person));
  return dmp_document_entry_new (&fields);
}

/* --- Building
 * ------------------------------------------------------------------------------------------- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const DmpSummaryInput *first = *(const DmpSummaryInput *const *) a;
  const DmpSummaryInput *second = *(const DmpSummaryInput *const *) b;

  return strcmp (dmp_document_entry_get_unique_id (first->entry),
                 dmp_document_entry_get_unique_id (second->entry));
}

/* First of the 30 days that count as new without a known visit, as a UTC stamp. */
static char *
dup_new_since (const DmpSummaryBuilder *self)
{
  g_autoptr (GDateTime) today = dmp_date_parse (self->today, FALSE);
  g_autoptr (GDateTime) before = today ? g_date_time_add_days (today, -30) : NULL;

  if (self->last_visit)
    return g_strdup (self->last_visit);
  return before ? g_date_time_format (before, "%Y%m%d") : NULL;
}

static void
mark_new (DmpSummaryBuild *build)
{
  for (guint i = 0; build->new_since && i < build->inputs->len; i++)
    {
      DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);

      input->is_new = input->received && dmp_date_compare (input->received, build->new_since) > 0;
    }
}

/* What a fact of a medicine is about; NULL for other facts. */
static const DmpDrug *
get_drug (DmpSummaryBuild *build, const DmpFact *fact)
{
  return fact->kind == DMP_FACT_TREATMENT || fact->kind == DMP_FACT_DELIVERY ||
                 fact->kind == DMP_FACT_VACCINE
             ? dmp_drugs_get (build->drugs, fact)
             : NULL;
}

static void
item_free (DmpSummaryItem *item)
{
  g_clear_pointer (&item->tokens, g_ptr_array_unref);
  g_free (item);
}

static void
course_free (DmpSummaryCourse *course)
{
  g_ptr_array_unref (course->items);
  g_free (course);
}

static void
series_free (DmpSummarySeries *series)
{
  g_ptr_array_unref (series->measures);
  g_free (series);
}

static void
gather_items (DmpSummaryBuild *build)
{
  for (guint i = 0; i < build->inputs->len; i++)
    {
      const DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);
      GPtrArray *facts = input->feeds ? dmp_cda_document_get_facts (input->document) : NULL;

      for (guint k = 0; facts && k < facts->len; k++)
        {
          DmpFact *fact = g_ptr_array_index (facts, k);
          DmpSummaryItem *item = g_new (DmpSummaryItem, 1);

          *item = (DmpSummaryItem){ fact, input, get_drug (build, fact), NULL };
          g_ptr_array_add (build->items[fact->kind], item);
          g_ptr_array_add (build->summary->facts, dmp_fact_ref (fact));
        }
    }
  for (guint kind = 0; kind < DMP_FACT_N_KINDS; kind++)
    g_ptr_array_sort (build->items[kind], dmp_summary_compare_items);
}

/* @visible: only of what neither the patient nor anybody else is kept from seeing. Returns:
 * (transfer container) (element-type DmpSummaryInput) */
static GPtrArray *
list_inputs (DmpSummaryBuilder *self, gboolean visible)
{
  GPtrArray *inputs = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer input;

  g_hash_table_iter_init (&iter, self->inputs);
  while (g_hash_table_iter_next (&iter, NULL, &input))
    g_ptr_array_add (inputs, input);
  if (visible)
    dmp_summary_drop_hidden (inputs);
  g_ptr_array_sort (inputs, compare_ids);
  return inputs;
}

static DmpSummary *
build_from (DmpSummaryBuilder *self,
            GPtrArray *inputs,
            gboolean medecin_traitant,
            gboolean for_patient)
{
  g_autofree char *new_since = dup_new_since (self);
  DmpSummaryBuild build = { .patient = self->patient,
                            .today = self->today,
                            .reader = self->reader,
                            .medecin_traitant = medecin_traitant,
                            .last_visit = self->last_visit,
                            .new_since = new_since,
                            .partial = self->partial,
                            .for_patient = for_patient,
                            .checks = self->checks,
                            .drugs = self->drugs,
                            .apart = self->apart,
                            .inputs = inputs,
                            .line_of = g_hash_table_new (NULL, NULL),
                            .summary = g_object_new (DMP_TYPE_SUMMARY, NULL) };

  for (guint kind = 0; kind < DMP_FACT_N_KINDS; kind++)
    build.items[kind] = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  build.courses = g_ptr_array_new_with_free_func ((GDestroyNotify) course_free);
  build.series = g_ptr_array_new_with_free_func ((GDestroyNotify) series_free);
  build.summary->patient = g_object_ref (self->patient);
  dmp_summary_ingest (&build);
  mark_new (&build);
  dmp_summary_cover (&build, &build.summary->coverage);
  gather_items (&build);
  for (const DmpSummaryStep *step = dmp_summary_steps; *step; step++)
    (*step) (&build);
  g_hash_table_unref (build.line_of);
  g_ptr_array_unref (build.courses);
  g_ptr_array_unref (build.series);
  for (guint kind = 0; kind < DMP_FACT_N_KINDS; kind++)
    g_ptr_array_unref (build.items[kind]);
  if (for_patient)
    dmp_summary_make_patient_view (build.summary);
  return build.summary;
}

/* --- What may be shown to the patient, when it is asked for -----------------------------------
 */

static void
copy_inputs (const DmpSummaryBuilder *from, DmpSummaryBuilder *to)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, from->inputs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const DmpSummaryInput *input = value;

      if (input->document)
        dmp_summary_builder_add (to, input->entry, input->document);
      else
        dmp_summary_builder_add_unread (to, input->entry, input->unread, input->detail);
    }
}

/* Of its own: the other one goes on, in a thread of its own. */
static DmpSummaryBuilder *
copy_builder (const DmpSummaryBuilder *self)
{
  DmpSummaryBuilder *copy = dmp_summary_builder_new (self->patient, self->today);
  GHashTableIter iter;
  gpointer line;

  dmp_summary_builder_set_reader (copy, self->reader, self->medecin_traitant);
  dmp_summary_builder_set_last_visit (copy, self->last_visit);
  copy->partial = self->partial;
  copy->with_patient_view = self->with_patient_view;
  copy->checks = self->checks;
  dmp_summary_builder_set_bdpm (copy, dmp_drugs_get_bdpm (self->drugs));
  g_hash_table_iter_init (&iter, self->apart);
  while (g_hash_table_iter_next (&iter, &line, NULL))
    g_hash_table_add (copy->apart, g_strdup (line));
  copy_inputs (self, copy);
  return copy;
}

/* What is shown or given to the patient is a summary of its own, not a part of the other: no count,
 * no contradiction and no sentence of it may tell what is left out. */
DmpSummary *
dmp_summary_builder_build_other (DmpSummaryBuilder *self, gboolean patient_view)
{
  g_autoptr (GPtrArray) all = list_inputs (self, FALSE);
  g_autoptr (GPtrArray) visible = list_inputs (self, TRUE);

  if (patient_view)
    return self->with_patient_view ? build_from (self, visible, FALSE, TRUE) : NULL;
  if (visible->len == all->len && !self->medecin_traitant)
    return NULL;
  return build_from (self, visible, FALSE, FALSE);
}

DmpSummary *
dmp_summary_builder_build (DmpSummaryBuilder *self)
{
  g_autoptr (GPtrArray) all = list_inputs (self, FALSE);
  DmpSummary *summary = build_from (self, all, self->medecin_traitant, FALSE);

  summary->others = copy_builder (self);
  return summary;
}
