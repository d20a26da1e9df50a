#pragma once

#include "dmp-host-service.h"

#include <microhttpd.h>

G_BEGIN_DECLS

/* Keeps every request and reply as whole HTTP messages, for tests on fictitious records only: they
 * hold the health of people and live assertions. Files 0600: "0001-TD0.2-request.http",
 * "0001-TD0.2-reply.http". */
typedef struct _DmpHostRecorder DmpHostRecorder;

/* @folder: made when missing (0700). Returns: (transfer full) */
DmpHostRecorder *dmp_host_recorder_new (const char *folder, GError **error);
void dmp_host_recorder_free (DmpHostRecorder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostRecorder, dmp_host_recorder_free)

/* Writes both halves; what cannot be written is said on the log. From any thread.
 * @connection: suspended: its headers are those of the request */
void dmp_host_recorder_write (DmpHostRecorder *self,
                              struct MHD_Connection *connection,
                              const DmpHostRequest *request,
                              const DmpHostReply *reply);

G_END_DECLS
