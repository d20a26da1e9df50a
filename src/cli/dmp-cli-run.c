#include "config.h"

#include "dmp-cli-run.h"

#include "model/dmp-error.h"
#include "model/dmp-locale.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>

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

void
dmp_cli_prepare_process (void)
{
  harden ();
  dmp_locale_start ();
  g_set_prgname ("dmp");
  g_log_writer_default_set_use_stderr (TRUE); /* standard output is for the answer alone */
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

int
dmp_cli_run (const DmpCliCommand *command, int argc, char **argv)
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
  if (cli.leave != NULL)
    cli.leave (&cli);
  g_clear_pointer (&cli.config, dmp_config_unref);
  g_free (cli.config_path);
  g_free (cli.patient_path);
  g_free (cli.place);
  g_free (cli.kept_set);
  g_free (cli.reason);
  g_free (cli.mode_name);

  return status;
}
