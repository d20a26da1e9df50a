#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Other names of a medicine, for search: brands of a substance, the substance of a brand.
 * @word: folded: a name, or its beginning
 * @names: (element-type utf8): appended, as the tables write them */
void dmp_medicine_add_names (const char *word, GPtrArray *names);

G_END_DECLS
