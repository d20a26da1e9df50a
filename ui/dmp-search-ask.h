#pragma once

#include "search/dmp-search.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  DmpSearchResults *results;
  GPtrArray *unsearched; /* (element-type DmpCoverageItem): of the summary of @results */
} DmpSearchAnswer;

void dmp_search_answer_free (DmpSearchAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSearchAnswer, dmp_search_answer_free)

/* Looks in a thread of its own: the main loop never waits for it. The copy of @query is wiped.
 * @source: kept alive meanwhile; @max: hits of a group */
void dmp_search_ask_async (GObject *source,
                           DmpSearch *search,
                           const char *query,
                           guint max,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback);

/* Returns: (transfer full) (nullable): NULL when it was cancelled */
DmpSearchAnswer *dmp_search_ask_finish (GAsyncResult *result);

G_END_DECLS
