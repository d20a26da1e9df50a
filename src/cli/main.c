#include "config.h"

#include "dmp-cli.h"
#include "model/dmp-error.h"
#include "model/dmp-locale.h"
#include "pkcs11/dmp-card.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static const DmpCliCommand *const commands[] = {
  &dmp_cli_doctor,  &dmp_cli_card,      &dmp_cli_pin,     &dmp_cli_vitale,
  &dmp_cli_status,  &dmp_cli_authorise, &dmp_cli_list,    &dmp_cli_get,
  &dmp_cli_send,    &dmp_cli_outbox,    &dmp_cli_receipt, &dmp_cli_search,
  &dmp_cli_summary, &dmp_cli_tables,    &dmp_cli_cda,     &dmp_cli_decode,
};

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("dmp : le dossier médical partagé en ligne de commande"));
  g_print ("%s\n", _ ("Usage : dmp COMMANDE [OPTIONS…]"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i]->name, _ (commands[i]->blurb));
  g_print ("\n%s\n", _ ("« dmp COMMANDE --help » montre les options d’une commande."));
}

/* A PIN, keys and documents pass through this process: no core file, no other process may look in.
 */
static void
harden (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* the leak sanitizer traces its own process */
  prctl (PR_SET_DUMPABLE, 0);
#endif
}

static gboolean
on_interrupt (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

/* A full disk: what was printed is not whole. Returns: the exit status, @status if that is worse */
static int
answer_lost (int status)
{
  g_printerr ("%s\n", _ ("La réponse n’a pas pu être écrite en entier. Libérez de la place sur le "
                         "disque, puis recommencez."));
  return status != 0 ? status : dmp_error_exit_status (DMP_ERROR_INTERNAL);
}

static int
run_command (const DmpCliCommand *command, int argc, char **argv)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  DmpCli cli = { .pin_fd = -1, .cancellable = cancellable };
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  guint watches[G_N_ELEMENTS (signals)];
  int status;

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    watches[i] = g_unix_signal_add (signals[i], on_interrupt, cancellable);
  status = command->run (&cli, argc, argv);
  dmp_cli_end_offline (&cli);
  if (fflush (stdout) != 0 || ferror (stdout))
    status = answer_lost (status);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (watches[i]);
  if (cli.session != NULL)
    dmp_session_stop (cli.session);
  g_clear_object (&cli.session);
  g_clear_pointer (&cli.config, dmp_config_unref);
  g_free (cli.config_path);
  g_free (cli.patient_path);
  g_free (cli.place);
  g_free (cli.kept_set);
  g_free (cli.reason);
  g_free (cli.mode_name);

  return status;
}

/* dmp COMMAND …: each job is one sub-command. */
int
main (int argc, char **argv)
{
  dmp_card_prepare_process ();
  dmp_locale_start ();
  g_set_prgname ("dmp");
  g_log_writer_default_set_use_stderr (TRUE); /* standard output is for the answer alone */
  harden ();

  if (argc >= 2)
    for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
      if (g_str_equal (argv[1], commands[i]->name))
        return run_command (commands[i], argc - 1, argv + 1);

  if (argc == 2 && g_str_equal (argv[1], "--version"))
    {
      g_print ("%s\n", PACKAGE_STRING);
      return 0;
    }
  if (argc == 2 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "help")))
    {
      print_help ();
      return 0;
    }
  if (argc >= 2)
    g_printerr (_ ("Commande inconnue : « %s »\n\n"), argv[1]);
  print_help ();
  return dmp_error_exit_status (DMP_ERROR_USAGE);
}
