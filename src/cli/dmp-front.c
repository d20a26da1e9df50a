/* dmp: the summary of a folder, which needs neither card nor network, is made here, without the
 * libraries of those two and of paper: binding them takes a fifth of its time. Whatever else is
 * asked for is caducee-dmp's, which takes this process over, with its arguments and descriptors. */
#include "config.h"

#include "dmp-cli-run.h"
#include "dmp-cli-summary.h"

#include "model/dmp-error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define ALL "caducee-dmp"

/* Beside this program where it was built, else where it was installed. */
static char *
dup_path (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, ALL, NULL) : NULL;

  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_strdup (PKGLIBEXECDIR "/" ALL);
}

/* Returns only when it could not. */
static int
hand_over (char **argv)
{
  g_autofree char *path = dup_path ();

  execv (path, argv);
  g_printerr (_ ("Le programme « %s » ne peut pas être lancé (%s). Réinstallez le logiciel.\n"),
              path, g_strerror (errno));
  return dmp_error_exit_status (DMP_ERROR_INTERNAL);
}

static int summarise (DmpCli *cli, int argc, char **argv);

static const DmpCliCommand summary = { "summary", "", N_ ("le résumé du dossier sur un écran"),
                                       summarise };

static int
summarise (DmpCli *cli, int argc, char **argv)
{
  return dmp_cli_summary_run (cli, &summary, NULL, argc, argv);
}

/* Whether it looks so: the options are read later. */
static gboolean
is_ours (int argc, char **argv)
{
  gboolean from = FALSE;

  if (argc < 2 || strcmp (argv[1], "summary") != 0)
    return FALSE;
  for (int i = 2; i < argc; i++)
    {
      from = from || g_str_has_prefix (argv[i], "--from");
      if (strcmp (argv[i], "--pdf") == 0)
        return FALSE;
    }
  return from;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) given = g_strdupv (argv); /* reading them takes them out */
  int status = -1;

  dmp_cli_prepare_process ();
  if (is_ours (argc, argv))
    status = dmp_cli_run (&summary, argc - 1, argv + 1);
  return status >= 0 ? status : hand_over (given);
}
