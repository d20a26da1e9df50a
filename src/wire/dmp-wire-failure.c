#include "config.h"

#include "dmp-wire-failure.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
set (GError **error, DmpErrorCode code, const char *sentence)
{
  g_set_error_literal (error, DMP_ERROR, (gint) code, sentence);
}

/* The host's certificate is not the expected one; the reason decides what to do. */
static void
set_untrusted (GError **error, int verify, const char *host)
{
  switch (verify)
    {
    case X509_V_OK:
      g_set_error (error, DMP_ERROR, DMP_ERROR_TLS,
                   _ ("La connexion sécurisée au DMP est refusée : le certificat du service n’est "
                      "pas celui de « %s ». N’insistez pas ; prévenez votre informaticien."),
                   host);
      break;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      set (error, DMP_ERROR_TLS,
           _ ("La connexion sécurisée au DMP est refusée : le certificat du service a expiré. "
              "Vérifiez la date de ce poste ; si elle est juste, prévenez votre informaticien."));
      break;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      set (error, DMP_ERROR_TLS,
           _ ("La connexion sécurisée au DMP est refusée : le certificat du service n’est pas "
              "encore valable. Vérifiez la date de ce poste ; si elle est juste, prévenez votre "
              "informaticien."));
      break;
    case X509_V_ERR_CERT_REVOKED:
      set (error, DMP_ERROR_TLS,
           _ ("La connexion sécurisée au DMP est refusée : le certificat du service a été révoqué. "
              "N’insistez pas ; prévenez votre informaticien."));
      break;
    default:
      set (error, DMP_ERROR_TLS,
           _ ("La connexion sécurisée au DMP est refusée : le certificat du service n’est pas "
              "reconnu. N’insistez pas ; prévenez votre informaticien."));
      break;
    }
  g_debug ("certificate of the host refused: %s", X509_verify_cert_error_string (verify));
}

/* The handshake broke off: our key, our certificate, or something else. */
static void
set_handshake (GError **error, const DmpWireTls *tls, const char *host)
{
  if (tls->check != NULL && !tls->check (tls->user_data, error))
    return;
  if (tls->verify != X509_V_OK)
    {
      set_untrusted (error, tls->verify, host);
      return;
    }
  if (dmp_wire_tls_is_refused (tls))
    {
      set (error, DMP_ERROR_TLS_CLIENT,
           _ ("Le DMP refuse le certificat de votre carte. Vérifiez qu’elle est en cours de "
              "validité ; si elle l’est, prévenez votre informaticien."));
      return;
    }

  g_debug ("handshake failed, alert %d", tls->alert);
  set (error, DMP_ERROR_TLS,
       _ ("La connexion sécurisée au DMP n’a pas pu être établie. Rien n’a été envoyé ; réessayez, "
          "puis prévenez votre informaticien si cela dure."));
}

static void
set_broken (GError **error, const DmpWireTls *tls)
{
  if (dmp_wire_tls_is_refused (tls))
    set_handshake (error, tls, "");
  else
    set (error, DMP_ERROR_NETWORK,
         _ ("La connexion au DMP a été coupée. Les documents déjà lus restent affichés ; "
            "réessayez."));
}

void
dmp_wire_set_failure (
    GError **error, CURLcode code, const DmpWireTls *tls, const char *host, guint seconds)
{
  g_debug ("transfer failed: %s", curl_easy_strerror (code));
  switch (code)
    {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      set (error, DMP_ERROR_NETWORK,
           _ ("Le DMP est injoignable. Rien n’a été envoyé ; vérifiez la connexion au réseau, puis "
              "réessayez."));
      break;
    case CURLE_OPERATION_TIMEDOUT:
      g_set_error (error, DMP_ERROR, DMP_ERROR_TIMEOUT,
                   _ ("Le DMP ne répond pas (attente %u s). Les documents déjà lus restent "
                      "affichés ; réessayez."),
                   seconds);
      break;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
      /* curl's code too for our own certificate having expired, as the host says. */
      if (tls->verify == X509_V_OK && dmp_wire_tls_is_refused (tls))
        set_handshake (error, tls, host);
      else
        set_untrusted (error, tls->verify, host);
      break;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
      set_handshake (error, tls, host);
      break;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_FAIL_REWIND:
      set_broken (error, tls);
      break;
    case CURLE_ABORTED_BY_CALLBACK:
      set (error, DMP_ERROR_CANCELLED, _ ("Opération interrompue."));
      break;
    default:
      set (error, DMP_ERROR_INVALID_MESSAGE,
           _ ("La réponse du DMP est illisible. Rien n’a été perdu : réessayez ; si cela dure, "
              "prévenez votre informaticien."));
      break;
    }
}

static gboolean
is_about_assertion (const char *code)
{
  return g_strcmp0 (code, "DMPInvalidVIHF") == 0 || g_strcmp0 (code, "DMPInvalidSignature") == 0;
}

/* "12 minutes", "3 heures", "2 jours" */
static char *
dup_span (gint64 seconds)
{
  gint64 minutes = (seconds + 30) / 60;

  if (minutes < 120)
    return g_strdup_printf (_ ("%d minutes"), (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (_ ("%d heures"), (int) (minutes / 60));

  return g_strdup_printf (_ ("%d jours"), (int) MIN (minutes / (24 * 60), G_MAXINT));
}

void
dmp_wire_mention_clock (GError **error, gint64 skew)
{
  g_autofree char *host_code = NULL;
  g_autofree char *span = NULL;
  g_autofree char *longer = NULL;

  if (error == NULL || *error == NULL || ABS (skew) <= DMP_WIRE_MAX_SKEW)
    return;

  span = dup_span (ABS (skew));
  host_code = g_strdup (dmp_error_get_host_code (*error));
  if (is_about_assertion (host_code))
    {
      g_clear_error (error);
      dmp_error_set_host (error, DMP_ERROR_CLOCK, host_code,
                          _ ("L’horloge de ce poste est décalée de %s : le DMP refuse la "
                             "connexion. Mettez-la à l’heure. (%s)"),
                          span, host_code);
    }
  else if (g_error_matches (*error, DMP_ERROR, DMP_ERROR_FAULT) ||
           g_error_matches (*error, DMP_ERROR, DMP_ERROR_TLS))
    {
      longer = g_strdup_printf (_ ("%s L’horloge de ce poste est décalée de %s."),
                                (*error)->message, span);
      g_free ((*error)->message);
      (*error)->message = g_steal_pointer (&longer);
    }
}
