#include "config.h"

#include "dmp-cli-input.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "summary/dmp-summary-builder.h"

#include <glib/gi18n.h>
#include <string.h>

static int
print_summary (DmpCli *cli, DmpSummary *summary)
{
  g_autofree char *text =
      cli->json ? dmp_summary_dup_json (summary) : dmp_summary_dup_text (summary);

  g_print ("%s%s", text, g_str_has_suffix (text, "\n") ? "" : "\n");
  return 0;
}

/* --- From a folder, without card or network -------------------------------------------------- */

typedef struct
{
  GPtrArray *names;     /* of files, sorted */
  GPtrArray *documents; /* DmpCdaDocument or NULL, by name */
  GPtrArray *bytes;
  DmpPatient *patient; /* of the first document that can be read */
} Folder;

static void
folder_clear (Folder *folder)
{
  g_clear_pointer (&folder->names, g_ptr_array_unref);
  g_clear_pointer (&folder->documents, g_ptr_array_unref);
  g_clear_pointer (&folder->bytes, g_ptr_array_unref);
  g_clear_object (&folder->patient);
}

static void
unref_maybe (gpointer object)
{
  g_clear_object (&object);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
read_names (Folder *folder, const char *path, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE, _ ("Le dossier « %s » ne peut pas être lu."),
                   path);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (folder->names, g_strdup (name));
  g_ptr_array_sort (folder->names, compare_names);
  return TRUE;
}

static void
read_document (Folder *folder, const char *path, const char *name)
{
  g_autofree char *file = g_build_filename (path, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;
  DmpCdaDocument *document;

  g_file_get_contents (file, &data, &size, NULL);
  g_ptr_array_add (folder->bytes, g_bytes_new_take (data, size));
  document =
      dmp_cda_document_parse (g_ptr_array_index (folder->bytes, folder->bytes->len - 1), &error);
  if (document == NULL)
    g_printerr ("%s: %s\n", name, error->message);
  else if (folder->patient == NULL)
    folder->patient = g_object_ref (dmp_cda_document_get_patient (document));
  g_ptr_array_add (folder->documents, document);
}

static DmpDocumentEntry *
entry_for_unread (const char *name)
{
  const DmpDocumentEntryFields fields = {
    .unique_id = name, .title = name, .size = -1, .version = 1
  };

  return dmp_document_entry_new (&fields);
}

static void
add_documents (const Folder *folder, DmpSummaryBuilder *builder)
{
  for (guint i = 0; i < folder->names->len; i++)
    {
      DmpCdaDocument *document = g_ptr_array_index (folder->documents, i);
      g_autoptr (DmpDocumentEntry) entry =
          document != NULL
              ? dmp_summary_dup_entry_for (document, g_ptr_array_index (folder->bytes, i))
              : entry_for_unread (g_ptr_array_index (folder->names, i));

      if (document != NULL)
        dmp_summary_builder_add (builder, entry, document);
      else
        dmp_summary_builder_add_unread (builder, entry, DMP_UNREAD_CORRUPT, NULL);
    }
}

static int
summarise_folder (DmpCli *cli, const char *path, const char *today, GError **error)
{
  Folder folder = { .names = g_ptr_array_new_with_free_func (g_free),
                    .documents = g_ptr_array_new_with_free_func (unref_maybe),
                    .bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };
  int status = -1;

  if (read_names (&folder, path, error))
    {
      for (guint i = 0; i < folder.names->len; i++)
        read_document (&folder, path, g_ptr_array_index (folder.names, i));
      if (folder.patient == NULL)
        g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
                     _ ("Aucun document lisible dans « %s »."), path);
      else
        {
          g_autoptr (DmpSummaryBuilder) builder = dmp_summary_builder_new (folder.patient, today);
          g_autoptr (DmpSummary) summary = NULL;

          add_documents (&folder, builder);
          summary = dmp_summary_builder_build (builder);
          status = print_summary (cli, summary);
        }
    }
  folder_clear (&folder);
  return status;
}

/* --- From the record ------------------------------------------------------------------------- */

static void
show_progress (DmpRecord *record, GParamSpec *pspec, gpointer unused)
{
  guint total = g_list_model_get_n_items (dmp_record_get_documents (record));

  dmp_cli_progress (_ ("Documents lus :"), dmp_record_get_documents_read (record), total);
}

/* The connection was lost while documents came: what could be read is shown, and says what it
 * lacks; the exit status says that it is not all.
 * @cause: (transfer full) */
static int
print_part (DmpCli *cli, DmpSummary *summary, GError *cause, GError **error)
{
  int status;

  if (summary == NULL || dmp_summary_get_coverage (summary)->read == 0 ||
      cause->domain != DMP_ERROR || cause->code == DMP_ERROR_CANCELLED)
    {
      g_propagate_error (error, cause);
      return -1;
    }
  print_summary (cli, summary);
  g_printerr ("%s\n", cause->message);
  status = dmp_error_exit_status ((DmpErrorCode) cause->code);
  g_error_free (cause);
  return status;
}

static int
summarise_record (DmpCli *cli, GError **error)
{
  g_autoptr (DmpRecord) record = dmp_cli_open_readable_record (cli, error);
  g_autoptr (GAsyncResult) result = NULL;
  GError *cause = NULL;

  if (record == NULL)
    return -1;
  g_signal_connect (record, "notify::documents-read", G_CALLBACK (show_progress), NULL);
  dmp_session_load_record_async (cli->session, record,
                                 DMP_LIST_APPROVED | DMP_LIST_ARCHIVED | DMP_LIST_DEPRECATED,
                                 cli->cancellable, dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  dmp_cli_progress ("", 0, 0);
  if (!dmp_session_load_record_finish (cli->session, result, &cause))
    return print_part (cli, dmp_record_get_summary (record), cause, error);
  return print_summary (cli, dmp_record_get_summary (record));
}

/* @today: (inout): this day when nothing is said */
static gboolean
check_today (char **today, gboolean offline, GError **error)
{
  if (*today == NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      *today = g_date_time_format (now, "%Y%m%d");
      return TRUE;
    }
  if (offline && strlen (*today) == 8 && dmp_date_check (*today))
    return TRUE;
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                       offline ? _ ("Le jour du résumé n’est pas lisible : --today AAAAMMJJ.")
                               : _ ("--today ne vaut qu’avec --from : un dossier se lit au jour "
                                    "d’aujourd’hui."));
  return FALSE;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_autofree char *from = NULL;
  g_autofree char *today = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from,
      N_ ("Des documents de ce dossier, sans carte ni réseau"), N_ ("DOSSIER") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &today, N_ ("Avec --from : le jour du résumé"),
      N_ ("AAAAMMJJ") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;
  int status;

  if (!dmp_cli_parse (cli, &dmp_cli_summary, entries, 0, 0, &argc, &argv, &error) ||
      !check_today (&today, from != NULL, &error))
    return dmp_cli_fail (cli, error);
  if (from != NULL)
    dmp_cli_begin_offline (cli);
  status =
      from != NULL ? summarise_folder (cli, from, today, &error) : summarise_record (cli, &error);
  return status < 0 ? dmp_cli_fail (cli, error) : status;
}

const DmpCliCommand dmp_cli_summary = { "summary", "", N_ ("le résumé du dossier sur un écran"),
                                        run };
