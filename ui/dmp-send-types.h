#pragma once

#include "model/dmp-code.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The types of documents that a professional may send, in a drop-down with search.
 * Returns: (transfer full) (element-type DmpCode): in the order of the drop-down */
GPtrArray *dmp_send_types_fill (GtkDropDown *drop_down);

/* Selects @type; one that is not there leaves the choice as it is. @type: (nullable) */
void dmp_send_types_choose (GtkDropDown *drop_down, GPtrArray *types, DmpCode *type);

/* Returns: (transfer none) (nullable) */
DmpCode *dmp_send_types_get (GtkDropDown *drop_down, GPtrArray *types);

G_END_DECLS
