#pragma once

#include "cda/dmp-cda-document.h"
#include "model/dmp-document-entry.h"
#include "search/dmp-search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The chosen result in its document, its words marked. Its buttons activate "search.open",
 * "search.previous" and "search.next". */
#define DMP_TYPE_SEARCH_PREVIEW (dmp_search_preview_get_type ())
G_DECLARE_FINAL_TYPE (DmpSearchPreview, dmp_search_preview, DMP, SEARCH_PREVIEW, GtkBox)

/* @hit: (nullable): nothing to show; @entry, @document: (nullable): of @hit */
void dmp_search_preview_set (DmpSearchPreview *self,
                             const DmpSearchHit *hit,
                             DmpDocumentEntry *entry,
                             DmpCdaDocument *document);

/* @text: "passage 3 sur 12", or "" */
void dmp_search_preview_set_position (DmpSearchPreview *self, const char *text);

G_END_DECLS
