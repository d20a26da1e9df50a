#pragma once

#include "model/dmp-document-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Period and author of the list of documents. Signal "changed". */
#define DMP_TYPE_DOCUMENT_FILTERS (dmp_document_filters_get_type ())
G_DECLARE_FINAL_TYPE (DmpDocumentFilters, dmp_document_filters, DMP, DOCUMENT_FILTERS, GtkBox)

/* The authors to choose from: those of @documents, the most frequent first. @documents: (nullable)
 */
void dmp_document_filters_set_documents (DmpDocumentFilters *self, GListModel *documents);

gboolean dmp_document_filters_match (DmpDocumentFilters *self, DmpDocumentEntry *entry);

/* All periods, all authors. */
void dmp_document_filters_reset (DmpDocumentFilters *self);

G_END_DECLS
