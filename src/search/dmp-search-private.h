#pragma once

#include "dmp-search.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Private to this folder. */

/* A passage: a paragraph, an item, a row of a table. */
typedef struct
{
  guint document; /* index into the documents */
  gboolean copy;  /* of a file beside the document's own words, which it mostly repeats */
  char *place;    /* never NULL */
  char *text;     /* never NULL */
} DmpSearchPassage;

typedef struct
{
  char *unique_id, *title, *author, *date; /* (nullable) but the first */
  guint n_passages;                        /* without its title */
  gboolean narrative;                      /* it has words of its own, its files are annexes */
  DmpSearchGap gap;                        /* of its files */
  char *reason;                            /* (nullable): of the gap */
} DmpSearchSource;

struct _DmpSearch
{
  gatomicrefcount refs;
  GMutex lock; /* held over everything below */
  sqlite3 *database;
  sqlite3_stmt *insert;
  GPtrArray *documents; /* (element-type DmpSearchSource) */
  GHashTable *numbers;  /* unique id (borrowed) → index + 1 */
  GHashTable *read;     /* unique ids whose narrative is in */
  GPtrArray *passages;  /* (element-type DmpSearchPassage): rowid is index + 1 */
  DmpSummary *summary;  /* (nullable) */
  GHashTable *twins;    /* unique id → of the document it repeats: both borrowed from @summary */
};

/* --- Passages of a document (dmp-search-passages.c) --- */

typedef void (*DmpSearchPassageFunc) (const char *place, const char *text, gpointer data);

/* Each passage of @document from top to bottom. */
void dmp_search_each_passage (DmpCdaDocument *document, DmpSearchPassageFunc func, gpointer data);

/* --- Passages of a page (dmp-search-pieces.c) --- */

/* @start, @end: characters of the page; @text: on one line; @joined: words that stand on two lines
 * of the page, whole, blanks before each */
typedef void (*DmpSearchPieceFunc) (
    guint start, guint end, const char *text, const char *joined, gpointer data);

/* Each passage of @text, a page line by line: some sentences. */
void dmp_search_each_piece (const char *text, DmpSearchPieceFunc func, gpointer data);

/* --- What was asked for (dmp-search-query.c) --- */

typedef enum
{
  DMP_SEARCH_ANY,
  DMP_SEARCH_LESS,
  DMP_SEARCH_AT_MOST,
  DMP_SEARCH_EQUAL,
  DMP_SEARCH_AT_LEAST,
  DMP_SEARCH_MORE
} DmpSearchLimit;

/* Another name of what was asked for. */
typedef struct
{
  char *folded; /* whole words, maybe several: letters and digits */
  char *shown;
} DmpSearchName;

typedef struct
{
  char *word;          /* folded letters and digits; stands for every word that begins so */
  GPtrArray *synonyms; /* (element-type DmpSearchName) */
} DmpSearchWord;

typedef struct
{
  GPtrArray *words; /* (element-type DmpSearchWord) */
  DmpSearchLimit limit;
  double bound;
  const char *since; /* (nullable): "yyyyMMdd": nothing older; borrowed */
} DmpSearchQuery;

DmpSearchQuery *dmp_search_query_new (const char *text);
void dmp_search_query_free (DmpSearchQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSearchQuery, dmp_search_query_free)

/* What FTS5 is asked for word @index alone, or all of them. Returns: (transfer full) */
char *dmp_search_query_dup_match (const DmpSearchQuery *self, guint index);
char *dmp_search_query_dup_match_all (const DmpSearchQuery *self);

/* Whether each word stands in @text, or one of its other names.
 * @synonym: (out) (optional): by another name only */
gboolean dmp_search_query_fits (const DmpSearchQuery *self, const char *text, gboolean *synonym);

/* Where the words stand in @text. Returns: (transfer full) */
GArray *dmp_search_query_mark (const DmpSearchQuery *self, const char *text);

gboolean dmp_search_query_is_beyond (const DmpSearchQuery *self, double value);

/* --- Other names (dmp-search-synonyms.c) --- */

/* Returns: (transfer full) (element-type DmpSearchName) */
GPtrArray *dmp_search_names_new (void);

/* Other names of what is written @word, or begins so: appended.
 * @word: folded, of two letters or more */
void dmp_search_add_synonyms (const char *word, GPtrArray *names);

G_END_DECLS
