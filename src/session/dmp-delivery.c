#include "config.h"

#include "dmp-delivery.h"
#include "dmp-receipt-private.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-host-codes.h"
#include "td/dmp-td-find.h"
#include "td/dmp-td-submit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- A request at rest ----------------------------------------------------------------------- */

static char *
dup_patient (DmpPatient *patient)
{
  g_autofree char *name = dmp_patient_dup_display_name (patient);
  const char *birth = dmp_patient_get_birth_date (patient);
  g_autofree char *day = birth != NULL ? dmp_date_dup_display (birth, FALSE, FALSE) : NULL;

  return g_strjoin (" · ", name, day, NULL);
}

DmpOutboxRow *
dmp_delivery_new_row (const DmpLinkContext *context,
                      const char *submission_id,
                      const DmpMessage *request)
{
  DmpOutboxRow *row = dmp_outbox_row_new ();

  row->submission_id = g_strdup (submission_id);
  row->professional = g_strdup (dmp_practitioner_get_national_id (context->practitioner));
  row->place = g_strdup (dmp_situation_get_structure_id (context->situation));
  row->mode = (int) context->mode;
  row->ins = g_strdup (dmp_patient_get_ins (context->patient));
  row->ins_oid = g_strdup (dmp_patient_get_ins_oid (context->patient));
  row->patient = dup_patient (context->patient);
  row->request = dmp_xml_write (request->body); /* before the wire takes it into an envelope */
  return row;
}

void
dmp_delivery_add_document (DmpOutboxRow *row,
                           const DmpMessage *request,
                           const char *unique_id,
                           const char *title)
{
  const DmpAttachment *attachment = g_ptr_array_index (request->attachments, row->documents->len);

  dmp_outbox_row_add (row, unique_id, title, attachment->content_id, attachment->content_type,
                      attachment->bytes);
}

/* The same request again: the same identifiers, the same bytes. */
static DmpMessage *
read_request (const DmpOutboxRow *row, GError **error)
{
  g_autoptr (DmpMessage) message = NULL;
  gconstpointer text;
  xmlDoc *body;
  gsize len;

  if (row->request == NULL)
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INTERNAL,
                           _ ("Cet envoi n’est plus gardé sur ce poste. Rien n’a été envoyé ; "
                              "envoyez de nouveau le document."));
      return NULL;
    }
  text = g_bytes_get_data (row->request, &len);
  body = dmp_xml_parse (text, len, error);
  if (body == NULL)
    return NULL;
  message = dmp_message_new (body);
  for (guint i = 0; i < row->documents->len; i++)
    {
      const DmpOutboxDocument *document = g_ptr_array_index (row->documents, i);

      g_ptr_array_add (
          message->attachments,
          dmp_attachment_new (document->content_id, document->content_type, document->bytes));
    }
  return g_steal_pointer (&message);
}

static const DmpReceiptAnswer found_there = { .transaction = "TD3.1" };

/* --- Where it stands now --------------------------------------------------------------------- */

static gboolean
settle (DmpOutbox *outbox,
        DmpOutboxRow *row,
        DmpOutboxState state,
        const char *sentence,
        GError **error)
{
  row->state = state;
  g_free (row->sentence);
  row->sentence = g_strdup (sentence);
  return dmp_outbox_set_state (outbox, row->id, state, sentence, error);
}

/* What is wanted to prove it later, before the bodies go. */
static gboolean
keep_receipt (DmpLink *link,
              const DmpLinkContext *context,
              DmpOutbox *outbox,
              DmpOutboxRow *row,
              const DmpReceiptAnswer *answer,
              GError **error)
{
  return (row->request != NULL || dmp_outbox_load (outbox, row, error)) &&
         dmp_receipt_keep (outbox, dmp_link_get_config (link), context, row, answer, error);
}

/* The host's answer to a query is the proof: what it said at the time does not matter any more. */
static gboolean
acknowledge (DmpLink *link,
             const DmpLinkContext *context,
             DmpOutbox *outbox,
             DmpOutboxRow *row,
             const DmpReceiptAnswer *answer)
{
  g_autoptr (GError) cause = NULL;

  if (!keep_receipt (link, context, outbox, row, answer, &cause))
    g_debug ("acknowledged, but no receipt kept: %s", cause->message);
  g_clear_error (&cause);
  if (!settle (outbox, row, DMP_OUTBOX_ACKED, NULL, &cause))
    g_debug ("acknowledged, but not written: %s", cause->message); /* asked for again: the same */
  return TRUE;
}

static gboolean
in_conflict (DmpOutbox *outbox, DmpOutboxRow *row, GError **error)
{
  const char *sentence =
      _ ("Le dossier contient autre chose sous l’identifiant de ce document. Le vôtre n’a pas été "
         "enregistré et reste sur ce poste : vérifiez le dossier, puis retirez l’envoi ou "
         "prévenez votre informaticien.");

  if (settle (outbox, row, DMP_OUTBOX_CONFLICT, sentence, error))
    g_set_error_literal (error, DMP_ERROR, DMP_ERROR_DUPLICATE, sentence);
  return FALSE;
}

static gboolean
still_unknown (DmpOutbox *outbox, DmpOutboxRow *row, GError **error)
{
  if (settle (outbox, row, DMP_OUTBOX_UNKNOWN, NULL, error))
    g_set_error_literal (
        error, DMP_ERROR, DMP_ERROR_UNKNOWN_OUTCOME,
        _ ("Le DMP n’a pas répondu : le document a peut-être été enregistré. Il reste dans la "
           "boîte d’envoi de ce poste. Ne l’envoyez pas de nouveau : à la prochaine ouverture de "
           "ce dossier, le DMP sera interrogé avant de recommencer."));
  return FALSE;
}

/* --- Asking ---------------------------------------------------------------------------------- */

typedef struct
{
  guint same, other, absent;
} Presence;

static const DmpDocumentEntryFields *
find_document (const DmpTdFindResult *found, const char *unique_id)
{
  for (guint i = 0; i < found->entries->len; i++)
    {
      const DmpDocumentEntryFields *fields =
          dmp_document_entry_get_fields (g_ptr_array_index (found->entries, i));

      if (g_str_equal (fields->unique_id, unique_id))
        return fields;
    }
  return NULL;
}

static gboolean
count_documents (const DmpTdFindResult *found,
                 const DmpOutboxRow *row,
                 Presence *presence,
                 GError **error)
{
  for (guint i = 0; i < row->documents->len; i++)
    {
      const DmpOutboxDocument *document = g_ptr_array_index (row->documents, i);
      const DmpDocumentEntryFields *there = find_document (found, document->unique_id);

      if (there == NULL && !found->partial && found->unusable == 0)
        presence->absent++;
      else if (there == NULL || there->hash == NULL)
        {
          g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE,
                               _ ("Le DMP ne dit pas s’il a enregistré ce document. Il reste dans "
                                  "la boîte d’envoi ; "
                                  "réessayez plus tard."));
          return FALSE;
        }
      else if (g_ascii_strcasecmp (there->hash, document->hash) == 0 &&
               (there->size < 0 || there->size == document->size))
        presence->same++;
      else
        presence->other++;
    }
  return TRUE;
}

static gboolean
ask_host (DmpLink *link,
          const DmpLinkContext *context,
          const DmpOutboxRow *row,
          Presence *presence,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (DmpMessage) request = NULL;
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (DmpTdFindResult) found = NULL;

  for (guint i = 0; i < row->documents->len; i++)
    g_ptr_array_add (ids, ((DmpOutboxDocument *) g_ptr_array_index (row->documents, i))->unique_id);
  g_ptr_array_add (ids, NULL);
  request = dmp_td_find_write_documents ((const char *const *) ids->pdata, NULL, FALSE);
  if (!dmp_link_call (link, context, &dmp_td_find, request, cancellable, &reply, error))
    return FALSE;
  found = dmp_td_find_parse (reply, error);
  return found != NULL && count_documents (found, row, presence, error);
}

/* --- Sending --------------------------------------------------------------------------------- */

/* A failure without a code, or where the host speaks of its own trouble, does not say whether it
 * kept the document.
 * @answered: a registry's answer was read; else it is a fault, and only a known one is clear */
static gboolean
is_clear_refusal (const GError *error, gboolean answered)
{
  static const char *const troubles[] = { "DMPInternalError",
                                          "XDSRegistryBusy",
                                          "XDSRegistryError",
                                          "XDSRegistryNotAvailable",
                                          "XDSRegistryOutOfResources",
                                          "XDSRepositoryBusy",
                                          "XDSRepositoryError",
                                          "XDSRepositoryOutOfResources",
                                          NULL };
  const char *code = dmp_error_get_host_code (error);

  if (code == NULL || g_strv_contains (troubles, code) ||
      g_error_matches (error, DMP_ERROR, DMP_ERROR_UNKNOWN_OUTCOME))
    return FALSE;
  return answered || dmp_host_code_is_known (code) ||
         g_error_matches (error, DMP_ERROR, DMP_ERROR_TLS_CLIENT);
}

/* "Already there", says the host: whether it is ours, the hash tells. */
static gboolean
resolve_duplicate (DmpLink *link,
                   const DmpLinkContext *context,
                   DmpOutbox *outbox,
                   DmpOutboxRow *row,
                   GCancellable *cancellable,
                   GError **error)
{
  Presence presence = { 0 };
  g_autoptr (GError) cause = NULL;

  if (!ask_host (link, context, row, &presence, cancellable, &cause))
    {
      g_debug ("duplicate, but not found out: %s", cause->message);
      return still_unknown (outbox, row, error);
    }
  if (presence.same == row->documents->len)
    return acknowledge (link, context, outbox, row, &found_there);
  return in_conflict (outbox, row, error);
}

static gboolean
send_row (DmpLink *link,
          const DmpLinkContext *context,
          DmpOutbox *outbox,
          DmpOutboxRow *row,
          const DmpMessage *request,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (GPtrArray) warnings = NULL;
  g_autoptr (GError) cause = NULL;

  if (dmp_link_call (link, context, &dmp_td_submit, request, cancellable, &reply, &cause) &&
      dmp_td_submit_parse (reply, &warnings, &cause))
    {
      const DmpReceiptAnswer answer = { .transaction = dmp_td_submit.id, .warnings = warnings };

      return acknowledge (link, context, outbox, row, &answer);
    }
  if (!dmp_link_has_sent (link))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (g_error_matches (cause, DMP_ERROR, DMP_ERROR_DUPLICATE))
    return resolve_duplicate (link, context, outbox, row, cancellable, error);
  if (!is_clear_refusal (cause, reply != NULL))
    {
      g_debug ("no clear answer: %s", cause->message);
      return still_unknown (outbox, row, error);
    }
  if (settle (outbox, row, DMP_OUTBOX_REFUSED, cause->message, error))
    g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
dmp_delivery_send (DmpLink *link,
                   const DmpLinkContext *context,
                   DmpOutbox *outbox,
                   DmpOutboxRow *row,
                   const DmpMessage *request,
                   GCancellable *cancellable,
                   GError **error)
{
  if (send_row (link, context, outbox, row, request, cancellable, error))
    return TRUE;
  if (row->state == DMP_OUTBOX_READY && dmp_outbox_drop (outbox, row->id, NULL))
    row->id = 0; /* nothing left this machine, and the person is told so */
  return FALSE;
}

gboolean
dmp_delivery_start (DmpLink *link,
                    const DmpLinkContext *context,
                    DmpOutbox *outbox,
                    DmpOutboxRow *row,
                    const DmpMessage *request,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) cause = NULL;
  const char *sentence;

  if (send_row (link, context, outbox, row, request, cancellable, &cause))
    return TRUE;
  if (row->state != DMP_OUTBOX_READY)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  sentence = _ ("Le DMP n’a pas pu être joint. Rien n’est encore parti ; l’envoi sera repris de "
                "lui-même.");
  settle (outbox, row, DMP_OUTBOX_UNKNOWN, sentence, NULL);
  g_debug ("kept: %s", cause->message);
  g_set_error_literal (error, cause->domain, cause->code, sentence);
  return FALSE;
}

static gboolean
send_again (DmpLink *link,
            const DmpLinkContext *context,
            DmpOutbox *outbox,
            DmpOutboxRow *row,
            guint delay,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (DmpMessage) request = NULL;

  if (g_get_real_time () / G_USEC_PER_SEC < row->sent + (gint64) delay)
    {
      g_set_error_literal (
          error, DMP_ERROR, DMP_ERROR_UNKNOWN_OUTCOME,
          _ ("Le DMP n’a pas encore ce document, mais l’envoi précédent est trop récent : il peut "
             "encore arriver. Il reste dans la boîte d’envoi ; réessayez dans une minute."));
      return FALSE;
    }
  if (!dmp_outbox_load (outbox, row, error))
    return FALSE;
  request = read_request (row, error);
  if (request == NULL || !dmp_outbox_set_sent (outbox, row->id, error))
    return FALSE;
  row->state = DMP_OUTBOX_UNKNOWN;
  return send_row (link, context, outbox, row, request, cancellable, error);
}

gboolean
dmp_delivery_resolve (DmpLink *link,
                      const DmpLinkContext *context,
                      DmpOutbox *outbox,
                      DmpOutboxRow *row,
                      guint delay,
                      GCancellable *cancellable,
                      GError **error)
{
  Presence presence = { 0 };

  if (!ask_host (link, context, row, &presence, cancellable, error))
    return FALSE;
  if (presence.same == row->documents->len)
    return acknowledge (link, context, outbox, row, &found_there);
  if (presence.absent == row->documents->len)
    return send_again (link, context, outbox, row, delay, cancellable, error);
  return in_conflict (outbox, row, error);
}
