/* Signs in once, then sends and clears up as it is told: what dmp and the window do, for thousands
 * of sendings. The card, the session, the outbox and the wire are the real ones. A command a line
 * on standard input; titles are one word:
 *
 * - send TITLE: one short text → "ok UNIQUE-ID HASH", or "error CODE"
 * - file TITLE MIME PATH: one file → the same
 * - prepare TITLE: one short text is stored → "ok", or "error CODE"
 * - deliver: what was prepared is sent → as for send
 * - withdraw: what was prepared is taken back → "ok" or "error CODE"
 * - rows: what the outbox holds → a line "row STATE UNIQUE-ID HASH TITLE" each, then "end"
 * - retry: clears the outbox up → "ok" or "error CODE"
 * - list: the documents → a line "doc UNIQUE-ID HASH TITLE" each, then "end"
 * - fetch: the same, of their bytes */
#include "config.h"

#include "model/dmp-code-table.h"
#include "model/dmp-error.h"
#include "model/dmp-locale.h"
#include "outbox/dmp-outbox.h"
#include "pkcs11/dmp-card-error.h"
#include "pkcs11/dmp-card.h"
#include "session/dmp-session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  DmpSession *session;
  DmpRecord *record;
  gint64 held; /* what was prepared last */
} Driver;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
print_error (GError *error)
{
  g_autoptr (GError) owned = error;

  if (owned->domain == DMP_ERROR)
    printf ("error %s\n", dmp_error_name ((DmpErrorCode) owned->code));
  else if (owned->domain == DMP_CARD_ERROR)
    printf ("error card-%s\n", dmp_card_error_name ((DmpCardErrorCode) owned->code));
  else
    printf ("error internal\n");
}

/* --- Signing in ------------------------------------------------------------------------------ */

static void
sign_in (Driver *self, const char *pin, const char *place)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *places;

  dmp_session_start (self->session);
  while (dmp_session_get_state (self->session) != DMP_SESSION_CARD_READY)
    g_main_context_iteration (NULL, TRUE);
  dmp_session_sign_in_async (self->session, dmp_secret_new (pin), FALSE, NULL, keep_result,
                             &result);
  if (!dmp_session_sign_in_finish (self->session, wait_for (&result), &error))
    g_error ("%s", error->message);
  places = dmp_session_get_situations (self->session);
  for (guint i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (DmpSituation) situation = g_list_model_get_item (places, i);

      if (g_str_equal (place, dmp_situation_get_structure_id (situation)))
        dmp_session_choose_situation (self->session, situation);
    }
}

static void
open_record (Driver *self, const char *ins, const char *oid)
{
  const DmpPatientFields fields = { .ins = ins, .ins_oid = oid };
  g_autoptr (DmpPatient) patient = dmp_patient_new (&fields);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dmp_session_open_record_async (self->session, patient, DMP_ACCESS_NORMAL, NULL, NULL, keep_result,
                                 &result);
  self->record = dmp_session_open_record_finish (self->session, wait_for (&result), &error);
  if (self->record == NULL)
    g_error ("%s", error->message);
}

/* --- What it is told ------------------------------------------------------------------------- */

static GPtrArray *
new_drafts (const char *title, const char *mime, GBytes *bytes)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_submission_draft_free);
  DmpSubmissionDraft *draft = dmp_submission_draft_new ();

  g_ptr_array_add (drafts, draft);
  draft->bytes = g_bytes_ref (bytes);
  draft->mime = g_strdup (mime);
  draft->title = g_strdup (title);
  draft->file_name = g_strdup (title);
  draft->date = g_strdup ("20260115");
  draft->type_code = dmp_code_table_dup_code (DMP_TABLE_TYPE, "11488-4", NULL);
  return drafts;
}

static void
print_sent (DmpSubmissionReceipt *receipt, GError *error)
{
  const DmpSubmittedDocument *document;

  if (receipt == NULL)
    {
      print_error (error);
      return;
    }
  document = g_ptr_array_index (receipt->documents, 0);
  printf ("ok %s %s\n", document->unique_id, document->hash);
}

static void
send_bytes (Driver *self, const char *title, const char *mime, GBytes *bytes)
{
  g_autoptr (GPtrArray) drafts = new_drafts (title, mime, bytes);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DmpSubmissionReceipt) receipt = NULL;
  GError *error = NULL;

  dmp_session_send_async (self->session, self->record, drafts, NULL, keep_result, &result);
  receipt = dmp_session_send_finish (self->session, wait_for (&result), &error);
  print_sent (receipt, error);
}

/* As the window does: stored now, sent when it is told to. */
static void
prepare (Driver *self, const char *title)
{
  g_autofree char *text = g_strdup_printf ("Contenu de %s.\n", title);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) drafts = new_drafts (title, "text/plain", bytes);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  dmp_session_prepare_async (self->session, self->record, drafts, NULL, keep_result, &result);
  self->held = dmp_session_prepare_finish (self->session, wait_for (&result), &error);
  if (self->held == 0)
    print_error (error);
  else
    printf ("ok\n");
}

static void
deliver (Driver *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DmpSubmissionReceipt) receipt = NULL;
  GError *error = NULL;

  dmp_session_deliver_async (self->session, self->held, NULL, keep_result, &result);
  receipt = dmp_session_deliver_finish (self->session, wait_for (&result), &error);
  print_sent (receipt, error);
}

static void
withdraw (Driver *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  dmp_session_withdraw_async (self->session, self->held, keep_result, &result);
  if (dmp_session_withdraw_finish (self->session, wait_for (&result), &error))
    printf ("ok\n");
  else
    print_error (error);
}

static void
send_text (Driver *self, const char *title)
{
  g_autofree char *text = g_strdup_printf ("Contenu de %s.\n", title);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  send_bytes (self, title, "text/plain", bytes);
}

static void
send_file (Driver *self, const char *title, const char *mime, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize len;

  if (!g_file_get_contents (path, &data, &len, &error))
    g_error ("%s", error->message);
  bytes = g_bytes_new_take (data, len);
  send_bytes (self, title, mime, bytes);
}

static void
retry (Driver *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GError *trouble = NULL;
  GError *error = NULL;

  dmp_session_retry_outbox_async (self->session, 0, NULL, keep_result, &result);
  rows = dmp_session_retry_outbox_finish (self->session, wait_for (&result), &trouble, &error);
  if (error != NULL)
    print_error (error);
  else if (trouble != NULL)
    print_error (trouble);
  else
    printf ("ok\n");
}

static void
print_rows (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpOutbox) outbox = dmp_outbox_open (NULL, &error);
  g_autoptr (GPtrArray) rows = outbox != NULL ? dmp_outbox_list (outbox, NULL, &error) : NULL;

  if (rows == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < rows->len; i++)
    {
      const DmpOutboxRow *row = g_ptr_array_index (rows, i);
      const DmpOutboxDocument *document = g_ptr_array_index (row->documents, 0);

      printf ("row %s %s %s %s\n", dmp_outbox_state_name (row->state), document->unique_id,
              document->hash, document->title);
    }
  printf ("end\n");
}

static char *
hash_bytes (Driver *self, DmpDocumentEntry *entry)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  dmp_session_fetch_document_async (self->session, self->record, entry, NULL, keep_result, &result);
  bytes = dmp_session_fetch_document_finish (self->session, wait_for (&result), &error);
  return bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes)
                       : g_strdup ("not-fetched");
}

static void
list (Driver *self, gboolean fetch)
{
  g_autoptr (GAsyncResult) result = NULL;
  GListModel *documents;
  GError *error = NULL;

  dmp_session_list_record_async (self->session, self->record,
                                 DMP_LIST_APPROVED | DMP_LIST_ARCHIVED | DMP_LIST_DEPRECATED, NULL,
                                 keep_result, &result);
  if (!dmp_session_list_record_finish (self->session, wait_for (&result), &error))
    {
      print_error (error);
      return;
    }
  if (dmp_record_get_list_problem (self->record) != NULL)
    g_error ("%s", dmp_record_get_list_problem (self->record));
  documents = dmp_record_get_documents (self->record);
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (documents, i);
      const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
      gboolean ours = fields->title != NULL && strchr (fields->title, ' ') == NULL;
      g_autofree char *hash = fetch && ours ? hash_bytes (self, entry) : g_strdup (fields->hash);

      if (ours) /* the sample record's own have more words */
        printf ("doc %s %s %s\n", fields->unique_id, hash, fields->title);
    }
  printf ("end\n");
}

static void
obey (Driver *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  guint n = g_strv_length (words);

  if (n == 2 && g_str_equal (words[0], "send"))
    send_text (self, words[1]);
  else if (n == 4 && g_str_equal (words[0], "file"))
    send_file (self, words[1], words[2], words[3]);
  else if (n == 2 && g_str_equal (words[0], "prepare"))
    prepare (self, words[1]);
  else if (g_strcmp0 (words[0], "deliver") == 0)
    deliver (self);
  else if (g_strcmp0 (words[0], "withdraw") == 0)
    withdraw (self);
  else if (g_strcmp0 (words[0], "rows") == 0)
    print_rows ();
  else if (g_strcmp0 (words[0], "retry") == 0)
    retry (self);
  else if (g_strcmp0 (words[0], "list") == 0 || g_strcmp0 (words[0], "fetch") == 0)
    list (self, g_str_equal (words[0], "fetch"));
  else
    g_error ("what is \"%s\"?", line);
}

/* outbox-driver SETTINGS PLACE INS OID: the code is the first line of standard input. */
int
main (int argc, char **argv)
{
  Driver driver = { 0 };
  g_autoptr (DmpConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  char line[512];

  if (argc != 5)
    return 2;
  dmp_card_prepare_process ();
  dmp_locale_start ();
  g_log_writer_default_set_use_stderr (TRUE);
  config = dmp_config_load (argv[1], NULL, &error);
  if (config == NULL)
    g_error ("%s", error->message);
  driver.session = dmp_session_new (config);
  if (fgets (line, sizeof line, stdin) == NULL)
    return 2;
  sign_in (&driver, g_strchomp (line), argv[2]);
  open_record (&driver, argv[3], argv[4]);
  printf ("ready\n");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      obey (&driver, g_strchomp (line));
      fflush (stdout);
    }
  g_clear_object (&driver.record);
  dmp_session_stop (driver.session);
  g_clear_object (&driver.session);
  return 0;
}
