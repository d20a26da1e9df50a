#pragma once

#include "dmp-host-blobs.h"
#include "dmp-host-keys.h"
#include "dmp-host-mtom.h"
#include "dmp-host-pki.h"
#include "dmp-host-rights.h"
#include "dmp-host-soap.h"
#include "dmp-host-store.h"
#include "dmp-host-vihf.h"

G_BEGIN_DECLS

/* The host without its network: a request in, an answer out. Thread-safe. */

#define DMP_HOST_BASE_PATH "/si-dmp-server/v2/services/"
#define DMP_HOST_OID "1.2.250.1.213.4.1.1.1"
#define DMP_HOST_REPOSITORY_OID "1.2.250.1.213.4.1.1.1.2"

typedef struct
{
  char *data;                 /* folder of store, blobs and master key */
  gint64 clock_offset;        /* seconds: now − clock of the machine */
  guint authorisation_days;   /* how long a new authorisation lasts */
  gboolean ens_attached;      /* every record counts as attached to Mon espace santé */
  gboolean single_use;        /* an assertion serves once */
  gboolean require_signature; /* a card must sign what it feeds */
  gboolean mask_and_hide;     /* MASQUE_PS and INVISIBLE_PATIENT together may be fed */
} DmpHostSettings;

typedef struct
{
  DmpHostSettings settings;
  DmpHostKeys *keys;
  DmpHostBlobs *blobs;
  const DmpHostStoreOps *ops;
  DmpHostStore *store;
  DmpHostPki *pki; /* (nullable): none when only loading or checking */
} DmpHost;

/* Opens store, blobs and keys in settings->data (taken over with its strings), made on first run.
 * @pki: (transfer full) (nullable)
 * Returns: (transfer full) */
DmpHost *dmp_host_new (const DmpHostSettings *settings, DmpHostPki *pki, GError **error);
void dmp_host_free (DmpHost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHost, dmp_host_free)

/* Seconds since 1970, as the host sees it. */
gint64 dmp_host_now (const DmpHost *self);

typedef struct
{
  const char *path;         /* of the URL */
  const char *content_type; /* (nullable) */
  GBytes *body;
  const DmpHostIdentity *peer; /* who holds the connection */
} DmpHostRequest;

typedef struct
{
  guint status; /* HTTP */
  char *content_type;
  GPtrArray *pieces; /* (element-type GBytes) */
  /* For the log, no patient in it: */
  const char *transaction; /* "TD0.2", or "-" */
  const char *result;      /* "ok" or the name of the error */
} DmpHostReply;

void dmp_host_reply_free (DmpHostReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostReply, dmp_host_reply_free)

/* Always answers. Returns: (transfer full) */
DmpHostReply *dmp_host_answer (DmpHost *self, const DmpHostRequest *request);

/* --- For the transactions -------------------------------------------------------------------- */

typedef struct _DmpHostTransaction DmpHostTransaction;

/* One document for the trail. @result NULL: that of the request. */
typedef struct
{
  char *document;
  const char *result;
} DmpHostAudited;

/* One request on its way through a transaction. */
typedef struct
{
  DmpHost *host;
  const DmpHostTransaction *transaction;
  const DmpHostEnvelope *envelope;
  const DmpHostVihf *vihf;
  GPtrArray *parts;       /* (element-type DmpHostPart): beside the root */
  GPtrArray *reply_parts; /* (element-type DmpHostPart) to send */
  gint64 patient;         /* record that the request turned out to be about, 0 unknown */
  GArray *audited;        /* (element-type DmpHostAudited): one row each in the trail */
  gboolean audit_done;    /* the transaction wrote its rows with its own commit */
  const char *result;     /* "ok", or the name of a refusal told inside the answer */
  gint64 now;             /* seconds */
} DmpHostCall;

struct _DmpHostTransaction
{
  const char *id;       /* "TD0.2" */
  const char *endpoint; /* "patients" */
  const char *ns;       /* of the first child of Body */
  const char *name;
  const char *action; /* of the answer */
  gboolean mtom;      /* the answer is multipart even when it is a fault */
  /* Writes the content of the answer's Body. FALSE with @error: nothing written. */
  gboolean (*handle) (DmpHostCall *call, xmlNode *body, GError **error);
  /* Tells an @error that is no fault as the service does. */
  void (*refuse) (DmpHostCall *call, xmlNode *body, const GError *error);
};

/* The rows, one in each transaction's file. */
extern const DmpHostTransaction dmp_host_td02;
extern const DmpHostTransaction dmp_host_td03;
extern const DmpHostTransaction dmp_host_td21;
extern const DmpHostTransaction dmp_host_td31;
extern const DmpHostTransaction dmp_host_td32;

/* Notes a document for the trail. @result: (nullable) */
void dmp_host_call_note (DmpHostCall *call, const char *document, const char *result);

/* Writes the rows of the trail into @tx. */
DmpHostStoreResult dmp_host_call_audit (DmpHostCall *call, DmpHostTx *tx, const char *result);

G_END_DECLS
