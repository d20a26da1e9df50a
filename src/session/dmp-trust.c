#include "config.h"

#include "dmp-trust.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

#define SECURITY_LEVEL 2 /* RSA 2048 and SHA-2 at least */

/* @at: (nullable): no time is looked at: a time that is set would be, whatever the flags say.
 * Returns: X509_V_OK or why not */
static int
verify (X509_STORE *store, X509 *certificate, const gint64 *at)
{
  X509_STORE_CTX *context = X509_STORE_CTX_new ();
  int error = X509_V_ERR_UNSPECIFIED;

  if (context != NULL && X509_STORE_CTX_init (context, store, certificate, NULL) == 1)
    {
      X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param (context);

      if (at != NULL)
        X509_VERIFY_PARAM_set_time (param, (time_t) *at);
      X509_VERIFY_PARAM_set_auth_level (param, SECURITY_LEVEL);
      X509_VERIFY_PARAM_set_flags (param, X509_V_FLAG_X509_STRICT |
                                              (at == NULL ? X509_V_FLAG_NO_CHECK_TIME : 0));
      error = X509_verify_cert (context) == 1 ? X509_V_OK : X509_STORE_CTX_get_error (context);
    }
  X509_STORE_CTX_free (context);
  return error;
}

/* Times are looked at before signatures, and the time is the signer's word: only a certificate that
 * would be good at another time is "expired". */
static DmpTrust
check_chain (X509_STORE *store, X509 *certificate, gint64 at)
{
  switch (verify (store, certificate, &at))
    {
    case X509_V_OK:
      return DMP_TRUST_VALID;
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return verify (store, certificate, NULL) == X509_V_OK ? DMP_TRUST_EXPIRED
                                                            : DMP_TRUST_STRANGER;
    default:
      return DMP_TRUST_STRANGER;
    }
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

/* No character that moves or hides others where the name is shown. */
static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        return FALSE;
    }
  return TRUE;
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
  if (length > 0 && strlen ((const char *) utf8) == (gsize) length &&
      g_utf8_validate ((const char *) utf8, length, NULL) && is_plain ((const char *) utf8))
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
