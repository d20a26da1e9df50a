#include "config.h"

#include "cda/dmp-file-check.h"
#include "dmp-cli-held.h"
#include "dmp-cli-input.h"
#include "files/dmp-file-report.h"
#include "model/dmp-code-table.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"
#include "session/dmp-draft-check.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *type, *title, *date, *replaces;
  char **accept;
  gboolean hide_professionals, hide_patient, hide_representatives, dry_run, prefill;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->type);
  g_free (self->title);
  g_free (self->date);
  g_free (self->replaces);
  g_strfreev (self->accept);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

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
    draft->date = dmp_date_dup_today ();
  if (strlen (draft->date) < 8 || !dmp_date_check (draft->date))
    return usage (error, _ ("La date de l’acte n’est pas lisible : --date AAAA-MM-JJ."));
  return TRUE;
}

/* What the file's own words say, where the person said nothing and asked for it. */
static void
fill_from_words (Options *own, const DmpFileReport *report)
{
  const DmpFileSuggestions *found = report->suggestions;

  if (!own->prefill)
    return;
  if (own->type == NULL && found->type != NULL)
    own->type = g_strdup (dmp_code_get_code (found->type));
  if (own->title == NULL)
    own->title = g_strdup (found->title);
  if (own->date == NULL)
    own->date = g_strdup (found->date);
  g_printerr (_ ("Lu dans le fichier : type %s, titre « %s », date %s\n"),
              own->type != NULL ? own->type : "–", own->title != NULL ? own->title : "–",
              own->date != NULL ? own->date : _ ("non trouvée, celle d’aujourd’hui est prise"));
}

/* Repairs what can be repaired without a person, saying so. Returns: (transfer full) */
static DmpFileReport *
examine (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *today = dmp_date_dup_today ();
  const DmpFileContext context = { .today = today };
  g_autoptr (DmpFileReport) report = dmp_file_examine (bytes, &context, NULL, error);
  DmpRepair repair = report != NULL ? dmp_findings_get_repair (report->findings) : DMP_REPAIR_NONE;
  g_autoptr (GBytes) made = NULL;

  if (report == NULL || repair == DMP_REPAIR_NONE)
    return g_steal_pointer (&report);
  made = dmp_file_repair (bytes, report->mime, repair, NULL, error);
  if (made == NULL)
    return NULL;
  g_printerr (_ ("%s : converti avant l’envoi (%s)\n"), path, dmp_repair_name (repair));
  return dmp_file_examine (made, &context, NULL, error);
}

static gboolean
check_obstacle (const DmpFileReport *report, const Options *options, GError **error)
{
  const char *const *accepted = (const char *const *) options->accept;
  const DmpFinding *obstacle = dmp_findings_find_obstacle (report->findings, accepted);

  if (obstacle == NULL)
    return TRUE;
  g_set_error_literal (error, DMP_ERROR,
                       strcmp (obstacle->code, "other-patient") == 0 ? DMP_ERROR_WRONG_PATIENT
                                                                     : DMP_ERROR_INVALID_DOCUMENT,
                       obstacle->message);
  return FALSE;
}

static DmpSubmissionDraft *
new_draft (const Options *options, const char *path, DmpFileReport *report, GError **error)
{
  g_autoptr (DmpSubmissionDraft) draft = dmp_submission_draft_new ();
  g_autofree char *today = dmp_date_dup_today ();
  g_auto (Options) own = { .type = g_strdup (options->type),
                           .title = g_strdup (options->title),
                           .date = g_strdup (options->date),
                           .prefill = options->prefill };

  draft->bytes = g_bytes_ref (report->bytes);
  draft->file_name = g_path_get_basename (path);
  draft->mime = g_strdup (report->mime);
  draft->visibility =
      (options->hide_professionals ? DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS : 0) |
      (options->hide_patient ? DMP_VISIBILITY_HIDDEN_FROM_PATIENT : 0) |
      (options->hide_representatives ? DMP_VISIBILITY_HIDDEN_FROM_REPRESENTATIVES : 0);
  draft->replaces = g_strdup (options->replaces);
  if (report->document == NULL) /* a CDA says all of it in its own header */
    {
      fill_from_words (&own, report);
      if (!fill_from_options (draft, &own, path, error))
        return NULL;
    }
  return dmp_draft_is_ready (draft, today, error) ? g_steal_pointer (&draft) : NULL;
}

/* @files: (element-type DmpCliFile): filled, one a draft */
static GPtrArray *
new_drafts (const Options *options, int count, char **paths, GPtrArray *files, GError **error)
{
  g_autoptr (GPtrArray) drafts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_submission_draft_free);

  if (count > 1 && (options->title != NULL || options->replaces != NULL))
    return usage (error, _ ("--title et --replace ne valent que pour un seul fichier.")), NULL;
  for (int i = 0; i < count; i++)
    {
      g_autoptr (GBytes) bytes = dmp_file_read (paths[i], error);
      DmpFileReport *report = bytes != NULL ? examine (paths[i], bytes, error) : NULL;
      DmpSubmissionDraft *draft;

      if (report == NULL)
        return NULL;
      g_ptr_array_add (files, dmp_cli_file_new (report, g_steal_pointer (&bytes)));
      draft = check_obstacle (report, options, error) ? new_draft (options, paths[i], report, error)
                                                      : NULL;
      if (draft == NULL)
        return NULL;
      g_ptr_array_add (drafts, draft);
    }
  return g_steal_pointer (&drafts);
}

/* Files may be slow or pipes: Ctrl-C is heard meanwhile. */
static GPtrArray *
read_drafts (
    DmpCli *cli, const Options *options, int count, char **paths, GPtrArray *files, GError **error)
{
  GPtrArray *drafts;

  dmp_cli_begin_offline (cli);
  drafts = new_drafts (options, count, paths, files, error);
  dmp_cli_end_offline (cli);
  return drafts;
}

/* @receipt: (nullable): nothing was sent */
static int
print_receipt (DmpCli *cli,
               const DmpSubmissionReceipt *receipt,
               GPtrArray *drafts,
               GPtrArray *files)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dmp_json_add_string (builder, "submission_set", receipt != NULL ? receipt->submission_set : NULL);
  dmp_json_begin_array (builder, "documents");
  for (guint i = 0; i < drafts->len; i++)
    {
      static const DmpSubmittedDocument not_sent = { 0 };
      const DmpSubmittedDocument *document =
          receipt != NULL ? g_ptr_array_index (receipt->documents, i) : &not_sent;
      const DmpSubmissionDraft *draft = g_ptr_array_index (drafts, i);
      const DmpCliFile *file = g_ptr_array_index (files, i);

      json_builder_begin_object (builder);
      dmp_json_add_string (builder, "file", draft->file_name);
      dmp_json_add_string (builder, "unique_id", document->unique_id);
      dmp_json_add_string (builder, "hash", document->hash);
      dmp_json_add_string (builder, "in_record", file->in_record);
      json_builder_end_object (builder);
      if (!cli->json)
        g_print (_ ("Envoyé : %s  [%s]\n"), draft->file_name, document->unique_id);
    }
  json_builder_end_array (builder);
  dmp_json_add_string (builder, "signature", receipt != NULL ? receipt->signature : NULL);
  dmp_json_add_string (builder, "state", receipt != NULL ? "acknowledged" : "checked");
  json_builder_end_object (builder);
  return cli->json ? dmp_cli_print_json (json_builder_get_root (builder)) : 0;
}

/* Who the patient is, is known now, and what the record holds.
 * @record: (nullable): nobody was named */
static gboolean
check_record (
    DmpCli *cli, DmpRecord *record, GPtrArray *files, const Options *options, GError **error)
{
  for (guint i = 0; record != NULL && i < files->len; i++)
    {
      DmpFileReport *report = ((DmpCliFile *) g_ptr_array_index (files, i))->report;

      dmp_file_report_check_patient (report, dmp_record_get_patient (record));
      if (!check_obstacle (report, options, error))
        return FALSE;
    }
  return dmp_cli_check_held (cli, record, files, (const char *const *) options->accept, error);
}

static int
end_dry_run (DmpCli *cli, GPtrArray *drafts, GPtrArray *files)
{
  if (cli->json)
    return print_receipt (cli, NULL, drafts, files);
  g_print (_ ("Rien n’a été envoyé : les fichiers peuvent l’être.\n"));
  return 0;
}

static int
send_files (DmpCli *cli, const Options *options, int count, char **paths, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_cli_file_free);
  g_autoptr (GPtrArray) drafts = read_drafts (cli, options, count, paths, files, error);
  /* A dry run without a patient asks neither card nor host. */
  gboolean open = !options->dry_run || cli->patient_path != NULL || cli->vitale != 0;
  g_autoptr (DmpRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DmpSubmissionReceipt) receipt = NULL;
  const char *submission_set;

  if (drafts == NULL)
    return -1;
  record = open ? dmp_cli_open_record (cli, error) : NULL;
  if ((open && record == NULL) || !check_record (cli, record, files, options, error))
    return -1;
  if (options->dry_run)
    return end_dry_run (cli, drafts, files);
  dmp_session_send_async (cli->session, record, drafts, cli->cancellable, dmp_cli_keep_result,
                          &result);
  dmp_cli_wait (&result);
  receipt = dmp_session_send_finish (cli->session, result, error);
  if (receipt != NULL)
    return print_receipt (cli, receipt, drafts, files);
  cli->kept = dmp_session_send_get_kept (result, &submission_set);
  cli->kept_set = g_strdup (submission_set);
  return -1;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
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
    { "prefill", 0, 0, G_OPTION_ARG_NONE, &options.prefill,
      N_ ("Prendre dans le texte du fichier le type, le titre et la date non donnés"), NULL },
    { "accept", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.accept,
      N_ ("Envoyer malgré cet avertissement (par exemple other-patient)"), "CODE" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Vérifier sans envoyer"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;
  int status = -1;

  if (dmp_cli_parse (cli, &dmp_cli_send, entries, 1, -1, &argc, &argv, &error))
    status = send_files (cli, &options, argc - 1, argv + 1, &error);

  return status < 0 ? dmp_cli_fail (cli, error) : status;
}

const DmpCliCommand dmp_cli_send = { "send", N_ ("FICHIER…"),
                                     N_ ("déposer des documents dans le dossier"), run };
