#include "config.h"

#include "dmp-cli-held.h"
#include "model/dmp-error.h"
#include "session/dmp-draft-check.h"

#include <glib/gi18n.h>

DmpCliFile *
dmp_cli_file_new (DmpFileReport *report, GBytes *original)
{
  DmpCliFile *self = g_new0 (DmpCliFile, 1);

  self->report = report;
  self->original = original;
  self->in_record = "unknown";
  return self;
}

void
dmp_cli_file_free (DmpCliFile *self)
{
  dmp_file_report_free (self->report);
  g_bytes_unref (self->original);
  g_free (self);
}

static gboolean
accepts (const char *const *accepted, const char *code)
{
  return accepted != NULL && g_strv_contains (accepted, code);
}

static gboolean
may_read (DmpCli *cli, DmpRecord *record)
{
  return dmp_record_get_exists (record) && !dmp_record_get_closed (record) &&
         (cli->mode != DMP_ACCESS_NORMAL ||
          dmp_record_get_authorisation (record) == DMP_AUTHORISATION_VALID);
}

/* Says why nothing can be told. Returns: whether to go on */
static gboolean
not_checked (const char *why)
{
  g_printerr (_ ("Déjà dans le dossier ? Pas vérifié : %s\n"), why);
  return TRUE;
}

static gboolean
list (DmpCli *cli, DmpRecord *record, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dmp_session_list_record_async (cli->session, record,
                                 DMP_LIST_APPROVED | DMP_LIST_ARCHIVED | DMP_LIST_DEPRECATED,
                                 cli->cancellable, dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  return dmp_session_list_record_finish (cli->session, result, error);
}

/* Once fetched, the record has it. Returns: FALSE when it could not be */
static gboolean
fetch (DmpCli *cli, DmpRecord *record, DmpDocumentEntry *entry)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;

  dmp_session_fetch_document_async (cli->session, record, entry, cli->cancellable,
                                    dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  bytes = dmp_session_fetch_document_finish (cli->session, result, NULL);
  return bytes != NULL;
}

/* The first finding that was not accepted. */
static gboolean
look (DmpRecord *record, DmpCliFile *file, const char *const *accepted, GError **error)
{
  g_autoptr (GPtrArray) findings = dmp_findings_new ();
  const DmpFinding *found;

  dmp_draft_check_record (findings, record, file->report->bytes, file->original,
                          file->report->text);
  found = findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;
  if (found == NULL)
    return TRUE;
  if (accepts (accepted, found->code))
    {
      file->in_record = "accepted";
      return TRUE;
    }
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
               _ ("%s Rien n’a été envoyé ; pour l’envoyer tout de même : --accept %s."),
               found->message, found->code);
  return FALSE;
}

/* By hash, then inside what could hold it. */
static gboolean
check_one (
    DmpCli *cli, DmpRecord *record, DmpCliFile *file, const char *const *accepted, GError **error)
{
  g_autoptr (GPtrArray) holders = NULL;
  guint left = 0;

  file->in_record = dmp_record_get_list_problem (record) != NULL ? "not-compared" : "no";
  if (!look (record, file, accepted, error))
    return FALSE;
  if (file->report->document != NULL || g_str_equal (file->in_record, "accepted"))
    return TRUE; /* a whole CDA: its hash tells */
  if (accepts (accepted, "in-record-inside"))
    {
      file->in_record = "accepted";
      return TRUE;
    }
  holders = dmp_draft_find_holders (record, g_bytes_get_size (file->report->bytes), &left);
  for (guint i = 0; i < holders->len; i++)
    {
      left += !fetch (cli, record, g_ptr_array_index (holders, i));
      if (g_cancellable_set_error_if_cancelled (cli->cancellable, error) ||
          !look (record, file, accepted, error))
        return FALSE;
    }
  if (left == 0)
    return TRUE;
  file->in_record = "not-compared";
  g_printerr (g_dngettext (GETTEXT_PACKAGE,
                           "Déjà dans le dossier ? Pas trouvé ; contenu non comparé avec %u "
                           "document de taille voisine.\n",
                           "Déjà dans le dossier ? Pas trouvé ; contenu non comparé avec %u "
                           "documents de taille voisine.\n",
                           left),
              left);
  return TRUE;
}

static void
accept_all (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    ((DmpCliFile *) g_ptr_array_index (files, i))->in_record = "accepted";
}

gboolean
dmp_cli_check_held (
    DmpCli *cli, DmpRecord *record, GPtrArray *files, const char *const *accepted, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (accepts (accepted, "in-record") && accepts (accepted, "in-record-inside"))
    return accept_all (files), TRUE;
  if (record == NULL)
    return not_checked (_ ("aucun patient n’est donné."));
  if (!may_read (cli, record))
    return not_checked (_ ("vous ne pouvez pas lire ce dossier."));
  if (!list (cli, record, &failure))
    return g_cancellable_set_error_if_cancelled (cli->cancellable, error)
               ? FALSE
               : not_checked (failure->message);
  if (dmp_record_get_list_problem (record) != NULL)
    g_printerr ("%s\n", dmp_record_get_list_problem (record));
  for (guint i = 0; i < files->len; i++)
    if (!check_one (cli, record, g_ptr_array_index (files, i), accepted, error))
      return FALSE;
  return TRUE;
}
