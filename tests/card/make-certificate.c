#include "config.h"

#include "make-certificate.h"

#include <string.h>

static EVP_PKEY *
get_key (void)
{
  static EVP_PKEY *key = NULL;

  if (key == NULL)
    key = EVP_RSA_gen (2048);
  return key;
}

static void
add_name (X509_NAME *name, const char *subject, int encoding)
{
  g_auto (GStrv) rdns = g_strsplit (subject + 1, "/", -1);

  for (guint i = 0; rdns[i] != NULL; i++)
    {
      g_auto (GStrv) attributes = g_strsplit (rdns[i], "+", -1);

      for (guint j = 0; attributes[j] != NULL; j++)
        {
          char *equals = strchr (attributes[j], '=');

          *equals = '\0';
          g_assert_cmpint (X509_NAME_add_entry_by_txt (
                               name, attributes[j], encoding != 0 ? encoding : V_ASN1_UTF8STRING,
                               (const guint8 *) equals + 1, -1, -1, j == 0 ? 0 : -1),
                           ==, 1);
        }
    }
}

static void
add_der (X509 *x509, const char *oid, const char *hex)
{
  ASN1_OBJECT *object = OBJ_txt2obj (oid, 1);
  ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new ();
  X509_EXTENSION *extension;
  guint8 der[64];
  gsize len = strlen (hex) / 2;

  for (gsize i = 0; i < len; i++)
    der[i] =
        (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  ASN1_OCTET_STRING_set (value, der, (int) len);
  extension = X509_EXTENSION_create_by_OBJ (NULL, object, 0, value);
  X509_add_ext (x509, extension, -1);
  X509_EXTENSION_free (extension);
  ASN1_OCTET_STRING_free (value);
  ASN1_OBJECT_free (object);
}

X509 *
make_certificate (const MadeCertificate *made, EVP_PKEY **key)
{
  X509 *x509 = X509_new ();
  EVP_PKEY *pkey = get_key ();

  X509_set_version (x509, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), 0xCADC);
  X509_gmtime_adj (X509_getm_notBefore (x509), 86400L * made->start_days);
  X509_gmtime_adj (X509_getm_notAfter (x509), 86400L * made->end_days);
  add_name (X509_get_subject_name (x509), made->subject, made->encoding);
  add_name (X509_get_issuer_name (x509), "/C=FR/O=DEMO LOCALE/CN=DEMO AC", 0);
  X509_set_pubkey (x509, pkey);
  if (made->usage != NULL)
    {
      X509_EXTENSION *usage = X509V3_EXT_conf_nid (NULL, NULL, NID_key_usage, made->usage);

      X509_add_ext (x509, usage, -1);
      X509_EXTENSION_free (usage);
    }
  for (guint i = 0; i < G_N_ELEMENTS (made->extensions) && made->extensions[i][0] != NULL; i++)
    add_der (x509, made->extensions[i][0], made->extensions[i][1]);
  g_assert_cmpint (X509_sign (x509, pkey, EVP_sha256 ()), >, 0);
  if (key != NULL)
    *key = pkey;
  return x509;
}
