#include "config.h"

#include "dmp-card-token.h"

#include "dmp-card-error-private.h"

#include <string.h>

/* A driver that polls its reader notices a removal within 400 ms; a command fails before that. */
#define REMOVAL_WAIT_MS 1000
#define SIGNATURE_KEY 0x81    /* of the CPS3: keyReference of CPS_PRIV_SIG */
#define ALGORITHM_SHA256 0x42 /* RSA PKCS#1 v1.5 with SHA-256, computed outside */

DmpCardToken *
dmp_card_token_new (DmpPcsc *pcsc, DmpPkcs11 *pkcs11)
{
  DmpCardToken *self = g_atomic_rc_box_new0 (DmpCardToken);

  self->pcsc = pcsc;
  self->pkcs11 = pkcs11;
  return self;
}

DmpCardToken *
dmp_card_token_ref (DmpCardToken *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
dmp_card_token_close (DmpCardToken *self)
{
  if (self->pcsc != NULL)
    self->apdus += dmp_pcsc_get_apdus (self->pcsc);
  g_clear_pointer (&self->pkcs11, dmp_pkcs11_free);
  g_clear_pointer (&self->pcsc, dmp_pcsc_free);
}

static void
token_clear (gpointer data)
{
  dmp_card_token_close (data);
}

void
dmp_card_token_unref (DmpCardToken *self)
{
  g_atomic_rc_box_release_full (self, token_clear);
}

gboolean
dmp_card_token_check (DmpCardToken *self, GError **error)
{
  if (self->gone || self->pcsc == NULL)
    return dmp_card_error_set (error, DMP_CARD_ERROR_REMOVED);
  return TRUE;
}

/* Errors that a removal may hide behind, before the service has noticed it. */
static gboolean
may_be_removal (const GError *error)
{
  return g_error_matches (error, DMP_CARD_ERROR, DMP_CARD_ERROR_READ) ||
         g_error_matches (error, DMP_CARD_ERROR, DMP_CARD_ERROR_KEY) ||
         g_error_matches (error, DMP_CARD_ERROR, DMP_CARD_ERROR_MODULE) ||
         g_error_matches (error, DMP_CARD_ERROR, DMP_CARD_ERROR_WRONG_CARD) ||
         g_error_matches (error, DMP_CARD_ERROR, DMP_CARD_ERROR_INTERNAL);
}

gboolean
dmp_card_token_fail (DmpCardToken *self, GError *cause, GError **error)
{
  g_autoptr (GError) left = NULL;
  DmpCardCause where;
  gulong number = 0;

  if (self->pcsc == NULL ||
      dmp_pcsc_check (self->pcsc, may_be_removal (cause) ? REMOVAL_WAIT_MS : 0, &left))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }

  self->gone = TRUE;
  where = dmp_card_error_get_cause (cause, &number);
  g_error_free (cause);
  return dmp_card_error_set_caused (error, (DmpCardErrorCode) left->code, where, number);
}

gboolean
dmp_card_token_fail_pkcs11 (DmpCardToken *self, CK_RV rv, GError **error)
{
  GError *cause = NULL;

  dmp_card_error_set_pkcs11 (&cause, rv);
  return dmp_card_token_fail (self, cause, error);
}

DmpCardSigner *
dmp_card_signer_new (DmpCardToken *token, DmpCardKeyUse use, CK_OBJECT_HANDLE object)
{
  DmpCardSigner *self = g_atomic_rc_box_new0 (DmpCardSigner);

  self->token = dmp_card_token_ref (token);
  self->use = use;
  self->object = object;
  self->open = TRUE;
  return self;
}

DmpCardSigner *
dmp_card_signer_ref (DmpCardSigner *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
signer_clear (gpointer data)
{
  DmpCardSigner *self = data;

  dmp_card_token_unref (self->token);
  g_clear_error (&self->error);
}

void
dmp_card_signer_unref (DmpCardSigner *self)
{
  g_atomic_rc_box_release_full (self, signer_clear);
}

/* IAS-ECC: SELECT the application, MSE SET (digital signature), PSO COMPUTE DIGITAL SIGNATURE over
 * a hash made outside. The absolute SELECT makes it independent of what the module did before.
 * @status: (out): of the command that stopped, 9000 at the end */
static gboolean
send_signature_commands (
    DmpPcsc *pcsc, const guint8 *hash, GByteArray *answer, guint16 *status, GError **error)
{
  static const guint8 select_application[] = { 0x00, 0xa4, 0x09, 0x0c, 4, 0x3f, 0x00, 0x00, 0x01 };
  static const guint8 set_key[] = { 0x00, 0x22, 0x41,         0xb6, 6, 0x80, 0x01, ALGORITHM_SHA256,
                                    0x84, 0x01, SIGNATURE_KEY };
  guint8 compute[5 + 32] = { 0x00, 0x2a, 0x9e, 0x9a, 32 };

  memcpy (compute + 5, hash, 32);
  if (!dmp_pcsc_transmit (pcsc, select_application, sizeof select_application, NULL, status, error))
    return FALSE;
  if (*status != 0x9000)
    return TRUE;
  if (!dmp_pcsc_transmit (pcsc, set_key, sizeof set_key, NULL, status, error))
    return FALSE;
  if (*status != 0x9000)
    return TRUE;
  return dmp_pcsc_transmit (pcsc, compute, sizeof compute, answer, status, error);
}

static gboolean
sign_by_commands (
    DmpPcsc *pcsc, const guint8 *hash, guint8 *signature, gsize *signature_len, GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  gboolean was_reset = FALSE, good;
  guint16 status = 0;

  if (!dmp_pcsc_begin (pcsc, &was_reset, error))
    return FALSE;
  if (was_reset)
    {
      dmp_pcsc_end (pcsc);
      return dmp_card_error_set (error, DMP_CARD_ERROR_PIN_NEEDED);
    }

  good = send_signature_commands (pcsc, hash, answer, &status, error);
  dmp_pcsc_end (pcsc);
  if (!good)
    return FALSE;
  if (status != 0x9000)
    return dmp_card_error_set_status (error, status);
  if (answer->len == 0 || answer->len > *signature_len)
    return dmp_card_error_set (error, DMP_CARD_ERROR_KEY);

  memcpy (signature, answer->data, answer->len);
  *signature_len = answer->len;
  return TRUE;
}

/* OpenSC built with OpenSSL 3 refuses the signature key of a CPS: it costs no command to ask. */
static gboolean
is_refusal (CK_RV rv)
{
  return rv == CKR_MECHANISM_INVALID || rv == CKR_FUNCTION_NOT_SUPPORTED ||
         rv == CKR_KEY_FUNCTION_NOT_PERMITTED || rv == CKR_KEY_TYPE_INCONSISTENT;
}

static gboolean
sign_by_any (DmpCardSigner *self,
             const guint8 *data,
             gsize len,
             guint8 *signature,
             gsize *signature_len,
             GError **error)
{
  gboolean own = self->use == DMP_CARD_KEY_SIGNATURE && len == sizeof (DmpDigestInfo);
  DmpCardToken *token = self->token;
  GError *cause = NULL;

  if (!own || !token->own_commands)
    {
      CK_RV rv = dmp_pkcs11_sign (token->pkcs11, self->object, data, len, signature, signature_len);

      if (rv == CKR_OK)
        return TRUE;
      if (!own || !is_refusal (rv))
        return dmp_card_token_fail_pkcs11 (token, rv, error);
      token->own_commands = TRUE;
    }

  return sign_by_commands (token->pcsc, data + G_STRUCT_OFFSET (DmpDigestInfo, hash), signature,
                           signature_len, &cause) ||
         dmp_card_token_fail (token, cause, error);
}

gboolean
dmp_card_signer_sign (DmpCardSigner *self,
                      const guint8 *data,
                      gsize len,
                      guint8 *signature,
                      gsize *signature_len,
                      GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!dmp_card_token_check (self->token, error))
    return FALSE;
  if (!self->open)
    return dmp_card_error_set (error, DMP_CARD_ERROR_PIN_NEEDED);

  if (!sign_by_any (self, data, len, signature, signature_len, &local))
    {
      if (g_error_matches (local, DMP_CARD_ERROR, DMP_CARD_ERROR_PIN_NEEDED))
        self->token->lost_pin = TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  self->signatures++;
  self->token->signatures++;
  return TRUE;
}
