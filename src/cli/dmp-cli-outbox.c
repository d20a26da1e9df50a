#include "config.h"

#include "dmp-cli-input.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"
#include "outbox/dmp-outbox.h"

#include <glib/gi18n.h>

static gboolean
parse_id (const char *text, gint64 *id, GError **error)
{
  guint64 number = 0;

  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &number, NULL))
    {
      *id = (gint64) number;
      return TRUE;
    }
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                       _ ("Ce numéro d’envoi n’est pas lisible. Voir : dmp outbox list."));
  return FALSE;
}

/* --- Printing -------------------------------------------------------------------------------- */

/* 0: never */
static char *
dup_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds != 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y%m%d%H%M%S") : NULL;
}

static const char *
state_label (DmpOutboxState state)
{
  switch (state)
    {
    case DMP_OUTBOX_READY:
      return _ ("en cours d’envoi");
    case DMP_OUTBOX_ACKED:
      return _ ("enregistré dans le dossier");
    case DMP_OUTBOX_CONFLICT:
      return _ ("en conflit");
    case DMP_OUTBOX_REFUSED:
      return _ ("refusé par le DMP");
    case DMP_OUTBOX_UNKNOWN:
    default:
      return _ ("sort inconnu");
    }
}

static void
add_documents (JsonBuilder *builder, const DmpOutboxRow *row)
{
  dmp_json_begin_array (builder, "documents");
  for (guint i = 0; i < row->documents->len; i++)
    {
      const DmpOutboxDocument *document = g_ptr_array_index (row->documents, i);

      json_builder_begin_object (builder);
      dmp_json_add_string (builder, "unique_id", document->unique_id);
      dmp_json_add_string (builder, "title", document->title);
      dmp_json_add_string (builder, "hash", document->hash);
      dmp_json_add_int (builder, "size", document->size);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_row (JsonBuilder *builder, const DmpOutboxRow *row)
{
  g_autofree char *created = dup_time (row->created);
  g_autofree char *sent = dup_time (row->sent);

  json_builder_begin_object (builder);
  dmp_json_add_int (builder, "id", row->id);
  dmp_json_add_string (builder, "submission_set", row->submission_id);
  dmp_json_add_string (builder, "state", dmp_outbox_state_name (row->state));
  dmp_json_add_string (builder, "message", row->sentence);
  dmp_json_add_string (builder, "professional", row->professional);
  dmp_json_add_string (builder, "created", created);
  dmp_json_add_string (builder, "sent", sent);
  add_documents (builder, row);
  json_builder_end_object (builder);
}

static void
print_row (const DmpOutboxRow *row)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (row->created);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *when = g_date_time_format (local, "%d/%m/%Y %H:%M");

  g_print ("%" G_GINT64_FORMAT "  %s  %s\n", row->id, when, state_label (row->state));
  for (guint i = 0; i < row->documents->len; i++)
    {
      const DmpOutboxDocument *document = g_ptr_array_index (row->documents, i);

      if (i > 0 && document->title == NULL)
        continue; /* the signature */
      g_print ("   %s  [%s]\n", document->title != NULL ? document->title : "–",
               document->unique_id);
    }
  if (row->sentence != NULL)
    g_print ("   %s\n", row->sentence);
}

static void
print_rows (DmpCli *cli, GPtrArray *rows)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dmp_json_begin_array (builder, "outbox");
  for (guint i = 0; i < rows->len; i++)
    {
      add_row (builder, g_ptr_array_index (rows, i));
      if (!cli->json)
        print_row (g_ptr_array_index (rows, i));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    dmp_cli_print_json (json_builder_get_root (builder));
  else if (rows->len == 0)
    g_print ("%s\n", _ ("La boîte d’envoi est vide."));
}

/* --- The three words ------------------------------------------------------------------------- */

static int
list_outbox (DmpCli *cli, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (DmpOutbox) outbox = NULL;

  if (!dmp_outbox_exists (NULL))
    return print_rows (cli, none), 0;
  outbox = dmp_outbox_open (NULL, error);
  rows = outbox != NULL ? dmp_outbox_list (outbox, NULL, error) : NULL;
  if (rows == NULL)
    return -1;
  print_rows (cli, rows);
  return 0;
}

static int
drop_from_outbox (DmpCli *cli, gint64 id, GError **error)
{
  g_autoptr (DmpOutbox) outbox = dmp_outbox_exists (NULL) ? dmp_outbox_open (NULL, error) : NULL;
  g_autoptr (GPtrArray) rows = outbox != NULL ? dmp_outbox_list (outbox, NULL, error) : NULL;
  g_autoptr (GPtrArray) dropped = g_ptr_array_new ();

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (((DmpOutboxRow *) g_ptr_array_index (rows, i))->id == id)
      g_ptr_array_add (dropped, g_ptr_array_index (rows, i));
  if (*error != NULL)
    return -1;
  if (dropped->len == 0 || !dmp_outbox_claim (outbox, id))
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                           _ ("Aucun envoi ne porte ce numéro, ou il est en cours. Rien n’a été "
                              "retiré. Voir : dmp outbox list."));
      return -1;
    }
  if (!dmp_outbox_drop (outbox, id, error))
    return -1;
  if (!cli->json)
    g_print ("%s\n", _ ("Retiré de la boîte d’envoi, sans interroger le DMP :"));
  print_rows (cli, dropped);
  return 0;
}

static int
retry_outbox (DmpCli *cli, gint64 id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) trouble = NULL;
  int status = 0;

  if (!dmp_cli_sign_in (cli, error))
    return -1;
  dmp_session_retry_outbox_async (cli->session, id, cli->cancellable, dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  rows = dmp_session_retry_outbox_finish (cli->session, result, &trouble, error);
  if (g_error_matches (*error, DMP_ERROR, DMP_ERROR_NOT_FOUND))
    {
      g_clear_error (error);
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                           _ ("Aucun envoi ne porte ce numéro dans votre boîte d’envoi, ou il est "
                              "en cours. Voir : dmp outbox list."));
    }
  if (rows == NULL)
    return -1;
  for (guint i = 0; i < rows->len; i++)
    {
      const DmpOutboxRow *row = g_ptr_array_index (rows, i);

      if (row->state == DMP_OUTBOX_UNKNOWN)
        status = dmp_error_exit_status (DMP_ERROR_UNKNOWN_OUTCOME);
      else if (row->state != DMP_OUTBOX_ACKED && status == 0)
        status = dmp_error_exit_status (DMP_ERROR_FAULT);
    }
  print_rows (cli, rows);
  if (trouble != NULL)
    g_printerr ("%s\n", trouble->message);
  return status;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  static const struct
  {
    const char *word;
    int least, most; /* arguments after it */
    int (*act) (DmpCli *cli, gint64 id, GError **error);
  } words[] = {
    { "list", 0, 0, list_outbox },
    { "retry", 0, 1, retry_outbox },
    { "drop", 1, 1, drop_from_outbox },
  };
  GError *error = NULL;
  gint64 id = 0;
  int status = -1;

  if (!dmp_cli_parse (cli, &dmp_cli_outbox, NULL, 0, 2, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (argc > 1 ? argv[1] : "list", words[i].word) &&
        MAX (argc - 2, 0) >= words[i].least && argc - 2 <= words[i].most)
      {
        if (parse_id (argc > 2 ? argv[2] : NULL, &id, &error))
          status = words[i].act (cli, id, &error);
        return status < 0 ? dmp_cli_fail (cli, error) : status;
      }
  g_set_error_literal (&error, DMP_ERROR, DMP_ERROR_USAGE,
                       _ ("Il faut un mot : list, retry [NUMÉRO] ou drop NUMÉRO."));
  return dmp_cli_fail (cli, error);
}

const DmpCliCommand dmp_cli_outbox = { "outbox", N_ ("[list|retry [NUMÉRO]|drop NUMÉRO]"),
                                       N_ ("ce qui n’est pas encore acquitté par le DMP"), run };
