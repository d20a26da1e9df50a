#pragma once

#include "cda/dmp-cda-document.h"
#include "model/dmp-document-entry.h"
#include "summary/dmp-summary.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* All documents of the record: filters, columns, and the chosen one at the right. Activating a row
 * activates "win.open-document". Signal "preview" (DmpDocumentEntry): another one is chosen; the
 * window answers with dmp_documents_page_set_preview(). */
#define DMP_TYPE_DOCUMENTS_PAGE (dmp_documents_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpDocumentsPage, dmp_documents_page, DMP, DOCUMENTS_PAGE, AdwBin)

/* @documents: (nullable): a list of DmpDocumentEntry, watched */
void dmp_documents_page_set_documents (DmpDocumentsPage *self, GListModel *documents);

/* The content of a document, once it has come. Returns: (transfer none) (nullable) */
typedef DmpCdaDocument *(*DmpDocumentLookup) (const char *unique_id, gpointer data);

/* Contents have come: titles are made of them, and documents that belong together grouped. */
void dmp_documents_page_learn (DmpDocumentsPage *self, DmpDocumentLookup lookup, gpointer data);

/* Sets what stands behind the chosen document apart, or groups it again. */
void dmp_documents_page_toggle_group (DmpDocumentsPage *self);

/* The title of @entry as the list shows it. Returns: (transfer none) */
const char *dmp_documents_page_get_title (DmpDocumentsPage *self, DmpDocumentEntry *entry);

/* The document that stands before @unique_id in the list, and the others of its episode
 * (session/dmp-document-groups.h). Returns: (transfer none) (nullable) */
const char *dmp_documents_page_get_leader (DmpDocumentsPage *self, const char *unique_id);
/* Returns: (transfer container) (element-type DmpDocumentEntry) */
GPtrArray *dmp_documents_page_dup_episode (DmpDocumentsPage *self, const char *unique_id);

/* What was read, for the badges and the line below. @summary: (nullable) */
void dmp_documents_page_set_summary (DmpDocumentsPage *self, DmpSummary *summary);

/* @document: (nullable): then @problem says why, or NULL while it is on its way */
void dmp_documents_page_set_preview (DmpDocumentsPage *self,
                                     DmpDocumentEntry *entry,
                                     DmpCdaDocument *document,
                                     const char *problem);

/* The chosen one. Returns: (transfer none) (nullable) */
DmpDocumentEntry *dmp_documents_page_get_selected (DmpDocumentsPage *self);

/* Chooses the next row (@step 1) or the one before (-1). Returns: FALSE at the end */
gboolean dmp_documents_page_step (DmpDocumentsPage *self, int step);

/* Chooses @unique_id. */
void dmp_documents_page_select (DmpDocumentsPage *self, const char *unique_id);

/* Where the chosen row stands: "document 14 sur 150". Returns: (transfer full) */
char *dmp_documents_page_dup_position (DmpDocumentsPage *self);

void dmp_documents_page_focus (DmpDocumentsPage *self);

/* Empties the search; the focus goes to the list. */
void dmp_documents_page_clear_search (DmpDocumentsPage *self);

G_END_DECLS
