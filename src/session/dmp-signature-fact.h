#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a document of the record is signed, as its reader may know it: the signature of a
 * submission is hidden from professionals but its author and the médecin traitant (MASQUE_PS). */
typedef enum
{
  DMP_SIGNATURE_NONE,  /* none that this professional may see */
  DMP_SIGNATURE_VALID, /* these bytes, by this holder, certified by an authority of the settings */
  DMP_SIGNATURE_UNTRUSTED, /* these bytes; but nobody we know says who signed */
  DMP_SIGNATURE_INVALID    /* something does not fit: the document must not pass for signed */
} DmpSignatureState;

typedef struct
{
  DmpSignatureState state;
  char *unique_id; /* (nullable): of the signature document */
  char *by;        /* (nullable): national id of the holder; not of an INVALID one */
  char *name;      /* (nullable): "LEROY Claire" */
  char *time;      /* (nullable): of signing, as the signer says: ISO 8601 */
  char *sentence; /* for people, in French, of any state: "Signé par LEROY Claire le 02/03/2026…" */
} DmpSignatureFact;

void dmp_signature_fact_free (DmpSignatureFact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSignatureFact, dmp_signature_fact_free)

/* Returns: (transfer none): "none", "valid"… (docs/cli.md) */
const char *dmp_signature_state_name (DmpSignatureState state);

/* What @signature, the document with @signature_id, says of the document with @unique_id and
 * @bytes. Pure.
 * @bytes: (nullable): they could not be read again
 * @signature: (nullable): there is none
 * @ca_file: authorities of professionals, "" for none. Returns: (transfer full) */
DmpSignatureFact *dmp_signature_fact_new (const char *unique_id,
                                          GBytes *bytes,
                                          const char *signature_id,
                                          GBytes *signature,
                                          const char *ca_file);

G_END_DECLS
