#pragma once

#include "dmp-vihf.h"
#include "xml/dmp-message.h"

#include <gio/gio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

/* Limits of an answer. Bytes: no published limit of the DMP; its own client accepts 50 MB. */
#define DMP_WIRE_MAX_REPLY (64 * 1024 * 1024)
#define DMP_WIRE_MAX_PART (48 * 1024 * 1024)
#define DMP_WIRE_MAX_PARTS 64        /* TD3.2 asks for 16 documents at most */
#define DMP_WIRE_CONNECT_TIMEOUT 10  /* seconds; protocol notes: nothing published */
#define DMP_WIRE_RESPONSE_TIMEOUT 60 /* seconds without at least 1 KB/s */

typedef struct
{
  const char *base_url; /* https only, with or without a final slash */
  const char *ca_file;  /* PEM: the only authorities trusted; the system's store is never used */
  guint connect_timeout_ms;  /* 0: DMP_WIRE_CONNECT_TIMEOUT */
  guint response_timeout_ms; /* 0: DMP_WIRE_RESPONSE_TIMEOUT; no transfer lasts over five of them */
  gsize max_reply;           /* 0: DMP_WIRE_MAX_REPLY */
  const char *user_agent;    /* (nullable) */
} DmpWireConfig;

/* What we show to the host: the card's authentication key (see dmp-wire-card.h), or a key in a
 * file. */
typedef struct
{
  EVP_PKEY *key;       /* (transfer none) (nullable): NULL: no client certificate */
  X509 *certificate;   /* (transfer none) (nullable) */
  GPtrArray *chain;    /* (transfer none) (nullable) (element-type X509): its authorities */
  gboolean pkcs1_only; /* the key cannot sign RSA-PSS */
  /* (nullable): after a handshake that failed: FALSE and why when the key did not sign, e.g. a
   * DMP_CARD_ERROR; it becomes the call's error */
  gboolean (*check) (gpointer user_data, GError **error);
  gpointer user_data;
} DmpWireCredential;

typedef struct
{
  guint requests;
  guint handshakes;  /* full ones: each costs a signature of the card */
  guint resumptions; /* handshakes without a signature */
  guint64 sent;      /* bytes of bodies */
  guint64 received;
} DmpWireCounters;

/* One request. */
typedef struct
{
  const char *endpoint;      /* "patients", "registry"…: below the base URL */
  const char *action;        /* SOAP action */
  const DmpMessage *message; /* body and attachments; with attachments, sent as MTOM */
  const DmpVihf *vihf;       /* (nullable) */
  gboolean repeatable;       /* may be sent again when a kept-alive connection turns out dead: never
                                for a submission */
} DmpWireRequest;

/* A connection to one host for one card session. Blocking; used from one worker thread, except
 * dmp_wire_client_close() which may come from any. */
typedef struct _DmpWireClient DmpWireClient;

/* @credential: copied, its keys are referenced
 * @error: %DMP_ERROR_INVALID_CONFIG: not https, authorities missing or unreadable
 * Returns: (transfer full) (nullable) */
DmpWireClient *dmp_wire_client_new (const DmpWireConfig *config,
                                    const DmpWireCredential *credential,
                                    GError **error);
void dmp_wire_client_free (DmpWireClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpWireClient, dmp_wire_client_free)

/* POSTs @request as SOAP 1.2 with WS-Addressing and the assertion; waits for the answer and takes
 * it apart. TLS 1.2, trust of the configured authorities alone, no redirect, no cookie.
 * @cancellable: (nullable): aborts at once from any thread
 * @reply: (out) (transfer full): what soap:Body holds, with its attachments
 * @error: %DMP_ERROR_NETWORK, _TIMEOUT, _TLS, _TLS_CLIENT, _CLOCK, _CANCELLED; _SIGNED_OUT after
 *   dmp_wire_client_close(); _INVALID_MESSAGE, _INVALID_XML or _LIMIT: an answer that cannot be
 *   used; a SOAP fault: the error of its sub-code (dmp-host-codes.h) with
 *   dmp_error_get_host_code() */
gboolean dmp_wire_client_call (DmpWireClient *self,
                               const DmpWireRequest *request,
                               GCancellable *cancellable,
                               DmpMessage **reply,
                               GError **error);

/* Whether any byte of the last request left this machine: when that call failed, a submission may
 * have happened all the same (%DMP_ERROR_UNKNOWN_OUTCOME is the caller's to say). */
gboolean dmp_wire_client_has_sent (const DmpWireClient *self);

/* Ends everything at once and for good: a running call returns, connections and TLS sessions are
 * dropped. From any thread. */
void dmp_wire_client_close (DmpWireClient *self);

void dmp_wire_client_get_counters (DmpWireClient *self, DmpWireCounters *counters);

/* The host's clock minus ours in seconds as its last answer showed; 0 before. Beyond 5 minutes the
 * errors above say so (design: the DMP refuses such assertions). */
gint64 dmp_wire_client_get_clock_skew (const DmpWireClient *self);

G_END_DECLS
