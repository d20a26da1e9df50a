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

G_END_DECLS
