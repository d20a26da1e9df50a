#include "config.h"

#include "dmp-cli.h"
#include "model/dmp-error.h"

#include <glib-unix.h>
#include <stdio.h>
#include <unistd.h>

/* The main thread may be anywhere, even in the middle of printing: nothing of its is waited for. */
static gboolean
on_interrupt (gpointer data)
{
  DmpCli *cli = data;
  GError *error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "interrupted");
  int status;

  if (ftrylockfile (stdout) != 0)
    cli->json = FALSE;
  status = dmp_cli_fail (cli, error);
  if (cli->json)
    fflush (stdout);
  _exit (status);
}

static gpointer
wait_for_interrupt (gpointer loop)
{
  g_main_loop_run (loop);
  return NULL;
}

void
dmp_cli_begin_offline (DmpCli *cli)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  g_autoptr (GMainContext) context = g_main_context_new ();

  if (g_cancellable_is_cancelled (cli->cancellable))
    on_interrupt (cli);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GSource) source = g_unix_signal_source_new (signals[i]);

      g_source_set_callback (source, on_interrupt, cli, NULL);
      g_source_attach (source, context);
    }
  cli->stopper_loop = g_main_loop_new (context, FALSE);
  cli->stopper = g_thread_new ("stopper", wait_for_interrupt, cli->stopper_loop);
}

void
dmp_cli_end_offline (DmpCli *cli)
{
  if (cli->stopper == NULL)
    return;
  while (!g_main_loop_is_running (cli->stopper_loop))
    g_thread_yield (); /* one that has not begun would not hear that it is to end */
  g_main_loop_quit (cli->stopper_loop);
  g_thread_join (g_steal_pointer (&cli->stopper));
  g_clear_pointer (&cli->stopper_loop, g_main_loop_unref);
}
