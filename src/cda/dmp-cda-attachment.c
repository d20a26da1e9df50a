#include "config.h"

#include "dmp-cda-narrative.h"
#include "dmp-file-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Base64 without blanks. Returns: (nullable): NULL when a character or the length is wrong */
static GBytes *
decode_base64 (GString *text)
{
  gsize len = 0, pads = 0, out = 0;

  for (gsize i = 0; i < text->len; i++)
    {
      char c = text->str[i];

      if (c == '=')
        pads++;
      else if (pads > 0 || !(g_ascii_isalnum (c) || c == '+' || c == '/'))
        return NULL;
      len++;
    }
  if (len == 0 || len % 4 != 0 || pads > 2)
    return NULL;
  g_base64_decode_inplace (text->str, &out);
  return g_bytes_new (text->str, out);
}

static GString *
gather (const xmlNode *value, gboolean keep_blanks)
{
  GString *text = g_string_new (NULL);

  for (xmlNode *node = value->children; node; node = node->next)
    {
      const char *p = (const char *) node->content;

      if (node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE)
        continue;
      if (keep_blanks)
        g_string_append (text, p);
      while (!keep_blanks && *p)
        {
          gsize n = strcspn (p, " \t\r\n");

          g_string_append_len (text, p, (gssize) n);
          p += n;
          p += strspn (p, " \t\r\n");
        }
    }
  return text;
}

static char *
dup_mime (const xmlNode *value)
{
  const char *mime = dmp_xml_attr (value, "mediaType");
  const char *end;

  if (mime == NULL || *mime == '\0')
    return g_strdup ("text/plain");
  end = mime + strcspn (mime, "; \t");
  return g_ascii_strdown (mime, end - mime);
}

/* A file whose first bytes say another kind than announced goes under what it is; a PDF or an
 * image that is none is not handed to anybody. */
static void
check_kind (DmpCdaAttachment *self)
{
  const char *found = dmp_file_guess_mime (self->bytes);
  gboolean picture = g_str_has_prefix (self->mime, "image/");

  if (g_strcmp0 (found, self->mime) == 0)
    return;
  if (found && (picture || strcmp (self->mime, "application/pdf") == 0) &&
      (g_str_has_prefix (found, "image/") || strcmp (found, "application/pdf") == 0))
    {
      g_free (self->mime);
      self->mime = g_strdup (found);
    }
  else if (picture || strcmp (self->mime, "application/pdf") == 0)
    {
      g_clear_pointer (&self->bytes, g_bytes_unref);
      self->problem =
          g_strdup (_ ("Le fichier joint n’est pas du type annoncé : il n’est pas ouvert."));
    }
}

DmpCdaAttachment *
dmp_cda_attachment_read (xmlNode *value, const char *id, guint section)
{
  DmpCdaAttachment *self = g_new0 (DmpCdaAttachment, 1);
  gboolean base64 = g_strcmp0 (dmp_xml_attr (value, "representation"), "B64") == 0;
  g_autoptr (GString) text = gather (value, !base64);

  self->id = g_strdup (id);
  self->mime = dup_mime (value);
  self->section = section;
  if (dmp_cda_child (value, "reference"))
    self->problem =
        g_strdup (_ ("Le fichier n’est pas dans le document, qui renvoie à une adresse : "
                     "elle n’est pas ouverte."));
  else if (dmp_xml_attr (value, "compression"))
    self->problem = g_strdup (_ ("Le fichier joint est compressé : il n’est pas ouvert."));
  else if (base64)
    self->bytes = decode_base64 (text);
  else if (text->len > 0)
    self->bytes = g_bytes_new (text->str, text->len);
  if (self->bytes)
    check_kind (self);
  else if (self->problem == NULL)
    self->problem = g_strdup (_ ("Le fichier joint est vide ou endommagé."));
  return self;
}
