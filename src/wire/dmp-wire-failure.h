#pragma once

#include "dmp-wire-tls.h"

G_BEGIN_DECLS

/* What a transfer that did not come to an answer is told as.
 * @code: of curl; @tls: of the last handshake
 * @host: name for messages; @seconds: how long was waited, for a timeout */
void dmp_wire_set_failure (
    GError **error, CURLcode code, const DmpWireTls *tls, const char *host, guint seconds);

/* Beyond this many seconds the host will not accept our assertions. */
#define DMP_WIRE_MAX_SKEW (5 * 60)

/* Adds to a refusal what the clocks say of it; one about the assertion becomes %DMP_ERROR_CLOCK.
 * @skew: the host's clock minus ours, in seconds */
void dmp_wire_mention_clock (GError **error, gint64 skew);

G_END_DECLS
