#pragma once

#include "xml/dmp-message.h"

G_BEGIN_DECLS

/* The bytes of one request as they go out: pieces one after the other, none of them copied. */
typedef struct
{
  char *content_type;
  GPtrArray *pieces; /* (element-type GBytes) */
  guint64 size;
  guint piece; /* where reading stands */
  gsize offset;
} DmpWireBody;

/* Without attachments the envelope alone; else multipart/related with XOP (MTOM).
 * @envelope: (transfer none); @action: goes into Content-Type. Returns: (transfer full) */
DmpWireBody *dmp_wire_body_new (GBytes *envelope, const char *action, const GPtrArray *attachments);
void dmp_wire_body_free (DmpWireBody *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpWireBody, dmp_wire_body_free)

/* Copies the next bytes out. Returns: how many; 0 at the end */
gsize dmp_wire_body_read (DmpWireBody *self, char *buffer, gsize size);

void dmp_wire_body_rewind (DmpWireBody *self);

G_END_DECLS
