#include "config.h"

#include "dmp-wire-card.h"

static gboolean
check_key (gpointer key, GError **error)
{
  return dmp_card_key_check (key, error);
}

DmpWireCredential
dmp_wire_card_credential (DmpCardKey *key)
{
  return (DmpWireCredential){ .key = dmp_card_key_get_pkey (key),
                              .certificate = dmp_card_key_get_x509 (key),
                              .chain = dmp_card_key_get_chain (key),
                              .pkcs1_only = dmp_card_key_is_pkcs1_only (key),
                              .check = check_key,
                              .user_data = key };
}

static GBytes *
sign (gconstpointer data, gsize len, gpointer key, GError **error)
{
  return dmp_card_key_sign_sha256 (key, data, len, error);
}

DmpXmlSigner
dmp_wire_card_signer (DmpCardKey *key)
{
  return (
      DmpXmlSigner){ .sign = sign, .user_data = key, .certificate = dmp_card_key_get_x509 (key) };
}
