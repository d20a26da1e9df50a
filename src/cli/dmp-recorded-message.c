#include "config.h"

#include "dmp-recorded-message.h"
#include "model/dmp-error.h"
#include "wire/dmp-media-type.h"

#include <glib/gi18n.h>
#include <string.h>

/* A stretch of the file. */
typedef struct
{
  const char *at;
  const char *end;
} Span;

void
dmp_recorded_message_free (DmpRecordedMessage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->xml, g_bytes_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

static gboolean
invalid (GError **error, const char *what)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE,
               _ ("Ce fichier n’est pas un message qu’on puisse expliquer : %s."), what);

  return FALSE;
}

static const char *
find (Span span, const char *needle)
{
  return memmem (span.at, (gsize) (span.end - span.at), needle, strlen (needle));
}

/* Takes one line without its end. Returns: FALSE at the end */
static gboolean
take_line (Span *span, Span *line)
{
  const char *feed;

  if (span->at >= span->end)
    return FALSE;
  feed = memchr (span->at, '\n', (gsize) (span->end - span->at));
  *line = (Span){ span->at, feed != NULL ? feed : span->end };
  span->at = feed != NULL ? feed + 1 : span->end;
  if (line->end > line->at && line->end[-1] == '\r')
    line->end--;

  return TRUE;
}

/* Reads header lines up to an empty one. Returns: (transfer full): names in small letters */
static GHashTable *
take_headers (Span *span)
{
  GHashTable *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *last = NULL;
  Span line;

  while (take_line (span, &line) && line.at < line.end)
    {
      g_autofree char *text = g_strndup (line.at, (gsize) (line.end - line.at));
      char *colon = strchr (text, ':');

      if ((*text == ' ' || *text == '\t') && last != NULL)
        g_hash_table_insert (headers, g_strdup (last),
                             g_strconcat (g_hash_table_lookup (headers, last), text, NULL));
      else if (colon != NULL)
        {
          *colon = '\0';
          g_free (last);
          last = g_ascii_strdown (text, -1);
          g_hash_table_insert (headers, g_strdup (last), g_strdup (g_strstrip (colon + 1)));
        }
    }

  return headers;
}

static gboolean
header_is (GHashTable *headers, const char *name, const char *value)
{
  const char *found = g_hash_table_lookup (headers, name);

  return found != NULL && g_ascii_strcasecmp (found, value) == 0;
}

/* Joins the chunks of an HTTP body. */
static GBytes *
dup_joined (Span span)
{
  GByteArray *joined = g_byte_array_new ();
  Span line;

  while (take_line (&span, &line))
    {
      guint64 size = g_ascii_strtoull (line.at, NULL, 16);

      if (size == 0 || size > (guint64) (span.end - span.at))
        break;
      g_byte_array_append (joined, (const guint8 *) span.at, (guint) size);
      span.at += size;
      take_line (&span, &line); /* the line end after the chunk */
    }

  return g_byte_array_free_to_bytes (joined);
}

static GBytes *
dup_part_bytes (GHashTable *headers, Span span)
{
  gsize len = (gsize) (span.end - span.at);
  g_autofree char *text = NULL;
  guchar *bytes;

  if (!header_is (headers, "content-transfer-encoding", "base64"))
    return g_bytes_new (span.at, len);
  text = g_strndup (span.at, len);
  bytes = g_base64_decode (text, &len);

  return g_bytes_new_take (bytes, len);
}

/* Takes the next part. Returns: FALSE when there is none */
static gboolean
take_part (Span *span, const char *delimiter, GPtrArray *parts)
{
  g_autoptr (GHashTable) headers = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *id = NULL;
  const char *start = find (*span, delimiter), *next, *raw;
  Span part, line;
  gsize len;

  if (start == NULL)
    return FALSE;
  part = (Span){ start + strlen (delimiter), span->end };
  if (g_str_has_prefix (part.at, "--") || !take_line (&part, &line))
    return FALSE;
  next = find (part, delimiter);
  if (next == NULL)
    next = span->end;
  span->at = next;
  part.end = next;
  if (part.end > part.at && part.end[-1] == '\n')
    part.end--;
  if (part.end > part.at && part.end[-1] == '\r')
    part.end--;

  headers = take_headers (&part);
  bytes = dup_part_bytes (headers, part);
  raw = g_hash_table_lookup (headers, "content-id");
  len = raw != NULL ? strlen (raw) : 0;
  id = len > 1 && raw[0] == '<' && raw[len - 1] == '>' ? g_strndup (raw + 1, len - 2)
                                                       : g_strdup (raw != NULL ? raw : "");
  g_ptr_array_add (parts,
                   dmp_attachment_new (id, g_hash_table_lookup (headers, "content-type"), bytes));

  return TRUE;
}

/* The part that is the envelope, by @start, else the first. */
static guint
find_root (GPtrArray *parts, const char *start)
{
  for (guint i = 0; start != NULL && i < parts->len; i++)
    {
      const DmpAttachment *part = g_ptr_array_index (parts, i);

      if (*part->content_id != '\0' && strstr (start, part->content_id) != NULL)
        return i;
    }

  return 0;
}

static DmpRecordedMessage *
read_multipart (Span span, const char *boundary, const char *start, GError **error)
{
  g_autofree char *delimiter = g_strconcat ("--", boundary, NULL);
  g_autoptr (DmpRecordedMessage) self = g_new0 (DmpRecordedMessage, 1);
  guint root;

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_attachment_free);
  while (take_part (&span, delimiter, self->parts))
    ;
  if (self->parts->len == 0)
    {
      invalid (error, _ ("aucune partie"));
      return NULL;
    }
  root = find_root (self->parts, start);
  self->xml = g_bytes_ref (((DmpAttachment *) self->parts->pdata[root])->bytes);
  g_ptr_array_remove_index (self->parts, root);

  return g_steal_pointer (&self);
}

static DmpRecordedMessage *
read_plain (Span span, GError **error)
{
  g_autoptr (DmpRecordedMessage) self = g_new0 (DmpRecordedMessage, 1);
  const char *first = find (span, "<");

  if (first == NULL)
    {
      invalid (error, _ ("aucun XML"));
      return NULL;
    }
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_attachment_free);
  self->xml = g_bytes_new (first, (gsize) (span.end - first));

  return g_steal_pointer (&self);
}

static DmpRecordedMessage *
read_with_headers (Span span, GError **error)
{
  g_autoptr (GHashTable) headers = take_headers (&span);
  const char *content_type = g_hash_table_lookup (headers, "content-type");
  g_autoptr (DmpMediaType) type = content_type != NULL ? dmp_media_type_parse (content_type) : NULL;
  g_autoptr (GBytes) joined = NULL;
  const char *boundary = type != NULL ? dmp_media_type_get (type, "boundary") : NULL;

  if (header_is (headers, "transfer-encoding", "chunked") && find (span, "<") != span.at)
    {
      gsize len;
      const char *data;

      joined = dup_joined (span);
      data = g_bytes_get_data (joined, &len);
      if (len > 0)
        span = (Span){ data, data + len };
    }

  return boundary != NULL
             ? read_multipart (span, boundary, dmp_media_type_get (type, "start"), error)
             : read_plain (span, error);
}

DmpRecordedMessage *
dmp_recorded_message_read (GBytes *bytes, GError **error)
{
  /* A copy that ends with NUL, for what compares prefixes. */
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);
  g_autofree char *copy = g_malloc (len + 1);
  Span span = { copy, copy + len }, line, rest;

  if (len > 0)
    memcpy (copy, data, len);
  copy[len] = '\0';
  if (g_str_has_prefix (copy, "\xef\xbb\xbf"))
    span.at += 3;
  while (span.at < span.end && g_ascii_isspace (*span.at))
    span.at++;

  if (*span.at == '<')
    return read_plain (span, error);
  rest = span;
  if (g_str_has_prefix (span.at, "--") && take_line (&rest, &line) && line.end > line.at + 2)
    {
      g_autofree char *boundary = g_strndup (line.at + 2, (gsize) (line.end - line.at - 2));

      return read_multipart (span, boundary, NULL, error);
    }

  return read_with_headers (span, error);
}
