#pragma once

#include "cda/dmp-cda-document.h"
#include "summary/dmp-summary.h"

#include <glib.h>

G_BEGIN_DECLS

/* Search over the whole open record, as one types: words of the documents (SQLite FTS5, in memory
 * only), values and treatments of the summary. Accents, case and hyphens do not count; a word asked
 * for stands for every word that begins with it; other names of an analyte or a medicine are looked
 * for too. "potassium > 5" asks for values. All functions may be called from any thread. */
typedef struct _DmpSearch DmpSearch;

typedef enum
{
  DMP_SEARCH_VALUES,     /* a series of results: @line, @points */
  DMP_SEARCH_TREATMENTS, /* a line of the summary: @line */
  DMP_SEARCH_TEXTS,      /* a passage of a document */
  DMP_SEARCH_N_GROUPS
} DmpSearchGroup;

const char *dmp_search_group_get_name (DmpSearchGroup group); /* "values"…, as in JSON */

/* Who wrote what, to show beside its passages. Strings may be NULL but where said. */
typedef struct
{
  const char *unique_id; /* never NULL */
  const char *title;     /* searched too */
  const char *author;
  const char *date; /* HL7 stamp */
} DmpSearchDocument;

typedef struct
{
  guint start, end; /* characters of the text, [start, end[ */
  gboolean synonym; /* another name of what was asked for */
} DmpSearchMark;

/* One thing found. Strings may be NULL but where said. */
typedef struct
{
  char *text;     /* never NULL: the passage, cut around the first mark; no markup */
  GArray *marks;  /* of DmpSearchMark: where in @text, in order, none over another */
  char *document; /* never NULL: unique id */
  char *place;    /* never NULL: for dmp_cda_document_find_place() */
  char *title;
  char *author;
  char *date;
  gboolean synonym;           /* found by another name only */
  const DmpSummaryLine *line; /* (nullable): of @summary of the results */
  GArray *points; /* (nullable) of guint: VALUES with a limit: which points are beyond */
} DmpSearchHit;

typedef struct
{
  GPtrArray *hits[DMP_SEARCH_N_GROUPS]; /* (element-type DmpSearchHit): best or newest first */
  guint totals[DMP_SEARCH_N_GROUPS];    /* found, of which @hits may be the first */
  char **synonyms;                      /* never NULL: other names looked for */
  gboolean apart;      /* the words stand in one document, but in no passage together */
  DmpSummary *summary; /* (nullable): keeps the lines alive */
} DmpSearchResults;

void dmp_search_results_free (DmpSearchResults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSearchResults, dmp_search_results_free)

/* Returns: (transfer full) */
DmpSearch *dmp_search_new (void);

/* The last one wipes what was indexed. */
DmpSearch *dmp_search_ref (DmpSearch *self);
void dmp_search_unref (DmpSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSearch, dmp_search_unref)

/* Indexes the narrative of @document, once: a second time does nothing. */
void dmp_search_add (DmpSearch *self, const DmpSearchDocument *about, DmpCdaDocument *document);

/* Indexes words that are not in the narrative: those of a page of a file.
 * @place: where they stand, maybe "" */
void dmp_search_add_text (DmpSearch *self,
                          const DmpSearchDocument *about,
                          const char *place,
                          const char *text);

/* The summary whose results and treatments are searched. @summary: (nullable) */
void dmp_search_set_summary (DmpSearch *self, DmpSummary *summary);

/* Whether any words of that document can be found. */
gboolean dmp_search_has_words (DmpSearch *self, const char *unique_id);

/* The documents of which no word can be found: no answer proves nothing of them.
 * Returns: (transfer container) (element-type DmpCoverageItem): of @summary, newest first */
GPtrArray *dmp_search_list_unsearched (DmpSearch *self, DmpSummary *summary);

/* @query: as typed; only its first 200 characters count
 * @max: at most so many hits a group
 * Returns: (transfer full) */
DmpSearchResults *dmp_search_find (DmpSearch *self, const char *query, guint max);

G_END_DECLS
