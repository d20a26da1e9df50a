#include "config.h"

#include "dmp-card-tlv.h"

#include <string.h>

#define TAG_BYTES_MAX 3
#define LENGTH_BYTES_MAX 3

static gboolean
take_byte (DmpSpan *span, guint8 *byte)
{
  if (span->len == 0)
    return FALSE;

  *byte = span->data[0];
  span->data++;
  span->len--;
  return TRUE;
}

static gboolean
take_tag (DmpSpan *span, guint32 *tag)
{
  guint8 byte;

  if (!take_byte (span, &byte) || byte == 0x00 || byte == 0xff)
    return FALSE;

  *tag = byte;
  if ((byte & 0x1f) != 0x1f)
    return TRUE;

  for (guint i = 1; i < TAG_BYTES_MAX; i++)
    {
      if (!take_byte (span, &byte))
        return FALSE;
      *tag = *tag << 8 | byte;
      if ((byte & 0x80) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
take_length (DmpSpan *span, gsize *length)
{
  guint8 byte;
  guint n;

  if (!take_byte (span, &byte))
    return FALSE;

  *length = byte;
  if (byte < 0x80)
    return TRUE;

  n = byte & 0x7f;
  if (n == 0 || n > LENGTH_BYTES_MAX)
    return FALSE;

  *length = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!take_byte (span, &byte))
        return FALSE;
      *length = *length << 8 | byte;
    }
  return TRUE;
}

gboolean
dmp_tlv_next (DmpSpan *span, DmpTlv *tlv)
{
  DmpSpan rest = *span;
  guint32 tag;
  gsize length;

  if (!take_tag (&rest, &tag) || !take_length (&rest, &length) || length > rest.len)
    return FALSE;

  tlv->tag = tag;
  tlv->value = (DmpSpan){ rest.data, length };
  *span = (DmpSpan){ rest.data + length, rest.len - length };
  return TRUE;
}

gboolean
dmp_tlv_find (DmpSpan span, guint32 tag, DmpSpan *value)
{
  DmpTlv tlv;

  while (dmp_tlv_next (&span, &tlv))
    if (tlv.tag == tag)
      {
        *value = tlv.value;
        return TRUE;
      }
  return FALSE;
}

char *
dmp_span_dup_text (DmpSpan span)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) clean = g_string_sized_new (span.len);

  if (span.len == 0)
    return NULL;

  if (g_utf8_validate_len ((const char *) span.data, span.len, NULL))
    text = g_strndup ((const char *) span.data, span.len);
  else
    text = g_convert ((const char *) span.data, (gssize) span.len, "UTF-8", "ISO-8859-1", NULL,
                      NULL, NULL);

  /* g_convert() keeps a NUL of the card inside the text: what follows it is left out. */
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isprint (c))
        g_string_append_unichar (clean, c);
    }
  g_strstrip (clean->str);
  return clean->str[0] != '\0' ? g_strdup (clean->str) : NULL;
}
