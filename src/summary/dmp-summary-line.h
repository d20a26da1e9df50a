#pragma once

#include "dmp-checks.h"

#include "cda/dmp-fact.h"
#include "model/dmp-act.h"

#include <glib.h>

G_BEGIN_DECLS

/* What a summary is made of: plain values that belong to it, never changed, readable from any
 * thread. */

typedef enum
{
  DMP_BLOCK_ALLERGY,
  DMP_BLOCK_PROBLEM,
  DMP_BLOCK_HISTORY, /* past illnesses; procedures and devices follow in their own blocks */
  DMP_BLOCK_TREATMENT,
  DMP_BLOCK_RESULT,
  DMP_BLOCK_VACCINE,
  DMP_BLOCK_PROCEDURE,
  DMP_BLOCK_DEVICE,
  DMP_BLOCK_EVENT, /* stays, visits, latest documents of each type */
  DMP_BLOCK_RISK,  /* habits, occupational, family, points de vigilance */
  DMP_BLOCK_CONTACT,
  DMP_BLOCK_DIRECTIVE,
  DMP_BLOCK_UNCLASSIFIED,
  DMP_N_BLOCKS
} DmpBlockId;

const char *dmp_block_get_name (DmpBlockId block); /* "allergy"…, as in JSON */

/* The passage a line comes from. Strings may be NULL but where said. */
typedef struct
{
  char *document; /* never NULL: unique id */
  char *place;    /* never NULL: for dmp_cda_document_find_place(), maybe "" */
  char *title;
  char *author;
  char *date;
  DmpTrust trust;
} DmpSummarySource;

/* A value in time, for the sparkline. */
typedef struct
{
  char *date;     /* HL7 stamp */
  double value;   /* in the line's unit: of @number, or converted */
  char *number;   /* as written */
  char *unit;     /* (nullable): as written: another one than the line's when @converted */
  char *flag;     /* (nullable): as the report gave it */
  char *document; /* never NULL: unique id */
  char *place;    /* never NULL, maybe "" */
  guint lab;      /* rank of the laboratory among the line's: one marker each */
  gboolean abnormal;
  gboolean converted; /* L2: by the table of exact conversions */
} DmpSummaryPoint;

/* T3. Sorted by start; kinds of the same day in this order. */
typedef enum
{
  DMP_TRACK_DELIVERY,     /* a dot: delivered on start; for a vaccine: delivered */
  DMP_TRACK_PRESCRIPTION, /* a line from start to end, or a dot when no duration is known */
  DMP_TRACK_LIST,         /* a diamond: in a treatment list of that day; for a vaccine: injected */
  DMP_TRACK_COVER,        /* a bar: what a delivery lasts, only when dose and pack are both known */
  DMP_TRACK_GAP           /* white: no delivery from start to end, longer than usual for the line */
} DmpTrackKind;

const char *dmp_track_kind_get_name (DmpTrackKind kind); /* "delivery"…, as in JSON */

typedef struct
{
  DmpTrackKind kind;
  char *start;    /* never NULL: HL7 stamp */
  char *end;      /* (nullable); never NULL for COVER and GAP: the last day */
  guint quantity; /* packs, 0 unknown; of a COVER: deliveries that follow each other in it */
  char *document; /* (nullable): unique id of where it is said; NULL for GAP */
  char *place;    /* (nullable): in that document */
} DmpSummaryTrack;

/* Why a line is there: a rule, and what it was applied to. */
typedef struct
{
  const char *rule; /* for dmp_summary_get_rule_text() */
  char *inputs;     /* (nullable): French: "liste du 11/08/2025 (VSM)", "3 délivrances…" */
} DmpSummaryWhy;

typedef enum
{
  DMP_LINE_CURRENT, /* on top: active, in progress, known */
  DMP_LINE_FOLDED,  /* "autres": symptoms, minor codes */
  DMP_LINE_PAST,    /* stopped treatments, ended problems */
  DMP_LINE_EXCLUDED /* negated: "exclu", "non fait" */
} DmpLineGroup;

typedef struct
{
  char *id; /* stable over builds of the same facts: "allergy-3f2a…" */
  DmpBlockId block;
  DmpLineGroup group;
  char *text;             /* what it is, in its best source's words */
  char *detail;           /* (nullable): reaction, posology as written, laterality… */
  char *substance;        /* (nullable): treatments: substance when the text does not name it */
  char *date;             /* (nullable): HL7 stamp, partial kept: the fact's own date */
  char *end_date;         /* (nullable) */
  char *source_date;      /* (nullable): of the best source */
  DmpTrust trust;         /* of the best source */
  DmpFactValue *value;    /* (nullable): results: the last one (borrowed from a fact) */
  DmpFactValue *previous; /* (nullable) */
  char *previous_date;    /* (nullable) */
  gboolean is_new;        /* since the last visit, or of the last 30 days */
  gboolean masked;      /* a source is hidden from professionals: shown to the médecin traitant */
  gboolean for_patient; /* trust is not to be shown: the screen is the patient's */
  gboolean hidden_from_patient; /* a source is not visible to the patient yet */
  char *label; /* (nullable): "liste MT", "ordonnance", "délivré", "injecté"… */
  char *note;  /* (nullable): quiet remark: "sans délivrance lue, 4 mois", "rappel à vérifier" */
  char *change;  /* (nullable): L5: "+19 % (seuil 13 %)", "repère N → H" */
  char *rhythm;  /* (nullable): T3: "intervalle médian 29 j, dernier 61 j" */
  char *section; /* (nullable): of a line in words that nobody coded: the LOINC code of the section
                  * that says it */
  char *family;  /* (nullable): P2: the CIM-10 category that it shares with other lines: "E11" */
  char *whole;   /* (nullable): of a part of a line taken apart: id of the whole line */
  gboolean negated;   /* EXCLUDED because its source denies it, not because it says "none" */
  gboolean is_child;  /* P2: stands under the line of its family before it */
  GPtrArray *why;     /* (element-type DmpSummaryWhy): in the order of the rules */
  GPtrArray *keys;    /* (element-type DmpCode) */
  GPtrArray *points;  /* (element-type DmpSummaryPoint): the last ones (L4), oldest first */
  GPtrArray *older;   /* (element-type DmpSummaryPoint): those before them, for a search */
  GPtrArray *tracks;  /* (element-type DmpSummaryTrack): oldest first */
  GPtrArray *sources; /* (element-type DmpSummarySource): best first, at least one */
} DmpSummaryLine;

/* What the act that @line tells of is, by the first of its codes that says so. */
DmpActKind dmp_summary_line_get_act (const DmpSummaryLine *line);

/* A device, or an act in force that put one in. */
gboolean dmp_summary_line_is_implant (const DmpSummaryLine *line);

/* How many numbers its series has, and the one at @index, the oldest first. */
guint dmp_summary_line_count_points (const DmpSummaryLine *line);
const DmpSummaryPoint *dmp_summary_line_get_point (const DmpSummaryLine *line, guint index);

typedef enum
{
  DMP_SEVERITY_RED,
  DMP_SEVERITY_AMBER,
  DMP_SEVERITY_QUIET
} DmpSeverity;

/* Something to check. */
typedef struct
{
  char *id;         /* stable over builds of the same facts: for what the reader set aside */
  const char *rule; /* "A1", "C1", "C4"… */
  DmpSeverity severity;
  char *title;        /* "Allergie documentée", "Texte ≠ donnée codée" */
  char *text;         /* the rest of the sentence */
  char *date;         /* (nullable) */
  GPtrArray *lines;   /* (element-type utf8): ids of the lines concerned */
  GPtrArray *sources; /* (element-type DmpSummarySource) */
} DmpSummaryFlag;

/* Something that a block does not have, and that somebody may look for: never a fact, and only said
 * when everything was read. */
typedef struct
{
  const char *rule; /* "L6", "V3" */
  char *text;       /* what: "HbA1c", "Zona" */
  char *note;       /* "aucune lue" */
  char *inputs;     /* why it is asked for: "Diabète de type 2 : tous les 6 mois" */
} DmpSummaryMissing;

/* One block. An empty one says which of the three states it is in (P3). */
typedef struct
{
  DmpBlockId id;
  GPtrArray *lines;   /* (element-type DmpSummaryLine): by group, then the block's own order */
  char *sentence;     /* (nullable): "Aucune allergie connue (Dr X, 12/01/2026)", "Aucune
                       * information", "Non lisible", "Lecture en cours"; NULL when lines say it */
  GPtrArray *missing; /* (element-type DmpSummaryMissing): L6 in results, V3 in vaccines */
  guint n_current, n_folded, n_past, n_excluded;
} DmpSummaryBlock;

/* --- C2: two lists of treatments side by side ------------------------------------------------ */

typedef enum
{
  DMP_PAIR_SAME,
  DMP_PAIR_DOSE,       /* another posology, or another product of the substance */
  DMP_PAIR_LEFT_ONLY,  /* absent from the newer list */
  DMP_PAIR_RIGHT_ONLY, /* absent from the older one */
  DMP_PAIR_ENDED       /* absent from the newer list, and the older one says that it ended */
} DmpPairKind;

const char *dmp_pair_kind_get_name (DmpPairKind kind); /* "same"…, as in JSON */

typedef struct
{
  char *text;   /* as the list writes it */
  char *dosage; /* (nullable): as the list writes it */
  DmpSummarySource *source;
} DmpSummaryListLine;

typedef struct
{
  DmpPairKind kind;
  DmpSummaryListLine *left;  /* (nullable): in the older list */
  DmpSummaryListLine *right; /* (nullable): in the newer list */
  char *delivery; /* (nullable): "FUROSÉMIDE 40 MG délivré le 12/01/2026": the last one */
  DmpSummarySource *delivery_source; /* (nullable): where that is said */
  char *line;                        /* (nullable): id of its line in the treatments */
} DmpSummaryPair;

typedef struct
{
  DmpSummarySource *source; /* of the list's document */
  guint n_lines;
} DmpSummaryListHead;

/* The two newest lists of different authors: differences first. */
typedef struct
{
  DmpSummaryListHead left;  /* the older one */
  DmpSummaryListHead right; /* the newer one */
  GPtrArray *pairs;         /* (element-type DmpSummaryPair) */
  guint n_different;        /* of them, but for SAME and ENDED */
} DmpSummaryLists;

/* --- The medical synthesis (§7: a stale one must not pass for the record) -----------------------
 */

typedef struct
{
  DmpSummarySource *source;
  int months;     /* its age, in whole months */
  gboolean stale; /* more than a year */
  guint n_newer;  /* lines that only documents after it tell of */
  char *sentence; /* "VSM du 11/08/2025 (5 mois) · 7 éléments plus récents" */
} DmpSummaryVsm;

/* --- Tables ------------------------------------------------------------------------------------
 */

typedef struct
{
  char *name;  /* "medicines", "bdpm"… */
  char *title; /* what it is, in French */
  char *source;
  char *version;     /* "2025-07" */
  gboolean imported; /* by `dmp tables import`, else the program's own */
} DmpSummaryTable;

typedef enum
{
  DMP_READ_CODED,     /* read, with coded facts */
  DMP_READ_TEXT,      /* read, text only: searched, but gives no line */
  DMP_READ_PDF,       /* a PDF or image without data */
  DMP_READ_FAILED,    /* unreadable: see the reason */
  DMP_READ_PENDING,   /* not received yet */
  DMP_READ_REPLACED,  /* a newer version speaks for it (I3) */
  DMP_READ_DUPLICATE, /* the same document once more (D1, D2), or its other format (D3) */
  DMP_READ_ARCHIVED,  /* set aside (I5) */
  DMP_READ_SIGNATURE, /* not a document: the signature of a submission set */
  DMP_N_READ_STATES
} DmpReadState;

const char *dmp_read_state_get_name (DmpReadState state);

typedef struct
{
  char *document; /* unique id */
  char *title;
  char *author;
  char *date;
  DmpReadState state;
  char *reason;  /* (nullable): French words: "fichier corrompu", "identité discordante"… */
  char *instead; /* (nullable): unique id of the document that speaks for it */
} DmpCoverageItem;

typedef struct
{
  guint listed; /* documents that count: neither archived, replaced nor signatures */
  guint read;   /* of these: CODED + TEXT + DUPLICATE */
  guint counts[DMP_N_READ_STATES];
  guint masked;     /* shown only to the médecin traitant */
  GPtrArray *items; /* (element-type DmpCoverageItem): every document, newest first */
} DmpCoverage;

G_END_DECLS
