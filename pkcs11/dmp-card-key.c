#include "config.h"

#include "dmp-card-key-private.h"

#include "dmp-card-certificate.h"
#include "dmp-card-error-private.h"
#include "dmp-card-evp.h"

#include <glib/gi18n-lib.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

#define RSA_BYTES_MAX 1024 /* 8192 bits */
#define CHAIN_MAX 16

struct _DmpCardKey
{
  GObject parent;
  X509 *x509;
  GPtrArray *chain;
  EVP_PKEY *pkey;        /* NULL for the signature key of a card */
  DmpCardSigner *signer; /* NULL for a software key */
  guint signatures;      /* of a software key, made by us */
};

G_DEFINE_FINAL_TYPE (DmpCardKey, dmp_card_key, G_TYPE_OBJECT)

static void
dmp_card_key_finalize (GObject *object)
{
  DmpCardKey *self = DMP_CARD_KEY (object);

  g_clear_pointer (&self->pkey, EVP_PKEY_free);
  g_clear_pointer (&self->signer, dmp_card_signer_unref);
  g_clear_pointer (&self->chain, g_ptr_array_unref);
  g_clear_pointer (&self->x509, X509_free);
  G_OBJECT_CLASS (dmp_card_key_parent_class)->finalize (object);
}

static void
dmp_card_key_class_init (DmpCardKeyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_card_key_finalize;
}

static void
dmp_card_key_init (DmpCardKey *self)
{
  self->chain = g_ptr_array_new_with_free_func ((GDestroyNotify) X509_free);
}

DmpCardKey *
dmp_card_key_new_on_card (X509 *x509, DmpCardSigner *signer, GError **error)
{
  g_autoptr (DmpCardKey) self = g_object_new (DMP_TYPE_CARD_KEY, NULL);
  EVP_PKEY *public = X509_get0_pubkey (x509);

  X509_up_ref (x509);
  self->x509 = x509;
  self->signer = signer;
  if (signer->use == DMP_CARD_KEY_AUTHENTICATION)
    self->pkey = dmp_card_evp_new (x509, signer);
  if (public == NULL || EVP_PKEY_get_base_id (public) != EVP_PKEY_RSA ||
      EVP_PKEY_get_size (public) > RSA_BYTES_MAX ||
      (self->pkey == NULL && signer->use == DMP_CARD_KEY_AUTHENTICATION))
    {
      dmp_card_error_set (error, DMP_CARD_ERROR_KEY);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
dmp_card_key_retire (DmpCardKey *self)
{
  if (self->signer != NULL)
    self->signer->open = FALSE;
}

/* --- software certificates ------------------------------------------------------------------- */

static void
set_file_error (GError **error, const char *path)
{
  ERR_clear_error ();
  dmp_card_error_set_text (
      error, DMP_CARD_ERROR_KEY,
      _ ("Le certificat ou la clé « %s » ne peut pas être lu. Vérifiez son chemin et son mot de "
         "passe dans les paramètres."),
      path);
}

static gboolean
read_certificates (DmpCardKey *self, const char *path, GError **error)
{
  BIO *file = BIO_new_file (path, "r");
  X509 *x509 = NULL;

  if (file == NULL)
    {
      set_file_error (error, path);
      return FALSE;
    }

  self->x509 = PEM_read_bio_X509 (file, NULL, NULL, NULL);
  while (self->x509 != NULL && self->chain->len < CHAIN_MAX &&
         (x509 = PEM_read_bio_X509 (file, NULL, NULL, NULL)) != NULL)
    g_ptr_array_add (self->chain, x509);
  BIO_free (file);
  ERR_clear_error ();
  if (self->x509 == NULL)
    set_file_error (error, path);
  return self->x509 != NULL;
}

static int
give_password (char *buffer, int size, int writing, void *user_data)
{
  const DmpSecret *password = user_data;
  gsize len = password != NULL ? strlen (dmp_secret_peek (password)) : 0;

  if (len == 0 || len > (gsize) size)
    return -1;

  memcpy (buffer, dmp_secret_peek (password), len);
  return (int) len;
}

static gboolean
read_key (DmpCardKey *self, const char *path, const DmpSecret *password, GError **error)
{
  BIO *file = BIO_new_file (path, "r");

  if (file != NULL)
    self->pkey = PEM_read_bio_PrivateKey (file, NULL, give_password, (void *) password);
  BIO_free (file);
  if (self->pkey == NULL)
    set_file_error (error, path);
  return self->pkey != NULL;
}

static gboolean
check_software_key (DmpCardKey *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) certificates =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_card_certificate_free);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (EVP_PKEY_get_base_id (self->pkey) != EVP_PKEY_RSA ||
      EVP_PKEY_get_size (self->pkey) > RSA_BYTES_MAX ||
      X509_check_private_key (self->x509, self->pkey) != 1)
    {
      set_file_error (error, path);
      return FALSE;
    }

  g_ptr_array_add (certificates,
                   dmp_card_certificate_new (self->x509, DMP_CARD_KEY_AUTHENTICATION));
  return dmp_card_certificates_check (certificates, FALSE, now, error);
}

DmpCardKey *
dmp_card_key_new_from_pem (const char *certificate_file,
                           const char *key_file,
                           const DmpSecret *password,
                           GError **error)
{
  g_autoptr (DmpCardKey) self = g_object_new (DMP_TYPE_CARD_KEY, NULL);

  if (!read_certificates (self, certificate_file, error) ||
      !read_key (self, key_file, password, error) || !check_software_key (self, key_file, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* --- both ------------------------------------------------------------------------------------ */

X509 *
dmp_card_key_get_x509 (DmpCardKey *self)
{
  g_return_val_if_fail (DMP_IS_CARD_KEY (self), NULL);

  return self->x509;
}

GPtrArray *
dmp_card_key_get_chain (DmpCardKey *self)
{
  g_return_val_if_fail (DMP_IS_CARD_KEY (self), NULL);

  return self->chain;
}

EVP_PKEY *
dmp_card_key_get_pkey (DmpCardKey *self)
{
  g_return_val_if_fail (DMP_IS_CARD_KEY (self), NULL);

  return self->pkey;
}

gboolean
dmp_card_key_is_pkcs1_only (DmpCardKey *self)
{
  g_return_val_if_fail (DMP_IS_CARD_KEY (self), TRUE);

  return self->signer != NULL;
}

static gboolean
sign_by_software (
    DmpCardKey *self, const void *data, gsize len, guint8 *signature, gsize *signature_len)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gboolean good = EVP_DigestSignInit (context, NULL, EVP_sha256 (), NULL, self->pkey) == 1 &&
                  EVP_DigestSign (context, signature, signature_len, data, len) == 1;

  EVP_MD_CTX_free (context);
  if (good)
    self->signatures++;
  return good;
}

static gboolean
sign_by_card (DmpCardKey *self,
              const void *data,
              gsize len,
              guint8 *signature,
              gsize *signature_len,
              GError **error)
{
  DmpDigestInfo info = { .prefix = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                     0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 } };

  if (EVP_Digest (data, len, info.hash, NULL, EVP_sha256 (), NULL) != 1)
    return dmp_card_error_set (error, DMP_CARD_ERROR_INTERNAL);

  return dmp_card_signer_sign (self->signer, (const guint8 *) &info, sizeof info, signature,
                               signature_len, error);
}

/* A card whose certificate was read from a stale cache, or that lies, is found out here. */
static gboolean
verify (DmpCardKey *self, const void *data, gsize len, const guint8 *signature, gsize signature_len)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY *public = X509_get0_pubkey (self->x509);
  gboolean good = EVP_DigestVerifyInit (context, NULL, EVP_sha256 (), NULL, public) == 1 &&
                  EVP_DigestVerify (context, signature, signature_len, data, len) == 1;

  EVP_MD_CTX_free (context);
  return good;
}

GBytes *
dmp_card_key_sign_sha256 (DmpCardKey *self, const void *data, gsize len, GError **error)
{
  guint8 signature[RSA_BYTES_MAX];
  gsize signature_len = sizeof signature;
  gboolean good;

  g_return_val_if_fail (DMP_IS_CARD_KEY (self), NULL);

  if (self->signer != NULL)
    {
      if (!sign_by_card (self, data, len, signature, &signature_len, error))
        return NULL;
      good = TRUE;
    }
  else
    good = sign_by_software (self, data, len, signature, &signature_len);

  if (!good || !verify (self, data, len, signature, signature_len))
    {
      ERR_clear_error ();
      dmp_card_error_set (error, DMP_CARD_ERROR_KEY);
      return NULL;
    }
  return g_bytes_new (signature, signature_len);
}

gboolean
dmp_card_key_check (DmpCardKey *self, GError **error)
{
  g_return_val_if_fail (DMP_IS_CARD_KEY (self), FALSE);

  if (self->signer == NULL || self->signer->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->signer->error));
  return FALSE;
}

guint
dmp_card_key_get_signatures (DmpCardKey *self)
{
  g_return_val_if_fail (DMP_IS_CARD_KEY (self), 0);

  return self->signer != NULL ? self->signer->signatures : self->signatures;
}
