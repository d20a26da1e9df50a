#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What kind of document its words announce. */
typedef struct
{
  const char *code;         /* of the type table (J07) */
  const char *const *words; /* folded phrases; the first ones tell the most */
  int weight;               /* of the kind among others that match as well */
} DmpFileType;

/* @lines: (element-type utf8): folded lines, in order. @line: (out): index of the line that tells.
 * Returns: (transfer none) (nullable) */
const DmpFileType *dmp_file_type_find (GPtrArray *lines, guint *line);

G_END_DECLS
