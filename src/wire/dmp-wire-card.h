#pragma once

#include "dmp-wire-client.h"
#include "pkcs11/dmp-card-key.h"

G_BEGIN_DECLS

/* The two duties of a card, as the layers that know no card want them. */

/* @key: of %DMP_CARD_KEY_AUTHENTICATION, borrowed as long as the credential is used: the client's
 *   whole life. Returns: to be given to dmp_wire_client_new() */
DmpWireCredential dmp_wire_card_credential (DmpCardKey *key);

/* @key: of %DMP_CARD_KEY_SIGNATURE, borrowed. Returns: to be given to dmp_vihf_cache_get() */
DmpXmlSigner dmp_wire_card_signer (DmpCardKey *key);

G_END_DECLS
