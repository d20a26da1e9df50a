#include "config.h"

#include "fuzz.h"
#include "wire/dmp-media-type.h"
#include "wire/dmp-mime-splitter.h"

const char *const fuzz_corpus[] = { "fuzz/corpus/mime", NULL };

#define MAX_PARTS 4
#define MAX_PART 512

static GPtrArray *
split (const char *bytes, gsize len, gsize step)
{
  g_autoptr (DmpMimeSplitter) splitter = dmp_mime_splitter_new ("B", MAX_PARTS, MAX_PART, NULL);

  for (gsize at = 0; at < len; at += step)
    {
      /* A copy of its own, so that reading beyond it is seen. */
      gsize n = MIN (step, len - at);
      g_autofree char *piece = g_memdup2 (bytes + at, n);

      if (!dmp_mime_splitter_push (splitter, piece, n, NULL))
        return NULL;
    }

  return dmp_mime_splitter_finish (splitter, NULL);
}

/* The first byte says how the rest arrives: the parts must be the same as all at once. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *bytes = (const char *) data + 1;
  g_autofree char *text = NULL;
  g_autoptr (DmpMediaType) type = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) pieces = NULL;

  if (size < 2)
    return 0;
  text = g_strndup (bytes, size - 1);
  type = dmp_media_type_parse (text);
  whole = split (bytes, size - 1, size);
  pieces = split (bytes, size - 1, 1 + data[0] % 16);
  g_assert_true ((whole == NULL) == (pieces == NULL));
  for (guint i = 0; whole != NULL && i < whole->len; i++)
    {
      const DmpMimePart *one = whole->pdata[i];
      const DmpMimePart *other = pieces->pdata[i];

      g_assert_cmpuint (whole->len, ==, pieces->len);
      g_assert_cmpstr (one->content_id, ==, other->content_id);
      g_assert_true (g_bytes_equal (one->bytes, other->bytes));
    }

  return 0;
}
