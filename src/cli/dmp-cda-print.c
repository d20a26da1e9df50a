#include "config.h"

#include "dmp-cda-print.h"

#include "cda/dmp-cda-facts.h"
#include "model/dmp-date.h"
#include "model/dmp-json.h"

#include <glib/gi18n.h>

static char *
dup_author (DmpCdaDocument *document)
{
  const DmpCdaPerson *author = dmp_cda_document_get_person (document, DMP_CDA_ROLE_AUTHOR);

  return author ? dmp_cda_person_dup_display (author) : g_strdup ("");
}

char *
dmp_cda_print_text (DmpCdaDocument *document)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  g_autofree char *patient = dmp_patient_dup_display_name (header->patient);
  g_autofree char *author = dup_author (document);
  g_autofree char *day = dmp_date_dup_display (
      header->service_start ? header->service_start : header->effective_time, FALSE, FALSE);
  g_autofree char *text = dmp_cda_document_dup_text (document);
  GPtrArray *files = dmp_cda_document_get_attachments (document);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n%s · %s · %s\n\n%s", header->title, patient, author,
                          day ? day : "?", text);
  for (guint i = 0; i < files->len; i++)
    {
      const DmpCdaAttachment *file = g_ptr_array_index (files, i);

      if (file->bytes)
        g_string_append_printf (out, _ ("[fichier joint : %s, %zu octets]\n"), file->mime,
                                g_bytes_get_size (file->bytes));
      else
        g_string_append_printf (out, "[%s]\n", file->problem);
    }
  return g_string_free (out, FALSE);
}

static void
add_sections (JsonBuilder *json, DmpCdaDocument *document)
{
  GPtrArray *sections = dmp_cda_document_get_sections (document);

  dmp_json_begin_array (json, "sections");
  for (guint i = 1; i < sections->len; i++)
    {
      const DmpCdaSection *section = g_ptr_array_index (sections, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "path", section->path);
      dmp_json_add_string (json, "title", section->title);
      dmp_json_add_code (json, "code", section->code);
      dmp_json_add_int (json, "entries", section->n_entries);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_files (JsonBuilder *json, DmpCdaDocument *document)
{
  GPtrArray *files = dmp_cda_document_get_attachments (document);

  dmp_json_begin_array (json, "files");
  for (guint i = 0; i < files->len; i++)
    {
      const DmpCdaAttachment *file = g_ptr_array_index (files, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "mime", file->mime);
      dmp_json_add_int (json, "size", file->bytes ? (gint64) g_bytes_get_size (file->bytes) : 0);
      dmp_json_add_string (json, "problem", file->problem);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_patient (JsonBuilder *json, DmpPatient *patient)
{
  dmp_json_begin_object (json, "patient");
  dmp_json_add_string (json, "ins", dmp_patient_get_ins (patient));
  dmp_json_add_string (json, "oid", dmp_patient_get_ins_oid (patient));
  dmp_json_add_string (json, "birth_family", dmp_patient_get_birth_family (patient));
  dmp_json_add_string (json, "given", dmp_patient_get_given (patient));
  dmp_json_add_string (json, "birth_date", dmp_patient_get_birth_date (patient));
  json_builder_end_object (json);
}

JsonNode *
dmp_cda_print_show (DmpCdaDocument *document)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  g_autofree char *text = dmp_cda_document_dup_text (document);
  g_autofree char *author = dup_author (document);

  json_builder_begin_object (json);
  dmp_json_add_string (json, "document", header->unique_id);
  dmp_json_add_string (json, "title", header->title);
  dmp_json_add_code (json, "type", header->code);
  dmp_json_add_string (json, "author", author);
  dmp_json_add_string (json, "effective_time", header->effective_time);
  dmp_json_add_string (json, "service_start", header->service_start);
  dmp_json_add_string (json, "replaces", header->replaces);
  add_patient (json, header->patient);
  add_sections (json, document);
  dmp_json_add_string (json, "text", text);
  add_files (json, document);
  json_builder_end_object (json);
  return json_builder_get_root (json);
}

static void
add_value (JsonBuilder *json, const DmpFactValue *value)
{
  json_builder_set_member_name (json, "value");
  if (value == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  dmp_json_add_string (json, "number", value->number);
  dmp_json_add_string (json, "unit", value->unit);
  dmp_json_add_string (json, "low", value->low);
  dmp_json_add_string (json, "high", value->high);
  dmp_json_add_string (json, "reference", value->reference);
  dmp_json_add_string (json, "text", value->text);
  dmp_json_add_code (json, "code", value->code);
  dmp_json_add_string (json, "flag", value->flag);
  json_builder_end_object (json);
}

static void
add_dosage (JsonBuilder *json, const DmpFact *fact)
{
  const DmpFactDosage *dosage = fact->dosage;

  dmp_json_add_string (json, "dosage_text", fact->dosage_text);
  json_builder_set_member_name (json, "dosage");
  if (dosage == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  dmp_json_add_string (json, "dose_low", dosage->dose_low);
  dmp_json_add_string (json, "dose_high", dosage->dose_high);
  dmp_json_add_string (json, "dose_unit", dosage->dose_unit);
  dmp_json_add_string (json, "period", dosage->period);
  dmp_json_add_string (json, "period_unit", dosage->period_unit);
  dmp_json_add_string (json, "when", dosage->when);
  dmp_json_add_string (json, "duration", dosage->duration);
  dmp_json_add_string (json, "duration_unit", dosage->duration_unit);
  json_builder_end_object (json);
}

static void
add_details (JsonBuilder *json, const DmpFact *fact)
{
  dmp_json_begin_array (json, "keys");
  for (guint i = 0; i < fact->keys->len; i++)
    dmp_json_add_code (json, NULL, g_ptr_array_index (fact->keys, i));
  json_builder_end_array (json);
  dmp_json_begin_array (json, "details");
  for (guint i = 0; i < fact->details->len; i++)
    {
      const DmpFactDetail *detail = g_ptr_array_index (fact->details, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "role", dmp_detail_role_get_name (detail->role));
      dmp_json_add_string (json, "text", detail->text);
      dmp_json_add_code (json, "code", detail->code);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_fact (JsonBuilder *json, const DmpFact *fact)
{
  json_builder_begin_object (json);
  dmp_json_add_string (json, "kind", dmp_fact_kind_get_name (fact->kind));
  dmp_json_add_string (json, "trust", dmp_trust_get_name (fact->trust));
  dmp_json_add_string (json, "text", fact->text);
  dmp_json_add_string (json, "row", fact->row);
  dmp_json_add_string (json, "place", fact->place);
  dmp_json_add_string (json, "section", fact->section_code);
  dmp_json_add_int (json, "entry", fact->entry);
  dmp_json_add_code (json, "type", fact->type);
  add_details (json, fact);
  add_value (json, fact->value);
  add_dosage (json, fact);
  dmp_json_add_string (json, "date", fact->date);
  dmp_json_add_string (json, "end_date", fact->end_date);
  dmp_json_add_string (json, "status", fact->status);
  dmp_json_add_string (json, "null_flavor", fact->null_flavor);
  dmp_json_add_bool (json, "negated", fact->negated);
  dmp_json_add_bool (json, "absent", fact->absent);
  dmp_json_add_bool (json, "no_information", fact->no_information);
  dmp_json_add_bool (json, "uncertain", fact->uncertain);
  dmp_json_add_bool (json, "planned", fact->planned);
  dmp_json_add_bool (json, "text_only", fact->text_only);
  json_builder_end_object (json);
}

JsonNode *
dmp_cda_print_facts (DmpCdaDocument *document)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  GPtrArray *facts = dmp_cda_document_get_facts (document);

  json_builder_begin_object (json);
  dmp_json_add_string (json, "document", dmp_cda_document_get_unique_id (document));
  dmp_json_begin_array (json, "facts");
  for (guint i = 0; i < facts->len; i++)
    add_fact (json, g_ptr_array_index (facts, i));
  json_builder_end_array (json);
  json_builder_end_object (json);
  return json_builder_get_root (json);
}

char *
dmp_cda_print_facts_text (DmpCdaDocument *document)
{
  GPtrArray *facts = dmp_cda_document_get_facts (document);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (facts, i);
      g_autofree char *day =
          fact->date ? dmp_date_dup_display (fact->date, FALSE, FALSE) : g_strdup ("");

      g_string_append_printf (out, "%-12s %-10s %s%s", dmp_fact_kind_get_name (fact->kind), day,
                              fact->negated ? _ ("[non] ") : "", fact->text);
      if (fact->value && fact->value->number)
        g_string_append_printf (out, " = %s %s %s", fact->value->number,
                                fact->value->unit ? fact->value->unit : "",
                                fact->value->flag ? fact->value->flag : "");
      else if (fact->value && fact->value->text)
        g_string_append_printf (out, " = %s", fact->value->text);
      if (fact->dosage_text)
        g_string_append_printf (out, " – %s", fact->dosage_text);
      g_string_append_printf (out, "  (%s)\n", fact->place);
    }
  return g_string_free (out, FALSE);
}
