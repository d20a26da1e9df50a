#include "config.h"

#include "dmp-host-service.h"

#include "dmp-host-error.h"
#include "dmp-host-xmldsig.h"
#include "xml/dmp-xml.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static const DmpHostTransaction *const transactions[] = { &dmp_host_td02, &dmp_host_td03,
                                                          &dmp_host_td21, &dmp_host_td31,
                                                          &dmp_host_td32 };

void
dmp_host_free (DmpHost *self)
{
  if (self == NULL)
    return;
  if (self->store != NULL)
    self->ops->close (self->store);
  g_clear_pointer (&self->blobs, dmp_host_blobs_free);
  g_clear_pointer (&self->keys, dmp_host_keys_free);
  g_clear_pointer (&self->pki, dmp_host_pki_free);
  g_free (self->settings.data);
  g_free (self);
}

DmpHost *
dmp_host_new (const DmpHostSettings *settings, DmpHostPki *pki, GError **error)
{
  g_autoptr (DmpHost) self = g_new0 (DmpHost, 1);
  g_autofree char *database = g_build_filename (settings->data, "store.sqlite", NULL);
  g_autofree char *blobs = g_build_filename (settings->data, "blobs", NULL);

  self->settings = *settings;
  self->settings.data = g_strdup (settings->data);
  self->pki = pki;
  self->ops = dmp_host_store_sqlite ();
  if (!dmp_host_xmldsig_init (error))
    return NULL;
  if (g_mkdir_with_parents (settings->data, 0700) != 0)
    {
      g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "%s: %s", settings->data,
                   g_strerror (errno));
      return NULL;
    }
  self->keys = dmp_host_keys_new (settings->data, error);
  if (self->keys == NULL)
    return NULL;
  self->blobs = dmp_host_blobs_new (blobs, error);
  if (self->blobs == NULL || self->ops->open (database, dmp_host_keys_audit (self->keys),
                                              &self->store, error) != DMP_HOST_STORE_OK)
    return NULL;
  return g_steal_pointer (&self);
}

gint64
dmp_host_now (const DmpHost *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->settings.clock_offset;
}

void
dmp_host_reply_free (DmpHostReply *self)
{
  if (self == NULL)
    return;
  g_free (self->content_type);
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

static void
clear_audited (gpointer data)
{
  g_free (((DmpHostAudited *) data)->document);
}

void
dmp_host_call_note (DmpHostCall *call, const char *document, const char *result)
{
  DmpHostAudited note = { g_strdup (document), result };

  g_array_append_val (call->audited, note);
}

DmpHostStoreResult
dmp_host_call_audit (DmpHostCall *call, DmpHostTx *tx, const char *result)
{
  const DmpHostVihf *vihf = call->vihf;
  DmpHostAuditRow row = { .time = (gint64) g_get_real_time () +
                                  call->host->settings.clock_offset * G_USEC_PER_SEC,
                          .actor = vihf->name_id,
                          .structure = vihf->structure,
                          .mode = dmp_host_purpose_name (vihf->purpose),
                          .transaction = call->transaction->id,
                          .patient = call->patient,
                          .result = result };
  DmpHostStoreResult stored = DMP_HOST_STORE_OK;

  if (call->audited->len == 0)
    return call->host->ops->audit_append (tx, &row);
  for (guint i = 0; stored == DMP_HOST_STORE_OK && i < call->audited->len; i++)
    {
      const DmpHostAudited *note = &g_array_index (call->audited, DmpHostAudited, i);

      row.document = note->document;
      row.result = note->result != NULL ? note->result : result;
      stored = call->host->ops->audit_append (tx, &row);
    }
  return stored;
}

/* The trail is durable before the answer leaves. */
static gboolean
write_audit (DmpHostCall *call, const char *result, GError **error)
{
  DmpHost *host = call->host;
  DmpHostTx *tx = NULL;
  DmpHostStoreResult stored;

  if (call->audit_done)
    return TRUE;
  stored = host->ops->begin (host->store, call->patient, TRUE, &tx);
  if (stored == DMP_HOST_STORE_OK)
    {
      stored = dmp_host_call_audit (call, tx, result);
      if (stored == DMP_HOST_STORE_OK)
        stored = host->ops->commit (tx);
      else
        host->ops->rollback (tx);
    }
  if (stored == DMP_HOST_STORE_OK)
    return TRUE;
  g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "audit: %s",
               dmp_host_store_result_name (stored));
  return FALSE;
}

static DmpHostReply *
new_reply (guint status, const char *transaction, const char *result)
{
  DmpHostReply *reply = g_new0 (DmpHostReply, 1);

  reply->status = status;
  reply->transaction = transaction;
  reply->result = result;
  return reply;
}

static DmpHostReply *
plain_reply (guint status, const char *text)
{
  DmpHostReply *reply = new_reply (status, "-", "http");

  reply->content_type = g_strdup ("text/plain; charset=UTF-8");
  reply->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (reply->pieces, g_bytes_new_static (text, strlen (text)));
  return reply;
}

/* @doc: (transfer full). @parts: (nullable): not NULL when the answer must be multipart. */
static void
fill (DmpHostReply *reply, xmlDoc *doc, const char *action, GPtrArray *parts)
{
  g_autoptr (GBytes) root = dmp_xml_write (doc);

  dmp_xml_free_wiped (doc);
  if (parts != NULL)
    {
      reply->pieces = dmp_host_mtom_join (root, parts, &reply->content_type);
      return;
    }
  reply->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (reply->pieces, g_bytes_ref (root));
  reply->content_type =
      action == NULL
          ? g_strdup ("application/soap+xml; charset=UTF-8")
          : g_strdup_printf ("application/soap+xml; charset=UTF-8; action=\"%s\"", action);
}

static DmpHostReply *
fault_reply (const DmpHostTransaction *transaction,
             const DmpHostEnvelope *envelope,
             const GError *error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  DmpHostReply *reply =
      new_reply (500, transaction != NULL ? transaction->id : "-", dmp_host_error_name (error));
  gboolean mtom = transaction != NULL && transaction->mtom;

  if (!dmp_host_error_is_sender (error))
    g_printerr ("dmp-host: %s\n", error->message);
  fill (reply, dmp_host_envelope_fault (envelope != NULL ? envelope->message_id : NULL, error),
        NULL, mtom ? none : NULL);
  return reply;
}

static const DmpHostTransaction *
find_transaction (const char *endpoint, const xmlNode *payload)
{
  for (guint i = 0; i < G_N_ELEMENTS (transactions); i++)
    if (strcmp (transactions[i]->endpoint, endpoint) == 0 &&
        dmp_xml_is (payload, transactions[i]->ns, transactions[i]->name))
      return transactions[i];
  return NULL;
}

/* A request whose token was refused is kept in the trail under the name of the connection. */
static void
audit_stranger (DmpHost *self,
                const DmpHostRequest *request,
                const DmpHostTransaction *transaction,
                const GError *error)
{
  DmpHostAuditRow row = { .time = dmp_host_now (self) * G_USEC_PER_SEC,
                          .actor = request->peer->id,
                          .structure = request->peer->structure,
                          .transaction = transaction->id,
                          .result = dmp_host_error_name (error) };
  DmpHostTx *tx;

  if (self->ops->begin (self->store, 0, TRUE, &tx) != DMP_HOST_STORE_OK)
    return;
  if (self->ops->audit_append (tx, &row) == DMP_HOST_STORE_OK)
    self->ops->commit (tx);
  else
    self->ops->rollback (tx);
}

static DmpHostVihf *
verify_vihf (DmpHost *self,
             const DmpHostRequest *request,
             const DmpHostEnvelope *envelope,
             GError **error)
{
  DmpHostVihfContext context = { .pki = self->pki,
                                 .ops = self->ops,
                                 .store = self->store,
                                 .peer = request->peer,
                                 .now = dmp_host_now (self),
                                 .single_use = self->settings.single_use };

  return dmp_host_vihf_verify (&context, envelope->header, error);
}

/* Runs the transaction; what it refuses is told as its service does. */
static DmpHostReply *
run (DmpHostCall *call)
{
  const DmpHostTransaction *transaction = call->transaction;
  g_autoptr (GError) error = NULL;
  const char *result = "ok";
  xmlNode *body;
  xmlDoc *doc = dmp_host_envelope_answer (transaction->action, call->envelope->message_id, &body);
  DmpHostReply *reply;

  call->result = result;
  if (transaction->handle (call, body, &error))
    result = call->result;
  else
    {
      result = dmp_host_error_name (error);
      g_ptr_array_set_size (call->reply_parts, 0);
      if (!dmp_host_error_is_fault (error))
        transaction->refuse (call, body, error);
    }
  if (error == NULL || !dmp_host_error_is_fault (error))
    {
      g_autoptr (GError) lost = NULL;

      if (!write_audit (call, result, &lost))
        {
          dmp_xml_free_wiped (doc);
          return fault_reply (transaction, call->envelope, lost);
        }
      reply = new_reply (200, transaction->id, result);
      fill (reply, doc, transaction->action, transaction->mtom ? call->reply_parts : NULL);
      return reply;
    }
  dmp_xml_free_wiped (doc);
  if (!write_audit (call, result, NULL))
    g_printerr ("dmp-host: audit lost\n");
  return fault_reply (transaction, call->envelope, error);
}

static DmpHostReply *
answer_envelope (DmpHost *self, const DmpHostRequest *request, GBytes *root, GPtrArray *parts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpHostEnvelope) envelope = dmp_host_envelope_parse (root, &error);
  const DmpHostTransaction *transaction = NULL;
  g_autoptr (DmpHostVihf) vihf = NULL;
  DmpHostReply *reply;
  DmpHostCall call = { 0 };

  if (envelope != NULL)
    transaction = find_transaction (request->path + strlen (DMP_HOST_BASE_PATH), envelope->payload);
  if (envelope == NULL || !dmp_host_envelope_check (envelope, &error))
    return fault_reply (transaction, envelope, error);
  if (transaction == NULL)
    {
      g_set_error_literal (&error, DMP_HOST_ERROR, DMP_HOST_ERROR_UNSUPPORTED,
                           "Transaction inconnue de cet hébergeur à cette adresse");
      return fault_reply (NULL, envelope, error);
    }
  vihf = verify_vihf (self, request, envelope, &error);
  if (vihf == NULL)
    {
      audit_stranger (self, request, transaction, error);
      return fault_reply (transaction, envelope, error);
    }
  call.host = self;
  call.transaction = transaction;
  call.envelope = envelope;
  call.vihf = vihf;
  call.parts = parts;
  call.now = dmp_host_now (self);
  call.reply_parts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_host_part_free);
  call.audited = g_array_new (FALSE, FALSE, sizeof (DmpHostAudited));
  g_array_set_clear_func (call.audited, clear_audited);
  reply = run (&call);
  g_ptr_array_unref (call.reply_parts);
  g_array_unref (call.audited);
  return reply;
}

DmpHostReply *
dmp_host_answer (DmpHost *self, const DmpHostRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GBytes) root = NULL;

  if (!g_str_has_prefix (request->path, DMP_HOST_BASE_PATH))
    return plain_reply (404, "Adresse inconnue\n");
  if (dmp_host_mime_is (request->content_type, "multipart/related"))
    {
      parts = dmp_host_mtom_split (request->content_type, request->body, &error);
      if (parts == NULL)
        return fault_reply (NULL, NULL, error);
      root = g_bytes_ref (((DmpHostPart *) parts->pdata[0])->bytes);
      g_ptr_array_remove_index (parts, 0);
    }
  else if (dmp_host_mime_is (request->content_type, "application/soap+xml"))
    {
      parts = g_ptr_array_new ();
      root = g_bytes_ref (request->body);
    }
  else
    return plain_reply (415, "application/soap+xml ou multipart/related attendu\n");
  return answer_envelope (self, request, root, parts);
}
