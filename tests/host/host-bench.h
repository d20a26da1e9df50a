#pragma once

#include "dmp-host-service.h"
#include "xml/dmp-xml-signature.h"

G_BEGIN_DECLS

/* What the unit tests of the host share: a folder, a store with a directory, cards in software. */
typedef struct
{
  char *folder; /* of this test, removed at the end */
  char *pki;    /* the demonstration PKI (tests/virtual-cards/make-pki) */
  DmpHost *host;
} HostBench;

/* A host on a fresh folder that knows the general practitioner, the hospital doctor and their
 * structures. */
HostBench *host_bench_new (void);
void host_bench_free (HostBench *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostBench, host_bench_free)

#define BENCH_GP "899700000017"
#define BENCH_WARD "899700000025"
#define BENCH_CABINET "499700000017001"
#define BENCH_HOSPITAL "10B0770001"
#define BENCH_INS "150019999900183"
#define BENCH_OTHER_INS "150019999900282"

/* A key of the PKI, e.g. "cards/gp/sign". Returns: (transfer full) */
typedef struct
{
  EVP_PKEY *key;
  X509 *certificate;
} BenchKey;

BenchKey *bench_key_new (const HostBench *bench, const char *name);
void bench_key_free (BenchKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchKey, bench_key_free)

/* An unsigned assertion of the general practitioner as text, issued @age seconds ago, with the
 * subject of @certificate as Issuer. */
char *bench_assertion (X509 *certificate, const char *id, gint age);

/* A whole envelope around @assertion (text), signed when @key is not NULL. */
xmlDoc *bench_envelope (const char *assertion, BenchKey *key);

G_END_DECLS
