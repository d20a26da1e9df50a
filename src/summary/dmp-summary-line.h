#pragma once

#include "cda/dmp-fact.h"

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
  char *date;   /* HL7 stamp */
  double value; /* of @number */
  char *number; /* as written */
  char *flag;   /* (nullable): as the report gave it */
  guint lab;    /* rank of the laboratory among the line's: one marker each */
  gboolean abnormal;
} DmpSummaryPoint;

typedef enum
{
  DMP_TRACK_DELIVERY,     /* a dot: delivered on start */
  DMP_TRACK_PRESCRIPTION, /* a line from start to end, or a dot when no duration is known */
  DMP_TRACK_LIST          /* a diamond: in a treatment list of that day */
} DmpTrackKind;

typedef struct
{
  DmpTrackKind kind;
  char *start;
  char *end;      /* (nullable) */
  guint quantity; /* packs, 0 unknown */
} DmpSummaryTrack;

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
  gboolean masked; /* a source is hidden from professionals: shown to the médecin traitant */
  gboolean hidden_from_patient; /* a source is not visible to the patient yet */
  char *label;              /* (nullable): "liste MT", "ordonnance", "délivré", "injecté"… */
  char *note;               /* (nullable): quiet remark: "sans délivrance lue, 4 mois" */
  const char *const *rules; /* ids of the rules that made the line: NULL-terminated */
  GPtrArray *keys;          /* (element-type DmpCode) */
  GPtrArray *points;        /* (element-type DmpSummaryPoint): oldest first */
  GPtrArray *tracks;        /* (element-type DmpSummaryTrack): oldest first */
  GPtrArray *sources;       /* (element-type DmpSummarySource): best first, at least one */
} DmpSummaryLine;

typedef enum
{
  DMP_SEVERITY_RED,
  DMP_SEVERITY_AMBER,
  DMP_SEVERITY_QUIET
} DmpSeverity;

/* Something to check. */
typedef struct
{
  const char *rule; /* "A1", "C1", "C4"… */
  DmpSeverity severity;
  char *title;        /* "Allergie documentée", "Texte ≠ donnée codée" */
  char *text;         /* the rest of the sentence */
  char *date;         /* (nullable) */
  GPtrArray *lines;   /* (element-type utf8): ids of the lines concerned */
  GPtrArray *sources; /* (element-type DmpSummarySource) */
} DmpSummaryFlag;

/* One block. An empty one says which of the three states it is in (P3). */
typedef struct
{
  DmpBlockId id;
  GPtrArray *lines; /* (element-type DmpSummaryLine): by group, then the block's own order */
  char *sentence;   /* (nullable): "Aucune allergie connue (Dr X, 12/01/2026)", "Aucune
                     * information", "Non lisible", "Lecture en cours"; NULL when lines say it */
  guint n_current, n_folded, n_past, n_excluded;
} DmpSummaryBlock;

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
