#include "config.h"

#include "dmp-cli-input.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"

#include <glib/gi18n.h>

typedef struct
{
  char **types;   /* --type, repeated */
  char **formats; /* --format, repeated */
  char *since;    /* --since: yyyy-mm-dd, or any HL7 time */
  char *status;   /* approved, archived, all */
} Filter;

static gboolean
any_is (char **wanted, DmpCode *code)
{
  if (wanted == NULL)
    return TRUE;
  return code != NULL && g_strv_contains ((const char *const *) wanted, dmp_code_get_code (code));
}

static gboolean
filter_keeps (const Filter *filter, DmpDocumentEntry *entry)
{
  const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
  const char *date = dmp_document_entry_get_date (entry);

  if (!any_is (filter->types, fields->type_code) || !any_is (filter->formats, fields->format_code))
    return FALSE;
  return filter->since == NULL || (date != NULL && dmp_date_compare (date, filter->since) >= 0);
}

static gboolean
filter_check (Filter *filter, DmpListFilter *statuses, GError **error)
{
  if (filter->since != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (filter->since, "-", -1);

      g_free (filter->since);
      filter->since = g_strjoinv ("", parts);
      if (!dmp_date_check (filter->since))
        {
          g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                               _ ("La date de --since n’est pas lisible."));
          return FALSE;
        }
    }
  if (filter->status == NULL || g_str_equal (filter->status, "approved"))
    *statuses = DMP_LIST_APPROVED;
  else if (g_str_equal (filter->status, "archived"))
    *statuses = DMP_LIST_ARCHIVED;
  else if (g_str_equal (filter->status, "all"))
    *statuses = DMP_LIST_APPROVED | DMP_LIST_ARCHIVED | DMP_LIST_DEPRECATED;
  else
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                           _ ("--status vaut approved, archived ou all."));
      return FALSE;
    }
  return TRUE;
}

/* --- JSON ------------------------------------------------------------------------------------ */

static const char *const statuses[] = {
  [DMP_STATUS_APPROVED] = "approved", [DMP_STATUS_DEPRECATED] = "deprecated",
  [DMP_STATUS_ARCHIVED] = "archived", [DMP_STATUS_DELETED] = "deleted",
  [DMP_STATUS_UNKNOWN] = "unknown",
};

static void
add_author (JsonBuilder *builder, const DmpDocumentEntryFields *fields)
{
  const DmpAuthor *author = fields->authors != NULL && fields->authors->len > 0
                                ? g_ptr_array_index (fields->authors, 0)
                                : NULL;

  json_builder_set_member_name (builder, "author");
  if (author == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  {
    g_autofree char *name = dmp_author_dup_display (author);

    dmp_json_add_string (builder, "name", name);
  }
  dmp_json_add_string (builder, "id", author->id);
  dmp_json_add_code (builder, "speciality", author->specialty);
  dmp_json_add_string (builder, "institution", author->institution);
  json_builder_end_object (builder);
}

static void
add_confidentiality (JsonBuilder *builder, DmpVisibility visibility)
{
  dmp_json_begin_array (builder, "confidentiality");
  json_builder_add_string_value (builder, "N");
  if (visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS)
    json_builder_add_string_value (builder, "MASQUE_PS");
  if (visibility & DMP_VISIBILITY_HIDDEN_FROM_PATIENT)
    json_builder_add_string_value (builder, "INVISIBLE_PATIENT");
  if (visibility & DMP_VISIBILITY_HIDDEN_FROM_REPRESENTATIVES)
    json_builder_add_string_value (builder, "INVISIBLE_REPRESENTANTS_LEGAUX");
  json_builder_end_array (builder);
}

static void
add_entry (JsonBuilder *builder, DmpDocumentEntry *entry)
{
  const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);

  json_builder_begin_object (builder);
  dmp_json_add_string (builder, "unique_id", fields->unique_id);
  dmp_json_add_string (builder, "entry_uuid", fields->entry_uuid);
  dmp_json_add_string (builder, "title", fields->title);
  dmp_json_add_code (builder, "type", fields->type_code);
  dmp_json_add_code (builder, "class", fields->class_code);
  dmp_json_add_code (builder, "format", fields->format_code);
  dmp_json_add_string (builder, "creation", fields->creation);
  dmp_json_add_string (builder, "service_start", fields->service_start);
  dmp_json_add_string (builder, "service_stop", fields->service_stop);
  dmp_json_add_string (builder, "date", dmp_document_entry_get_date (entry));
  add_author (builder, fields);
  dmp_json_add_string (builder, "status", statuses[fields->status]);
  add_confidentiality (builder, fields->visibility);
  dmp_json_add_string (builder, "mime", fields->mime);
  dmp_json_add_int (builder, "size", fields->size);
  dmp_json_add_string (builder, "hash", fields->hash);
  dmp_json_add_int (builder, "version", fields->version);
  dmp_json_add_string (builder, "replaces", fields->replaces);
  dmp_json_add_string (builder, "submission_set", fields->submission_set);
  json_builder_end_object (builder);
}

/* --- The command ----------------------------------------------------------------------------- */

static void
print_entry (DmpDocumentEntry *entry)
{
  const char *title = dmp_document_entry_get_title (entry);
  const char *date = dmp_document_entry_get_date (entry);
  g_autofree char *day = date != NULL ? dmp_date_dup_display (date, TRUE, FALSE) : g_strdup ("");
  g_autofree char *author = dmp_document_entry_dup_author (entry);
  g_autofree char *period = dmp_document_entry_dup_period (entry);

  g_print ("%-10s  %s  %s%s%s  [%s]\n", day, title != NULL ? title : _ ("(sans titre)"), author,
           period != NULL ? ", " : "", period != NULL ? period : "",
           dmp_document_entry_get_unique_id (entry));
}

static int
print_list (DmpCli *cli, const Filter *filter, DmpRecord *record)
{
  GListModel *documents = dmp_record_get_documents (record);
  const char *problem = dmp_record_get_list_problem (record);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint shown = 0;

  json_builder_begin_object (builder);
  dmp_json_begin_array (builder, "documents");
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (documents, i);

      if (!filter_keeps (filter, entry))
        continue;
      shown++;
      if (cli->json)
        add_entry (builder, entry);
      else
        print_entry (entry);
    }
  json_builder_end_array (builder);
  dmp_json_add_string (builder, "incomplete", problem);
  json_builder_end_object (builder);
  if (problem != NULL)
    g_printerr ("%s\n", problem);
  if (cli->json)
    return dmp_cli_print_json (json_builder_get_root (builder));
  g_print (g_dngettext (GETTEXT_PACKAGE, "%u document\n", "%u documents\n", shown), shown);
  return 0;
}

static int
list_record (DmpCli *cli, Filter *filter, GError **error)
{
  g_autoptr (DmpRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  DmpListFilter wanted;

  if (!filter_check (filter, &wanted, error))
    return -1;
  record = dmp_cli_open_readable_record (cli, error);
  if (record == NULL)
    return -1;
  dmp_session_list_record_async (cli->session, record, wanted, cli->cancellable,
                                 dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  if (!dmp_session_list_record_finish (cli->session, result, error))
    return -1;
  return print_list (cli, filter, record);
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  Filter filter = { 0 };
  const GOptionEntry entries[] = {
    { "type", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter.types,
      N_ ("Seulement ce type (peut être répété)"), "CODE" },
    { "format", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter.formats, N_ ("Seulement ce format"),
      "CODE" },
    { "since", 0, 0, G_OPTION_ARG_STRING, &filter.since, N_ ("Depuis cette date"),
      N_ ("AAAA-MM-JJ") },
    { "status", 0, 0, G_OPTION_ARG_STRING, &filter.status, N_ ("approved, archived ou all"),
      N_ ("STATUT") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;
  int status = -1;

  if (dmp_cli_parse (cli, &dmp_cli_list, entries, 0, 0, &argc, &argv, &error))
    status = list_record (cli, &filter, &error);
  g_strfreev (filter.types);
  g_strfreev (filter.formats);
  g_free (filter.since);
  g_free (filter.status);

  return status < 0 ? dmp_cli_fail (cli, error) : status;
}

const DmpCliCommand dmp_cli_list = { "list", "", N_ ("les documents du dossier"), run };
