#include "config.h"

#include "dmp-media-type.h"
#include "dmp-mime-splitter.h"
#include "dmp-soap.h"
#include "dmp-wire-client.h"
#include "dmp-wire-reply.h"
#include "model/dmp-wipe-buffer.h"
#include "model/dmp-error.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_HEADER_BYTES 65536
#define MAX_IGNORED_BYTES 65536 /* body of a status that has nothing to say */

struct _DmpWireReply
{
  gsize max;
  gsize header_bytes;
  guint64 received;
  guint64 announced; /* Content-Length, 0: unknown */
  guint status;
  gint64 date;
  char *content_type;
  DmpMediaType *type;
  DmpMimeSplitter *splitter; /* multipart */
  DmpWipeBuffer *plain;      /* or not */
};

DmpWireReply *
dmp_wire_reply_new (gsize max)
{
  DmpWireReply *self = g_new0 (DmpWireReply, 1);

  self->max = max;
  return self;
}

void
dmp_wire_reply_free (DmpWireReply *self)
{
  g_free (self->content_type);
  g_clear_pointer (&self->type, dmp_media_type_free);
  g_clear_pointer (&self->splitter, dmp_mime_splitter_free);
  g_clear_pointer (&self->plain, dmp_wipe_buffer_free);
  g_free (self);
}

static gboolean
too_long (DmpWireReply *self, GError **error)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_LIMIT,
               _ ("La réponse du DMP dépasse la taille acceptée (%zu Mo). Elle n’a pas été lue."),
               self->max / (1024 * 1024));
  return FALSE;
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
has_content (const DmpWireReply *self)
{
  return self->status == 200 || self->status == 500;
}

/* --- Headers ---------------------------------------------------------------------------------- */

/* A new answer (after 100 Continue) forgets what the one before said. */
static void
start_answer (DmpWireReply *self, const char *line)
{
  const char *space = strchr (line, ' ');

  self->status = space != NULL ? (guint) g_ascii_strtoull (space + 1, NULL, 10) : 0;
  self->announced = 0;
  g_clear_pointer (&self->content_type, g_free);
}

gboolean
dmp_wire_reply_add_header (DmpWireReply *self, const char *line, gsize len, GError **error)
{
  g_autofree char *text = g_strndup (line, len);
  char *colon;
  char *value;

  self->header_bytes += len;
  if (self->header_bytes > MAX_HEADER_BYTES)
    return too_long (self, error);
  if (g_str_has_prefix (text, "HTTP/"))
    {
      start_answer (self, text);
      return TRUE;
    }
  colon = strchr (text, ':');
  if (colon == NULL)
    return TRUE;

  *colon = '\0';
  value = g_strstrip (colon + 1);
  if (g_ascii_strcasecmp (text, "Content-Type") == 0)
    {
      if (self->content_type != NULL)
        return invalid (error, _ ("en-tête en double"));
      self->content_type = g_strdup (value);
    }
  else if (g_ascii_strcasecmp (text, "Content-Length") == 0)
    {
      self->announced = g_ascii_strtoull (value, NULL, 10);
      if (self->announced > self->max && has_content (self))
        return too_long (self, error);
    }
  else if (g_ascii_strcasecmp (text, "Date") == 0)
    {
      self->date = MAX (0, (gint64) curl_getdate (value, NULL));
    }

  return TRUE;
}

static void
set_status_error (guint status, GError **error)
{
  g_autofree char *code = g_strdup_printf ("HTTP %u", status);

  if (status == 429 || (status >= 502 && status <= 504))
    dmp_error_set_host (
        error, DMP_ERROR_NETWORK, code,
        _ ("Le DMP est momentanément indisponible. Réessayez dans quelques minutes. (%s)"), code);
  else if (status == 401 || status == 403)
    dmp_error_set_host (error, DMP_ERROR_TLS_CLIENT, code,
                        _ ("Le DMP refuse l’accès à cette carte ou à ce poste. Rien n’a été "
                           "perdu ; prévenez votre informaticien. (%s)"),
                        code);
  else if (status >= 300 && status < 400)
    dmp_error_set_host (error, DMP_ERROR_INVALID_MESSAGE, code,
                        _ ("Le DMP renvoie vers une autre adresse, ce que ce logiciel n’accepte "
                           "pas. Prévenez votre informaticien. (%s)"),
                        code);
  else
    dmp_error_set_host (error, DMP_ERROR_INVALID_MESSAGE, code,
                        _ ("Le DMP a répondu de façon inattendue. Réessayez ; si cela dure, "
                           "prévenez votre informaticien. (%s)"),
                        code);
}

/* --- Body ------------------------------------------------------------------------------------- */

static gboolean
is_xml (const char *type)
{
  static const char *const types[] = { "application/soap+xml", "text/xml", "application/xml",
                                       "application/xop+xml", NULL };

  return g_strv_contains (types, type);
}

static gboolean
refuse_type (const DmpWireReply *self, GError **error)
{
  if (self->status == 200)
    return invalid (error, _ ("type de contenu"));

  set_status_error (self->status, error);
  return FALSE;
}

/* At the first byte: how this body is to be read. */
static gboolean
start_body (DmpWireReply *self, GError **error)
{
  self->type = dmp_media_type_parse (self->content_type != NULL ? self->content_type : "");
  if (self->type == NULL)
    return refuse_type (self, error);
  if (strcmp (self->type->type, "multipart/related") == 0)
    {
      self->splitter =
          dmp_mime_splitter_new (dmp_media_type_get (self->type, "boundary"), DMP_WIRE_MAX_PARTS,
                                 MIN (self->max, DMP_WIRE_MAX_PART), error);
      if (self->splitter != NULL)
        dmp_mime_splitter_expect (self->splitter, self->announced);
      return self->splitter != NULL;
    }
  if (!is_xml (self->type->type))
    return refuse_type (self, error);

  self->plain = dmp_wipe_buffer_new (self->max);
  dmp_wipe_buffer_reserve (self->plain, self->announced);
  return TRUE;
}

gboolean
dmp_wire_reply_add_body (DmpWireReply *self, const char *bytes, gsize len, GError **error)
{
  self->received += len;
  if (!has_content (self))
    return self->received <= MAX_IGNORED_BYTES || too_long (self, error);
  if (self->received > self->max)
    return too_long (self, error);
  if (self->type == NULL && !start_body (self, error))
    return FALSE;

  return self->splitter != NULL ? dmp_mime_splitter_push (self->splitter, bytes, len, error)
                                : dmp_wipe_buffer_append (self->plain, bytes, len, error);
}

/* --- End -------------------------------------------------------------------------------------- */

/* The part that "start" names, else the first. */
static guint
find_root (const DmpWireReply *self, GPtrArray *parts)
{
  const char *start = dmp_media_type_get (self->type, "start");
  gsize len = start != NULL ? strlen (start) : 0;
  g_autofree char *id = NULL;

  if (start == NULL)
    return 0;

  id = start[0] == '<' && start[len - 1] == '>' ? g_strndup (start + 1, len - 2) : g_strdup (start);
  for (guint i = 0; i < parts->len; i++)
    if (g_strcmp0 (((const DmpMimePart *) parts->pdata[i])->content_id, id) == 0)
      return i;

  return parts->len;
}

/* Every part but the root, by its content id. */
static GPtrArray *
collect_attachments (GPtrArray *parts, guint root, GError **error)
{
  g_autoptr (GPtrArray) attachments =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_attachment_free);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < parts->len; i++)
    {
      const DmpMimePart *part = parts->pdata[i];

      if (i == root)
        continue;
      if (part->content_id == NULL || !g_hash_table_add (ids, part->content_id))
        {
          invalid (error, _ ("identifiant d’une partie"));
          return NULL;
        }
      g_ptr_array_add (attachments,
                       dmp_attachment_new (part->content_id, part->content_type, part->bytes));
    }

  return g_steal_pointer (&attachments);
}

static DmpMessage *
finish_multipart (DmpWireReply *self, const char *message_id, GError **error)
{
  g_autoptr (GPtrArray) parts = dmp_mime_splitter_finish (self->splitter, error);
  g_autoptr (GPtrArray) attachments = NULL;
  const DmpMimePart *root;
  guint at;

  if (parts == NULL)
    return NULL;
  at = find_root (self, parts);
  if (at == parts->len)
    {
      invalid (error, _ ("partie principale manquante"));
      return NULL;
    }
  attachments = collect_attachments (parts, at, error);
  if (attachments == NULL)
    return NULL;

  root = parts->pdata[at];
  return dmp_soap_read (g_bytes_get_data (root->bytes, NULL), g_bytes_get_size (root->bytes),
                        attachments, message_id, error);
}

DmpMessage *
dmp_wire_reply_finish (DmpWireReply *self, const char *message_id, GError **error)
{
  DmpMessage *message;

  if (!has_content (self))
    {
      set_status_error (self->status, error);
      return NULL;
    }
  if (self->type == NULL)
    {
      if (self->status == 500)
        set_status_error (self->status, error);
      else
        invalid (error, _ ("vide"));
      return NULL;
    }

  message = self->splitter != NULL
                ? finish_multipart (self, message_id, error)
                : dmp_soap_read (dmp_wipe_buffer_get_data (self->plain),
                                 dmp_wipe_buffer_get_size (self->plain), NULL, message_id, error);
  if (message != NULL && self->status != 200)
    {
      dmp_message_free (message);
      set_status_error (self->status, error);
      return NULL;
    }

  return message;
}

gint64
dmp_wire_reply_get_date (const DmpWireReply *self)
{
  return self->date;
}

guint64
dmp_wire_reply_get_size (const DmpWireReply *self)
{
  return self->received;
}
