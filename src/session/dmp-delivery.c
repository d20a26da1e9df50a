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
settle (const DmpDelivery *self, DmpOutboxState state, const char *sentence, GError **error)
{
  self->row->state = state;
  g_free (self->row->sentence);
  self->row->sentence = g_strdup (sentence);
  return dmp_outbox_set_state (self->outbox, self->row->id, state, sentence, error);
}

/* What is wanted to prove it later, before the bodies go. */
static gboolean
keep_receipt (const DmpDelivery *self, const DmpReceiptAnswer *answer, GError **error)
{
  return (self->row->request != NULL || dmp_outbox_load (self->outbox, self->row, error)) &&
         dmp_receipt_keep (self->outbox, dmp_link_get_config (self->link), self->context, self->row,
                           answer, error);
}

/* The host's answer to a query is the proof: what it said at the time does not matter any more. */
static gboolean
acknowledge (const DmpDelivery *self, const DmpReceiptAnswer *answer)
{
  g_autoptr (GError) cause = NULL;

  if (!keep_receipt (self, answer, &cause))
    g_debug ("acknowledged, but no receipt kept: %s", cause->message);
  g_clear_error (&cause);
  if (!settle (self, DMP_OUTBOX_ACKED, NULL, &cause))
    g_debug ("acknowledged, but not written: %s", cause->message); /* asked for again: the same */
  return TRUE;
}

/* The bytes have gone. Whether or not this machine can write down how that ended, nobody may read
 * that nothing was sent: what is not written is in doubt.
 * @sentence: (nullable): kept with the row
 * @outcome: (transfer full). Returns: FALSE */
static gboolean
end_as (const DmpDelivery *self,
        DmpOutboxState state,
        const char *sentence,
        GError *outcome,
        GError **error)
{
  g_autoptr (GError) owned = outcome;
  g_autoptr (GError) cause = NULL;

  if (settle (self, state, sentence, &cause))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  self->row->state = DMP_OUTBOX_UNKNOWN;
  g_set_error (error, DMP_ERROR, DMP_ERROR_UNKNOWN_OUTCOME,
               _ ("%s Cela n’a pas pu être noté sur ce poste : le DMP sera interrogé de nouveau. "
                  "N’envoyez pas le document une seconde fois. %s"),
               owned->message, cause->message);
  return FALSE;
}

static gboolean
in_conflict (const DmpDelivery *self, GError **error)
{
  const char *sentence =
      _ ("Le dossier contient autre chose sous l’identifiant de ce document. Le vôtre n’a pas été "
         "enregistré et reste sur ce poste : vérifiez le dossier, puis retirez l’envoi ou "
         "prévenez votre informaticien.");

  return end_as (self, DMP_OUTBOX_CONFLICT, sentence,
                 g_error_new_literal (DMP_ERROR, DMP_ERROR_DUPLICATE, sentence), error);
}

static gboolean
still_unknown (const DmpDelivery *self, GError **error)
{
  const char *sentence =
      _ ("Le DMP n’a pas répondu : le document a peut-être été enregistré. Il reste dans la "
         "boîte d’envoi de ce poste. Ne l’envoyez pas de nouveau : à la prochaine ouverture de "
         "ce dossier, le DMP sera interrogé avant de recommencer.");

  return end_as (self, DMP_OUTBOX_UNKNOWN, NULL,
                 g_error_new_literal (DMP_ERROR, DMP_ERROR_UNKNOWN_OUTCOME, sentence), error);
}

/* The host has it, or a part of it, and its list does not show all: a document may be listed late,
 * or be hidden meanwhile. Nothing that is listed says that it is not ours. */
static gboolean
not_listed (const DmpDelivery *self, GError **error)
{
  const char *sentence =
      _ ("Le DMP dit avoir déjà ce document, mais sa liste ne le montre pas. Il reste dans la "
         "boîte d’envoi de ce poste, et le DMP sera interrogé de nouveau. Ne l’envoyez pas une "
         "seconde fois.");

  return end_as (self, DMP_OUTBOX_UNKNOWN, sentence,
                 g_error_new_literal (DMP_ERROR, DMP_ERROR_UNKNOWN_OUTCOME, sentence), error);
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
ask_host (const DmpDelivery *self, Presence *presence, GCancellable *cancellable, GError **error)
{
  const GPtrArray *documents = self->row->documents;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (DmpMessage) request = NULL;
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (DmpTdFindResult) found = NULL;

  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (ids, ((DmpOutboxDocument *) g_ptr_array_index (documents, i))->unique_id);
  g_ptr_array_add (ids, NULL);
  request = dmp_td_find_write_documents ((const char *const *) ids->pdata, NULL, FALSE);
  if (!dmp_link_call (self->link, self->context, &dmp_td_find, request, cancellable, &reply, error))
    return FALSE;
  found = dmp_td_find_parse (reply, error);
  return found != NULL && count_documents (found, self->row, presence, error);
}

/* What the list says where it neither shows all of it nor nothing. */
static gboolean
judge_presence (const DmpDelivery *self, const Presence *presence, GError **error)
{
  if (presence->other > 0)
    return in_conflict (self, error);
  if (presence->same == self->row->documents->len)
    return acknowledge (self, &found_there);
  return not_listed (self, error);
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
resolve_duplicate (const DmpDelivery *self, GCancellable *cancellable, GError **error)
{
  Presence presence = { 0 };
  g_autoptr (GError) cause = NULL;

  if (ask_host (self, &presence, cancellable, &cause))
    return judge_presence (self, &presence, error);
  g_debug ("duplicate, but not found out: %s", cause->message);
  return still_unknown (self, error);
}

/* The moment the bytes may leave, on the disk before they do. @when: 0: they did not */
static gboolean
note_sent (const DmpDelivery *self, gint64 when, GError **error)
{
  self->row->sent = when;
  return dmp_outbox_set_sent (self->outbox, self->row->id, when, error);
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* @answered: whether a registry's answer was read */
static gboolean
take_failure (const DmpDelivery *self,
              GError *cause,
              gboolean answered,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GError) owned = cause;
  g_autofree char *sentence = g_strdup (cause->message);

  if (g_error_matches (cause, DMP_ERROR, DMP_ERROR_DUPLICATE))
    return resolve_duplicate (self, cancellable, error);
  if (!is_clear_refusal (cause, answered))
    {
      g_debug ("no clear answer: %s", cause->message);
      note_sent (self, now (), NULL); /* its last byte may have left only now */
      return still_unknown (self, error);
    }
  return end_as (self, DMP_OUTBOX_REFUSED, sentence, g_steal_pointer (&owned), error);
}

static gboolean
send_row (const DmpDelivery *self,
          const DmpMessage *request,
          GCancellable *cancellable,
          GError **error)
{
  const gint64 before = self->row->sent;
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (GPtrArray) warnings = NULL;
  GError *cause = NULL;

  if (!note_sent (self, now (), error))
    {
      g_prefix_error_literal (error, _ ("Rien n’a été envoyé cette fois. "));
      return FALSE;
    }
  if (dmp_link_call (self->link, self->context, &dmp_td_submit, request, cancellable, &reply,
                     &cause) &&
      dmp_td_submit_parse (reply, &warnings, &cause))
    {
      const DmpReceiptAnswer answer = { .transaction = dmp_td_submit.id, .warnings = warnings };

      return acknowledge (self, &answer);
    }
  if (dmp_link_has_sent (self->link))
    return take_failure (self, cause, reply != NULL, cancellable, error);
  note_sent (self, before, NULL);
  g_propagate_error (error, cause);
  return FALSE;
}

void
dmp_delivery_set_not_withdrawn (GError **error, GError **cause)
{
  g_autoptr (GError) owned = g_steal_pointer (cause);

  g_clear_error (error);
  g_set_error (
      error, DMP_ERROR, DMP_ERROR_UNKNOWN_OUTCOME,
      _ ("Le document n’est pas parti, mais son envoi n’a pas pu être retiré de ce poste : "
         "il sera repris à la prochaine ouverture de ce dossier. Ne l’envoyez pas une "
         "seconde fois. %s"),
      owned->message);
}

gboolean
dmp_delivery_send (const DmpDelivery *self,
                   const DmpMessage *request,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (send_row (self, request, cancellable, error))
    return TRUE;
  if (self->row->state != DMP_OUTBOX_READY)
    return FALSE;
  if (dmp_outbox_drop (self->outbox, self->row->id, &cause))
    self->row->id = 0; /* nothing left this machine, and the person is told so */
  else
    dmp_delivery_set_not_withdrawn (error, &cause);
  return FALSE;
}

gboolean
dmp_delivery_start (const DmpDelivery *self,
                    const DmpMessage *request,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) cause = NULL;
  const char *sentence;

  if (send_row (self, request, cancellable, &cause))
    return TRUE;
  if (self->row->state != DMP_OUTBOX_READY)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  sentence = _ ("Le DMP n’a pas pu être joint. Rien n’est encore parti ; l’envoi sera repris de "
                "lui-même.");
  settle (self, DMP_OUTBOX_UNKNOWN, sentence, NULL);
  g_debug ("kept: %s", cause->message);
  g_set_error_literal (error, cause->domain, cause->code, sentence);
  return FALSE;
}

static gboolean
send_again (const DmpDelivery *self, guint delay, GCancellable *cancellable, GError **error)
{
  g_autoptr (DmpMessage) request = NULL;

  if (now () < self->row->sent + (gint64) delay)
    {
      g_set_error_literal (
          error, DMP_ERROR, DMP_ERROR_UNKNOWN_OUTCOME,
          _ ("Le DMP n’a pas encore ce document, mais l’envoi précédent est trop récent : il peut "
             "encore arriver. Il reste dans la boîte d’envoi ; réessayez dans une minute."));
      return FALSE;
    }
  if (!dmp_outbox_load (self->outbox, self->row, error))
    return FALSE;
  request = read_request (self->row, error);
  if (request == NULL)
    return FALSE;
  self->row->state = DMP_OUTBOX_UNKNOWN;
  return send_row (self, request, cancellable, error);
}

gboolean
dmp_delivery_resolve (const DmpDelivery *self,
                      guint delay,
                      GCancellable *cancellable,
                      GError **error)
{
  Presence presence = { 0 };

  if (!ask_host (self, &presence, cancellable, error))
    return FALSE;
  if (presence.absent == self->row->documents->len)
    return send_again (self, delay, cancellable, error);
  return judge_presence (self, &presence, error);
}
