/* What the reader found in each file, one JSON object a line: for comparison with an independent
 * reading (test-cda-examples.py). */
#include "config.h"

#include "cda/dmp-cda-document.h"
#include "cda/dmp-cda-facts.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

static void
add_string (JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name (json, name);
  if (value)
    json_builder_add_string_value (json, value);
  else
    json_builder_add_null_value (json);
}

static void
add_strings (JsonBuilder *json, const char *name, char **values)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; values[i]; i++)
    json_builder_add_string_value (json, values[i]);
  json_builder_end_array (json);
}

/* The words of one section's own blocks, its heading apart. */
static char *
dup_section_text (DmpCdaDocument *document, guint section, guint *rows)
{
  GPtrArray *blocks = dmp_cda_document_get_blocks (document);
  GString *out = g_string_new (NULL);

  *rows = 0;
  for (guint i = 0; i < blocks->len; i++)
    {
      const DmpCdaBlock *block = g_ptr_array_index (blocks, i);
      g_autofree char *text = NULL;

      if (block->section != section || block->kind == DMP_CDA_BLOCK_HEADING)
        continue;
      text = dmp_cda_block_dup_text (block);
      g_string_append (out, text);
      g_string_append_c (out, '\n');
      *rows += block->n_rows;
    }
  return g_string_free (out, FALSE);
}

static void
add_sections (JsonBuilder *json, DmpCdaDocument *document)
{
  GPtrArray *sections = dmp_cda_document_get_sections (document);

  json_builder_set_member_name (json, "sections");
  json_builder_begin_array (json);
  for (guint i = 1; i < sections->len; i++)
    {
      const DmpCdaSection *section = g_ptr_array_index (sections, i);
      guint rows;
      g_autofree char *text = dup_section_text (document, i, &rows);

      json_builder_begin_object (json);
      add_string (json, "title", section->title);
      add_string (json, "code", section->code ? dmp_code_get_code (section->code) : NULL);
      add_string (json, "path", section->path);
      add_string (json, "text", text);
      json_builder_set_member_name (json, "rows");
      json_builder_add_int_value (json, rows);
      json_builder_set_member_name (json, "entries");
      json_builder_add_int_value (json, section->n_entries);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_files (JsonBuilder *json, DmpCdaDocument *document)
{
  GPtrArray *files = dmp_cda_document_get_attachments (document);

  json_builder_set_member_name (json, "embedded");
  json_builder_begin_array (json);
  for (guint i = 0; i < files->len; i++)
    {
      const DmpCdaAttachment *file = g_ptr_array_index (files, i);
      g_autofree char *hash =
          file->bytes ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes) : NULL;

      json_builder_begin_array (json);
      json_builder_add_string_value (json, file->mime);
      json_builder_add_int_value (json, file->bytes ? (gint64) g_bytes_get_size (file->bytes) : -1);
      json_builder_add_string_value (json, hash ? hash : file->problem);
      json_builder_end_array (json);
    }
  json_builder_end_array (json);
}

static void
add_facts (JsonBuilder *json, DmpCdaDocument *document)
{
  GPtrArray *facts = dmp_cda_document_get_facts (document);
  guint unused;

  json_builder_set_member_name (json, "facts");
  json_builder_begin_array (json);
  for (guint i = 0; i < facts->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (facts, i);

      json_builder_begin_object (json);
      add_string (json, "kind", dmp_fact_kind_get_name (fact->kind));
      add_string (json, "text", fact->text);
      add_string (json, "place", fact->place);
      json_builder_set_member_name (json, "found");
      json_builder_add_boolean_value (
          json,
          *fact->place == '\0' || dmp_cda_document_find_place (document, fact->place, &unused));
      add_string (json, "key",
                  fact->keys->len ? dmp_code_get_code (g_ptr_array_index (fact->keys, 0)) : NULL);
      add_string (json, "number", fact->value ? fact->value->number : NULL);
      add_string (json, "date", fact->date);
      add_string (json, "dosage", fact->dosage_text);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_header (JsonBuilder *json, DmpCdaDocument *document)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  DmpPatient *patient = dmp_cda_document_get_patient (document);
  static const char *const sexes[] = { "?", "F", "M" };
  g_autofree char *version = g_strdup_printf ("%u", header->version);

  add_string (json, "id", header->unique_id);
  add_string (json, "setId", header->set_id);
  add_string (json, "version", version);
  add_string (json, "title", header->title);
  add_string (json, "code", header->code ? dmp_code_get_code (header->code) : NULL);
  add_string (json, "effectiveTime", header->effective_time);
  add_string (json, "confidentiality", header->confidentiality);
  add_string (json, "language", header->language);
  add_string (json, "replaces", header->replaces);
  add_strings (json, "templateIds", header->template_ids);
  add_strings (json, "patient_ids", header->patient_ids);
  add_string (json, "ins", dmp_patient_get_ins (patient));
  add_string (json, "birth_family", dmp_patient_get_birth_family (patient));
  add_string (json, "birth", dmp_patient_get_birth_date (patient));
  add_string (json, "sex", sexes[dmp_patient_get_sex (patient)]);
  json_builder_set_member_name (json, "authors");
  json_builder_begin_array (json);
  for (guint i = 0; i < header->people->len; i++)
    {
      const DmpCdaPerson *person = g_ptr_array_index (header->people, i);
      g_autofree char *name = dmp_cda_person_dup_display (person);

      if (person->role == DMP_CDA_ROLE_AUTHOR)
        json_builder_add_string_value (json, name);
    }
  json_builder_end_array (json);
}

static void
dump (const char *path)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DmpCdaDocument) document = NULL;
  gsize len = 0;

  if (g_file_get_contents (path, &data, &len, &error))
    {
      bytes = g_bytes_new (data, len);
      document = dmp_cda_document_parse (bytes, &error);
    }
  json_builder_begin_object (json);
  add_string (json, "file", path);
  add_string (json, "error", error ? error->message : NULL);
  if (document)
    {
      add_header (json, document);
      add_sections (json, document);
      add_files (json, document);
      add_facts (json, document);
    }
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  line = json_to_string (root, FALSE);
  puts (line);
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    dump (argv[i]);
  return 0;
}
