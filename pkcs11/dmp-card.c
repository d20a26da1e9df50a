#include "config.h"

#include "dmp-card-private.h"

#include "dmp-card-error-private.h"
#include "dmp-card-key-private.h"
#include "dmp-card-watch.h"

#include <glib/gi18n-lib.h>
#include <openssl/x509.h>

G_DEFINE_FINAL_TYPE (DmpCard, dmp_card, G_TYPE_OBJECT)

static void
forget_public (DmpCard *self)
{
  if (self->token != NULL)
    dmp_card_token_close (self->token);
  g_clear_pointer (&self->token, dmp_card_token_unref);
  for (guint use = 0; use < G_N_ELEMENTS (self->x509); use++)
    {
      g_clear_pointer (&self->x509[use], X509_free);
      g_clear_pointer (&self->id[use], g_bytes_unref);
    }
  g_clear_pointer (&self->identity, dmp_card_identity_free);
}

static void
dmp_card_finalize (GObject *object)
{
  DmpCard *self = DMP_CARD (object);

  if (self->signed_in)
    dmp_card_lock (self, NULL);
  dmp_card_drop_private (self);
  forget_public (self);
  g_clear_pointer (&self->situations, g_ptr_array_unref);
  g_free (self->reader);
  g_free (self->module);
  G_OBJECT_CLASS (dmp_card_parent_class)->finalize (object);
}

static void
dmp_card_class_init (DmpCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_card_finalize;
}

static void
dmp_card_init (DmpCard *self)
{
  self->situations = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_card_situation_free);
  self->tries_left = -1;
}

void
dmp_card_prepare_process (void)
{
  const char *path = g_getenv ("DMP_OPENSC_CONF");

  g_setenv ("OPENSC_CONF", path != NULL ? path : PKGDATADIR "/opensc-client.conf", TRUE);
}

/* Without our configuration OpenSC keeps the PIN and probes the Vitale: better no card at all. */
static gboolean
check_configuration (GError **error)
{
  const char *path = g_getenv ("OPENSC_CONF");

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;

  return dmp_card_error_set_text (
      error, DMP_CARD_ERROR_MODULE,
      _ ("La configuration du pilote de carte « %s » est introuvable. Réinstallez le "
         "logiciel."),
      path != NULL ? path : "OPENSC_CONF");
}

static gboolean
check_kind (DmpSpan atr, GError **error)
{
  switch (dmp_card_kind_from_atr (atr.data, atr.len))
    {
    case DMP_CARD_KIND_CPS:
      return TRUE;
    case DMP_CARD_KIND_VITALE:
      return dmp_card_error_set_text (
          error, DMP_CARD_ERROR_WRONG_CARD,
          _ ("Cette carte est une carte Vitale. Insérez votre carte CPS."));
    case DMP_CARD_KIND_CPS_CONTACTLESS:
      return dmp_card_error_set_text (
          error, DMP_CARD_ERROR_WRONG_CARD,
          _ ("La carte est posée sur un lecteur sans contact. Insérez-la dans la fente du "
             "lecteur."));
    case DMP_CARD_KIND_MUTE:
      return dmp_card_error_set (error, DMP_CARD_ERROR_READ);
    case DMP_CARD_KIND_NONE:
    case DMP_CARD_KIND_UNKNOWN:
      break;
    }
  return dmp_card_error_set (error, DMP_CARD_ERROR_WRONG_CARD);
}

static gboolean
check_cancelled (GCancellable *cancellable, GError **error)
{
  return !g_cancellable_is_cancelled (cancellable) ||
         dmp_card_error_set (error, DMP_CARD_ERROR_CANCELLED);
}

/* The connection first: it tells a missing reader or card, and a Vitale, without the module. */
static gboolean
connect_token (DmpCard *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (DmpPcsc) pcsc = dmp_pcsc_connect (self->reader, error);
  GError *cause = NULL;
  DmpPkcs11 *pkcs11;

  if (pcsc == NULL || !check_kind (dmp_pcsc_get_atr (pcsc), error) ||
      !check_configuration (error) || !check_cancelled (cancellable, error))
    return FALSE;

  pkcs11 = dmp_pkcs11_open (self->module, self->reader, &cause);
  self->token = dmp_card_token_new (g_steal_pointer (&pcsc), pkcs11);
  return pkcs11 != NULL || dmp_card_token_fail (self->token, cause, error);
}

static gboolean
read_public (DmpCard *self, DmpCardCacheState *state, GCancellable *cancellable, GError **error)
{
  return connect_token (self, cancellable, error) && check_cancelled (cancellable, error) &&
         dmp_card_read_identity (self, error) && check_cancelled (cancellable, error) &&
         dmp_card_check_cache (self, state, error);
}

/* Once more without the cache when it does not speak of this card. */
static gboolean
read_current (DmpCard *self, GCancellable *cancellable, GError **error)
{
  DmpCardCacheState state;

  if (!read_public (self, &state, cancellable, error))
    return FALSE;
  if (state == DMP_CARD_CACHE_CURRENT)
    return TRUE;

  g_debug ("card: what OpenSC has kept is not of this card: read again");
  forget_public (self);
  dmp_card_clear_cache ();
  if (!read_public (self, &state, cancellable, error))
    return FALSE;
  return state != DMP_CARD_CACHE_STALE || dmp_card_error_set (error, DMP_CARD_ERROR_READ);
}

DmpCard *
dmp_card_open (const char *module, const char *reader, GCancellable *cancellable, GError **error)
{
  g_autoptr (DmpCard) self = NULL;

  g_return_val_if_fail (reader != NULL, NULL);

  if (g_getenv ("OPENSC_CONF") == NULL)
    dmp_card_prepare_process ();

  self = g_object_new (DMP_TYPE_CARD, NULL);
  self->reader = g_strdup (reader);
  self->module = g_strdup (module != NULL ? module : dmp_pkcs11_default_module ());
  if (!read_current (self, cancellable, error) || !dmp_card_read_tries_left (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
dmp_card_get_reader (DmpCard *self)
{
  g_return_val_if_fail (DMP_IS_CARD (self), NULL);

  return self->reader;
}

const char *
dmp_card_get_module (DmpCard *self)
{
  g_return_val_if_fail (DMP_IS_CARD (self), NULL);

  return self->module;
}

const DmpCardIdentity *
dmp_card_get_identity (DmpCard *self)
{
  g_return_val_if_fail (DMP_IS_CARD (self), NULL);

  return self->identity;
}

gboolean
dmp_card_check_validity (DmpCard *self, GDateTime *now, GError **error)
{
  g_autoptr (GDateTime) clock = NULL;

  g_return_val_if_fail (DMP_IS_CARD (self), FALSE);

  clock = now != NULL ? g_date_time_ref (now) : g_date_time_new_now_utc ();
  return dmp_card_certificates_check (self->identity->certificates, TRUE, clock, error);
}

int
dmp_card_get_tries_left (DmpCard *self)
{
  g_return_val_if_fail (DMP_IS_CARD (self), -1);

  return self->tries_left;
}

gboolean
dmp_card_read_tries_left (DmpCard *self, GError **error)
{
  GError *cause = NULL;

  g_return_val_if_fail (DMP_IS_CARD (self), FALSE);

  if (!dmp_card_token_check (self->token, error))
    return FALSE;

  return dmp_card_code_read_tries (self->token->pcsc, DMP_CARD_CODE_PIN, NULL, &self->tries_left,
                                   &cause) ||
         dmp_card_token_fail (self->token, cause, error);
}

gboolean
dmp_card_is_signed_in (DmpCard *self)
{
  g_return_val_if_fail (DMP_IS_CARD (self), FALSE);

  return self->signed_in && !self->token->gone && !self->token->lost_pin;
}

GPtrArray *
dmp_card_get_situations (DmpCard *self)
{
  g_return_val_if_fail (DMP_IS_CARD (self), NULL);

  return self->situations;
}

DmpCardKey *
dmp_card_get_key (DmpCard *self, DmpCardKeyUse use)
{
  g_return_val_if_fail (DMP_IS_CARD (self), NULL);
  g_return_val_if_fail ((guint) use < G_N_ELEMENTS (self->key), NULL);

  return self->key[use];
}

void
dmp_card_get_counts (DmpCard *self, DmpCardCounts *counts)
{
  g_return_if_fail (DMP_IS_CARD (self));

  counts->apdus = dmp_pcsc_get_apdus (self->token->pcsc);
  counts->signatures = self->token->signatures;
  counts->handshakes = self->token->handshakes;
}
