#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

#define DMP_HOST_NS_SOAP12 "http://www.w3.org/2003/05/soap-envelope"
#define DMP_HOST_NS_SOAP11 "http://schemas.xmlsoap.org/soap/envelope/"
#define DMP_HOST_NS_WSA "http://www.w3.org/2005/08/addressing"
#define DMP_HOST_NS_WSSE                                                                           \
  "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
#define DMP_HOST_NS_SAML2 "urn:oasis:names:tc:SAML:2.0:assertion"
#define DMP_HOST_NS_XSI "http://www.w3.org/2001/XMLSchema-instance"

/* A request envelope. */
typedef struct
{
  xmlDoc *doc;
  xmlNode *header;  /* (nullable) */
  xmlNode *payload; /* the one child of Body (nullable) */
  char *message_id; /* (nullable), as the next one */
  char *action;
} DmpHostEnvelope;

void dmp_host_envelope_free (DmpHostEnvelope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostEnvelope, dmp_host_envelope_free)

/* Reads @bytes through the guarded parser. SOAP 1.2; 1.1 is tolerated (transport.md §2). An
 * envelope without the headers it needs is returned all the same, so that the fault can name the
 * message it answers: dmp_host_envelope_check() says so.
 * @error: %DMP_HOST_ERROR_BAD_REQUEST
 * Returns: (transfer full) */
DmpHostEnvelope *dmp_host_envelope_parse (GBytes *bytes, GError **error);

/* Whether the addressing headers are there and no header that must be understood is unknown.
 * @error: %DMP_HOST_ERROR_ADDRESSING or _BAD_REQUEST */
gboolean dmp_host_envelope_check (const DmpHostEnvelope *self, GError **error);

/* An answer with its addressing headers.
 * @relates_to: (nullable): MessageID of the request
 * @body: (out) (transfer none): where the content goes
 * Returns: (transfer full) */
xmlDoc *dmp_host_envelope_answer (const char *action, const char *relates_to, xmlNode **body);

/* The answer that tells @error as a SOAP fault. Returns: (transfer full) */
xmlDoc *dmp_host_envelope_fault (const char *relates_to, const GError *error);

G_END_DECLS
