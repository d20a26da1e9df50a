#pragma once

#include "dmp-summary-builder.h"

#include "cda/dmp-cda-facts.h"

G_BEGIN_DECLS

/* What the rules share; private to this folder. A build goes: inputs (I, D rules) → items → blocks
 * (one file each) → checks (A1, C rules) → sentences. Every step sorts by something that the
 * documents say, never by the order they came in. */

/* One document of the record, as the builder got it and as the ingestion rules see it. */
typedef struct
{
  DmpDocumentEntry *entry;
  DmpCdaDocument *document; /* (nullable) */
  DmpUnread unread;         /* when @document is NULL */
  char *detail;             /* (nullable) */
  /* worked out by dmp_summary_ingest() */
  DmpReadState state;
  const char *reason;   /* (nullable): static or in @detail */
  const char *instead;  /* (nullable) */
  const char *id;       /* unique id */
  const char *date;     /* (nullable) */
  const char *received; /* (nullable): when it entered the record */
  char *title;
  char *author;
  gboolean feeds; /* its facts count */
  gboolean is_new;
} DmpSummaryInput;

void dmp_summary_input_free (DmpSummaryInput *input);

/* A fact in its document. */
typedef struct
{
  const DmpFact *fact;
  const DmpSummaryInput *input;
} DmpSummaryItem;

/* A build in progress. */
typedef struct
{
  DmpPatient *patient;
  const char *today;
  const char *reader; /* (nullable): national id */
  gboolean medecin_traitant;
  const char *last_visit;             /* (nullable) */
  const char *new_since;              /* (nullable): what came later is new */
  gboolean partial;                   /* sentences that say "none" wait */
  GPtrArray *inputs;                  /* (element-type DmpSummaryInput): newest first */
  GPtrArray *items[DMP_FACT_N_KINDS]; /* (element-type DmpSummaryItem) of documents that feed */
  DmpSummary *summary;
} DmpSummaryBuild;

/* I1–I5, D1–D3: state of every input, and which of them feed. */
void dmp_summary_ingest (DmpSummaryBuild *build);
void dmp_summary_cover (DmpSummaryBuild *build, DmpCoverage *coverage);

/* --- Lines (dmp-summary-line.c) -----------------------------------------------------------------
 */

DmpSummaryLine *dmp_summary_line_new (DmpBlockId block);
void dmp_summary_line_free (DmpSummaryLine *line);
DmpSummaryFlag *
dmp_summary_flag_new (const char *rule, DmpSeverity severity, const char *title, char *text);
void dmp_summary_flag_free (DmpSummaryFlag *flag);
void dmp_coverage_item_free (DmpCoverageItem *item);
DmpSummarySource *dmp_summary_source_new (const DmpSummaryItem *item);
void dmp_summary_source_free (DmpSummarySource *source);

/* Sources from @items (best first), newness, visibility and the line's id from @key. */
void dmp_summary_line_take_items (const DmpSummaryBuild *build,
                                  DmpSummaryLine *line,
                                  const GPtrArray *items,
                                  const char *key);

/* Whether the item is new for the reader: its document, or, in the insurer's history, which is made
 * anew again and again, its own day. */
gboolean dmp_summary_is_new (const DmpSummaryBuild *build, const DmpSummaryItem *item);

/* Whether @fact is a line of a treatment list (VSM, letter), and not an order or an administration.
 */
gboolean dmp_summary_is_list_line (const DmpFact *fact);

/* Keeps @line in its block. @line: (transfer full) */
void dmp_summary_add_line (DmpSummaryBuild *build, DmpSummaryLine *line);

/* Keeps @flag. @flag: (transfer full); @line: (nullable): a line it speaks of */
void dmp_summary_flag_add_line (DmpSummaryFlag *flag, const DmpSummaryLine *line);
void dmp_summary_flag_add_item (DmpSummaryFlag *flag, const DmpSummaryItem *item);
void dmp_summary_add_flag (DmpSummaryBuild *build, DmpSummaryFlag *flag);

/* --- Groups (dmp-summary-group.c) ------------------------------------------------------------- */

/* Names of what @item speaks of: items that share one are of the same group.
 * @tokens: (element-type utf8): to add to */
typedef void (*DmpSummaryTokens) (const DmpSummaryItem *item, GPtrArray *tokens);

typedef struct
{
  char *key;        /* smallest token */
  GPtrArray *items; /* (element-type DmpSummaryItem): by dmp_summary_compare_items() */
} DmpSummaryGroup;

/* Groups of @items, sorted by key. Returns: (transfer full) (element-type DmpSummaryGroup) */
GPtrArray *dmp_summary_group (const GPtrArray *items, DmpSummaryTokens tokens);

/* Whether two groups, or a fact and another, share a token. */
char *dmp_summary_dup_code_token (DmpCode *code);

/* Most trusted first, then newest document, then its id and the order in it. */
int dmp_summary_compare_items (gconstpointer a, gconstpointer b);

/* Newest first, then as above. */
int dmp_summary_compare_newest (gconstpointer a, gconstpointer b);

/* Lines: by group, then newest first, then by their id. */
int dmp_summary_compare_lines (gconstpointer a, gconstpointer b);

/* When the item's document was written. (transfer none): "" when unknown */
const char *dmp_summary_item_day (const DmpSummaryItem *item);

/* @text as compared: folded. */
char *dmp_summary_fold (const char *text);

/* Days from @from to the build's today; -1 when it cannot be said. */
gint64 dmp_summary_age_days (const DmpSummaryBuild *build, const char *from);

/* --- Blocks, one file each ---------------------------------------------------------------------
 */
void dmp_summary_make_allergies (DmpSummaryBuild *build);
void dmp_summary_make_problems (DmpSummaryBuild *build);
void dmp_summary_make_treatments (DmpSummaryBuild *build);
void dmp_summary_make_results (DmpSummaryBuild *build);
void dmp_summary_make_vaccines (DmpSummaryBuild *build);
void dmp_summary_make_procedures (DmpSummaryBuild *build);
void dmp_summary_make_events (DmpSummaryBuild *build);
void dmp_summary_make_others (DmpSummaryBuild *build);
void dmp_summary_make_news (DmpSummaryBuild *build);

/* --- Checks --------------------------------------------------------------------------------------
 */
void dmp_summary_check_allergies (DmpSummaryBuild *build); /* A1, C1 */
void dmp_summary_check_dosages (DmpSummaryBuild *build);   /* C4 */
void dmp_summary_check_lists (DmpSummaryBuild *build);     /* C2 */
void dmp_summary_check_problems (DmpSummaryBuild *build);  /* C3 */
void dmp_summary_check_results (DmpSummaryBuild *build);   /* C8 */
void dmp_summary_check_dates (DmpSummaryBuild *build);     /* C9 */
void dmp_summary_make_sentences (DmpSummaryBuild *build);  /* P3 */

/* --- Medicines (dmp-medicine.c)
 * ------------------------------------------------------------------- */

/* ATC code (level 5) of a medicine: the one it carries, else by the name of its single substance or
 * its leading word in the table. Returns: (transfer none) (nullable) */
const char *dmp_medicine_get_atc (const DmpFact *fact);

/* Substance of an ATC code in French. Returns: (transfer none) (nullable) */
const char *dmp_medicine_get_substance (const char *atc);

/* ATC class or substance that an allergy speaks of. Returns: (transfer none) (nullable) */
const char *dmp_medicine_get_allergen_class (const DmpFact *fact);

/* Source and date of the table. */
const char *dmp_medicine_get_source (void);

/* Tokens of a medicine: ATC, CIS, CIP, else its words. */
void dmp_medicine_add_tokens (const DmpFact *fact, GPtrArray *tokens);

/* --- Posologies (dmp-posology.c)
 * ------------------------------------------------------------------- */

/* What a posology amounts to in a day. */
typedef struct
{
  double dose;    /* per intake, 0 unknown */
  double per_day; /* intakes a day, 0 unknown */
  double daily;   /* dose a day */
  char unit;      /* 'u' counted (tablets…), 'i' international units, 'm' mg, 'l' mL */
} DmpPosology;

/* Reads what a doctor wrote, only when every word is understood ("1 cp matin et soir"). */
gboolean dmp_posology_parse (const char *text, DmpPosology *out);
gboolean dmp_posology_from_coded (const DmpFactDosage *dosage, DmpPosology *out);

/* "1 cp toutes les 6 h", with the unit word of @text. Returns: (transfer full) */
char *dmp_posology_dup_coded (const DmpFactDosage *dosage, const char *text);

/* --- The object itself
 * ------------------------------------------------------------------------------ */
struct _DmpSummary
{
  GObject parent_instance;
  DmpPatient *patient;
  DmpSummaryBlock blocks[DMP_N_BLOCKS];
  DmpCoverage coverage;
  GPtrArray *flags;
  GPtrArray *news;
  char *news_title;
  char *masking;
  GPtrArray *facts; /* (element-type DmpFact): keeps borrowed values alive */
};

G_END_DECLS
