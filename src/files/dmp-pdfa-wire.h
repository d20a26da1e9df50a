#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a program and its confined child caducee-pdfa say to each other. The PDF comes as a memfd on
 * DMP_PDFA_FD; the answer goes to standard output.
 *
 * "caducee-pdfa inspect": lines of ASCII, a keyword and maybe a word:
 *   pages N · encrypted · version 1.4 · part 1 · conformance B · intent
 *   active NAME     what may run or open something: a key, a subtype, an action
 *   defect NAME     what PDF/A-1 forbids: font transparency lzw object-stream layers external
 *                   metadata no-id
 * "caducee-pdfa convert": the bytes of a PDF/A-1b; whole only if the exit status is 0. */

#define DMP_PDFA_FD 3
#define DMP_PDFA_MAX_LINES 256
#define DMP_PDFA_MAX_BYTES (64u * 1024 * 1024) /* of a converted file */

typedef enum
{
  DMP_PDFA_OK = 0,
  DMP_PDFA_USAGE = 2,
  DMP_PDFA_NO_CAGE = 3,
  DMP_PDFA_DAMAGED = 4,
  DMP_PDFA_ENCRYPTED = 5
} DmpPdfaExit;

G_END_DECLS
