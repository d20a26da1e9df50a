#include "config.h"

#include "dmp-cli-summary.h"

#include "dmp-cli-folder.h"
#include "model/dmp-error.h"

#include <glib/gi18n.h>
#include <sys/stat.h>

typedef DmpCliSummaryAsked Asked;

static void
asked_clear (Asked *self)
{
  g_free (self->from);
  g_free (self->today);
  g_free (self->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

void
dmp_cli_summary_print (DmpCli *cli, DmpSummary *summary)
{
  g_autofree char *text =
      cli->json ? dmp_summary_dup_json (summary) : dmp_summary_dup_text (summary);

  g_print ("%s%s", text, g_str_has_suffix (text, "\n") ? "" : "\n");
}

/* From a folder, without card or network. */
static int
summarise_folder (const Asked *asked, const DmpCliSummaryWays *ways, GError **error)
{
  g_autoptr (DmpCliFolder) folder = dmp_cli_folder_read (asked->from, error);
  g_autoptr (DmpSummary) summary = NULL;
  int status = 0;

  if (folder == NULL)
    return -1;
  summary = dmp_cli_folder_summarise (folder, asked->cli, asked->today);
  if (asked->pdf)
    status = ways->write_pdf (asked, summary, NULL, error);
  else
    dmp_cli_summary_print (asked->cli, summary);
#ifndef __SANITIZE_ADDRESS__
  /* The program ends here: giving back each node of each document takes a tenth of its time. */
  g_steal_pointer (&folder);
  g_steal_pointer (&summary);
#endif
  return status;
}

gboolean
dmp_cli_summary_refuse_to_replace (const char *path, GError **error)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE,
               _ ("« %s » existe déjà : rien n’y a été écrit. Choisissez un autre nom, ou "
                  "effacez-le d’abord."),
               path);
  return FALSE;
}

/* Before anybody is asked for a PIN. */
static gboolean
check (Asked *asked, GError **error)
{
  struct stat there;

  if (!dmp_cli_folder_check_today (&asked->today, asked->from != NULL, error))
    return FALSE;
  if (!asked->pdf && (asked->output != NULL || asked->with_hidden))
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                           _ ("-o et --with-hidden ne valent qu’avec --pdf : le texte va à la "
                              "sortie standard, avec tout ce que vous pouvez lire."));
      return FALSE;
    }

  return asked->output == NULL || lstat (asked->output, &there) != 0 ||
         dmp_cli_summary_refuse_to_replace (asked->output, error);
}

static int
answer (const Asked *asked, const DmpCliSummaryWays *ways)
{
  GError *error = NULL;
  int status;

  if (asked->from == NULL)
    {
      status = ways->summarise_record (asked, &error);
      return status < 0 ? dmp_cli_fail (asked->cli, error) : status;
    }
  dmp_cli_begin_offline (asked->cli);
  status = summarise_folder (asked, ways, &error);
  return status < 0 ? dmp_cli_fail (asked->cli, error) : status;
}

int
dmp_cli_summary_run (
    DmpCli *cli, const DmpCliCommand *command, const DmpCliSummaryWays *ways, int argc, char **argv)
{
  g_auto (Asked) asked = { .cli = cli };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &asked.from,
      N_ ("Des documents de ce dossier, sans carte ni réseau"), N_ ("DOSSIER") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &asked.today, N_ ("Avec --from : le jour du résumé"),
      N_ ("AAAAMMJJ") },
    { "pdf", 0, 0, G_OPTION_ARG_NONE, &asked.pdf,
      N_ ("Une page A4 à imprimer, deux au plus, sans rien de masqué"), NULL },
    { "with-hidden", 0, 0, G_OPTION_ARG_NONE, &asked.with_hidden,
      N_ ("Avec --pdf : aussi ce qui est masqué ou non visible du patient ; chaque page le dit"),
      NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &asked.output,
      N_ ("Avec --pdf : dans ce fichier, non à la sortie standard"), N_ ("FICHIER") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;

  if (!dmp_cli_parse (cli, command, entries, 0, 0, &argc, &argv, &error) || !check (&asked, &error))
    return dmp_cli_fail (cli, error);
  if (ways == NULL && (asked.from == NULL || asked.pdf))
    return -1;
  return answer (&asked, ways);
}
