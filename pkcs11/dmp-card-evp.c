/* RSA_METHOD is deprecated in OpenSSL 3 in favour of providers, which are no smaller: libp11, curl
 * and OpenSSL's own engines still stand on it. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "config.h"

#include "dmp-card-evp.h"

#include "dmp-card-error-private.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

static void
free_signer (void *parent, void *data, CRYPTO_EX_DATA *all, int index, long argl, void *argp)
{
  if (data != NULL)
    dmp_card_signer_unref (data);
}

static int
get_index (void)
{
  static gsize index = 0;

  if (g_once_init_enter (&index))
    g_once_init_leave (&index, (gsize) RSA_get_ex_new_index (0, NULL, NULL, NULL, free_signer) + 1);
  return (int) index - 1;
}

/* @from is a DigestInfo. Returns: the length of @to, -1 with the reason in the signer */
static int
sign (int len, const unsigned char *from, unsigned char *to, RSA *rsa, int padding)
{
  DmpCardSigner *signer = RSA_get_ex_data (rsa, get_index ());
  gsize room = (gsize) RSA_size (rsa);
  gboolean good;

  g_clear_error (&signer->error);
  if (padding != RSA_PKCS1_PADDING)
    good = dmp_card_error_set (&signer->error, DMP_CARD_ERROR_KEY);
  else
    good = dmp_card_signer_sign (signer, from, (gsize) len, to, &room, &signer->error);
  if (!good)
    {
      ERR_raise (ERR_LIB_RSA, ERR_R_OPERATION_FAIL);
      return -1;
    }

  signer->token->handshakes++;
  return (int) room;
}

static int
refuse (int len, const unsigned char *from, unsigned char *to, RSA *rsa, int padding)
{
  ERR_raise (ERR_LIB_RSA, ERR_R_UNSUPPORTED);
  return -1;
}

static RSA_METHOD *
get_method (void)
{
  static RSA_METHOD *method = NULL;

  if (g_once_init_enter (&method))
    {
      RSA_METHOD *new_method = RSA_meth_dup (RSA_PKCS1_OpenSSL ());

      RSA_meth_set1_name (new_method, "CPS");
      RSA_meth_set_priv_enc (new_method, sign);
      RSA_meth_set_priv_dec (new_method, refuse);
      g_once_init_leave (&method, new_method);
    }
  return method;
}

EVP_PKEY *
dmp_card_evp_new (X509 *x509, DmpCardSigner *signer)
{
  EVP_PKEY *public = X509_get0_pubkey (x509);
  EVP_PKEY *pkey = NULL;
  RSA *rsa;

  if (public == NULL || EVP_PKEY_get_base_id (public) != EVP_PKEY_RSA)
    return NULL;

  rsa = RSAPublicKey_dup (EVP_PKEY_get0_RSA (public));
  if (rsa == NULL)
    return NULL;

  pkey = EVP_PKEY_new ();
  if (RSA_set_method (rsa, get_method ()) != 1 ||
      RSA_set_ex_data (rsa, get_index (), dmp_card_signer_ref (signer)) != 1 ||
      EVP_PKEY_assign_RSA (pkey, rsa) != 1)
    {
      RSA_free (rsa);
      EVP_PKEY_free (pkey);
      return NULL;
    }
  return pkey;
}
