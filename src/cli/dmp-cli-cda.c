#include "config.h"

#include "dmp-cda-print.h"
#include "dmp-cli-cda-write.h"
#include "dmp-cli-input.h"
#include "dmp-file-print.h"

#include "model/dmp-error.h"

#include <glib/gi18n.h>

/* dmp cda show|facts|check FILE…: one document as text, the facts found in it, its defects; dmp cda
 * write MODEL: a structured document. Offline. */

typedef enum
{
  VERB_SHOW,
  VERB_FACTS,
  VERB_CHECK,
  VERB_WRITE
} Verb;

typedef struct
{
  Verb verb;
  gboolean json;
  JsonArray *all; /* what --json prints */
  DmpCli *cli;
  DmpPatient *patient; /* (nullable): whom check compares with */
  guint defects;
} Job;

static gboolean
read_verb (const char *word, Verb *verb, GError **error)
{
  static const char *const names[] = { "show", "facts", "check", "write" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (word, names[i]))
      {
        *verb = (Verb) i;
        return TRUE;
      }
  g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE,
               _ ("« %s » n’est pas une action : show, facts, check ou write."), word);
  return FALSE;
}

static void
take_json (Job *job, const char *path, JsonNode *node)
{
  json_object_set_string_member (json_node_get_object (node), "file", path);
  json_array_add_element (job->all, node);
}

/* What stands against sending the file, whatever it is. */
static gboolean
check_file (Job *job, const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y%m%d");
  const DmpFileContext context = { .patient = job->patient, .today = today };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DmpFileReport) report = NULL;
  g_autofree char *text = NULL;

  dmp_file_examine_async (bytes, &context, job->cli->cancellable, dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  report = dmp_file_examine_finish (result, error);
  if (report == NULL)
    return FALSE;
  job->defects += dmp_findings_count_defects (report->findings);
  if (job->json)
    {
      take_json (job, path, dmp_file_print_report (report));
      return TRUE;
    }
  text = dmp_file_print_report_text (report, path);
  g_print ("%s", text);
  return TRUE;
}

static void
print_document (Job *job, const char *path, DmpCdaDocument *document)
{
  g_autofree char *text = NULL;

  if (job->json)
    {
      take_json (job, path,
                 job->verb == VERB_SHOW ? dmp_cda_print_show (document)
                                        : dmp_cda_print_facts (document));
      return;
    }
  text =
      job->verb == VERB_SHOW ? dmp_cda_print_text (document) : dmp_cda_print_facts_text (document);
  g_print ("%s", text);
}

static gboolean
do_file (Job *job, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  g_autoptr (DmpCdaDocument) document = NULL;

  if (bytes == NULL)
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE, _ ("Le fichier « %s » ne peut pas être lu."),
                   path);
      return FALSE;
    }
  if (job->verb == VERB_CHECK)
    return check_file (job, path, bytes, error);
  document = dmp_cda_document_parse (bytes, error);
  if (document == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  print_document (job, path, document);
  return TRUE;
}

static void
print_all (Job *job)
{
  JsonNode *root;

  if (json_array_get_length (job->all) == 1)
    root = json_node_copy (json_array_get_element (job->all, 0));
  else
    {
      root = json_node_new (JSON_NODE_ARRAY);
      json_node_set_array (root, job->all);
    }
  dmp_cli_print_json (root);
}

static gboolean
do_files (Job *job, int count, char **paths, GError **error)
{
  if (job->verb == VERB_WRITE && count == 1)
    return dmp_cli_cda_write (paths[0], error);
  if (job->verb == VERB_WRITE)
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE, _ ("Un seul modèle à la fois."));
      return FALSE;
    }
  for (int i = 0; i < count; i++)
    if (!do_file (job, paths[i], error))
      return FALSE;
  return TRUE;
}

/* check compares with the patient of --patient, if there is one. */
static gboolean
read_patient (Job *job, GError **error)
{
  if (job->verb != VERB_CHECK || job->cli->patient_path == NULL)
    return TRUE;
  job->patient = dmp_cli_read_patient (job->cli, error);
  return job->patient != NULL;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_autoptr (JsonArray) all = json_array_new ();
  Job job = { .all = all, .cli = cli };
  gboolean done;
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_cda, NULL, 2, -1, &argc, &argv, &error) ||
      !read_verb (argv[1], &job.verb, &error))
    return dmp_cli_fail (cli, error);
  job.json = cli->json;
  done = read_patient (&job, &error);
  dmp_cli_begin_offline (cli);
  done = done && do_files (&job, argc - 2, argv + 2, &error);
  g_clear_object (&job.patient);
  if (!done)
    return dmp_cli_fail (cli, error);
  if (job.json && job.verb != VERB_WRITE)
    print_all (&job);
  return job.defects > 0 ? dmp_error_exit_status (DMP_ERROR_INVALID_DOCUMENT) : 0;
}

const DmpCliCommand dmp_cli_cda = { "cda", N_ ("show|facts|check|write FICHIER…"),
                                    N_ ("lit un document CDA : texte, données, défauts"), run };
