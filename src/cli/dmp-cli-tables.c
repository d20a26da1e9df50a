#include "config.h"

#include "dmp-cli.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"
#include "summary/dmp-summary.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* --- list ------------------------------------------------------------------------------------ */

static void
add_table (JsonBuilder *builder, const DmpSummaryTable *table)
{
  json_builder_begin_object (builder);
  dmp_json_add_string (builder, "name", table->name);
  dmp_json_add_string (builder, "title", table->title);
  dmp_json_add_string (builder, "source", table->source);
  dmp_json_add_string (builder, "version", table->version);
  dmp_json_add_bool (builder, "imported", table->imported);
  json_builder_end_object (builder);
}

static int
print_json (const GPtrArray *tables, const char *folder, const char *checks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dmp_json_begin_array (builder, "tables");
  for (guint i = 0; i < tables->len; i++)
    add_table (builder, g_ptr_array_index (tables, i));
  json_builder_end_array (builder);
  dmp_json_add_string (builder, "folder", folder);
  dmp_json_add_string (builder, "checks", checks);
  json_builder_end_object (builder);
  return dmp_cli_print_json (json_builder_get_root (builder));
}

static int
list_tables (DmpCli *cli, GError **error)
{
  GError *cause = NULL;
  g_autoptr (DmpBdpm) bdpm = dmp_bdpm_open (NULL, &cause);
  g_autoptr (GPtrArray) tables = NULL;
  g_autofree char *folder = dmp_bdpm_dup_folder ();
  g_autofree char *checks = dmp_checks_dup_sentence (dmp_config_get_checks (cli->config));

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return -1;
    }
  tables = dmp_summary_list_tables (bdpm);
  if (cli->json)
    return print_json (tables, folder, checks);
  for (guint i = 0; i < tables->len; i++)
    {
      const DmpSummaryTable *table = g_ptr_array_index (tables, i);

      g_print ("%-10s  %s\n            %s\n", table->version, table->title, table->source);
    }
  if (bdpm != NULL)
    g_print (_ ("%u médicaments et %u boîtes importés dans %s\n"), dmp_bdpm_count_medicines (bdpm),
             dmp_bdpm_count_packs (bdpm), folder);
  else
    g_print ("%s\n",
             _ ("La base publique des médicaments n’est pas importée (dmp tables import)."));
  g_print ("%s\n", checks);
  return 0;
}

/* --- import, remove -------------------------------------------------------------------------- */

/* The day that the main file was written, when none is given. */
static char *
dup_day_of (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "CIS_bdpm.txt", NULL);
  g_autoptr (GDateTime) time = NULL;
  GStatBuf info;

  if (g_stat (path, &info) == 0)
    time = g_date_time_new_from_unix_utc (info.st_mtime);
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("1970-01-01");
}

static int
import_tables (DmpCli *cli, const char *from, const char *date, GError **error)
{
  g_autofree char *version = date != NULL ? g_strdup (date) : dup_day_of (from);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  DmpBdpmCounts counts;

  if (!dmp_bdpm_import (from, NULL, version, &counts, error))
    return -1;
  if (!cli->json)
    {
      g_print (_ ("Base du %s : %u médicaments, %u boîtes, %u substances ; %u ligne(s) laissée(s) "
                  "de côté.\n"),
               version, counts.medicines, counts.packs, counts.substances, counts.skipped);
      return 0;
    }
  json_builder_begin_object (builder);
  dmp_json_add_string (builder, "version", version);
  dmp_json_add_int (builder, "medicines", counts.medicines);
  dmp_json_add_int (builder, "packs", counts.packs);
  dmp_json_add_int (builder, "substances", counts.substances);
  dmp_json_add_int (builder, "skipped", counts.skipped);
  json_builder_end_object (builder);
  return dmp_cli_print_json (json_builder_get_root (builder));
}

static int
remove_tables (DmpCli *cli)
{
  gboolean any = dmp_bdpm_remove (NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print ("%s\n",
               any ? _ ("La base importée est ôtée.") : _ ("Aucune base n’était importée."));
      return 0;
    }
  json_builder_begin_object (builder);
  dmp_json_add_bool (builder, "removed", any);
  json_builder_end_object (builder);
  return dmp_cli_print_json (json_builder_get_root (builder));
}

static int
answer (DmpCli *cli, char **words, int n, const char *date, GError **error)
{
  const char *verb = n > 0 ? words[0] : "list";

  if (strcmp (verb, "list") == 0 && n <= 1 && date == NULL)
    return list_tables (cli, error);
  if (strcmp (verb, "import") == 0 && n == 2)
    return import_tables (cli, words[1], date, error);
  if (strcmp (verb, "remove") == 0 && n == 1 && date == NULL)
    return remove_tables (cli);
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                       _ ("Usage : dmp tables [list], dmp tables import DOSSIER [--date "
                          "AAAA-MM-JJ], dmp tables remove."));
  return -1;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_autofree char *date = NULL;
  const GOptionEntry entries[] = {
    { "date", 0, 0, G_OPTION_ARG_STRING, &date,
      N_ ("Avec import : le jour de la base ; sans elle, celui du fichier"), N_ ("AAAA-MM-JJ") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;
  int status;

  if (!dmp_cli_parse (cli, &dmp_cli_tables, entries, 0, 2, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);
  dmp_cli_begin_offline (cli);
  status = answer (cli, argv + 1, argc - 1, date, &error);
  return status < 0 ? dmp_cli_fail (cli, error) : status;
}

const DmpCliCommand dmp_cli_tables = { "tables", N_ ("[list|import DOSSIER|remove]"),
                                       N_ ("les tables du résumé : lesquelles, de quand"), run };
