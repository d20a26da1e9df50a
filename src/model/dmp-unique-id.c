#include "config.h"

#include "dmp-unique-id.h"

#include <string.h>

#define OID_MAX 64

char *
dmp_unique_id_new_urn (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat ("urn:uuid:", uuid, NULL);
}

/* One step of a long division: @digits becomes digits / 10, the rest is returned. */
static guint
divide_by_ten (guint8 digits[16])
{
  guint rest = 0;

  for (guint i = 0; i < 16; i++)
    {
      guint value = rest * 256 + digits[i];

      digits[i] = (guint8) (value / 10);
      rest = value % 10;
    }
  return rest;
}

static void
uuid_bytes (const char *uuid, guint8 bytes[16])
{
  guint n = 0;

  for (const char *c = uuid; *c != '\0' && n < 32; c++)
    if (*c != '-')
      {
        guint8 half = (guint8) g_ascii_xdigit_value (*c);

        bytes[n / 2] = (guint8) (n % 2 == 0 ? half << 4 : bytes[n / 2] | half);
        n++;
      }
}

char *
dmp_unique_id_new_oid (void)
{
  static const guint8 zero[16] = { 0 };
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (GString) decimal = g_string_new (NULL);
  guint8 bytes[16] = { 0 };

  uuid_bytes (uuid, bytes);
  do
    g_string_prepend_c (decimal, (char) ('0' + divide_by_ten (bytes)));
  while (memcmp (bytes, zero, sizeof zero) != 0);

  return g_strconcat ("2.25.", decimal->str, NULL);
}

gboolean
dmp_unique_id_is_oid (const char *text)
{
  gsize len = strlen (text);

  if (len == 0 || len > OID_MAX || strspn (text, "0123456789.") != len || text[len - 1] == '.')
    return FALSE;
  if (text[0] < '0' || text[0] > '2' || text[1] != '.')
    return FALSE;
  for (const char *dot = strchr (text, '.'); dot != NULL; dot = strchr (dot + 1, '.'))
    if (dot[1] == '.' || (dot[1] == '0' && g_ascii_isdigit (dot[2])))
      return FALSE;
  return TRUE;
}
