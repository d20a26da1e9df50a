#pragma once

#include "dmp-host-pki.h"
#include "dmp-host-store.h"

#include <libxml/tree.h>

G_BEGIN_DECLS

/* The token that says who asks, from where, for whom and why (protocol: vihf.md). */

typedef enum
{
  DMP_HOST_AUTH_DIRECT,    /* DIRECTE: a card */
  DMP_HOST_AUTH_INDIRECT,  /* INDIRECTE: the establishment's certificate */
  DMP_HOST_AUTH_REINFORCED /* INDIRECTE_RENFORCEE (AIR) */
} DmpHostAuth;

typedef enum
{
  DMP_HOST_PURPOSE_NORMAL,
  DMP_HOST_PURPOSE_CENTRE_15,
  DMP_HOST_PURPOSE_BREAK_GLASS
} DmpHostPurpose;

typedef struct
{
  char *id;
  char *name_id; /* PS_IdNat or Struct/internal id */
  char *structure;
  char *profession; /* TRE_G15 code, "" for others */
  char *speciality; /* TRE_R01 code, or "" */
  char *ins;        /* (nullable): no patient */
  char *ins_oid;    /* (nullable) */
  DmpHostAuth auth;
  DmpHostPurpose purpose;
  gboolean secret;      /* secret connection of a minor */
  DmpHostHolder holder; /* of the signing certificate */
  gint64 issued;        /* seconds */
  gint64 until;         /* seconds: nothing after */
} DmpHostVihf;

void dmp_host_vihf_free (DmpHostVihf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostVihf, dmp_host_vihf_free)

/* What verification needs to know. */
typedef struct
{
  DmpHostPki *pki;
  const DmpHostStoreOps *ops;
  DmpHostStore *store;
  const DmpHostIdentity *peer; /* of the TLS client certificate */
  gint64 now;                  /* seconds */
  gboolean single_use;         /* refuse an assertion seen before */
} DmpHostVihfContext;

/* Seconds an IssueInstant may lie before or after now (transport.md §3). */
#define DMP_HOST_VIHF_WINDOW (15 * 60)

/* Verifies the one assertion of @header in full: place, signature, certificate, names, time,
 * structure, speciality. What is returned was read from the signed bytes only.
 * @header: (nullable): soap:Header
 * @error: %DMP_HOST_ERROR_INVALID_VIHF, _INVALID_SIGNATURE, _INVALID_CERTIFICATE
 * Returns: (transfer full) */
DmpHostVihf *
dmp_host_vihf_verify (const DmpHostVihfContext *context, xmlNode *header, GError **error);

/* The word of the wire. */
const char *dmp_host_purpose_name (DmpHostPurpose purpose);

G_END_DECLS
