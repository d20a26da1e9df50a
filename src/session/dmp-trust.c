#include "config.h"

#include "dmp-trust.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

#define SECURITY_LEVEL 2 /* RSA 2048 and SHA-2 at least */

static DmpTrust
verdict (X509_STORE_CTX *context)
{
  if (X509_verify_cert (context) == 1)
    return DMP_TRUST_VALID;
  switch (X509_STORE_CTX_get_error (context))
    {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return DMP_TRUST_EXPIRED;
    default:
      return DMP_TRUST_STRANGER;
    }
}

static DmpTrust
check_chain (X509_STORE *store, X509 *certificate, gint64 at)
{
  X509_STORE_CTX *context = X509_STORE_CTX_new ();
  DmpTrust trust = DMP_TRUST_STRANGER;

  if (context != NULL && X509_STORE_CTX_init (context, store, certificate, NULL) == 1)
    {
      X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param (context);

      X509_VERIFY_PARAM_set_time (param, (time_t) at);
      X509_VERIFY_PARAM_set_auth_level (param, SECURITY_LEVEL);
      X509_VERIFY_PARAM_set_flags (param, X509_V_FLAG_X509_STRICT);
      trust = verdict (context);
    }
  X509_STORE_CTX_free (context);
  return trust;
}

DmpTrust
dmp_trust_check (const char *ca_file, X509 *certificate, gint64 at)
{
  X509_STORE *store;
  DmpTrust trust = DMP_TRUST_UNKNOWN;
  guint32 usage = X509_get_key_usage (certificate);

  if (*ca_file == '\0')
    return DMP_TRUST_UNKNOWN;
  if (usage == UINT32_MAX || (usage & KU_NON_REPUDIATION) == 0)
    return DMP_TRUST_STRANGER;
  store = X509_STORE_new ();
  if (store != NULL && X509_STORE_load_file (store, ca_file) == 1)
    trust = check_chain (store, certificate, at);
  X509_STORE_free (store);
  ERR_clear_error ();
  return trust;
}

static char *
dup_attribute (X509 *certificate, int nid)
{
  const X509_NAME *name = X509_get_subject_name (certificate);
  int at = X509_NAME_get_index_by_NID (name, nid, -1);
  unsigned char *utf8 = NULL;
  char *text = NULL;
  int length;

  if (at < 0 || X509_NAME_get_index_by_NID (name, nid, at) >= 0)
    return NULL;
  length = ASN1_STRING_to_UTF8 (&utf8, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, at)));
  if (length > 0 && strlen ((const char *) utf8) == (gsize) length)
    text = g_strndup ((const char *) utf8, (gsize) length);
  OPENSSL_free (utf8);
  return text;
}

char *
dmp_trust_dup_holder (X509 *certificate)
{
  return dup_attribute (certificate, NID_commonName);
}

char *
dmp_trust_dup_name (X509 *certificate)
{
  g_autofree char *family = dup_attribute (certificate, NID_surname);
  g_autofree char *given = dup_attribute (certificate, NID_givenName);

  if (family == NULL)
    return dmp_trust_dup_holder (certificate);
  return given != NULL ? g_strdup_printf ("%s %s", family, given) : g_steal_pointer (&family);
}
