#include "config.h"

#include "bytes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void
bytes_reserve (Bytes *bytes, size_t more)
{
  if (bytes->len + more <= bytes->size)
    return;

  size_t size = bytes->size > 0 ? bytes->size : 64;
  while (size < bytes->len + more)
    size *= 2;
  uint8_t *data = realloc (bytes->data, size);
  if (data == NULL)
    abort ();
  bytes->data = data;
  bytes->size = size;
}

void
bytes_clear (Bytes *bytes)
{
  if (bytes->data != NULL)
    explicit_bzero (bytes->data, bytes->size);
  free (bytes->data);
  *bytes = (Bytes){ 0 };
}

void
bytes_add (Bytes *bytes, const void *data, size_t len)
{
  if (len == 0)
    return;
  bytes_reserve (bytes, len);
  memcpy (bytes->data + bytes->len, data, len);
  bytes->len += len;
}

void
bytes_add_text (Bytes *bytes, const char *text)
{
  bytes_add (bytes, text, strlen (text));
}

static int
hex_digit (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return -1;
}

int
bytes_parse_hex (Bytes *bytes, const char *hex)
{
  while (*hex != '\0' && *hex != '\n')
    {
      if (isblank ((unsigned char) *hex))
        {
          hex++;
          continue;
        }
      int high = hex_digit (hex[0]);
      int low = high < 0 ? -1 : hex_digit (hex[1]);
      if (low < 0)
        return -1;
      bytes_add_u8 (bytes, (unsigned) (high << 4 | low));
      hex += 2;
    }
  return 0;
}

void
bytes_add_hex (Bytes *bytes, const char *hex)
{
  if (bytes_parse_hex (bytes, hex) != 0)
    abort ();
}

void
bytes_add_u8 (Bytes *bytes, unsigned value)
{
  uint8_t byte = (uint8_t) value;
  bytes_add (bytes, &byte, 1);
}

void
bytes_add_u16 (Bytes *bytes, unsigned value)
{
  bytes_add_u8 (bytes, value >> 8);
  bytes_add_u8 (bytes, value & 0xff);
}

size_t
bytes_open (Bytes *bytes, unsigned tag)
{
  bytes_add_u8 (bytes, tag);
  return bytes->len;
}

void
bytes_close (Bytes *bytes, size_t mark)
{
  size_t len = bytes->len - mark;
  uint8_t header[3];
  size_t n = 0;

  if (len >= 0x100)
    {
      header[n++] = 0x82;
      header[n++] = (uint8_t) (len >> 8);
    }
  else if (len >= 0x80)
    header[n++] = 0x81;
  header[n++] = (uint8_t) (len & 0xff);

  bytes_reserve (bytes, n);
  memmove (bytes->data + mark + n, bytes->data + mark, len);
  memcpy (bytes->data + mark, header, n);
  bytes->len += n;
}

void
bytes_add_tlv (Bytes *bytes, unsigned tag, const void *data, size_t len)
{
  size_t mark = bytes_open (bytes, tag);
  bytes_add (bytes, data, len);
  bytes_close (bytes, mark);
}

void
bytes_add_tlv_text (Bytes *bytes, unsigned tag, const char *text)
{
  bytes_add_tlv (bytes, tag, text, strlen (text));
}

void
bytes_drop (Bytes *bytes, size_t len)
{
  if (len == 0)
    return;
  memmove (bytes->data, bytes->data + len, bytes->len - len);
  bytes->len -= len;
}

int
bytes_add_file (Bytes *bytes, const char *path)
{
  FILE *file = fopen (path, "rbe");
  if (file == NULL)
    return -1;

  uint8_t block[4096];
  size_t n;
  while ((n = fread (block, 1, sizeof block, file)) > 0)
    bytes_add (bytes, block, n);
  int failed = ferror (file);
  fclose (file);
  return failed ? -1 : 0;
}

void
bytes_print_hex (FILE *out, const uint8_t *data, size_t len)
{
  for (size_t i = 0; i < len; i++)
    fprintf (out, "%02X", data[i]);
}
