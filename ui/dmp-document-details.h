#pragma once

#include "cda/dmp-cda-document.h"
#include "model/dmp-document-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pane of details beside a document: what the DMP says of it, then what its own header says. */

/* Empties @list and fills it with what the DMP says: type, author, dates, state, size. */
void dmp_document_details_set_entry (GtkListBox *list, DmpDocumentEntry *entry);

/* Adds what the header of @document says: when it was made, for which patient, after which order,
 * which acts and stay it is about, who had a part in it. */
void dmp_document_details_add_header (GtkListBox *list, DmpCdaDocument *document);

/* Takes all rows away. */
void dmp_document_details_clear (GtkListBox *list);

G_END_DECLS
