#pragma once

#include "xml/dmp-message.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* SOAP 1.2 envelopes with WS-Addressing and the assertion in wsse:Security. */

#define DMP_NS_SOAP "http://www.w3.org/2003/05/soap-envelope"
#define DMP_NS_SOAP11 "http://schemas.xmlsoap.org/soap/envelope/" /* read only */
#define DMP_NS_WSA "http://www.w3.org/2005/08/addressing"
#define DMP_NS_WSSE                                                                                \
  "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"

/* Writes the envelope of a request.
 * @to: URL of the endpoint; @message_id: urn:uuid:…
 * @assertion: (nullable): goes into wsse:Security as it is, its signature stays valid
 * @body: what soap:Body holds; copied
 * Returns: (transfer full): wiped when freed */
GBytes *dmp_soap_write (
    const char *to, const char *action, const char *message_id, xmlNode *assertion, xmlNode *body);

/* Takes the envelope of an answer apart. Lenient where hosts differ: SOAP 1.1 is read too, blanks
 * and unknown headers are passed over, RelatesTo may be absent.
 * @parts: (nullable) (element-type DmpAttachment): every one must be named by exactly one
 *   xop:Include, and every Include must name one
 * @message_id: of the request; an answer that says it relates to another is refused
 * @error: a fault: see dmp_host_code_set_error(); else %DMP_ERROR_INVALID_MESSAGE,
 *   %DMP_ERROR_INVALID_XML, %DMP_ERROR_LIMIT
 * Returns: (transfer full) (nullable) */
DmpMessage *dmp_soap_read (
    const char *bytes, gsize len, GPtrArray *parts, const char *message_id, GError **error);

G_END_DECLS
