#pragma once

#include <glib.h>
#include <openssl/x509v3.h>

G_BEGIN_DECLS

/* A certificate made on the fly: what a test wants to read, signed with its own key. */
typedef struct
{
  const char *subject;          /* "/CN=a+SN=b/O=c": + joins attributes of one RDN */
  int encoding;                 /* V_ASN1_T61STRING…, 0: UTF-8 */
  const char *usage;            /* of KeyUsage, "digitalSignature"; NULL: none */
  const char *extensions[8][2]; /* OID, DER in hexadecimal */
  int start_days, end_days;     /* from now */
} MadeCertificate;

/* @key: (out) (optional): 2048 bits, one for the whole program. Returns: (transfer full) */
X509 *make_certificate (const MadeCertificate *made, EVP_PKEY **key);

G_END_DECLS
