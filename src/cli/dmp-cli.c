#include "config.h"

#include "dmp-cli.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"
#include "pkcs11/dmp-card-error.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

static GOptionContext *
new_context (DmpCli *cli, const DmpCliCommand *command, const GOptionEntry *entries)
{
  GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Répondre par un document JSON"), NULL },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &cli->config_path, N_ ("Fichier de réglages"),
      N_ ("FICHIER") },
    { "patient", 0, 0, G_OPTION_ARG_FILENAME, &cli->patient_path,
      N_ ("Identité du patient en JSON ; « - » : entrée standard"), N_ ("FICHIER") },
    { "vitale", 0, 0, G_OPTION_ARG_INT, &cli->vitale,
      N_ ("Bénéficiaire numéro N de la carte Vitale"), "N" },
    { "pin-fd", 0, 0, G_OPTION_ARG_INT, &cli->pin_fd,
      N_ ("Lire le code porteur sur ce descripteur"), "N" },
    { "place", 0, 0, G_OPTION_ARG_STRING, &cli->place,
      N_ ("Situation d’exercice : identifiant de la structure"), "ID" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &cli->mode_name,
      N_ ("Mode d’accès : normal, bris_de_glace, centre_15"), "MODE" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &cli->reason, N_ ("Motif d’un accès en urgence"),
      N_ ("TEXTE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autofree char *words = g_strconcat (command->name, " ", command->arguments, NULL);
  GOptionContext *context = g_option_context_new (words);

  g_option_context_set_summary (context, _ (command->blurb));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return context;
}

static gboolean
usage_error (GError **error, const DmpCliCommand *command, const char *why)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE, _ ("%s Voir « dmp %s --help »."), why,
               command->name);
  return FALSE;
}

static gboolean
read_mode (DmpCli *cli, const DmpCliCommand *command, GError **error)
{
  static const char *const names[] = { "normal", "bris_de_glace", "centre_15" };

  cli->mode = DMP_ACCESS_NORMAL;
  if (cli->mode_name == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (cli->mode_name, names[i]))
      {
        cli->mode = (DmpAccessMode) i;
        if (cli->mode == DMP_ACCESS_BREAK_GLASS && (cli->reason == NULL || *cli->reason == '\0'))
          return usage_error (error, command, _ ("Le bris de glace demande un motif (--reason)."));
        return TRUE;
      }
  return usage_error (error, command, _ ("Mode d’accès inconnu."));
}

gboolean
dmp_cli_parse (DmpCli *cli,
               const DmpCliCommand *command,
               const GOptionEntry *entries,
               int min,
               int max,
               int *argc,
               char ***argv,
               GError **error)
{
  g_autoptr (GOptionContext) context = new_context (cli, command, entries);
  g_autoptr (GError) cause = NULL;
  g_autofree char *why = NULL;
  gboolean json = g_strv_contains ((const char *const *) *argv, "--json");
  int words;

  if (!g_option_context_parse (context, argc, argv, &cause))
    {
      cli->json = json; /* who wants JSON wants it for this error too */
      why = g_strdup_printf (_ ("Les options ne sont pas comprises (%s)."), cause->message);
      return usage_error (error, command, why);
    }
  words = *argc - 1;
  if (words < min || (max >= 0 && words > max))
    return usage_error (error, command,
                        words < min ? _ ("Il manque un argument.")
                                    : _ ("Il y a un argument de trop."));
  if (!read_mode (cli, command, error))
    return FALSE;

  cli->config = dmp_config_load (cli->config_path, g_getenv ("DMP_POLICY"), error);
  return cli->config != NULL;
}

static const char *
error_name (const GError *error, int *status)
{
  if (error->domain == DMP_ERROR)
    {
      *status = dmp_error_exit_status ((DmpErrorCode) error->code);
      return dmp_error_name ((DmpErrorCode) error->code);
    }
  if (error->domain == DMP_CARD_ERROR)
    {
      *status = dmp_card_error_exit_status ((DmpCardErrorCode) error->code);
      return dmp_card_error_name ((DmpCardErrorCode) error->code);
    }
  *status = 20;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled" : "internal";
}

/* A job that was stopped says "cancelled", some layers in the words of GLib; the person wants to
 * know why. */
static GError *
explain (DmpCli *cli, GError *error)
{
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                     g_error_matches (error, DMP_ERROR, DMP_ERROR_CANCELLED) ||
                     g_error_matches (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT) ||
                     g_error_matches (error, DMP_CARD_ERROR, DMP_CARD_ERROR_CANCELLED);

  if (!stopped || (!cli->card_removed && error->domain != G_IO_ERROR))
    return error;
  g_error_free (error);
  if (!cli->card_removed)
    return g_error_new_literal (DMP_ERROR, DMP_ERROR_CANCELLED,
                                _ ("Opération interrompue à votre demande."));
  return g_error_new_literal (
      DMP_CARD_ERROR, DMP_CARD_ERROR_REMOVED,
      _ ("Session terminée : carte retirée. Rien de lisible n’est gardé sur ce poste. "
         "Insérez votre carte pour recommencer."));
}

int
dmp_cli_fail (DmpCli *cli, GError *error)
{
  g_autoptr (GError) owned = explain (cli, error);
  int status;
  const char *name = error_name (owned, &status);

  g_printerr ("%s\n", owned->message);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      dmp_json_begin_object (builder, "error");
      dmp_json_add_string (builder, "code", name);
      dmp_json_add_string (builder, "host_code", dmp_error_get_host_code (owned));
      dmp_json_add_string (builder, "message", owned->message);
      dmp_json_add_int (builder, "exit", status);
      if (cli->kept != 0)
        {
          dmp_json_add_int (builder, "outbox", cli->kept);
          dmp_json_add_string (builder, "submission_set", cli->kept_set);
        }
      json_builder_end_object (builder);
      json_builder_end_object (builder);
      dmp_cli_print_json (json_builder_get_root (builder));
    }
  return status;
}

int
dmp_cli_print_json (JsonNode *root)
{
  g_autoptr (JsonNode) owned = root;
  g_autofree char *text = json_to_string (owned, TRUE);

  g_print ("%s\n", text);
  return 0;
}

void
dmp_cli_keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GAsyncResult *
dmp_cli_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

void
dmp_cli_progress (const char *what, guint done, guint total)
{
  if (!isatty (STDERR_FILENO))
    return;
  if (total == 0)
    fputs ("\r\033[K", stderr);
  else
    fprintf (stderr, "\r\033[K%s %u/%u", what, done, total);
  fflush (stderr);
}
