#include "config.h"

#include "cda/dmp-cda-document.h"
#include "cda/dmp-cda-facts.h"
#include "dmp-cli.h"
#include "model/dmp-error.h"

#include <glib/gi18n.h>

static DmpCdaDocument *
read_document (const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, &cause))
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE,
                   _ ("Le fichier « %s » ne peut pas être lu (%s)."), path, cause->message);
      return NULL;
    }
  bytes = g_bytes_new_take (data, size);
  return dmp_cda_document_parse (bytes, error);
}

static int
show (DmpCdaDocument *document)
{
  g_autofree char *text = dmp_cda_document_dup_text (document);

  g_print ("%s\n\n%s\n", dmp_cda_document_get_title (document), text);
  return 0;
}

static void
add_fact (JsonBuilder *builder, const DmpFact *fact)
{
  json_builder_begin_object (builder);
  dmp_cli_add_string (builder, "kind", dmp_fact_kind_get_name (fact->kind));
  dmp_cli_add_string (builder, "trust", dmp_trust_get_name (fact->trust));
  dmp_cli_add_string (builder, "text", fact->text);
  dmp_cli_add_string (builder, "place", fact->place);
  dmp_cli_add_string (builder, "date", fact->date);
  json_builder_set_member_name (builder, "keys");
  json_builder_begin_array (builder);
  for (guint i = 0; fact->keys != NULL && i < fact->keys->len; i++)
    {
      DmpCode *key = g_ptr_array_index (fact->keys, i);

      json_builder_begin_object (builder);
      dmp_cli_add_string (builder, "system", dmp_code_get_system (key));
      dmp_cli_add_string (builder, "code", dmp_code_get_code (key));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (fact->value != NULL)
    {
      json_builder_set_member_name (builder, "value");
      json_builder_begin_object (builder);
      dmp_cli_add_string (builder, "number", fact->value->number);
      dmp_cli_add_string (builder, "unit", fact->value->unit);
      dmp_cli_add_string (builder, "flag", fact->value->flag);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static int
facts (DmpCli *cli, DmpCdaDocument *document)
{
  GPtrArray *found = dmp_cda_document_get_facts (document);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dmp_cli_add_string (builder, "document", dmp_cda_document_get_unique_id (document));
  json_builder_set_member_name (builder, "facts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < found->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (found, i);

      add_fact (builder, fact);
      if (!cli->json)
        g_print ("%-12s %s\n", dmp_fact_kind_get_name (fact->kind),
                 fact->text != NULL ? fact->text : "–");
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return cli->json ? dmp_cli_print_json (json_builder_get_root (builder)) : 0;
}

static int
check (const char *path, DmpCdaDocument *document)
{
  g_print (_ ("%s : lisible, « %s ».\n"), path, dmp_cda_document_get_title (document));
  return 0;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_cda, NULL, 2, -1, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);
  for (int i = 2; i < argc; i++)
    {
      g_autoptr (DmpCdaDocument) document = read_document (argv[i], &error);

      if (document == NULL)
        return dmp_cli_fail (cli, error);
      if (g_str_equal (argv[1], "show"))
        show (document);
      else if (g_str_equal (argv[1], "facts"))
        facts (cli, document);
      else if (g_str_equal (argv[1], "check"))
        check (argv[i], document);
      else
        return dmp_cli_fail (cli,
                             g_error_new_literal (DMP_ERROR, DMP_ERROR_USAGE,
                                                  _ ("Usage : dmp cda show, facts ou check.")));
    }
  return 0;
}

const DmpCliCommand dmp_cli_cda = { "cda", "show|facts|check FICHIER…",
                                    N_ ("un document en clair, hors ligne"), run };
