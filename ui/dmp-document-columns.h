#pragma once

#include "session/dmp-document-groups.h"
#include "summary/dmp-summary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of the list of documents: date, title, author, state. Rows are recycled: only those
 * on the screen have widgets. */
typedef struct _DmpDocumentColumns DmpDocumentColumns;

/* Adds the columns to @view, newest first. Returns: (transfer full) */
DmpDocumentColumns *dmp_document_columns_new (GtkColumnView *view);
/* Sorted as at first. */
void dmp_document_columns_reset (DmpDocumentColumns *self);
void dmp_document_columns_free (DmpDocumentColumns *self);

/* What was read: documents that could not be are marked so. @summary: (nullable) */
void dmp_document_columns_set_summary (DmpDocumentColumns *self, DmpSummary *summary);

void dmp_document_columns_scroll_to (DmpDocumentColumns *self, guint row);

/* Titles from content and badges of groups. @groups: (nullable): lives as long as it is set */
void dmp_document_columns_set_groups (DmpDocumentColumns *self, DmpDocumentGroups *groups);

/* Fills the rows on the screen again: titles or groups have changed. */
void dmp_document_columns_refresh (DmpDocumentColumns *self);

/* The title of @entry as the list shows it. Returns: (transfer none): maybe "Document sans titre"
 */
const char *dmp_document_columns_get_title (DmpDocumentColumns *self, DmpDocumentEntry *entry);

G_END_DECLS
