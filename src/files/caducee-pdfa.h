#pragma once

#include "dmp-pdfa-wire.h"

#include <qpdf/qpdf-c.h>

G_BEGIN_DECLS

/* Where the converter finds what it converts. */
#define PDFA_INPUT "/caducee/input.pdf"
#define PDFA_PROFILE "/usr/share/color/icc/ghostscript/srgb.icc"

gboolean pdfa_write (const char *data, gsize length);
G_GNUC_PRINTF (1, 2) void pdfa_say (const char *format, ...);

/* Opens, before the cage is shut, all that the converter may read: its own program files, fonts,
 * character maps and colour profiles, and @input as PDFA_INPUT. */
void pdfa_files_prepare (GBytes *input);

/* What every object of a file says that matters here. */
typedef struct
{
  qpdf_data qpdf;
  GHashTable *active;  /* (element-type utf8): names */
  GHashTable *defects; /* (element-type utf8) */
  int last;            /* highest object number that is looked at */
  gboolean intent;     /* the catalogue has an output intent of PDF/A with its profile */
} PdfaWalk;

void pdfa_walk (PdfaWalk *self);

/* Both return an exit status. */
int pdfa_inspect (GBytes *bytes);
int pdfa_convert (GBytes *bytes);

G_END_DECLS
