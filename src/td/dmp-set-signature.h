#pragma once

#include "dmp-td-submit.h"
#include "xml/dmp-xml-signature.h"

G_BEGIN_DECLS

/* The signature of a submission set (IHE DSG, CI-SIS: XAdES 1.1.1, detached): one more document of
 * the set, that names each of the others by unique id and digest. The host demands it of whoever
 * sends with a card. */

#define DMP_NS_XADES "http://uri.etsi.org/01903/v1.1.1#"

/* Makes the signature document: one call of @signer.
 * @set_id: unique id of the submission set; @documents: all the others of the set, as they are
 * sent: the canonical form of an XML document is digested, the bytes of any other
 * @now: the time of signing
 * @error: what the signer says, or %DMP_ERROR_INVALID_DOCUMENT: a document is no readable XML
 * Returns: (transfer full) (nullable): UTF-8 XML, to be sent as it is */
GBytes *dmp_set_signature_write (const char *set_id,
                                 const DmpTdSubmissionDocument *documents,
                                 gsize n,
                                 GDateTime *now,
                                 const DmpXmlSigner *signer,
                                 GError **error);

/* Whether @bytes, a document of a set, are its signature. */
gboolean dmp_set_signature_is (GBytes *bytes);

/* Its entry, with the place of care of @like, an entry of the same set. Nobody else reads it:
 * hidden from patient and professionals.
 * @time: UTC stamp of signing. Returns: (transfer full) */
DmpDocumentEntry *dmp_set_signature_entry_new (const char *unique_id,
                                               const char *time,
                                               DmpPractitioner *signer,
                                               const DmpDocumentEntryFields *like);

/* --- Reading (dmp-set-signature-read.c) ------------------------------------------------------- */

/* A signature that verifies: what it says, and by whom. Whether to believe the certificate is for
 * the caller to find out. */
typedef struct
{
  char *set_id;
  char *time; /* of signing, ISO 8601, as the signer says */
  X509 *certificate;
  xmlDoc *doc; /* whose manifest is asked below */
} DmpSetSignature;

void dmp_set_signature_free (DmpSetSignature *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSetSignature, dmp_set_signature_free)

/* Reads and verifies the signature document of a set, ours or another program's.
 * @error: %DMP_ERROR_SIGNATURE: not of the form of the profile, or it does not verify
 * Returns: (transfer full) (nullable) */
DmpSetSignature *dmp_set_signature_read (GBytes *bytes, GError **error);

typedef enum
{
  DMP_SET_SIGNATURE_SAME,  /* these bytes are signed under this unique id */
  DMP_SET_SIGNATURE_OTHER, /* others are */
  DMP_SET_SIGNATURE_ABSENT /* nothing is */
} DmpSetSignatureCover;

/* What is signed under @unique_id, held against @bytes. */
DmpSetSignatureCover
dmp_set_signature_covers (const DmpSetSignature *self, const char *unique_id, GBytes *bytes);

G_END_DECLS
