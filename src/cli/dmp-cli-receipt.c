#include "config.h"

#include "cda/dmp-file-check.h"
#include "dmp-cli-input.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"
#include "session/dmp-receipt.h"

#include <errno.h>
#include <glib/gi18n.h>

typedef struct
{
  gboolean sign;
  char *output;
} Options;

/* --- Printing -------------------------------------------------------------------------------- */

static void
add_documents (JsonBuilder *builder, const DmpReceipt *receipt)
{
  dmp_json_begin_array (builder, "documents");
  for (guint i = 0; i < receipt->documents->len; i++)
    {
      const DmpReceiptDocument *document = g_ptr_array_index (receipt->documents, i);

      json_builder_begin_object (builder);
      dmp_json_add_string (builder, "unique_id", document->unique_id);
      dmp_json_add_string (builder, "sha1", document->sha1);
      dmp_json_add_string (builder, "sha256", document->sha256);
      dmp_json_add_int (builder, "size", document->size);
      dmp_json_add_bool (builder, "signature", document->signature);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* The members of one receipt, in the object that is open. */
static void
add_facts (JsonBuilder *builder, const DmpReceipt *receipt)
{
  dmp_json_add_string (builder, "submission_set", receipt->submission_id);
  dmp_json_add_string (builder, "sent", receipt->sent);
  dmp_json_add_string (builder, "acknowledged", receipt->acknowledged);
  dmp_json_add_string (builder, "professional", receipt->professional);
  dmp_json_add_string (builder, "name", receipt->name);
  dmp_json_add_string (builder, "place", receipt->place);
  dmp_json_add_string (builder, "host", receipt->host);
  dmp_json_add_string (builder, "answer", receipt->answer);
  dmp_json_add_string (builder, "answer_to", receipt->transaction);
  dmp_json_begin_array (builder, "warnings");
  for (guint i = 0; i < receipt->warnings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (receipt->warnings, i));
  json_builder_end_array (builder);
  add_documents (builder, receipt);
  dmp_json_add_string (builder, "signed_at", receipt->signed_at);
}

static void
print_facts (const DmpReceipt *receipt)
{
  g_autofree char *at = dmp_receipt_dup_time (receipt->acknowledged);

  g_print (_ ("Envoi %s\n"), receipt->submission_id);
  g_print (_ ("   par %s (%s), %s\n"), receipt->name != NULL ? receipt->name : "–",
           receipt->professional, receipt->place_name != NULL ? receipt->place_name : "–");
  g_print (_ ("   accepté le %s par %s\n"), at, receipt->host);
  for (guint i = 0; i < receipt->documents->len; i++)
    {
      const DmpReceiptDocument *document = g_ptr_array_index (receipt->documents, i);

      g_print ("   %s  %s  SHA-1 %s\n", document->signature ? _ ("signature") : _ ("document"),
               document->unique_id, document->sha1);
    }
  if (receipt->signed_at != NULL)
    {
      g_autofree char *signed_at = dmp_receipt_dup_time (receipt->signed_at);

      g_print (_ ("   reçu signé par sa carte le %s\n"), signed_at);
    }
}

/* --- The three words ------------------------------------------------------------------------- */

static int
list_receipts (DmpCli *cli, const Options *options, char **words, GError **error)
{
  g_autoptr (GPtrArray) kept = dmp_receipt_list_kept (cli->config, NULL, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (kept == NULL)
    return -1;
  json_builder_begin_object (builder);
  dmp_json_begin_array (builder, "receipts");
  for (guint i = 0; i < kept->len; i++)
    {
      const DmpOutboxReceipt *one = g_ptr_array_index (kept, i);
      g_autoptr (DmpReceipt) receipt = dmp_receipt_parse (one->content, error);
      g_autofree char *at = NULL;

      if (receipt == NULL)
        return -1;
      json_builder_begin_object (builder);
      dmp_json_add_string (builder, "submission_set", receipt->submission_id);
      dmp_json_add_string (builder, "acknowledged", receipt->acknowledged);
      dmp_json_add_string (builder, "professional", receipt->professional);
      dmp_json_add_string (builder, "label", one->label);
      json_builder_end_object (builder);
      at = dmp_receipt_dup_time (receipt->acknowledged);
      if (!cli->json)
        g_print ("%s  %s  [%s]\n", at, one->label != NULL ? one->label : "–",
                 receipt->submission_id);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    return dmp_cli_print_json (json_builder_get_root (builder));
  if (kept->len == 0)
    g_print ("%s\n", _ ("Aucun reçu n’est gardé sur ce poste."));
  return 0;
}

static GBytes *
get_receipt (DmpCli *cli, const char *submission_id, gboolean sign, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) kept = dmp_receipt_list_kept (cli->config, submission_id, error);

  if (kept == NULL)
    return NULL;
  if (kept->len == 0)
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_NOT_FOUND,
                           _ ("Aucun reçu de cet envoi n’est gardé sur ce poste. Voir : dmp "
                              "receipt list."));
      return NULL;
    }
  if (!sign)
    return g_bytes_ref (((DmpOutboxReceipt *) g_ptr_array_index (kept, 0))->content);
  if (!dmp_cli_sign_in (cli, error))
    return NULL;
  dmp_session_get_receipt_async (cli->session, submission_id, TRUE, cli->cancellable,
                                 dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  return dmp_session_get_receipt_finish (cli->session, result, error);
}

static gboolean
save (const char *path, GBytes *bytes, GError **error)
{
  if (dmp_cli_write_file (path, bytes))
    return TRUE;
  g_set_error (error, DMP_ERROR, DMP_ERROR_INTERNAL,
               _ ("Le reçu n’a pas pu être écrit dans « %s » (%s). Choisissez un autre endroit, "
                  "puis recommencez."),
               path, g_strerror (errno));
  return FALSE;
}

static int
show_receipt (DmpCli *cli, const Options *options, char **words, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DmpReceipt) receipt = NULL;

  if (options->sign && options->output == NULL)
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                           _ ("Un reçu signé se met dans un fichier : ajoutez -o FICHIER."));
      return -1;
    }
  bytes = get_receipt (cli, words[0], options->sign, error);
  receipt = bytes != NULL ? dmp_receipt_parse (bytes, error) : NULL;
  if (receipt == NULL || (options->output != NULL && !save (options->output, bytes, error)))
    return -1;
  if (!cli->json)
    {
      print_facts (receipt);
      return 0;
    }
  json_builder_begin_object (builder);
  add_facts (builder, receipt);
  dmp_json_add_string (builder, "file", options->output);
  json_builder_end_object (builder);
  return dmp_cli_print_json (json_builder_get_root (builder));
}

static int
verify_receipt (DmpCli *cli, const Options *options, char **words, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GBytes) bytes = dmp_file_read (words[0], error);
  g_autoptr (DmpReceipt) receipt =
      bytes != NULL ? dmp_receipt_verify (bytes, dmp_config_get_signature_ca (cli->config), error)
                    : NULL;

  if (receipt == NULL)
    return -1;
  if (!cli->json)
    {
      print_facts (receipt);
      g_print ("%s\n", _ ("Ce reçu est intact, et signé par la carte de celui qui a envoyé."));
      return 0;
    }
  json_builder_begin_object (builder);
  add_facts (builder, receipt);
  dmp_json_add_bool (builder, "valid", TRUE);
  json_builder_end_object (builder);
  return dmp_cli_print_json (json_builder_get_root (builder));
}

static int
act (DmpCli *cli, const Options *options, int count, char **words, GError **error)
{
  static const struct
  {
    const char *word;
    int arguments; /* after it */
    int (*act) (DmpCli *cli, const Options *options, char **words, GError **error);
  } rows[] = {
    { "list", 0, list_receipts },
    { "show", 1, show_receipt },
    { "verify", 1, verify_receipt },
  };
  const char *word = count > 0 ? words[0] : "list";

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (word, rows[i].word) && MAX (count - 1, 0) == rows[i].arguments)
      return rows[i].act (cli, options, words + 1, error);
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                       _ ("Il faut un mot : list, show LOT ou verify FICHIER."));
  return -1;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "sign", 0, 0, G_OPTION_ARG_NONE, &options.sign, N_ ("Signer le reçu avec la carte"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("Écrire le reçu ici"),
      N_ ("FICHIER") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;
  int status = -1;

  if (dmp_cli_parse (cli, &dmp_cli_receipt, entries, 0, 2, &argc, &argv, &error))
    status = act (cli, &options, argc - 1, argv + 1, &error);
  g_free (options.output);
  return status < 0 ? dmp_cli_fail (cli, error) : status;
}

const DmpCliCommand dmp_cli_receipt = { "receipt", N_ ("[list|show LOT|verify FICHIER]"),
                                        N_ ("le reçu d’un envoi accepté par le DMP"), run };
