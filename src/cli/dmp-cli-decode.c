#include "config.h"

#include "dmp-cli.h"
#include "dmp-decode.h"
#include "model/dmp-error.h"

#include <glib/gi18n.h>

/* One file: its explanation, or NULL with the error. */
static JsonNode *
decode_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  JsonNode *decoded = bytes != NULL ? dmp_decode_message (bytes, error) : NULL;

  if (bytes == NULL)
    g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE, _ ("Le fichier « %s » ne peut pas être lu."),
                 path);
  else if (decoded == NULL)
    g_prefix_error (error, "%s: ", path);
  return decoded;
}

static gboolean
decode_files (DmpCli *cli, char **paths, GError **error)
{
  gboolean several = paths[1] != NULL;
  g_autoptr (JsonArray) all = json_array_new ();

  dmp_cli_begin_offline (cli);
  for (; *paths != NULL; paths++)
    {
      JsonNode *decoded = decode_file (*paths, error);
      g_autofree char *text = NULL;

      if (decoded == NULL)
        return FALSE;
      if (several || cli->json)
        json_object_set_string_member (json_node_get_object (decoded), "file", *paths);
      if (!cli->json)
        {
          text = dmp_decode_dup_text (decoded);
          g_print ("%s%s", text, several ? "\n" : "");
        }
      json_array_add_element (all, decoded);
    }
  if (!cli->json)
    return TRUE;

  if (several)
    {
      JsonNode *root = json_node_new (JSON_NODE_ARRAY);

      json_node_set_array (root, all);
      dmp_cli_print_json (root);
    }
  else
    dmp_cli_print_json (json_node_copy (json_array_get_element (all, 0)));

  return TRUE;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_decode, NULL, 1, -1, &argc, &argv, &error) ||
      !decode_files (cli, argv + 1, &error))
    return dmp_cli_fail (cli, error);

  return 0;
}

const DmpCliCommand dmp_cli_decode = { "decode", N_ ("FICHIER…"),
                                       N_ ("explique un message enregistré"), run };
