#pragma once

#include "search/dmp-search.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  DmpSearch *search;
  const char *query; /* as typed */
  const char *since; /* (nullable): "yyyyMMdd": nothing older */
  guint max;         /* hits of a group */
} DmpSearchQuestion;

typedef struct
{
  DmpSearchResults *results;
  GPtrArray *unsearched; /* (element-type DmpUnsearched): of the summary of @results */
} DmpSearchAnswer;

void dmp_search_answer_free (DmpSearchAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSearchAnswer, dmp_search_answer_free)

/* Looks in a thread of its own: the main loop never waits for it. The copy of the words is wiped.
 * @source: kept alive meanwhile */
void dmp_search_ask_async (GObject *source,
                           const DmpSearchQuestion *asked,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback);

/* Returns: (transfer full) (nullable): NULL when it was cancelled */
DmpSearchAnswer *dmp_search_ask_finish (GAsyncResult *result);

G_END_DECLS
