#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A coded value: code, code system (OID, or the name the DMP uses in its place) and label.
 * Immutable, so it crosses threads without a lock. */
#define DMP_TYPE_CODE (dmp_code_get_type ())
G_DECLARE_FINAL_TYPE (DmpCode, dmp_code, DMP, CODE, GObject)

/* @display: (nullable): the label as its source wrote it
 * Returns: (transfer full) */
DmpCode *dmp_code_new (const char *code, const char *system, const char *display);

/* All (transfer none); only the display may be NULL. */
const char *dmp_code_get_code (DmpCode *self);
const char *dmp_code_get_system (DmpCode *self);
const char *dmp_code_get_display (DmpCode *self);

/* Same code in the same system; labels do not count. @a, @b: (nullable) */
gboolean dmp_code_equal (DmpCode *a, DmpCode *b);

G_END_DECLS
