#pragma once

#include "dmp-card.h"

G_BEGIN_DECLS

/* For pkcs11/ only: what the certificates of a CPS say about its holder. Attributes are taken by
 * their OID wherever they stand: real names are one multi-valued RDN, old ones are in T.61. */

/* Returns: TRUE when KeyUsage makes of @x509 one of the two certificates, told by @use */
gboolean dmp_card_certificate_get_use (X509 *x509, DmpCardKeyUse *use);

/* Returns: (transfer full) */
DmpCardCertificate *dmp_card_certificate_new (X509 *x509, DmpCardKeyUse use);
void dmp_card_certificate_free (DmpCardCertificate *self);

/* @authentication: the holder is read from it
 * @signature: (nullable)
 * @speciality: (nullable): from CPS_INFO_PS, used when the certificates have none
 * Returns: (transfer full) */
DmpCardIdentity *
dmp_card_identity_new (X509 *authentication, X509 *signature, const char *speciality);
void dmp_card_identity_free (DmpCardIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpCardIdentity, dmp_card_identity_free)

/* @card: they are a card's, not an establishment's: the sentence differs
 * Returns: FALSE with %DMP_CARD_ERROR_EXPIRED unless all of @certificates hold at @now */
gboolean dmp_card_certificates_check (GPtrArray *certificates,
                                      gboolean card,
                                      GDateTime *now,
                                      GError **error);

G_END_DECLS
