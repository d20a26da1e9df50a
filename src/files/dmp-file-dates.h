#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day that a text names. */
typedef struct
{
  char day[9];    /* "yyyyMMdd" */
  gboolean birth; /* it follows "né le", "date de naissance" and the like */
  char *found;    /* as it stands, with its label */
  char *before;   /* what stands before it on its line, folded */
  gsize line;     /* number of the line, from 0 */
} DmpFileDate;

/* Every day that @text names: "15/01/2026", "15-01-26", "2026-01-15", "15 janvier 2026", "1er mars
 * 2026". Returns: (transfer full) (element-type DmpFileDate): in the order of the text */
GPtrArray *dmp_file_dates_find (const char *text);

G_END_DECLS
