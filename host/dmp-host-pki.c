#include "config.h"

#include "dmp-host-pki.h"

#include "dmp-host-error.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#define OID_CARD_TYPE "1.2.250.1.71.1.2.2"
#define OID_PROFESSION "1.2.250.1.71.1.2.7"
/* At least 112 bits: RSA 2048, no SHA-1 in certificates. */
#define SECURITY_LEVEL 2

struct _DmpHostPki
{
  X509_STORE *store;
  gboolean revocation;
};

void
dmp_host_identity_free (DmpHostIdentity *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->structure);
  g_free (self->profession);
  g_free (self);
}

static gboolean
load (X509_STORE *store, const char *path, gboolean crls, GError **error)
{
  X509_LOOKUP *lookup = X509_STORE_add_lookup (store, X509_LOOKUP_file ());
  int n = 0;

  if (lookup != NULL)
    n = crls ? X509_load_crl_file (lookup, path, X509_FILETYPE_PEM)
             : X509_load_cert_file (lookup, path, X509_FILETYPE_PEM);
  ERR_clear_error ();
  if (n > 0)
    return TRUE;
  g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "%s: %s", path,
               crls ? "no revocation list" : "no certificate");
  return FALSE;
}

DmpHostPki *
dmp_host_pki_new (const char *ca, const char *crl, GError **error)
{
  DmpHostPki *self = g_new0 (DmpHostPki, 1);

  self->store = X509_STORE_new ();
  self->revocation = crl != NULL;
  if (!load (self->store, ca, FALSE, error) ||
      (crl != NULL && !load (self->store, crl, TRUE, error)))
    {
      dmp_host_pki_free (self);
      return NULL;
    }
  return self;
}

void
dmp_host_pki_free (DmpHostPki *self)
{
  if (self == NULL)
    return;
  X509_STORE_free (self->store);
  g_free (self);
}

static gboolean
refuse (GError **error, const char *text)
{
  ERR_clear_error ();
  g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INVALID_CERTIFICATE, text);
  return FALSE;
}

static const char *
why (int code)
{
  switch (code)
    {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "Certificat hors de sa période de validité";
    case X509_V_ERR_CERT_REVOKED:
      return "Certificat révoqué";
    default:
      return "Certificat non reconnu";
    }
}

static gboolean
check_chain (DmpHostPki *self, X509 *certificate, gint64 now, GError **error)
{
  X509_STORE_CTX *ctx = X509_STORE_CTX_new ();
  X509_VERIFY_PARAM *param;
  int code = X509_V_ERR_UNSPECIFIED;

  if (ctx != NULL && X509_STORE_CTX_init (ctx, self->store, certificate, NULL) == 1)
    {
      param = X509_STORE_CTX_get0_param (ctx);
      X509_VERIFY_PARAM_set_time (param, (time_t) now);
      X509_VERIFY_PARAM_set_auth_level (param, SECURITY_LEVEL);
      X509_VERIFY_PARAM_set_flags (param, X509_V_FLAG_X509_STRICT);
      if (self->revocation)
        X509_VERIFY_PARAM_set_flags (param, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
      code = X509_verify_cert (ctx) == 1 ? X509_V_OK : X509_STORE_CTX_get_error (ctx);
    }
  X509_STORE_CTX_free (ctx);
  return code == X509_V_OK || refuse (error, why (code));
}

static gboolean
check_duty (X509 *certificate, DmpHostDuty duty, GError **error)
{
  guint32 usage = X509_get_key_usage (certificate);
  guint32 extended = X509_get_extended_key_usage (certificate);

  if (duty == DMP_HOST_DUTY_SIGNATURE)
    return (usage != UINT32_MAX && (usage & KU_NON_REPUDIATION) != 0) ||
           refuse (error, "Not a valid signature certificate");
  return (usage != UINT32_MAX && (usage & KU_DIGITAL_SIGNATURE) != 0 && extended != UINT32_MAX &&
          (extended & XKU_SSL_CLIENT) != 0) ||
         refuse (error, "Not a valid authentication certificate");
}

static char *
dup_utf8 (const ASN1_STRING *string)
{
  unsigned char *data = NULL;
  int length = ASN1_STRING_to_UTF8 (&data, string);
  char *text = NULL;

  /* A NUL inside would cut the comparison short. */
  if (length >= 0 && strlen ((const char *) data) == (gsize) length)
    text = g_strndup ((const char *) data, (gsize) length);
  OPENSSL_free (data);
  return text;
}

/* NULL unless the subject has exactly one of it. */
static char *
dup_only (X509_NAME *name, int nid)
{
  int at = X509_NAME_get_index_by_NID (name, nid, -1);

  if (at < 0 || X509_NAME_get_index_by_NID (name, nid, at) >= 0)
    return NULL;
  return dup_utf8 (X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, at)));
}

/* The integer that an extension of the ANS holds, or -1. */
static glong
small_extension (X509 *certificate, const char *oid)
{
  ASN1_OBJECT *object = OBJ_txt2obj (oid, 1);
  int at = X509_get_ext_by_OBJ (certificate, object, -1);
  glong value = -1;

  ASN1_OBJECT_free (object);
  if (at >= 0)
    {
      const ASN1_OCTET_STRING *octets = X509_EXTENSION_get_data (X509_get_ext (certificate, at));
      const unsigned char *p = ASN1_STRING_get0_data (octets);
      ASN1_INTEGER *integer = d2i_ASN1_INTEGER (NULL, &p, ASN1_STRING_length (octets));

      if (integer != NULL)
        value = ASN1_INTEGER_get (integer);
      ASN1_INTEGER_free (integer);
      ERR_clear_error ();
    }
  return value;
}

static DmpHostIdentity *
read_identity (X509 *certificate, GError **error)
{
  g_autoptr (DmpHostIdentity) self = g_new0 (DmpHostIdentity, 1);
  X509_NAME *subject = X509_get_subject_name (certificate);
  glong type = small_extension (certificate, OID_CARD_TYPE);
  glong profession = small_extension (certificate, OID_PROFESSION);

  self->id = dup_only (subject, NID_commonName);
  self->structure = dup_only (subject, NID_organizationalUnitName);
  if (profession > 0)
    self->profession = g_strdup_printf ("%ld", profession);
  if (type < 0)
    self->holder = DMP_HOST_HOLDER_ORGANISATION;
  else
    self->holder = type <= 1 ? DMP_HOST_HOLDER_PROFESSIONAL : DMP_HOST_HOLDER_STAFF;
  if (self->id == NULL || *self->id == '\0' ||
      (self->holder != DMP_HOST_HOLDER_PROFESSIONAL && self->structure == NULL))
    {
      refuse (error, "Titulaire du certificat illisible");
      return NULL;
    }
  return g_steal_pointer (&self);
}

DmpHostIdentity *
dmp_host_pki_check (
    DmpHostPki *self, X509 *certificate, DmpHostDuty duty, gint64 now, GError **error)
{
  if (!check_chain (self, certificate, now, error) || !check_duty (certificate, duty, error))
    return NULL;
  return read_identity (certificate, error);
}
