#pragma once

#include "dmp-cda-frame.h"

G_BEGIN_DECLS

/* What a level 1 document is made of. Nothing is copied but by dmp_cda_write_level1(). */
typedef struct
{
  DmpCdaFrame frame; /* no templates */
  GBytes *bytes;     /* the file, found fit by dmp_file_examine() */
  const char *mime;  /* application/pdf, image/jpeg, image/tiff, text/rtf, text/plain */
} DmpCdaLevel1;

/* Writes a level 1 CDA document (non-structured body) with the complete header of the CI-SIS
 * "structuration minimale".
 * @error: %DMP_ERROR_INVALID_DOCUMENT when a needed field is missing; the sentence names it
 * Returns: (transfer full): UTF-8 XML */
GBytes *dmp_cda_write_level1 (const DmpCdaLevel1 *level1, GError **error);

G_END_DECLS
