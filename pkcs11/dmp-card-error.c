#include "config.h"

#include "dmp-card-error-private.h"

#include <glib/gi18n-lib.h>
#include <p11-kit/pkcs11.h>
#include <winscard.h>

typedef struct
{
  DmpCardCause cause;
  gulong number;
} DmpCardErrorPrivate;

static void
dmp_card_error_private_init (DmpCardErrorPrivate *priv)
{
}

static void
dmp_card_error_private_copy (const DmpCardErrorPrivate *from, DmpCardErrorPrivate *to)
{
  if (from != NULL && to != NULL)
    *to = *from;
}

static void
dmp_card_error_private_clear (DmpCardErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (DmpCardError, dmp_card_error)

static const struct
{
  const char *name;
  int exit_status;
  const char *message;
} rows[] = {
  [DMP_CARD_ERROR_INTERNAL] = { "internal", 20,
                                N_ ("Le logiciel a rencontré une erreur avec la carte. "
                                    "Retirez la carte puis insérez-la de nouveau.") },
  [DMP_CARD_ERROR_NO_SERVICE] = { "no-service", 10,
                                  N_ ("Le service de cartes à puce (pcscd) ne répond pas. "
                                      "Démarrez-le ou prévenez votre support informatique.") },
  [DMP_CARD_ERROR_NO_READER] = { "no-reader", 10,
                                 N_ ("Aucun lecteur de carte détecté. Vérifiez le branchement USB. "
                                     "Rien n’a été envoyé.") },
  [DMP_CARD_ERROR_NO_CARD] = { "no-card", 10,
                               N_ ("Aucune carte dans le lecteur. Insérez votre carte CPS.") },
  [DMP_CARD_ERROR_WRONG_CARD] = { "wrong-card", 10,
                                  N_ ("Cette carte n’est pas une carte de professionnel de santé. "
                                      "Insérez votre carte CPS.") },
  [DMP_CARD_ERROR_REMOVED] = { "removed", 10,
                               N_ ("La carte a été retirée. Insérez-la de nouveau pour "
                                   "reprendre.") },
  [DMP_CARD_ERROR_READ] = { "unreadable", 10,
                            N_ ("La carte ne répond pas correctement. Retirez-la, essuyez la puce "
                                "et insérez-la de nouveau, puce en avant.") },
  [DMP_CARD_ERROR_BUSY] = { "busy", 10,
                            N_ ("Un autre programme utilise la carte. Fermez-le puis "
                                "réessayez.") },
  [DMP_CARD_ERROR_EXPIRED] = { "expired", 10,
                               N_ ("Votre carte a expiré. Utilisez la nouvelle carte reçue par "
                                   "courrier ou contactez le support CPS.") },
  [DMP_CARD_ERROR_MODULE] = { "module", 20,
                              N_ ("Le pilote de la carte ne peut pas être utilisé. Installez "
                                  "OpenSC ou la bibliothèque CPS officielle, ou prévenez votre "
                                  "support informatique.") },
  [DMP_CARD_ERROR_KEY] = { "key", 20,
                           N_ ("La carte n’a pas pu signer. Retirez-la puis insérez-la de "
                               "nouveau.") },
  [DMP_CARD_ERROR_PIN_FORMAT] = { "pin-format", 11,
                                  N_ ("Le code de la carte a 4 chiffres. Aucun essai n’a été "
                                      "utilisé.") },
  [DMP_CARD_ERROR_WRONG_PIN] = { "wrong-pin", 11, N_ ("Code incorrect. Saisissez-le à nouveau.") },
  [DMP_CARD_ERROR_LAST_TRY] = { "last-try", 11,
                                N_ ("Dernier essai. Un code faux bloquera votre carte. Aucun essai "
                                    "n’a été utilisé.") },
  [DMP_CARD_ERROR_BLOCKED] = { "blocked", 11,
                               N_ ("Votre carte est bloquée. Utilisez le code de déblocage (PUK) "
                                   "reçu par courrier ou contactez le support CPS.") },
  [DMP_CARD_ERROR_PIN_NEEDED] = { "pin-needed", 11,
                                  N_ ("La carte attend de nouveau votre code. Saisissez-le pour "
                                      "reprendre.") },
  [DMP_CARD_ERROR_WRONG_PUK] = { "wrong-puk", 11,
                                 N_ ("Code de déblocage incorrect. Vérifiez le courrier reçu avec "
                                     "la carte.") },
  [DMP_CARD_ERROR_PUK_BLOCKED] = { "puk-blocked", 11,
                                   N_ ("Le code de déblocage est lui-même bloqué. Demandez une "
                                       "nouvelle carte au support CPS.") },
  [DMP_CARD_ERROR_CANCELLED] = { "cancelled", 20, N_ ("Opération annulée. Rien n’a été envoyé.") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == DMP_CARD_ERROR_LAST);

const char *
dmp_card_error_name (DmpCardErrorCode code)
{
  return (guint) code < G_N_ELEMENTS (rows) ? rows[code].name : "internal";
}

int
dmp_card_error_exit_status (DmpCardErrorCode code)
{
  return (guint) code < G_N_ELEMENTS (rows) ? rows[code].exit_status : 20;
}

DmpCardCause
dmp_card_error_get_cause (const GError *error, gulong *number)
{
  DmpCardErrorPrivate *priv;

  if (error == NULL || error->domain != DMP_CARD_ERROR)
    return DMP_CARD_CAUSE_NONE;

  priv = dmp_card_error_get_private (error);
  if (priv == NULL)
    return DMP_CARD_CAUSE_NONE;
  if (priv->cause != DMP_CARD_CAUSE_NONE && number != NULL)
    *number = priv->number;
  return priv->cause;
}

/* PC/SC codes are negative 32-bit numbers kept in a long: compared by their low half. */
static const struct
{
  guint32 rv;
  DmpCardErrorCode code;
} pcsc_rows[] = {
  { (guint32) SCARD_E_CANCELLED, DMP_CARD_ERROR_CANCELLED },
  { (guint32) SCARD_E_SYSTEM_CANCELLED, DMP_CARD_ERROR_CANCELLED },
  { (guint32) SCARD_W_CANCELLED_BY_USER, DMP_CARD_ERROR_CANCELLED },
  { (guint32) SCARD_E_NO_SERVICE, DMP_CARD_ERROR_NO_SERVICE },
  { (guint32) SCARD_E_SERVICE_STOPPED, DMP_CARD_ERROR_NO_SERVICE },
  { (guint32) SCARD_E_SERVER_TOO_BUSY, DMP_CARD_ERROR_NO_SERVICE },
  { (guint32) SCARD_F_COMM_ERROR, DMP_CARD_ERROR_NO_SERVICE },
  { (guint32) SCARD_E_INVALID_HANDLE, DMP_CARD_ERROR_NO_SERVICE },
  { (guint32) SCARD_E_NO_READERS_AVAILABLE, DMP_CARD_ERROR_NO_READER },
  { (guint32) SCARD_E_UNKNOWN_READER, DMP_CARD_ERROR_NO_READER },
  { (guint32) SCARD_E_READER_UNAVAILABLE, DMP_CARD_ERROR_NO_READER },
  { (guint32) SCARD_E_READER_UNSUPPORTED, DMP_CARD_ERROR_NO_READER },
  { (guint32) SCARD_E_NO_SMARTCARD, DMP_CARD_ERROR_NO_CARD },
  { (guint32) SCARD_W_REMOVED_CARD, DMP_CARD_ERROR_REMOVED },
  { (guint32) SCARD_W_RESET_CARD, DMP_CARD_ERROR_PIN_NEEDED },
  { (guint32) SCARD_W_SECURITY_VIOLATION, DMP_CARD_ERROR_PIN_NEEDED },
  { (guint32) SCARD_W_CARD_NOT_AUTHENTICATED, DMP_CARD_ERROR_PIN_NEEDED },
  { (guint32) SCARD_W_WRONG_CHV, DMP_CARD_ERROR_WRONG_PIN },
  { (guint32) SCARD_E_INVALID_CHV, DMP_CARD_ERROR_WRONG_PIN },
  { (guint32) SCARD_W_CHV_BLOCKED, DMP_CARD_ERROR_BLOCKED },
  { (guint32) SCARD_E_SHARING_VIOLATION, DMP_CARD_ERROR_BUSY },
  { (guint32) SCARD_E_CARD_UNSUPPORTED, DMP_CARD_ERROR_WRONG_CARD },
  { (guint32) SCARD_E_UNKNOWN_CARD, DMP_CARD_ERROR_WRONG_CARD },
  { (guint32) SCARD_E_TIMEOUT, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_E_NOT_READY, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_E_NOT_TRANSACTED, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_E_PROTO_MISMATCH, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_E_INVALID_ATR, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_E_COMM_DATA_LOST, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_E_INSUFFICIENT_BUFFER, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_F_UNKNOWN_ERROR, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_F_INTERNAL_ERROR, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_F_WAITED_TOO_LONG, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_W_UNSUPPORTED_CARD, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_W_UNRESPONSIVE_CARD, DMP_CARD_ERROR_READ },
  { (guint32) SCARD_W_UNPOWERED_CARD, DMP_CARD_ERROR_READ },
};

static const struct
{
  gulong rv;
  DmpCardErrorCode code;
} pkcs11_rows[] = {
  { CKR_CANCEL, DMP_CARD_ERROR_CANCELLED },
  { CKR_FUNCTION_CANCELED, DMP_CARD_ERROR_CANCELLED },
  { CKR_TOKEN_NOT_PRESENT, DMP_CARD_ERROR_REMOVED },
  { CKR_DEVICE_REMOVED, DMP_CARD_ERROR_REMOVED },
  { CKR_SLOT_ID_INVALID, DMP_CARD_ERROR_REMOVED },
  { CKR_TOKEN_NOT_RECOGNIZED, DMP_CARD_ERROR_WRONG_CARD },
  { CKR_DEVICE_ERROR, DMP_CARD_ERROR_READ },
  { CKR_DEVICE_MEMORY, DMP_CARD_ERROR_READ },
  { CKR_DATA_INVALID, DMP_CARD_ERROR_READ },
  { CKR_PIN_INCORRECT, DMP_CARD_ERROR_WRONG_PIN },
  { CKR_PIN_LOCKED, DMP_CARD_ERROR_BLOCKED },
  { CKR_PIN_INVALID, DMP_CARD_ERROR_PIN_FORMAT },
  { CKR_PIN_LEN_RANGE, DMP_CARD_ERROR_PIN_FORMAT },
  { CKR_PIN_EXPIRED, DMP_CARD_ERROR_BLOCKED },
  { CKR_USER_PIN_NOT_INITIALIZED, DMP_CARD_ERROR_BLOCKED },
  { CKR_USER_NOT_LOGGED_IN, DMP_CARD_ERROR_PIN_NEEDED },
  { CKR_SESSION_HANDLE_INVALID, DMP_CARD_ERROR_PIN_NEEDED },
  { CKR_SESSION_CLOSED, DMP_CARD_ERROR_PIN_NEEDED },
  { CKR_OBJECT_HANDLE_INVALID, DMP_CARD_ERROR_PIN_NEEDED },
  { CKR_KEY_HANDLE_INVALID, DMP_CARD_ERROR_PIN_NEEDED },
  { CKR_MECHANISM_INVALID, DMP_CARD_ERROR_KEY },
  { CKR_MECHANISM_PARAM_INVALID, DMP_CARD_ERROR_KEY },
  { CKR_KEY_FUNCTION_NOT_PERMITTED, DMP_CARD_ERROR_KEY },
  { CKR_KEY_TYPE_INCONSISTENT, DMP_CARD_ERROR_KEY },
  { CKR_KEY_SIZE_RANGE, DMP_CARD_ERROR_KEY },
  { CKR_FUNCTION_NOT_SUPPORTED, DMP_CARD_ERROR_KEY },
  { CKR_SIGNATURE_INVALID, DMP_CARD_ERROR_KEY },
  { CKR_SIGNATURE_LEN_RANGE, DMP_CARD_ERROR_KEY },
  { CKR_CRYPTOKI_ALREADY_INITIALIZED, DMP_CARD_ERROR_BUSY },
  { CKR_SESSION_COUNT, DMP_CARD_ERROR_BUSY },
  { CKR_USER_ANOTHER_ALREADY_LOGGED_IN, DMP_CARD_ERROR_BUSY },
  { CKR_USER_TOO_MANY_TYPES, DMP_CARD_ERROR_BUSY },
};

/* ISO 7816-4 and IAS-ECC. 63Cx is told apart by its first three digits. */
static const struct
{
  guint16 status;
  DmpCardErrorCode code;
} status_rows[] = {
  { 0x6982, DMP_CARD_ERROR_PIN_NEEDED }, { 0x6983, DMP_CARD_ERROR_BLOCKED },
  { 0x6984, DMP_CARD_ERROR_BLOCKED },    { 0x6985, DMP_CARD_ERROR_KEY },
  { 0x6A81, DMP_CARD_ERROR_KEY },        { 0x6A82, DMP_CARD_ERROR_WRONG_CARD },
  { 0x6D00, DMP_CARD_ERROR_WRONG_CARD }, { 0x6E00, DMP_CARD_ERROR_WRONG_CARD },
};

DmpCardErrorCode
dmp_card_error_from_pcsc (glong rv)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pcsc_rows); i++)
    if (pcsc_rows[i].rv == (guint32) rv)
      return pcsc_rows[i].code;
  return DMP_CARD_ERROR_INTERNAL;
}

DmpCardErrorCode
dmp_card_error_from_pkcs11 (gulong rv)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pkcs11_rows); i++)
    if (pkcs11_rows[i].rv == rv)
      return pkcs11_rows[i].code;
  return DMP_CARD_ERROR_MODULE;
}

DmpCardErrorCode
dmp_card_error_from_status (guint16 status)
{
  if ((status & 0xfff0) == 0x63c0)
    return (status & 0xf) == 0 ? DMP_CARD_ERROR_BLOCKED : DMP_CARD_ERROR_WRONG_PIN;

  for (gsize i = 0; i < G_N_ELEMENTS (status_rows); i++)
    if (status_rows[i].status == status)
      return status_rows[i].code;
  return DMP_CARD_ERROR_READ;
}

gboolean
dmp_card_error_set_caused (GError **error, DmpCardErrorCode code, DmpCardCause cause, gulong number)
{
  DmpCardErrorPrivate *priv;

  if (error == NULL)
    return FALSE;

  *error = g_error_new_literal (DMP_CARD_ERROR, (gint) code, _ (rows[code].message));
  priv = dmp_card_error_get_private (*error);
  if (priv != NULL)
    *priv = (DmpCardErrorPrivate){ cause, number };
  if (cause != DMP_CARD_CAUSE_NONE)
    g_debug ("card: %s (%s 0x%lx)", rows[code].name,
             cause == DMP_CARD_CAUSE_PCSC     ? "PC/SC"
             : cause == DMP_CARD_CAUSE_PKCS11 ? "PKCS#11"
                                              : "status",
             number);
  return FALSE;
}

gboolean
dmp_card_error_set (GError **error, DmpCardErrorCode code)
{
  return dmp_card_error_set_caused (error, code, DMP_CARD_CAUSE_NONE, 0);
}

gboolean
dmp_card_error_set_pcsc (GError **error, glong rv)
{
  return dmp_card_error_set_caused (error, dmp_card_error_from_pcsc (rv), DMP_CARD_CAUSE_PCSC,
                                    (guint32) rv);
}

gboolean
dmp_card_error_set_pkcs11 (GError **error, gulong rv)
{
  return dmp_card_error_set_caused (error, dmp_card_error_from_pkcs11 (rv), DMP_CARD_CAUSE_PKCS11,
                                    rv);
}

gboolean
dmp_card_error_set_status (GError **error, guint16 status)
{
  return dmp_card_error_set_caused (error, dmp_card_error_from_status (status),
                                    DMP_CARD_CAUSE_STATUS, status);
}

gboolean
dmp_card_error_set_text (GError **error, DmpCardErrorCode code, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (error == NULL)
    return FALSE;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  *error = g_error_new_literal (DMP_CARD_ERROR, (gint) code, text);
  return FALSE;
}
