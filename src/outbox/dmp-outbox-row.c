#include "config.h"

#include "dmp-outbox-private.h"
#include "model/dmp-wipe-buffer.h"

const char *
dmp_outbox_state_name (DmpOutboxState state)
{
  static const char *const names[] = {
    [DMP_OUTBOX_READY] = "ready",     [DMP_OUTBOX_UNKNOWN] = "unknown",
    [DMP_OUTBOX_ACKED] = "acked",     [DMP_OUTBOX_CONFLICT] = "conflict",
    [DMP_OUTBOX_REFUSED] = "refused",
  };

  return (guint) state < G_N_ELEMENTS (names) ? names[state] : "unknown";
}

static void
document_free (gpointer data)
{
  DmpOutboxDocument *self = data;

  g_free (self->unique_id);
  g_free (self->hash);
  dmp_wipe_text (self->title);
  g_free (self->content_id);
  g_free (self->content_type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

DmpOutboxRow *
dmp_outbox_row_new (void)
{
  DmpOutboxRow *self = g_new0 (DmpOutboxRow, 1);

  self->documents = g_ptr_array_new_with_free_func (document_free);
  return self;
}

void
dmp_outbox_row_free (DmpOutboxRow *self)
{
  if (self == NULL)
    return;

  g_free (self->submission_id);
  g_free (self->professional);
  g_free (self->place);
  dmp_wipe_text (self->ins);
  dmp_wipe_text (self->ins_oid);
  dmp_wipe_text (self->patient);
  dmp_wipe_text (self->sentence);
  g_clear_pointer (&self->request, g_bytes_unref);
  g_ptr_array_unref (self->documents);
  g_free (self);
}

void
dmp_outbox_row_add (DmpOutboxRow *self,
                    const char *unique_id,
                    const char *title,
                    const char *content_id,
                    const char *content_type,
                    GBytes *bytes)
{
  DmpOutboxDocument *document = g_new0 (DmpOutboxDocument, 1);

  document->unique_id = g_strdup (unique_id);
  document->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);
  document->size = (gint64) g_bytes_get_size (bytes);
  document->title = g_strdup (title);
  document->content_id = g_strdup (content_id);
  document->content_type = g_strdup (content_type);
  document->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->documents, document);
}
