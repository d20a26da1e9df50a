#include "config.h"

#include "dmp-vihf.h"

#include <openssl/asn1.h>
#include <string.h>

/* RFC 2253 §2.3: the types that have a keyword; all others go by number with their DER in hex. */
static const char *
find_keyword (const ASN1_OBJECT *type)
{
  switch (OBJ_obj2nid (type))
    {
    case NID_commonName:
      return "CN";
    case NID_localityName:
      return "L";
    case NID_stateOrProvinceName:
      return "ST";
    case NID_organizationName:
      return "O";
    case NID_organizationalUnitName:
      return "OU";
    case NID_countryName:
      return "C";
    case NID_streetAddress:
      return "STREET";
    case NID_domainComponent:
      return "DC";
    case NID_userId:
      return "UID";
    default:
      return NULL;
    }
}

/* RFC 2253 §2.4. */
static void
append_escaped (GString *out, const char *value)
{
  gsize len = strlen (value);

  for (gsize i = 0; i < len; i++)
    {
      gboolean edge = (value[i] == ' ' && (i == 0 || i + 1 == len)) || (value[i] == '#' && i == 0);

      if (edge || strchr (",+\"\\<>;", value[i]) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, value[i]);
    }
}

static void
append_by_number (GString *out, const ASN1_OBJECT *type, const ASN1_STRING *value)
{
  char number[80];
  guint8 *der = NULL;
  int len = i2d_ASN1_PRINTABLE (value, &der);

  OBJ_obj2txt (number, sizeof number, type, 1);
  g_string_append_printf (out, "%s=#", number);
  for (int i = 0; i < len; i++)
    g_string_append_printf (out, "%02x", der[i]);
  OPENSSL_free (der);
}

static void
append_entry (GString *out, const X509_NAME_ENTRY *entry)
{
  const ASN1_OBJECT *type = X509_NAME_ENTRY_get_object (entry);
  const ASN1_STRING *value = X509_NAME_ENTRY_get_data (entry);
  const char *keyword = find_keyword (type);
  guint8 *text = NULL;

  if (keyword == NULL || ASN1_STRING_to_UTF8 (&text, value) < 0)
    {
      append_by_number (out, type, value);
      return;
    }

  g_string_append_printf (out, "%s=", keyword);
  append_escaped (out, (const char *) text);
  OPENSSL_free (text);
}

char *
dmp_vihf_dup_issuer (X509 *certificate)
{
  const X509_NAME *name = X509_get_subject_name (certificate);
  GString *out = g_string_new (NULL);
  int end = X509_NAME_entry_count (name);

  /* RDNs backwards, the values of one RDN as they stand. */
  while (end > 0)
    {
      int set = X509_NAME_ENTRY_set (X509_NAME_get_entry (name, end - 1));
      int start = end - 1;

      while (start > 0 && X509_NAME_ENTRY_set (X509_NAME_get_entry (name, start - 1)) == set)
        start--;
      if (out->len > 0)
        g_string_append_c (out, ',');
      for (int i = start; i < end; i++)
        {
          if (i > start)
            g_string_append_c (out, '+');
          append_entry (out, X509_NAME_get_entry (name, i));
        }
      end = start;
    }

  return g_string_free (out, FALSE);
}
