#include "config.h"

#include "dmp-cli-input.h"
#include "dmp-cli-summary.h"
#include "model/dmp-error.h"
#include "paper/dmp-paper.h"
#include "session/dmp-access-words.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <unistd.h>

/* --- On paper -------------------------------------------------------------------------------- */

static char *
dup_printer (DmpCli *cli)
{
  DmpPractitioner *practitioner =
      cli->session != NULL ? dmp_session_get_practitioner (cli->session) : NULL;

  return practitioner != NULL ? dmp_practitioner_dup_display_name (practitioner) : NULL;
}

/* What the profession that prints may not read, where the settings tell. Returns: (nullable) */
static char *
dup_closed (DmpCli *cli)
{
  DmpPractitioner *practitioner = dmp_session_get_practitioner (cli->session);
  gboolean known;
  g_autofree char *words = dmp_access_words_make (
      dmp_config_get_closed_classes (dmp_session_get_config (cli->session)),
      practitioner != NULL ? dmp_practitioner_get_profession (practitioner) : NULL, &known);

  return known ? g_steal_pointer (&words) : NULL;
}

/* Straight to where it is asked for: nothing in clear is left elsewhere. */
static int
write_pdf (const DmpCliSummaryAsked *asked, DmpSummary *summary, DmpRecord *record, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *printer = dup_printer (asked->cli);
  g_autofree char *closed = record != NULL ? dup_closed (asked->cli) : NULL;
  DmpPaperFrame frame = {
    .printer = printer, .today = asked->today, .time = now, .with_hidden = asked->with_hidden
  };
  g_autoptr (GBytes) bytes = NULL;
  gboolean written;

  if (record != NULL)
    {
      frame.break_glass = dmp_record_get_mode (record) == DMP_ACCESS_BREAK_GLASS;
      frame.reason = dmp_record_get_reason (record);
      frame.list_problem = dmp_record_get_list_problem (record);
      frame.closed = closed;
    }
  bytes = dmp_paper_make_pdf (summary, &frame);
  errno = ENOMEM;
  written = bytes != NULL && (asked->output != NULL ? dmp_cli_write_new (asked->output, bytes)
                                                    : dmp_cli_write_all (STDOUT_FILENO, bytes));
  if (written)
    return 0;
  if (bytes != NULL && errno == EEXIST && !dmp_cli_summary_refuse_to_replace (asked->output, error))
    return -1;
  g_set_error (error, DMP_ERROR, DMP_ERROR_INTERNAL,
               _ ("Le résumé n’a pas pu être écrit dans « %s » (%s). Le dossier médical n’est pas "
                  "modifié ; libérez de la place ou choisissez un autre fichier, puis "
                  "recommencez."),
               asked->output != NULL ? asked->output : _ ("sortie standard"), g_strerror (errno));
  return -1;
}

/* Returns: 0, or -1 with @error */
static int
print_summary (const DmpCliSummaryAsked *asked,
               DmpSummary *summary,
               DmpRecord *record,
               GError **error)
{
  if (asked->pdf)
    return write_pdf (asked, summary, record, error);
  dmp_cli_summary_print (asked->cli, summary);
  return 0;
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
print_part (const DmpCliSummaryAsked *asked, DmpRecord *record, GError *cause, GError **error)
{
  DmpSummary *summary = dmp_record_get_summary (record);
  int status;

  if (summary == NULL || dmp_summary_get_coverage (summary)->read == 0 ||
      cause->domain != DMP_ERROR || cause->code == DMP_ERROR_CANCELLED)
    {
      g_propagate_error (error, cause);
      return -1;
    }
  status = print_summary (asked, summary, record, error);
  g_printerr ("%s\n", cause->message);
  if (status == 0)
    status = dmp_error_exit_status ((DmpErrorCode) cause->code);
  g_error_free (cause);
  return status;
}

static int
summarise_record (const DmpCliSummaryAsked *asked, GError **error)
{
  DmpCli *cli = asked->cli;
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
    return print_part (asked, record, cause, error);
  return print_summary (asked, dmp_record_get_summary (record), record, error);
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  static const DmpCliSummaryWays ways = { summarise_record, write_pdf };

  return dmp_cli_summary_run (cli, &dmp_cli_summary, &ways, argc, argv);
}

const DmpCliCommand dmp_cli_summary = { "summary", "", N_ ("le résumé du dossier sur un écran"),
                                        run };
