#include "config.h"

#include "dmp-file-print.h"

#include "dmp-cli.h"
#include "model/dmp-date.h"
#include "model/dmp-json.h"

#include <glib/gi18n.h>

static void
add_findings (JsonBuilder *json, GPtrArray *findings)
{
  dmp_json_begin_array (json, "defects");
  for (guint i = 0; i < findings->len; i++)
    {
      const DmpFinding *finding = g_ptr_array_index (findings, i);

      if (finding->level != DMP_FINDING_NOTE)
        json_builder_add_string_value (json, finding->message);
    }
  json_builder_end_array (json);
  dmp_json_begin_array (json, "findings");
  for (guint i = 0; i < findings->len; i++)
    {
      const DmpFinding *finding = g_ptr_array_index (findings, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "code", finding->code);
      dmp_json_add_string (json, "level", dmp_finding_level_name (finding->level));
      dmp_json_add_string (json, "repair",
                           finding->repair != DMP_REPAIR_NONE ? dmp_repair_name (finding->repair)
                                                              : NULL);
      dmp_json_add_string (json, "message", finding->message);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_suggestions (JsonBuilder *json, const DmpFileSuggestions *suggestions)
{
  dmp_json_begin_object (json, "suggested");
  dmp_json_add_code (json, "type", suggestions->type);
  dmp_json_add_string (json, "type_found", suggestions->type_found);
  dmp_json_add_string (json, "title", suggestions->title);
  dmp_json_add_string (json, "title_found", suggestions->title_found);
  dmp_json_add_string (json, "date", suggestions->date);
  dmp_json_add_string (json, "date_found", suggestions->date_found);
  dmp_json_add_string (json, "author", suggestions->author);
  json_builder_end_object (json);
}

static const char *
identity_name (DmpIdentity identity)
{
  static const char *const names[] = { "unproven", "same", "other" };

  return names[identity];
}

JsonNode *
dmp_file_print_report (const DmpFileReport *report)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  dmp_json_add_string (json, "document",
                       report->document != NULL ? dmp_cda_document_get_unique_id (report->document)
                                                : NULL);
  dmp_json_add_string (json, "mime", report->mime);
  dmp_json_add_string (json, "charset", report->charset);
  dmp_json_add_int (json, "pages", report->n_pages);
  dmp_json_add_bool (json, "pdfa", report->pdfa);
  dmp_json_add_string (json, "patient", identity_name (report->identity));
  add_findings (json, report->findings);
  add_suggestions (json, report->suggestions);
  json_builder_end_object (json);
  return json_builder_get_root (json);
}

static void
append_suggestion (GString *text, const char *what, const char *value, const char *found)
{
  if (value == NULL)
    return;
  if (found != NULL)
    g_string_append_printf (text, _ ("  %s : %s (trouvé : « %s »)\n"), what, value, found);
  else
    g_string_append_printf (text, _ ("  %s : %s\n"), what, value);
}

char *
dmp_file_print_report_text (const DmpFileReport *report, const char *path)
{
  GString *text = g_string_new (NULL);
  const DmpFileSuggestions *out = report->suggestions;
  g_autofree char *date = out->date != NULL ? dmp_date_dup_display (out->date, FALSE, FALSE) : NULL;

  if (report->findings->len == 0)
    g_string_append_printf (text, _ ("%s : aucun défaut trouvé\n"), path);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const DmpFinding *finding = g_ptr_array_index (report->findings, i);

      g_string_append_printf (text, "%s: %s\n", path, finding->message);
    }
  append_suggestion (text, _ ("type"), out->type != NULL ? dmp_code_get_display (out->type) : NULL,
                     out->type_found);
  append_suggestion (text, _ ("titre"), out->title, NULL);
  append_suggestion (text, _ ("date de l’acte"), date, out->date_found);
  append_suggestion (text, _ ("auteur"), out->author, NULL);
  return g_string_free (text, FALSE);
}
