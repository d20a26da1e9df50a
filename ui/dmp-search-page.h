#pragma once

#include "cda/dmp-cda-document.h"
#include "model/dmp-document-entry.h"
#include "search/dmp-search.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What was found in the open record: values, treatments, passages, with what cannot be searched
 * said first. Looking is done beside the main loop; the last question wins. Signals: "open" (string
 * unique id, string place): shows a result in its document; "answered" (string): what came out, in
 * words; "leave": upwards out of the list. */
#define DMP_TYPE_SEARCH_PAGE (dmp_search_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpSearchPage, dmp_search_page, DMP, SEARCH_PAGE, AdwBin)

/* Where to look, and how to get at what is found. */
typedef struct
{
  DmpSearch *search;
  DmpDocumentEntry *(*find_entry) (const char *unique_id, gpointer data);  /* (nullable) */
  DmpCdaDocument *(*find_document) (const char *unique_id, gpointer data); /* (nullable) */
  gpointer data; /* of both: lives as long as it is set here */
} DmpSearchSource;

/* The record that is searched, or more of it: the question is asked again.
 * @source: (nullable): no more; question and results are forgotten */
void dmp_search_page_set_source (DmpSearchPage *self, const DmpSearchSource *source);

/* @query: as typed */
void dmp_search_page_ask (DmpSearchPage *self, const char *query);

/* Shows the chosen result in its document. */
void dmp_search_page_open (DmpSearchPage *self);

/* Chooses the next passage (@step 1) or the one before (-1), round and round. Returns: FALSE when
 * there is none */
gboolean dmp_search_page_step (DmpSearchPage *self, int step);

/* The words marked in the chosen result. Returns: (transfer full) (nullable) */
char **dmp_search_page_dup_words (DmpSearchPage *self);

/* Which documents cannot be searched. */
void dmp_search_page_toggle_gaps (DmpSearchPage *self);

/* Puts the focus on the chosen result. Returns: FALSE when there is none */
gboolean dmp_search_page_focus (DmpSearchPage *self);

/* Whether a result was worked with since the question: the focus belongs there. */
gboolean dmp_search_page_is_used (DmpSearchPage *self);

G_END_DECLS
