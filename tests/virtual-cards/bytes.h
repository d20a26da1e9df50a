#pragma once
/* A growing buffer of bytes with what a card needs: TLV objects and hexadecimal. */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct
{
  uint8_t *data; /* owned, NULL while empty */
  size_t len;
  size_t size;
} Bytes;

/* Frees the content and leaves an empty buffer. What was there is wiped. */
void bytes_clear (Bytes *bytes);

/* Appends LEN bytes of DATA. Ends the program when memory is exhausted. */
void bytes_add (Bytes *bytes, const void *data, size_t len);

/* Appends the bytes of a NUL-terminated text, without the NUL. */
void bytes_add_text (Bytes *bytes, const char *text);

/* Appends bytes written in hexadecimal; blanks are skipped. HEX must be well formed. */
void bytes_add_hex (Bytes *bytes, const char *hex);

/* Appends one byte, or two with the high one first. */
void bytes_add_u8 (Bytes *bytes, unsigned value);
void bytes_add_u16 (Bytes *bytes, unsigned value);

/* Appends a whole object: one-byte TAG, length, value. */
void bytes_add_tlv (Bytes *bytes, unsigned tag, const void *data, size_t len);
void bytes_add_tlv_text (Bytes *bytes, unsigned tag, const char *text);

/* Opens a constructed object of one-byte TAG; everything added until bytes_close() with the
 * returned mark is its value. */
size_t bytes_open (Bytes *bytes, unsigned tag);
void bytes_close (Bytes *bytes, size_t mark);

/* Drops the first LEN bytes. */
void bytes_drop (Bytes *bytes, size_t len);

/* Appends the content of a whole file. Returns 0, or -1 with errno set. */
int bytes_add_file (Bytes *bytes, const char *path);

/* Reads a well-formed even number of hexadecimal digits up to the end of the line or text.
 * Returns 0, or -1 when something else is met. */
int bytes_parse_hex (Bytes *bytes, const char *hex);

/* Writes DATA in capital hexadecimal digits. */
void bytes_print_hex (FILE *out, const uint8_t *data, size_t len);
