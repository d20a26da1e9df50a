#include "config.h"

#include "dmp-cli-folder.h"
#include "dmp-cli-input.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "paper/dmp-paper.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What is asked for. */
typedef struct
{
  DmpCli *cli;
  char *from;
  char *today;
  gboolean pdf;
  char *output; /* (nullable): with @pdf: standard output */
} Asked;

static void
asked_clear (Asked *self)
{
  g_free (self->from);
  g_free (self->today);
  g_free (self->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

/* --- On paper -------------------------------------------------------------------------------- */

static char *
dup_printer (DmpCli *cli)
{
  DmpPractitioner *practitioner =
      cli->session != NULL ? dmp_session_get_practitioner (cli->session) : NULL;

  return practitioner != NULL ? dmp_practitioner_dup_display_name (practitioner) : NULL;
}

/* Straight to where it is asked for: nothing in clear is left elsewhere. */
static int
write_pdf (const Asked *asked, DmpSummary *summary, DmpRecord *record, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *printer = dup_printer (asked->cli);
  DmpPaperFrame frame = { .printer = printer, .today = asked->today, .time = now };
  g_autoptr (GBytes) bytes = NULL;
  gboolean written;

  if (record != NULL)
    {
      frame.break_glass = dmp_record_get_mode (record) == DMP_ACCESS_BREAK_GLASS;
      frame.reason = dmp_record_get_reason (record);
      frame.list_problem = dmp_record_get_list_problem (record);
    }
  bytes = dmp_paper_make_pdf (summary, &frame);
  errno = ENOMEM;
  written = bytes != NULL && (asked->output != NULL ? dmp_cli_write_file (asked->output, bytes)
                                                    : dmp_cli_write_all (STDOUT_FILENO, bytes));
  if (written)
    return 0;
  g_set_error (error, DMP_ERROR, DMP_ERROR_INTERNAL,
               _ ("Le résumé n’a pas pu être écrit dans « %s » (%s). Le dossier médical n’est pas "
                  "modifié ; libérez de la place ou choisissez un autre fichier, puis "
                  "recommencez."),
               asked->output != NULL ? asked->output : _ ("sortie standard"), g_strerror (errno));
  return -1;
}

/* @record: (nullable): with --from. Returns: 0, or -1 with @error */
static int
print_summary (const Asked *asked, DmpSummary *summary, DmpRecord *record, GError **error)
{
  g_autofree char *text = NULL;

  if (asked->pdf)
    return write_pdf (asked, summary, record, error);
  text = asked->cli->json ? dmp_summary_dup_json (summary) : dmp_summary_dup_text (summary);
  g_print ("%s%s", text, g_str_has_suffix (text, "\n") ? "" : "\n");
  return 0;
}

/* --- From a folder, without card or network -------------------------------------------------- */

static int
summarise_folder (const Asked *asked, GError **error)
{
  g_autoptr (DmpCliFolder) folder = dmp_cli_folder_read (asked->from, error);
  g_autoptr (DmpSummary) summary = NULL;
  int status;

  if (folder == NULL)
    return -1;
  summary = dmp_cli_folder_summarise (folder, asked->cli, asked->today);
  status = print_summary (asked, summary, NULL, error);
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
print_part (const Asked *asked, DmpRecord *record, GError *cause, GError **error)
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
summarise_record (const Asked *asked, GError **error)
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

static gboolean
check (Asked *asked, GError **error)
{
  if (!dmp_cli_folder_check_today (&asked->today, asked->from != NULL, error))
    return FALSE;
  if (asked->output == NULL || asked->pdf)
    return TRUE;
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                       _ ("-o ne vaut qu’avec --pdf : le texte va à la sortie standard."));
  return FALSE;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_auto (Asked) asked = { .cli = cli };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &asked.from,
      N_ ("Des documents de ce dossier, sans carte ni réseau"), N_ ("DOSSIER") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &asked.today, N_ ("Avec --from : le jour du résumé"),
      N_ ("AAAAMMJJ") },
    { "pdf", 0, 0, G_OPTION_ARG_NONE, &asked.pdf,
      N_ ("Une page A4 à imprimer, deux au plus, sans rien de masqué"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &asked.output,
      N_ ("Avec --pdf : dans ce fichier, non à la sortie standard"), N_ ("FICHIER") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;
  int status;

  if (!dmp_cli_parse (cli, &dmp_cli_summary, entries, 0, 0, &argc, &argv, &error) ||
      !check (&asked, &error))
    return dmp_cli_fail (cli, error);
  if (asked.from != NULL)
    dmp_cli_begin_offline (cli);
  status =
      asked.from != NULL ? summarise_folder (&asked, &error) : summarise_record (&asked, &error);
  return status < 0 ? dmp_cli_fail (cli, error) : status;
}

const DmpCliCommand dmp_cli_summary = { "summary", "", N_ ("le résumé du dossier sur un écran"),
                                        run };
