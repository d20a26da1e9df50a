#include "config.h"

#include "dmp-record-private.h"

#include "dmp-file-indexer.h"
#include "model/dmp-date.h"
#include "model/dmp-oid.h"

typedef struct
{
  DmpCdaDocument *document; /* or NULL, with the reason */
  char *problem;
} Content;

struct _DmpRecord
{
  GObject parent_instance;

  DmpPatient *patient;
  DmpAccessMode mode;
  char *reason;
  gboolean exists;
  gboolean closed;
  char *closed_at;
  DmpAuthorisation authorisation;
  gboolean medecin_traitant;
  gboolean loading;
  char *list_problem;
  GListStore *documents; /* of DmpDocumentEntry, newest first */
  GHashTable *entries;   /* unique id → DmpDocumentEntry */
  GPtrArray *signatures; /* of DmpDocumentEntry: what signs submissions */
  GHashTable *contents;  /* unique id → Content */
  DmpSummary *summary;   /* (nullable) */
  GHashTable *apart;     /* ids of its lines that the reader took apart */
  DmpSearch *search;
  DmpFileIndexer *indexer; /* (nullable): of @search */
};

enum
{
  PROP_PATIENT = 1,
  PROP_AUTHORISATION,
  PROP_MEDECIN_TRAITANT,
  PROP_CLOSED,
  PROP_LOADING,
  PROP_DOCUMENTS_READ,
  PROP_SUMMARY,
  PROP_FILES_PENDING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (DmpRecord, dmp_record, G_TYPE_OBJECT)

static void
content_free (gpointer data)
{
  Content *content = data;

  g_clear_object (&content->document);
  g_free (content->problem);
  g_free (content);
}

static void
dmp_record_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DmpRecord *self = DMP_RECORD (object);

  switch (id)
    {
    case PROP_PATIENT:
      g_value_set_object (value, self->patient);
      break;
    case PROP_AUTHORISATION:
      g_value_set_int (value, (int) self->authorisation);
      break;
    case PROP_MEDECIN_TRAITANT:
      g_value_set_boolean (value, self->medecin_traitant);
      break;
    case PROP_CLOSED:
      g_value_set_boolean (value, self->closed);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_DOCUMENTS_READ:
      g_value_set_uint (value, dmp_record_get_documents_read (self));
      break;
    case PROP_SUMMARY:
      g_value_set_object (value, self->summary);
      break;
    case PROP_FILES_PENDING:
      g_value_set_uint (value, dmp_record_get_files_pending (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dmp_record_finalize (GObject *object)
{
  DmpRecord *self = DMP_RECORD (object);

  g_clear_object (&self->patient);
  g_clear_object (&self->documents);
  g_clear_object (&self->summary);
  dmp_file_indexer_free (self->indexer);
  dmp_search_unref (self->search);
  g_hash_table_unref (self->entries);
  g_ptr_array_unref (self->signatures);
  g_hash_table_unref (self->contents);
  g_hash_table_unref (self->apart);
  g_free (self->closed_at);
  g_free (self->reason);
  g_free (self->list_problem);

  G_OBJECT_CLASS (dmp_record_parent_class)->finalize (object);
}

static void
dmp_record_class_init (DmpRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = dmp_record_get_property;
  object_class->finalize = dmp_record_finalize;

  props[PROP_PATIENT] = g_param_spec_object ("patient", NULL, NULL, DMP_TYPE_PATIENT, flags);
  props[PROP_AUTHORISATION] =
      g_param_spec_int ("authorisation", NULL, NULL, 0, DMP_AUTHORISATION_DENIED, 0, flags);
  props[PROP_MEDECIN_TRAITANT] =
      g_param_spec_boolean ("medecin-traitant", NULL, NULL, FALSE, flags);
  props[PROP_CLOSED] = g_param_spec_boolean ("closed", NULL, NULL, FALSE, flags);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_DOCUMENTS_READ] =
      g_param_spec_uint ("documents-read", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SUMMARY] = g_param_spec_object ("summary", NULL, NULL, DMP_TYPE_SUMMARY, flags);
  props[PROP_FILES_PENDING] =
      g_param_spec_uint ("files-pending", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
dmp_record_init (DmpRecord *self)
{
  self->documents = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->signatures = g_ptr_array_new_with_free_func (g_object_unref);
  self->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, content_free);
  self->apart = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->search = dmp_search_new ();
}

DmpRecord *
dmp_record_new (DmpPatient *patient, DmpAccessMode mode, const char *reason)
{
  DmpRecord *self = g_object_new (DMP_TYPE_RECORD, NULL);

  self->patient = g_object_ref (patient);
  self->mode = mode;
  self->reason = g_strdup (reason);
  return self;
}

void
dmp_record_set_status (DmpRecord *self, const DmpRecordStatus *status)
{
  self->exists = status->exists;
  self->closed = status->closed;
  self->authorisation = status->authorisation;
  self->medecin_traitant = status->medecin_traitant;
  g_free (self->closed_at);
  self->closed_at = g_strdup (status->closed_at);
  if (status->patient != NULL)
    g_set_object (&self->patient, status->patient);
  for (guint id = PROP_PATIENT; id <= PROP_CLOSED; id++)
    g_object_notify_by_pspec (G_OBJECT (self), props[id]);
}

void
dmp_record_set_loading (DmpRecord *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* Newest first; the same day, by title then identifier, so that the order never changes by itself.
 */
static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  DmpDocumentEntry *left = *(DmpDocumentEntry *const *) a;
  DmpDocumentEntry *right = *(DmpDocumentEntry *const *) b;
  int order =
      dmp_date_compare (dmp_document_entry_get_date (right), dmp_document_entry_get_date (left));

  if (order == 0)
    order = g_strcmp0 (dmp_document_entry_get_title (left), dmp_document_entry_get_title (right));
  return order != 0 ? order
                    : g_strcmp0 (dmp_document_entry_get_unique_id (left),
                                 dmp_document_entry_get_unique_id (right));
}

/* A job may still hold the old ones. */
static void
drop_signatures (DmpRecord *self)
{
  g_ptr_array_unref (self->signatures);
  self->signatures = g_ptr_array_new_with_free_func (g_object_unref);
}

GPtrArray *
dmp_record_get_signatures (DmpRecord *self)
{
  return self->signatures;
}

void
dmp_record_set_documents (DmpRecord *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  g_hash_table_remove_all (self->entries);
  drop_signatures (self);
  for (guint i = 0; i < entries->len; i++)
    {
      DmpDocumentEntry *entry = g_ptr_array_index (entries, i);
      const char *unique_id = dmp_document_entry_get_unique_id (entry);

      if (unique_id == NULL)
        continue;
      if (dmp_document_entry_is_signature (entry))
        {
          g_ptr_array_add (self->signatures, g_object_ref (entry));
          continue;
        }
      if (g_hash_table_insert (self->entries, (gpointer) unique_id, g_object_ref (entry)))
        g_ptr_array_add (shown, entry);
    }
  g_ptr_array_sort (shown, compare_entries);
  g_list_store_splice (self->documents, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->documents)), shown->pdata,
                       shown->len);
}

void
dmp_record_take_digested (DmpRecord *self, GPtrArray *digested, DmpSummary *summary)
{
  for (guint i = 0; i < digested->len; i++)
    {
      const DmpDigested *item = g_ptr_array_index (digested, i);
      Content *content = g_new0 (Content, 1);

      g_set_object (&content->document, item->document);
      content->problem = g_strdup (item->problem);
      g_hash_table_replace (self->contents, g_strdup (item->unique_id), content);
      if (item->document != NULL && dmp_record_get_entry (self, item->unique_id) != NULL)
        dmp_digest_index (self->search, dmp_record_get_entry (self, item->unique_id),
                          item->document);
    }
  if (digested->len > 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DOCUMENTS_READ]);
  if (summary != NULL)
    dmp_search_set_summary (self->search, summary);
  if (summary != NULL && g_set_object (&self->summary, summary))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SUMMARY]);
}

void
dmp_record_set_line_apart (DmpRecord *self, const char *line, gboolean apart)
{
  if (apart)
    g_hash_table_add (self->apart, g_strdup (line));
  else
    g_hash_table_remove (self->apart, line);
}

void
dmp_record_foreach_apart (DmpRecord *self, GHFunc func, gpointer user_data)
{
  g_hash_table_foreach (self->apart, func, user_data);
}

void
dmp_record_wipe (DmpRecord *self)
{
  g_hash_table_remove_all (self->apart);
  g_list_store_remove_all (self->documents);
  g_hash_table_remove_all (self->contents);
  g_hash_table_remove_all (self->entries);
  drop_signatures (self);
  g_clear_object (&self->summary);
  g_clear_pointer (&self->indexer, dmp_file_indexer_free);
  g_clear_pointer (&self->search, dmp_search_unref);
  self->search = dmp_search_new ();
}

void
dmp_record_set_list_problem (DmpRecord *self, const char *sentence)
{
  g_free (self->list_problem);
  self->list_problem = g_strdup (sentence);
}

const char *
dmp_record_get_list_problem (DmpRecord *self)
{
  return self->list_problem;
}

DmpSearch *
dmp_record_get_search (DmpRecord *self)
{
  return self->search;
}

static void
on_indexed (gpointer self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILES_PENDING]);
}

static void
index_files (DmpRecord *self, const char *unique_id)
{
  DmpCdaDocument *document = dmp_record_get_document (self, unique_id, NULL);

  if (document == NULL || !dmp_search_is_waiting (self->search, unique_id))
    return;
  if (self->indexer == NULL)
    self->indexer = dmp_file_indexer_new (self->search, on_indexed, self);
  dmp_file_indexer_add (self->indexer, unique_id, document);
}

void
dmp_record_index_files (DmpRecord *self)
{
  GListModel *documents = G_LIST_MODEL (self->documents);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (documents, i);

      index_files (self, dmp_document_entry_get_unique_id (entry));
    }
}

guint
dmp_record_get_files_pending (DmpRecord *self)
{
  return self->indexer != NULL ? dmp_file_indexer_get_pending (self->indexer) : 0;
}

DmpPatient *
dmp_record_get_patient (DmpRecord *self)
{
  return self->patient;
}

DmpAccessMode
dmp_record_get_mode (DmpRecord *self)
{
  return self->mode;
}

const char *
dmp_record_get_reason (DmpRecord *self)
{
  return self->reason;
}

gboolean
dmp_record_get_exists (DmpRecord *self)
{
  return self->exists;
}

gboolean
dmp_record_get_closed (DmpRecord *self)
{
  return self->closed;
}

const char *
dmp_record_get_closed_at (DmpRecord *self)
{
  return self->closed_at;
}

DmpAuthorisation
dmp_record_get_authorisation (DmpRecord *self)
{
  return self->authorisation;
}

gboolean
dmp_record_get_medecin_traitant (DmpRecord *self)
{
  return self->medecin_traitant;
}

gboolean
dmp_record_get_loading (DmpRecord *self)
{
  return self->loading;
}

GListModel *
dmp_record_get_documents (DmpRecord *self)
{
  return G_LIST_MODEL (self->documents);
}

guint
dmp_record_get_documents_read (DmpRecord *self)
{
  return g_hash_table_size (self->contents);
}

DmpSummary *
dmp_record_get_summary (DmpRecord *self)
{
  return self->summary;
}

DmpDocumentEntry *
dmp_record_get_entry (DmpRecord *self, const char *unique_id)
{
  return g_hash_table_lookup (self->entries, unique_id);
}

DmpDocumentEntry *
dmp_record_find_own (DmpRecord *self, const char *type, const char *author)
{
  GListModel *documents = G_LIST_MODEL (self->documents);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (documents, i);
      const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
      const DmpAuthor *first = fields->authors != NULL && fields->authors->len > 0
                                   ? g_ptr_array_index (fields->authors, 0)
                                   : NULL;

      if (fields->status == DMP_STATUS_APPROVED && fields->type_code != NULL && first != NULL &&
          g_str_equal (dmp_code_get_code (fields->type_code), type) &&
          g_strcmp0 (first->id_oid, DMP_OID_PROFESSIONAL) == 0 &&
          g_strcmp0 (first->id, author) == 0)
        return g_hash_table_lookup (self->entries, fields->unique_id);
    }
  return NULL;
}

DmpCdaDocument *
dmp_record_get_document (DmpRecord *self, const char *unique_id, const char **problem)
{
  const Content *content = g_hash_table_lookup (self->contents, unique_id);

  if (problem != NULL)
    *problem = content != NULL ? content->problem : NULL;
  return content != NULL ? content->document : NULL;
}
