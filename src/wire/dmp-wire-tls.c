#include "config.h"

#include "dmp-wire-tls.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>

/* The four suites of the DMP for practice software (PDT-INF-579 §TLS). */
#define CIPHERS                                                                                    \
  "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-GCM-SHA256:"                                       \
  "ECDHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
/* A CPS3 signs PKCS#1 v1.5 alone; OpenSSL would choose PSS even in TLS 1.2. */
#define PKCS1_SIGALGS "RSA+SHA256:RSA+SHA384:RSA+SHA512"
#define SECURITY_LEVEL 2 /* RSA of 2048 bits, no SHA-1 */

gboolean
dmp_wire_tls_init (DmpWireTls *self,
                   const char *ca_file,
                   const DmpWireCredential *credential,
                   GError **error)
{
  self->alert = -1;
  self->store = X509_STORE_new ();
  X509_STORE_set_flags (self->store, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
  if (X509_STORE_load_file (self->store, ca_file) != 1)
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG,
                   _ ("Le fichier des autorités de confiance du DMP (%s) est absent ou illisible. "
                      "Rien n’a été envoyé ; vérifiez la configuration."),
                   ca_file);
      return FALSE;
    }
  if (credential == NULL || credential->key == NULL)
    return TRUE;

  EVP_PKEY_up_ref (credential->key);
  X509_up_ref (credential->certificate);
  self->key = credential->key;
  self->certificate = credential->certificate;
  self->chain = credential->chain != NULL ? g_ptr_array_ref (credential->chain) : NULL;
  self->pkcs1_only = credential->pkcs1_only;
  self->check = credential->check;
  self->user_data = credential->user_data;
  return TRUE;
}

void
dmp_wire_tls_clear (DmpWireTls *self)
{
  X509_STORE_free (self->store);
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_clear_pointer (&self->chain, g_ptr_array_unref);
}

void
dmp_wire_tls_begin (DmpWireTls *self)
{
  self->asked = FALSE;
  self->alert = -1;
  self->verify = X509_V_OK;
}

/* curl tells the reason only when nothing else is in OpenSSL's error queue. */
static int
on_verify (int fine, X509_STORE_CTX *store)
{
  SSL *ssl = X509_STORE_CTX_get_ex_data (store, SSL_get_ex_data_X509_STORE_CTX_idx ());
  DmpWireTls *self = SSL_CTX_get_app_data (SSL_get_SSL_CTX (ssl));

  if (!fine)
    self->verify = X509_STORE_CTX_get_error (store);
  return fine;
}

static void
on_info (const SSL *ssl, int where, int value)
{
  DmpWireTls *self = SSL_CTX_get_app_data (SSL_get_SSL_CTX (ssl));

  if ((where & SSL_CB_HANDSHAKE_DONE) != 0)
    {
      if (SSL_session_reused (ssl))
        self->resumptions++;
      else
        self->handshakes++;
    }
  if ((where & SSL_CB_ALERT) != 0 && (where & SSL_CB_READ) != 0 && (value >> 8) == SSL3_AL_FATAL)
    self->alert = value & 0xff;
}

static int
on_certificate_wanted (SSL *ssl, void *data)
{
  DmpWireTls *self = data;

  self->asked = TRUE;
  return 1;
}

static gboolean
apply_credential (DmpWireTls *self, SSL_CTX *context)
{
  if (self->key == NULL)
    return TRUE;
  if (self->pkcs1_only && SSL_CTX_set1_client_sigalgs_list (context, PKCS1_SIGALGS) != 1)
    return FALSE;
  if (SSL_CTX_use_certificate (context, self->certificate) != 1 ||
      SSL_CTX_use_PrivateKey (context, self->key) != 1)
    return FALSE;
  for (guint i = 0; self->chain != NULL && i < self->chain->len; i++)
    if (SSL_CTX_add1_chain_cert (context, self->chain->pdata[i]) != 1)
      return FALSE;

  return TRUE;
}

gboolean
dmp_wire_tls_apply (DmpWireTls *self, SSL_CTX *context)
{
  SSL_CTX_set_app_data (context, self);
  SSL_CTX_set_info_callback (context, on_info);
  SSL_CTX_set_cert_cb (context, on_certificate_wanted, self);
  SSL_CTX_set_verify (context, SSL_VERIFY_PEER, on_verify);
  SSL_CTX_set1_cert_store (context, self->store); /* nothing else is trusted */
  SSL_CTX_set_security_level (context, SECURITY_LEVEL);
  SSL_CTX_set_options (context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  /* Tickets spare the card a signature where the host keeps no sessions; curl switches them off. */
  SSL_CTX_clear_options (context, SSL_OP_NO_TICKET);

  return SSL_CTX_set_min_proto_version (context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version (context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list (context, CIPHERS) == 1 && apply_credential (self, context);
}

gboolean
dmp_wire_tls_is_refused (const DmpWireTls *self)
{
  switch (self->alert)
    {
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
    case SSL_AD_CERTIFICATE_REQUIRED:
      return TRUE;
    case SSL_AD_HANDSHAKE_FAILURE:
    case SSL_AD_DECRYPT_ERROR:
      return self->asked;
    default:
      return FALSE;
    }
}
