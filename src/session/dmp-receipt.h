#pragma once

#include "dmp-config.h"
#include "outbox/dmp-outbox.h"

#include <glib.h>

G_BEGIN_DECLS

/* The receipt of a submission: who sent what, when, and what the host answered, without anything of
 * the patient or of the contents; documents stand in it by unique id and hash. An XML document of
 * our own ("urn:caducee:receipt:1", docs/receipt.md), that the card signs on demand with an
 * enveloped XML signature: anybody verifies it with xmlsec1. */
#define DMP_NS_RECEIPT "urn:caducee:receipt:1"

typedef struct
{
  char *unique_id;
  char *sha1;   /* hex: what the host says of it too */
  char *sha256; /* (nullable): hex */
  gint64 size;
  gboolean signature; /* the signature of the set, not a document to read */
} DmpReceiptDocument;

/* What a receipt says. Times are ISO 8601 in UTC. */
typedef struct
{
  char *submission_id;
  char *sent, *acknowledged;
  char *professional; /* national id */
  char *name;         /* (nullable): "LEROY Claire" */
  char *place, *place_name;
  char *host;           /* its address */
  char *answer;         /* status on the wire */
  char *transaction;    /* what it answered: "TD2.1", or "TD3.1": asked afterwards */
  GPtrArray *warnings;  /* (element-type utf8): codes beside the success */
  GPtrArray *documents; /* (element-type DmpReceiptDocument) */
  char *signed_at;      /* (nullable): not signed */
} DmpReceipt;

void dmp_receipt_free (DmpReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpReceipt, dmp_receipt_free)

/* Those kept on this machine, newest first; blocks a little (the disk). Each one's content is for
 * dmp_receipt_parse(), its label (titles) for this screen only.
 * @submission_id: (nullable): that one alone
 * Returns: (transfer full) (element-type DmpOutboxReceipt) (nullable) */
GPtrArray *dmp_receipt_list_kept (DmpConfig *config, const char *submission_id, GError **error);

/* Reads a receipt, signed or not; nothing is verified.
 * @error: %DMP_ERROR_INVALID_DOCUMENT. Returns: (transfer full) (nullable) */
DmpReceipt *dmp_receipt_parse (GBytes *receipt, GError **error);

/* One of its times as a person of this place reads it: "22/11/2026 14:21". @iso: (nullable)
 * Returns: (transfer full): "–" when it is none */
char *dmp_receipt_dup_time (const char *iso);

/* Verifies a signed receipt, from its bytes alone: nothing was changed, who signed is who sent, and
 * an authority of @ca_file says who that is.
 * @error: %DMP_ERROR_INVALID_DOCUMENT: no receipt, or not signed; %DMP_ERROR_ALTERED: changed;
 *   %DMP_ERROR_SIGNATURE: signed by somebody else, or by nobody we know;
 *   %DMP_ERROR_INVALID_CONFIG: @ca_file is ""
 * Returns: (transfer full) (nullable): what it says, that may then be believed */
DmpReceipt *dmp_receipt_verify (GBytes *receipt, const char *ca_file, GError **error);

G_END_DECLS
