#pragma once

#include "dmp-xml.h"

G_BEGIN_DECLS

#define DMP_NS_XOP "http://www.w3.org/2004/08/xop/include"

/* What a transaction writes and reads: a body and the bytes beside it. How it travels (SOAP, MTOM)
 * is the wire's matter. */

/* Bytes beside the body (an MTOM part). */
typedef struct
{
  char *content_id; /* without <>, not percent-encoded */
  char *content_type;
  GBytes *bytes;
} DmpAttachment;

/* @bytes: (transfer none): referenced, not copied. Returns: (transfer full) */
DmpAttachment *dmp_attachment_new (const char *content_id, const char *content_type, GBytes *bytes);
void dmp_attachment_free (DmpAttachment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpAttachment, dmp_attachment_free)

typedef struct
{
  xmlDoc *body;           /* its root is the first child of soap:Body */
  GPtrArray *attachments; /* (element-type DmpAttachment), never NULL */
} DmpMessage;

/* @body: (transfer full). Returns: (transfer full) */
DmpMessage *dmp_message_new (xmlDoc *body);

/* Texts of the body are wiped. */
void dmp_message_free (DmpMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpMessage, dmp_message_free)

/* Returns: (transfer none): the body's root element */
xmlNode *dmp_message_root (const DmpMessage *self);

/* Adds @bytes as an attachment and <xop:Include href="cid:…"/> as the content of @element, with a
 * content id of its own. */
void
dmp_message_include (DmpMessage *self, xmlNode *element, const char *content_type, GBytes *bytes);

/* The bytes that @element stands for: of the attachment that its xop:Include names, else its text
 * decoded from base64.
 * @error: %DMP_ERROR_INVALID_MESSAGE: no such attachment, or neither form
 * Returns: (transfer full) (nullable): not copied when attached */
GBytes *dmp_message_get_bytes (const DmpMessage *self, xmlNode *element, GError **error);

G_END_DECLS
