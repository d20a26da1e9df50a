#include "config.h"

#include "dmp-card-private.h"

#include "dmp-card-error-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIN_DIGITS 4
#define PUK_DIGITS 8

static gboolean
is_digits (const DmpSecret *code, gsize len)
{
  const char *text = dmp_secret_peek (code);

  return strlen (text) == len && strspn (text, "0123456789") == len;
}

static gboolean
set_wrong_pin (GError **error, int tries)
{
  if (tries == 0)
    return dmp_card_error_set (error, DMP_CARD_ERROR_BLOCKED);
  if (tries == 1)
    return dmp_card_error_set_text (
        error, DMP_CARD_ERROR_WRONG_PIN,
        _ ("Code incorrect. Il reste un seul essai avant le blocage de la carte."));
  if (tries > 1)
    return dmp_card_error_set_text (
        error, DMP_CARD_ERROR_WRONG_PIN,
        _ ("Code incorrect. Il reste %d essais avant le blocage de la carte."), tries);
  return dmp_card_error_set (error, DMP_CARD_ERROR_WRONG_PIN);
}

/* No try is used here: the tries left are asked right before one is. */
static gboolean
check_before_try (DmpCard *self, const DmpSecret *pin, gboolean last_try_allowed, GError **error)
{
  if (!dmp_card_token_check (self->token, error))
    return FALSE;
  if (!is_digits (pin, PIN_DIGITS))
    return dmp_card_error_set (error, DMP_CARD_ERROR_PIN_FORMAT);
  if (!dmp_card_read_tries_left (self, error))
    return FALSE;
  if (self->tries_left == 0)
    return dmp_card_error_set (error, DMP_CARD_ERROR_BLOCKED);
  if (self->tries_left <= 1 && !last_try_allowed)
    return dmp_card_error_set (error, DMP_CARD_ERROR_LAST_TRY);
  return TRUE;
}

/* A session left over by another sign-in is ended first; that uses no try. */
static CK_RV
login (DmpCard *self, const DmpSecret *pin)
{
  CK_RV rv = dmp_pkcs11_login (self->token->pkcs11, dmp_secret_peek (pin));

  if (rv == CKR_USER_ALREADY_LOGGED_IN || rv == CKR_SESSION_HANDLE_INVALID ||
      rv == CKR_SESSION_CLOSED)
    {
      dmp_pkcs11_logout (self->token->pkcs11);
      rv = dmp_pkcs11_reopen (self->token->pkcs11);
      if (rv == CKR_OK)
        rv = dmp_pkcs11_login (self->token->pkcs11, dmp_secret_peek (pin));
    }
  return rv;
}

gboolean
dmp_card_sign_in (DmpCard *self, const DmpSecret *pin, gboolean last_try_allowed, GError **error)
{
  CK_RV rv;

  g_return_val_if_fail (DMP_IS_CARD (self), FALSE);
  g_return_val_if_fail (pin != NULL, FALSE);

  dmp_card_drop_private (self);
  if (!dmp_card_check_validity (self, NULL, error) ||
      !check_before_try (self, pin, last_try_allowed, error))
    return FALSE;

  rv = login (self, pin);
  if (rv == CKR_PIN_INCORRECT || rv == CKR_PIN_LOCKED)
    {
      self->tries_left = -1;
      return dmp_card_read_tries_left (self, error) && set_wrong_pin (error, self->tries_left);
    }
  if (rv != CKR_OK)
    return dmp_card_token_fail_pkcs11 (self->token, rv, error);

  self->signed_in = TRUE;
  self->token->lost_pin = FALSE;
  self->tries_left = -1;
  if (dmp_card_open_private (self, error))
    return TRUE;

  dmp_card_lock (self, NULL);
  return FALSE;
}

/* Look, reset, look again: the verified state belongs to the card. The first look is not for the
 * PIN alone: a card that has just left must not be reset, for pcscd would then miss the next
 * insertion. */
static gboolean
reset_and_check (DmpCard *self, gboolean reset, GError **error)
{
  gboolean verified = TRUE;
  DmpPcsc *pcsc = self->token->pcsc;
  int *tries = &self->tries_left;
  CK_RV rv;

  if (!dmp_card_code_read_tries (pcsc, DMP_CARD_CODE_PIN, &verified, NULL, error))
    return FALSE;
  if ((verified || reset) && !dmp_pcsc_reset (pcsc, error))
    return FALSE;
  if (!dmp_card_code_read_tries (pcsc, DMP_CARD_CODE_PIN, &verified, tries, error))
    return FALSE;
  if (verified)
    return dmp_card_error_set_text (
        error, DMP_CARD_ERROR_READ,
        _ ("La carte n’a pas pu être verrouillée. Retirez-la du lecteur."));

  rv = dmp_pkcs11_reopen (self->token->pkcs11);
  return rv == CKR_OK || dmp_card_error_set_pkcs11 (error, rv);
}

static gboolean
log_out (DmpCard *self)
{
  g_autoptr (GError) error = NULL;
  CK_RV rv = dmp_pkcs11_logout (self->token->pkcs11);

  if (rv != CKR_OK && rv != CKR_USER_NOT_LOGGED_IN)
    dmp_card_token_fail_pkcs11 (self->token, rv, &error);
  else if (!dmp_pcsc_check (self->token->pcsc, 0, &error))
    self->token->gone = TRUE;
  return !self->token->gone;
}

/* @reset: a code was given since the last lock */
static gboolean
lock (DmpCard *self, gboolean reset, GError **error)
{
  g_autoptr (GError) local = NULL;
  GError *cause = NULL;

  dmp_card_drop_private (self);
  if (self->token->gone || !log_out (self) || reset_and_check (self, reset, &cause))
    return TRUE;

  dmp_card_token_fail (self->token, cause, &local);
  if (self->token->gone)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
dmp_card_lock (DmpCard *self, GError **error)
{
  g_return_val_if_fail (DMP_IS_CARD (self), FALSE);

  return lock (self, self->signed_in, error);
}

/* What a command about the PIN was answered, once the card is locked again. */
static gboolean
end_pin_command (DmpCard *self, guint16 status, GError **error)
{
  GError *cause = NULL;

  if (!lock (self, TRUE, error))
    return FALSE;
  if (status == 0x9000)
    return TRUE;
  if ((status & 0xfff0) == 0x63c0 || status == 0x6983 || status == 0x6984)
    return set_wrong_pin (error, self->tries_left);

  dmp_card_error_set_status (&cause, status);
  return dmp_card_token_fail (self->token, cause, error);
}

gboolean
dmp_card_change_pin (DmpCard *self,
                     const DmpSecret *old_pin,
                     const DmpSecret *new_pin,
                     gboolean last_try_allowed,
                     GError **error)
{
  GError *cause = NULL;
  guint16 status = 0;

  g_return_val_if_fail (DMP_IS_CARD (self), FALSE);
  g_return_val_if_fail (old_pin != NULL && new_pin != NULL, FALSE);

  if (!is_digits (new_pin, PIN_DIGITS))
    return dmp_card_error_set (error, DMP_CARD_ERROR_PIN_FORMAT);
  if (!check_before_try (self, old_pin, last_try_allowed, error))
    return FALSE;

  if (!dmp_card_code_change (self->token->pcsc, dmp_secret_peek (old_pin),
                             dmp_secret_peek (new_pin), &status, &cause))
    return dmp_card_token_fail (self->token, cause, error);

  return end_pin_command (self, status, error);
}

static gboolean
check_puk (DmpCard *self, const DmpSecret *puk, gboolean last_try_allowed, GError **error)
{
  GError *cause = NULL;
  int tries = -1;

  if (!dmp_card_token_check (self->token, error))
    return FALSE;
  if (!is_digits (puk, PUK_DIGITS))
    return dmp_card_error_set_text (
        error, DMP_CARD_ERROR_PIN_FORMAT,
        _ ("Le code de déblocage a 8 chiffres. Aucun essai n’a été utilisé."));
  if (!dmp_card_code_read_tries (self->token->pcsc, DMP_CARD_CODE_PUK, NULL, &tries, &cause))
    return dmp_card_token_fail (self->token, cause, error);
  if (tries == 0)
    return dmp_card_error_set (error, DMP_CARD_ERROR_PUK_BLOCKED);
  if (tries <= 1 && !last_try_allowed)
    return dmp_card_error_set_text (
        error, DMP_CARD_ERROR_LAST_TRY,
        _ ("Dernier essai du code de déblocage. Un code faux rendra la carte inutilisable. Aucun "
           "essai n’a été utilisé."));
  return TRUE;
}

static gboolean
set_wrong_puk (GError **error, guint16 status)
{
  if (status == 0x6983 || status == 0x6984 || status == 0x63c0)
    return dmp_card_error_set_caused (error, DMP_CARD_ERROR_PUK_BLOCKED, DMP_CARD_CAUSE_STATUS,
                                      status);
  if ((status & 0xfff0) == 0x63c0)
    return dmp_card_error_set_caused (error, DMP_CARD_ERROR_WRONG_PUK, DMP_CARD_CAUSE_STATUS,
                                      status);
  return dmp_card_error_set_status (error, status);
}

gboolean
dmp_card_unblock_pin (DmpCard *self,
                      const DmpSecret *puk,
                      const DmpSecret *new_pin,
                      gboolean last_try_allowed,
                      GError **error)
{
  guint16 puk_status = 0, status = 0;
  GError *cause = NULL;

  g_return_val_if_fail (DMP_IS_CARD (self), FALSE);
  g_return_val_if_fail (puk != NULL && new_pin != NULL, FALSE);

  if (!is_digits (new_pin, PIN_DIGITS))
    return dmp_card_error_set (error, DMP_CARD_ERROR_PIN_FORMAT);
  if (!check_puk (self, puk, last_try_allowed, error))
    return FALSE;

  if (!dmp_card_code_unblock (self->token->pcsc, dmp_secret_peek (puk), dmp_secret_peek (new_pin),
                              &puk_status, &status, &cause))
    return dmp_card_token_fail (self->token, cause, error);

  if (puk_status != 0x9000)
    {
      lock (self, TRUE, NULL);
      set_wrong_puk (&cause, puk_status);
      return dmp_card_token_fail (self->token, cause, error);
    }
  return end_pin_command (self, status, error);
}
