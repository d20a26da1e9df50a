#pragma once

#include "cda/dmp-cda-document.h"
#include "search/dmp-search.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads the words of the files that documents carry (PDF, text, RTF) for the search, once the
 * record is there: in a thread of its own, in memory only; PDFs in the confined child. */
typedef struct _DmpFileIndexer DmpFileIndexer;

/* Called in the main context that was the thread default in dmp_file_indexer_new(), now and then,
 * and when all is read. */
typedef void (*DmpFileIndexerFunc) (gpointer user_data);

/* Returns: (transfer full) */
DmpFileIndexer *
dmp_file_indexer_new (DmpSearch *search, DmpFileIndexerFunc func, gpointer user_data);

/* The files of @document, which dmp_search_add() knows; once. */
void dmp_file_indexer_add (DmpFileIndexer *self, const char *unique_id, DmpCdaDocument *document);

/* Documents whose files are not read yet. */
guint dmp_file_indexer_get_pending (DmpFileIndexer *self);

/* No call of the function comes after this; what is being read is let go. NULL is fine. */
void dmp_file_indexer_free (DmpFileIndexer *self);

/* The same for one document in the calling thread, which is not the main one of a window. */
void dmp_file_indexer_read (DmpSearch *search,
                            const char *unique_id,
                            DmpCdaDocument *document,
                            GCancellable *cancellable);

G_END_DECLS
