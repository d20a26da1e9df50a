#include "config.h"

#include "dmp-host-recorder.h"

#include <glib/gstdio.h>

struct _DmpHostRecorder
{
  char *folder;
  gint last; /* atomic: number of the last request */
};

DmpHostRecorder *
dmp_host_recorder_new (const char *folder, GError **error)
{
  DmpHostRecorder *self;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", folder);
      return NULL;
    }
  self = g_new0 (DmpHostRecorder, 1);
  self->folder = g_strdup (folder);
  return self;
}

void
dmp_host_recorder_free (DmpHostRecorder *self)
{
  if (self == NULL)
    return;
  g_free (self->folder);
  g_free (self);
}

static enum MHD_Result
add_header (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  g_string_append_printf (data, "%s: %s\r\n", name, value != NULL ? value : "");
  return MHD_YES;
}

static void
append_bytes (GString *message, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_string_append_len (message, data, (gssize) size);
}

static void
keep (DmpHostRecorder *self,
      const DmpHostReply *reply,
      gint number,
      const char *half,
      GString *message)
{
  g_autofree char *name = g_strdup_printf ("%04d-%s-%s.http", number, reply->transaction, half);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (path, message->str, (gssize) message->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_printerr ("record: %s\n", error->message);
}

void
dmp_host_recorder_write (DmpHostRecorder *self,
                         struct MHD_Connection *connection,
                         const DmpHostRequest *request,
                         const DmpHostReply *reply)
{
  gint number = g_atomic_int_add (&self->last, 1) + 1;
  g_autoptr (GString) question = g_string_new (NULL);
  g_autoptr (GString) answer = g_string_new (NULL);

  g_string_append_printf (question, "POST %s HTTP/1.1\r\n", request->path);
  MHD_get_connection_values (connection, MHD_HEADER_KIND, add_header, question);
  g_string_append (question, "\r\n");
  append_bytes (question, request->body);
  keep (self, reply, number, "request", question);

  g_string_append_printf (answer, "HTTP/1.1 %u\r\nContent-Type: %s\r\n\r\n", reply->status,
                          reply->content_type);
  for (guint i = 0; i < reply->pieces->len; i++)
    append_bytes (answer, reply->pieces->pdata[i]);
  keep (self, reply, number, "reply", answer);
}
