#include "config.h"

#include "dmp-message.h"
#include "model/dmp-error.h"
#include "model/dmp-wipe-buffer.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>
#include <string.h>

#define CID "cid:"

DmpAttachment *
dmp_attachment_new (const char *content_id, const char *content_type, GBytes *bytes)
{
  DmpAttachment *self = g_new (DmpAttachment, 1);

  *self = (DmpAttachment){ .content_id = g_strdup (content_id),
                           .content_type = g_strdup (content_type),
                           .bytes = g_bytes_ref (bytes) };
  return self;
}

void
dmp_attachment_free (DmpAttachment *self)
{
  g_free (self->content_id);
  g_free (self->content_type);
  g_bytes_unref (self->bytes);
  g_free (self);
}

DmpMessage *
dmp_message_new (xmlDoc *body)
{
  DmpMessage *self = g_new (DmpMessage, 1);

  *self = (DmpMessage){ .body = body,
                        .attachments =
                            g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_attachment_free) };
  return self;
}

void
dmp_message_free (DmpMessage *self)
{
  dmp_xml_free_wiped (self->body);
  g_ptr_array_unref (self->attachments);
  g_free (self);
}

xmlNode *
dmp_message_root (const DmpMessage *self)
{
  return dmp_xml_root (self->body);
}

void
dmp_message_include (DmpMessage *self, xmlNode *element, const char *content_type, GBytes *bytes)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *id = g_strdup_printf ("%s@caducee", uuid);
  g_autofree char *href = g_strconcat (CID, id, NULL);

  dmp_xml_declare (element, "xop", DMP_NS_XOP);
  dmp_xml_add (element, DMP_NS_XOP, "Include", "href", href, NULL);
  g_ptr_array_add (self->attachments, dmp_attachment_new (id, content_type, bytes));
}

static GBytes *
find_attachment (const DmpMessage *self, const char *href)
{
  g_autofree char *id = NULL;

  if (href == NULL || !g_str_has_prefix (href, CID))
    return NULL;
  id = g_uri_unescape_string (href + strlen (CID), NULL);
  for (guint i = 0; id != NULL && i < self->attachments->len; i++)
    {
      const DmpAttachment *attachment = self->attachments->pdata[i];

      if (strcmp (attachment->content_id, id) == 0)
        return g_bytes_ref (attachment->bytes);
    }

  return NULL;
}

/* Blanks between the digits do not count. NULL: not base64. */
static GBytes *
decode_base64 (const char *text)
{
  gsize len = strlen (text);
  g_autofree char *digits = g_malloc (len + 1);
  guint8 *bytes;
  gsize n = 0;
  gsize padding = 0;
  int got;

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      digits[n++] = *p;
  while (padding < 2 && padding < n && digits[n - 1 - padding] == '=')
    padding++;
  if (n == 0 || n % 4 != 0 || n > G_MAXINT)
    return NULL;

  bytes = g_malloc (n / 4 * 3);
  got = EVP_DecodeBlock (bytes, (const guchar *) digits, (int) n);
  if (got < 0)
    {
      g_free (bytes);
      return NULL;
    }

  return dmp_wipe_bytes_take (bytes, (gsize) got - padding);
}

GBytes *
dmp_message_get_bytes (const DmpMessage *self, xmlNode *element, GError **error)
{
  xmlNode *include = dmp_xml_child (element, DMP_NS_XOP, "Include");
  GBytes *bytes = NULL;

  if (include != NULL)
    {
      bytes = find_attachment (self, dmp_xml_attr (include, "href"));
    }
  else if (element != NULL)
    {
      g_autofree char *text = dmp_xml_text (element);

      bytes = decode_base64 (text);
    }
  if (bytes == NULL)
    g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE,
                         _ ("Le contenu d’un document manque dans la réponse du DMP. Le document "
                            "n’a pas été ouvert ; réessayez."));

  return bytes;
}
