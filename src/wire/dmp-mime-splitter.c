#include "config.h"

#include "dmp-mime-splitter.h"
#include "model/dmp-wipe-buffer.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  PREAMBLE,
  AFTER_DELIMITER, /* what follows "--boundary" on its line */
  HEADERS,
  BODY,
  EPILOGUE
} State;

struct _DmpMimeSplitter
{
  State state;
  char *delimiter; /* CRLF "--" boundary */
  gsize delimiter_len;
  gsize matched;       /* bytes of the delimiter just seen, held back */
  gsize unseen;        /* of these, the CRLF that the line before has ended with */
  gsize preamble;      /* bytes of it so far */
  gsize expected;      /* bytes still to come, 0: unknown */
  GString *line;       /* what follows the delimiter, or the headers */
  DmpWipeBuffer *body; /* of the part that arrives */
  DmpMimePart *part;   /* its headers */
  GPtrArray *parts;
  guint max_parts;
  gsize max_part;
};

void
dmp_mime_part_free (DmpMimePart *self)
{
  g_free (self->content_id);
  g_free (self->content_type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static gboolean
invalid (GError **error, const char *what)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE,
               _ ("La réponse du DMP est illisible (%s). Rien n’a été perdu : réessayez ; si cela "
                  "dure, prévenez votre informaticien."),
               what);
  return FALSE;
}

static gboolean
is_boundary (const char *boundary)
{
  gsize len = strlen (boundary);

  if (len == 0 || len > DMP_MIME_MAX_BOUNDARY || boundary[len - 1] == ' ')
    return FALSE;
  for (const char *p = boundary; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("'()+_,-./:=? ", *p) == NULL)
      return FALSE;

  return TRUE;
}

DmpMimeSplitter *
dmp_mime_splitter_new (const char *boundary, guint max_parts, gsize max_part, GError **error)
{
  DmpMimeSplitter *self;

  if (boundary == NULL || !is_boundary (boundary))
    {
      invalid (error, _ ("délimiteur"));
      return NULL;
    }

  self = g_new0 (DmpMimeSplitter, 1);
  self->delimiter = g_strconcat ("\r\n--", boundary, NULL);
  self->delimiter_len = strlen (self->delimiter);
  self->matched = self->unseen = 2; /* the first delimiter needs no line before it */
  self->line = g_string_new (NULL);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_mime_part_free);
  self->max_parts = max_parts;
  self->max_part = max_part;

  return self;
}

void
dmp_mime_splitter_free (DmpMimeSplitter *self)
{
  g_free (self->delimiter);
  g_string_free (self->line, TRUE);
  g_clear_pointer (&self->body, dmp_wipe_buffer_free);
  g_clear_pointer (&self->part, dmp_mime_part_free);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/* Bytes that turned out not to be a delimiter. */
static gboolean
keep (DmpMimeSplitter *self, const char *bytes, gsize len, GError **error)
{
  if (self->state == BODY)
    return dmp_wipe_buffer_append (self->body, bytes, len, error);

  self->preamble += len;
  return self->preamble <= DMP_MIME_MAX_PREAMBLE || invalid (error, _ ("préambule"));
}

static void
end_of_delimiter (DmpMimeSplitter *self)
{
  if (self->state == BODY)
    {
      self->part->bytes = dmp_wipe_buffer_take_bytes (self->body);
      g_ptr_array_add (self->parts, g_steal_pointer (&self->part));
      g_clear_pointer (&self->body, dmp_wipe_buffer_free);
    }
  self->matched = self->unseen = 0;
  self->state = AFTER_DELIMITER;
  g_string_truncate (self->line, 0);
}

/* Looks for the delimiter; a CR can only be its first byte, so a mismatch starts anew.
 * Returns: the bytes used, up to the end of the delimiter, or -1 */
static gssize
take_until_delimiter (DmpMimeSplitter *self, const char *bytes, gsize len, GError **error)
{
  gsize at = 0;

  while (at < len)
    {
      const char *cr;

      if (self->matched > 0)
        {
          if (bytes[at] == self->delimiter[self->matched])
            {
              at++;
              if (++self->matched == self->delimiter_len)
                {
                  end_of_delimiter (self);
                  break;
                }
              continue;
            }
          if (!keep (self, self->delimiter + self->unseen, self->matched - self->unseen, error))
            return -1;
          self->matched = self->unseen = 0;
        }
      cr = memchr (bytes + at, '\r', len - at);
      if (!keep (self, bytes + at, cr != NULL ? (gsize) (cr - bytes) - at : len - at, error))
        return -1;
      at = cr != NULL ? (gsize) (cr - bytes) + 1 : len;
      self->matched = cr != NULL ? 1 : 0;
    }

  return (gssize) at;
}

/* "--" closes; blanks and CRLF open a part. One byte a call. */
static gboolean
take_after_delimiter (DmpMimeSplitter *self, char c, GError **error)
{
  gsize n = self->line->len;

  if (n == 0 && (c == ' ' || c == '\t'))
    return TRUE;
  g_string_append_c (self->line, c);
  if (n == 0)
    return c == '\r' || c == '-' || invalid (error, _ ("délimiteur"));
  if (strcmp (self->line->str, "--") == 0)
    {
      self->state = EPILOGUE;
      return TRUE;
    }
  if (strcmp (self->line->str, "\r\n") != 0)
    return invalid (error, _ ("délimiteur"));
  if (self->parts->len == self->max_parts)
    return invalid (error, _ ("trop de parties"));

  self->state = HEADERS;
  g_string_truncate (self->line, 0);
  return TRUE;
}

static gboolean
set_once (char **field, const char *value, GError **error)
{
  if (*field != NULL)
    return invalid (error, _ ("en-tête en double"));

  *field = g_strstrip (g_strdup (value));
  return TRUE;
}

static gboolean
is_plain_encoding (const char *value)
{
  return g_ascii_strcasecmp (value, "binary") == 0 || g_ascii_strcasecmp (value, "8bit") == 0 ||
         g_ascii_strcasecmp (value, "7bit") == 0;
}

static gboolean
parse_header (DmpMimePart *part, char **encoding, char *line, GError **error)
{
  char *colon = strchr (line, ':');

  if (colon == NULL || colon == line || !g_str_is_ascii (line))
    return invalid (error, _ ("en-tête"));

  *colon = '\0';
  if (g_ascii_strcasecmp (line, "Content-ID") == 0)
    return set_once (&part->content_id, colon + 1, error);
  if (g_ascii_strcasecmp (line, "Content-Type") == 0)
    return set_once (&part->content_type, colon + 1, error);
  if (g_ascii_strcasecmp (line, "Content-Transfer-Encoding") == 0)
    return set_once (encoding, colon + 1, error);

  return TRUE;
}

/* @text: the headers, each line ended by CRLF; long ones may go on after CRLF and a blank. */
static DmpMimePart *
parse_headers (const char *text, GError **error)
{
  g_autoptr (DmpMimePart) part = g_new0 (DmpMimePart, 1);
  g_autofree char *encoding = NULL;
  g_auto (GStrv) lines = NULL;
  GString *unfolded = g_string_new (text);

  g_string_replace (unfolded, "\r\n ", " ", 0);
  g_string_replace (unfolded, "\r\n\t", " ", 0);
  lines = g_strsplit (unfolded->str, "\r\n", -1);
  g_string_free (unfolded, TRUE);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !parse_header (part, &encoding, lines[i], error))
      return NULL;

  if (encoding != NULL && !is_plain_encoding (encoding))
    {
      invalid (error, _ ("codage d’une partie"));
      return NULL;
    }
  if (part->content_id != NULL)
    {
      gsize len = strlen (part->content_id);

      if (len < 3 || part->content_id[0] != '<' || part->content_id[len - 1] != '>')
        {
          invalid (error, _ ("identifiant d’une partie"));
          return NULL;
        }
      memmove (part->content_id, part->content_id + 1, len - 2);
      part->content_id[len - 2] = '\0';
    }

  return g_steal_pointer (&part);
}

static gboolean
take_header_byte (DmpMimeSplitter *self, char c, GError **error)
{
  GString *line = self->line;

  if (c == '\0' || line->len == DMP_MIME_MAX_HEADERS)
    return invalid (error, _ ("en-tête"));
  g_string_append_c (line, c);
  if (c != '\n' ||
      !((line->len == 2 && line->str[0] == '\r') || g_str_has_suffix (line->str, "\r\n\r\n")))
    return TRUE;

  self->part = parse_headers (line->str, error);
  if (self->part == NULL)
    return FALSE;
  self->body = dmp_wipe_buffer_new (self->max_part);
  if (self->expected > 0)
    dmp_wipe_buffer_reserve (self->body, self->expected);
  self->state = BODY;
  /* A part without a body: its delimiter's CRLF is the one that ended the headers. */
  self->matched = self->unseen = 2;
  return TRUE;
}

void
dmp_mime_splitter_expect (DmpMimeSplitter *self, gsize len)
{
  self->expected = len;
}

gboolean
dmp_mime_splitter_push (DmpMimeSplitter *self, const char *bytes, gsize len, GError **error)
{
  gsize at = 0;

  while (at < len)
    {
      gssize used = 1;
      gboolean ok = TRUE;

      switch (self->state)
        {
        case PREAMBLE:
        case BODY:
          used = take_until_delimiter (self, bytes + at, len - at, error);
          ok = used >= 0;
          break;
        case AFTER_DELIMITER:
          ok = take_after_delimiter (self, bytes[at], error);
          break;
        case HEADERS:
          ok = take_header_byte (self, bytes[at], error);
          break;
        case EPILOGUE:
        default:
          return TRUE;
        }
      if (!ok)
        return FALSE;
      at += (gsize) used;
      self->expected -= MIN (self->expected, (gsize) used);
    }

  return TRUE;
}

GPtrArray *
dmp_mime_splitter_finish (DmpMimeSplitter *self, GError **error)
{
  if (self->state != EPILOGUE)
    {
      invalid (error, _ ("tronquée"));
      return NULL;
    }
  if (self->parts->len == 0)
    {
      invalid (error, _ ("aucune partie"));
      return NULL;
    }

  return g_ptr_array_ref (self->parts);
}
