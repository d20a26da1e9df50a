#pragma once

#include "xml/dmp-message.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One HTTP answer while it arrives: its headers, then its body, whole or split into parts. */
typedef struct _DmpWireReply DmpWireReply;

/* @max: bytes of the whole body. Returns: (transfer full) */
DmpWireReply *dmp_wire_reply_new (gsize max);
void dmp_wire_reply_free (DmpWireReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpWireReply, dmp_wire_reply_free)

/* One header line as curl gives it, the status line included.
 * @error: %DMP_ERROR_LIMIT: too much, or more announced than is accepted */
gboolean
dmp_wire_reply_add_header (DmpWireReply *self, const char *line, gsize len, GError **error);

/* Bytes of the body.
 * @error: %DMP_ERROR_LIMIT, %DMP_ERROR_INVALID_MESSAGE */
gboolean dmp_wire_reply_add_body (DmpWireReply *self, const char *bytes, gsize len, GError **error);

/* After the last byte. Errors as dmp_soap_read(), and by HTTP status: %DMP_ERROR_NETWORK for 429,
 * 502, 503, 504; %DMP_ERROR_TLS_CLIENT for 401 and 403; else %DMP_ERROR_INVALID_MESSAGE.
 * Returns: (transfer full) (nullable) */
DmpMessage *dmp_wire_reply_finish (DmpWireReply *self, const char *message_id, GError **error);

/* The host's clock: seconds since 1970, 0 when it gave none. */
gint64 dmp_wire_reply_get_date (const DmpWireReply *self);

guint64 dmp_wire_reply_get_size (const DmpWireReply *self);

G_END_DECLS
