#include "config.h"

#include "sample-record.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define TODAY "2026-01-15"
#define TODAY_STAMP "20260115"

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static DmpCode *
get_code (JsonObject *object, const char *name)
{
  JsonObject *code = json_object_get_object_member (object, name);

  return dmp_code_new (get_string (code, "code"), get_string (code, "system"),
                       get_string (code, "display"));
}

static DmpStatus
get_status (JsonObject *object)
{
  const char *status = get_string (object, "status");

  if (g_strcmp0 (status, "archived") == 0)
    return DMP_STATUS_ARCHIVED;
  return g_strcmp0 (status, "deprecated") == 0 ? DMP_STATUS_DEPRECATED : DMP_STATUS_APPROVED;
}

static DmpVisibility
get_visibility (JsonObject *object)
{
  JsonArray *codes = json_object_get_array_member (object, "confidentiality");
  DmpVisibility visibility = DMP_VISIBILITY_NORMAL;

  for (guint i = 0; i < json_array_get_length (codes); i++)
    {
      const char *code = json_array_get_string_element (codes, i);

      if (strcmp (code, "MASQUE_PS") == 0)
        visibility |= DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS;
      else if (strcmp (code, "INVISIBLE_PATIENT") == 0)
        visibility |= DMP_VISIBILITY_HIDDEN_FROM_PATIENT;
    }

  return visibility;
}

static GPtrArray *
get_authors (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "authors");
  GPtrArray *authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *one = json_array_get_object_element (array, i);
      const char *person = get_string (one, "person"), *place = get_string (one, "institution");
      g_auto (GStrv) parts = g_strsplit (person != NULL ? person : "^^", "^", 4);
      g_auto (GStrv) names = g_strsplit (place != NULL ? place : "", "^", 2);
      const DmpAuthor author = { .id = parts[0],
                                 .family = parts[1],
                                 .given = parts[1] != NULL ? parts[2] : NULL,
                                 .institution = place != NULL ? names[0] : NULL };

      g_ptr_array_add (authors, dmp_author_copy (&author));
    }

  return authors;
}

static DmpDocumentEntry *
new_entry (JsonObject *object, gsize size)
{
  g_autoptr (DmpCode) type = get_code (object, "type"), klass = get_code (object, "class");
  g_autoptr (GPtrArray) authors = get_authors (object);
  JsonObject *set = json_object_get_object_member (object, "submission_set");
  DmpDocumentEntryFields fields = { .unique_id = get_string (object, "unique_id"),
                                    .entry_uuid = get_string (object, "entry_uuid"),
                                    .title = get_string (object, "title"),
                                    .mime = get_string (object, "mime"),
                                    .size = (gint64) size,
                                    .status = get_status (object),
                                    .visibility = get_visibility (object),
                                    .version = 1,
                                    .replaces = get_string (object, "replaces"),
                                    .submission_set = get_string (set, "unique_id"),
                                    .submission_time = get_string (set, "time"),
                                    .creation = get_string (object, "creation"),
                                    .service_start = get_string (object, "service_start"),
                                    .service_stop = get_string (object, "service_stop"),
                                    .type_code = type,
                                    .class_code = klass,
                                    .authors = authors };

  return dmp_document_entry_new (&fields);
}

static void
add_document (SampleRecord *self, const char *folder, JsonObject *object)
{
  g_autofree char *path = g_build_filename (folder, get_string (object, "file"), NULL);
  g_autoptr (DmpDocumentEntry) entry = NULL;
  g_autoptr (DmpCdaDocument) document = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *data, *id;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  bytes = g_bytes_new_take (data, length);
  entry = new_entry (object, length);
  id = g_strdup (dmp_document_entry_get_unique_id (entry));
  g_list_store_append (self->entries, entry);
  document = dmp_cda_document_parse (bytes, &error);
  if (document == NULL)
    {
      g_hash_table_insert (self->problems, id, g_steal_pointer (&error));
      return;
    }
  if (self->patient == NULL)
    self->patient = g_object_ref (dmp_cda_document_get_patient (document));
  g_hash_table_insert (self->documents, id, g_steal_pointer (&document));
}

static int
newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (dmp_document_entry_get_date ((gpointer) b),
                    dmp_document_entry_get_date ((gpointer) a));
}

static gboolean
make_records (const char *folder, const char *name)
{
  g_autofree char *script =
      g_build_filename (g_test_get_dir (G_TEST_DIST), "records", "make-records", NULL);
  const char *argv[] = { "/usr/bin/python3", "-B",  script,     "--out", folder,
                         "--today",          TODAY, "--record", name,    NULL };
  int status = 1;

  return g_spawn_sync (NULL, (char **) argv, NULL,
                       G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                       NULL, &status, NULL) &&
         status == 0;
}

static void
remove_folder (const char *path)
{
  const char *argv[] = { "rm", "-rf", "--", path, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

SampleRecord *
sample_record_new (const char *name)
{
  g_autofree char *top = g_dir_make_tmp ("records-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (top, name, NULL);
  g_autofree char *list = g_build_filename (folder, "documents.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  SampleRecord *self = NULL;

  if (make_records (top, name) && json_parser_load_from_file (parser, list, NULL))
    {
      JsonArray *array = json_node_get_array (json_parser_get_root (parser));

      self = g_new0 (SampleRecord, 1);
      self->entries = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
      self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      self->problems =
          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_error_free);
      for (guint i = 0; i < json_array_get_length (array); i++)
        add_document (self, folder, json_array_get_object_element (array, i));
      g_list_store_sort (self->entries, newest_first, NULL);
    }
  remove_folder (top);

  return self;
}

gboolean
sample_record_needed (const SampleRecord *self)
{
  if (self == NULL)
    g_test_skip ("no python3-pil");

  return self != NULL;
}

void
sample_record_free (SampleRecord *self)
{
  g_object_unref (self->entries);
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->problems);
  g_clear_object (&self->patient);
  g_free (self);
}

DmpSummary *
sample_record_summarise (SampleRecord *self, guint n)
{
  g_autoptr (DmpSummaryBuilder) builder = dmp_summary_builder_new (self->patient, TODAY_STAMP);
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  dmp_summary_builder_set_reader (builder, "899700000017", TRUE);
  dmp_summary_builder_set_with_patient_view (builder, TRUE);
  for (guint i = 0; i < all; i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);
      const char *id = dmp_document_entry_get_unique_id (entry);
      DmpCdaDocument *document = g_hash_table_lookup (self->documents, id);

      if (i >= n)
        dmp_summary_builder_add_unread (builder, entry, DMP_UNREAD_PENDING, NULL);
      else if (document != NULL)
        dmp_summary_builder_add (builder, entry, document);
      else
        dmp_summary_builder_add_unread (
            builder, entry, dmp_unread_from_error (g_hash_table_lookup (self->problems, id)), NULL);
    }

  return dmp_summary_builder_build (builder);
}
