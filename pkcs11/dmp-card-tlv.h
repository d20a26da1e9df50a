#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For pkcs11/ only. What a card answers is untrusted: every length is checked against what is
 * really there, and nothing is copied. */

/* Bytes that are read from the front. */
typedef struct
{
  const guint8 *data;
  gsize len;
} DmpSpan;

/* A BER-TLV object (ISO 7816-4 annex, lengths of up to three bytes, no indefinite length). */
typedef struct
{
  guint32 tag; /* all its bytes, e.g. 0x65, 0x7F49 */
  DmpSpan value;
} DmpTlv;

/* Takes the next object off @span. Filling (00 or FF where a tag should stand) ends the data.
 * Returns: FALSE at the end, and on anything malformed (then @span keeps what is left) */
gboolean dmp_tlv_next (DmpSpan *span, DmpTlv *tlv);

/* Returns: TRUE when @span holds an object @tag at its own level; the first one goes to @value */
gboolean dmp_tlv_find (DmpSpan span, guint32 tag, DmpSpan *value);

/* The text of a data object: UTF-8 when it is valid, else Latin-1; control characters and
 * surrounding blanks go.
 * Returns: (transfer full) (nullable): NULL when nothing is left */
char *dmp_span_dup_text (DmpSpan span);

G_END_DECLS
