#pragma once

#include "model/dmp-document-entry.h"
#include "search/dmp-search.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The list of what was found, in its groups; one result is the chosen one, and stays it when the
 * list is filled anew. Signals: "chosen": another one, or none; "open": the chosen one was
 * activated; "leave": upwards out of the list. */
#define DMP_TYPE_SEARCH_LIST (dmp_search_list_get_type ())
G_DECLARE_FINAL_TYPE (DmpSearchList, dmp_search_list, DMP, SEARCH_LIST, AdwBin)

/* Gives the document of a result. Returns: (transfer none) (nullable) */
typedef DmpDocumentEntry *(*DmpSearchEntryFunc) (const char *unique_id, gpointer data);

/* @results: (nullable): live until the next call
 * @group: the only one shown, in full; DMP_SEARCH_N_GROUPS: the first of each
 * @find_entry: (nullable) */
void dmp_search_list_fill (DmpSearchList *self,
                           const DmpSearchResults *results,
                           guint group,
                           DmpSearchEntryFunc find_entry,
                           gpointer data);

/* Another question: the first result is the chosen one again, and groups are folded. */
void dmp_search_list_reset (DmpSearchList *self);

/* The chosen one. Returns: (transfer none) (nullable) */
const DmpSearchHit *dmp_search_list_get_hit (DmpSearchList *self);

gboolean dmp_search_list_is_empty (DmpSearchList *self);

/* Whether one was chosen by hand since the question. */
gboolean dmp_search_list_is_used (DmpSearchList *self);

/* Opens the chosen one, or unfolds the rest of its group. */
void dmp_search_list_open (DmpSearchList *self);

/* Chooses the next passage (@step 1) or the one before (-1), round and round. Returns: FALSE when
 * there is none */
gboolean dmp_search_list_step (DmpSearchList *self, int step);

/* Puts the focus on the chosen one. Returns: FALSE when there is none */
gboolean dmp_search_list_focus (DmpSearchList *self);

G_END_DECLS
