#include "config.h"

#include "dmp-link.h"
#include "model/dmp-error.h"
#include "wire/dmp-wire-card.h"

#include <glib/gi18n-lib.h>

struct _DmpLink
{
  DmpConfig *config;
  DmpCard *card;              /* NULL: none open */
  DmpCardKey *authentication; /* with the keys: from sign-in on */
  DmpCardKey *signature;
  DmpWireClient *wire;
  DmpVihfCache *assertions;
  GDateTime *authenticated; /* when the PIN was given */
  gboolean sent;            /* whether the last request left this machine, in whole or in part */
  DmpLinkCounts last;       /* of what has been let go */
};

DmpLink *
dmp_link_new (DmpConfig *config)
{
  DmpLink *self = g_new0 (DmpLink, 1);

  self->config = dmp_config_ref (config);
  return self;
}

void
dmp_link_free (DmpLink *self)
{
  if (self == NULL)
    return;

  dmp_link_close (self);
  dmp_config_unref (self->config);
  g_free (self);
}

DmpCard *
dmp_link_open_card (DmpLink *self, const char *reader, GCancellable *cancellable, GError **error)
{
  const char *module = dmp_config_get_card_module (self->config);

  dmp_link_close (self);
  self->last = (DmpLinkCounts){ 0 };
  self->card = dmp_card_open (*module != '\0' ? module : NULL, reader, cancellable, error);

  return self->card;
}

DmpCard *
dmp_link_get_card (DmpLink *self)
{
  return self->card;
}

static gboolean
signed_out (GError **error)
{
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_SIGNED_OUT,
                       _ ("La session est fermée. Insérez votre carte et saisissez votre code."));
  return FALSE;
}

static gboolean
connect_host (DmpLink *self, GError **error)
{
  const DmpWireConfig config = {
    .base_url = dmp_config_get_host_url (self->config),
    .ca_file = dmp_config_get_host_ca (self->config),
    .connect_timeout_ms = dmp_config_get_connect_timeout (self->config) * 1000,
    .response_timeout_ms = dmp_config_get_response_timeout (self->config) * 1000,
    .user_agent = PACKAGE_NAME "/" PACKAGE_VERSION,
  };
  const DmpWireCredential credential = dmp_wire_card_credential (self->authentication);

  if (*config.base_url == '\0')
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG,
                           _ ("L’adresse du service DMP n’est pas réglée sur ce poste. Prévenez "
                              "votre informaticien."));
      return FALSE;
    }
  self->wire = dmp_wire_client_new (&config, &credential, error);
  return self->wire != NULL;
}

gboolean
dmp_link_sign_in (DmpLink *self, const DmpSecret *pin, gboolean last_try_allowed, GError **error)
{
  if (self->card == NULL)
    return signed_out (error);
  if (!dmp_card_sign_in (self->card, pin, last_try_allowed, error))
    return FALSE;

  g_set_object (&self->authentication, dmp_card_get_key (self->card, DMP_CARD_KEY_AUTHENTICATION));
  g_set_object (&self->signature, dmp_card_get_key (self->card, DMP_CARD_KEY_SIGNATURE));
  g_clear_pointer (&self->authenticated, g_date_time_unref);
  self->authenticated = g_date_time_new_now_utc ();
  g_clear_pointer (&self->assertions, dmp_vihf_cache_free);
  self->assertions = dmp_vihf_cache_new (dmp_config_get_assertion_lifetime (self->config));

  return TRUE;
}

gboolean
dmp_link_get_signer (DmpLink *self, DmpXmlSigner *signer, GError **error)
{
  if (self->signature == NULL)
    return signed_out (error);
  *signer = dmp_wire_card_signer (self->signature);
  return TRUE;
}

static DmpVihf *
get_assertion (DmpLink *self, const DmpLinkContext *context, GError **error)
{
  const DmpVihfParams params = {
    .authentication = DMP_VIHF_DIRECT,
    .practitioner = context->practitioner,
    .situation = context->situation,
    .patient = context->patient,
    .mode = context->mode,
    .software_id = dmp_config_get_software_id (self->config),
    .software_name = dmp_config_get_software_name (self->config),
    .software_version = dmp_config_get_software_version (self->config),
    .homologation = dmp_config_get_homologation (self->config),
    .authenticated = self->authenticated,
  };
  DmpXmlSigner signer;

  if (self->assertions == NULL || self->signature == NULL)
    return signed_out (error), NULL;
  signer = dmp_wire_card_signer (self->signature);
  return dmp_vihf_cache_get (self->assertions, &params, &signer, error);
}

gboolean
dmp_link_prepare (DmpLink *self, const DmpLinkContext *context, GError **error)
{
  g_autoptr (DmpVihf) vihf = get_assertion (self, context, error);

  return vihf != NULL;
}

/* A request that may have been carried out, though nothing says so. A connection found dead is
 * opened again before it is known that the request must not be repeated: what goes wrong then, with
 * the card or the handshake, says nothing of the first sending. */
static gboolean
outcome_is_unknown (DmpLink *self, const GError *error)
{
  if (!dmp_wire_client_has_sent (self->wire))
    return FALSE;
  if (error->domain != DMP_ERROR)
    return TRUE;
  switch ((DmpErrorCode) error->code)
    {
    case DMP_ERROR_NETWORK:
    case DMP_ERROR_TIMEOUT:
    case DMP_ERROR_CANCELLED:
    case DMP_ERROR_SIGNED_OUT:
    case DMP_ERROR_INVALID_MESSAGE:
    case DMP_ERROR_INVALID_XML:
    case DMP_ERROR_LIMIT:
      return TRUE;
    case DMP_ERROR_TLS:
    case DMP_ERROR_TLS_CLIENT:
      return dmp_error_get_host_code (error) == NULL;
    default:
      return FALSE;
    }
}

void
dmp_link_doubt_outcome (GError **error)
{
  g_debug ("unknown outcome: %s", (*error)->message);
  g_clear_error (error);
  g_set_error_literal (
      error, DMP_ERROR, DMP_ERROR_UNKNOWN_OUTCOME,
      _ ("Le DMP n’a pas répondu : la demande a peut-être abouti. Rafraîchissez le dossier "
         "avant de recommencer."));
}

/* What the guarded parser says of a bad document is no help when it is the host's answer. */
static void
blame_answer (GError **error)
{
  if (!g_error_matches (*error, DMP_ERROR, DMP_ERROR_INVALID_XML) &&
      !g_error_matches (*error, DMP_ERROR, DMP_ERROR_LIMIT))
    return;
  g_debug ("answer refused: %s", (*error)->message);
  g_clear_error (error);
  g_set_error_literal (
      error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE,
      _ ("La réponse du DMP est illisible. Rien n’a été perdu : réessayez ; si cela "
         "dure, prévenez votre informaticien."));
}

gboolean
dmp_link_call (DmpLink *self,
               const DmpLinkContext *context,
               const DmpTd *td,
               const DmpMessage *message,
               GCancellable *cancellable,
               DmpMessage **reply,
               GError **error)
{
  g_autoptr (DmpVihf) vihf = NULL;
  g_autoptr (GError) cause = NULL;
  DmpWireRequest request = {
    .endpoint = td->endpoint, .action = td->action, .message = message, .repeatable = td->repeatable
  };

  self->sent = FALSE;
  if (self->authentication == NULL)
    return signed_out (error);
  if (self->wire == NULL && !connect_host (self, error))
    return FALSE;
  vihf = get_assertion (self, context, error);
  if (vihf == NULL)
    return FALSE;

  request.vihf = vihf;
  self->sent = TRUE; /* until it is known that it was not */
  if (dmp_wire_client_call (self->wire, &request, cancellable, reply, &cause))
    return TRUE;
  self->sent = dmp_wire_client_has_sent (self->wire);
  if (g_error_matches (cause, DMP_ERROR, DMP_ERROR_FAULT))
    dmp_vihf_cache_clear (self->assertions); /* it may be the assertion that is not liked */
  if (!td->repeatable && outcome_is_unknown (self, cause))
    dmp_link_doubt_outcome (&cause);
  else
    blame_answer (&cause);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
dmp_link_has_sent (DmpLink *self)
{
  return self->sent;
}

DmpConfig *
dmp_link_get_config (DmpLink *self)
{
  return self->config;
}

DmpTdSender
dmp_link_get_sender (DmpLink *self)
{
  const DmpTdSender sender = { .oid = dmp_config_get_software_oid (self->config),
                               .name = dmp_config_get_software_name (self->config) };

  return sender;
}

void
dmp_link_get_counts (DmpLink *self, DmpLinkCounts *counts)
{
  *counts = self->last;
  if (self->card != NULL)
    dmp_card_get_counts (self->card, &counts->card);
  if (self->wire != NULL)
    dmp_wire_client_get_counters (self->wire, &counts->wire);
  if (self->assertions != NULL)
    counts->assertions = dmp_vihf_cache_get_signed (self->assertions);
}

static void
tell_counts (const DmpLinkCounts *counts)
{
  g_debug ("signatures %u (tls %u), assertions %u, own APDUs %u, requests %u, handshakes %u, "
           "resumptions %u, sent %" G_GUINT64_FORMAT ", received %" G_GUINT64_FORMAT,
           counts->card.signatures, counts->card.handshakes, counts->assertions, counts->card.apdus,
           counts->wire.requests, counts->wire.handshakes, counts->wire.resumptions,
           counts->wire.sent, counts->wire.received);
}

void
dmp_link_close (DmpLink *self)
{
  g_autoptr (GError) error = NULL;

  dmp_link_get_counts (self, &self->last);
  if (self->card != NULL)
    tell_counts (&self->last);
  if (self->wire != NULL)
    dmp_wire_client_close (self->wire);
  g_clear_pointer (&self->wire, dmp_wire_client_free);
  g_clear_pointer (&self->assertions, dmp_vihf_cache_free);
  g_clear_pointer (&self->authenticated, g_date_time_unref);
  g_clear_object (&self->authentication);
  g_clear_object (&self->signature);
  if (self->card != NULL && dmp_card_is_signed_in (self->card) &&
      !dmp_card_lock (self->card, &error))
    g_warning ("the card was not locked: %s", error->message);
  g_clear_object (&self->card);
}
