#include "config.h"

#include "dmp-cda-narrative.h"
#include "dmp-file-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- Base64: a third of the bytes of an average document, so in one pass with no copy ----------
 */

#define BLANK 0x40
#define PAD 0x41
#define WRONG 0xff

/* What each byte stands for: 0 to 63, or one of the above. */
static void
fill_values (guint8 *values)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  memset (values, WRONG, 256);
  for (guint i = 0; i < 64; i++)
    values[(guint8) letters[i]] = (guint8) i;
  values[' '] = values['\t'] = values['\r'] = values['\n'] = BLANK;
  values['='] = PAD;
}

typedef struct
{
  guint8 values[256];
  guint8 *out; /* next byte to write */
  guint32 bits;
  guint n, pads; /* letters in @bits, padding so far */
} Base64;

/* Groups of four letters with nothing between them: nearly all of a file. */
static const guint8 *
decode_groups (Base64 *self, const guint8 *p)
{
  for (;; p += 4)
    {
      guint8 a = self->values[p[0]], b, c, d;

      if (a >= 64 || (b = self->values[p[1]]) >= 64 || (c = self->values[p[2]]) >= 64 ||
          (d = self->values[p[3]]) >= 64)
        return p;
      self->out[0] = (guint8) (a << 2 | b >> 4);
      self->out[1] = (guint8) (b << 4 | c >> 2);
      self->out[2] = (guint8) (c << 6 | d);
      self->out += 3;
    }
}

static gboolean
decode_letter (Base64 *self, guint8 value)
{
  if (value == WRONG || (value == PAD && self->n < 2) || (value != PAD && self->pads > 0))
    return FALSE;
  if (value == PAD)
    self->pads++;
  self->bits = self->bits << 6 | (value & 63u);
  if (++self->n < 4)
    return TRUE;
  for (guint i = 0; i < 3 - MIN (self->pads, 2); i++)
    *self->out++ = (guint8) (self->bits >> (16 - 8 * i));
  self->bits = self->n = 0;
  return self->pads <= 2;
}

static gboolean
decode_text (Base64 *self, const guint8 *p)
{
  while (*p)
    {
      guint8 value;

      if (self->n == 0 && self->pads == 0)
        p = decode_groups (self, p);
      value = self->values[*p];
      if (*p == '\0')
        break;
      if (value != BLANK && !decode_letter (self, value))
        return FALSE;
      p++;
    }
  return TRUE;
}

static gboolean
is_text (const xmlNode *node)
{
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

/* Returns: (nullable): NULL when a character or the length is wrong, or nothing is there */
static GBytes *
decode_base64 (const xmlNode *value)
{
  Base64 self = { .bits = 0 };
  gsize length = 0;
  g_autofree guint8 *data = NULL;

  for (const xmlNode *node = value->children; node; node = node->next)
    if (is_text (node))
      length += strlen ((const char *) node->content);
  data = g_malloc (length / 4 * 3 + 4);
  fill_values (self.values);
  self.out = data;
  for (const xmlNode *node = value->children; node; node = node->next)
    if (is_text (node) && !decode_text (&self, node->content))
      return NULL;
  length = (gsize) (self.out - data);
  if (self.n > 0 || length == 0)
    return NULL;
  return g_bytes_new_take (g_realloc (g_steal_pointer (&data), length), length);
}

/* The text itself. Returns: (nullable): NULL when there is none */
static GBytes *
dup_text (const xmlNode *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const xmlNode *node = value->children; node; node = node->next)
    if (is_text (node))
      g_string_append (text, (const char *) node->content);
  return text->len > 0 ? g_string_free_to_bytes (g_steal_pointer (&text)) : NULL;
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
    self->bytes = decode_base64 (value);
  else
    self->bytes = dup_text (value);
  if (self->bytes)
    check_kind (self);
  else if (self->problem == NULL)
    self->problem = g_strdup (_ ("Le fichier joint est vide ou endommagé."));
  return self;
}
