#include "config.h"

#include "dmp-td-retrieve.h"
#include "dmp-registry-response.h"
#include "model/dmp-host-codes.h"
#include "model/dmp-oid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NS DMP_NS_XDSB
#define ACTION "urn:ihe:iti:2007:RetrieveDocumentSet"

const DmpTd dmp_td_retrieve = {
  .id = "TD3.2",
  .action = ACTION,
  .response_action = ACTION "Response",
  .endpoint = "repository",
  .ns = NS,
  .request = "RetrieveDocumentSetRequest",
  .reply_ns = NS,
  .reply = "RetrieveDocumentSetResponse",
  .repeatable = TRUE,
};

void
dmp_retrieved_free (DmpRetrieved *self)
{
  if (self == NULL)
    return;

  g_free (self->repository_id);
  g_free (self->unique_id);
  g_free (self->mime);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self);
}

DmpMessage *
dmp_td_retrieve_write (const DmpTdDocumentId *ids, gsize n)
{
  xmlDoc *doc = dmp_xml_new (NS, NULL, "RetrieveDocumentSetRequest");

  for (gsize i = 0; i < n; i++)
    {
      xmlNode *one = dmp_xml_add (dmp_xml_root (doc), NS, "DocumentRequest", NULL);

      dmp_xml_add_text (one, NS, "RepositoryUniqueId", ids[i].repository_id, NULL);
      dmp_xml_add_text (one, NS, "DocumentUniqueId", ids[i].unique_id, NULL);
    }

  return dmp_message_new (doc);
}

/* --- Answer ---------------------------------------------------------------------------------- */

static GPtrArray *
empty_rows (const DmpTdDocumentId *ids, gsize n)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_retrieved_free);

  for (gsize i = 0; i < n; i++)
    {
      DmpRetrieved *row = g_new0 (DmpRetrieved, 1);

      row->repository_id = g_strdup (ids[i].repository_id);
      row->unique_id = g_strdup (ids[i].unique_id);
      g_ptr_array_add (rows, row);
    }

  return rows;
}

/* The row a DocumentResponse belongs to. A host may leave the repository out of its answer or name
 * another of its own: the document's id decides. */
static DmpRetrieved *
find_row (GPtrArray *rows, xmlNode *response)
{
  g_autofree char *id = dmp_xml_text (dmp_xml_child (response, NS, "DocumentUniqueId"));

  for (guint i = 0; i < rows->len; i++)
    {
      DmpRetrieved *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->unique_id, id) == 0)
        return row;
    }

  return NULL;
}

static void
read_document (const DmpMessage *reply, xmlNode *response, DmpRetrieved *row)
{
  xmlNode *document = dmp_xml_child (response, NS, "Document");

  if (row->bytes != NULL || row->error != NULL)
    {
      g_clear_pointer (&row->bytes, g_bytes_unref);
      g_clear_error (&row->error);
      dmp_td_set_invalid (&row->error, &dmp_td_retrieve, _ ("un document est arrivé deux fois"));
      return;
    }
  row->mime = dmp_xml_text (dmp_xml_child (response, NS, "mimeType"));
  if (document == NULL)
    dmp_td_set_invalid (&row->error, &dmp_td_retrieve, _ ("un document est sans contenu"));
  else
    row->bytes = dmp_message_get_bytes (reply, document, &row->error);
}

/* Says of each document that did not come why. Returns: whether one of them was named */
static gboolean
explain_missing (GPtrArray *rows, const DmpRegistryResponse *response)
{
  gboolean named = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      DmpRetrieved *row = g_ptr_array_index (rows, i);
      const DmpRegistryError *one = dmp_registry_response_find (response, row->unique_id);

      if (row->bytes != NULL || row->error != NULL)
        continue;
      if (one != NULL)
        {
          dmp_host_code_set_error (&row->error, one->code, one->context);
          named = TRUE;
        }
      else if (response->status != DMP_RESPONSE_SUCCESS)
        dmp_registry_response_set_error (response, &row->error);
      else
        g_set_error_literal (&row->error, DMP_ERROR, DMP_ERROR_NOT_FOUND,
                             _ ("Le DMP n’a pas envoyé ce document et n’a pas dit pourquoi. "
                                "Réessayez."));
    }

  return named;
}

GPtrArray *
dmp_td_retrieve_parse (
    const DmpMessage *reply, const DmpTdDocumentId *ids, gsize n, guint *unasked, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_auto (DmpRegistryResponse) response = { 0 };
  guint came = 0, strangers = 0;
  gboolean named;

  if (!dmp_td_check_reply (&dmp_td_retrieve, reply, error) ||
      !dmp_registry_response_parse (
          dmp_xml_child (dmp_message_root (reply), DMP_NS_RS, "RegistryResponse"), &dmp_td_retrieve,
          &response, error))
    return NULL;

  rows = empty_rows (ids, n);
  dmp_xml_each (one, dmp_message_root (reply), NS, "DocumentResponse")
  {
    DmpRetrieved *row = find_row (rows, one);

    came++;
    if (row != NULL)
      read_document (reply, one, row);
    else
      strangers++;
  }
  named = explain_missing (rows, &response);
  if (came == 0 && !named && response.status == DMP_RESPONSE_FAILURE)
    {
      dmp_registry_response_set_error (&response, error);
      return NULL;
    }
  if (unasked != NULL)
    *unasked = strangers;

  return g_steal_pointer (&rows);
}

gboolean
dmp_td_retrieve_check (GBytes *bytes, DmpDocumentEntry *entry, GError **error)
{
  const DmpDocumentEntryFields *f = dmp_document_entry_get_fields (entry);
  g_autofree char *hash = NULL;

  if (f->size >= 0 && (gsize) f->size != g_bytes_get_size (bytes))
    {
      g_autofree char *came = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (bytes));
      g_autofree char *announced = g_strdup_printf ("%" G_GINT64_FORMAT, f->size);

      g_set_error (error, DMP_ERROR, DMP_ERROR_ALTERED,
                   _ ("Ce document n’est pas celui que le DMP annonce : il fait %s octets au lieu "
                      "de %s. Il n’est pas utilisé ; rechargez-le."),
                   came, announced);
      return FALSE;
    }
  if (f->hash == NULL || *f->hash == '\0')
    return TRUE;

  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);
  if (g_ascii_strcasecmp (hash, f->hash) == 0)
    return TRUE;

  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_ALTERED,
                       _ ("Ce document n’est pas celui que le DMP annonce : son empreinte diffère. "
                          "Il n’est pas utilisé ; rechargez-le."));

  return FALSE;
}
