#pragma once

#include "dmp-cda-document.h"

G_BEGIN_DECLS

/* A place in a file that a document carries: "@12/1/3/250-480" is, from character 250 to 480 of its
 * page 3 (from 0), file 1 (from 1), which block 12 shows. "@12" alone is a block. */
typedef struct
{
  guint block;
  guint attachment; /* 1 + index into the attachments; 0: the block itself */
  guint page;       /* of a PDF; 0 in a text */
  guint start, end; /* characters of the page, or of the whole text */
} DmpCdaPlace;

/* Returns: (transfer full) */
char *dmp_cda_place_format (const DmpCdaPlace *self);

/* @place: (nullable). Returns: FALSE, with @self empty, when it is neither of both forms */
gboolean dmp_cda_place_parse (const char *place, DmpCdaPlace *self);

/* The block that shows a file.
 * @attachment: 1 + index into the attachments
 * @block: (out): index into dmp_cda_document_get_blocks(). Returns: FALSE when none does */
gboolean
dmp_cda_document_find_attachment (DmpCdaDocument *document, guint attachment, guint *block);

G_END_DECLS
