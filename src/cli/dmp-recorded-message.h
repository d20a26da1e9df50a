#pragma once

#include "xml/dmp-message.h"

G_BEGIN_DECLS

/* A message somebody recorded: plain XML, MIME multipart with or without its header, or a whole
 * HTTP request or answer (chunked or not). More lenient than the wire: line ends may be LF, lines
 * that are no headers are passed over. */
typedef struct
{
  GBytes *xml;      /* the envelope */
  GPtrArray *parts; /* (element-type DmpAttachment): beside the envelope, maybe empty */
} DmpRecordedMessage;

void dmp_recorded_message_free (DmpRecordedMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpRecordedMessage, dmp_recorded_message_free)

/* @error: %DMP_ERROR_INVALID_MESSAGE: no envelope can be found
 * Returns: (transfer full) (nullable) */
DmpRecordedMessage *dmp_recorded_message_read (GBytes *bytes, GError **error);

G_END_DECLS
