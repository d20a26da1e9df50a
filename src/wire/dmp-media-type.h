#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The value of a Content-Type header: "multipart/related; boundary=…". */
typedef struct
{
  char *type;         /* small letters: "multipart/related" */
  GHashTable *params; /* names in small letters to values */
} DmpMediaType;

/* Returns: (transfer full) (nullable): NULL when @value is not one, or names a parameter twice */
DmpMediaType *dmp_media_type_parse (const char *value);
void dmp_media_type_free (DmpMediaType *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpMediaType, dmp_media_type_free)

/* Returns: (transfer none) (nullable) */
const char *dmp_media_type_get (const DmpMediaType *self, const char *param);

G_END_DECLS
