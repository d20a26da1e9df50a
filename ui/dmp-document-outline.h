#pragma once

#include "cda/dmp-cda-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The sections of @document as rows: header, titles set in by level, with how many results the
 * report itself flags, and its files with no section of their own.
 * What @list had is taken away. @document: (nullable). Returns: FALSE when there is nothing to
 * choose from */
gboolean dmp_document_outline_fill (GtkListBox *list, DmpCdaDocument *document);

/* The block that @row stands for. */
guint dmp_document_outline_get_block (GtkListBoxRow *row);

G_END_DECLS
