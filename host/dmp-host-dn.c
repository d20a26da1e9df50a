/* Comparing a name written as text with the one in a certificate. */
#include "config.h"

#include "dmp-host-pki.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <string.h>

/* One attribute of a name: "set type=value" where set counts the RDN. */
static char *
dup_attribute (guint set, int nid, const char *oid, const char *value)
{
  return nid != NID_undef ? g_strdup_printf ("%u %d=%s", set, nid, value)
                          : g_strdup_printf ("%u %s=%s", set, oid, value);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
dup_value (const ASN1_STRING *string)
{
  unsigned char *data = NULL;
  int length = ASN1_STRING_to_UTF8 (&data, string);
  char *text = length < 0 ? NULL : g_strndup ((const char *) data, (gsize) length);

  OPENSSL_free (data);
  return text;
}

/* The attributes of the certificate's subject, last RDN first as RFC 2253 says. */
static GPtrArray *
subject_attributes (X509 *certificate)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  X509_NAME *name = X509_get_subject_name (certificate);
  int n = X509_NAME_entry_count (name);
  int last = n > 0 ? X509_NAME_ENTRY_set (X509_NAME_get_entry (name, n - 1)) : 0;

  for (int i = 0; i < n; i++)
    {
      X509_NAME_ENTRY *entry = X509_NAME_get_entry (name, i);
      ASN1_OBJECT *object = X509_NAME_ENTRY_get_object (entry);
      g_autofree char *value = dup_value (X509_NAME_ENTRY_get_data (entry));
      char oid[80];

      OBJ_obj2txt (oid, sizeof oid, object, 1);
      g_ptr_array_add (list,
                       dup_attribute ((guint) (last - X509_NAME_ENTRY_set (entry)),
                                      OBJ_obj2nid (object), oid, value != NULL ? value : "?"));
    }
  g_ptr_array_sort (list, compare);
  return list;
}

/* "#" and the hexadecimal DER of a string. */
static char *
dup_hex_value (const char *hex)
{
  gsize n = strlen (hex);
  g_autofree guint8 *der = g_malloc (n / 2 + 1);
  const unsigned char *p = der;
  ASN1_TYPE *type;
  char *text = NULL;

  for (gsize i = 0; i < n; i++)
    {
      int digit = g_ascii_xdigit_value (hex[i]);
      if (digit < 0 || n % 2 != 0)
        return NULL;
      der[i / 2] = (guint8) (i % 2 == 0 ? digit << 4 : der[i / 2] | digit);
    }
  type = d2i_ASN1_TYPE (NULL, &p, (long) (n / 2));
  if (type != NULL && p == der + n / 2)
    switch (ASN1_TYPE_get (type))
      {
      case V_ASN1_UTF8STRING:
      case V_ASN1_PRINTABLESTRING:
      case V_ASN1_T61STRING:
      case V_ASN1_IA5STRING:
      case V_ASN1_BMPSTRING:
        text = dup_value (type->value.asn1_string);
        break;
      default:
        break;
      }
  ASN1_TYPE_free (type);
  ERR_clear_error ();
  return text;
}

/* Reads a value up to an unescaped ',', '+' or ';' and leaves @p there. */
static char *
take_value (const char **p)
{
  GString *text = g_string_new (NULL);
  gsize keep = 0;

  for (; **p != '\0' && strchr (",+;", **p) == NULL; (*p)++)
    {
      if (**p == '\\' && (*p)[1] != '\0')
        {
          int high = g_ascii_xdigit_value ((*p)[1]);
          int low = high < 0 ? -1 : g_ascii_xdigit_value ((*p)[2]);

          g_string_append_c (text, low < 0 ? (*p)[1] : (char) (high << 4 | low));
          *p += low < 0 ? 1 : 2;
          keep = text->len;
          continue;
        }
      g_string_append_c (text, **p);
      if (**p != ' ')
        keep = text->len;
    }
  g_string_truncate (text, keep);
  return g_string_free (text, FALSE);
}

static int
keyword_nid (const char *type)
{
  static const struct
  {
    const char *word;
    int nid;
  } words[] = {
    { "CN", NID_commonName },
    { "SN", NID_surname },
    { "SURNAME", NID_surname },
    { "GN", NID_givenName },
    { "G", NID_givenName },
    { "GIVENNAME", NID_givenName },
    { "T", NID_title },
    { "TITLE", NID_title },
    { "OU", NID_organizationalUnitName },
    { "O", NID_organizationName },
    { "L", NID_localityName },
    { "ST", NID_stateOrProvinceName },
    { "S", NID_stateOrProvinceName },
    { "C", NID_countryName },
    { "SERIALNUMBER", NID_serialNumber },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i].word, type) == 0)
      return words[i].nid;
  return g_ascii_isdigit (*type) ? OBJ_txt2nid (type) : NID_undef;
}

/* NULL when @text is no name. */
static GPtrArray *
text_attributes (const char *text)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  guint set = 0;

  for (const char *p = text;;)
    {
      g_autofree char *type = NULL;
      g_autofree char *value = NULL;
      const char *equals;

      p += strspn (p, " ");
      equals = strchr (p, '=');
      if (equals == NULL)
        return NULL;
      type = g_strstrip (g_strndup (p, (gsize) (equals - p)));
      p = equals + 1 + strspn (equals + 1, " ");
      value = take_value (&p);
      if (*value == '#')
        {
          char *decoded = dup_hex_value (value + 1);
          g_free (value);
          value = decoded;
        }
      if (value == NULL)
        return NULL;
      g_ptr_array_add (list, dup_attribute (set, keyword_nid (type), type, value));
      if (*p == '\0')
        break;
      set += *p != '+';
      p++;
    }
  ERR_clear_error ();
  g_ptr_array_sort (list, compare);
  return g_steal_pointer (&list);
}

gboolean
dmp_host_dn_matches (const char *text, X509 *certificate)
{
  g_autoptr (GPtrArray) ours = subject_attributes (certificate);
  g_autoptr (GPtrArray) theirs = text_attributes (text);

  if (theirs == NULL || theirs->len != ours->len || ours->len == 0)
    return FALSE;
  for (guint i = 0; i < ours->len; i++)
    if (strcmp (ours->pdata[i], theirs->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}
