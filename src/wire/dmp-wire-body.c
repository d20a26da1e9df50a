#include "config.h"

#include "dmp-wire-body.h"

#include <string.h>

#define ROOT_ID "rootpart@caducee"

static void
add_piece (DmpWireBody *self, GBytes *bytes)
{
  g_ptr_array_add (self->pieces, g_bytes_ref (bytes));
  self->size += g_bytes_get_size (bytes);
}

static void G_GNUC_PRINTF (2, 3) add_text (DmpWireBody *self, const char *format, ...)
{
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  bytes = g_bytes_new_take (text, strlen (text));
  add_piece (self, bytes);
}

static void
add_parts (DmpWireBody *self, GBytes *envelope, const GPtrArray *attachments, const char *boundary)
{
  add_text (self,
            "--%s\r\n"
            "Content-Type: application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"\r\n"
            "Content-Transfer-Encoding: 8bit\r\n"
            "Content-ID: <" ROOT_ID ">\r\n\r\n",
            boundary);
  add_piece (self, envelope);
  for (guint i = 0; i < attachments->len; i++)
    {
      const DmpAttachment *attachment = attachments->pdata[i];

      add_text (self,
                "\r\n--%s\r\n"
                "Content-Type: %s\r\n"
                "Content-Transfer-Encoding: binary\r\n"
                "Content-ID: <%s>\r\n\r\n",
                boundary, attachment->content_type, attachment->content_id);
      add_piece (self, attachment->bytes);
    }
  add_text (self, "\r\n--%s--\r\n", boundary);
}

DmpWireBody *
dmp_wire_body_new (GBytes *envelope, const char *action, const GPtrArray *attachments)
{
  DmpWireBody *self = g_new0 (DmpWireBody, 1);
  g_autofree char *boundary = NULL;
  g_autofree char *uuid = NULL;

  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (attachments == NULL || attachments->len == 0)
    {
      self->content_type =
          g_strdup_printf ("application/soap+xml; charset=UTF-8; action=\"%s\"", action);
      add_piece (self, envelope);
      return self;
    }

  /* 122 random bits: no need to look whether they stand in a document. */
  uuid = g_uuid_string_random ();
  boundary = g_strconcat ("caducee-", uuid, NULL);
  self->content_type =
      g_strdup_printf ("multipart/related; type=\"application/xop+xml\"; start=\"<" ROOT_ID ">\"; "
                       "start-info=\"application/soap+xml\"; boundary=\"%s\"; action=\"%s\"",
                       boundary, action);
  add_parts (self, envelope, attachments, boundary);

  return self;
}

void
dmp_wire_body_free (DmpWireBody *self)
{
  g_free (self->content_type);
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

gsize
dmp_wire_body_read (DmpWireBody *self, char *buffer, gsize size)
{
  gsize done = 0;

  while (done < size && self->piece < self->pieces->len)
    {
      gsize len;
      const char *data = g_bytes_get_data (self->pieces->pdata[self->piece], &len);
      gsize n = MIN (size - done, len - self->offset);

      if (n > 0)
        memcpy (buffer + done, data + self->offset, n);
      done += n;
      self->offset += n;
      if (self->offset == len)
        {
          self->piece++;
          self->offset = 0;
        }
    }

  return done;
}

void
dmp_wire_body_rewind (DmpWireBody *self)
{
  self->piece = 0;
  self->offset = 0;
}
