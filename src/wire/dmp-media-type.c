#include "config.h"

#include "dmp-media-type.h"

#include <string.h>

#define MAX_PARAMS 16

static gboolean
is_token_char (char c)
{
  return g_ascii_isgraph (c) && strchr ("()<>@,;:\\\"/[]?=", c) == NULL;
}

static char *
take_token (const char **p)
{
  const char *start = *p;

  while (is_token_char (**p))
    (*p)++;

  return *p > start ? g_ascii_strdown (start, *p - start) : NULL;
}

static void
skip_blanks (const char **p)
{
  *p += strspn (*p, " \t");
}

/* A token as it is written, or the inside of a quoted string. */
static char *
take_value (const char **p)
{
  const char *start = *p;
  GString *out;

  if (**p != '"')
    {
      /* Some write "type=application/xop+xml" without quotes. */
      while (is_token_char (**p) || **p == '/' || **p == ':' || **p == '=')
        (*p)++;
      return *p > start ? g_strndup (start, (gsize) (*p - start)) : NULL;
    }

  out = g_string_new (NULL);
  for ((*p)++; **p != '"' && **p != '\0'; (*p)++)
    {
      if (**p == '\\' && (*p)[1] != '\0')
        (*p)++;
      g_string_append_c (out, **p);
    }
  if (**p != '"')
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  (*p)++;

  return g_string_free (out, FALSE);
}

static gboolean
take_param (DmpMediaType *self, const char **p)
{
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  (*p)++; /* ; */
  skip_blanks (p);
  if (**p == '\0')
    return TRUE;
  name = take_token (p);
  skip_blanks (p);
  if (name == NULL || **p != '=')
    return FALSE;
  (*p)++;
  skip_blanks (p);
  value = take_value (p);
  if (value == NULL || g_hash_table_contains (self->params, name) ||
      g_hash_table_size (self->params) == MAX_PARAMS)
    return FALSE;
  g_hash_table_insert (self->params, g_steal_pointer (&name), g_steal_pointer (&value));
  skip_blanks (p);

  return TRUE;
}

DmpMediaType *
dmp_media_type_parse (const char *value)
{
  g_autoptr (DmpMediaType) self = g_new0 (DmpMediaType, 1);
  const char *p = value;
  g_autofree char *major = NULL;
  g_autofree char *minor = NULL;

  self->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  skip_blanks (&p);
  major = take_token (&p);
  if (major == NULL || *p != '/')
    return NULL;
  p++;
  minor = take_token (&p);
  if (minor == NULL)
    return NULL;
  self->type = g_strconcat (major, "/", minor, NULL);
  skip_blanks (&p);
  while (*p == ';')
    if (!take_param (self, &p))
      return NULL;

  return *p == '\0' ? g_steal_pointer (&self) : NULL;
}

void
dmp_media_type_free (DmpMediaType *self)
{
  g_free (self->type);
  g_hash_table_unref (self->params);
  g_free (self);
}

const char *
dmp_media_type_get (const DmpMediaType *self, const char *param)
{
  return g_hash_table_lookup (self->params, param);
}
