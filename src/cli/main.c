#include "config.h"

#include "dmp-cli-run.h"

#include "model/dmp-error.h"
#include "pkcs11/dmp-card.h"

#include <glib/gi18n.h>

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

/* dmp COMMAND …: each job is one sub-command. The program of that name (dmp-front.c) hands over to
 * this one whatever it does not do itself. */
int
main (int argc, char **argv)
{
  dmp_cli_prepare_process ();
  dmp_card_prepare_process ();

  if (argc >= 2)
    for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
      if (g_str_equal (argv[1], commands[i]->name))
        return dmp_cli_run (commands[i], argc - 1, argv + 1);

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
