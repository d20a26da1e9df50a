#include "config.h"

#include "cda/dmp-file-check.h"
#include "dmp-cli-input.h"
#include "model/dmp-code-table.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *type, *title, *date, *replaces;
  gboolean hide_professionals, hide_patient, hide_representatives, dry_run;
} Options;

static gboolean
usage (GError **error, const char *sentence)
{
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE, sentence);
  return FALSE;
}

static char *
title_for (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_strdelimit (g_steal_pointer (&name), "_", ' ');
}

static gboolean
fill_from_options (DmpSubmissionDraft *draft,
                   const Options *options,
                   const char *path,
                   GError **error)
{
  const char *type = options->type;

  draft->title = options->title != NULL ? g_strdup (options->title) : title_for (path);
  draft->replaces = g_strdup (options->replaces);
  if (type == NULL)
    return usage (
        error,
        _ ("Il faut le type du document : --type CODE (par exemple 11488-4, compte rendu)."));
  draft->type_code = dmp_code_table_dup_code (DMP_TABLE_TYPE, type, NULL);
  if (draft->type_code == NULL)
    return usage (error, _ ("Ce type de document n’est pas dans la table des types."));
  if (options->date != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (options->date, "-", -1);

      draft->date = g_strjoinv ("", parts);
    }
  else
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      draft->date = g_date_time_format (now, "%Y%m%d");
    }
  if (strlen (draft->date) < 8 || !dmp_date_check (draft->date))
    return usage (error, _ ("La date de l’acte n’est pas lisible : --date AAAA-MM-JJ."));
  return TRUE;
}

static DmpSubmissionDraft *
new_draft (const Options *options, const char *path, GError **error)
{
  g_autoptr (DmpSubmissionDraft) draft = dmp_submission_draft_new ();
  const char *mime;

  draft->bytes = dmp_file_read (path, error);
  if (draft->bytes == NULL)
    return NULL;
  draft->file_name = g_path_get_basename (path);
  mime = dmp_file_guess_mime (draft->bytes);
  draft->mime = g_strdup (mime != NULL ? mime : "application/octet-stream");
  draft->visibility =
      (options->hide_professionals ? DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS : 0) |
      (options->hide_patient ? DMP_VISIBILITY_HIDDEN_FROM_PATIENT : 0) |
      (options->hide_representatives ? DMP_VISIBILITY_HIDDEN_FROM_REPRESENTATIVES : 0);
  if (g_str_equal (draft->mime, "text/xml")) /* a CDA says all of it in its own header */
    {
      g_autoptr (DmpCdaDocument) document = dmp_cda_document_parse (draft->bytes, error);

      if (document == NULL)
        return NULL;
    }
  else if (!dmp_file_check (draft->bytes, draft->mime, error) ||
           !fill_from_options (draft, options, path, error))
    return NULL;
  draft->replaces = draft->replaces != NULL ? draft->replaces : g_strdup (options->replaces);

  return g_steal_pointer (&draft);
}

static GPtrArray *
new_drafts (const Options *options, int count, char **paths, GError **error)
{
  g_autoptr (GPtrArray) drafts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_submission_draft_free);

  if (count > 1 && (options->title != NULL || options->replaces != NULL))
    return usage (error, _ ("--title et --replace ne valent que pour un seul fichier.")), NULL;
  for (int i = 0; i < count; i++)
    {
      DmpSubmissionDraft *draft = new_draft (options, paths[i], error);

      if (draft == NULL)
        return NULL;
      g_ptr_array_add (drafts, draft);
    }
  return g_steal_pointer (&drafts);
}

/* Files may be slow or pipes: Ctrl-C is heard meanwhile. */
static GPtrArray *
read_drafts (DmpCli *cli, const Options *options, int count, char **paths, GError **error)
{
  GPtrArray *drafts;

  dmp_cli_begin_offline (cli);
  drafts = new_drafts (options, count, paths, error);
  dmp_cli_end_offline (cli);
  return drafts;
}

/* @receipt: (nullable): nothing was sent */
static int
print_receipt (DmpCli *cli, const DmpSubmissionReceipt *receipt, GPtrArray *drafts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dmp_cli_add_string (builder, "submission_set", receipt != NULL ? receipt->submission_set : NULL);
  json_builder_set_member_name (builder, "documents");
  json_builder_begin_array (builder);
  for (guint i = 0; i < drafts->len; i++)
    {
      static const DmpSubmittedDocument not_sent = { 0 };
      const DmpSubmittedDocument *document =
          receipt != NULL ? g_ptr_array_index (receipt->documents, i) : &not_sent;
      const DmpSubmissionDraft *draft = g_ptr_array_index (drafts, i);

      json_builder_begin_object (builder);
      dmp_cli_add_string (builder, "file", draft->file_name);
      dmp_cli_add_string (builder, "unique_id", document->unique_id);
      dmp_cli_add_string (builder, "hash", document->hash);
      json_builder_end_object (builder);
      if (!cli->json)
        g_print (_ ("Envoyé : %s  [%s]\n"), draft->file_name, document->unique_id);
    }
  json_builder_end_array (builder);
  dmp_cli_add_string (builder, "signature", receipt != NULL ? receipt->signature : NULL);
  dmp_cli_add_string (builder, "state", receipt != NULL ? "acknowledged" : "checked");
  json_builder_end_object (builder);
  return cli->json ? dmp_cli_print_json (json_builder_get_root (builder)) : 0;
}

static int
send_files (DmpCli *cli, const Options *options, int count, char **paths, GError **error)
{
  g_autoptr (GPtrArray) drafts = read_drafts (cli, options, count, paths, error);
  g_autoptr (DmpRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DmpSubmissionReceipt) receipt = NULL;

  if (drafts == NULL)
    return -1;
  if (options->dry_run)
    {
      if (cli->json)
        return print_receipt (cli, NULL, drafts);
      g_print (_ ("Rien n’a été envoyé : les fichiers peuvent l’être.\n"));
      return 0;
    }
  record = dmp_cli_open_record (cli, error);
  if (record == NULL)
    return -1;
  dmp_session_send_async (cli->session, record, drafts, cli->cancellable, dmp_cli_keep_result,
                          &result);
  dmp_cli_wait (&result);
  receipt = dmp_session_send_finish (cli->session, result, error);
  return receipt != NULL ? print_receipt (cli, receipt, drafts) : -1;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "type", 0, 0, G_OPTION_ARG_STRING, &options.type, N_ ("Type du document (table des types)"),
      "CODE" },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options.title, N_ ("Titre"), N_ ("TEXTE") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options.date, N_ ("Date de l’acte"), N_ ("AAAA-MM-JJ") },
    { "hide-from-professionals", 0, 0, G_OPTION_ARG_NONE, &options.hide_professionals,
      N_ ("Masqué aux autres professionnels"), NULL },
    { "hide-from-patient", 0, 0, G_OPTION_ARG_NONE, &options.hide_patient,
      N_ ("Non visible du patient jusqu’à la consultation d’annonce"), NULL },
    { "hide-from-representatives", 0, 0, G_OPTION_ARG_NONE, &options.hide_representatives,
      N_ ("Non visible des représentants légaux"), NULL },
    { "replace", 0, 0, G_OPTION_ARG_STRING, &options.replaces, N_ ("Remplace ce document"),
      "UNIQUE_ID" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Vérifier sans envoyer"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;
  int status = -1;

  if (dmp_cli_parse (cli, &dmp_cli_send, entries, 1, -1, &argc, &argv, &error))
    status = send_files (cli, &options, argc - 1, argv + 1, &error);
  g_free (options.type);
  g_free (options.title);
  g_free (options.date);
  g_free (options.replaces);

  return status < 0 ? dmp_cli_fail (cli, error) : status;
}

const DmpCliCommand dmp_cli_send = { "send", N_ ("FICHIER…"),
                                     N_ ("déposer des documents dans le dossier"), run };
