#pragma once

#include "dmp-cda-document.h"

G_BEGIN_DECLS

typedef struct
{
  char *code;    /* stable: "title-missing" (docs/cli.md) */
  char *message; /* French sentence */
} DmpCdaDefect;

/* What is wrong with a document that can be read: header fields that the CI-SIS "structuration
 * minimale" asks for, damaged files, entries nobody can place. The schema and the schematrons say
 * more; this is what a person can act on.
 * Returns: (transfer full) (element-type DmpCdaDefect): none when all is well */
GPtrArray *dmp_cda_check (DmpCdaDocument *document);

G_END_DECLS
