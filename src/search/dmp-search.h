#pragma once

#include "cda/dmp-cda-document.h"
#include "cda/dmp-cda-place.h"
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
  char *place;    /* never NULL: for dmp_cda_document_find_place(), or in a file (DmpCdaPlace) */
  char *title;
  char *author;
  char *date;
  gboolean synonym;           /* found by another name only */
  const DmpSummaryLine *line; /* (nullable): of @summary of the results */
  GArray *points; /* (nullable) of guint: VALUES: which points are asked for, when not all
                  * (dmp_summary_line_get_point()) */
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

/* Whether @document has files whose words belong to it: the file of a level 1 document, whatever it
 * is; of other documents, texts and PDFs. dmp_search_add() takes them for still to be read.
 * @attachment: index */
gboolean dmp_search_wants_file (DmpCdaDocument *document, guint attachment);

/* Indexes the words of a page of a file, or of a part of it; nothing when the document is not
 * known.
 * @page: where: each passage has its own @start and @end, after those of @page
 * @text: a line of the page a line */
void dmp_search_add_text (DmpSearch *self,
                          const char *unique_id,
                          const DmpCdaPlace *page,
                          const char *text);

/* Why words of a document cannot be found. */
typedef enum
{
  DMP_SEARCH_GAP_NONE,
  DMP_SEARCH_GAP_NO_TEXT,    /* a scan, a picture */
  DMP_SEARCH_GAP_ENCRYPTED,  /* needs a password */
  DMP_SEARCH_GAP_UNREADABLE, /* damaged, refused, of another patient */
  DMP_SEARCH_GAP_PARTLY,     /* some of its pages or files are searched, others not */
  DMP_SEARCH_GAP_PENDING,    /* not received, or its file is not read yet */
  DMP_SEARCH_N_GAPS
} DmpSearchGap;

const char *dmp_search_gap_get_name (DmpSearchGap gap); /* "no-text"…, as in JSON */

/* What has become of the files of a document. @reason: (nullable): French words */
void
dmp_search_set_gap (DmpSearch *self, const char *unique_id, DmpSearchGap gap, const char *reason);

/* Why not all of that document can be found. Returns: (transfer none) (nullable): until it changes
 */
const char *dmp_search_get_reason (DmpSearch *self, const char *unique_id);

/* Whether the files of that document are still to be read. */
gboolean dmp_search_is_waiting (DmpSearch *self, const char *unique_id);

/* The summary whose results and treatments are searched. @summary: (nullable) */
void dmp_search_set_summary (DmpSearch *self, DmpSummary *summary);

/* Whether any words of that document can be found. */
gboolean dmp_search_has_words (DmpSearch *self, const char *unique_id);

typedef struct
{
  DmpCoverageItem item; /* as in the summary, but @state and @reason: why it cannot be searched */
  DmpSearchGap gap;     /* never NONE */
} DmpUnsearched;

/* The documents of which words cannot be found: no answer proves nothing of them.
 * Returns: (transfer full) (element-type DmpUnsearched): newest first; lives no longer than
 * @summary */
GPtrArray *dmp_search_list_unsearched (DmpSearch *self, DmpSummary *summary);

/* "7 documents sur 150 ne peuvent pas être cherchés : 4 PDF ou images sans texte, 2 illisibles, 1
 * en cours. Une absence de réponse ne prouve rien pour eux."
 * @listed: documents that count. Returns: (transfer full): "" when all are searched */
char *dmp_search_dup_gaps_sentence (const GPtrArray *unsearched, guint listed);

/* @query: as typed; only its first 200 characters count
 * @max: at most so many hits a group
 * Returns: (transfer full) */
DmpSearchResults *dmp_search_find (DmpSearch *self, const char *query, guint max);

/* The same of what is not older. @since: (nullable): "yyyyMMdd" */
DmpSearchResults *
dmp_search_find_since (DmpSearch *self, const char *query, const char *since, guint max);

G_END_DECLS
