#include "config.h"

#include "dmp-cli-folder.h"
#include "dmp-cli-input.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"

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

static int
summarise_folder (DmpCli *cli, const char *path, const char *today, GError **error)
{
  g_autoptr (DmpCliFolder) folder = dmp_cli_folder_read (path, error);
  g_autoptr (DmpSummary) summary = NULL;
  int status;

  if (folder == NULL)
    return -1;
  summary = dmp_cli_folder_summarise (folder, cli, today);
  status = print_summary (cli, summary);
#ifndef __SANITIZE_ADDRESS__
  /* The program ends here: giving back each node of each document takes a tenth of its time. */
  g_steal_pointer (&folder);
  g_steal_pointer (&summary);
#endif
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
      !dmp_cli_folder_check_today (&today, from != NULL, &error))
    return dmp_cli_fail (cli, error);
  if (from != NULL)
    dmp_cli_begin_offline (cli);
  status =
      from != NULL ? summarise_folder (cli, from, today, &error) : summarise_record (cli, &error);
  return status < 0 ? dmp_cli_fail (cli, error) : status;
}

const DmpCliCommand dmp_cli_summary = { "summary", "", N_ ("le résumé du dossier sur un écran"),
                                        run };
