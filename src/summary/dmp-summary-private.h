#pragma once

#include "dmp-drug.h"
#include "dmp-summary-builder.h"
#include "dmp-summary-tables.h"

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
  char *day;            /* (nullable): @date as a fact has it: its zone said */
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
  const DmpDrug *drug; /* (nullable): of treatments, deliveries and vaccines: what it is */
  GPtrArray *tokens;   /* (nullable) (element-type utf8): of stays: the episodes it belongs to; of
                          germs: itself */
} DmpSummaryItem;

/* A line of the treatments with all that it stands for. */
typedef struct
{
  DmpSummaryLine *line;
  GPtrArray *items;    /* (element-type DmpSummaryItem): the best first */
  const char *atc;     /* (nullable) */
  const DmpDrug *drug; /* what is best known of it */
} DmpSummaryCourse;

/* A line of the results with its measures. */
typedef struct
{
  DmpSummaryLine *line;
  GPtrArray *measures; /* (element-type DmpSummaryItem): each once, newest first */
  const char *loinc;   /* (nullable) */
} DmpSummarySeries;

/* A build in progress. */
typedef struct
{
  DmpPatient *patient;
  const char *today;
  const char *reader; /* (nullable): national id */
  gboolean medecin_traitant;
  const char *last_visit; /* (nullable) */
  const char *new_since;  /* (nullable): what came later is new */
  gboolean for_patient;   /* of what the patient may see */
  gboolean partial;       /* sentences that say "none" wait */
  DmpChecks checks;
  DmpDrugs *drugs;
  GHashTable *apart;   /* ids of lines that the reader took apart */
  GPtrArray *courses;  /* (element-type DmpSummaryCourse): in the order of their keys */
  GPtrArray *series;   /* (element-type DmpSummarySeries): in the order of their keys */
  GPtrArray *inputs;   /* (element-type DmpSummaryInput): newest first */
  GHashTable *line_of; /* DmpSummaryItem → the DmpSummaryLine it went into */
  GPtrArray *items[DMP_FACT_N_KINDS]; /* (element-type DmpSummaryItem) of documents that feed */
  DmpSummary *summary;
} DmpSummaryBuild;

/* I1–I5, D1–D3: state of every input, and which of them feed. */
void dmp_summary_ingest (DmpSummaryBuild *build);
void dmp_summary_cover (DmpSummaryBuild *build, DmpCoverage *coverage);

/* D4 (dmp-summary-repeats.c): reports whose results another report has too. */
void dmp_summary_find_repeats (DmpSummaryBuild *build);

/* --- Groups (dmp-summary-group.c) ------------------------------------------------------------- */

/* Names of what @item speaks of: items that share one are of the same group.
 * @tokens: (element-type utf8): to add to */
typedef void (*DmpSummaryTokens) (const DmpSummaryItem *item, GPtrArray *tokens);

typedef struct
{
  char *key;        /* smallest token */
  GPtrArray *items; /* (element-type DmpSummaryItem): by dmp_summary_compare_items() */
  char *whole;      /* (nullable): of a part of what the reader took apart: id of the whole line */
  GPtrArray *all;   /* (nullable): of the first part: the items of the whole */
} DmpSummaryGroup;

/* Groups of @items, sorted by key. Returns: (transfer full) (element-type DmpSummaryGroup) */
GPtrArray *dmp_summary_group (const GPtrArray *items, DmpSummaryTokens tokens);

/* The same for the lines of @block: what the reader took apart is one group a document. */
GPtrArray *dmp_summary_group_lines (const DmpSummaryBuild *build,
                                    DmpBlockId block,
                                    const GPtrArray *items,
                                    DmpSummaryTokens tokens);

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

void dmp_summary_missing_free (DmpSummaryMissing *missing);
void dmp_summary_lists_free (DmpSummaryLists *lists);
void dmp_summary_vsm_free (DmpSummaryVsm *vsm);

/* Says that @rule made the line, out of @inputs. @inputs: (transfer full) (nullable) */
void dmp_summary_line_take_why (DmpSummaryLine *line, const char *rule, char *inputs);
void dmp_summary_line_add_rules (DmpSummaryLine *line, const char *const *rules);

/* More words behind the detail, which every view shows with the text. */
void dmp_summary_line_add_detail (DmpSummaryLine *line, const char *words);

/* "à confirmer", when nobody of @items (element-type DmpSummaryItem) states it for sure. */
void dmp_summary_line_note_doubt (DmpSummaryLine *line, const GPtrArray *items);

/* Another quiet remark behind those that are there. */
void dmp_summary_line_add_note (DmpSummaryLine *line, const char *note);

/* A mark on the timeline. @item: (nullable): where it is said. Returns: (transfer none) */
DmpSummaryTrack *dmp_summary_line_add_track (DmpSummaryLine *line,
                                             DmpTrackKind kind,
                                             const char *start,
                                             const DmpSummaryItem *item);

/* The id of the line of @block whose group has the key @key. Returns: (transfer full) */
char *dmp_summary_dup_line_id (DmpBlockId block, const char *key);

/* Sources from the items of @group (best first), newness, visibility and the line's id from its
 * key. */
void dmp_summary_line_take_group (const DmpSummaryBuild *build,
                                  DmpSummaryLine *line,
                                  const DmpSummaryGroup *group);

/* Whether the item is new for the reader: its document, or, in the insurer's history, which is made
 * anew again and again, its own day. */
gboolean dmp_summary_is_new (const DmpSummaryBuild *build, const DmpSummaryItem *item);

/* Whether @fact is a line of a treatment list (VSM, letter), and not an order or an administration.
 */
gboolean dmp_summary_is_list_line (const DmpFact *fact);

/* The same, and not what was taken on admission in a letter that says what is taken after. */
gboolean dmp_summary_is_list_item (const DmpSummaryBuild *build, const DmpSummaryItem *item);

/* Keeps @line in its block. @line: (transfer full) */
void dmp_summary_add_line (DmpSummaryBuild *build, DmpSummaryLine *line);

/* Keeps @flag. @flag: (transfer full); @line: (nullable): a line it speaks of */
void dmp_summary_flag_add_line (DmpSummaryFlag *flag, const DmpSummaryLine *line);
void dmp_summary_flag_add_item (DmpSummaryFlag *flag, const DmpSummaryItem *item);
void dmp_summary_add_flag (DmpSummaryBuild *build, DmpSummaryFlag *flag);

/* Gives @flag its id, once it has all its sources. */
void dmp_summary_flag_name (DmpSummaryFlag *flag);

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
void dmp_summary_group_problems (DmpSummaryBuild *build); /* P2, once the lines are sorted */
void dmp_summary_make_news (DmpSummaryBuild *build);
void dmp_summary_make_vsm (DmpSummaryBuild *build); /* §7: its age, and what is newer */
/* What the patient may not see, and what only that would explain, out of @inputs. */
void dmp_summary_drop_hidden (GPtrArray *inputs);
/* dmp_summary_get_patient_view(), or dmp_summary_get_for_patient(). Returns: (transfer full)
 * (nullable): none, or no other than the summary itself */
DmpSummary *dmp_summary_builder_build_other (DmpSummaryBuilder *self, gboolean patient_view);
/* What is said between professionals, out of @summary. */
void dmp_summary_make_patient_view (DmpSummary *summary);
void dmp_summary_make_tables (DmpSummaryBuild *build); /* what was used, and which checks ran */

/* C4: what the text of @item says against what its entry says; both as they are shown. */
void dmp_summary_add_mismatch (DmpSummaryBuild *build,
                               DmpBlockId block,
                               const DmpSummaryItem *item,
                               const char *written,
                               const char *coded);

/* --- Checks --------------------------------------------------------------------------------------
 */
void dmp_summary_check_allergies (DmpSummaryBuild *build);    /* A1, C1 */
void dmp_summary_check_written (DmpSummaryBuild *build);      /* C4: values, days, names */
void dmp_summary_check_dosages (DmpSummaryBuild *build);      /* C4 */
void dmp_summary_check_lists (DmpSummaryBuild *build);        /* C2 */
void dmp_summary_check_problems (DmpSummaryBuild *build);     /* C3 */
void dmp_summary_check_results (DmpSummaryBuild *build);      /* C8 */
void dmp_summary_check_dates (DmpSummaryBuild *build);        /* C9 */
void dmp_summary_check_doubles (DmpSummaryBuild *build);      /* T5: B1 */
void dmp_summary_check_interactions (DmpSummaryBuild *build); /* T6 */
void dmp_summary_check_critical (DmpSummaryBuild *build);     /* L8: R1 */
void dmp_summary_check_sides (DmpSummaryBuild *build);        /* C5 */
void dmp_summary_check_blood (DmpSummaryBuild *build);        /* C6 */
void dmp_summary_check_traits (DmpSummaryBuild *build);       /* C7 */
void dmp_summary_check_sexes (DmpSummaryBuild *build);        /* C10 */
void dmp_summary_look_for_results (DmpSummaryBuild *build);   /* L6 */
void dmp_summary_look_for_vaccines (DmpSummaryBuild *build);  /* V3 */
void dmp_summary_make_sentences (DmpSummaryBuild *build);     /* P3 */

/* --- What checks share (dmp-summary-checks.c) ------------------------------------------------- */

/* Neither denied, nor "none", nor "unknown". */
gboolean dmp_summary_is_stated (const DmpFact *fact);

/* "12/01/2026", "2019", "date inconnue". Returns: (transfer full) */
char *dmp_summary_dup_day (const char *stamp);

/* The line that @item went into, when it is of @block. Returns: (transfer none) (nullable) */
DmpSummaryLine *
dmp_summary_find_line (const DmpSummaryBuild *build, DmpBlockId block, const DmpSummaryItem *item);

/* @flag speaks of @item and of its line in @block. */
void dmp_summary_flag_add_concerned (const DmpSummaryBuild *build,
                                     DmpSummaryFlag *flag,
                                     DmpBlockId block,
                                     const DmpSummaryItem *item);

/* P1: whether its own source calls a problem active. */
gboolean dmp_summary_is_active (const DmpSummaryBuild *build, const DmpFact *fact);

/* C5: the sides of the body that the words name, as bits: 1 left, 2 right. */
int dmp_summary_get_sides (const char *text);

/* The day of a medicine, vaccine or result: its own, else its document's. (nullable) */
const char *dmp_summary_item_own_day (const DmpSummaryItem *item);

/* Whether the report itself calls a value abnormal. @flag: (nullable) */
gboolean dmp_summary_is_abnormal (const char *flag);

/* The number of a result in the unit that its test is compared in. */
gboolean dmp_summary_read_number (const DmpFact *fact, double *number);

/* L5, L7 (dmp-summary-changes.c): the latest measure and the one before.
 * @measures: (element-type DmpSummaryItem): newest first */
void dmp_summary_note_change (const DmpSummaryBuild *build,
                              DmpSummaryLine *line,
                              const GPtrArray *measures);

/* L2 (dmp-summary-units.c): the unit that @unit is compared in for test @loinc, and the factor into
 * it. @loinc: (nullable). Returns: (transfer none): maybe @unit itself, with factor 1 */
const char *dmp_summary_unit_for (const char *loinc, const char *unit, double *factor);

/* A prescription, and not a line of a list (VSM, letter). */
gboolean dmp_summary_is_prescription (const DmpFact *fact);

/* T2 (ii): whether @item is a prescription whose duration covers today. */
gboolean dmp_summary_is_ordered (const DmpSummaryBuild *build, const DmpSummaryItem *item);

/* The last day of a prescription: as written, or by its coded duration. Returns: (transfer full)
 * (nullable) */
char *dmp_summary_dup_prescription_end (const DmpSummaryItem *item);

/* The day @days after @stamp. Returns: (transfer full) (nullable): "yyyyMMdd"; NULL when @stamp is
 * not precise to the day */
char *dmp_summary_dup_day_after (const char *stamp, int days);

/* T3 (dmp-summary-frieze.c): the rhythm of a treatment's deliveries, and its gaps. */
void dmp_summary_draw_frieze (const DmpSummaryBuild *build, DmpSummaryLine *line);

/* T3: how long each delivery lasts, where its pack and the dose of that time are both known.
 * @items: (element-type DmpSummaryItem): all that the line stands for */
void dmp_summary_cover_packs (DmpSummaryLine *line, const GPtrArray *items);

/* What a vaccine protects from, by its ATC code. Returns: (transfer none) (nullable) */
const char *dmp_summary_vaccine_target (const DmpFact *fact);

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
  DmpSummaryLists *lists; /* (nullable) */
  DmpSummaryVsm *vsm;     /* (nullable) */
  GPtrArray *stays;       /* (element-type DmpSummaryLine): borrowed from the events */
  GPtrArray *tables;
  char *tables_sentence;
  DmpChecks checks;
  char *checks_sentence;
  GPtrArray *facts;          /* (element-type DmpFact): keeps borrowed values alive */
  GMutex lock;               /* over the next three */
  DmpSummaryBuilder *others; /* (nullable): makes the next two when they are asked for */
  DmpSummary *for_patient;   /* (nullable): not made yet, or itself */
  DmpSummary *patient_view;  /* (nullable): not made yet, or none */
  gboolean is_patient_view;
};

G_END_DECLS
