#include "config.h"

#include "dmp-host-mtom.h"

#include "dmp-host-error.h"

#include <string.h>

DmpHostPart *
dmp_host_part_new (const char *id, const char *type, GBytes *bytes)
{
  DmpHostPart *self = g_new0 (DmpHostPart, 1);

  self->id = g_strdup (id);
  self->type = g_strdup (type);
  self->bytes = g_bytes_ref (bytes);
  return self;
}

void
dmp_host_part_free (DmpHostPart *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->type);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
part_free (gpointer part)
{
  dmp_host_part_free (part);
}

static gpointer
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_BAD_REQUEST, text);
  return NULL;
}

gboolean
dmp_host_mime_is (const char *content_type, const char *media_type)
{
  gsize n = strlen (media_type);

  return content_type != NULL && g_ascii_strncasecmp (content_type, media_type, n) == 0 &&
         strchr ("; \t", content_type[n]) != NULL;
}

/* A value in quotes (with \ escapes) or a token; @p stands after it. */
static char *
take_value (const char **p)
{
  GString *text = g_string_new (NULL);

  if (**p == '"')
    {
      for ((*p)++; **p != '\0' && **p != '"'; (*p)++)
        {
          if (**p == '\\' && (*p)[1] != '\0')
            (*p)++;
          g_string_append_c (text, **p);
        }
      if (**p == '"')
        (*p)++;
    }
  else
    for (; **p != '\0' && strchr ("; \t\r\n", **p) == NULL; (*p)++)
      g_string_append_c (text, **p);
  return g_string_free (text, FALSE);
}

char *
dmp_host_mime_parameter (const char *header, const char *name)
{
  const char *p = header != NULL ? strchr (header, ';') : NULL;

  while (p != NULL && *p != '\0')
    {
      const char *start;
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      p += strspn (p, "; \t\r\n");
      start = p;
      p += strcspn (p, "=; \t");
      key = g_strndup (start, (gsize) (p - start));
      p += strspn (p, " \t");
      if (*p != '=')
        continue;
      p += 1 + strspn (p + 1, " \t");
      value = take_value (&p);
      if (g_ascii_strcasecmp (key, name) == 0)
        return g_steal_pointer (&value);
    }
  return NULL;
}

/* The value of a header in the lines [@text, @end). */
static char *
dup_header (const char *text, const char *end, const char *name)
{
  gsize n = strlen (name);

  while (text < end)
    {
      const char *eol = memchr (text, '\n', (gsize) (end - text));
      const char *stop = eol != NULL ? eol : end;

      /* A folded line belongs to the one before. */
      while (eol != NULL && eol + 1 < end && (eol[1] == ' ' || eol[1] == '\t'))
        {
          eol = memchr (eol + 1, '\n', (gsize) (end - eol - 1));
          stop = eol != NULL ? eol : end;
        }
      if ((gsize) (stop - text) > n && text[n] == ':' && g_ascii_strncasecmp (text, name, n) == 0)
        return g_strstrip (g_strndup (text + n + 1, (gsize) (stop - text) - n - 1));
      if (eol == NULL)
        break;
      text = eol + 1;
    }
  return NULL;
}

/* "<id>" → "id" */
static char *
dup_bare_id (const char *id)
{
  gsize n = id != NULL ? strlen (id) : 0;

  if (n >= 2 && id[0] == '<' && id[n - 1] == '>')
    return g_strndup (id + 1, n - 2);
  return g_strdup (id);
}

/* What stands between the blank line and the next delimiter. */
static DmpHostPart *
read_part (GBytes *body, const char *at, const char *end, GError **error)
{
  const char *base = g_bytes_get_data (body, NULL);
  gsize limit = MIN ((gsize) (end - at), DMP_HOST_MAX_PART_HEADER);
  const char *blank = g_strstr_len (at, (gssize) limit, "\r\n\r\n");
  g_autofree char *id = NULL;
  g_autofree char *type = NULL;
  g_autofree char *encoding = NULL;
  g_autofree char *bare = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (limit >= 2 && memcmp (at, "\r\n", 2) == 0)
    blank = at - 2;
  else if (blank == NULL)
    return refuse (error, "Partie MIME sans en-tête");
  else
    {
      id = dup_header (at, blank, "Content-ID");
      type = dup_header (at, blank, "Content-Type");
      encoding = dup_header (at, blank, "Content-Transfer-Encoding");
    }
  if (encoding != NULL && (g_ascii_strcasecmp (encoding, "base64") == 0 ||
                           g_ascii_strcasecmp (encoding, "quoted-printable") == 0))
    return refuse (error, "Codage de partie MIME non admis (binary est attendu)");
  bare = dup_bare_id (id);
  bytes = g_bytes_new_from_bytes (body, (gsize) (blank + 4 - base), (gsize) (end - blank - 4));
  return dmp_host_part_new (bare, type, bytes);
}

/* The next "\r\n--boundary" at or after @at, or NULL. */
static const char *
find_delimiter (const char *at, const char *end, const char *delimiter)
{
  return memmem (at, (gsize) (end - at), delimiter, strlen (delimiter));
}

static gboolean
add_part (GPtrArray *parts, DmpHostPart *part, const char *start, GError **error)
{
  for (guint i = 0; part->id != NULL && i < parts->len; i++)
    if (g_strcmp0 (((DmpHostPart *) parts->pdata[i])->id, part->id) == 0)
      {
        dmp_host_part_free (part);
        return refuse (error, "Deux parties MIME portent le même identifiant") != NULL;
      }
  g_ptr_array_insert (parts, start != NULL && g_strcmp0 (part->id, start) == 0 ? 0 : -1, part);
  return parts->len <= DMP_HOST_MAX_PARTS || refuse (error, "Trop de parties MIME") != NULL;
}

static gboolean
split (GBytes *body, const char *boundary, const char *start, GPtrArray *parts, GError **error)
{
  g_autofree char *delimiter = g_strconcat ("\r\n--", boundary, NULL);
  gsize size, n = strlen (delimiter);
  const char *data = g_bytes_get_data (body, &size);
  const char *end = data + size;
  const char *at;

  /* The first delimiter may open the body without a line end before it. */
  at = size >= n - 2 && memcmp (data, delimiter + 2, n - 2) == 0
           ? data - 2
           : find_delimiter (data, end, delimiter);
  while (at != NULL)
    {
      const char *line = at + n;
      const char *next;
      DmpHostPart *part;

      if (end - line >= 2 && memcmp (line, "--", 2) == 0)
        return TRUE;
      while (line < end && (*line == ' ' || *line == '\t'))
        line++;
      if (end - line < 2 || memcmp (line, "\r\n", 2) != 0)
        break;
      next = find_delimiter (line, end, delimiter);
      part = next != NULL ? read_part (body, line + 2, MAX (next, line + 2), error) : NULL;
      if (next != NULL && (part == NULL || !add_part (parts, part, start, error)))
        return FALSE;
      at = next;
    }
  return refuse (error, "Message MIME incomplet") != NULL;
}

GPtrArray *
dmp_host_mtom_split (const char *content_type, GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_autofree char *boundary = dmp_host_mime_parameter (content_type, "boundary");
  g_autofree char *start = dmp_host_mime_parameter (content_type, "start");
  g_autofree char *root = dup_bare_id (start);

  if (boundary == NULL || *boundary == '\0' || strlen (boundary) > 70)
    return refuse (error, "Message MIME sans délimiteur");
  if (!split (body, boundary, root, parts, error))
    return NULL;
  if (parts->len == 0 ||
      (root != NULL && g_strcmp0 (((DmpHostPart *) parts->pdata[0])->id, root) != 0))
    return refuse (error, "Message MIME sans partie racine");
  return g_steal_pointer (&parts);
}

GPtrArray *
dmp_host_mtom_join (GBytes *root, GPtrArray *parts, char **content_type)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *uuid = g_uuid_string_random ();
  char *head = g_strdup_printf ("--%s\r\n"
                                "Content-Type: application/xop+xml; charset=UTF-8; "
                                "type=\"application/soap+xml\"\r\n"
                                "Content-Transfer-Encoding: binary\r\n"
                                "Content-ID: <root@dmp-host>\r\n\r\n",
                                uuid);
  char *tail;

  g_ptr_array_add (pieces, g_bytes_new_take (head, strlen (head)));
  g_ptr_array_add (pieces, g_bytes_ref (root));
  for (guint i = 0; i < parts->len; i++)
    {
      const DmpHostPart *part = parts->pdata[i];

      head =
          g_strdup_printf ("\r\n--%s\r\nContent-Type: %s\r\nContent-Transfer-Encoding: binary\r\n"
                           "Content-ID: <%s>\r\n\r\n",
                           uuid, part->type, part->id);
      g_ptr_array_add (pieces, g_bytes_new_take (head, strlen (head)));
      g_ptr_array_add (pieces, g_bytes_ref (part->bytes));
    }
  tail = g_strdup_printf ("\r\n--%s--\r\n", uuid);
  g_ptr_array_add (pieces, g_bytes_new_take (tail, strlen (tail)));
  *content_type = g_strdup_printf ("multipart/related; type=\"application/xop+xml\"; "
                                   "start=\"<root@dmp-host>\"; "
                                   "start-info=\"application/soap+xml\"; boundary=\"%s\"",
                                   uuid);
  return pieces;
}
