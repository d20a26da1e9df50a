#pragma once

#include "xml/dmp-xml-signature.h"

#include <openssl/evp.h>

G_BEGIN_DECLS

/* A new RSA key of 2048 bits. The openssl program makes it: under valgrind that takes half a minute
 * in our own process. */
EVP_PKEY *software_rsa_new (void);

/* A key and certificate made for one test run, where the product has a card. */
typedef struct
{
  EVP_PKEY *key;
  X509 *certificate;
  guint signatures; /* how often it has signed */
} SoftwareKey;

/* @key_usage: as openssl.cnf writes it, e.g. "critical,nonRepudiation"
 * The subject is that of a CPS: C, O, OU, then CN + surname + given name in one RDN. */
SoftwareKey *software_key_new (const char *national_id, const char *key_usage);
void software_key_free (SoftwareKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SoftwareKey, software_key_free)

DmpXmlSigner software_key_signer (SoftwareKey *self);

G_END_DECLS
