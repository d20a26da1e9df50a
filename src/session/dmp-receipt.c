#include "config.h"

#include "dmp-receipt-private.h"
#include "dmp-trust.h"
#include "model/dmp-error.h"
#include "model/dmp-oid.h"
#include "td/dmp-registry-response.h"
#include "td/dmp-set-signature.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NS DMP_NS_RECEIPT
#define MAX_RECEIPT_BYTES (1024 * 1024)

static void
document_free (gpointer data)
{
  DmpReceiptDocument *self = data;

  g_free (self->unique_id);
  g_free (self->sha1);
  g_free (self->sha256);
  g_free (self);
}

void
dmp_receipt_free (DmpReceipt *self)
{
  if (self == NULL)
    return;

  g_free (self->submission_id);
  g_free (self->sent);
  g_free (self->acknowledged);
  g_free (self->professional);
  g_free (self->name);
  g_free (self->place);
  g_free (self->place_name);
  g_free (self->host);
  g_free (self->answer);
  g_free (self->transaction);
  g_free (self->signed_at);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->documents);
  g_free (self);
}

char *
dmp_receipt_dup_time (const char *iso)
{
  g_autoptr (GDateTime) time = iso != NULL ? g_date_time_new_from_iso8601 (iso, NULL) : NULL;
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%d/%m/%Y %H:%M") : g_strdup ("–");
}

/* --- Writing --------------------------------------------------------------------------------- */

static char *
dup_iso (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static void
add_document (xmlNode *root, const DmpOutboxDocument *document)
{
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, document->size);
  g_autofree char *sha256 = document->bytes != NULL
                                ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, document->bytes)
                                : NULL;
  gboolean signature = document->bytes != NULL && dmp_set_signature_is (document->bytes);

  dmp_xml_add (root, NS, signature ? "signature" : "document", "id", document->unique_id, "size",
               size, "sha1", document->hash, "sha256", sha256, NULL);
}

static void
add_sender (xmlNode *root, const DmpLinkContext *context)
{
  const char *family = dmp_practitioner_get_family (context->practitioner);
  const char *given = dmp_practitioner_get_given (context->practitioner);
  g_autofree char *name = family != NULL && given != NULL ? g_strdup_printf ("%s %s", family, given)
                                                          : g_strdup (family);

  dmp_xml_add (root, NS, "sender", "id", dmp_practitioner_get_national_id (context->practitioner),
               "name", name, NULL);
  dmp_xml_add (root, NS, "place", "id", dmp_situation_get_structure_id (context->situation), "name",
               dmp_situation_get_name (context->situation), NULL);
}

static void
add_host (xmlNode *root, DmpConfig *config, const DmpReceiptAnswer *said, const char *at)
{
  xmlNode *host = dmp_xml_add (root, NS, "host", "url", dmp_config_get_host_url (config), NULL);
  xmlNode *answer = dmp_xml_add (host, NS, "answer", "to", said->transaction, "status",
                                 DMP_URN_RESPONSE_SUCCESS, "received", at, NULL);

  for (guint i = 0; said->warnings != NULL && i < said->warnings->len; i++)
    dmp_xml_add (answer, NS, "warning", "code",
                 ((const DmpRegistryError *) g_ptr_array_index (said->warnings, i))->code, NULL);
}

GBytes *
dmp_receipt_write (const DmpLinkContext *context,
                   DmpConfig *config,
                   const DmpOutboxRow *row,
                   const DmpReceiptAnswer *answer,
                   GDateTime *now)
{
  g_autoptr (xmlDoc) doc = dmp_xml_new (NS, NULL, "receipt");
  xmlNode *root = dmp_xml_root (doc);
  g_autofree char *sent = dup_iso (row->sent);
  g_autofree char *at = dup_iso (g_date_time_to_unix (now));

  dmp_xml_set (root, "Id", "receipt");
  dmp_xml_add (root, NS, "software", "name", dmp_config_get_software_name (config), "version",
               dmp_config_get_software_version (config), "installation",
               dmp_config_get_software_oid (config), NULL);
  add_sender (root, context);
  dmp_xml_add (root, NS, "submission", "id", row->submission_id, "sent", sent, NULL);
  for (guint i = 0; i < row->documents->len; i++)
    add_document (root, g_ptr_array_index (row->documents, i));
  add_host (root, config, answer, at);

  return dmp_xml_write (doc);
}

/* --- Those kept ------------------------------------------------------------------------------ */

static gboolean
expire (DmpOutbox *outbox, DmpConfig *config, GError **error)
{
  const gint64 days = dmp_config_get_receipt_days (config);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  return dmp_outbox_expire_receipts (outbox, days > 0 ? now - days * 86400 : G_MAXINT64, error);
}

static char *
dup_label (const DmpOutboxRow *row)
{
  g_autoptr (GString) label = g_string_new (NULL);

  for (guint i = 0; i < row->documents->len; i++)
    {
      const DmpOutboxDocument *document = g_ptr_array_index (row->documents, i);

      if (document->title != NULL && document->bytes != NULL &&
          !dmp_set_signature_is (document->bytes))
        g_string_append_printf (label, "%s%s", label->len > 0 ? " · " : "", document->title);
    }
  return label->len > 0 ? g_string_free (g_steal_pointer (&label), FALSE) : NULL;
}

gboolean
dmp_receipt_keep (DmpOutbox *outbox,
                  DmpConfig *config,
                  const DmpLinkContext *context,
                  const DmpOutboxRow *row,
                  const DmpReceiptAnswer *answer,
                  GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (DmpOutboxReceipt) receipt = NULL;

  if (!expire (outbox, config, error))
    return FALSE;
  if (dmp_config_get_receipt_days (config) == 0)
    return TRUE;
  receipt = g_new0 (DmpOutboxReceipt, 1);
  receipt->submission_id = g_strdup (row->submission_id);
  receipt->professional = g_strdup (row->professional);
  receipt->acknowledged = g_date_time_to_unix (now);
  receipt->label = dup_label (row);
  receipt->content = dmp_receipt_write (context, config, row, answer, now);
  return dmp_outbox_keep_receipt (outbox, receipt, error);
}

GPtrArray *
dmp_receipt_list_kept (DmpConfig *config, const char *submission_id, GError **error)
{
  g_autoptr (DmpOutbox) outbox = NULL;

  if (!dmp_outbox_exists (NULL))
    return g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_outbox_receipt_free);
  outbox = dmp_outbox_open (NULL, error);
  return outbox != NULL && expire (outbox, config, error)
             ? dmp_outbox_list_receipts (outbox, submission_id, error)
             : NULL;
}

/* --- Reading --------------------------------------------------------------------------------- */

static gpointer
refuse (GError **error, DmpErrorCode code, const char *sentence)
{
  g_set_error_literal (error, DMP_ERROR, (gint) code, sentence);
  return NULL;
}

static xmlDoc *
read_xml (GBytes *receipt, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (receipt, &size);
  g_autoptr (xmlDoc) doc = size <= MAX_RECEIPT_BYTES ? dmp_xml_parse (data, size, NULL) : NULL;
  xmlNode *root = doc != NULL ? dmp_xml_root (doc) : NULL;

  if (dmp_xml_is (root, NS, "receipt") && dmp_xml_child (root, NS, "sender") != NULL &&
      dmp_xml_child (root, NS, "submission") != NULL)
    return g_steal_pointer (&doc);
  return refuse (error, DMP_ERROR_INVALID_DOCUMENT,
                 _ ("Ce fichier n’est pas le reçu d’un envoi au DMP. Vérifiez le fichier."));
}

static char *
dup_attr (xmlNode *node, const char *name)
{
  return node != NULL ? g_strdup (dmp_xml_attr (node, name)) : NULL;
}

static void
read_documents (xmlNode *root, DmpReceipt *self)
{
  dmp_xml_each (node, root, NS, "*")
  {
    gboolean signature = dmp_xml_is (node, NS, "signature");
    const char *size = dmp_xml_attr (node, "size");
    DmpReceiptDocument *document;

    if (!signature && !dmp_xml_is (node, NS, "document"))
      continue;
    document = g_new0 (DmpReceiptDocument, 1);
    document->unique_id = dup_attr (node, "id");
    document->sha1 = dup_attr (node, "sha1");
    document->sha256 = dup_attr (node, "sha256");
    document->size = size != NULL ? g_ascii_strtoll (size, NULL, 10) : -1;
    document->signature = signature;
    g_ptr_array_add (self->documents, document);
  }
}

static DmpReceipt *
read_facts (xmlNode *root)
{
  DmpReceipt *self = g_new0 (DmpReceipt, 1);
  xmlNode *submission = dmp_xml_child (root, NS, "submission");
  xmlNode *sender = dmp_xml_child (root, NS, "sender");
  xmlNode *place = dmp_xml_child (root, NS, "place");
  xmlNode *host = dmp_xml_child (root, NS, "host");
  xmlNode *answer = dmp_xml_child (host, NS, "answer");

  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->documents = g_ptr_array_new_with_free_func (document_free);
  self->submission_id = dup_attr (submission, "id");
  self->sent = dup_attr (submission, "sent");
  self->acknowledged = dup_attr (answer, "received");
  self->professional = dup_attr (sender, "id");
  self->name = dup_attr (sender, "name");
  self->place = dup_attr (place, "id");
  self->place_name = dup_attr (place, "name");
  self->host = dup_attr (host, "url");
  self->answer = dup_attr (answer, "status");
  self->transaction = dup_attr (answer, "to");
  self->signed_at = dup_attr (dmp_xml_child (root, NS, "signed"), "at");
  dmp_xml_each (warning, answer, NS, "warning")
  {
    g_ptr_array_add (self->warnings, dup_attr (warning, "code"));
  }
  read_documents (root, self);
  return self;
}

DmpReceipt *
dmp_receipt_parse (GBytes *receipt, GError **error)
{
  g_autoptr (xmlDoc) doc = read_xml (receipt, error);

  return doc != NULL ? read_facts (dmp_xml_root (doc)) : NULL;
}

/* --- Signing --------------------------------------------------------------------------------- */

GBytes *
dmp_receipt_sign (
    GBytes *receipt, const char *by, GDateTime *now, const DmpXmlSigner *signer, GError **error)
{
  g_autoptr (xmlDoc) doc = read_xml (receipt, error);
  g_autofree char *at = dup_iso (g_date_time_to_unix (now));
  xmlNode *root, *mark;

  if (doc == NULL)
    return NULL;
  root = dmp_xml_root (doc);
  if (g_strcmp0 (dmp_xml_attr (dmp_xml_child (root, NS, "sender"), "id"), by) != 0)
    return refuse (error, DMP_ERROR_FORBIDDEN,
                   _ ("Ce reçu est celui d’un autre professionnel : sa carte seule peut le signer. "
                      "Il peut être enregistré sans signature."));
  if (dmp_xml_child (root, NS, "signed") != NULL)
    return refuse (error, DMP_ERROR_INVALID_DOCUMENT, _ ("Ce reçu est déjà signé."));
  mark = dmp_xml_add (root, NS, "signed", "at", at, "by", by, NULL);
  return dmp_xml_sign (root, "Id", mark, signer, error) ? dmp_xml_write (doc) : NULL;
}

static gboolean
tell_trust (DmpTrust trust, GError **error)
{
  switch (trust)
    {
    case DMP_TRUST_VALID:
      return TRUE;
    case DMP_TRUST_UNKNOWN:
      refuse (error, DMP_ERROR_INVALID_CONFIG,
              _ ("La signature est intacte, mais aucune autorité ne dit qui a signé : indiquez le "
                 "fichier des autorités des professionnels dans les réglages (section "
                 "« signature », réglage « ca »)."));
      return FALSE;
    case DMP_TRUST_EXPIRED:
      refuse (error, DMP_ERROR_SIGNATURE,
              _ ("Le certificat de ce reçu n’était pas valable à l’heure de la signature. Ne vous "
                 "y fiez pas."));
      return FALSE;
    case DMP_TRUST_STRANGER:
    default:
      refuse (error, DMP_ERROR_SIGNATURE,
              _ ("Le certificat de ce reçu n’est pas celui d’un professionnel certifié par une "
                 "autorité connue de ce poste. Ne vous y fiez pas."));
      return FALSE;
    }
}

/* The holder of the certificate is who sent, and who is said to have signed. */
static gboolean
check_signer (xmlNode *root, X509 *certificate, const char *ca_file, GError **error)
{
  xmlNode *mark = dmp_xml_child (root, NS, "signed");
  const char *at = dmp_xml_attr (mark, "at");
  const char *sender = dmp_xml_attr (dmp_xml_child (root, NS, "sender"), "id");
  g_autofree char *holder = dmp_trust_dup_holder (certificate);
  g_autoptr (GDateTime) time = at != NULL ? g_date_time_new_from_iso8601 (at, NULL) : NULL;

  if (time == NULL || sender == NULL || g_strcmp0 (holder, sender) != 0 ||
      g_strcmp0 (dmp_xml_attr (mark, "by"), sender) != 0)
    {
      refuse (error, DMP_ERROR_SIGNATURE,
              _ ("Ce reçu n’est pas signé par celui qui a envoyé. Ne vous y fiez pas."));
      return FALSE;
    }
  return tell_trust (dmp_trust_check (ca_file, certificate, g_date_time_to_unix (time)), error);
}

DmpReceipt *
dmp_receipt_verify (GBytes *receipt, const char *ca_file, GError **error)
{
  g_autoptr (xmlDoc) doc = read_xml (receipt, error);
  xmlNode *root = doc != NULL ? dmp_xml_root (doc) : NULL;
  xmlNode *signature = root != NULL ? dmp_xml_child (root, DMP_NS_DS, "Signature") : NULL;
  X509 *certificate;
  gboolean ok;

  if (doc == NULL)
    return NULL;
  if (signature == NULL || dmp_xml_child (root, NS, "signed") == NULL)
    return refuse (error, DMP_ERROR_INVALID_DOCUMENT,
                   _ ("Ce reçu n’est pas signé : rien ne prouve qu’il n’a pas été modifié. "
                      "Demandez-en un signé par la carte."));
  certificate = dmp_xml_signature_dup_certificate (signature);
  ok = certificate != NULL && dmp_xml_verify (root, "Id", certificate, NULL);
  if (!ok)
    refuse (error, DMP_ERROR_ALTERED,
            _ ("Ce reçu a été modifié depuis sa signature, ou sa signature est illisible. Ne vous "
               "y fiez pas."));
  ok = ok && check_signer (root, certificate, ca_file, error);
  X509_free (certificate);
  return ok ? read_facts (root) : NULL;
}
