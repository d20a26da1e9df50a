#pragma once

#include <glib.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

/* Whom a certificate that came with a signature stands for, and whether to believe it. */

typedef enum
{
  DMP_TRUST_VALID,    /* issued for signatures by an authority of the settings, valid at the time */
  DMP_TRUST_UNKNOWN,  /* the settings name no authority: nothing can be said */
  DMP_TRUST_STRANGER, /* issued by nobody we know, or not for signatures */
  DMP_TRUST_EXPIRED   /* not valid at the time */
} DmpTrust;

/* @ca_file: PEM file of authorities, "" for none; revocation is the host's to check when it takes a
 * signature: a later one does not undo it
 * @at: time of signing, seconds since 1970 */
DmpTrust dmp_trust_check (const char *ca_file, X509 *certificate, gint64 at);

/* The common name: PS_IdNat of a card. Returns: (transfer full) (nullable) */
char *dmp_trust_dup_holder (X509 *certificate);

/* "LEROY Claire" from surname and given name, else the common name. Returns: (transfer full)
 * (nullable) */
char *dmp_trust_dup_name (X509 *certificate);

G_END_DECLS
